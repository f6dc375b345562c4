//! The files of the journal: missing, old, changed, torn, shared, and what they cost.

mod restoring;
mod support;

use std::fs;

use restoring::{content, file, journal_error, open, regenerate, voided};
use rusqlite::Connection;
use suima_code::Colour;
use suima_issuer::JournalError;
use support::City;

#[tokio::test]
async fn without_its_journal_no_database_is_opened() {
    let (city, _, backup, _) = voided().await;
    let journal = file(&city.journal());
    let away = city.journal().join("away");
    fs::rename(&journal, &away).unwrap();
    for database in [&backup, &city.database()] {
        let error = journal_error(open(&city, database));
        assert!(matches!(error, JournalError::Missing { .. }), "{error}");
        assert!(error.to_string().contains("restored --without-journal"), "{error}");
    }
    fs::rename(&away, &journal).unwrap();
    assert!(open(&city, &backup).is_ok());
}

#[tokio::test]
async fn an_old_copy_of_the_journal_is_not_taken_for_it() {
    let (city, ..) = voided().await;
    let journal = file(&city.journal());
    let whole = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    fs::write(&journal, format!("{}\n", lines[..lines.len() - 1].join("\n"))).unwrap();
    let error = journal_error(open(&city, &city.database()));
    assert!(matches!(error, JournalError::Shorter { .. }), "{error}");
}

#[tokio::test]
async fn a_journal_in_which_anything_was_changed_is_not_replayed() {
    let (city, _, backup, _) = voided().await;
    let journal = file(&city.journal());
    let whole = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let last = lines.len() - 1;
    // The regeneration itself is among the last acts; it is made to be of somebody else, or left out.
    let changed = lines[last - 1].replacen("\"at\":1", "\"at\":2", 1);
    assert_ne!(changed, lines[last - 1]);
    for middle in [vec![changed.as_str()], vec![]] {
        let told = [&lines[..last - 1], &middle[..], &lines[last..]].concat().join("\n");
        fs::write(&journal, format!("{told}\n")).unwrap();
        let error = journal_error(open(&city, &backup));
        assert!(matches!(error, JournalError::Broken { .. }), "{error}");
    }
    fs::write(&journal, whole).unwrap();
    assert!(open(&city, &backup).is_ok());
}

#[tokio::test]
async fn the_journal_of_another_city_is_not_taken_for_its_own() {
    let (city, _, backup, _) = voided().await;
    let other = tempfile::tempdir().unwrap();
    let database = other.path().join("new.sqlite");
    let error = journal_error(open(&city, &database));
    assert!(matches!(error, JournalError::Foreign { .. }), "{error}");
    // Nor is a backup of before there was a journal.
    let db = Connection::open(&backup).unwrap();
    db.execute("DELETE FROM journal", []).unwrap();
    let error = journal_error(open(&city, &backup));
    assert!(matches!(error, JournalError::Foreign { .. }), "{error}");
}

#[tokio::test]
async fn a_torn_last_line_is_passed_over_and_written_past() {
    let (city, slot, backup, _) = voided().await;
    let journal = file(&city.journal());
    let whole = fs::read(&journal).unwrap();
    let line = whole.split(|byte| *byte == b'\n').rev().nth(1).unwrap();
    for torn in [1, 64, 70, line.len() - 1] {
        fs::write(&journal, [&whole[..], &line[..torn]].concat()).unwrap();
        let issuer = open(&city, &city.database()).unwrap();
        assert_eq!(issuer.replayed(), None);
        drop(issuer);
    }
    let issuer = open(&city, &city.database()).unwrap();
    issuer.set_colour(slot, Colour::Red).unwrap();
    drop(issuer);
    assert_eq!(open(&city, &city.database()).unwrap().replayed(), None);
    let restored = open(&city, &backup).unwrap();
    assert_eq!(restored.valid_codes(slot).unwrap(), 1);
    assert_eq!(content(&backup)["person"], content(&city.database())["person"]);
}

#[tokio::test]
async fn what_changes_nothing_costs_no_journal() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    phone.claim(slot).await.unwrap();
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let journal = file(&city.journal());
    let before = fs::metadata(&journal).unwrap().len();
    phone.refresh(None).await.unwrap();
    phone.claim(slot).await.unwrap();
    assert!(station.sync().await);
    city.issuer.publish_lists().unwrap();
    assert_eq!(fs::metadata(&journal).unwrap().len(), before);
    regenerate(&phone, &city.random.hex(), slot).await;
    let grown = fs::metadata(&journal).unwrap().len() - before;
    assert!((1..4096).contains(&grown), "{grown} bytes");
}

#[tokio::test]
async fn two_processes_write_one_journal() {
    let (city, slot, backup, _) = voided().await;
    let second = open(&city, &city.database()).unwrap();
    for colour in [Colour::Yellow, Colour::Green, Colour::Red, Colour::Yellow] {
        city.issuer.set_colour(slot, colour).unwrap();
        second.station_activation("3 号台").unwrap();
    }
    open(&city, &backup).unwrap();
    assert_eq!(content(&backup), content(&city.database()));
}
