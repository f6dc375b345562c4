//! What the operator can look at: the register, families, devices, and what stations sent. Nothing is changed by it.

mod devices;
mod entries;
mod family;
mod register;

use suima_code::UnixTime;

pub use self::devices::{Phone, StationStatus, TerminalStatus};
pub use self::entries::ReceivedEntry;
pub use self::family::{AskState, Asked, Consent, ConsentGiven, Kinship};
pub use self::register::{RegisteredDocument, RegisteredPerson};

/// That something was ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndOf {
    /// When.
    pub at: UnixTime,
    /// The operator's reason; none where it was no operator who did it.
    pub reason: Option<String>,
}

impl EndOf {
    /// From two columns; `None` where nothing was ended.
    fn of(at: Option<UnixTime>, reason: Option<String>) -> Option<Self> {
        at.map(|at| Self { at, reason })
    }
}
