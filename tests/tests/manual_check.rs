//! A staff member at a door: codes, and ID cards looked up.

use suima_client::wire::path;
use suima_code::{Acceptance, Colour, Place, Presented};
use suima_station::{DoorView, Error, Finding, Refusal, Signal};
use suima_tests::city::{City, Post};
use suima_tests::line::Mishap;
use suima_tests::people::{MOTHER, Resident, STRANGER};

async fn door(city: &City) -> Post {
    let post = city.synced_post("3 号楼").await;
    post.open_session("3 号楼大厅", "0417").unwrap();
    post
}

#[tokio::test]
async fn live_codes_pass_and_a_sampling_code_is_told_what_to_show() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let mut post = door(&city).await;
    post.cut().await;
    let live = mother.live(mother.owner);
    for _ in 0..2 {
        let view = post.check(&live).unwrap();
        assert_eq!((view.finding, view.signal), (Finding::Accepted, Signal::Admit));
        assert_eq!(view.colour, Some(Colour::Green));
    }
    let view = post.check(&mother.code(mother.owner)).unwrap();
    let Finding::Refused { reason, .. } = view.finding else { panic!("{view:?}") };
    assert_eq!((reason.id(), view.signal, view.colour), ("wrong-place", Signal::Refuse, None));
    assert!(view.said.zh.contains("随申码"), "{:?}", view.said);
}

#[tokio::test]
async fn an_id_card_is_looked_up_in_the_name_of_whoever_is_on_duty() {
    let city = City::new().await;
    let post = city.synced_post("3 号楼").await;
    let number = STRANGER.id_number();
    let nobody = post.check_id_card(&number).await;
    assert!(matches!(nobody, Err(Error::Refused(Refusal::NoSession))), "{nobody:?}");
    post.open_session("3 号楼大厅", "0417").unwrap();
    let view = post.check_id_card(&number).await.unwrap();
    let as_of = city.clock.now();
    let green = Finding::Match { colour: Colour::Green, as_of, admitted: true };
    assert_eq!((view.finding, view.signal), (green, Signal::Admit));
    post.hand_over("0508").unwrap();
    city.issuer.set_colour(city.slot(&STRANGER), Colour::Red).unwrap();
    let view = post.check_id_card(&number).await.unwrap();
    let red = Finding::Match { colour: Colour::Red, as_of, admitted: false };
    assert_eq!((view.finding, view.signal, view.colour), (red, Signal::Refuse, Some(Colour::Red)));
    let unknown = Resident::new("无此人", "19700101", 9);
    let view = post.check_id_card(&unknown.id_number()).await.unwrap();
    assert_eq!((view.finding, view.signal, view.colour), (Finding::NoMatch, Signal::Refuse, None));

    let log = city.issuer.audit_log(as_of).unwrap();
    let asked: Vec<_> = log
        .iter()
        .filter(|row| row.question == "id-card")
        .map(|row| (&*row.place, &*row.staff, &*row.outcome))
        .collect();
    let at = "manual-check";
    assert_eq!(asked, [(at, "0417", "match"), (at, "0508", "match"), (at, "0508", "no-match")]);
}

#[tokio::test]
async fn without_an_answer_of_now_the_status_is_unknown_and_nobody_is_admitted() {
    let city = City::new().await;
    let mut post = door(&city).await;
    let number = STRANGER.id_number();
    assert_eq!(post.check_id_card(&number).await.unwrap().signal, Signal::Admit);
    let recorded = post.line.recorded(path::ID_CARD).unwrap();
    let unknown = Finding::StatusUnknown { compared: None };
    let is_unknown = |view: &DoorView| {
        assert_eq!((view.finding, view.signal, view.colour), (unknown, Signal::Attention, None));
        assert!(view.said.zh.contains("健康状态未知"), "{:?}", view.said);
    };
    city.clock.pass(61);
    post.line.plan(path::ID_CARD, Mishap::Answered(recorded));
    is_unknown(&post.check_id_card(&number).await.unwrap());
    post.line.plan(path::ID_CARD, Mishap::AnswerLost);
    is_unknown(&post.check_id_card(&number).await.unwrap());
    post.cut().await;
    is_unknown(&post.check_id_card(&number).await.unwrap());
    post.reopen();
    post.restore();
    assert_eq!(post.check_id_card(&number).await.unwrap().signal, Signal::Admit);
}

#[tokio::test]
async fn a_changed_table_changes_the_door_at_the_next_sync_and_not_before() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let post = door(&city).await;
    let policy = city.issuer.policy().unwrap();
    let place = Place::ManualCheck;
    let policy = policy
        .with(Presented::NucleicAcid, place, Acceptance::Accepted)
        .with(Presented::Live, place, Acceptance::Refused)
        .with(Presented::IdCard, place, Acceptance::Refused);
    city.issuer.set_policy(policy).unwrap();
    let (picture, live) = (mother.code(mother.owner), mother.live(mother.owner));
    let number = STRANGER.id_number();
    assert_eq!(post.check(&picture).unwrap().signal, Signal::Refuse);
    assert_eq!(post.check(&live).unwrap().signal, Signal::Admit);
    post.sync_fully().await;
    assert_eq!(post.check(&picture).unwrap().signal, Signal::Admit);
    for view in [post.check(&live).unwrap(), post.check_id_card(&number).await.unwrap()] {
        let Finding::Refused { reason, .. } = view.finding else { panic!("{view:?}") };
        assert_eq!((reason.id(), view.signal), ("wrong-place", Signal::Refuse));
    }
    assert_eq!(post.line.recorded(path::ID_CARD), None, "nobody is asked");
}
