//! Stations: enrolling them, and what they know of one another's names.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{DocumentsRequest, ProblemId, StationEnrolRequest, StationEnrolResponse};
use suima_code::PublicKey;

use crate::act::Act;
use crate::activation::{self, Subject};
use crate::error::Failure;
use crate::{Error, documents};

/// A station that asks.
pub(crate) struct Station {
    pub keyid: String,
}

/// Enrols a station; again, for the same key with the same code.
pub(crate) fn enrol(
    act: &Act<'_>,
    key: &PublicKey,
    request: &StationEnrolRequest,
) -> Result<StationEnrolResponse, Failure> {
    let code = activation::present(act, &request.activation_code, key)?;
    let Subject::Station(name) = &code.subject else {
        return Err(ProblemId::ActivationRefused.into());
    };
    let device = if let Some(keyid) = &code.keyid {
        keyid.clone()
    } else {
        let keyid = act.name()?;
        act.db.execute(
            "INSERT INTO station (keyid, name, algorithm, key, enrolled) VALUES (?, ?, ?, ?, ?)",
            (&keyid, name, key.algorithm().cose(), key.to_bytes(), act.now.get()),
        )?;
        code.used(act, key, &keyid)?;
        keyid
    };
    let nothing = DocumentsRequest { trust_version: 0, policy_version: 0 };
    let documents = documents::newer(act, &nothing)?;
    Ok(StationEnrolResponse { device, name: name.clone(), documents })
}

/// The station that signs as `keyid`, if there is one.
pub(crate) fn find(act: &Act<'_>, keyid: &str) -> Result<Option<Station>, Error> {
    let found = act
        .db
        .prepare_cached("SELECT keyid FROM station WHERE keyid = ?")?
        .query_row([keyid], |row| Ok(Station { keyid: row.get(0)? }))
        .optional()?;
    Ok(found)
}
