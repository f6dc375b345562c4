//! Time and randomness, which come in from outside.

use std::time::{SystemTime, UNIX_EPOCH};

use suima_code::UnixTime;

/// Tells the issuer's time.
pub trait Clock: Send + Sync {
    /// Now. It may go back: what must not go back (`iat`, lines, sequences) does not depend on it.
    fn now(&self) -> UnixTime;
}

/// The only source of randomness: keys, slots, holding numbers, activation codes, names of devices.
pub trait Random: Send + Sync {
    /// Fills `bytes` from a cryptographically secure source, whole or not at all.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

/// The source of randomness gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness: {reason}")]
pub struct RandomError {
    /// What the operating system said.
    pub reason: String,
}

/// The operating system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixTime {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixTime::new(u32::try_from(since_epoch.as_secs()).unwrap_or(u32::MAX))
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|error| RandomError { reason: error.to_string() })
    }
}
