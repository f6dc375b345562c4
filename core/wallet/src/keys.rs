//! The wallet's own keys: in software, sealed in the store, or in the phone's hardware.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use suima_client::signature::{self, RequestSigner, hardware_public_key, hardware_signature};
use suima_client::wire::{Bytes, WireKey};
use suima_code::{Algorithm, KeyError, PublicKey};
use suima_device::{Event, Level, SignerError};

use crate::error::Error;
use crate::secret::Seed;
use crate::snapshot::Snapshot;
use crate::wallet::Wallet;

/// One of the wallet's own keys.
///
/// In the store a key in software is its bare seed, as it was before there were others; one in hardware is an object, whose
/// only field says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Ed25519.
    Software(Seed),
    /// P-256, in the phone's hardware.
    Hardware(HardwareKey),
}

/// A key in the phone's hardware.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredKey", into = "StoredKey")]
pub(crate) struct HardwareKey {
    handle: Handle,
    public: PublicKey,
}

/// By what the platform finds a key. May be a blob with which others could use it on this phone, so it is not shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Handle(Bytes);

#[derive(Serialize, Deserialize)]
struct StoredKey {
    handle: Handle,
    public: WireKey,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tagged {
    Hardware(HardwareKey),
}

impl Key {
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Software(seed) => seed.key().public(),
            Self::Hardware(key) => key.public.clone(),
        }
    }

    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Software(_) => Algorithm::Ed25519,
            Self::Hardware(_) => Algorithm::Esp256,
        }
    }

    pub fn handle(&self) -> Option<&Handle> {
        match self {
            Self::Software(_) => None,
            Self::Hardware(key) => Some(&key.handle),
        }
    }
}

impl fmt::Debug for HardwareKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HardwareKey")
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle")
    }
}

impl TryFrom<StoredKey> for HardwareKey {
    type Error = KeyError;

    fn try_from(stored: StoredKey) -> Result<Self, KeyError> {
        Ok(Self { handle: stored.handle, public: PublicKey::try_from(&stored.public)? })
    }
}

impl From<HardwareKey> for StoredKey {
    fn from(key: HardwareKey) -> Self {
        Self { public: WireKey::from(&key.public), handle: key.handle }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Software(seed) => seed.serialize(serializer),
            Self::Hardware(key) => Tagged::Hardware(key.clone()).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    /// Not `untagged`: that keeps what it reads in a buffer, in which a seed would stay behind unwiped.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a seed or a key in hardware")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seed: A) -> Result<Key, A::Error> {
                Seed::deserialize(SeqAccessDeserializer::new(seed)).map(Key::Software)
            }

            fn visit_map<A: MapAccess<'de>>(self, tagged: A) -> Result<Key, A::Error> {
                let Tagged::Hardware(key) =
                    Tagged::deserialize(MapAccessDeserializer::new(tagged))?;
                Ok(Key::Hardware(key))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl Wallet {
    /// A new key, in hardware where there is a signer. In hardware it stays, until it is written down and given up
    /// ([`Wallet::change_with`]).
    pub(crate) fn new_key(&self) -> Result<Key, Error> {
        let Some(signer) = self.signer() else {
            return Ok(Key::Software(Seed::draw(self.random())?));
        };
        let unavailable = |reason: String| Error::SignerUnavailable { reason };
        let made = signer.create().map_err(|error| unavailable(error.to_string()))?;
        let handle = Handle(Bytes(made.handle));
        let Some(public) = hardware_public_key(&made.public_key) else {
            self.remove_from_hardware(&handle);
            return Err(unavailable("it gave no public key of P-256".to_owned()));
        };
        Ok(Key::Hardware(HardwareKey { handle, public }))
    }

    /// Signs with one of the wallet's keys. Asks the platform where the key is in hardware, so: under no lock.
    ///
    /// A key that is gone for good empties the wallet ([`Error::KeysGone`]), as a keystore does that lost its own.
    pub(crate) fn sign(&self, key: &Key, message: &[u8]) -> Result<[u8; 64], Error> {
        let HardwareKey { handle, public } = match key {
            Key::Software(seed) => return Ok(seed.key().sign(message)),
            Key::Hardware(key) => key,
        };
        let signer = self.signer().ok_or(Error::SignerMissing)?;
        match signer.sign(&handle.0.0, message) {
            Ok(given) => hardware_signature(&given, message, public).ok_or_else(|| {
                let reason = "what it gave is no signature of its key".to_owned();
                Error::SignerUnavailable { reason }
            }),
            Err(SignerError::Unavailable { reason }) => Err(Error::SignerUnavailable { reason }),
            Err(SignerError::Gone) => Err(self.gone(handle)),
        }
    }

    /// Empties the wallet, and says so; unless another call has given the key up in the meantime, or it was only about to be
    /// enrolled: then a new one can be made.
    fn gone(&self, handle: &Handle) -> Error {
        let uses = |key: &Key| key.handle() == Some(handle);
        let outcome = self.change("keys.gone", |snapshot| {
            if snapshot.enrolment.take_if(|begun| uses(&begun.device_key)).is_some() {
                let reason = "the key that was just made is gone".to_owned();
                return Ok(Error::SignerUnavailable { reason });
            }
            if !snapshot.keys().any(uses) {
                return Ok(Error::Busy);
            }
            *snapshot = snapshot.without_keys();
            Ok(Error::KeysGone)
        });
        let error = outcome.unwrap_or_else(|error| error);
        if matches!(error, Error::KeysGone) {
            let detail = "a key in hardware is gone".to_owned();
            self.log().record(&Event { level: Level::Warn, name: "wallet.emptied", detail });
        }
        error
    }

    /// Removes the keys that the snapshot has given up. Those that cannot be removed now are left to the next time.
    pub(crate) fn remove_given_up(&self) {
        let Ok(mut snapshot) = self.snapshot() else { return };
        let given_up = std::mem::take(&mut snapshot.given_up).into_iter();
        // Whatever became of it since: a key in use is not removed.
        let given_up = given_up.filter(|handle| !snapshot.handles().any(|kept| kept == handle));
        let removed: Vec<_> = given_up.filter(|handle| self.remove_from_hardware(handle)).collect();
        if removed.is_empty() {
            return;
        }
        let written = self.write("keys.removed", |snapshot| {
            snapshot.given_up.retain(|handle| !removed.contains(handle));
            Ok(())
        });
        if let Err(error) = written {
            self.log_left_key(&error);
        }
    }

    /// Removes keys that were made for something that came to nothing.
    pub(crate) fn remove_unused(&self, fresh: &[&Key]) {
        let mut fresh = fresh.iter().filter_map(|key| key.handle()).peekable();
        if fresh.peek().is_none() {
            return;
        }
        // Whether another call uses one can only be told by the store.
        let snapshot = match self.snapshot() {
            Ok(snapshot) => snapshot,
            Err(error) => return self.log_left_key(&error),
        };
        for handle in fresh.filter(|handle| !snapshot.handles().any(|kept| kept == *handle)) {
            self.remove_from_hardware(handle);
        }
    }

    /// Whether the key is not there any more.
    pub(crate) fn remove_from_hardware(&self, handle: &Handle) -> bool {
        match self.signer().map(|signer| signer.remove(&handle.0.0)) {
            Some(Ok(()) | Err(SignerError::Gone)) => true,
            Some(Err(error)) => {
                self.log_left_key(&error);
                false
            }
            None => false,
        }
    }

    fn log_left_key(&self, why: &dyn fmt::Display) {
        let detail = format!("left in the hardware: {why}");
        self.log().record(&Event { level: Level::Warn, name: "keys.remove.failed", detail });
    }
}

impl Snapshot {
    fn keys(&self) -> impl Iterator<Item = &Key> {
        let device = self.device.iter().map(|device| &device.key);
        let enrolment =
            self.enrolment.iter().flat_map(|begun| [&begun.device_key, &begun.holding_key]);
        let people = self.people.iter().flat_map(|person| {
            let holding = person.holding.as_ref().map(|holding| &holding.key);
            holding.into_iter().chain(person.offer.as_ref().map(|offer| &offer.key))
        });
        let errands = self.errands.iter().filter_map(|errand| errand.task.key());
        device.chain(enrolment).chain(people).chain(errands)
    }

    /// The keys in hardware that are in use.
    pub fn handles(&self) -> impl Iterator<Item = &Handle> {
        self.keys().filter_map(Key::handle)
    }

    /// Notes for removal the keys among `handles` that are not in use, and says whether there are any.
    pub fn give_up(&mut self, mut handles: Vec<Handle>) -> bool {
        handles.retain(|handle| !self.handles().any(|kept| kept == handle));
        let any = !handles.is_empty();
        let mut given_up = std::mem::take(&mut self.given_up);
        // One that was taken up again is not to be removed.
        given_up.retain(|handle| !self.handles().any(|kept| kept == handle));
        given_up.append(&mut handles);
        self.given_up = given_up;
        any
    }
}

/// One of the wallet's keys as the signer of a request.
pub(crate) struct SigningHand<'a> {
    wallet: &'a Wallet,
    key: &'a Key,
    trouble: Mutex<Option<Error>>,
}

impl<'a> SigningHand<'a> {
    pub fn new(wallet: &'a Wallet, key: &'a Key) -> Self {
        Self { wallet, key, trouble: Mutex::new(None) }
    }

    /// Why it did not sign, if it did not: more than fits into a [`signature::SignerError`].
    pub fn trouble(self) -> Option<Error> {
        self.trouble.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RequestSigner for SigningHand<'_> {
    fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], signature::SignerError> {
        self.wallet.sign(self.key, message).map_err(|error| {
            let told = match error {
                Error::KeysGone => signature::SignerError::Gone,
                _ => signature::SignerError::Unavailable,
            };
            *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            told
        })
    }
}
