//! What a refresh learned that people should be told.

use serde::{Deserialize, Serialize};
use suima_client::wire::{Challenge, Confirmed, Holder, LossReport, Made, PaperCode, ProblemId};
use suima_code::{Slot, UnixTime};

/// What others did, or what has ended: to be told (R9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Whose code.
    pub slot: Slot,
    /// Their full name.
    pub name: String,
    /// What happened.
    #[serde(flatten)]
    pub what: Novelty,
}

impl News {
    /// By whom and when, where somebody regenerated a nucleic-acid code.
    pub fn made(&self) -> Option<&Made> {
        match &self.what {
            Novelty::Regenerated(made) => Some(made),
            _ => None,
        }
    }
}

/// What happened without this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Novelty {
    /// Somebody regenerated the nucleic-acid code from another phone.
    #[serde(rename = "made")]
    Regenerated(Made),
    /// Somebody applied for a paper code.
    PaperMade {
        /// By whom, when and where.
        code: PaperCode,
        /// Whether that voided a paper code that still counted (R4).
        voided: bool,
    },
    /// Somebody reported the paper code lost, which voided it (R4).
    PaperLost(LossReport),
    /// The person came of age, which ended the holding on this phone: from now on they must consent.
    CameOfAge,
    /// The holding of a consenting adult on this phone was ended.
    ConsentWithdrawn,
    /// The holding on this phone was ended, by the person or another guardian. It may be had again.
    HoldingEnded,
    /// The person is not among the user's people any more, and why is not known.
    NoLongerListed,
    /// Enrolling this phone ended an earlier one of the user's, with the relative codes on it.
    EarlierPhoneEnded {
        /// When that one was enrolled.
        enrolled: UnixTime,
    },
    /// Somebody else began to hold the user's own live code.
    HeldBy(Holder),
    /// Somebody else does not hold the user's own live code any more.
    NotHeldBy(Holder),
}

/// A regeneration that had been in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// Whose code.
    pub slot: Slot,
    /// Their full name.
    pub name: String,
    /// When it was asked for.
    pub since: UnixTime,
    /// What became of it.
    pub outcome: Settled,
}

/// What became of a regeneration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settled {
    /// It made the code that was current then. What another phone has made since comes as news beside it.
    Made {
        /// That code.
        made: Made,
    },
    /// It made a code, and that has been replaced since.
    Overtaken {
        /// The code there is now.
        current: Option<Made>,
    },
    /// Somebody had made another code before: nothing was voided.
    Behind {
        /// The code there is now.
        current: Option<Made>,
    },
    /// It reached the issuer too late: nothing was voided.
    TooLate,
    /// No more are made today: nothing was voided.
    UsedUp,
    /// The issuer would not say; the codes were fetched anew.
    Unknown {
        /// How it refused.
        problem: ProblemId,
    },
}

/// Something learned that has not been told yet. Kept in the store until it was: an app that is closed in the
/// middle of a refresh forgets nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Note {
    News(News),
    Resolved(Resolved),
    /// A challenge was answered, and this is what came of it.
    Confirmed {
        challenge: Challenge,
        outcome: Confirmed,
    },
}
