//! The ports to the platform, as Kotlin and Swift implement them. What each must guarantee is written at the traits of
//! `suima-device` that they stand for.

use std::sync::Arc;
use std::time::SystemTime;

use suima_device as device;
use zeroize::Zeroizing;

use crate::time::to_unix;

/// The platform's keystore: Android Keystore, the iOS Keychain. It seals one random key of 32 bytes.
#[uniffi::export(with_foreign)]
pub trait Keystore: Send + Sync {
    /// Seals `key`, so that only this app on this phone can open it.
    fn seal(&self, key: Vec<u8>) -> Result<Vec<u8>, KeystoreError>;

    /// Opens what [`Keystore::seal`] made. (Not `open`: uniffi 0.32.2 escapes that Swift word in the C header too, which
    /// then does not compile.)
    fn unseal(&self, sealed: Vec<u8>) -> Result<Vec<u8>, KeystoreError>;
}

/// Why the keystore did not answer.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum KeystoreError {
    /// Not now: the phone has not been unlocked yet, or the keystore is busy. Nothing is wiped; try later.
    #[error("the keystore is unavailable: {reason}")]
    Unavailable {
        /// What the platform said.
        reason: String,
    },
    /// Never again: a restored backup, a reset keystore. The wallet is wiped and says so.
    #[error("the keystore's key is gone")]
    Gone,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeystoreError {
    /// An exception that the shell did not expect says nothing about the key, so nothing may be wiped for it.
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable { reason: error.reason }
    }
}

/// The phone's signing hardware: the Secure Enclave, `StrongBox`, a trusted execution environment. Keys of P-256 are made
/// in it and never leave it.
#[uniffi::export(with_foreign)]
pub trait Signer: Send + Sync {
    /// Makes a new key. `Gone` here is taken for unavailable.
    fn create(&self) -> Result<SignerKey, SignerError>;

    /// Signs `message`, hashed with SHA-256, with the key of `handle`: ECDSA as DER, or as the 64 bytes of `r‖s`.
    fn sign(&self, handle: Vec<u8>, message: Vec<u8>) -> Result<Vec<u8>, SignerError>;

    /// Destroys the key of `handle`. One that is not there is a success.
    fn remove(&self, handle: Vec<u8>) -> Result<(), SignerError>;
}

/// A key that was just made.
#[derive(Clone, uniffi::Record)]
pub struct SignerKey {
    /// By what the shell finds it again, in later runs of the program too. Kept sealed.
    pub handle: Vec<u8>,
    /// Its public half: a point of SEC 1 (65 bytes), or a `SubjectPublicKeyInfo` in DER as Java's `publicKey.encoded` is.
    pub public_key: Vec<u8>,
}

/// Why the signer did not answer.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum SignerError {
    /// Not now: the phone has not been unlocked yet, or the hardware is busy. Nothing is wiped; try later.
    #[error("the signer is unavailable: {reason}")]
    Unavailable {
        /// What the platform said.
        reason: String,
    },
    /// Never again: a restored backup, an invalidated key. The wallet is wiped and says so.
    #[error("the signer's key is gone")]
    Gone,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for SignerError {
    /// As for the keystore: nothing may be wiped for it.
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable { reason: error.reason }
    }
}

/// The phone's clocks.
#[uniffi::export(with_foreign)]
pub trait Clock: Send + Sync {
    /// All of them, read together.
    fn read(&self) -> Result<ClockReading, PortError>;
}

/// The phone's clocks, read together.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ClockReading {
    /// What the phone believes the time to be.
    pub wall: SystemTime,
    /// Milliseconds since the phone was started, sleep included.
    pub since_boot_ms: u64,
    /// Names the start of the phone: another after each.
    pub boot: String,
}

/// Where the core says what it does: names of events, never personal data, never a secret.
#[uniffi::export(with_foreign)]
pub trait Log: Send + Sync {
    /// Takes one event. Called on any thread; must not call back into the core.
    fn record(&self, level: LogLevel, name: String, detail: String) -> Result<(), PortError>;
}

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// For whoever looks for a fault.
    Debug,
    /// The ordinary course of things.
    Info,
    /// Something to look at.
    Warn,
    /// Something failed.
    Error,
}

/// A port failed in a way of which the core can only take note.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum PortError {
    /// The shell threw this.
    #[error("{reason}")]
    Failed {
        /// What it said.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PortError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { reason: error.reason }
    }
}

/// The ports as the core takes them.
pub(crate) fn ports(
    keystore: Arc<dyn Keystore>,
    clock: Arc<dyn Clock>,
    log: Arc<dyn Log>,
) -> device::Ports {
    device::Ports {
        keystore: Arc::new(ForeignKeystore(keystore)),
        clock: Arc::new(ForeignClock(clock)),
        log: Arc::new(ForeignLog(log)),
        random: Arc::new(device::SystemRandom),
        signer: None,
    }
}

struct ForeignKeystore(Arc<dyn Keystore>);

impl device::Keystore for ForeignKeystore {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, device::KeystoreError> {
        self.0.seal(key.to_vec()).map_err(Into::into)
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, device::KeystoreError> {
        let key = Zeroizing::new(self.0.unseal(sealed.to_vec())?);
        // A hiccup of the shell, for all the core can know: nothing is wiped for it.
        let key: &[u8; 32] = key.as_slice().try_into().map_err(|_| {
            device::KeystoreError::Unavailable { reason: "not a key of 32 bytes".to_owned() }
        })?;
        Ok(Zeroizing::new(*key))
    }
}

impl From<KeystoreError> for device::KeystoreError {
    fn from(error: KeystoreError) -> Self {
        match error {
            KeystoreError::Unavailable { reason } => Self::Unavailable { reason },
            KeystoreError::Gone => Self::Gone,
        }
    }
}

/// A signer as the core takes it.
pub(crate) fn signer(signer: Arc<dyn Signer>) -> Arc<dyn device::Signer> {
    Arc::new(ForeignSigner(signer))
}

struct ForeignSigner(Arc<dyn Signer>);

impl device::Signer for ForeignSigner {
    fn create(&self) -> Result<device::SignerKey, device::SignerError> {
        let SignerKey { handle, public_key } = self.0.create()?;
        Ok(device::SignerKey { handle, public_key })
    }

    fn sign(&self, handle: &[u8], message: &[u8]) -> Result<Vec<u8>, device::SignerError> {
        Ok(self.0.sign(handle.to_vec(), message.to_vec())?)
    }

    fn remove(&self, handle: &[u8]) -> Result<(), device::SignerError> {
        Ok(self.0.remove(handle.to_vec())?)
    }
}

impl From<SignerError> for device::SignerError {
    fn from(error: SignerError) -> Self {
        match error {
            SignerError::Unavailable { reason } => Self::Unavailable { reason },
            SignerError::Gone => Self::Gone,
        }
    }
}

struct ForeignClock(Arc<dyn Clock>);

impl device::Clock for ForeignClock {
    fn read(&self) -> device::ClockReading {
        match self.0.read() {
            Ok(reading) => device::ClockReading {
                wall: to_unix(reading.wall),
                since_boot_ms: reading.since_boot_ms,
                boot: reading.boot,
            },
            // A clock that cannot be read is a clock that is wrong, which every view says.
            Err(PortError::Failed { .. }) => device::ClockReading {
                wall: suima_code::UnixTime::new(0),
                since_boot_ms: 0,
                boot: String::new(),
            },
        }
    }
}

struct ForeignLog(Arc<dyn Log>);

impl device::Log for ForeignLog {
    fn record(&self, event: &device::Event) {
        let level = match event.level {
            device::Level::Debug => LogLevel::Debug,
            device::Level::Info => LogLevel::Info,
            device::Level::Warn => LogLevel::Warn,
            device::Level::Error => LogLevel::Error,
        };
        // What fails to be logged has nowhere else to be said.
        let _ = self.0.record(level, event.name.to_owned(), event.detail.clone());
    }
}
