//! Who holds a person's code besides them, and ending that (design section 8).

use rusqlite::OptionalExtension as _;
use suima_client::wire::{EndRequest, EndResponse, Holder, ProblemId};
use suima_code::{Cause, HoldingNumber, MaskedName, Policy, Slot, UnixTime};

use super::{age, end_holding, kinship, named, people};
use crate::act::{Act, optional_time, time};
use crate::devices::Device;
use crate::error::Failure;
use crate::{Error, consent, documents};

/// Whether the user may see and end what others hold of this person: their own, and that of minors whose guardian
/// they are.
fn answers_for(act: &Act<'_>, policy: &Policy, device: &Device, slot: Slot) -> Result<bool, Error> {
    if slot == device.slot {
        return Ok(true);
    }
    if kinship(act, device.slot, slot)?.is_none() {
        return Ok(false);
    }
    Ok(age::is_minor(act, &policy.limits, named(act, slot)?.birth_date))
}

/// Who holds this person's code besides them, longest first, where the user may know.
pub(super) fn of(
    act: &Act<'_>,
    policy: &Policy,
    device: &Device,
    slot: Slot,
) -> Result<Vec<Holder>, Error> {
    if !answers_for(act, policy, device, slot)? {
        return Ok(Vec::new());
    }
    let holders = act
        .db
        .prepare_cached(
            "SELECT number, keyid, since, name FROM holding
             JOIN device ON device.keyid = holding.device
             JOIN person ON person.slot = device.slot
             WHERE holding.slot = ? AND holding.ended IS NULL AND relation <> 'oneself'
             ORDER BY since, number",
        )?
        .query_map([slot.0], |row| {
            let keyid: String = row.get("keyid")?;
            Ok(Holder {
                holding: HoldingNumber(row.get("number")?),
                name: row.get("name")?,
                since: time(row, "since")?,
                this_device: keyid == device.keyid,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(holders)
}

/// Ends a holding. The same again changes nothing. An adult who ends what somebody holds of them takes back their
/// consent with it, also where the holding had ended before and they could not see it yet: as with the holder's old phone.
pub(crate) fn end(
    act: &Act<'_>,
    device: &Device,
    request: &EndRequest,
) -> Result<EndResponse, Failure> {
    let policy = documents::policy(act)?;
    let found: Option<(String, u32, Option<UnixTime>)> = act
        .db
        .prepare_cached(
            "SELECT keyid, device.slot AS holder, holding.ended AS ended FROM holding
             JOIN device ON device.keyid = holding.device
             WHERE number = ? AND holding.slot = ? AND relation <> 'oneself'",
        )?
        .query_row((request.holding.0, request.slot.0), |row| {
            Ok((row.get("keyid")?, row.get("holder")?, optional_time(row, "ended")?))
        })
        .optional()?;
    let (keyid, holder, ended) = found.ok_or(ProblemId::NotAllowed)?;
    if keyid != device.keyid && !answers_for(act, &policy, device, request.slot)? {
        return Err(ProblemId::NotAllowed.into());
    }
    let holder = Slot(holder);
    if ended.is_none() {
        end_holding(act, request.holding.0, Cause::HoldingEnded)?;
    }
    if request.slot == device.slot {
        let agreed = consent::since(act, holder, request.slot)?;
        // A consent given after the holding ended is another, which this says nothing of.
        if ended.is_none_or(|ended| agreed.is_some_and(|agreed| agreed <= ended)) {
            consent::withdraw(act, holder, request.slot, None)?;
        }
    }
    let person =
        people(act, &policy, device)?.into_iter().find(|person| person.slot == request.slot);
    Ok(EndResponse { time: act.now, person })
}

/// Somebody who may hold a person's codes, besides that person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBy {
    /// Who.
    pub slot: Slot,
    /// As codes show it.
    pub masked_name: MaskedName,
    /// Whether a phone of theirs holds the live code.
    pub holds: bool,
    /// Since when it does; where none does, since when it may.
    pub since: UnixTime,
}

/// Everybody who holds this person's code besides them, and everybody who may by their consent; longest first.
pub(crate) fn held_by(act: &Act<'_>, slot: Slot) -> Result<Vec<HeldBy>, Error> {
    age::come_of_age(act, &documents::policy(act)?)?;
    let mut statement = act.db.prepare_cached(
        "SELECT slot, name, max(holds) AS holds,
                coalesce(min(CASE WHEN holds THEN since END), min(since)) AS since
         FROM (
             SELECT device.slot AS slot, since, 1 AS holds FROM holding
             JOIN device ON device.keyid = holding.device
             WHERE holding.slot = ?1 AND holding.ended IS NULL AND relation <> 'oneself'
             UNION ALL
             SELECT asker, at, 0 FROM consent WHERE relative = ?1 AND ended IS NULL
         ) JOIN person USING (slot) GROUP BY slot ORDER BY 4, slot",
    )?;
    let mut rows = statement.query([slot.0])?;
    let mut held_by = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get("name")?;
        held_by.push(HeldBy {
            slot: Slot(row.get("slot")?),
            masked_name: MaskedName::mask(&name).map_err(|_| Error::Corrupt("name"))?,
            holds: row.get("holds")?,
            since: time(row, "since")?,
        });
    }
    Ok(held_by)
}

/// Ends what `holder` holds of a person, and takes back the consent to it, as that person wishes.
pub(crate) fn end_all_of(act: &Act<'_>, holder: Slot, slot: Slot) -> Result<(), Error> {
    consent::withdraw(act, holder, slot, None)?;
    end_held_by(act, holder, slot)
}

/// Ends what this user's phones hold of a person.
pub(crate) fn end_held_by(act: &Act<'_>, user: Slot, slot: Slot) -> Result<(), Error> {
    let numbers: Vec<u32> = act
        .db
        .prepare_cached(
            "SELECT number FROM holding JOIN device ON device.keyid = holding.device
             WHERE device.slot = ? AND holding.slot = ? AND holding.ended IS NULL
             AND relation <> 'oneself'",
        )?
        .query_map((user.0, slot.0), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for number in numbers {
        end_holding(act, number, Cause::HoldingEnded)?;
    }
    Ok(())
}
