//! Who is whose parent or guardian, from CSV.

use std::io::Read;

use rusqlite::OptionalExtension as _;
use suima_code::Slot;

use super::{ImportReport, Line, Refusal, Table, Taken};
use crate::act::Act;
use crate::people::Found;
use crate::{Error, IdNumber, people};

/// From this many characters on, a number is meant to be an ID number.
const ID_NUMBER: usize = 13;

pub(super) fn import(act: &Act<'_>, csv: impl Read) -> Result<ImportReport, Error> {
    let required = ["guardian_id_number", "child_id_number", "relation"];
    let mut table = Table::open(csv, &required, "guardian_id_number,child_id_number,relation")?;
    table.each(|line| {
        let (guardian, child, relation) = match read(line) {
            Ok(entry) => entry,
            Err(why) => return Ok(Err(why)),
        };
        let guardian = match one(act, &guardian)? {
            Ok(guardian) => guardian,
            Err(refused) => return Ok(Err(refused.as_guardian())),
        };
        let child = match one(act, &child)? {
            Ok(child) => child,
            Err(refused) => return Ok(Err(refused.as_child())),
        };
        if guardian.slot == child.slot {
            return Ok(Err(Refusal::SamePerson));
        }
        if guardian.birth_date >= child.birth_date {
            return Ok(Err(Refusal::GuardianNotOlder));
        }
        if was_ended(act, guardian.slot, child.slot)? {
            return Ok(Err(Refusal::KinshipEnded));
        }
        take(act, guardian.slot, child.slot, relation).map(Ok)
    })
}

fn read(line: &Line<'_>) -> Result<(String, String, &'static str), Refusal> {
    let guardian = document(line.cell("guardian_id_number")?)?;
    let child = document(line.cell("child_id_number")?)?;
    Ok((guardian, child, relation(line.cell("relation")?)?))
}

/// The number of a document, in its one spelling. One that is meant to be an ID number must be sound.
pub(super) fn document(cell: &str) -> Result<String, Refusal> {
    let number = people::document_number(cell);
    if number.is_empty() || number.chars().count() >= ID_NUMBER {
        IdNumber::parse(cell).map_err(Refusal::IdNumber)?;
    }
    Ok(number)
}

pub(super) fn relation(cell: &str) -> Result<&'static str, Refusal> {
    match cell.to_lowercase().as_str() {
        "parent" => Ok("parent"),
        "guardian" => Ok("guardian"),
        _ => Err(Refusal::Relation),
    }
}

/// Why a number stands for nobody in particular.
#[derive(Clone, Copy)]
pub(super) enum NotOne {
    Nobody,
    Several,
}

impl NotOne {
    pub fn as_guardian(self) -> Refusal {
        match self {
            Self::Nobody => Refusal::GuardianUnknown,
            Self::Several => Refusal::Ambiguous,
        }
    }

    fn as_child(self) -> Refusal {
        match self {
            Self::Nobody => Refusal::ChildUnknown,
            Self::Several => Refusal::Ambiguous,
        }
    }
}

/// The one person with this document.
pub(super) fn one(act: &Act<'_>, document: &str) -> Result<Result<Found, NotOne>, Error> {
    let mut found = people::with_document(act, document)?;
    Ok(match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(NotOne::Several),
        (None, _) => Err(NotOne::Nobody),
    })
}

/// Whether an operator took this parent or guardian out of the register. What an operator decided no file takes back.
pub(super) fn was_ended(act: &Act<'_>, guardian: Slot, child: Slot) -> Result<bool, Error> {
    let ended = act
        .db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM kinship_ended
             WHERE guardian = ? AND child = ? AND restored IS NULL)",
        )?
        .query_row((guardian.0, child.0), |row| row.get(0))?;
    Ok(ended)
}

pub(super) fn take(
    act: &Act<'_>,
    guardian: Slot,
    child: Slot,
    relation: &str,
) -> Result<Taken, Error> {
    let known: Option<String> = act
        .db
        .prepare_cached("SELECT relation FROM kinship WHERE guardian = ? AND child = ?")?
        .query_row((guardian.0, child.0), |row| row.get(0))
        .optional()?;
    match known.as_deref() {
        Some(known) if known == relation => return Ok(Taken::Unchanged),
        // A parent is a guardian too: what says more stays.
        Some("parent") => return Ok(Taken::Unchanged),
        _ => {}
    }
    act.db
        .prepare_cached(
            "INSERT OR REPLACE INTO kinship (guardian, child, relation) VALUES (?, ?, ?)",
        )?
        .execute((guardian.0, child.0, relation))?;
    Ok(if known.is_some() { Taken::Updated } else { Taken::Added })
}
