//! The citizen's wallet: live codes, nucleic-acid codes and relatives, shown offline.
//!
//! ```text
//! issuer ── answer ──▶ answers (checked) ──▶ snapshot in the sealed store ──▶ views ──▶ screen
//! ```
//!
//! Data flows one way. Everything a wallet knows is one snapshot; an answer that is genuine and for this phone makes the
//! next snapshot in one transaction, any other changes nothing; and a screen shows the snapshot and the corrected time,
//! never the network. `README.md` beside this crate has the nouns, the keys and the threats.

mod answers;
mod channel;
mod claim;
mod error;
mod news;
mod online;
mod regeneration;
mod saved;
mod secret;
mod sentence;
mod snapshot;
mod storage;
mod views;
mod wallet;
mod wish;

pub use error::{Action, BadAnswer, Error};
pub use news::{News, Resolved, Settled};
pub use online::{Refreshed, UntoldRefresh};
pub use regeneration::{PendingReason, Regenerated, UntoldRegeneration};
pub use saved::SavedCheck;
pub use sentence::Sentence;
pub use suima_client::http::Endpoint;
pub use suima_client::wire::{Made, Problem, ProblemId, Relation};
pub use suima_device::WipeReason;
pub use views::{
    ClockStatus, Confirmation, Doubt, LiveSummary, LiveView, NucleicAcidSummary, NucleicAcidView,
    PendingRegeneration, PersonView, RegenerationWarning, Status,
};
pub use wallet::{Config, Opened, Wallet};
