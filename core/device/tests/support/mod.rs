//! What the tests give the store in place of a platform.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use suima_code::UnixTime;
use suima_device::{
    Clock, ClockReading, Durability, Event, Keystore, KeystoreError, Log, Ports, Random,
    RandomError, Schema, records,
};
use zeroize::Zeroizing;

/// How the keystore of a test behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    Unavailable,
    Gone,
    /// Opens what it sealed, but as another key: a keystore without authentication.
    Wrong,
}

/// A keystore that masks the key, remembers what it sealed, and counts its calls.
#[derive(Debug)]
pub struct TestKeystore {
    pub mood: Mutex<Mood>,
    pub opened: AtomicUsize,
    sealed: Mutex<HashSet<Vec<u8>>>,
}

impl Default for TestKeystore {
    fn default() -> Self {
        Self { mood: Mutex::new(Mood::Well), opened: AtomicUsize::new(0), sealed: Mutex::default() }
    }
}

impl TestKeystore {
    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
        if mood == Mood::Gone {
            self.sealed.lock().unwrap().clear();
        }
    }

    fn check(&self) -> Result<(), KeystoreError> {
        match *self.mood.lock().unwrap() {
            Mood::Unavailable => Err(KeystoreError::Unavailable { reason: "locked".to_owned() }),
            _ => Ok(()),
        }
    }
}

impl Keystore for TestKeystore {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError> {
        self.check()?;
        let sealed: Vec<u8> = key.iter().map(|byte| byte ^ 0x5a).collect();
        self.sealed.lock().unwrap().insert(sealed.clone());
        Ok(sealed)
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        self.check()?;
        if !self.sealed.lock().unwrap().contains(sealed) {
            return Err(KeystoreError::Gone);
        }
        let mask = if *self.mood.lock().unwrap() == Mood::Wrong { 0xa5 } else { 0x5a };
        let mut key = Zeroizing::new([0; 32]);
        for (byte, sealed) in key.iter_mut().zip(sealed) {
            *byte = sealed ^ mask;
        }
        Ok(key)
    }
}

/// Counts up: every draw differs, every run is the same.
#[derive(Debug, Default)]
pub struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for chunk in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
            chunk.copy_from_slice(&next[8 - chunk.len()..]);
        }
        Ok(())
    }
}

/// Has no randomness to give.
#[derive(Debug)]
pub struct Dry;

impl Random for Dry {
    fn fill(&self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError { reason: "dry".to_owned() })
    }
}

/// A clock that stands.
#[derive(Debug)]
pub struct Standing;

impl Clock for Standing {
    fn read(&self) -> ClockReading {
        ClockReading {
            wall: UnixTime::new(1_795_309_200),
            since_boot_ms: 0,
            boot: "boot".to_owned(),
        }
    }
}

/// Keeps what it is told.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Vec<Event>>);

impl Log for Kept {
    fn record(&self, event: &Event) {
        self.0.lock().unwrap().push(event.clone());
    }
}

impl Kept {
    /// Name and detail of every event since the last call.
    pub fn take(&self) -> Vec<(&'static str, String)> {
        std::mem::take(&mut *self.0.lock().unwrap())
            .into_iter()
            .map(|event| (event.name, event.detail))
            .collect()
    }
}

/// A platform whose parts the test still holds.
pub struct Platform {
    pub keystore: Arc<TestKeystore>,
    pub log: Arc<Kept>,
    pub ports: Ports,
}

impl Default for Platform {
    fn default() -> Self {
        let keystore = Arc::new(TestKeystore::default());
        let log = Arc::new(Kept::default());
        let ports = Ports {
            keystore: keystore.clone(),
            clock: Arc::new(Standing),
            log: log.clone(),
            random: Arc::new(Counting::default()),
            signer: None,
        };
        Self { keystore, log, ports }
    }
}

pub const APPLICATION_ID: i32 = 0x5355_4d54;

/// A schema with nothing but the table of records.
pub const fn records_schema(durability: Durability) -> Schema {
    Schema {
        name: "test",
        application_id: APPLICATION_ID,
        durability,
        migrations: &[records::TABLE],
    }
}
