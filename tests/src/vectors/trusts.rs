//! Trust bundles.

use super::cbor;
use super::codes::{altered, kid};
use super::defects::{Defect, headers, no_u32, outer, widened};
use super::documents::PURPOSES;
use super::forgery::{
    large_beyond_p, neutral, neutral_beyond_p, off_ed25519, off_p256, order_eight, x_beyond_p,
};
use super::keys::{Signer, ed25519_cose_key, p256_cose_key};
use super::malformed_live::key_forms;
use super::sign1::{Sign1, issuer_header};
use super::suite::{Expect, Input, Suite};
use super::world::{
    ACCEPT_UNTIL, ALL, ALL_P256, DAY, Listed, NOW, PRIVATE, SIGN_UNTIL, TRUST_EXP, TRUST_IAT, cold,
    hot, key, listed, standard, trust, trust_payload,
};
use crate::hex::hex;

const WORLD: &str = "standard";

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Trust bundles: by either root, and everything that is refused. Only the world's root keys matter.",
        &[(WORLD, standard())],
    );
    accepted(&mut suite);
    signers(&mut suite);
    forms(&mut suite);
    claim_sets(&mut suite);
    entries(&mut suite);
    keys(&mut suite);
    suite
}

fn shown(bytes: &[u8]) -> Input {
    Input::Trust { world: WORLD.into(), hex: hex(bytes) }
}

fn version(number: u32) -> Expect {
    Expect::accepted([("version", number.into())])
}

/// Two keys, one of each kind.
fn two() -> Vec<Vec<u8>> {
    let listed = listed().into_iter().filter(|key| [ALL, ALL_P256].contains(&key.kid));
    listed.map(|key| key.item()).collect()
}

fn ordinary() -> Vec<u8> {
    trust_payload(TRUST_EXP, TRUST_IAT, 5, &two())
}

/// The lowest version of a bundle by the cold root.
const FIRST_COLD: u32 = 1 << 31;

fn by_cold(version: u32) -> Vec<u8> {
    let payload = trust_payload(TRUST_EXP, TRUST_IAT, version, &two());
    Sign1::by(&cold(), 1, "suima/trust", payload).signed(&cold())
}

fn signed(payload: Vec<u8>) -> Vec<u8> {
    trust(payload).signed(&hot())
}

fn twin() -> Input {
    shown(&signed(ordinary()))
}

fn refused(suite: &mut Suite, name: &str, why: &str, payload: Vec<u8>) {
    suite.refused(name, why, &twin(), shown(&signed(payload)), altered());
}

fn accepted(suite: &mut Suite) {
    suite.accepted("ordinary", "By the hot root: the twin of what follows.", twin(), version(5));
    for number in [FIRST_COLD, u32::MAX] {
        let name = format!("by the cold root, version {number}");
        let why = "Its kid is 01 and its versions lie above all of the hot root's.";
        suite.accepted(&name, why, shown(&by_cold(number)), version(number));
    }
    let all: Vec<_> = listed().iter().map(Listed::item).collect();
    for (name, why, payload, number) in [
        (
            "all keys",
            "Purposes, recall and times of every kind.",
            { trust_payload(TRUST_EXP, TRUST_IAT, 1, &all) },
            1,
        ),
        (
            "no keys",
            "Nothing is accepted under it, but it is sound.",
            { trust_payload(TRUST_EXP, TRUST_IAT, 6, &[]) },
            6,
        ),
        (
            "expired",
            "Whether it has expired is asked when something is judged by it.",
            { trust_payload(NOW - DAY, TRUST_IAT, 7, &two()) },
            7,
        ),
        (
            "one second",
            "exp is one second after iat.",
            { trust_payload(TRUST_IAT + 1, TRUST_IAT, 8, &two()) },
            8,
        ),
        (
            "highest numbers",
            "32 bits.",
            { trust_payload(u32::MAX, u32::MAX - 1, FIRST_COLD - 1, &two()) },
            FIRST_COLD - 1,
        ),
    ] {
        suite.accepted(name, why, shown(&signed(payload)), version(number));
    }
}

fn signers(suite: &mut Suite) {
    let unknown = |number| {
        Expect::refused("unknown-key", [("kid", kid(number)), ("trust", TRUST_IAT.into())])
    };
    let by = |number: u8, signer: &Signer| {
        shown(&Sign1::by(signer, number, "suima/trust", ordinary()).signed(signer))
    };
    let why = "Root keys are 00 and 01.";
    suite.refused("kid 02, by the hot root", why, &twin(), by(2, &hot()), unknown(2));
    suite.refused("kid ff, by the cold root", why, &twin(), by(0xff, &cold()), unknown(0xff));
    let why = "An issuer's key signs no trust bundle.";
    suite.refused("by an issuer's key", why, &twin(), by(ALL, &key(ALL)), unknown(ALL));
    for (name, why, input) in [
        ("by an issuer's key as 00", "Not the hot root.", by(0, &key(ALL))),
        ("by an issuer's key as 01", "Not the cold root.", by(1, &key(ALL))),
        ("by the cold root as 00", "The kid says which root it was.", by(0, &cold())),
        ("by the hot root as 01", "The kid says which root it was.", by(1, &hot())),
        ("on P-256 as 00", "Root keys are Ed25519.", by(0, &key(ALL_P256))),
    ] {
        suite.refused(name, why, &twin(), input, altered());
    }
    let why = "Its versions end where those of the cold root begin.";
    for number in [FIRST_COLD, u32::MAX] {
        let payload = trust_payload(TRUST_EXP, TRUST_IAT, number, &two());
        refused(suite, &format!("by the hot root, version {number}"), why, payload);
    }
    let why = "Its versions begin where those of the hot root end.";
    for number in [0, 5, FIRST_COLD - 1] {
        suite.refused(
            &format!("by the cold root, version {number}"),
            why,
            &shown(&by_cold(FIRST_COLD)),
            shown(&by_cold(number)),
            altered(),
        );
    }
    for algorithm in [-9, -8, -7] {
        let protected = issuer_header(algorithm, &[0]);
        let object = Sign1 { protected, ..trust(ordinary()) };
        suite.refused(
            &format!("header: algorithm {algorithm}"),
            "Roots sign with −19.",
            &twin(),
            shown(&object.signed(&hot())),
            altered(),
        );
    }
    for aad in PURPOSES.into_iter().filter(|&aad| aad != "suima/trust") {
        let name = if aad.is_empty() { "nothing" } else { aad };
        let object = Sign1 { aad: aad.into(), ..trust(ordinary()) };
        suite.refused(
            &format!("signed for {name}"),
            "By the hot root, but for another purpose.",
            &twin(),
            shown(&object.signed(&hot())),
            altered(),
        );
    }
    let signature = trust(ordinary()).signature(&hot());
    let changed = trust(trust_payload(TRUST_EXP, TRUST_IAT, 6, &two())).with(&signature);
    suite.refused(
        "version changed",
        "Changed after it was signed.",
        &twin(),
        shown(&changed),
        altered(),
    );
}

fn forms(suite: &mut Suite) {
    let object = trust(ordinary());
    for (name, why, bytes) in outer(&object, &object.signature(&hot())) {
        suite.refused(&name, why, &twin(), shown(&bytes), altered());
    }
    for (name, why, protected) in headers(-19, 0) {
        let object = Sign1 { protected, ..object.clone() };
        suite.refused(&name, why, &twin(), shown(&object.signed(&hot())), altered());
    }
    for (name, why, payload) in widened("payload", &ordinary()) {
        refused(suite, &name, why, payload);
    }
}

fn claim_sets(suite: &mut Suite) {
    let exp = || (4, cbor::uint(TRUST_EXP));
    let iat = || (6, cbor::uint(TRUST_IAT));
    let items = || [cbor::uint(5_u8), cbor::array(&two())];
    let private = || (PRIVATE, cbor::array(&items()));
    let mut defects: Vec<Defect> = [
        ("no exp", "All claims stand.", vec![iat(), private()]),
        ("no iat", "All claims stand.", vec![exp(), private()]),
        ("no private claim", "All claims stand.", vec![exp(), iat()]),
        ("iat first", "Keys stand in their order.", vec![iat(), exp(), private()]),
        ("exp twice", "A key stands once.", vec![exp(), exp(), iat(), private()]),
        (
            "nbf too",
            "No claim but these.",
            vec![exp(), (5, cbor::uint(TRUST_IAT)), iat(), private()],
        ),
        (
            "no keys' array",
            "No item less.",
            vec![exp(), iat(), (PRIVATE, cbor::array(&items()[..1]))],
        ),
        (
            "three items",
            "No item more.",
            vec![exp(), iat(), (PRIVATE, cbor::array(&[&items()[..], &[cbor::null()]].concat()))],
        ),
        (
            "keys of indefinite length",
            "Indefinite lengths are refused.",
            vec![
                exp(),
                iat(),
                (PRIVATE, cbor::array(&[cbor::uint(5_u8), cbor::endless(&cbor::array(&two()))])),
            ],
        ),
    ]
    .map(|(name, why, pairs)| (format!("payload: {name}"), why, cbor::map(&pairs)))
    .into();
    for (name, exp) in [("exp at iat", TRUST_IAT), ("exp before iat", TRUST_IAT - 1)] {
        let payload = trust_payload(exp, TRUST_IAT, 5, &two());
        defects.push((name.to_owned(), "exp is greater than iat.", payload));
    }
    for (what, why, item) in no_u32(5) {
        let payload =
            cbor::map(&[exp(), iat(), (PRIVATE, cbor::array(&[item, cbor::array(&two())]))]);
        defects.push((format!("version: {what}"), why, payload));
    }
    for (what, why, item) in no_u32(TRUST_EXP) {
        let payload = cbor::map(&[(4, item), iat(), private()]);
        defects.push((format!("exp: {what}"), why, payload));
    }
    let longer = [&ordinary()[..], &[0]].concat();
    defects.push(("payload: a byte behind it".into(), "Bytes after the payload's end.", longer));
    let endless = cbor::endless(&ordinary());
    defects.push((
        "payload: of indefinite length".into(),
        "Indefinite lengths are refused.",
        endless,
    ));
    for (name, why, payload) in defects {
        refused(suite, &name, why, payload);
    }
}

/// A bundle whose second entry is this one.
fn with_entry(entry: Vec<u8>) -> Vec<u8> {
    trust_payload(TRUST_EXP, TRUST_IAT, 5, &[two()[0].clone(), entry])
}

fn entries(suite: &mut Suite) {
    let order = "Keys stand in strictly ascending order of kid.";
    let [first, second] = two().try_into().expect("two keys");
    let payload = trust_payload(TRUST_EXP, TRUST_IAT, 5, &[second.clone(), first.clone()]);
    refused(suite, "keys out of order", order, payload);
    let payload = trust_payload(TRUST_EXP, TRUST_IAT, 5, &[first.clone(), first, second]);
    refused(suite, "a key twice", order, payload);

    let cose_key = key(ALL_P256).cose_key();
    let sound = || {
        vec![
            cbor::bytes(&[ALL_P256]),
            cbor::uint(15_u8),
            cbor::uint(SIGN_UNTIL),
            cbor::uint(ACCEPT_UNTIL),
            cbor::null(),
            cose_key.clone(),
        ]
    };
    let mut with = |at: usize, name: &str, why: &str, item: Vec<u8>| {
        let mut items = sound();
        items[at] = item;
        refused(suite, &format!("entry: {name}"), why, with_entry(cbor::array(&items)));
    };
    with(0, "kid of two bytes", "A kid is one byte.", cbor::bytes(&[ALL_P256, 0]));
    with(0, "kid empty", "A kid is one byte.", cbor::bytes(&[]));
    with(0, "kid as a number", "A number where bytes belong.", cbor::uint(ALL_P256));
    with(0, "kid as text", "Text where bytes belong.", cbor::text("!"));
    for purposes in [16_u64, 31, 256 + 1] {
        let why = "There are four purposes.";
        with(1, &format!("purposes {purposes}"), why, cbor::uint(purposes));
    }
    with(1, "purposes in an array", "A sum.", cbor::array(&[cbor::uint(1_u8), cbor::uint(2_u8)]));
    for (what, why, item) in no_u32(SIGN_UNTIL) {
        with(2, &format!("sign-until: {what}"), why, item.clone());
        with(3, &format!("accept-until: {what}"), why, item.clone());
        if what != "null" {
            with(4, &format!("recalled: {what}"), why, item);
        }
    }
    with(4, "recalled: false", "null where it was not.", cbor::boolean(false));
    refused(suite, "entry: five items", "No item less.", with_entry(cbor::array(&sound()[..5])));
    let seven = cbor::array(&[sound(), vec![cbor::null()]].concat());
    refused(suite, "entry: seven items", "No item more.", with_entry(seven));
}

/// A key that is no key makes the whole bundle unsound, whether or not anything is signed by it.
fn keys(suite: &mut Suite) {
    for (number, curve) in [(ALL, "Ed25519"), (ALL_P256, "P-256")] {
        let entry = listed().into_iter().find(|key| key.kid == number).expect("in the bundle");
        let entry = Listed { kid: 0x30, ..entry };
        let bytes = entry.key.public().to_bytes();
        for (name, why, cose_key) in key_forms(&bytes, &entry.key.cose_key()) {
            let payload = with_entry(entry.item_with(&cose_key));
            refused(suite, &format!("key on {curve}: {name}"), why, payload);
        }
    }
    let entry = || {
        let any = listed().remove(0);
        Listed { kid: 0x30, ..any }
    };
    let small = "Keys of small order are refused where they are read.";
    let beyond = "Coordinates are below the field's prime.";
    let off = "A key is a point of its curve.";
    for (name, why, cose_key) in [
        ("neutral", small, ed25519_cose_key(&neutral())),
        ("of order 8", small, ed25519_cose_key(&order_eight())),
        ("neutral, beyond p", beyond, ed25519_cose_key(&neutral_beyond_p())),
        ("of large order, beyond p", beyond, ed25519_cose_key(&large_beyond_p())),
        ("off the curve", off, ed25519_cose_key(&off_ed25519())),
    ] {
        let payload = with_entry(entry().item_with(&cose_key));
        refused(suite, &format!("key on Ed25519: {name}"), why, payload);
    }
    for (name, why, cose_key) in [
        ("off the curve", off, p256_cose_key(&off_p256(), true)),
        ("beyond p", beyond, p256_cose_key(&x_beyond_p(), false)),
    ] {
        let payload = with_entry(entry().item_with(&cose_key));
        refused(suite, &format!("key on P-256: {name}"), why, payload);
    }
}
