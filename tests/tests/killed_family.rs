//! Phones really killed at every write and every request while they agree, redeem and end: each ends as if nothing had
//! happened.

use suima_code::{Reason, Slot};
use suima_tests::city::{City, Phone, Post};
use suima_tests::errand::{Ended, PhoneTask};
use suima_tests::people::{FATHER, MOTHER};

const PHONE: &str = env!("CARGO_BIN_EXE_phone");

/// Two adults who may ask as often as they like, and a station that knows the truth.
async fn adults() -> (City, Phone, Phone, Post) {
    let city = City::new().await;
    city.limits(|limits| limits.asks_per_day = 1000);
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let post = city.synced_post("真相").await;
    (city, mother, father, post)
}

/// Asks the father; says by which question.
async fn asked(mother: &Phone, father: &Phone) -> String {
    mother.ask(&FATHER.id_number(), &FATHER.name).await.unwrap();
    father.refreshed().await;
    let waits = father.asks().unwrap().into_iter().find(|ask| ask.code.is_none());
    waits.expect("the question has come").id
}

async fn agreed(mother: &Phone, father: &Phone) -> String {
    let ask = asked(mother, father).await;
    let code = father.answer(&ask, true).await.unwrap().expect("they agreed");
    code.digits().to_owned()
}

/// The one holding there is counts; and it is ended, for the next turn.
async fn one_holding_counts(mother: &Phone, father: &Phone, post: &Post) {
    let person = father.owner;
    post.sync_fully().await;
    let live = mother.live(person);
    assert_eq!(post.at_gate(&live), Ok(vec![]));
    father.refreshed().await;
    let holders = father.holders(person).unwrap();
    assert_eq!(holders.len(), 1, "{holders:?}");
    father.end_holding(person, holders[0].holding).await.unwrap();
    post.sync_fully().await;
    assert!(matches!(post.at_gate(&live), Err(Reason::HoldingEnded { .. })));
    mother.refreshed().await;
    assert_eq!(held(mother), [mother.owner]);
}

fn held(phone: &Phone) -> Vec<Slot> {
    let family = phone.family().unwrap();
    family.iter().filter(|person| person.held).map(|person| person.slot).collect()
}

/// Whether the process was killed, and where.
fn killed(kills: &mut Vec<String>, ended: Ended) -> bool {
    let killed = ended.killed_at.is_some();
    kills.extend(ended.killed_at);
    killed
}

fn cover_writes_and_requests(kills: &[String]) {
    for event in ["store.write.begin", "store.write.done", "http.send", "http.answered"] {
        assert!(kills.iter().any(|at| at == event), "{event}: {kills:?}");
    }
}

#[tokio::test]
async fn a_phone_killed_anywhere_while_it_redeems_a_code_holds_the_relative_once() {
    let (city, mut mother, father, post) = adults().await;
    let mut kills = Vec::new();
    for survives in 0.. {
        city.clock.pass(60);
        let code = agreed(&mother, &father).await;
        let ended = mother.leave(survives, PhoneTask::Redeem(code.clone())).run(PHONE).await;
        mother.open();
        // Every other time nobody types the code again: then a refresh brings whom it brought.
        if survives % 2 == 1 {
            mother.refreshed().await;
        }
        if held(&mother).len() == 1 {
            assert_eq!(mother.redeem(&code).await.unwrap(), father.owner);
        }
        one_holding_counts(&mother, &father, &post).await;
        if !killed(&mut kills, ended) {
            break;
        }
    }
    cover_writes_and_requests(&kills);
}

#[tokio::test]
async fn a_phone_killed_anywhere_while_it_agrees_has_the_code_that_counts() {
    let (city, mother, mut father, post) = adults().await;
    let mut kills = Vec::new();
    for survives in 0.. {
        city.clock.pass(60);
        let ask = asked(&mother, &father).await;
        let ended = father.leave(survives, PhoneTask::Agree(ask.clone())).run(PHONE).await;
        father.open();
        father.refreshed().await;
        let known = father.asks().unwrap().into_iter().find(|one| one.id == ask);
        let code = match known.expect("it waits, or is agreed to").code {
            Some(code) => code,
            None => father.answer(&ask, true).await.unwrap().expect("they agreed"),
        };
        assert_eq!(mother.redeem(code.digits()).await.unwrap(), father.owner);
        one_holding_counts(&mother, &father, &post).await;
        city.clock.pass(600);
        if !killed(&mut kills, ended) {
            break;
        }
    }
    cover_writes_and_requests(&kills);
}

#[tokio::test]
async fn a_phone_killed_anywhere_while_it_ends_a_holding_ends_that_and_no_other() {
    let (city, mother, mut father, post) = adults().await;
    let mut kills = Vec::new();
    for survives in 0.. {
        city.clock.pass(60);
        let code = agreed(&mother, &father).await;
        let person = mother.redeem(&code).await.unwrap();
        father.refreshed().await;
        let holding = father.holders(person).unwrap()[0].holding;
        let live = mother.live(person);
        let ended = father.leave(survives, PhoneTask::End(person, holding)).run(PHONE).await;
        father.open();
        father.refreshed().await;
        if !father.holders(person).unwrap().is_empty() {
            father.end_holding(person, holding).await.unwrap();
        }
        post.sync_fully().await;
        assert!(matches!(post.at_gate(&live), Err(Reason::HoldingEnded { .. })));
        assert_eq!(post.at_gate(&father.live(person)), Ok(vec![]), "R5");
        mother.refreshed().await;
        assert_eq!(held(&mother), [mother.owner]);
        if !killed(&mut kills, ended) {
            break;
        }
    }
    cover_writes_and_requests(&kills);
}
