//! Paper codes: who may have one, applying, printing again, reporting lost (R3, R4).

mod eligibility;

use rusqlite::{OptionalExtension as _, Row};
use suima_client::wire::{Eligibility, LossReport, Paper, PaperCode};
use suima_code::{Day, Limits, Slot, StaticKind, UnixTime};

use crate::act::{Act, time};
use crate::codes::row::{self, Maker};
use crate::people::{self, Named};
use crate::{Error, activation, documents};

const KIND: StaticKind = StaticKind::Paper;

/// Who applies or reports, and where.
pub(crate) struct Author<'a> {
    /// The user.
    pub slot: Slot,
    /// The phone that confirmed, if one did.
    pub device: Option<&'a str>,
    /// The name of the terminal, or of the portal.
    pub place: &'a str,
}

/// What came of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// The code with this `iat` was made.
    Made(UnixTime),
    /// None is given to this person today. Nothing was done.
    NotEligible,
}

/// Whether a person may have a paper code today, and why (R3).
fn eligibility(act: &Act<'_>, limits: &Limits, person: &Named) -> Eligibility {
    eligibility::of(limits, Day::of(act.now), person.birth_date, person.paper_groups)
}

/// When the code that counts was made.
pub(crate) fn current(act: &Act<'_>, slot: Slot) -> Result<Option<UnixTime>, Error> {
    Ok(row::load(act, KIND, slot)?.current().map(|code| code.iat))
}

/// Makes a code, which voids the one that counts and begins its days afresh (R4). That it does was confirmed.
pub(crate) fn apply(act: &Act<'_>, slot: Slot, author: &Author<'_>) -> Result<Applied, Error> {
    let limits = documents::policy(act)?.limits;
    let eligibility = eligibility(act, &limits, &people::named(act, slot)?);
    if matches!(eligibility, Eligibility::NotEligible { .. }) {
        return Ok(Applied::NotEligible);
    }
    let mut single = row::load(act, KIND, slot)?;
    let making = single.regenerate(act.now, limits.paper_days);
    let serial = serial(act)?;
    let maker = Maker {
        slot: author.slot,
        device: author.device,
        regenerated: true,
        printed: Some((author.place, &serial)),
    };
    row::make(act, KIND, slot, &mut single, &making, &maker)?;
    Ok(Applied::Made(making.code.iat))
}

/// Voids the code that counts, and makes none (R4). Whether there was one.
pub(crate) fn report_lost(act: &Act<'_>, slot: Slot, author: &Author<'_>) -> Result<bool, Error> {
    let mut single = row::load(act, KIND, slot)?;
    let lost = single.last_iat;
    if !row::lose(act, KIND, slot, &mut single)? {
        return Ok(false);
    }
    act.db
        .prepare_cached(
            "INSERT OR REPLACE INTO loss_report (slot, iat, at, by_slot, by_device, place)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute((slot.0, lost.get(), act.now.get(), author.slot.0, author.device, author.place))?;
    Ok(true)
}

/// A person's paper codes, as phones and desks are told of them. Neither is told the code itself.
pub(crate) fn told(
    act: &Act<'_>,
    limits: &Limits,
    slot: Slot,
    person: &Named,
) -> Result<Paper, Error> {
    let single = row::load(act, KIND, slot)?;
    let current = match single.current() {
        Some(code) => Some(code_told(act, slot, code.iat)?),
        None => None,
    };
    // A report is told until another code is made.
    let reported_lost =
        if single.all_are_void() { loss_told(act, slot, single.last_iat)? } else { None };
    Ok(Paper { current, eligibility: eligibility(act, limits, person), reported_lost })
}

fn loss_told(act: &Act<'_>, slot: Slot, iat: UnixTime) -> Result<Option<LossReport>, Error> {
    let read = |row: &Row<'_>| {
        Ok(LossReport { at: time(row, "at")?, by: row.get("name")?, place: row.get("place")? })
    };
    let report = act
        .db
        .prepare_cached(
            "SELECT at, name, place FROM loss_report
             JOIN person ON person.slot = loss_report.by_slot
             WHERE loss_report.slot = ? AND iat = ?",
        )?
        .query_row((slot.0, iat.get()), read)
        .optional()?;
    Ok(report)
}

fn code_told(act: &Act<'_>, slot: Slot, iat: UnixTime) -> Result<PaperCode, Error> {
    let read = |row: &Row<'_>| {
        Ok(PaperCode {
            iat,
            exp: time(row, "exp")?,
            serial: row.get("serial")?,
            by: row.get("name")?,
            place: row.get("place")?,
        })
    };
    let code = act
        .db
        .prepare_cached(
            "SELECT exp, serial, name, place FROM issued
             JOIN person ON person.slot = issued.by_slot
             WHERE issued.kind = ? AND issued.slot = ? AND iat = ?",
        )?
        .query_row((row::number(KIND), slot.0, iat.get()), read)?;
    Ok(code)
}

/// Twelve characters in three groups: for people to tell a print from another, and for nothing else.
fn serial(act: &Act<'_>) -> Result<String, Error> {
    loop {
        let serial = activation::grouped(&activation::characters(&act.random::<12>()?), 4);
        let taken: bool = act
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM issued WHERE serial = ?)")?
            .query_row([&serial], |row| row.get(0))?;
        if !taken {
            return Ok(serial);
        }
    }
}
