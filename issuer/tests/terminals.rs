//! Terminals: making and ending one, ID cards in their readers, live codes shown to them, and what an adult without a phone
//! agrees to there (design section 8).

mod counter;
mod support;

use counter::{
    Counter, GRANDMOTHER, MOTHER, SON, agree, answer, number, refused, scan, terminal, town,
};
use suima_client::wire::{AskedAct, AskingPlace, Confirmed, ProblemId, Relation};
use suima_code::{LiveDraft, Reason, Slot};
use suima_issuer::{Authority, Progress, Wanted};
use support::{City, MORNING, Phone, id_number};

/// A live code of `slot` as the phone would draw it now.
async fn live_code(
    city: &City,
    phone: &Phone<'_>,
    slot: Slot,
    key: &suima_client::signature::SoftwareKey,
) -> String {
    let credential = phone.person(slot).await.unwrap().holding.unwrap().credential;
    let draft = LiveDraft::new(&credential.0, key.public().algorithm(), city.clock_now());
    draft.with_signature(&key.sign(&draft.to_be_signed()))
}

#[tokio::test]
async fn a_live_code_shown_to_a_terminal_begins_and_never_authorises() {
    let city = City::new().await;
    let slot = city.person(MOTHER, 1, "王小芳");
    let (key, code) = (city.key(), city.issuer.activation_code(slot).unwrap());
    let phone = city.phone_with(&code, city.key(), &key).await.unwrap();
    let hall = terminal(&city, "徐汇一号厅");
    let text = live_code(&city, &phone, slot, &key).await;

    // Photographed, and shown by somebody else: the phone is asked, and says no.
    let thief = Counter::at(&city, &hall);
    assert_eq!(thief.desks().live_code(&thief.secret, &text).unwrap(), Ok(()));
    assert_eq!(thief.desks().people(&thief.secret).unwrap(), []);
    let asked = phone.refresh(None).await.unwrap().challenges.remove(0);
    assert_eq!((asked.place, asked.place_name.as_str()), (AskingPlace::Terminal, "徐汇一号厅"));
    assert_eq!(asked.act, AskedAct::LogIn);
    // The QR that the terminal shows is for that phone alone.
    let stranger_slot = city.person("19900101", 1, "李大雷");
    let stranger = city.phone(stranger_slot).await;
    let Progress::Waiting { shown, .. } = thief.progress() else { panic!() };
    assert_eq!(scan(&stranger, &shown).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(answer(&phone, &asked, false).await, Confirmed::Declined);
    let apply = Wanted::ApplyPaper { slot };
    assert_eq!(refused(thief.desks().preview(&thief.secret, &apply)), ProblemId::NotAllowed);
    // A replay asks once more, and that is all; later it does not even do that.
    city.clock.pass(30);
    assert_eq!(thief.desks().live_code(&thief.secret, &text).unwrap(), Ok(()));
    assert_eq!(thief.desks().people(&thief.secret).unwrap(), []);
    city.clock.pass(31);
    let thief = Counter::at(&city, &hall);
    let stale = thief.desks().live_code(&thief.secret, &text).unwrap();
    assert_eq!(stale, Err(Reason::Stale { by: 61 }));
    assert_eq!(thief.progress(), Progress::Nothing);

    // Shown by herself, she agrees on the phone.
    let counter = Counter::at(&city, &hall);
    let text = live_code(&city, &phone, slot, &key).await;
    assert_eq!(counter.desks().live_code(&counter.secret, &text).unwrap(), Ok(()));
    let asked = phone.refresh(None).await.unwrap().challenges.pop().unwrap();
    assert_eq!(answer(&phone, &asked, true).await, Confirmed::Done);
    assert_eq!(counter.desks().people(&counter.secret).unwrap().len(), 1);
}

#[tokio::test]
async fn the_code_of_a_relative_asks_the_phone_that_it_is_on() {
    let city = City::new().await;
    let town = town(&city).await;
    let daughter = city.person("20180101", 2, "王小二");
    city.kin(&id_number(MOTHER, 1), &id_number("20180101", 2));
    let key = city.key();
    town.mother.hold(daughter, &key).await.unwrap();
    let text = live_code(&city, &town.mother, daughter, &key).await;
    // Somebody has left their card's session open: whoever begins does not get it.
    let counter = Counter::with_card(&city, SON, 1);
    assert_eq!(counter.desks().live_code(&counter.secret, &text).unwrap(), Ok(()));
    assert_eq!(counter.desks().find(&counter.secret).unwrap().user, None);
    let asked = town.mother.refresh(None).await.unwrap().challenges.remove(0);
    assert_eq!(answer(&town.mother, &asked, true).await, Confirmed::Done);
    let desk = counter.desks().find(&counter.secret).unwrap();
    assert_eq!((desk.user, desk.authority), (Some(town.mother_slot), Authority::Phone));
}

#[tokio::test]
async fn other_codes_do_not_even_begin() {
    let city = City::new().await;
    let slot = city.person(MOTHER, 1, "王小芳");
    let (key, code) = (city.key(), city.issuer.activation_code(slot).unwrap());
    let phone = city.phone_with(&code, city.key(), &key).await.unwrap();
    let sampling = phone.claim(slot).await.unwrap().current.unwrap().text;
    let counter = Counter::at(&city, &terminal(&city, "徐汇一号厅"));
    let shown = |text: &str| counter.desks().live_code(&counter.secret, text).unwrap();
    assert_eq!(shown(&sampling), Err(Reason::NotACode));
    assert_eq!(shown("https://example.org"), Err(Reason::NotACode));
    let text = live_code(&city, &phone, slot, &key).await;
    // The phone was lost, and another enrolled.
    let newer = city.phone(slot).await;
    assert_eq!(shown(&text), Err(Reason::HoldingEnded { at: MORNING }));
    assert_eq!(newer.refresh(None).await.unwrap().challenges, []);
    assert_eq!(counter.progress(), Progress::Nothing);
    // The portal takes neither codes nor cards.
    let portal = Counter::portal(&city);
    let refusal = portal.desks().live_code(&portal.secret, &text);
    assert_eq!(refused(refusal), ProblemId::NotAllowed);
    let refusal = portal.desks().card(&portal.secret, &number(MOTHER, 1));
    assert_eq!(refused(refusal), ProblemId::NotAllowed);
}

#[tokio::test]
async fn cards_that_meet_nobody_are_limited_and_every_card_is_on_record() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let hall = terminal(&city, "徐汇一号厅");
    let read = |birth: &str, n| {
        // Each time at a new desk: what counts is the terminal.
        let counter = Counter::at(&city, &hall);
        counter.desks().card(&counter.secret, &number(birth, n)).unwrap()
    };
    assert!(read(GRANDMOTHER, 1));
    for n in 1..=5 {
        assert!(!read("19700101", n));
    }
    assert!(!read(GRANDMOTHER, 1), "no card is taken now");
    city.clock.pass(600);
    assert!(read(GRANDMOTHER, 1));
    let log = city.issuer.audit_log(MORNING).unwrap();
    let outcomes: Vec<_> = log.iter().map(|row| row.outcome.as_str()).collect();
    let nobody = ["no-match"; 5];
    assert_eq!(outcomes, [&["match"][..], &nobody, &["too-often", "match"]].concat());
    assert!(log.iter().all(|row| row.by == "desk" && row.place == "徐汇一号厅"));
    assert_eq!((log[0].slot, log[1].slot), (Some(slot), None));
}

#[tokio::test]
async fn a_terminal_is_the_browser_that_used_its_code_until_it_is_ended() {
    let city = City::new().await;
    city.person(GRANDMOTHER, 1, "陈秀兰");
    let desks = city.issuer.desks();
    let code = city.issuer.terminal_activation("徐汇一号厅").unwrap();
    let (_, first) = desks.enrol_terminal(&code.to_lowercase()).unwrap();
    assert_eq!(refused(desks.enrol_terminal(&code)), ProblemId::ActivationRefused);
    // Another code for it: the old browser remains until it is used.
    let code = city.issuer.terminal_activation("徐汇一号厅").unwrap();
    assert!(desks.open_at_terminal(&first).is_ok());
    let mut wrong = code.clone().into_bytes();
    let last = wrong.last_mut().unwrap();
    *last = if *last == b'0' { b'1' } else { b'0' };
    let wrong = String::from_utf8(wrong).unwrap();
    for _ in 0..4 {
        assert_eq!(refused(desks.enrol_terminal(&wrong)), ProblemId::ActivationRefused);
    }
    let (_, second) = desks.enrol_terminal(&code).unwrap();
    assert_eq!(refused(desks.open_at_terminal(&first)), ProblemId::NotAllowed);
    let desk = desks.open_at_terminal(&second).unwrap();
    // One that was tried too often is good for nobody.
    let code = city.issuer.terminal_activation("长宁二号厅").unwrap();
    let wrong =
        format!("{}{}", &code[..code.len() - 1], if code.ends_with('0') { '1' } else { '0' });
    for _ in 0..5 {
        assert_eq!(refused(desks.enrol_terminal(&wrong)), ProblemId::ActivationRefused);
    }
    assert_eq!(refused(desks.enrol_terminal(&code)), ProblemId::ActivationRefused);
    // Nor is one that is too old.
    let code = city.issuer.terminal_activation("长宁二号厅").unwrap();
    city.clock.pass(7 * 86_400);
    assert_eq!(refused(desks.enrol_terminal(&code)), ProblemId::ActivationRefused);
    city.clock.set(MORNING);

    assert!(city.issuer.end_terminal("徐汇一号厅").unwrap());
    assert_eq!(refused(desks.card(&desk, &number(GRANDMOTHER, 1))), ProblemId::NotAllowed);
    assert_eq!(refused(desks.open_at_terminal(&second)), ProblemId::NotAllowed);
    assert!(!city.issuer.end_terminal("徐汇一号厅").unwrap());
}

#[tokio::test]
async fn an_adult_without_a_phone_lets_a_family_member_hold_their_codes_with_their_card() {
    let city = City::new().await;
    let town = town(&city).await;
    let grandmother = city.person(GRANDMOTHER, 1, "陈秀兰");
    let key = city.key();
    let refusal = town.mother.hold(grandmother, &key).await.unwrap_err();
    assert_eq!(refusal, ProblemId::NotAllowed);
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let shown = counter.ask(&Wanted::HoldRelative);
    let name = "陈秀兰".to_owned();
    assert_eq!(shown.act, AskedAct::HoldRelative { slot: grandmother, name });
    // Her card is not the agreement of who is to hold.
    let refusal = counter.desks().by_card(&counter.secret, &shown.act);
    assert_eq!(refused(refusal), ProblemId::NotAllowed);
    assert_eq!(town.mother.refresh(None).await.unwrap().challenges, []);
    let challenge = scan(&town.mother, &shown).await.unwrap();
    assert_eq!(scan(&town.stranger, &shown).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(answer(&town.mother, &challenge, true).await, Confirmed::Done);
    let held = town.mother.hold(grandmother, &key).await.unwrap().person;
    assert_eq!((held.relation, held.name.as_str()), (Relation::Relative, "陈秀兰"));
    assert!(held.holding.is_some());

    // From now on the daughter applies for her too.
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: grandmother });
    assert_eq!(agree(&town.mother, &shown).await, Confirmed::Done);
    assert_eq!(city.issuer.valid_paper_codes(grandmother).unwrap(), 1);
    // A child's card lets nobody hold anything: the register says who may.
    let counter = Counter::with_card(&city, SON, 1);
    let refusal = counter.desks().ask(&counter.secret, &Wanted::HoldRelative);
    assert_eq!(refused(refusal), ProblemId::NotAllowed);
}

#[tokio::test]
async fn whoever_stands_at_a_terminal_with_their_card_sees_who_holds_their_codes_and_ends_it() {
    let city = City::new().await;
    let town = town(&city).await;
    let grandmother = city.person(GRANDMOTHER, 1, "陈秀兰");
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let holders = |counter: &Counter<'_>| counter.desks().holders(&counter.secret).unwrap();
    assert_eq!(holders(&counter), []);

    // A bystander is faster than her daughter: the terminal says who it was, though nothing is held yet.
    let shown = counter.ask(&Wanted::HoldRelative);
    let challenge = scan(&town.stranger, &shown).await.unwrap();
    assert_eq!(answer(&town.stranger, &challenge, true).await, Confirmed::Done);
    let Progress::Done { holder: Some(holder), .. } = counter.progress() else { panic!() };
    assert_eq!(holder.to_string(), "李*雷");
    let agreed = city.clock_now();
    let [seen] = &holders(&counter)[..] else { panic!("one may hold them") };
    assert_eq!((seen.slot, seen.holds, seen.since), (town.stranger_slot, false, agreed));
    city.clock.pass(30);
    let key = city.key();
    town.stranger.hold(grandmother, &key).await.unwrap();
    let [seen] = &holders(&counter)[..] else { panic!("one holds them") };
    assert_eq!((seen.holds, seen.since, &seen.masked_name), (true, city.clock_now(), &holder));

    // Her daughter holds them too, and goes on holding them.
    assert_eq!(agree(&town.mother, &counter.ask(&Wanted::HoldRelative)).await, Confirmed::Done);
    town.mother.hold(grandmother, &city.key()).await.unwrap();
    assert_eq!(holders(&counter).len(), 2);
    let ended = counter.desks().end_holding(&counter.secret, town.stranger_slot).unwrap();
    assert_eq!(ended.slot, town.stranger_slot);
    let left: Vec<_> = holders(&counter).iter().map(|one| one.slot).collect();
    assert_eq!(left, [town.mother_slot]);
    assert!(town.stranger.person(grandmother).await.is_none(), "nor is the consent left");
    let again = town.stranger.hold(grandmother, &city.key()).await.unwrap_err();
    assert_eq!(again, ProblemId::NotAllowed);
    assert!(town.mother.person(grandmother).await.unwrap().holding.is_some());
    // There is nothing more to end.
    let refusal = counter.desks().end_holding(&counter.secret, town.stranger_slot);
    assert_eq!(refused(refusal), ProblemId::NotAllowed);
}

#[tokio::test]
async fn nobody_but_the_card_s_owner_ends_a_holding_at_a_desk() {
    let city = City::new().await;
    let town = town(&city).await;
    let grandmother = city.person(GRANDMOTHER, 1, "陈秀兰");
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    assert_eq!(agree(&town.mother, &counter.ask(&Wanted::HoldRelative)).await, Confirmed::Done);
    town.mother.hold(grandmother, &city.key()).await.unwrap();

    // A card of somebody of whom she holds nothing; a phone at the portal; nobody at all.
    city.person("19560101", 1, "何建军");
    let stranger = Counter::with_card(&city, "19560101", 1);
    let by_phone = Counter::with_phone(&city, &town.mother).await;
    let nobody = Counter::at(&city, &terminal(&city, "长宁二号厅"));
    for counter in [&stranger, &by_phone, &nobody] {
        assert_eq!(counter.desks().holders(&counter.secret).unwrap(), []);
        let refusal = counter.desks().end_holding(&counter.secret, town.mother_slot);
        assert_eq!(refused(refusal), ProblemId::NotAllowed);
    }
    // And after a minute without a touch the card's own session is over too.
    city.clock.pass(61);
    let refusal = counter.desks().end_holding(&counter.secret, town.mother_slot);
    assert_eq!(refused(refusal), ProblemId::NotAllowed);
    assert!(town.mother.person(grandmother).await.unwrap().holding.is_some());
}
