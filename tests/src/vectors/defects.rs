//! What can be wrong with the form of any object: of its outer shape, of an issuer's header, of numbers and names.

use super::cbor;
use super::sign1::{Sign1, issuer_header};

/// A name, a reason to be there, and the bytes.
pub(crate) type Defect = (String, &'static str, Vec<u8>);

/// Everything that can be wrong with the outer form of any object.
pub(crate) fn outer(object: &Sign1, signature: &[u8; 64]) -> Vec<Defect> {
    let sound = object.with(signature);
    let items = object.items(signature);
    let with = |at: usize, item: Vec<u8>| {
        let mut items = items.clone();
        items[at] = item;
        cbor::array(&items)
    };
    let mut defects: Vec<Defect> = [
        ("tag 18", "The object has no tag.", cbor::tagged(18, &sound)),
        ("tags 61 and 18", "The object has no tag.", cbor::tagged(61, &cbor::tagged(18, &sound))),
        (
            "unprotected header with an algorithm",
            "The unprotected header is empty.",
            with(1, cbor::map(&[(1, cbor::int(-19))])),
        ),
        (
            "unprotected header with a kid",
            "The unprotected header is empty.",
            with(1, cbor::map(&[(4, cbor::bytes(&[0x10]))])),
        ),
        (
            "unprotected header with a stranger",
            "The unprotected header is empty.",
            with(1, cbor::map(&[(-70_000, cbor::null())])),
        ),
        (
            "unprotected header of indefinite length",
            "Indefinite lengths are refused.",
            with(1, cbor::endless(&cbor::map(&[]))),
        ),
        ("unprotected header null", "An empty map is not null.", with(1, cbor::null())),
        ("unprotected header an array", "An empty map is not an array.", with(1, cbor::array(&[]))),
        ("array of indefinite length", "Indefinite lengths are refused.", cbor::endless(&sound)),
        ("array of five", "One item more.", cbor::array(&[&items[..], &[cbor::null()]].concat())),
        ("array of three", "No signature.", cbor::array(&items[..3])),
        ("no array", "The items alone.", items.concat()),
        ("wrapped in a byte string", "The object is not in a byte string.", cbor::bytes(&sound)),
        ("a byte behind it", "Bytes after the object's end.", [&sound[..], &[0]].concat()),
        ("a byte before it", "The object begins with its first byte.", [&[0], &sound[..]].concat()),
        ("a byte short", "Cut off.", sound[..sound.len() - 1].to_vec()),
        ("protected in chunks", "Chunks are refused.", with(0, cbor::chunked(&items[0]))),
        ("payload in chunks", "Chunks are refused.", with(2, cbor::chunked(&items[2]))),
        ("signature in chunks", "Chunks are refused.", with(3, cbor::chunked(&items[3]))),
        (
            "protected not wrapped",
            "The protected header is a byte string.",
            with(0, object.protected.clone()),
        ),
        ("payload not wrapped", "The payload is a byte string.", with(2, object.payload.clone())),
        (
            "protected as text",
            "Text where bytes belong.",
            with(0, cbor::text_of_bytes(&object.protected)),
        ),
        (
            "payload as text",
            "Text where bytes belong.",
            with(2, cbor::text_of_bytes(&object.payload)),
        ),
        ("payload detached", "The payload is in the object.", with(2, cbor::null())),
        (
            "signature of 63 bytes",
            "Signatures have 64 bytes.",
            with(3, cbor::bytes(&signature[..63])),
        ),
        (
            "signature of 65 bytes",
            "Signatures have 64 bytes.",
            with(3, cbor::bytes(&[&signature[..], &[0]].concat())),
        ),
        ("signature empty", "Signatures have 64 bytes.", with(3, cbor::bytes(&[]))),
        (
            "signature in an array",
            "A COSE_Sign1 has one signature.",
            with(3, cbor::array(&items[3..])),
        ),
    ]
    .map(|(name, why, bytes)| (format!("object: {name}"), why, bytes))
    .into();
    defects.extend(widened("object", &sound));
    defects
}

/// `encoded` with each of its heads in turn one size longer than needed.
pub(crate) fn widened(what: &str, encoded: &[u8]) -> Vec<Defect> {
    let why = "A head longer than needed is refused.";
    (1..)
        .zip(cbor::heads(encoded))
        .map(|(n, at)| (format!("{what}: long head {n}"), why, cbor::widened(encoded, at)))
        .collect()
}

/// Everything that can be wrong with the form of an issuer's header by the key of this algorithm and kid.
pub(crate) fn headers(algorithm: i64, kid: u8) -> Vec<Defect> {
    let sound = issuer_header(algorithm, &[kid]);
    let alg = || (1, cbor::int(algorithm));
    let name = || (4, cbor::bytes(&[kid]));
    let mut defects: Vec<Defect> = [
        ("kid of two bytes", "A kid is one byte.", vec![alg(), (4, cbor::bytes(&[kid, kid]))]),
        ("kid empty", "A kid is one byte.", vec![alg(), (4, cbor::bytes(&[]))]),
        ("kid as text", "Text where bytes belong.", vec![alg(), (4, cbor::text("\u{10}"))]),
        ("kid as a number", "A number where bytes belong.", vec![alg(), (4, cbor::uint(kid))]),
        (
            "kid in chunks",
            "Chunks are refused.",
            vec![alg(), (4, cbor::chunked(&cbor::bytes(&[kid])))],
        ),
        ("no kid", "The kid stands in the header.", vec![alg()]),
        ("no algorithm", "The algorithm stands in the header.", vec![name()]),
        (
            "algorithm as text",
            "Algorithms are numbers here.",
            vec![(1, cbor::text("Ed25519")), name()],
        ),
        ("kid before algorithm", "Keys stand in their order.", vec![name(), alg()]),
        ("algorithm twice", "A key stands once.", vec![alg(), alg(), name()]),
        ("kid twice", "A key stands once.", vec![alg(), name(), name()]),
        (
            "critical headers",
            "No header but these two.",
            vec![alg(), (2, cbor::array(&[cbor::int(4)])), name()],
        ),
        ("content type", "No header but these two.", vec![alg(), (3, cbor::uint(61_u8)), name()]),
        ("a stranger", "No header but these two.", vec![alg(), name(), (-70_000, cbor::null())]),
    ]
    .map(|(name, why, pairs)| (format!("header: {name}"), why, cbor::map(&pairs)))
    .into();
    defects.extend([
        ("header: empty".into(), "Algorithm and kid stand in it.", cbor::map(&[])),
        ("header: no bytes".into(), "Algorithm and kid stand in it.", Vec::new()),
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
    defects.extend(widened("header", &sound));
    defects
}

/// Items that are no number of 32 bits.
pub(crate) fn no_u32(sound: u32) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("a float", "No floating-point numbers.", cbor::float(f64::from(sound))),
        ("2^32", "More than 32 bits.", cbor::uint(1_u64 << 32)),
        ("of 64 bits", "More than 32 bits.", cbor::uint(u64::MAX)),
        ("negative", "Unsigned.", cbor::int(-1 - i64::from(sound))),
        ("text", "Text where a number belongs.", cbor::text(&sound.to_string())),
        ("bytes", "Bytes where a number belongs.", cbor::bytes(&sound.to_be_bytes())),
        ("a bignum", "No tags.", cbor::tagged(2, &cbor::bytes(&sound.to_be_bytes()))),
        ("null", "null where a number belongs.", cbor::null()),
        ("true", "true where a number belongs.", cbor::boolean(true)),
        ("undefined", "No such simple value.", vec![0xf7]),
    ]
}

/// Items that are no masked name.
pub(crate) fn no_name() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("of 24 bytes", "At most 23 bytes.", cbor::text("𠅤* 𠅤* 𠅤* 𠅤**")),
        ("of 24 ASCII letters", "At most 23 bytes.", cbor::text(&"A".repeat(24))),
        ("empty", "At least one byte.", cbor::text("")),
        ("with a line end", "No control characters.", cbor::text("王\n明")),
        ("with NUL", "No control characters.", cbor::text("王\0明")),
        ("with DEL", "No control characters.", cbor::text("王\u{7f}明")),
        ("with U+0085", "No control characters.", cbor::text("王\u{85}明")),
        (
            "cut within a character",
            "Not UTF-8.",
            cbor::text_of_bytes(&[0xe7, 0x8e, 0x8b, b'*', 0xe6]),
        ),
        ("with an overlong form", "Not UTF-8.", cbor::text_of_bytes(&[b'A', 0xc0, 0xaa])),
        (
            "with a surrogate",
            "Not UTF-8.",
            cbor::text_of_bytes(&[0xed, 0xa1, 0x80, 0xed, 0xb5, 0xa4]),
        ),
        ("as bytes", "Bytes where text belongs.", cbor::bytes("王*明".as_bytes())),
        ("in chunks", "Chunks are refused.", cbor::chunked(&cbor::text("王*明"))),
        ("null", "null where text belongs.", cbor::null()),
    ]
}
