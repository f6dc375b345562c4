//! Paper codes as a phone is told of them (R3, R4). The code itself never goes to a phone.

use serde::{Deserialize, Serialize};
use suima_code::UnixTime;

/// What there is of a person's paper codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paper {
    /// The one that counts now.
    pub current: Option<PaperCode>,
    /// Whether one may be applied for today.
    pub eligibility: Eligibility,
    /// How the last one was reported lost, where no other was made since.
    pub reported_lost: Option<LossReport>,
}

/// A paper code was reported lost (R4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LossReport {
    /// When.
    pub at: UnixTime,
    /// The full name of who reported it.
    pub by: String,
    /// Where: the name of a terminal, or of the portal.
    pub place: String,
}

/// A paper code that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperCode {
    /// When it was made.
    pub iat: UnixTime,
    /// The end of its last day.
    pub exp: UnixTime,
    /// What is printed beside it. Identifies, never authorises.
    pub serial: String,
    /// The full name of who applied.
    pub by: String,
    /// Where: the name of a terminal, or of the portal.
    pub place: String,
}

/// Whether a person may have a paper code on a day (R3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "eligibility", rename_all = "kebab-case")]
pub enum Eligibility {
    /// Younger than the policy says.
    Minor,
    /// As old as the policy says, or older.
    Senior,
    /// Holder of the city's disability certificate.
    Disability,
    /// Of another group that the policy names.
    Group {
        /// Its bit, from 1.
        number: u8,
    },
    /// None of these.
    NotEligible {
        /// The day (its beginning, in Shanghai) from which age alone will do.
        from: UnixTime,
    },
}
