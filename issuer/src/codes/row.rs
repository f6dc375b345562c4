//! The row of a kind and a slot in the database, and the codes issued for it: the same for both kinds.

use rusqlite::{OptionalExtension as _, named_params};
use suima_code::{
    Cause, Line, LineKind, MaskedName, Purposes, Slot, StaticCode, StaticKind, UnixTime,
};

use super::single::{Code, Making, Single};
use crate::act::{Act, optional_time, time};
use crate::{Error, keys, lines, people};

/// Who makes a code, and how.
pub(crate) struct Maker<'a> {
    /// The user.
    pub slot: Slot,
    /// The phone, if one asked or confirmed.
    pub device: Option<&'a str>,
    /// Whether it was asked to replace what counted.
    pub regenerated: bool,
    /// The terminal or the portal, and the serial, of a paper code.
    pub printed: Option<(&'a str, &'a str)>,
}

/// A code that was issued, as it is shown and printed.
pub(crate) struct Issued {
    pub text: String,
    pub exp: UnixTime,
    pub serial: Option<String>,
}

/// What there is of a kind for a person now.
pub(crate) fn load(act: &Act<'_>, kind: StaticKind, slot: Slot) -> Result<Single, Error> {
    let row = act
        .db
        .prepare_cached("SELECT * FROM static_code WHERE kind = ? AND slot = ?")?
        .query_row((number(kind), slot.0), |row| {
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
    single.current = current.map(|iat| code(act, kind, slot, iat)).transpose()?.flatten();
    single.successor = successor.map(|iat| code(act, kind, slot, iat)).transpose()?.flatten();
    single.settle(act.now);
    Ok(single)
}

/// The code issued at `iat`, unless the key that signed it was recalled: then nobody takes it any more.
fn code(act: &Act<'_>, kind: StaticKind, slot: Slot, iat: UnixTime) -> Result<Option<Code>, Error> {
    let code = act
        .db
        .prepare_cached(
            "SELECT nbf, exp FROM issued JOIN signing_key ON signing_key.id = issued.key
             WHERE kind = ? AND slot = ? AND iat = ? AND recalled IS NULL",
        )?
        .query_row((number(kind), slot.0, iat.get()), |row| {
            Ok(Code { iat, nbf: optional_time(row, "nbf")?, exp: time(row, "exp")? })
        })
        .optional()?;
    Ok(code)
}

/// The code issued at `iat`, in full.
pub(crate) fn issued(
    act: &Act<'_>,
    kind: StaticKind,
    slot: Slot,
    iat: UnixTime,
) -> Result<Issued, Error> {
    let issued = act
        .db
        .prepare_cached(
            "SELECT text, exp, serial FROM issued WHERE kind = ? AND slot = ? AND iat = ?",
        )?
        .query_row((number(kind), slot.0, iat.get()), |row| {
            Ok(Issued {
                text: row.get("text")?,
                exp: time(row, "exp")?,
                serial: row.get("serial")?,
            })
        })?;
    Ok(issued)
}

/// Signs and records a code that `single` has just come to. No row of another kind is touched (R5).
pub(crate) fn make(
    act: &Act<'_>,
    kind: StaticKind,
    slot: Slot,
    single: &mut Single,
    making: &Making,
    maker: &Maker<'_>,
) -> Result<(), Error> {
    let person = people::named(act, slot)?;
    let Code { iat, nbf, exp } = making.code;
    let name = MaskedName::mask(&person.name).map_err(|_| Error::Corrupt("name"))?;
    let birth_year = person.birth_year;
    let code = StaticCode { kind, slot, name, birth_year, iat, nbf, exp };
    let signer = keys::signer(act, Purposes::STATIC)?;
    act.db
        .prepare_cached(
            "INSERT INTO issued
             (kind, slot, iat, nbf, exp, text, key, by_slot, by_device, made, regenerated, voided,
              place, serial)
             VALUES (:kind, :slot, :iat, :nbf, :exp, :text, :key, :by, :device, :made, :regenerated,
                     :voided, :place, :serial)",
        )?
        .execute(named_params! {
            ":kind": number(kind),
            ":slot": slot.0,
            ":iat": iat.get(),
            ":nbf": nbf.map(UnixTime::get),
            ":exp": exp.get(),
            ":text": signer.key.static_code(&code),
            ":key": signer.id,
            ":by": maker.slot.0,
            ":device": maker.device,
            ":made": act.now.get(),
            ":regenerated": maker.regenerated,
            ":voided": making.voided,
            ":place": maker.printed.map(|(place, _)| place),
            ":serial": maker.printed.map(|(_, serial)| serial),
        })?;
    if let Some(until) = making.line_until {
        let line = Line { before: iat, cause: Cause::Replaced };
        lines::raise(act, kind.into(), slot.into(), line, until)?;
    }
    single.take(making);
    store(act, kind, slot, single)
}

/// Voids the code that counts, and makes none (R4). Whether there was one.
pub(crate) fn lose(
    act: &Act<'_>,
    kind: StaticKind,
    slot: Slot,
    single: &mut Single,
) -> Result<bool, Error> {
    let until = single.longest_exp;
    let Some(before) = single.lose(act.now) else { return Ok(false) };
    let line = Line { before, cause: Cause::ReportedLost };
    lines::raise(act, kind.into(), slot.into(), line, until)?;
    store(act, kind, slot, single)?;
    Ok(true)
}

fn store(act: &Act<'_>, kind: StaticKind, slot: Slot, single: &Single) -> Result<(), Error> {
    act.db
        .prepare_cached(
            "INSERT OR REPLACE INTO static_code
             (kind, slot, current, successor, last_iat, longest_exp, revoked_before)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            number(kind),
            slot.0,
            single.current.map(|code| code.iat.get()),
            single.successor.map(|code| code.iat.get()),
            single.last_iat.get(),
            single.longest_exp.get(),
            single.revoked_before.map(UnixTime::get),
        ))?;
    Ok(())
}

/// As the database numbers a kind.
pub(crate) fn number(kind: StaticKind) -> u8 {
    LineKind::from(kind).number()
}
