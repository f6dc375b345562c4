//! Activation codes, and the phone that takes another's place.

mod support;

use std::sync::Arc;

use suima_client::signature::{SoftwareKey, keyid_before_enrolment};
use suima_client::wire::{EnrolRequest, EnrolResponse, ProblemId, WireKey, path};
use suima_code::{Cause, LineKind, PublicKey, Reason};
use suima_issuer::{ActivationCodes, Error, IdentityProof, Proof, ProofError};
use support::{Caller, City, id_number};

fn key(n: u8) -> SoftwareKey {
    SoftwareKey::from_seed(&[n; 32])
}

async fn refused(city: &City, code: &str, n: u8) -> ProblemId {
    city.phone_with(code, key(n), &key(200)).await.err().expect("it is refused")
}

#[tokio::test]
async fn a_station_is_called_something_and_ended_for_a_reason() {
    let city = City::new().await;
    for name in ["", " \u{3000}", &"台".repeat(81)] {
        let error = city.issuer.station_activation(name).unwrap_err();
        assert!(matches!(error, Error::Typed(_)), "{name:?}: {error}");
        assert_eq!(error.to_string(), "A name has 1 to 80 characters. Enter it again.");
    }
    city.issuer.station_activation(&"台".repeat(80)).unwrap();
    city.station("3 号台").await;
    let error = city.issuer.end_station("3 号台", " ").unwrap_err();
    assert_eq!(error.to_string(), "A reason has 1 to 200 characters. Enter it again.");
    assert_eq!(city.issuer.end_station("3 号台", " 遗失 ").unwrap().len(), 1);
    let ended = city.issuer.stations().unwrap()[0].ended.clone().unwrap();
    assert_eq!(ended.reason.as_deref(), Some("遗失"));
}

#[tokio::test]
async fn the_answer_lost_the_same_key_gets_the_same_enrolment_and_no_other_key_any() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let code = city.issuer.activation_code(slot).unwrap();
    let first = city.phone_with(&code, key(1), &key(2)).await.unwrap();
    let holding = first.refresh(None).await.unwrap().people.unwrap()[0].holding.clone();
    // As people type it.
    let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    let again = city.phone_with(&typed, key(1), &key(2)).await.unwrap();
    assert_eq!(again.0.keyid, first.0.keyid);
    assert_eq!(again.refresh(None).await.unwrap().people.unwrap()[0].holding, holding);
    assert_eq!(refused(&city, &code, 3).await, ProblemId::ActivationRefused);
    // The same key that would show with another holding key cannot have enrolled.
    let other_holding = city.phone_with(&code, key(1), &key(9)).await;
    assert_eq!(other_holding.err(), Some(ProblemId::ActivationRefused));
}

#[tokio::test]
async fn a_code_is_good_for_five_guesses_and_a_week() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let code = city.issuer.activation_code(slot).unwrap();
    let last = code.chars().last().unwrap();
    let wrong = format!("{}{}", &code[..code.len() - 1], if last == '7' { '8' } else { '7' });
    for _ in 0..4 {
        assert_eq!(refused(&city, &wrong, 1).await, ProblemId::ActivationRefused);
    }
    // A code that stands for nothing counts against nobody.
    assert_eq!(refused(&city, "00000-00000-00000-00000", 1).await, ProblemId::ActivationRefused);
    assert_eq!(refused(&city, "", 1).await, ProblemId::ActivationRefused);
    city.phone_with(&code, key(1), &key(2)).await.unwrap();

    let code = city.issuer.activation_code(slot).unwrap();
    let wrong = format!("{}{}", &code[..code.len() - 4], "ZZZZ");
    for _ in 0..5 {
        assert_eq!(refused(&city, &wrong, 1).await, ProblemId::ActivationRefused);
    }
    assert_eq!(refused(&city, &code, 1).await, ProblemId::ActivationRefused);

    let code = city.issuer.activation_code(slot).unwrap();
    city.clock.pass(7 * 86_400);
    assert_eq!(refused(&city, &code, 1).await, ProblemId::ActivationRefused);
}

#[tokio::test]
async fn the_next_code_voids_the_one_before() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let old = city.issuer.activation_code(slot).unwrap();
    let new = city.issuer.activation_code(slot).unwrap();
    assert_eq!(refused(&city, &old, 1).await, ProblemId::ActivationRefused);
    city.phone_with(&new, key(1), &key(2)).await.unwrap();
}

#[tokio::test]
async fn a_station_is_not_enrolled_as_a_phone_nor_signed_by_another_key() {
    let city = City::new().await;
    let code = city.issuer.station_activation("3 号台").unwrap();
    assert_eq!(refused(&city, &code, 1).await, ProblemId::ActivationRefused);
    let slot = city.person("19800203", 1, "王小明");
    let request = EnrolRequest {
        activation_code: city.issuer.activation_code(slot).unwrap(),
        device_key: WireKey::from(&key(1).public()),
        holding_key: WireKey::from(&key(2).public()),
    };
    for keyid in
        [keyid_before_enrolment(&key(3).public()), keyid_before_enrolment(&key(1).public())]
    {
        let caller = Caller { city: &city, key: key(3), keyid };
        let answer = caller.call::<_, EnrolResponse>(path::ENROL, &request).await;
        assert_eq!(answer.unwrap_err(), ProblemId::SignatureInvalid);
    }
}

#[tokio::test]
async fn a_new_phone_ends_the_old_one_and_all_it_holds() {
    let city = City::new().await;
    let father = city.person("19800203", 1, "王小明");
    let child = city.person("20200101", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20200101", 1));
    let old = city.phone(father).await;
    old.hold(child, &city.key()).await.unwrap();
    let held: Vec<_> = old.refresh(None).await.unwrap().people.unwrap();
    let code = old.claim(father).await.unwrap();

    city.clock.pass(60);
    let new = city.phone(father).await;
    assert_eq!(old.refresh(None).await.unwrap_err(), ProblemId::DeviceEnded);
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    for person in &held {
        let number = person.holding.as_ref().unwrap().number.into();
        let line = station.known.line(LineKind::Holding, number).unwrap();
        assert_eq!((line.before, line.cause), (city.clock_now(), Cause::DeviceReplaced));
        let void = station.known.void(LineKind::Holding, number, line.before.plus(-1));
        assert_eq!(void, Some(Reason::DeviceReplaced { at: city.clock_now() }));
    }
    // The new phone holds its user alone; the nucleic-acid code is another matter, and stays (R5).
    let people = new.refresh(None).await.unwrap().people.unwrap();
    assert!(people[0].holding.is_some() && people[1].holding.is_none());
    assert_eq!(
        people[0].nucleic_acid.as_ref().unwrap().current.as_ref().unwrap().text,
        code.current.unwrap().text
    );
    // What was issued to it in the same second is not void.
    let number = people[0].holding.as_ref().unwrap().number.into();
    assert_eq!(station.known.line(LineKind::Holding, number), None);
}

#[tokio::test]
async fn a_phone_replaced_in_the_second_it_was_enrolled_is_void_all_the_same() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let old = city.phone(slot).await;
    let held = old.refresh(None).await.unwrap().people.unwrap()[0].holding.clone().unwrap();
    city.phone(slot).await;
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let credential =
        suima_code::Credential::parse(&held.credential.0, &station.trust, city.clock_now())
            .unwrap();
    let void = station.known.void(LineKind::Holding, held.number.into(), credential.iat);
    assert!(matches!(void, Some(Reason::DeviceReplaced { .. })), "{void:?}");
}

/// What an enrolment is answered.
async fn enrolled(city: &City, code: &str, n: u8) -> Result<EnrolResponse, ProblemId> {
    let request = EnrolRequest {
        activation_code: code.to_owned(),
        device_key: WireKey::from(&key(n).public()),
        holding_key: WireKey::from(&key(n + 100).public()),
    };
    let keyid = keyid_before_enrolment(&key(n).public());
    Caller { city, key: key(n), keyid }.call(path::ENROL, &request).await
}

#[tokio::test]
async fn a_new_phone_is_told_that_it_ended_another() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let first = city.issuer.activation_code(slot).unwrap();
    assert_eq!(enrolled(&city, &first, 1).await.unwrap().ended_device, None);
    let began = city.clock_now();
    city.clock.pass(60);
    let second = city.issuer.activation_code(slot).unwrap();
    for _ in 0..2 {
        // The answer lost, it is told again.
        assert_eq!(enrolled(&city, &second, 2).await.unwrap().ended_device, Some(began));
    }
}

#[tokio::test]
async fn a_lost_phone_is_ended_before_there_is_another() {
    let city = City::new().await;
    let father = city.person("19800203", 1, "王小明");
    let child = city.person("20200101", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20200101", 1));
    let phone = city.phone(father).await;
    let of_child = phone.hold(child, &city.key()).await.unwrap().person.holding.unwrap().number;
    let own = phone.people().await[0].holding.as_ref().unwrap().number;
    city.clock.pass(60);
    assert!(city.issuer.end_device(father, "手机遗失").unwrap());
    assert!(!city.issuer.end_device(father, "再次").unwrap());
    assert_eq!(phone.refresh(None).await.unwrap_err(), ProblemId::DeviceEnded);
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    for (holding, cause) in [(own, Cause::DeviceReplaced), (of_child, Cause::HoldingEnded)] {
        let line = station.known.line(LineKind::Holding, holding.into()).unwrap();
        assert_eq!((line.before, line.cause), (city.clock_now(), cause));
    }
    let code = city.issuer.activation_code(father).unwrap();
    assert_eq!(enrolled(&city, &code, 3).await.unwrap().ended_device, None);
}

/// A city's login: a ticket is good for the key that it was given to, and stands for one person.
struct Login;

impl IdentityProof for Login {
    fn prove(&self, evidence: &str, device_key: &PublicKey) -> Result<Proof, ProofError> {
        let person = |name: &str| {
            Ok(Proof::Person { document: id_number("19800203", 1), name: name.to_owned() })
        };
        match evidence {
            "ticket-1" if *device_key == key(1).public() => person("王小明"),
            "ticket-2" if *device_key == key(2).public() => person("王小明"),
            "somebody else's name" => person("王大明"),
            "no answer" => Err(ProofError::Unavailable { reason: "timeout".to_owned() }),
            ticket if ticket.starts_with("ticket") => Err(ProofError::Refused),
            code => ActivationCodes.prove(code, device_key),
        }
    }
}

#[tokio::test]
async fn a_citys_own_service_may_prove_who_enrols() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    assert!(city.issuer.prove_identity_by(Arc::new(Login)));
    assert!(!city.issuer.prove_identity_by(Arc::new(Login)), "once");
    let first = enrolled(&city, "ticket-1", 1).await.unwrap();
    assert_eq!(first.refresh.people.unwrap()[0].slot, slot);
    assert_eq!(enrolled(&city, "ticket-1", 1).await.unwrap().device, first.device);
    assert_eq!(enrolled(&city, "ticket-2", 2).await.unwrap().ended_device, Some(city.clock_now()));
    // The phone that was ended does not come back with its old ticket.
    for (evidence, n, problem) in [
        ("ticket-1", 1, ProblemId::ActivationRefused),
        ("ticket-1", 3, ProblemId::ActivationRefused),
        ("somebody else's name", 3, ProblemId::ActivationRefused),
        ("no answer", 3, ProblemId::Internal),
        ("00000-00000-00000-00000", 3, ProblemId::ActivationRefused),
    ] {
        assert_eq!(enrolled(&city, evidence, n).await.unwrap_err(), problem, "{evidence}");
    }
    let code = city.issuer.activation_code(slot).unwrap();
    enrolled(&city, &code, 4).await.unwrap();
}
