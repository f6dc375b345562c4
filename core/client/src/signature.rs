//! Signed requests: RFC 9421 (HTTP Message Signatures) in one narrow profile, for both sides.
//!
//! There is exactly one form: one signature, labelled [`LABEL`], over these components in this order:
//! `@method`, `@authority`, `@path`, `@query`, `content-digest`, `idempotency-key`; with the parameters `created`,
//! `nonce` (16 random bytes in Base64), `keyid` and `tag` ([`TAG`]) in that order, and no `alg`: the
//! algorithm is that of the key, as enrolled. A request in any other form is refused, even where RFC 9421 would
//! allow it, so that a signature has one spelling and covers everything that an answer depends on.
//! `docs/decisions/0004-signed-requests.md` says why.
//!
//! This module decides nothing about time and remembers nothing: whether [`Presented::created`] is fresh and
//! whether [`Presented::nonce`] was seen before is for the issuer to find, after the signature has been verified.

mod base;
mod hardware;
mod reading;
mod signing;

pub use base::{InvalidComponent, LABEL, TAG};
pub use hardware::{hardware_public_key, hardware_signature};
pub use reading::{Presented, Received, SignatureError, read};
pub use signing::{
    Outgoing, RequestSigner, SignError, SignedHeaders, SignerError, SoftwareKey, sign,
};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use suima_code::PublicKey;

/// The `keyid` of a key that is not enrolled yet and signs its own enrolment: `new:` and the SHA-256 of its bytes
/// in Base64url without padding. After enrolment the `keyid` is what the issuer answered.
pub fn keyid_before_enrolment(key: &PublicKey) -> String {
    format!("new:{}", URL_SAFE_NO_PAD.encode(Sha256::digest(key.to_bytes())))
}
