//! Paper codes as the phone sees them, and what to be reminded of.

use std::time::SystemTime;

use suima_code::Slot;
use suima_wallet as core;

use crate::error::CoreError;
use crate::said::Said;
use crate::time::from_unix;
use crate::wallet::Wallet;

/// What there is of a person's paper codes. The code itself never goes to a phone.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PaperView {
    /// Whose.
    pub slot: u32,
    /// The full name.
    pub name: String,
    /// The one that counts now.
    pub current: Option<PaperCodeView>,
    /// When the last one that this phone knows ended, where none counts now.
    pub ended: Option<SystemTime>,
    /// That the last one was reported lost, where no other was made since.
    pub reported_lost: Option<LossReportView>,
    /// Why one may be applied for, as of the last refresh; or that it may not.
    pub eligibility: Eligibility,
    /// The time of the last refresh.
    pub as_of: SystemTime,
    /// What there is, or how to get one.
    pub said: Said,
    /// What must be said beside it.
    pub notices: Vec<Said>,
}

/// Why a paper code may be applied for (R3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Eligibility {
    /// The person is a minor.
    Minor,
    /// The person is old enough.
    Senior,
    /// The person holds the city's disability certificate.
    Disability,
    /// The person is of another group that the policy names.
    Group {
        /// The group, by the number that the city gave it.
        number: u8,
    },
    /// None may be applied for.
    NotEligible,
}

impl From<core::Eligibility> for Eligibility {
    fn from(eligibility: core::Eligibility) -> Self {
        use core::Eligibility as E;
        match eligibility {
            E::Minor => Self::Minor,
            E::Senior => Self::Senior,
            E::Disability => Self::Disability,
            E::Group { number } => Self::Group { number },
            E::NotEligible { .. } => Self::NotEligible,
        }
    }
}

/// That a paper code was reported lost.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LossReportView {
    /// When.
    pub at: SystemTime,
    /// The full name of who reported it.
    pub by: String,
    /// Where.
    pub place: String,
}

impl From<core::LossReport> for LossReportView {
    fn from(report: core::LossReport) -> Self {
        Self { at: from_unix(report.at), by: report.by, place: report.place }
    }
}

/// A paper code that counts.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PaperCodeView {
    /// When it was made.
    pub iat: SystemTime,
    /// From this second on it no longer counts.
    pub valid_until: SystemTime,
    /// What is printed beside it. Identifies, never authorises.
    pub serial: String,
    /// The full name of who applied.
    pub by: String,
    /// Where.
    pub place: String,
}

impl From<core::PaperView> for PaperView {
    fn from(paper: core::PaperView) -> Self {
        Self {
            slot: paper.slot.0,
            name: paper.name,
            current: paper.current.map(Into::into),
            ended: paper.ended.map(from_unix),
            reported_lost: paper.reported_lost.map(Into::into),
            eligibility: paper.eligibility.into(),
            as_of: from_unix(paper.as_of),
            said: paper.sentence.into(),
            notices: paper.notices.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<core::PaperCode> for PaperCodeView {
    fn from(code: core::PaperCode) -> Self {
        Self {
            iat: from_unix(code.iat),
            valid_until: from_unix(code.exp),
            serial: code.serial,
            by: code.by,
            place: code.place,
        }
    }
}

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ReminderKind {
    /// A portal or terminal waits to be answered.
    ChallengeWaiting {
        /// The challenge's id.
        id: String,
    },
    /// Somebody asks for the user's consent.
    AskWaiting {
        /// The ask's id.
        id: String,
    },
    /// The live code cannot be shown offline from then on.
    LiveEnds,
    /// The nucleic-acid code ends, and none follows it yet.
    NucleicAcidEnds,
    /// The paper code ends.
    PaperEnds,
}

/// Something to be reminded of. When to notify is the shell's affair.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReminderView {
    /// What it is.
    pub kind: ReminderKind,
    /// Whose code; none where it is no code.
    pub slot: Option<u32>,
    /// When it ends, or ended.
    pub at: SystemTime,
    /// What to say.
    pub said: Said,
}

impl From<core::Reminder> for ReminderView {
    fn from(reminder: core::Reminder) -> Self {
        use core::ReminderKind as K;
        Self {
            kind: match reminder.kind {
                K::ChallengeWaiting { id } => ReminderKind::ChallengeWaiting { id },
                K::AskWaiting { id } => ReminderKind::AskWaiting { id },
                K::LiveEnds => ReminderKind::LiveEnds,
                K::NucleicAcidEnds => ReminderKind::NucleicAcidEnds,
                K::PaperEnds => ReminderKind::PaperEnds,
            },
            slot: reminder.slot.map(|slot| slot.0),
            at: from_unix(reminder.at),
            said: reminder.sentence.into(),
        }
    }
}

#[uniffi::export]
impl Wallet {
    /// What there is of a person's paper codes. They are made, printed and reported lost at the portal or a terminal, and
    /// confirmed here.
    pub fn paper(&self, slot: u32) -> Result<PaperView, CoreError> {
        Ok(self.wallet.paper(Slot(slot))?.into())
    }

    /// What ends soon, and what waits for an answer; the earliest first.
    pub fn reminders(&self) -> Result<Vec<ReminderView>, CoreError> {
        Ok(self.wallet.reminders()?.into_iter().map(Into::into).collect())
    }
}
