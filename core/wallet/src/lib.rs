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
mod challenge;
mod channel;
mod claim;
mod consent;
mod enrolment;
mod errand;
mod error;
mod family;
mod keys;
mod news;
mod online;
mod paper;
mod regeneration;
mod reminders;
mod saved;
mod secret;
mod sentence;
mod snapshot;
mod storage;
mod views;
mod wallet;
mod wish;

pub use challenge::{ChallengeView, ConfirmedView, UntoldConfirmed};
pub use consent::{AskView, OneTimeCode, asked};
pub use error::{Action, BadAnswer, Error, Typed};
pub use family::{EndedHolding, HolderView, KeptCode};
pub use news::{News, Novelty, Resolved, Settled, UnreadNews};
pub use online::{Refreshed, UntoldRefresh};
pub use paper::PaperView;
pub use regeneration::{PendingReason, Regenerated, UntoldRegeneration};
pub use reminders::{Reminder, ReminderKind};
pub use saved::SavedCheck;
pub use suima_client::http::Endpoint;
pub use suima_client::wire::{
    AskedAct, AskingPlace, Challenge, Confirmed, Eligibility, Holder, LossReport, Made, NamedSlot,
    PaperCode, Problem, ProblemId, Relation,
};
pub use suima_device::{ClockStatus, WipeReason};
pub use suima_sentences::Sentence;
pub use views::{
    Confirmation, Doubt, LiveSummary, LiveView, NucleicAcidSummary, NucleicAcidView,
    PendingRegeneration, PersonView, RegenerationWarning, Status,
};
pub use wallet::{Config, Opened, Wallet};
