//! A gate opens once for a live proof, and remembers it.

use suima_code::{Acceptance, Colour, Place, Presented, Reason, StaticKind};

use super::support::{DAY, HOUR, MORNING, Scene};
use crate::{DoorView, Finding, Signal};

fn gate(scene: &Scene, text: &str) -> DoorView {
    scene.station.gate(text).unwrap()
}

fn refused(view: &DoorView) -> &'static str {
    match view.finding {
        Finding::Refused { reason, .. } if view.signal == Signal::Refuse => reason.id(),
        other => panic!("{other:?} {:?}", view.signal),
    }
}

/// How many proofs the file remembers.
fn remembered(scene: &Scene) -> u32 {
    let count = "SELECT count(*) FROM shown_proof";
    scene
        .station
        .store
        .read(|connection, _| {
            Ok::<_, crate::Error>(connection.query_row(count, [], |row| row.get(0))?)
        })
        .unwrap()
}

#[test]
fn a_live_code_opens_the_gate_once_also_after_a_restart() {
    let scene = Scene::ready();
    let live = scene.city.live(7, MORNING);
    let view = gate(&scene, &live);
    assert_eq!((view.finding, view.signal), (Finding::Accepted, Signal::Admit));
    assert_eq!((view.colour, view.cautions.as_slice()), (Some(Colour::Green), [].as_slice()));
    scene.clock.set(5);
    let shown_before = Finding::Refused {
        reason: Reason::ShownBefore { at: MORNING },
        presented: Some(Presented::Live),
    };
    for _ in 0..2 {
        let again = gate(&scene, &live);
        assert_eq!((again.finding, again.signal), (shown_before, Signal::Refuse));
        assert!(again.said.zh.contains("09:00"), "{:?}", again.said);
    }
    let scene = scene.restarted();
    assert_eq!(gate(&scene, &live).finding, shown_before);
    // The phone draws a new one: the same holding, another time.
    scene.clock.set(10);
    assert_eq!(gate(&scene, &scene.city.live(7, MORNING.plus(10))).signal, Signal::Admit);
    // Somebody else's of the same second.
    assert_eq!(gate(&scene, &scene.city.live(8, MORNING)).signal, Signal::Admit);
}

#[test]
fn only_what_opened_the_gate_is_remembered() {
    let scene = Scene::ready();
    let red = scene.city.live_of(7, MORNING, Colour::Red);
    for _ in 0..2 {
        let view = gate(&scene, &red);
        assert_eq!(refused(&view), "status-not-admitted");
        assert_eq!(view.colour, Some(Colour::Red));
    }
    let live = scene.city.live(8, MORNING);
    assert_eq!(scene.station.decide(&live, Place::Gate).unwrap().signal, Signal::Admit);
    assert_eq!(scene.station.check(&live).unwrap().signal, Signal::Admit);
    assert_eq!(remembered(&scene), 0);
    assert_eq!(gate(&scene, &live).signal, Signal::Admit);
    assert_eq!(remembered(&scene), 1);
}

#[test]
fn a_proof_is_forgotten_when_no_window_could_let_it_in() {
    let scene = Scene::ready();
    for minute in 0..3 {
        scene.clock.set(60 * minute);
        let live = scene.city.live(7, MORNING.plus(60 * minute));
        assert_eq!(gate(&scene, &live).signal, Signal::Admit);
    }
    assert_eq!(remembered(&scene), 3);
    // A wider window comes with the next policy, and lets in nothing that was let in before.
    scene.policy(|mut policy| {
        policy.limits.live_window_seconds = 600;
        policy
    });
    assert_eq!(refused(&gate(&scene, &scene.city.live(7, MORNING))), "shown-before");

    scene.clock.set(DAY + 61);
    scene.head(MORNING.plus(DAY + 61), suima_code::Sequences::default());
    let live = scene.city.live(7, MORNING.plus(DAY + 61));
    assert_eq!(gate(&scene, &live).signal, Signal::Admit);
    assert_eq!(remembered(&scene), 2, "of the last day");
}

#[test]
fn a_gate_takes_live_codes_and_nothing_else_that_is_scanned() {
    let scene = Scene::ready();
    let nucleic_acid = scene.city.nucleic_acid(7, MORNING.plus(-DAY));
    let paper = scene.city.code(StaticKind::Paper, 7, MORNING.plus(-DAY), None);
    let cases = [
        (nucleic_acid.as_str(), "wrong-place", "随申码"),
        (paper.as_str(), "wrong-place", "人工通道"),
        ("310199198001010013", "not-a-code", "随申码"),
        ("", "not-a-code", "随申码"),
    ];
    for (text, id, word) in cases {
        let view = gate(&scene, text);
        assert_eq!(refused(&view), id, "{text}");
        assert!(view.said.zh.contains(word) && view.said.zh.contains('请'), "{:?}", view.said);
        assert_eq!(view.colour, None, "a static code shows no status");
    }
    let stale = scene.city.live(7, MORNING.plus(-61));
    assert_eq!(refused(&gate(&scene, &stale)), "stale");
    scene.clock.set(25 * HOUR);
    let live = scene.city.live(7, MORNING.plus(25 * HOUR));
    assert_eq!(refused(&gate(&scene, &live)), "knowledge-too-old");
}

#[test]
fn the_table_decides_what_opens_a_gate() {
    let scene = Scene::ready();
    let nucleic_acid = scene.city.nucleic_acid(7, MORNING.plus(-DAY));
    let live = scene.city.live(7, MORNING);
    assert_eq!(refused(&gate(&scene, &nucleic_acid)), "wrong-place");
    scene.policy(|policy| {
        policy
            .with(Presented::NucleicAcid, Place::Gate, Acceptance::Accepted)
            .with(Presented::Live, Place::Gate, Acceptance::Refused)
            .with(Presented::Paper, Place::Gate, Acceptance::WithIdCard)
    });
    assert_eq!(refused(&gate(&scene, &live)), "wrong-place");
    for _ in 0..2 {
        assert_eq!(gate(&scene, &nucleic_acid).signal, Signal::Admit, "a picture has no proof");
    }
    let paper = scene.city.code(StaticKind::Paper, 7, MORNING.plus(-DAY), None);
    let view = gate(&scene, &paper);
    assert_eq!((view.finding, view.signal), (Finding::NeedsIdCard, Signal::Attention));
}

#[tokio::test]
async fn a_gate_that_cannot_ask_says_so_and_opens_for_no_card() {
    let scene = Scene::ready().enrolled();
    let view = scene.station.gate_id_card("310199 19800101 0013").await.unwrap();
    let unknown = Finding::StatusUnknown { compared: None };
    assert_eq!((view.finding, view.signal, view.colour), (unknown, Signal::Attention, None));
    assert!(view.said.zh.contains("出示随申码"), "{:?}", view.said);

    scene.policy(|policy| policy.with(Presented::IdCard, Place::Gate, Acceptance::Refused));
    let view = scene.station.gate_id_card("310199198001010013").await.unwrap();
    assert_eq!(refused(&view), "wrong-place");
    scene.policy(|policy| policy.with(Presented::IdCard, Place::Gate, Acceptance::Accepted));
    let view = scene.station.gate_id_card("310199198001010013").await.unwrap();
    assert_eq!((view.finding, view.signal), (Finding::Accepted, Signal::Admit));
}

#[tokio::test]
async fn a_gate_that_is_not_enrolled_and_a_misread_card_are_told_apart() {
    use crate::{Error, Refusal};
    let scene = Scene::ready();
    let asked = scene.station.gate_id_card("310199198001010013").await;
    assert!(matches!(asked, Err(Error::NotEnrolled)), "{asked:?}");
    let misread = scene.station.gate_id_card("310199198001010015").await;
    let Err(error @ Error::Refused(Refusal::IdNumber(_))) = misread else { panic!("{misread:?}") };
    assert!(error.said().zh.contains("校验位"), "{:?}", error.said());
    let logged = scene.logged();
    assert!(!logged.contains("3101991980"), "{logged}");
}
