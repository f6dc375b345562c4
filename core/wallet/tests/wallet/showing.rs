//! What is shown, from the store alone, at every moment that matters.

use crate::support::{CHILD, MOTHER, NOW, Phone, THIRTY_DAYS, made, unchanged};
use suima_client::wire::{NucleicAcid, path};
use suima_code::{
    Genuine, Knowledge, Outcome, Place, Policy, Presented, Reason, Revocations, StaticCode,
    UnixTime, Verdict, end_of_last_day, read, verify,
};
use suima_wallet::{ClockStatus, Error, NucleicAcidSummary};

fn verdict(phone: &Phone, text: &str, place: Place, now: UnixTime) -> Verdict {
    let trust = phone.city.trust_bundle(1);
    let policy = Policy::standard(1, NOW);
    let knowledge =
        Knowledge { trust: &trust, policy: &policy, revocations: &Revocations::default() };
    verify(text, &knowledge, place, now)
}

fn static_code(phone: &Phone, text: &str) -> StaticCode {
    match read(text, &phone.city.trust_bundle(1), NOW).unwrap() {
        Genuine::Static(code) => code,
        Genuine::Live(_) => panic!("a live code"),
    }
}

fn accepted(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Accepted(_))
}

#[test]
fn a_wallet_that_was_closed_shows_all_codes_with_no_network() {
    let phone = Phone::new();
    phone.enrol_family().close().unwrap();
    phone.post.received();
    phone.platform.pass(600);

    let wallet = phone.open_offline();
    for (slot, presented) in [(MOTHER, Presented::Live), (CHILD, Presented::Relative)] {
        let live = wallet.show_live(slot).unwrap();
        assert_eq!(live.drawn_at, NOW.plus(600));
        assert_eq!(live.redraw_at, NOW.plus(610));
        assert_eq!(live.as_of, NOW);
        assert_eq!(live.clock, ClockStatus::Right);
        assert_eq!(live.notices, []);
        let verdict = verdict(&phone, &live.text, Place::Sampling, NOW.plus(600));
        assert!(accepted(&verdict), "{verdict:?}");
        assert_eq!(verdict.genuine.unwrap().presented(), presented);

        let nucleic_acid = wallet.show_nucleic_acid(slot).unwrap();
        assert_eq!(static_code(&phone, &nucleic_acid.text).slot, slot);
        assert_eq!(nucleic_acid.valid_until, THIRTY_DAYS);
        assert_eq!(nucleic_acid.last_day, "2026-12-21");
        assert_eq!(nucleic_acid.doubt, None);
        assert!(wallet.saved_picture(slot).unwrap().starts_with(b"\x89PNG"));
    }
    assert!(phone.post.received().is_empty());
}

#[test]
fn a_live_code_ends_with_its_credential_and_its_colour_before() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let colour_counts_until = wallet.show_live(MOTHER).unwrap().colour_counts_until;
    assert_eq!(colour_counts_until, NOW.plus(86_400));

    let notices = || wallet.show_live(MOTHER).unwrap().notices;
    let gate = |now| {
        let text = wallet.show_live(MOTHER).unwrap().text;
        // Only the colour is asked here: a gate that never synced would say so instead.
        match verdict(&phone, &text, Place::Gate, now).outcome {
            Outcome::Refused(Reason::StatusTooOld { .. }) => false,
            Outcome::Refused(Reason::NotReady) => true,
            other => panic!("{other:?}"),
        }
    };
    phone.platform.pass_until(colour_counts_until);
    assert!(gate(colour_counts_until));
    assert!(!notices().iter().any(|said| said.en.contains("too old")));
    phone.platform.pass(1);
    assert!(!gate(colour_counts_until.plus(1)));
    assert!(notices().iter().any(|said| said.en.contains("too old")));

    let end = NOW.plus(14 * 86_400);
    phone.platform.pass_until(end.plus(-1));
    let live = wallet.show_live(MOTHER).unwrap();
    assert!(accepted(&verdict(&phone, &live.text, Place::Sampling, end.plus(-1))));
    phone.platform.pass(1);
    let error = wallet.show_live(MOTHER).unwrap_err();
    assert!(matches!(error, Error::LiveExpired { at } if at == end), "{error}");
    assert!(error.sentence().zh.contains("联网"));
    assert!(wallet.family().unwrap()[0].live.is_none());
}

#[test]
fn the_successor_takes_over_in_the_very_second_and_offline() {
    let phone = Phone::new();
    let first = made(NOW, "李梅", true, false);
    let second = made(NOW.plus(24 * 86_400), "王强", false, false);
    let codes = NucleicAcid {
        current: Some(phone.city.code(MOTHER, first.clone(), None)),
        successor: Some(phone.city.code(MOTHER, second.clone(), Some(THIRTY_DAYS))),
        revoked_before: None,
        history: vec![second.clone(), first.clone()],
    };
    phone.enrol(codes).close().unwrap();
    let wallet = phone.open_offline();
    let end = end_of_last_day(THIRTY_DAYS, 30);

    phone.platform.pass_until(THIRTY_DAYS.plus(-1));
    let before = wallet.show_nucleic_acid(MOTHER).unwrap();
    assert_eq!((before.made, before.valid_until), (first, THIRTY_DAYS));
    assert!(accepted(&verdict(&phone, &before.text, Place::Sampling, THIRTY_DAYS.plus(-1))));

    phone.platform.pass(1);
    let after = wallet.show_nucleic_acid(MOTHER).unwrap();
    assert_eq!((after.made, after.valid_until), (second, end));
    assert!(accepted(&verdict(&phone, &after.text, Place::Sampling, THIRTY_DAYS)));
    assert_eq!(
        verdict(&phone, &before.text, Place::Sampling, THIRTY_DAYS).outcome,
        Outcome::Refused(Reason::Expired { at: THIRTY_DAYS })
    );

    phone.platform.pass_until(end.plus(-1));
    assert!(wallet.show_nucleic_acid(MOTHER).is_ok());
    phone.platform.pass(1);
    let error = wallet.show_nucleic_acid(MOTHER).unwrap_err();
    assert!(matches!(error, Error::Expired { at } if at == end), "{error}");
    assert!(error.sentence().zh.contains(&after.last_day), "{}", error.sentence().zh);
    assert!(wallet.saved_picture(MOTHER).is_err());
    let person = &wallet.family().unwrap()[0];
    assert_eq!(person.nucleic_acid, NucleicAcidSummary::Expired { at: end });
}

#[test]
fn a_wrong_clock_is_told_and_not_obeyed() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.pass(60);
    phone.platform.set_wall(NOW.plus(60 + 7200));
    let live = wallet.show_live(MOTHER).unwrap();
    assert_eq!(live.drawn_at, NOW.plus(60));
    assert_eq!(live.clock, ClockStatus::Wrong { by_seconds: 7200 });
    assert!(live.notices[0].zh.contains("快了2小时"), "{:?}", live.notices);
    assert!(accepted(&verdict(&phone, &live.text, Place::Sampling, NOW.plus(60))));

    phone.platform.set_wall(NOW.plus(60 - 40));
    let status = wallet.status().unwrap();
    assert_eq!(status.clock, ClockStatus::Wrong { by_seconds: -40 });
    assert!(status.notices[0].en.contains("40 seconds behind"), "{:?}", status.notices);
    let shown = wallet.show_nucleic_acid(MOTHER).unwrap();
    assert_eq!(shown.clock, ClockStatus::Wrong { by_seconds: -40 });
}

#[test]
fn after_a_restart_the_clock_is_as_wrong_as_it_was_and_unchecked_if_it_was_right() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.restart(300);
    let live = wallet.show_live(MOTHER).unwrap();
    assert_eq!(live.drawn_at, NOW.plus(300));
    assert_eq!(live.clock, ClockStatus::Unchecked);

    // The issuer is heard while the wall clock is an hour slow; after the next restart that is still known.
    phone.platform.set_wall(NOW.plus(300 - 3600));
    phone.post.next(path::REFRESH, unchanged(NOW.plus(300)));
    phone.run(wallet.refresh()).unwrap();
    phone.platform.restart(100);
    let live = wallet.show_live(MOTHER).unwrap();
    assert_eq!(live.drawn_at, NOW.plus(400));
    assert_eq!(live.clock, ClockStatus::Wrong { by_seconds: -3600 });

    // Set back to before the issuer was last heard, time does not follow.
    phone.platform.set_wall(NOW.plus(-30 * 86_400));
    phone.platform.restart(0);
    assert_eq!(wallet.show_live(MOTHER).unwrap().drawn_at, NOW.plus(300));
}

#[test]
fn a_clock_that_is_set_right_stays_right_after_a_restart() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.set_wall(NOW.plus(3600));
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    // The user leaves the app, sets the clock, comes back, and later starts the phone anew.
    wallet.pause().unwrap();
    phone.platform.set_wall(NOW);
    wallet.resume().unwrap();
    phone.platform.restart(100);
    assert_eq!(wallet.show_live(MOTHER).unwrap().drawn_at, NOW.plus(100));
}

#[test]
fn old_knowledge_is_said() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    phone.platform.pass(7200);
    assert_eq!(wallet.show_nucleic_acid(MOTHER).unwrap().notices, []);
    phone.platform.pass(1);
    let shown = wallet.show_nucleic_acid(MOTHER).unwrap();
    assert_eq!(shown.as_of, NOW);
    assert!(shown.notices[0].zh.contains("2026-11-22 09:00"), "{:?}", shown.notices);
    assert!(shown.notices[0].zh.contains("2小时前"), "{:?}", shown.notices);
}

#[test]
fn the_warning_names_what_it_voids() {
    let phone = Phone::new();
    let codes = phone.city.one_code(MOTHER, NOW);
    let wallet = phone.enrol(codes);
    let warning = wallet.warning(MOTHER).unwrap();
    assert_eq!(warning.confirm.void, Some(NOW));
    assert_eq!(warning.voids.unwrap().by, "李梅");
    for part in ["李梅", "2026-11-22 09:00", "截图", "打印件", "作废"] {
        assert!(warning.sentence_zh.contains(part), "{}", warning.sentence_zh);
    }

    phone.platform.pass_until(THIRTY_DAYS);
    let warning = wallet.warning(MOTHER).unwrap();
    assert_eq!((warning.voids, warning.confirm.void), (None, None));
}

#[test]
fn who_is_not_held_is_listed_and_not_shown() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let family = wallet.family().unwrap();
    assert_eq!(family.iter().map(|person| person.slot).collect::<Vec<_>>(), [MOTHER, CHILD]);
    assert_eq!(family.iter().map(|person| person.held).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })));
    let stranger = suima_code::Slot(33);
    assert!(matches!(wallet.show_nucleic_acid(stranger), Err(Error::NotListed { .. })));
}
