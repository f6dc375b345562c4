//! The store's files and the connection to them.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::store::{Durability, StoreError};

/// How long a write waits for another process. Longer than any transaction here takes, shorter than what a
/// phone's system takes for a hung app (5 s on Android).
const BUSY_TIMEOUT: Duration = Duration::from_secs(3);

/// Opens the database and sets it up, making an empty file when there is none.
pub(super) fn connect(path: &Path, durability: Durability) -> Result<Connection, StoreError> {
    create(path)?;
    // No mutex of SQLite's own: the store has one around the connection.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // Android gives an app no folder for temporary files: SQLite would fail where it wants one.
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;",
    )?;
    // On Apple's systems a plain fsync leaves the data in the drive's cache; elsewhere the `fullfsync` settings do
    // nothing. Even a cache needs it at checkpoints: there the order of writes keeps the file whole.
    connection.execute_batch(match durability {
        Durability::Cache => "PRAGMA synchronous = NORMAL; PRAGMA checkpoint_fullfsync = ON;",
        Durability::Journal => {
            "PRAGMA synchronous = FULL; PRAGMA checkpoint_fullfsync = ON; PRAGMA fullfsync = ON;"
        }
    })?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    Ok(connection)
}

/// Removes the database and the files `SQLite` keeps beside it; those that are not there do not matter.
///
/// The log goes before the database: a log left beside a new database could be taken for its own.
pub(super) fn wipe(path: &Path) -> io::Result<()> {
    for file in [beside(path, "-wal"), beside(path, "-shm"), path.to_path_buf()] {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Makes the file, readable by its owner alone; `SQLite` gives its other files the same mode. A file that is
/// there is not even opened: closing it again would drop the locks this process may hold on it.
fn create(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}
