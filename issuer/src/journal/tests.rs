//! What the issuer cannot be made to do from outside: dying between journal and database, failing to commit, filling files.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::{RandomError, database};

const NOW: UnixTime = UnixTime::new(1_795_309_200);

/// The same journal id in every run.
struct Sevens;

impl Random for Sevens {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.fill(7);
        Ok(())
    }
}

/// Another one.
struct Eights;

impl Random for Eights {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.fill(8);
        Ok(())
    }
}

/// A process with the database and the journal in a folder.
struct Process {
    db: Connection,
    journal: Journal,
    replayed: Option<Replayed>,
}

fn opened(folder: &Path) -> Result<Process, Error> {
    let mut db = database::open(&folder.join("city.sqlite"))?;
    let (journal, replayed) = Journal::open(&folder.join("journal"), &mut db, &Sevens)?;
    Ok(Process { db, journal, replayed })
}

impl Process {
    /// Puts a row into the database; `end` decides what becomes of the transaction once the journal has it.
    fn insert(&mut self, name: &str, end: impl FnOnce(rusqlite::Transaction<'_>)) -> Written {
        let transaction =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        let insert = "INSERT INTO station (keyid, name, algorithm, key, enrolled)
                      VALUES (?1, ?1, -19, x'00ff', 5)";
        transaction.execute(insert, [name]).unwrap();
        let written = self.journal.write(&transaction, NOW).unwrap().expect("a row was changed");
        end(transaction);
        written
    }

    fn commit(&mut self, name: &str) {
        self.insert(name, |transaction| transaction.commit().unwrap());
    }

    /// The process dies, or fails, before the database has committed.
    fn lose(&mut self, name: &str) -> Written {
        self.insert(name, |transaction| transaction.rollback().unwrap())
    }

    fn stations(&self) -> Vec<String> {
        let mut statement = self.db.prepare("SELECT name FROM station ORDER BY rowid").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("journal")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_was_in_the_journal_when_the_issuer_died_happens_after_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = opened(folder.path()).unwrap();
    process.commit("one");
    process.lose("two");
    drop(process);
    let process = opened(folder.path()).unwrap();
    assert_eq!(process.replayed, Some(Replayed { acts: 1, from: NOW, to: NOW }));
    assert_eq!(process.stations(), ["one", "two"]);
    drop(process);
    assert_eq!(opened(folder.path()).unwrap().replayed, None, "once");
}

#[test]
fn what_was_taken_back_never_happens() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = opened(folder.path()).unwrap();
    process.commit("one");
    let written = process.lose("two");
    process.journal.take_back(&written).unwrap();
    assert_eq!(opened(folder.path()).unwrap().stations(), ["one"]);
    process.commit("three");
    drop(process);
    let process = opened(folder.path()).unwrap();
    assert_eq!((process.replayed, process.stations()), (None, vec!["one".into(), "three".into()]));
}

#[test]
fn where_a_number_comes_twice_the_last_one_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut survivor = opened(folder.path()).unwrap();
    let mut doomed = opened(folder.path()).unwrap();
    survivor.commit("one");
    let copy = tempfile::tempdir().unwrap();
    survivor
        .db
        .execute("VACUUM INTO ?", [copy.path().join("city.sqlite").to_str().unwrap()])
        .unwrap();
    doomed.lose("two");
    // The other process has not heard of it, and goes on.
    survivor.commit("three");
    survivor.commit("four");
    // A process that comes too late with its regret changes nothing any more.
    let regret = doomed.lose("five");
    survivor.commit("six");
    doomed.journal.take_back(&regret).unwrap();
    drop((doomed, survivor));
    let wanted = ["one", "three", "four", "six"];
    let process = opened(folder.path()).unwrap();
    assert_eq!(
        (process.replayed, process.stations().as_slice()),
        (None, &wanted.map(String::from)[..])
    );
    fs::create_dir(copy.path().join("journal")).unwrap();
    for file in files(folder.path()) {
        fs::copy(&file, copy.path().join("journal").join(file.file_name().unwrap())).unwrap();
    }
    assert_eq!(opened(copy.path()).unwrap().stations(), wanted);
}

#[test]
fn a_full_file_is_followed_by_another_and_old_ones_can_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = opened(folder.path()).unwrap();
    let (early, late) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let back_up = |process: &Process, to: &Path| {
        process.db.execute("VACUUM INTO ?", [to.join("city.sqlite").to_str().unwrap()]).unwrap();
    };
    back_up(&process, early.path());
    let long = "a".repeat(3 << 20);
    for n in 0..9 {
        process.commit(&format!("{n}{long}"));
        if n == 4 {
            // Another process that is behind finds the file in use.
            let mut other = opened(folder.path()).unwrap();
            other.commit("other");
            // One that dies as it begins a file, and one that finds what it left.
            other.lose("lost");
            back_up(&process, late.path());
        }
    }
    let whole = process.stations();
    drop(process);
    let all = files(folder.path());
    assert!(all.len() >= 4, "{all:?}");
    assert_eq!(opened(folder.path()).unwrap().replayed, None);
    for (backup, files, lacked) in [(&early, &all[..], 10), (&late, &all[1..], 4)] {
        fs::create_dir(backup.path().join("journal")).unwrap();
        for file in files {
            fs::copy(file, backup.path().join("journal").join(file.file_name().unwrap())).unwrap();
        }
        let process = opened(backup.path()).unwrap();
        assert_eq!(process.replayed.unwrap().acts, lacked);
        assert!(process.stations() == whole, "everything is there");
    }
    // But not those that are needed.
    let needed = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("city.sqlite"), needed.path().join("city.sqlite")).unwrap();
    fs::create_dir(needed.path().join("journal")).unwrap();
    fs::copy(&all[0], needed.path().join("journal").join(all[0].file_name().unwrap())).unwrap();
    let refused = opened(needed.path()).err().unwrap();
    assert!(matches!(refused, Error::Journal(JournalError::Shorter { .. })), "{refused}");
}

#[test]
fn rows_of_every_kind_are_changed_moved_replaced_and_removed_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = opened(folder.path()).unwrap();
    let copy = tempfile::tempdir().unwrap();
    process
        .db
        .execute("VACUUM INTO ?", [copy.path().join("city.sqlite").to_str().unwrap()])
        .unwrap();
    let transaction = process.db.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    transaction
        .execute_batch(
            "INSERT INTO station (keyid, name, algorithm, key, enrolled)
                 VALUES ('a', '引号\" 换行\n', -19, x'00ff0a', 5), ('b', '', -19, x'', 6),
                        ('c', 'gone', -19, x'01', 7);
             UPDATE station SET ended = 9, ended_reason = NULL WHERE keyid = 'a';
             UPDATE station SET keyid = 'd' WHERE keyid = 'b';
             DELETE FROM station WHERE keyid = 'c';
             INSERT OR REPLACE INTO line (kind, number, before, cause, until, changed)
                 VALUES (1, 4294967295, 1, 0, 2, 1);
             INSERT OR REPLACE INTO line (kind, number, before, cause, until, changed)
                 VALUES (1, 4294967295, 4294967295, 0, 2, 1);
             INSERT INTO person (slot, name, birth_date, colour, colour_at)
                 VALUES (1, 'x', '2000-01-01', 'green', 0), (2, 'y', '2000-01-01', 'green', 0);
             -- A table that names no key.
             INSERT INTO kinship_ended (guardian, child, relation, at, reason)
                 VALUES (1, 2, 'parent', 5, 'r'), (1, 2, 'parent', 5, 'r');
             DELETE FROM kinship_ended WHERE rowid = 1;",
        )
        .unwrap();
    process.journal.write(&transaction, NOW).unwrap().unwrap();
    transaction.commit().unwrap();
    let told = |db: &Connection| {
        let sql = "SELECT group_concat(quote(keyid) || quote(name) || quote(key) || quote(ended))
                       || (SELECT group_concat(number || ' ' || before) FROM line)
                       || (SELECT group_concat(rowid || reason) FROM kinship_ended)
                   FROM (SELECT * FROM station ORDER BY keyid)";
        db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    let wanted = told(&process.db);
    assert!(wanted.contains("X'00FF0A'9") && wanted.contains("4294967295 4294967295"), "{wanted}");
    fs::rename(folder.path().join("journal"), copy.path().join("journal")).unwrap();
    assert_eq!(told(&opened(copy.path()).unwrap().db), wanted);
}

#[test]
fn what_is_not_in_the_journal_is_there_to_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let process = opened(folder.path()).unwrap();
    capture::assert_exceptions_exist(&process.db);
}

#[test]
fn nothing_changed_is_nothing_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = opened(folder.path()).unwrap();
    process.commit("one");
    let transaction = process.db.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    transaction
        .execute_batch(
            "UPDATE station SET name = name;
             INSERT INTO nonce (keyid, nonce, expires) VALUES ('a', x'00', 5);",
        )
        .unwrap();
    assert!(process.journal.write(&transaction, NOW).unwrap().is_none());
}

#[test]
fn a_process_that_was_still_open_goes_over_to_the_new_journal() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = opened(folder.path()).unwrap();
    process.commit("one");
    let mut other = Connection::open(folder.path().join("city.sqlite")).unwrap();
    let transaction = other.transaction().unwrap();
    begin_anew(&transaction, &folder.path().join("journal"), &Eights).unwrap();
    transaction.commit().unwrap();
    process.commit("two");
    drop(process);
    let process = opened(folder.path()).unwrap();
    assert_eq!((process.replayed, process.stations().len()), (None, 2));
}
