//! What can go wrong with a store.

use std::io;

use crate::{ports::RandomError, store::SealError};

/// Why the store did not do what was asked.
///
/// Policy: a variant of its own only where the caller does something of its own about it; whatever can only
/// be reported is [`StoreError::Sqlite`] or [`StoreError::Io`]. No text in here holds a value from the
/// store: SQL is always bound, and what fails to parse is not quoted.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store is paused: call [`Store::resume`](super::Store::resume).
    #[error("the store is paused")]
    Paused,
    /// The store was closed: open it anew.
    #[error("the store is closed")]
    Closed,
    /// The keystore does not answer now. Nothing was changed: try again later.
    #[error("the keystore is unavailable: {reason}")]
    KeystoreUnavailable {
        /// What the platform said.
        reason: String,
    },
    /// The key of a journal is gone for good, and with it what the journal holds. The file is as it was:
    /// whoever answers for the journal must decide, and say so to people, before
    /// [`Store::wipe`](super::Store::wipe) and a new start.
    #[error("the key of the journal is lost")]
    JournalKeyLost,
    /// The file is damaged. Met while opening a cache, the cache is made anew instead; met later, close the
    /// store and [`wipe`](super::Store::wipe) it if it is a cache.
    #[error("the database is damaged: {reason}")]
    Corrupt {
        /// What was found, without content.
        reason: String,
    },
    /// A newer program wrote this file: install that one. Not even a cache is wiped for this.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// The version of the file.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The file is an `SQLite` database, but not this store's: a mistaken path. Never wiped.
    #[error("the database belongs to another application ({found:#010x})")]
    NotThisStore {
        /// The `application_id` of the file.
        found: i32,
    },
    /// While the store was paused, its file was removed or replaced by another. Close it and open it anew.
    #[error("the database was replaced while the store was paused")]
    Replaced,
    /// A migration is wrong. A mistake in the program; the file is as it was before.
    #[error("migration {number} failed: {reason}")]
    Migration {
        /// Counted from 1.
        number: u32,
        /// What `SQLite` said.
        reason: String,
    },
    /// Another process holds the database: try again.
    #[error("the database is locked by another process")]
    Busy,
    /// No room left on the device: its holder must make some.
    #[error("no room left on the device")]
    Full,
    /// A value could not be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// No randomness for a key.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// Anything else `SQLite` says.
    #[error("SQLite: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// The file could not be made or removed.
    #[error("the store's file: {0}")]
    Io(#[from] io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
                Self::Corrupt { reason: error.to_string() }
            }
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            _ => Self::Sqlite(error),
        }
    }
}
