//! Opening, pausing, resuming, closing; and what is on the disk.

use std::fs;

use suima_device::{Durability, Schema, Store, StoreError, records};
use suima_wallet::{Error, WipeReason};

use crate::support::{CHILD, MOTHER, Mood, NOW, Phone, Post};

#[test]
fn opening_asks_nobody() {
    let phone = Phone::new();
    let wallet = phone.open();
    assert!(matches!(wallet.show_live(MOTHER), Err(Error::NotEnrolled)));
    assert!(matches!(wallet.family(), Err(Error::NotEnrolled)));
    assert!(matches!(wallet.check_saved("SM1:00"), Err(Error::NotEnrolled)));
    let status = wallet.status().unwrap();
    assert_eq!((status.enrolled, status.as_of, status.ended), (false, None, None));
    assert_eq!(status.clock, suima_wallet::ClockStatus::Unchecked);
    assert!(phone.post.received().is_empty());
}

#[test]
fn a_paused_wallet_gives_up_its_file_and_resumes() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    wallet.pause().unwrap();
    assert!(matches!(wallet.show_live(MOTHER), Err(Error::Paused)));
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::Paused)));
    phone.platform.keystore_is(Mood::Unavailable);
    wallet.resume().unwrap();
    assert!(wallet.show_live(MOTHER).is_ok());
    wallet.close().unwrap();
    assert!(matches!(wallet.show_live(MOTHER), Err(Error::Closed)));
    assert!(matches!(wallet.resume(), Err(Error::Closed)));
}

#[test]
fn while_the_keystore_is_unavailable_nothing_is_wiped() {
    let phone = Phone::new();
    phone.enrol(phone.city.one_code(MOTHER, NOW)).close().unwrap();
    phone.platform.keystore_is(Mood::Unavailable);
    let error = phone.try_open(&Post::nowhere()).unwrap_err();
    assert!(matches!(error, Error::KeystoreUnavailable { .. }), "{error}");
    phone.platform.keystore_is(Mood::Well);
    let opened = phone.try_open(&Post::nowhere()).unwrap();
    assert_eq!(opened.wiped, None);
    assert!(opened.wallet.show_live(MOTHER).is_ok());
}

#[test]
fn a_restored_backup_is_wiped_and_says_so() {
    let phone = Phone::new();
    phone.enrol(phone.city.one_code(MOTHER, NOW)).close().unwrap();
    phone.platform.keystore_is(Mood::Gone);
    let opened = phone.try_open(&phone.post.url()).unwrap();
    assert_eq!(opened.wiped, Some(WipeReason::KeyGone));
    assert!(!opened.wallet.status().unwrap().enrolled);
    opened.wallet.close().unwrap();
    phone.enrol(phone.city.one_code(MOTHER, NOW));
}

#[test]
fn a_record_that_cannot_be_read_wipes_the_cache_and_says_so() {
    let phone = Phone::new();
    phone.enrol(phone.city.one_code(MOTHER, NOW)).close().unwrap();
    let path = phone.folder.path().join("wallet.db");
    let schema = Schema {
        name: "wallet",
        application_id: 0x534d_574c,
        durability: Durability::Cache,
        migrations: &[records::TABLE],
    };
    let opened = Store::open(&path, &schema, &phone.platform.ports).unwrap();
    opened
        .store
        .write("spoil", |tx, sealer| records::put(tx, sealer, "device", "not a device"))
        .unwrap();
    opened.store.close().unwrap();
    let opened = phone.try_open(&Post::nowhere()).unwrap();
    assert_eq!(opened.wiped, Some(WipeReason::Corrupt));
    assert!(!opened.wallet.status().unwrap().enrolled);
}

#[test]
fn the_schema_is_frozen() {
    let phone = Phone::new();
    phone.open().close().unwrap();
    let path = phone.folder.path().join("wallet.db");
    let connection = rusqlite::Connection::open(path).unwrap();
    let pragma = |name: &str| -> i32 {
        connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!(pragma("application_id"), 0x534d_574c);
    assert_eq!(pragma("user_version"), 1);
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name")
        .unwrap();
    let tables: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(
        tables[0],
        "CREATE TABLE record (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID"
    );
    assert!(tables[1].starts_with("CREATE TABLE store_key"));
    assert_eq!(tables.len(), 2);
}

#[test]
fn the_file_tells_nobody_whose_it_is() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let code = wallet.show_nucleic_acid(CHILD).unwrap().text;
    wallet.pause().unwrap();
    let file = fs::read(phone.folder.path().join("wallet.db")).unwrap();
    let found = |needle: &[u8]| file.windows(needle.len()).any(|window| window == needle);
    assert!(found(b"person/0001"), "records have names in the clear");
    for secret in ["李梅", "王小明", "王*明", "device-1", &code[..40]] {
        assert!(!found(secret.as_bytes()), "{secret}");
    }
    let connection =
        rusqlite::Connection::open(phone.folder.path().join("wallet.db")).map_err(StoreError::from);
    let mut statement = connection.as_ref().unwrap().prepare("SELECT name FROM record").unwrap();
    let names: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(names, ["clock", "device", "documents", "knowledge", "person/0000", "person/0001"]);
}
