//! Regenerating, what others did, and saved pictures, as records.

use std::time::SystemTime;

use suima_code::Slot;
use suima_wallet as core;

use crate::challenge::ConfirmedView;
use crate::said::Said;
use crate::time::{from_unix, to_unix};
use crate::verifier::ReasonView;
use crate::wallet::{MadeView, NucleicAcidView, since};

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

/// What happened without this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NewsKind {
    /// Somebody regenerated the nucleic-acid code.
    Regenerated,
    /// Somebody applied for a paper code.
    PaperMade,
    /// Somebody reported the paper code lost.
    PaperLost,
    /// The person came of age, which ended the holding on this phone.
    CameOfAge,
    /// The adult does not consent any more.
    ConsentWithdrawn,
    /// The holding on this phone was ended.
    HoldingEnded,
    /// The person is not among the user's people any more.
    NoLongerListed,
    /// Enrolling this phone ended an earlier one.
    EarlierPhoneEnded,
    /// Somebody else began to hold the user's own live code.
    HeldBy,
    /// Somebody else does not hold the user's own live code any more.
    NotHeldBy,
}

/// What somebody else did, or what has ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NewsView {
    /// Whose code.
    pub slot: u32,
    /// Their full name.
    pub name: String,
    /// What happened.
    pub kind: NewsKind,
    /// When a code was made or reported lost; since when somebody holds or held the user's.
    pub at: Option<SystemTime>,
    /// The full name of who did it, or of who holds or held.
    pub by: Option<String>,
    /// What to say.
    pub said: Said,
}

impl From<core::News> for NewsView {
    fn from(news: core::News) -> Self {
        use core::Novelty as N;
        let said = news.sentence().into();
        let (kind, at, by) = match news.what {
            N::Regenerated(made) => (NewsKind::Regenerated, Some(made.iat), Some(made.by)),
            N::PaperMade { code, .. } => (NewsKind::PaperMade, Some(code.iat), Some(code.by)),
            N::PaperLost(report) => (NewsKind::PaperLost, Some(report.at), Some(report.by)),
            N::CameOfAge => (NewsKind::CameOfAge, None, None),
            N::ConsentWithdrawn => (NewsKind::ConsentWithdrawn, None, None),
            N::HoldingEnded => (NewsKind::HoldingEnded, None, None),
            N::NoLongerListed => (NewsKind::NoLongerListed, None, None),
            N::EarlierPhoneEnded { .. } => (NewsKind::EarlierPhoneEnded, None, None),
            N::HeldBy(holder) => (NewsKind::HeldBy, Some(holder.since), Some(holder.name)),
            N::NotHeldBy(holder) => (NewsKind::NotHeldBy, Some(holder.since), Some(holder.name)),
        };
        let (slot, at) = (news.slot.0, at.map(from_unix));
        Self { slot, name: news.name, kind, at, by, said }
    }
}

/// News that was told and that nobody has read yet.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UnreadNews {
    /// The oldest first.
    pub news: Vec<NewsView>,
    /// What to give to `news_read` once all of it was read. What is told from now on is not meant by it.
    pub mark: u64,
}

impl From<core::UnreadNews> for UnreadNews {
    fn from(unread: core::UnreadNews) -> Self {
        Self { news: unread.news.into_iter().map(Into::into).collect(), mark: unread.mark }
    }
}

/// What became of a regeneration that had been in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ResolvedOutcome {
    /// It made the code there was then; earlier ones are void.
    Made,
    /// It made a code, and that has been replaced since.
    Overtaken,
    /// Somebody had made another one before: nothing was voided.
    Behind,
    /// It came too late: nothing was voided.
    TooLate,
    /// No more are made today: nothing was voided.
    UsedUp,
    /// The issuer would not say; the codes were fetched anew.
    Unknown,
}

/// A regeneration that had been in doubt.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ResolvedView {
    /// Whose code.
    pub slot: u32,
    /// Their full name.
    pub name: String,
    /// When it was asked for.
    pub since: SystemTime,
    /// What became of it.
    pub outcome: ResolvedOutcome,
    /// The same in words.
    pub said: Said,
}

impl From<core::Resolved> for ResolvedView {
    fn from(resolved: core::Resolved) -> Self {
        use core::Settled as S;
        let said = resolved.sentence().into();
        Self {
            slot: resolved.slot.0,
            name: resolved.name,
            since: from_unix(resolved.since),
            outcome: match resolved.outcome {
                S::Made { .. } => ResolvedOutcome::Made,
                S::Overtaken { .. } => ResolvedOutcome::Overtaken,
                S::Behind { .. } => ResolvedOutcome::Behind,
                S::TooLate => ResolvedOutcome::TooLate,
                S::UsedUp => ResolvedOutcome::UsedUp,
                S::Unknown { .. } => ResolvedOutcome::Unknown,
            },
            said,
        }
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
    pub resolved: Vec<ResolvedView>,
    /// What came of answers to portals and terminals that had got no answer themselves.
    pub confirmed: Vec<ConfirmedView>,
}

impl From<core::Refreshed> for RefreshView {
    fn from(refreshed: core::Refreshed) -> Self {
        Self {
            as_of: from_unix(refreshed.as_of),
            news: refreshed.news.into_iter().map(Into::into).collect(),
            resolved: refreshed.resolved.into_iter().map(Into::into).collect(),
            confirmed: refreshed.confirmed.into_iter().map(Into::into).collect(),
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
    /// Whose it is, where this phone knows them.
    pub slot: Option<u32>,
    /// From when on it counts, where it is the next.
    pub from: Option<SystemTime>,
    /// Until when it counts, where it is the current one or the next.
    pub until: Option<SystemTime>,
    /// Since when it does not count, where it was replaced or expired.
    pub at: Option<SystemTime>,
    /// Who replaced it.
    pub by: Option<String>,
    /// Since when a regeneration is in doubt, if one is: it may be void although it is the current one or the next.
    pub in_doubt_since: Option<SystemTime>,
    /// Why it is refused.
    pub reason: Option<ReasonView>,
}

impl From<core::SavedCheck> for SavedView {
    fn from(check: core::SavedCheck) -> Self {
        use core::SavedCheck as S;
        let said = check.sentence().into();
        let mut view = Self {
            outcome: SavedOutcome::Refused,
            said,
            slot: None,
            from: None,
            until: None,
            at: None,
            by: None,
            in_doubt_since: None,
            reason: None,
        };
        match check {
            S::Current { slot, until, doubt, .. } => {
                view.outcome = SavedOutcome::Current;
                (view.slot, view.until) = (Some(slot.0), Some(from_unix(until)));
                view.in_doubt_since = doubt.map(since);
            }
            S::Successor { slot, from, until, doubt, .. } => {
                view.outcome = SavedOutcome::Successor;
                view.slot = Some(slot.0);
                (view.from, view.until) = (Some(from_unix(from)), Some(from_unix(until)));
                view.in_doubt_since = doubt.map(since);
            }
            S::Replaced { slot, at, by } => {
                view.outcome = SavedOutcome::Replaced;
                (view.slot, view.at, view.by) = (Some(slot.0), Some(from_unix(at)), by);
            }
            S::Expired { slot, at } => {
                view.outcome = SavedOutcome::Expired;
                (view.slot, view.at) = (Some(slot.0), Some(from_unix(at)));
            }
            S::NotKnown { slot } => {
                (view.outcome, view.slot) = (SavedOutcome::NotKnown, Some(slot.0));
            }
            S::NotYours => view.outcome = SavedOutcome::NotYours,
            S::NotSaved => view.outcome = SavedOutcome::NotSaved,
            S::Refused { reason } => view.reason = Some(ReasonView::new(reason, None)),
        }
        view
    }
}
