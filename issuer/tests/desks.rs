//! Desks: logging in, confirming on the phone, printing, and what outsiders get (design section 8).

mod counter;
mod support;

use counter::{Counter, GRANDMOTHER, MOTHER, agree, answer, confirm, refused, scan, town};
use suima_client::wire::{AskedAct, AskingPlace, ConfirmRequest, Confirmed, ProblemId, Relation};
use suima_code::Slot;
use suima_issuer::{Authority, Progress, Wanted};
use support::{City, MORNING, id_number};

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
    assert_eq!(
        counter.progress(),
        Progress::Done { act: AskedAct::LogIn, ticket: None, holder: None }
    );

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

#[tokio::test]
async fn what_was_cancelled_at_the_desk_no_phone_agrees_to() {
    let city = City::new().await;
    let town = town(&city).await;
    let counter = Counter::with_phone(&city, &town.mother).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    let challenge = scan(&town.mother, &shown).await.unwrap();
    assert!(counter.desks().cancel(&counter.secret).unwrap());
    assert_eq!(counter.progress(), Progress::Nothing);
    assert_eq!(town.mother.refresh(None).await.unwrap().challenges, []);
    assert_eq!(answer(&town.mother, &challenge, true).await, Confirmed::Over);
    assert_eq!(city.issuer.valid_paper_codes(town.son).unwrap(), 0);

    // Where the phone was faster, what it agreed to stands, and is told.
    let shown = counter.ask(&Wanted::ApplyPaper { slot: town.son });
    assert_eq!(agree(&town.mother, &shown).await, Confirmed::Done);
    assert!(!counter.desks().cancel(&counter.secret).unwrap());
    assert!(matches!(counter.progress(), Progress::Done { ticket: Some(_), .. }));
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
