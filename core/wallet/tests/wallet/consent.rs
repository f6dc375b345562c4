//! Consent: asking for it, giving it, and making use of it by a one-time code.

use std::sync::Arc;

use suima_client::wire::{AnswerResponse, Ask, AskResponse, Holder, ProblemId, path};
use suima_code::{HoldingNumber, UnixTime};
use suima_wallet::{Error, Relation, Typed, Wallet};

use crate::support::{
    GRANDMOTHER, MOTHER, NOW, Phone, Received, answer, everything, grandmother, lost, problem,
    unchanged, wire_key,
};

const DOCUMENT: &str = "11010519491231002X";
const CODE: &str = "48151623";
const TOMORROW: UnixTime = UnixTime::new(NOW.get() + 86_400);

fn enrolled(phone: &Phone) -> Arc<Wallet> {
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.post.received();
    wallet
}

fn ask() -> Ask {
    Ask { id: "ask-1".to_owned(), by: "王强".to_owned(), at: NOW, expires: TOMORROW }
}

/// A phone that knows that somebody asks.
fn asked(phone: &Phone) -> Arc<Wallet> {
    let wallet = enrolled(phone);
    let people = phone.mother_with(phone.city.one_code(MOTHER, NOW));
    phone.next_refresh(people, |body| body.asks = vec![ask()]);
    phone.run(wallet.refresh()).unwrap();
    phone.post.received();
    wallet
}

fn agreed() -> crate::support::Reply {
    answer(&AnswerResponse { time: NOW, code: Some(CODE.to_owned()), expires: NOW.plus(600) })
}

fn declined() -> crate::support::Reply {
    answer(&AnswerResponse { time: NOW, code: None, expires: NOW })
}

fn same(one: &Received, two: &Received) -> bool {
    one.body == two.body && one.idempotency_key == two.idempotency_key
}

#[test]
fn asking_again_after_a_lost_answer_is_the_same_request_and_asking_later_is_another() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let heard = || answer(&AskResponse { time: NOW, expires: TOMORROW });
    phone.post.next(path::ASK, lost());
    let error = phone.run(wallet.ask(DOCUMENT, "王秀英")).unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error}");
    wallet.close().unwrap();

    let wallet = phone.open();
    for _ in 0..2 {
        phone.post.next(path::ASK, heard());
        let expires = phone.run(wallet.ask(" 110105 19491231 002X", "王秀英 ")).unwrap();
        assert_eq!(expires, TOMORROW);
        let said = suima_wallet::asked(expires).zh;
        assert!(said.starts_with("如信息无误") && !said.contains("王秀英"), "{said}");
    }
    let [first, second, third] = &phone.post.received()[..] else { panic!() };
    assert!(same(first, second));
    assert_ne!(second.idempotency_key, third.idempotency_key);
    assert!(phone.platform.events().iter().all(|event| !event.contains("1949")));
}

#[test]
fn what_cannot_be_a_document_or_a_one_time_code_is_not_sent() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    for (document, name) in [
        ("110105194912310021", "王秀英"),
        ("1101051949123100", "王秀英"),
        ("１１０１０５１９４９１２３１００２", "王秀英"),
        ("1101051949123100211", "王秀英"),
        ("  ", "王秀英"),
        (DOCUMENT, " "),
    ] {
        let error = phone.run(wallet.ask(document, name)).unwrap_err();
        assert!(matches!(error, Error::Mistyped { what: Typed::Document }), "{error}");
    }
    for code in ["", "1234567", "1234 567l"] {
        let error = phone.run(wallet.redeem(code)).unwrap_err();
        assert!(matches!(error, Error::Mistyped { what: Typed::OneTimeCode }), "{error}");
    }
    assert!(phone.post.received().is_empty());
}

#[test]
fn who_asks_is_shown_without_a_network_until_their_time_is_over() {
    let phone = Phone::new();
    asked(&phone).close().unwrap();
    let wallet = phone.open_offline();
    let [shown] = &wallet.asks().unwrap()[..] else { panic!() };
    assert_eq!((&*shown.id, &*shown.by, shown.expires), ("ask-1", "王强", TOMORROW));
    assert!(shown.sentence.zh.starts_with("王强请求"), "{}", shown.sentence.zh);
    assert_eq!(shown.code, None);
    assert_eq!(shown.declined().zh, "已拒绝王强的请求，对方不会持有您的码。");
    phone.platform.pass(86_400);
    assert_eq!(wallet.asks().unwrap(), []);
}

#[test]
fn whoever_agrees_can_read_the_code_out_while_it_counts_and_nobody_else_learns_it() {
    let phone = Phone::new();
    let wallet = asked(&phone);
    phone.post.next(path::ANSWER, agreed());
    let code = phone.run(wallet.answer("ask-1", true)).unwrap().unwrap();
    assert_eq!((code.digits(), code.expires), (CODE, NOW.plus(600)));
    wallet.close().unwrap();

    let wallet = phone.open_offline();
    let asks = wallet.asks().unwrap();
    assert_eq!(asks[0].code.as_ref().unwrap().digits(), CODE);
    assert_eq!(phone.run(wallet.answer("ask-1", true)).unwrap(), Some(code), "asked again");
    let shown = format!("{asks:?} {wallet:?} {:?}", phone.platform.events());
    assert!(!shown.contains(CODE), "{shown}");
    phone.platform.pass(600);
    assert_eq!(wallet.asks().unwrap(), []);
}

#[test]
fn a_code_that_was_used_is_nobodys_to_tell_any_more() {
    let phone = Phone::new();
    let wallet = asked(&phone);
    phone.post.next(path::ANSWER, agreed());
    phone.run(wallet.answer("ask-1", true)).unwrap();
    let holder = |name: &str, since| Holder {
        holding: HoldingNumber(9),
        name: name.to_owned(),
        since,
        this_device: false,
    };
    let refreshed = |holders: Vec<Holder>| {
        let mut people = phone.mother_with(phone.city.one_code(MOTHER, NOW));
        people[0].holders = holders;
        phone.next_refresh(people, |body| body.state = "another".to_owned());
        phone.run(wallet.refresh()).unwrap();
        wallet.asks().unwrap().len()
    };
    let before = holder("王强", NOW.plus(-60));
    assert_eq!(refreshed(vec![before.clone(), holder("王秀英", NOW.plus(30))]), 1);
    assert_eq!(refreshed(vec![before, holder("王强", NOW.plus(60))]), 0);
}

#[test]
fn a_code_that_was_not_used_yet_can_be_taken_back() {
    let phone = Phone::new();
    let wallet = asked(&phone);
    phone.post.next(path::ANSWER, agreed());
    phone.run(wallet.answer("ask-1", true)).unwrap();
    phone.post.next(path::ANSWER, declined());
    assert_eq!(phone.run(wallet.answer("ask-1", false)).unwrap(), None);
    assert_eq!(wallet.asks().unwrap(), []);
    let [yes, no] = &phone.post.received()[..] else { panic!() };
    assert_ne!(yes.idempotency_key, no.idempotency_key);
    assert_eq!((&yes.body["agree"], &no.body["agree"]), (&true.into(), &false.into()));
}

#[test]
fn an_agreement_that_got_no_answer_is_sent_again_by_the_next_refresh() {
    let phone = Phone::new();
    let wallet = asked(&phone);
    phone.post.next(path::ANSWER, lost());
    let error = phone.run(wallet.answer("ask-1", true)).unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error}");
    wallet.close().unwrap();

    // The issuer has executed it, and does not list who asks any more; and for a while it cannot say.
    let wallet = phone.open();
    phone.post.next(path::ANSWER, problem(ProblemId::Internal, NOW));
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    phone.post.next(path::ANSWER, agreed());
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    assert_eq!(wallet.asks().unwrap()[0].code.as_ref().unwrap().digits(), CODE);
    let received = phone.post.received();
    assert!(same(&received[0], &received[1]) && same(&received[0], &received[3]));

    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    phone.post.all_used();
}

#[test]
fn whoever_declines_after_a_lost_agreement_has_declined() {
    let phone = Phone::new();
    let wallet = asked(&phone);
    phone.post.next(path::ANSWER, lost());
    assert!(phone.run(wallet.answer("ask-1", true)).is_err());
    phone.post.next(path::ANSWER, declined());
    assert_eq!(phone.run(wallet.answer("ask-1", false)).unwrap(), None);
    assert_eq!(wallet.asks().unwrap(), []);
    // The agreement is not sent again.
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    phone.post.all_used();
    let error = phone.run(wallet.answer("ask-1", true)).unwrap_err();
    assert!(matches!(error, Error::NoSuchAsk), "{error}");
}

#[test]
fn what_never_left_the_phone_is_not_sent_later() {
    let phone = Phone::new();
    asked(&phone).close().unwrap();
    let wallet = phone.open_offline();
    let error = phone.run(wallet.answer("ask-1", true)).unwrap_err();
    assert!(matches!(error, Error::Offline { .. }), "{error}");
    assert_eq!(wallet.asks().unwrap().len(), 1);
    wallet.close().unwrap();
    let wallet = phone.open();
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    phone.post.all_used();
}

#[test]
fn a_one_time_code_brings_the_relative_with_a_key_of_their_own() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    phone.post.next(path::REDEEM, phone.redeemed());
    assert_eq!(phone.run(wallet.redeem("4815-1623")).unwrap(), GRANDMOTHER);
    let live = wallet.show_live(GRANDMOTHER).unwrap();
    assert_eq!((&*live.name, live.relation), ("王秀英", Relation::Relative));
    assert!(wallet.show_nucleic_acid(GRANDMOTHER).is_ok());
    assert_ne!(phone.key(GRANDMOTHER), phone.key(MOTHER));
    let [received] = &phone.post.received()[..] else { panic!() };
    assert_eq!(received.body["code"], CODE);
    assert!(phone.platform.events().iter().all(|event| !event.contains(CODE)));
}

#[test]
fn a_code_whose_answer_was_lost_is_sent_again_with_the_same_key() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    phone.post.next(path::REDEEM, lost());
    assert!(matches!(phone.run(wallet.redeem(CODE)), Err(Error::NoAnswer { .. })));
    wallet.close().unwrap();
    let wallet = phone.open();
    phone.post.next(path::REDEEM, phone.redeemed());
    phone.run(wallet.redeem("4815 1623")).unwrap();
    let [first, second] = &phone.post.received()[..] else { panic!() };
    assert!(same(first, second));
    assert!(wallet.show_live(GRANDMOTHER).is_ok());
}

#[test]
fn when_the_answer_to_a_code_is_lost_a_refresh_brings_the_relative() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    phone.post.next(path::REDEEM, lost());
    assert!(phone.run(wallet.redeem(CODE)).is_err());
    wallet.close().unwrap();

    let wallet = phone.open();
    let key = wire_key(&phone.post.received()[0].body["holding_key"]);
    let mut people = phone.mother_with(phone.city.one_code(MOTHER, NOW));
    let codes = phone.city.one_code(GRANDMOTHER, NOW);
    people.push(grandmother(&phone.city, Some((&key, codes))));
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    phone.run(wallet.refresh()).unwrap();
    assert!(wallet.show_live(GRANDMOTHER).is_ok());
}

#[test]
fn a_code_that_was_redeemed_and_is_refused_by_now_still_brings_the_relative() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    phone.post.next(path::REDEEM, lost());
    assert!(phone.run(wallet.redeem(CODE)).is_err());
    let key = wire_key(&phone.post.received()[0].body["holding_key"]);
    let mut people = phone.mother_with(phone.city.one_code(MOTHER, NOW));
    let codes = phone.city.one_code(GRANDMOTHER, NOW);
    people.push(grandmother(&phone.city, Some((&key, codes))));
    // It was executed, and its ten minutes are over.
    phone.post.next(path::REDEEM, problem(ProblemId::OneTimeCodeRefused, NOW.plus(660)));
    phone.post.next(path::REFRESH, answer(&everything(NOW.plus(660), people)));
    assert_eq!(phone.run(wallet.redeem(CODE)).unwrap(), GRANDMOTHER);
    assert!(wallet.show_live(GRANDMOTHER).is_ok());

    // Of a code that was never redeemed the refusal stands.
    phone.post.next(path::REDEEM, lost());
    assert!(phone.run(wallet.redeem("00000000")).is_err());
    phone.post.next(path::REDEEM, problem(ProblemId::OneTimeCodeRefused, NOW));
    phone.post.next(path::REFRESH, unchanged(NOW));
    assert!(matches!(phone.run(wallet.redeem("00000000")), Err(Error::Problem(_))));
}

#[test]
fn a_refused_code_leaves_nothing_behind() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    for _ in 0..2 {
        phone.post.next(path::REDEEM, problem(ProblemId::OneTimeCodeRefused, NOW));
        assert!(matches!(phone.run(wallet.redeem(CODE)), Err(Error::Problem(_))));
    }
    let [first, second] = &phone.post.received()[..] else { panic!() };
    assert_ne!(first.idempotency_key, second.idempotency_key);
    assert_ne!(first.body["holding_key"], second.body["holding_key"]);
    assert_eq!(wallet.family().unwrap().len(), 2);
}

#[test]
fn an_answer_that_makes_oneself_a_relative_holds_nobody() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let city = phone.city.clone();
    phone.post.next(
        path::REDEEM,
        crate::support::answer_with(move |received| {
            let key = wire_key(&received.body["holding_key"]);
            let codes = city.one_code(MOTHER, NOW);
            let mut people = crate::support::family(&city, Some((&key, codes)), None);
            suima_client::wire::HoldResponse { time: NOW, person: people.remove(0) }
        }),
    );
    assert!(matches!(phone.run(wallet.redeem(CODE)), Err(Error::BadAnswer(_))));
    assert!(wallet.show_live(MOTHER).is_ok());
}
