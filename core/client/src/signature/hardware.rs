//! What a platform's signing hardware gives, brought into the one form that the format has for it.

use p256::ecdsa::{DerSignature, Signature, VerifyingKey};
use p256::pkcs8::DecodePublicKey as _;
use suima_code::{Algorithm, PublicKey};

/// The public key in what a platform gives for one: a point of SEC 1, compressed or not (`SecKeyCopyExternalRepresentation`,
/// `CryptoKit`), or a `SubjectPublicKeyInfo` of RFC 5480 in DER (Java's `PublicKey.getEncoded`). `None` for anything else, a point
/// off the curve too.
pub fn hardware_public_key(bytes: &[u8]) -> Option<PublicKey> {
    let key = match bytes.first()? {
        2..=4 => VerifyingKey::from_sec1_bytes(bytes).ok()?,
        _ => VerifyingKey::from_public_key_der(bytes).ok()?,
    };
    PublicKey::from_bytes(Algorithm::Esp256, key.to_sec1_point(true).as_bytes()).ok()
}

/// The signature over `message` in what a platform gives for one: `Ecdsa-Sig-Value` of RFC 3279 in strict DER, or the 64 bytes of
/// `r‖s`. Gives `r‖s` with low `s`; `None` for whatever does not verify with `key`, so that no spoiled signature leaves the phone.
pub fn hardware_signature(bytes: &[u8], message: &[u8], key: &PublicKey) -> Option<[u8; 64]> {
    let der = || Signature::try_from(DerSignature::try_from(bytes).ok()?).ok();
    // A signature in DER can be 64 bytes long too, though hardly ever is.
    [Signature::from_slice(bytes).ok(), der()]
        .into_iter()
        .flatten()
        .map(|signature| signature.normalize_s().to_bytes().into())
        .find(|signature| key.verifies(message, signature))
}

#[cfg(test)]
mod tests;
