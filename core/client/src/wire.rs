//! The bodies of requests and answers: JSON over HTTP.
//!
//! Every request is a `POST` signed by the device key (RFC 9421, see `docs/decisions/`), with an
//! `Idempotency-Key`. An answer is one of the types here, or a [`Problem`].

mod activation;
mod challenge;
mod encoding;
mod family;
mod paper;
mod problem;
mod station;
mod wallet;

pub use activation::*;
pub use challenge::*;
pub use encoding::*;
pub use family::*;
pub use paper::*;
pub use problem::*;
pub use station::*;
pub use wallet::*;

/// Writes the paths, each with its documentation, and a list of them all.
macro_rules! paths {
    ($( $(#[$doc:meta])* $name:ident = $path:literal; )*) => {
        $( $(#[$doc])* pub const $name: &str = $path; )*

        /// All of them.
        pub const ALL: &[&str] = &[$($name),*];
    };
}

/// Where each request goes.
pub mod path {
    paths! {
        /// [`EnrolRequest`](super::EnrolRequest).
        ENROL = "/v1/enrol";
        /// [`RefreshRequest`](super::RefreshRequest).
        REFRESH = "/v1/refresh";
        /// [`HoldRequest`](super::HoldRequest).
        HOLD = "/v1/hold";
        /// [`ClaimRequest`](super::ClaimRequest).
        CLAIM = "/v1/nucleic-acid/claim";
        /// [`RegenerateRequest`](super::RegenerateRequest).
        REGENERATE = "/v1/nucleic-acid/regenerate";
        /// [`AskRequest`](super::AskRequest).
        ASK = "/v1/family/ask";
        /// [`AnswerRequest`](super::AnswerRequest).
        ANSWER = "/v1/family/answer";
        /// [`RedeemRequest`](super::RedeemRequest).
        REDEEM = "/v1/family/redeem";
        /// [`EndRequest`](super::EndRequest).
        END = "/v1/family/end";
        /// [`ChallengeRequest`](super::ChallengeRequest).
        CHALLENGE = "/v1/challenge";
        /// [`ConfirmRequest`](super::ConfirmRequest).
        CONFIRM = "/v1/challenge/confirm";
        /// [`StationEnrolRequest`](super::StationEnrolRequest).
        STATION_ENROL = "/v1/station/enrol";
        /// [`DocumentsRequest`](super::DocumentsRequest).
        DOCUMENTS = "/v1/station/documents";
        /// [`ListsRequest`](super::ListsRequest).
        LISTS = "/v1/station/lists";
        /// [`HeadRequest`](super::HeadRequest).
        HEAD = "/v1/station/head";
        /// [`IdCardRequest`](super::IdCardRequest).
        ID_CARD = "/v1/station/id-card";
        /// [`PaperCheckRequest`](super::PaperCheckRequest).
        PAPER_CHECK = "/v1/station/paper-check";
        /// [`RegistrationsRequest`](super::RegistrationsRequest).
        REGISTRATIONS = "/v1/station/registrations";
    }
}
