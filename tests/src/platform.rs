//! Test implementations of the ports to the platform.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicUsize, Ordering};

use suima_code::UnixTime;
use suima_device::{Clock, ClockReading, Event, Keystore, KeystoreError, Log, Ports, SystemRandom};
use zeroize::Zeroizing;

/// A keystore that keeps nothing: the sealed key is the key under a fixed mask, so that another process can open it.
#[derive(Debug)]
pub struct MaskKeystore;

const MASK: u8 = 0x5a;

impl Keystore for MaskKeystore {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError> {
        Ok(key.iter().map(|byte| byte ^ MASK).collect())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        let mut key: Zeroizing<[u8; 32]> =
            Zeroizing::new(sealed.try_into().map_err(|_| KeystoreError::Gone)?);
        key.iter_mut().for_each(|byte| *byte ^= MASK);
        Ok(key)
    }
}

/// The time of a test city, moved by hand. Clones show the same time.
#[derive(Clone, Debug)]
pub struct HandClock {
    now: Arc<AtomicU32>,
    /// Seconds by which the phone's own wall clock is wrong.
    error: Arc<AtomicI64>,
    /// How often the phone was turned off and on.
    boots: u32,
}

impl HandClock {
    /// 2026-11-22 09:00 in Shanghai.
    pub const START: UnixTime = UnixTime::new(1_795_309_200);

    /// A city's clock at `start`.
    pub fn new(start: UnixTime) -> Self {
        Self { now: Arc::new(AtomicU32::new(start.get())), error: Arc::default(), boots: 0 }
    }

    /// The true time.
    pub fn now(&self) -> UnixTime {
        UnixTime::new(self.now.load(Ordering::SeqCst))
    }

    /// Lets `seconds` pass for everybody.
    pub fn pass(&self, seconds: u32) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    /// A phone in this city whose wall clock is wrong by `seconds`; its uptime is right.
    #[must_use]
    pub fn wrong_by(&self, seconds: i64) -> Self {
        Self { now: self.now.clone(), error: Arc::new(AtomicI64::new(seconds)), ..*self }
    }

    /// The same phone turned off and on: what its uptime was says nothing any more.
    #[must_use]
    pub fn restarted(&self) -> Self {
        Self { boots: self.boots + 1, ..self.clone() }
    }
}

impl Clock for HandClock {
    fn read(&self) -> ClockReading {
        let now = self.now();
        ClockReading {
            wall: now.plus(self.error.load(Ordering::SeqCst)),
            since_boot_ms: u64::from(now.get()) * 1000,
            boot: format!("boot {}", self.boots),
        }
    }
}

impl suima_issuer::Clock for HandClock {
    fn now(&self) -> UnixTime {
        self.now()
    }
}

/// A log that nobody reads.
#[derive(Debug)]
pub struct SilentLog;

impl Log for SilentLog {
    fn record(&self, _: &Event) {}
}

/// A log that kills its own process, without any cleaning up, at an event of its own choosing: at a write of the store
/// or at a request. Its last words on stderr are the name of that event.
#[derive(Debug)]
pub struct KillingLog {
    remaining: AtomicUsize,
}

impl KillingLog {
    /// Lets `events` writes and requests pass, and kills at the next.
    pub fn after(events: usize) -> Self {
        Self { remaining: AtomicUsize::new(events) }
    }
}

impl Log for KillingLog {
    fn record(&self, event: &Event) {
        if !event.name.starts_with("store.write") && !event.name.starts_with("http.") {
            return;
        }
        let one_less = |left: usize| left.checked_sub(1);
        if self.remaining.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_err() {
            eprintln!("{}", event.name);
            std::process::abort();
        }
    }
}

/// The ports of a phone or a station in a test.
pub fn ports(clock: &HandClock, log: Arc<dyn Log>) -> Ports {
    Ports {
        keystore: Arc::new(MaskKeystore),
        clock: Arc::new(clock.clone()),
        log,
        random: Arc::new(SystemRandom),
        signer: None,
    }
}
