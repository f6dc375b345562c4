//! Which sentence of the one table says what: no words of its own.

use suima_client::wire::{Made, ProblemId};
use suima_code::{Presented, Reason, UnixTime};
use suima_device::ClockStatus;
use suima_sentences::wallet as say;
use suima_sentences::{Sentence, describe, describe_problem, duration, last_day, minute};

use crate::error::{Error, Typed};
use crate::news::{News, Novelty, Resolved, Settled};
use crate::saved::SavedCheck;
use crate::views::Doubt;

/// What regenerating voids (R9).
pub(crate) fn warning(name: &str, voids: Option<&Made>) -> Sentence {
    match voids {
        Some(made) => say::regenerating_voids(name, &made.by, &minute(made.iat)),
        None => say::regenerating_voids_nothing(name),
    }
}

pub(crate) fn regeneration_pending(since: UnixTime) -> Sentence {
    say::regeneration_pending(&minute(since))
}

/// What to say of the clock, where there is something to say.
pub(crate) fn clock(status: ClockStatus) -> Option<Sentence> {
    match status {
        ClockStatus::Right => None,
        ClockStatus::Wrong { by_seconds } => {
            let by = duration(by_seconds.unsigned_abs());
            Some(if by_seconds > 0 { say::clock_ahead(&by) } else { say::clock_behind(&by) })
        }
        ClockStatus::Unchecked => Some(say::clock_unchecked()),
    }
}

/// How old the wallet's knowledge is.
pub(crate) fn age(as_of: UnixTime, seconds: u64) -> Sentence {
    say::offline_since(&minute(as_of), &duration(seconds))
}

pub(crate) fn colour_too_old(as_of: UnixTime) -> Sentence {
    say::colour_too_old(&minute(as_of))
}

/// The wallet was emptied because its keys are gone.
pub(crate) fn keys_gone() -> Sentence {
    say::keys_gone()
}

/// Several names in a row.
pub(crate) fn names(names: &[&str]) -> Sentence {
    Sentence { zh: names.join("、"), en: names.join(", ") }
}

impl Settled {
    /// What became of the regeneration of `name`'s code.
    pub fn sentence(&self, name: &str) -> Sentence {
        match self {
            Self::Made { made } => say::regenerated(name, &minute(made.iat)),
            Self::Overtaken { current: Some(made) } => {
                say::regenerated_and_overtaken(&made.by, &minute(made.iat))
            }
            Self::Overtaken { current: None } => say::regenerated_and_void(),
            Self::Behind { current: Some(made) } => say::behind(&made.by, &minute(made.iat)),
            Self::Behind { current: None } => say::behind_unknown(),
            Self::TooLate => say::too_late(),
            Self::UsedUp => say::used_up(),
            Self::Unknown { .. } => say::outcome_unknown(),
        }
    }
}

impl Resolved {
    /// What to say of it.
    pub fn sentence(&self) -> Sentence {
        self.outcome.sentence(&self.name)
    }
}

impl News {
    /// What to say of it.
    pub fn sentence(&self) -> Sentence {
        let name = &self.name;
        match &self.what {
            Novelty::Regenerated(made) => say::regenerated_by(&made.by, &minute(made.iat), name),
            Novelty::PaperMade { code, voided: true } => {
                say::paper_replaced_by(&code.by, &minute(code.iat), &code.place, name)
            }
            Novelty::PaperMade { code, voided: false } => {
                say::paper_made_by(&code.by, &minute(code.iat), &code.place, name)
            }
            Novelty::PaperLost(report) => {
                say::paper_lost_by(&report.by, &minute(report.at), &report.place, name)
            }
            Novelty::CameOfAge => say::came_of_age(name),
            Novelty::ConsentWithdrawn => say::consent_withdrawn(name),
            Novelty::HoldingEnded => say::holding_ended_by_others(name),
            Novelty::NoLongerListed => say::no_longer_listed(name),
            Novelty::EarlierPhoneEnded { enrolled } => say::earlier_phone_ended(&minute(*enrolled)),
            Novelty::HeldBy(holder) => {
                say::held_by_another(&holder.name, &minute(holder.since), name)
            }
            Novelty::NotHeldBy(holder) => say::not_held_by_another(&holder.name, name),
        }
    }
}

/// The same, said of then and not of now: whoever has gone online since may know better.
fn known_on(said: &Sentence, as_of: UnixTime) -> Sentence {
    say::as_known_on(&minute(as_of), said)
}

impl SavedCheck {
    /// What to say of the picture.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Current { until, doubt: None, name, as_of, old, .. } => {
                let said = say::saved_is_current(name, &last_day(*until));
                if *old { known_on(&said, *as_of) } else { said }
            }
            Self::Current { doubt: Some(Doubt::RegenerationPending { since }), .. }
            | Self::Successor { doubt: Some(Doubt::RegenerationPending { since }), .. } => {
                regeneration_pending(*since)
            }
            Self::Successor { from, until, doubt: None, name, as_of, old, .. } => {
                let said = say::saved_is_next(name, &minute(*from), &last_day(*until));
                if *old { known_on(&said, *as_of) } else { said }
            }
            Self::Replaced { at, by: Some(by), .. } => say::saved_was_replaced_by(&minute(*at), by),
            Self::Replaced { at, by: None, .. } => say::saved_was_replaced(&minute(*at)),
            Self::Expired { at, .. } => {
                describe(&Reason::Expired { at: *at }, Some(Presented::NucleicAcid))
            }
            Self::NotKnown { .. } => say::saved_is_newer(),
            Self::NotYours => say::saved_is_not_yours(),
            Self::NotSaved => say::saved_is_not_for_saving(),
            Self::Refused { reason } => describe(reason, Some(Presented::NucleicAcid)),
        }
    }
}

pub(crate) fn error(error: &Error) -> Sentence {
    match error {
        Error::NotEnrolled => say::not_enrolled(),
        Error::DeviceEnded { .. } => say::device_ended(),
        Error::NotListed { .. } => say::not_listed(),
        Error::NotHeld { .. } => say::not_held(),
        Error::NoCode { .. } => say::no_code(),
        Error::LiveExpired { at } => say::live_is_over(&minute(*at)),
        Error::Expired { at } => say::code_is_over(&last_day(*at)),
        Error::InDoubt { since } => say::not_saved_in_doubt(&minute(*since)),
        Error::NoSuchAsk => say::no_such_ask(),
        Error::NoSuchHolding => say::no_such_holding(),
        Error::NotAChallenge => say::not_a_challenge(),
        Error::Mistyped { what: Typed::Document } => say::document_mistyped(),
        Error::Mistyped { what: Typed::OneTimeCode } => say::one_time_code_mistyped(),
        Error::Offline { .. } => say::offline(),
        Error::NoAnswer { .. } => say::no_answer(),
        Error::Problem(problem) if problem.id == ProblemId::DeviceEnded => say::device_ended(),
        Error::Problem(problem) => describe_problem(problem.id),
        Error::BadAnswer(_) => say::bad_answer(),
        Error::Busy => say::busy(),
        Error::Paused | Error::Closed => say::in_background(),
        Error::KeystoreUnavailable { .. } => say::keystore_unavailable(),
        Error::SignerUnavailable { .. } => say::signer_unavailable(),
        Error::KeysGone => keys_gone(),
        Error::Store(suima_device::StoreError::Full) => say::storage_full(),
        Error::SignerMissing
        | Error::Store(_)
        | Error::Random(_)
        | Error::Endpoint(_)
        | Error::Sign(_) => say::fault(),
    }
}

#[cfg(test)]
mod tests;
