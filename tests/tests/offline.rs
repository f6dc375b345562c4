//! Everything shown with no network, from a wallet that was closed and opened again; and phones with a wrong clock.

use suima_code::{Colour, Reason, Slot, UnixTime};
use suima_tests::city::{City, DAY, Phone, Post};
use suima_tests::people::{CHILD, DAUGHTER, MOTHER};
use suima_wallet::{ClockStatus, Error, LiveSummary, NucleicAcidSummary, Relation};

const DAYS: i64 = DAY as i64;

/// A mother's phone that holds her son, and a station that knows everything.
async fn mother() -> (City, Phone, Post, Slot) {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let child = city.slot(&CHILD);
    phone.hold(child).await.unwrap();
    let post = city.synced_post("3 号台").await;
    (city, phone, post, child)
}

/// The end of a day in Shanghai, `days` days after the day on which the clock starts.
fn end_of_day(days: i64) -> UnixTime {
    // The clock starts at nine in the morning.
    suima_tests::platform::HandClock::START.plus(15 * 3600 + days * DAYS)
}

#[tokio::test]
async fn a_phone_without_network_shows_everything_from_a_closed_process() {
    let (city, mut phone, mut post, child) = mother().await;
    let as_of = city.clock.now();
    let slots = [phone.owner, child];
    let codes = slots.map(|slot| phone.code(slot));
    phone.cut().await;
    post.cut().await;
    phone.reopen();
    post.reopen();
    city.clock.pass(3 * 3600);

    let family = phone.family().unwrap();
    let seen: Vec<_> = family.iter().map(|one| (&*one.name, one.relation, one.held)).collect();
    let expected = [
        (&*MOTHER.name, Relation::Oneself, true),
        (&*CHILD.name, Relation::Child, true),
        (&*DAUGHTER.name, Relation::Child, false),
    ];
    assert_eq!(seen, expected);
    for (person, (slot, code)) in family.iter().zip(slots.iter().zip(&codes)) {
        let counts_until = as_of.plus(14 * DAYS);
        let summary = LiveSummary { colour: Colour::Green, colour_as_of: as_of, counts_until };
        assert_eq!(person.live, Some(summary));
        let until = end_of_day(30 - 1);
        assert_eq!(person.nucleic_acid, NucleicAcidSummary::Valid { until });

        let live = phone.show_live(*slot).unwrap();
        assert_eq!((live.as_of, live.colour_as_of), (as_of, as_of));
        assert_eq!(live.colour_counts_until, as_of.plus(DAYS));
        assert_eq!((live.counts_until, live.clock), (counts_until, ClockStatus::Right));
        let now = city.clock.now();
        assert_eq!((live.drawn_at, live.redraw_at), (now, now.plus(10)));
        assert_eq!(live.notices.len(), 1, "how old it is: {:?}", live.notices);
        assert_eq!(post.at_sampling(&live.text).map(|cautions| cautions.len()), Ok(1));
        assert!(post.at_gate(&live.text).is_ok());

        let shown = phone.show_nucleic_acid(*slot).unwrap();
        assert_eq!((&shown.text, shown.valid_until, shown.as_of), (code, until, as_of));
        assert_eq!(shown.last_day, "2026-12-21");
        assert!(post.at_sampling(code).is_ok());
    }
    assert_eq!(phone.status().unwrap().as_of, Some(as_of));
    let error = phone.refresh().await.unwrap_err();
    assert!(matches!(error, Error::Offline { .. }), "{error:?}");
    let daughter = city.slot(&DAUGHTER);
    assert!(matches!(phone.show_live(daughter), Err(Error::NotHeld { slot }) if slot == daughter));
}

#[tokio::test]
async fn a_live_code_is_drawn_anew_and_a_picture_of_it_goes_stale() {
    let (city, phone, post, _) = mother().await;
    let picture = phone.live(phone.owner);
    city.clock.pass(60);
    assert_eq!(post.at_gate(&picture), Ok(vec![]));
    city.clock.pass(60);
    assert_eq!(post.at_gate(&picture), Err(Reason::Stale { by: 120 }));
    assert_eq!(post.at_sampling(&picture), Err(Reason::Stale { by: 120 }));
    assert_eq!(post.at_gate(&phone.live(phone.owner)), Ok(vec![]));
}

#[tokio::test]
async fn a_credential_lasts_fourteen_days_offline_and_its_colour_one() {
    let (city, mut phone, post, child) = mother().await;
    let as_of = city.clock.now();
    phone.cut().await;
    city.clock.pass(DAY);
    post.sync_fully().await;
    assert_eq!(post.at_gate(&phone.live(child)), Ok(vec![]));
    city.clock.pass(1);
    assert_eq!(post.at_gate(&phone.live(child)), Err(Reason::StatusTooOld { at: as_of }));
    assert_eq!(post.at_sampling(&phone.live(child)), Ok(vec![]), "sampling asks for no colour");
    assert!(phone.show_live(child).unwrap().notices.len() > 1, "and the phone says so");

    let end = as_of.plus(14 * DAYS);
    city.clock.pass(13 * DAY - 2);
    phone.reopen();
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&phone.live(child)), Ok(vec![]));
    let last = phone.live(child);
    city.clock.pass(1);
    assert_eq!(city.clock.now(), end);
    assert!(matches!(phone.show_live(child), Err(Error::LiveExpired { at }) if at == end));
    assert_eq!(phone.family().unwrap()[1].live, None);
    assert_eq!(post.at_sampling(&last), Err(Reason::Expired { at: end }));
    phone.show_nucleic_acid(child).unwrap();

    phone.restore();
    phone.refreshed().await;
    assert_eq!(post.at_sampling(&phone.live(child)), Ok(vec![]));
}

#[tokio::test]
async fn the_successor_takes_over_offline_with_no_gap() {
    let (city, mut phone, post, child) = mother().await;
    let first = phone.show_nucleic_acid(child).unwrap();
    assert_eq!(first.valid_until, end_of_day(29));
    // Claimed ahead by now, whatever moment of the week this phone has for itself.
    city.clock.pass(27 * DAY);
    phone.refreshed().await;
    assert_eq!(phone.code(child), first.text, "claiming voids nothing");
    assert_eq!(city.valid_codes(child), 1);
    phone.cut().await;
    phone.reopen();

    let left = first.valid_until.since(city.clock.now());
    city.clock.pass(u32::try_from(left - 1).unwrap());
    post.sync_fully().await;
    assert_eq!(phone.code(child), first.text);
    assert_eq!(post.at_sampling(&first.text), Ok(vec![]));
    city.clock.pass(1);
    let second = phone.show_nucleic_acid(child).unwrap();
    assert_ne!(second.text, first.text);
    assert_eq!(second.valid_until, end_of_day(59));
    assert_eq!(post.at_sampling(&second.text), Ok(vec![]));
    assert_eq!(post.at_sampling(&first.text), Err(Reason::Expired { at: first.valid_until }));
    assert_eq!(city.valid_codes(child), 1);
    assert!(!second.made.voided);

    city.clock.pass(30 * DAY);
    let end = second.valid_until;
    assert!(matches!(phone.show_nucleic_acid(child), Err(Error::Expired { at }) if at == end));
    assert_eq!(phone.family().unwrap()[1].nucleic_acid, NucleicAcidSummary::Expired { at: end });
    phone.restore();
    phone.refreshed().await;
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&phone.code(child)), Ok(vec![]), "and a new one is made");
}

#[tokio::test]
async fn regenerating_voids_a_successor_that_nobody_has_seen_yet() {
    let (city, phone, post, child) = mother().await;
    city.clock.pass(28 * DAY);
    phone.refreshed().await;
    let first = phone.code(child);
    let made = phone.regenerated(child).await;
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&first), Err(Reason::Replaced { at: made.iat }));
    city.clock.pass(DAY * 5);
    assert_eq!(city.valid_codes(child), 1, "the successor's time has come, and it is void");
    assert_eq!(phone.made(child).iat, made.iat);
}

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_still_shows_codes_that_count_and_says_so() {
    let city = City::new().await;
    let post = city.synced_post("3 号台").await;
    for by_seconds in [-3 * 3600, -61, 61, 400 * DAYS] {
        let wrong = city.clock.wrong_by(by_seconds);
        let mut phone = city.phone_with_clock(&MOTHER, wrong).await;
        post.sync_fully().await;
        phone.cut().await;
        phone.reopen();
        for _ in 0..2 {
            city.clock.pass(1800);
            let live = phone.show_live(phone.owner).unwrap();
            assert_eq!(live.drawn_at, city.clock.now());
            assert_eq!(live.clock, ClockStatus::Wrong { by_seconds });
            assert_eq!(phone.status().unwrap().clock, live.clock);
            assert!(!live.notices.is_empty());
            assert_eq!(post.at_sampling(&live.text), Ok(vec![]));
            assert_eq!(post.at_gate(&live.text), Ok(vec![]));
            assert_eq!(post.at_sampling(&phone.code(phone.owner)), Ok(vec![]));
            // Also after the phone was turned off and on, by how wrong the clock was before.
            phone.restart();
        }
        phone.restore();
        phone.regenerated(phone.owner).await;
        assert_eq!(phone.made(phone.owner).iat, city.clock.now());
    }
    let right = city.phone_with_clock(&MOTHER, city.clock.wrong_by(5)).await;
    assert_eq!(right.status().unwrap().clock, ClockStatus::Right);
}

#[tokio::test]
async fn a_clock_set_wrong_while_the_phone_is_off_is_set_right_by_the_next_request() {
    let city = City::new().await;
    let post = city.synced_post("3 号台").await;
    let mut phone = city.phone(&MOTHER).await;
    // With the phone off nothing can tell how much time passed: its word is taken until the issuer is heard.
    phone.set_clock_wrong(7200);
    phone.restart();
    city.clock.pass(600);
    assert_eq!(phone.show_live(phone.owner).unwrap().clock, ClockStatus::Unchecked);
    assert_eq!(post.at_sampling(&phone.live(phone.owner)), Err(Reason::Ahead { by: 7200 }));

    let agreed = phone.agreed(phone.owner);
    phone.regenerate(agreed).await.unwrap();
    assert_eq!(phone.made(phone.owner).iat, city.clock.now());
    let live = phone.show_live(phone.owner).unwrap();
    assert_eq!(live.clock, ClockStatus::Wrong { by_seconds: 7200 });
    assert_eq!(post.at_sampling(&live.text), Ok(vec![]));
    assert_eq!(city.valid_codes(phone.owner), 1);
}
