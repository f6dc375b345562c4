//! The path of the first day: enrol, refresh, claim, regenerate, lists, head, registrations.

mod support;

use suima_client::wire::{
    Entry, Event, ReceiptOutcome, Regeneration, RegistrationsRequest, RegistrationsResponse,
    Relation, Validity, path,
};
use suima_code::{
    Cautions, Colour, Credential, Genuine, Knowledge, Outcome, Place, Presented, Reason, verify,
};
use support::City;

#[tokio::test]
async fn a_code_is_made_regenerated_and_the_old_one_refused() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let mut station = city.station("人民广场 3 号台").await;

    let refreshed = phone.refresh(None).await.unwrap();
    let people = refreshed.people.unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].relation, people[0].name.as_str()), (Relation::Oneself, "王小明"));
    let holding = people[0].holding.as_ref().unwrap();
    let credential =
        Credential::parse(&holding.credential.0, &station.trust, refreshed.time).unwrap();
    assert_eq!((credential.slot, credential.colour), (slot, Colour::Green));

    let first = phone.claim(slot).await.unwrap().current.unwrap();
    assert_eq!(phone.claim(slot).await.unwrap().current.unwrap(), first, "claiming voids nothing");

    city.clock.pass(600);
    let void = Some(first.made.iat);
    let answer =
        phone.regenerate(&city.random.hex(), slot, void, refreshed.time.plus(720)).await.unwrap();
    let second = answer.nucleic_acid.current.unwrap();
    assert_eq!(answer.outcome, Regeneration::Made { iat: second.made.iat });
    assert!(second.made.voided && second.made.by_this_device);
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 1);

    assert!(station.sync().await);
    let now = refreshed.time.plus(600);
    let verdict = |text: &str| {
        let knowledge = Knowledge {
            trust: &station.trust,
            policy: &station.policy,
            revocations: &station.known,
        };
        verify(text, &knowledge, Place::Sampling, now)
    };
    assert_eq!(
        verdict(&first.text).outcome,
        Outcome::Refused(Reason::Replaced { at: second.made.iat })
    );
    let accepted = verdict(&second.text);
    assert!(
        matches!(accepted.outcome, Outcome::Accepted(cautions) if cautions == Cautions::default())
    );
    assert!(matches!(accepted.genuine, Some(Genuine::Static(code)) if code.slot == slot));

    let tube = city.random.hex();
    let entry = Entry {
        id: city.random.hex(),
        at: now,
        event: Event::Registered {
            tube,
            barcode: "SH0001".to_owned(),
            slot,
            presented: Presented::NucleicAcid,
            code_iat: second.made.iat,
            validity: Validity::Checked { as_of: now },
        },
    };
    let request = RegistrationsRequest { entries: vec![entry] };
    for outcome in [ReceiptOutcome::Stored, ReceiptOutcome::Already] {
        let answer: RegistrationsResponse =
            station.caller.call(path::REGISTRATIONS, &request).await.unwrap();
        assert_eq!(answer.receipts[0].outcome, outcome);
    }
    let registrations = city.issuer.registrations().unwrap();
    assert_eq!(registrations.len(), 1);
    assert_eq!((registrations[0].slot, registrations[0].barcode.as_str()), (Some(slot), "SH0001"));
    assert_eq!(registrations[0].station, "人民广场 3 号台");
}
