//! What a station knows never falls and never mixes, in whichever order lists come.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use suima_code::{
    Algorithm, Applied, Cause, Line, LineKind, LineNumber, RevocationList, Sequences, UnixTime,
};

use super::support::{DAY, HOUR, LISTS_SEED, MORNING, Scene};
use crate::Error;
use crate::knowledge::Knowledge;

/// The lists of one kind at the issuer: what each step raised.
type History = Vec<BTreeMap<u32, Line>>;

fn line() -> impl Strategy<Value = Line> {
    let cause = prop::sample::select(vec![
        Cause::Replaced,
        Cause::ReportedLost,
        Cause::HoldingEnded,
        Cause::StatusChanged,
    ]);
    (1..50_u32, cause).prop_map(|(before, cause)| Line { before: UnixTime::new(before), cause })
}

fn history() -> impl Strategy<Value = History> {
    prop::collection::vec(prop::collection::btree_map(0..12_u32, line(), 0..5), 1..6)
}

/// The lines that the steps from `base` to `sequence` drew, each at its highest.
fn drawn(history: &History, base: usize, sequence: usize) -> BTreeMap<u32, Line> {
    let mut lines = BTreeMap::new();
    for step in &history[base..sequence] {
        for (&number, &line) in step {
            let highest = lines.entry(number).or_insert(line);
            *highest = line.max(*highest);
        }
    }
    lines
}

fn list(history: &History, kind: LineKind, base: Option<usize>, sequence: usize) -> RevocationList {
    let lines = drawn(history, base.unwrap_or(0), sequence);
    let number = |n: usize| u32::try_from(n).unwrap();
    RevocationList {
        kind,
        sequence: number(sequence),
        base: base.map(number),
        iat: MORNING,
        lines: lines.into_iter().map(|(number, line)| (LineNumber(number), line)).collect(),
    }
}

/// What happens to a station. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Happening {
    /// A full list, maybe an old one.
    Full {
        kind: usize,
        sequence: usize,
    },
    /// A delta, maybe known, maybe with a gap before it.
    Delta {
        kind: usize,
        base: usize,
        sequence: usize,
    },
    /// A list that somebody has altered.
    Altered {
        kind: usize,
        sequence: usize,
        at: usize,
    },
    /// A head, which names these steps and may be older than the last.
    Head {
        minute: i64,
        steps: [usize; 4],
    },
    Restart,
}

fn happening() -> impl Strategy<Value = Happening> {
    let n = || 0..64_usize;
    prop_oneof![
        3 => (n(), n()).prop_map(|(kind, sequence)| Happening::Full { kind, sequence }),
        6 => (n(), n(), n())
            .prop_map(|(kind, base, sequence)| Happening::Delta { kind, base, sequence }),
        1 => (n(), n(), any::<usize>())
            .prop_map(|(kind, sequence, at)| Happening::Altered { kind, sequence, at }),
        2 => (0..600_i64, [n(), n(), n(), n()])
            .prop_map(|(minute, steps)| Happening::Head { minute, steps }),
        1 => Just(Happening::Restart),
    ]
}

fn knowledge(scene: &Scene) -> Knowledge {
    scene.station.state().unwrap().knowledge.clone()
}

/// Nothing that was known before is known less well after.
fn has_not_fallen(before: &Knowledge, after: &Knowledge) -> bool {
    let (before, after) = (&before.revocations, &after.revocations);
    let lines_stand = LineKind::ALL.into_iter().all(|kind| {
        before.lines(kind).all(|(number, line)| after.line(kind, number) >= Some(line))
    });
    lines_stand && after.sequences().reach(before.sequences()) && after.as_of() >= before.as_of()
}

/// Everything known is what the issuer said of that kind; and everything up to the sequence is known.
fn is_true_and_whole(known: &Knowledge, histories: &[History; 4]) -> bool {
    LineKind::ALL.into_iter().zip(histories).all(|(kind, history)| {
        let sequence = known.revocations.sequences().of(kind) as usize;
        let whole = drawn(history, 0, sequence)
            .into_iter()
            .all(|(number, line)| known.revocations.line(kind, LineNumber(number)) >= Some(line));
        let is_true = known
            .revocations
            .lines(kind)
            .all(|(number, line)| history.iter().any(|step| step.get(&number.0) == Some(&line)));
        sequence <= history.len() && whole && is_true
    })
}

fn happen(scene: Scene, happening: &Happening, histories: &[History; 4]) -> Scene {
    let signed = |kind: usize, base: Option<usize>, sequence: usize| {
        let history = &histories[kind % 4];
        let sequence = sequence % history.len() + 1;
        let base = base.map(|base| base % sequence);
        let list = list(history, LineKind::ALL[kind % 4], base, sequence);
        scene.city.lists.revocations(&list)
    };
    let take = |signed: &[u8]| scene.station.take_list(signed, MORNING).unwrap();
    match *happening {
        Happening::Full { kind, sequence } => {
            assert!(matches!(take(&signed(kind, None, sequence)), Some((_, Applied::Current))));
        }
        Happening::Delta { kind, base, sequence } => {
            assert!(take(&signed(kind, Some(base), sequence)).is_some());
        }
        Happening::Altered { kind, sequence, at } => {
            let before = knowledge(&scene);
            let mut bytes = signed(kind, None, sequence);
            let at = at % bytes.len();
            bytes[at] ^= 1;
            assert_eq!(take(&bytes), None);
            assert!(knowledge(&scene) == before);
        }
        Happening::Head { minute, steps } => {
            let sequences = [0, 1, 2, 3].map(|kind: usize| {
                u32::try_from(steps[kind] % (histories[kind].len() + 1)).unwrap()
            });
            scene.head(MORNING.plus(minute * 60), Sequences(sequences));
        }
        Happening::Restart => return scene.restarted(),
    }
    scene
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn knowledge_never_falls_and_never_mixes(
        histories in [history(), history(), history(), history()],
        happenings in prop::collection::vec(happening(), 1..25),
    ) {
        let mut scene = Scene::ready();
        for happening in &happenings {
            let before = knowledge(&scene);
            scene = happen(scene, happening, &histories);
            let after = knowledge(&scene);
            prop_assert!(has_not_fallen(&before, &after), "{happening:?}");
            prop_assert!(is_true_and_whole(&after, &histories), "{happening:?}");
        }
        let before = knowledge(&scene);
        prop_assert!(knowledge(&scene.restarted()) == before, "a restart changed something");
    }
}

fn two_steps() -> History {
    let line = |before, cause| Line { before: UnixTime::new(before), cause };
    vec![
        BTreeMap::from([(7, line(10, Cause::Replaced)), (8, line(10, Cause::Replaced))]),
        BTreeMap::from([(7, line(20, Cause::ReportedLost))]),
    ]
}

#[test]
fn an_old_full_list_takes_nothing_back_from_a_newer_delta() {
    let scene = Scene::ready();
    let take = |base, sequence| {
        let list = list(&two_steps(), LineKind::NucleicAcid, base, sequence);
        scene.station.take_list(&scene.city.lists.revocations(&list), MORNING).unwrap()
    };
    take(None, 1);
    take(Some(1), 2);
    let newest = knowledge(&scene);
    assert_eq!(newest.revocations.sequences(), Sequences([2, 0, 0, 0]));
    take(Some(1), 2);
    take(None, 1);
    assert!(knowledge(&scene) == newest);
    assert!(knowledge(&scene.restarted()) == newest);
}

#[test]
fn a_gap_is_noticed_and_a_full_list_closes_it() {
    let scene = Scene::ready();
    let signed = |base, sequence| {
        scene.city.lists.revocations(&list(&two_steps(), LineKind::Person, base, sequence))
    };
    let take = |bytes: &[u8]| scene.station.take_list(bytes, MORNING).unwrap();
    assert_eq!(take(&signed(Some(1), 2)), Some((LineKind::Person, Applied::Gap)));
    assert_eq!(knowledge(&scene).revocations.sequences(), Sequences::default());
    let named = Sequences([0, 0, 2, 0]);
    scene.head(MORNING.plus(HOUR), named);
    assert_eq!(knowledge(&scene).revocations.as_of(), Some(MORNING));
    assert_eq!(take(&signed(None, 2)), Some((LineKind::Person, Applied::Current)));
    scene.head(MORNING.plus(HOUR), named);
    assert_eq!(knowledge(&scene).revocations.as_of(), Some(MORNING.plus(HOUR)));
}

#[test]
fn a_list_of_an_unknown_kind_or_by_another_key_changes_nothing() {
    let scene = Scene::ready();
    let before = knowledge(&scene);
    let list = list(&two_steps(), LineKind::NucleicAcid, None, 2);
    let by_another = scene.city.policy.revocations(&list);
    assert_eq!(scene.station.take_list(&by_another, MORNING).unwrap(), None);

    // What a later version may sign: a fifth kind, by the right key. The kind is the first item of the array under
    // the private claim.
    let mark = [0x3a, 0x00, 0x01, 0x00, 0x00, 0x84, 0x01];
    let fifth = |bytes: &[u8]| {
        let at = bytes.windows(mark.len()).position(|window| window == mark).unwrap();
        let mut bytes = bytes.to_vec();
        bytes[at + mark.len() - 1] = 5;
        bytes
    };
    let unsigned = list.unsigned(Algorithm::Ed25519, scene.city.lists.kid());
    let signature =
        SigningKey::from_bytes(&LISTS_SEED).sign(&fifth(&unsigned.to_be_signed())).to_bytes();
    let unknown_kind = fifth(&unsigned.with_signature(&signature));
    assert_eq!(scene.station.take_list(&unknown_kind, MORNING).unwrap(), None);
    assert!(knowledge(&scene) == before);

    // The same by the same key, but of a known kind, is taken.
    let signature = SigningKey::from_bytes(&LISTS_SEED).sign(&unsigned.to_be_signed()).to_bytes();
    let known_kind = unsigned.with_signature(&signature);
    assert!(scene.station.take_list(&known_kind, MORNING).unwrap().is_some());
}

#[test]
fn versions_of_documents_never_fall() {
    let scene = Scene::bare();
    scene.station.take_documents(&scene.city.documents(2, 5)).unwrap();
    let newest = knowledge(&scene);
    scene.station.take_documents(&scene.city.documents(1, 4)).unwrap();
    assert!(knowledge(&scene) == newest);
    let scene = scene.restarted();
    assert!(knowledge(&scene) == newest);
    scene.station.take_documents(&scene.city.documents(1, 6)).unwrap();
    let status = scene.station.status().unwrap();
    assert_eq!((status.trust_version, status.policy_version), (2, 6));
}

#[test]
fn one_refused_document_spoils_the_answer() {
    let scene = Scene::ready();
    let before = knowledge(&scene);
    let mut answer = scene.city.documents(2, 2);
    answer.policy.as_mut().unwrap().0[20] ^= 1;
    let refused = scene.station.take_documents(&answer);
    assert!(matches!(refused, Err(Error::Untrusted { what: "policy", .. })), "{refused:?}");
    assert!(knowledge(&scene) == before);
    let mut answer = scene.city.documents(2, 2);
    answer.trust.as_mut().unwrap().0[20] ^= 1;
    let refused = scene.station.take_documents(&answer);
    assert!(matches!(refused, Err(Error::Untrusted { what: "trust bundle", .. })), "{refused:?}");
    assert!(knowledge(&scene) == before);
}

#[test]
fn an_older_head_sets_the_time_and_takes_nothing_back() {
    // The issuer's clock was a day ahead, and was set right.
    let scene = Scene::ready();
    scene.head(MORNING.plus(DAY), Sequences::default());
    let before = knowledge(&scene);
    scene.clock.set(HOUR);
    scene.head(MORNING.plus(HOUR), Sequences::default());
    let after = knowledge(&scene);
    assert_eq!(scene.station.status().unwrap().now, MORNING.plus(HOUR));
    assert_eq!(after.revocations.as_of(), Some(MORNING.plus(DAY)));
    assert!(Knowledge { anchor: before.anchor.clone(), ..after.clone() } == before);
    assert!(knowledge(&scene.restarted()) == after);
}

#[test]
fn a_head_that_names_more_sets_the_time_and_confirms_nothing() {
    let scene = Scene::ready();
    scene.clock.set(HOUR);
    scene.head(MORNING.plus(2 * HOUR), Sequences([1, 0, 0, 0]));
    let status = scene.station.status().unwrap();
    assert_eq!((status.as_of, status.now), (Some(MORNING), MORNING.plus(2 * HOUR)));
}
