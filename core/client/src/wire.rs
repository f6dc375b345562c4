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

/// Where each request goes.
pub mod path {
    /// [`EnrolRequest`](super::EnrolRequest).
    pub const ENROL: &str = "/v1/enrol";
    /// [`RefreshRequest`](super::RefreshRequest).
    pub const REFRESH: &str = "/v1/refresh";
    /// [`HoldRequest`](super::HoldRequest).
    pub const HOLD: &str = "/v1/hold";
    /// [`ClaimRequest`](super::ClaimRequest).
    pub const CLAIM: &str = "/v1/nucleic-acid/claim";
    /// [`RegenerateRequest`](super::RegenerateRequest).
    pub const REGENERATE: &str = "/v1/nucleic-acid/regenerate";
    /// [`AskRequest`](super::AskRequest).
    pub const ASK: &str = "/v1/family/ask";
    /// [`AnswerRequest`](super::AnswerRequest).
    pub const ANSWER: &str = "/v1/family/answer";
    /// [`RedeemRequest`](super::RedeemRequest).
    pub const REDEEM: &str = "/v1/family/redeem";
    /// [`EndRequest`](super::EndRequest).
    pub const END: &str = "/v1/family/end";
    /// [`ChallengeRequest`](super::ChallengeRequest).
    pub const CHALLENGE: &str = "/v1/challenge";
    /// [`ConfirmRequest`](super::ConfirmRequest).
    pub const CONFIRM: &str = "/v1/challenge/confirm";
    /// [`StationEnrolRequest`](super::StationEnrolRequest).
    pub const STATION_ENROL: &str = "/v1/station/enrol";
    /// [`DocumentsRequest`](super::DocumentsRequest).
    pub const DOCUMENTS: &str = "/v1/station/documents";
    /// [`ListsRequest`](super::ListsRequest).
    pub const LISTS: &str = "/v1/station/lists";
    /// [`HeadRequest`](super::HeadRequest).
    pub const HEAD: &str = "/v1/station/head";
    /// [`IdCardRequest`](super::IdCardRequest).
    pub const ID_CARD: &str = "/v1/station/id-card";
    /// [`PaperCheckRequest`](super::PaperCheckRequest).
    pub const PAPER_CHECK: &str = "/v1/station/paper-check";
    /// [`RegistrationsRequest`](super::RegistrationsRequest).
    pub const REGISTRATIONS: &str = "/v1/station/registrations";
}
