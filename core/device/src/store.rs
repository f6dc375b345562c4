//! A sealed `SQLite` store, for the wallet's cache and the station's journal.
//!
//! The structure of the database lies in the clear, values are sealed one by one (`docs/decisions/0003-sealed-store.md`).
//! One [`Store`] per file and process; one connection, so one writer.

mod error;
mod file;
mod key;
pub mod records;
mod schema;
mod seal;

use std::{
    fmt, mem,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::ports::{Event, Level, Log, Ports};
use key::KeyRow;

pub use error::StoreError;
pub use schema::Schema;
pub use seal::{SealError, Sealer};

/// Recorded before a write begins, with the write's name as detail: after it the write is not yet in the file.
pub const WRITE_BEGIN: &str = "store.write.begin";
/// Recorded after a write is in the file, as durable as the store's [`Durability`] makes it.
pub const WRITE_DONE: &str = "store.write.done";
/// Recorded after a write failed: nothing of it is in the file.
pub const WRITE_FAILED: &str = "store.write.failed";

/// What may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Durability {
    /// All of it can be fetched again. The last writes before a power cut may be missing (never half a write;
    /// [`Store::sync`] is the remedy where that matters), and a file without its key, or a damaged one, is wiped and made anew.
    Cache,
    /// Nothing. A write that returned is on the disk, and the file is never wiped.
    Journal,
}

/// A store, and what became of its file.
#[derive(Debug)]
pub struct Opened {
    /// The store, ready for use.
    pub store: Store,
    /// Whether it has its past.
    pub fresh: Fresh,
}

/// What opening found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fresh {
    /// The store as it was left.
    Existing,
    /// There was none.
    New,
    /// There was a cache that could not be used: it was wiped, and people must be told why they start anew.
    Wiped {
        /// Why.
        reason: WipeReason,
    },
}

/// Why a cache was wiped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WipeReason {
    /// The keystore no longer has its key: a restored backup, a new phone.
    KeyGone,
    /// The file was damaged.
    Corrupt,
}

/// A sealed `SQLite` database.
///
/// Life cycle: [`open`](Store::open), then any number of [`pause`](Store::pause) and [`resume`](Store::resume),
/// then [`close`](Store::close) (or drop). All methods may be called from any thread; they wait for one
/// another. None may be called from within a closure given to [`write`](Store::write) or
/// [`read`](Store::read): it would wait for itself.
pub struct Store {
    path: PathBuf,
    schema: Schema,
    log: Arc<dyn Log>,
    state: Mutex<State>,
}

enum State {
    Open { connection: Connection, sealer: Sealer },
    Paused { sealer: Sealer },
    Closed,
}

impl Store {
    /// Opens the store at `path`, making it when there is none. Its folder must exist, belong to the app
    /// alone and be out of backups; on iOS with the protection `completeUntilFirstUserAuthentication` and
    /// outside app groups.
    ///
    /// Asks the keystore for the key, with no lock held and no transaction begun. A cache whose key is gone
    /// or whose file is damaged is wiped and made anew, and [`Opened::fresh`] says so; a journal is not
    /// touched, and the error says it ([`StoreError::JournalKeyLost`], [`StoreError::Corrupt`]). When the keystore
    /// is unavailable nothing is touched.
    pub fn open(path: &Path, schema: &Schema, ports: &Ports) -> Result<Opened, StoreError> {
        match Self::open_as_it_is(path, schema, ports) {
            Err(error) if schema.durability == Durability::Cache => {
                let reason = match error {
                    StoreError::JournalKeyLost => WipeReason::KeyGone,
                    StoreError::Corrupt { .. } => WipeReason::Corrupt,
                    other => return Err(other),
                };
                ports.log.record(&Event {
                    level: Level::Warn,
                    name: "store.wiped",
                    detail: format!("{}: {reason:?}", schema.name),
                });
                file::wipe(path)?;
                let mut opened = Self::open_as_it_is(path, schema, ports)?;
                opened.fresh = Fresh::Wiped { reason };
                Ok(opened)
            }
            result => result,
        }
    }

    fn open_as_it_is(path: &Path, schema: &Schema, ports: &Ports) -> Result<Opened, StoreError> {
        let mut connection = file::connect(path, schema.durability)?;
        let (sealer, fresh) = if let Some(existing) = schema::identify(&connection, schema)? {
            let sealer = existing.key.open(ports)?;
            let sealer = sealer.ok_or(StoreError::JournalKeyLost)?;
            schema::migrate(&mut connection, schema, existing.version, None)?;
            (sealer, Fresh::Existing)
        } else {
            let (key, sealer) = KeyRow::make(ports)?;
            schema::migrate(&mut connection, schema, 0, Some(&key))?;
            (sealer, Fresh::New)
        };
        let store = Self {
            path: path.to_path_buf(),
            schema: *schema,
            log: Arc::clone(&ports.log),
            state: Mutex::new(State::Open { connection, sealer }),
        };
        Ok(Opened { store, fresh })
    }

    /// Removes the files of a store that is not open; those that are not there do not matter. For a cache that
    /// was found damaged while in use, and for a journal only after people decided so.
    pub fn wipe(path: &Path) -> Result<(), StoreError> {
        Ok(file::wipe(path)?)
    }

    /// Runs `work` in one transaction and commits it; if `work` fails, nothing of it is written.
    ///
    /// `name` goes to the log ([`WRITE_BEGIN`], then [`WRITE_DONE`] or [`WRITE_FAILED`]), outside the
    /// transaction and the lock. The transaction takes the write lock at once, so what `work` reads is still
    /// true when it writes.
    pub fn write<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        work: impl FnOnce(&Transaction<'_>, &Sealer) -> Result<T, E>,
    ) -> Result<T, E> {
        self.record(Level::Debug, WRITE_BEGIN, name);
        let outcome = self.transact(TransactionBehavior::Immediate, |transaction, sealer| {
            let value = work(&transaction, sealer)?;
            transaction.commit().map_err(StoreError::from)?;
            Ok(value)
        });
        match outcome {
            Ok(_) => self.record(Level::Debug, WRITE_DONE, name),
            Err(_) => self.record(Level::Warn, WRITE_FAILED, name),
        }
        outcome
    }

    /// Runs `work` on one unchanging view of the database. What `work` writes is undone.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Connection, &Sealer) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(TransactionBehavior::Deferred, |transaction, sealer| {
            work(&transaction, sealer)
        })
    }

    /// Returns once every write so far is on the disk, in a cache too: for what must be known to be written before
    /// something leaves the device. In a journal every write already is.
    pub fn sync(&self) -> Result<(), StoreError> {
        match &*self.lock() {
            State::Open { connection, .. } => {
                let busy: bool =
                    connection.query_row("PRAGMA wal_checkpoint(FULL)", [], |row| row.get(0))?;
                if busy { Err(StoreError::Busy) } else { Ok(()) }
            }
            State::Paused { .. } => Err(StoreError::Paused),
            State::Closed => Err(StoreError::Closed),
        }
    }

    /// Closes the file and gives up every lock on it; iOS kills an app that is suspended with one
    /// (0xdead10cc). Waits for a write that is under way. Until [`Store::resume`] every call answers
    /// [`StoreError::Paused`].
    ///
    /// The key stays in memory: an app is woken where the keystore may be unavailable (a locked phone), and must
    /// not lose its store for that. A paused store pauses again to no effect, a closed one too.
    pub fn pause(&self) -> Result<(), StoreError> {
        self.shut(|sealer| State::Paused { sealer })
    }

    /// Opens the file again after [`Store::pause`], without asking the keystore. An open store resumes to no
    /// effect.
    pub fn resume(&self) -> Result<(), StoreError> {
        let mut state = self.lock();
        let sealer = match mem::replace(&mut *state, State::Closed) {
            State::Paused { sealer } => sealer,
            State::Closed => return Err(StoreError::Closed),
            open @ State::Open { .. } => {
                *state = open;
                return Ok(());
            }
        };
        match self.reconnect(&sealer) {
            Ok(connection) => {
                *state = State::Open { connection, sealer };
                Ok(())
            }
            Err(error) => {
                *state = State::Paused { sealer };
                Err(error)
            }
        }
    }

    /// Closes the file and forgets the key; every later call answers [`StoreError::Closed`]. Takes a reference
    /// because stores are shared; closing twice has no effect.
    pub fn close(&self) -> Result<(), StoreError> {
        self.shut(|_| State::Closed)?;
        *self.lock() = State::Closed;
        Ok(())
    }

    /// The tables, indices and triggers of the file as normalised SQL, one a line, in a stable order; for a test
    /// that compares them with a frozen text, so that no released migration changes unnoticed.
    pub fn schema_sql(&self) -> Result<String, StoreError> {
        self.read(|connection, _| schema::sql(connection))
    }

    fn transact<T, E: From<StoreError>>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(Transaction<'_>, &Sealer) -> Result<T, E>,
    ) -> Result<T, E> {
        match &mut *self.lock() {
            State::Open { connection, sealer } => {
                let transaction =
                    connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
                work(transaction, sealer)
            }
            State::Paused { .. } => Err(StoreError::Paused.into()),
            State::Closed => Err(StoreError::Closed.into()),
        }
    }

    /// Closes the connection of an open store. Closing the last connection also moves the log into the
    /// database and removes it.
    fn shut(&self, then: impl FnOnce(Sealer) -> State) -> Result<(), StoreError> {
        let mut state = self.lock();
        match mem::replace(&mut *state, State::Closed) {
            State::Open { connection, sealer } => match connection.close() {
                Ok(()) => {
                    *state = then(sealer);
                    Ok(())
                }
                Err((connection, error)) => {
                    *state = State::Open { connection, sealer };
                    Err(error.into())
                }
            },
            other => {
                *state = other;
                Ok(())
            }
        }
    }

    fn reconnect(&self, sealer: &Sealer) -> Result<Connection, StoreError> {
        let connection = file::connect(&self.path, self.schema.durability)?;
        match schema::identify(&connection, &self.schema)? {
            Some(existing) if existing.key.is_of(sealer) => Ok(connection),
            _ => Err(StoreError::Replaced),
        }
    }

    /// A closure that panicked left no mark: its transaction was undone when it was dropped. So a poisoned lock
    /// is as good as any.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, level: Level, event: &'static str, name: &str) {
        self.log.record(&Event {
            level,
            name: event,
            detail: format!("{}: {name}", self.schema.name),
        });
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("schema", &self.schema.name).finish_non_exhaustive()
    }
}
