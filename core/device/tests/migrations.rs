//! Migrations run once, in order, whole or not at all.

mod support;

use suima_device::{Durability, Fresh, Schema, Store, StoreError};
use support::{APPLICATION_ID, Platform};

const FIRST: &str = "CREATE TABLE step (name TEXT) STRICT; INSERT INTO step VALUES ('first');";
const SECOND: &str = "INSERT INTO step VALUES ('second');";
const THIRD: &str = "INSERT INTO step VALUES ('third');";

const fn schema(migrations: &'static [&'static str]) -> Schema {
    Schema {
        name: "test",
        application_id: APPLICATION_ID,
        durability: Durability::Journal,
        migrations,
    }
}

fn steps(store: &Store) -> Vec<String> {
    store
        .read(|connection, _| {
            let mut statement = connection.prepare("SELECT name FROM step ORDER BY rowid")?;
            let names = statement.query_map([], |row| row.get(0))?;
            Ok::<_, StoreError>(names.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

#[test]
fn each_runs_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    let open = |migrations| Store::open(&path, &schema(migrations), &platform.ports).unwrap();

    let opened = open(&[FIRST]);
    assert_eq!(steps(&opened.store), ["first"]);
    drop(opened);
    let opened = open(&[FIRST, SECOND, THIRD]);
    assert_eq!(opened.fresh, Fresh::Existing);
    assert_eq!(steps(&opened.store), ["first", "second", "third"]);
    drop(opened);
    let opened = open(&[FIRST, SECOND, THIRD]);
    assert_eq!(steps(&opened.store), ["first", "second", "third"]);
}

#[test]
fn a_failing_upgrade_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    drop(Store::open(&path, &schema(&[FIRST]), &platform.ports).unwrap());

    let broken = schema(&[FIRST, SECOND, "INSERT INTO nowhere VALUES (1);"]);
    let error = Store::open(&path, &broken, &platform.ports).unwrap_err();
    assert!(matches!(error, StoreError::Migration { number: 3, .. }), "{error}");

    let opened = Store::open(&path, &schema(&[FIRST]), &platform.ports).unwrap();
    assert_eq!(steps(&opened.store), ["first"]);
}

#[test]
fn a_failing_first_migration_leaves_a_file_that_is_still_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    let error = Store::open(&path, &schema(&["nonsense"]), &platform.ports).unwrap_err();
    assert!(matches!(error, StoreError::Migration { number: 1, .. }), "{error}");
    let opened = Store::open(&path, &schema(&[FIRST]), &platform.ports).unwrap();
    assert_eq!(opened.fresh, Fresh::New);
}

#[test]
fn a_table_can_be_rebuilt_but_no_reference_may_dangle() {
    const FAMILY: &str = "CREATE TABLE tube (id INTEGER PRIMARY KEY) STRICT; \
         CREATE TABLE entry (tube INTEGER NOT NULL REFERENCES tube (id)) STRICT; \
         INSERT INTO tube VALUES (1); INSERT INTO entry VALUES (1);";
    const REBUILD: &str = "CREATE TABLE new (id INTEGER PRIMARY KEY, size INTEGER) STRICT; \
         INSERT INTO new SELECT id, 10 FROM tube; \
         DROP TABLE tube; ALTER TABLE new RENAME TO tube;";
    const ORPHAN: &str = "DELETE FROM tube;";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let platform = Platform::default();
    let open = |migrations| Store::open(&path, &schema(migrations), &platform.ports);

    drop(open(&[FAMILY]).unwrap());
    let error = open(&[FAMILY, REBUILD, ORPHAN]).unwrap_err();
    assert!(matches!(error, StoreError::Migration { number: 3, .. }), "{error}");
    let opened = open(&[FAMILY, REBUILD]).unwrap();
    let error = opened
        .store
        .write("orphan", |tx, _| {
            tx.execute("INSERT INTO entry VALUES (2)", [])?;
            Ok::<_, StoreError>(())
        })
        .unwrap_err();
    assert!(
        error.to_string().contains("FOREIGN KEY"),
        "foreign keys hold again after a migration: {error}"
    );
}

#[test]
fn the_schema_is_told_normalised_and_without_the_stores_own_table() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform::default();
    let migrations: &[&str] = &[
        "CREATE TABLE  zebra\n  (a TEXT PRIMARY KEY) STRICT;",
        "CREATE INDEX by_a ON zebra (a);\nCREATE TABLE ape (b INTEGER) STRICT;",
    ];
    let opened =
        Store::open(&folder.path().join("store.db"), &schema(migrations), &platform.ports).unwrap();
    assert_eq!(
        opened.store.schema_sql().unwrap(),
        "CREATE INDEX by_a ON zebra (a)\n\
         CREATE TABLE ape (b INTEGER) STRICT\n\
         CREATE TABLE zebra (a TEXT PRIMARY KEY) STRICT"
    );
}

#[test]
fn the_stores_own_table_is_frozen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(Store::open(&path, &schema(&[]), &Platform::default().ports).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql: String =
        connection.query_row("SELECT sql FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(
        sql,
        "CREATE TABLE store_key (id INTEGER PRIMARY KEY CHECK (id = 1), \
         sealed BLOB NOT NULL, proof BLOB NOT NULL) STRICT"
    );
}
