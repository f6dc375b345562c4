//! What is known of revocations only ever grows, whatever comes in which order (design section 4).

use std::collections::BTreeMap;

use proptest::prelude::*;
use suima_code::{
    Cause, Head, Line, LineKind, LineNumber, RevocationList, Revocations, Sequences, UnixTime,
};

use super::made::{NOW, cases};

fn line(before: u32, cause: u8) -> Line {
    Line { before: UnixTime::new(before), cause: Cause::from_number(cause).expect("below 5") }
}

/// Lists about few numbers and few times, so that they meet.
fn list() -> impl Strategy<Value = RevocationList> {
    let kind = prop::sample::select(LineKind::ALL.to_vec());
    let lines = prop::collection::btree_map(0_u32..6, (0_u32..4, 0_u8..5), 0..6);
    (kind, 1_u32..9, prop::option::of(0_u32..9), lines).prop_map(|(kind, sequence, base, lines)| {
        let entry = |(number, (before, cause))| (LineNumber(number), line(before, cause));
        RevocationList {
            kind,
            sequence,
            base: base.map(|base| base % sequence),
            iat: NOW,
            lines: lines.into_iter().map(entry).collect(),
        }
    })
}

fn lists() -> impl Strategy<Value = Vec<RevocationList>> {
    prop::collection::vec(list(), 0..12)
}

fn lists_in_two_orders() -> impl Strategy<Value = (Vec<RevocationList>, Vec<RevocationList>)> {
    lists().prop_flat_map(|lists| (Just(lists.clone()), Just(lists).prop_shuffle()))
}

fn knowing<'a>(lists: impl IntoIterator<Item = &'a RevocationList>) -> Revocations {
    let mut known = Revocations::new();
    for list in lists {
        known.apply(list);
    }
    known
}

fn lines_of(known: &Revocations) -> Vec<(LineKind, LineNumber, Line)> {
    let of = |kind| known.lines(kind).map(move |(number, line)| (kind, number, line));
    LineKind::ALL.into_iter().flat_map(of).collect()
}

fn head(iat: u32, sequences: [u32; 4]) -> Head {
    Head {
        iat: UnixTime::new(iat),
        nonce: [0; 16],
        policy_version: 1,
        trust_version: 1,
        sequences: Sequences(sequences),
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn lines_do_not_depend_on_the_order((one, other) in lists_in_two_orders()) {
        prop_assert_eq!(lines_of(&knowing(&one)), lines_of(&knowing(&other)));
    }

    #[test]
    fn full_lists_lead_to_the_same_in_any_order((mut one, mut other) in lists_in_two_orders()) {
        for list in one.iter_mut().chain(&mut other) {
            list.base = None;
        }
        prop_assert_eq!(knowing(&one), knowing(&other));
    }

    #[test]
    fn deltas_lead_to_the_same_in_any_order_once_asked_for_often_enough(
        (one, other) in lists_in_two_orders(),
    ) {
        // Each round takes in at least one delta more that leads on, if there is one.
        let rounds = |lists: &[RevocationList]| {
            knowing(lists.iter().cycle().take(lists.len() * (lists.len() + 1)))
        };
        prop_assert_eq!(rounds(&one), rounds(&other));
    }

    #[test]
    fn a_list_twice_is_a_list_once(before in lists(), list in list()) {
        let mut once = knowing(&before);
        once.apply(&list);
        let mut twice = once.clone();
        twice.apply(&list);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn merging_may_be_grouped_at_will(one in lists(), other in lists()) {
        let (left, right) = (knowing(&one), knowing(&other));
        let mut merged = left.clone();
        for (kind, number, line) in lines_of(&right) {
            merged.raise(kind, number, line);
        }
        prop_assert_eq!(lines_of(&merged), lines_of(&knowing(one.iter().chain(&other))));
    }

    #[test]
    fn nothing_known_ever_falls(lists in lists(), heads in prop::collection::vec(any::<[u8; 5]>(), 12)) {
        let mut known = Revocations::new();
        for (list, [iat, sequences @ ..]) in lists.iter().zip(heads) {
            let was = known.clone();
            known.apply(list);
            let sequences = sequences.map(|sequence| u32::from(sequence % 4));
            known.confirm(&head(u32::from(iat), sequences));
            prop_assert!(known.sequences().reach(was.sequences()));
            prop_assert!(known.as_of() >= was.as_of());
            for (kind, number, line) in lines_of(&was) {
                prop_assert!(known.line(kind, number) >= Some(line));
            }
        }
    }

    #[test]
    fn a_list_touches_its_own_kind_alone(before in lists(), list in list()) {
        let was = knowing(&before);
        let mut known = was.clone();
        known.apply(&list);
        for kind in LineKind::ALL.into_iter().filter(|&kind| kind != list.kind) {
            prop_assert!(known.lines(kind).eq(was.lines(kind)));
            prop_assert_eq!(known.sequences().of(kind), was.sequences().of(kind));
        }
    }

    /// An issuer draws lines one after the other and publishes full lists and deltas of any stretch; a station gets some
    /// of them, in any order. What it says it has reached, it has.
    #[test]
    fn the_sequence_reached_is_never_more_than_is_known(
        drawn in prop::collection::vec((0_u32..5, 1_u32..6, 0_u8..5), 1..20),
        published in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(any::<prop::sample::Index>())), 0..15),
    ) {
        let stretch = |from: usize, to: usize| {
            let mut lines = BTreeMap::new();
            for &(number, before, cause) in &drawn[from..to] {
                let line = line(before, cause);
                let highest = lines.entry(LineNumber(number)).or_insert(line);
                *highest = line.max(*highest);
            }
            lines
        };
        let number = |n: usize| u32::try_from(n).expect("few");
        let mut known = Revocations::new();
        for (to, from) in published {
            let to = to.index(drawn.len()) + 1;
            let from = from.map(|from| from.index(to));
            known.apply(&RevocationList {
                kind: LineKind::Holding,
                sequence: number(to),
                base: from.map(number),
                iat: NOW,
                lines: stretch(from.unwrap_or(0), to).into_iter().collect(),
            });
            let reached = known.sequences().of(LineKind::Holding);
            for (number, line) in stretch(0, usize::try_from(reached).expect("few")) {
                prop_assert!(known.line(LineKind::Holding, number) >= Some(line));
            }
        }
    }

    #[test]
    fn what_was_stored_is_what_is_restored(lists in lists(), iat in any::<u8>()) {
        let mut known = knowing(&lists);
        known.confirm(&head(u32::from(iat), [1; 4]));
        let restored = Revocations::restore(lines_of(&known), known.sequences(), known.as_of());
        prop_assert_eq!(restored, known);
    }
}
