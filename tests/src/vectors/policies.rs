//! Policies.

use super::cbor;
use super::defects::{Defect, no_u32};
use super::documents::{Document, worlds};
use super::suite::{Expect, Input, Suite};
use super::world::{
    DAY, NOW, POLICY, PRIVATE, STANDARD_NUMBERS, STANDARD_TABLE, numbered, policy_claims,
};

const POLICIES: Document = Document {
    aad: "suima/policy",
    kid: POLICY,
    iat: NOW - 10 * DAY,
    payload: |iat| {
        claims(iat, 3, &STANDARD_TABLE.map(|row| row.map(cbor::uint).to_vec()), &numbers())
    },
    input: |world, hex, now| Input::Policy { world, hex, now },
    read: || version(3),
};

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Policies: with and without numbers of later policies, and everything that is refused.",
        &worlds(),
    );
    POLICIES.cases(&mut suite);
    accepted(&mut suite);
    tables(&mut suite);
    number_maps(&mut suite);
    claim_sets(&mut suite);
    suite
}

fn version(number: u32) -> Expect {
    Expect::accepted([("version", number.into())])
}

fn numbers() -> Vec<(i64, Vec<u8>)> {
    numbered(&STANDARD_NUMBERS)
}

fn claims(iat: u32, version: u32, table: &[Vec<Vec<u8>>], numbers: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let rows: Vec<_> = table.iter().map(|row| cbor::array(row)).collect();
    policy_claims(iat, cbor::uint(version), cbor::array(&rows), cbor::map(numbers))
}

fn table() -> Vec<Vec<Vec<u8>>> {
    STANDARD_TABLE.map(|row| row.map(cbor::uint).to_vec()).into()
}

fn accepted(suite: &mut Suite) {
    let with = |extra: &[(i64, Vec<u8>)]| {
        claims(POLICIES.iat, 4, &table(), &[&numbers()[..], extra].concat())
    };
    let one = || cbor::uint(1_u8);
    let most = || cbor::uint(u32::MAX);
    for (name, why, payload) in [
        ("number 21", "Numbers of later policies are passed over.", with(&[(21, one())])),
        (
            "numbers 22, 100 and 70000",
            "Numbers of later policies need not be without gaps.",
            with(&[(22, one()), (100, most()), (70_000, cbor::uint(0_u8))]),
        ),
        (
            "the first fifteen alone",
            "Signed before the others came.",
            claims(POLICIES.iat, 4, &table(), &numbers()[..15]),
        ),
        (
            "the first fifteen and number 18",
            "Each of those that came later may be missing.",
            claims(POLICIES.iat, 4, &table(), &[&numbers()[..15], &[(18, most())]].concat()),
        ),
        (
            "the first fifteen and number 21",
            "A later policy may leave them out.",
            claims(POLICIES.iat, 4, &table(), &[&numbers()[..15], &[(21, one())]].concat()),
        ),
        (
            "highest numbers",
            "32 bits each.",
            claims(POLICIES.iat, 4, &table(), &numbered(&[u32::MAX; 20])),
        ),
        ("zeros", "A number may be 0.", claims(POLICIES.iat, 4, &table(), &numbered(&[0; 20]))),
        (
            "a table of threes",
            "Every cell may have every value.",
            claims(POLICIES.iat, 4, &vec![vec![cbor::uint(3_u8); 3]; 5], &numbers()),
        ),
    ] {
        suite.accepted(name, why, POLICIES.shown(&POLICIES.signed(payload)), version(4));
    }
    for number in [0, u32::MAX] {
        let payload = claims(POLICIES.iat, number, &table(), &numbers());
        let input = POLICIES.shown(&POLICIES.signed(payload));
        suite.accepted(&format!("version {number}"), "32 bits.", input, version(number));
    }
}

fn tables(suite: &mut Suite) {
    let mut refused = |name: &str, why: &str, table: &[Vec<Vec<u8>>]| {
        let payload = claims(POLICIES.iat, 3, table, &numbers());
        POLICIES.refused(suite, &format!("table: {name}"), why, payload);
    };
    refused("four rows", "Five rows.", &table()[..4]);
    refused("six rows", "Five rows.", &[&table()[..], &table()[..1]].concat());
    for length in [2, 4] {
        let mut table = table();
        table[2] = vec![cbor::uint(1_u8); length];
        refused(&format!("a row of {length}"), "Three cells a row.", &table);
    }
    for cell in
        [cbor::uint(4_u8), cbor::uint(256_u16), cbor::boolean(true), cbor::null(), cbor::int(-1)]
    {
        let mut table = table();
        let name = format!("a cell of 0x{:02x}", cell[0]);
        table[4][2] = cell;
        refused(&name, "A cell is 0 to 3.", &table);
    }
}

fn number_maps(suite: &mut Suite) {
    let one = || cbor::uint(1_u8);
    let without = |key: i64| -> Vec<_> {
        numbers().into_iter().filter(|(number, _)| *number != key).collect()
    };
    let more = |extra: &[(i64, Vec<u8>)]| [&numbers()[..], extra].concat();
    let mut exchanged = numbers();
    exchanged.swap(3, 4);
    let order = "Numbers stand in ascending order.";
    let once = "A number stands once.";
    let all = "The first fifteen stand.";
    let mut maps = vec![
        ("none".to_owned(), all, Vec::new()),
        ("without 1".to_owned(), all, without(1)),
        ("without 15".to_owned(), all, without(15)),
        ("21 in place of 7".to_owned(), all, [&without(7)[..], &[(21, one())]].concat()),
        ("0 too".to_owned(), "Numbers begin at 1.", [&[(0, one())], &numbers()[..]].concat()),
        ("4 and 5 exchanged".to_owned(), order, exchanged),
        ("21 first".to_owned(), order, [&[(21, one())], &numbers()[..]].concat()),
        ("22 before 21".to_owned(), order, more(&[(22, one()), (21, one())])),
        (
            "17 before 16".to_owned(),
            order,
            [&numbers()[..15], &[(17, one()), (16, one())]].concat(),
        ),
        ("16 behind 20".to_owned(), order, [&without(16)[..], &[(16, one())]].concat()),
        ("15 twice".to_owned(), once, [&numbers()[..15], &[(15, one())]].concat()),
        ("16 twice".to_owned(), once, [&numbers()[..16], &[(16, one())]].concat()),
        ("20 twice".to_owned(), once, more(&[(20, one())])),
        ("21 twice".to_owned(), once, more(&[(21, one()), (21, one())])),
        ("a negative number's name".to_owned(), "Names are unsigned.", more(&[(-1, one())])),
    ];
    for (what, why, item) in no_u32(60) {
        let mut with = numbers();
        with[3].1.clone_from(&item);
        maps.push((format!("4: {what}"), why, with));
        let mut with = numbers();
        with[17].1.clone_from(&item);
        maps.push((format!("18: {what}"), why, with));
        maps.push((format!("21: {what}"), why, more(&[(21, item)])));
    }
    for (name, why, numbers) in maps {
        let payload = claims(POLICIES.iat, 3, &table(), &numbers);
        POLICIES.refused(suite, &format!("numbers: {name}"), why, payload);
    }
}

fn claim_sets(suite: &mut Suite) {
    let rows = || cbor::array(&table().iter().map(|row| cbor::array(row)).collect::<Vec<_>>());
    let items = || vec![cbor::uint(3_u8), rows(), cbor::map(&numbers())];
    let iat = || (6, cbor::uint(POLICIES.iat));
    let private = || (PRIVATE, cbor::array(&items()));
    let mut defects: Vec<Defect> = [
        ("no iat", "All claims stand.", vec![private()]),
        ("no private claim", "All claims stand.", vec![iat()]),
        ("private claim first", "Keys stand in their order.", vec![private(), iat()]),
        ("iat twice", "A key stands once.", vec![iat(), iat(), private()]),
        ("exp too", "No claim but these.", vec![(4, cbor::uint(NOW + DAY)), iat(), private()]),
        ("two items", "No item less.", vec![iat(), (PRIVATE, cbor::array(&items()[..2]))]),
        (
            "four items",
            "No item more.",
            vec![iat(), (PRIVATE, cbor::array(&[items(), vec![cbor::null()]].concat()))],
        ),
    ]
    .map(|(name, why, pairs)| (format!("payload: {name}"), why, cbor::map(&pairs)))
    .into();
    for (what, why, item) in no_u32(3) {
        let payload = policy_claims(POLICIES.iat, item, rows(), cbor::map(&numbers()));
        defects.push((format!("version: {what}"), why, payload));
    }
    for (what, why, item) in no_u32(POLICIES.iat) {
        defects.push((format!("iat: {what}"), why, cbor::map(&[(6, item), private()])));
    }
    for (name, why, payload) in defects {
        POLICIES.refused(suite, &name, why, payload);
    }
}
