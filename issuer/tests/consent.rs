//! Consent of adults: asking, answering, the one-time code, and what an operator decides.

mod support;

use suima_client::wire::{AskRequest, AskResponse, HoldResponse, ProblemId, Relation, path};
use suima_code::{Cause, Credential, HoldingNumber, LineKind, Slot};
use suima_issuer::Error;
use support::{City, Phone, id_number};

/// Li Mei and her mother, who is of age and has a phone.
struct Two<'a> {
    city: &'a City,
    daughter: Phone<'a>,
    mother: Phone<'a>,
    slots: [Slot; 2],
}

const MOTHER: &str = "陈芳";

impl<'a> Two<'a> {
    async fn new(city: &'a City) -> Self {
        let slots = [city.person("19800203", 1, "李梅"), city.person("19551130", 2, MOTHER)];
        let [daughter, mother] = [city.phone(slots[0]).await, city.phone(slots[1]).await];
        Self { city, daughter, mother, slots }
    }

    fn mothers_number() -> String {
        id_number("19551130", 2)
    }

    fn mothers_number_as_typed() -> String {
        let number = Self::mothers_number();
        format!("{} {} {}", &number[..6], &number[6..14], &number[14..]).to_lowercase()
    }

    /// The code that the mother's phone shows, once she was asked and has agreed.
    async fn code(&self) -> String {
        self.daughter.ask(&Self::mothers_number(), MOTHER).await.unwrap();
        let ask = self.mother.refresh(None).await.unwrap().asks.remove(0);
        self.mother.answer(&ask.id, true).await.unwrap().code.unwrap()
    }

    async fn held(&self) -> HoldResponse {
        self.daughter.redeem(&self.code().await, &self.city.key()).await.unwrap()
    }
}

fn number(held: &HoldResponse) -> HoldingNumber {
    held.person.holding.as_ref().unwrap().number
}

/// Eight digits that are not these.
fn other(code: &str) -> String {
    format!("{:08}", (code.parse::<u32>().unwrap() + 1) % 100_000_000)
}

#[tokio::test]
async fn an_adult_agrees_on_their_own_phone_and_tells_the_code() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let answer = two.daughter.ask(&Two::mothers_number_as_typed(), " 陈 芳").await.unwrap();
    assert_eq!(answer.expires, city.clock_now().plus(86_400));
    let asks = two.mother.refresh(None).await.unwrap().asks;
    assert_eq!(asks.len(), 1);
    assert_eq!((asks[0].by.as_str(), asks[0].expires), ("李梅", answer.expires));
    assert_eq!(two.daughter.people().await.len(), 1, "asking alone allows nothing");

    let agreed = two.mother.answer(&asks[0].id, true).await.unwrap();
    assert_eq!(agreed.expires, city.clock_now().plus(600));
    let code = agreed.code.unwrap();
    assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    // The answer lost, the same is given again.
    assert_eq!(two.mother.answer(&asks[0].id, true).await.unwrap().code.unwrap(), code);
    assert_eq!(two.daughter.people().await.len(), 1, "nor does agreeing, before the code is told");

    let typed = format!(" {}-{} ", &code[..4], &code[4..]);
    let held = two.daughter.redeem(&typed, &city.key()).await.unwrap();
    assert_eq!((held.person.slot, held.person.relation), (two.slots[1], Relation::Relative));
    let (trust, _) = city.newest();
    let credential = held.person.holding.unwrap().credential.0;
    assert!(Credential::parse(&credential, &trust, city.clock_now()).unwrap().relative);
    assert!(two.mother.refresh(None).await.unwrap().asks.is_empty());
    // What R2 says: who holds the relative code may have a nucleic-acid code made.
    assert!(two.daughter.claim(two.slots[1]).await.unwrap().current.is_some());
}

#[tokio::test]
async fn the_code_is_good_for_the_askers_phone_alone_and_for_ten_minutes() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let stranger = city.phone(city.person("19900101", 3, "赵六")).await;
    let code = two.code().await;
    let refused = stranger.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
    let key = city.key();
    let held = two.daughter.redeem(&code, &key).await.unwrap();
    // The answer lost, the same is given again; a new key in place of a lost one too, until the code expires.
    assert_eq!(number(&two.daughter.redeem(&code, &key).await.unwrap()), number(&held));
    city.clock.pass(599);
    let again = two.daughter.redeem(&code, &city.key()).await.unwrap();
    assert_ne!(number(&again), number(&held));
    city.clock.pass(1);
    let refused = two.daughter.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
}

#[tokio::test]
async fn five_wrong_codes_void_whatever_was_asked() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let code = two.code().await;
    for _ in 0..4 {
        let refused = two.daughter.redeem(&other(&code), &city.key()).await.unwrap_err();
        assert_eq!(refused, ProblemId::OneTimeCodeRefused);
    }
    let held = two.daughter.redeem(&code, &city.key()).await.unwrap();
    two.mother.end(two.slots[1], number(&held)).await.unwrap();

    let code = two.code().await;
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    for _ in 0..5 {
        two.daughter.redeem(&other(&code), &city.key()).await.unwrap_err();
    }
    let refused = two.daughter.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
    assert!(two.mother.refresh(None).await.unwrap().asks.is_empty(), "open questions too");
}

#[tokio::test]
async fn who_declines_is_not_held_and_a_code_not_used_yet_can_be_taken_back() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    let ask = two.mother.refresh(None).await.unwrap().asks.remove(0).id;
    assert_eq!(two.mother.answer(&ask, false).await.unwrap().code, None);
    assert_eq!(two.mother.answer(&ask, true).await.unwrap_err(), ProblemId::NotAllowed);

    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    let ask = two.mother.refresh(None).await.unwrap().asks.remove(0).id;
    let code = two.mother.answer(&ask, true).await.unwrap().code.unwrap();
    assert_eq!(two.mother.answer(&ask, false).await.unwrap().code, None);
    let refused = two.daughter.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
    assert_eq!(two.daughter.people().await.len(), 1);
}

#[tokio::test]
async fn a_question_lives_for_a_day_and_is_answered_by_who_was_asked() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    let ask = two.mother.refresh(None).await.unwrap().asks.remove(0).id;
    assert_eq!(two.daughter.answer(&ask, true).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(two.mother.answer("no such", true).await.unwrap_err(), ProblemId::NotAllowed);
    city.clock.pass(86_400);
    assert!(two.mother.refresh(None).await.unwrap().asks.is_empty());
    assert_eq!(two.mother.answer(&ask, true).await.unwrap_err(), ProblemId::NotAllowed);
    // Asked twice, they see one question.
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    assert_eq!(two.mother.refresh(None).await.unwrap().asks.len(), 1);
}

#[tokio::test]
async fn questions_go_to_adults_with_a_phone_other_than_the_asker() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let minor = city.phone(city.person("20120101", 4, "王一")).await;
    two.daughter.ask(&id_number("20120101", 4), "王一").await.unwrap();
    assert!(minor.refresh(None).await.unwrap().asks.is_empty(), "a minor");
    two.daughter.ask(&id_number("19800203", 1), "李梅").await.unwrap();
    assert!(two.daughter.refresh(None).await.unwrap().asks.is_empty(), "oneself");
    two.daughter.ask(&Two::mothers_number(), "陈芬").await.unwrap();
    assert!(two.mother.refresh(None).await.unwrap().asks.is_empty(), "the number alone");
    // Somebody who gets a phone later is not asked by what was asked before.
    let late = city.person("19700101", 5, "周七");
    two.daughter.ask(&id_number("19700101", 5), "周七").await.unwrap();
    let late = city.phone(late).await;
    assert!(late.refresh(None).await.unwrap().asks.is_empty());
    // A phone that was replaced cannot redeem any more, so its question is gone.
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    city.phone(two.slots[0]).await;
    assert!(two.mother.refresh(None).await.unwrap().asks.is_empty());
}

#[tokio::test]
async fn the_relative_sees_who_holds_and_ending_it_takes_back_the_consent() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let held = two.held().await;
    city.clock.pass(3600);
    let own = two.mother.person(two.slots[1]).await.unwrap();
    assert_eq!(own.holders.len(), 1);
    assert_eq!((own.holders[0].name.as_str(), own.holders[0].this_device), ("李梅", false));
    assert_eq!((own.holders[0].holding, own.holders[0].since), (number(&held), held.time));
    assert!(two.daughter.people().await.iter().all(|person| person.holders.is_empty()));

    let mut station = city.station("3 号台").await;
    let told = two.mother.end(two.slots[1], number(&held)).await.unwrap();
    assert!(told.person.unwrap().holders.is_empty());
    // Once more, because the answer was lost.
    two.mother.end(two.slots[1], number(&held)).await.unwrap();
    assert!(station.sync().await);
    let line = station.known.line(LineKind::Holding, number(&held).into()).unwrap();
    assert_eq!((line.before, line.cause), (city.clock_now(), Cause::HoldingEnded));
    assert_eq!(two.daughter.person(two.slots[1]).await, None);
    let refused = two.daughter.hold(two.slots[1], &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::NotAllowed);
    assert_eq!(two.daughter.claim(two.slots[1]).await.unwrap_err(), ProblemId::NotAllowed);
    // Her own live code is untouched (R5).
    let own = two.mother.person(two.slots[1]).await.unwrap().holding.unwrap().number;
    assert_eq!(station.known.line(LineKind::Holding, own.into()), None);
}

#[tokio::test]
async fn a_code_used_before_revives_no_consent_that_was_taken_back() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let code = two.code().await;
    let held = two.daughter.redeem(&code, &city.key()).await.unwrap();
    two.mother.end(two.slots[1], number(&held)).await.unwrap();
    let refused = two.daughter.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
}

#[tokio::test]
async fn ending_what_a_new_phone_ended_meanwhile_takes_back_the_consent_all_the_same() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let shown = number(&two.held().await);
    city.clock.pass(10);
    // The mother's phone still shows the holding on the daughter's phone of before.
    let daughter = city.phone(two.slots[0]).await;
    daughter.hold(two.slots[1], &city.key()).await.unwrap();
    two.mother.end(two.slots[1], shown).await.unwrap();
    assert!(two.mother.person(two.slots[1]).await.unwrap().holders.is_empty());
    let refused = daughter.hold(two.slots[1], &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::NotAllowed);

    // Sent once more, it takes back no consent that was given since.
    city.clock.pass(10);
    city.issuer.record_consent(two.slots[0], two.slots[1], "在窗口当面同意").unwrap();
    two.mother.end(two.slots[1], shown).await.unwrap();
    daughter.hold(two.slots[1], &city.key()).await.unwrap();
}

#[tokio::test]
async fn taking_back_a_consent_takes_back_the_codes_that_were_told_and_not_used() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let [first, second] = [two.code().await, two.code().await];
    let held = two.daughter.redeem(&first, &city.key()).await.unwrap();
    two.mother.end(two.slots[1], number(&held)).await.unwrap();
    let refused = two.daughter.redeem(&second, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
    assert!(two.mother.person(two.slots[1]).await.unwrap().holders.is_empty());
}

#[tokio::test]
async fn a_code_that_was_used_buys_no_more_tries_at_another() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let friend = city.phone(city.person("19900101", 3, "赵六")).await;
    two.daughter.ask(&id_number("19900101", 3), "赵六").await.unwrap();
    let ask = friend.refresh(None).await.unwrap().asks.remove(0).id;
    let friends = friend.answer(&ask, true).await.unwrap().code.unwrap();
    let key = city.key();
    two.daughter.redeem(&friends, &key).await.unwrap();

    let mothers = two.code().await;
    for _ in 0..4 {
        two.daughter.redeem(&other(&mothers), &city.key()).await.unwrap_err();
    }
    two.daughter.redeem(&friends, &key).await.unwrap();
    two.daughter.redeem(&other(&mothers), &city.key()).await.unwrap_err();
    let refused = two.daughter.redeem(&mothers, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::OneTimeCodeRefused);
}

#[tokio::test]
async fn who_holds_may_let_go_and_hold_again_also_on_a_new_phone() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let held = two.held().await;
    let told = two.daughter.end(two.slots[1], number(&held)).await.unwrap().person.unwrap();
    assert_eq!((told.relation, told.holding), (Relation::Relative, None));
    two.daughter.hold(two.slots[1], &city.key()).await.unwrap();
    let phone = city.phone(two.slots[0]).await;
    assert_eq!(phone.person(two.slots[1]).await.unwrap().holding, None);
    phone.hold(two.slots[1], &city.key()).await.unwrap();
}

#[tokio::test]
async fn nobody_ends_what_is_not_theirs_to_end() {
    let city = City::new().await;
    let two = Two::new(&city).await;
    let held = number(&two.held().await);
    let stranger_slot = city.person("19900101", 3, "赵六");
    let stranger = city.phone(stranger_slot).await;
    let own = two.mother.person(two.slots[1]).await.unwrap().holding.unwrap().number;
    for (phone, slot, holding) in [
        (&stranger, two.slots[1], held),
        (&stranger, stranger_slot, held),
        (&stranger, Slot(7), HoldingNumber(7)),
        // One's own live code is no holding of somebody's.
        (&two.mother, two.slots[1], own),
        (&two.daughter, two.slots[1], own),
    ] {
        assert_eq!(phone.end(slot, holding).await.unwrap_err(), ProblemId::NotAllowed);
    }
    assert_eq!(two.daughter.person(two.slots[1]).await.unwrap().holding.unwrap().number, held);
}

#[tokio::test]
async fn a_day_has_so_many_questions_whomever_they_are_about() {
    let city = City::new().await;
    city.limits(|limits| limits.asks_per_day = 3);
    let two = Two::new(&city).await;
    for number in [Two::mothers_number(), id_number("19551130", 9), "E12345678".to_owned()] {
        two.daughter.ask(&number, MOTHER).await.unwrap();
    }
    for number in [Two::mothers_number(), id_number("19551130", 9)] {
        let refused = two.daughter.ask(&number, MOTHER).await.unwrap_err();
        assert_eq!(refused, ProblemId::TooOften);
    }
    // 09:00 in Shanghai: fifteen hours to midnight.
    city.clock.pass(15 * 3600 - 1);
    assert_eq!(two.daughter.ask("", "").await.unwrap_err(), ProblemId::TooOften);
    city.clock.pass(1);
    two.daughter.ask(&Two::mothers_number(), MOTHER).await.unwrap();
}

#[tokio::test]
async fn a_question_sent_again_because_the_answer_was_lost_is_one_question() {
    let city = City::new().await;
    city.limits(|limits| limits.asks_per_day = 1);
    let two = Two::new(&city).await;
    let request = AskRequest { document: Two::mothers_number(), name: MOTHER.to_owned() };
    let wish = city.random.hex();
    let first: AskResponse = two.daughter.0.call_as(path::ASK, &request, &wish).await.unwrap();
    city.clock.pass(30);
    let again: AskResponse = two.daughter.0.call_as(path::ASK, &request, &wish).await.unwrap();
    assert_eq!(again.expires, first.expires);
    assert_eq!(two.mother.refresh(None).await.unwrap().asks.len(), 1);
}

#[tokio::test]
async fn limits_hold_for_consent_too_and_the_code_stays_good_for_when_there_is_room() {
    let city = City::new().await;
    city.limits(|limits| {
        limits.holders_per_relative = 1;
        limits.relatives_per_user = 1;
    });
    let two = Two::new(&city).await;
    let son = city.person("19850101", 6, "李强");
    let child = city.person("20200101", 7, "李小");
    city.kin(&id_number("19850101", 6), &id_number("20200101", 7));
    let son = city.phone(son).await;
    let held = two.held().await;
    son.hold(child, &city.key()).await.unwrap();

    son.ask(&Two::mothers_number(), MOTHER).await.unwrap();
    let ask = two.mother.refresh(None).await.unwrap().asks.remove(0).id;
    let code = two.mother.answer(&ask, true).await.unwrap().code.unwrap();
    let refused = son.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::RelativesFull);
    let of_child = son.person(child).await.unwrap().holding.unwrap().number;
    son.end(child, of_child).await.unwrap();
    let refused = son.redeem(&code, &city.key()).await.unwrap_err();
    assert_eq!(refused, ProblemId::HoldersFull);
    two.mother.end(two.slots[1], number(&held)).await.unwrap();
    son.redeem(&code, &city.key()).await.unwrap();
}

#[tokio::test]
async fn a_grown_child_who_agrees_goes_on_being_held_though_there_is_room_for_no_other() {
    let city = City::new().await;
    city.limits(|limits| {
        limits.holders_per_relative = 1;
        limits.relatives_per_user = 1;
        limits.coming_of_age_days = 30;
    });
    let mother = city.person("19800203", 1, "李梅");
    // Eighteen on 2026-11-23, the day after this morning.
    let child = city.person("20081123", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20081123", 1));
    let [mother, own] = [city.phone(mother).await, city.phone(child).await];
    let before = number(&mother.hold(child, &city.key()).await.unwrap());
    city.clock.pass(2 * 86_400);
    mother.ask(&id_number("20081123", 1), "王一").await.unwrap();
    let ask = own.refresh(None).await.unwrap().asks.remove(0).id;
    let code = own.answer(&ask, true).await.unwrap().code.unwrap();
    let held = mother.redeem(&code, &city.key()).await.unwrap();
    assert_eq!(held.person.relation, Relation::Relative);
    assert_ne!(number(&held), before);
    city.clock.pass(40 * 86_400);
    let held = mother.person(child).await.unwrap();
    assert!(held.holding.is_some() && held.holders.is_empty());
}

#[tokio::test]
async fn an_operator_decides_with_a_reason_that_is_kept_and_logged() {
    let city = City::new().await;
    let asker = city.person("19800203", 1, "李梅");
    let relative = city.person("19400101", 2, "陈奶奶");
    let minor = city.person("20120101", 4, "王一");
    let phone = city.phone(asker).await;
    for (one, other) in [(asker, minor), (asker, asker)] {
        let refused = city.issuer.record_consent(one, other, "试试").unwrap_err();
        assert!(matches!(refused, Error::Refused(ProblemId::NotAllowed)), "{refused}");
    }
    city.issuer.record_consent(asker, relative, "无手机，本人到场").unwrap();
    city.issuer.record_consent(asker, relative, "再次").unwrap();
    let held = phone.hold(relative, &city.key()).await.unwrap();
    assert_eq!(held.person.relation, Relation::Relative);

    assert!(city.issuer.withdraw_consent(asker, relative, "家属要求").unwrap());
    assert!(!city.issuer.withdraw_consent(asker, relative, "再次").unwrap());
    assert_eq!(phone.person(relative).await, None);
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let line = station.known.line(LineKind::Holding, number(&held).into()).unwrap();
    assert_eq!(line.cause, Cause::HoldingEnded);

    let db = rusqlite::Connection::open(city.database()).unwrap();
    let kept: (String, String, String) = db
        .query_row("SELECT source, note, end_reason FROM consent", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(kept, ("operator".to_owned(), "无手机，本人到场".to_owned(), "家属要求".to_owned()));
    let log = city.issuer.audit_log(city.clock_now()).unwrap();
    let log: Vec<_> =
        log.iter().map(|row| (row.question.as_str(), row.slot, row.outcome.as_str())).collect();
    assert_eq!(
        log,
        [
            ("consent", Some(relative), "done"),
            ("consent", Some(relative), "done"),
            ("withdraw", Some(relative), "done"),
            ("withdraw", Some(relative), "nothing-to-do"),
        ]
    );
}
