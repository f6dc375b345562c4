//! Holdings: one person's live code on one phone, and the credentials for it.

use rusqlite::{OptionalExtension as _, Row, named_params};
use suima_client::wire::{Bytes, HoldRequest, HoldResponse, Holding, ProblemId, Relation};
use suima_code::{
    Cause, Credential, HoldingNumber, Line, LineKind, Policy, PublicKey, Purposes, Slot, UnixTime,
};

use super::{Named, come_of_age, held, may_hold};
use crate::act::{Act, colour_word, public_key, time};
use crate::devices::Device;
use crate::error::Failure;
use crate::{Error, documents, keys, lines};

/// A credential that is further ahead of the clock than this, in seconds, was made before the clock went back, and
/// stations would not take it yet.
const CLOCK_BACK: i64 = 30;

/// A holding that has not ended.
pub(super) struct HoldingRow {
    pub slot: Slot,
    pub relation: Relation,
    number: HoldingNumber,
    key: PublicKey,
    newest: Option<Newest>,
}

/// Its newest credential, and what it was made of.
struct Newest {
    credential: Vec<u8>,
    iat: UnixTime,
    colour: String,
    name: String,
    recalled: bool,
}

const RELATIONS: [(Relation, &str); 4] = [
    (Relation::Oneself, "oneself"),
    (Relation::Child, "child"),
    (Relation::Ward, "ward"),
    (Relation::Relative, "relative"),
];

fn read(row: &Row<'_>) -> Result<HoldingRow, Error> {
    let word: String = row.get("relation")?;
    let relation = RELATIONS.iter().find(|(_, known)| *known == word);
    let newest = match row.get("credential")? {
        Some(credential) => Some(Newest {
            credential,
            iat: time(row, "credential_iat")?,
            colour: row.get("credential_colour")?,
            name: row.get("credential_name")?,
            recalled: row.get("recalled")?,
        }),
        None => None,
    };
    Ok(HoldingRow {
        slot: Slot(row.get("slot")?),
        relation: relation.ok_or(Error::Corrupt("relation"))?.0,
        number: HoldingNumber(row.get("number")?),
        key: public_key(row)?,
        newest,
    })
}

/// The holdings of a phone: the user's own first, then the others, longest held first.
pub(super) fn of(act: &Act<'_>, device: &Device) -> Result<Vec<HoldingRow>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT holding.*, recalled IS NOT NULL AS recalled FROM holding
         LEFT JOIN signing_key ON signing_key.id = credential_key
         WHERE device = ? AND ended IS NULL
         ORDER BY relation <> 'oneself', since, number",
    )?;
    let mut rows = statement.query([&device.keyid])?;
    let mut holdings = Vec::new();
    while let Some(row) = rows.next()? {
        holdings.push(read(row)?);
    }
    Ok(holdings)
}

/// The holdings of a phone, by number, and what each person is to its user.
pub(crate) fn holdings_of(
    act: &Act<'_>,
    device: &Device,
) -> Result<Vec<(HoldingNumber, Relation)>, Error> {
    Ok(of(act, device)?.into_iter().map(|holding| (holding.number, holding.relation)).collect())
}

/// Whether `device` holds the code of this person: what allows it to ask anything of theirs.
pub(crate) fn holds(act: &Act<'_>, device: &Device, slot: Slot) -> Result<bool, Error> {
    let relation = || -> Result<Option<String>, Error> {
        let relation = act
            .db
            .prepare_cached(
                "SELECT relation FROM holding WHERE device = ? AND slot = ? AND ended IS NULL",
            )?
            .query_row((&device.keyid, slot.0), |row| row.get(0))
            .optional()?;
        Ok(relation)
    };
    Ok(match relation()?.as_deref() {
        None => false,
        Some("oneself" | "relative") => true,
        Some(_) => {
            // The child may have come of age since the day's first look.
            come_of_age(act, &documents::policy(act)?)?;
            relation()?.is_some()
        }
    })
}

/// The key of the holding that `device` has of this person.
pub(crate) fn holding_key(
    act: &Act<'_>,
    device: &Device,
    slot: Slot,
) -> Result<Option<PublicKey>, Error> {
    let holding = of(act, device)?.into_iter().find(|holding| holding.slot == slot);
    Ok(holding.map(|holding| holding.key))
}

/// Begins a holding. Its credential is made when it is first told of.
pub(crate) fn begin_holding(
    act: &Act<'_>,
    device: &Device,
    slot: Slot,
    relation: Relation,
    key: &PublicKey,
) -> Result<(), Error> {
    let word = RELATIONS.iter().find(|(known, _)| *known == relation);
    let word = word.expect("all four are listed").1;
    loop {
        let number = u32::from_be_bytes(act.random()?);
        let made = act.db.execute(
            "INSERT INTO holding (number, device, slot, relation, algorithm, key, since)
             VALUES (:number, :device, :slot, :relation, :algorithm, :key, :since)
             ON CONFLICT (number) DO NOTHING",
            named_params! {
                ":number": number,
                ":device": device.keyid,
                ":slot": slot.0,
                ":relation": word,
                ":algorithm": key.algorithm().cose(),
                ":key": key.to_bytes(),
                ":since": act.now.get(),
            },
        )?;
        if made == 1 {
            return Ok(());
        }
    }
}

/// Ends a holding, and draws a line past every credential of it that still counts.
pub(crate) fn end_holding(act: &Act<'_>, number: u32, cause: Cause) -> Result<(), Error> {
    let (newest, until) = act.db.query_row(
        "UPDATE holding SET ended = ? WHERE number = ? RETURNING credential_latest, credential_until",
        (act.now.get(), number),
        |row| Ok((time(row, "credential_latest")?, time(row, "credential_until")?)),
    )?;
    if act.now < until {
        let line = Line { before: act.now.max(newest.plus(1)), cause };
        lines::raise(act, LineKind::Holding, HoldingNumber(number).into(), line, until)?;
    }
    Ok(())
}

/// The holding with a credential that is true and recent: issued anew where there is none, where colour or name have
/// changed, where it is void, and where it is older than a quarter of the time that its colour counts.
pub(super) fn with_credential(
    act: &Act<'_>,
    policy: &Policy,
    person: &Named,
    holding: &HoldingRow,
) -> Result<Holding, Error> {
    let limits = &policy.limits;
    let colour = colour_word(person.colour);
    let good = holding.newest.as_ref().filter(|newest| {
        let age = act.now.since(newest.iat);
        !newest.recalled
            && newest.colour == colour
            && newest.name == person.masked_name.as_str()
            && newest.iat >= person.credentials_from
            && (-CLOCK_BACK..=i64::from(limits.colour_seconds / 4)).contains(&age)
            && age < i64::from(limits.credential_seconds)
    });
    let number = holding.number;
    if let Some(newest) = good {
        let credential = Bytes(newest.credential.clone());
        return Ok(Holding { number, credential, colour: person.colour });
    }
    let iat = act.now.max(person.credentials_from);
    let credential = Credential {
        relative: holding.relation != Relation::Oneself,
        slot: holding.slot,
        holding: number,
        name: person.masked_name,
        colour: person.colour,
        key: holding.key.clone(),
        iat,
        exp: iat.plus(limits.credential_seconds.into()),
    };
    let signer = keys::signer(act, Purposes::CREDENTIAL)?;
    let signed = signer.key.credential(&credential);
    act.db
        .prepare_cached(
            "UPDATE holding SET credential = ?, credential_iat = ?, credential_colour = ?,
                 credential_name = ?, credential_key = ?,
                 credential_latest = max(credential_latest, ?),
                 credential_until = max(credential_until, ?)
             WHERE number = ?",
        )?
        .execute((
            &signed,
            iat.get(),
            colour,
            person.masked_name.as_str(),
            signer.id,
            iat.get(),
            credential.exp.get(),
            number.0,
        ))?;
    Ok(Holding { number, credential: Bytes(signed), colour: person.colour })
}

/// Holds a relative's code, where the register or their consent allows it.
pub(crate) fn hold(
    act: &Act<'_>,
    device: &Device,
    request: &HoldRequest,
) -> Result<HoldResponse, Failure> {
    let key = PublicKey::try_from(&request.holding_key).map_err(|_| ProblemId::BadRequest)?;
    let policy = documents::policy(act)?;
    let relation = may_hold(act, &policy, device.slot, request.slot)?;
    hold_as(act, device, request.slot, relation.ok_or(ProblemId::NotAllowed)?, &key)
}

/// Holds the code of somebody who may be held. The same again gives what there is; with another key it gives a new
/// holding and ends the one before, whose key the phone has lost.
pub(crate) fn hold_as(
    act: &Act<'_>,
    device: &Device,
    slot: Slot,
    relation: Relation,
    key: &PublicKey,
) -> Result<HoldResponse, Failure> {
    let policy = documents::policy(act)?;
    let held_now = of(act, device)?;
    let before = held_now.iter().find(|holding| holding.slot == slot);
    if before.is_none_or(|before| before.key != *key) {
        if let Some(before) = before {
            end_holding(act, before.number.0, Cause::HoldingEnded)?;
        } else {
            room_for_another(act, &policy, device.slot, slot)?;
        }
        begin_holding(act, device, slot, relation, key)?;
    }
    let holding = of(act, device)?.into_iter().find(|holding| holding.slot == slot);
    let holding = holding.ok_or(Error::Corrupt("holding"))?;
    Ok(HoldResponse { time: act.now, person: held(act, &policy, device, &holding)? })
}

/// Whether the policy leaves room for `user` to hold `relative` beside the others that they hold, and for `relative` to be held
/// by `user` beside the others who do. Who is held already, as a grown child is for some days, takes no more room.
pub(crate) fn room_for_another(
    act: &Act<'_>,
    policy: &Policy,
    user: Slot,
    relative: Slot,
) -> Result<(), Failure> {
    let relatives: u32 = act
        .db
        .prepare_cached(
            "SELECT count(*) FROM holding JOIN device ON device.keyid = holding.device
             WHERE device.slot = ? AND holding.slot <> ?
             AND relation <> 'oneself' AND holding.ended IS NULL",
        )?
        .query_row((user.0, relative.0), |row| row.get(0))?;
    if relatives >= policy.limits.relatives_per_user {
        return Err(ProblemId::RelativesFull.into());
    }
    let holders: u32 = act
        .db
        .prepare_cached(
            "SELECT count(*) FROM holding JOIN device ON device.keyid = holding.device
             WHERE holding.slot = ? AND device.slot <> ?
             AND relation <> 'oneself' AND holding.ended IS NULL",
        )?
        .query_row((relative.0, user.0), |row| row.get(0))?;
    if holders >= policy.limits.holders_per_relative {
        return Err(ProblemId::HoldersFull.into());
    }
    Ok(())
}
