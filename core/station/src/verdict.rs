//! What a gate, or a staff member at a door, is told.

use suima_code::{Colour, Presented, Reason, UnixTime};
use suima_sentences::Sentence;

use crate::view::{Caution, Shown};

/// What a shell does with light, sound and the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Yes: the door opens.
    Admit,
    /// No: the door stays shut.
    Refuse,
    /// Not yet: somebody has to look, to compare or to do something first. A door stays shut.
    Attention,
}

/// The answer to a scan that only asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanView {
    /// Whether it is accepted.
    pub decision: Decision,
    /// What a shell does with light and sound.
    pub signal: Signal,
    /// What was shown, where its signatures were good; also with a refusal.
    pub shown: Option<Shown>,
    /// When it was decided, by the station's best knowledge.
    pub at: UnixTime,
    /// The time that the revocation knowledge is as of; `None` before the first sync.
    pub as_of: Option<UnixTime>,
}

/// Whether a code is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes, with what must be said beside it.
    Accepted {
        /// What must be said.
        cautions: Vec<Caution>,
    },
    /// No.
    Refused {
        /// Why; [`Reason::id`] is stable.
        reason: Reason,
        /// The same in a person's words.
        said: Sentence,
    },
}

/// The answer at a gate or at a door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorView {
    /// What was found.
    pub finding: Finding,
    /// What a shell does with light, sound and the door. [`Signal::Admit`], and nothing else, opens it.
    pub signal: Signal,
    /// The health colour, where one was shown or looked up.
    pub colour: Option<Colour>,
    /// The finding in a person's words.
    pub said: Sentence,
    /// What must be said beside it.
    pub cautions: Vec<Caution>,
    /// What was shown, where it was a code whose signatures were good; also with a refusal.
    pub shown: Option<Shown>,
    /// When it was decided, by the station's best knowledge.
    pub at: UnixTime,
    /// The time that the revocation knowledge is as of; `None` before the first sync.
    pub as_of: Option<UnixTime>,
}

/// What was found at a gate or at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// What was shown is accepted here.
    Accepted,
    /// What was shown is not accepted.
    Refused {
        /// Why; [`Reason::id`] is stable.
        reason: Reason,
        /// The row of R6 that was shown, where that is known.
        presented: Option<Presented>,
    },
    /// The code counts, and is accepted with the ID card only: compare it, and look the status up
    /// ([`Station::check_paper`](crate::Station::check_paper)).
    NeedsIdCard,
    /// The issuer knows whose ID card it is; and where a code was shown too, both are of one person.
    Match {
        /// Their health colour.
        colour: Colour,
        /// The issuer's time, as of which it is.
        as_of: UnixTime,
        /// Whether the policy admits this colour.
        admitted: bool,
    },
    /// The ID card is of nobody in the register, or not of the person of the code.
    NoMatch,
    /// The issuer could not be asked, so nothing is known of the status, and nobody is admitted.
    StatusUnknown {
        /// How the ID card stands to the code, where there is one.
        compared: Option<Compared>,
    },
}

/// How an ID card stands to what a paper code shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Whether the name on the card, masked, is the one in the code.
    pub name_agrees: bool,
    /// Whether the birth year in the card's number is the one in the code.
    pub year_agrees: bool,
}

impl Compared {
    /// Whether all of it agrees.
    pub fn agrees(self) -> bool {
        self.name_agrees && self.year_agrees
    }
}

impl Finding {
    pub(crate) fn signal(&self) -> Signal {
        match self {
            Self::Accepted | Self::Match { admitted: true, .. } => Signal::Admit,
            Self::NeedsIdCard | Self::StatusUnknown { .. } => Signal::Attention,
            Self::Refused { .. } | Self::Match { admitted: false, .. } | Self::NoMatch => {
                Signal::Refuse
            }
        }
    }
}
