//! Consent: adults who agreed that somebody holds their codes (design section 8).
//!
//! Given on their own phone to somebody who asked ([`asks`]), at a terminal with the ID card, or by an operator's
//! decision; in force until the relative ends the holding or an operator withdraws it. Every consent stays as a row, with
//! its source, its times and the reasons.

mod asks;

use rusqlite::OptionalExtension as _;
use suima_client::wire::ProblemId;
use suima_code::{Slot, UnixTime};

pub(crate) use self::asks::{answer, ask, asks, redeem};
use crate::act::{Act, time};
use crate::error::Failure;
use crate::{Error, documents, people};

/// Where somebody agreed.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// On their own phone.
    Phone,
    /// In person, with the ID card.
    Terminal {
        /// The terminal's name.
        name: &'a str,
    },
    /// An operator decided.
    Operator {
        /// Why.
        reason: &'a str,
    },
}

/// Whether `relative` has agreed that `asker` holds their codes, and it was not withdrawn.
pub(crate) fn given(act: &Act<'_>, asker: Slot, relative: Slot) -> Result<bool, Error> {
    let given = act
        .db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM consent
             WHERE asker = ? AND relative = ? AND ended IS NULL)",
        )?
        .query_row((asker.0, relative.0), |row| row.get(0))?;
    Ok(given)
}

/// When `relative` agreed to what [`given`] tells.
pub(crate) fn since(act: &Act<'_>, asker: Slot, relative: Slot) -> Result<Option<UnixTime>, Error> {
    let since = act
        .db
        .prepare_cached(
            "SELECT at FROM consent WHERE asker = ? AND relative = ? AND ended IS NULL",
        )?
        .query_row((asker.0, relative.0), |row| time(row, "at"))
        .optional()?;
    Ok(since)
}

/// Records that `relative` agrees. Refused for a minor, for oneself, and where the policy leaves no room for one more
/// holding. The same again changes nothing.
pub(crate) fn record(
    act: &Act<'_>,
    asker: Slot,
    relative: Slot,
    source: Source<'_>,
) -> Result<(), Failure> {
    let policy = documents::policy(act)?;
    let birth_date = people::named(act, relative)?.birth_date;
    if asker == relative || people::is_minor(act, &policy.limits, birth_date) {
        return Err(ProblemId::NotAllowed.into());
    }
    if given(act, asker, relative)? {
        return Ok(());
    }
    people::room_for_another(act, &policy, asker, relative)?;
    let (source, note) = match source {
        Source::Phone => ("phone", None),
        Source::Terminal { name } => ("terminal", Some(name)),
        Source::Operator { reason } => ("operator", Some(reason)),
    };
    act.db
        .prepare_cached(
            "INSERT INTO consent (asker, relative, at, source, note) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute((asker.0, relative.0, act.now.get(), source, note))?;
    Ok(())
}

/// Withdraws a consent, if there is one in force, and ends what `asker` holds by it; one-time codes that the relative gave
/// the asker are good no more. `None` stands for the relative themselves. Whether there was one.
pub(crate) fn withdraw(
    act: &Act<'_>,
    asker: Slot,
    relative: Slot,
    reason: Option<&str>,
) -> Result<bool, Error> {
    asks::take_back(act, asker, relative)?;
    let withdrawn = act
        .db
        .prepare_cached(
            "UPDATE consent SET ended = ?, end_reason = ?
             WHERE asker = ? AND relative = ? AND ended IS NULL RETURNING number",
        )?
        .query_row((act.now.get(), reason, asker.0, relative.0), |_| Ok(()))
        .optional()?;
    if withdrawn.is_some() {
        people::end_held_by(act, asker, relative)?;
    }
    Ok(withdrawn.is_some())
}
