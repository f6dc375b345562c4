//! People, from CSV.

use std::collections::HashMap;
use std::io::Read;

use rusqlite::OptionalExtension as _;
use suima_code::{Colour, Day, Slot};

use super::entry::{Document, Entry, Guardian};
use super::{ImportReport, Refusal, Table, Taken, kinship};
use crate::act::{Act, colour_word};
use crate::{Error, people};

/// Slots are drawn from these: four times as many as the largest city needs.
const SLOTS: std::ops::RangeInclusive<u32> = 1..=99_999_999;

pub(super) fn import(act: &Act<'_>, csv: impl Read) -> Result<ImportReport, Error> {
    let mut table = Table::open(
        csv,
        &["id_number", "name", "birth_date"],
        "id_number,name,birth_date[,colour][,groups][,document,number,country,replaces]\
         [,guardian,relation]",
    )?;
    let today = Day::of(act.now).to_string().parse().map_err(|_| Error::Corrupt("date"))?;
    let mut seen: HashMap<String, u64> = HashMap::new();
    table.each(|line| {
        let entry = match Entry::read(line, today) {
            Ok(entry) => entry,
            Err(why) => return Ok(Err(why)),
        };
        let whom = entry.whom();
        if let Some(first) = seen.get(&whom) {
            return Ok(Err(Refusal::Duplicate { first: *first }));
        }
        seen.insert(whom, line.number);
        take(act, &entry)
    })
}

/// Nothing is written before it is certain that all of it can be.
fn take(act: &Act<'_>, entry: &Entry) -> Result<Result<Taken, Refusal>, Error> {
    let guardian = match &entry.guardian {
        Some(guardian) => match kinship::one(act, &guardian.document)? {
            Ok(found) if found.birth_date >= entry.birth_date => {
                return Ok(Err(Refusal::GuardianNotOlder));
            }
            Ok(found) => Some((found.slot, guardian)),
            Err(refused) => return Ok(Err(refused.as_guardian())),
        },
        None => None,
    };
    let slot = match whose(act, entry, guardian.map(|(slot, _)| slot))? {
        Ok(slot) => slot,
        Err(why) => return Ok(Err(why)),
    };
    if let (Some((guardian, _)), Some(slot)) = (guardian, slot)
        && kinship::was_ended(act, guardian, slot)?
    {
        return Ok(Err(Refusal::KinshipEnded));
    }
    let (slot, mut taken) = match slot {
        Some(slot) => (slot, update(act, slot, entry)?),
        None => (add(act, entry)?, Taken::Added),
    };
    let mut also = |changed: bool| {
        if changed && matches!(taken, Taken::Unchanged) {
            taken = Taken::Updated;
        }
    };
    if let Some(document) = &entry.document {
        also(put_document(act, slot, document)?);
    }
    if let Some((guardian, Guardian { relation, .. })) = guardian {
        also(!matches!(kinship::take(act, guardian, slot, relation)?, Taken::Unchanged));
    }
    Ok(Ok(taken))
}

/// Somebody in the register, as far as it matters for telling whether a line is about them.
struct Known {
    slot: Slot,
    id_number: Option<String>,
    birth_date: String,
}

/// Who in the register the line is about, if they are there.
fn whose(
    act: &Act<'_>,
    entry: &Entry,
    guardian: Option<Slot>,
) -> Result<Result<Option<Slot>, Refusal>, Error> {
    let mut found = Vec::new();
    if let Some(number) = &entry.id_number {
        found.extend(known(act, "id_number = ?1", [number.as_str()])?);
    }
    if let Some(Document { kind, country, number, replaces }) = &entry.document {
        // Also by a number that was replaced since: an old file must not make a second person of one.
        const HOLDER: &str = "slot = (SELECT slot FROM document
             WHERE kind = ?1 AND country = ?2 AND number = ?3)";
        found.extend(known(act, HOLDER, (*kind, country, number))?);
        if let Some(before) = replaces {
            found.extend(known(act, HOLDER, (*kind, country, before))?);
        }
    }
    if let (true, Some(guardian)) = (found.is_empty(), guardian) {
        let birth_date = entry.birth_date.to_string();
        let mut children = Vec::new();
        for slot in people::children_of(act, guardian, &entry.name, &birth_date)? {
            children.extend(known(act, "slot = ?1", [slot.0])?);
        }
        // One that has another ID number is another child.
        let same = |child: &Known| child.id_number.is_none() || entry.id_number.is_none();
        found.extend(children.into_iter().filter(same));
    }
    let Some(first) = found.first() else { return Ok(Ok(None)) };
    let other_number = |known: &Known| match (&known.id_number, &entry.id_number) {
        (Some(known), Some(number)) => known != number.as_str(),
        _ => false,
    };
    if found.iter().any(|known| known.slot != first.slot || other_number(known)) {
        return Ok(Err(Refusal::AnotherPerson));
    }
    if first.birth_date != entry.birth_date.to_string() {
        return Ok(Err(Refusal::BirthDateChanged));
    }
    Ok(Ok(Some(first.slot)))
}

fn known(
    act: &Act<'_>,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Option<Known>, Error> {
    let known = act
        .db
        .prepare_cached(&format!(
            "SELECT slot, id_number, birth_date FROM person WHERE {condition}"
        ))?
        .query_row(values, |row| {
            let slot = Slot(row.get("slot")?);
            Ok(Known { slot, id_number: row.get("id_number")?, birth_date: row.get("birth_date")? })
        })
        .optional()?;
    Ok(known)
}

fn update(act: &Act<'_>, slot: Slot, entry: &Entry) -> Result<Taken, Error> {
    let id_number = entry.id_number.as_ref().map(crate::IdNumber::as_str);
    let changed = act
        .db
        .prepare_cached(
            "UPDATE person SET name = ?2, id_number = coalesce(?3, id_number),
                 paper_groups = coalesce(?4, paper_groups)
             WHERE slot = ?1 AND (name <> ?2 OR id_number IS NOT coalesce(?3, id_number)
                 OR paper_groups <> coalesce(?4, paper_groups))",
        )?
        .execute((slot.0, &entry.name, id_number, entry.groups))?;
    let mut taken = if changed == 1 { Taken::Updated } else { Taken::Unchanged };
    let known = people::named(act, slot)?.colour;
    if let Some(colour) = entry.colour.filter(|colour| *colour != known) {
        people::set_colour(act, slot, colour)?;
        taken = Taken::Updated;
    }
    Ok(taken)
}

fn add(act: &Act<'_>, entry: &Entry) -> Result<Slot, Error> {
    let colour = colour_word(entry.colour.unwrap_or(Colour::Green));
    let id_number = entry.id_number.as_ref().map(crate::IdNumber::as_str);
    loop {
        let slot = draw_slot(act)?;
        let made = act
            .db
            .prepare_cached(
                "INSERT INTO person (slot, id_number, name, birth_date, colour, colour_at, paper_groups)
                 VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slot) DO NOTHING",
            )?
            .execute((
                slot.0,
                id_number,
                &entry.name,
                entry.birth_date.to_string(),
                colour,
                act.now.get(),
                entry.groups.unwrap_or(0),
            ))?;
        if made == 1 {
            return Ok(slot);
        }
    }
}

/// Records a document, and that the one before it is replaced. Whether it was new.
fn put_document(act: &Act<'_>, slot: Slot, document: &Document) -> Result<bool, Error> {
    let Document { kind, country, number, .. } = document;
    let made = act
        .db
        .prepare_cached(
            "INSERT INTO document (kind, country, number, slot, since) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (kind, country, number) DO NOTHING",
        )?
        .execute((kind, country, number, slot.0, act.now.get()))?;
    if made == 1 {
        act.db
            .prepare_cached(
                "UPDATE document SET replaced = ?
                 WHERE slot = ? AND kind = ? AND country = ? AND number <> ? AND replaced IS NULL",
            )?
            .execute((act.now.get(), slot.0, kind, country, number))?;
    }
    Ok(made == 1)
}

/// A number from [`SLOTS`], all equally likely.
fn draw_slot(act: &Act<'_>) -> Result<Slot, Error> {
    let mask = SLOTS.end().next_power_of_two() - 1;
    loop {
        let drawn = u32::from_be_bytes(act.random()?) & mask;
        if SLOTS.contains(&drawn) {
            return Ok(Slot(drawn));
        }
    }
}
