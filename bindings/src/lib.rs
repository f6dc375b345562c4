//! Suima for Kotlin and Swift: a thin layer over wallet and station.
//!
//! Nothing is decided here: objects delegate, records and enums are converted one to one, and errors become what a
//! shell can do about them (`error`). Every export returns a `Result`, because a panic in one that does not would end a
//! Swift app. Exports that need the network are `async` and may be dropped at any point (`runtime`).

mod challenge;
mod config;
mod door;
mod error;
mod family;
mod paper;
mod ports;
mod regeneration;
mod runtime;
mod said;
mod sampling;
mod scanner;
mod station;
mod time;
mod verifier;
mod wallet;

pub use challenge::{
    AskedAct, AskingPlace, ChallengeView, ConfirmOutcome, ConfirmedView, NamedSlot,
};
pub use config::Config;
pub use door::{DoorView, Finding, Signal};
pub use error::{CoreError, Trouble, VerifierError};
pub use family::{AskView, EndedHoldingView, HolderView, KeptCodeView, KeptKind, OneTimeCode};
pub use paper::{
    Eligibility, LossReportView, PaperCodeView, PaperView, ReminderKind, ReminderView,
};
pub use ports::{
    Clock, ClockReading, Keystore, KeystoreError, Log, LogLevel, PortError, Signer, SignerError,
    SignerKey,
};
pub use regeneration::{
    Confirmation, NewsKind, NewsView, RefreshView, RegeneratedView, RegenerationOutcome,
    ResolvedOutcome, ResolvedView, SavedOutcome, SavedView, WarningView,
};
pub use runtime::CancelHandle;
pub use said::Said;
pub use sampling::{RegistrantView, RegistrationOutcome, RegistrationView, SeatView, TubeView};
pub use scanner::{CameraReader, Scanned, WedgeReader, told_apart};
pub use station::{
    CautionKind, CautionView, ConflictKind, ConflictView, NotInRegisterView, ScanView, SessionView,
    ShownView, Station, StationStatus, SyncView, UploadView,
};
pub use verifier::{
    Colour, HeadView, Place, Presented, ReasonView, RevocationLine, RevocationListView, Roots,
    VerdictView, Verifier,
};
pub use wallet::{
    ClockState, LiveView, MadeView, NucleicAcidView, PersonView, Relation, Wallet, WalletStatus,
};

uniffi::setup_scaffolding!();
