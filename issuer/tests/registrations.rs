//! What stations upload: in any order, as often as needed, nothing dropped.

mod support;

use suima_client::wire::{
    Conflict, Entry, Event, ProblemId, ReceiptOutcome, RegistrationsRequest, RegistrationsResponse,
    Validity, path,
};
use suima_code::{Presented, Slot, UnixTime};
use support::{City, MORNING, Station};

fn entry(id: u32, at: UnixTime, event: Event) -> Entry {
    Entry { id: format!("{id:032x}"), at, event }
}

fn id(n: u32) -> String {
    format!("{n:032x}")
}

fn session(n: u32) -> Entry {
    let event = Event::SessionOpened { site: "人民广场".to_owned(), staff: "0042".to_owned() };
    entry(n, MORNING, event)
}

fn tube(n: u32, session: u32, barcode: &str) -> Entry {
    let event =
        Event::TubeOpened { session: id(session), barcode: barcode.to_owned(), capacity: 10 };
    entry(n, MORNING, event)
}

fn registered(n: u32, tube: u32, barcode: &str, slot: u32, at: UnixTime) -> Entry {
    let event = Event::Registered {
        tube: id(tube),
        barcode: barcode.to_owned(),
        slot: Slot(slot),
        presented: Presented::NucleicAcid,
        code_iat: MORNING,
        validity: Validity::NotChecked,
    };
    entry(n, at, event)
}

fn undone(n: u32, registration: u32) -> Entry {
    entry(n, MORNING, Event::Undone { registration: id(registration), reason: "扫错".to_owned() })
}

async fn upload(station: &Station<'_>, entries: Vec<Entry>) -> Vec<ReceiptOutcome> {
    let request = RegistrationsRequest { entries };
    let answer: RegistrationsResponse =
        station.caller.call(path::REGISTRATIONS, &request).await.unwrap();
    let ids = answer.receipts.iter().map(|receipt| &receipt.id);
    assert!(ids.eq(request.entries.iter().map(|entry| &entry.id)), "receipts in order");
    answer.receipts.into_iter().map(|receipt| receipt.outcome).collect()
}

fn conflict(conflict: Conflict, with: u32) -> ReceiptOutcome {
    ReceiptOutcome::Conflict { conflict, with: id(with) }
}

#[tokio::test]
async fn a_journal_comes_in_any_order_and_more_than_once() {
    use ReceiptOutcome::{Already, Stored};
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let journal = vec![
        registered(3, 2, "SH1", 7, MORNING),
        undone(5, 4),
        tube(2, 1, "SH1"),
        registered(4, 2, "SH1", 8, MORNING),
        session(1),
        entry(6, MORNING, Event::TubeSealed { tube: id(2), swabs: 1, explanation: None }),
    ];
    assert_eq!(upload(&station, journal.clone()).await, vec![Stored; 6]);
    let twice = journal.iter().rev().chain(&journal).cloned().collect();
    assert_eq!(upload(&station, twice).await, vec![Already; 12]);
    let there = city.issuer.registrations().unwrap();
    assert_eq!(there.len(), 2);
    assert_eq!((there[0].slot, there[0].undone), (Slot(7), false));
    assert_eq!((there[1].slot, there[1].undone), (Slot(8), true));
    assert_eq!(there[0].session, Some(("人民广场".to_owned(), "0042".to_owned())));
    assert_eq!(there[0].validity, Validity::NotChecked);
    assert!(city.issuer.registration_conflicts().unwrap().is_empty());
}

#[tokio::test]
async fn one_id_with_two_contents_keeps_both() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let other_station = city.station("4 号台").await;
    upload(&station, vec![registered(3, 2, "SH1", 7, MORNING)]).await;
    let wanted = conflict(Conflict::SameIdOtherContent, 3);
    // Told again as often as it is sent: the first answer may have been lost.
    for _ in 0..2 {
        let told = upload(&station, vec![registered(3, 2, "SH1", 8, MORNING)]).await;
        assert_eq!(told, std::slice::from_ref(&wanted));
    }
    // A station that enrolled anew sends what it had sent before.
    let told = upload(&other_station, vec![registered(3, 2, "SH1", 7, MORNING)]).await;
    assert_eq!(told, [ReceiptOutcome::Already]);
    let told = upload(&station, vec![registered(3, 2, "SH1", 7, MORNING)]).await;
    assert_eq!(told, [ReceiptOutcome::Already], "the first is as it was");
    assert_eq!(city.issuer.registrations().unwrap().len(), 2);
    assert_eq!(city.issuer.registration_conflicts().unwrap().len(), 1);
}

#[tokio::test]
async fn one_tube_on_two_stations() {
    let city = City::new().await;
    let (one, two) = (city.station("3 号台").await, city.station("4 号台").await);
    upload(&one, vec![tube(2, 1, "SH1")]).await;
    // However the barcode was spelled.
    let told = upload(&two, vec![tube(12, 11, "SH2"), tube(13, 11, "sh1")]).await;
    assert_eq!(told, [ReceiptOutcome::Stored, conflict(Conflict::TubeOnTwoStations, 2)]);
    let found = city.issuer.registration_conflicts().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].entry, (id(13), "4 号台".to_owned()));
    assert_eq!(found[0].with, (id(2), "3 号台".to_owned()));
}

#[tokio::test]
async fn one_person_in_two_tubes_on_one_day() {
    let city = City::new().await;
    let (one, two) = (city.station("3 号台").await, city.station("4 号台").await);
    upload(&one, vec![registered(3, 2, "SH1", 7, MORNING)]).await;
    // Fifteen hours later it is the next day in Shanghai.
    let midnight = MORNING.plus(15 * 3600);
    let told = upload(
        &two,
        vec![
            registered(13, 12, "SH2", 7, midnight),
            registered(14, 12, "SH2", 8, MORNING),
            registered(15, 12, "SH2", 7, midnight.plus(-1)),
        ],
    )
    .await;
    let two_tubes = conflict(Conflict::PersonInTwoTubes, 3);
    assert_eq!(told, [ReceiptOutcome::Stored, ReceiptOutcome::Stored, two_tubes]);
    assert_eq!(city.issuer.registrations().unwrap().len(), 4, "nothing is dropped");
    assert_eq!(city.issuer.registration_conflicts().unwrap().len(), 1);
    // Taken back, it is none any more.
    upload(&one, vec![undone(5, 3)]).await;
    assert!(city.issuer.registration_conflicts().unwrap().is_empty());
    // And what was taken back before is none at all, in whichever order it comes.
    let told = upload(&two, vec![undone(17, 16), registered(16, 12, "SH3", 8, MORNING)]).await;
    assert_eq!(told, [ReceiptOutcome::Stored, ReceiptOutcome::Stored]);
    let told = upload(&one, vec![registered(6, 2, "SH1", 7, MORNING)]).await;
    assert_eq!(told, [conflict(Conflict::PersonInTwoTubes, 15)]);
}

#[tokio::test]
async fn what_is_no_journal_is_refused_whole() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let mut odd = session(1);
    odd.id = "A".repeat(32);
    let many = (0..501).map(session).collect();
    for entries in [vec![session(2), odd], many] {
        let request = RegistrationsRequest { entries };
        let answer =
            station.caller.call::<_, RegistrationsResponse>(path::REGISTRATIONS, &request).await;
        assert_eq!(answer.unwrap_err(), ProblemId::BadRequest);
    }
    let most = (0..500).map(session).collect();
    assert_eq!(upload(&station, most).await, vec![ReceiptOutcome::Stored; 500]);
}
