//! Desks: logging in, confirming on the phone, cards and live codes at a terminal, and what outsiders get (design
//! section 8).

mod counter;
mod support;

use counter::{Counter, agree, answer, confirm, number, refused, scan, terminal};
use suima_client::wire::{AskedAct, AskingPlace, ConfirmRequest, Confirmed, ProblemId, Relation};
use suima_code::{LiveDraft, Reason, Slot};
use suima_issuer::{Authority, Progress, Wanted};
use support::{City, MORNING, Phone, id_number};

const MOTHER: &str = "19800203";
const SON: &str = "20200101";
const GRANDMOTHER: &str = "19551130";

/// Wang Fang, her son whose code she holds, her phone; and a stranger with a phone.
struct Town<'a> {
    mother: Phone<'a>,
    mother_slot: Slot,
    son: Slot,
    stranger: Phone<'a>,
    stranger_slot: Slot,
}

async fn town(city: &City) -> Town<'_> {
    let mother_slot = city.person(MOTHER, 1, "王小芳");
    let son = city.person(SON, 1, "王小一");
    city.kin(&id_number(MOTHER, 1), &id_number(SON, 1));
    let mother = city.phone(mother_slot).await;
    mother.hold(son, &city.key()).await.unwrap();
    let stranger_slot = city.person("19900101", 1, "李大雷");
    let stranger = city.phone(stranger_slot).await;
    Town { mother, mother_slot, son, stranger, stranger_slot }
}

/// How many rows a table has.
fn rows(city: &City, table: &str) -> u32 {
    let db = rusqlite::Connection::open(city.database()).unwrap();
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn logging_in_grants_a_list_with_masked_names_and_nothing_else() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::portal(&city);
    let apply = Wanted::ApplyPaper { slot: town.son };
    assert_eq!(counter.desks().people(&counter.secret).unwrap(), []);
    assert_eq!(refused(counter.desks().preview(&counter.secret, &apply)), ProblemId::NotAllowed);
    assert_eq!(refused(counter.desks().ask(&counter.secret, &apply)), ProblemId::NotAllowed);

    let shown = counter.desks().log_in(&counter.secret).unwrap();
    assert_eq!(shown.expires, MORNING.plus(60));
    let Progress::Waiting { taken_up: false, .. } = counter.progress() else { panic!() };
    let challenge = scan(&town.mother, &shown).await.unwrap();
    assert_eq!((challenge.place, challenge.place_name.as_str()), (AskingPlace::Portal, "Firefox"));
    assert_eq!((challenge.act.clone(), &challenge.check), (AskedAct::LogIn, &shown.check));
    let Progress::Waiting { taken_up: true, .. } = counter.progress() else { panic!() };
    assert_eq!(counter.desks().people(&counter.secret).unwrap(), []);
    assert_eq!(answer(&town.mother, &challenge, true).await, Confirmed::Done);
    assert_eq!(counter.progress(), Progress::Done { act: AskedAct::LogIn, ticket: None });

    let desk = counter.desks().find(&counter.secret).unwrap();
    assert_eq!((desk.user, desk.authority), (Some(town.mother_slot), Authority::Phone));
    let people = counter.desks().people(&counter.secret).unwrap();
    let told: Vec<_> =
        people.iter().map(|one| (one.slot, one.masked_name.as_str(), one.relation)).collect();
    let mother = (town.mother_slot, "王*芳", Relation::Oneself);
    assert_eq!(told, [mother, (town.son, "王*一", Relation::Child)]);
    // The desk cannot agree in her place.
    let asked = counter.desks().preview(&counter.secret, &apply).unwrap();
    assert_eq!(refused(counter.desks().by_card(&counter.secret, &asked)), ProblemId::NotAllowed);
    counter.ask(&apply);
    assert!(matches!(counter.progress(), Progress::Waiting { .. }));
    assert_eq!(city.issuer.valid_paper_codes(town.son).unwrap(), 0);
}

#[tokio::test]
async fn a_relayed_log_in_obtains_nothing_without_agreement_to_its_place() {
    let city = City::new().await;
    let town = town(&city).await;
    // Somebody shows the code of their own browser on a page of theirs.
    let far = Counter::portal(&city);
    let shown = far.desks().log_in(&far.secret).unwrap();
    let challenge = scan(&town.mother, &shown).await.unwrap();
    assert_eq!(challenge.place_name, "Firefox", "the phone says where");
    assert_eq!(far.desks().people(&far.secret).unwrap(), []);
    assert_eq!(answer(&town.mother, &challenge, false).await, Confirmed::Declined);
    assert_eq!(far.progress(), Progress::Declined);
    assert_eq!(far.desks().find(&far.secret).unwrap().user, None);
    assert_eq!(answer(&town.mother, &challenge, true).await, Confirmed::Over);
    assert_eq!(far.desks().people(&far.secret).unwrap(), []);

    // Even one who agreed to that agreed to no act: each is asked on the phone again.
    let far = Counter::with_phone(&city, &town.mother).await;
    let shown = far.ask(&Wanted::ApplyPaper { slot: town.son });
    assert_eq!(town.mother.refresh(None).await.unwrap().challenges.len(), 1);
    city.clock.set(shown.expires);
    assert_eq!(far.progress(), Progress::Over);
    assert_eq!(town.mother.refresh(None).await.unwrap().challenges, []);
    assert_eq!(city.issuer.valid_paper_codes(town.son).unwrap(), 0);
}

#[tokio::test]
async fn a_challenge_is_taken_up_by_one_phone_and_lives_for_a_minute() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::portal(&city);
    let shown = counter.desks().log_in(&counter.secret).unwrap();
    let challenge = scan(&town.mother, &shown).await.unwrap();
    assert_eq!(
        scan(&town.mother, &shown).await.unwrap(),
        challenge,
        "again, as the answer was lost"
    );
    assert_eq!(scan(&town.stranger, &shown).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(answer(&town.stranger, &challenge, true).await, Confirmed::Over);
    city.clock.set(shown.expires);
    assert_eq!(scan(&town.mother, &shown).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(answer(&town.mother, &challenge, true).await, Confirmed::Over);
    assert_eq!(counter.progress(), Progress::Over);
    assert_eq!(counter.desks().people(&counter.secret).unwrap(), []);
    // Nobody agrees without having been told what to.
    let shown = counter.desks().log_in(&counter.secret).unwrap();
    let request = ConfirmRequest { id: shown.id, agree: true, act: AskedAct::LogIn };
    let key = city.random.hex();
    assert_eq!(confirm(&town.mother, &key, &request).await, Ok(Confirmed::Over));
    // Another one of the same desk voids the one before.
    let before = counter.desks().log_in(&counter.secret).unwrap();
    let after = counter.desks().log_in(&counter.secret).unwrap();
    assert_eq!(scan(&town.mother, &before).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(agree(&town.mother, &after).await, Confirmed::Done);
    assert_eq!(scan(&town.mother, &after).await.unwrap_err(), ProblemId::NotAllowed);
}

#[tokio::test]
async fn an_act_is_asked_on_the_phone_of_the_user_and_no_other() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    assert_eq!(scan(&town.stranger, &shown).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(town.stranger.refresh(None).await.unwrap().challenges, []);
    let told = town.mother.refresh(None).await.unwrap().challenges.remove(0);
    assert_eq!((&told.id, &told.check, &told.act), (&shown.id, &shown.check, &shown.act));
    assert_eq!(answer(&town.stranger, &told, true).await, Confirmed::Over);
    assert_eq!(city.issuer.valid_paper_codes(town.son).unwrap(), 0);
    // Told by itself, it need not be scanned.
    assert_eq!(answer(&town.mother, &told, true).await, Confirmed::Done);
    assert_eq!(city.issuer.valid_paper_codes(town.son).unwrap(), 1);
    assert_eq!(town.mother.refresh(None).await.unwrap().challenges, []);
}

#[tokio::test]
async fn nobody_asks_for_somebody_who_is_nothing_to_them() {
    let city = City::new().await;
    let town = town(&city).await;
    let adult = city.person(GRANDMOTHER, 1, "陈秀兰");
    // Grown up since: the register still says whose child he was.
    let grown = city.person("20000101", 1, "王小二");
    city.kin(&id_number(MOTHER, 1), &id_number("20000101", 1));
    let counter = Counter::with_phone(&city, &town.mother).await;
    for slot in [town.stranger_slot, adult, grown, Slot(0)] {
        for wanted in [
            Wanted::ApplyPaper { slot },
            Wanted::PrintPaper { slot },
            Wanted::ReportLost { slot },
            Wanted::PrintNucleicAcid { slots: vec![slot] },
        ] {
            let refusal = counter.desks().ask(&counter.secret, &wanted);
            assert_eq!(refused(refusal), ProblemId::NotAllowed, "{wanted:?}");
        }
    }
    let refusal = counter.desks().ask(&counter.secret, &Wanted::HoldRelative);
    assert_eq!(refused(refusal), ProblemId::NotAllowed, "she is not there with a card");
}

#[tokio::test]
async fn a_retry_gets_the_recorded_outcome_and_makes_nothing_twice() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    let request = ConfirmRequest { id: shown.id.clone(), agree: true, act: shown.act.clone() };
    let key = city.random.hex();
    assert_eq!(confirm(&town.mother, &key, &request).await, Ok(Confirmed::Done));
    let card = counter.sheet(&counter.progress());
    // Also when the desk and its challenge are long gone.
    counter.desks().close(&counter.secret).unwrap();
    city.clock.pass(3600);
    assert_eq!(confirm(&town.mother, &key, &request).await, Ok(Confirmed::Done));
    let other = ConfirmRequest { agree: false, ..request.clone() };
    let reused = confirm(&town.mother, &key, &other).await.unwrap_err();
    assert_eq!(reused, ProblemId::IdempotencyKeyReused);
    assert_eq!(confirm(&town.mother, &city.random.hex(), &request).await, Ok(Confirmed::Over));
    let paper = town.mother.person(town.son).await.unwrap().paper.unwrap();
    assert_eq!(paper.current.unwrap().iat, MORNING);
    assert_eq!(card.len(), 1);
    assert_eq!(rows(&city, "issued"), 1);
}

#[tokio::test]
async fn an_act_that_would_void_something_else_by_now_is_not_done() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    let AskedAct::ApplyPaper { voids: None, .. } = shown.act else { panic!("{shown:?}") };
    // Meanwhile at a terminal, with her card.
    let made = Counter::with_card(&city, MOTHER, 1).applied(town.son);
    assert_eq!(agree(&town.mother, &shown).await, Confirmed::Changed);
    assert_eq!(counter.progress(), Progress::Changed);
    let paper = town.mother.person(town.son).await.unwrap().paper.unwrap();
    assert_eq!(paper.current.unwrap().serial, made.serial.unwrap(), "nothing was voided");

    // Nor is anything done that the phone did not show.
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    let AskedAct::ApplyPaper { slot, name, voids: Some(MORNING) } = shown.act.clone() else {
        panic!("{shown:?}")
    };
    let other = AskedAct::ApplyPaper { slot, name, voids: None };
    let request = ConfirmRequest { id: shown.id, agree: true, act: other };
    let key = city.random.hex();
    assert_eq!(confirm(&town.mother, &key, &request).await, Ok(Confirmed::Changed));

    // The same of what a card agrees to, and of reporting lost what is lost already.
    let counter = Counter::with_card(&city, MOTHER, 1);
    let lost = Wanted::ReportLost { slot: town.son };
    let asked = counter.desks().preview(&counter.secret, &lost).unwrap();
    assert!(matches!(counter.by_card(&lost), Progress::Done { .. }));
    let again = counter.desks().by_card(&counter.secret, &asked).unwrap();
    assert_eq!(again, Progress::Changed);
}

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
async fn a_ticket_prints_at_its_desk_only_and_for_ten_minutes() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    assert_eq!(agree(&town.mother, &shown).await, Confirmed::Done);
    let Progress::Done { ticket: Some(ticket), .. } = counter.progress() else { panic!() };
    let printed = |at: &Counter<'_>| at.desks().sheet(&at.secret, &ticket).unwrap();
    assert!(printed(&counter).is_some());
    let other = Counter::with_phone(&city, &town.mother).await;
    assert_eq!(printed(&other), None);
    city.clock.pass(300);
    assert!(printed(&counter).is_some());
    city.clock.pass(300);
    assert_eq!(printed(&counter), None);

    // Whoever logs in next at the same browser prints nothing of hers.
    let shown = counter.ask(&Wanted::PrintPaper { slot: town.son });
    assert_eq!(agree(&town.mother, &shown).await, Confirmed::Done);
    let Progress::Done { ticket: Some(ticket), .. } = counter.progress() else { panic!() };
    let shown = counter.desks().log_in(&counter.secret).unwrap();
    assert_eq!(counter.desks().people(&counter.secret).unwrap(), [], "she has left");
    assert_eq!(agree(&town.stranger, &shown).await, Confirmed::Done);
    assert_eq!(counter.desks().sheet(&counter.secret, &ticket).unwrap(), None);
}

#[tokio::test]
async fn a_desk_that_nobody_uses_is_over_and_nothing_of_it_is_kept() {
    let city = City::new().await;
    let town = town(&city).await;
    let portal = Counter::with_phone(&city, &town.mother).await;
    let at_terminal = Counter::with_card(&city, MOTHER, 1);
    at_terminal.applied(town.son);
    portal.ask(&Wanted::PrintPaper { slot: town.son });
    city.clock.pass(59);
    assert!(at_terminal.desks().find(&at_terminal.secret).is_ok());
    city.clock.pass(60);
    assert_eq!(refused(at_terminal.desks().find(&at_terminal.secret)), ProblemId::NotAllowed);
    assert!(portal.desks().find(&portal.secret).is_ok());
    city.clock.pass(600);
    assert_eq!(refused(portal.desks().find(&portal.secret)), ProblemId::NotAllowed);
    for table in ["desk", "challenge", "ticket", "ticket_code"] {
        assert_eq!(rows(&city, table), 0, "{table}");
    }
    // However busy, an hour is the end.
    let portal = Counter::with_phone(&city, &town.mother).await;
    for _ in 0..11 {
        city.clock.pass(300);
        assert!(portal.desks().find(&portal.secret).is_ok());
    }
    city.clock.pass(300);
    assert_eq!(refused(portal.desks().find(&portal.secret)), ProblemId::NotAllowed);
}

#[tokio::test]
async fn a_clock_that_goes_back_keeps_nothing_open() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    let told = town.mother.refresh(None).await.unwrap().challenges.remove(0);
    city.clock.pass(-61);
    assert_eq!(answer(&town.mother, &told, true).await, Confirmed::Over);
    assert_eq!(scan(&town.mother, &shown).await.unwrap_err(), ProblemId::NotAllowed);
    assert_eq!(refused(counter.desks().find(&counter.secret)), ProblemId::NotAllowed);
    assert_eq!(city.issuer.valid_paper_codes(town.son).unwrap(), 0);
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
