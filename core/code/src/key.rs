//! Public keys and the two signature algorithms of the format.

use core::fmt;

use crate::cbor::{Malformed, Reader, Writer};

/// A signature algorithm, by its fully-specified COSE number (RFC 9864).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// Ed25519, COSE algorithm −19.
    Ed25519,
    /// ECDSA on P-256 with SHA-256, COSE algorithm −9; signatures are `r‖s` with low `s`.
    Esp256,
}

impl Algorithm {
    /// The number in a COSE header.
    pub const fn cose(self) -> i64 {
        match self {
            Self::Ed25519 => -19,
            Self::Esp256 => -9,
        }
    }

    pub(crate) fn from_cose(number: i64) -> Option<Self> {
        [Self::Ed25519, Self::Esp256].into_iter().find(|algorithm| algorithm.cose() == number)
    }
}

/// A key with which a signature of the format can be checked, already decoded and found sound.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Inner);

#[derive(Clone, PartialEq, Eq)]
enum Inner {
    Ed25519(ed25519_dalek::VerifyingKey),
    Esp256(p256::ecdsa::VerifyingKey),
}

/// The bytes are no key that this format takes: not on the curve, not canonical, or of small order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a sound public key")]
pub struct KeyError;

impl PublicKey {
    /// An Ed25519 key from the 32 bytes of RFC 8032. Keys of small order, for which one signature fits many
    /// messages, and coordinates not below the field's prime are refused.
    pub fn ed25519(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let canonical = bytes[0] < 0xed
            || bytes[1..31].iter().any(|&byte| byte != 0xff)
            || bytes[31] & 0x7f != 0x7f;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError)?;
        if !canonical || key.is_weak() { Err(KeyError) } else { Ok(Self(Inner::Ed25519(key))) }
    }

    /// A P-256 key from its 33 bytes of SEC 1, compressed.
    pub fn esp256(compressed: &[u8; 33]) -> Result<Self, KeyError> {
        // The library takes the tag 5 of SEC 1 (compact) too: that would be a second spelling of some keys.
        if !matches!(compressed[0], 2 | 3) {
            return Err(KeyError);
        }
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(compressed).map_err(|_| KeyError)?;
        Ok(Self(Inner::Esp256(key)))
    }

    /// A key of `algorithm` from the bytes that [`PublicKey::to_bytes`] gives.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, KeyError> {
        match algorithm {
            Algorithm::Ed25519 => Self::ed25519(bytes.try_into().map_err(|_| KeyError)?),
            Algorithm::Esp256 => Self::esp256(bytes.try_into().map_err(|_| KeyError)?),
        }
    }

    /// The algorithm this key is for.
    pub fn algorithm(&self) -> Algorithm {
        match self.0 {
            Inner::Ed25519(_) => Algorithm::Ed25519,
            Inner::Esp256(_) => Algorithm::Esp256,
        }
    }

    /// 32 bytes for Ed25519 (RFC 8032), 33 for P-256 (SEC 1, compressed).
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Inner::Ed25519(key) => key.to_bytes().to_vec(),
            Inner::Esp256(key) => key.to_sec1_point(true).as_bytes().to_vec(),
        }
    }

    /// Whether `signature` is this key's over `message`, strictly: Ed25519 as `verify_strict`, ESP256 with
    /// low `s` only, so that nobody can turn one valid signature into another.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        match &self.0 {
            Inner::Ed25519(key) => {
                let signature = ed25519_dalek::Signature::from_bytes(signature);
                key.verify_strict(message, &signature).is_ok()
            }
            Inner::Esp256(key) => {
                use p256::ecdsa::signature::Verifier as _;
                p256::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| {
                    signature == signature.normalize_s() && key.verify(message, &signature).is_ok()
                })
            }
        }
    }

    /// Reads a `COSE_Key` (RFC 9052 section 7, RFC 9053 section 7) in the one form this format has for it.
    pub(crate) fn read(reader: &mut Reader) -> Result<Self, Malformed> {
        let pairs = reader.any_map()?;
        reader.key(1)?;
        let key = match (pairs, reader.u8()?) {
            (3, 1) => {
                reader.key(-1)?;
                reader.key(6)?;
                reader.key(-2)?;
                Self::ed25519(&reader.array_of()?)
            }
            (4, 2) => {
                reader.key(-1)?;
                reader.key(1)?;
                reader.key(-2)?;
                let mut compressed = [0; 33];
                compressed[1..].copy_from_slice(&reader.array_of::<32>()?);
                reader.key(-3)?;
                compressed[0] = if reader.bool()? { 3 } else { 2 };
                Self::esp256(&compressed)
            }
            _ => return Err(Malformed),
        };
        key.map_err(|KeyError| Malformed)
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        match &self.0 {
            Inner::Ed25519(key) => {
                writer.map(3).int(1).int(1).int(-1).int(6).int(-2).bytes(key.as_bytes());
            }
            Inner::Esp256(key) => {
                let point = key.to_sec1_point(true);
                let (sign, x) = (point.as_bytes()[0], &point.as_bytes()[1..]);
                writer.map(4).int(1).int(2).int(-1).int(1).int(-2).bytes(x).int(-3).bool(sign == 3);
            }
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} key", self.algorithm())?;
        self.to_bytes().iter().take(6).try_for_each(|byte| write!(f, " {byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, PublicKey};

    /// The generator of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3); its y is odd.
    const GENERATOR: [u8; 32] = [
        0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40,
        0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98,
        0xc2, 0x96,
    ];

    #[test]
    fn a_p256_key_has_two_spellings_one_for_each_of_two_points() {
        for tag in 0..=u8::MAX {
            let mut bytes = vec![tag];
            bytes.extend_from_slice(&GENERATOR);
            let key = PublicKey::from_bytes(Algorithm::Esp256, &bytes);
            assert_eq!(key.map(|key| key.to_bytes()).ok(), matches!(tag, 2 | 3).then_some(bytes));
        }
    }
}
