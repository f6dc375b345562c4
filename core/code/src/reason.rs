//! Why something is refused (R8).

use serde::{Deserialize, Serialize};

use crate::{KeyId, Place, UnixTime};

/// Why a code or a signed document is refused. [`Reason::id`] is stable and listed in `docs/format.md`; the crate
/// `suima-sentences` says it in a person's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Reason {
    /// Not a code of this city.
    NotACode,
    /// A code of a later version of the format than this verifier knows.
    NewerFormat,
    /// Not in the one canonical form, or its signature does not fit.
    Altered,
    /// Signed by a key that is not in the trust bundle held here.
    UnknownKey {
        /// The key named by the code.
        kid: KeyId,
        /// When the trust bundle held here was made.
        trust: UnixTime,
    },
    /// Signed by a key that has been recalled.
    KeyRecalled {
        /// The key named by the code.
        kid: KeyId,
        /// When it was recalled.
        at: UnixTime,
    },
    /// Signed by a key that may not sign this kind of thing.
    KeyNotForThis {
        /// The key named by the code.
        kid: KeyId,
    },
    /// Signed after the key's sign-until, or shown after its accept-until.
    KeyOutOfTime {
        /// The key named by the code.
        kid: KeyId,
    },
    /// The trust bundle held here has expired, so no signature can be judged.
    TrustExpired {
        /// Its `exp`.
        at: UnixTime,
    },
    /// Genuine, but not accepted at this place (R6).
    WrongPlace {
        /// Where it was shown.
        place: Place,
    },
    /// A live code whose time is too long ago: a screenshot, or a wrong clock.
    Stale {
        /// Its age in seconds.
        by: u32,
    },
    /// A live code from the future: a wrong clock.
    Ahead {
        /// How far ahead it is, in seconds.
        by: u32,
    },
    /// The same proof was shown to this gate before: the live code is to be drawn anew first.
    ShownBefore {
        /// When.
        at: UnixTime,
    },
    /// Its time has not come.
    NotYetValid {
        /// When it will.
        from: UnixTime,
    },
    /// Its time is over.
    Expired {
        /// Its `exp`.
        at: UnixTime,
    },
    /// A newer code of this kind has voided it.
    Replaced {
        /// When.
        at: UnixTime,
    },
    /// It was reported lost.
    ReportedLost {
        /// When.
        at: UnixTime,
    },
    /// The holding was ended by the person or their guardian.
    HoldingEnded {
        /// When.
        at: UnixTime,
    },
    /// The phone it is on was replaced by another.
    DeviceReplaced {
        /// When.
        at: UnixTime,
    },
    /// The health status has changed since the credential was issued.
    StatusChanged {
        /// When.
        at: UnixTime,
    },
    /// The colour is older than this place accepts.
    StatusTooOld {
        /// The time it is as of.
        at: UnixTime,
    },
    /// The colour is not admitted here.
    StatusNotAdmitted,
    /// This station's knowledge is too old to say.
    KnowledgeTooOld {
        /// The time it is as of.
        at: UnixTime,
    },
    /// This station has never heard from the issuer.
    NotReady,
}

impl Reason {
    /// The stable identifier.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::NotACode => "not-a-code",
            Self::NewerFormat => "newer-format",
            Self::Altered => "altered",
            Self::UnknownKey { .. } => "unknown-key",
            Self::KeyRecalled { .. } => "key-recalled",
            Self::KeyNotForThis { .. } => "key-not-for-this",
            Self::KeyOutOfTime { .. } => "key-out-of-time",
            Self::TrustExpired { .. } => "trust-expired",
            Self::WrongPlace { .. } => "wrong-place",
            Self::Stale { .. } => "stale",
            Self::Ahead { .. } => "ahead",
            Self::ShownBefore { .. } => "shown-before",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Expired { .. } => "expired",
            Self::Replaced { .. } => "replaced",
            Self::ReportedLost { .. } => "reported-lost",
            Self::HoldingEnded { .. } => "holding-ended",
            Self::DeviceReplaced { .. } => "device-replaced",
            Self::StatusChanged { .. } => "status-changed",
            Self::StatusTooOld { .. } => "status-too-old",
            Self::StatusNotAdmitted => "status-not-admitted",
            Self::KnowledgeTooOld { .. } => "knowledge-too-old",
            Self::NotReady => "not-ready",
        }
    }
}

impl From<crate::cbor::Malformed> for Reason {
    /// Anything but the one canonical encoding is not what the issuer signed.
    fn from(_: crate::cbor::Malformed) -> Self {
        Self::Altered
    }
}
