//! The store's key: random, sealed by the platform, kept in the file it serves.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use zeroize::Zeroizing;

use crate::{
    ports::{KeystoreError, Ports},
    store::{Sealer, StoreError},
};

const TABLE: &str = "CREATE TABLE store_key (id INTEGER PRIMARY KEY CHECK (id = 1), \
     sealed BLOB NOT NULL, proof BLOB NOT NULL) STRICT;";
const CONTEXT: &str = "store_key";

/// The one row of the table `store_key`. It lies in the database itself, so that key and values are made,
/// copied and wiped together.
pub(super) struct KeyRow {
    /// The key, as the keystore sealed it.
    sealed: Vec<u8>,
    /// An empty value sealed with the key: tells another key from this one before it does harm.
    proof: Vec<u8>,
}

impl KeyRow {
    pub(super) fn read(connection: &Connection) -> Result<Self, StoreError> {
        connection
            .query_row("SELECT sealed, proof FROM store_key", [], |row| {
                Ok(Self { sealed: row.get(0)?, proof: row.get(1)? })
            })
            .optional()?
            .ok_or_else(|| StoreError::Corrupt {
                reason: "the row of the key is missing".to_owned(),
            })
    }

    pub(super) fn write(&self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        transaction.execute_batch(TABLE)?;
        transaction.execute(
            "INSERT INTO store_key (id, sealed, proof) VALUES (1, ?1, ?2)",
            params![self.sealed, self.proof],
        )?;
        Ok(())
    }

    /// Draws a key and has it sealed. It is opened once at once: a keystore that cannot open what it sealed is
    /// found out before anything was entrusted to it.
    pub(super) fn make(ports: &Ports) -> Result<(Self, Sealer), StoreError> {
        let mut key = Zeroizing::new([0; 32]);
        ports.random.fill(&mut *key)?;
        let envelope = ports.keystore.seal(&key).map_err(not_now)?;
        let opened = ports.keystore.open(&envelope).map_err(not_now)?;
        if *opened != *key {
            return Err(StoreError::KeystoreUnavailable {
                reason: "it does not give back the key that it sealed".to_owned(),
            });
        }
        let sealer = Sealer::new(&key, Arc::clone(&ports.random));
        let proof = sealer.seal(CONTEXT, b"proof", b"")?;
        let row = Self { sealed: envelope, proof };
        Ok((row, sealer))
    }

    /// Has the key opened; `None` when it is gone for good.
    pub(super) fn open(&self, ports: &Ports) -> Result<Option<Sealer>, StoreError> {
        let key = match ports.keystore.open(&self.sealed) {
            Ok(key) => key,
            Err(KeystoreError::Gone) => return Ok(None),
            Err(error @ KeystoreError::Unavailable { .. }) => return Err(not_now(error)),
        };
        let sealer = Sealer::new(&key, Arc::clone(&ports.random));
        Ok(self.is_of(&sealer).then_some(sealer))
    }

    /// Whether this row was made for the key of `sealer`.
    pub(super) fn is_of(&self, sealer: &Sealer) -> bool {
        sealer.open(CONTEXT, b"proof", &self.proof).is_ok()
    }
}

/// While a key is made, no answer of the keystore is a reason to wipe anything.
fn not_now(error: KeystoreError) -> StoreError {
    let reason = match error {
        KeystoreError::Unavailable { reason } => reason,
        KeystoreError::Gone => "it lost a key that it was just given".to_owned(),
    };
    StoreError::KeystoreUnavailable { reason }
}
