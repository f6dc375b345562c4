//! Who signs in the vectors, and what the verifiers hold.

use super::cbor;
use super::keys::Signer;
use super::sign1::Sign1;
use super::suite::{LineEntry, World};
use crate::hex::hex;

/// 2026-11-22 09:00 in Shanghai, when most of it happens.
pub(crate) const NOW: u32 = 1_795_309_200;
pub(crate) const HOUR: u32 = 3600;
pub(crate) const DAY: u32 = 86_400;
/// When codes were issued: 2026-11-17 09:00.
pub(crate) const ISSUED: u32 = NOW - 5 * DAY;
/// The end of the thirtieth day of a nucleic-acid code issued then: 2026-12-17 00:00.
pub(crate) const NUCLEIC_ACID_EXP: u32 = NOW - 9 * HOUR + 25 * DAY;
/// The end of the 180th day of a paper code: 2027-05-16 00:00.
pub(crate) const PAPER_EXP: u32 = NOW - 9 * HOUR + 175 * DAY;
/// The time most verifiers' knowledge is as of.
pub(crate) const AS_OF: u32 = NOW - 600;
/// When the trust bundle was made and when it ends.
pub(crate) const TRUST_IAT: u32 = NOW - 30 * DAY;
pub(crate) const TRUST_EXP: u32 = NOW + 365 * DAY;
/// Sign-until and accept-until of ordinary keys.
pub(crate) const SIGN_UNTIL: u32 = NOW + 180 * DAY;
pub(crate) const ACCEPT_UNTIL: u32 = NOW + 400 * DAY;

/// A key of the bundle, as far as it can be told apart from the others.
pub(crate) struct Listed {
    pub(crate) kid: u8,
    pub(crate) purposes: u8,
    pub(crate) sign_until: u32,
    pub(crate) accept_until: u32,
    pub(crate) recalled: Option<u32>,
    pub(crate) key: Signer,
}

impl Listed {
    pub(crate) fn item(&self) -> Vec<u8> {
        self.item_with(&self.key.cose_key())
    }

    /// With another public key, sound or not.
    pub(crate) fn item_with(&self, cose_key: &[u8]) -> Vec<u8> {
        cbor::array(&[
            cbor::bytes(&[self.kid]),
            cbor::uint(self.purposes),
            cbor::uint(self.sign_until),
            cbor::uint(self.accept_until),
            self.recalled.map_or_else(cbor::null, cbor::uint),
            cose_key.to_vec(),
        ])
    }
}

pub(crate) const STATIC: u8 = 0x10;
pub(crate) const CREDENTIAL: u8 = 0x11;
pub(crate) const LISTS: u8 = 0x12;
pub(crate) const POLICY: u8 = 0x13;
/// For all purposes: what a signature by it lacks can only be the right `external_aad`.
pub(crate) const ALL: u8 = 0x20;
/// For all purposes, on P-256.
pub(crate) const ALL_P256: u8 = 0x21;
/// Recalled an hour ago.
pub(crate) const RECALLED: u8 = 0x22;
pub(crate) const RECALLED_AT: u32 = NOW - HOUR;
/// No longer signing since an hour ago, accepted until now.
pub(crate) const RETIRED: u8 = 0x23;
pub(crate) const RETIRED_SIGN_UNTIL: u32 = NOW - HOUR;
/// For no purpose.
pub(crate) const NOTHING: u8 = 0x24;
/// Not in the bundle.
pub(crate) const UNKNOWN: u8 = 0x77;

fn name_of(kid: u8) -> &'static str {
    match kid {
        STATIC => "static",
        CREDENTIAL => "credential",
        LISTS => "lists",
        POLICY => "policy",
        ALL => "all",
        ALL_P256 => "all on P-256",
        RECALLED => "recalled",
        RETIRED => "retired",
        NOTHING => "nothing",
        _ => "unknown",
    }
}

/// The private key behind a kid.
pub(crate) fn key(kid: u8) -> Signer {
    match kid {
        ALL_P256 => Signer::p256(name_of(kid)),
        _ => Signer::ed25519(name_of(kid)),
    }
}

pub(crate) fn hot() -> Signer {
    Signer::ed25519("hot root")
}

pub(crate) fn cold() -> Signer {
    Signer::ed25519("cold root")
}

/// The bundle's keys, in order.
pub(crate) fn listed() -> Vec<Listed> {
    let ordinary = |kid, purposes| Listed {
        kid,
        purposes,
        sign_until: SIGN_UNTIL,
        accept_until: ACCEPT_UNTIL,
        recalled: None,
        key: key(kid),
    };
    vec![
        ordinary(STATIC, 1),
        ordinary(CREDENTIAL, 2),
        ordinary(LISTS, 4),
        ordinary(POLICY, 8),
        ordinary(ALL, 15),
        ordinary(ALL_P256, 15),
        Listed { recalled: Some(RECALLED_AT), ..ordinary(RECALLED, 15) },
        Listed { sign_until: RETIRED_SIGN_UNTIL, accept_until: NOW, ..ordinary(RETIRED, 15) },
        ordinary(NOTHING, 0),
    ]
}

/// A trust bundle's payload.
pub(crate) fn trust_payload(exp: u32, iat: u32, version: u32, keys: &[Vec<u8>]) -> Vec<u8> {
    cbor::map(&[
        (4, cbor::uint(exp)),
        (6, cbor::uint(iat)),
        (PRIVATE, cbor::array(&[cbor::uint(version), cbor::array(keys)])),
    ])
}

/// The private claim.
pub(crate) const PRIVATE: i64 = -65_537;

/// A trust bundle with these claims, signed by the hot root.
pub(crate) fn trust(payload: Vec<u8>) -> Sign1 {
    Sign1::by(&hot(), 0, "suima/trust", payload)
}

/// A verifier's trust bundle that ends at `exp`.
pub(crate) fn trust_until(exp: u32) -> Vec<u8> {
    let keys: Vec<_> = listed().iter().map(Listed::item).collect();
    trust(trust_payload(exp, TRUST_IAT, 1, &keys)).signed(&hot())
}

/// The table of R6.
pub(crate) const STANDARD_TABLE: [[u8; 3]; 5] =
    [[1, 0, 0], [1, 0, 2], [1, 1, 1], [1, 1, 1], [1, 3, 3]];
/// The numbers of the standard policy.
pub(crate) const STANDARD_NUMBERS: [u32; 20] =
    [30, 180, 10, 60, 1_209_600, 86_400, 7200, 86_400, 8, 3, 10, 7, 18, 60, 1, 0, 18, 1, 7, 5];

/// A policy's payload, of items sound or not.
pub(crate) fn policy_claims(
    iat: u32,
    version: Vec<u8>,
    table: Vec<u8>,
    numbers: Vec<u8>,
) -> Vec<u8> {
    let private = cbor::array(&[version, table, numbers]);
    cbor::map(&[(6, cbor::uint(iat)), (PRIVATE, private)])
}

/// Numbers under their keys, from 1.
pub(crate) fn numbered(numbers: &[u32]) -> Vec<(i64, Vec<u8>)> {
    (1..).zip(numbers.iter().map(|&number| cbor::uint(number))).collect()
}

/// An object by the issuer's key `kid`, for `aad`.
pub(crate) fn by(kid: u8, aad: &str, payload: Vec<u8>) -> Sign1 {
    Sign1::by(&key(kid), kid, aad, payload)
}

fn policy(version: u32, table: &[[u8; 3]], numbers: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let rows: Vec<_> = table.iter().map(|row| cbor::array(&row.map(cbor::uint))).collect();
    let (version, table) = (cbor::uint(version), cbor::array(&rows));
    let payload = policy_claims(NOW - 10 * DAY, version, table, cbor::map(numbers));
    by(POLICY, "suima/policy", payload).signed(&key(POLICY))
}

/// Knows the standard policy and no revocations, as of ten minutes ago.
pub(crate) fn standard() -> World {
    World {
        hot: hex(&hot().public().to_bytes()),
        cold: hex(&cold().public().to_bytes()),
        trust: hex(&trust_until(TRUST_EXP)),
        policy: hex(&policy(1, &STANDARD_TABLE, &numbered(&STANDARD_NUMBERS))),
        lines: Vec::new(),
        as_of: Some(AS_OF),
    }
}

/// Numbers of the open policy that differ from the standard.
pub(crate) const OPEN_WINDOW: u32 = 30;
pub(crate) const OPEN_COLOUR: u32 = 2 * HOUR;
pub(crate) const OPEN_SAID: u32 = 900;
pub(crate) const OPEN_REFUSED: u32 = HOUR;

/// Takes everything everywhere, under other numbers than the standard, and a number 21 of which nothing is known.
/// Every other reason can be met at every place here.
pub(crate) fn open() -> World {
    let mut numbers = STANDARD_NUMBERS;
    numbers[3] = OPEN_WINDOW;
    numbers[5] = OPEN_COLOUR;
    numbers[6] = OPEN_SAID;
    numbers[7] = OPEN_REFUSED;
    numbers[14] = 3;
    let mut numbers = numbered(&numbers);
    numbers.push((21, cbor::uint(5_u8)));
    let table = [[1, 1, 1], [1, 3, 1], [1, 1, 1], [1, 1, 1], [0, 0, 0]];
    World { policy: hex(&policy(2, &table, &numbers)), ..standard() }
}

/// Takes nothing anywhere.
pub(crate) fn closed() -> World {
    World { policy: hex(&policy(3, &[[0; 3]; 5], &numbered(&STANDARD_NUMBERS))), ..standard() }
}

/// The open policy, before the first head.
pub(crate) fn never_synced() -> World {
    World { as_of: None, ..open() }
}

/// The standard policy, before the first head.
pub(crate) fn standard_never_synced() -> World {
    World { as_of: None, ..standard() }
}

/// The open policy and a bundle that ends now.
pub(crate) fn ending_trust() -> World {
    World { trust: hex(&trust_until(NOW)), ..open() }
}

/// When the lines of the world with revocations were drawn.
pub(crate) const LINE: u32 = NOW - 3 * HOUR;
/// Numbers with lines in that world: kind × 100 + cause.
pub(crate) fn lined(kind: u8, cause: u8) -> u32 {
    u32::from(kind) * 100 + u32::from(cause)
}

/// The open policy and a line for every kind and every cause.
pub(crate) fn with_lines() -> World {
    let causes = |kind| {
        (0..5).map(move |cause| LineEntry { kind, number: lined(kind, cause), before: LINE, cause })
    };
    World { lines: (1..5).flat_map(causes).collect(), ..open() }
}
