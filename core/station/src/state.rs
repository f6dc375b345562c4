//! What a station holds in memory: a copy of its store, made anew whenever the two might differ.

use rusqlite::Connection;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use suima_client::signature::SoftwareKey;
use suima_code::Roots;
use suima_device::{Sealer, records};
use zeroize::Zeroizing;

use crate::book::Book;
use crate::knowledge::Knowledge;
use crate::{Error, journal};

/// The record of the enrolment.
pub(crate) const DEVICE: &str = "device";

/// The record of the tube that was selected after the last one was opened.
pub(crate) const IN_HAND: &str = "tube-in-hand";

/// The 32 bytes from which an Ed25519 key grows; wiped when dropped.
#[derive(Clone)]
pub(crate) struct Seed(pub Zeroizing<[u8; 32]>);

impl Seed {
    pub fn key(&self) -> SoftwareKey {
        SoftwareKey::from_seed(&self.0)
    }
}

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <[u8; 32]>::deserialize(deserializer).map(|seed| Self(Zeroizing::new(seed)))
    }
}

/// The enrolment.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Device {
    /// The station's name in signatures.
    pub keyid: String,
    /// What people call it.
    pub name: String,
    /// Its key.
    pub seed: Seed,
    /// Whether the issuer has ended it.
    pub ended: bool,
}

/// The copy in memory.
pub(crate) struct State {
    pub knowledge: Knowledge,
    pub book: Book,
    pub device: Option<Device>,
    /// Whether memory and store are known to agree. Not so from the beginning of a write to its good end: one that
    /// failed, or whose thread died, may be in the file or not.
    pub in_step: bool,
}

impl State {
    pub fn load(connection: &Connection, sealer: &Sealer, roots: &Roots) -> Result<Self, Error> {
        let mut book = Book::default();
        journal::replay(connection, sealer, |recorded| book.apply(recorded))?;
        if let Some(tube) = records::get(connection, sealer, IN_HAND)? {
            book.take_in_hand(tube);
        }
        Ok(Self {
            knowledge: Knowledge::load(connection, sealer, roots)?,
            book,
            device: records::get(connection, sealer, DEVICE)?,
            in_step: true,
        })
    }
}
