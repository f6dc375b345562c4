//! The station: scan, decide, bind and register with no network, at sampling, at gates and at doors.
//!
//! A [`Station`] holds what it knows of keys, policy and revocations, which only ever grows, and a journal of what
//! was done at it, which is only ever appended to. Scanning needs neither network nor issuer; [`Station::sync`]
//! and [`Station::upload`] talk to the issuer when there is a network, and an ID card is looked up there.
//!
//! `README.md` beside this crate says what is promised about durability and restarts.

mod book;
mod door;
mod error;
mod gate;
pub mod input;
mod journal;
mod knowledge;
mod lookup;
mod refusal;
mod registering;
mod remote;
mod sampling;
mod scan;
mod schema;
mod sentence;
mod state;
mod station;
#[cfg(test)]
mod tests;
mod verdict;
mod view;

pub use error::Error;
pub use refusal::{Field, Refusal};
pub use station::{Config, Station};
pub use suima_client::http::Endpoint;
pub use suima_device::ClockStatus;
pub use suima_sentences::Sentence;
pub use verdict::{Compared, Decision, DoorView, Finding, ScanView, Signal};
pub use view::{
    Caution, ConflictView, NotInRegister, Registered, Registrant, Registration, SealedView,
    SeatView, SessionView, Shown, Status, Synced, TubeView, Uploaded,
};
