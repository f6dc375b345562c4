//! Errors as the shells see them.
//!
//! Inside, errors are rich and say what happened. Out here each variant is something a shell can *do*: try later, ask for
//! unlocking, go to enrolment, show a sentence. A variant is added only when a shell would act differently.

use std::time::SystemTime;

use suima_client::wire::ProblemId;
use suima_code::{KeyError, Reason};
use suima_wallet::Action;

use crate::said::Said;
use crate::time::from_unix;
use crate::verifier::ReasonView;

/// What went wrong, in every error.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Trouble {
    /// A stable word, `not-held` or `relatives-full`: for a log, or for a shell that knows more to do.
    pub id: String,
    /// The moment that belongs to it, as when something expired.
    pub at: Option<SystemTime>,
    /// What to say to people.
    pub said: Said,
    /// For a log; nothing personal.
    pub detail: String,
}

/// Why a wallet or a station did not do what was asked. Each variant is something else for a shell to do.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// Go to enrolment: this device is not enrolled, or not any more.
    #[error("not enrolled: {}", trouble.detail)]
    NotEnrolled {
        /// What went wrong.
        trouble: Trouble,
    },
    /// Go online: there is no network, or what is kept has run out. Nothing was sent, nothing is lost.
    #[error("go online: {}", trouble.detail)]
    GoOnline {
        /// What went wrong.
        trouble: Trouble,
    },
    /// Try again later: no answer came, the phone is not unlocked yet, the issuer is busy.
    #[error("try again: {}", trouble.detail)]
    TryAgain {
        /// What went wrong.
        trouble: Trouble,
    },
    /// Paused or shut down: resume, or open anew.
    #[error("not open: {}", trouble.detail)]
    NotOpen {
        /// What went wrong.
        trouble: Trouble,
    },
    /// Not allowed or not possible: say the sentence.
    #[error("refused: {}", trouble.detail)]
    Refused {
        /// What went wrong.
        trouble: Trouble,
    },
    /// The key of the station's journal is gone for good. Keep the file; whoever answers for the station decides.
    #[error("the journal is lost: {}", trouble.detail)]
    JournalLost {
        /// What went wrong.
        trouble: Trouble,
    },
    /// The shell cancelled the call. What had been sent by then the next refresh, sync or upload sees.
    #[error("cancelled: {}", trouble.detail)]
    Cancelled {
        /// What went wrong.
        trouble: Trouble,
    },
    /// A fault of the core or of the phone. Report it.
    #[error("failed: {}", trouble.detail)]
    Failed {
        /// What went wrong.
        trouble: Trouble,
    },
}

impl CoreError {
    /// A fault that nobody but its makers can mend.
    pub(crate) fn failed(detail: impl ToString) -> Self {
        let said = suima_sentences::wallet::fault().into();
        let (id, detail) = ("fault".to_owned(), detail.to_string());
        Self::Failed { trouble: Trouble { id, at: None, said, detail } }
    }

    /// The shell cancelled the call.
    pub(crate) fn cancelled() -> Self {
        let said = suima_sentences::wallet::cancelled().into();
        let (id, detail) = ("cancelled".to_owned(), "cancelled by the shell".to_owned());
        Self::Cancelled { trouble: Trouble { id, at: None, said, detail } }
    }
}

impl From<KeyError> for CoreError {
    fn from(error: KeyError) -> Self {
        Self::failed(error)
    }
}

impl From<suima_wallet::Error> for CoreError {
    fn from(error: suima_wallet::Error) -> Self {
        let trouble = Trouble {
            id: error.id().to_owned(),
            at: error.at().map(from_unix),
            said: error.sentence().into(),
            detail: error.to_string(),
        };
        match error.action() {
            Action::Enrol => Self::NotEnrolled { trouble },
            Action::GoOnline => Self::GoOnline { trouble },
            Action::TryAgain => Self::TryAgain { trouble },
            Action::Reopen => Self::NotOpen { trouble },
            Action::Tell => Self::Refused { trouble },
            Action::Report => Self::Failed { trouble },
        }
    }
}

impl From<suima_station::Error> for CoreError {
    fn from(error: suima_station::Error) -> Self {
        use suima_station::Error as E;
        let trouble = Trouble {
            id: error.id().to_owned(),
            at: None,
            said: error.said().into(),
            detail: error.to_string(),
        };
        match error {
            E::NotEnrolled => Self::NotEnrolled { trouble },
            E::Problem(problem)
                if matches!(problem.id, ProblemId::UnknownDevice | ProblemId::DeviceEnded) =>
            {
                Self::NotEnrolled { trouble }
            }
            E::Refused(_) | E::Problem(_) => Self::Refused { trouble },
            E::NoDocuments | E::Offline { .. } => Self::GoOnline { trouble },
            E::NoAnswer { .. } | E::KeystoreUnavailable { .. } => Self::TryAgain { trouble },
            E::JournalLost => Self::JournalLost { trouble },
            E::Paused | E::Closed => Self::NotOpen { trouble },
            E::Untrusted { .. } | E::Endpoint(_) | E::Store(_) | E::Random(_) | E::Unsigned(_) => {
                Self::Failed { trouble }
            }
        }
    }
}

/// Why a [`Verifier`](crate::verifier::Verifier) gave no answer.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum VerifierError {
    /// The document is refused.
    #[error("{}", reason.id)]
    Refused {
        /// Why.
        reason: ReasonView,
    },
    /// A root is not an Ed25519 key of 32 bytes.
    #[error("not a root key")]
    NotARoot,
    /// A line has a kind or a cause that does not exist.
    #[error("not a line of a revocation list")]
    NotALine,
    /// A nonce is not 16 bytes long.
    #[error("not a nonce of 16 bytes")]
    NotANonce,
}

impl From<Reason> for VerifierError {
    fn from(reason: Reason) -> Self {
        Self::Refused { reason: ReasonView::new(reason, None) }
    }
}

impl From<KeyError> for VerifierError {
    fn from(KeyError: KeyError) -> Self {
        Self::NotARoot
    }
}
