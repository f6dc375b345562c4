//! The powers a platform lends the core: few, synchronous, fallible.
//!
//! They are synchronous because they cross into Kotlin and Swift, where asynchronous callbacks bring
//! their own troubles; the core calls them from threads that may block. An implementation must never call
//! back into the core: it may be called while the core is in the middle of something.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use suima_code::UnixTime;
use zeroize::Zeroizing;

use crate::signer::Signer;

/// Everything a wallet or a station needs from its platform.
#[derive(Clone)]
pub struct Ports {
    /// Seals the key that seals the store.
    pub keystore: Arc<dyn Keystore>,
    /// Tells the time, as the device believes it.
    pub clock: Arc<dyn Clock>,
    /// Takes note of events.
    pub log: Arc<dyn Log>,
    /// Draws random bytes.
    pub random: Arc<dyn Random>,
    /// Holds a wallet's signing keys, where the device has hardware for it. Stations use none.
    pub signer: Option<Arc<dyn Signer>>,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// The platform's keystore: Android Keystore, iOS Keychain, a TPM.
///
/// It seals one random 32-byte key per store and gives it back. The key is used raw, with no password
/// hashing: it already has all the entropy it can have. The core asks once when a store is opened (twice when
/// it is made) and never under a lock or in a transaction: an implementation may take its time.
///
/// To implementers:
///
/// * Seal with an *authenticated* cipher under a key that cannot leave the device: AES-GCM in the Android
///   Keystore; in iOS an item `…AfterFirstUnlockThisDeviceOnly`. Ask for no user presence: codes are shown
///   with the phone in one hand, and the station writes with the screen off.
/// * Keep what you keep for this out of every backup, and the store's folder too.
/// * Items of the iOS Keychain survive the removal of the app. Clear them on the first start after an
///   installation (a mark in `UserDefaults` tells), or the new installation meets the keys of the old.
/// * Tell the two errors apart with care: `Gone` destroys a wallet's cache and ends in enrolling again. When
///   in doubt, answer `Unavailable`.
pub trait Keystore: Send + Sync {
    /// Seals `key` so that only this device opens it again. Makes the platform's own key when there is
    /// none, or when the old one was invalidated for good; so it never answers [`KeystoreError::Gone`].
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError>;

    /// Opens what [`Keystore::seal`] returned, in this or an earlier run of the program.
    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError>;
}

/// Why the keystore did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeystoreError {
    /// Not now: the device was not unlocked since it started, or the keystore is busy. Nothing is wiped;
    /// the core tries again when it is asked again.
    #[error("the keystore is unavailable: {reason}")]
    Unavailable {
        /// What the platform said, for the log. No personal data.
        reason: String,
    },
    /// Never again: the sealing key no longer exists, as after a restored backup or an invalidated key.
    #[error("the keystore's key is gone for good")]
    Gone,
}

/// The device's clocks.
pub trait Clock: Send + Sync {
    /// Reads all clocks at one moment. Never fails: a clock that cannot be read says 0.
    fn read(&self) -> ClockReading;
}

/// What the device's clocks said at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// The wall clock. Its holder may have set it to anything.
    pub wall: UnixTime,
    /// Milliseconds since the device started, time asleep included: `SystemClock.elapsedRealtime` on
    /// Android, `mach_continuous_time` on iOS. Clocks that stop in sleep (`uptimeMillis`,
    /// `mach_absolute_time`, `CLOCK_MONOTONIC` on Linux) are wrong here.
    pub since_boot_ms: u64,
    /// Names this start of the device, and changes with the next: `Settings.Global.BOOT_COUNT` on Android,
    /// the sysctl `kern.bootsessionuuid` on iOS, `/proc/sys/kernel/random/boot_id` on Linux. Empty when the
    /// device cannot tell: then `since_boot_ms` is never compared with an earlier reading's.
    pub boot: String,
}

/// Where events go: logcat, the unified log, a file.
///
/// To implementers: do not block (hand the event to a thread of your own), do not fail, do not call back.
pub trait Log: Send + Sync {
    /// Takes note of `event`. Called in the order in which the events of one thread happened.
    fn record(&self, event: &Event);
}

/// Something that happened, for whoever looks for a fault. Carries no personal data and no secret: names of
/// operations, counts, sizes and kinds of errors only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// How much it matters.
    pub level: Level,
    /// What happened, stable and dotted: `store.write.begin`.
    pub name: &'static str,
    /// To what it happened.
    pub detail: String,
}

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Only when looking for a fault.
    Debug,
    /// The ordinary course.
    Info,
    /// Went on, though not as wished.
    Warn,
    /// Something asked for was not done.
    Error,
}

/// The only source of randomness in the core: keys, nonces, idempotency keys, identifiers, jitter.
///
/// May be called while the store is locked.
pub trait Random: Send + Sync {
    /// Fills `bytes` from a cryptographically secure source, whole or not at all. Never repeats itself,
    /// also not after a restart or in a cloned machine: nonces are drawn from here.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

/// The source of randomness gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness: {reason}")]
pub struct RandomError {
    /// What the platform said.
    pub reason: String,
}

/// The operating system's randomness; right for every platform that the core ships on.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|error| RandomError { reason: error.to_string() })
    }
}
