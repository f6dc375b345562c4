//! Errors as the shells see them.
//!
//! Inside, errors are rich and say what happened. Out here each variant is something a shell can *do*: try later, ask for
//! unlocking, go to enrolment, show a sentence. A variant is added only when a shell would act differently.

use suima_client::wire::ProblemId;
use suima_code::{KeyError, Reason};
use suima_wallet::Action;

use crate::said::Said;
use crate::verifier::ReasonView;

/// Why a wallet or a station did not do what was asked. Every variant has what to say to people; `detail` is for a log.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// Go to enrolment: this device is not enrolled, or not any more.
    #[error("not enrolled: {detail}")]
    NotEnrolled {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
    /// Go online: there is no network, or what is kept has run out. Nothing was sent, nothing is lost.
    #[error("go online: {detail}")]
    GoOnline {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
    /// Try again later: no answer came, the phone is not unlocked yet, the issuer is busy.
    #[error("try again: {detail}")]
    TryAgain {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
    /// Paused or shut down: resume, or open anew.
    #[error("not open: {detail}")]
    NotOpen {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
    /// Not allowed or not possible: say the sentence.
    #[error("refused: {detail}")]
    Refused {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
    /// The key of the station's journal is gone for good. Keep the file; whoever answers for the station decides.
    #[error("the journal is lost: {detail}")]
    JournalLost {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
    /// A fault of the core or of the phone. Report it.
    #[error("failed: {detail}")]
    Failed {
        /// What to say.
        said: Said,
        /// For a log.
        detail: String,
    },
}

impl CoreError {
    /// A fault that nobody but its makers can mend.
    pub(crate) fn failed(detail: impl ToString) -> Self {
        let said = suima_sentences::wallet::fault().into();
        Self::Failed { said, detail: detail.to_string() }
    }
}

impl From<KeyError> for CoreError {
    fn from(error: KeyError) -> Self {
        Self::failed(error)
    }
}

impl From<suima_wallet::Error> for CoreError {
    fn from(error: suima_wallet::Error) -> Self {
        let (said, detail) = (error.sentence().into(), error.to_string());
        match error.action() {
            Action::Enrol => Self::NotEnrolled { said, detail },
            Action::GoOnline => Self::GoOnline { said, detail },
            Action::TryAgain => Self::TryAgain { said, detail },
            Action::Reopen => Self::NotOpen { said, detail },
            Action::Tell => Self::Refused { said, detail },
            Action::Report => Self::Failed { said, detail },
        }
    }
}

impl From<suima_station::Error> for CoreError {
    fn from(error: suima_station::Error) -> Self {
        use suima_station::Error as E;
        let (said, detail) = (error.said().into(), error.to_string());
        match error {
            E::NotEnrolled => Self::NotEnrolled { said, detail },
            E::Problem(problem)
                if matches!(problem.id, ProblemId::UnknownDevice | ProblemId::DeviceEnded) =>
            {
                Self::NotEnrolled { said, detail }
            }
            E::Refused(_) | E::Problem(_) => Self::Refused { said, detail },
            E::NoDocuments | E::Offline { .. } => Self::GoOnline { said, detail },
            E::NoAnswer { .. } | E::KeystoreUnavailable { .. } => Self::TryAgain { said, detail },
            E::JournalLost => Self::JournalLost { said, detail },
            E::Paused | E::Closed => Self::NotOpen { said, detail },
            E::Untrusted { .. } | E::Endpoint(_) | E::Store(_) | E::Random(_) | E::Unsigned(_) => {
                Self::Failed { said, detail }
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
