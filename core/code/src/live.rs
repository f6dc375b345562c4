//! Live codes: a credential, and the device's word that this is now.

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::{Algorithm, Credential, Reason, Trust, UnixTime, text};

/// COSE header `kcwt` (RFC 9528): the credential whose key signed.
const KCWT: i64 = 13;

/// A live code that still lacks the device's signature.
#[derive(Clone, Debug)]
pub struct LiveDraft(Unsigned);

impl LiveDraft {
    /// A code with `credential` (the bytes the issuer signed) that says it is `now`, to be signed by the
    /// holding's key, which is of `algorithm`.
    pub fn new(credential: &[u8], algorithm: Algorithm, now: UnixTime) -> Self {
        let mut protected = Writer::new();
        protected.map(2).int(1).int(algorithm.cose()).int(KCWT).raw(credential);
        let payload = Writer::new().map(1).int(6).uint(now.get()).finish();
        Self(Unsigned::new(Purpose::Live, protected.finish(), payload))
    }

    /// The bytes for the holding's key to sign.
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.0.to_be_signed()
    }

    /// The text of the finished code: what the QR code shows.
    pub fn with_signature(&self, signature: &[u8; 64]) -> String {
        text::encode(&self.0.with_signature(signature))
    }
}

/// Reads a credential without asking who signed it: what a wallet keeps was checked when it came.
pub fn credential_of(bytes: &[u8]) -> Result<Credential, Reason> {
    Ok(Credential::read(Sign1::parse(bytes)?.payload)?)
}

/// Both signatures of a live code checked: the issuer's over the credential, the device's over the time.
pub(crate) fn check(
    outer: &Sign1,
    trust: &Trust,
    now: UnixTime,
) -> Result<(Credential, UnixTime), Reason> {
    let (algorithm, inner) = header(outer.protected)?;
    let signed_at = time(outer.payload)?;
    let credential = Credential::check(&inner, trust, now)?;
    if credential.key.algorithm() != algorithm || !outer.verified_by(&credential.key, Purpose::Live)
    {
        return Err(Reason::Altered);
    }
    Ok((credential, signed_at))
}

fn header(protected: &[u8]) -> Result<(Algorithm, Sign1<'_>), Malformed> {
    let mut reader = Reader::new(protected);
    reader.map(2)?;
    reader.key(1)?;
    let algorithm = Algorithm::from_cose(reader.int()?).ok_or(Malformed)?;
    reader.key(KCWT)?;
    let inner = Sign1::read(&mut reader)?;
    reader.end()?;
    Ok((algorithm, inner))
}

fn time(payload: &[u8]) -> Result<UnixTime, Malformed> {
    let mut reader = Reader::new(payload);
    reader.map(1)?;
    reader.key(6)?;
    let time = UnixTime::new(reader.u32()?);
    reader.end()?;
    Ok(time)
}
