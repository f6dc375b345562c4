//! A saved picture: what it holds, and what the phone says of it later (R9).

use suima_client::wire::path;
use suima_code::qr::read_picture;
use suima_tests::city::{City, DAY};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, FATHER, MOTHER, STRANGER};
use suima_wallet::{Doubt, SavedCheck};

#[tokio::test]
async fn a_saved_picture_is_the_code_on_the_screen() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let picture = phone.saved_picture(phone.owner).unwrap();
    let text = read_picture(&picture).unwrap();
    assert_eq!(text, phone.code(phone.owner));
    let until = phone.show_nucleic_acid(phone.owner).unwrap().valid_until;
    let check = phone.check_saved(&text).unwrap();
    let name = MOTHER.name.into_owned();
    let (slot, as_of) = (phone.owner, city.clock.now());
    let current = SavedCheck::Current { slot, name, until, doubt: None, as_of, old: false };
    assert_eq!(check, current);
}

#[tokio::test]
async fn a_replaced_picture_says_when_and_by_whom() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    father.hold(child).await.unwrap();
    let saved = read_picture(&father.saved_picture(child).unwrap()).unwrap();

    city.clock.pass(600);
    let made = mother.regenerated(child).await;
    assert_eq!(made.iat, city.clock.now());
    let by_mother = Some(MOTHER.name.into_owned());
    let replaced = SavedCheck::Replaced { slot: child, at: made.iat, by: by_mother };
    assert_eq!(mother.check_saved(&saved).unwrap(), replaced);

    // The father's phone cannot know yet; after a refresh it does.
    assert!(matches!(father.check_saved(&saved).unwrap(), SavedCheck::Current { .. }));
    father.refreshed().await;
    assert_eq!(father.check_saved(&saved).unwrap(), replaced);
    let newer = read_picture(&father.saved_picture(child).unwrap()).unwrap();
    assert_ne!(newer, saved);
    assert!(matches!(father.check_saved(&newer).unwrap(), SavedCheck::Current { .. }));

    // Before a phone has refreshed, a newer picture than it knows is not called void.
    let late = city.phone(&FATHER).await;
    late.hold(child).await.unwrap();
    city.clock.pass(600);
    mother.regenerated(child).await;
    let newest = mother.code(child);
    assert_eq!(late.check_saved(&newest).unwrap(), SavedCheck::NotKnown { slot: child });
}

#[tokio::test]
async fn a_picture_whose_regeneration_is_in_doubt_says_so() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let saved = phone.code(phone.owner);
    let since = city.clock.now();
    phone.plan(path::REGENERATE, Mishap::RequestLost);
    phone.regenerate(phone.agreed(phone.owner)).await.unwrap();
    let SavedCheck::Current { doubt, .. } = phone.check_saved(&saved).unwrap() else {
        panic!("nothing was heard of another code");
    };
    assert_eq!(doubt, Some(Doubt::RegenerationPending { since }));
}

#[tokio::test]
async fn other_pictures_are_told_apart() {
    let city = City::new().await;
    let (mother, stranger) = (city.phone(&MOTHER).await, city.phone(&STRANGER).await);
    let own = stranger.code(stranger.owner);
    assert_eq!(mother.check_saved(&own).unwrap(), SavedCheck::NotYours);
    assert_eq!(mother.check_saved(&mother.live(mother.owner)).unwrap(), SavedCheck::NotSaved);
    let refused = |text: &str| match mother.check_saved(text).unwrap() {
        SavedCheck::Refused { reason } => reason.id(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused("https://example.com/"), "not-a-code");
    let mut altered = own.clone();
    let last = altered.pop().unwrap();
    altered.push(if last == '0' { '1' } else { '0' });
    assert_eq!(refused(&altered), "altered");

    let saved = mother.code(mother.owner);
    let at = mother.show_nucleic_acid(mother.owner).unwrap().valid_until;
    city.clock.pass(31 * DAY);
    let expired = SavedCheck::Expired { slot: mother.owner, at };
    assert_eq!(mother.check_saved(&saved).unwrap(), expired);
}
