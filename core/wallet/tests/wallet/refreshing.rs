//! Refreshing: what is new, what is told, what is claimed ahead, and the end of a phone.

use std::sync::Arc;

use suima_client::wire::{
    ClaimResponse, NucleicAcid, ProblemId, RegenerateResponse, Regeneration, path,
};
use suima_code::{UnixTime, end_of_last_day};
use suima_wallet::{Error, Refreshed, Wallet};

use crate::support::{
    CHILD, MOTHER, NOW, Phone, THIRTY_DAYS, answer, answer_with, everything, lost, made, problem,
    unchanged,
};

const LATER: UnixTime = UnixTime::new(NOW.get() + 3600);

fn claimed(time: UnixTime, codes: NucleicAcid) -> crate::support::Reply {
    answer(&ClaimResponse { time, nucleic_acid: codes })
}

fn refresh(phone: &Phone, wallet: &Wallet) -> Refreshed {
    phone.run(wallet.refresh()).unwrap()
}

#[test]
fn only_what_is_not_known_is_asked_for() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.post.received();
    phone.platform.pass_until(LATER);
    phone.post.next(path::REFRESH, unchanged(LATER));
    let refreshed = refresh(&phone, &wallet);
    assert_eq!(refreshed.as_of, LATER);
    let asked = &phone.post.received()[0].body;
    assert_eq!(asked["trust_version"], 1);
    assert_eq!(asked["policy_version"], 1);
    assert_eq!(asked["state"], "s1");
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().as_of, LATER);
    assert_eq!(wallet.show_live(MOTHER).unwrap().as_of, LATER);
}

#[test]
fn what_others_regenerated_is_told_once() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.platform.pass_until(LATER);
    let before = phone.city.one_code(CHILD, NOW);
    let by_father = made(NOW.plus(120), "王强", false, true);
    let codes = phone.city.regenerated(CHILD, &before, by_father.clone());
    let people = phone.both_with(phone.city.one_code(MOTHER, NOW), codes.clone());
    phone.post.next(path::REFRESH, answer(&everything(LATER, people)));
    let refreshed = refresh(&phone, &wallet);
    let [news] = &refreshed.news[..] else { panic!("{refreshed:?}") };
    assert_eq!((news.slot, news.made()), (CHILD, Some(&by_father)));
    let said = news.sentence().zh;
    assert!(said.contains("王强于2026-11-22 09:02重新生成了王小明的核酸码"), "{said}");
    assert_eq!(wallet.show_nucleic_acid(CHILD).unwrap().made, by_father);

    // What this phone regenerates itself, and what voids nothing, is no news.
    let own = made(LATER, "李梅", true, true);
    let codes = phone.city.regenerated(CHILD, &codes, own);
    let people = phone.both_with(phone.city.one_code(MOTHER, NOW.plus(5)), codes);
    phone.post.next(path::REFRESH, answer(&everything(LATER, people)));
    assert_eq!(refresh(&phone, &wallet).news, []);
}

#[test]
fn news_outlives_a_refresh_that_did_not_come_to_its_end() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.platform.pass_until(LATER);
    let by_father = made(LATER, "王强", false, true);
    let childs = phone.city.regenerated(CHILD, &phone.city.one_code(CHILD, NOW), by_father.clone());
    // The mother has no code any more, so one is claimed; and in that moment the app is put away.
    let mothers = NucleicAcid { current: None, ..phone.city.one_code(MOTHER, NOW) };
    let people = phone.both_with(mothers, childs);
    phone.post.next(path::REFRESH, answer(&everything(LATER, people)));
    let pausing = Arc::clone(&wallet);
    let codes = phone.city.one_code(MOTHER, LATER);
    let reply = ClaimResponse { time: LATER, nucleic_acid: codes };
    phone.post.next(
        path::CLAIM,
        answer_with(move |_| {
            pausing.pause().unwrap();
            reply
        }),
    );
    assert!(wallet.show_nucleic_acid(MOTHER).is_ok());
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::Paused)));
    wallet.close().unwrap();

    let wallet = phone.open();
    phone.post.next(path::REFRESH, unchanged(LATER));
    phone.post.next(path::CLAIM, claimed(LATER, phone.city.one_code(MOTHER, LATER)));
    assert_eq!(refresh(&phone, &wallet).news[0].made(), Some(&by_father));
    phone.post.next(path::REFRESH, unchanged(LATER));
    assert_eq!(refresh(&phone, &wallet).news, []);
}

#[test]
fn news_that_was_told_is_kept_until_it_was_read_and_what_is_told_meanwhile_stays() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.platform.pass_until(LATER);
    let regenerated = |at: UnixTime, before: &NucleicAcid| {
        let by_father = made(at, "王强", false, true);
        let codes = phone.city.regenerated(CHILD, before, by_father.clone());
        let people = phone.both_with(phone.city.one_code(MOTHER, NOW), codes.clone());
        phone.post.next(path::REFRESH, answer(&everything(LATER, people)));
        (by_father, codes)
    };
    let (first, codes) = regenerated(NOW.plus(120), &phone.city.one_code(CHILD, NOW));
    assert_eq!(refresh(&phone, &wallet).news.len(), 1);
    let shown = wallet.unread_news().unwrap();
    assert_eq!(shown.news[0].made(), Some(&first));
    let (second, _) = regenerated(NOW.plus(240), &codes);
    assert_eq!(refresh(&phone, &wallet).news.len(), 1);
    wallet.close().unwrap();

    let wallet = phone.open_offline();
    let unread = wallet.unread_news().unwrap();
    let makings: Vec<_> = unread.news.iter().filter_map(|news| news.made()).collect();
    assert_eq!(makings, [&first, &second]);
    // Only the first was on the screen when it was pressed away; pressed twice, as people do.
    for _ in 0..2 {
        wallet.news_read(shown.mark).unwrap();
        let left = wallet.unread_news().unwrap();
        assert_eq!((left.news.len(), left.news[0].made()), (1, Some(&second)));
    }
    wallet.news_read(unread.mark).unwrap();
    wallet.close().unwrap();
    assert_eq!(phone.open_offline().unread_news().unwrap().news, []);
}

#[test]
fn news_outlives_a_caller_who_did_not_wait_for_it() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.platform.pass_until(LATER);
    let by_father = made(LATER, "王强", false, true);
    let childs = phone.city.regenerated(CHILD, &phone.city.one_code(CHILD, NOW), by_father.clone());
    let people = phone.both_with(phone.city.one_code(MOTHER, NOW), childs);
    phone.post.next(path::REFRESH, answer(&everything(LATER, people)));
    drop(phone.run(wallet.refresh_untold()).unwrap());
    wallet.close().unwrap();

    let wallet = phone.open();
    for told in [vec![&by_father], Vec::new()] {
        phone.post.next(path::REFRESH, unchanged(LATER));
        let untold = phone.run(wallet.refresh_untold()).unwrap();
        let news = wallet.tell(untold).unwrap().news;
        assert_eq!(news.iter().filter_map(|one| one.made()).collect::<Vec<_>>(), told);
    }
}

#[test]
fn whoever_has_no_code_gets_one_at_once() {
    let phone = Phone::new();
    let wallet = phone.open();
    phone.post.next(path::ENROL, phone.enrolment(NucleicAcid::default()));
    phone.post.next(path::CLAIM, claimed(NOW, phone.city.one_code(MOTHER, NOW)));
    phone.run(wallet.enrol("code")).unwrap();
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().made.iat, NOW);
    phone.post.next(path::HOLD, phone.held_child(NucleicAcid::default()));
    phone.post.next(path::CLAIM, claimed(NOW, phone.city.one_code(CHILD, NOW)));
    phone.run(wallet.hold(CHILD)).unwrap();
    assert_eq!(wallet.show_nucleic_acid(CHILD).unwrap().made.iat, NOW);
    phone.post.all_used();
}

#[test]
fn near_the_end_a_successor_is_claimed_and_voids_nothing() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let quiet = THIRTY_DAYS.plus(-7 * 86_400 - 1);
    phone.platform.pass_until(quiet);
    phone.post.next(path::REFRESH, unchanged(quiet));
    refresh(&phone, &wallet);
    phone.post.all_used();

    // By the middle of the last seven days every phone claims.
    let middle = THIRTY_DAYS.plus(-7 * 86_400 / 2);
    phone.platform.pass_until(middle);
    let next = made(middle, "李梅", true, false);
    let mut codes = phone.city.one_code(MOTHER, NOW);
    codes.successor = Some(phone.city.code(MOTHER, next.clone(), Some(THIRTY_DAYS)));
    codes.history.insert(0, next.clone());
    phone.post.next(path::REFRESH, unchanged(middle));
    phone.post.next(path::CLAIM, claimed(middle, codes));
    assert_eq!(refresh(&phone, &wallet).unclaimed, []);
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().made.iat, NOW);

    phone.post.next(path::REFRESH, unchanged(middle));
    refresh(&phone, &wallet);
    phone.post.all_used();

    phone.platform.pass_until(THIRTY_DAYS);
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().made, next);
    assert_eq!(
        wallet.show_nucleic_acid(MOTHER).unwrap().valid_until,
        end_of_last_day(THIRTY_DAYS, 30)
    );
}

#[test]
fn a_claim_that_fails_does_not_fail_the_refresh() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.pass_until(THIRTY_DAYS);
    for reply in [lost(), problem(ProblemId::Internal, THIRTY_DAYS)] {
        phone.post.next(path::REFRESH, unchanged(THIRTY_DAYS));
        phone.post.next(path::CLAIM, reply);
        assert_eq!(refresh(&phone, &wallet).unclaimed, [MOTHER]);
    }
    // Somebody else's code is no code.
    phone.post.next(path::REFRESH, unchanged(THIRTY_DAYS));
    phone.post.next(path::CLAIM, claimed(THIRTY_DAYS, phone.city.one_code(CHILD, THIRTY_DAYS)));
    assert_eq!(refresh(&phone, &wallet).unclaimed, [MOTHER]);
    assert!(matches!(wallet.show_nucleic_acid(MOTHER), Err(Error::Expired { .. })));
}

#[test]
fn a_phone_that_was_ended_forgets_its_codes_and_can_be_enrolled_again() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.post.next(path::REFRESH, problem(ProblemId::DeviceEnded, LATER));
    let error = phone.run(wallet.refresh()).unwrap_err();
    assert!(matches!(error, Error::DeviceEnded { at: LATER }), "{error}");
    for _ in 0..2 {
        let wallet = phone.open_offline();
        let status = wallet.status().unwrap();
        assert_eq!((status.enrolled, status.ended), (false, Some(LATER)));
        assert_eq!((status.trust_version, status.policy_version), (1, 1));
        assert!(matches!(wallet.show_live(MOTHER), Err(Error::DeviceEnded { .. })));
        assert!(matches!(wallet.family(), Err(Error::DeviceEnded { .. })));
        wallet.close().unwrap();
    }
    wallet.close().unwrap();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let status = wallet.status().unwrap();
    assert_eq!((status.enrolled, status.ended), (true, None));
    assert!(wallet.show_live(MOTHER).is_ok());
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })), "ended with the phone");
}

#[test]
fn the_end_of_the_old_phone_does_not_touch_the_one_enrolled_since() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let enrolling = Arc::clone(&wallet);
    let city = phone.city.clone();
    // While the refresh of the old enrolment is under way, the phone is enrolled anew.
    let reply = problem(ProblemId::DeviceEnded, LATER);
    phone.post.next(
        path::REFRESH,
        Box::new(move |received| {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(enrolling.enrol("another")).unwrap();
            reply(received)
        }),
    );
    let second = phone.enrolment(city.one_code(MOTHER, NOW));
    phone.post.next(
        path::ENROL,
        Box::new(move |received| {
            let (status, text) = second(received)?;
            Some((status, text.replace("device-1", "device-2")))
        }),
    );
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::Problem(_))));
    assert!(wallet.status().unwrap().enrolled);
    assert!(wallet.show_live(MOTHER).is_ok());
}

#[test]
fn an_answer_is_never_put_on_top_of_another_state_than_it_was_asked_from() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.pass_until(LATER);
    let confirm = wallet.warning(MOTHER).unwrap().confirm;
    let own = made(LATER, "李梅", true, true);
    let codes = phone.city.regenerated(MOTHER, &phone.city.one_code(MOTHER, NOW), own.clone());
    let regenerated = RegenerateResponse {
        time: LATER,
        outcome: Regeneration::Made { iat: LATER },
        nucleic_acid: codes.clone(),
    };
    // The refresh is answered from before, the person regenerates meanwhile, and the old answer comes last: it is asked for anew.
    let old = phone.mother_with(phone.city.one_code(MOTHER, NOW));
    let regenerating = Arc::clone(&wallet);
    phone.post.next(
        path::REFRESH,
        answer_with(move |_| {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(regenerating.regenerate(confirm)).unwrap();
            everything(LATER, old)
        }),
    );
    phone.post.next(path::REGENERATE, answer(&regenerated));
    let new = phone.mother_with(codes);
    phone.post.next(path::REFRESH, answer(&everything(LATER, new)));
    assert_eq!(refresh(&phone, &wallet).news, []);
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().made, own);
    phone.post.all_used();
}

#[test]
fn nobody_refreshes_a_phone_that_is_not_enrolled() {
    let phone = Phone::new();
    let wallet = phone.open();
    assert!(matches!(phone.run(wallet.refresh()), Err(Error::NotEnrolled)));
    assert!(phone.post.received().is_empty());
}
