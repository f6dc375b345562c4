//! What portals and terminals ask to be confirmed.

use std::sync::Arc;
use std::task::Poll;

use suima_client::wire::{
    AskedAct, AskingPlace, Challenge, ConfirmResponse, Confirmed, NamedSlot, ProblemId, path,
};
use suima_wallet::{ChallengeView, Error, Wallet};

use crate::support::{
    CHILD, GRANDMOTHER, MOTHER, NOW, Phone, Reply, answer, everything, grandmother, lost, problem,
    unchanged,
};

const ID: &str = "0123456789ABCDEFGHJKMNPQRS";

fn challenge(act: AskedAct) -> Challenge {
    Challenge {
        id: ID.to_owned(),
        place: AskingPlace::Terminal,
        place_name: "市民中心3号机".to_owned(),
        check: "07".to_owned(),
        began: NOW,
        expires: NOW.plus(60),
        act,
    }
}

/// Applying for the child's paper code, which voids the one made a day ago.
fn apply_again() -> AskedAct {
    let voids = Some(NOW.plus(-86_400));
    AskedAct::ApplyPaper { slot: CHILD, name: "王小明".to_owned(), voids }
}

fn outcome(outcome: Confirmed) -> Reply {
    answer(&ConfirmResponse { time: NOW, outcome })
}

fn enrolled(phone: &Phone) -> Arc<Wallet> {
    let wallet = phone.enrol_family();
    phone.post.received();
    wallet
}

fn scanned(phone: &Phone, wallet: &Wallet, act: AskedAct) -> ChallengeView {
    phone.post.next(path::CHALLENGE, answer(&challenge(act)));
    let view = phone.run(wallet.challenge(&format!("SMC1:{ID}"))).unwrap();
    phone.post.received();
    view
}

#[test]
fn every_question_names_the_place_and_the_person_and_what_is_voided() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let (name, day) = ("王小明".to_owned(), NOW.plus(-86_400));
    let apply = |voids| AskedAct::ApplyPaper { slot: CHILD, name: name.clone(), voids };
    let people = [(MOTHER, "李梅"), (CHILD, "王小明")];
    let people = people.map(|(slot, name)| NamedSlot { slot, name: name.to_owned() }).to_vec();
    let acts = [
        (AskedAct::LogIn, "以您的名义登录", None),
        (apply(Some(day)), "打印的离线码（2026-11-21制）将作废", Some(day)),
        (apply(None), "没有码会因此作废", None),
        (
            AskedAct::PrintPaper { slot: CHILD, name: name.clone(), iat: day },
            "没有码会因此作废",
            None,
        ),
        (
            AskedAct::ReportLost { slot: CHILD, name: name.clone(), iat: day },
            "打印的离线码（2026-11-21制）将作废",
            Some(day),
        ),
        (AskedAct::PrintNucleicAcid { people }, "李梅、王小明的核酸码", None),
        (AskedAct::HoldRelative { slot: CHILD, name: name.clone() }, "由您持有", None),
    ];
    for (act, said, voids) in acts {
        let log_in = act == AskedAct::LogIn;
        let view = scanned(&phone, &wallet, act);
        let question = &view.question.zh;
        assert!(question.contains("自助终端（市民中心3号机）"), "{question}");
        assert!(log_in || question.contains("王小明"), "{question}");
        assert!(question.contains(said), "{question}");
        assert!(question.contains('？') && view.question.en.contains('?'));
        assert_eq!(view.voids, voids);
        assert!(view.compare.zh.contains("07"), "{}", view.compare.zh);
        assert_eq!(wallet.challenges().unwrap(), [view], "asked again, it is shown once");
    }
}

#[test]
fn exactly_what_was_shown_is_agreed_to() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, apply_again());
    phone.post.next(path::CONFIRM, outcome(Confirmed::Done));
    phone.post.next(path::REFRESH, unchanged(NOW));
    let confirmed = phone.run(wallet.confirm(&view, true)).unwrap();
    assert_eq!((confirmed.outcome, confirmed.now), (Confirmed::Done, None));
    assert_eq!(confirmed.sentence.zh, "已确认。打印的离线码（2026-11-21制）已作废。");
    let sent = &phone.post.received()[0].body;
    assert_eq!(sent["act"], serde_json::to_value(apply_again()).unwrap());
    assert_eq!((&sent["id"], &sent["agree"]), (&ID.into(), &true.into()));
    assert_eq!(wallet.challenges().unwrap(), []);

    // It was told, and is not told again.
    phone.post.next(path::REFRESH, unchanged(NOW));
    assert_eq!(phone.run(wallet.refresh()).unwrap().confirmed, []);
}

#[test]
fn declining_is_sent_as_such() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, AskedAct::LogIn);
    phone.post.next(path::CONFIRM, outcome(Confirmed::Declined));
    let confirmed = phone.run(wallet.confirm(&view, false)).unwrap();
    assert_eq!(confirmed.outcome, Confirmed::Declined);
    assert_eq!(phone.post.received()[0].body["agree"], false);
}

#[test]
fn a_lost_answer_is_asked_for_again_under_the_same_key_and_told_once() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, AskedAct::LogIn);
    phone.post.next(path::CONFIRM, lost());
    let error = phone.run(wallet.confirm(&view, true)).unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error}");
    phone.post.next(path::CONFIRM, lost());
    assert!(phone.run(wallet.confirm(&view, true)).is_err());
    wallet.close().unwrap();

    let wallet = phone.open();
    phone.post.next(path::CONFIRM, outcome(Confirmed::Done));
    phone.post.next(path::REFRESH, unchanged(NOW));
    let told = phone.run(wallet.refresh()).unwrap().confirmed;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].challenge, &told[0].outcome), (&view.challenge, &Confirmed::Done));
    let keys: Vec<String> =
        phone.post.received().into_iter().take(3).map(|one| one.idempotency_key).collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");

    phone.post.next(path::REFRESH, unchanged(NOW));
    assert_eq!(phone.run(wallet.refresh()).unwrap().confirmed, []);
    phone.post.all_used();
}

#[test]
fn an_outcome_that_nobody_waited_for_is_told_by_the_next_refresh() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, AskedAct::LogIn);
    phone.post.next(path::CONFIRM, outcome(Confirmed::Over));
    drop(phone.run(wallet.confirm_untold(&view, true)).unwrap());
    phone.post.next(path::REFRESH, unchanged(NOW));
    let told = phone.run(wallet.refresh()).unwrap().confirmed;
    assert_eq!(told[0].outcome, Confirmed::Over);
}

#[test]
fn what_has_changed_is_shown_anew_and_agreed_to_by_itself() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, apply_again());
    let now = AskedAct::ApplyPaper { slot: CHILD, name: "王小明".to_owned(), voids: Some(NOW) };
    phone.post.next(path::CONFIRM, outcome(Confirmed::Changed));
    phone.post.next(path::CHALLENGE, answer(&challenge(now.clone())));
    let confirmed = phone.run(wallet.confirm(&view, true)).unwrap();
    assert_eq!(confirmed.outcome, Confirmed::Changed);
    let anew = confirmed.now.unwrap();
    assert_eq!((&anew.challenge.act, anew.voids), (&now, Some(NOW)));
    assert_eq!(wallet.challenges().unwrap(), [(*anew).clone()]);

    phone.post.next(path::CONFIRM, outcome(Confirmed::Done));
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.confirm(&anew, true)).unwrap();
    let [first, _, second, _] = &phone.post.received()[..] else { panic!() };
    assert_ne!(first.idempotency_key, second.idempotency_key);
    assert_eq!(second.body["act"], serde_json::to_value(now).unwrap());
}

#[test]
fn what_the_same_desk_asks_in_place_of_what_has_changed_is_shown() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, apply_again());
    let again = |slot| AskedAct::ApplyPaper { slot, name: "n".to_owned(), voids: Some(NOW) };
    let asked = |id: char, act| {
        let id = ID.replace('0', &id.to_string());
        Challenge { id, began: NOW.plus(1), ..challenge(act) }
    };
    let others = [asked('1', AskedAct::LogIn), asked('2', again(MOTHER)), asked('3', again(CHILD))];
    phone.post.next(path::CONFIRM, outcome(Confirmed::Changed));
    phone.post.next(path::CHALLENGE, problem(ProblemId::NotAllowed, NOW));
    phone.next_refresh(phone.both(), |body| body.challenges = others.to_vec());
    let confirmed = phone.run(wallet.confirm(&view, true)).unwrap();
    assert_eq!(confirmed.now.unwrap().challenge, others[2]);
}

#[test]
fn a_call_that_is_dropped_in_flight_is_taken_up_by_the_next_refresh() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, AskedAct::LogIn);
    phone.run(async {
        let mut sent = Box::pin(wallet.confirm(&view, true));
        std::future::poll_fn(|context| {
            assert!(sent.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
    });
    wallet.close().unwrap();
    let wallet = phone.open();
    phone.post.next(path::CONFIRM, outcome(Confirmed::Done));
    phone.post.next(path::REFRESH, unchanged(NOW));
    let told = phone.run(wallet.refresh()).unwrap().confirmed;
    assert_eq!(told[0].outcome, Confirmed::Done);
    phone.post.all_used();
}

#[test]
fn whoever_declines_after_a_lost_agreement_learns_what_that_had_done() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, apply_again());
    for (declined, said) in
        [(Confirmed::Declined, Confirmed::Declined), (Confirmed::Over, Confirmed::Done)]
    {
        phone.post.next(path::CONFIRM, lost());
        assert!(phone.run(wallet.confirm(&view, true)).is_err());
        phone.post.next(path::CONFIRM, outcome(declined.clone()));
        if declined == Confirmed::Over {
            // The agreement had been heard: that is what it is told as.
            phone.post.next(path::CONFIRM, outcome(Confirmed::Done));
            phone.post.next(path::REFRESH, unchanged(NOW));
        }
        assert_eq!(phone.run(wallet.confirm(&view, false)).unwrap().outcome, said);
        phone.post.all_used();
        phone.post.next(path::REFRESH, unchanged(NOW));
        phone.run(wallet.refresh()).unwrap();
        phone.post.all_used();
    }
}

#[test]
fn without_a_network_nothing_is_agreed_to_later() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let view = scanned(&phone, &wallet, apply_again());
    wallet.close().unwrap();
    let wallet = phone.open_offline();
    assert_eq!(wallet.challenges().unwrap(), std::slice::from_ref(&view), "shown offline");
    assert!(matches!(phone.run(wallet.confirm(&view, true)), Err(Error::Offline { .. })));
    wallet.close().unwrap();
    let wallet = phone.open();
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    phone.post.all_used();
    phone.platform.pass(60);
    assert_eq!(wallet.challenges().unwrap(), []);
}

#[test]
fn what_is_no_challenge_or_is_another_is_not_shown() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let live = wallet.show_live(MOTHER).unwrap().text;
    for text in [&*live, "https://example.org", ID, ""] {
        assert!(matches!(phone.run(wallet.challenge(text)), Err(Error::NotAChallenge)));
    }
    assert!(phone.post.received().is_empty());
    let mut other = challenge(AskedAct::LogIn);
    other.id = other.id.replace('0', "1");
    phone.post.next(path::CHALLENGE, answer(&other));
    let error = phone.run(wallet.challenge(&format!("SMC1:{ID}"))).unwrap_err();
    assert!(matches!(error, Error::BadAnswer(_)), "{error}");
    phone.post.next(path::CHALLENGE, problem(ProblemId::NotAllowed, NOW));
    let error = phone.run(wallet.challenge(&format!("SMC1:{ID}"))).unwrap_err();
    assert!(matches!(error, Error::Problem(_)), "{error}");
    assert_eq!(wallet.challenges().unwrap(), []);
}

#[test]
fn a_relative_who_agreed_at_a_terminal_is_held_at_once() {
    let phone = Phone::new();
    let wallet = enrolled(&phone);
    let act = AskedAct::HoldRelative { slot: GRANDMOTHER, name: "王秀英".to_owned() };
    let view = scanned(&phone, &wallet, act);
    let mut people = phone.both();
    people.push(grandmother(&phone.city, None));
    phone.post.next(path::CONFIRM, outcome(Confirmed::Done));
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    phone.post.next(path::HOLD, phone.redeemed());
    phone.run(wallet.confirm(&view, true)).unwrap();
    phone.post.all_used();
    assert!(wallet.show_live(GRANDMOTHER).is_ok());
    assert!(wallet.show_live(CHILD).is_ok());
}
