//! Two tubes at once, moves between them, and a shift that changes hands.

use super::support::{DAY, MORNING, Scene};
use crate::{Error, Field, Refusal, Registration};

pub fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn barcode(scene: &Scene) -> String {
    scene.station.tube().unwrap().unwrap().barcode
}

#[test]
fn a_second_tube_is_opened_beside_the_first_only_when_asked_for() {
    let scene = Scene::ready();
    assert_eq!(refusal(scene.station.open_tube_beside("TUBE-1", 5)), Refusal::NoSession);
    scene.station.open_session("东安社区", "0815").unwrap();
    scene.station.open_tube("TUBE-1", 10).unwrap();
    let open = Refusal::TubeOpen { barcode: "TUBE-1".to_owned() };
    assert_eq!(refusal(scene.station.open_tube("TUBE-2", 5)), open);
    assert_eq!(scene.station.open_tube_beside("TUBE-2", 5).unwrap().barcode, "TUBE-2");
    assert_eq!(refusal(scene.station.open_tube_beside("TUBE-3", 5)), open, "two, not three");
    let all: Vec<_> =
        scene.station.open_tubes().unwrap().into_iter().map(|tube| tube.barcode).collect();
    assert_eq!(all, ["TUBE-1", "TUBE-2"]);
    scene.register(7);
    assert_eq!(scene.station.tube().unwrap().unwrap().seats[0].name, "王*7");
}

#[test]
fn the_tube_in_hand_is_chosen_and_stays_so_across_a_restart() {
    let scene = Scene::with_tube(5);
    scene.station.open_tube_beside("TUBE-2", 5).unwrap();
    assert_eq!(scene.station.select_tube(" ｔｕｂｅ－1 ").unwrap().barcode, "TUBE-1");
    let scene = scene.restarted();
    assert_eq!(barcode(&scene), "TUBE-1");
    scene.register(7);
    assert_eq!(scene.station.seal(1, None).unwrap().barcode, "TUBE-1");
    // The other one is open still; but nobody chose it.
    let sealed = Registration::TubeSealed { barcode: "TUBE-1".to_owned() };
    let code = scene.city.nucleic_acid(8, MORNING.plus(-DAY));
    assert_eq!(scene.station.register(&code).unwrap(), sealed);
    let frozen = Refusal::TubeSealed { barcode: "TUBE-1".to_owned() };
    assert_eq!(refusal(scene.station.select_tube("TUBE-1")), frozen);
    assert_eq!(refusal(scene.station.select_tube("TUBE-9")), Refusal::NoSuchTube);
    scene.station.select_tube("TUBE-2").unwrap();
    assert_eq!(scene.register(8).barcode, "TUBE-2");
    // What is opened next is in hand, whatever was chosen before.
    scene.station.open_tube_beside("TUBE-3", 1).unwrap();
    let scene = scene.restarted();
    assert_eq!(barcode(&scene), "TUBE-3");
}

#[test]
fn a_session_ends_only_when_every_tube_is_sealed() {
    let scene = Scene::with_tube(5);
    scene.station.open_tube_beside("TUBE-2", 5).unwrap();
    scene.station.seal(0, None).unwrap();
    let open = Refusal::TubeOpen { barcode: "TUBE-1".to_owned() };
    assert_eq!(refusal(scene.station.open_session("东安社区", "0816")), open);
    scene.station.select_tube("TUBE-1").unwrap();
    scene.station.seal(0, None).unwrap();
    scene.station.open_session("东安社区", "0816").unwrap();
    let scene = scene.restarted();
    assert_eq!(scene.station.tube().unwrap(), None, "a tube of another session is not in hand");
}

#[test]
fn a_registration_moves_with_a_reason_and_is_there_after_a_restart() {
    let scene = Scene::with_tube(5);
    let moved = scene.register(7);
    scene.register(8);
    scene.station.open_tube_beside("TUBE-2", 5).unwrap();
    let to = |barcode, reason| scene.station.move_registration(&moved.entry, barcode, reason);
    assert_eq!(refusal(to("TUBE-2", " ")), Refusal::Text { field: Field::Reason });
    assert_eq!(refusal(to("TUBE-9", "放错管")), Refusal::NoSuchTube);
    let tube = to("tube-2", " 放错管 ").unwrap();
    assert_eq!((tube.barcode.as_str(), tube.taken), ("TUBE-2", 1));
    assert_eq!((&tube.seats[0].entry, tube.seats[0].at), (&moved.entry, MORNING));

    let scene = scene.restarted();
    let tubes = scene.station.open_tubes().unwrap();
    assert_eq!(tubes.iter().map(|tube| tube.taken).collect::<Vec<_>>(), [1, 1]);
    let code = scene.city.nucleic_acid(7, MORNING);
    assert_eq!(scene.station.register(&code).unwrap(), Registration::AlreadyInTube { seat: 1 });
    let undone = scene.station.undo(&moved.entry, "不做了").unwrap();
    assert_eq!((undone.barcode.as_str(), undone.taken), ("TUBE-2", 0), "it is taken back there");
    let again = scene.station.move_registration(&moved.entry, "TUBE-1", "放错管");
    assert_eq!(refusal(again), Refusal::AlreadyUndone);
}

#[test]
fn a_shift_changes_hands_with_a_tube_open() {
    let scene = Scene::ready();
    assert_eq!(refusal(scene.station.hand_over("0816")), Refusal::NoSession);
    scene.station.open_session("东安社区", "0815").unwrap();
    scene.station.open_tube("TUBE-1", 5).unwrap();
    let before = scene.register(7);
    let session = scene.station.hand_over(" 0816 ").unwrap();
    assert_eq!((session.site.as_str(), session.staff.as_str()), ("东安社区", "0816"));
    assert_eq!(refusal(scene.station.hand_over("")), Refusal::Text { field: Field::Staff });
    let scene = scene.restarted();
    assert_eq!(scene.station.session().unwrap(), Some(session));
    assert_eq!(scene.station.tube().unwrap().unwrap().seats[0].entry, before.entry);
    assert_eq!(scene.register(8).seat, 2);
    assert_eq!(scene.station.seal(2, None).unwrap().sealed.unwrap().swabs, 2);
}
