//! Paper codes: who may have one, applying again, printing again, reporting lost (R3, R4, R5).

mod counter;
mod support;

use counter::{Counter, agree, refused, terminal};
use suima_client::wire::{AskedAct, Confirmed, Eligibility, Paper, ProblemId};
use suima_code::{
    Day, Genuine, IdNumber, Knowledge, Outcome, Place, Reason, Slot, StaticCode, StaticKind,
    end_of_last_day, read, verify,
};
use suima_issuer::{Progress, Wanted};
use support::{City, MORNING, Phone, id_number};

const GRANDMOTHER: &str = "19551130";

fn parsed(city: &City, text: &str) -> StaticCode {
    match read(text, &city.newest().0, city.clock_now()).unwrap() {
        Genuine::Static(code) => code,
        Genuine::Live(_) => panic!("a live code"),
    }
}

/// What a station says at sampling that has just synced.
async fn sampled(city: &City, text: &str) -> Outcome {
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let knowledge =
        Knowledge { trust: &station.trust, policy: &station.policy, revocations: &station.known };
    verify(text, &knowledge, Place::Sampling, city.clock_now()).outcome
}

async fn told(phone: &Phone<'_>, slot: Slot) -> Paper {
    phone.person(slot).await.unwrap().paper.unwrap()
}

/// Wang Fang and her phone, and her son Wang Yi, whose code she holds.
async fn mother_and_son(city: &City) -> (Phone<'_>, Slot) {
    let mother = city.person("19800203", 1, "王芳");
    let son = city.person("20200101", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20200101", 1));
    let phone = city.phone(mother).await;
    phone.hold(son, &city.key()).await.unwrap();
    (phone, son)
}

#[tokio::test]
async fn a_senior_without_a_phone_applies_with_their_card_and_prints() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let asked = counter.desks().preview(&counter.secret, &Wanted::ApplyPaper { slot }).unwrap();
    let name = "陈秀兰".to_owned();
    assert_eq!(asked, AskedAct::ApplyPaper { slot, name, voids: None });
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 0, "looking makes nothing");
    let card = counter.applied(slot);
    let code = parsed(&city, &card.text);
    assert_eq!((code.kind, code.slot, code.birth_year), (StaticKind::Paper, slot, 1955));
    assert_eq!((code.iat, code.nbf), (MORNING, None));
    assert_eq!((code.exp, card.exp), (end_of_last_day(MORNING, 180), code.exp));
    assert_eq!((card.masked_name.as_str(), code.name), ("陈*兰", card.masked_name));
    let serial = card.serial.unwrap();
    let groups: Vec<&str> = serial.split('-').collect();
    assert!(groups.len() == 3 && groups.iter().all(|group| group.len() == 4), "{serial}");
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 1);
    assert!(matches!(sampled(&city, &card.text).await, Outcome::Accepted(_)));
}

#[tokio::test]
async fn applying_again_names_what_it_voids_and_begins_the_days_afresh() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let first = Counter::with_card(&city, GRANDMOTHER, 1).applied(slot);
    city.clock.pass(100 * 86_400);
    let now = city.clock_now();
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let asked = counter.desks().preview(&counter.secret, &Wanted::ApplyPaper { slot }).unwrap();
    let AskedAct::ApplyPaper { voids, .. } = asked else { panic!("{asked:?}") };
    assert_eq!(voids, Some(MORNING));
    let second = counter.applied(slot);
    assert_eq!(second.exp, end_of_last_day(now, 180));
    assert_ne!(second.serial, first.serial);
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 1);
    let replaced = Outcome::Refused(Reason::Replaced { at: now });
    assert_eq!(sampled(&city, &first.text).await, replaced);
    assert!(matches!(sampled(&city, &second.text).await, Outcome::Accepted(_)));
}

#[tokio::test]
async fn printing_again_gives_the_same_code_and_voids_nothing() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let first = Counter::with_card(&city, GRANDMOTHER, 1).applied(slot);
    for days in [1, 60, 100] {
        city.clock.set(MORNING.plus(days * 86_400));
        let counter = Counter::with_card(&city, GRANDMOTHER, 1);
        let printed = counter.sheet(&counter.by_card(&Wanted::PrintPaper { slot }));
        assert_eq!(printed, std::slice::from_ref(&first));
        assert!(matches!(sampled(&city, &first.text).await, Outcome::Accepted(_)));
    }
    // On its last day it still is; on the next there is nothing to print.
    city.clock.set(first.exp.plus(-1));
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let printed = counter.sheet(&counter.by_card(&Wanted::PrintPaper { slot }));
    assert_eq!(printed, std::slice::from_ref(&first));
    city.clock.set(first.exp);
    let gone = counter.desks().preview(&counter.secret, &Wanted::PrintPaper { slot });
    assert_eq!(refused(gone), ProblemId::NotAllowed);
}

#[tokio::test]
async fn a_loss_report_voids_the_code_and_makes_none() {
    let city = City::new().await;
    let (phone, son) = mother_and_son(&city).await;
    let counter = Counter::with_phone(&city, &phone).await;
    assert_eq!(
        agree(&phone, &counter.ask(&Wanted::ApplyPaper { slot: son })).await,
        Confirmed::Done
    );
    let first = counter.sheet(&counter.progress()).remove(0);
    let made = told(&phone, son).await.current.unwrap();
    assert_eq!((made.iat, made.exp, &made.by), (MORNING, first.exp, &"王芳".to_owned()));
    assert_eq!((Some(made.serial), made.place.as_str()), (first.serial.clone(), "Firefox"));

    city.clock.pass(300);
    let at = city.clock_now();
    let shown = counter.ask(&Wanted::ReportLost { slot: son });
    let name = "王一".to_owned();
    assert_eq!(shown.act, AskedAct::ReportLost { slot: son, name, iat: MORNING });
    assert_eq!(agree(&phone, &shown).await, Confirmed::Done);
    assert!(matches!(counter.progress(), Progress::Done { ticket: None, .. }));
    assert_eq!(city.issuer.valid_paper_codes(son).unwrap(), 0);
    let paper = told(&phone, son).await;
    assert_eq!((paper.current, paper.eligibility), (None, Eligibility::Minor));
    let report = paper.reported_lost.unwrap();
    assert_eq!((report.at, report.by.as_str(), report.place.as_str()), (at, "王芳", "Firefox"));
    let lost = Outcome::Refused(Reason::ReportedLost { at });
    assert_eq!(sampled(&city, &first.text).await, lost);
    // There is nothing to print or to report any more.
    for wanted in [Wanted::PrintPaper { slot: son }, Wanted::ReportLost { slot: son }] {
        let refusal = counter.desks().preview(&counter.secret, &wanted);
        assert_eq!(refused(refusal), ProblemId::NotAllowed);
    }

    city.clock.pass(300);
    let shown = counter.ask(&Wanted::ApplyPaper { slot: son });
    assert!(matches!(shown.act, AskedAct::ApplyPaper { voids: None, .. }));
    assert_eq!(agree(&phone, &shown).await, Confirmed::Done);
    let second = counter.sheet(&counter.progress()).remove(0);
    assert!(matches!(sampled(&city, &second.text).await, Outcome::Accepted(_)));
    assert_eq!(sampled(&city, &first.text).await, lost, "it goes on being told as lost");
    let paper = told(&phone, son).await;
    assert_eq!((paper.current.unwrap().iat, paper.reported_lost), (city.clock_now(), None));
}

#[tokio::test]
async fn a_code_that_is_lost_in_the_second_it_was_made_is_void_and_the_next_is_not() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let mut last = None;
    // The clock stands still, or goes back by less than stations let pass.
    for back in [0, 0, -1, -30] {
        city.clock.set(MORNING.plus(back));
        let made = counter.applied(slot);
        let iat = parsed(&city, &made.text).iat;
        assert!(last.is_none_or(|last| iat > last));
        assert!(matches!(counter.by_card(&Wanted::ReportLost { slot }), Progress::Done { .. }));
        assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 0);
        let refused = sampled(&city, &made.text).await;
        let Outcome::Refused(Reason::ReportedLost { at }) = refused else { panic!("{refused:?}") };
        assert!(at > iat);
        let next = counter.applied(slot);
        last = Some(parsed(&city, &next.text).iat);
        assert!(last >= Some(at), "at the line or after it");
        assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 1);
        assert!(matches!(sampled(&city, &next.text).await, Outcome::Accepted(_)));
    }
}

#[tokio::test]
async fn whoever_is_neither_young_nor_old_enough_is_refused_until_their_birthday() {
    let city = City::new().await;
    // Sixty tomorrow.
    let slot = city.person("19661123", 1, "赵强");
    let midnight = Day::of(MORNING).plus(1).start();
    city.clock.set(midnight.plus(-20));
    let counter = Counter::with_card(&city, "19661123", 1);
    let told = counter.desks().people(&counter.secret).unwrap().remove(0);
    assert_eq!(told.eligibility, Eligibility::NotEligible { from: midnight });
    let asked = counter.desks().preview(&counter.secret, &Wanted::ApplyPaper { slot }).unwrap();
    let outcome = counter.desks().by_card(&counter.secret, &asked).unwrap();
    assert_eq!((outcome, counter.progress()), (Progress::NotEligible, Progress::NotEligible));
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 0);
    city.clock.set(midnight);
    let outcome = counter.desks().by_card(&counter.secret, &asked).unwrap();
    assert!(matches!(outcome, Progress::Done { .. }), "{outcome:?}");
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 1);
}

#[tokio::test]
async fn who_is_eighteen_when_the_phone_confirms_is_given_none() {
    let city = City::new().await;
    let daughter = city.person("20081123", 1, "王二");
    let phone = city.phone(daughter).await;
    city.clock.set(Day::of(MORNING).plus(1).start().plus(-10));
    let counter = Counter::with_phone(&city, &phone).await;
    let shown = counter.ask(&Wanted::ApplyPaper { slot: daughter });
    city.clock.pass(10);
    assert_eq!(agree(&phone, &shown).await, Confirmed::NotEligible);
    assert_eq!(counter.progress(), Progress::NotEligible);
    assert_eq!(city.issuer.valid_paper_codes(daughter).unwrap(), 0);
}

#[tokio::test]
async fn whoever_grows_out_of_it_keeps_the_code_until_its_end() {
    let city = City::new().await;
    let daughter = city.person("20081123", 1, "王二");
    let counter = Counter::with_card(&city, "20081123", 1);
    let card = counter.applied(daughter);
    city.clock.pass(7 * 86_400);
    assert!(matches!(sampled(&city, &card.text).await, Outcome::Accepted(_)));
    let counter = Counter::with_card(&city, "20081123", 1);
    assert_eq!(counter.sheet(&counter.by_card(&Wanted::PrintPaper { slot: daughter })), [card]);
}

#[tokio::test]
async fn the_kinds_are_independent() {
    let city = City::new().await;
    let (phone, son) = mother_and_son(&city).await;
    let counter = Counter::with_phone(&city, &phone).await;
    phone.claim(son).await.unwrap();
    // All but the paper codes, the times of which move on; and the paper codes.
    let apart = |mut person: suima_client::wire::Person| (person.paper.take().unwrap(), person);
    let (_, mut others) = apart(phone.person(son).await.unwrap());
    for wanted in [
        Wanted::ApplyPaper { slot: son },
        Wanted::PrintPaper { slot: son },
        Wanted::ApplyPaper { slot: son },
        Wanted::ReportLost { slot: son },
        Wanted::ApplyPaper { slot: son },
    ] {
        city.clock.pass(1);
        assert_eq!(agree(&phone, &counter.ask(&wanted)).await, Confirmed::Done);
        let (_, now) = apart(phone.person(son).await.unwrap());
        assert_eq!(now, others, "{wanted:?}");
        others = now;
    }
    let (paper, now) = apart(phone.person(son).await.unwrap());
    let void = now.nucleic_acid.unwrap().current.unwrap().made.iat;
    let not_after = city.clock_now().plus(120);
    phone.regenerate(&city.random.hex(), son, Some(void), not_after).await.unwrap();
    assert_eq!(apart(phone.person(son).await.unwrap()).0, paper);
    assert_eq!(city.issuer.valid_codes(son).unwrap(), 1);
    assert_eq!(city.issuer.valid_paper_codes(son).unwrap(), 1);
}

#[tokio::test]
async fn a_family_prints_its_nucleic_acid_codes_one_to_four_at_once() {
    let city = City::new().await;
    let (phone, son) = mother_and_son(&city).await;
    let people = phone.people().await;
    let mother = people[0].slot;
    let counter = Counter::with_phone(&city, &phone).await;
    let wanted = |slots: &[Slot]| Wanted::PrintNucleicAcid { slots: slots.to_vec() };
    let nothing = counter.desks().preview(&counter.secret, &wanted(&[mother]));
    assert_eq!(refused(nothing), ProblemId::NotAllowed, "there is none to print");
    let texts = [
        phone.claim(mother).await.unwrap().current.unwrap().text,
        phone.claim(son).await.unwrap().current.unwrap().text,
    ];
    let stranger = city.person("19900101", 1, "李雷");
    for (slots, problem) in [
        (vec![], ProblemId::BadRequest),
        (vec![mother; 5], ProblemId::BadRequest),
        (vec![son, son], ProblemId::NotAllowed),
        (vec![son, stranger], ProblemId::NotAllowed),
        (vec![Slot(0)], ProblemId::NotAllowed),
    ] {
        assert_eq!(refused(counter.desks().preview(&counter.secret, &wanted(&slots))), problem);
    }
    let shown = counter.ask(&wanted(&[mother, son]));
    assert_eq!(agree(&phone, &shown).await, Confirmed::Done);
    let cards = counter.sheet(&counter.progress());
    assert_eq!(cards.iter().map(|card| card.text.clone()).collect::<Vec<_>>(), texts);
    assert!(cards.iter().all(|card| card.kind == StaticKind::NucleicAcid && card.serial.is_none()));
    let state = phone.person(son).await.unwrap().nucleic_acid.unwrap();
    assert_eq!((state.current.unwrap().text, state.revoked_before), (texts[1].clone(), None));
}

#[tokio::test]
async fn what_was_voided_since_is_not_printed() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let Progress::Done { ticket: Some(ticket), .. } = counter.by_card(&Wanted::ApplyPaper { slot })
    else {
        panic!("not done")
    };
    assert!(counter.desks().sheet(&counter.secret, &ticket).unwrap().is_some());
    counter.by_card(&Wanted::ReportLost { slot });
    assert_eq!(counter.desks().sheet(&counter.secret, &ticket).unwrap(), None);
}

#[tokio::test]
async fn a_serial_identifies_and_never_authorises() {
    let city = City::new().await;
    let slot = city.person(GRANDMOTHER, 1, "陈秀兰");
    let counter = Counter::with_card(&city, GRANDMOTHER, 1);
    let card = counter.applied(slot);
    let serial = card.serial.unwrap();
    let desk = Counter::at(&city, &terminal(&city, "徐汇二号厅"));
    for typed in [serial.clone(), serial.replace('-', ""), format!("SMC1:{serial}")] {
        let begun = desk.desks().live_code(&desk.secret, &typed).unwrap();
        assert_eq!(begun, Err(Reason::NotACode), "{typed}");
        assert!(IdNumber::parse(&typed).is_err(), "{typed}");
        assert_eq!(sampled(&city, &typed).await, Outcome::Refused(Reason::NotACode), "{typed}");
        // Nor does it open the sheet again that it was printed on.
        assert_eq!(desk.desks().sheet(&desk.secret, &typed).unwrap(), None, "{typed}");
    }
    assert_eq!(desk.progress(), Progress::Nothing);
    assert_eq!(desk.desks().people(&desk.secret).unwrap(), []);
    // Nor does the printed code itself: it is no live code, and nobody is asked.
    assert_eq!(desk.desks().live_code(&desk.secret, &card.text).unwrap(), Err(Reason::NotACode));
    assert_eq!(desk.desks().people(&desk.secret).unwrap(), []);
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 1);
}
