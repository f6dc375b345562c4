//! When a file is wiped and when it is not: the one place where this crate destroys anything.

mod support;

use std::{fs, path::Path};

use suima_device::{Durability, Fresh, Schema, Store, StoreError, WipeReason, records};
use support::{APPLICATION_ID, Mood, Platform, records_schema};

const CACHE: Schema = records_schema(Durability::Cache);
const JOURNAL: Schema = records_schema(Durability::Journal);
const BOTH: [Schema; 2] = [CACHE, JOURNAL];

/// Makes a store with one record and closes it.
fn made(path: &Path, schema: &Schema, platform: &Platform) {
    let opened = Store::open(path, schema, &platform.ports).unwrap();
    assert_eq!(opened.fresh, Fresh::New);
    put(&opened.store, "colour", "green");
    opened.store.close().unwrap();
}

fn put(store: &Store, name: &str, value: &str) {
    store.write("put", |tx, sealer| records::put(tx, sealer, name, value)).unwrap();
}

fn get(store: &Store, name: &str) -> Option<String> {
    store.read(|connection, sealer| records::get::<String>(connection, sealer, name)).unwrap()
}

#[test]
fn what_was_written_is_there_after_closing_and_opening() {
    for schema in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let platform = Platform::default();
        made(&path, &schema, &platform);
        let opened = Store::open(&path, &schema, &platform.ports).unwrap();
        assert_eq!(opened.fresh, Fresh::Existing);
        assert_eq!(get(&opened.store, "colour").as_deref(), Some("green"));
    }
}

#[test]
fn an_unavailable_keystore_wipes_nothing() {
    for schema in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let platform = Platform::default();
        made(&path, &schema, &platform);

        platform.keystore.be(Mood::Unavailable);
        let error = Store::open(&path, &schema, &platform.ports).unwrap_err();
        assert!(
            matches!(&error, StoreError::KeystoreUnavailable { reason } if reason == "locked"),
            "{error}"
        );

        platform.keystore.be(Mood::Well);
        let opened = Store::open(&path, &schema, &platform.ports).unwrap();
        assert_eq!(opened.fresh, Fresh::Existing);
        assert_eq!(get(&opened.store, "colour").as_deref(), Some("green"));
    }
}

#[test]
fn a_new_store_waits_for_its_keystore() {
    for schema in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let platform = Platform::default();
        platform.keystore.be(Mood::Unavailable);
        for _ in 0..2 {
            let error = Store::open(&path, &schema, &platform.ports).unwrap_err();
            assert!(matches!(error, StoreError::KeystoreUnavailable { .. }), "{error}");
        }
        platform.keystore.be(Mood::Well);
        let opened = Store::open(&path, &schema, &platform.ports).unwrap();
        assert_eq!(opened.fresh, Fresh::New);
    }
}

#[test]
fn a_keystore_that_gives_back_another_key_gets_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    platform.keystore.be(Mood::Wrong);
    let error = Store::open(&path, &JOURNAL, &platform.ports).unwrap_err();
    assert!(matches!(error, StoreError::KeystoreUnavailable { .. }), "{error}");
}

#[test]
fn a_cache_without_its_key_is_made_anew_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    made(&path, &CACHE, &platform);
    platform.log.take();

    platform.keystore.be(Mood::Gone);
    platform.keystore.be(Mood::Well);
    let opened = Store::open(&path, &CACHE, &platform.ports).unwrap();
    let reason = WipeReason::KeyGone;
    assert_eq!(opened.fresh, Fresh::Wiped { reason });
    assert_eq!(get(&opened.store, "colour"), None);
    assert_eq!(platform.log.take(), [("store.wiped", "test: KeyGone".to_owned())]);

    put(&opened.store, "colour", "red");
    opened.store.close().unwrap();
    let opened = Store::open(&path, &CACHE, &platform.ports).unwrap();
    assert_eq!(opened.fresh, Fresh::Existing);
    assert_eq!(get(&opened.store, "colour").as_deref(), Some("red"));
}

#[test]
fn a_key_that_is_not_the_one_of_the_file_counts_as_gone() {
    for schema in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let [path, other] = ["store.db", "other.db"].map(|name| folder.path().join(name));
        let platform = Platform::default();
        made(&path, &schema, &platform);
        made(&other, &schema, &platform);
        // The keystore knows this key and opens it; the values were sealed with another.
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute("ATTACH ?1 AS other", [other.to_str().unwrap()]).unwrap();
        connection
            .execute_batch("UPDATE store_key SET sealed = (SELECT sealed FROM other.store_key);")
            .unwrap();
        drop(connection);

        let outcome = Store::open(&path, &schema, &platform.ports);
        match schema.durability {
            Durability::Cache => {
                let reason = WipeReason::KeyGone;
                assert_eq!(outcome.unwrap().fresh, Fresh::Wiped { reason });
            }
            Durability::Journal => {
                assert!(matches!(outcome, Err(StoreError::JournalKeyLost)));
            }
        }
    }
}

#[test]
fn a_journal_without_its_key_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    made(&path, &JOURNAL, &platform);
    let before = fs::read(&path).unwrap();

    platform.keystore.be(Mood::Gone);
    let error = Store::open(&path, &JOURNAL, &platform.ports).unwrap_err();
    assert!(matches!(error, StoreError::JournalKeyLost), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);

    // Only the caller's own decision removes it.
    Store::wipe(&path).unwrap();
    platform.keystore.be(Mood::Well);
    let opened = Store::open(&path, &JOURNAL, &platform.ports).unwrap();
    assert_eq!(opened.fresh, Fresh::New);
}

#[test]
fn a_damaged_cache_is_made_anew_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    made(&path, &CACHE, &platform);
    fs::write(&path, b"this was a database once, ".repeat(200)).unwrap();

    let opened = Store::open(&path, &CACHE, &platform.ports).unwrap();
    let reason = WipeReason::Corrupt;
    assert_eq!(opened.fresh, Fresh::Wiped { reason });
    assert_eq!(get(&opened.store, "colour"), None);
}

#[test]
fn a_damaged_journal_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    made(&path, &JOURNAL, &platform);
    let damaged = b"this was a database once, ".repeat(200);
    fs::write(&path, &damaged).unwrap();

    let error = Store::open(&path, &JOURNAL, &platform.ports).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), damaged);
}

#[test]
fn a_file_that_lost_the_row_of_its_key_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    made(&path, &JOURNAL, &platform);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute("DELETE FROM store_key", []).unwrap();
    drop(connection);
    let error = Store::open(&path, &JOURNAL, &platform.ports).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
}

#[test]
fn a_newer_file_and_a_foreign_file_are_refused_and_kept() {
    for schema in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let platform = Platform::default();
        made(&path, &schema, &platform);

        let older = Schema { migrations: &[], ..schema };
        let error = Store::open(&path, &older, &platform.ports).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 1, known: 0 }), "{error}");

        // Newer comes before a lost key: a cache is not wiped by the program it is too new for.
        platform.keystore.be(Mood::Gone);
        let error = Store::open(&path, &older, &platform.ports).unwrap_err();
        assert!(matches!(error, StoreError::Newer { .. }), "{error}");

        let other = Schema { application_id: APPLICATION_ID + 1, ..schema };
        let error = Store::open(&path, &other, &platform.ports).unwrap_err();
        assert!(
            matches!(error, StoreError::NotThisStore { found } if found == APPLICATION_ID),
            "{error}"
        );
        assert!(path.exists());
    }
}

#[test]
fn a_database_of_somebody_else_without_an_application_id_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(connection);
    let error = Store::open(&path, &CACHE, &Platform::default().ports).unwrap_err();
    assert!(matches!(error, StoreError::NotThisStore { found: 0 }), "{error}");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute("INSERT INTO theirs VALUES (1)", []).unwrap();
}

#[test]
fn wiping_what_is_not_there_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    Store::wipe(&folder.path().join("store.db")).unwrap();
}

#[test]
fn a_store_in_a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("store.db");
    let error = Store::open(&path, &CACHE, &Platform::default().ports).unwrap_err();
    assert!(matches!(error, StoreError::Io(_)), "{error}");
}
