//! Sealed values open where they were sealed and nowhere else.

mod support;

use std::{collections::HashSet, sync::Arc};

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use suima_device::{
    Durability, Random as _, SealError, Sealer, Store, StoreError, SystemRandom, records,
};
use support::{Counting, Dry, Platform, records_schema};

fn sealer(key: u8) -> Sealer {
    Sealer::new(&[key; 32], Arc::new(Counting::default()))
}

#[test]
fn a_sealed_value_has_a_known_form() {
    // Frozen: files in the field hold values of this form.
    let sealed = sealer(7).seal("record", b"name", b"value").unwrap();
    let hex: String = sealed.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    assert_eq!(sealed.len(), 24 + 5 + 16);
    assert_eq!(hex, FROZEN);
}

/// Computed from the cipher's definition, apart from this crate: key 32 × 7, the nonce, and as associated data
/// the context's length (four bytes), the context and the key.
const FROZEN: &str = "000000000000000000000000000000010000000000000002\
    40749a7e34bfe28b839bd35b3ca7208d1cdf340639";

proptest! {
    #[test]
    fn what_is_sealed_opens(context in "\\PC{0,12}", key: Vec<u8>, value: Vec<u8>) {
        let sealer = sealer(1);
        let sealed = sealer.seal(&context, &key, &value).unwrap();
        prop_assert_eq!(&*sealer.open(&context, &key, &sealed).unwrap(), &value);
    }

    #[test]
    fn what_is_altered_anywhere_does_not_open(value: Vec<u8>, at: prop::sample::Index, bit in 0..8u8) {
        let sealer = sealer(1);
        let mut sealed = sealer.seal("t", b"k", &value).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert_eq!(sealer.open("t", b"k", &sealed), Err(SealError::Refused));
    }

    #[test]
    fn what_is_cut_does_not_open(value: Vec<u8>, at: prop::sample::Index) {
        let sealer = sealer(1);
        let sealed = sealer.seal("t", b"k", &value).unwrap();
        let cut = &sealed[..at.index(sealed.len())];
        prop_assert_eq!(sealer.open("t", b"k", cut), Err(SealError::Refused));
    }

    #[test]
    fn what_was_never_sealed_is_refused(bytes: Vec<u8>) {
        prop_assert_eq!(sealer(1).open("t", b"k", &bytes), Err(SealError::Refused));
    }
}

#[test]
fn a_value_opens_neither_elsewhere_nor_with_another_key() {
    let right = sealer(1);
    let sealed = right.seal("entry", b"ab", b"value").unwrap();
    for (context, key) in [
        ("tube", b"ab".as_slice()),
        ("entry", b"aB"),
        // The same bytes, parted at another place.
        ("entrya", b"b"),
        ("entr", b"yab"),
    ] {
        assert_eq!(right.open(context, key, &sealed), Err(SealError::Refused), "{context} {key:?}");
    }
    assert_eq!(sealer(2).open("entry", b"ab", &sealed), Err(SealError::Refused));
    assert!(right.open("entry", b"ab", &sealed).is_ok());
}

#[test]
fn no_nonce_is_used_twice() {
    let sealer = Sealer::new(&[1; 32], Arc::new(SystemRandom));
    let nonces: HashSet<_> =
        (0..1000).map(|_| sealer.seal("t", b"k", b"same").unwrap()[..24].to_vec()).collect();
    assert_eq!(nonces.len(), 1000);
}

#[test]
fn without_randomness_nothing_is_sealed() {
    let sealer = Sealer::new(&[1; 32], Arc::new(Dry));
    assert!(sealer.seal("t", b"k", b"value").is_err());
    assert!(matches!(sealer.seal_json("t", b"k", "value"), Err(SealError::Random(_))));
}

#[test]
fn the_systems_randomness_fills_every_byte() {
    // Each byte stays 0 in all of 20 draws with a chance of 2^-160.
    let mut seen = [0_u8; 64];
    for _ in 0..20 {
        let mut drawn = [0; 64];
        SystemRandom.fill(&mut drawn).unwrap();
        seen.iter_mut().zip(drawn).for_each(|(seen, drawn)| *seen |= drawn);
    }
    assert!(seen.iter().all(|byte| *byte != 0));
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Person {
    name: String,
    born: u32,
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), born: 1961 }
}

#[test]
fn json_of_any_length_comes_back() {
    let sealer = sealer(1);
    for length in [0, 1, 500, 511, 512, 513, 5000] {
        let value = person(&"随".repeat(length));
        let blob = sealer.seal_json("t", b"k", &value).unwrap();
        assert_eq!(sealer.open_json::<Person>("t", b"k", &blob).unwrap(), value);
    }
}

#[test]
fn an_error_does_not_quote_the_value() {
    let sealer = sealer(1);
    let blob = sealer.seal_json("t", b"k", &person("王小明")).unwrap();
    let error = sealer.open_json::<u32>("t", b"k", &blob).unwrap_err();
    assert_eq!(error, SealError::Shape);
    let said = format!("{error} {error:?} {:?}", StoreError::from(error.clone()));
    assert!(!said.contains("王小明") && !said.contains("1961"), "{said}");
    assert_eq!(format!("{sealer:?}"), "Sealer { .. }");
}

fn store(folder: &tempfile::TempDir) -> Store {
    let schema = records_schema(Durability::Cache);
    let platform = Platform::default();
    let path = folder.path().join("store.db");
    Store::open(&path, &schema, &platform.ports).unwrap().store
}

#[test]
fn records_are_put_replaced_listed_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let changed = store
        .write("all", |tx, sealer| {
            for name in ["holding/2", "holding/1", "holding", "holdinh", "h_lding/3", "亲属/1"] {
                records::put(tx, sealer, name, &person(name))?;
            }
            records::put(tx, sealer, "holding/2", &person("again"))?;
            Ok::<_, StoreError>((records::delete(tx, "holdinh")?, records::delete(tx, "holdinh")?))
        })
        .unwrap();
    assert_eq!(changed, (true, false));
    let list = |prefix: &str| -> Vec<(String, String)> {
        store
            .read(|connection, sealer| records::list::<Person>(connection, sealer, prefix))
            .unwrap()
            .into_iter()
            .map(|(name, person)| (name, person.name))
            .collect()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(list("holding/"), [pair("holding/1", "holding/1"), pair("holding/2", "again")]);
    assert_eq!(list("亲属/"), [pair("亲属/1", "亲属/1")]);
    assert_eq!(list("%"), []);
    assert_eq!(list("").len(), 5);
    let missing = store
        .read(|connection, sealer| records::get::<Person>(connection, sealer, "holdinh"))
        .unwrap();
    assert_eq!(missing, None);
}

#[test]
fn a_value_moved_to_another_row_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    store
        .write("swap", |tx, sealer| {
            records::put(tx, sealer, "mine", &person("mine"))?;
            records::put(tx, sealer, "theirs", &person("theirs"))?;
            tx.execute(
                "UPDATE record SET value = (SELECT value FROM record WHERE name = 'theirs') \
                 WHERE name = 'mine'",
                [],
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let error = store
        .read(|connection, sealer| records::get::<Person>(connection, sealer, "mine"))
        .unwrap_err();
    assert!(matches!(error, StoreError::Seal(SealError::Refused)), "{error}");
}
