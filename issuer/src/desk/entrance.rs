//! Who is at a desk: by their phone, by their ID card, or, to begin with, by a live code.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{AskedAct, AskingPlace, ProblemId};
use suima_code::{Genuine, HoldingNumber, IdNumber, Proof, Reason, Slot, Trust, UnixTime, read};

use super::session::authority_word;
use super::{Authority, Desk, Shown};
use crate::act::{Act, optional_time};
use crate::audit::{self, Note};
use crate::error::Failure;
use crate::{Error, challenge, documents, keys, people};

/// How many cards that meet nobody a terminal takes within [`UNMATCHED_SECONDS`]. A worn chip is read wrongly now and then;
/// more is somebody who guesses.
const UNMATCHED: u32 = 5;
const UNMATCHED_SECONDS: i64 = 600;

/// Shows a challenge by which somebody logs in with their phone. An earlier one of this desk is void, and whoever was logged
/// in is so no more.
pub(crate) fn log_in(act: &Act<'_>, desk: &Desk) -> Result<Shown, Failure> {
    seat(act, desk, None, Authority::None)?;
    challenge::show(act, desk, &AskedAct::LogIn, None)
}

/// Somebody is logged in.
pub(crate) fn logged_in(
    act: &Act<'_>,
    desk: &Desk,
    user: Slot,
    authority: Authority,
) -> Result<(), Error> {
    seat(act, desk, Some(user), authority)
}

/// Another person is at the desk, or none yet: what it was given before is not theirs.
fn seat(act: &Act<'_>, desk: &Desk, user: Option<Slot>, authority: Authority) -> Result<(), Error> {
    act.db.prepare_cached("DELETE FROM ticket WHERE desk = ?")?.execute([&desk.id])?;
    act.db
        .prepare_cached("UPDATE desk SET user = ?, authority = ?, used = ? WHERE id = ?")?
        .execute((user.map(|slot| slot.0), authority_word(authority), act.now.get(), &desk.id))?;
    Ok(())
}

/// Takes an ID card from a terminal's reader. Whether its holder is logged in now.
///
/// Every card is in the audit log.
pub(crate) fn card(act: &Act<'_>, desk: &Desk, id_number: &IdNumber) -> Result<bool, Failure> {
    if desk.place != AskingPlace::Terminal {
        return Err(ProblemId::NotAllowed.into());
    }
    if !takes_cards(act, desk)? {
        note(act, desk, "card", None, "too-often")?;
        return Ok(false);
    }
    let Some(user) = people::slot_of(act, id_number)? else {
        act.db
            .prepare_cached(
                "UPDATE terminal SET unmatched = unmatched + 1,
                     unmatched_since = coalesce(unmatched_since, ?) WHERE name = ?",
            )?
            .execute((act.now.get(), &desk.name))?;
        note(act, desk, "card", None, "no-match")?;
        return Ok(false);
    };
    note(act, desk, "card", Some(user), "match")?;
    challenge::forget(act, desk)?;
    logged_in(act, desk, user, Authority::Card)?;
    Ok(true)
}

/// Whether this terminal has not met nobody too often of late.
fn takes_cards(act: &Act<'_>, desk: &Desk) -> Result<bool, Failure> {
    let found: Option<(u32, Option<UnixTime>)> = act
        .db
        .prepare_cached("SELECT unmatched, unmatched_since FROM terminal WHERE name = ?")?
        .query_row([&desk.name], |row| {
            Ok((row.get("unmatched")?, optional_time(row, "unmatched_since")?))
        })
        .optional()?;
    // It was ended.
    let Some((unmatched, since)) = found else { return Err(ProblemId::NotAllowed.into()) };
    if since.is_some_and(|since| act.now.since(since) >= UNMATCHED_SECONDS) {
        act.db
            .prepare_cached(
                "UPDATE terminal SET unmatched = 0, unmatched_since = NULL WHERE name = ?",
            )?
            .execute([&desk.name])?;
        return Ok(true);
    }
    Ok(unmatched < UNMATCHED)
}

/// Takes a live code that was shown to a terminal. It authorises nothing, for it may be a photograph: the phone that it is
/// from is asked whether its user stands here.
pub(crate) fn live_code(
    act: &Act<'_>,
    desk: &Desk,
    text: &str,
) -> Result<Result<(), Reason>, Failure> {
    if desk.place != AskingPlace::Terminal {
        return Err(ProblemId::NotAllowed.into());
    }
    let trust = Trust {
        version: 0,
        iat: act.now,
        exp: act.now.plus(1),
        keys: keys::published(act)?.into_iter().map(|status| status.trusted).collect(),
    };
    let proof = match read(text, &trust, act.now) {
        Ok(Genuine::Live(proof)) => proof,
        Ok(Genuine::Static(_)) => return Ok(Err(Reason::NotACode)),
        Err(reason) => return Ok(Err(reason)),
    };
    if let Err(reason) = fresh(act, &proof)? {
        return Ok(Err(reason));
    }
    match holder(act, proof.credential.holding)? {
        Ok(user) => {
            note(act, desk, "live-code", Some(proof.credential.slot), "asked")?;
            seat(act, desk, None, Authority::None)?;
            challenge::show(act, desk, &AskedAct::LogIn, Some(user))?;
            Ok(Ok(()))
        }
        Err(reason) => Ok(Err(reason)),
    }
}

fn fresh(act: &Act<'_>, proof: &Proof) -> Result<Result<(), Reason>, Error> {
    let window = i64::from(documents::policy(act)?.limits.live_window_seconds);
    let age = act.now.since(proof.signed_at);
    let seconds = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(if age > window {
        Err(Reason::Stale { by: seconds(age) })
    } else if age < -window {
        Err(Reason::Ahead { by: seconds(-age) })
    } else if act.now >= proof.credential.exp {
        Err(Reason::Expired { at: proof.credential.exp })
    } else {
        Ok(())
    })
}

/// The user on whose phone a holding is.
fn holder(act: &Act<'_>, holding: HoldingNumber) -> Result<Result<Slot, Reason>, Error> {
    let found: Option<(u32, Option<UnixTime>)> = act
        .db
        .prepare_cached(
            "SELECT device.slot, holding.ended FROM holding
             JOIN device ON device.keyid = holding.device WHERE number = ?",
        )?
        .query_row([holding.0], |row| Ok((row.get("slot")?, optional_time(row, "ended")?)))
        .optional()?;
    Ok(match found {
        Some((user, None)) => Ok(Slot(user)),
        Some((_, Some(at))) => Err(Reason::HoldingEnded { at }),
        None => Err(Reason::NotACode),
    })
}

fn note(
    act: &Act<'_>,
    desk: &Desk,
    question: &'static str,
    slot: Option<Slot>,
    outcome: &'static str,
) -> Result<(), Error> {
    let (asker, place) = (&desk.id, &desk.name);
    audit::note(act, &Note { by: "desk", asker, place, staff: "", question, slot, outcome })
}
