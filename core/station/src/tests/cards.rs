//! People who show an ID card at sampling, and people who are not in the register.

use suima_client::wire::{Event, Receipt, ReceiptOutcome, Validity};
use suima_code::{Acceptance, IdNumberError, Place, Presented, Reason};

use super::support::{DAY, MORNING, Scene, registered};
use super::tubes::refusal;
use crate::{Caution, Field, Refusal, Registered, Registration, Signal, journal};

/// Born in 1980, as everybody in the city of these tests is by their codes; of a district that does not exist.
const CARD: &str = "310199198001010013";
const OTHER: &str = "31019919800101003X";
const YOUNGER: &str = "310199199001010018";

fn by_card(scene: &Scene, number: &str, name: &str) -> Registration {
    scene.station.register_id_card(number, name, false).unwrap()
}

fn last_event(scene: &Scene) -> Event {
    let read = |connection: &_, sealer: &_| journal::waiting(connection, sealer, 100);
    scene.station.store.read(read).unwrap().pop().unwrap().event
}

#[test]
fn an_id_card_is_bound_with_its_number_and_kept_across_a_restart() {
    let scene = Scene::with_tube(5);
    let done = registered(by_card(&scene, " 310199 19800101 0013 ", " 沈若兰 "));
    assert_eq!((done.seat, done.taken, done.validity, done.shown), (1, 1, None, None));
    assert_eq!(done.person.presented, Some(Presented::IdCard));
    assert_eq!((done.person.name.as_str(), done.person.birth_year), ("沈*兰", Some(1980)));
    let Event::RegisteredByIdCard { id_number, name, barcode, .. } = last_event(&scene) else {
        panic!("another event")
    };
    assert_eq!((id_number.as_str(), name.as_str(), barcode.as_str()), (CARD, "沈若兰", "TUBE-1"));
    let scene = scene.restarted();
    let again = by_card(&scene, CARD, "沈若兰");
    assert_eq!(again, Registration::AlreadyInTube { seat: 1 });
    assert_eq!(again.signal(), Signal::Attention);
    assert_eq!(scene.station.tube().unwrap().unwrap().seats[0].name, "沈*兰");
}

#[test]
fn a_number_that_is_misread_is_refused_in_its_own_words() {
    let scene = Scene::with_tube(5);
    let words = [
        ("310199198001010015", IdNumberError::CheckDigit, "校验位"),
        ("31019919800101001", IdNumberError::Length, "18位"),
        ("3101991980010100I3", IdNumberError::Characters, "17位数字"),
    ];
    for (number, error, word) in words {
        let refused = refusal(scene.station.register_id_card(number, "沈若兰", false));
        assert_eq!(refused, Refusal::IdNumber(error));
        assert!(refused.said().zh.contains(word), "{:?}", refused.said());
    }
    let nameless = refusal(scene.station.register_id_card(CARD, " ", false));
    assert_eq!(nameless, Refusal::Text { field: Field::Name });
    assert_eq!(scene.station.tube().unwrap().unwrap().taken, 0);
}

#[test]
fn whoever_may_be_in_the_tube_by_a_code_is_asked_about_first() {
    let scene = Scene::with_tube(5);
    scene.register(7);
    // 王*7 is what the code of the person in slot 7 shows, born in 1980.
    let asked = by_card(&scene, CARD, "王小7");
    assert_eq!(asked, Registration::MaybeTwice { seat: 1 });
    assert!(asked.said().zh.ends_with("吗？"), "{:?}", asked.said());
    assert_eq!(asked.signal(), Signal::Attention);
    assert_eq!(scene.station.tube().unwrap().unwrap().taken, 1, "nobody is bound by a question");

    let sure = registered(scene.station.register_id_card(CARD, "王小7", true).unwrap());
    assert_eq!(sure.seat, 2);
    assert_eq!(sure.cautions, [Caution::MaybeTheSame { seat: 1 }]);
    registered(by_card(&scene, YOUNGER, "王小7"));
    registered(by_card(&scene, OTHER, "王小8"));
}

#[test]
fn a_code_after_the_card_is_taken_and_the_likeness_is_said() {
    let scene = Scene::with_tube(5);
    registered(by_card(&scene, CARD, "王小7"));
    registered(by_card(&scene, YOUNGER, "王小8"));
    let by_code = scene.register(7);
    assert_eq!(by_code.cautions, [Caution::MaybeTheSame { seat: 1 }]);
    assert_eq!(Registration::Registered(by_code).signal(), Signal::Attention);
    assert_eq!(scene.register(8).cautions, [], "another birth year tells them apart");
    // A live code says no birth year.
    scene.station.seal(4, None).unwrap();
    scene.station.open_tube("TUBE-2", 5).unwrap();
    registered(by_card(&scene, YOUNGER, "王小9"));
    let live = registered(scene.station.register(&scene.city.live(9, MORNING)).unwrap());
    assert_eq!(live.cautions, [Caution::MaybeTheSame { seat: 1 }]);
    assert_eq!(scene.register(10).cautions, []);
}

#[test]
fn a_full_or_sealed_tube_takes_no_card_and_nobody_by_hand() {
    let scene = Scene::ready();
    let by_hand = |scene: &Scene| scene.station.register_by_hand("Anna", None, "1").unwrap();
    assert_eq!(by_card(&scene, CARD, "沈若兰"), Registration::NoTube);
    assert_eq!(by_hand(&scene), Registration::NoTube);
    scene.station.open_session("东安社区", "0815").unwrap();
    scene.station.open_tube("TUBE-1", 1).unwrap();
    scene.register(7);
    assert_eq!(by_card(&scene, CARD, "沈若兰"), Registration::TubeFull { capacity: 1 });
    assert_eq!(by_hand(&scene), Registration::TubeFull { capacity: 1 });
    scene.station.seal(1, None).unwrap();
    let sealed = Registration::TubeSealed { barcode: "TUBE-1".to_owned() };
    assert_eq!(by_card(&scene, CARD, "沈若兰"), sealed);
    assert_eq!(by_hand(&scene), sealed);
}

#[test]
fn the_policy_decides_whether_sampling_takes_id_cards() {
    let scene = Scene::with_tube(5);
    scene.policy(|policy| policy.with(Presented::IdCard, Place::Sampling, Acceptance::Refused));
    let refused = by_card(&scene, CARD, "沈若兰");
    let reason = Reason::WrongPlace { place: Place::Sampling };
    assert_eq!(refused, Registration::Refused { reason, shown: None });
    scene.policy(|policy| policy);
    registered(by_card(&scene, CARD, "沈若兰"));
}

#[test]
fn a_visitor_and_an_infant_are_taken_by_hand() {
    let scene = Scene::with_tube(5);
    let station = &scene.station;
    let visitor = station.register_by_hand(" Anna Smith ", Some(" E1234567 "), "13800000000");
    let visitor = registered(visitor.unwrap());
    assert_eq!((visitor.person.presented, visitor.person.birth_year), (None, None));
    assert_eq!((visitor.person.name.as_str(), visitor.validity), ("A* S*", None));
    let Event::RegisteredByHand { name, document, contact, .. } = last_event(&scene) else {
        panic!("another event")
    };
    assert_eq!((name.as_str(), contact.as_str()), ("Anna Smith", "13800000000"));
    assert_eq!(document.as_deref(), Some("E1234567"));

    let scene = scene.restarted();
    let station = &scene.station;
    let same = station.register_by_hand("Anna Smith", Some("e1234567"), "1").unwrap();
    assert_eq!(same, Registration::AlreadyInTube { seat: 1 }, "one document, one place");
    let twin = |name| registered(station.register_by_hand(name, Some(" "), "王*7之婴").unwrap());
    assert_eq!((twin("王宝").seat, twin("王贝").seat), (2, 3));
    let likeness = twin("王贝").cautions;
    assert_eq!(likeness, [Caution::MaybeTheSame { seat: 2 }], "said, and taken");

    let seats = station.tube().unwrap().unwrap().seats;
    assert!(seats.iter().all(|seat| seat.presented.is_none() && seat.validity.is_none()));
    assert_eq!(
        refusal(station.register_by_hand("Anna", None, "\n")),
        Refusal::Text { field: Field::Contact }
    );
    assert_eq!(
        refusal(station.register_by_hand("A\nB", None, "1")),
        Refusal::Text { field: Field::Name }
    );
}

#[test]
fn the_same_card_in_another_tube_of_the_day_is_pointed_out() {
    let scene = Scene::with_tube(5);
    registered(by_card(&scene, CARD, "沈若兰"));
    scene.station.seal(1, None).unwrap();
    scene.station.open_tube("TUBE-2", 5).unwrap();
    let again = registered(by_card(&scene, CARD, "沈若兰"));
    let there = Caution::AlsoInTube { barcode: "TUBE-1".to_owned(), at: MORNING };
    assert_eq!(again.cautions, [there]);
    scene.station.seal(1, None).unwrap();
    scene.clock.set(DAY);
    scene.station.open_tube("TUBE-3", 5).unwrap();
    assert_eq!(registered(by_card(&scene, CARD, "沈若兰")).cautions, []);
}

#[test]
fn a_card_that_the_register_does_not_know_stays_in_sight() {
    let scene = Scene::with_tube(5);
    let Registered { entry, .. } = registered(by_card(&scene, CARD, "沈若兰"));
    let receipt = Receipt { id: entry.clone(), outcome: ReceiptOutcome::NotInRegister };
    let kept = scene
        .station
        .store
        .write("test", |transaction, sealer| journal::acknowledge(transaction, sealer, &receipt));
    assert!(kept.unwrap());
    let scene = scene.restarted();
    let status = scene.station.status().unwrap();
    assert_eq!((status.waiting, status.conflicts.len()), (2, 0));
    let [unknown] = status.not_in_register.as_slice() else { panic!("{status:?}") };
    assert_eq!((&unknown.entry, unknown.barcode.as_deref()), (&entry, Some("TUBE-1")));
    assert_eq!(unknown.name.as_deref(), Some("沈*兰"));
}

#[test]
fn nothing_of_a_card_or_a_visitor_lies_in_the_clear() {
    let scene = Scene::with_tube(5);
    registered(by_card(&scene, CARD, "沈若兰"));
    let hand = scene.station.register_by_hand("Anna Smith", Some("E1234567"), "13800000000");
    registered(hand.unwrap());
    scene.station.status().unwrap();
    let mut content = Vec::new();
    for file in ["station.db", "station.db-wal"] {
        content.extend(std::fs::read(scene.folder.path().join(file)).unwrap());
    }
    for word in [CARD, "沈若兰", "沈*兰", "Anna", "E1234567", "13800000000"] {
        let found = content.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found, "{word} is in the file");
        assert!(!scene.logged().contains(word), "{word} is in the log");
    }
    let scanned = scene.register(7);
    assert_eq!(scanned.validity, Some(Validity::Checked { as_of: MORNING }));
}
