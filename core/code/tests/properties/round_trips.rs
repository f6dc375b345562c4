//! What was written is what is read.

use std::collections::BTreeMap;

use proptest::prelude::*;
use suima_code::{
    Acceptance, Cause, Credential, Genuine, Head, KeyId, Limits, Line, LineKind, LineNumber, Place,
    Policy, Presented, Proof, Purposes, RevocationList, Root, Sequences, Trust, TrustedKey,
    UnixTime, credential_of, read,
};

use super::made::{
    Device, NOW, cases, credential, device, issuer, live_text, root, roots, static_code, time,
    trust,
};

const PLACES: [Place; 3] = [Place::Sampling, Place::Gate, Place::ManualCheck];
const ROWS: [Presented; 5] = [
    Presented::NucleicAcid,
    Presented::Paper,
    Presented::Live,
    Presented::Relative,
    Presented::IdCard,
];

fn bundle() -> impl Strategy<Value = Trust> {
    let recalled = prop::option::of(time());
    let key = (0_u8..=15, time(), time(), recalled, device());
    let keys = prop::collection::btree_map(any::<u8>(), key, 0..12);
    (Root::Hot.versions(), 0..u32::MAX, time(), keys).prop_map(|(version, iat, exp, keys)| {
        let key = |(kid, entry): (u8, (u8, UnixTime, UnixTime, Option<UnixTime>, Device))| {
            let (purposes, sign_until, accept_until, recalled, device) = entry;
            TrustedKey {
                kid: KeyId(kid),
                purposes: Purposes::from_bits(purposes).expect("at most 15"),
                sign_until,
                accept_until,
                recalled,
                key: device.public(),
            }
        };
        let iat = UnixTime::new(iat);
        Trust { version, iat, exp: exp.max(iat.plus(1)), keys: keys.into_iter().map(key).collect() }
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let cell = prop::sample::select(vec![
        Acceptance::Refused,
        Acceptance::Accepted,
        Acceptance::WithIdCard,
        Acceptance::AskIssuer,
    ]);
    let table = prop::collection::vec(cell, 15);
    (any::<u32>(), time(), any::<[u32; 20]>(), table).prop_map(|(version, iat, n, table)| {
        let mut policy = Policy::standard(version, iat);
        policy.limits = Limits {
            nucleic_acid_days: n[0],
            paper_days: n[1],
            redraw_seconds: n[2],
            live_window_seconds: n[3],
            credential_seconds: n[4],
            colour_seconds: n[5],
            knowledge_said_seconds: n[6],
            knowledge_refused_seconds: n[7],
            relatives_per_user: n[8],
            holders_per_relative: n[9],
            regenerations_per_day: n[10],
            claim_ahead_days: n[11],
            adult_age: n[12],
            senior_age: n[13],
            admitted_colours: n[14],
            coming_of_age_days: n[15],
            paper_under_age: n[16],
            paper_groups: n[17],
            reminder_days: n[18],
            asks_per_day: n[19],
        };
        let cells = ROWS.into_iter().flat_map(|row| PLACES.map(|place| (row, place)));
        cells.zip(table).fold(policy, |policy, ((row, place), cell)| policy.with(row, place, cell))
    })
}

/// Lines near each other, far apart, or both, at times near each other or not.
fn lines() -> impl Strategy<Value = BTreeMap<u32, (u32, u8)>> {
    let number = prop_oneof![0_u32..200, any::<u32>(), u32::MAX - 200..=u32::MAX];
    let before = prop_oneof![NOW.get() - 1000..NOW.get(), any::<u32>(), Just(0), Just(u32::MAX)];
    prop::collection::btree_map(number, (before, 0_u8..5), 0..120)
}

fn list() -> impl Strategy<Value = RevocationList> {
    let kind = prop::sample::select(LineKind::ALL.to_vec());
    (kind, 1..=u32::MAX, prop::option::of(any::<u32>()), time(), lines()).prop_map(
        |(kind, sequence, base, iat, lines)| {
            let line = |(number, (before, cause))| {
                let cause = Cause::from_number(cause).expect("below 5");
                (LineNumber(number), Line { before: UnixTime::new(before), cause })
            };
            let base = base.map(|base| base % sequence);
            RevocationList {
                kind,
                sequence,
                base,
                iat,
                lines: lines.into_iter().map(line).collect(),
            }
        },
    )
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn static_codes(code in static_code()) {
        let text = issuer().static_code(&code);
        prop_assert_eq!(read(&text, &trust(), NOW), Ok(Genuine::Static(code)));
    }

    #[test]
    fn live_codes((credential, device) in credential(), at in time()) {
        let text = live_text(&credential, &device, at);
        let proof = Proof { credential, signed_at: at };
        prop_assert_eq!(read(&text, &trust(), NOW), Ok(Genuine::Live(proof)));
    }

    #[test]
    fn credentials((credential, _) in credential()) {
        let bytes = issuer().credential(&credential);
        prop_assert_eq!(Credential::parse(&bytes, &trust(), NOW), Ok(credential.clone()));
        prop_assert_eq!(credential_of(&bytes), Ok(credential));
    }

    #[test]
    fn trust_bundles(trust in bundle()) {
        prop_assert_eq!(Trust::parse(&root().trust(&trust), &roots()), Ok(trust));
    }

    #[test]
    fn policies(policy in policy()) {
        prop_assert_eq!(Policy::parse(&issuer().policy(&policy), &trust(), NOW), Ok(policy));
    }

    #[test]
    fn heads(nonce in any::<[u8; 16]>(), iat in time(), n in any::<[u32; 6]>()) {
        let head = Head {
            iat,
            nonce,
            policy_version: n[0],
            trust_version: n[1],
            sequences: Sequences([n[2], n[3], n[4], n[5]]),
        };
        prop_assert_eq!(Head::parse(&issuer().head(&head), &nonce, &trust(), NOW), Ok(head));
    }

    #[test]
    fn revocation_lists(list in list()) {
        let bytes = issuer().revocations(&list);
        prop_assert_eq!(RevocationList::parse(&bytes, &trust(), NOW), Ok(list));
    }
}

/// Numbers drawn evenly, as the register draws them, with times over a month: what a city's list looks like.
#[test]
fn a_list_of_a_city_stays_near_the_entropy_of_its_content() {
    let (count, step, month) = (20_000_u32, 170_u32, 30 * 86_400_u32);
    let mut state = 1_u32;
    let mut draw = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let mut number = 0;
    let lines = (0..count).map(|_| {
        number += 1 + draw(2 * step);
        let before = UnixTime::new(NOW.get() - draw(month));
        (LineNumber(number), Line { before, cause: Cause::Replaced })
    });
    let list = RevocationList {
        kind: LineKind::NucleicAcid,
        sequence: 1,
        base: None,
        iat: NOW,
        lines: lines.collect(),
    };
    let bytes = issuer().revocations(&list);
    assert_eq!(RevocationList::parse(&bytes, &trust(), NOW), Ok(list));
    // A gap of two steps at most and a second of the month, each evenly drawn.
    let entropy = f64::from(count) * (f64::from(2 * step).log2() + f64::from(month).log2());
    let bits = f64::from(u32::try_from(bytes.len()).expect("a small list")) * 8.0;
    assert!(bits <= 1.25 * entropy, "{bits} bits for {entropy}");
}
