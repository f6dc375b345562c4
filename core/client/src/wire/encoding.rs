//! How bytes and public keys stand in JSON.

#[cfg(feature = "schema")]
use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use suima_code::{Algorithm, KeyError, PublicKey};

/// Bytes, in JSON as Base64 with padding (RFC 4648 section 4).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Bytes {
    fn schema_name() -> Cow<'static, str> {
        "Bytes".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "contentEncoding": "base64",
            "description": "Bytes, as Base64 with padding (RFC 4648 section 4).",
        })
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text).map(Self).map_err(de::Error::custom)
    }
}

/// A public key on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WireKey {
    /// By its name in RFC 9421.
    pub algorithm: WireAlgorithm,
    /// 32 bytes for Ed25519, 33 for P-256 (SEC 1, compressed).
    pub key: Bytes,
}

/// A signature algorithm by its name in the registry of RFC 9421 section 6.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WireAlgorithm {
    /// Ed25519.
    #[serde(rename = "ed25519")]
    Ed25519,
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ecdsa-p256-sha256")]
    Esp256,
}

impl From<&PublicKey> for WireKey {
    fn from(key: &PublicKey) -> Self {
        let algorithm = match key.algorithm() {
            Algorithm::Ed25519 => WireAlgorithm::Ed25519,
            Algorithm::Esp256 => WireAlgorithm::Esp256,
        };
        Self { algorithm, key: Bytes(key.to_bytes()) }
    }
}

impl TryFrom<&WireKey> for PublicKey {
    type Error = KeyError;

    fn try_from(wire: &WireKey) -> Result<Self, KeyError> {
        let algorithm = match wire.algorithm {
            WireAlgorithm::Ed25519 => Algorithm::Ed25519,
            WireAlgorithm::Esp256 => Algorithm::Esp256,
        };
        PublicKey::from_bytes(algorithm, &wire.key.0)
    }
}
