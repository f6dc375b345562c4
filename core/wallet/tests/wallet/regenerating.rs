//! A wish is on the disk before it is sent, and leaves it only together with its outcome.

use suima_client::wire::{Made, NucleicAcid, ProblemId, RegenerateResponse, Regeneration, path};
use suima_code::UnixTime;
use suima_wallet::{
    Confirmation, Doubt, Error, NucleicAcidView, PendingReason, Regenerated, Settled, Wallet,
};

use crate::support::{
    CHILD, MOTHER, NOW, Phone, Received, Reply, answer, answer_with, everything, lost, made,
    problem, unchanged,
};

/// When the person presses the button.
const PRESSED: UnixTime = UnixTime::new(NOW.get() + 600);

fn outcome(outcome: Regeneration, codes: NucleicAcid) -> Reply {
    answer(&RegenerateResponse { time: PRESSED, outcome, nucleic_acid: codes })
}

/// A mother with a code, ten minutes later.
fn phone() -> (Phone, std::sync::Arc<Wallet>, Confirmation) {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.pass_until(PRESSED);
    let confirm = wallet.warning(MOTHER).unwrap().confirm;
    phone.platform.events();
    phone.post.received();
    (phone, wallet, confirm)
}

fn by_this(phone: &Phone) -> (Made, NucleicAcid) {
    let made = made(PRESSED, "李梅", true, true);
    let codes = phone.city.one_code(MOTHER, NOW);
    (made.clone(), phone.city.regenerated(MOTHER, &codes, made))
}

fn by_other(phone: &Phone, iat: UnixTime) -> (Made, NucleicAcid) {
    let made = made(iat, "王强", false, true);
    let codes = phone.city.one_code(MOTHER, NOW);
    (made.clone(), phone.city.regenerated(MOTHER, &codes, made))
}

fn shown(wallet: &Wallet) -> NucleicAcidView {
    wallet.show_nucleic_acid(MOTHER).unwrap()
}

fn doubt_since(view: &NucleicAcidView) -> Option<UnixTime> {
    view.doubt.map(|Doubt::RegenerationPending { since }| since)
}

fn is_pending(outcome: &Regenerated, expected: PendingReason) -> bool {
    matches!(outcome, Regenerated::Pending { since: PRESSED, reason } if *reason == expected)
}

fn wishes(phone: &Phone) -> Vec<Received> {
    let mut received = phone.post.received();
    received.retain(|received| received.path == path::REGENERATE);
    received
}

#[test]
fn the_wish_is_written_before_it_is_sent_and_settled_in_one_write() {
    let (phone, wallet, confirm) = phone();
    let (made, codes) = by_this(&phone);
    phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
    let untold = phone.run(wallet.regenerate_untold(confirm)).unwrap();
    assert_eq!(
        phone.platform.events(),
        [
            "store.write.begin wallet: wish",
            "store.write.done wallet: wish",
            "http.send wallet",
            "http.answered wallet",
            "store.write.begin wallet: wish.settled",
            "store.write.done wallet: wish.settled",
        ]
    );
    let Regenerated::Made { view } = wallet.tell_outcome(untold) else { panic!("not made") };
    assert_eq!((view.made, view.doubt), (made, None));
    let sent = &wishes(&phone)[0].body;
    assert_eq!(sent["slot"], MOTHER.0);
    assert_eq!(sent["void"], NOW.get());
    assert_eq!(sent["not_after"], PRESSED.plus(120).get());
    assert!(wallet.status().unwrap().pending.is_empty());
}

#[test]
fn an_outcome_that_nobody_waited_for_is_told_by_the_next_refresh() {
    for waited_for in [false, true] {
        let (phone, wallet, confirm) = phone();
        let (made, codes) = by_this(&phone);
        phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
        let untold = phone.run(wallet.regenerate_untold(confirm)).unwrap();
        if waited_for {
            wallet.tell_outcome(untold);
        }
        wallet.close().unwrap();

        let wallet = phone.open();
        for first in [true, false] {
            phone.post.next(path::REFRESH, unchanged(PRESSED));
            let resolved = phone.run(wallet.refresh()).unwrap().resolved;
            let outcomes: Vec<_> = resolved.into_iter().map(|one| one.outcome).collect();
            let noted = (first && !waited_for).then(|| Settled::Made { made: made.clone() });
            assert_eq!(outcomes, Vec::from_iter(noted));
        }
    }
}

#[test]
fn a_lost_answer_leaves_doubt_until_a_refresh_hears_the_outcome() {
    let (phone, wallet, confirm) = phone();
    phone.post.next(path::REGENERATE, lost());
    let pending = phone.run(wallet.regenerate(confirm)).unwrap();
    assert!(is_pending(&pending, PendingReason::NoAnswer), "{pending:?}");
    assert!(pending.sentence().zh.contains("可能已作废"));
    wallet.close().unwrap();

    let wallet = phone.open();
    assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));
    assert!(shown(&wallet).notices[0].zh.contains("可能已作废"));
    let [doubted, _] = &wallet.family().unwrap()[..] else { panic!() };
    assert!(doubted.doubt.is_some());
    let waiting = &wallet.status().unwrap().pending[0];
    assert_eq!((waiting.since, waiting.not_after), (PRESSED, PRESSED.plus(120)));

    let (made, codes) = by_this(&phone);
    phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
    phone.post.next(path::REFRESH, unchanged(PRESSED));
    let refreshed = phone.run(wallet.refresh()).unwrap();
    let [resolved] = &refreshed.resolved[..] else { panic!("{refreshed:?}") };
    assert_eq!((resolved.slot, resolved.since), (MOTHER, PRESSED));
    assert_eq!(resolved.outcome, Settled::Made { made: made.clone() });
    assert_eq!((shown(&wallet).made, shown(&wallet).doubt), (made, None));

    let [first, second] = &wishes(&phone)[..] else { panic!() };
    assert_eq!(first.idempotency_key, second.idempotency_key);
    assert_eq!(first.body, second.body);
    assert_ne!(first.signature_input, second.signature_input, "signed anew, with another nonce");

    phone.post.next(path::REFRESH, unchanged(PRESSED));
    assert!(phone.run(wallet.refresh()).unwrap().resolved.is_empty(), "told once");
    phone.post.all_used();
}

#[test]
fn after_a_lost_answer_another_phone_regenerates_and_the_retry_says_who() {
    let (phone, wallet, confirm) = phone();
    phone.post.next(path::REGENERATE, lost());
    phone.run(wallet.regenerate(confirm)).unwrap();
    let (made, codes) = by_other(&phone, PRESSED.plus(30));
    phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
    let overtaken = phone.run(wallet.regenerate(confirm)).unwrap();
    assert_eq!(overtaken, Regenerated::Overtaken { current: Some(made.clone()) });
    assert!(overtaken.sentence().zh.contains("王强"));
    assert_eq!((shown(&wallet).made, shown(&wallet).doubt), (made, None));
}

#[test]
fn a_phone_that_was_behind_is_told_who_made_the_current_one() {
    let (phone, wallet, confirm) = phone();
    let (made, codes) = by_other(&phone, NOW.plus(120));
    phone.post.next(path::REGENERATE, outcome(Regeneration::Behind, codes));
    let behind = phone.run(wallet.regenerate(confirm)).unwrap();
    assert_eq!(behind, Regenerated::Behind { current: Some(made.clone()) });
    assert!(behind.sentence().zh.contains("王强已于2026-11-22 09:02生成此码"));
    assert_eq!(shown(&wallet).made, made);

    // The person looked at the old one. Now the phone itself knows better, and sends nothing.
    phone.post.received();
    let behind = phone.run(wallet.regenerate(confirm)).unwrap();
    assert_eq!(behind, Regenerated::Behind { current: Some(made) });
    assert!(phone.post.received().is_empty());

    phone.post.next(path::REFRESH, unchanged(PRESSED));
    assert!(phone.run(wallet.refresh()).unwrap().news.is_empty(), "it was told already");
}

#[test]
fn what_surely_was_never_sent_is_dropped() {
    let (phone, wallet, confirm) = phone();
    wallet.close().unwrap();
    let wallet = phone.open_offline();
    let error = phone.run(wallet.regenerate(confirm)).unwrap_err();
    assert!(matches!(error, Error::Offline { .. }), "{error}");
    assert_eq!(shown(&wallet).doubt, None);
    assert!(wallet.status().unwrap().pending.is_empty());
}

#[test]
fn what_may_have_been_sent_once_is_kept_when_offline_later() {
    let (phone, wallet, confirm) = phone();
    phone.post.next(path::REGENERATE, lost());
    phone.run(wallet.regenerate(confirm)).unwrap();
    wallet.close().unwrap();
    let wallet = phone.open_offline();
    let pending = phone.run(wallet.regenerate(confirm)).unwrap();
    assert!(is_pending(&pending, PendingReason::Offline), "{pending:?}");
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::Offline { .. })));
    assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));
}

#[test]
fn a_future_that_is_dropped_in_flight_leaves_the_wish() {
    let (phone, wallet, confirm) = phone();
    phone.run(async {
        let mut sent = std::pin::pin!(wallet.regenerate(confirm));
        // Polled once: the wish is written, the request is on its way, and the app goes away.
        std::future::poll_fn(|context| {
            assert!(sent.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
    });
    assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));
}

#[test]
fn a_refusal_of_the_first_sending_is_final() {
    for id in [ProblemId::NotAllowed, ProblemId::SignatureInvalid, ProblemId::UnknownDevice] {
        let (phone, wallet, confirm) = phone();
        phone.post.next(path::REGENERATE, problem(id, PRESSED));
        let error = phone.run(wallet.regenerate(confirm)).unwrap_err();
        assert!(matches!(&error, Error::Problem(problem) if problem.id == id), "{error}");
        assert_eq!(shown(&wallet).doubt, None);
    }
}

#[test]
fn a_failing_issuer_may_have_done_it() {
    for id in [ProblemId::Internal, ProblemId::Replayed] {
        let (phone, wallet, confirm) = phone();
        phone.post.next(path::REGENERATE, problem(id, PRESSED));
        let pending = phone.run(wallet.regenerate(confirm)).unwrap();
        assert!(is_pending(&pending, PendingReason::Refused(id)), "{pending:?}");
        assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));
    }
}

#[test]
fn an_issuer_that_will_not_say_is_believed_only_with_all_codes_fetched_anew() {
    let (phone, wallet, confirm) = phone();
    phone.post.next(path::REGENERATE, lost());
    phone.run(wallet.regenerate(confirm)).unwrap();

    // It refuses to say, and then the line goes dead: the doubt stays.
    phone.post.next(path::REGENERATE, problem(ProblemId::NotAllowed, PRESSED));
    phone.post.next(path::REFRESH, lost());
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::NoAnswer { .. })));
    assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));

    // It refuses to say and says that nothing has changed, though all was asked for: not believed.
    phone.post.next(path::REGENERATE, problem(ProblemId::NotAllowed, PRESSED));
    phone.post.next(path::REFRESH, unchanged(PRESSED));
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::BadAnswer(_))));
    assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));

    let (made, codes) = by_this(&phone);
    phone.post.next(path::REGENERATE, problem(ProblemId::NotAllowed, PRESSED));
    let people = phone.mother_with(codes);
    phone.post.next(path::REFRESH, answer(&everything(PRESSED, people)));
    let refreshed = phone.run(wallet.refresh()).unwrap();
    let unknown = Settled::Unknown { problem: ProblemId::NotAllowed };
    assert_eq!(refreshed.resolved[0].outcome, unknown);
    assert_eq!((shown(&wallet).made, shown(&wallet).doubt), (made, None));
}

#[test]
fn a_wrong_clock_makes_no_wish_that_lives_longer_than_two_minutes() {
    let (phone, wallet, confirm) = phone();
    // Restarted, and the wall clock set three hours ahead meanwhile: the wallet cannot know.
    phone.platform.restart(0);
    phone.platform.set_wall(PRESSED.plus(3 * 3600));
    let (_, codes) = by_this(&phone);
    phone.post.next(path::REGENERATE, problem(ProblemId::SignatureStale, PRESSED));
    phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
    let made = phone.run(wallet.regenerate(confirm)).unwrap();
    assert!(matches!(made, Regenerated::Made { .. }), "{made:?}");
    let [first, second] = &wishes(&phone)[..] else { panic!() };
    assert_eq!(first.body["not_after"], PRESSED.plus(3 * 3600 + 120).get());
    assert_eq!(second.body["not_after"], PRESSED.plus(120).get());
    assert_ne!(first.idempotency_key, second.idempotency_key, "another wish");
    assert_eq!(shown(&wallet).clock, suima_wallet::ClockStatus::Wrong { by_seconds: 3 * 3600 });

    let (phone, wallet, confirm) = self::phone();
    for _ in 0..2 {
        phone.post.next(path::REGENERATE, problem(ProblemId::SignatureStale, PRESSED));
    }
    let error = phone.run(wallet.regenerate(confirm)).unwrap_err();
    assert!(matches!(error, Error::Problem(_)), "once, not for ever: {error}");
    assert_eq!(shown(&wallet).doubt, None);
}

#[test]
fn outcomes_that_void_nothing_are_told_and_end_the_wish() {
    for (regeneration, expected) in
        [(Regeneration::TooLate, Regenerated::TooLate), (Regeneration::UsedUp, Regenerated::UsedUp)]
    {
        let (phone, wallet, confirm) = phone();
        let codes = phone.city.one_code(MOTHER, NOW);
        phone.post.next(path::REGENERATE, outcome(regeneration, codes));
        assert_eq!(phone.run(wallet.regenerate(confirm)).unwrap(), expected);
        assert_eq!((shown(&wallet).made.iat, shown(&wallet).doubt), (NOW, None));
    }
}

type Spoil = fn(&Phone, &mut NucleicAcid);

#[test]
fn a_bad_answer_leaves_code_and_doubt_as_they_were() {
    let spoilt: [(&str, Spoil); 4] = [
        ("altered", |_, codes| {
            let code = codes.current.as_mut().unwrap();
            let other = if code.text.ends_with('0') { "1" } else { "0" };
            let length = code.text.len();
            code.text.replace_range(length - 1.., other);
        }),
        ("of somebody else", |phone, codes| {
            codes.current = Some(phone.city.code(CHILD, made(PRESSED, "李梅", true, true), None));
        }),
        ("void", |_, codes| codes.revoked_before = Some(PRESSED.plus(1))),
        ("missing", |_, codes| {
            *codes = NucleicAcid::default();
        }),
    ];
    for (what, spoil) in spoilt {
        let (phone, wallet, confirm) = phone();
        let before = shown(&wallet).text;
        let (_, mut codes) = by_this(&phone);
        spoil(&phone, &mut codes);
        phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
        let pending = phone.run(wallet.regenerate(confirm)).unwrap();
        assert!(is_pending(&pending, PendingReason::BadAnswer), "{what}: {pending:?}");
        assert_eq!(shown(&wallet).text, before, "{what}");
        assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED), "{what}");
    }
}

#[test]
fn an_answer_overtaken_on_its_way_takes_nothing_back() {
    let (phone, wallet, confirm) = phone();
    phone.post.next(path::REGENERATE, lost());
    phone.run(wallet.regenerate(confirm)).unwrap();
    let (newer, codes) = by_other(&phone, PRESSED.plus(30));
    phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
    phone.run(wallet.regenerate(confirm)).unwrap();
    // An answer that is older than what is known arrives last.
    let confirm = Confirmation { slot: MOTHER, void: Some(newer.iat) };
    let (_, older) = by_this(&phone);
    phone.post.next(path::REGENERATE, outcome(Regeneration::TooLate, older));
    phone.run(wallet.regenerate(confirm)).unwrap();
    assert_eq!(shown(&wallet).made, newer);
}

#[test]
fn while_paused_the_answer_is_lost_and_the_wish_is_not() {
    let (phone, wallet, confirm) = phone();
    let (made, codes) = by_this(&phone);
    let pausing = std::sync::Arc::clone(&wallet);
    let text = RegenerateResponse {
        time: PRESSED,
        outcome: Regeneration::Made { iat: PRESSED },
        nucleic_acid: codes.clone(),
    };
    phone.post.next(
        path::REGENERATE,
        answer_with(move |_| {
            pausing.pause().unwrap();
            text
        }),
    );
    let pending = phone.run(wallet.regenerate(confirm)).unwrap();
    assert!(is_pending(&pending, PendingReason::NotWritten), "{pending:?}");
    wallet.resume().unwrap();
    assert_eq!(doubt_since(&shown(&wallet)), Some(PRESSED));
    phone.post.next(path::REGENERATE, outcome(Regeneration::Made { iat: PRESSED }, codes));
    phone.post.next(path::REFRESH, unchanged(PRESSED));
    phone.run(wallet.refresh()).unwrap();
    assert_eq!((shown(&wallet).made, shown(&wallet).doubt), (made, None));
}
