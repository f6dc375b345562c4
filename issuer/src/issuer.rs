//! The issuer as a whole.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use rusqlite::Connection;
use suima_code::{Colour, Slot};

use crate::{Clock, Error, IdNumber, IdentityProof, Random, database, people};

/// The city's service. Clones share one database connection; several processes may share one database.
#[derive(Clone)]
pub struct Issuer(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) db: Mutex<Connection>,
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
    /// of a newer program is refused.
    pub fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, Error> {
        let db = Mutex::new(database::open(path)?);
        Ok(Self(Arc::new(Inner { db, clock, random, identity: OnceLock::new() })))
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
