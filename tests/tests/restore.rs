//! The issuer's disk is lost, and an hour-old backup put back, under real wallets and stations.

use suima_code::{Colour, Reason};
use suima_tests::city::{City, DAY};
use suima_tests::people::{CHILD, DAUGHTER, FATHER, MOTHER, STRANGER};

const HOUR: u32 = 3600;

#[tokio::test]
async fn nothing_that_was_voided_comes_back_and_everybody_goes_on() {
    let mut city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let (child, daughter) = (city.slot(&CHILD), city.slot(&DAUGHTER));
    let (stranger, lost) = (city.phone(&STRANGER).await, city.phone(&STRANGER).await);
    assert!(stranger.refresh().await.is_err(), "a new phone ends the one before");
    mother.hold(child).await.unwrap();
    father.hold(child).await.unwrap();
    let post = city.synced_post("3 号台").await;
    let backup = city.back_up();

    // An hour in which everything is voided that can be.
    city.clock.pass(HOUR / 2);
    let replaced = mother.code(child);
    let made = mother.regenerated(child).await;
    let current = mother.code(child);
    post.sync_fully().await;
    mother.hold(daughter).await.unwrap();
    mother.refreshed().await;
    let fathers = mother.holders(child).unwrap();
    let fathers = fathers.iter().find(|holder| holder.name == FATHER.name).unwrap().holding;
    let kept = father.code(child);
    mother.end_holding(child, fathers).await.unwrap();
    city.issuer.set_colour(father.owner, Colour::Yellow).unwrap();
    let found = city.phone(&STRANGER).await;
    city.clock.pass(HOUR / 2);
    let before = post.status().unwrap().sequences;

    city.put_back(&backup).await;
    assert!(city.issuer.replayed().unwrap().acts > 5);
    assert_eq!(city.valid_codes(child), 1);
    let fresh = city.synced_post("4 号台").await;
    post.sync_fully().await;
    assert!(post.status().unwrap().sequences.reach(before));
    for station in [&fresh, &post] {
        for old in [&replaced, &kept].into_iter().filter(|old| **old != current) {
            assert_eq!(station.at_sampling(old), Err(Reason::Replaced { at: made.iat }));
        }
        assert_eq!(station.at_sampling(&current), Ok(vec![]));
        // The holding that was ended, the colour that fell, the phone that was lost.
        let ended = station.at_gate(&father.live(child)).unwrap_err();
        assert!(matches!(ended, Reason::HoldingEnded { .. }), "{ended:?}");
        let fell = station.at_gate(&father.live(father.owner)).unwrap_err();
        assert!(matches!(fell, Reason::StatusChanged { .. }), "{fell:?}");
        let gone = station.at_gate(&lost.live(lost.owner)).unwrap_err();
        assert!(matches!(gone, Reason::DeviceReplaced { .. }), "{gone:?}");
        assert_eq!(station.at_gate(&mother.live(child)), Ok(vec![]));
        assert_eq!(station.at_gate(&mother.live(daughter)), Ok(vec![]));
        assert_eq!(station.at_gate(&found.live(found.owner)), Ok(vec![]));
    }

    // Wallets notice nothing, and the next code is newer than any before.
    mother.refreshed().await;
    assert_eq!(mother.code(child), current);
    city.clock.pass(1);
    let next = mother.regenerated(child).await;
    assert!(next.iat > made.iat);
    assert_eq!(city.valid_codes(child), 1);
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&current), Err(Reason::Replaced { at: next.iat }));
    assert_eq!(post.at_sampling(&mother.code(child)), Ok(vec![]));
}

#[tokio::test]
async fn where_the_journal_is_lost_too_everything_is_voided_and_made_anew() {
    let mut city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    let post = city.synced_post("3 号台").await;
    let backup = city.back_up();
    city.clock.pass(HOUR / 2);
    let replaced = mother.code(child);
    let made = mother.regenerated(child).await;
    let current = mother.code(child);
    post.sync_fully().await;
    let before = post.status().unwrap().sequences;
    city.clock.pass(HOUR / 2);

    city.put_back_without_journal(&backup).await;
    let restored = city.clock.now();
    assert_eq!(city.valid_codes(child), 0);
    let fresh = city.synced_post("4 号台").await;
    post.sync_fully().await;
    let after = post.status().unwrap().sequences;
    assert!(after.reach(before) && after != before);
    for station in [&fresh, &post] {
        for old in [&replaced, &current] {
            assert_eq!(station.at_sampling(old), Err(Reason::Replaced { at: restored }));
        }
        let void = station.at_sampling(&mother.live(child)).unwrap_err();
        assert!(matches!(void, Reason::StatusChanged { .. }), "{void:?}");
    }

    mother.refreshed().await;
    let anew = mother.made(child);
    assert!(anew.iat > made.iat && anew.iat >= restored);
    assert_eq!(city.valid_codes(child), 1);
    for station in [&fresh, &post] {
        station.sync_fully().await;
        assert_eq!(station.at_sampling(&mother.code(child)), Ok(vec![]));
        assert_eq!(station.at_gate(&mother.live(child)), Ok(vec![]));
    }
    // And it goes on as if nothing had been.
    city.clock.pass(DAY);
    mother.regenerated(child).await;
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&mother.code(child)), Ok(vec![]));
}
