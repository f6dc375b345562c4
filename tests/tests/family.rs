//! Families: who holds whose code, who learns what, and what the end of a phone ends.

use serde_json::Value;
use suima_client::wire::{ClaimRequest, HoldRequest, Made, RegenerateRequest, path};
use suima_code::{Reason, Slot};
use suima_tests::city::{City, DAY, Phone};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, DAUGHTER, FATHER, MOTHER, Resident, STRANGER};
use suima_tests::raw::{RawPhone, fresh_wire_key};
use suima_wallet::{Error, Novelty, ProblemId, Relation};

fn problem<T: std::fmt::Debug>(outcome: Result<T, Error>) -> ProblemId {
    match outcome {
        Err(Error::Problem(problem)) => problem.id,
        other => panic!("{other:?}"),
    }
}

/// Whose codes a phone holds.
fn held(phone: &Phone) -> Vec<Slot> {
    let family = phone.family().unwrap();
    family.iter().filter(|person| person.held).map(|person| person.slot).collect()
}

#[tokio::test]
async fn both_parents_hold_the_child_and_show_one_and_the_same_nucleic_acid_code() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    let post = city.synced_post("3 号台").await;
    for phone in [&mother, &father] {
        assert_eq!(held(phone), [phone.owner]);
        assert!(matches!(phone.show_live(child), Err(Error::NotHeld { .. })));
        phone.hold(child).await.unwrap();
        phone.hold(child).await.unwrap();
        assert_eq!(held(phone), [phone.owner, child]);
        let live = phone.show_live(child).unwrap();
        assert_eq!((&*live.name, live.relation), (&*CHILD.name, Relation::Child));
        assert_eq!(post.at_gate(&live.text), Ok(vec![]));
    }
    assert_eq!(mother.code(child), father.code(child));
    assert_ne!(mother.live(child), father.live(child), "each holding has a key of its own");
    assert_eq!(mother.made(child).by, MOTHER.name);
    assert_eq!(city.valid_codes(child), 1);
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_holding() {
    let city = City::new().await;
    city.limits(|limits| limits.relatives_per_user = 1);
    let mut mother = city.phone(&MOTHER).await;
    let (child, daughter) = (city.slot(&CHILD), city.slot(&DAUGHTER));
    mother.plan(path::HOLD, Mishap::AnswerLost);
    let error = mother.hold(child).await.unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error:?}");
    mother.reopen();
    mother.hold(child).await.unwrap();
    assert_eq!(held(&mother), [mother.owner, child]);
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_sampling(&mother.live(child)), Ok(vec![]));
    assert_eq!(problem(mother.hold(daughter).await), ProblemId::RelativesFull);
}

#[tokio::test]
async fn a_user_holds_as_many_relatives_and_a_child_has_as_many_holders_as_policy_says() {
    let city = City::new().await;
    let aunts: Vec<Resident> = (1..=4).map(Resident::numbered).collect();
    city.enter(&aunts);
    let child = city.slot(&CHILD);
    let mut phones = Vec::new();
    for aunt in &aunts {
        city.relate(aunt, &CHILD, "guardian");
        phones.push(city.phone(aunt).await);
    }
    for phone in &phones[..3] {
        phone.hold(child).await.unwrap();
        assert_eq!(phone.show_live(child).unwrap().relation, Relation::Ward);
    }
    assert_eq!(problem(phones[3].hold(child).await), ProblemId::HoldersFull);
    assert_eq!(held(&phones[3]), [phones[3].owner]);
    // The child's own phone is none of the three; and once a holder's phone is replaced there is room.
    city.phone(&CHILD).await;
    city.phone(&aunts[0]).await;
    phones[3].hold(child).await.unwrap();

    city.limits(|limits| limits.relatives_per_user = 1);
    let mother = city.phone(&MOTHER).await;
    mother.hold(city.slot(&DAUGHTER)).await.unwrap();
    assert_eq!(problem(mother.hold(child).await), ProblemId::RelativesFull);
}

#[tokio::test]
async fn strangers_and_people_who_do_not_exist_get_the_same_answer() {
    let city = City::new().await;
    let phone = city.phone(&STRANGER).await;
    let slots = [city.slot(&CHILD), city.slot(&MOTHER), city.nobody()];
    for slot in slots {
        assert!(matches!(phone.hold(slot).await, Err(Error::NotListed { .. })));
        assert!(matches!(phone.show_live(slot), Err(Error::NotListed { .. })));
    }

    // Whatever the app would not send, the issuer answers alike.
    let raw = RawPhone::enrol(&city, &STRANGER).await;
    let mut answers = Vec::new();
    for slot in slots {
        let hold = HoldRequest { slot, holding_key: fresh_wire_key() };
        let not_after = city.clock.now().plus(60);
        let regenerate = RegenerateRequest { slot, void: None, not_after };
        answers.push([
            raw.ask::<_, Value>(path::HOLD, &hold).await.unwrap_err(),
            raw.ask::<_, Value>(path::CLAIM, &ClaimRequest { slot }).await.unwrap_err(),
            raw.ask::<_, Value>(path::REGENERATE, &regenerate).await.unwrap_err(),
        ]);
    }
    assert!(answers.iter().flatten().all(|problem| problem.id == ProblemId::NotAllowed));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(slots.map(|slot| city.valid_codes(slot)), [0; 3]);
}

#[tokio::test]
async fn grown_up_children_are_not_held_without_their_consent() {
    let city = City::new().await;
    let grandmother = Resident::numbered(1);
    city.enter(std::slice::from_ref(&grandmother));
    city.relate(&grandmother, &MOTHER, "parent");
    let phone = city.phone(&grandmother).await;
    assert_eq!(phone.family().unwrap().len(), 1);
    let mother = city.slot(&MOTHER);
    assert!(matches!(phone.hold(mother).await, Err(Error::NotListed { .. })));
    let raw = RawPhone::enrol(&city, &grandmother).await;
    let hold = HoldRequest { slot: mother, holding_key: fresh_wire_key() };
    let problem = raw.ask::<_, Value>(path::HOLD, &hold).await.unwrap_err();
    assert_eq!(problem.id, ProblemId::NotAllowed);
}

#[tokio::test]
async fn a_new_phone_ends_what_the_old_one_held_and_leaves_nucleic_acid_codes_alone() {
    let city = City::new().await;
    let (old, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    old.hold(child).await.unwrap();
    father.hold(child).await.unwrap();
    let (own_code, childs_code) = (old.code(old.owner), old.code(child));
    let (synced, unsynced) = (city.synced_post("3 号台").await, city.synced_post("4 号台").await);

    city.clock.pass(3600);
    let at = city.clock.now();
    let new = city.phone(&MOTHER).await;
    synced.sync_fully().await;
    for slot in [old.owner, child] {
        let text = old.live(slot);
        assert_eq!(synced.at_sampling(&text), Err(Reason::DeviceReplaced { at }));
        assert_eq!(synced.at_gate(&text), Err(Reason::DeviceReplaced { at }));
        assert_eq!(unsynced.at_gate(&text), Ok(vec![]), "it cannot know yet");
    }
    for text in [&own_code, &childs_code] {
        assert_eq!(synced.at_sampling(text), Ok(vec![]), "R5");
    }
    assert_eq!(new.code(new.owner), own_code, "R5");
    assert_eq!(synced.at_gate(&new.live(new.owner)), Ok(vec![]));
    assert_eq!(synced.at_gate(&father.live(child)), Ok(vec![]), "another's holding is another's");
    assert_eq!(father.refreshed().await.news, []);
    assert_eq!(father.code(child), childs_code);

    // Nothing ends silently: the new phone tells of the old one.
    let news = new.refreshed().await.news;
    let told = matches!(&news[..], [one] if matches!(one.what, Novelty::EarlierPhoneEnded { .. }));
    assert!(told, "{news:?}");

    // The new phone may hold the child, and has to say so.
    assert_eq!(held(&new), [new.owner]);
    new.hold(child).await.unwrap();
    assert_eq!(synced.at_gate(&new.live(child)), Ok(vec![]));
    assert_eq!(new.code(child), childs_code);

    // The old one learns of its end when it asks, and keeps nothing.
    let error = old.refresh().await.unwrap_err();
    assert!(matches!(error, Error::DeviceEnded { at: learned } if learned == at), "{error:?}");
    let status = old.status().unwrap();
    assert_eq!((status.enrolled, status.ended), (false, Some(at)));
    assert!(matches!(old.show_live(old.owner), Err(Error::DeviceEnded { .. })));
    assert!(matches!(old.show_nucleic_acid(child), Err(Error::DeviceEnded { .. })));
    assert!(matches!(old.check_saved(&childs_code), Err(Error::DeviceEnded { .. })));
}

#[tokio::test]
async fn a_phone_that_was_ended_can_be_enrolled_again() {
    let city = City::new().await;
    let mut old = city.phone(&MOTHER).await;
    let new = city.phone(&MOTHER).await;
    let picture = new.code(new.owner);
    assert!(matches!(old.refresh().await, Err(Error::DeviceEnded { .. })));
    old.reopen();
    let error = old.regenerate(suima_wallet::Confirmation { slot: old.owner, void: None }).await;
    assert!(matches!(error, Err(Error::DeviceEnded { .. })), "{error:?}");

    city.clock.pass(60);
    let code = city.issuer.activation_code(old.owner).unwrap();
    old.enrol(&code).await.unwrap();
    assert_eq!(old.status().unwrap().ended, None);
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_gate(&old.live(old.owner)), Ok(vec![]));
    assert_eq!(post.at_gate(&new.live(new.owner)).unwrap_err().id(), "device-replaced");
    assert_eq!(old.code(old.owner), picture);
}

#[tokio::test]
async fn an_activation_code_is_for_one_phone_and_a_lost_answer_costs_nothing() {
    let city = City::new().await;
    let (mother, other) = (city.slot(&MOTHER), city.slot(&FATHER));
    let code = city.issuer.activation_code(mother).unwrap();
    let mut phone = city.new_phone(mother, city.clock.clone()).await;
    phone.plan(path::ENROL, Mishap::AnswerLost);
    let error = phone.enrol(&code).await.unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error:?}");
    phone.reopen();
    phone.enrol(&code.to_lowercase()).await.unwrap();
    assert!(phone.status().unwrap().enrolled);

    let thief = city.new_phone(other, city.clock.clone()).await;
    assert_eq!(problem(thief.enrol(&code).await), ProblemId::ActivationRefused);
    assert_eq!(problem(thief.enrol("ABCDE-ABCDE-ABCDE-ABCDE").await), ProblemId::ActivationRefused);
    assert!(!thief.status().unwrap().enrolled);
    phone.refreshed().await;

    let late = city.issuer.activation_code(other).unwrap();
    city.clock.pass(8 * DAY);
    assert_eq!(problem(thief.enrol(&late).await), ProblemId::ActivationRefused);
}

#[tokio::test]
async fn on_the_day_a_child_comes_of_age_their_guardians_hold_them_no_more_and_are_told() {
    let city = City::new().await;
    // Eighteen on the third day.
    let nearly = Resident::new("顾南", "20081124", 7);
    city.enter(std::slice::from_ref(&nearly));
    let slot = city.slot(&nearly);
    for parent in [&MOTHER, &FATHER] {
        city.relate(parent, &nearly, "parent");
    }
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let synced = city.synced_post("3 号台").await;
    city.clock.pass(DAY);
    mother.hold(slot).await.unwrap();
    let own_code = mother.code(slot);
    synced.sync_fully().await;
    assert_eq!(synced.at_gate(&mother.live(slot)), Ok(vec![]));
    city.clock.pass(DAY);
    assert_eq!(problem(father.hold(slot).await), ProblemId::NotAllowed);
    father.refreshed().await;
    assert!(father.family().unwrap().iter().all(|person| person.slot != slot));

    synced.sync_fully().await;
    let refused = synced.at_gate(&mother.live(slot)).unwrap_err();
    assert_eq!(refused.id(), "holding-ended");
    assert_eq!(synced.at_sampling(&own_code), Ok(vec![]), "R5");
    let news = mother.refreshed().await.news;
    let [news] = &news[..] else { panic!("{news:?}") };
    assert_eq!((news.slot, &*news.name, &news.what), (slot, "顾南", &Novelty::CameOfAge));
    assert!(matches!(mother.show_live(slot), Err(Error::NotListed { .. })));

    // As an adult they are asked like everybody.
    let grown = city.phone(&nearly).await;
    mother.ask(&nearly.id_number(), &nearly.name).await.unwrap();
    grown.refreshed().await;
    let ask = grown.asks().unwrap().remove(0);
    let code = grown.answer(&ask.id, true).await.unwrap().unwrap();
    assert_eq!(mother.redeem(code.digits()).await.unwrap(), slot);
    assert_eq!(mother.show_live(slot).unwrap().relation, Relation::Relative);
    synced.sync_fully().await;
    assert_eq!(synced.at_gate(&mother.live(slot)), Ok(vec![]));
}

#[tokio::test]
async fn co_guardians_see_who_holds_and_who_regenerated_and_can_end_it() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    mother.refreshed().await;
    city.clock.pass(60);
    father.hold(child).await.unwrap();
    let made = father.regenerated(child).await;
    let news = mother.refreshed().await.news;
    let seen = Made { by_this_device: false, ..made };
    assert!(matches!(&news[..], [one] if one.made() == Some(&seen)), "{news:?}");
    assert_eq!(mother.history(child).unwrap()[0], seen);
    let holders = mother.holders(child).unwrap();
    let seen: Vec<_> = holders.iter().map(|one| (&*one.name, one.this_device)).collect();
    assert_eq!(seen, [(&*MOTHER.name, true), (&*FATHER.name, false)]);

    let ended = mother.end_holding(child, holders[1].holding).await.unwrap();
    assert_eq!(ended.offers.len(), 1, "the picture that he may have kept");
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_gate(&father.live(child)).unwrap_err().id(), "holding-ended");
    assert_eq!(post.at_gate(&mother.live(child)), Ok(vec![]));
    let news = father.refreshed().await.news;
    assert!(matches!(&news[..], [one] if one.what == Novelty::HoldingEnded), "{news:?}");
    father.hold(child).await.unwrap();
    assert_eq!(post.at_gate(&father.live(child)), Ok(vec![]), "he is the father all the same");
}
