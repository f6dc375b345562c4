//! Times as the platforms have them: `Instant` in Kotlin, `Date` in Swift.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use suima_code::UnixTime;

pub(crate) fn from_unix(time: UnixTime) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(time.get().into())
}

/// Whole seconds; times before 1970 and after 2106 are held at those ends.
pub(crate) fn to_unix(time: SystemTime) -> UnixTime {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    UnixTime::new(u32::try_from(seconds).unwrap_or(u32::MAX))
}
