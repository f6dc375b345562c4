//! Time as the format carries it.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A point in time: whole seconds since 1970-01-01T00:00:00Z, as every claim of the format carries it.
///
/// 32 bits reach to the year 2106 and make a claim at most five bytes of CBOR, which the sizes of
/// `docs/format.md` count on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct UnixTime(u32);

impl UnixTime {
    /// The time `seconds` after the epoch.
    pub const fn new(seconds: u32) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// This time moved by `seconds`, held within what 32 bits can say.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        let moved = i64::from(self.0).saturating_add(seconds);
        Self(u32::try_from(moved.clamp(0, i64::from(u32::MAX))).expect("clamped to u32"))
    }

    /// Seconds from `earlier` to this time; negative when `earlier` is in fact later.
    pub fn since(self, earlier: Self) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
