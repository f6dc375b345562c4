//! Calls that are cancelled: dropped at every point at which they wait, as a shell's handle does.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use suima_tests::city::City;
use suima_tests::people::{CHILD, FATHER, MOTHER};

/// Polls `work` until it is done, or has had to wait once more than `waits` times: then it is dropped there.
async fn dropped_after<T>(waits: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = waits;
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// How often a call has to be dropped for the test to have tried something: it connects, sends and is answered.
const LEAST: usize = 3;

#[tokio::test]
async fn a_regeneration_cancelled_anywhere_ends_with_the_one_code_that_counts() {
    let city = City::new().await;
    city.limits(|limits| limits.regenerations_per_day = 1000);
    let (phone, post) = (city.phone(&MOTHER).await, city.synced_post("真相").await);
    let child = city.slot(&CHILD);
    phone.hold(child).await.unwrap();

    let mut dropped = 0;
    for waits in 0.. {
        city.clock.pass(60);
        let confirm = phone.agreed(child);
        let done = dropped_after(waits, phone.regenerate(confirm)).await;
        let in_doubt = phone.show_nucleic_acid(child).unwrap().doubt.is_some();
        let finished = done.is_some();
        // Dropped once it was on the disk: until somebody knows, the screen says so.
        assert!(!(finished && in_doubt), "after {waits} waits");
        phone.refreshed().await;
        city.one_code_counts_and_is_shown(&phone, &post, child).await;
        if finished {
            break;
        }
        dropped += 1;
    }
    assert!(dropped >= LEAST, "{dropped}");
}

#[tokio::test]
async fn an_enrolment_cancelled_anywhere_is_one_enrolment_when_it_is_tried_again() {
    let city = City::new().await;
    let mut dropped = 0;
    for waits in 0.. {
        let owner = city.slot(&FATHER);
        let phone = city.new_phone(owner, city.clock.clone()).await;
        let code = city.issuer.activation_code(owner).unwrap();
        let done = dropped_after(waits, phone.enrol(&code)).await;
        if let Some(done) = done {
            done.unwrap();
            break;
        }
        dropped += 1;
        // The same code again: it was not used up for nothing.
        phone.enrol(&code).await.unwrap();
        phone.refreshed().await;
        assert!(phone.status().unwrap().enrolled);
    }
    assert!(dropped >= LEAST, "{dropped}");
}

#[tokio::test]
async fn a_refresh_cancelled_anywhere_loses_no_news() {
    let city = City::new().await;
    city.limits(|limits| limits.regenerations_per_day = 1000);
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    father.hold(child).await.unwrap();

    let mut dropped = 0;
    for waits in 0.. {
        city.clock.pass(60);
        mother.refreshed().await;
        father.refreshed().await;
        city.clock.pass(60);
        father.regenerated(child).await;
        let told = if let Some(done) = dropped_after(waits, mother.refresh()).await {
            done.unwrap()
        } else {
            dropped += 1;
            let again = mother.refreshed().await;
            assert_eq!(again.news.len(), 1, "after {waits} waits: {:?}", again.news);
            continue;
        };
        assert_eq!(told.news.len(), 1, "{:?}", told.news);
        break;
    }
    assert!(dropped >= LEAST, "{dropped}");
}

#[tokio::test]
async fn an_upload_cancelled_anywhere_leaves_every_registration_there_once() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let me = city.slot(&MOTHER);
    let post = city.synced_post("核酸点").await;
    post.open_session("人民广场", "小李").unwrap();

    let (mut dropped, mut registered) = (0, 0);
    for waits in 0.. {
        city.clock.pass(60);
        post.open_tube(&format!("TUBE-{waits:04}"), 1).unwrap();
        post.registered(&phone.live(me));
        registered += 1;
        post.seal(1, None).unwrap();
        let done = dropped_after(waits, post.upload()).await;
        if done.is_none() {
            dropped += 1;
        }
        post.upload().await.unwrap();
        assert_eq!(post.status().unwrap().waiting, 0);
        assert_eq!(city.issuer.registrations().unwrap().len(), registered);
        if done.is_some() {
            break;
        }
    }
    assert!(dropped >= LEAST, "{dropped}");
}
