//! Who stands in which tube.

use std::fmt;

use suima_client::wire::{Event, Validity};
use suima_code::{IdNumber, Presented, Slot, UnixTime};

use super::parsed;
use crate::act::Act;
use crate::{Error, Issuer};

/// A person who was bound to a tube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The entry.
    pub id: String,
    /// The name of the station.
    pub station: String,
    /// The site and the staff member on duty then, once their entries have come.
    pub session: Option<(String, String)>,
    /// The barcode of the tube they are in now.
    pub barcode: String,
    /// Who, where they are in the register.
    pub slot: Option<Slot>,
    /// What they showed.
    pub shown: Shown,
    /// When.
    pub at: UnixTime,
    /// Whether it was taken back.
    pub undone: bool,
}

/// What somebody showed who was bound to a tube. For the laboratory: names and documents are not for logs.
#[derive(Clone, PartialEq, Eq)]
pub enum Shown {
    /// A code.
    Code {
        /// Of which kind.
        presented: Presented,
        /// Its `iat`, or that of the credential.
        iat: UnixTime,
        /// How much was known of its validity.
        validity: Validity,
    },
    /// An ID card.
    IdCard {
        /// On the card.
        id_number: IdNumber,
        /// On the card.
        name: String,
    },
    /// No code and no ID card: they were written down by hand. Who has a travel permit or passport that is in the register is
    /// found by it and by the name.
    ByHand {
        /// Their full name.
        name: String,
        /// The number of their document, where they have one.
        document: Option<String>,
        /// How they are reached.
        contact: String,
    },
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code { presented, iat, validity } => f
                .debug_struct("Code")
                .field("presented", presented)
                .field("iat", iat)
                .field("validity", validity)
                .finish(),
            Self::IdCard { .. } => f.debug_struct("IdCard").finish_non_exhaustive(),
            Self::ByHand { .. } => f.debug_struct("ByHand").finish_non_exhaustive(),
        }
    }
}

impl Issuer {
    /// Everybody who was bound to a tube, in the order in which the issuer heard of it.
    pub fn registrations(&self) -> Result<Vec<Registration>, Error> {
        self.0.look(registrations)
    }
}

fn registrations(act: &Act<'_>) -> Result<Vec<Registration>, Error> {
    let mut statement = act.db.prepare(
        "SELECT entry.id, entry.slot, station.name, entry.content,
             EXISTS (SELECT 1 FROM entry AS undo WHERE undo.undoes = entry.id) AS undone,
             (SELECT content FROM entry AS move WHERE move.moves = entry.id
              ORDER BY move.at DESC, move.id DESC LIMIT 1) AS move,
             session.content AS session,
             (SELECT content FROM entry AS over
              WHERE over.session = session.id AND over.event = 'handed-over'
                  AND over.at <= entry.at
              ORDER BY over.at DESC, over.id DESC LIMIT 1) AS handed_over
         FROM entry JOIN station ON station.keyid = entry.station
         LEFT JOIN entry AS tube ON tube.id = entry.tube AND tube.event = 'tube-opened'
         LEFT JOIN entry AS session ON session.id = tube.session AND session.event = 'session-opened'
         WHERE entry.event IN ('registered', 'registered-by-id-card', 'registered-by-hand')
         GROUP BY entry.number ORDER BY entry.number",
    )?;
    let mut rows = statement.query([])?;
    let mut registrations = Vec::new();
    while let Some(row) = rows.next()? {
        let entry = parsed(&row.get::<_, String>("content")?)?;
        let event = |column| -> Result<Option<Event>, Error> {
            let content: Option<String> = row.get(column)?;
            Ok(content.map(|content| parsed(&content)).transpose()?.map(|entry| entry.event))
        };
        let (registered_in, shown) = shown(entry.event)?;
        let barcode = match event("move")? {
            Some(Event::Moved { barcode, .. }) => barcode,
            Some(_) => return Err(Error::Corrupt("entry")),
            None => registered_in,
        };
        let session = match (event("session")?, event("handed_over")?) {
            (Some(Event::SessionOpened { site, .. }), Some(Event::HandedOver { staff, .. }))
            | (Some(Event::SessionOpened { site, staff }), None) => Some((site, staff)),
            (None, _) => None,
            _ => return Err(Error::Corrupt("entry")),
        };
        registrations.push(Registration {
            id: entry.id,
            station: row.get("name")?,
            session,
            barcode,
            slot: row.get::<_, Option<u32>>("slot")?.map(Slot),
            shown,
            at: entry.at,
            undone: row.get("undone")?,
        });
    }
    Ok(registrations)
}

/// The tube that somebody was bound to, and what they showed.
fn shown(event: Event) -> Result<(String, Shown), Error> {
    match event {
        Event::Registered { barcode, presented, code_iat, validity, .. } => {
            Ok((barcode, Shown::Code { presented, iat: code_iat, validity }))
        }
        Event::RegisteredByIdCard { barcode, id_number, name, .. } => {
            Ok((barcode, Shown::IdCard { id_number, name }))
        }
        Event::RegisteredByHand { barcode, name, document, contact, .. } => {
            Ok((barcode, Shown::ByHand { name, document, contact }))
        }
        _ => Err(Error::Corrupt("entry")),
    }
}
