//! A shift at a sampling station: ID cards, visitors, moves between tubes, and another staff member.

use suima_client::wire::Conflict;
use suima_issuer::Shown;
use suima_station::{Error, Refusal, Registered, Registration};
use suima_tests::city::{City, Post};
use suima_tests::people::{FATHER, MOTHER, Resident};

async fn open_post(city: &City) -> Post {
    let post = city.synced_post("3 号台").await;
    post.open_session("人民广场", "0417").unwrap();
    post
}

fn taken(outcome: Registration) -> Registered {
    match outcome {
        Registration::Registered(registered) => registered,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn cards_and_visitors_are_bound_with_no_network_and_found_at_the_upload() {
    let city = City::new().await;
    let fathers_phone = city.phone(&FATHER).await;
    let mut post = open_post(&city).await;
    post.cut().await;
    post.open_tube("SH-0001", 10).unwrap();
    let card = |id_number: &str, name: &str, confirmed| {
        post.register_id_card(id_number, name, confirmed).unwrap()
    };
    let mothers = MOTHER.id_number();
    let by_card = taken(card(&mothers, &MOTHER.name, false));
    let visitor = post.register_by_hand("Anna Smith", Some("E1234567"), "13800000000").unwrap();
    let unknown = Resident::new("无此人", "19700101", 9);
    let not_there = taken(card(&unknown.id_number(), &unknown.name, false));
    let father = post.registered(&fathers_phone.code(fathers_phone.owner));
    let fathers = FATHER.id_number();
    // The father shows a code, and then his card: with no network only his name and year tell.
    assert_eq!(card(&fathers, &FATHER.name, false), Registration::MaybeTwice { seat: father.seat });
    let again = taken(card(&fathers, &FATHER.name, true));
    assert_eq!(card(&fathers, &FATHER.name, true), Registration::AlreadyInTube { seat: 5 });
    post.seal(5, None).unwrap();

    post.restore();
    let uploaded = post.upload().await.unwrap();
    assert_eq!(uploaded.waiting, 0);
    let told: Vec<_> =
        uploaded.conflicts.iter().map(|one| (one.conflict, &*one.entry, &*one.with)).collect();
    assert_eq!(told, [(Conflict::PersonTwiceInTube, &*again.entry, &*father.entry)]);
    let nobody: Vec<_> = uploaded.not_in_register.iter().map(|one| &*one.entry).collect();
    assert_eq!(nobody, [&*not_there.entry]);
    post.reopen();
    let status = post.status().unwrap();
    assert_eq!(status.not_in_register, uploaded.not_in_register, "and stays in sight");
    assert_eq!(status.conflicts, uploaded.conflicts);

    let bound = city.issuer.registrations().unwrap();
    let slots: Vec<_> = bound.iter().map(|one| one.slot).collect();
    let (mother, father) = (Some(city.slot(&MOTHER)), Some(city.slot(&FATHER)));
    assert_eq!(slots, [mother, None, None, father, father], "nothing is dropped");
    assert_eq!(bound[0].id, by_card.entry);
    let Shown::IdCard { id_number, name } = &bound[0].shown else { panic!("{:?}", bound[0]) };
    assert_eq!((id_number.as_str(), name.as_str()), (&*mothers, &*MOTHER.name));
    let Shown::ByHand { name, document, contact } = &bound[1].shown else { panic!("by hand") };
    assert_eq!((name.as_str(), contact.as_str()), ("Anna Smith", "13800000000"));
    assert_eq!((document.as_deref(), &bound[1].id), (Some("E1234567"), &taken(visitor).entry));
}

#[tokio::test]
async fn a_move_and_a_hand_over_arrive_as_they_happened() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let (mothers, fathers) = (mother.code(mother.owner), father.live(father.owner));
    let mut post = open_post(&city).await;
    post.open_tube("SH-0001", 10).unwrap();
    let moved = post.registered(&mothers);
    city.clock.pass(30);
    post.hand_over("0508").unwrap();
    post.open_tube_beside("SH-0002", 1).unwrap();
    post.move_registration(&moved.entry, "SH-0002", "单采").unwrap();
    post.seal(1, None).unwrap();
    post.select_tube("SH-0001").unwrap();
    post.reopen();
    let late = post.registered(&fathers);
    assert_eq!((late.barcode.as_str(), late.seat), ("SH-0001", 1), "the place is free again");
    let frozen = post.move_registration(&moved.entry, "SH-0001", "放错管");
    assert!(matches!(frozen, Err(Error::Refused(Refusal::TubeSealed { .. }))), "{frozen:?}");
    post.seal(1, None).unwrap();
    assert_eq!(post.upload().await.unwrap().conflicts, []);
    let bound = city.issuer.registrations().unwrap();
    let bound: Vec<_> =
        bound.into_iter().map(|one| (one.id, one.barcode, one.session.unwrap().1)).collect();
    let expected = [
        (moved.entry, "SH-0002".to_owned(), "0417".to_owned()),
        (late.entry, "SH-0001".to_owned(), "0508".to_owned()),
    ];
    assert_eq!(bound, expected);
}
