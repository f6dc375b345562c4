//! What is in a database file: whose it is, which version, and the steps to the newest.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::{Durability, StoreError, key::KeyRow};

/// What a store is for and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Names the store in the log: `wallet`.
    pub name: &'static str,
    /// `SQLite`'s `application_id`, other than 0: says whose file this is.
    pub application_id: i32,
    /// What may be lost.
    pub durability: Durability,
    /// The steps from an empty database to today's, as SQL. Their number is the version. Never change one that
    /// was released: append. They run with foreign keys off, so that a table can be rebuilt, and the keys are
    /// checked at the end.
    pub migrations: &'static [&'static str],
}

impl Schema {
    /// The newest version this program knows.
    pub(super) fn version(&self) -> u32 {
        u32::try_from(self.migrations.len()).expect("migrations are a short list of constants")
    }
}

/// Reads the version and the key of a database; `None` when it is still empty.
pub(super) fn identify(
    connection: &Connection,
    schema: &Schema,
) -> Result<Option<Existing>, StoreError> {
    let application_id: i32 = pragma(connection, "application_id")?;
    if application_id != schema.application_id {
        let is_empty: bool =
            connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?;
        if application_id == 0 && is_empty {
            return Ok(None);
        }
        return Err(StoreError::NotThisStore { found: application_id });
    }
    let version: u32 = pragma(connection, "user_version")?;
    if version > schema.version() {
        return Err(StoreError::Newer { found: version, known: schema.version() });
    }
    let key = KeyRow::read(connection)?;
    Ok(Some(Existing { version, key }))
}

/// What is known of a database that is in use.
pub(super) struct Existing {
    pub(super) version: u32,
    pub(super) key: KeyRow,
}

/// Brings the database from `version` to the newest, in one transaction: an upgrade is whole or has not begun.
/// A new database gets its key in the same transaction, so there is none without a key.
pub(super) fn migrate(
    connection: &mut Connection,
    schema: &Schema,
    version: u32,
    new_key: Option<&KeyRow>,
) -> Result<(), StoreError> {
    if version == schema.version() && new_key.is_none() {
        return Ok(());
    }
    // Has no effect inside a transaction, so it stands around it.
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(key) = new_key {
        transaction.pragma_update(None, "application_id", schema.application_id)?;
        key.write(&transaction)?;
    }
    for (number, sql) in (1..).zip(schema.migrations).skip(version as usize) {
        transaction.execute_batch(sql).map_err(|error| failed(number, error))?;
    }
    let dangling: i64 =
        transaction
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if dangling > 0 {
        return Err(StoreError::Migration {
            number: schema.version(),
            reason: format!("{dangling} rows refer to rows that do not exist"),
        });
    }
    transaction.pragma_update(None, "user_version", schema.version())?;
    transaction.commit()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

/// The caller's tables, indices and triggers as normalised SQL, one a line, in a stable order.
pub(super) fn sql(connection: &Connection) -> Result<String, StoreError> {
    let mut statement = connection.prepare(
        "SELECT sql FROM sqlite_schema \
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'store_key' \
         ORDER BY type, name",
    )?;
    let mut lines = Vec::new();
    for sql in statement.query_map([], |row| row.get::<_, String>(0))? {
        lines.push(sql?.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Ok(lines.join("\n"))
}

/// A migration that fails on a damaged or full device says so; else the migration itself is wrong.
fn failed(number: u32, error: rusqlite::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Sqlite(error) => StoreError::Migration { number, reason: error.to_string() },
        other => other,
    }
}

fn pragma<T: rusqlite::types::FromSql>(
    connection: &Connection,
    name: &str,
) -> Result<T, StoreError> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}
