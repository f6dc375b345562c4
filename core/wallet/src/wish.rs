//! The wish to regenerate: written before it is sent, and kept until the issuer has said what became of it
//! (design, section 4).

use serde::{Deserialize, Serialize};
use suima_client::wire::ProblemId;
use suima_code::UnixTime;

use crate::channel::Failure;

/// Seconds after which the issuer does not execute a wish any more.
pub(crate) const WISH_SECONDS: i64 = 120;

/// A regeneration whose outcome is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wish {
    /// Names it in every sending, so that it is executed once at most.
    pub idempotency_key: String,
    /// The `iat` of the code it means to void.
    pub void: Option<UnixTime>,
    /// When it was made, by the corrected time.
    pub since: UnixTime,
    /// The issuer executes nothing after this.
    pub not_after: UnixTime,
    /// How often it was taken up to be sent, counted before each sending.
    pub sendings: u32,
}

impl Wish {
    pub fn new(idempotency_key: String, void: Option<UnixTime>, now: UnixTime) -> Self {
        let not_after = now.plus(WISH_SECONDS);
        Self { idempotency_key, void, since: now, not_after, sendings: 0 }
    }

    /// Whether the two are the same wish, however often sent.
    pub fn is(&self, other: &Self) -> bool {
        self.idempotency_key == other.idempotency_key
    }

    /// Counts one more sending. To be written before the wish is sent: a wish that two calls took up, or one call and,
    /// after a crash, another, is never taken for one that was not sent.
    pub fn take_up(&mut self) -> Sending {
        self.sendings = self.sendings.saturating_add(1);
        if self.sendings == 1 { Sending::First } else { Sending::Again }
    }
}

/// Which sending of a wish this is, as far as that is known for sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sending {
    /// The first in its life.
    First,
    /// An earlier one may have reached the issuer.
    Again,
}

/// What came back from a sending instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Echo {
    /// It surely did not leave the phone.
    NotSent,
    /// No answer, or one that cannot be used.
    Nothing,
    /// A refusal.
    Refused(ProblemId),
}

impl From<&Failure> for Echo {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Refused(heard) => Self::Refused(heard.body.id),
            Failure::NotSent(_) => Self::NotSent,
            Failure::NoAnswer(_) => Self::Nothing,
        }
    }
}

/// What is to be done with a wish that got no answer. One that did is settled: its outcome and the codes that came
/// with it are written, and it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The issuer never had it and never will: it is gone, and nothing was changed.
    NeverHappened,
    /// It may have been executed, and the issuer will not tell any more. It is gone once all codes have been
    /// fetched anew, and not before.
    Unanswerable,
    /// Nobody knows: it stays, what is shown stays in doubt, and the next refresh sends it again.
    Pending,
}

/// What follows from `echo`.
pub(crate) fn fate(sending: Sending, echo: Echo) -> Fate {
    match (echo, sending) {
        (Echo::NotSent, Sending::First) => Fate::NeverHappened,
        (Echo::Refused(problem), Sending::First) if executed_nothing(problem) => {
            Fate::NeverHappened
        }
        (Echo::Refused(problem), Sending::Again) if is_final(problem) => Fate::Unanswerable,
        (Echo::NotSent | Echo::Nothing | Echo::Refused(_), _) => Fate::Pending,
    }
}

/// Whether a sending that was refused like this has surely done nothing. A replayed one met its twin, which may
/// have been executed; a failure may have come after the deed.
fn executed_nothing(problem: ProblemId) -> bool {
    !matches!(problem, ProblemId::Replayed | ProblemId::Internal)
}

/// Whether every later sending would be refused too.
fn is_final(problem: ProblemId) -> bool {
    match problem {
        ProblemId::BadRequest
        | ProblemId::DeviceEnded
        | ProblemId::NotAllowed
        | ProblemId::IdempotencyKeyReused
        | ProblemId::ActivationRefused
        | ProblemId::OneTimeCodeRefused
        | ProblemId::RelativesFull
        | ProblemId::HoldersFull => true,
        ProblemId::SignatureInvalid
        | ProblemId::SignatureStale
        | ProblemId::Replayed
        | ProblemId::UnknownDevice
        | ProblemId::TooOften
        | ProblemId::Internal => false,
    }
}

#[cfg(test)]
mod tests;
