//! Holding a relative's codes, and losing them.

use suima_client::wire::{HoldResponse, ProblemId, path};
use suima_wallet::Error;

use crate::support::{
    CHILD, MOTHER, NOW, Phone, Reply, answer, answer_with, child, everything, family, lost,
    problem, wire_key,
};

fn mothers_codes(phone: &Phone) -> suima_client::wire::NucleicAcid {
    phone.city.one_code(MOTHER, NOW)
}

#[test]
fn a_relative_is_held_with_a_key_of_their_own() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    assert_ne!(phone.key(MOTHER), phone.key(CHILD));
    assert!(wallet.family().unwrap().iter().all(|person| person.held));
    phone.post.received();
    phone.run(wallet.hold(CHILD)).unwrap();
    assert!(phone.post.received().is_empty(), "held already");
    let stranger = suima_code::Slot(33);
    assert!(matches!(phone.run(wallet.hold(stranger)), Err(Error::NotListed { .. })));
}

#[test]
fn when_the_answer_is_lost_a_refresh_brings_the_holding() {
    let phone = Phone::new();
    let wallet = phone.enrol(mothers_codes(&phone));
    phone.post.received();
    phone.post.next(path::HOLD, lost());
    assert!(matches!(phone.run(wallet.hold(CHILD)), Err(Error::NoAnswer { .. })));
    wallet.close().unwrap();

    let wallet = phone.open();
    let key = wire_key(&phone.post.received()[0].body["holding_key"]);
    let childs = phone.city.one_code(CHILD, NOW);
    let mothers = phone.key(MOTHER);
    let people = family(&phone.city, Some((&mothers, mothers_codes(&phone))), Some((&key, childs)));
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    phone.run(wallet.refresh()).unwrap();
    assert!(wallet.show_live(CHILD).is_ok());
}

#[test]
fn a_retry_asks_with_the_same_key_until_the_issuer_refuses() {
    let phone = Phone::new();
    let wallet = phone.enrol(mothers_codes(&phone));
    phone.post.received();
    let replies: [Reply; 3] = [
        lost(),
        problem(ProblemId::RelativesFull, NOW),
        phone.held_child(phone.city.one_code(CHILD, NOW)),
    ];
    for reply in replies {
        phone.post.next(path::HOLD, reply);
        let _ = phone.run(wallet.hold(CHILD));
    }
    let [first, second, third] = &phone.post.received()[..] else { panic!() };
    assert_eq!(first.body, second.body);
    assert_eq!(first.idempotency_key, second.idempotency_key);
    assert_ne!(second.body, third.body);
    assert!(wallet.show_live(CHILD).is_ok());
}

#[test]
fn an_answer_about_somebody_else_holds_nobody() {
    let phone = Phone::new();
    let wallet = phone.enrol(mothers_codes(&phone));
    let city = phone.city.clone();
    let codes = phone.city.one_code(CHILD, NOW);
    phone.post.next(
        path::HOLD,
        answer_with(move |received| {
            let key = wire_key(&received.body["holding_key"]);
            let mut people = family(&city, Some((&key, city.one_code(MOTHER, NOW))), None);
            HoldResponse { time: NOW, person: people.remove(0) }
        }),
    );
    assert!(matches!(phone.run(wallet.hold(CHILD)), Err(Error::BadAnswer(_))));
    let city = phone.city.clone();
    phone.post.next(
        path::HOLD,
        answer_with(move |_| HoldResponse {
            time: NOW,
            person: child(&city, Some((&city.roots().hot, codes))),
        }),
    );
    assert!(matches!(phone.run(wallet.hold(CHILD)), Err(Error::BadAnswer(_))));
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })));
    assert!(wallet.show_live(MOTHER).is_ok());
}

#[test]
fn a_holding_that_was_ended_is_gone_and_the_own_codes_are_not() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let people = phone.mother_with(mothers_codes(&phone));
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    phone.run(wallet.refresh()).unwrap();
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })));
    assert!(matches!(wallet.show_nucleic_acid(CHILD), Err(Error::NotHeld { .. })));
    assert!(wallet.show_nucleic_acid(MOTHER).is_ok());

    let mut people = phone.mother_with(mothers_codes(&phone));
    people.truncate(1);
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    phone.run(wallet.refresh()).unwrap();
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotListed { .. })));
    assert_eq!(wallet.family().unwrap().len(), 1);
}

#[test]
fn a_relative_whose_key_is_lost_keeps_nobody_from_refreshing_and_can_be_held_again() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let (mothers, lost) = (phone.key(MOTHER), phone.city.roots().hot);
    let newer = phone.city.one_code(MOTHER, NOW.plus(5));
    let childs = phone.city.one_code(CHILD, NOW);
    let people = family(&phone.city, Some((&mothers, newer)), Some((&lost, childs.clone())));
    phone.post.next(path::REFRESH, answer(&everything(NOW.plus(5), people)));
    phone.run(wallet.refresh()).unwrap();
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().made.iat, NOW.plus(5));
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })));

    phone.post.next(path::HOLD, phone.held_child(childs));
    phone.run(wallet.hold(CHILD)).unwrap();
    assert!(wallet.show_live(CHILD).is_ok());
}

#[test]
fn a_holding_that_began_and_ended_between_two_refreshes_is_not_kept() {
    let phone = Phone::new();
    let wallet = phone.enrol(mothers_codes(&phone));
    phone.post.next(path::HOLD, phone.held_child(phone.city.one_code(CHILD, NOW)));
    phone.run(wallet.hold(CHILD)).unwrap();
    phone.post.received();
    // Everything is at the issuer as it was when this phone last asked; so it must not ask what has changed since.
    let people = phone.mother_with(mothers_codes(&phone));
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    phone.run(wallet.refresh()).unwrap();
    assert!(phone.post.received()[0].body["state"].is_null());
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })));
}
