//! Consent of adults, who holds whose codes, and ending a holding (design section 8).

use std::fmt;

use serde::{Deserialize, Serialize};
use suima_code::{HoldingNumber, Slot, UnixTime};

use super::{Person, WireKey};

/// Asks an adult, by document and name, whether the user may hold their codes.
///
/// The answer is the same whether or not there is such a person, and whether or not they have a phone: so nobody learns
/// from it who lives in the city.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskRequest {
    /// The number of their ID card or other document, as people write it.
    pub document: String,
    /// Their full name.
    pub name: String,
}

impl fmt::Debug for AskRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AskRequest").finish_non_exhaustive()
    }
}

/// Taken note of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// Until when they can answer, if they are there.
    pub expires: UnixTime,
}

/// Somebody asks the user whether they may hold the user's codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ask {
    /// Its name, by which it is answered.
    pub id: String,
    /// The full name of who asks.
    pub by: String,
    /// When they asked.
    pub at: UnixTime,
    /// Until when it can be answered.
    pub expires: UnixTime,
}

/// Agrees or declines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswerRequest {
    /// [`Ask::id`].
    pub ask: String,
    /// Whether the asker may hold the user's codes.
    pub agree: bool,
}

/// What to tell the asker, where the user agreed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswerResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// The one-time code: eight digits, good for the asker's phone alone, until `expires`. `None` where the user
    /// declined.
    pub code: Option<String>,
    /// Until when the code is good.
    pub expires: UnixTime,
}

impl fmt::Debug for AnswerResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerResponse").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Holds the code of the adult who agreed and told the asker the one-time code. Answered with a
/// [`HoldResponse`](super::HoldResponse); the same code with another key gives another holding and ends the one before,
/// until it expires.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RedeemRequest {
    /// As they told it: digits; blanks and hyphens do not matter.
    pub code: String,
    /// The key of the new holding.
    pub holding_key: WireKey,
}

impl fmt::Debug for RedeemRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedeemRequest").finish_non_exhaustive()
    }
}

/// Who holds a person's live code besides them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holder {
    /// The holding, by which it is ended.
    pub holding: HoldingNumber,
    /// The full name of the user whose phone it is on.
    pub name: String,
    /// Since when.
    pub since: UnixTime,
    /// Whether that is the asking phone.
    pub this_device: bool,
}

/// Ends a holding: one of the user's own codes, one of a minor whose guardian the user is, or one that is on the user's
/// own phone. Ending draws a line, so that this phone is refused everywhere, and no other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndRequest {
    /// Whose code.
    pub slot: Slot,
    /// [`Holder::holding`].
    pub holding: HoldingNumber,
}

/// It has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// The person as the user sees them now; `None` where they are nothing to each other any more.
    pub person: Option<Person>,
}
