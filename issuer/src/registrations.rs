//! What stations registered: their journals, taken in as they come, in any order and as often as they come.
//!
//! Nothing is dropped and nothing is changed: an entry that is at odds with another is kept beside it, and the conflict is
//! told to the station and to the operator.

mod conflicts;
mod list;

pub use conflicts::RegistrationConflict;
pub use list::{Registration, Shown};

use rusqlite::{OptionalExtension as _, named_params};
use sha2::{Digest as _, Sha256};
use suima_client::wire::{
    Entry, Event, ProblemId, Receipt, ReceiptOutcome, RegistrationsRequest, RegistrationsResponse,
};
use suima_code::Slot;

use crate::act::Act;
use crate::error::Failure;
use crate::stations::Station;
use crate::{Error, people};

/// The most entries of one upload.
const MOST: usize = 500;

/// Takes in a batch.
pub(crate) fn upload(
    act: &Act<'_>,
    station: &Station,
    request: &RegistrationsRequest,
) -> Result<RegistrationsResponse, Failure> {
    let entries = &request.entries;
    if entries.len() > MOST || !entries.iter().all(|entry| is_id(&entry.id)) {
        return Err(ProblemId::BadRequest.into());
    }
    let taken =
        entries.iter().map(|entry| take(act, station, entry)).collect::<Result<Vec<_>, _>>()?;
    // Told once all of them are there: what a later entry takes back is no conflict.
    let receipts = entries
        .iter()
        .zip(taken)
        .map(|(entry, taken)| {
            Ok(Receipt { id: entry.id.clone(), outcome: outcome(act, entry, taken)? })
        })
        .collect::<Result<_, Error>>()?;
    Ok(RegistrationsResponse { receipts })
}

fn is_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// An entry that is in the database.
#[derive(Clone, Copy)]
struct Taken {
    number: i64,
    /// Whether it was there before.
    known: bool,
}

fn take(act: &Act<'_>, station: &Station, entry: &Entry) -> Result<Taken, Error> {
    let content = serde_json::to_string(entry).map_err(|_| Error::Corrupt("entry"))?;
    // Of the content alone: a station that lost an answer and then enrolled anew sends the same entries under another
    // name, and nobody may be registered twice by that.
    let digest: [u8; 32] = Sha256::digest(&content).into();
    let known: Option<i64> = act
        .db
        .prepare_cached("SELECT number FROM entry WHERE id = ? AND digest = ?")?
        .query_row((&entry.id, digest), |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(Taken { number, known: true });
    }
    let number = store(act, station, entry, &content, &digest)?;
    conflicts::record(act, station, entry, number)?;
    Ok(Taken { number, known: false })
}

fn outcome(act: &Act<'_>, entry: &Entry, taken: Taken) -> Result<ReceiptOutcome, Error> {
    // What is worth a look is told again: the answer that told it first may have been lost.
    if let Some(conflict) = conflicts::told(act, taken)? {
        return Ok(conflict);
    }
    let by_card = matches!(entry.event, Event::RegisteredByIdCard { .. });
    if by_card && !has_slot(act, taken.number)? {
        return Ok(ReceiptOutcome::NotInRegister);
    }
    Ok(if taken.known { ReceiptOutcome::Already } else { ReceiptOutcome::Stored })
}

/// Whether it is known whom the entry with this number registers.
fn has_slot(act: &Act<'_>, number: i64) -> Result<bool, Error> {
    let known = act
        .db
        .prepare_cached("SELECT slot IS NOT NULL FROM entry WHERE number = ?")?
        .query_row([number], |row| row.get(0))?;
    Ok(known)
}

fn store(
    act: &Act<'_>,
    station: &Station,
    entry: &Entry,
    content: &str,
    digest: &[u8; 32],
) -> Result<i64, Error> {
    let (mut slot, mut barcode, mut tube, mut session) = (None, None, None, None);
    let (mut undoes, mut moves) = (None, None);
    // Scanners and people differ in case; a tube is one tube however its barcode is spelled.
    let folded = str::to_ascii_uppercase;
    let event = match &entry.event {
        Event::SessionOpened { .. } => "session-opened",
        Event::TubeOpened { session: of, barcode: on, .. } => {
            (session, barcode) = (Some(of), Some(folded(on)));
            "tube-opened"
        }
        Event::Registered { tube: of, barcode: on, slot: whose, .. } => {
            (tube, barcode, slot) = (Some(of), Some(folded(on)), Some(whose.0));
            "registered"
        }
        Event::RegisteredByIdCard { tube: of, barcode: on, id_number, .. } => {
            (tube, barcode) = (Some(of), Some(folded(on)));
            slot = people::slot_of(act, id_number)?.map(|slot| slot.0);
            "registered-by-id-card"
        }
        Event::RegisteredByHand { tube: of, barcode: on, name, document, .. } => {
            (tube, barcode) = (Some(of), Some(folded(on)));
            slot = by_document(act, document.as_deref(), name)?.map(|slot| slot.0);
            "registered-by-hand"
        }
        Event::Moved { registration, tube: of, barcode: on, .. } => {
            (tube, barcode, moves) = (Some(of), Some(folded(on)), Some(registration));
            "moved"
        }
        Event::HandedOver { session: of, .. } => {
            session = Some(of);
            "handed-over"
        }
        Event::Undone { registration, .. } => {
            undoes = Some(registration);
            "undone"
        }
        Event::TubeSealed { tube: of, .. } => {
            tube = Some(of);
            "tube-sealed"
        }
    };
    act.db
        .prepare_cached(
            "INSERT INTO entry (id, station, digest, received, at, event, content,
                 slot, barcode, undoes, moves, tube, session)
             VALUES (:id, :station, :digest, :received, :at, :event, :content,
                 :slot, :barcode, :undoes, :moves, :tube, :session)",
        )?
        .execute(named_params! {
            ":id": entry.id,
            ":station": station.keyid,
            ":digest": digest,
            ":received": act.now.get(),
            ":at": entry.at.get(),
            ":event": event,
            ":content": content,
            ":slot": slot,
            ":barcode": barcode,
            ":undoes": undoes,
            ":moves": moves,
            ":tube": tube,
            ":session": session,
        })?;
    Ok(act.db.last_insert_rowid())
}

/// Who was written down by hand, where the register has one person of this name with this document: a travel permit or a
/// passport has no check digit and no reader, so the name must agree too.
fn by_document(act: &Act<'_>, document: Option<&str>, name: &str) -> Result<Option<Slot>, Error> {
    let Some(number) = document else { return Ok(None) };
    let mut found = people::with_document(act, number)?;
    found.retain(|person| people::same_name(&person.name, name));
    Ok(match found.as_slice() {
        [one] => Some(one.slot),
        _ => None,
    })
}

pub(crate) fn parsed(content: &str) -> Result<Entry, Error> {
    serde_json::from_str(content).map_err(|_| Error::Corrupt("entry"))
}
