//! The sampling station: scan, decide, bind and register with no network.
//!
//! A [`Station`] holds what it knows of keys, policy and revocations, which only ever grows, and a journal of what
//! was done at it, which is only ever appended to. Scanning needs neither network nor issuer; [`Station::sync`]
//! and [`Station::upload`] talk to the issuer when there is a network.
//!
//! `README.md` beside this crate says what is promised about durability and restarts.

mod book;
mod error;
pub mod input;
mod journal;
mod knowledge;
mod refusal;
mod remote;
mod sampling;
mod scan;
mod schema;
mod sentence;
mod state;
mod station;
#[cfg(test)]
mod tests;
mod view;

pub use error::Error;
pub use refusal::{Field, Refusal};
pub use sentence::Said;
pub use station::{Config, Station};
pub use suima_client::http::Endpoint;
pub use view::{
    Caution, ClockStatus, ConflictView, Decision, Registered, Registration, ScanView, SealedView,
    SeatView, SessionView, Shown, Status, Synced, TubeView, Uploaded,
};
