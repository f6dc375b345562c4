//! `COSE_Sign1` (RFC 9052 section 4.2), untagged, with an empty unprotected header.

use crate::cbor::{Malformed, Reader, Writer};
use crate::{Algorithm, KeyId, PublicKey};

/// What a signature was made for. Its text is the `external_aad`, so that nothing signed for one purpose
/// passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A static code.
    Static,
    /// The issuer's credential inside a live code.
    Credential,
    /// The device's signature of a live code.
    Live,
    /// A trust bundle.
    Trust,
    /// A policy.
    Policy,
    /// A revocation list or delta.
    Revocations,
    /// A head.
    Head,
}

impl Purpose {
    /// The `external_aad`.
    pub const fn external_aad(self) -> &'static str {
        match self {
            Self::Static => "suima/static",
            Self::Credential => "suima/credential",
            Self::Live => "suima/live",
            Self::Trust => "suima/trust",
            Self::Policy => "suima/policy",
            Self::Revocations => "suima/revocations",
            Self::Head => "suima/head",
        }
    }
}

/// An object of the format that still lacks its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    purpose: Purpose,
    protected: Vec<u8>,
    payload: Vec<u8>,
}

impl Unsigned {
    /// With the header of everything an issuer signs: algorithm and one-byte key id.
    pub(crate) fn by_issuer(
        purpose: Purpose,
        algorithm: Algorithm,
        kid: KeyId,
        payload: Vec<u8>,
    ) -> Self {
        let protected =
            Writer::new().map(2).int(1).int(algorithm.cose()).int(4).bytes(&[kid.0]).finish();
        Self { purpose, protected, payload }
    }

    pub(crate) fn new(purpose: Purpose, protected: Vec<u8>, payload: Vec<u8>) -> Self {
        Self { purpose, protected, payload }
    }

    /// The bytes to sign: `Sig_structure` (RFC 9052 section 4.4).
    pub fn to_be_signed(&self) -> Vec<u8> {
        sig_structure(self.purpose, &self.protected, &self.payload)
    }

    /// The finished `COSE_Sign1`.
    pub fn with_signature(&self, signature: &[u8; 64]) -> Vec<u8> {
        Writer::new()
            .array(4)
            .bytes(&self.protected)
            .map(0)
            .bytes(&self.payload)
            .bytes(signature)
            .finish()
    }
}

fn sig_structure(purpose: Purpose, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    // One allocation: the heads and the fixed texts take less than 64 bytes.
    Writer::with_capacity(protected.len() + payload.len() + 64)
        .array(4)
        .text("Signature1")
        .bytes(protected)
        .bytes(purpose.external_aad().as_bytes())
        .bytes(payload)
        .finish()
}

/// A `COSE_Sign1` as found, nothing about it checked but its shape.
pub(crate) struct Sign1<'a> {
    pub(crate) protected: &'a [u8],
    pub(crate) payload: &'a [u8],
    pub(crate) signature: &'a [u8; 64],
}

impl<'a> Sign1<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, Malformed> {
        reader.array(4)?;
        let protected = reader.bytes()?;
        reader.map(0)?;
        let payload = reader.bytes()?;
        let signature = reader.bytes()?.try_into().map_err(|_| Malformed)?;
        Ok(Self { protected, payload, signature })
    }

    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let sign1 = Self::read(&mut reader)?;
        reader.end()?;
        Ok(sign1)
    }

    /// Algorithm and key id of something an issuer signed.
    pub(crate) fn issuer_header(&self) -> Result<(Algorithm, KeyId), Malformed> {
        let mut reader = Reader::new(self.protected);
        reader.map(2)?;
        reader.key(1)?;
        let algorithm = Algorithm::from_cose(reader.int()?).ok_or(Malformed)?;
        reader.key(4)?;
        let [kid] = reader.array_of::<1>()?;
        reader.end()?;
        Ok((algorithm, KeyId(kid)))
    }

    pub(crate) fn verified_by(&self, key: &PublicKey, purpose: Purpose) -> bool {
        let message = sig_structure(purpose, self.protected, self.payload);
        key.verifies(&message, self.signature)
    }
}

/// Why something cannot be stepped over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It ends before its heads say that it does.
    CutShort,
    /// It is something else.
    Malformed,
}

/// Steps over a `COSE_Sign1`, and looks at nothing but how long its parts are.
pub(crate) fn step_over(bytes: &[u8]) -> Result<(), Broken> {
    let protected = head(bytes, 0x84)?;
    let payload = head(behind_bytes(protected)?, 0xa0)?;
    let signature = behind_bytes(payload)?;
    behind_bytes(signature).map(|_| ())
}

/// What stands behind a head of one byte.
fn head(bytes: &[u8], head: u8) -> Result<&[u8], Broken> {
    match bytes.split_first() {
        None => Err(Broken::CutShort),
        Some((first, rest)) if *first == head => Ok(rest),
        Some(_) => Err(Broken::Malformed),
    }
}

/// What stands behind a byte string of less than 64 KiB.
fn behind_bytes(bytes: &[u8]) -> Result<&[u8], Broken> {
    let (first, rest) = bytes.split_first().ok_or(Broken::CutShort)?;
    let (length, rest) = match first {
        0x40..=0x57 => (usize::from(first - 0x40), rest),
        0x58 => {
            let (length, rest) = rest.split_first().ok_or(Broken::CutShort)?;
            (usize::from(*length), rest)
        }
        0x59 => {
            let (length, rest) = rest.split_first_chunk().ok_or(Broken::CutShort)?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return Err(Broken::Malformed),
    };
    rest.get(length..).ok_or(Broken::CutShort)
}
