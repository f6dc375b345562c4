//! A database that was put back from a backup: with the journal it is what it was, without it everything is voided.

mod counter;
mod restoring;
mod support;

use std::fs;

use counter::Counter;
use restoring::{content, journal_error, open, regenerate, voided};
use suima_client::signature::SoftwareKey;
use suima_client::wire::{
    Entry, Event, IdCardRequest, ProblemId, Regeneration, RegistrationsRequest,
    RegistrationsResponse, StatusResponse, path,
};
use suima_code::{
    Cause, Colour, IdNumber, Knowledge, LineKind, Outcome, Place, Purposes, Reason, verify,
};
use suima_issuer::{AuditVerdict, Issuer, JournalError, Wanted};
use support::{Caller, City, Phone, Station, id_number};

const SENIOR: &str = "19551130";

/// Who somebody is to the issuer, to be found again when it was restored.
struct Identity {
    key: SoftwareKey,
    keyid: String,
}

impl Identity {
    fn of(caller: Caller<'_>) -> Self {
        Self { key: caller.key, keyid: caller.keyid }
    }

    fn phone(self, city: &City) -> Phone<'_> {
        Phone(Caller { city, key: self.key, keyid: self.keyid })
    }
}

/// What a station that knows everything says of a code at sampling.
async fn at_sampling(city: &City, text: &str) -> Result<(), Reason> {
    let mut station = city.station("新台").await;
    assert!(station.sync().await);
    decided(&station, text)
}

fn decided(station: &Station<'_>, text: &str) -> Result<(), Reason> {
    let knowledge =
        Knowledge { trust: &station.trust, policy: &station.policy, revocations: &station.known };
    match verify(text, &knowledge, Place::Sampling, station.caller.city.clock_now()).outcome {
        Outcome::Accepted(_) => Ok(()),
        Outcome::Refused(reason) => Err(reason),
    }
}

async fn ask_and_upload(station: &Station<'_>) {
    let id_number = IdNumber::parse(&id_number("19800203", 1)).unwrap();
    let card = IdCardRequest { id_number, place: Place::Gate, staff: "0042".to_owned() };
    station.caller.call::<_, StatusResponse>(path::ID_CARD, &card).await.unwrap();
    let event = Event::SessionOpened { site: "人民广场".to_owned(), staff: "0042".to_owned() };
    let entry = Entry { id: "a".repeat(32), at: station.caller.city.clock_now(), event };
    let request = RegistrationsRequest { entries: vec![entry] };
    station.caller.call::<_, RegistrationsResponse>(path::REGISTRATIONS, &request).await.unwrap();
}

#[tokio::test]
async fn with_the_journal_a_backup_becomes_what_the_database_was() {
    let city = City::new().await;
    let (one, two) = (city.person("19800203", 1, "王小明"), city.person("19800203", 2, "李雷"));
    let phone = city.phone(one).await;
    phone.claim(one).await.unwrap();
    let other = city.phone(two).await;
    other.claim(two).await.unwrap();
    let (station, ended) = (city.station("3 号台").await, city.station("4 号台").await);
    ask_and_upload(&station).await;
    let (three, four) = (city.person(SENIOR, 1, "陈秀兰"), city.person(SENIOR, 2, "陈大山"));
    Counter::with_card(&city, SENIOR, 1).applied(three);
    Counter::with_card(&city, SENIOR, 2).applied(four);
    city.issuer.record_consent(one, three, "当面同意").unwrap();
    let backup = city.back_up();
    let before = content(&backup);

    city.clock.pass(3600);
    regenerate(&phone, &city.random.hex(), one).await;
    city.issuer.set_colour(two, Colour::Red).unwrap();
    // A new phone, which ends the one before; a station that is ended; a key recalled; a policy changed.
    city.phone(one).await.claim(one).await.unwrap();
    city.issuer.end_station("4 号台", "遗失").unwrap();
    let kid = city.issuer.rotate_key(Purposes::LISTS).unwrap();
    city.issuer.recall_key(kid).unwrap();
    city.limits(|limits| limits.nucleic_acid_days = 31);
    // A paper code reported lost, another made anew, a consent withdrawn.
    Counter::with_card(&city, SENIOR, 1).by_card(&Wanted::ReportLost { slot: three });
    Counter::with_card(&city, SENIOR, 2).applied(four);
    city.issuer.withdraw_consent(one, three, "本人要求").unwrap();
    // New people, a new station, a question, the same entry under another name.
    let child = city.person("20200101", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20200101", 1));
    city.station("5 号台").await;
    let refused = Identity::of(ended.caller);
    ask_and_upload(&station).await;
    city.issuer.publish_lists().unwrap();
    let after = content(&city.database());
    assert_ne!(before, after);

    let city = city.restored(&backup).await.unwrap();
    for (table, rows) in &after {
        assert_eq!(content(&backup).get(table), Some(rows), "{table}");
    }
    let replayed = city.issuer.replayed().unwrap();
    assert!(replayed.acts > 10, "{replayed}");
    assert_eq!(replayed.to, city.clock_now());
    assert!(matches!(city.issuer.verify_audit().unwrap(), AuditVerdict::Sound { .. }));
    assert_eq!(city.slot(&id_number("20200101", 1)), child);
    let gone = refused.phone(&city).refresh(None).await.unwrap_err();
    assert_eq!(gone, ProblemId::NotAllowed, "a station is no phone, and is known still");
}

#[tokio::test]
async fn what_was_voided_stays_void_and_no_iat_is_given_twice() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let first = phone.claim(slot).await.unwrap().current.unwrap();
    let backup = city.back_up();
    // All within one second: the times of codes run ahead of the clock.
    let mut latest = first.made.iat;
    for _ in 0..3 {
        let Regeneration::Made { iat } = regenerate(&phone, &city.random.hex(), slot).await else {
            panic!("not made");
        };
        assert!(iat > latest);
        latest = iat;
    }
    let current = phone.claim(slot).await.unwrap().current.unwrap();
    let phone = Identity::of(phone.0);

    let city = city.restored(&backup).await.unwrap();
    let phone = phone.phone(&city);
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 1);
    let refused = at_sampling(&city, &first.text).await.unwrap_err();
    assert!(matches!(refused, Reason::Replaced { .. }), "{refused:?}");
    assert_eq!(at_sampling(&city, &current.text).await, Ok(()));
    assert_eq!(phone.claim(slot).await.unwrap().current, Some(current));
    let Regeneration::Made { iat } = regenerate(&phone, &city.random.hex(), slot).await else {
        panic!("not made");
    };
    assert!(iat > latest);
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 1);
}

#[tokio::test]
async fn a_paper_code_that_was_reported_lost_stays_lost() {
    let city = City::new().await;
    let slot = city.person(SENIOR, 1, "陈秀兰");
    let lost = Counter::with_card(&city, SENIOR, 1).applied(slot);
    let backup = city.back_up();
    city.clock.pass(3600);
    Counter::with_card(&city, SENIOR, 1).by_card(&Wanted::ReportLost { slot });
    let city = city.restored(&backup).await.unwrap();
    assert_eq!(city.issuer.valid_paper_codes(slot).unwrap(), 0);
    let refused = at_sampling(&city, &lost.text).await.unwrap_err();
    assert!(matches!(refused, Reason::ReportedLost { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_wish_is_not_executed_again() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let void = phone.claim(slot).await.unwrap().current.unwrap().made.iat;
    let backup = city.back_up();
    let (wish, not_after) = (city.random.hex(), city.clock_now().plus(120));
    let made = phone.regenerate(&wish, slot, Some(void), not_after).await.unwrap();
    let phone = Identity::of(phone.0);
    let city = city.restored(&backup).await.unwrap();
    let again = phone.phone(&city).regenerate(&wish, slot, Some(void), not_after).await.unwrap();
    assert_eq!((again.outcome, again.nucleic_acid), (made.outcome, made.nucleic_acid));
}

#[tokio::test]
async fn a_station_goes_on_syncing_and_misses_nothing() {
    let city = City::new().await;
    let (one, two) = (city.person("19800203", 1, "王小明"), city.person("19800203", 2, "李雷"));
    let (first, second) = (city.phone(one).await, city.phone(two).await);
    regenerate(&first, &city.random.hex(), one).await;
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let backup = city.back_up();
    regenerate(&first, &city.random.hex(), one).await;
    assert!(station.sync().await, "it knows what the backup does not");
    let line = station.known.line(LineKind::NucleicAcid, one.into());
    regenerate(&second, &city.random.hex(), two).await;
    let known = station.known;
    let identities = [first.0, second.0, station.caller].map(Identity::of);
    let (trust, policy) = (station.trust, station.policy);

    let city = city.restored(&backup).await.unwrap();
    let [_, second, caller] = identities;
    let second = second.phone(&city);
    let mut station = Station { caller: caller.phone(&city).0, trust, policy, known };
    assert!(station.sync().await);
    assert_eq!(station.known.line(LineKind::NucleicAcid, one.into()), line);
    assert!(station.known.line(LineKind::NucleicAcid, two.into()).is_some());
    let old = second.claim(two).await.unwrap().current.unwrap();
    regenerate(&second, &city.random.hex(), two).await;
    assert!(station.sync().await);
    assert!(matches!(decided(&station, &old.text), Err(Reason::Replaced { .. })));
    let mut fresh = city.station("4 号台").await;
    assert!(fresh.sync().await);
    assert_eq!(fresh.known.sequences(), station.known.sequences());
}

#[tokio::test]
async fn a_credential_of_after_the_backup_falls_with_its_colour() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    phone.refresh(None).await.unwrap();
    let backup = city.back_up();
    // By then every credential that the backup knows of has expired.
    city.clock.pass(13 * 86_400);
    phone.refresh(None).await.unwrap();
    city.clock.pass(2 * 86_400);
    let city = city.restored(&backup).await.unwrap();
    city.issuer.set_colour(slot, Colour::Red).unwrap();
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let line = station.known.line(LineKind::Person, slot.into()).unwrap();
    assert_eq!((line.before, line.cause), (city.clock_now(), Cause::StatusChanged));
}

#[tokio::test]
async fn without_the_journal_everything_is_voided_and_people_are_given_new_codes() {
    let (city, slot, backup, first) = voided().await;
    let newcomer = city.person("19800203", 2, "李雷");
    let unknown = city.phone(newcomer).await.claim(newcomer).await.unwrap().current.unwrap();
    let second = city.phone(slot).await.claim(slot).await.unwrap().current.unwrap();
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let (known, keyid) = (station.known, station.caller.keyid);
    fs::remove_dir_all(city.journal()).unwrap();
    city.clock.pass(3600);

    assert!(matches!(journal_error(open(&city, &backup)), JournalError::Missing { .. }));
    let people =
        Issuer::restore_without_journal(&backup, &city.journal(), &*city.clock, &*city.random);
    assert_eq!(people.unwrap(), 1, "the newcomer is in no backup");
    let city = city.restored(&backup).await.unwrap();
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 0);
    for text in [&first, &second.text] {
        let refused = at_sampling(&city, text).await.unwrap_err();
        assert!(matches!(refused, Reason::Replaced { .. }), "{refused:?}");
    }
    // The station of before is not in the backup. Enrolled anew it goes on with what it knows, and misses nothing.
    let mut station = city.station("3 号台").await;
    assert_ne!(station.caller.keyid, keyid);
    let reached = known.sequences();
    station.known = known;
    assert!(station.sync().await);
    assert!(station.known.sequences().reach(reached));
    assert!(matches!(decided(&station, &second.text), Err(Reason::Replaced { .. })));
    assert!(station.known.line(LineKind::Person, slot.into()).is_some());

    let phone = city.phone(slot).await;
    let anew = phone.claim(slot).await.unwrap().current.unwrap();
    assert!(anew.made.iat > second.made.iat.max(unknown.made.iat));
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 1);
    assert_eq!(at_sampling(&city, &anew.text).await, Ok(()));
}

#[tokio::test]
async fn an_older_backup_does_not_lead_past_a_restoration_without_the_journal() {
    let (city, _, backup, _) = voided().await;
    let older = city.back_up();
    let (clock, random) = (&*city.clock, &*city.random);
    Issuer::restore_without_journal(&backup, &city.journal(), clock, random).unwrap();
    let error = journal_error(open(&city, &older));
    assert!(matches!(error, JournalError::Missing { .. }), "{error}");
    assert!(open(&city, &backup).is_ok());
}

#[tokio::test]
async fn trust_and_policy_of_after_the_backup_are_not_newer_than_those_of_a_restored_city() {
    let (city, _, backup, _) = voided().await;
    for _ in 0..3 {
        city.limits(|limits| limits.relatives_per_user += 1);
        city.issuer.rotate_key(Purposes::STATIC).unwrap();
    }
    let (trust, policy) = city.newest();
    let (clock, random) = (&*city.clock, &*city.random);
    Issuer::restore_without_journal(&backup, &city.journal(), clock, random).unwrap();
    let city = city.restored(&backup).await.unwrap();
    let (trust_now, policy_now) = city.newest();
    assert!(trust_now.version > trust.version && policy_now.version > policy.version);
}
