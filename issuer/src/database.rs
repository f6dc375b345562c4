//! The database: opening it, and bringing its schema up to date.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// Each brings the schema from its index to the next. Never changed once released: only added to.
const MIGRATIONS: [&str; 5] = [
    include_str!("../migrations/0001_city.sql"),
    include_str!("../migrations/0002_family.sql"),
    include_str!("../migrations/0003_paper.sql"),
    include_str!("../migrations/0004_stations.sql"),
    include_str!("../migrations/0005_journal.sql"),
];

/// How long to wait for another process, such as an operator's command beside the running service.
const BUSY: Duration = Duration::from_secs(10);

/// Opens the database, makes it if it is not there, and migrates it.
pub(crate) fn open(path: &Path) -> Result<Connection, Error> {
    let mut db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    // What was answered must outlive a power cut: a code that a phone shows, a registration that a station
    // has crossed off its own list.
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "temp_store", "memory")?;
    db.set_prepared_statement_cache_capacity(128);
    // A migration that makes a table anew would break what refers to it; this cannot change within a transaction.
    db.pragma_update(None, "foreign_keys", false)?;
    migrate(&mut db)?;
    db.pragma_update(None, "foreign_keys", true)?;
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<(), Error> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful");
    if found > known {
        return Err(Error::NewerDatabase { found, known });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    if found < known && transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(Error::Corrupt("reference"));
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_a_newer_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.sqlite");
        let db = open(&path).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        drop(db);
        let refused = open(&path).unwrap_err();
        assert!(matches!(refused, Error::NewerDatabase { found: 99, known: 5 }), "{refused}");
        let db = Connection::open(&path).unwrap();
        let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 99);
    }

    #[test]
    fn opening_again_migrates_nothing_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.sqlite");
        drop(open(&path).unwrap());
        let db = open(&path).unwrap();
        let kinds: u32 =
            db.query_row("SELECT count(*) FROM publication", [], |row| row.get(0)).unwrap();
        assert_eq!(kinds, 4);
    }
}
