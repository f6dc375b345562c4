//! What stations registered: their journals, taken in as they come, in any order and as often as they come.
//!
//! Nothing is dropped and nothing is changed: an entry that is at odds with another is kept beside it, and the conflict is
//! told to the station and to the operator.

use rusqlite::{OptionalExtension as _, named_params};
use sha2::{Digest as _, Sha256};
use suima_client::wire::{
    Conflict, Entry, Event, ProblemId, Receipt, ReceiptOutcome, RegistrationsRequest,
    RegistrationsResponse, Validity,
};
use suima_code::{Day, Presented, Slot, UnixTime};

use crate::act::Act;
use crate::error::Failure;
use crate::stations::Station;
use crate::{Error, Issuer};

/// The most entries of one upload.
const MOST: usize = 500;

/// A person who was bound to a tube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The entry.
    pub id: String,
    /// The name of the station.
    pub station: String,
    /// The site and the staff member, once their entry has come.
    pub session: Option<(String, String)>,
    /// The barcode of the tube.
    pub barcode: String,
    /// Who.
    pub slot: Slot,
    /// What was shown.
    pub presented: Presented,
    /// The `iat` of what was shown.
    pub code_iat: UnixTime,
    /// How much was known of its validity.
    pub validity: Validity,
    /// When.
    pub at: UnixTime,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Two entries at odds with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationConflict {
    /// How.
    pub conflict: Conflict,
    /// The later of the two, and the name of its station.
    pub entry: (String, String),
    /// The earlier of the two, and the name of its station.
    pub with: (String, String),
}

impl Issuer {
    /// Everybody who was bound to a tube, in the order in which the issuer heard of it.
    pub fn registrations(&self) -> Result<Vec<Registration>, Error> {
        self.0.look(registrations)
    }

    /// All conflicts, except of persons in two tubes where one of the two was taken back since.
    pub fn registration_conflicts(&self) -> Result<Vec<RegistrationConflict>, Error> {
        self.0.look(|act| {
            let mut statement = act.db.prepare(
                "SELECT conflict.kind, later.id, later_station.name, earlier.id, earlier_station.name
                 FROM conflict
                 JOIN entry AS later ON later.number = conflict.entry
                 JOIN station AS later_station ON later_station.keyid = later.station
                 JOIN entry AS earlier ON earlier.number = conflict.with_entry
                 JOIN station AS earlier_station ON earlier_station.keyid = earlier.station
                 WHERE conflict.kind <> ?1 OR NOT EXISTS
                     (SELECT 1 FROM entry WHERE undoes IN (later.id, earlier.id))
                 ORDER BY later.number, earlier.number",
            )?;
            let mut rows = statement.query([word(Conflict::PersonInTwoTubes)])?;
            let mut conflicts = Vec::new();
            while let Some(row) = rows.next()? {
                let kind: String = row.get(0)?;
                conflicts.push(RegistrationConflict {
                    conflict: conflict_of(&kind)?,
                    entry: (row.get(1)?, row.get(2)?),
                    with: (row.get(3)?, row.get(4)?),
                });
            }
            Ok(conflicts)
        })
    }
}

fn registrations(act: &Act<'_>) -> Result<Vec<Registration>, Error> {
    let mut statement = act.db.prepare(
        "SELECT entry.id, station.name, entry.content,
             EXISTS (SELECT 1 FROM entry AS undo WHERE undo.undoes = entry.id) AS undone,
             session.content AS session
         FROM entry JOIN station ON station.keyid = entry.station
         LEFT JOIN entry AS tube ON tube.id = entry.tube AND tube.event = 'tube-opened'
         LEFT JOIN entry AS session ON session.id = tube.session AND session.event = 'session-opened'
         WHERE entry.event = 'registered' GROUP BY entry.number ORDER BY entry.number",
    )?;
    let mut rows = statement.query([])?;
    let mut registrations = Vec::new();
    while let Some(row) = rows.next()? {
        let entry: Entry = parsed(&row.get::<_, String>("content")?)?;
        let Event::Registered { barcode, slot, presented, code_iat, validity, .. } = entry.event
        else {
            return Err(Error::Corrupt("entry"));
        };
        let session = match row.get::<_, Option<String>>("session")? {
            Some(content) => match parsed(&content)?.event {
                Event::SessionOpened { site, staff } => Some((site, staff)),
                _ => return Err(Error::Corrupt("entry")),
            },
            None => None,
        };
        registrations.push(Registration {
            id: entry.id,
            station: row.get("name")?,
            session,
            barcode,
            slot,
            presented,
            code_iat,
            validity,
            at: entry.at,
            undone: row.get("undone")?,
        });
    }
    Ok(registrations)
}

fn parsed(content: &str) -> Result<Entry, Error> {
    serde_json::from_str(content).map_err(|_| Error::Corrupt("entry"))
}

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
    let receipts = entries
        .iter()
        .map(|entry| Ok(Receipt { id: entry.id.clone(), outcome: take(act, station, entry)? }))
        .collect::<Result<_, Error>>()?;
    Ok(RegistrationsResponse { receipts })
}

fn is_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn take(act: &Act<'_>, station: &Station, entry: &Entry) -> Result<ReceiptOutcome, Error> {
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
        // Told again: the answer that told it first may have been lost.
        return Ok(conflict_told(act, number)?.unwrap_or(ReceiptOutcome::Already));
    }
    let number = store(act, station, entry, &content, &digest)?;
    find_conflicts(act, station, entry, number)?;
    Ok(conflict_told(act, number)?.unwrap_or(ReceiptOutcome::Stored))
}

fn store(
    act: &Act<'_>,
    station: &Station,
    entry: &Entry,
    content: &str,
    digest: &[u8; 32],
) -> Result<i64, Error> {
    let (mut slot, mut barcode, mut undoes, mut tube, mut session) = (None, None, None, None, None);
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
        Event::RegisteredByIdCard { tube: of, barcode: on, .. } => {
            (tube, barcode) = (Some(of), Some(folded(on)));
            "registered-by-id-card"
        }
        Event::RegisteredByHand { tube: of, barcode: on, .. } => {
            (tube, barcode) = (Some(of), Some(folded(on)));
            "registered-by-hand"
        }
        Event::Moved { tube: of, barcode: on, .. } => {
            (tube, barcode) = (Some(of), Some(folded(on)));
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
                 slot, barcode, undoes, tube, session)
             VALUES (:id, :station, :digest, :received, :at, :event, :content,
                 :slot, :barcode, :undoes, :tube, :session)",
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
            ":tube": tube,
            ":session": session,
        })?;
    Ok(act.db.last_insert_rowid())
}

/// Records how the entry with this number is at odds with those before it.
fn find_conflicts(
    act: &Act<'_>,
    station: &Station,
    entry: &Entry,
    number: i64,
) -> Result<(), Error> {
    act.db
        .prepare_cached(
            "INSERT INTO conflict (entry, with_entry, kind)
             SELECT ?1, min(number), ?2 FROM entry WHERE id = ?3 AND number < ?1
             HAVING count(*) > 0",
        )?
        .execute((number, word(Conflict::SameIdOtherContent), &entry.id))?;
    match &entry.event {
        Event::TubeOpened { barcode, .. } => {
            act.db
                .prepare_cached(
                    "INSERT INTO conflict (entry, with_entry, kind)
                     SELECT ?1, number, ?2 FROM entry
                     WHERE event = 'tube-opened' AND barcode = ?3 AND station <> ?4 AND number < ?1",
                )?
                .execute((
                    number,
                    word(Conflict::TubeOnTwoStations),
                    barcode.to_ascii_uppercase(),
                    &station.keyid,
                ))?;
        }
        Event::Registered { slot, barcode, .. } => {
            let day = Day::of(entry.at);
            act.db
                .prepare_cached(
                    "INSERT INTO conflict (entry, with_entry, kind)
                     SELECT ?1, number, ?2 FROM entry AS other
                     WHERE slot = ?3 AND event = 'registered' AND barcode <> ?4 AND number < ?1
                     AND at >= ?5 AND at < ?6 AND NOT EXISTS
                         (SELECT 1 FROM entry WHERE undoes IN (other.id, ?7))",
                )?
                .execute((
                    number,
                    word(Conflict::PersonInTwoTubes),
                    slot.0,
                    barcode.to_ascii_uppercase(),
                    day.start().get(),
                    day.plus(1).start().get(),
                    &entry.id,
                ))?;
        }
        _ => {}
    }
    Ok(())
}

/// The first conflict of the entry with this number, if it has any.
fn conflict_told(act: &Act<'_>, number: i64) -> Result<Option<ReceiptOutcome>, Error> {
    let found: Option<(String, String)> = act
        .db
        .prepare_cached(
            "SELECT kind, id FROM conflict JOIN entry ON entry.number = with_entry
             WHERE conflict.entry = ? ORDER BY with_entry LIMIT 1",
        )?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((kind, with)) = found else { return Ok(None) };
    Ok(Some(ReceiptOutcome::Conflict { conflict: conflict_of(&kind)?, with }))
}

const CONFLICTS: [(Conflict, &str); 4] = [
    (Conflict::SameIdOtherContent, "same-id-other-content"),
    (Conflict::TubeOnTwoStations, "tube-on-two-stations"),
    (Conflict::PersonInTwoTubes, "person-in-two-tubes"),
    (Conflict::PersonTwiceInTube, "person-twice-in-tube"),
];

fn word(conflict: Conflict) -> &'static str {
    CONFLICTS.iter().find(|(known, _)| *known == conflict).expect("all are listed").1
}

fn conflict_of(word: &str) -> Result<Conflict, Error> {
    let found = CONFLICTS.iter().find(|(_, known)| *known == word);
    found.map(|(conflict, _)| *conflict).ok_or(Error::Corrupt("conflict"))
}
