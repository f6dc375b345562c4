//! Live codes not in the one canonical form: both signatures are correct and by the right keys, so that a lenient reader
//! would take them.

use suima_code::Place;

use super::cbor;
use super::codes::{Live, accepted, altered, show, text};
use super::defects::{Defect, headers, no_name, no_u32, outer, widened};
use super::sign1::Sign1;
use super::suite::{Input, Suite};
use super::world::{CREDENTIAL, NOW, PRIVATE, key, standard};

const WORLD: &str = "standard";

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Live codes not in the one canonical form, both signatures correct and by the right keys.",
        &[(WORLD, standard())],
    );
    for code in [Live::own(), on_p256()] {
        let kind = if code.p256 { "P-256" } else { "Ed25519" };
        suite.accepted(
            &format!("the twin on {kind}"),
            "The code that the codes here are made from.",
            shown(code.text()),
            accepted("live", code.slot),
        );
    }
    let code = Live::own();
    for (name, why, bytes) in outer(&code.object(), &code.object().signature(&code.device())) {
        suite.refused(&name, why, &shown(code.text()), shown(text(&bytes)), altered());
    }
    protected(&mut suite);
    payloads(&mut suite);
    credential_objects(&mut suite);
    credential_payloads(&mut suite);
    credential_values(&mut suite);
    keys(&mut suite);
    suite
}

fn on_p256() -> Live {
    Live { p256: true, ..Live::own() }
}

fn shown(text: String) -> Input {
    show(WORLD, text, Place::Sampling, NOW)
}

/// The live code's own header.
fn protected(suite: &mut Suite) {
    let code = Live::own();
    let credential = || (13, code.credential());
    let alg = || (1, cbor::int(-19));
    let sound = code.object().protected;
    let kid = || (4, cbor::bytes(&[CREDENTIAL]));
    let mut defects: Vec<Defect> = [
        ("no algorithm", "The algorithm stands in the header.", vec![credential()]),
        ("no credential", "The credential stands in the header.", vec![alg()]),
        ("credential first", "Keys stand in their order.", vec![credential(), alg()]),
        ("algorithm twice", "A key stands once.", vec![alg(), alg(), credential()]),
        ("kcwt twice", "A key stands once.", vec![alg(), credential(), (13, cbor::null())]),
        ("kid too", "No header but these two.", vec![alg(), kid(), credential()]),
        ("kid in place of the algorithm", "Two other headers.", vec![kid(), credential()]),
        (
            "a stranger",
            "No header but these two.",
            vec![alg(), credential(), (-70_000, cbor::null())],
        ),
        (
            "credential wrapped",
            "The credential is not in a byte string.",
            vec![alg(), (13, cbor::bytes(&code.credential()))],
        ),
        (
            "credential under kccs",
            "The credential stands under 13.",
            vec![alg(), (14, code.credential())],
        ),
        (
            "credential tagged",
            "The credential has no tag.",
            vec![alg(), (13, cbor::tagged(18, &code.credential()))],
        ),
        ("algorithm −8", "EdDSA is not fully specified.", vec![(1, cbor::int(-8)), credential()]),
        ("algorithm 0", "Reserved.", vec![(1, cbor::int(0)), credential()]),
        (
            "algorithm as text",
            "Algorithms are numbers here.",
            vec![(1, cbor::text("Ed25519")), credential()],
        ),
        (
            "algorithm of another kind of key",
            "The algorithm is that of the holding's key.",
            vec![(1, cbor::int(-9)), credential()],
        ),
    ]
    .map(|(name, why, pairs)| (format!("header: {name}"), why, cbor::map(&pairs)))
    .into();
    defects.extend([
        (
            "header: of indefinite length".into(),
            "Indefinite lengths are refused.",
            cbor::endless(&sound),
        ),
        (
            "header: a byte behind it".into(),
            "Bytes after the header's end.",
            [&sound[..], &[0]].concat(),
        ),
    ]);
    // The heads after the fifth are the credential's, which come below.
    defects.extend(widened("header", &sound).into_iter().take(4));
    for (name, why, protected) in defects {
        let object = Sign1 { protected, ..code.object() };
        let input = shown(text(&object.signed(&code.device())));
        suite.refused(&name, why, &shown(code.text()), input, altered());
    }
    let code = on_p256();
    for algorithm in [-7, -19] {
        let protected = cbor::map(&[(1, cbor::int(algorithm)), (13, code.credential())]);
        let object = Sign1 { protected, ..code.object() };
        suite.refused(
            &format!("header: algorithm {algorithm} with a key on P-256"),
            "The algorithm is ESP256, by that number.",
            &shown(code.text()),
            shown(text(&object.signed(&code.device()))),
            altered(),
        );
    }
}

/// The device's word that this is now.
fn payloads(suite: &mut Suite) {
    let code = Live::own();
    let time = || (6, cbor::uint(code.at));
    let sound = code.object().payload;
    let mut defects: Vec<Defect> = [
        ("nothing in it", "The time stands in it.", vec![]),
        ("time twice", "A key stands once.", vec![time(), time()]),
        ("exp too", "No claim but the time.", vec![(4, cbor::uint(code.exp)), time()]),
        ("a nonce too", "No claim but the time.", vec![time(), (10, cbor::bytes(&[0; 16]))]),
        ("nbf in its place", "The time stands under 6.", vec![(5, cbor::uint(code.at))]),
    ]
    .map(|(name, why, pairs)| (format!("payload: {name}"), why, cbor::map(&pairs)))
    .into();
    defects.extend([
        ("payload: empty".into(), "The time stands in it.", Vec::new()),
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
        ("payload: the time alone".into(), "The payload is a map.", cbor::uint(code.at)),
    ]);
    defects.extend(widened("payload", &sound));
    for (what, why, item) in no_u32(code.at) {
        defects.push((format!("time: {what}"), why, cbor::map(&[(6, item)])));
    }
    for (name, why, payload) in defects {
        let object = Sign1 { payload, ..code.object() };
        let input = shown(text(&object.signed(&code.device())));
        suite.refused(&name, why, &shown(code.text()), input, altered());
    }
}

/// A case whose credential is these bytes, and all else sound.
fn around(suite: &mut Suite, name: &str, why: &str, credential: &[u8]) {
    let code = Live::own();
    let input = shown(code.text_around(credential));
    suite.refused(&format!("credential's {name}"), why, &shown(code.text()), input, altered());
}

fn credential_objects(suite: &mut Suite) {
    let code = Live::own();
    let object = code.credential_object();
    for (name, why, bytes) in outer(&object, &object.signature(&key(CREDENTIAL))) {
        around(suite, &name, why, &bytes);
    }
    for (name, why, protected) in headers(-19, CREDENTIAL) {
        let object = Sign1 { protected, ..code.credential_object() };
        around(suite, &name, why, &object.signed(&key(CREDENTIAL)));
    }
    let header = cbor::map(&[(1, cbor::int(-8)), (4, cbor::bytes(&[CREDENTIAL]))]);
    let object = Sign1 { protected: header, ..code.credential_object() };
    let why = "EdDSA is not fully specified.";
    around(suite, "header: algorithm −8", why, &object.signed(&key(CREDENTIAL)));
}

/// A case whose credential has this payload, signed by the right key.
fn claiming(suite: &mut Suite, name: &str, why: &str, payload: Vec<u8>) {
    let object = Sign1 { payload, ..Live::own().credential_object() };
    around(suite, name, why, &object.signed(&key(CREDENTIAL)));
}

fn credential_payloads(suite: &mut Suite) {
    let code = Live::own();
    let exp = || (4, cbor::uint(code.exp));
    let iat = || (6, cbor::uint(code.iat));
    let cnf = || (8, cbor::map(&[(1, code.device().cose_key())]));
    let private = || (PRIVATE, code.private());
    let sound = code.credential_payload();
    for (name, why, pairs) in [
        ("no exp", "All claims stand.", vec![iat(), cnf(), private()]),
        ("no iat", "All claims stand.", vec![exp(), cnf(), private()]),
        ("no key", "All claims stand.", vec![exp(), iat(), private()]),
        ("no private claim", "All claims stand.", vec![exp(), iat(), cnf()]),
        ("exp twice", "A key stands once.", vec![exp(), exp(), iat(), cnf(), private()]),
        ("key twice", "A key stands once.", vec![exp(), iat(), cnf(), cnf(), private()]),
        ("iat before exp", "Keys stand in their order.", vec![iat(), exp(), cnf(), private()]),
        (
            "nbf too",
            "No claim but these.",
            vec![exp(), (5, cbor::uint(code.iat)), iat(), cnf(), private()],
        ),
        (
            "subject too",
            "No claim but these.",
            vec![(2, cbor::text("4711007")), exp(), iat(), cnf(), private()],
        ),
        (
            "a stranger",
            "No claim but these.",
            vec![exp(), iat(), cnf(), private(), (-65_538, cbor::null())],
        ),
        (
            "key without cnf's map",
            "The key stands under 1 in cnf.",
            vec![exp(), iat(), (8, code.device().cose_key()), private()],
        ),
        (
            "key as a kid",
            "The key itself stands in cnf.",
            vec![exp(), iat(), (8, cbor::map(&[(3, cbor::bytes(&[1]))])), private()],
        ),
        (
            "key and a kid",
            "Nothing but the key stands in cnf.",
            vec![
                exp(),
                iat(),
                (8, cbor::map(&[(1, code.device().cose_key()), (3, cbor::bytes(&[1]))])),
                private(),
            ],
        ),
    ] {
        claiming(suite, &format!("payload: {name}"), why, cbor::map(&pairs));
    }
    let endless = cbor::endless(&sound);
    claiming(suite, "payload: of indefinite length", "Indefinite lengths are refused.", endless);
    let longer = [&sound[..], &[0]].concat();
    claiming(suite, "payload: a byte behind it", "Bytes after the payload's end.", longer);
    for (name, why, payload) in widened("payload", &sound) {
        claiming(suite, &name, why, payload);
    }
}

fn credential_values(suite: &mut Suite) {
    let code = Live::own();
    let key = || code.device().cose_key();
    let items = || {
        [
            cbor::uint(code.kind),
            cbor::uint(code.slot),
            cbor::uint(code.holding),
            cbor::text(code.name),
            cbor::uint(code.colour),
        ]
    };
    let mut with = |at: usize, name: &str, why: &str, item: Vec<u8>| {
        let mut items = items();
        items[at] = item;
        let payload = code.credential_payload_with(key(), cbor::array(&items));
        claiming(suite, name, why, payload);
    };
    for number in [0_u64, 1, 2, 5, 256 + 3] {
        let why = "3 is a live code and 4 a relative code; there are no others.";
        with(0, &format!("kind: {number}"), why, cbor::uint(number));
    }
    for (what, why, item) in no_u32(code.slot) {
        with(1, &format!("slot: {what}"), why, item);
    }
    for (what, why, item) in no_u32(code.holding) {
        with(2, &format!("holding: {what}"), why, item);
    }
    for (what, why, item) in no_name() {
        with(3, &format!("name: {what}"), why, item);
    }
    for number in [3_u64, 255, 256] {
        let why = "0 green, 1 yellow, 2 red; there are no others.";
        with(4, &format!("colour: {number}"), why, cbor::uint(number));
    }
    for item in [cbor::text("green"), cbor::null(), cbor::int(-1)] {
        with(4, &format!("colour: item of 0x{:02x}", item[0]), "Not a number.", item);
    }
    let more = cbor::array(&[&items()[..], &[cbor::null()]].concat());
    let payload = code.credential_payload_with(key(), more);
    claiming(suite, "private claim: six items", "No item more.", payload);
    let payload = code.credential_payload_with(key(), cbor::array(&items()[..4]));
    claiming(suite, "private claim: four items", "No item less.", payload);
    for exp in [code.iat, code.iat - 1] {
        let name = if exp == code.iat { "exp at iat" } else { "exp before iat" };
        let payload = Live { exp, ..code.clone() }.credential_payload();
        claiming(suite, name, "exp is greater than iat.", payload);
    }
    for (what, why, item) in no_u32(code.exp) {
        let claims = [
            (4, item),
            (6, cbor::uint(code.iat)),
            (8, cbor::map(&[(1, key())])),
            (PRIVATE, code.private()),
        ];
        claiming(suite, &format!("exp: {what}"), why, cbor::map(&claims));
    }
}

/// The form of the holding's key. The private key behind it always signs the live code.
fn keys(suite: &mut Suite) {
    for code in [Live::own(), on_p256()] {
        let bytes = code.device().public().to_bytes();
        let curve = if code.p256 { "P-256" } else { "Ed25519" };
        for (name, why, cose_key) in key_forms(&bytes, &code.device().cose_key()) {
            let payload = code.credential_payload_with(cose_key, code.private());
            let object = Sign1 { payload, ..code.credential_object() };
            let input = shown(code.text_around(&object.signed(&key(CREDENTIAL))));
            let name = format!("key on {curve}: {name}");
            suite.refused(&name, why, &shown(code.text()), input, altered());
        }
    }
}

/// The `COSE_Key` of a public key, wrong in form: `bytes` are 32 of Ed25519 or 33 of SEC 1.
pub(crate) fn key_forms(bytes: &[u8], sound: &[u8]) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let on_p256 = bytes.len() == 33;
    let x = if on_p256 { &bytes[1..] } else { bytes };
    let (kty, crv) = if on_p256 { (2_u8, 1_u8) } else { (1, 6) };
    let sign = cbor::boolean(on_p256 && bytes[0] == 3);
    let pairs = |middle: Vec<(i64, Vec<u8>)>| {
        let y = on_p256.then(|| (-3, sign.clone()));
        cbor::map(&middle.into_iter().chain(y).collect::<Vec<_>>())
    };
    let kty = || (1, cbor::uint(kty));
    let crv = || (-1, cbor::uint(crv));
    let point = || (-2, cbor::bytes(x));
    let one = "A key has exactly one form.";
    let mut forms = vec![
        ("a kid too", one, pairs(vec![kty(), (2, cbor::bytes(&[1])), crv(), point()])),
        ("an algorithm too", one, pairs(vec![kty(), (3, cbor::int(-19)), crv(), point()])),
        (
            "operations too",
            one,
            pairs(vec![kty(), (4, cbor::array(&[cbor::uint(2_u8)])), crv(), point()]),
        ),
        ("point before curve", "Keys stand in their order.", pairs(vec![kty(), point(), crv()])),
        ("curve before type", "Keys stand in their order.", pairs(vec![crv(), kty(), point()])),
        ("no curve", one, pairs(vec![kty(), point()])),
        ("no type", one, pairs(vec![crv(), point()])),
        ("no point", one, pairs(vec![kty(), crv()])),
        ("type as text", one, pairs(vec![(1, cbor::text("OKP")), crv(), point()])),
        (
            "type 4",
            "Symmetric keys are not of this format.",
            pairs(vec![(1, cbor::uint(4_u8)), crv(), point()]),
        ),
        (
            "curve 4",
            "X25519 is not of this format.",
            pairs(vec![kty(), (-1, cbor::uint(4_u8)), point()]),
        ),
        (
            "curve 8",
            "secp256k1 is not of this format.",
            pairs(vec![kty(), (-1, cbor::uint(8_u8)), point()]),
        ),
        (
            "point of 31 bytes",
            "A point has 32 bytes.",
            pairs(vec![kty(), crv(), (-2, cbor::bytes(&x[..31]))]),
        ),
        (
            "point of 33 bytes",
            "A point has 32 bytes.",
            pairs(vec![kty(), crv(), (-2, cbor::bytes(&[&[0], x].concat()))]),
        ),
        (
            "point in chunks",
            "Chunks are refused.",
            pairs(vec![kty(), crv(), (-2, cbor::chunked(&cbor::bytes(x)))]),
        ),
        ("point null", one, pairs(vec![kty(), crv(), (-2, cbor::null())])),
        ("of indefinite length", "Indefinite lengths are refused.", cbor::endless(sound)),
    ];
    if on_p256 {
        let head = || vec![kty(), crv(), point()];
        let with = |y: Vec<u8>| cbor::map(&[head(), vec![(-3, y)]].concat());
        forms.extend([
            ("no sign of y", one, cbor::map(&head())),
            ("sign of y as a number", "The sign of y is true or false.", with(cbor::uint(0_u8))),
            ("y in full", "y is given by its sign.", with(cbor::bytes(&[7; 32]))),
            ("sign of y null", "The sign of y is true or false.", with(cbor::null())),
            ("sign of y in two bytes", "Simple values have one form.", with(vec![0xf8, 0x14])),
        ]);
    } else {
        let d = (-4, cbor::bytes(&[7; 32]));
        forms.push(("a private part too", one, pairs(vec![kty(), crv(), point(), d])));
    }
    forms
}
