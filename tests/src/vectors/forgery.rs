//! Keys and signatures that a lenient verifier takes and a strict one must not.

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity as _;
use sha2::{Digest as _, Sha512};

/// The order of the Ed25519 group, little-endian (RFC 8032 section 5.1).
const L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The order of the P-256 group, big-endian (SEC 2 section 2.4.2).
const N: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
    0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The same Ed25519 signature with `s + L` for `s`.
pub(crate) fn s_plus_order(signature: &[u8; 64]) -> [u8; 64] {
    let mut forged = *signature;
    let mut carry = 0;
    for (byte, order) in forged[32..].iter_mut().zip(L) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        [*byte, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    assert_eq!(carry, 0, "s and the order are both below 2^253");
    forged
}

/// The same P-256 signature with `n - s` for `s`: what ECDSA itself takes just as well.
pub(crate) fn other_s(signature: &[u8; 64]) -> [u8; 64] {
    let mut forged = *signature;
    let mut borrow = false;
    for (byte, order) in forged[32..].iter_mut().zip(N).rev() {
        let (difference, first) = order.overflowing_sub(*byte);
        let (difference, second) = difference.overflowing_sub(u8::from(borrow));
        *byte = difference;
        borrow = first || second;
    }
    assert!(!borrow, "s is below the order");
    forged
}

fn challenge(r: &[u8; 32], key: &[u8; 32], message: &[u8]) -> Scalar {
    let hash = Sha512::new().chain_update(r).chain_update(key).chain_update(message).finalize();
    Scalar::from_bytes_mod_order_wide(&hash.into())
}

/// A generator of the points whose order divides 8.
fn torsion() -> EdwardsPoint {
    EIGHT_TORSION[1]
}

fn encode(r: &[u8; 32], s: &Scalar) -> [u8; 64] {
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(r);
    signature[32..].copy_from_slice(s.as_bytes());
    signature
}

/// A signature by `key`, whose `R` is the neutral element, spelled as `r`.
pub(crate) fn neutral_r(key: &ed25519_dalek::SigningKey, r: &[u8; 32], message: &[u8]) -> [u8; 64] {
    let k = challenge(r, key.verifying_key().as_bytes(), message);
    encode(r, &(k * key.to_scalar()))
}

/// The neutral element in its one form.
pub(crate) fn neutral() -> [u8; 32] {
    EdwardsPoint::identity().compress().0
}

/// The neutral element with `y = p + 1`.
pub(crate) fn neutral_beyond_p() -> [u8; 32] {
    beyond_p(1)
}

/// `p + y`, for a `y` below 19.
fn beyond_p(y: u8) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed + y;
    bytes[31] = 0x7f;
    bytes
}

/// A point of large order, spelled with a `y` not below the field's prime, which lenient readers take.
pub(crate) fn large_beyond_p() -> [u8; 32] {
    (2..19)
        .map(beyond_p)
        .find(|bytes| {
            CompressedEdwardsY(*bytes).decompress().is_some_and(|point| !point.is_small_order())
        })
        .expect("about half of all y are on the curve")
}

/// 32 bytes that are no point of the Ed25519 curve.
pub(crate) fn off_ed25519() -> [u8; 32] {
    let candidate = |y: u8| [&[y][..], &[0; 31]].concat().try_into().expect("32 bytes");
    (2..=255)
        .map(candidate)
        .find(|bytes| CompressedEdwardsY(*bytes).decompress().is_none())
        .expect("about half of all y are off the curve")
}

fn on_p256(x: &[u8; 32]) -> bool {
    p256::ecdsa::VerifyingKey::from_sec1_bytes(&[&[2], &x[..]].concat()).is_ok()
}

fn small_x(x: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[31] = x;
    bytes
}

/// 32 bytes that are no `x` of a point of P-256.
pub(crate) fn off_p256() -> [u8; 32] {
    (1..=255).map(small_x).find(|x| !on_p256(x)).expect("about half of all x are off the curve")
}

/// An `x` of a point of P-256, plus the field's prime.
pub(crate) fn x_beyond_p() -> [u8; 32] {
    let x = (1..=255).map(small_x).find(on_p256).expect("about half of all x are on the curve");
    let mut bytes = [0; 32];
    bytes[..4].fill(0xff);
    bytes[7] = 1;
    // The prime ends with 96 one-bits, so adding a small number carries into the byte above them.
    bytes[19] = 1;
    bytes[31] = x[31] - 1;
    bytes
}

/// A public key of order 8.
pub(crate) fn order_eight() -> [u8; 32] {
    torsion().compress().0
}

/// A signature over `message` that the equation without the cofactor holds for under a key of small order: nobody needs
/// a private key to make it.
pub(crate) fn under_small_order(key: &[u8; 32], message: &[u8]) -> [u8; 64] {
    let point = CompressedEdwardsY(*key).decompress().expect("a point of small order");
    (1_u64..)
        .map(Scalar::from)
        .find_map(|s| {
            let r = (ED25519_BASEPOINT_POINT * s).compress().0;
            let k = challenge(&r, key, message);
            (point * k == EdwardsPoint::identity()).then(|| encode(&r, &s))
        })
        .expect("one challenge in eight is a multiple of eight")
}

/// A key with a component of small order: what it signs fits with the cofactor multiplied in always, without it one
/// time in eight.
pub(crate) struct MixedKey {
    secret: Scalar,
}

impl MixedKey {
    pub(crate) fn new(key: &ed25519_dalek::SigningKey) -> Self {
        Self { secret: key.to_scalar() }
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        (ED25519_BASEPOINT_POINT * self.secret + torsion()).compress().0
    }

    /// A signature whose equation holds without the cofactor, or only with it.
    pub(crate) fn sign(&self, message: &[u8], without_cofactor: bool) -> [u8; 64] {
        let public = self.public();
        (1_u64..)
            .map(Scalar::from)
            .find_map(|nonce| {
                let r = (ED25519_BASEPOINT_POINT * nonce).compress().0;
                let k = challenge(&r, &public, message);
                let holds = torsion() * k == EdwardsPoint::identity();
                (holds == without_cofactor).then(|| encode(&r, &(nonce + k * self.secret)))
            })
            .expect("both kinds are frequent")
    }
}
