//! People: their colour, who may hold their codes, and what a phone is told of them.

mod age;
mod found;
mod holders;
mod holdings;

pub(crate) use age::{come_of_age, is_minor};
pub(crate) use found::{Found, children_of, document_number, same_name, slot_of, with_document};
pub use holders::HeldBy;
pub(crate) use holders::{end, end_all_of, end_held_by, held_by};
pub(crate) use holdings::{
    begin_holding, end_holding, hold, hold_as, holding_key, holdings_of, holds, room_for_another,
};

use chrono::{Datelike as _, NaiveDate};
use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};
use suima_client::wire::{DocumentsRequest, Person, RefreshRequest, RefreshResponse, Relation};
use suima_code::{Cause, Colour, Line, LineKind, MaskedName, Policy, Slot, UnixTime};

use crate::act::{Act, colour_of, colour_word, hex};
use crate::devices::Device;
use crate::{Error, challenge, codes, consent, documents, lines, paper};

/// Somebody in the register.
pub(crate) struct Named {
    pub name: String,
    pub masked_name: MaskedName,
    pub birth_date: NaiveDate,
    pub birth_year: u16,
    pub colour: Colour,
    /// Credentials with an earlier `iat` are void.
    pub credentials_from: UnixTime,
    /// The groups that policy may give paper codes (R3), as bits.
    pub paper_groups: u32,
}

pub(crate) fn name(act: &Act<'_>, slot: Slot) -> Result<Option<String>, Error> {
    Ok(find(act, slot)?.map(|person| person.name))
}

/// The person with this slot, who must be there.
pub(crate) fn named(act: &Act<'_>, slot: Slot) -> Result<Named, Error> {
    find(act, slot)?.ok_or(Error::NoSuchPerson(slot))
}

fn find(act: &Act<'_>, slot: Slot) -> Result<Option<Named>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT name, birth_date, colour, credentials_from, paper_groups FROM person WHERE slot = ?",
    )?;
    let mut rows = statement.query([slot.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let name: String = row.get("name")?;
    let masked_name = MaskedName::mask(&name).map_err(|_| Error::Corrupt("name"))?;
    let birth_date: String = row.get("birth_date")?;
    let birth_date = birth_date.parse::<NaiveDate>().map_err(|_| Error::Corrupt("birth date"))?;
    let birth_year = u16::try_from(birth_date.year()).map_err(|_| Error::Corrupt("birth date"))?;
    let colour: String = row.get("colour")?;
    let colour = colour_of(&colour).ok_or(Error::Corrupt("colour"))?;
    let credentials_from = UnixTime::new(row.get("credentials_from")?);
    let paper_groups = row.get("paper_groups")?;
    Ok(Some(Named {
        name,
        masked_name,
        birth_date,
        birth_year,
        colour,
        credentials_from,
        paper_groups,
    }))
}

/// Sets a colour. Where it falls, a line is drawn past every credential that still shows the better one.
pub(crate) fn set_colour(act: &Act<'_>, slot: Slot, colour: Colour) -> Result<(), Error> {
    let person = named(act, slot)?;
    let mut credentials_from = person.credentials_from;
    if colour > person.colour {
        let (newest, until): (u32, u32) = act.db.query_row(
            "SELECT coalesce(max(credential_latest), 0), coalesce(max(credential_until), 0)
             FROM holding WHERE slot = ?",
            [slot.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (newest, until) = (UnixTime::new(newest), UnixTime::new(until));
        if act.now < until {
            // Never below an earlier line, though the clock was set back since: new credentials would be born void.
            let before = act.now.max(newest.plus(1)).max(credentials_from);
            let line = Line { before, cause: Cause::StatusChanged };
            lines::raise(act, LineKind::Person, slot.into(), line, until)?;
            credentials_from = before;
        }
    }
    act.db.execute(
        "UPDATE person SET colour = ?, colour_at = ?, credentials_from = ? WHERE slot = ?",
        (colour_word(colour), act.now.get(), credentials_from.get(), slot.0),
    )?;
    Ok(())
}

/// What the child of such a kinship is to its parent or guardian.
pub(crate) fn relation_of(word: &str) -> Relation {
    if word == "parent" { Relation::Child } else { Relation::Ward }
}

/// What the register says `guardian` is to `child`, if anything; that they are its parent goes first.
fn kinship(act: &Act<'_>, guardian: Slot, child: Slot) -> Result<Option<Relation>, Error> {
    let relation: Option<String> = act
        .db
        .prepare_cached("SELECT relation FROM kinship WHERE guardian = ? AND child = ?")?
        .query_row((guardian.0, child.0), |row| row.get(0))
        .optional()?;
    Ok(relation.map(|word| relation_of(&word)))
}

/// What `relative` is to `user`, if the user may hold their code: minors by the register, adults by their consent.
fn may_hold(
    act: &Act<'_>,
    policy: &Policy,
    user: Slot,
    relative: Slot,
) -> Result<Option<Relation>, Error> {
    // Both are asked of everybody, also of nobody: how long it takes is not to tell whether there is such a person.
    let relation = kinship(act, user, relative)?;
    let agreed = consent::given(act, user, relative)?;
    if let Some(relation) = relation
        && is_minor(act, &policy.limits, named(act, relative)?.birth_date)
    {
        return Ok(Some(relation));
    }
    Ok(agreed.then_some(Relation::Relative))
}

/// Tells a phone what has changed.
pub(crate) fn refresh(
    act: &Act<'_>,
    device: &Device,
    request: &RefreshRequest,
) -> Result<RefreshResponse, Error> {
    let known = DocumentsRequest {
        trust_version: request.trust_version,
        policy_version: request.policy_version,
    };
    let policy = documents::policy(act)?;
    come_of_age(act, &policy)?;
    let documents = documents::newer(act, &known)?;
    let people = people(act, &policy, device)?;
    let content = serde_json::to_vec(&people).map_err(|_| Error::Corrupt("person"))?;
    let state = hex(&Sha256::digest(content)[..16]);
    let people = (request.state.as_ref() != Some(&state)).then_some(people);
    Ok(RefreshResponse {
        time: act.now,
        trust: documents.trust,
        policy: documents.policy,
        state,
        people,
        asks: consent::asks(act, device)?,
        challenges: challenge::waiting(act, device)?,
    })
}

/// The user, the relatives held (longest held first), and those who may be held and are not: minors, then adults.
fn people(act: &Act<'_>, policy: &Policy, device: &Device) -> Result<Vec<Person>, Error> {
    let mut people = Vec::new();
    for holding in holdings::of(act, device)? {
        people.push(held(act, policy, device, &holding)?);
    }
    let others: Vec<Slot> = act
        .db
        .prepare_cached(
            "SELECT slot FROM (
                 SELECT child AS slot, 1 AS place FROM kinship WHERE guardian = ?1
                 UNION ALL
                 SELECT relative, 2 FROM consent WHERE asker = ?1 AND ended IS NULL
             ) JOIN person USING (slot) ORDER BY place, birth_date, slot",
        )?
        .query_map([device.slot.0], |row| row.get(0).map(Slot))?
        .collect::<Result<_, _>>()?;
    for slot in others {
        if people.iter().any(|person| person.slot == slot) {
            continue;
        }
        if let Some(relation) = may_hold(act, policy, device.slot, slot)? {
            let named = named(act, slot)?;
            people.push(Person {
                slot,
                relation,
                name: named.name,
                masked_name: named.masked_name,
                birth_year: named.birth_year,
                holding: None,
                nucleic_acid: None,
                paper: None,
                holders: holders::of(act, policy, device, slot)?,
            });
        }
    }
    Ok(people)
}

fn held(
    act: &Act<'_>,
    policy: &Policy,
    device: &Device,
    row: &holdings::HoldingRow,
) -> Result<Person, Error> {
    let named = named(act, row.slot)?;
    let holding = holdings::with_credential(act, policy, &named, row)?;
    let paper = paper::told(act, &policy.limits, row.slot, &named)?;
    Ok(Person {
        slot: row.slot,
        relation: row.relation,
        masked_name: named.masked_name,
        birth_year: named.birth_year,
        name: named.name,
        holding: Some(holding),
        nucleic_acid: Some(codes::nucleic_acid(act, device, row.slot)?),
        paper: Some(paper),
        holders: holders::of(act, policy, device, row.slot)?,
    })
}
