//! Seeds of the wallet's own keys, and texts that open something.

use core::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use suima_client::signature::SoftwareKey;
use suima_device::{Random, RandomError};
use zeroize::Zeroizing;

/// The 32 bytes from which an Ed25519 key grows. Wiped from memory when dropped, and never shown.
///
/// As JSON it is an array of numbers, not text: a parser then needs no buffer that would stay behind unwiped.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Seed(Zeroizing<[u8; 32]>);

impl Seed {
    pub(crate) fn draw(random: &dyn Random) -> Result<Self, RandomError> {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill(&mut *seed)?;
        Ok(Self(seed))
    }

    pub(crate) fn key(&self) -> SoftwareKey {
        SoftwareKey::from_seed(&self.0)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed")
    }
}

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (*self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <[u8; 32]>::deserialize(deserializer).map(|seed| Self(Zeroizing::new(seed)))
    }
}

/// A text that opens something or tells who somebody is: a one-time code, the number of a document. Wiped from memory
/// when dropped, and never shown. As JSON an array of numbers, like a [`Seed`].
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretText(Zeroizing<String>);

impl SecretText {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText")
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_bytes().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Zeroizing::new(Vec::<u8>::deserialize(deserializer)?);
        let text = str::from_utf8(&bytes).map_err(D::Error::custom)?;
        Ok(Self::new(text.to_owned()))
    }
}

/// A new name for a request and its retries: 128 random bits as 32 lower-case hexadecimal digits.
pub(crate) fn idempotency_key(random: &dyn Random) -> Result<String, RandomError> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
