//! Revocation lists and deltas.

use serde_json::json;

use super::cbor;
use super::defects::{Defect, no_u32};
use super::documents::{Document, worlds};
use super::packed::{Line, Packed};
use super::suite::{Expect, Input, Suite};
use super::world::{DAY, LISTS, NOW, PRIVATE};

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Revocation lists and deltas: shapes that are read, and everything that is refused.",
        &worlds(),
    );
    LIST.cases(&mut suite);
    shapes(&mut suite);
    contents(&mut suite);
    packing(&mut suite);
    suite
}

const LIST: Document = Document {
    aad: "suima/revocations",
    kid: LISTS,
    iat: NOW - 300,
    payload: |iat| claims(iat, &ordinary_items()),
    input: |world, hex, now| Input::Revocations { world, hex, now },
    read: || read(1, 7, None, &ORDINARY),
};

fn claims(iat: u32, items: &[Vec<u8>]) -> Vec<u8> {
    cbor::map(&[(6, cbor::uint(iat)), (PRIVATE, cbor::array(items))])
}

fn payload(kind: u8, sequence: u32, base: Option<u32>, packed: Vec<u8>) -> Vec<u8> {
    let base = base.map_or_else(cbor::null, cbor::uint);
    claims(LIST.iat, &[cbor::uint(kind), cbor::uint(sequence), base, packed])
}

fn read(kind: u8, sequence: u32, base: Option<u32>, lines: &[Line]) -> Expect {
    let lines: Vec<_> = lines.iter().map(|&(n, before, cause)| json!([n, before, cause])).collect();
    Expect::accepted([
        ("kind", kind.into()),
        ("sequence", sequence.into()),
        ("base", base.into()),
        ("lines", lines.into()),
    ])
}

/// An ordinary list: three lines.
const ORDINARY: [Line; 3] =
    [(4_711_007, NOW - DAY, 0), (4_711_008, NOW - 3 * DAY, 1), (90_125_000, NOW - 400, 0)];

fn ordinary_packed() -> Packed {
    Packed::of(23, NOW - 3 * DAY, 18, &ORDINARY)
}

fn ordinary_items() -> [Vec<u8>; 4] {
    [cbor::uint(1_u8), cbor::uint(7_u8), cbor::null(), ordinary_packed().item()]
}

/// As many lines as a small city has, drawn from a fixed sequence of numbers.
fn many(count: u32) -> Vec<Line> {
    let mut state = 1_u32;
    let mut draw = |below: u32| {
        // The low bits of such a generator are poor; the high ones do for a test.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let mut number = 0;
    (0..count)
        .map(|_| {
            number += 1 + draw(50_000);
            (number, NOW - draw(30 * DAY), draw(5))
        })
        .collect()
}

fn shapes(suite: &mut Suite) {
    let mut shape =
        |name: &str, why: &str, kind, sequence, base, packed: Packed, lines: &[Line]| {
            let input = LIST.shown(&LIST.signed(payload(kind, sequence, base, packed.item())));
            suite.accepted(name, why, input, read(kind, sequence, base, lines));
        };
    for kind in 1..5 {
        let name = format!("kind {kind}, empty");
        let why = "A list with no lines: nothing of this kind is void.";
        shape(&name, why, kind, 1, None, Packed::new(0, 0, 0), &[]);
    }
    let empty = Packed::new(31, u32::MAX, 32);
    shape("empty, odd parameters", "With no lines they mean nothing.", 2, 3, None, empty, &[]);
    let one = [(4_711_007, NOW - 400, 1)];
    let packed = Packed::of(22, NOW - 400, 0, &one);
    shape("one line", "A time width of 0: the one time is the earliest.", 2, 2, None, packed, &one);
    let packed = Packed::of(23, NOW - 3 * DAY, 18, &ORDINARY);
    shape("delta", "Leads on from an earlier sequence.", 1, 7, Some(6), packed.clone(), &ORDINARY);
    shape(
        "delta over many",
        "Leads on from the beginning.",
        1,
        7,
        Some(0),
        packed.clone(),
        &ORDINARY,
    );
    shape("highest sequence", "32 bits.", 4, u32::MAX, Some(u32::MAX - 1), packed, &ORDINARY);
    let dense: Vec<Line> = (0..20).map(|n| (n, NOW - 100, n % 5)).collect();
    let packed = Packed::of(0, NOW - 100, 0, &dense);
    shape("neighbours", "Gaps of 0, with k = 0, and every cause.", 3, 9, None, packed, &dense);
    let wide = [(0, 0, 2), (7, u32::MAX, 3), (u32::MAX, 1, 4)];
    let packed = Packed::of(31, 0, 32, &wide);
    shape(
        "widest",
        "The lowest and highest number and time, a width of 32.",
        4,
        1,
        None,
        packed,
        &wide,
    );
    let unary = [(300, NOW, 0), (301, NOW, 0)];
    let packed = Packed::of(0, NOW - 5, 3, &unary);
    shape("long unary", "A gap of 300 in 300 one-bits.", 3, 2, None, packed, &unary);
    let packed = Packed::of(9, NOW - 7 * DAY, 32, &ORDINARY[..2]);
    let why = "Any k, earliest and width that hold the lines will do.";
    shape("not the shortest", why, 1, 8, None, packed, &ORDINARY[..2]);
    let lines = many(300);
    let packed = Packed::of(14, NOW - 30 * DAY, 22, &lines);
    shape("300 lines", "As a small city has them.", 1, 40, None, packed, &lines);
}

fn contents(suite: &mut Suite) {
    let items = ordinary_items;
    let with = |at: usize, item: Vec<u8>| {
        let mut items = items();
        items[at] = item;
        claims(LIST.iat, &items)
    };
    let mut defects: Vec<Defect> = Vec::new();
    for number in [0_u64, 5, 257] {
        defects.push((format!("kind {number}"), "There are 1 to 4.", with(0, cbor::uint(number))));
    }
    for (what, why, item) in no_u32(7) {
        defects.push((format!("sequence: {what}"), why, with(1, item.clone())));
        if what != "null" {
            defects.push((format!("base: {what}"), why, with(2, item.clone())));
        }
        let payload = cbor::map(&[(6, item), (PRIVATE, cbor::array(&items()))]);
        defects.push((format!("iat: {what}"), why, payload));
    }
    let iat = || (6, cbor::uint(LIST.iat));
    let private = || (PRIVATE, cbor::array(&items()));
    let less = "A base is less than the list's own sequence.";
    let five = [&items()[..], &[cbor::null()]].concat();
    defects.extend(
        [
            ("base at the sequence", less, with(2, cbor::uint(7_u8))),
            ("base above the sequence", less, with(2, cbor::uint(8_u8))),
            ("base false", "null for a full list.", with(2, cbor::boolean(false))),
            ("lines null", "A list has lines, if none.", with(3, cbor::null())),
            ("no lines", "No item less.", claims(LIST.iat, &items()[..3])),
            ("five items", "No item more.", claims(LIST.iat, &five)),
            ("no iat", "All claims stand.", cbor::map(&[private()])),
            ("no private claim", "All claims stand.", cbor::map(&[iat()])),
            ("private claim first", "Keys stand in their order.", cbor::map(&[private(), iat()])),
            (
                "exp too",
                "No claim but these.",
                cbor::map(&[(4, cbor::uint(NOW + DAY)), iat(), private()]),
            ),
        ]
        .map(|(name, why, payload)| (name.to_owned(), why, payload)),
    );
    for (name, why, payload) in defects {
        LIST.refused(suite, &format!("payload: {name}"), why, payload);
    }
}

/// What is wrong with the packed lines themselves.
fn packing(suite: &mut Suite) {
    let sound = ordinary_packed();
    let bytes = sound.bytes();
    let (last, rest) = bytes.split_last().expect("three lines take some bytes");
    let padding = 8 - sound.bits.len() % 8;
    assert!(padding < 8, "the ordinary list has a last byte with room in it");
    let empty = Packed::new(0, 0, 0);
    let one = Packed::new;
    let beyond = "Numbers have 32 bits.";
    for (name, why, item) in [
        ("padding of ones", "The rest of the last byte is zero.", {
            sound.item_with(&[rest, &[last | 1]].concat())
        }),
        ("first bit of padding", "The rest of the last byte is zero.", {
            sound.item_with(&[rest, &[last | 1 << (padding - 1)]].concat())
        }),
        ("a zero byte more", "No byte follows.", sound.item_with(&[&bytes[..], &[0]].concat())),
        ("a byte less", "All lines are there.", sound.item_with(rest)),
        ("no bits", "All lines are there.", sound.item_with(&[])),
        ("bits of no lines", "No byte follows.", empty.item_with(&[0])),
        ("a line more than there are", "All lines are there.", {
            Packed { count: 4, ..sound.clone() }.item()
        }),
        (
            "a line less than there are",
            "No byte follows.",
            Packed { count: 2, ..sound.clone() }.item(),
        ),
        (
            "count of 64 bits",
            "All lines are there.",
            Packed { count: u64::MAX, ..sound.clone() }.item(),
        ),
        ("k of 32", "k is at most 31.", one(32, 0, 0).line(0, 0, 0).item()),
        ("k of 32 and no lines", "k is at most 31.", one(32, 0, 0).item()),
        ("k of 64", "k is at most 31.", Packed { k: 64, ..one(0, 0, 0) }.item()),
        ("width of 33", "The width is at most 32.", one(0, 0, 33).line(0, 0, 0).item()),
        ("width of 33 and no lines", "The width is at most 32.", one(0, 0, 33).item()),
        ("cause 5", "Causes are 0 to 4.", one(0, 0, 0).line(0, 0, 5).item()),
        ("cause 7", "Causes are 0 to 4.", one(0, 0, 0).line(0, 0, 7).item()),
        ("number 2^32", beyond, one(31, 0, 0).line(1 << 32, 0, 0).item()),
        ("number above 2^32", beyond, one(31, 0, 0).line((1 << 32) + 7, 0, 0).item()),
        ("a line after the highest number", beyond, {
            one(31, 0, 0).line(u64::from(u32::MAX), 0, 0).line(0, 0, 0).item()
        }),
        ("a sum above 32 bits", beyond, {
            one(31, 0, 0).line(1 << 31, 0, 0).line(1 << 31, 0, 0).item()
        }),
        ("time above 32 bits", "Times have 32 bits.", { one(0, u32::MAX, 1).line(0, 1, 0).item() }),
        ("earliest of 2^32", "Times have 32 bits.", {
            let [count, k, _, width, bits] = sound.items();
            cbor::array(&[count, k, cbor::uint(1_u64 << 32), width, bits])
        }),
        ("bits as text", "Text where bytes belong.", {
            let [count, k, earliest, width, _] = sound.items();
            cbor::array(&[count, k, earliest, width, cbor::text_of_bytes(&bytes)])
        }),
        ("bits in chunks", "Chunks are refused.", {
            let [count, k, earliest, width, bits] = sound.items();
            cbor::array(&[count, k, earliest, width, cbor::chunked(&bits)])
        }),
        ("four items", "No item less.", cbor::array(&sound.items()[..4])),
        (
            "six items",
            "No item more.",
            cbor::array(&[&sound.items()[..], &[cbor::null()]].concat()),
        ),
    ] {
        LIST.refused(suite, &format!("lines: {name}"), why, payload(1, 7, None, item));
    }
}
