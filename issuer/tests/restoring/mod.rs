//! What tests of restoring share: what a database holds, and a city with something to restore.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;
use suima_client::wire::Regeneration;
use suima_code::Slot;
use suima_issuer::{Error, Issuer, JournalError};

use crate::support::{City, Phone};

/// All that a database holds, table by table, but for what no journal keeps.
pub fn content(path: &Path) -> BTreeMap<String, Vec<Vec<Value>>> {
    let db = Connection::open(path).unwrap();
    let tables: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut content = BTreeMap::new();
    for table in tables {
        // What is over within minutes, and where the database stands in the journal.
        let left_out =
            ["nonce", "desk", "challenge", "ticket", "ticket_code", "lookup_count", "journal"];
        if left_out.contains(&table.as_str()) {
            continue;
        }
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let kept: Vec<usize> = (0..statement.column_count())
            .filter(|column| {
                let name = statement.column_name(*column).unwrap();
                // A credential can be made again.
                table != "holding"
                    || !name.starts_with("credential")
                    || ["credential_latest", "credential_until"].contains(&name)
            })
            .collect();
        let mut rows: Vec<Vec<Value>> = statement
            .query_map([], |row| kept.iter().map(|column| row.get(*column)).collect())
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        rows.sort_by_key(|row| format!("{row:?}"));
        content.insert(table, rows);
    }
    content
}

pub async fn regenerate(phone: &Phone<'_>, wish: &str, slot: Slot) -> Regeneration {
    let city = phone.0.city;
    let void = phone.claim(slot).await.unwrap().current.map(|code| code.made.iat);
    let not_after = city.clock_now().plus(120);
    phone.regenerate(wish, slot, void, not_after).await.unwrap().outcome
}

/// The one file of a young journal.
pub fn file(journal: &Path) -> PathBuf {
    let mut files: Vec<PathBuf> =
        fs::read_dir(journal).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

/// A city with a code that was voided after the backup.
pub async fn voided() -> (City, Slot, PathBuf, String) {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let first = phone.claim(slot).await.unwrap().current.unwrap();
    let backup = city.back_up();
    city.clock.pass(3600);
    regenerate(&phone, &city.random.hex(), slot).await;
    (city, slot, backup, first.text)
}

pub fn journal_error(result: Result<Issuer, Error>) -> JournalError {
    match result {
        Err(Error::Journal(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was opened"),
    }
}

pub fn open(city: &City, database: &Path) -> Result<Issuer, Error> {
    Issuer::open_with_journal(database, &city.journal(), city.clock.clone(), city.random.clone())
}
