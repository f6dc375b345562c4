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
    /// The one-time code is wrong, used or expired, or nobody agreed: the answer is the same. After five wrong ones nothing that
    /// was asked for can be had by any code. (403)
    OneTimeCodeRefused,
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

impl ProblemId {
    /// The id as it stands in an answer, for a log or a test.
    pub fn word(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::SignatureInvalid => "signature-invalid",
            Self::SignatureStale => "signature-stale",
            Self::Replayed => "replayed",
            Self::UnknownDevice => "unknown-device",
            Self::DeviceEnded => "device-ended",
            Self::ActivationRefused => "activation-refused",
            Self::OneTimeCodeRefused => "one-time-code-refused",
            Self::NotAllowed => "not-allowed",
            Self::RelativesFull => "relatives-full",
            Self::HoldersFull => "holders-full",
            Self::TooOften => "too-often",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::Internal => "internal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemId;

    #[test]
    fn an_id_is_the_same_word_in_an_answer_and_in_a_log() {
        for id in [
            ProblemId::BadRequest,
            ProblemId::SignatureInvalid,
            ProblemId::SignatureStale,
            ProblemId::Replayed,
            ProblemId::UnknownDevice,
            ProblemId::DeviceEnded,
            ProblemId::ActivationRefused,
            ProblemId::OneTimeCodeRefused,
            ProblemId::NotAllowed,
            ProblemId::RelativesFull,
            ProblemId::HoldersFull,
            ProblemId::TooOften,
            ProblemId::IdempotencyKeyReused,
            ProblemId::Internal,
        ] {
            let said = serde_json::to_value(id).expect("an id is a word");
            assert_eq!(said, id.word());
        }
    }
}
