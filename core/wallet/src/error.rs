//! What can go wrong with a wallet.
//!
//! There are two errors, after the example of Mozilla's components. [`Error`] is the rich one, for Rust: it keeps every
//! cause, and a variant exists wherever some caller or test tells the case apart. What crosses into Kotlin and
//! Swift has few variants, and those are the [`Action`]s: before adding one there, name what a shell would *do*
//! differently. [`Error::action`] is the only place where one becomes the other, so the bindings decide nothing.
//!
//! No error holds a secret, a name or a code: whatever is in here may be logged. Refusals of the issuer carry
//! its own sentences, which name nobody.

use suima_client::http::{CallError, EndpointError};
use suima_client::signature::SignError;
use suima_client::wire::{Problem, ProblemId};
use suima_code::{Reason, Slot, UnixTime};
use suima_device::{RandomError, StoreError};
use suima_sentences::Sentence;

use crate::sentence;

/// Why the wallet did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// This phone is not enrolled (or an enrolment has not been answered yet).
    #[error("this phone is not enrolled")]
    NotEnrolled,
    /// The issuer ended this phone's enrolment, as when a newer phone took its place. Its codes are gone.
    #[error("this phone's enrolment was ended")]
    DeviceEnded {
        /// When this phone learned of it.
        at: UnixTime,
    },
    /// Nobody with this slot is among those whose codes the user may hold.
    #[error("not one of the user's people")]
    NotListed {
        /// The slot that was asked for.
        slot: Slot,
    },
    /// The user may hold this person's code and does not yet: call `hold`.
    #[error("this person's code is not held")]
    NotHeld {
        /// The slot that was asked for.
        slot: Slot,
    },
    /// The person has no nucleic-acid code here: the next refresh makes one.
    #[error("no nucleic-acid code")]
    NoCode {
        /// The slot that was asked for.
        slot: Slot,
    },
    /// The person's credential has ended, and nothing newer was fetched: no live code can be drawn. Go online.
    #[error("the credential expired at {at}")]
    LiveExpired {
        /// Its `exp`.
        at: UnixTime,
    },
    /// The last nucleic-acid code has ended, and nothing newer was fetched: go online.
    #[error("expired at {at}")]
    Expired {
        /// Its `exp`, the end of its last day.
        at: UnixTime,
    },
    /// A regeneration of this code has no outcome yet, so it may be void: it is shown with its doubt, and not saved,
    /// for a picture carries none. The next refresh resolves this.
    #[error("a regeneration asked for at {since} is in doubt")]
    InDoubt {
        /// When the regeneration was asked for.
        since: UnixTime,
    },
    /// Nobody asks this, or not any more.
    #[error("no such request for consent")]
    NoSuchAsk,
    /// Nobody holds this, or not any more.
    #[error("no such holding")]
    NoSuchHolding,
    /// What was scanned is not a challenge of a portal or a terminal.
    #[error("not a challenge")]
    NotAChallenge,
    /// What was typed cannot be right, and was not sent: attempts are limited.
    #[error("mistyped: {what:?}")]
    Mistyped {
        /// What was meant to be typed.
        what: Typed,
    },
    /// No connection: the issuer has surely not heard of this.
    #[error("no connection: {reason}")]
    Offline {
        /// For a log.
        reason: String,
    },
    /// The request was sent and no usable answer came. The same call again is safe: it is the same wish.
    #[error("no answer: {reason}")]
    NoAnswer {
        /// For a log.
        reason: String,
    },
    /// The issuer refused.
    #[error("the issuer says: {}", .0.title)]
    Problem(Box<Problem>),
    /// The issuer's answer is not genuine or not for this phone. Nothing was changed.
    #[error("a bad answer: {0}")]
    BadAnswer(#[from] BadAnswer),
    /// Another call changed the wallet, or another program holds its file, at the same moment: try again.
    #[error("the wallet was busy with another call")]
    Busy,
    /// The wallet is paused: call `resume`.
    #[error("the wallet is paused")]
    Paused,
    /// The wallet was closed: open it anew.
    #[error("the wallet is closed")]
    Closed,
    /// The keystore does not answer now: nothing was changed, try later.
    #[error("the keystore is unavailable: {reason}")]
    KeystoreUnavailable {
        /// What the platform said.
        reason: String,
    },
    /// The phone's signing hardware does not answer now: nothing was changed, try later.
    #[error("the signer is unavailable: {reason}")]
    SignerUnavailable {
        /// What the platform said.
        reason: String,
    },
    /// A key in the phone's hardware is gone for good, and the wallet was emptied: to be enrolled again.
    #[error("a key in the phone's hardware is gone")]
    KeysGone,
    /// The wallet's keys are in the phone's hardware, and it was opened without a signer. A mistake in the program;
    /// nothing was changed.
    #[error("keys in hardware and no signer")]
    SignerMissing,
    /// The store failed otherwise.
    #[error(transparent)]
    Store(StoreError),
    /// The platform gave no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The configured address of the issuer cannot be used.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// A request could not be signed. A mistake in the program.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// What people type, where a mistake shows before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The number of an ID card or another document.
    Document,
    /// A one-time code.
    OneTimeCode,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// The trust bundle or the policy in it is refused.
    #[error("a document is refused: {}", .0.id())]
    Document(Reason),
    /// A credential or a code in it is refused.
    #[error("a signature is refused: {}", .0.id())]
    Signature(Reason),
    /// Something that must be there is not.
    #[error("something is missing")]
    Incomplete,
    /// It is genuine, but not what this phone asked for.
    #[error("another {what} than expected")]
    Other {
        /// In what it differs.
        what: &'static str,
    },
}

/// What a shell does about an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Ask for an activation code and enrol.
    Enrol,
    /// Say that a network is needed, and refresh when there is one.
    GoOnline,
    /// Try the same again in a moment.
    TryAgain,
    /// Bring the life cycle in order: resume, or open anew.
    Reopen,
    /// Say the sentence; trying again changes nothing.
    Tell,
    /// A fault of the device or the program: say so, and report it.
    Report,
}

impl Error {
    /// What a shell does about it.
    pub fn action(&self) -> Action {
        match self {
            Self::NotEnrolled | Self::DeviceEnded { .. } | Self::KeysGone => Action::Enrol,
            Self::NoCode { .. }
            | Self::LiveExpired { .. }
            | Self::Expired { .. }
            | Self::InDoubt { .. }
            | Self::Offline { .. } => Action::GoOnline,
            Self::NoAnswer { .. }
            | Self::BadAnswer(_)
            | Self::Busy
            | Self::KeystoreUnavailable { .. }
            | Self::SignerUnavailable { .. } => Action::TryAgain,
            Self::Paused | Self::Closed => Action::Reopen,
            Self::NotListed { .. }
            | Self::NotHeld { .. }
            | Self::NoSuchAsk
            | Self::NoSuchHolding
            | Self::NotAChallenge
            | Self::Mistyped { .. }
            | Self::Store(StoreError::Full) => Action::Tell,
            Self::Problem(problem) => match problem.id {
                ProblemId::UnknownDevice | ProblemId::DeviceEnded => Action::Enrol,
                ProblemId::Internal | ProblemId::Replayed | ProblemId::SignatureStale => {
                    Action::TryAgain
                }
                ProblemId::BadRequest
                | ProblemId::SignatureInvalid
                | ProblemId::IdempotencyKeyReused => Action::Report,
                ProblemId::ActivationRefused
                | ProblemId::OneTimeCodeRefused
                | ProblemId::NotAllowed
                | ProblemId::RelativesFull
                | ProblemId::HoldersFull
                | ProblemId::TooOften => Action::Tell,
            },
            Self::SignerMissing
            | Self::Store(_)
            | Self::Random(_)
            | Self::Endpoint(_)
            | Self::Sign(_) => Action::Report,
        }
    }

    /// A stable word for it, for a log, a shell or a test.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NotEnrolled => "not-enrolled",
            Self::DeviceEnded { .. } => "device-ended",
            Self::NotListed { .. } => "not-listed",
            Self::NotHeld { .. } => "not-held",
            Self::NoCode { .. } => "no-code",
            Self::LiveExpired { .. } | Self::Expired { .. } => "expired",
            Self::InDoubt { .. } => "in-doubt",
            Self::NoSuchAsk => "no-such-ask",
            Self::NoSuchHolding => "no-such-holding",
            Self::NotAChallenge => "not-a-challenge",
            Self::Mistyped { .. } => "mistyped",
            Self::Offline { .. } => "offline",
            Self::NoAnswer { .. } => "no-answer",
            Self::Problem(problem) => problem.id.word(),
            Self::BadAnswer(_) => "bad-answer",
            Self::Busy => "busy",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::KeystoreUnavailable { .. } => "keystore-unavailable",
            Self::SignerUnavailable { .. } => "signer-unavailable",
            Self::KeysGone => "keys-gone",
            Self::SignerMissing => "signer-missing",
            Self::Store(_) => "store",
            Self::Random(_) => "no-randomness",
            Self::Endpoint(_) => "bad-address",
            Self::Sign(_) => "not-signed",
        }
    }

    /// The moment that belongs to it, if one does.
    pub fn at(&self) -> Option<UnixTime> {
        match self {
            Self::DeviceEnded { at } | Self::LiveExpired { at } | Self::Expired { at } => Some(*at),
            Self::InDoubt { since } => Some(*since),
            _ => None,
        }
    }

    /// What to say to the person who holds the phone.
    pub fn sentence(&self) -> Sentence {
        sentence::error(self)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Paused => Self::Paused,
            StoreError::Closed => Self::Closed,
            StoreError::Busy => Self::Busy,
            StoreError::KeystoreUnavailable { reason } => Self::KeystoreUnavailable { reason },
            StoreError::Random(error) => Self::Random(error),
            other => Self::Store(other),
        }
    }
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Offline { reason } => Self::Offline { reason },
            CallError::NoAnswer { reason } => Self::NoAnswer { reason },
            CallError::Problem(problem) => Self::Problem(Box::new(problem)),
            CallError::Unsigned(error) => Self::Sign(error),
        }
    }
}
