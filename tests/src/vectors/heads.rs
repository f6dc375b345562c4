//! Heads.

use super::cbor;
use super::codes::altered;
use super::defects::{Defect, no_u32};
use super::documents::{Document, worlds};
use super::suite::{Expect, Input, Suite};
use super::world::{DAY, LISTS, NOW, PRIVATE};

const NONCE: [u8; 16] = *b"sixteen of chaos";
const SEQUENCES: [u32; 4] = [41, 3, 12, 0];

const HEAD: Document = Document {
    aad: "suima/head",
    kid: LISTS,
    iat: NOW - 2,
    payload: |iat| claims(cbor::uint(iat), cbor::bytes(&NONCE), &items(&SEQUENCES)),
    input: |world, hex, now| asked(world, hex, &NONCE, now),
    read: || read(HEAD.iat, SEQUENCES),
};
use crate::hex::hex;

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Heads: for the asker's nonce and for another, and everything else refused.",
        &worlds(),
    );
    // Sign-until is an hour ago for the retired key: a head of two seconds ago has to be told apart by its iat.
    HEAD.cases(&mut suite);
    accepted(&mut suite);
    nonces(&mut suite);
    contents(&mut suite);
    suite
}

fn asked(world: String, hex: String, nonce: &[u8; 16], now: u32) -> Input {
    Input::Head { world, hex, nonce: crate::hex::hex(nonce), now }
}

fn read(iat: u32, sequences: [u32; 4]) -> Expect {
    Expect::accepted([("iat", iat.into()), ("sequences", sequences.to_vec().into())])
}

fn items(sequences: &[u32]) -> [Vec<u8>; 3] {
    let sequences: Vec<_> = sequences.iter().map(|&number| cbor::uint(number)).collect();
    [cbor::uint(2_u8), cbor::uint(1_u8), cbor::array(&sequences)]
}

fn claims(iat: Vec<u8>, nonce: Vec<u8>, items: &[Vec<u8>]) -> Vec<u8> {
    cbor::map(&[(6, iat), (10, nonce), (PRIVATE, cbor::array(items))])
}

fn accepted(suite: &mut Suite) {
    for (name, why, iat, sequences) in [
        ("nothing yet", "No list of any kind.", NOW, [0; 4]),
        ("highest sequences", "32 bits each.", NOW, [u32::MAX; 4]),
        ("of a day ago", "How old it is, the asker judges.", NOW - DAY, SEQUENCES),
        ("of a day from now", "How far ahead it is, the asker judges.", NOW + DAY, SEQUENCES),
    ] {
        let payload = claims(cbor::uint(iat), cbor::bytes(&NONCE), &items(&sequences));
        suite.accepted(name, why, HEAD.shown(&HEAD.signed(payload)), read(iat, sequences));
    }
}

fn nonces(suite: &mut Suite) {
    let mut other = NONCE;
    other[15] ^= 1;
    let bytes = HEAD.signed((HEAD.payload)(HEAD.iat));
    for (name, nonce) in [("another nonce", other), ("a nonce of zeros", [0; 16])] {
        suite.refused(
            &format!("for {name}"),
            "An old head, or somebody else's.",
            &HEAD.twin(),
            asked("standard".into(), hex(&bytes), &nonce, NOW),
            altered(),
        );
    }
    let mut refused = |name: &str, why: &str, nonce: Vec<u8>| {
        let payload = claims(cbor::uint(HEAD.iat), nonce, &items(&SEQUENCES));
        HEAD.refused(suite, &format!("nonce: {name}"), why, payload);
    };
    let length = "A nonce has 16 bytes.";
    refused("of 15 bytes", length, cbor::bytes(&NONCE[..15]));
    refused("of 17 bytes", length, cbor::bytes(&[&NONCE[..], &[0]].concat()));
    refused("empty", length, cbor::bytes(&[]));
    refused("as text", "Text where bytes belong.", cbor::text_of_bytes(&NONCE));
    refused("in chunks", "Chunks are refused.", cbor::chunked(&cbor::bytes(&NONCE)));
    refused("one of two", "RFC 9711 allows several; here is one.", {
        cbor::array(&[cbor::bytes(&NONCE), cbor::bytes(&other)])
    });
    refused("null", length, cbor::null());
}

fn contents(suite: &mut Suite) {
    let iat = || (6, cbor::uint(HEAD.iat));
    let nonce = || (10, cbor::bytes(&NONCE));
    let private = |items: &[Vec<u8>]| (PRIVATE, cbor::array(items));
    let sound = || items(&SEQUENCES);
    let mut defects: Vec<Defect> = [
        ("no iat", "All claims stand.", vec![nonce(), private(&sound())]),
        ("no nonce", "All claims stand.", vec![iat(), private(&sound())]),
        ("no private claim", "All claims stand.", vec![iat(), nonce()]),
        ("nonce first", "Keys stand in their order.", vec![nonce(), iat(), private(&sound())]),
        ("nonce twice", "A key stands once.", vec![iat(), nonce(), nonce(), private(&sound())]),
        (
            "exp too",
            "No claim but these.",
            vec![(4, cbor::uint(NOW + DAY)), iat(), nonce(), private(&sound())],
        ),
        ("two items", "No item less.", vec![iat(), nonce(), private(&sound()[..2])]),
        (
            "four items",
            "No item more.",
            vec![iat(), nonce(), private(&[&sound()[..], &[cbor::null()]].concat())],
        ),
        (
            "three sequences",
            "There are four kinds.",
            vec![iat(), nonce(), private(&items(&[1; 3]))],
        ),
        ("five sequences", "There are four kinds.", vec![iat(), nonce(), private(&items(&[1; 5]))]),
    ]
    .map(|(name, why, pairs)| (format!("payload: {name}"), why, cbor::map(&pairs)))
    .into();
    for (what, why, item) in no_u32(7) {
        for (at, name) in [(0, "policy version"), (1, "trust version")] {
            let mut items = sound();
            items[at].clone_from(&item);
            let payload = claims(cbor::uint(HEAD.iat), cbor::bytes(&NONCE), &items);
            defects.push((format!("{name}: {what}"), why, payload));
        }
        let mut items = sound();
        items[2] =
            cbor::array(&[cbor::uint(1_u8), cbor::uint(1_u8), cbor::uint(1_u8), item.clone()]);
        let payload = claims(cbor::uint(HEAD.iat), cbor::bytes(&NONCE), &items);
        defects.push((format!("sequence: {what}"), why, payload));
        let payload = claims(item, cbor::bytes(&NONCE), &sound());
        defects.push((format!("iat: {what}"), why, payload));
    }
    for (name, why, payload) in defects {
        HEAD.refused(suite, &name, why, payload);
    }
}
