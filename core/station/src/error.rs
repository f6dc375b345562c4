//! What can go wrong.

use suima_client::http::{CallError, EndpointError};
use suima_client::signature::SignError;
use suima_client::wire::Problem;
use suima_code::Reason;
use suima_device::{RandomError, SealError, StoreError};

use crate::Refusal;

/// Why the station did not do what was asked.
///
/// Policy: a variant of its own only where somebody does something of their own about it: the staff
/// ([`Error::Refused`], [`Error::NotEnrolled`]), the shell (resume, try later), or whoever answers for the
/// device ([`Error::JournalLost`]). What can only be reported is [`Error::Store`]. A code that is refused is no error
/// but an answer, a [`Decision`](crate::Decision) or a [`Registration`](crate::Registration). No text in here holds
/// personal data, but for [`Error::Refused`], which repeats what the staff typed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules of sampling do not allow it; [`Refusal::said`] tells the staff.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The station was never enrolled: enter an activation code.
    #[error("the station is not enrolled")]
    NotEnrolled,
    /// The station is enrolled and holds no trust bundle or no policy that counts: sync.
    #[error("the station holds no documents to judge by: sync")]
    NoDocuments,
    /// No connection to the issuer; nothing was sent. Scanning goes on without it.
    #[error("no connection to the issuer: {reason}")]
    Offline {
        /// For a log, not for people.
        reason: String,
    },
    /// A request was sent and no readable answer came. Whatever it was may be repeated: it takes effect once.
    #[error("no answer from the issuer: {reason}")]
    NoAnswer {
        /// For a log, not for people.
        reason: String,
    },
    /// The issuer refused. [`Problem::title_chinese`] and [`Problem::title`] tell people.
    #[error("the issuer says: {}", .0.title)]
    Problem(Problem),
    /// The issuer sent something whose signature does not hold here. Nothing of it was taken in.
    #[error("the {what} from the issuer is refused: {}", .reason.id())]
    Untrusted {
        /// What was sent: `trust bundle`, `policy`, `head`.
        what: &'static str,
        /// Why it is refused.
        reason: Reason,
    },
    /// The address of the issuer in the configuration cannot be used.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The keystore does not answer now (the device was not unlocked yet, or is busy). Nothing was touched: try
    /// later.
    #[error("the keystore is unavailable: {reason}")]
    KeystoreUnavailable {
        /// What the platform said.
        reason: String,
    },
    /// The key that opens the journal is gone for good, as after a restored backup, and the entries not yet uploaded
    /// with it. Nothing was wiped. Whoever answers for the station: keep the file, have the tubes of the shift
    /// that were not uploaded sampled anew, then open a new file at another path and enrol with a new
    /// activation code.
    #[error("the key of the journal is lost; keep the file, and enrol anew with another file")]
    JournalLost,
    /// The station is paused: resume it.
    #[error("the station is paused")]
    Paused,
    /// The station was closed: open it anew.
    #[error("the station is closed")]
    Closed,
    /// Anything else the store says. Nothing acknowledged is lost by it.
    #[error(transparent)]
    Store(StoreError),
    /// No randomness for an id or a nonce.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// A request could not be signed: a mistake in this program.
    #[error(transparent)]
    Unsigned(SignError),
}

impl Error {
    /// A stable word for it, for a log, a shell or a test.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.id(),
            Self::NotEnrolled => "not-enrolled",
            Self::NoDocuments => "no-documents",
            Self::Offline { .. } => "offline",
            Self::NoAnswer { .. } => "no-answer",
            Self::Problem(problem) => problem.id.word(),
            Self::Untrusted { .. } => "bad-answer",
            Self::Endpoint(_) => "bad-address",
            Self::KeystoreUnavailable { .. } => "keystore-unavailable",
            Self::JournalLost => "journal-lost",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::Store(_) => "store",
            Self::Random(_) => "no-randomness",
            Self::Unsigned(_) => "not-signed",
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::KeystoreUnavailable { reason } => Self::KeystoreUnavailable { reason },
            StoreError::JournalKeyLost => Self::JournalLost,
            StoreError::Paused => Self::Paused,
            StoreError::Closed => Self::Closed,
            StoreError::Random(error) => Self::Random(error),
            other => Self::Store(other),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        StoreError::from(error).into()
    }
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Offline { reason } => Self::Offline { reason },
            CallError::NoAnswer { reason } => Self::NoAnswer { reason },
            CallError::Problem(problem) => Self::Problem(problem),
            CallError::Unsigned(error) => Self::Unsigned(error),
        }
    }
}
