//! The bodies of requests and answers: JSON over HTTP.
//!
//! Every request is a `POST` signed by the device key (RFC 9421, see `docs/decisions/`), with an
//! `Idempotency-Key`. An answer is one of the types here, or a [`Problem`].

mod activation;
mod encoding;
mod problem;
mod station;
mod wallet;

pub use activation::*;
pub use encoding::*;
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
    /// [`StationEnrolRequest`](super::StationEnrolRequest).
    pub const STATION_ENROL: &str = "/v1/station/enrol";
    /// [`DocumentsRequest`](super::DocumentsRequest).
    pub const DOCUMENTS: &str = "/v1/station/documents";
    /// [`ListsRequest`](super::ListsRequest).
    pub const LISTS: &str = "/v1/station/lists";
    /// [`HeadRequest`](super::HeadRequest).
    pub const HEAD: &str = "/v1/station/head";
    /// [`RegistrationsRequest`](super::RegistrationsRequest).
    pub const REGISTRATIONS: &str = "/v1/station/registrations";
}
