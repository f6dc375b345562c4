//! Entries at odds with each other.
//!
//! What is at odds by itself (one id with two contents, one tube on two stations) is recorded when the later of the two
//! comes. Whether a person stands in two tubes, or twice in one, depends on what was moved and taken back, before or
//! after: that is found anew from where everybody stands, whenever it is asked.

use rusqlite::{OptionalExtension as _, Row};
use suima_client::wire::{Conflict, Entry, Event, ReceiptOutcome};

use super::Taken;
use crate::act::Act;
use crate::stations::Station;
use crate::{Error, Issuer};

/// Two entries at odds with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationConflict {
    /// How.
    pub conflict: Conflict,
    /// The one that came later, and the name of its station.
    pub entry: (String, String),
    /// The one that came earlier, and the name of its station.
    pub with: (String, String),
}

/// How `one` and `other`, two placements of one person, are at odds. A tube that is open across midnight is one tube.
const AT_ODDS: &str = "other.slot = one.slot AND other.id <> one.id
    AND (other.day = one.day OR (other.barcode = one.barcode AND abs(other.at - one.at) < 86400))";

/// The word for it.
const HOW: &str = "iif(other.barcode = one.barcode, 'person-twice-in-tube', 'person-in-two-tubes')";

impl Issuer {
    /// All conflicts there are now: what was moved apart or taken back since is none any more.
    pub fn registration_conflicts(&self) -> Result<Vec<RegistrationConflict>, Error> {
        self.0.look(|act| {
            let mut statement = act.db.prepare(&format!(
                "WITH pair (later, earlier, kind) AS (
                     SELECT entry, with_entry, kind FROM conflict
                     UNION ALL
                     SELECT one.number, other.number, {HOW}
                     FROM placement AS one JOIN placement AS other ON {AT_ODDS}
                     WHERE other.number < one.number)
                 SELECT pair.kind, later.id, later_station.name, earlier.id, earlier_station.name
                 FROM pair
                 JOIN entry AS later ON later.number = pair.later
                 JOIN station AS later_station ON later_station.keyid = later.station
                 JOIN entry AS earlier ON earlier.number = pair.earlier
                 JOIN station AS earlier_station ON earlier_station.keyid = earlier.station
                 ORDER BY later.number, earlier.number, pair.kind",
            ))?;
            let mut rows = statement.query([])?;
            let mut conflicts = Vec::new();
            while let Some(row) = rows.next()? {
                conflicts.push(RegistrationConflict {
                    conflict: conflict(row)?,
                    entry: (row.get(1)?, row.get(2)?),
                    with: (row.get(3)?, row.get(4)?),
                });
            }
            Ok(conflicts)
        })
    }
}

/// Records how the entry with this number is at odds by itself with those before it.
pub(super) fn record(
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
    if let Event::TubeOpened { barcode, .. } = &entry.event {
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
    Ok(())
}

/// The first conflict of an entry, if it has any now; of a move, that of the registration it moved. A new entry is told what it
/// is at odds with, and not what came after it in its own batch: that is told the latter.
pub(super) fn told(act: &Act<'_>, taken: Taken) -> Result<Option<ReceiptOutcome>, Error> {
    let by_itself = "SELECT kind, id FROM conflict JOIN entry ON entry.number = with_entry
                     WHERE conflict.entry = ?1 AND (?2 OR with_entry < ?1) ORDER BY with_entry LIMIT 1";
    let by_place = format!(
        "SELECT {HOW}, other.id FROM placement AS one JOIN placement AS other ON {AT_ODDS}
         WHERE (one.number = ?1
                 OR one.id = (SELECT moves FROM entry WHERE number = ?1 AND moves IS NOT NULL))
             AND (?2 OR other.number < ?1)
         ORDER BY other.number LIMIT 1"
    );
    for sql in [by_itself, &by_place] {
        let mut statement = act.db.prepare_cached(sql)?;
        let found = statement
            .query_row((taken.number, taken.known), |row| Ok((conflict(row), row.get(1)?)))
            .optional()?;
        if let Some((conflict, with)) = found {
            return Ok(Some(ReceiptOutcome::Conflict { conflict: conflict?, with }));
        }
    }
    Ok(None)
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

/// The conflict whose word is in the first column.
fn conflict(row: &Row<'_>) -> Result<Conflict, Error> {
    let word: String = row.get(0)?;
    let found = CONFLICTS.iter().find(|(_, known)| *known == word);
    found.map(|(conflict, _)| *conflict).ok_or(Error::Corrupt("conflict"))
}
