//! Stations: enrolling them, and ending them.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{DocumentsRequest, ProblemId, StationEnrolRequest, StationEnrolResponse};
use suima_code::PublicKey;

use crate::act::Act;
use crate::activation::{self, Subject};
use crate::error::Failure;
use crate::{Error, Issuer, documents, typed};

/// A station that asks.
pub(crate) struct Station {
    pub keyid: String,
}

/// Whether a station was ended, with the station.
pub(crate) struct Found {
    pub station: Station,
    pub ended: bool,
}

impl Issuer {
    /// Ends the stations that have this name in signatures, or that people call so: whatever they ask from now on is
    /// refused. `reason` is kept, and must be one. Their names in signatures are returned; there are none where nothing
    /// was in use.
    pub fn end_station(&self, name: &str, reason: &str) -> Result<Vec<String>, Error> {
        let reason = typed::reason(reason)?;
        self.0.act(|act| {
            let mut statement = act.db.prepare(
                "UPDATE station SET ended = ?1, ended_reason = ?2
                 WHERE (keyid = ?3 OR name = ?3) AND ended IS NULL RETURNING keyid",
            )?;
            let ended = statement
                .query_map((act.now.get(), reason, name), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(ended)
        })
    }
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
        if find(act, keyid)?.is_none_or(|found| found.ended) {
            return Err(ProblemId::ActivationRefused.into());
        }
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
pub(crate) fn find(act: &Act<'_>, keyid: &str) -> Result<Option<Found>, Error> {
    let found = act
        .db
        .prepare_cached("SELECT ended IS NOT NULL FROM station WHERE keyid = ?")?
        .query_row([keyid], |row| {
            Ok(Found { station: Station { keyid: keyid.to_owned() }, ended: row.get(0)? })
        })
        .optional()?;
    Ok(found)
}
