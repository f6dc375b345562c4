//! Regenerating over a bad network: answers lost, others faster, retries late (design, section 4).

use suima_client::wire::path;
use suima_code::{Reason, Slot, UnixTime};
use suima_tests::city::{City, DAY, Phone, Post};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, FATHER, MOTHER};
use suima_wallet::{
    Confirmation, Doubt, Error, Made, PendingReason, PendingRegeneration, Regenerated, Resolved,
    Settled,
};

/// Both parents' phones, both holding the child, and a station.
async fn parents() -> (City, Phone, Phone, Post, Slot) {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    father.hold(child).await.unwrap();
    let post = city.synced_post("3 号台").await;
    city.clock.pass(600);
    (city, mother, father, post, child)
}

async fn ask(phone: &Phone, slot: Slot) -> Regenerated {
    phone.regenerate(phone.agreed(slot)).await.unwrap()
}

fn seen_by_others(made: &Made) -> Made {
    Made { by_this_device: false, ..made.clone() }
}

fn resolved(slot: Slot, since: UnixTime, outcome: Settled) -> Vec<Resolved> {
    vec![Resolved { slot, name: CHILD.name.into_owned(), since, outcome }]
}

#[tokio::test]
async fn the_warning_names_what_is_voided_and_the_old_code_is_void_from_then_on() {
    let (city, mother, father, post, child) = parents().await;
    let old = mother.code(child);
    let warning = mother.warning(child).unwrap();
    assert_eq!(warning.voids, Some(mother.made(child)));
    for sentence in [&warning.sentence_zh, &warning.sentence_en] {
        assert!(sentence.contains(&*CHILD.name), "{sentence}");
    }
    let Regenerated::Made { view } = mother.regenerate(warning.confirm).await.unwrap() else {
        panic!("nothing was in the way");
    };
    let now = city.clock.now();
    let made = Made { iat: now, by: MOTHER.name.into_owned(), by_this_device: true, voided: true };
    assert_eq!(view.made, made);
    assert_eq!((view.doubt, view.as_of), (None, now));
    assert_eq!(city.valid_codes(child), 1);
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&old), Err(Reason::Replaced { at: now }));
    assert_eq!(post.at_sampling(&view.text), Ok(vec![]));

    let refreshed = father.refreshed().await;
    let [news] = &refreshed.news[..] else { panic!("{refreshed:?}") };
    assert_eq!((news.slot, &*news.name), (child, &*CHILD.name));
    assert_eq!(news.made(), Some(&seen_by_others(&made)));
    assert_eq!(father.refreshed().await.news, [], "news is told once");
    assert_eq!(mother.refreshed().await.news, [], "one's own deed is no news");
}

#[tokio::test]
async fn the_answer_lost_and_another_faster_the_first_shows_the_current_code_and_who_made_it() {
    let (city, mut mother, father, post, child) = parents().await;
    let first = mother.code(child);
    let since = city.clock.now();
    mother.plan(path::REGENERATE, Mishap::AnswerLost);
    let pending = Regenerated::Pending { since, reason: PendingReason::NoAnswer };
    assert_eq!(ask(&mother, child).await, pending);

    // It was executed. The phone cannot know, shows what it has, and says that it may be void; also after a restart.
    mother.reopen();
    let view = mother.show_nucleic_acid(child).unwrap();
    assert_eq!(view.text, first);
    assert_eq!(view.doubt, Some(Doubt::RegenerationPending { since }));
    let not_after = since.plus(120);
    let pending = PendingRegeneration { slot: child, since, not_after };
    assert_eq!(mother.status().unwrap().pending, [pending]);

    city.clock.pass(30);
    father.refreshed().await;
    let second = father.code(child);
    let theirs = father.regenerated(child).await;

    city.clock.pass(30);
    let refreshed = mother.refreshed().await;
    let told = seen_by_others(&theirs);
    let overtaken = Settled::Overtaken { current: Some(told.clone()) };
    assert_eq!(refreshed.resolved, resolved(child, since, overtaken));
    let view = mother.show_nucleic_acid(child).unwrap();
    assert_eq!((&view.text, &view.made, view.doubt), (&father.code(child), &told, None));
    assert_eq!(view.made.by, FATHER.name);
    assert_eq!(city.valid_codes(child), 1);
    post.sync_fully().await;
    for void in [first, second] {
        assert_eq!(post.at_sampling(&void), Err(Reason::Replaced { at: theirs.iat }));
    }
    assert_eq!(post.at_sampling(&view.text), Ok(vec![]));
}

#[tokio::test]
async fn a_retry_by_hand_is_the_same_wish_and_makes_one_code() {
    let (city, mother, _, _, child) = parents().await;
    let since = city.clock.now();
    mother.plan(path::REGENERATE, Mishap::AnswerLost);
    let agreed = mother.agreed(child);
    mother.regenerate(agreed).await.unwrap();
    city.clock.pass(10);
    let Regenerated::Made { view } = mother.regenerate(agreed).await.unwrap() else {
        panic!("the recorded outcome is told");
    };
    assert_eq!(view.made.iat, since, "no second code was made");
    assert_eq!(city.valid_codes(child), 1);
    assert_eq!(mother.refreshed().await.resolved, [], "it was told at once");
}

#[tokio::test]
async fn a_retry_after_its_time_executes_nothing_and_says_so() {
    let (city, mut mother, father, post, child) = parents().await;
    let (first, since) = (mother.code(child), city.clock.now());
    for by_hand in [false, true] {
        let since = city.clock.now();
        mother.plan(path::REGENERATE, Mishap::RequestLost);
        assert!(matches!(ask(&mother, child).await, Regenerated::Pending { .. }));
        mother.reopen();
        city.clock.pass(121);
        if by_hand {
            assert_eq!(ask(&mother, child).await, Regenerated::TooLate);
        } else {
            let told = mother.refreshed().await.resolved;
            assert_eq!(told, resolved(child, since, Settled::TooLate));
        }
        let view = mother.show_nucleic_acid(child).unwrap();
        assert_eq!((&view.text, view.doubt), (&first, None));
    }
    assert!(mother.made(child).iat < since);
    assert_eq!(father.refreshed().await.news, []);
    assert_eq!(city.valid_codes(child), 1);
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&first), Ok(vec![]));
    assert!(matches!(ask(&mother, child).await, Regenerated::Made { .. }), "a new wish is");
}

#[tokio::test]
async fn a_request_that_arrives_at_its_last_second_is_executed() {
    let (city, mother, _, _, child) = parents().await;
    let since = city.clock.now();
    mother.plan(path::REGENERATE, Mishap::RequestLost);
    ask(&mother, child).await;
    city.clock.pass(120);
    let refreshed = mother.refreshed().await;
    assert_eq!(mother.made(child).iat, since.plus(120));
    let made = Settled::Made { made: mother.made(child) };
    assert_eq!(refreshed.resolved, resolved(child, since, made));
}

#[tokio::test]
async fn a_phone_that_was_behind_is_told_who_was_faster_and_may_ask_again() {
    let (city, mother, father, post, child) = parents().await;
    let theirs = mother.regenerated(child).await;
    city.clock.pass(120);

    // The father's phone has not refreshed: what he agreed to void is not there any more.
    let told = seen_by_others(&theirs);
    let behind = ask(&father, child).await;
    assert_eq!(behind, Regenerated::Behind { current: Some(told.clone()) });
    let sentence = behind.sentence();
    for said in [&sentence.zh, &sentence.en] {
        assert!(said.contains(&*MOTHER.name) && said.contains("9:10"), "{said}");
    }
    assert_eq!(father.code(child), mother.code(child), "nothing was voided");
    assert_eq!(father.made(child), told);
    assert_eq!(city.valid_codes(child), 1);

    // Asked whether to make another, he says yes.
    let his = father.regenerated(child).await;
    assert_eq!(his.by, FATHER.name);
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&mother.code(child)), Err(Reason::Replaced { at: his.iat }));
    assert_eq!(post.at_sampling(&father.code(child)), Ok(vec![]));
}

#[tokio::test]
async fn an_agreement_to_void_something_else_than_what_is_shown_is_sent_to_nobody() {
    let (city, mother, _, _, child) = parents().await;
    let agreed = mother.agreed(child);
    let made = mother.regenerated(child).await;
    // The same agreement once more, as from a double tap.
    let behind = Regenerated::Behind { current: Some(made.clone()) };
    assert_eq!(mother.regenerate(agreed).await.unwrap(), behind);
    let nothing_seen = Confirmation { slot: child, void: None };
    assert_eq!(mother.regenerate(nothing_seen).await.unwrap(), behind);
    assert_eq!(mother.made(child), made);
    assert_eq!(city.valid_codes(child), 1);
}

#[tokio::test]
async fn without_a_network_nothing_is_voided_and_nothing_is_in_doubt() {
    let (city, mut mother, _, _, child) = parents().await;
    let code = mother.code(child);
    mother.cut().await;
    let error = mother.regenerate(mother.agreed(child)).await.unwrap_err();
    assert!(matches!(error, Error::Offline { .. }), "{error:?}");
    let view = mother.show_nucleic_acid(child).unwrap();
    assert_eq!((&view.text, view.doubt), (&code, None));
    mother.restore();
    city.clock.pass(10);
    assert_eq!(mother.refreshed().await.resolved, []);
    assert_eq!(mother.code(child), code);
}

#[tokio::test]
async fn a_wish_outlives_the_network_it_was_sent_on() {
    let (city, mut mother, _, _, child) = parents().await;
    let since = city.clock.now();
    mother.plan(path::REGENERATE, Mishap::AnswerLost);
    let asked = ask(&mother, child).await;
    assert!(matches!(asked, Regenerated::Pending { .. }), "{asked:?}");
    mother.cut().await;
    mother.reopen();
    for _ in 0..2 {
        let error = mother.refresh().await.unwrap_err();
        assert!(matches!(error, Error::Offline { .. }), "{error:?}");
        let doubt = mother.show_nucleic_acid(child).unwrap().doubt;
        assert_eq!(doubt, Some(Doubt::RegenerationPending { since }));
    }
    mother.restore();
    city.clock.pass(3 * DAY);
    let told = mother.refreshed().await.resolved;
    let made = mother.made(child);
    assert_eq!(made.iat, since, "the outcome is remembered for days");
    assert_eq!(told, resolved(child, since, Settled::Made { made }));
}

#[tokio::test]
async fn ten_a_day_and_the_next_day_more() {
    let (city, mother, father, _, child) = parents().await;
    for _ in 0..5 {
        city.clock.pass(60);
        mother.regenerated(child).await;
        father.refreshed().await;
        city.clock.pass(60);
        father.regenerated(child).await;
        mother.refreshed().await;
    }
    let last = mother.code(child);
    city.clock.pass(60);
    assert_eq!(ask(&mother, child).await, Regenerated::UsedUp, "the tenth was the last today");
    assert_eq!(ask(&father, child).await, Regenerated::UsedUp, "whoever asks");
    let view = mother.show_nucleic_acid(child).unwrap();
    assert_eq!((&view.text, view.doubt), (&last, None));
    assert_eq!(city.valid_codes(child), 1);
    mother.regenerated(mother.owner).await;

    // Until midnight in Shanghai: it is shortly after nine in the morning.
    city.clock.pass(DAY - 10 * 3600);
    assert_eq!(ask(&mother, child).await, Regenerated::UsedUp);
    city.clock.pass(3600);
    mother.regenerated(child).await;
}
