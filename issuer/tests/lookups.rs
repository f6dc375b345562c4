//! What a station is told of somebody who shows an ID card, or a paper code with it: match or not, and the status.

mod counter;
mod support;

use counter::Counter;
use suima_client::signature::keyid_before_enrolment;
use suima_client::wire::{
    IdCardRequest, ListsRequest, ListsResponse, PaperCheckRequest, PersonStatus, ProblemId,
    StationEnrolRequest, StationEnrolResponse, StatusResponse, WireKey, path,
};
use suima_code::{Colour, IdNumber, Place, Sequences};
use suima_issuer::Wanted;
use support::{Caller, City, MORNING, Station, id_number};

fn card(n: u32) -> IdNumber {
    IdNumber::parse(&id_number("19500203", n)).unwrap()
}

fn by_card(n: u32, place: Place) -> IdCardRequest {
    IdCardRequest { id_number: card(n), place, staff: "0042".to_owned() }
}

async fn ask(station: &Station<'_>, n: u32, place: Place) -> Result<PersonStatus, ProblemId> {
    let answer: StatusResponse = station.caller.call(path::ID_CARD, &by_card(n, place)).await?;
    assert_eq!(answer.time, station.caller.city.clock_now());
    Ok(answer.status)
}

async fn check(station: &Station<'_>, code: &str, n: u32) -> PersonStatus {
    let request =
        PaperCheckRequest { code: code.to_owned(), id_number: card(n), staff: "0042".to_owned() };
    let answer: StatusResponse = station.caller.call(path::PAPER_CHECK, &request).await.unwrap();
    answer.status
}

/// The terminal at which the `n`th of them is served with their card.
fn counter(city: &City, n: u32) -> Counter<'_> {
    Counter::with_card(city, "19500203", n)
}

#[tokio::test]
async fn an_id_card_tells_the_status_of_its_holder_and_nothing_else() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    let gate = city.station("东门").await;
    for place in [Place::Gate, Place::ManualCheck] {
        assert_eq!(ask(&gate, 1, place).await, Ok(PersonStatus::Match { colour: Colour::Green }));
        assert_eq!(ask(&gate, 2, place).await, Ok(PersonStatus::NoMatch));
    }
    city.issuer.set_colour(slot, Colour::Red).unwrap();
    let red = PersonStatus::Match { colour: Colour::Red };
    assert_eq!(ask(&gate, 1, Place::Gate).await, Ok(red));
    let whole: serde_json::Value =
        gate.caller.call(path::ID_CARD, &by_card(1, Place::Gate)).await.unwrap();
    let wanted = serde_json::json!({"time": MORNING.get(), "result": "match", "colour": "red"});
    assert_eq!(whole, wanted);
}

#[tokio::test]
async fn at_sampling_nobodys_status_is_told() {
    let city = City::new().await;
    city.person("19500203", 1, "王秀英");
    let station = city.station("3 号台").await;
    for n in [1, 2] {
        assert_eq!(ask(&station, n, Place::Sampling).await, Err(ProblemId::NotAllowed));
    }
}

#[tokio::test]
async fn a_paper_code_matches_only_the_card_of_its_own_person() {
    let city = City::new().await;
    let slots = [city.person("19500203", 1, "王秀英"), city.person("19500203", 2, "李大山")];
    let one = counter(&city, 1).applied(slots[0]).text;
    let two = counter(&city, 2).applied(slots[1]).text;
    let phone = city.phone(slots[0]).await;
    let sampling = phone.claim(slots[0]).await.unwrap().current.unwrap().text;
    let door = city.station("南门").await;
    let green = PersonStatus::Match { colour: Colour::Green };
    assert_eq!(check(&door, &one, 1).await, green);
    assert_eq!(check(&door, &two, 2).await, green);
    // Somebody else's card, a card of nobody, a code of nobody, a code of another kind.
    for (code, n) in [(&*one, 2), (&two, 1), (&one, 3), ("SM1:THREE", 1), (&sampling, 1)] {
        assert_eq!(check(&door, code, n).await, PersonStatus::NoMatch, "{code} {n}");
    }
}

#[tokio::test]
async fn a_paper_code_that_does_not_count_matches_nobody() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    let first = counter(&city, 1).applied(slot);
    let door = city.station("南门").await;
    assert_ne!(check(&door, &first.text, 1).await, PersonStatus::NoMatch);
    city.clock.pass(60);
    let second = counter(&city, 1).applied(slot);
    assert_eq!(check(&door, &first.text, 1).await, PersonStatus::NoMatch, "replaced");
    city.clock.set(second.exp.plus(-1));
    assert_ne!(check(&door, &second.text, 1).await, PersonStatus::NoMatch, "its last second");
    city.clock.set(second.exp);
    assert_eq!(check(&door, &second.text, 1).await, PersonStatus::NoMatch, "expired");
    let third = counter(&city, 1).applied(slot);
    assert_ne!(check(&door, &third.text, 1).await, PersonStatus::NoMatch);
    counter(&city, 1).by_card(&Wanted::ReportLost { slot });
    assert_eq!(check(&door, &third.text, 1).await, PersonStatus::NoMatch, "reported lost");
}

/// The answer as it came, but for the nonces in the question: status and body.
async fn raw(station: &Station<'_>, code: &str, n: u32) -> String {
    let request =
        PaperCheckRequest { code: code.to_owned(), id_number: card(n), staff: String::new() };
    let body: serde_json::Value = station.caller.call(path::PAPER_CHECK, &request).await.unwrap();
    serde_json::to_string(&body).unwrap()
}

#[tokio::test]
async fn a_wrong_person_and_nobody_are_answered_the_same() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    city.person("19500203", 2, "李大山");
    let one = counter(&city, 1).applied(slot).text;
    let door = city.station("南门").await;
    let wrong = raw(&door, &one, 2).await;
    assert_eq!(wrong, raw(&door, &one, 3).await);
    assert_eq!(wrong, raw(&door, "SM1:NONE", 1).await);
}

#[tokio::test]
async fn who_works_through_a_list_is_stopped_until_the_next_day() {
    let city = City::new().await;
    city.person("19500203", 1, "王秀英");
    let (gate, other) = (city.station("东门").await, city.station("西门").await);
    for _ in 0..500 {
        assert_eq!(ask(&gate, 2, Place::Gate).await, Ok(PersonStatus::NoMatch));
    }
    for n in [1, 2] {
        assert_eq!(ask(&gate, n, Place::Gate).await, Err(ProblemId::TooOften));
    }
    assert!(ask(&other, 1, Place::Gate).await.is_ok(), "each station has its own bound");
    // Fifteen hours later it is the next day in Shanghai.
    city.clock.set(MORNING.plus(15 * 3600));
    assert!(ask(&gate, 1, Place::Gate).await.is_ok());
}

#[tokio::test]
async fn only_stations_in_use_are_answered() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    let phone = city.phone(slot).await;
    let request = by_card(1, Place::Gate);
    let answer = phone.0.call::<_, StatusResponse>(path::ID_CARD, &request).await;
    assert_eq!(answer.unwrap_err(), ProblemId::NotAllowed);

    let (gate, other) = (city.station("东门").await, city.station("西门").await);
    assert_eq!(city.issuer.end_station("北门", "遗失").unwrap(), Vec::<String>::new());
    assert_eq!(city.issuer.end_station("东门", "遗失").unwrap(), [gate.caller.keyid.as_str()]);
    assert_eq!(ask(&gate, 1, Place::Gate).await, Err(ProblemId::DeviceEnded));
    let lists = ListsRequest { sequences: Sequences::default() };
    let answer = gate.caller.call::<_, ListsResponse>(path::LISTS, &lists).await;
    assert_eq!(answer.unwrap_err(), ProblemId::DeviceEnded);
    assert!(ask(&other, 1, Place::Gate).await.is_ok());
    assert_eq!(city.issuer.end_station(&other.caller.keyid, "遗失").unwrap().len(), 1);
    assert_eq!(ask(&other, 1, Place::Gate).await, Err(ProblemId::DeviceEnded));
}

#[tokio::test]
async fn an_ended_station_is_not_enrolled_again_by_its_old_code() {
    let city = City::new().await;
    let code = city.issuer.station_activation("东门").unwrap();
    let key = city.key();
    let request =
        StationEnrolRequest { activation_code: code, device_key: WireKey::from(&key.public()) };
    let keyid = keyid_before_enrolment(&key.public());
    let caller = Caller { city: &city, key, keyid };
    for _ in 0..2 {
        let enrolled = caller.call::<_, StationEnrolResponse>(path::STATION_ENROL, &request).await;
        assert_eq!(enrolled.unwrap().name, "东门");
    }
    city.issuer.end_station("东门", "遗失").unwrap();
    let refused = caller.call::<_, StationEnrolResponse>(path::STATION_ENROL, &request).await;
    assert_eq!(refused.unwrap_err(), ProblemId::ActivationRefused);
}
