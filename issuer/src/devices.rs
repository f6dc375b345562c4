//! Phones: enrolling one, which ends the one before.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{EnrolRequest, EnrolResponse, ProblemId, RefreshRequest, Relation};
use suima_code::{Cause, PublicKey, Slot, UnixTime};

use crate::act::{Act, public_key, time};
use crate::activation::{self, Subject};
use crate::error::Failure;
use crate::identity::{self, ActivationCodes, IdentityProof as _, Proof, ProofError};
use crate::issuer::Inner;
use crate::{Error, people};

/// A phone that asks.
pub(crate) struct Device {
    pub keyid: String,
    /// Its user.
    pub slot: Slot,
}

/// Whether a phone's enrolment was ended, with the phone.
pub(crate) struct Found {
    pub device: Device,
    pub ended: bool,
}

/// The key that signs as `keyid`, whether of a phone (also one that was ended) or of a station.
pub(crate) fn key(act: &Act<'_>, keyid: &str) -> Result<Option<PublicKey>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT algorithm, key FROM device WHERE keyid = ?1
         UNION ALL SELECT algorithm, key FROM station WHERE keyid = ?1",
    )?;
    let mut rows = statement.query([keyid])?;
    rows.next()?.map(public_key).transpose()
}

/// The phone that signs as `keyid`, if there is one.
pub(crate) fn find(act: &Act<'_>, keyid: &str) -> Result<Option<Found>, Error> {
    let found = act
        .db
        .prepare_cached("SELECT slot, ended IS NOT NULL AS ended FROM device WHERE keyid = ?")?
        .query_row([keyid], |row| {
            let device = Device { keyid: keyid.to_owned(), slot: Slot(row.get("slot")?) };
            Ok(Found { device, ended: row.get("ended")? })
        })
        .optional()?;
    Ok(found)
}

/// Asks whoever proves identity in this city what the request proves.
pub(crate) fn proof(
    inner: &Inner,
    key: &PublicKey,
    request: &EnrolRequest,
) -> Result<Proof, Failure> {
    let evidence = &request.activation_code;
    let proof = match inner.identity.get() {
        Some(service) => service.prove(evidence, key),
        None => ActivationCodes.prove(evidence, key),
    };
    proof.map_err(|error| match error {
        ProofError::Refused => ProblemId::ActivationRefused.into(),
        unavailable @ ProofError::Unavailable { .. } => Error::from(unavailable).into(),
    })
}

/// Enrols a phone, and ends the user's earlier one with all its holdings. The same key with the same proof gets the same
/// enrolment again, as long as it lasts.
pub(crate) fn enrol(
    act: &Act<'_>,
    key: &PublicKey,
    request: &EnrolRequest,
    proof: Proof,
) -> Result<EnrolResponse, Failure> {
    let holding_key =
        PublicKey::try_from(&request.holding_key).map_err(|_| ProblemId::BadRequest)?;
    let (slot, code, keyid) = match proof {
        Proof::ActivationCode => {
            let code = activation::present(act, &request.activation_code, key)?;
            let Subject::Person(slot) = code.subject else {
                return Err(ProblemId::ActivationRefused.into());
            };
            let keyid = code.keyid.clone();
            (slot, Some(code), keyid)
        }
        Proof::Person { document, name } => {
            let slot = identity::person(act, &document, &name)?;
            (slot.ok_or(ProblemId::ActivationRefused)?, None, with_key(act, key)?)
        }
    };
    let device = if let Some(keyid) = keyid {
        let found = find(act, &keyid)?.ok_or(Error::Corrupt("activation"))?;
        let same = people::holding_key(act, &found.device, slot)? == Some(holding_key);
        if found.ended || found.device.slot != slot || !same {
            return Err(ProblemId::ActivationRefused.into());
        }
        found.device
    } else {
        let device = begin(act, slot, key)?;
        people::begin_holding(act, &device, slot, Relation::Oneself, &holding_key)?;
        if let Some(code) = code {
            code.used(act, key, &device.keyid)?;
        }
        device
    };
    let nothing = RefreshRequest { trust_version: 0, policy_version: 0, state: None };
    let refresh = people::refresh(act, &device, &nothing)?;
    let ended_device = replaced(act, &device)?;
    Ok(EnrolResponse { device: device.keyid, ended_device, refresh })
}

/// The phone that was enrolled with this key.
fn with_key(act: &Act<'_>, key: &PublicKey) -> Result<Option<String>, Error> {
    let keyid = act
        .db
        .query_row("SELECT keyid FROM device WHERE key = ?", [key.to_bytes()], |row| row.get(0))
        .optional()?;
    Ok(keyid)
}

/// A phone in place of the one that its user had.
fn begin(act: &Act<'_>, slot: Slot, key: &PublicKey) -> Result<Device, Error> {
    let before = in_use(act, slot)?;
    if let Some(before) = &before {
        end(act, before, None, |_| Cause::DeviceReplaced)?;
    }
    let device = Device { keyid: act.name()?, slot };
    act.db.execute(
        "INSERT INTO device (keyid, slot, algorithm, key, enrolled, replaces)
         VALUES (?, ?, ?, ?, ?, ?)",
        (
            &device.keyid,
            slot.0,
            key.algorithm().cose(),
            key.to_bytes(),
            act.now.get(),
            before.map(|before| before.keyid),
        ),
    )?;
    Ok(device)
}

/// When the phone was enrolled that this one took the place of.
fn replaced(act: &Act<'_>, device: &Device) -> Result<Option<UnixTime>, Error> {
    let enrolled = act
        .db
        .query_row(
            "SELECT earlier.enrolled FROM device JOIN device AS earlier
             ON earlier.keyid = device.replaces WHERE device.keyid = ?",
            [&device.keyid],
            |row| time(row, "enrolled"),
        )
        .optional()?;
    Ok(enrolled)
}

/// The phone of this user.
pub(crate) fn in_use(act: &Act<'_>, slot: Slot) -> Result<Option<Device>, Error> {
    let device = act
        .db
        .prepare_cached("SELECT keyid FROM device WHERE slot = ? AND ended IS NULL")?
        .query_row([slot.0], |row| Ok(Device { keyid: row.get(0)?, slot }))
        .optional()?;
    Ok(device)
}

/// Since when this user has the phone that they have.
pub(crate) fn enrolled(act: &Act<'_>, slot: Slot) -> Result<Option<UnixTime>, Error> {
    let enrolled = act
        .db
        .prepare_cached("SELECT enrolled FROM device WHERE slot = ? AND ended IS NULL")?
        .query_row([slot.0], |row| time(row, "enrolled"))
        .optional()?;
    Ok(enrolled)
}

/// Ends a phone with all its holdings, each for the cause that its relation gives.
pub(crate) fn end(
    act: &Act<'_>,
    device: &Device,
    reason: Option<&str>,
    cause: impl Fn(Relation) -> Cause,
) -> Result<(), Error> {
    for (number, relation) in people::holdings_of(act, device)? {
        people::end_holding(act, number.0, cause(relation))?;
    }
    act.db.execute(
        "UPDATE device SET ended = ?, end_reason = ? WHERE keyid = ?",
        (act.now.get(), reason, &device.keyid),
    )?;
    Ok(())
}
