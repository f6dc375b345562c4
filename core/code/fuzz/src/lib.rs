//! What the fuzz targets have in common: keys, and a way past the signature.
//!
//! Nothing that comes in from outside is read far without a good signature, so a fuzzer alone would only ever see
//! refusals. Each target therefore takes its input in two ways, by the first byte: as the whole object, or as a payload
//! that is then signed as it should be.
//!
//! From `core/code`: `RUSTC_BOOTSTRAP=1 cargo fuzz run --target-dir ../../target/fuzz <target>`.

use ed25519_dalek::{Signer as _, SigningKey};
use suima_code::{KeyId, Purposes, Root, Roots, Trust, TrustedKey, UnixTime};
use suima_signing::{IssuerKey, RootKey};
use zeroize::Zeroizing;

/// 2026-11-22 09:00 in Shanghai.
pub const NOW: UnixTime = UnixTime::new(1_795_309_200);

const ISSUER: [u8; 32] = [1; 32];
const ROOT: [u8; 32] = [2; 32];
const DEVICE: [u8; 32] = [3; 32];

/// The kid of the one issuer's key.
const KID: u8 = 0x10;

/// The roots that are pinned.
pub fn roots() -> Roots {
    let root = RootKey::from_seed(Root::Hot, &Zeroizing::new(ROOT)).public();
    Roots { hot: root.clone(), cold: root }
}

/// A bundle of one key, for all purposes and all times.
pub fn trust() -> Trust {
    let key = TrustedKey {
        kid: KeyId(KID),
        purposes: Purposes::from_bits(15).expect("all four"),
        sign_until: UnixTime::new(u32::MAX),
        accept_until: UnixTime::new(u32::MAX),
        recalled: None,
        key: IssuerKey::from_seed(KeyId(KID), &Zeroizing::new(ISSUER)).public(),
    };
    Trust { version: 1, iat: UnixTime::new(0), exp: UnixTime::new(u32::MAX), keys: vec![key] }
}

/// A byte string or text of CBOR.
fn string(major: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match length {
        0..24 => vec![major | length.to_le_bytes()[0]],
        24..0x100 => vec![major | 24, length.to_le_bytes()[0]],
        0x100..0x1_0000 => vec![major | 25, length.to_le_bytes()[1], length.to_le_bytes()[0]],
        _ => {
            let wide = u32::try_from(length).expect("fuzzers' inputs are short");
            [&[major | 26], &wide.to_be_bytes()[..]].concat()
        }
    };
    [head, content.to_vec()].concat()
}

fn bytes(content: &[u8]) -> Vec<u8> {
    string(0x40, content)
}

fn signed(seed: [u8; 32], aad: &str, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let structure = [
        vec![0x84],
        string(0x60, b"Signature1"),
        bytes(protected),
        bytes(aad.as_bytes()),
        bytes(payload),
    ];
    let signature = SigningKey::from_bytes(&seed).sign(&structure.concat()).to_bytes();
    [vec![0x84], bytes(protected), vec![0xa0], bytes(payload), bytes(&signature)].concat()
}

/// What the fuzzer gave, as an object of the issuer for `aad`: the whole of it, or its payload.
pub fn by_issuer(aad: &str, data: &[u8]) -> Vec<u8> {
    with_header(&[0xa2, 1, 0x32, 4, 0x41, KID], ISSUER, aad, data)
}

/// The same by the hot root.
pub fn by_root(aad: &str, data: &[u8]) -> Vec<u8> {
    with_header(&[0xa2, 1, 0x32, 4, 0x41, 0], ROOT, aad, data)
}

fn with_header(protected: &[u8], seed: [u8; 32], aad: &str, data: &[u8]) -> Vec<u8> {
    match data.split_first() {
        Some((mode, payload)) if mode % 2 == 1 => signed(seed, aad, protected, payload),
        Some((_, whole)) => whole.to_vec(),
        None => Vec::new(),
    }
}

/// A live code by the fuzzer's device around this credential: the fuzzer chooses the payload.
pub fn live(credential: &[u8], payload: &[u8]) -> Vec<u8> {
    let protected = [&[0xa2, 1, 0x32, 13], credential].concat();
    signed(DEVICE, "suima/live", &protected, payload)
}

/// The signature at the end of an object.
pub fn signature_of(object: &[u8]) -> [u8; 64] {
    let (_, signature) = object.split_last_chunk().expect("what was accepted has a signature");
    *signature
}
