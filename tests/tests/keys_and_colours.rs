//! What the operator does, as phones and stations meet it: health colours, keys rotated and recalled.

use suima_client::wire::path;
use suima_code::{Colour, KeyId, LineKind, Purposes, Reason};
use suima_issuer::KeyStatus;
use suima_tests::city::{City, DAY};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, FATHER, MOTHER, STRANGER};
use suima_wallet::{Resolved, Settled};

/// The keys for this purpose, by ascending id.
fn keys(city: &City, purposes: Purposes) -> Vec<KeyStatus> {
    let keys = city.issuer.keys().unwrap();
    keys.into_iter().filter(|key| key.trusted.purposes == purposes).collect()
}

#[tokio::test]
async fn a_colour_that_falls_voids_what_shows_the_better_one_and_a_better_one_voids_nothing() {
    let city = City::new().await;
    let phone = city.phone(&STRANGER).await;
    let slot = phone.owner;
    let (post, unsynced) = (city.synced_post("3 号台").await, city.synced_post("4 号台").await);
    let code = phone.code(slot);
    city.clock.pass(60);

    let at = city.clock.now();
    city.issuer.set_colour(slot, Colour::Yellow).unwrap();
    post.sync_fully().await;
    let green = phone.show_live(slot).unwrap();
    assert_eq!(green.colour, Colour::Green, "the phone has not heard of it");
    assert_eq!(post.at_gate(&green.text), Err(Reason::StatusChanged { at }));
    assert_eq!(post.at_sampling(&green.text), Err(Reason::StatusChanged { at }));
    assert_eq!(unsynced.at_gate(&green.text), Ok(vec![]));
    assert_eq!(post.at_sampling(&code), Ok(vec![]), "R5");

    phone.refreshed().await;
    let yellow = phone.show_live(slot).unwrap();
    assert_eq!((yellow.colour, yellow.colour_as_of), (Colour::Yellow, at));
    assert_eq!(post.at_gate(&yellow.text), Err(Reason::StatusNotAdmitted));
    assert_eq!(post.at_sampling(&yellow.text), Ok(vec![]));
    assert_eq!(unsynced.at_gate(&yellow.text), Err(Reason::StatusNotAdmitted));

    city.clock.pass(60);
    let sequence = post.status().unwrap().sequences.of(LineKind::Person);
    city.issuer.set_colour(slot, Colour::Green).unwrap();
    city.issuer.set_colour(slot, Colour::Green).unwrap();
    post.sync_fully().await;
    assert_eq!(post.status().unwrap().sequences.of(LineKind::Person), sequence, "no line is drawn");
    assert_eq!(post.at_sampling(&phone.live(slot)), Ok(vec![]), "the yellow one");
    phone.refreshed().await;
    assert_eq!(post.at_gate(&phone.live(slot)), Ok(vec![]));

    // Red, while nothing but the yellow one's successor is out.
    city.clock.pass(60);
    city.issuer.set_colour(slot, Colour::Red).unwrap();
    let now = city.clock.now();
    post.sync_fully().await;
    assert_eq!(post.at_gate(&phone.live(slot)), Err(Reason::StatusChanged { at: now }));
}

#[tokio::test]
async fn a_childs_colour_is_every_holders_and_nobody_elses() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    father.hold(child).await.unwrap();
    city.clock.pass(60);
    city.issuer.set_colour(child, Colour::Red).unwrap();
    let post = city.synced_post("3 号台").await;
    for phone in [&mother, &father] {
        assert_eq!(post.at_gate(&phone.live(child)).unwrap_err().id(), "status-changed");
        assert_eq!(post.at_gate(&phone.live(phone.owner)), Ok(vec![]));
        phone.refreshed().await;
        assert_eq!(post.at_gate(&phone.live(child)).unwrap_err().id(), "status-not-admitted");
    }
}

#[tokio::test]
async fn a_key_is_rotated_without_anybody_noticing() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let (post, unsynced) = (city.synced_post("3 号台").await, city.synced_post("4 号台").await);
    let trust = city.clock.now();
    let by_old = phone.code(phone.owner);
    city.clock.pass(60);
    let kid = city.issuer.rotate_key(Purposes::STATIC).unwrap();
    assert_eq!(keys(&city, Purposes::STATIC).len(), 2);

    // Published, and not used yet: stations have two days to hear of it.
    city.clock.pass(DAY);
    phone.regenerated(phone.owner).await;
    assert_eq!(unsynced.at_sampling(&phone.code(phone.owner)).map(|_| ()), Ok(()));
    post.sync_fully().await;
    city.clock.pass(DAY);
    let by_old_too = phone.code(phone.owner);
    phone.regenerated(phone.owner).await;
    let by_new = phone.code(phone.owner);
    assert_eq!(unsynced.at_sampling(&by_new), Err(Reason::UnknownKey { kid, trust }));
    assert_eq!(unsynced.at_sampling(&by_old_too).map(|_| ()), Ok(()));
    assert_eq!(post.at_sampling(&by_new).map(|_| ()), Ok(()), "it heard of the key a day ago");
    unsynced.sync_fully().await;
    assert_eq!(unsynced.at_sampling(&by_new), Ok(vec![]));
    for old in [&by_old, &by_old_too] {
        assert_eq!(unsynced.at_sampling(old).unwrap_err().id(), "replaced", "not: unknown");
    }

    // Somebody else's code by the old key goes on counting.
    let father = city.phone(&FATHER).await;
    father.refreshed().await;
    assert_eq!(unsynced.at_sampling(&father.code(father.owner)), Ok(vec![]));
}

#[tokio::test]
async fn a_phone_that_has_not_heard_of_a_new_key_regenerates_and_holds_all_the_same() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    city.issuer.rotate_key(Purposes::STATIC).unwrap();
    city.issuer.rotate_key(Purposes::CREDENTIAL).unwrap();
    city.clock.pass(3 * DAY);
    assert_eq!(mother.regenerated(mother.owner).await.iat, city.clock.now());
    let child = city.slot(&CHILD);
    father.hold(child).await.unwrap();
    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_sampling(&mother.code(mother.owner)), Ok(vec![]));
    assert_eq!(post.at_gate(&father.live(child)), Ok(vec![]));
}

#[tokio::test]
async fn a_regeneration_in_doubt_is_resolved_at_once_also_by_a_key_that_is_new() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    city.issuer.rotate_key(Purposes::STATIC).unwrap();
    city.clock.pass(3 * DAY);
    phone.plan(path::REGENERATE, Mishap::AnswerLost);
    phone.regenerate(phone.agreed(phone.owner)).await.unwrap();
    let resolved = phone.refreshed().await.resolved;
    assert!(matches!(&resolved[..], [Resolved { outcome: Settled::Made { .. }, .. }]));
    assert_eq!(phone.show_nucleic_acid(phone.owner).unwrap().doubt, None);
}

#[tokio::test]
async fn codes_by_the_old_key_count_to_their_end() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let post = city.synced_post("3 号台").await;
    for purposes in [Purposes::STATIC, Purposes::CREDENTIAL, Purposes::LISTS, Purposes::POLICY] {
        city.issuer.rotate_key(purposes).unwrap();
    }
    let (code, live) = (phone.code(phone.owner), || phone.live(phone.owner));
    for _ in 0..13 {
        city.clock.pass(DAY);
        post.sync_fully().await;
        assert_eq!(post.at_sampling(&code), Ok(vec![]));
        assert_eq!(post.at_sampling(&live()), Ok(vec![]));
    }
    phone.refreshed().await;
    assert_eq!(post.at_gate(&live()), Ok(vec![]));
    assert_eq!(phone.code(phone.owner), code);
    let status = phone.status().unwrap();
    let heard = post.status().unwrap();
    assert_eq!(
        (status.trust_version, status.policy_version),
        (heard.trust_version, heard.policy_version)
    );
}

#[tokio::test]
async fn what_a_recalled_key_signed_is_refused_and_made_anew() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let (post, unsynced) = (city.synced_post("3 号台").await, city.synced_post("4 号台").await);
    city.clock.pass(60);
    let kid_of = |purposes| -> KeyId { keys(&city, purposes)[0].trusted.kid };
    let (statics, credentials) = (kid_of(Purposes::STATIC), kid_of(Purposes::CREDENTIAL));
    let at = city.clock.now();
    city.issuer.recall_key(statics).unwrap();
    city.issuer.recall_key(credentials).unwrap();
    post.sync_fully().await;
    let (code, live) = (phone.code(phone.owner), phone.live(phone.owner));
    assert_eq!(post.at_sampling(&code), Err(Reason::KeyRecalled { kid: statics, at }));
    assert_eq!(post.at_gate(&live), Err(Reason::KeyRecalled { kid: credentials, at }));
    assert_eq!(unsynced.at_sampling(&code), Ok(vec![]), "it cannot know");
    assert_eq!(city.valid_codes(phone.owner), 0);

    assert_eq!(phone.refreshed().await.unclaimed, []);
    assert_ne!(phone.code(phone.owner), code);
    assert_eq!(post.at_sampling(&phone.code(phone.owner)), Ok(vec![]));
    assert_eq!(post.at_gate(&phone.live(phone.owner)), Ok(vec![]));
    assert_eq!(city.valid_codes(phone.owner), 1);
}

#[tokio::test]
async fn a_recalled_key_for_lists_says_nothing_any_more() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let post = city.synced_post("3 号台").await;
    let old = phone.code(phone.owner);
    city.clock.pass(60);
    phone.regenerated(phone.owner).await;
    post.sync_fully().await;
    city.clock.pass(60);
    for purposes in [Purposes::LISTS, Purposes::POLICY] {
        city.issuer.recall_key(keys(&city, purposes)[0].trusted.kid).unwrap();
    }
    phone.regenerated(phone.owner).await;
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&old).unwrap_err().id(), "replaced", "what was known stays known");
    assert_eq!(post.at_sampling(&phone.code(phone.owner)), Ok(vec![]));
}
