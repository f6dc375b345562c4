//! What the operator can look at: the register, families, devices and entries, as they stand now.

mod support;

use suima_client::wire::{
    Entry, Event, RegistrationsRequest, RegistrationsResponse, Relation, path,
};
use suima_code::{Colour, Slot};
use suima_issuer::{AskState, ConsentGiven, EndOf, Error, Kinship};
use support::{City, MORNING, Phone, Station, id_number};

/// The state of the newest question.
fn newest(city: &City) -> AskState {
    city.issuer.asks(1).unwrap()[0].state
}

async fn asked(asker: &Phone<'_>, relative: &Phone<'_>) -> String {
    asker.ask(&id_number("19500203", 1), "王秀英").await.unwrap();
    relative.refresh(None).await.unwrap().asks[0].id.clone()
}

#[tokio::test]
async fn the_register_comes_page_by_page_and_each_person_once() {
    let city = City::new().await;
    let mut slots: Vec<Slot> = (1..=5).map(|n| city.person("19800203", n, "李梅")).collect();
    slots.sort_unstable();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = city.issuer.register(after, 2).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.slot);
        seen.extend(page.iter().map(|person| person.slot));
    }
    assert_eq!(seen, slots);
    let totals = city.issuer.totals().unwrap();
    assert_eq!((totals.people, totals.phones, totals.not_green), (5, 0, 0));
}

#[tokio::test]
async fn a_person_is_shown_with_what_the_register_has_and_never_in_a_log() {
    let city = City::new().await;
    let csv = format!(
        "id_number,name,birth_date,groups,document,number,country\n\
         {},王一,2008-11-23,disability;group-2,passport,E12345678,CHN\n",
        id_number("20081123", 1)
    );
    city.issuer.import_register(csv.as_bytes()).unwrap();
    let slot = city.slot(&id_number("20081123", 1));
    let person = city.issuer.person(slot).unwrap();
    assert_eq!(
        (person.name.as_str(), person.birth_date.to_string().as_str()),
        ("王一", "2008-11-23")
    );
    assert_eq!(person.id_number.as_ref().unwrap().as_str(), id_number("20081123", 1));
    assert_eq!(
        (person.documents[0].number.as_str(), person.documents[0].country.as_deref()),
        ("E12345678", Some("CHN"))
    );
    assert_eq!((person.paper_groups, person.colour, person.colour_at), (5, Colour::Green, MORNING));
    assert_eq!((person.minor, person.phone_since), (true, None));
    let shown = format!("{person:?} {:?}", person.documents[0]);
    for secret in ["王一", "E12345678", &id_number("20081123", 1)] {
        assert!(!shown.contains(secret), "{shown}");
    }

    // The day after they are of age, and have a phone and a new passport.
    city.clock.pass(86_400);
    city.phone(slot).await;
    let csv = "id_number,name,birth_date,document,number,country,replaces\n\
               ,王一,2008-11-23,passport,E87654321,CHN,E12345678\n";
    assert_eq!(city.issuer.import_register(csv.as_bytes()).unwrap().updated, 1);
    let person = city.issuer.person(slot).unwrap();
    assert_eq!((person.minor, person.phone_since), (false, Some(MORNING.plus(86_400))));
    let replaced: Vec<_> = person.documents.iter().map(|document| document.replaced).collect();
    assert_eq!(replaced, [None, Some(MORNING.plus(86_400))]);
    assert!(matches!(city.issuer.person(Slot(0)), Err(Error::NoSuchPerson(Slot(0)))));
}

#[tokio::test]
async fn kinships_stand_with_both_and_one_that_was_ended_with_its_reason_until_it_is_restored() {
    let city = City::new().await;
    let mother = city.person("19800203", 1, "李梅");
    let child = city.person("20200101", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20200101", 1));
    let there = Kinship { guardian: mother, child, relation: Relation::Child, ended: None };
    for slot in [mother, child] {
        assert_eq!(city.issuer.kinships(slot).unwrap(), std::slice::from_ref(&there));
    }
    city.issuer.end_kinship(mother, child, "法院判决").unwrap();
    let ended = Some(EndOf { at: MORNING, reason: Some("法院判决".to_owned()) });
    assert_eq!(city.issuer.kinships(child).unwrap(), [Kinship { ended, ..there.clone() }]);
    city.issuer.restore_kinship(mother, child, "上诉改判").unwrap();
    assert_eq!(city.issuer.kinships(child).unwrap(), [there]);
}

#[tokio::test]
async fn a_question_is_told_with_what_became_of_it_and_a_consent_with_how_it_was_given_and_ended() {
    let city = City::new().await;
    let (one, other) = (city.person("19800203", 1, "李梅"), city.person("19500203", 1, "王秀英"));
    let (asker, relative) = (city.phone(one).await, city.phone(other).await);
    let id = asked(&asker, &relative).await;
    assert_eq!(newest(&city), AskState::Waiting);
    relative.answer(&id, false).await.unwrap();
    assert_eq!(newest(&city), AskState::Declined);

    asked(&asker, &relative).await;
    city.clock.pass(86_400);
    assert_eq!(newest(&city), AskState::Over);
    let id = asked(&asker, &relative).await;
    let code = relative.answer(&id, true).await.unwrap().code.unwrap();
    assert_eq!(newest(&city), AskState::Agreed);
    asker.redeem(&code, &city.key()).await.unwrap();
    assert_eq!(newest(&city), AskState::Redeemed);
    let told = &city.issuer.asks(10).unwrap()[0];
    assert_eq!((told.asker, told.target), (one, Some(other)));
    // Somebody who is not there was asked: the operator sees that it was nobody.
    asker.ask(&id_number("19500203", 2), "王秀英").await.unwrap();
    assert_eq!(city.issuer.asks(1).unwrap()[0].target, None);

    let consent = &city.issuer.consents(None, 10).unwrap()[0];
    assert_eq!(
        (consent.asker, consent.relative, &consent.given),
        (one, other, &ConsentGiven::OnPhone)
    );
    assert_eq!(consent.ended, None);
    let holders: Vec<_> =
        city.issuer.held_by(other).unwrap().iter().map(|held| (held.slot, held.holds)).collect();
    assert_eq!(holders, [(one, true)]);
    city.issuer.withdraw_consent(one, other, "本人要求").unwrap();
    city.issuer.record_consent(one, other, "本人到场").unwrap();
    let consents = city.issuer.consents(Some(other), 10).unwrap();
    assert_eq!(consents[0].given, ConsentGiven::BeforeOperator { reason: "本人到场".to_owned() });
    assert_eq!(consents[1].ended.as_ref().unwrap().reason.as_deref(), Some("本人要求"));
    assert_eq!(city.issuer.consents(None, 1).unwrap().len(), 1);
    let stranger = city.person("19910130", 1, "某某");
    assert_eq!(city.issuer.consents(Some(stranger), 10).unwrap(), []);
}

#[tokio::test]
async fn devices_are_told_with_when_and_why_they_were_ended() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "李梅");
    city.phone(slot).await;
    city.clock.pass(60);
    city.phone(slot).await;
    city.issuer.end_device(slot, "手机遗失").unwrap();
    let reasons: Vec<_> = city
        .issuer
        .phones(slot)
        .unwrap()
        .into_iter()
        .map(|phone| (phone.enrolled, phone.ended.unwrap().reason))
        .collect();
    assert_eq!(reasons, [(MORNING.plus(60), Some("手机遗失".to_owned())), (MORNING, None)]);

    city.station("东门").await;
    city.station("西门").await;
    city.issuer.end_station("东门", "停业").unwrap();
    let stations: Vec<_> = city
        .issuer
        .stations()
        .unwrap()
        .into_iter()
        .map(|station| (station.name, station.ended.and_then(|ended| ended.reason)))
        .collect();
    assert_eq!(stations, [("西门".to_owned(), None), ("东门".to_owned(), Some("停业".to_owned()))]);

    let code = city.issuer.terminal_activation("徐汇").unwrap();
    let terminal = &city.issuer.terminals().unwrap()[0];
    assert_eq!((terminal.set_up, terminal.code_until), (None, Some(MORNING.plus(60 + 7 * 86_400))));
    city.issuer.desks().enrol_terminal(&code).unwrap();
    let terminal = &city.issuer.terminals().unwrap()[0];
    assert_eq!((terminal.set_up, terminal.code_until), (Some(MORNING.plus(60)), None));
    city.issuer.terminal_activation("徐汇").unwrap();
    city.clock.pass(7 * 86_400);
    assert_eq!(city.issuer.terminals().unwrap()[0].code_until, None, "a code that is over is none");
}

async fn upload(station: &Station<'_>, entry: Entry) {
    let request = RegistrationsRequest { entries: vec![entry] };
    station.caller.call::<_, RegistrationsResponse>(path::REGISTRATIONS, &request).await.unwrap();
}

#[tokio::test]
async fn an_entry_is_told_as_it_was_sent_and_the_same_id_with_other_content_beside_it() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let id = "00000000000000000000000000000001";
    let opened = |staff: &str| Entry {
        id: id.to_owned(),
        at: MORNING,
        event: Event::SessionOpened { site: "虹桥".to_owned(), staff: staff.to_owned() },
    };
    upload(&station, opened("0042")).await;
    city.clock.pass(60);
    upload(&station, opened("0043")).await;
    let told = city.issuer.entries(id).unwrap();
    let entries: Vec<_> = told.iter().map(|one| (&one.entry, one.received)).collect();
    assert_eq!(entries, [(&opened("0042"), MORNING), (&opened("0043"), MORNING.plus(60))]);
    assert_eq!(told[0].station, "3 号台");
    assert_eq!(city.issuer.entries("00000000000000000000000000000002").unwrap(), []);
}

#[tokio::test]
async fn policies_are_told_newest_first_and_one_that_makes_no_sense_is_refused_in_words() {
    let city = City::new().await;
    city.limits(|limits| limits.paper_days = 90);
    let versions: Vec<_> = city
        .issuer
        .policies(10)
        .unwrap()
        .iter()
        .map(|policy| (policy.version, policy.limits.paper_days))
        .collect();
    assert_eq!(versions, [(2, 90), (1, 180)]);
    let mut policy = city.issuer.policy().unwrap();
    policy.limits.paper_days = 0;
    let refusal = city.issuer.set_policy(policy).unwrap_err().refusal().unwrap();
    assert_eq!(refusal, suima_sentences::operator::policy_zero());
    assert_eq!(city.issuer.policy().unwrap().version, 2);
}
