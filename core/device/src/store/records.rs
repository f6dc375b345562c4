//! Named values: one table that serves whoever has a handful of things to keep.
//!
//! Put [`TABLE`] among the schema's migrations. Names lie in the file in the clear: they say what a value is
//! (`holding/3`), never whose.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::store::{Sealer, StoreError};

/// The table, as a migration.
pub const TABLE: &str =
    "CREATE TABLE record (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;";

const CONTEXT: &str = "record";

/// The value called `name`, if there is one.
pub fn get<T: DeserializeOwned>(
    connection: &Connection,
    sealer: &Sealer,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let blob: Option<Vec<u8>> = connection
        .prepare_cached("SELECT value FROM record WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    blob.map(|blob| Ok(sealer.open_json(CONTEXT, name.as_bytes(), &blob)?)).transpose()
}

/// Every value whose name begins with `prefix`, with its name, in the order of the names.
pub fn list<T: DeserializeOwned>(
    connection: &Connection,
    sealer: &Sealer,
    prefix: &str,
) -> Result<Vec<(String, T)>, StoreError> {
    connection
        .prepare_cached(
            "SELECT name, value FROM record \
             WHERE name >= ?1 AND substr(name, 1, length(?1)) = ?1 ORDER BY name",
        )?
        .query_and_then([prefix], |row| {
            let name: String = row.get(0)?;
            let blob: Vec<u8> = row.get(1)?;
            let value = sealer.open_json(CONTEXT, name.as_bytes(), &blob)?;
            Ok((name, value))
        })?
        .collect()
}

/// Keeps `value` under `name`, in place of what was there.
pub fn put<T: Serialize + ?Sized>(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    name: &str,
    value: &T,
) -> Result<(), StoreError> {
    let blob = sealer.seal_json(CONTEXT, name.as_bytes(), value)?;
    transaction
        .prepare_cached(
            "INSERT INTO record (name, value) VALUES (?1, ?2) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name, blob])?;
    Ok(())
}

/// Removes the value called `name`; says whether there was one.
pub fn delete(transaction: &Transaction<'_>, name: &str) -> Result<bool, StoreError> {
    let removed =
        transaction.prepare_cached("DELETE FROM record WHERE name = ?1")?.execute([name])?;
    Ok(removed > 0)
}
