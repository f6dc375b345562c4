//! Asking an adult on their own phone, and the one-time code by which they let the asker know.
//!
//! Whoever asks learns nothing: the answer and the work are the same whether or not there is such a person.

use rusqlite::{OptionalExtension as _, named_params};
use suima_client::wire::{
    AnswerRequest, AnswerResponse, Ask, AskRequest, AskResponse, HoldResponse, ProblemId,
    RedeemRequest, Relation,
};
use suima_code::{Day, Policy, PublicKey, Slot};

use super::{Source, given, record};
use crate::act::{Act, time};
use crate::devices::Device;
use crate::error::Failure;
use crate::{Error, documents, people};

/// How long a question can be answered, in seconds.
const OPEN_FOR: i64 = 86_400;

/// How long a one-time code is good, in seconds.
const CODE_GOOD_FOR: i64 = 600;

/// How many wrong codes in a row void everything that the asker has asked.
const TRIES: u32 = 5;

/// How many one-time codes there are.
const CODES: u32 = 100_000_000;

/// Slots begin at 1.
const NOBODY: Slot = Slot(0);

/// Asks somebody, if there is such an adult with a phone. A retry is the same question.
pub(crate) fn ask(
    act: &Act<'_>,
    device: &Device,
    idempotency_key: &str,
    request: &AskRequest,
) -> Result<AskResponse, Failure> {
    let asked = act
        .db
        .prepare_cached("SELECT expires FROM ask WHERE device = ? AND wish = ?")?
        .query_row((&device.keyid, idempotency_key), |row| time(row, "expires"))
        .optional()?;
    if let Some(expires) = asked {
        return Ok(AskResponse { time: act.now, expires });
    }
    let policy = documents::policy(act)?;
    let today = Day::of(act.now).start();
    act.db
        .prepare_cached("DELETE FROM ask WHERE at < ?")?
        .execute([today.plus(-OPEN_FOR).get()])?;
    let asked_today: u32 = act
        .db
        .prepare_cached("SELECT count(*) FROM ask WHERE asker = ? AND at >= ?")?
        .query_row((device.slot.0, today.get()), |row| row.get(0))?;
    if asked_today >= policy.limits.asks_per_day {
        return Err(ProblemId::TooOften.into());
    }
    let target = addressee(act, &policy, device, request)?;
    // Who is asked twice is to see one question. Found among the asker's own (hence the plus): to look through what everybody
    // has asked nobody would take longer than to look through what somebody was asked.
    act.db
        .prepare_cached(
            "UPDATE ask SET state = 'void' WHERE asker = ? AND +target IS ? AND state = 'open'",
        )?
        .execute((device.slot.0, target.map(|slot| slot.0)))?;
    let expires = act.now.plus(OPEN_FOR);
    act.db
        .prepare_cached(
            "INSERT INTO ask (id, asker, device, wish, target, at, expires, state)
             VALUES (:id, :asker, :device, :wish, :target, :at, :expires, 'open')",
        )?
        .execute(named_params! {
            ":id": act.name()?,
            ":asker": device.slot.0,
            ":device": device.keyid,
            ":wish": idempotency_key,
            ":target": target.map(|slot| slot.0),
            ":at": act.now.get(),
            ":expires": expires.get(),
        })?;
    Ok(AskResponse { time: act.now, expires })
}

/// Who is meant: an adult with a phone, other than the asker, who has not agreed already.
///
/// Where there is nobody, the same questions are asked of the database about nobody.
fn addressee(
    act: &Act<'_>,
    policy: &Policy,
    device: &Device,
    request: &AskRequest,
) -> Result<Option<Slot>, Error> {
    let mut found = people::with_document(act, &request.document)?;
    let is_there = !found.is_empty();
    if !is_there {
        let birth_date = Day::of(act.now).to_string();
        let birth_date = birth_date.parse().map_err(|_| Error::Corrupt("date"))?;
        found.push(people::Found { slot: NOBODY, name: "无此人".to_owned(), birth_date });
    }
    let mut slot = NOBODY;
    for candidate in found {
        let adult = !people::is_minor(act, &policy.limits, candidate.birth_date);
        let same_name = people::same_name(&candidate.name, &request.name);
        if same_name && adult {
            slot = candidate.slot;
        }
    }
    let has_phone: bool = act
        .db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM device WHERE slot = ? AND ended IS NULL)")?
        .query_row([slot.0], |row| row.get(0))?;
    let agreed = given(act, device.slot, slot)?;
    Ok((has_phone && !agreed && slot != device.slot).then_some(slot))
}

/// What waits for the user's answer, oldest first.
pub(crate) fn asks(act: &Act<'_>, device: &Device) -> Result<Vec<Ask>, Error> {
    let asks = act
        .db
        .prepare_cached(
            "SELECT id, name, at, expires FROM ask JOIN person ON person.slot = ask.asker
             JOIN device ON device.keyid = ask.device
             WHERE target = ? AND state = 'open' AND expires > ? AND device.ended IS NULL
             ORDER BY at, number",
        )?
        .query_map((device.slot.0, act.now.get()), |row| {
            Ok(Ask {
                id: row.get("id")?,
                by: row.get("name")?,
                at: time(row, "at")?,
                expires: time(row, "expires")?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(asks)
}

/// Agrees, and gives the code to tell the asker; or declines, which also takes back a code that was not used yet. The same
/// answer again gives the same.
pub(crate) fn answer(
    act: &Act<'_>,
    device: &Device,
    request: &AnswerRequest,
) -> Result<AnswerResponse, Failure> {
    let found = act
        .db
        .prepare_cached(
            "SELECT number, state, expires, code, coalesce(code_expires, 0) AS code_expires FROM ask
             WHERE id = ? AND target = ?",
        )?
        .query_row((&request.ask, device.slot.0), |row| {
            let (number, state): (i64, String) = (row.get("number")?, row.get("state")?);
            let code: Option<String> = row.get("code")?;
            Ok((number, state, time(row, "expires")?, code, time(row, "code_expires")?))
        })
        .optional()?;
    let (number, state, open_until, code, code_until) = found.ok_or(ProblemId::NotAllowed)?;
    let (state, code, expires) = match (state.as_str(), request.agree) {
        ("open", true) if act.now < open_until => {
            ("agreed", Some(one_time_code(act)?), act.now.plus(CODE_GOOD_FOR))
        }
        ("agreed" | "redeemed", true) if act.now < code_until => {
            return Ok(AnswerResponse { time: act.now, code, expires: code_until });
        }
        ("open" | "agreed" | "declined", false) => ("declined", None, act.now),
        _ => return Err(ProblemId::NotAllowed.into()),
    };
    act.db
        .prepare_cached("UPDATE ask SET state = ?, code = ?, code_expires = ? WHERE number = ?")?
        .execute((state, &code, expires.get(), number))?;
    Ok(AnswerResponse { time: act.now, code, expires })
}

/// Eight digits, all equally likely.
fn one_time_code(act: &Act<'_>) -> Result<String, Error> {
    loop {
        let drawn = u32::from_be_bytes(act.random()?);
        if drawn < u32::MAX / CODES * CODES {
            return Ok(format!("{:08}", drawn % CODES));
        }
    }
}

/// Holds the code of the adult who told the asker the one-time code.
pub(crate) fn redeem(
    act: &Act<'_>,
    device: &Device,
    request: &RedeemRequest,
) -> Result<HoldResponse, Failure> {
    let key = PublicKey::try_from(&request.holding_key).map_err(|_| ProblemId::BadRequest)?;
    let code = people::document_number(&request.code);
    let found: Option<(i64, u32, String)> = act
        .db
        .prepare_cached(
            "SELECT number, target, state FROM ask
             WHERE device = ? AND code = ? AND code_expires > ? AND state IN ('agreed', 'redeemed')
             ORDER BY number LIMIT 1",
        )?
        .query_row((&device.keyid, code, act.now.get()), |row| {
            Ok((row.get("number")?, row.get("target")?, row.get("state")?))
        })
        .optional()?;
    let Some((number, target, state)) = found else {
        told_wrongly(act, device)?;
        return Err(ProblemId::OneTimeCodeRefused.into());
    };
    let relative = Slot(target);
    if state == "agreed" {
        record(act, device.slot, relative, Source::Phone)?;
    } else if !given(act, device.slot, relative)? {
        // They have taken it back since.
        return Err(ProblemId::OneTimeCodeRefused.into());
    }
    let held = people::hold_as(act, device, relative, Relation::Relative, &key)?;
    // A code that was used can be sent as often as one likes: it is no reason to forget wrong ones.
    if state == "agreed" {
        act.db
            .prepare_cached("UPDATE ask SET state = 'redeemed' WHERE number = ?")?
            .execute([number])?;
        act.db
            .prepare_cached("DELETE FROM wrong_code WHERE asker = ?")?
            .execute([device.slot.0])?;
    }
    Ok(held)
}

/// Voids the codes that `relative` gave `asker` and that were not used.
pub(super) fn take_back(act: &Act<'_>, asker: Slot, relative: Slot) -> Result<(), Error> {
    // Found among the asker's own, as in `ask`.
    act.db
        .prepare_cached(
            "UPDATE ask SET state = 'void', code = NULL
             WHERE asker = ? AND +target = ? AND state = 'agreed'",
        )?
        .execute((asker.0, relative.0))?;
    Ok(())
}

/// Counts a wrong code; after the last try nothing that was asked can be redeemed any more.
fn told_wrongly(act: &Act<'_>, device: &Device) -> Result<(), Error> {
    let times: u32 = act
        .db
        .prepare_cached(
            "INSERT INTO wrong_code (asker, times) VALUES (?, 1)
             ON CONFLICT (asker) DO UPDATE SET times = times + 1 RETURNING times",
        )?
        .query_row([device.slot.0], |row| row.get(0))?;
    if times >= TRIES {
        act.db
            .prepare_cached(
                "UPDATE ask SET state = 'void', code = NULL
                 WHERE asker = ? AND state IN ('open', 'agreed')",
            )?
            .execute([device.slot.0])?;
        act.db
            .prepare_cached("DELETE FROM wrong_code WHERE asker = ?")?
            .execute([device.slot.0])?;
    }
    Ok(())
}
