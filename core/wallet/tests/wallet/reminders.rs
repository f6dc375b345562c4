//! What to be reminded of, in which order, and when no more.

use suima_client::wire::{
    Ask, AskedAct, AskingPlace, Challenge, Eligibility, Paper, PaperCode, RefreshResponse,
};
use suima_code::{Policy, UnixTime};
use suima_wallet::{Reminder, ReminderKind, Wallet};

use crate::support::{CHILD, MOTHER, NOW, Phone, THIRTY_DAYS, made};

const DAY: i64 = 86_400;

/// What ends, whose, and in how many seconds.
fn listed(wallet: &Wallet, now: UnixTime) -> Vec<(ReminderKind, Option<u32>, i64)> {
    let reminders = wallet.reminders().unwrap();
    let one = |one: Reminder| (one.kind, one.slot.map(|slot| slot.0), one.at.since(now));
    reminders.into_iter().map(one).collect()
}

fn told(phone: &Phone, wallet: &Wallet, change: impl FnOnce(&mut RefreshResponse)) {
    phone.next_refresh(phone.both(), change);
    phone.run(wallet.refresh()).unwrap();
}

#[test]
fn what_waits_and_what_ends_comes_in_the_order_of_its_time() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    told(&phone, &wallet, |body| {
        let ask =
            |id: &str, expires| Ask {
                id: id.to_owned(), by: "王强".to_owned(), at: NOW, expires
            };
        body.asks = vec![ask("a", NOW.plus(DAY)), ask("b", NOW.plus(60))];
        body.challenges = vec![Challenge {
            id: "0123456789ABCDEFGHJKMNPQRS".to_owned(),
            place: AskingPlace::Portal,
            place_name: "Chromium".to_owned(),
            check: "42".to_owned(),
            began: NOW,
            expires: NOW.plus(60),
            act: AskedAct::LogIn,
        }];
        let code = PaperCode {
            iat: NOW,
            exp: NOW.plus(7 * DAY),
            serial: "0123-4567-89AB".to_owned(),
            by: "王强".to_owned(),
            place: "市民中心3号机".to_owned(),
        };
        body.people.as_mut().unwrap()[1].paper = Some(Paper {
            current: Some(code),
            eligibility: Eligibility::Minor,
            reported_lost: None,
        });
    });
    wallet.close().unwrap();
    let wallet = phone.open_offline();
    let id = "0123456789ABCDEFGHJKMNPQRS".to_owned();
    assert_eq!(
        listed(&wallet, NOW),
        [
            (ReminderKind::ChallengeWaiting { id }, None, 60),
            (ReminderKind::AskWaiting { id: "b".to_owned() }, None, 60),
            (ReminderKind::AskWaiting { id: "a".to_owned() }, None, DAY),
            (ReminderKind::PaperEnds, Some(CHILD.0), 7 * DAY),
        ]
    );
    let said: Vec<String> =
        wallet.reminders().unwrap().into_iter().map(|one| one.sentence.zh).collect();
    assert_eq!(said[0], "PC端（Chromium）等待您确认。请在2026-11-22 09:01前答复。");
    assert!(said[3].contains("王小明的离线码有效至2026-11-29"), "{}", said[3]);
    phone.platform.pass(60);
    assert_eq!(listed(&wallet, NOW).len(), 2, "what is over does not wait");
}

#[test]
fn live_codes_are_reminded_of_before_and_after_their_end_for_as_long_as_policy_says() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    told(&phone, &wallet, |body| {
        let mut policy = Policy::standard(2, NOW);
        policy.limits.reminder_days = 3;
        body.policy = Some(phone.city.sign_policy(&policy));
    });
    let (ends, both) = (NOW.plus(14 * DAY), [(MOTHER, "李梅"), (CHILD, "王小明")]);
    let expected = both.map(|(slot, _)| (ReminderKind::LiveEnds, Some(slot.0), 0));
    for (at, there, said) in [
        (ends.plus(-3 * DAY - 1), false, ""),
        (ends.plus(-3 * DAY), true, "离线使用至2026-12-06 09:00"),
        (ends, true, "已于2026-12-06 09:00到期"),
        (ends.plus(3 * DAY), true, "已于2026-12-06 09:00到期"),
        (ends.plus(3 * DAY + 1), false, ""),
    ] {
        phone.platform.pass_until(at);
        let expected = if there { &expected[..] } else { &[] };
        assert_eq!(listed(&wallet, ends), expected, "{at}");
        for (reminder, (_, name)) in wallet.reminders().unwrap().iter().zip(both) {
            let sentence = &reminder.sentence.zh;
            assert!(sentence.contains(name) && sentence.contains(said), "{sentence}");
        }
    }
}

#[test]
fn a_nucleic_acid_code_is_reminded_of_unless_one_follows_it() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let mut childs = phone.city.one_code(CHILD, NOW);
    let next = made(NOW.plus(1), "李梅", true, false);
    childs.successor = Some(phone.city.code(CHILD, next, Some(THIRTY_DAYS)));
    phone.next_refresh(phone.both_with(phone.city.one_code(MOTHER, NOW), childs), |_| ());
    phone.run(wallet.refresh()).unwrap();
    phone.platform.pass_until(THIRTY_DAYS.plus(-DAY));
    let codes = |wallet: &Wallet| {
        let mut listed = listed(wallet, THIRTY_DAYS);
        listed.retain(|(kind, ..)| *kind == ReminderKind::NucleicAcidEnds);
        listed
    };
    assert_eq!(codes(&wallet), [(ReminderKind::NucleicAcidEnds, Some(MOTHER.0), 0)]);
    phone.platform.pass_until(THIRTY_DAYS.plus(30 * DAY));
    assert_eq!(codes(&wallet), [(ReminderKind::NucleicAcidEnds, Some(CHILD.0), 30 * DAY)]);
}
