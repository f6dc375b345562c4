//! How the issuer says no.

use serde::{Deserialize, Serialize};
use suima_code::UnixTime;

/// An error as the issuer says it (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// `urn:suima:problem:` and the id.
    #[serde(rename = "type")]
    pub kind: String,
    /// The stable id.
    pub id: ProblemId,
    /// What is wrong, in English.
    pub title: String,
    /// What is wrong and what to do, in Chinese.
    #[serde(rename = "title_zh")]
    pub title_chinese: String,
    /// The HTTP status.
    pub status: u16,
    /// The issuer's time.
    pub time: UnixTime,
}

/// The stable id of a [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProblemId {
    /// The request does not make sense. (400)
    BadRequest,
    /// The signature is missing or does not fit. (401)
    SignatureInvalid,
    /// The signature is too old or too new by the issuer's time, which the problem carries. (401)
    SignatureStale,
    /// This very request was received before. (401)
    Replayed,
    /// The key that signed is not enrolled. (401)
    UnknownDevice,
    /// The device's enrolment was ended, as by a newer phone. (403)
    DeviceEnded,
    /// The activation code is wrong, used, expired, or was tried too often. (403)
    ActivationRefused,
    /// This user may not do that, or there is no such person: the answer is the same. (403)
    NotAllowed,
    /// The user holds as many relatives as the policy allows. (409)
    RelativesFull,
    /// As many hold this relative as the policy allows. (409)
    HoldersFull,
    /// Asked more often today than the policy allows. (429)
    TooOften,
    /// The key is in use for another request. (422)
    IdempotencyKeyReused,
    /// The issuer failed. Try again later. (500)
    Internal,
}
