//! Who is whose parent or guardian, from CSV.

use std::io::Read;

use rusqlite::OptionalExtension as _;
use suima_code::Slot;

use super::{ImportReport, Line, Refusal, Table, Taken};
use crate::act::Act;
use crate::{Error, IdNumber, people};

pub(super) fn import(act: &Act<'_>, csv: impl Read) -> Result<ImportReport, Error> {
    let required = ["guardian_id_number", "child_id_number", "relation"];
    let mut table = Table::open(csv, &required, "guardian_id_number,child_id_number,relation")?;
    table.each(|line| {
        let (guardian, child, relation) = match read(line) {
            Ok(entry) => entry,
            Err(why) => return Ok(Err(why)),
        };
        if guardian == child {
            return Ok(Err(Refusal::SamePerson));
        }
        if guardian.birth_date() >= child.birth_date() {
            return Ok(Err(Refusal::GuardianNotOlder));
        }
        let Some(guardian) = people::slot_of(act, &guardian)? else {
            return Ok(Err(Refusal::GuardianUnknown));
        };
        let Some(child) = people::slot_of(act, &child)? else {
            return Ok(Err(Refusal::ChildUnknown));
        };
        take(act, guardian, child, relation).map(Ok)
    })
}

fn read(line: &Line<'_>) -> Result<(IdNumber, IdNumber, &'static str), Refusal> {
    let number = |column| IdNumber::parse(line.cell(column)?).map_err(Refusal::IdNumber);
    let (guardian, child) = (number("guardian_id_number")?, number("child_id_number")?);
    let relation = match line.cell("relation")?.to_lowercase().as_str() {
        "parent" => "parent",
        "guardian" => "guardian",
        _ => return Err(Refusal::Relation),
    };
    Ok((guardian, child, relation))
}

fn take(act: &Act<'_>, guardian: Slot, child: Slot, relation: &str) -> Result<Taken, Error> {
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
