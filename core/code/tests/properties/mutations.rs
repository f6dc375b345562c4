//! A code with any one character changed is refused.

use proptest::prelude::*;
use suima_code::{
    Knowledge, MaskedName, Outcome, Place, Policy, Revocations, Slot, StaticCode, StaticKind,
    UnixTime, verify,
};

use super::made::{NOW, cases, current_text, issuer, trust};

const ALPHABET: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

fn accepted(text: &str) -> bool {
    let (trust, policy, revocations) = (trust(), Policy::standard(1, NOW), Revocations::new());
    let knowledge = Knowledge { trust: &trust, policy: &policy, revocations: &revocations };
    let verdict = verify(text, &knowledge, Place::Sampling, NOW);
    assert!(verdict.genuine.is_some() || matches!(verdict.outcome, Outcome::Refused(_)));
    matches!(verdict.outcome, Outcome::Accepted(_))
}

/// One slip of whoever copies a text.
#[derive(Clone, Debug)]
enum Slip {
    Change(char),
    Insert(char),
    Delete,
    Transpose,
}

impl Slip {
    fn of(&self, text: &str, at: usize) -> String {
        let mut characters: Vec<char> = text.chars().collect();
        match *self {
            Self::Change(to) => characters[at] = to,
            Self::Insert(new) => characters.insert(at, new),
            Self::Delete => {
                characters.remove(at);
            }
            Self::Transpose => characters.swap(at, (at + 1) % text.len()),
        }
        characters.into_iter().collect()
    }
}

fn slip() -> impl Strategy<Value = Slip> {
    let of_alphabet = prop::sample::select(ALPHABET.chars().collect::<Vec<_>>());
    let character = || prop_oneof![4 => of_alphabet.clone(), 1 => any::<char>()];
    prop_oneof![
        4 => character().prop_map(Slip::Change),
        2 => character().prop_map(Slip::Insert),
        1 => Just(Slip::Delete),
        1 => Just(Slip::Transpose),
    ]
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn any_code_with_any_one_slip_is_refused(
        text in current_text(),
        slip in slip(),
        at in any::<prop::sample::Index>(),
    ) {
        prop_assert!(accepted(&text));
        let slipped = slip.of(&text, at.index(text.len()));
        prop_assume!(slipped != text);
        prop_assert!(!accepted(&slipped), "{slipped}");
    }
}

#[test]
fn a_code_with_any_character_in_any_place_changed_is_refused() {
    let text = issuer().static_code(&StaticCode {
        kind: StaticKind::NucleicAcid,
        slot: Slot(4_711_007),
        name: MaskedName::mask("王小明").expect("a name"),
        birth_year: 1988,
        iat: NOW.plus(-86_400),
        nbf: None,
        exp: UnixTime::new(1_797_436_800),
    });
    assert!(accepted(&text));
    for at in 0..text.len() {
        for to in ALPHABET.chars().chain("abcé\0\n".chars()) {
            for slip in [Slip::Change(to), Slip::Insert(to)] {
                let slipped = slip.of(&text, at);
                assert!(slipped == text || !accepted(&slipped), "{slip:?} at {at}");
            }
        }
        for slip in [Slip::Delete, Slip::Transpose] {
            let slipped = slip.of(&text, at);
            assert!(slipped == text || !accepted(&slipped), "{slip:?} at {at}");
        }
    }
}
