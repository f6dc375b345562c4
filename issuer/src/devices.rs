//! Phones: enrolling one, which ends the one before.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{EnrolRequest, EnrolResponse, ProblemId, RefreshRequest, Relation};
use suima_code::{Cause, PublicKey, Slot};

use crate::act::{Act, public_key};
use crate::activation::{self, Subject};
use crate::error::Failure;
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

/// Enrols a phone, and ends the user's earlier one with all its holdings. The same key with the same code gets the same
/// enrolment again, as long as it lasts.
pub(crate) fn enrol(
    act: &Act<'_>,
    key: &PublicKey,
    request: &EnrolRequest,
) -> Result<EnrolResponse, Failure> {
    let holding_key =
        PublicKey::try_from(&request.holding_key).map_err(|_| ProblemId::BadRequest)?;
    let code = activation::present(act, &request.activation_code, key)?;
    let Subject::Person(slot) = code.subject else {
        return Err(ProblemId::ActivationRefused.into());
    };
    let device = if let Some(keyid) = &code.keyid {
        let found = find(act, keyid)?.ok_or(Error::Corrupt("activation"))?;
        let same = people::holding_key(act, &found.device, slot)? == Some(holding_key);
        if found.ended || !same {
            return Err(ProblemId::ActivationRefused.into());
        }
        found.device
    } else {
        end_devices(act, slot)?;
        let device = Device { keyid: act.name()?, slot };
        act.db.execute(
            "INSERT INTO device (keyid, slot, algorithm, key, enrolled) VALUES (?, ?, ?, ?, ?)",
            (&device.keyid, slot.0, key.algorithm().cose(), key.to_bytes(), act.now.get()),
        )?;
        people::begin_holding(act, &device, slot, Relation::Oneself, &holding_key)?;
        code.used(act, key, &device.keyid)?;
        device
    };
    let nothing = RefreshRequest { trust_version: 0, policy_version: 0, state: None };
    let refresh = people::refresh(act, &device, &nothing)?;
    Ok(EnrolResponse { device: device.keyid, refresh })
}

fn end_devices(act: &Act<'_>, slot: Slot) -> Result<(), Error> {
    let holdings: Vec<u32> = act
        .db
        .prepare(
            "SELECT number FROM holding JOIN device ON device.keyid = holding.device
             WHERE device.slot = ? AND device.ended IS NULL AND holding.ended IS NULL",
        )?
        .query_map([slot.0], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for number in holdings {
        people::end_holding(act, number, Cause::DeviceReplaced)?;
    }
    act.db.execute(
        "UPDATE device SET ended = ? WHERE slot = ? AND ended IS NULL",
        (act.now.get(), slot.0),
    )?;
    Ok(())
}
