//! A shift at a sampling station: tubes, people, mistakes, and the upload.

use std::collections::BTreeSet;

use suima_client::wire::{Conflict, Validity, path};
use suima_code::{Presented, Reason, Slot};
use suima_issuer::{Registration as Bound, Shown};
use suima_station::{Caution, Error, Refusal, Registration};
use suima_tests::city::{City, DAY, Phone, Post};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, DAUGHTER, FATHER, MOTHER, STRANGER};

/// Three phones, of which the mother's holds both children.
struct People {
    mother: Phone,
    father: Phone,
    stranger: Phone,
    child: Slot,
    daughter: Slot,
}

impl People {
    async fn of(city: &City) -> Self {
        let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
        let stranger = city.phone(&STRANGER).await;
        let (child, daughter) = (city.slot(&CHILD), city.slot(&DAUGHTER));
        mother.hold(child).await.unwrap();
        mother.hold(daughter).await.unwrap();
        Self { mother, father, stranger, child, daughter }
    }

    /// A code of each of the five, of every kind that sampling takes.
    fn codes(&self) -> [(Slot, String, Presented); 5] {
        let Self { mother, father, stranger, child, daughter } = self;
        [
            (mother.owner, mother.code(mother.owner), Presented::NucleicAcid),
            (father.owner, father.live(father.owner), Presented::Live),
            (*child, mother.live(*child), Presented::Relative),
            (*daughter, mother.code(*daughter), Presented::NucleicAcid),
            (stranger.owner, stranger.live(stranger.owner), Presented::Live),
        ]
    }
}

async fn open_post(city: &City, name: &str) -> Post {
    let post = city.synced_post(name).await;
    post.open_session("人民广场", "0417").unwrap();
    post
}

/// Who was bound to a tube, by the issuer's books.
fn bound(city: &City) -> Vec<Bound> {
    city.issuer.registrations().unwrap()
}

/// What kind of code was shown, and how much was known of it.
fn by_code(bound: &Bound) -> Option<(Presented, Validity)> {
    match bound.shown {
        Shown::Code { presented, validity, .. } => Some((presented, validity)),
        Shown::IdCard { .. } | Shown::ByHand { .. } => None,
    }
}

fn refused(outcome: Result<impl std::fmt::Debug, Error>) -> Refusal {
    match outcome {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_shift_with_no_network_is_uploaded_later_and_everybody_is_there_once() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let mut post = open_post(&city, "3 号台").await;
    post.cut().await;
    post.reopen();
    let as_of = city.clock.now();
    let validity = Validity::Checked { as_of };
    post.open_tube("SH-0001", 5).unwrap();
    let codes = people.codes();
    for (seat, (_, text, presented)) in (1..).zip(&codes) {
        let registered = post.registered(text);
        assert_eq!((registered.seat, registered.taken, registered.capacity), (seat, seat, 5));
        assert_eq!(registered.person.presented, Some(*presented));
        assert_eq!((registered.validity, registered.cautions), (Some(validity), vec![]));
        assert_eq!(registered.shown.unwrap().colour, None);
    }
    post.seal(5, None).unwrap();
    let error = post.upload().await.unwrap_err();
    assert!(matches!(error, Error::Offline { .. }), "{error:?}");
    assert_eq!(post.status().unwrap().waiting, 8);

    post.reopen();
    post.restore();
    city.clock.pass(3600);
    let uploaded = post.upload().await.unwrap();
    assert_eq!((uploaded.acknowledged, uploaded.waiting), (8, 0));
    assert_eq!(uploaded.conflicts, []);
    let bound = bound(&city);
    assert_eq!(bound.len(), 5);
    for (one, (slot, _, presented)) in bound.iter().zip(&codes) {
        assert_eq!(one.slot, Some(*slot));
        assert_eq!(by_code(one), Some((*presented, validity)));
        assert_eq!((&*one.barcode, &*one.station, one.undone), ("SH-0001", "3 号台", false));
        assert_eq!((one.at, &one.session), (as_of, &Some(("人民广场".into(), "0417".into()))));
    }
}

#[tokio::test]
async fn uploading_again_and_with_answers_lost_counts_everybody_once() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let mut post = open_post(&city, "3 号台").await;
    post.open_tube("SH-0001", 5).unwrap();
    for (_, text, _) in people.codes() {
        post.registered(&text);
        post.line.plan(path::REGISTRATIONS, Mishap::AnswerLost);
        let error = post.upload().await.unwrap_err();
        assert!(matches!(error, Error::NoAnswer { .. }), "{error:?}");
        post.reopen();
    }
    assert_eq!(bound(&city).len(), 5, "all of it arrived");
    assert_eq!(post.status().unwrap().waiting, 7);
    let uploaded = post.upload().await.unwrap();
    assert_eq!((uploaded.acknowledged, uploaded.waiting), (7, 0));
    assert_eq!(post.upload().await.unwrap().acknowledged, 0);
    let slots: BTreeSet<Slot> = bound(&city).iter().filter_map(|one| one.slot).collect();
    assert_eq!((bound(&city).len(), slots.len()), (5, 5));
    assert_eq!(city.issuer.registration_conflicts().unwrap(), []);
}

#[tokio::test]
async fn nobody_is_taken_twice_whichever_code_they_show_the_second_time() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let (mother, child) = (&people.mother, people.child);
    people.father.hold(child).await.unwrap();
    let mut post = open_post(&city, "3 号台").await;
    post.open_tube("SH-0001", 5).unwrap();
    post.registered(&mother.code(mother.owner));
    post.registered(&mother.live(child));
    let again = [
        (1, mother.code(mother.owner)),
        (1, mother.live(mother.owner)),
        (2, mother.live(child)),
        (2, people.father.live(child)),
        (2, people.father.code(child)),
    ];
    for _ in 0..2 {
        for (seat, text) in &again {
            assert_eq!(post.register(text).unwrap(), Registration::AlreadyInTube { seat: *seat });
        }
        post.reopen();
    }
    assert_eq!(post.tube().unwrap().unwrap().taken, 2);

    // In another tube they are taken, and it is said: a mistake, or a second sample on purpose.
    post.seal(2, None).unwrap();
    let at = city.clock.now();
    city.clock.pass(30);
    post.open_tube("SH-0002", 1).unwrap();
    let registered = post.registered(&mother.code(mother.owner));
    let elsewhere = Caution::AlsoInTube { barcode: "SH-0001".to_owned(), at };
    assert_eq!(registered.cautions, [elsewhere]);
}

#[tokio::test]
async fn a_full_or_sealed_tube_takes_nobody() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let mut post = open_post(&city, "3 号台").await;
    let [first, second, third, ..] = people.codes().map(|(_, text, _)| text);
    assert_eq!(post.register(&first).unwrap(), Registration::NoTube);
    assert_eq!(refused(post.open_tube("SH-0001", 7)), Refusal::Capacity { given: 7 });
    post.open_tube("SH-0001", 1).unwrap();
    post.registered(&first);
    for _ in 0..2 {
        assert_eq!(post.register(&second).unwrap(), Registration::TubeFull { capacity: 1 });
        post.reopen();
    }
    assert_eq!(
        refused(post.open_tube("SH-0002", 5)),
        Refusal::TubeOpen { barcode: "SH-0001".into() }
    );
    assert_eq!(
        refused(post.seal(2, None)),
        Refusal::CountMismatch { registered: 1, swabs: 2 },
        "both numbers are said"
    );
    post.seal(1, None).unwrap();
    for _ in 0..2 {
        let sealed = Registration::TubeSealed { barcode: "SH-0001".to_owned() };
        assert_eq!(post.register(&second).unwrap(), sealed);
        assert!(matches!(refused(post.seal(1, None)), Refusal::TubeSealed { .. }));
        assert!(matches!(refused(post.open_tube("sh-0001", 5)), Refusal::BarcodeUsed { .. }));
        post.reopen();
    }
    post.open_tube("SH-0002", 5).unwrap();
    post.registered(&second);
    post.registered(&third);
    let sealed = post.seal(3, Some("多放一支空白棉签")).unwrap().sealed.unwrap();
    assert_eq!((sealed.swabs, sealed.explanation.as_deref()), (3, Some("多放一支空白棉签")));
}

#[tokio::test]
async fn a_mistake_is_taken_back_with_a_reason_and_the_person_scanned_again() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let mut post = open_post(&city, "3 号台").await;
    post.open_tube("SH-0001", 5).unwrap();
    let [first, second, ..] = people.codes().map(|(_, text, _)| text);
    let wrong = post.registered(&first);
    post.registered(&second);
    assert!(matches!(refused(post.undo(&wrong.entry, " ")), Refusal::Text { .. }));
    let tube = post.undo(&wrong.entry, "扫错人").unwrap();
    assert_eq!(tube.taken, 1);
    post.reopen();
    assert_eq!(refused(post.undo(&wrong.entry, "扫错人")), Refusal::AlreadyUndone);
    let right = post.registered(&first);
    assert_eq!((right.seat, right.taken), (1, 2), "the free place is taken again");
    assert_ne!(right.entry, wrong.entry);
    post.seal(2, None).unwrap();
    assert!(matches!(refused(post.undo(&right.entry, "扫错人")), Refusal::TubeSealed { .. }));

    post.upload().await.unwrap();
    let of_first: Vec<_> = bound(&city)
        .into_iter()
        .filter(|one| one.slot == Some(people.mother.owner))
        .map(|one| (one.id, one.undone))
        .collect();
    assert_eq!(of_first, [(wrong.entry, true), (right.entry, false)]);
    assert_eq!(city.issuer.registration_conflicts().unwrap(), []);
}

#[tokio::test]
async fn what_two_stations_did_at_odds_is_reported_and_nothing_is_dropped() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let (one, other) = (open_post(&city, "3 号台").await, open_post(&city, "4 号台").await);
    let [mothers, fathers, childs, ..] = people.codes().map(|(_, text, _)| text);

    // One barcode at both, and later the mother in two tubes.
    let at_one = one.open_tube("SH-0001", 5).unwrap();
    let at_other = other.open_tube("SH-0001", 5).unwrap();
    let first = one.registered(&mothers);
    other.registered(&fathers);
    other.seal(1, None).unwrap();
    other.open_tube("SH-0002", 5).unwrap();
    let second = other.registered(&mothers);
    other.registered(&childs);

    assert_eq!(one.upload().await.unwrap().conflicts, []);
    let uploaded = other.upload().await.unwrap();
    assert_eq!(uploaded.waiting, 0);
    let told: Vec<_> =
        uploaded.conflicts.iter().map(|one| (one.conflict, &*one.entry, &*one.with)).collect();
    let expected = [
        (Conflict::TubeOnTwoStations, &*at_other.id, &*at_one.id),
        (Conflict::PersonInTwoTubes, &*second.entry, &*first.entry),
    ];
    assert_eq!(told, expected);
    let person = &uploaded.conflicts[1];
    assert_eq!(person.barcode.as_deref(), Some("SH-0002"));
    assert_eq!(person.name.as_deref(), Some(&*second.person.name));
    assert_eq!(other.status().unwrap().conflicts, uploaded.conflicts, "and stays in sight");

    assert_eq!(bound(&city).len(), 4, "nothing is dropped");
    let reported = city.issuer.registration_conflicts().unwrap();
    let reported: Vec<_> =
        reported.iter().map(|one| (one.conflict, &*one.entry.0, &*one.with.0)).collect();
    assert_eq!(reported, expected);

    // One of the two is taken back: the operator has one thing less to look into.
    other.undo(&second.entry, "已在 3 号台采样").unwrap();
    other.upload().await.unwrap();
    let left = city.issuer.registration_conflicts().unwrap();
    assert_eq!(
        left.iter().map(|one| one.conflict).collect::<Vec<_>>(),
        [Conflict::TubeOnTwoStations]
    );
    assert_eq!(bound(&city).iter().filter(|one| one.undone).count(), 1);
}

#[tokio::test]
async fn the_same_person_on_another_day_is_no_conflict() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let post = open_post(&city, "3 号台").await;
    for barcode in ["SH-0001", "SH-0002"] {
        post.open_tube(barcode, 1).unwrap();
        let mother = &people.mother;
        assert_eq!(post.registered(&mother.code(mother.owner)).cautions, []);
        post.seal(1, None).unwrap();
        post.upload().await.unwrap();
        city.clock.pass(DAY);
        post.sync_fully().await;
    }
    assert_eq!(city.issuer.registration_conflicts().unwrap(), []);
    assert_eq!(bound(&city).len(), 2);
}

#[tokio::test]
async fn a_code_that_is_refused_binds_nobody_and_says_why() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let mother = &people.mother;
    let post = open_post(&city, "3 号台").await;
    post.open_tube("SH-0001", 5).unwrap();
    let (old, live) = (mother.code(mother.owner), mother.live(mother.owner));
    city.clock.pass(120);
    let made = mother.regenerated(mother.owner).await;
    post.sync_fully().await;
    let mut altered = mother.code(mother.owner);
    altered.insert(40, '0');
    let cases = [
        (old, Reason::Replaced { at: made.iat }, true),
        (live, Reason::Stale { by: 120 }, true),
        (altered, Reason::Altered, false),
        ("https://example.com/".to_owned(), Reason::NotACode, false),
        (String::new(), Reason::NotACode, false),
    ];
    for (text, why, is_shown) in cases {
        match post.register(&text).unwrap() {
            Registration::Refused { reason, shown } => {
                assert_eq!((reason, shown.is_some()), (why, is_shown), "{text}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(post.tube().unwrap().unwrap().taken, 0);
    assert_eq!(post.registered(&mother.code(mother.owner)).seat, 1);
}

#[tokio::test]
async fn not_synced_for_a_day_it_registers_and_records_that_validity_was_not_checked() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let mother = &people.mother;
    let mut post = open_post(&city, "3 号台").await;
    let as_of = city.clock.now();
    post.open_tube("SH-0001", 5).unwrap();
    post.cut().await;
    city.clock.pass(25 * 3600);
    let registered = post.registered(&mother.code(mother.owner));
    let old = Caution::KnowledgeOld { as_of, age_seconds: 25 * 3600 };
    assert_eq!(registered.cautions, [Caution::ValidityNotChecked, old]);
    assert_eq!(registered.validity, Some(Validity::NotChecked));
    post.restore();
    post.upload().await.unwrap();
    let unchecked = Some((Presented::NucleicAcid, Validity::NotChecked));
    assert_eq!(by_code(&bound(&city)[0]), unchecked);
}

#[tokio::test]
async fn a_hand_scanner_and_an_input_method_do_not_matter() {
    let city = City::new().await;
    let people = People::of(&city).await;
    let post = open_post(&city, "3 号台").await;
    post.open_tube("ＳＨ－０００１\r\n", 5).unwrap();
    assert_eq!(post.tube().unwrap().unwrap().barcode, "SH-0001");
    let [typed, wide, ..] = people.codes().map(|(_, text, _)| text);
    post.registered(&format!("{typed}\r\n"));
    let halves = [(':', '：'), ('.', '。'), ('/', '、'), ('$', '￥'), ('*', '×')];
    let wide =
        halves.iter().fold(wide, |text, (half, full)| text.replace(*half, &full.to_string()));
    post.registered(&wide);
}
