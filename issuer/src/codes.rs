//! Nucleic-acid codes: claiming, regenerating, showing what there is (R1; design section 4).

mod single;

use rusqlite::{OptionalExtension as _, Row, named_params};
use sha2::{Digest as _, Sha256};
use suima_client::wire::{
    ClaimRequest, ClaimResponse, IssuedCode, Made, NucleicAcid, ProblemId, RegenerateRequest,
    RegenerateResponse, Regeneration,
};
use suima_code::UnixTime;
use suima_code::{Cause, Day, Line, LineKind, MaskedName, Purposes, Slot, StaticCode, StaticKind};

use self::single::{Code, Making, Single};
use crate::act::{Act, optional_time, time};
use crate::devices::Device;
use crate::error::Failure;
use crate::{Error, Issuer, documents, keys, lines, people};

const KIND: StaticKind = StaticKind::NucleicAcid;

/// How many makings of codes are told.
const HISTORY: u32 = 10;

impl Issuer {
    /// How many nucleic-acid codes of a person a verifier that knows everything would take now. Counted from all
    /// that were ever issued, not from what is thought to be the current one; R1 says at most one.
    pub fn valid_codes(&self, slot: Slot) -> Result<u32, Error> {
        self.0.look(|act| {
            let valid = act.db.query_row(
                "SELECT count(*) FROM issued JOIN signing_key ON signing_key.id = issued.key
                 WHERE kind = :kind AND slot = :slot AND :now < exp
                 AND (nbf IS NULL OR nbf <= :now) AND recalled IS NULL
                 AND iat >= coalesce((SELECT revoked_before FROM static_code
                                      WHERE kind = :kind AND slot = :slot), 0)",
                named_params! {
                    ":kind": line_kind().number(), ":slot": slot.0, ":now": act.now.get()
                },
                |row| row.get(0),
            )?;
            Ok(valid)
        })
    }
}

fn line_kind() -> LineKind {
    KIND.into()
}

/// Who makes a code, and how.
struct Maker<'a> {
    device: &'a Device,
    regenerated: bool,
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
    let mut single = load(act, slot)?;
    if let Some(making) = single.claim(act.now, limits.nucleic_acid_days, limits.claim_ahead_days) {
        make(act, slot, &mut single, &making, &Maker { device, regenerated: false })?;
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
    let mut single = load(act, slot)?;
    let digest = digest(request);
    let recorded: Option<([u8; 32], String)> = act
        .db
        .prepare_cached(
            "SELECT digest, outcome FROM wish WHERE device = ? AND idempotency_key = ?",
        )?
        .query_row((&device.keyid, idempotency_key), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let outcome = match recorded {
        Some((known, _)) if known != digest => return Err(ProblemId::IdempotencyKeyReused.into()),
        Some((_, outcome)) => {
            serde_json::from_str(&outcome).map_err(|_| Error::Corrupt("outcome"))?
        }
        None => {
            let outcome = execute(act, device, &mut single, request)?;
            let text = serde_json::to_string(&outcome).map_err(|_| Error::Corrupt("outcome"))?;
            // Also what was not executed is recorded: it must not be executed later, should the clock go back.
            act.db
                .prepare_cached(
                    "INSERT INTO wish (device, idempotency_key, digest, outcome, at)
                     VALUES (?, ?, ?, ?, ?)",
                )?
                .execute((&device.keyid, idempotency_key, digest, text, act.now.get()))?;
            outcome
        }
    };
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
    make(act, request.slot, single, &making, &Maker { device, regenerated: true })?;
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
            (line_kind().number(), slot.0, today.start().get(), today.plus(1).start().get()),
            |row| row.get(0),
        )?;
    Ok(count)
}

/// Signs and records a code that `single` has just come to.
fn make(
    act: &Act<'_>,
    slot: Slot,
    single: &mut Single,
    making: &Making,
    maker: &Maker<'_>,
) -> Result<(), Error> {
    let person = people::named(act, slot)?;
    let Code { iat, nbf, exp } = making.code;
    let name = MaskedName::mask(&person.name).map_err(|_| Error::Corrupt("name"))?;
    let birth_year = person.birth_year;
    let code = StaticCode { kind: KIND, slot, name, birth_year, iat, nbf, exp };
    let signer = keys::signer(act, Purposes::STATIC)?;
    act.db
        .prepare_cached(
            "INSERT INTO issued
             (kind, slot, iat, nbf, exp, text, key, by_slot, by_device, made, regenerated, voided)
             VALUES (:kind, :slot, :iat, :nbf, :exp, :text, :key, :by, :device, :made, :regenerated,
                     :voided)",
        )?
        .execute(named_params! {
            ":kind": line_kind().number(),
            ":slot": slot.0,
            ":iat": iat.get(),
            ":nbf": nbf.map(UnixTime::get),
            ":exp": exp.get(),
            ":text": signer.key.static_code(&code),
            ":key": signer.id,
            ":by": maker.device.slot.0,
            ":device": maker.device.keyid,
            ":made": act.now.get(),
            ":regenerated": maker.regenerated,
            ":voided": making.voided,
        })?;
    if let Some(until) = making.line_until {
        let line = Line { before: iat, cause: Cause::Replaced };
        lines::raise(act, line_kind(), slot.into(), line, until)?;
    }
    single.take(making);
    store(act, slot, single)
}

fn load(act: &Act<'_>, slot: Slot) -> Result<Single, Error> {
    let row = act
        .db
        .prepare_cached("SELECT * FROM static_code WHERE kind = ? AND slot = ?")?
        .query_row((line_kind().number(), slot.0), |row| {
            Ok((
                optional_time(row, "current")?,
                optional_time(row, "successor")?,
                Single {
                    last_iat: time(row, "last_iat")?,
                    longest_exp: time(row, "longest_exp")?,
                    revoked_before: optional_time(row, "revoked_before")?,
                    ..Single::default()
                },
            ))
        })
        .optional()?;
    let Some((current, successor, mut single)) = row else { return Ok(Single::default()) };
    single.current = current.map(|iat| issued(act, slot, iat)).transpose()?.flatten();
    single.successor = successor.map(|iat| issued(act, slot, iat)).transpose()?.flatten();
    single.settle(act.now);
    Ok(single)
}

/// The code issued at `iat`, unless the key that signed it was recalled: then nobody takes it any more.
fn issued(act: &Act<'_>, slot: Slot, iat: UnixTime) -> Result<Option<Code>, Error> {
    let code = act
        .db
        .prepare_cached(
            "SELECT nbf, exp FROM issued JOIN signing_key ON signing_key.id = issued.key
             WHERE kind = ? AND slot = ? AND iat = ? AND recalled IS NULL",
        )?
        .query_row((line_kind().number(), slot.0, iat.get()), |row| {
            Ok(Code { iat, nbf: optional_time(row, "nbf")?, exp: time(row, "exp")? })
        })
        .optional()?;
    Ok(code)
}

fn store(act: &Act<'_>, slot: Slot, single: &Single) -> Result<(), Error> {
    act.db
        .prepare_cached(
            "INSERT OR REPLACE INTO static_code
             (kind, slot, current, successor, last_iat, longest_exp, revoked_before)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            line_kind().number(),
            slot.0,
            single.current.map(|code| code.iat.get()),
            single.successor.map(|code| code.iat.get()),
            single.last_iat.get(),
            single.longest_exp.get(),
            single.revoked_before.map(UnixTime::get),
        ))?;
    Ok(())
}

/// A person's codes, as `device` is told of them.
pub(crate) fn nucleic_acid(
    act: &Act<'_>,
    device: &Device,
    slot: Slot,
) -> Result<NucleicAcid, Error> {
    told(act, device, slot, &load(act, slot)?)
}

fn told(act: &Act<'_>, device: &Device, slot: Slot, single: &Single) -> Result<NucleicAcid, Error> {
    const COLUMNS: &str = "SELECT iat, text, name, by_device, voided FROM issued
         JOIN person ON person.slot = issued.by_slot
         WHERE issued.kind = ? AND issued.slot = ?";
    let made = |row: &Row<'_>| {
        let by_device: String = row.get("by_device")?;
        Ok(Made {
            iat: time(row, "iat")?,
            by: row.get("name")?,
            by_this_device: by_device == device.keyid,
            voided: row.get("voided")?,
        })
    };
    let issued = |code: Option<Code>| -> Result<Option<IssuedCode>, Error> {
        let Some(code) = code else { return Ok(None) };
        let issued = act
            .db
            .prepare_cached(&format!("{COLUMNS} AND iat = ?"))?
            .query_row((line_kind().number(), slot.0, code.iat.get()), |row| {
                Ok(IssuedCode { text: row.get("text")?, made: made(row)? })
            })?;
        Ok(Some(issued))
    };
    let mut history =
        act.db.prepare_cached(&format!("{COLUMNS} ORDER BY iat DESC LIMIT {HISTORY}"))?;
    let history =
        history.query_map((line_kind().number(), slot.0), made)?.collect::<Result<_, _>>()?;
    Ok(NucleicAcid {
        current: issued(single.current())?,
        successor: issued(single.successor)?,
        revoked_before: single.revoked_before,
        history,
    })
}
