//! Suima for Kotlin and Swift: a thin layer over wallet and station.
//!
//! Nothing is decided here: objects delegate, records and enums are converted one to one, and errors become what a
//! shell can do about them (`error`). Every export returns a `Result`, because a panic in one that does not would end a
//! Swift app. Exports that need the network are `async` and may be dropped at any point (`runtime`).

mod config;
mod error;
mod ports;
mod runtime;
mod said;
mod station;
mod time;
mod verifier;
mod wallet;

pub use config::Config;
pub use error::{CoreError, VerifierError};
pub use ports::{Clock, ClockReading, Keystore, KeystoreError, Log, LogLevel, PortError};
pub use said::Said;
pub use station::{
    ConflictKind, ConflictView, RegistrationOutcome, RegistrationView, ScanView, SeatView,
    SessionView, ShownView, Station, StationStatus, SyncView, TubeView,
};
pub use verifier::{
    Colour, HeadView, Place, Presented, ReasonView, RevocationLine, RevocationListView, Roots,
    VerdictView, Verifier,
};
pub use wallet::{
    ClockState, Confirmation, LiveView, MadeView, NewsView, NucleicAcidView, PersonView,
    RefreshView, RegeneratedView, RegenerationOutcome, Relation, SavedOutcome, SavedView, Wallet,
    WalletStatus, WarningView,
};

uniffi::setup_scaffolding!();
