//! The issuer as a whole.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use rusqlite::Connection;
use suima_code::{Colour, Slot};

use crate::journal::{Journal, Replayed};
use crate::{Clock, Error, IdNumber, IdentityProof, Random, database, people};

/// The city's service. Clones share one database connection; several processes may share one database.
#[derive(Clone)]
pub struct Issuer(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) db: Mutex<Connection>,
    /// Locked only by whoever holds the database.
    pub(crate) journal: Mutex<Journal>,
    replayed: Option<Replayed>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// Who tells who enrols a phone, where it is not the default.
    pub(crate) identity: OnceLock<Arc<dyn IdentityProof>>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").finish_non_exhaustive()
    }
}

impl Issuer {
    /// Opens the database at `path`, makes it if it is not there, and brings its schema up to date. A database
    /// of a newer program is refused. Its journal lies in the folder beside it, of the same name with the ending
    /// `journal`.
    pub fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, Error> {
        Self::open_with_journal(path, &path.with_extension("journal"), clock, random)
    }

    /// The same with the journal in a folder of its own, best on another disk. A database that is behind its journal is
    /// brought up to it; one that is ahead of it, or whose journal is not there, is refused ([`Error::Journal`]).
    pub fn open_with_journal(
        path: &Path,
        journal: &Path,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, Error> {
        let mut db = database::open(path)?;
        let (journal, replayed) = Journal::open(journal, &mut db, &*random)?;
        Ok(Self(Arc::new(Inner {
            db: Mutex::new(db),
            journal: Mutex::new(journal),
            replayed,
            clock,
            random,
            identity: OnceLock::new(),
        })))
    }

    /// What the database lacked when it was opened, if anything: it has been replayed from the journal.
    pub fn replayed(&self) -> Option<Replayed> {
        self.0.replayed
    }

    /// Writes a copy of the database, as it is now, to the file `to`, which must be empty or not there. Other processes go
    /// on meanwhile.
    pub fn back_up(&self, to: &Path) -> Result<(), Error> {
        let db = self.0.db.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let to = to.to_str().ok_or(std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
        db.execute("VACUUM INTO ?", [to])?;
        Ok(())
    }

    /// The slot of the person with this ID number, if the register has them.
    pub fn slot_of(&self, id_number: &IdNumber) -> Result<Option<Slot>, Error> {
        self.0.look(|act| people::slot_of(act, id_number))
    }

    /// Sets a person's health colour. A worse one voids the live codes that show the better one (the list of
    /// persons); a better or equal one voids none.
    pub fn set_colour(&self, slot: Slot, colour: Colour) -> Result<(), Error> {
        self.0.act(|act| people::set_colour(act, slot, colour))
    }
}
