//! The database: opening it, and bringing its schema up to date.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// Each brings the schema from its index to the next. Never changed once released: only added to.
const MIGRATIONS: [&str; 5] = [
    include_str!("../migrations/0001_city.sql"),
    include_str!("../migrations/0002_family.sql"),
    include_str!("../migrations/0003_paper.sql"),
    include_str!("../migrations/0004_stations.sql"),
    include_str!("../migrations/0005_journal.sql"),
];

/// How long to wait for another process, such as an operator's command beside the running service.
const BUSY: Duration = Duration::from_secs(10);

/// Opens the database, makes it if it is not there, and migrates it.
pub(crate) fn open(path: &Path) -> Result<Connection, Error> {
    let mut db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    // What was answered must outlive a power cut: a code that a phone shows, a registration that a station
    // has crossed off its own list.
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "temp_store", "memory")?;
    db.set_prepared_statement_cache_capacity(128);
    // A migration that makes a table anew would break what refers to it; this cannot change within a transaction.
    db.pragma_update(None, "foreign_keys", false)?;
    migrate(&mut db)?;
    db.pragma_update(None, "foreign_keys", true)?;
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<(), Error> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful");
    if found > known {
        return Err(Error::NewerDatabase { found, known });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    if found < known && transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(Error::Corrupt("reference"));
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_a_newer_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.sqlite");
        let db = open(&path).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        drop(db);
        let refused = open(&path).unwrap_err();
        assert!(matches!(refused, Error::NewerDatabase { found: 99, known: 5 }), "{refused}");
        let db = Connection::open(&path).unwrap();
        let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 99);
    }

    #[test]
    fn opening_again_migrates_nothing_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.sqlite");
        drop(open(&path).unwrap());
        let db = open(&path).unwrap();
        let kinds: u32 =
            db.query_row("SELECT count(*) FROM publication", [], |row| row.get(0)).unwrap();
        assert_eq!(kinds, 4);
    }

    /// A city of the first release, with people, a phone, holdings and a code.
    const FIRST: &str = "
        INSERT INTO person VALUES (7, '11010519491231002X', '王小明', '1949-12-31', 'green', 1, 5);
        INSERT INTO person VALUES (8, '440524188001010014', '王一', '1880-01-01', 'red', 2, 0);
        INSERT INTO kinship VALUES (7, 8, 'parent');
        INSERT INTO device VALUES ('phone', 7, -19, x'01', 3, NULL);
        INSERT INTO signing_key VALUES (1, 1, 15, x'02', 0, 9, 9, NULL);
        INSERT INTO holding (number, device, slot, relation, algorithm, key, since, credential,
            credential_key, credential_until)
        VALUES (1, 'phone', 7, 'oneself', -19, x'03', 3, x'04', 1, 99),
            (2, 'phone', 8, 'child', -19, x'05', 4, NULL, NULL, 0);
        INSERT INTO issued VALUES (3, 8, 10, NULL, 20, 'SM1:', 1, 7, 'phone', 10, 0, 0);
        INSERT INTO static_code VALUES (3, 8, 10, NULL, 10, 20, NULL);
        PRAGMA user_version = 1;";

    fn first_release(folder: &tempfile::TempDir) -> std::path::PathBuf {
        let path = folder.path().join("city.sqlite");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(MIGRATIONS[0]).unwrap();
        db.execute_batch(FIRST).unwrap();
        path
    }

    #[test]
    fn a_city_of_the_first_release_keeps_everything_and_gains_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let db = open(&first_release(&folder)).unwrap();
        let text = |sql: &str| -> String { db.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            text(
                "SELECT group_concat(concat_ws(' ', slot, id_number, name, birth_date, colour,
                     colour_at, credentials_from, paper_groups), ', ' ORDER BY slot) FROM person"
            ),
            "7 11010519491231002X 王小明 1949-12-31 green 1 5 0, \
             8 440524188001010014 王一 1880-01-01 red 2 0 0"
        );
        assert_eq!(
            text(
                "SELECT group_concat(concat_ws(' ', number, device, slot, relation, since,
                     hex(credential), credential_until), ', ' ORDER BY number) FROM holding"
            ),
            "1 phone 7 oneself 3 04 99, 2 phone 8 child 4  0"
        );
        // What was refused is possible now, and what referred to the old tables refers to the new ones.
        db.execute_batch(
            "INSERT INTO person (slot, name, birth_date, colour, colour_at)
             VALUES (9, '王二', '2026-10-01', 'green', 1);
             UPDATE holding SET relation = 'relative' WHERE number = 2;",
        )
        .unwrap();
        for refused in [
            "INSERT INTO kinship VALUES (7, 10, 'parent')",
            "INSERT INTO issued SELECT kind, 10, iat, nbf, exp, text, key, by_slot, by_device, made,
                 regenerated, voided FROM issued",
            "DELETE FROM person WHERE slot = 7",
            "INSERT INTO holding SELECT 3, device, slot, relation, algorithm, key, since, ended,
                 NULL, 0, NULL, NULL, NULL, 0, 0 FROM holding WHERE number = 1",
        ] {
            db.execute_batch(refused).unwrap_err();
        }
        let schema = text("SELECT group_concat(sql) FROM sqlite_schema");
        assert!(!schema.contains("anew"), "{schema}");
    }

    #[test]
    fn a_database_with_a_broken_reference_is_not_taken_for_a_sound_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = first_release(&folder);
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        db.execute("DELETE FROM person WHERE slot = 8", []).unwrap();
        drop(db);
        let refused = open(&path).unwrap_err();
        assert!(matches!(refused, Error::Corrupt("reference")), "{refused}");
        let db = Connection::open(&path).unwrap();
        let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 1, "nothing was changed");
    }
}
