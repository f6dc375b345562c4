//! Consent of adults: asked for, given on their own phone or before an operator, made use of, seen, and taken back.

use suima_client::wire::path;
use suima_code::{Reason, Slot};
use suima_tests::city::{City, DAY, Phone};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, FATHER, MOTHER, Resident, STRANGER};
use suima_wallet::{Error, Novelty, ProblemId, Regenerated, Relation};

/// Somebody whom the register does not know.
const NOBODY: Resident = Resident::new("无名氏", "19700101", 9);

async fn asked(asker: &Phone, whom: &Resident) {
    asker.ask(&whom.id_number(), &whom.name).await.expect("the question is taken");
}

/// What somebody who is asked reads out to the asker.
async fn agreed(whom: &Phone) -> String {
    whom.refreshed().await;
    let [ask] = &whom.asks().unwrap()[..] else { panic!("one question is there") };
    let code = whom.answer(&ask.id, true).await.unwrap().expect("they agreed");
    code.digits().to_owned()
}

/// Holds the codes of an adult who agrees on their phone.
async fn held_by_consent(asker: &Phone, whom: &Phone, resident: &Resident) -> Slot {
    asked(asker, resident).await;
    asker.redeem(&agreed(whom).await).await.expect("the code is good")
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, Error>) -> ProblemId {
    match outcome {
        Err(Error::Problem(problem)) => problem.id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_adult_who_agrees_is_held_offline_too_and_sees_by_whom() {
    let city = City::new().await;
    let (mut mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    asked(&mother, &FATHER).await;
    assert_eq!(father.asks().unwrap(), [], "not yet heard of");
    father.refreshed().await;
    let [ask] = &father.asks().unwrap()[..] else { panic!() };
    assert_eq!((&*ask.by, ask.at), (&*MOTHER.name, city.clock.now()));
    let code = father.answer(&ask.id, true).await.unwrap().unwrap();
    assert_eq!(code.digits().len(), 8);
    let spoken = format!("{} {}", &code.digits()[..4], &code.digits()[4..]);
    assert_eq!(mother.redeem(&spoken).await.unwrap(), father.owner);

    let live = mother.show_live(father.owner).unwrap();
    assert_eq!((&*live.name, live.relation), (&*FATHER.name, Relation::Relative));
    assert_eq!(mother.code(father.owner), father.code(father.owner), "one nucleic-acid code");
    let post = city.synced_post("3 号台").await;
    mother.cut().await;
    mother.reopen();
    assert_eq!(post.at_gate(&mother.live(father.owner)), Ok(vec![]));

    let news = father.refreshed().await.news;
    let [news] = &news[..] else { panic!("{news:?}") };
    assert!(matches!(&news.what, Novelty::HeldBy(holder) if holder.name == MOTHER.name));
    let [holder] = &father.holders(father.owner).unwrap()[..] else { panic!() };
    assert_eq!((&*holder.name, holder.since), (&*MOTHER.name, city.clock.now()));
    assert_eq!(mother.holders(father.owner).unwrap(), [], "told to the person alone");
    assert_eq!(father.asks().unwrap(), [], "a code that was used is nobody's to tell any more");
}

#[tokio::test]
async fn whatever_answer_is_lost_there_is_one_consent_and_one_holding() {
    let city = City::new().await;
    city.limits(|limits| (limits.relatives_per_user, limits.asks_per_day) = (1, 1));
    let (mut mother, mut father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    mother.plan(path::ASK, Mishap::AnswerLost);
    let lost = mother.ask(&FATHER.id_number(), &FATHER.name).await;
    assert!(matches!(lost, Err(Error::NoAnswer { .. })), "{lost:?}");
    mother.reopen();
    asked(&mother, &FATHER).await;

    father.refreshed().await;
    let [ask] = &father.asks().unwrap()[..] else { panic!() };
    father.plan(path::ANSWER, Mishap::AnswerLost);
    let lost = father.answer(&ask.id, true).await;
    assert!(matches!(lost, Err(Error::NoAnswer { .. })), "{lost:?}");
    father.reopen();
    father.refreshed().await;
    let [ask] = &father.asks().unwrap()[..] else { panic!() };
    let code = ask.code.clone().expect("the refresh brought it");

    mother.plan(path::REDEEM, Mishap::AnswerLost);
    let lost = mother.redeem(code.digits()).await;
    assert!(matches!(lost, Err(Error::NoAnswer { .. })), "{lost:?}");
    mother.reopen();
    assert_eq!(mother.redeem(code.digits()).await.unwrap(), father.owner);
    father.refreshed().await;
    assert_eq!(father.holders(father.owner).unwrap().len(), 1);
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_gate(&mother.live(father.owner)), Ok(vec![]));
}

#[tokio::test]
async fn when_the_answer_to_a_code_is_lost_the_next_refresh_brings_the_relative() {
    let city = City::new().await;
    let (mut mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    asked(&mother, &FATHER).await;
    let code = agreed(&father).await;
    mother.plan(path::REDEEM, Mishap::AnswerLost);
    assert!(mother.redeem(&code).await.is_err());
    mother.reopen();
    mother.refreshed().await;
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_gate(&mother.live(father.owner)), Ok(vec![]));
}

#[tokio::test]
async fn whoever_ends_a_holding_ends_that_phones_alone_and_can_void_what_it_kept() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let friend = city.phone(&STRANGER).await;
    for asker in [&mother, &friend] {
        held_by_consent(asker, &father, &FATHER).await;
        city.clock.pass(600);
    }
    let person = father.owner;
    let (unsynced, synced) = (city.synced_post("4 号台").await, city.synced_post("3 号台").await);
    let picture = mother.code(person);

    father.refreshed().await;
    let holders = father.holders(person).unwrap();
    let mothers = holders.iter().find(|holder| holder.name == MOTHER.name).unwrap();
    let asked = father.end_warning(person, mothers.holding).unwrap();
    assert!(asked.zh.contains(&*MOTHER.name) && asked.zh.contains(&*FATHER.name), "{asked:?}");
    city.clock.pass(5);
    let at = city.clock.now();
    let ended = father.end_holding(person, mothers.holding).await.unwrap();
    let [offer] = &ended.offers[..] else { panic!("{ended:?}") };
    assert!(offer.sentence.zh.contains(&*MOTHER.name), "{offer:?}");
    assert_eq!(father.holders(person).unwrap().len(), 1);

    synced.sync_fully().await;
    assert_eq!(synced.at_gate(&mother.live(person)), Err(Reason::HoldingEnded { at }));
    assert_eq!(unsynced.at_gate(&mother.live(person)), Ok(vec![]), "it cannot know yet");
    assert_eq!(synced.at_gate(&friend.live(person)), Ok(vec![]), "R5");
    assert_eq!(synced.at_gate(&father.live(person)), Ok(vec![]), "R5");
    assert_eq!(synced.at_sampling(&picture), Ok(vec![]), "R5");

    let regenerated = father.regenerate(offer.confirm.unwrap()).await.unwrap();
    assert!(matches!(regenerated, Regenerated::Made { .. }), "{regenerated:?}");
    synced.sync_fully().await;
    assert!(matches!(synced.at_sampling(&picture), Err(Reason::Replaced { .. })));

    let news = mother.refreshed().await.news;
    let [news] = &news[..] else { panic!("{news:?}") };
    assert_eq!((news.slot, &news.what), (person, &Novelty::ConsentWithdrawn));
    assert!(matches!(mother.show_live(person), Err(Error::NotListed { .. })));
    assert!(matches!(mother.hold(person).await, Err(Error::NotListed { .. })));
    let told = friend.refreshed().await.news;
    assert!(told.iter().all(|news| matches!(news.what, Novelty::Regenerated(_))), "{told:?}");
}

#[tokio::test]
async fn the_end_of_a_holding_outlives_a_lost_answer() {
    let city = City::new().await;
    let (mother, mut father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let person = held_by_consent(&mother, &father, &FATHER).await;
    father.refreshed().await;
    let holding = father.holders(person).unwrap()[0].holding;
    father.plan(path::END, Mishap::AnswerLost);
    let lost = father.end_holding(person, holding).await;
    assert!(matches!(lost, Err(Error::NoAnswer { .. })), "{lost:?}");
    father.reopen();
    assert_eq!(father.refreshed().await.news, [], "they did it themselves");
    assert_eq!(father.holders(person).unwrap(), []);
    assert_eq!(mother.refreshed().await.news.len(), 1);
}

#[tokio::test]
async fn whoever_gives_up_a_relatives_code_is_seen_to_and_may_hold_it_again() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let person = held_by_consent(&mother, &father, &FATHER).await;
    father.refreshed().await;
    let own = mother.family().unwrap().into_iter().find(|one| one.slot == person).unwrap();
    let ended = mother.end_holding(person, own.holding.unwrap()).await.unwrap();
    assert_eq!(ended.offers, [], "it was their own phone");
    assert!(matches!(mother.show_live(person), Err(Error::NotHeld { .. })));
    assert_eq!(mother.refreshed().await.news, []);
    let news = father.refreshed().await.news;
    assert!(matches!(&news[..], [one] if matches!(one.what, Novelty::NotHeldBy(_))), "{news:?}");
    mother.hold(person).await.unwrap();
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_gate(&mother.live(person)), Ok(vec![]));
}

#[tokio::test]
async fn asking_about_a_right_a_wrong_and_a_non_existing_person_is_answered_alike() {
    let city = City::new().await;
    city.limits(|limits| limits.asks_per_day = 6);
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let expires = city.clock.now().plus(i64::from(DAY));
    let of = |resident: &Resident, name: &str| (resident.id_number(), name.to_owned());
    let asks = [
        of(&FATHER, &FATHER.name),
        of(&FATHER, &STRANGER.name),
        of(&STRANGER, &STRANGER.name),
        of(&CHILD, &CHILD.name),
        of(&NOBODY, &NOBODY.name),
        of(&MOTHER, &MOTHER.name),
    ];
    for (document, name) in asks {
        assert_eq!(mother.ask(&document, &name).await.unwrap(), expires, "{name}");
    }
    let refused = mother.ask(&FATHER.id_number(), &FATHER.name).await;
    assert_eq!(problem(refused), ProblemId::TooOften);
    father.refreshed().await;
    assert_eq!(father.asks().unwrap().len(), 1, "whoever was named rightly and has a phone");
    mother.refreshed().await;
    assert_eq!(mother.asks().unwrap(), []);
    city.clock.pass(DAY);
    assert!(mother.ask(&FATHER.id_number(), &FATHER.name).await.is_ok(), "another day");
}

#[tokio::test]
async fn a_code_is_good_for_the_asker_alone_for_ten_minutes_and_for_five_tries() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let thief = city.phone(&STRANGER).await;
    asked(&mother, &FATHER).await;
    let code = agreed(&father).await;
    assert_eq!(problem(thief.redeem(&code).await), ProblemId::OneTimeCodeRefused);
    city.clock.pass(600);
    assert_eq!(problem(mother.redeem(&code).await), ProblemId::OneTimeCodeRefused);

    asked(&mother, &FATHER).await;
    let code = agreed(&father).await;
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        assert_eq!(problem(mother.redeem(wrong).await), ProblemId::OneTimeCodeRefused);
    }
    assert_eq!(
        problem(mother.redeem(&code).await),
        ProblemId::OneTimeCodeRefused,
        "all of it is void"
    );
    assert_eq!(mother.family().unwrap().len(), 3, "she and her children");
}

#[tokio::test]
async fn declining_leaves_nothing_and_takes_back_a_code_that_was_not_used() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    asked(&mother, &FATHER).await;
    father.refreshed().await;
    let ask = father.asks().unwrap().remove(0);
    assert_eq!(father.answer(&ask.id, false).await.unwrap(), None);
    assert_eq!(father.asks().unwrap(), []);
    father.refreshed().await;
    assert_eq!(father.asks().unwrap(), []);

    asked(&mother, &FATHER).await;
    let code = agreed(&father).await;
    let ask = father.asks().unwrap().remove(0);
    assert_eq!(father.answer(&ask.id, false).await.unwrap(), None);
    assert_eq!(problem(mother.redeem(&code).await), ProblemId::OneTimeCodeRefused);
    assert_eq!(father.refreshed().await.news, []);
}

#[tokio::test]
async fn somebody_without_a_phone_is_held_by_an_operators_decision() {
    let city = City::new().await;
    let grandmother = Resident::new("沈桂英", "19520605", 8);
    city.enter(std::slice::from_ref(&grandmother));
    let mother = city.phone(&MOTHER).await;
    let slot = city.slot(&grandmother);
    mother.refreshed().await;
    assert!(matches!(mother.hold(slot).await, Err(Error::NotListed { .. })));
    city.issuer.record_consent(mother.owner, slot, "本人持身份证到窗口").unwrap();
    mother.refreshed().await;
    mother.hold(slot).await.unwrap();
    let live = mother.show_live(slot).unwrap();
    assert_eq!((&*live.name, live.relation), (&*grandmother.name, Relation::Relative));
    assert!(mother.show_nucleic_acid(slot).is_ok());

    assert!(city.issuer.withdraw_consent(mother.owner, slot, "本人要求").unwrap());
    let news = mother.refreshed().await.news;
    assert!(matches!(&news[..], [one] if one.what == Novelty::ConsentWithdrawn), "{news:?}");
}
