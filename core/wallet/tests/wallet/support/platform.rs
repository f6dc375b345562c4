//! A platform whose parts the test still holds.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use suima_client::wire::Bytes;
use suima_code::UnixTime;
use suima_device::{
    Clock, ClockReading, Event, Keystore, KeystoreError, Log, Ports, Random, RandomError,
};
use zeroize::Zeroizing;

use super::NOW;

/// How the keystore behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Well,
    Unavailable,
    Gone,
}

pub struct TestKeystore(Mutex<Mood>);

impl Keystore for TestKeystore {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError> {
        *self.0.lock().unwrap() = Mood::Well;
        Ok(key.iter().map(|byte| byte ^ 0x5a).collect())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        match *self.0.lock().unwrap() {
            Mood::Unavailable => Err(KeystoreError::Unavailable { reason: "locked".to_owned() }),
            Mood::Gone => Err(KeystoreError::Gone),
            Mood::Well => {
                let key: Vec<u8> = sealed.iter().map(|byte| byte ^ 0x5a).collect();
                Ok(Zeroizing::new(key.try_into().unwrap()))
            }
        }
    }
}

/// A clock that the test sets.
pub struct TestClock(Mutex<ClockReading>);

impl Clock for TestClock {
    fn read(&self) -> ClockReading {
        self.0.lock().unwrap().clone()
    }
}

/// Counts up: every draw differs, every run is the same.
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for chunk in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
            chunk.copy_from_slice(&next[8 - chunk.len()..]);
        }
        Ok(())
    }
}

#[derive(Default)]
pub struct Kept(Mutex<Vec<Event>>);

impl Log for Kept {
    fn record(&self, event: &Event) {
        self.0.lock().unwrap().push(event.clone());
    }
}

pub struct Platform {
    pub ports: Ports,
    keystore: Arc<TestKeystore>,
    clock: Arc<TestClock>,
    log: Arc<Kept>,
}

impl Default for Platform {
    fn default() -> Self {
        let keystore = Arc::new(TestKeystore(Mutex::new(Mood::Well)));
        let clock = Arc::new(TestClock(Mutex::new(ClockReading {
            wall: NOW,
            since_boot_ms: 1_000_000,
            boot: "first".to_owned(),
        })));
        let log = Arc::new(Kept::default());
        let ports = Ports {
            keystore: keystore.clone(),
            clock: clock.clone(),
            log: log.clone(),
            random: Arc::new(Counting(AtomicU64::new(1))),
            signer: None,
        };
        Self { ports, keystore, clock, log }
    }
}

impl Platform {
    pub fn keystore_is(&self, mood: Mood) {
        *self.keystore.0.lock().unwrap() = mood;
    }

    /// Time passes, and all clocks show it.
    pub fn pass(&self, seconds: i64) {
        let mut reading = self.clock.0.lock().unwrap();
        reading.wall = reading.wall.plus(seconds);
        let milliseconds = u64::try_from(seconds * 1000).unwrap();
        reading.since_boot_ms += milliseconds;
    }

    /// Time passes until the issuer's clock would show `time`, if all began at `NOW`.
    pub fn pass_until(&self, time: UnixTime) {
        let now = self.clock.0.lock().unwrap().wall;
        self.pass(time.since(now));
    }

    /// Somebody sets the wall clock.
    pub fn set_wall(&self, time: UnixTime) {
        self.clock.0.lock().unwrap().wall = time;
    }

    /// The phone is switched off, and on again after `seconds`.
    pub fn restart(&self, seconds: i64) {
        let mut reading = self.clock.0.lock().unwrap();
        reading.wall = reading.wall.plus(seconds);
        reading.since_boot_ms = 5_000;
        reading.boot.push('+');
    }

    /// Names and details of what was recorded since the last call.
    pub fn events(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.0.lock().unwrap())
            .into_iter()
            .map(|event| format!("{} {}", event.name, event.detail))
            .collect()
    }
}

/// Bytes with one bit changed.
pub fn bent(bytes: &Bytes) -> Bytes {
    let mut bent = bytes.clone();
    let last = bent.0.len() - 1;
    bent.0[last] ^= 1;
    bent
}
