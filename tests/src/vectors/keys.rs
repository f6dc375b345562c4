//! The keys of the vectors: each grows from the SHA-256 of its name, so that the files come out the same everywhere.

use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};
use suima_code::PublicKey;

use super::cbor;

/// A private key of either kind.
pub(crate) enum Signer {
    /// Algorithm −19.
    Ed25519(ed25519_dalek::SigningKey),
    /// Algorithm −9. Signatures are deterministic (RFC 6979) and brought to low `s`.
    P256(p256::ecdsa::SigningKey),
}

fn seed(name: &str) -> [u8; 32] {
    Sha256::digest(format!("suima vectors: {name}")).into()
}

impl Signer {
    pub(crate) fn ed25519(name: &str) -> Self {
        Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&seed(name)))
    }

    pub(crate) fn p256(name: &str) -> Self {
        let key = p256::ecdsa::SigningKey::from_slice(&seed(name));
        Self::P256(key.expect("a hash is below the group order but once in 2^32 names"))
    }

    /// Its COSE number.
    pub(crate) fn algorithm(&self) -> i64 {
        match self {
            Self::Ed25519(_) => -19,
            Self::P256(_) => -9,
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        match self {
            Self::Ed25519(key) => key.sign(message).to_bytes(),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.normalize_s().to_bytes().into()
            }
        }
    }

    pub(crate) fn public(&self) -> PublicKey {
        let key = match self {
            Self::Ed25519(key) => PublicKey::ed25519(key.verifying_key().as_bytes()),
            Self::P256(key) => {
                let point = key.verifying_key().to_sec1_point(true);
                PublicKey::esp256(point.as_bytes().try_into().expect("33 bytes of SEC 1"))
            }
        };
        key.expect("the public half of a private key is sound")
    }

    /// Its public half as a `COSE_Key`.
    pub(crate) fn cose_key(&self) -> Vec<u8> {
        let public = self.public().to_bytes();
        match self {
            Self::Ed25519(_) => ed25519_cose_key(&public),
            Self::P256(_) => p256_cose_key(&public[1..], public[0] == 3),
        }
    }
}

/// `{1: 1, -1: 6, -2: bytes}`.
pub(crate) fn ed25519_cose_key(encoded: &[u8]) -> Vec<u8> {
    cbor::map(&[(1, cbor::uint(1_u8)), (-1, cbor::uint(6_u8)), (-2, cbor::bytes(encoded))])
}

/// `{1: 2, -1: 1, -2: x, -3: sign}`.
pub(crate) fn p256_cose_key(x: &[u8], sign: bool) -> Vec<u8> {
    cbor::map(&[
        (1, cbor::uint(2_u8)),
        (-1, cbor::uint(1_u8)),
        (-2, cbor::bytes(x)),
        (-3, cbor::boolean(sign)),
    ])
}
