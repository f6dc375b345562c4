//! Regenerating, what others did, and saved pictures, as records.

use std::time::SystemTime;

use suima_code::{Slot, UnixTime};
use suima_wallet as core;

use crate::said::Said;
use crate::time::{from_unix, to_unix};
use crate::verifier::ReasonView;
use crate::wallet::{MadeView, NucleicAcidView};

/// What the user saw and agreed to. Comes from a warning, and goes to `regenerate` unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Confirmation {
    /// Whose code.
    pub slot: u32,
    /// When the code was made that they agreed to void.
    pub void: Option<SystemTime>,
}

impl From<Confirmation> for core::Confirmation {
    fn from(confirmation: Confirmation) -> Self {
        Self { slot: Slot(confirmation.slot), void: confirmation.void.map(to_unix) }
    }
}

impl From<core::Confirmation> for Confirmation {
    fn from(confirmation: core::Confirmation) -> Self {
        Self { slot: confirmation.slot.0, void: confirmation.void.map(from_unix) }
    }
}

/// What regenerating would void (R9).
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct WarningView {
    /// The code that would be void, with every picture and print of it.
    pub voids: Option<MadeView>,
    /// To be shown before asking.
    pub said: Said,
    /// To be handed to `regenerate` once the user agrees.
    pub confirm: Confirmation,
}

impl From<core::RegenerationWarning> for WarningView {
    fn from(warning: core::RegenerationWarning) -> Self {
        Self {
            voids: warning.voids.map(Into::into),
            said: Said::new(warning.sentence_zh, warning.sentence_en),
            confirm: warning.confirm.into(),
        }
    }
}

/// What became of a regeneration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RegenerationOutcome {
    /// There is a new code; earlier ones are void.
    Made,
    /// A code was made, and has been replaced since.
    Overtaken,
    /// Somebody had made another one before: nothing was voided. Ask again, with a new warning.
    Behind,
    /// It came too late: nothing was voided.
    TooLate,
    /// No more are made today: nothing was voided.
    UsedUp,
    /// Not known yet: the code that is shown may be void. The next refresh will say.
    Pending,
}

/// What became of a regeneration, and what to say.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RegeneratedView {
    /// What became of it.
    pub outcome: RegenerationOutcome,
    /// The same in words.
    pub said: Said,
    /// The new code.
    pub code: Option<NucleicAcidView>,
    /// Who made the code there is now, where it was somebody else.
    pub current: Option<MadeView>,
}

impl From<core::Regenerated> for RegeneratedView {
    fn from(regenerated: core::Regenerated) -> Self {
        use core::Regenerated as R;
        let said = regenerated.sentence().into();
        let view = |outcome, current: Option<core::Made>| Self {
            outcome,
            said,
            code: None,
            current: current.map(Into::into),
        };
        match regenerated {
            R::Made { view: code } => {
                Self { code: Some((*code).into()), ..view(RegenerationOutcome::Made, None) }
            }
            R::Overtaken { current } => view(RegenerationOutcome::Overtaken, current),
            R::Behind { current } => view(RegenerationOutcome::Behind, current),
            R::TooLate => view(RegenerationOutcome::TooLate, None),
            R::UsedUp => view(RegenerationOutcome::UsedUp, None),
            R::Pending { .. } => view(RegenerationOutcome::Pending, None),
        }
    }
}

/// What somebody else did, or what has ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NewsView {
    /// Whose code.
    pub slot: u32,
    /// Their full name.
    pub name: String,
    /// By whom and when, where a nucleic-acid code was regenerated.
    pub made: Option<MadeView>,
    /// What to say.
    pub said: Said,
}

impl From<core::News> for NewsView {
    fn from(news: core::News) -> Self {
        let said = news.sentence().into();
        let made = news.made().cloned().map(Into::into);
        Self { slot: news.slot.0, name: news.name, made, said }
    }
}

/// What a refresh brought.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RefreshView {
    /// The issuer's time: what is shown is known as of then.
    pub as_of: SystemTime,
    /// What others did, and what has ended.
    pub news: Vec<NewsView>,
    /// What became of regenerations that had been in doubt.
    pub resolved: Vec<Said>,
}

impl From<core::Refreshed> for RefreshView {
    fn from(refreshed: core::Refreshed) -> Self {
        Self {
            as_of: from_unix(refreshed.as_of),
            news: refreshed.news.into_iter().map(Into::into).collect(),
            resolved: refreshed.resolved.iter().map(|one| one.sentence().into()).collect(),
        }
    }
}

/// What a saved picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SavedOutcome {
    /// The code that counts now.
    Current,
    /// The one that will count once the current one has ended.
    Successor,
    /// Voided by a newer one.
    Replaced,
    /// It counts no more.
    Expired,
    /// Newer than what this phone knows: refresh.
    NotKnown,
    /// A code of somebody who is not held here.
    NotYours,
    /// A genuine code of a kind that is not for saving.
    NotSaved,
    /// No code that this phone takes.
    Refused,
}

/// The answer about a saved picture (R9).
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SavedView {
    /// What it is.
    pub outcome: SavedOutcome,
    /// The same in words.
    pub said: Said,
    /// Until when it counts, since when it is void, or when it expired.
    pub at: Option<SystemTime>,
    /// Who replaced it.
    pub by: Option<String>,
    /// Whether a regeneration is in doubt: it may be void although it is the current one or the next.
    pub in_doubt: bool,
    /// Why it is refused.
    pub reason: Option<ReasonView>,
}

impl From<core::SavedCheck> for SavedView {
    fn from(check: core::SavedCheck) -> Self {
        use core::SavedCheck as S;
        let said = check.sentence().into();
        let view = |outcome, at: Option<UnixTime>| Self {
            outcome,
            said,
            at: at.map(from_unix),
            by: None,
            in_doubt: false,
            reason: None,
        };
        match check {
            S::Current { until, doubt, .. } => {
                Self { in_doubt: doubt.is_some(), ..view(SavedOutcome::Current, Some(until)) }
            }
            S::Successor { from, doubt, .. } => {
                Self { in_doubt: doubt.is_some(), ..view(SavedOutcome::Successor, Some(from)) }
            }
            S::Replaced { at, by, .. } => Self { by, ..view(SavedOutcome::Replaced, Some(at)) },
            S::Expired { at, .. } => view(SavedOutcome::Expired, Some(at)),
            S::NotKnown { .. } => view(SavedOutcome::NotKnown, None),
            S::NotYours => view(SavedOutcome::NotYours, None),
            S::NotSaved => view(SavedOutcome::NotSaved, None),
            S::Refused { reason } => Self {
                reason: Some(ReasonView::new(reason, None)),
                ..view(SavedOutcome::Refused, None)
            },
        }
    }
}
