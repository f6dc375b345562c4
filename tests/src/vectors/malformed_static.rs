//! Static codes not in the one canonical form: each signed correctly by the right key, so that a lenient reader would
//! take it.

use suima_code::Place;

use super::cbor;
use super::codes::{Static, accepted, altered, show, text};
use super::defects::{Defect, headers, no_name, no_u32, outer, widened};
use super::sign1::{Sign1, issuer_header};
use super::suite::{Input, Suite};
use super::world::{ALL_P256, ISSUED, NOW, PRIVATE, STATIC, key, standard};

const WORLD: &str = "standard";

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Static codes not in the one canonical form, each signed correctly by the right key.",
        &[(WORLD, standard())],
    );
    let code = Static::nucleic_acid();
    suite.accepted(
        "the twin",
        "The code that most of the codes here are made from.",
        shown(code.text()),
        accepted("nucleic-acid", code.slot),
    );
    for (name, why, bytes) in outer(&code.object(), &code.object().signature(&key(STATIC))) {
        suite.refused(&name, why, &shown(code.text()), shown(text(&bytes)), altered());
    }
    protected(&mut suite);
    payloads(&mut suite);
    values(&mut suite);
    suite
}

fn protected(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    for (name, why, protected) in headers(-19, STATIC) {
        let object = Sign1 { protected, ..code.object() };
        let input = shown(text(&object.signed(&key(STATIC))));
        suite.refused(&name, why, &shown(code.text()), input, altered());
    }
    let on_p256 = Static { kid: ALL_P256, ..code.clone() };
    for (code, algorithm, why) in [
        (&code, -8, "EdDSA is not fully specified: Ed25519 has a number of its own."),
        (&code, -53, "Ed448 is not of this format."),
        (&code, 0, "Reserved."),
        (&on_p256, -7, "ES256 is not fully specified: ESP256 has a number of its own."),
        (&on_p256, -51, "ESP384 is not of this format."),
        (&on_p256, -47, "ES256K is not of this format."),
    ] {
        let object = Sign1 { protected: issuer_header(algorithm, &[code.kid]), ..code.object() };
        suite.refused(
            &format!("header: algorithm {algorithm}"),
            why,
            &shown(code.text()),
            shown(text(&object.signed(&key(code.kid)))),
            altered(),
        );
    }
}

/// The form of the payload.
fn payloads(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    let exp = || (4, cbor::uint(code.exp));
    let iat = || (6, cbor::uint(code.iat));
    let items = || {
        vec![
            cbor::uint(code.kind),
            cbor::uint(code.slot),
            cbor::text(code.name),
            cbor::uint(code.year),
        ]
    };
    let private = || (PRIVATE, cbor::array(&items()));
    let mut five = items();
    five.push(cbor::uint(0_u8));
    let sound = code.payload();
    let mut defects: Vec<Defect> = [
        ("exp twice", "A key stands once.", vec![exp(), exp(), iat(), private()]),
        ("iat twice", "A key stands once.", vec![exp(), iat(), iat(), private()]),
        ("private claim twice", "A key stands once.", vec![exp(), iat(), private(), private()]),
        ("iat before exp", "Keys stand in their order.", vec![iat(), exp(), private()]),
        ("private claim first", "Keys stand in their order.", vec![private(), exp(), iat()]),
        (
            "nbf after iat",
            "Keys stand in their order.",
            vec![exp(), iat(), (5, cbor::uint(code.iat + 1)), private()],
        ),
        ("no exp", "All claims stand.", vec![iat(), private()]),
        ("no iat", "All claims stand.", vec![exp(), private()]),
        ("no private claim", "All claims stand.", vec![exp(), iat()]),
        ("no claims", "All claims stand.", vec![]),
        ("issuer", "No claim but these.", vec![(1, cbor::text("city")), exp(), iat(), private()]),
        ("token id", "No claim but these.", vec![exp(), iat(), (7, cbor::bytes(&[1])), private()]),
        (
            "a stranger",
            "No claim but these.",
            vec![exp(), iat(), private(), (-65_538, cbor::null())],
        ),
        (
            "another private claim",
            "The private claim has one number.",
            vec![exp(), iat(), (-65_538, cbor::array(&items()))],
        ),
        (
            "three in the private claim",
            "No item less.",
            vec![exp(), iat(), (PRIVATE, cbor::array(&items()[..3]))],
        ),
        (
            "five in the private claim",
            "No item more.",
            vec![exp(), iat(), (PRIVATE, cbor::array(&five))],
        ),
        (
            "private claim of indefinite length",
            "Indefinite lengths are refused.",
            vec![exp(), iat(), (PRIVATE, cbor::endless(&cbor::array(&items())))],
        ),
        (
            "private claim wrapped",
            "The private claim is an array.",
            vec![exp(), iat(), (PRIVATE, cbor::bytes(&cbor::array(&items())))],
        ),
    ]
    .map(|(name, why, pairs)| (format!("payload: {name}"), why, cbor::map(&pairs)))
    .into();
    defects.extend([
        (
            "payload: of indefinite length".into(),
            "Indefinite lengths are refused.",
            cbor::endless(&sound),
        ),
        (
            "payload: a byte behind it".into(),
            "Bytes after the payload's end.",
            [&sound[..], &[0]].concat(),
        ),
        ("payload: tag 61".into(), "No tags.", cbor::tagged(61, &sound)),
        ("payload: empty".into(), "All claims stand.", Vec::new()),
    ]);
    defects.extend(widened("payload", &sound));
    for (name, why, payload) in defects {
        let object = Sign1 { payload, ..code.object() };
        let input = shown(text(&object.signed(&key(STATIC))));
        suite.refused(&name, why, &shown(code.text()), input, altered());
    }
}

/// The values in the payload.
fn values(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    let mut refused = |name: &str, why: &str, twin: &Static, payload: Vec<u8>| {
        let object = Sign1 { payload, ..code.object() };
        let input = shown(text(&object.signed(&key(STATIC))));
        suite.refused(name, why, &shown(twin.text()), input, altered());
    };
    let claims =
        |exp: Vec<u8>, iat: Vec<u8>, kind: Vec<u8>, slot: Vec<u8>, name: Vec<u8>, year: Vec<u8>| {
            let private = cbor::array(&[kind, slot, name, year]);
            cbor::map(&[(4, exp), (6, iat), (PRIVATE, private)])
        };
    let (exp, iat) = (|| cbor::uint(code.exp), || cbor::uint(code.iat));
    let (kind, slot) = (|| cbor::uint(code.kind), || cbor::uint(code.slot));
    let (name, year) = (|| cbor::text(code.name), || cbor::uint(code.year));
    for (what, why, item) in no_u32(code.exp) {
        let payload = claims(item, iat(), kind(), slot(), name(), year());
        refused(&format!("exp: {what}"), why, &code, payload);
    }
    let tagged = cbor::tagged(1, &exp());
    let payload = claims(tagged, iat(), kind(), slot(), name(), year());
    refused("exp: tag 1", "Times have no tag in a CWT, and nothing has one here.", &code, payload);
    for (what, why, item) in no_u32(code.iat) {
        let payload = claims(exp(), item, kind(), slot(), name(), year());
        refused(&format!("iat: {what}"), why, &code, payload);
    }
    for (what, why, item) in no_u32(code.slot) {
        let payload = claims(exp(), iat(), kind(), item, name(), year());
        refused(&format!("slot: {what}"), why, &code, payload);
    }
    for (what, why, item) in no_name() {
        let payload = claims(exp(), iat(), kind(), slot(), item, year());
        refused(&format!("name: {what}"), why, &code, payload);
    }
    let why = "1 is a nucleic-acid code and 2 a paper code; there are no others.";
    for number in [0_u64, 3, 4, 5, 257, 1 << 32 | 1] {
        let payload = claims(exp(), iat(), cbor::uint(number), slot(), name(), year());
        refused(&format!("kind: {number}"), why, &code, payload);
    }
    for item in [cbor::text("1"), cbor::boolean(true), cbor::int(-1), cbor::float(1.0)] {
        let payload = claims(exp(), iat(), item.clone(), slot(), name(), year());
        refused(&format!("kind: item of 0x{:02x}", item[0]), "Not a number.", &code, payload);
    }
    for number in [0_u64, 10_000, 65_536 + 1988] {
        let payload = claims(exp(), iat(), kind(), slot(), name(), cbor::uint(number));
        refused(&format!("birth year: {number}"), "1 to 9999.", &code, payload);
    }
    for item in [cbor::text("1988"), cbor::null(), cbor::int(-1988), cbor::float(1988.0)] {
        let payload = claims(exp(), iat(), kind(), slot(), name(), item.clone());
        refused(&format!("birth year: item of 0x{:02x}", item[0]), "Not a number.", &code, payload);
    }
    orders(suite);
}

/// Times that contradict each other.
fn orders(suite: &mut Suite) {
    let code = Static { exp: NOW + 60, ..Static::nucleic_acid() };
    let ahead = Static { nbf: Some(ISSUED + 1), ..code.clone() };
    for (name, why, twin, code) in [
        (
            "exp at iat",
            "iat is less than exp.",
            Static { iat: NOW + 59, ..code.clone() },
            Static { iat: NOW + 60, ..code.clone() },
        ),
        (
            "exp before iat",
            "iat is less than exp.",
            Static { iat: NOW + 59, ..code.clone() },
            Static { iat: NOW + 61, ..code },
        ),
        (
            "nbf at iat",
            "nbf is greater than iat.",
            ahead.clone(),
            Static { nbf: Some(ISSUED), ..ahead.clone() },
        ),
        (
            "nbf before iat",
            "nbf is greater than iat.",
            ahead.clone(),
            Static { nbf: Some(ISSUED - 1), ..ahead.clone() },
        ),
        (
            "nbf at exp",
            "nbf is less than exp.",
            ahead.clone(),
            Static { nbf: Some(NOW + 60), ..ahead.clone() },
        ),
        (
            "nbf after exp",
            "nbf is less than exp.",
            ahead.clone(),
            Static { nbf: Some(NOW + 61), ..ahead.clone() },
        ),
    ] {
        suite.refused(name, why, &shown(twin.text()), shown(code.text()), altered());
    }
    for (what, why, item) in no_u32(ISSUED + 1) {
        let pairs = [
            (4, cbor::uint(ahead.exp)),
            (5, item),
            (6, cbor::uint(ahead.iat)),
            (
                PRIVATE,
                cbor::array(&[
                    cbor::uint(ahead.kind),
                    cbor::uint(ahead.slot),
                    cbor::text(ahead.name),
                    cbor::uint(ahead.year),
                ]),
            ),
        ];
        let object = Sign1 { payload: cbor::map(&pairs), ..ahead.object() };
        let input = shown(text(&object.signed(&key(STATIC))));
        suite.refused(&format!("nbf: {what}"), why, &shown(ahead.text()), input, altered());
    }
}

fn shown(text: String) -> Input {
    show(WORLD, text, Place::Sampling, NOW)
}
