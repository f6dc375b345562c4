//! Writing, reading, pausing and dying.

mod support;

use std::{
    fs, panic,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, atomic::Ordering},
};

use suima_device::{
    Durability, Event, Fresh, Log, Opened, Ports, Schema, Store, StoreError, records, store,
};
use support::{Dry, Mood, Platform, records_schema};

const CACHE: Schema = records_schema(Durability::Cache);
const JOURNAL: Schema = records_schema(Durability::Journal);

struct Fixture {
    folder: tempfile::TempDir,
    platform: Platform,
    store: Store,
}

impl Fixture {
    fn new(schema: &Schema) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::default();
        let path = folder.path().join("store.db");
        let Opened { store, .. } = Store::open(&path, schema, &platform.ports).unwrap();
        platform.log.take();
        Self { folder, platform, store }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// The files in the store's folder.
    fn files(&self) -> Vec<String> {
        let mut files: Vec<_> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        files
    }
}

fn put(store: &Store, name: &str, value: u32) -> Result<(), StoreError> {
    store.write("put", |tx, sealer| records::put(tx, sealer, name, &value))
}

fn get(store: &Store, name: &str) -> Result<Option<u32>, StoreError> {
    store.read(|connection, sealer| records::get(connection, sealer, name))
}

#[test]
fn a_write_that_fails_writes_nothing_and_says_so() {
    let fixture = Fixture::new(&JOURNAL);
    put(&fixture.store, "kept", 1).unwrap();
    fixture.platform.log.take();

    let error = fixture
        .store
        .write("two", |tx, sealer| {
            records::put(tx, sealer, "kept", &2)?;
            records::put(tx, sealer, "lost", &3)?;
            Err::<(), _>(StoreError::Full)
        })
        .unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(get(&fixture.store, "kept").unwrap(), Some(1));
    assert_eq!(get(&fixture.store, "lost").unwrap(), None);
    assert_eq!(
        fixture.platform.log.take(),
        [
            (store::WRITE_BEGIN, "test: two".to_owned()),
            (store::WRITE_FAILED, "test: two".to_owned()),
        ]
    );
}

#[test]
fn a_write_that_panics_writes_nothing_and_the_store_goes_on() {
    let fixture = Fixture::new(&JOURNAL);
    let panicked = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        fixture.store.write("panic", |tx, sealer| {
            records::put(tx, sealer, "lost", &1)?;
            assert!(sealer.open("", b"", b"").is_ok(), "made to fail");
            Ok::<_, StoreError>(())
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(get(&fixture.store, "lost").unwrap(), None);
    put(&fixture.store, "next", 2).unwrap();
    assert_eq!(get(&fixture.store, "next").unwrap(), Some(2));
}

#[test]
fn what_a_read_writes_is_undone() {
    let fixture = Fixture::new(&CACHE);
    put(&fixture.store, "kept", 1).unwrap();
    let removed = fixture
        .store
        .read(|connection, _| Ok::<_, StoreError>(connection.execute("DELETE FROM record", [])?));
    assert_eq!(removed.unwrap(), 1);
    assert_eq!(get(&fixture.store, "kept").unwrap(), Some(1));
}

#[test]
fn a_paused_store_holds_no_file_and_answers_paused() {
    for schema in [CACHE, JOURNAL] {
        let fixture = Fixture::new(&schema);
        put(&fixture.store, "kept", 1).unwrap();
        assert_eq!(
            fixture.files(),
            ["store.db", "store.db-shm", "store.db-wal"],
            "the store writes ahead"
        );
        fixture.store.pause().unwrap();
        assert_eq!(fixture.files(), ["store.db"], "the log was moved into the database");
        assert!(matches!(put(&fixture.store, "kept", 2), Err(StoreError::Paused)));
        assert!(matches!(get(&fixture.store, "kept"), Err(StoreError::Paused)));
        fixture.store.pause().unwrap();

        // Nobody holds a lock: another connection may take the whole file for itself.
        let other = rusqlite::Connection::open(fixture.path()).unwrap();
        other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;").unwrap();
        drop(other);

        fixture.store.resume().unwrap();
        fixture.store.resume().unwrap();
        assert_eq!(get(&fixture.store, "kept").unwrap(), Some(1));
        put(&fixture.store, "kept", 2).unwrap();
        assert_eq!(get(&fixture.store, "kept").unwrap(), Some(2));
    }
}

#[test]
fn resuming_does_not_ask_the_keystore() {
    let fixture = Fixture::new(&CACHE);
    put(&fixture.store, "kept", 1).unwrap();
    fixture.store.pause().unwrap();
    let asked = fixture.platform.keystore.opened.load(Ordering::SeqCst);
    fixture.platform.keystore.be(Mood::Unavailable);
    fixture.store.resume().unwrap();
    assert_eq!(get(&fixture.store, "kept").unwrap(), Some(1));
    assert_eq!(fixture.platform.keystore.opened.load(Ordering::SeqCst), asked);
}

#[test]
fn a_file_replaced_while_paused_is_not_written_with_the_old_key() {
    let fixture = Fixture::new(&CACHE);
    fixture.store.pause().unwrap();
    Store::wipe(&fixture.path()).unwrap();
    assert!(matches!(fixture.store.resume(), Err(StoreError::Replaced)));
    let other = Store::open(&fixture.path(), &CACHE, &fixture.platform.ports).unwrap();
    assert_eq!(other.fresh, Fresh::New);
    other.store.close().unwrap();
    assert!(matches!(fixture.store.resume(), Err(StoreError::Replaced)));
    assert!(matches!(get(&fixture.store, "kept"), Err(StoreError::Paused)));
}

#[test]
fn what_is_synced_is_in_the_database_itself() {
    let fixture = Fixture::new(&CACHE);
    put(&fixture.store, "kept", 1).unwrap();
    // The log beside the database is not copied: it may be missing after a power cut.
    let found = |name: &str| {
        let copy = fixture.folder.path().join(name);
        fs::copy(fixture.path(), &copy).unwrap();
        let opened = Store::open(&copy, &CACHE, &fixture.platform.ports).unwrap();
        (opened.fresh, get(&opened.store, "kept").unwrap())
    };
    fixture.store.sync().unwrap();
    assert_eq!(found("first.db"), (Fresh::Existing, Some(1)));
    put(&fixture.store, "kept", 2).unwrap();
    assert_eq!(found("second.db"), (Fresh::Existing, Some(1)));
    fixture.store.sync().unwrap();
    assert_eq!(found("third.db"), (Fresh::Existing, Some(2)));

    fixture.store.pause().unwrap();
    assert!(matches!(fixture.store.sync(), Err(StoreError::Paused)));
}

#[test]
fn a_closed_store_stays_closed() {
    let fixture = Fixture::new(&CACHE);
    fixture.store.close().unwrap();
    fixture.store.close().unwrap();
    fixture.store.pause().unwrap();
    assert!(matches!(fixture.store.resume(), Err(StoreError::Closed)));
    assert!(matches!(get(&fixture.store, "kept"), Err(StoreError::Closed)));

    let paused = Fixture::new(&CACHE);
    paused.store.pause().unwrap();
    paused.store.close().unwrap();
    assert!(matches!(paused.store.resume(), Err(StoreError::Closed)));
}

#[test]
fn without_randomness_nothing_is_made_or_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    let dry = Ports { random: Arc::new(Dry), ..platform.ports.clone() };
    let error = Store::open(&path, &JOURNAL, &dry).unwrap_err();
    assert!(matches!(error, StoreError::Random(_)), "{error}");

    Store::open(&path, &JOURNAL, &platform.ports).unwrap().store.close().unwrap();
    let opened = Store::open(&path, &JOURNAL, &dry).unwrap();
    assert!(put(&opened.store, "lost", 1).is_err());
    assert_eq!(get(&opened.store, "lost").unwrap(), None);
}

/// Reads the settings of an open store's connection.
fn setting(store: &Store, pragma: &str) -> String {
    store
        .read(|connection, _| {
            Ok::<_, StoreError>(connection.pragma_query_value(None, pragma, |row| {
                Ok(match row.get_ref(0)? {
                    rusqlite::types::ValueRef::Text(text) => {
                        String::from_utf8_lossy(text).into_owned()
                    }
                    other => other.as_i64().unwrap().to_string(),
                })
            })?)
        })
        .unwrap()
}

#[test]
fn the_connection_is_set_up_as_promised_also_after_a_pause() {
    for (schema, synchronous, fullfsync) in [(CACHE, "1", "0"), (JOURNAL, "2", "1")] {
        let fixture = Fixture::new(&schema);
        for _ in 0..2 {
            for (pragma, value) in [
                ("journal_mode", "wal"),
                ("temp_store", "2"),
                ("secure_delete", "1"),
                ("foreign_keys", "1"),
                ("synchronous", synchronous),
                ("fullfsync", fullfsync),
                ("checkpoint_fullfsync", "1"),
            ] {
                assert_eq!(setting(&fixture.store, pragma), value, "{pragma}");
            }
            fixture.store.pause().unwrap();
            fixture.store.resume().unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn the_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::new(&JOURNAL);
    put(&fixture.store, "kept", 1).unwrap();
    let files = fixture.files();
    assert_eq!(files.len(), 3);
    for file in files {
        let metadata = fs::metadata(fixture.folder.path().join(&file)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{file}");
    }
}

#[test]
fn no_value_lies_in_any_file_in_the_clear() {
    let fixture = Fixture::new(&JOURNAL);
    let secret = "a value that can be recognised";
    fixture.store.write("put", |tx, sealer| records::put(tx, sealer, "name", secret)).unwrap();
    let holds = |needle: &str| {
        fixture.files().iter().any(|file| {
            let content = fs::read(fixture.folder.path().join(file)).unwrap();
            content.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
    };
    assert!(holds("CREATE TABLE record"), "the search finds what is there");
    assert!(!holds(secret));
    fixture.store.pause().unwrap();
    assert!(!holds(secret));
}

/// Copies the store's files at every event: what a process killed at that moment leaves behind.
struct Deaths {
    folder: PathBuf,
    events: Mutex<Vec<&'static str>>,
}

impl Log for Deaths {
    fn record(&self, event: &Event) {
        let mut events = self.events.lock().unwrap();
        let grave = self.folder.join(events.len().to_string());
        fs::create_dir(&grave).unwrap();
        for file in ["store.db", "store.db-wal"] {
            fs::copy(self.folder.join(file), grave.join(file)).unwrap();
        }
        events.push(event.name);
    }
}

fn after_death(folder: &Path, ports: &Ports) -> Vec<(String, u32)> {
    let opened = Store::open(&folder.join("store.db"), &JOURNAL, ports).unwrap();
    assert_eq!(opened.fresh, Fresh::Existing);
    opened.store.read(|connection, sealer| records::list(connection, sealer, "")).unwrap()
}

#[test]
fn a_write_is_whole_or_absent_wherever_the_process_dies() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform::default();
    let deaths = Arc::new(Deaths { folder: folder.path().to_path_buf(), events: Mutex::default() });
    let dying = Ports { log: deaths.clone(), ..platform.ports.clone() };
    let opened = Store::open(&folder.path().join("store.db"), &JOURNAL, &dying).unwrap();
    for (a, b, value) in [("a1", "b1", 1), ("a2", "b2", 2)] {
        opened
            .store
            .write("pair", |tx, sealer| {
                records::put(tx, sealer, a, &value)?;
                records::put(tx, sealer, b, &value)
            })
            .unwrap();
    }
    assert_eq!(
        *deaths.events.lock().unwrap(),
        [store::WRITE_BEGIN, store::WRITE_DONE, store::WRITE_BEGIN, store::WRITE_DONE]
    );
    for (death, names) in [vec![], vec!["a1", "b1"], vec!["a1", "b1"], vec!["a1", "a2", "b1", "b2"]]
        .into_iter()
        .enumerate()
    {
        let found = after_death(&folder.path().join(death.to_string()), &platform.ports);
        let found: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(found, names, "death {death}");
    }
}
