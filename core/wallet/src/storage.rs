//! The snapshot in the sealed store: one record for each of its parts.

use rusqlite::{Connection, Transaction};
use serde::Serialize;
use suima_device::{Durability, Schema, Sealer, StoreError, TimeAnchor, records};

use crate::snapshot::Snapshot;

/// `SMWL`.
const APPLICATION_ID: i32 = 0x534d_574c;

pub(crate) const SCHEMA: Schema = Schema {
    name: "wallet",
    application_id: APPLICATION_ID,
    durability: Durability::Cache,
    migrations: &[records::TABLE],
};

const DEVICE: &str = "device";
const ENROLMENT: &str = "enrolment";
const DOCUMENTS: &str = "documents";
const CLOCK: &str = "clock";
const KNOWLEDGE: &str = "knowledge";
const NOTES: &str = "notes";
const UNREAD: &str = "unread-news";
const INBOX: &str = "inbox";
const ERRANDS: &str = "errands";
const GIVEN_UP: &str = "keys-given-up";
/// People are numbered in the order of swiping: a name in the file must not tell whose record it is.
const PERSON: &str = "person/";

fn person(place: usize) -> String {
    format!("{PERSON}{place:04}")
}

pub(crate) fn load(connection: &Connection, sealer: &Sealer) -> Result<Snapshot, StoreError> {
    let people = records::list(connection, sealer, PERSON)?;
    Ok(Snapshot {
        device: records::get(connection, sealer, DEVICE)?,
        enrolment: records::get(connection, sealer, ENROLMENT)?,
        documents: records::get(connection, sealer, DOCUMENTS)?,
        anchor: records::get(connection, sealer, CLOCK)?,
        knowledge: records::get(connection, sealer, KNOWLEDGE)?.unwrap_or_default(),
        people: people.into_iter().map(|(_, person)| person).collect(),
        notes: records::get(connection, sealer, NOTES)?.unwrap_or_default(),
        unread: records::get(connection, sealer, UNREAD)?.unwrap_or_default(),
        inbox: records::get(connection, sealer, INBOX)?.unwrap_or_default(),
        errands: records::get(connection, sealer, ERRANDS)?.unwrap_or_default(),
        given_up: records::get(connection, sealer, GIVEN_UP)?.unwrap_or_default(),
    })
}

/// The anchor of the corrected time alone.
pub(crate) fn load_anchor(
    connection: &Connection,
    sealer: &Sealer,
) -> Result<Option<TimeAnchor>, StoreError> {
    records::get(connection, sealer, CLOCK)
}

/// Writes what is different in `after`.
pub(crate) fn save(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    before: &Snapshot,
    after: &Snapshot,
) -> Result<(), StoreError> {
    let shelf = Shelf { transaction, sealer };
    shelf.keep(DEVICE, before.device.as_ref(), after.device.as_ref())?;
    shelf.keep(ENROLMENT, before.enrolment.as_ref(), after.enrolment.as_ref())?;
    shelf.keep(DOCUMENTS, before.documents.as_ref(), after.documents.as_ref())?;
    shelf.keep(CLOCK, before.anchor.as_ref(), after.anchor.as_ref())?;
    shelf.keep(KNOWLEDGE, Some(&before.knowledge), Some(&after.knowledge))?;
    shelf.keep(NOTES, Some(&before.notes), Some(&after.notes))?;
    shelf.keep(UNREAD, Some(&before.unread), Some(&after.unread))?;
    shelf.keep(INBOX, Some(&before.inbox), Some(&after.inbox))?;
    shelf.keep(ERRANDS, Some(&before.errands), Some(&after.errands))?;
    shelf.keep(GIVEN_UP, Some(&before.given_up), Some(&after.given_up))?;
    for place in 0..before.people.len().max(after.people.len()) {
        shelf.keep(&person(place), before.people.get(place), after.people.get(place))?;
    }
    Ok(())
}

struct Shelf<'a> {
    transaction: &'a Transaction<'a>,
    sealer: &'a Sealer,
}

impl Shelf<'_> {
    fn keep<T: Serialize + PartialEq>(
        &self,
        name: &str,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<(), StoreError> {
        match after {
            _ if before == after => Ok(()),
            Some(value) => records::put(self.transaction, self.sealer, name, value),
            None => records::delete(self.transaction, name).map(|_| ()),
        }
    }
}
