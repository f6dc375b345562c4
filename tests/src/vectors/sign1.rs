//! `COSE_Sign1` put together piece by piece, so that any one piece can be made unsound.

use super::cbor;
use super::keys::Signer;

/// An object, its pieces still loose. What is signed is always the canonical `Sig_structure` over the contents, as
/// a lenient verifier would rebuild it: only the pieces' outer form can be at fault.
#[derive(Clone)]
pub(crate) struct Sign1 {
    /// The `external_aad`.
    pub(crate) aad: String,
    /// Contents of the protected header.
    pub(crate) protected: Vec<u8>,
    /// Contents of the payload.
    pub(crate) payload: Vec<u8>,
    /// The unprotected header, as an item.
    pub(crate) unprotected: Vec<u8>,
}

/// `{1: algorithm, 4: kid}`.
pub(crate) fn issuer_header(algorithm: i64, kid: &[u8]) -> Vec<u8> {
    cbor::map(&[(1, cbor::int(algorithm)), (4, cbor::bytes(kid))])
}

impl Sign1 {
    pub(crate) fn new(aad: &str, protected: Vec<u8>, payload: Vec<u8>) -> Self {
        Self { aad: aad.to_owned(), protected, payload, unprotected: cbor::map(&[]) }
    }

    /// With the issuer's header for `key`, as its algorithm is.
    pub(crate) fn by(key: &Signer, kid: u8, aad: &str, payload: Vec<u8>) -> Self {
        Self::new(aad, issuer_header(key.algorithm(), &[kid]), payload)
    }

    /// The bytes that a signature is over.
    pub(crate) fn to_be_signed(&self) -> Vec<u8> {
        cbor::array(&[
            cbor::text("Signature1"),
            cbor::bytes(&self.protected),
            cbor::bytes(self.aad.as_bytes()),
            cbor::bytes(&self.payload),
        ])
    }

    /// The four items of the object: protected, unprotected, payload, signature.
    pub(crate) fn items(&self, signature: &[u8]) -> [Vec<u8>; 4] {
        [
            cbor::bytes(&self.protected),
            self.unprotected.clone(),
            cbor::bytes(&self.payload),
            cbor::bytes(signature),
        ]
    }

    /// The object with this signature.
    pub(crate) fn with(&self, signature: &[u8]) -> Vec<u8> {
        cbor::array(&self.items(signature))
    }

    /// The object, signed by `key`.
    pub(crate) fn signed(&self, key: &Signer) -> Vec<u8> {
        self.with(&self.signature(key))
    }

    /// The signature of `key` over it.
    pub(crate) fn signature(&self, key: &Signer) -> [u8; 64] {
        key.sign(&self.to_be_signed())
    }
}
