//! The issuer's time, carried on by the device's clocks.
//!
//! A phone's wall clock is its holder's to set, and many are wrong. At every refresh the issuer's time is
//! recorded beside the device's own reading; from then on the issuer's time is computed. A wrong clock is
//! told, not obeyed.

use serde::{Deserialize, Serialize};
use suima_code::UnixTime;

use crate::ports::ClockReading;

/// From this many seconds on, a wall clock counts as wrong and its holder is told. Below it lie the delay
/// of a request and the drift of an ordinary clock; live codes are accepted within twice as much.
pub const WRONG_CLOCK_SECONDS: i64 = 30;

/// The issuer's time and what the device's clocks said when it arrived. Kept across restarts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeAnchor {
    /// What the issuer said.
    pub issuer: UnixTime,
    /// What the device said at the same moment.
    pub reading: ClockReading,
}

impl TimeAnchor {
    /// An anchor for what the issuer said at the moment of `reading`; `None` where the device could tell neither the
    /// wall clock nor which start this is: nothing could be computed from it later.
    pub fn new(issuer: UnixTime, reading: ClockReading) -> Option<Self> {
        let told = reading.wall.get() != 0 || !reading.boot.is_empty();
        told.then_some(Self { issuer, reading })
    }

    /// The anchor to keep in place of this one, if the wall clock was set since: the same time, beside what the
    /// wall clock says now.
    ///
    /// After a restart the wall clock is taken to be as wrong as it was at the anchor. Whoever sets it right, as they
    /// were told to, would have the time wrong by just as much from the next restart on, if the anchor stayed.
    pub fn renewed(&self, now: &ClockReading) -> Option<Self> {
        let corrected = self.corrected(now);
        let error_then = self.reading.wall.since(self.issuer);
        let set_by = corrected.wall_error_seconds.saturating_sub(error_then);
        // A wall clock at 0 could not be read.
        let was_set = set_by.abs() > WRONG_CLOCK_SECONDS && now.wall.get() != 0;
        (was_set && corrected.basis == Basis::SameBoot)
            .then(|| Self { issuer: corrected.time, reading: now.clone() })
    }

    /// The issuer's time at the moment of `now`.
    ///
    /// Since the device last started, its monotonic clock tells how much time passed, whatever was done to
    /// the wall clock. After a restart the wall clock is taken to be as wrong as it was at the anchor; and
    /// time never runs back behind the anchor.
    pub fn corrected(&self, now: &ClockReading) -> CorrectedTime {
        let (time, basis) = if let Some(elapsed) = self.elapsed_seconds(now) {
            (self.issuer.plus(elapsed), Basis::SameBoot)
        } else {
            let moved = now.wall.since(self.reading.wall);
            (self.issuer.plus(moved).max(self.issuer), Basis::WallClockOffset)
        };
        CorrectedTime { time, basis, wall_error_seconds: now.wall.since(time) }
    }

    /// Whole seconds since the anchor by the monotonic clock; `None` when the device was started anew.
    fn elapsed_seconds(&self, now: &ClockReading) -> Option<i64> {
        let then = &self.reading;
        if now.boot.is_empty() || now.boot != then.boot {
            return None;
        }
        let elapsed_ms = now.since_boot_ms.checked_sub(then.since_boot_ms)?;
        i64::try_from(elapsed_ms / 1000).ok()
    }
}

/// The issuer's time as well as the device can tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrectedTime {
    /// The time to use.
    pub time: UnixTime,
    /// How it was found.
    pub basis: Basis,
    /// How many seconds the wall clock is ahead of `time`; negative when it is behind.
    pub wall_error_seconds: i64,
}

impl CorrectedTime {
    /// The time at `now`, by the anchor if there is one; else the wall clock's own word, unchecked.
    pub fn at(anchor: Option<&TimeAnchor>, now: &ClockReading) -> Self {
        match anchor {
            Some(anchor) => anchor.corrected(now),
            None => Self { time: now.wall, basis: Basis::Unchecked, wall_error_seconds: 0 },
        }
    }

    /// Whether the wall clock is so wrong that its holder should be told.
    pub fn wall_clock_is_wrong(&self) -> bool {
        self.wall_error_seconds.abs() > WRONG_CLOCK_SECONDS
    }

    /// How the device's own clock is.
    pub fn status(&self) -> ClockStatus {
        match self.basis {
            Basis::Unchecked => ClockStatus::Unchecked,
            _ if self.wall_clock_is_wrong() => {
                ClockStatus::Wrong { by_seconds: self.wall_error_seconds }
            }
            Basis::SameBoot => ClockStatus::Right,
            // It was right before the device was started anew; since then nothing has checked it.
            Basis::WallClockOffset => ClockStatus::Unchecked,
        }
    }
}

/// How the device's own clock is, for its holder to be told. What counts is the issuer's time all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockStatus {
    /// As the issuer's, nearly.
    Right,
    /// So wrong that its holder should be told.
    Wrong {
        /// Seconds that it is ahead; negative when it is behind.
        by_seconds: i64,
    },
    /// The issuer's time was not heard since the device was started, or never.
    Unchecked,
}

/// What a corrected time rests on, from strong to weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The issuer's time plus time elapsed by the monotonic clock.
    SameBoot,
    /// The wall clock, corrected by what it was wrong by at the anchor.
    WallClockOffset,
    /// The wall clock, with nothing to check it by: the issuer was never heard.
    Unchecked,
}
