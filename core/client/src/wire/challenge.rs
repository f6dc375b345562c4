//! What a portal or a terminal asks to be confirmed on the phone (design section 8).
//!
//! A challenge is shown as a QR code, lives for a minute, belongs to one browser session and by itself grants nothing.
//! The phone that scans it is told what is asked, where, for whom, and what it voids; only its signed agreement to
//! exactly that makes anything happen.

use serde::{Deserialize, Serialize};
use suima_code::{Slot, UnixTime};

/// How the text of a challenge in a QR code begins. The id follows.
pub const CHALLENGE_PREFIX: &str = "SMC1:";

/// Asks what a challenge is about. Asking takes it up: from then on no other phone can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChallengeRequest {
    /// The id: 26 characters of Crockford's Base32.
    pub id: String,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Challenge {
    /// Its id.
    pub id: String,
    /// What kind of place asks.
    pub place: AskingPlace,
    /// The name of the terminal, or what is known of the browser.
    pub place_name: String,
    /// Two digits that the page shows too. The user compares them: a challenge that was relayed from somebody else's
    /// screen shows others, or none.
    pub check: String,
    /// When it began.
    pub began: UnixTime,
    /// Until when it can be confirmed.
    pub expires: UnixTime,
    /// What agreeing does.
    pub act: AskedAct,
}

/// Where something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AskingPlace {
    /// The PC portal, in somebody's browser.
    Portal,
    /// A self-service terminal.
    Terminal,
}

/// What agreeing to a challenge does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum AskedAct {
    /// Lets the browser session ask in the user's name. Each act is confirmed by itself all the same.
    LogIn,
    /// Makes a paper code (R4). Voids the one that counts.
    ApplyPaper {
        /// For whom.
        slot: Slot,
        /// Their full name.
        name: String,
        /// When the one that it voids was made.
        voids: Option<UnixTime>,
    },
    /// Prints the paper code that counts once more. Voids nothing (R4).
    PrintPaper {
        /// Whose.
        slot: Slot,
        /// Their full name.
        name: String,
        /// When it was made.
        iat: UnixTime,
    },
    /// Reports the paper code lost: voids it, and makes none (R4).
    ReportLost {
        /// Whose.
        slot: Slot,
        /// Their full name.
        name: String,
        /// When the one that it voids was made.
        iat: UnixTime,
    },
    /// Prints the nucleic-acid codes that count. Voids nothing.
    PrintNucleicAcid {
        /// Whose: one to four.
        people: Vec<NamedSlot>,
    },
    /// Lets the user hold the codes of an adult who stands at the terminal with their ID card and agrees.
    HoldRelative {
        /// Whose.
        slot: Slot,
        /// Their full name.
        name: String,
    },
}

/// A person by number and full name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedSlot {
    /// The number.
    pub slot: Slot,
    /// The full name.
    pub name: String,
}

/// Agrees to a challenge, or declines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfirmRequest {
    /// [`Challenge::id`].
    pub id: String,
    /// Whether the user agrees.
    pub agree: bool,
    /// What the phone showed when the user decided: nothing else is done.
    pub act: AskedAct,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfirmResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// What came of it.
    pub outcome: Confirmed,
}

/// What came of an answer to a challenge. The recorded outcome stands for all retries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Confirmed {
    /// It was done.
    Done,
    /// The user declined; nothing was done.
    Declined,
    /// Its time was over, or it had been answered; nothing was done.
    Over,
    /// What it would do is not what the phone showed any more: another phone was faster. Nothing was done.
    Changed,
    /// No paper code is given to this person on this day (R3). Nothing was done.
    NotEligible,
}
