//! Seeds of the wallet's own keys.

use core::fmt;

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

/// A new name for a request and its retries: 128 random bits as 32 lower-case hexadecimal digits.
pub(crate) fn idempotency_key(random: &dyn Random) -> Result<String, RandomError> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
