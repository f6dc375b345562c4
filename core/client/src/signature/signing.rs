//! The side that signs: wallets and stations.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer as _, SigningKey};
use suima_code::{Algorithm, PublicKey, UnixTime};
use zeroize::ZeroizeOnDrop;

use super::base::{self, Components, InvalidComponent, LABEL};

/// A request that is about to be signed and sent.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The host, with its port unless that is the scheme's own: what goes into `Host`.
    pub authority: &'a str,
    /// The path, as it is sent: absolute and percent-encoded.
    pub path: &'a str,
    /// The query without its question mark, as it is sent.
    pub query: Option<&'a str>,
    /// The whole body.
    pub body: &'a [u8],
    /// What names the wish behind the request, the same in every retry: 32 lower-case hexadecimal digits.
    pub idempotency_key: &'a str,
}

/// The fields to send with a signed request, by their names in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeaders {
    /// `signature-input`
    pub signature_input: String,
    /// `signature`
    pub signature: String,
    /// `content-digest`
    pub content_digest: String,
    /// `idempotency-key`
    pub idempotency_key: String,
}

impl SignedHeaders {
    /// Each field's name and value.
    pub fn fields(&self) -> [(&'static str, &str); 4] {
        [
            ("signature-input", &self.signature_input),
            ("signature", &self.signature),
            ("content-digest", &self.content_digest),
            ("idempotency-key", &self.idempotency_key),
        ]
    }
}

/// A request could not be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The request has no form in this profile.
    #[error(transparent)]
    Component(#[from] InvalidComponent),
    /// The key did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

/// Why a key did not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// Not now: the phone is locked or busy. Try later.
    #[error("the key is not available now")]
    Unavailable,
    /// Never again: the key is lost. Enrol anew.
    #[error("the key is gone for good")]
    Gone,
}

/// A private key that signs requests, in software or in a phone's secure hardware.
pub trait RequestSigner: Send + Sync {
    /// The algorithm of its signatures.
    fn algorithm(&self) -> Algorithm;

    /// Its 64-byte signature over `message`: that of RFC 8032, or `r‖s` with low `s` for ESP256.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError>;
}

/// Signs a request: `created` is now by the best knowledge of the issuer's time, `nonce` is drawn anew for every sending,
/// retries included.
pub fn sign(
    outgoing: &Outgoing<'_>,
    created: UnixTime,
    nonce: &[u8; 16],
    keyid: &str,
    signer: &dyn RequestSigner,
) -> Result<SignedHeaders, SignError> {
    let parameters = base::parameters(created, nonce, keyid)?;
    let content_digest = base::content_digest(&base::digest(outgoing.body));
    let idempotency_key = base::idempotency_key(outgoing.idempotency_key)?;
    let components = Components {
        method: outgoing.method,
        authority: outgoing.authority,
        path: outgoing.path,
        query: outgoing.query,
        content_digest: &content_digest,
        idempotency_key: &idempotency_key,
    };
    let signature = signer.sign(components.base(&parameters)?.as_bytes())?;
    Ok(SignedHeaders {
        signature_input: format!("{LABEL}={parameters}"),
        signature: format!("{LABEL}=:{}:", BASE64.encode(signature)),
        content_digest,
        idempotency_key,
    })
}

/// An Ed25519 key in memory, wiped when dropped.
pub struct SoftwareKey(SigningKey);

impl SoftwareKey {
    /// The key of a seed: 32 random bytes, which whoever holds them wipes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The key with which its signatures are checked.
    pub fn public(&self) -> PublicKey {
        PublicKey::ed25519(self.0.verifying_key().as_bytes())
            .expect("a seed's public key is canonical and never of small order")
    }

    /// Its signature over `message`.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl ZeroizeOnDrop for SoftwareKey {}

// The marker above is true as long as this compiles.
const _: fn() = || {
    fn wiped_on_drop<T: ZeroizeOnDrop>() {}
    wiped_on_drop::<SigningKey>();
};

impl fmt::Debug for SoftwareKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoftwareKey").finish_non_exhaustive()
    }
}

impl RequestSigner for SoftwareKey {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Ed25519
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError> {
        Ok(Self::sign(self, message))
    }
}
