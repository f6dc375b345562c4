//! Whatever comes in, an answer comes out: nothing panics, and nothing that was not signed is taken.

use proptest::prelude::*;
use suima_code::{
    Cause, Credential, Head, Knowledge, Line, LineKind, LineNumber, Outcome, PREFIX, Place, Policy,
    RevocationList, Revocations, Sequences, StaticCode, Trust, UnixTime, credential_of,
    is_cut_short, read, verify,
};

use super::made::{
    NOW, cases, credential, current_text, issuer, live_text, root, roots, static_code, time, trust,
};

/// Reads `bytes` as everything there is; how many took them.
fn taken(bytes: &[u8]) -> usize {
    let trust = trust();
    [
        Trust::parse(bytes, &roots()).is_ok(),
        Policy::parse(bytes, &trust, NOW).is_ok(),
        RevocationList::parse(bytes, &trust, NOW).is_ok(),
        Head::parse(bytes, &[7; 16], &trust, NOW).is_ok(),
        Credential::parse(bytes, &trust, NOW).is_ok(),
        read(&StaticCode::text(bytes), &trust, NOW).is_ok(),
    ]
    .into_iter()
    .filter(|&taken| taken)
    .count()
}

/// Something that is read by exactly one of the readers above.
fn object() -> impl Strategy<Value = Vec<u8>> {
    let list = (any::<[u32; 3]>(), any::<bool>()).prop_map(|([number, before, iat], delta)| {
        issuer().revocations(&RevocationList {
            kind: LineKind::Person,
            sequence: 9,
            base: delta.then_some(3),
            iat: UnixTime::new(iat),
            lines: vec![(
                LineNumber(number),
                Line { before: UnixTime::new(before), cause: Cause::ReportedLost },
            )],
        })
    });
    prop_oneof![
        Just(root().trust(&trust())),
        Just(issuer().policy(&Policy::standard(1, NOW))),
        Just(issuer().head(&Head {
            iat: NOW,
            nonce: [7; 16],
            policy_version: 1,
            trust_version: 1,
            sequences: Sequences([1, 2, 3, 4]),
        })),
        credential().prop_map(|(credential, _)| issuer().credential(&credential)),
        list,
    ]
}

#[derive(Clone, Debug)]
enum Damage {
    Set(u8),
    Flip(u8),
    Insert(u8),
    Remove,
    Cut,
    Repeat,
}

impl Damage {
    fn to(&self, bytes: &mut Vec<u8>, at: usize) {
        match *self {
            Self::Set(to) => bytes[at] = to,
            Self::Flip(bit) => bytes[at] ^= 1 << bit,
            Self::Insert(new) => bytes.insert(at, new),
            Self::Remove => {
                bytes.remove(at);
            }
            Self::Cut => bytes.truncate(at),
            Self::Repeat => bytes.extend_from_within(at..),
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<u8>().prop_map(Damage::Set),
        (0_u8..8).prop_map(Damage::Flip),
        any::<u8>().prop_map(Damage::Insert),
        Just(Damage::Remove),
        Just(Damage::Cut),
        Just(Damage::Repeat),
    ]
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn any_text_gets_a_verdict(text in prop_oneof![".{0,600}", "SM1:[0-9A-Z $%*+\\-./:]{0,600}"]) {
        let (trust, policy, revocations) = (trust(), Policy::standard(1, NOW), Revocations::new());
        let knowledge = Knowledge { trust: &trust, policy: &policy, revocations: &revocations };
        for place in [Place::Sampling, Place::Gate, Place::ManualCheck] {
            let verdict = verify(&text, &knowledge, place, NOW);
            prop_assert!(verdict.genuine.is_none());
            prop_assert!(matches!(verdict.outcome, Outcome::Refused(_)));
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(taken(&bytes), 0);
        prop_assert!(credential_of(&bytes).is_err());
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_beginning_of_a_code_is_told_from_the_whole(text in current_text(), end: prop::sample::Index) {
        prop_assert!(!is_cut_short(&text));
        let end = 1 + end.index(text.len() - 1);
        prop_assert!(is_cut_short(&text[..end]), "{}", &text[..end]);
        prop_assert_eq!(is_cut_short(&text[end..]), PREFIX.starts_with(&text[end..]), "{}", &text[end..]);
    }

    #[test]
    fn what_is_signed_for_one_purpose_is_taken_for_that_alone(bytes in object()) {
        prop_assert_eq!(taken(&bytes), 1);
    }

    #[test]
    fn damaged_objects_are_refused(
        bytes in object(),
        damages in prop::collection::vec((damage(), any::<prop::sample::Index>()), 1..4),
    ) {
        let mut damaged = bytes.clone();
        for (damage, at) in damages {
            if !damaged.is_empty() {
                let at = at.index(damaged.len());
                damage.to(&mut damaged, at);
            }
        }
        prop_assume!(damaged != bytes);
        prop_assert_eq!(taken(&damaged), 0);
    }

    #[test]
    fn verdicts_at_any_time_and_place_do_not_panic(
        code in static_code(),
        (credential, device) in credential(),
        at in time(),
        now in time(),
        as_of in prop::option::of(time()),
    ) {
        let (trust, policy) = (trust(), Policy::standard(1, NOW));
        let revocations = Revocations::restore([], Sequences::default(), as_of);
        let knowledge = Knowledge { trust: &trust, policy: &policy, revocations: &revocations };
        for text in [issuer().static_code(&code), live_text(&credential, &device, at)] {
            for place in [Place::Sampling, Place::Gate, Place::ManualCheck] {
                let verdict = verify(&text, &knowledge, place, now);
                // The bundle ends with time itself.
                prop_assert_eq!(verdict.genuine.is_some(), now.get() < u32::MAX);
            }
        }
    }
}
