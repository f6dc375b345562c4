//! Signing as an issuer: what the phone library never links.
//!
//! `suima-code` says what is to be signed ([`Unsigned`]); a key here signs it. Separate keys sign static codes,
//! credentials, lists and heads, and the policy; two root keys sign the trust bundle and nothing else.

use core::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use suima_code::{
    Algorithm, Credential, Head, KeyId, Policy, PublicKey, RevocationList, Root, StaticCode, Trust,
    Unsigned,
};
use zeroize::Zeroizing;

/// A private Ed25519 key. Wiped from memory when dropped, and never shown.
struct Secret(SigningKey);

impl Secret {
    fn sign(&self, unsigned: &Unsigned) -> Vec<u8> {
        let signature = self.0.sign(&unsigned.to_be_signed());
        unsigned.with_signature(&signature.to_bytes())
    }

    fn public(&self) -> PublicKey {
        PublicKey::ed25519(self.0.verifying_key().as_bytes())
            .expect("a key made from a seed is canonical and not of small order")
    }
}

/// A key of the trust bundle, able to sign. Which things it may sign, the bundle says.
pub struct IssuerKey {
    kid: KeyId,
    secret: Secret,
}

impl IssuerKey {
    /// The key that grows from 32 random bytes (RFC 8032 section 5.1.5).
    pub fn from_seed(kid: KeyId, seed: &Zeroizing<[u8; 32]>) -> Self {
        Self { kid, secret: Secret(SigningKey::from_bytes(seed)) }
    }

    /// Its name in headers.
    pub fn kid(&self) -> KeyId {
        self.kid
    }

    /// Its public half, for the trust bundle.
    pub fn public(&self) -> PublicKey {
        self.secret.public()
    }

    /// The text of a static code.
    pub fn static_code(&self, code: &StaticCode) -> String {
        StaticCode::text(&self.secret.sign(&code.unsigned(Algorithm::Ed25519, self.kid)))
    }

    /// A credential, for a device to show with its own signature.
    pub fn credential(&self, credential: &Credential) -> Vec<u8> {
        self.secret.sign(&credential.unsigned(Algorithm::Ed25519, self.kid))
    }

    /// A policy.
    pub fn policy(&self, policy: &Policy) -> Vec<u8> {
        self.secret.sign(&policy.unsigned(Algorithm::Ed25519, self.kid))
    }

    /// A revocation list or delta.
    pub fn revocations(&self, list: &RevocationList) -> Vec<u8> {
        self.secret.sign(&list.unsigned(Algorithm::Ed25519, self.kid))
    }

    /// A head.
    pub fn head(&self, head: &Head) -> Vec<u8> {
        self.secret.sign(&head.unsigned(Algorithm::Ed25519, self.kid))
    }
}

impl fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerKey({})", self.kid)
    }
}

/// A root key, able to sign trust bundles.
pub struct RootKey {
    root: Root,
    secret: Secret,
}

impl RootKey {
    /// The key that grows from 32 random bytes (RFC 8032 section 5.1.5).
    pub fn from_seed(root: Root, seed: &Zeroizing<[u8; 32]>) -> Self {
        Self { root, secret: Secret(SigningKey::from_bytes(seed)) }
    }

    /// Its public half, for apps to pin.
    pub fn public(&self) -> PublicKey {
        self.secret.public()
    }

    /// A trust bundle.
    pub fn trust(&self, trust: &Trust) -> Vec<u8> {
        self.secret.sign(&trust.unsigned(self.root))
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKey({:?})", self.root)
    }
}
