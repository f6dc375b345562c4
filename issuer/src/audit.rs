//! The audit log: every question that was asked about a person, in a chain of hashes (design section 6).
//!
//! Each row carries the hash of the row before it, so that a row that was changed, removed or slipped in is found by
//! whoever recomputes the chain. The numbers of documents are never in it: a person is their slot.

use rusqlite::{Row, named_params};
use sha2::{Digest as _, Sha256};
use suima_code::{IdNumber, Slot, UnixTime};

use crate::act::{Act, hex, time};
use crate::{Error, Issuer};

/// What a hash is of begins with this, so that it is a hash of nothing else.
const TAG: &[u8] = b"suima/audit/1";

type Hash = [u8; 32];

/// A question, for [`note`].
pub(crate) struct Note<'a> {
    /// What kind of asker: `station`, `desk` or `operator`.
    pub by: &'static str,
    /// The name in signatures of a station, the id of a desk; empty for the operator.
    pub asker: &'a str,
    /// Where, in a word.
    pub place: &'a str,
    /// The staff member, as they gave their name or number.
    pub staff: &'a str,
    /// What kind of question, in a word.
    pub question: &'static str,
    /// Whom it was about, where that is known.
    pub slot: Option<Slot>,
    /// What was answered, in a word.
    pub outcome: &'static str,
}

/// A row of the audit log, as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1 on.
    pub number: u64,
    /// When.
    pub at: UnixTime,
    /// What kind of asker: `station`, `desk` or `operator`.
    pub by: String,
    /// The name of the station, the id of the desk.
    pub asker: String,
    /// Where.
    pub place: String,
    /// The staff member, as they gave their name or number.
    pub staff: String,
    /// What kind of question.
    pub question: String,
    /// Whom it was about, where that is known.
    pub slot: Option<Slot>,
    /// What was answered.
    pub outcome: String,
}

/// What recomputing the chain came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every row is as it was written, and none is missing.
    Sound {
        /// How many there are.
        rows: u64,
        /// The hash of the last one, in hexadecimal: written down elsewhere, it proves later that nothing up to here was
        /// rewritten, chain and all.
        last: String,
    },
    /// From this row on nothing is certain: it, or one beside it, was changed, removed or slipped in.
    Broken {
        /// Its number.
        number: u64,
    },
}

impl Issuer {
    /// The rows of the audit log from `since` on, oldest first.
    pub fn audit_log(&self, since: UnixTime) -> Result<Vec<AuditRow>, Error> {
        self.0.look(|act| {
            let mut statement = act.db.prepare(
                "SELECT audit.*, coalesce(station.name, asker) AS asker_name
                 FROM audit LEFT JOIN station ON station.keyid = audit.asker
                 WHERE at >= ? ORDER BY number",
            )?;
            let rows = statement.query_map([since.get()], |row| {
                Ok(AuditRow { asker: row.get("asker_name")?, ..read(row)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Recomputes the chain of the audit log.
    pub fn verify_audit(&self) -> Result<AuditVerdict, Error> {
        self.0.look(verify)
    }
}

/// Puts a question into the log. To be called in the act that answers it, whatever the answer.
pub(crate) fn note(act: &Act<'_>, note: &Note<'_>) -> Result<(), Error> {
    let (last, previous) = end(act)?;
    let row = AuditRow {
        number: last + 1,
        at: act.now,
        by: note.by.to_owned(),
        asker: note.asker.to_owned(),
        place: note.place.to_owned(),
        staff: without_id_number(note.staff),
        question: note.question.to_owned(),
        slot: note.slot,
        outcome: note.outcome.to_owned(),
    };
    let hash = hash(&row, &previous);
    act.db
        .prepare_cached(
            "INSERT INTO audit (number, at, asker_kind, asker, place, staff, question, slot, outcome,
                 previous, hash)
             VALUES (:number, :at, :by, :asker, :place, :staff, :question, :slot, :outcome,
                 :previous, :hash)",
        )?
        .execute(named_params! {
            ":number": column(row.number)?,
            ":at": row.at.get(),
            ":by": row.by,
            ":asker": row.asker,
            ":place": row.place,
            ":staff": row.staff,
            ":question": row.question,
            ":slot": row.slot.map(|slot| slot.0),
            ":outcome": row.outcome,
            ":previous": previous,
            ":hash": hash,
        })?;
    act.db
        .prepare_cached("UPDATE audit_end SET number = ?, hash = ?")?
        .execute((column(row.number)?, hash))?;
    Ok(())
}

/// Some sign in with their own ID number. It stays recognisable to them, and is no number any more.
fn without_id_number(staff: &str) -> String {
    match IdNumber::parse(staff) {
        Ok(number) => number.to_string(),
        Err(_) => staff.to_owned(),
    }
}

fn column(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::Corrupt("number of an audit row"))
}

fn end(act: &Act<'_>) -> Result<(u64, Hash), Error> {
    let (number, hash): (i64, Hash) = act
        .db
        .prepare_cached("SELECT number, hash FROM audit_end")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let number = u64::try_from(number).map_err(|_| Error::Corrupt("end of the audit log"))?;
    Ok((number, hash))
}

/// Of every field with its length before it: no two rows have one encoding.
fn hash(row: &AuditRow, previous: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update(TAG);
    hash.update(previous);
    hash.update(row.number.to_be_bytes());
    hash.update(row.at.get().to_be_bytes());
    for text in [&row.by, &row.asker, &row.place, &row.staff, &row.question, &row.outcome] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    match row.slot {
        Some(slot) => {
            hash.update([1]);
            hash.update(slot.0.to_be_bytes());
        }
        None => hash.update([0]),
    }
    hash.finalize().into()
}

fn read(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    // A number below 1 was never given: as 0 it breaks the chain where it stands.
    let number: i64 = row.get("number")?;
    Ok(AuditRow {
        number: u64::try_from(number).unwrap_or(0),
        at: time(row, "at")?,
        by: row.get("asker_kind")?,
        asker: row.get("asker")?,
        place: row.get("place")?,
        staff: row.get("staff")?,
        question: row.get("question")?,
        slot: row.get::<_, Option<u32>>("slot")?.map(Slot),
        outcome: row.get("outcome")?,
    })
}

/// A row with its two hashes: of the one before, and its own.
fn read_linked(row: &Row<'_>) -> rusqlite::Result<(AuditRow, Hash, Hash)> {
    Ok((read(row)?, row.get("previous")?, row.get("hash")?))
}

fn verify(act: &Act<'_>) -> Result<AuditVerdict, Error> {
    let mut statement = act.db.prepare("SELECT * FROM audit ORDER BY number")?;
    let mut rows = statement.query([])?;
    let (mut number, mut last) = (0, Hash::default());
    while let Some(row) = rows.next()? {
        number += 1;
        // Also what does not even have the form of a row was not written here.
        let sound = read_linked(row).ok().filter(|(row, previous, own)| {
            row.number == number && *previous == last && *own == hash(row, &last)
        });
        let Some((_, _, own)) = sound else { return Ok(AuditVerdict::Broken { number }) };
        last = own;
    }
    if end(act)? != (number, last) {
        return Ok(AuditVerdict::Broken { number: number + 1 });
    }
    Ok(AuditVerdict::Sound { rows: number, last: hex(&last) })
}
