//! What a refresh learned that people should be told.

use serde::{Deserialize, Serialize};
use suima_client::wire::{Made, ProblemId};
use suima_code::{Slot, UnixTime};

/// Somebody regenerated a nucleic-acid code from another phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Whose code.
    pub slot: Slot,
    /// Their full name.
    pub name: String,
    /// By whom and when.
    pub made: Made,
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
}
