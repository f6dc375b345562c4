//! Nucleic-acid codes: claiming, regenerating, showing what there is (R1; design section 4). What they share with paper
//! codes is in [`row`] and [`single`].

pub(crate) mod row;
mod single;

use rusqlite::{Row, named_params};
use sha2::{Digest as _, Sha256};
use suima_client::wire::{
    ClaimRequest, ClaimResponse, IssuedCode, Made, NucleicAcid, ProblemId, RegenerateRequest,
    RegenerateResponse, Regeneration,
};
use suima_code::{Day, Slot, StaticKind};

use self::row::Maker;
use self::single::{Code, Single};
use crate::act::{Act, time};
use crate::devices::Device;
use crate::error::Failure;
use crate::{Error, Issuer, documents, people, wishes};

const KIND: StaticKind = StaticKind::NucleicAcid;

/// How many makings of codes are told.
const HISTORY: u32 = 10;

impl Issuer {
    /// How many nucleic-acid codes of a person a verifier that knows everything would take now. Counted from all
    /// that were ever issued, not from what is thought to be the current one; R1 says at most one.
    pub fn valid_codes(&self, slot: Slot) -> Result<u32, Error> {
        self.0.look(|act| valid(act, KIND, slot))
    }

    /// The same of paper codes (R3).
    pub fn valid_paper_codes(&self, slot: Slot) -> Result<u32, Error> {
        self.0.look(|act| valid(act, StaticKind::Paper, slot))
    }
}

fn valid(act: &Act<'_>, kind: StaticKind, slot: Slot) -> Result<u32, Error> {
    let valid = act.db.query_row(
        "SELECT count(*) FROM issued JOIN signing_key ON signing_key.id = issued.key
         WHERE kind = :kind AND slot = :slot AND :now < exp
         AND (nbf IS NULL OR nbf <= :now) AND recalled IS NULL
         AND iat >= coalesce((SELECT revoked_before FROM static_code
                              WHERE kind = :kind AND slot = :slot), 0)",
        named_params! { ":kind": row::number(kind), ":slot": slot.0, ":now": act.now.get() },
        |row| row.get(0),
    )?;
    Ok(valid)
}

fn maker(device: &Device, regenerated: bool) -> Maker<'_> {
    Maker { slot: device.slot, device: Some(&device.keyid), regenerated, printed: None }
}

/// Sees to it that there is a code, and a successor near its end. Voids nothing that counts; a code whose key was
/// recalled is replaced together with a successor that waits behind it.
pub(crate) fn claim(
    act: &Act<'_>,
    device: &Device,
    request: &ClaimRequest,
) -> Result<ClaimResponse, Failure> {
    let slot = request.slot;
    if !people::holds(act, device, slot)? {
        return Err(ProblemId::NotAllowed.into());
    }
    let limits = documents::policy(act)?.limits;
    let mut single = row::load(act, KIND, slot)?;
    if let Some(making) = single.claim(act.now, limits.nucleic_acid_days, limits.claim_ahead_days) {
        row::make(act, KIND, slot, &mut single, &making, &maker(device, false))?;
    }
    Ok(ClaimResponse { time: act.now, nucleic_acid: told(act, device, slot, &single)? })
}

/// Voids the code that the asker means, and makes another; or says why not. The recorded outcome stands for all
/// retries.
pub(crate) fn regenerate(
    act: &Act<'_>,
    device: &Device,
    idempotency_key: &str,
    request: &RegenerateRequest,
) -> Result<RegenerateResponse, Failure> {
    let slot = request.slot;
    if !people::holds(act, device, slot)? {
        return Err(ProblemId::NotAllowed.into());
    }
    let mut single = row::load(act, KIND, slot)?;
    let outcome = wishes::once(act, device, idempotency_key, digest(request), || {
        Ok(execute(act, device, &mut single, request)?)
    })?;
    Ok(RegenerateResponse {
        time: act.now,
        outcome,
        nucleic_acid: told(act, device, slot, &single)?,
    })
}

fn execute(
    act: &Act<'_>,
    device: &Device,
    single: &mut Single,
    request: &RegenerateRequest,
) -> Result<Regeneration, Error> {
    if act.now > request.not_after {
        return Ok(Regeneration::TooLate);
    }
    // Where no code counts any more there is nothing that the asker could void without knowing it.
    if single.current().is_some_and(|current| Some(current.iat) != request.void) {
        return Ok(Regeneration::Behind);
    }
    let limits = documents::policy(act)?.limits;
    if made_today(act, request.slot)? >= limits.regenerations_per_day {
        return Ok(Regeneration::UsedUp);
    }
    let making = single.regenerate(act.now, limits.nucleic_acid_days);
    row::make(act, KIND, request.slot, single, &making, &maker(device, true))?;
    Ok(Regeneration::Made { iat: making.code.iat })
}

/// What a wish asks for: a retry asks for the same, in whatever spelling.
fn digest(request: &RegenerateRequest) -> [u8; 32] {
    let void = request.void.map_or(-1, |iat| i64::from(iat.get()));
    let wish = format!("regenerate {} {void} {}", request.slot, request.not_after);
    Sha256::digest(wish).into()
}

fn made_today(act: &Act<'_>, slot: Slot) -> Result<u32, Error> {
    let today = Day::of(act.now);
    let count = act
        .db
        .prepare_cached(
            "SELECT count(*) FROM issued
             WHERE kind = ? AND slot = ? AND regenerated AND made >= ? AND made < ?",
        )?
        .query_row(
            (row::number(KIND), slot.0, today.start().get(), today.plus(1).start().get()),
            |row| row.get(0),
        )?;
    Ok(count)
}

/// A person's codes, as `device` is told of them.
pub(crate) fn nucleic_acid(
    act: &Act<'_>,
    device: &Device,
    slot: Slot,
) -> Result<NucleicAcid, Error> {
    told(act, device, slot, &row::load(act, KIND, slot)?)
}

fn told(act: &Act<'_>, device: &Device, slot: Slot, single: &Single) -> Result<NucleicAcid, Error> {
    const COLUMNS: &str = "SELECT iat, text, name, by_device, voided FROM issued
         JOIN person ON person.slot = issued.by_slot
         WHERE issued.kind = ? AND issued.slot = ?";
    let made = |row: &Row<'_>| {
        let by_device: Option<String> = row.get("by_device")?;
        Ok(Made {
            iat: time(row, "iat")?,
            by: row.get("name")?,
            by_this_device: by_device.as_ref() == Some(&device.keyid),
            voided: row.get("voided")?,
        })
    };
    let issued = |code: Option<Code>| -> Result<Option<IssuedCode>, Error> {
        let Some(code) = code else { return Ok(None) };
        let issued = act
            .db
            .prepare_cached(&format!("{COLUMNS} AND iat = ?"))?
            .query_row((row::number(KIND), slot.0, code.iat.get()), |row| {
                Ok(IssuedCode { text: row.get("text")?, made: made(row)? })
            })?;
        Ok(Some(issued))
    };
    let mut history =
        act.db.prepare_cached(&format!("{COLUMNS} ORDER BY iat DESC LIMIT {HISTORY}"))?;
    let history =
        history.query_map((row::number(KIND), slot.0), made)?.collect::<Result<_, _>>()?;
    Ok(NucleicAcid {
        current: issued(single.current())?,
        successor: issued(single.successor)?,
        revoked_before: single.revoked_before,
        history,
    })
}
