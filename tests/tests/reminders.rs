//! Reminders, by what a real issuer tells and by the policy in force.

use suima_tests::city::{City, DAY, Phone};
use suima_tests::people::{CHILD, FATHER, MOTHER};
use suima_wallet::ReminderKind;

fn kinds(phone: &Phone) -> Vec<(ReminderKind, bool)> {
    let reminders = phone.reminders().unwrap();
    reminders.into_iter().map(|one| (one.kind, one.slot == Some(phone.owner))).collect()
}

#[tokio::test]
async fn a_phone_that_stays_offline_is_reminded_of_what_ends_and_no_other_is() {
    let city = City::new().await;
    let (mut mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    mother.hold(city.slot(&CHILD)).await.unwrap();
    assert_eq!(kinds(&mother), []);
    mother.cut().await;
    let live = (ReminderKind::LiveEnds, true);
    let childs = (ReminderKind::LiveEnds, false);
    city.clock.pass(8 * DAY);
    father.refreshed().await;
    assert_eq!(kinds(&father), []);
    mother.reopen();
    assert_eq!(kinds(&mother), [live.clone(), childs]);
    let said = mother.reminders().unwrap();
    assert!(said[0].at <= said[1].at);
    assert!(said.iter().all(|one| one.sentence.zh.contains("请在此前联网一次")), "{said:?}");

    // The 24th day: the live codes ended ten days ago, the nucleic-acid codes end in six, and nothing was claimed.
    city.clock.pass(16 * DAY);
    let codes = [(ReminderKind::NucleicAcidEnds, true), (ReminderKind::NucleicAcidEnds, false)];
    assert_eq!(kinds(&mother), codes);
    mother.restore();
    mother.refreshed().await;
    city.clock.pass(3 * DAY);
    mother.refreshed().await;
    assert_eq!(kinds(&mother), [], "there are successors");
}

#[tokio::test]
async fn the_policy_of_the_next_refresh_says_how_many_days_before() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    city.clock.pass(DAY);
    assert_eq!(kinds(&mother), []);
    city.limits(|limits| limits.reminder_days = 13);
    assert_eq!(kinds(&mother), [], "not heard of yet");
    let version = mother.status().unwrap().policy_version;
    mother.refreshed().await;
    assert_eq!(mother.status().unwrap().policy_version, version + 1);
    city.clock.pass(DAY);
    assert_eq!(kinds(&mother), [(ReminderKind::LiveEnds, true)]);
}

#[tokio::test]
async fn who_asks_for_consent_is_a_reminder_until_they_are_answered() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    mother.ask(&FATHER.id_number(), &FATHER.name).await.unwrap();
    father.refreshed().await;
    let [reminder] = &father.reminders().unwrap()[..] else { panic!() };
    assert_eq!((reminder.slot, reminder.at), (None, city.clock.now().plus(i64::from(DAY))));
    assert!(reminder.sentence.zh.starts_with(&*MOTHER.name), "{reminder:?}");
    let ReminderKind::AskWaiting { id } = &reminder.kind else { panic!("{reminder:?}") };
    father.answer(id, false).await.unwrap();
    assert_eq!(father.reminders().unwrap(), []);
}
