//! Session, tube, people.

use suima_client::wire::{Event, Validity};
use suima_code::{Place, Presented, Reason, Sequences};

use super::support::{DAY, HOUR, MORNING, Scene, registered};
use crate::{Caution, Decision, Error, Field, Refusal, Registration, journal};

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_registration_outlives_the_process() {
    let scene = Scene::with_tube(10);
    let first = scene.register(7);
    assert_eq!((first.seat, first.taken, first.capacity), (1, 1, 10));
    assert_eq!(first.validity, Some(Validity::Checked { as_of: MORNING }));
    assert_eq!((first.person.name.as_str(), first.person.birth_year), ("王*7", Some(1980)));
    let before = (scene.station.session().unwrap(), scene.station.tube().unwrap());

    let scene = scene.restarted();
    assert_eq!((scene.station.session().unwrap(), scene.station.tube().unwrap()), before);
    assert_eq!(scene.station.status().unwrap().waiting, 3);
    assert_eq!(scene.register(8).seat, 2);
}

#[test]
fn nobody_sits_twice_whichever_code_they_show() {
    let scene = Scene::with_tube(10);
    scene.register(7);
    let live = scene.city.live(7, MORNING);
    let again = scene.station.register(&live).unwrap();
    assert_eq!(again, Registration::AlreadyInTube { seat: 1 });
    let scene = scene.restarted();
    assert_eq!(scene.station.register(&live).unwrap(), again);
    assert!(again.said().zh.contains("第1位"), "{:?}", again.said());
    let other = registered(scene.station.register(&scene.city.live(8, MORNING)).unwrap());
    assert_eq!(other.person.presented, Some(Presented::Live));
    assert_eq!(other.shown.unwrap().colour, None);
}

#[test]
fn a_tube_takes_as_many_as_it_is_for() {
    let scene = Scene::with_tube(1);
    scene.register(7);
    let code = scene.city.nucleic_acid(8, MORNING.plus(-DAY));
    assert_eq!(scene.station.register(&code).unwrap(), Registration::TubeFull { capacity: 1 });
    let same = scene.city.nucleic_acid(7, MORNING.plus(-DAY));
    assert_eq!(scene.station.register(&same).unwrap(), Registration::AlreadyInTube { seat: 1 });
}

#[test]
fn without_an_open_tube_nobody_is_bound() {
    let scene = Scene::ready();
    let code = scene.city.nucleic_acid(7, MORNING.plus(-DAY));
    assert_eq!(scene.station.register(&code).unwrap(), Registration::NoTube);
    assert_eq!(refusal(scene.station.open_tube("TUBE-1", 5)), Refusal::NoSession);
    scene.station.open_session("东安社区", "0815").unwrap();
    scene.station.open_tube("TUBE-1", 5).unwrap();
    scene.station.seal(0, None).unwrap();
    let sealed = Registration::TubeSealed { barcode: "TUBE-1".to_owned() };
    assert_eq!(scene.station.register(&code).unwrap(), sealed);
    assert_eq!(
        refusal(scene.station.seal(0, None)),
        Refusal::TubeSealed { barcode: "TUBE-1".to_owned() }
    );
}

#[test]
fn an_undo_needs_a_reason_and_frees_the_place() {
    let scene = Scene::with_tube(5);
    let first = scene.register(7);
    scene.register(8);
    assert_eq!(
        refusal(scene.station.undo(&first.entry, "  ")),
        Refusal::Text { field: Field::Reason }
    );
    let tube = scene.station.undo(&first.entry, "扫错人").unwrap();
    assert_eq!((tube.taken, tube.seats[0].seat), (1, 2));
    let scene = scene.restarted();
    assert_eq!(refusal(scene.station.undo(&first.entry, "扫错人")), Refusal::AlreadyUndone);
    assert_eq!(refusal(scene.station.undo("nothing", "扫错人")), Refusal::NoSuchRegistration);
    assert_eq!(scene.register(7).seat, 1);
    let second = scene.station.tube().unwrap().unwrap().seats[1].entry.clone();
    scene.station.seal(2, None).unwrap();
    let frozen = Refusal::TubeSealed { barcode: "TUBE-1".to_owned() };
    assert_eq!(refusal(scene.station.undo(&second, "扫错人")), frozen);
}

#[test]
fn swabs_and_people_are_compared_before_sealing() {
    let scene = Scene::with_tube(5);
    scene.register(7);
    scene.register(8);
    let mismatch = Refusal::CountMismatch { registered: 2, swabs: 3 };
    assert_eq!(refusal(scene.station.seal(3, None)), mismatch);
    assert_eq!(refusal(scene.station.seal(3, Some(" "))), mismatch);
    // A scanner types into whatever has the focus, and explains nothing.
    assert_eq!(refusal(scene.station.seal(3, Some("tube-1\r"))), mismatch);
    let code = Refusal::Text { field: Field::Explanation };
    assert_eq!(refusal(scene.station.seal(3, Some("SM1:MWGSLKOE6 988"))), code);
    let said = mismatch.said();
    assert!(said.zh.contains("登记2人") && said.zh.contains("拭子3支"), "{said:?}");
    assert_eq!(scene.station.tube().unwrap().unwrap().sealed, None);

    let sealed = scene.station.seal(3, Some(" 一人采了两支 ")).unwrap().sealed.unwrap();
    assert_eq!((sealed.swabs, sealed.explanation.as_deref()), (3, Some("一人采了两支")));
    let entries = scene
        .station
        .store
        .read(|connection, sealer| journal::waiting(connection, sealer, 100))
        .unwrap();
    assert!(matches!(
        &entries.last().unwrap().event,
        Event::TubeSealed { swabs: 3, explanation: Some(text), .. } if text == "一人采了两支"
    ));
}

#[test]
fn an_explanation_that_nothing_needs_is_not_recorded() {
    let scene = Scene::with_tube(5);
    let sealed = scene.station.seal(0, Some("为什么")).unwrap().sealed.unwrap();
    assert_eq!(sealed.explanation, None);
}

#[test]
fn a_barcode_serves_once() {
    let scene = Scene::with_tube(5);
    scene.register(7);
    scene.station.seal(1, None).unwrap();
    let scene = scene.restarted();
    scene.clock.set(60);
    // Typed by hand, in small letters, with an input method in the way.
    let used = refusal(scene.station.open_tube(" ｔｕｂｅ－1\r\n", 5));
    let expected = Refusal::BarcodeUsed {
        barcode: "TUBE-1".to_owned(),
        opened_at: MORNING,
        people: 1,
        sealed_at: Some(MORNING),
    };
    assert_eq!(used, expected);
    assert!(used.said().zh.contains("1人") && used.said().zh.contains("2026-11-22 09:00"));
    assert_eq!(refusal(scene.station.open_tube("T 1", 5)), Refusal::BarcodeMalformed);
    assert_eq!(refusal(scene.station.open_tube("TUBE-2", 7)), Refusal::Capacity { given: 7 });
    assert_eq!(scene.station.open_tube("ＴＵＢＥ－２", 20).unwrap().barcode, "TUBE-2");
}

#[test]
fn a_shift_is_handed_over_with_no_tube_open() {
    let scene = Scene::with_tube(5);
    let open = Refusal::TubeOpen { barcode: "TUBE-1".to_owned() };
    assert_eq!(refusal(scene.station.open_session("东安社区", "0816")), open);
    assert_eq!(refusal(scene.station.open_tube("TUBE-2", 5)), open);
    scene.station.seal(0, None).unwrap();
    assert_eq!(scene.station.open_session("东安社区", "0816").unwrap().staff, "0816");
    assert_eq!(scene.station.tube().unwrap(), None);
    assert_eq!(
        refusal(scene.station.open_session("东安社区", "\n")),
        Refusal::Text { field: Field::Staff }
    );
}

#[test]
fn a_refusal_says_why_in_both_languages() {
    let scene = Scene::with_tube(5);
    scene.clock.set(40 * DAY);
    let code = scene.city.nucleic_acid(7, MORNING);
    let refused = scene.station.register(&code).unwrap();
    let Registration::Refused { reason, shown } = &refused else { panic!("{refused:?}") };
    assert_eq!(reason.id(), "expired");
    assert_eq!(shown.as_ref().unwrap().presented, Presented::NucleicAcid);
    assert!(refused.said().zh.contains("2026-12-21"), "{:?}", refused.said());
    assert!(refused.said().en.contains("2026-12-21"), "{:?}", refused.said());
    assert_eq!(scene.station.status().unwrap().waiting, 2);
}

#[test]
fn a_nucleic_acid_code_opens_no_gate() {
    let scene = Scene::ready();
    let code = scene.city.nucleic_acid(7, MORNING);
    for place in [Place::Gate, Place::ManualCheck] {
        let view = scene.station.decide(&code, place).unwrap();
        let Decision::Refused { reason, said } = view.decision else { panic!("accepted") };
        assert_eq!(reason, Reason::WrongPlace { place });
        assert!(said.zh.contains("随申码"), "{said:?}");
    }
    let live = scene.station.decide(&scene.city.live(7, MORNING), Place::Gate).unwrap();
    assert_eq!(live.decision, Decision::Accepted { cautions: vec![] });
    assert!(live.shown.unwrap().colour.is_some());
}

#[test]
fn what_is_not_known_is_said_and_recorded() {
    let scene = Scene::bare();
    let live = scene.city.live(7, MORNING);
    assert!(matches!(scene.station.decide(&live, Place::Gate), Err(Error::NotEnrolled)));
    scene.station.take_documents(&scene.city.documents(1, 1)).unwrap();
    let gate = scene.station.decide(&live, Place::Gate).unwrap();
    assert!(matches!(gate.decision, Decision::Refused { reason: Reason::NotReady, .. }));

    scene.station.open_session("东安社区", "0815").unwrap();
    scene.station.open_tube("TUBE-1", 10).unwrap();
    let first = registered(scene.station.register(&live).unwrap());
    assert_eq!(first.validity, Some(Validity::NotChecked));
    assert_eq!(first.cautions, [Caution::ValidityNotChecked]);

    scene.head(MORNING, Sequences::default());
    scene.clock.set(3 * HOUR);
    let second = scene.register(8);
    assert_eq!(second.validity, Some(Validity::Checked { as_of: MORNING }));
    let old = |age_seconds| Caution::KnowledgeOld { as_of: MORNING, age_seconds };
    assert_eq!(second.cautions, [old(3 * 3600)]);
    assert_eq!(scene.station.status().unwrap().age_seconds, Some(3 * 3600));

    scene.clock.set(25 * HOUR);
    let third = scene.register(9);
    assert_eq!(third.validity, Some(Validity::NotChecked));
    assert_eq!(third.cautions, [Caution::ValidityNotChecked, old(25 * 3600)]);
}

#[test]
fn a_person_in_another_tube_of_the_day_is_pointed_out() {
    let scene = Scene::with_tube(5);
    scene.register(7);
    scene.station.seal(1, None).unwrap();
    scene.station.open_tube("TUBE-2", 5).unwrap();
    let again = scene.register(7);
    let there = Caution::AlsoInTube { barcode: "TUBE-1".to_owned(), at: MORNING };
    assert_eq!(again.cautions, std::slice::from_ref(&there));
    assert!(there.said().zh.contains("09:00"), "{:?}", there.said());
}

#[test]
fn a_wrong_clock_is_told_and_not_obeyed() {
    let scene = Scene::with_tube(5);
    scene.clock.wall_ahead(86_400);
    scene.clock.set(60);
    registered(scene.station.register(&scene.city.live(7, MORNING.plus(60))).unwrap());
    let status = scene.station.status().unwrap();
    assert_eq!(status.clock, crate::ClockStatus::Wrong { by_seconds: 86_400 });
    assert_eq!(status.now, MORNING.plus(60));
}

#[test]
fn after_a_restart_of_the_device_a_clock_that_was_right_is_unchecked() {
    let scene = Scene::ready();
    assert_eq!(scene.station.status().unwrap().clock, crate::ClockStatus::Right);
    scene.clock.reboot();
    assert_eq!(scene.station.status().unwrap().clock, crate::ClockStatus::Unchecked);
    scene.head(MORNING, suima_code::Sequences::default());
    assert_eq!(scene.station.status().unwrap().clock, crate::ClockStatus::Right);
}

#[test]
fn a_clock_that_is_set_right_stays_right_when_the_device_is_started_anew() {
    let scene = Scene::bare();
    scene.clock.wall_ahead(3600);
    scene.station.take_documents(&scene.city.documents(1, 1)).unwrap();
    scene.head(MORNING, suima_code::Sequences::default());
    scene.clock.set(60);
    let status = scene.station.status().unwrap();
    assert_eq!(status.clock, crate::ClockStatus::Wrong { by_seconds: 3600 });
    scene.clock.wall_ahead(0);
    assert_eq!(scene.station.status().unwrap().clock, crate::ClockStatus::Right);
    scene.clock.reboot();
    let scene = scene.restarted();
    scene.clock.set(120);
    assert_eq!(scene.station.status().unwrap().now, MORNING.plus(120));
}

#[test]
fn an_activation_code_typed_anew_finishes_what_was_begun() {
    let scene = Scene::bare();
    let wish = |code| scene.station.wish(code).unwrap().idempotency_key;
    let begun = wish("0A1B1-CDEFG-HJKMN-PQRST");
    assert_eq!(wish("oaibl cdefg hjkmn pqrst"), begun);
    assert_ne!(wish("0A1B2-CDEFG-HJKMN-PQRST"), begun);
}

#[test]
fn a_code_typed_through_an_input_method_is_read() {
    let scene = Scene::with_tube(5);
    let code = scene.city.nucleic_acid(7, MORNING);
    let typed: String = code
        .chars()
        .map(|character| match character {
            ' ' => '\u{3000}',
            '.' => '\u{3002}',
            '$' => '\u{ffe5}',
            other => char::from_u32(u32::from(other) + 0xfee0).unwrap(),
        })
        .collect();
    registered(scene.station.register(&format!("{typed}\r\n")).unwrap());
}
