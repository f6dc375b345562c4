//! What stations upload: in any order, as often as needed, nothing dropped.

mod support;

use suima_client::wire::{
    Conflict, Entry, Event, ProblemId, ReceiptOutcome, RegistrationsRequest, RegistrationsResponse,
    Validity, path,
};
use suima_code::{IdNumber, Presented, Slot, UnixTime};
use suima_issuer::Shown;
use support::{City, MORNING, Station, id_number};

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

fn by_id_card(n: u32, tube: u32, barcode: &str, card: u32) -> Entry {
    let event = Event::RegisteredByIdCard {
        tube: id(tube),
        barcode: barcode.to_owned(),
        id_number: IdNumber::parse(&id_number("19500203", card)).unwrap(),
        name: "王秀英".to_owned(),
    };
    entry(n, MORNING, event)
}

fn moved(n: u32, registration: u32, tube: u32, barcode: &str, at: UnixTime) -> Entry {
    let event = Event::Moved {
        registration: id(registration),
        tube: id(tube),
        barcode: barcode.to_owned(),
        reason: "放错管".to_owned(),
    };
    entry(n, at, event)
}

/// Every order of these.
fn orders(entries: &[Entry]) -> Vec<Vec<Entry>> {
    if entries.is_empty() {
        return vec![Vec::new()];
    }
    (0..entries.len())
        .flat_map(|first| {
            let mut rest = entries.to_vec();
            let first = rest.remove(first);
            orders(&rest).into_iter().map(move |mut order| {
                order.insert(0, first.clone());
                order
            })
        })
        .collect()
}

/// The ids and kinds of what is at odds, whichever came first.
fn at_odds(city: &City) -> Vec<(Conflict, [String; 2])> {
    let found = city.issuer.registration_conflicts().unwrap();
    found
        .into_iter()
        .map(|found| {
            let mut ids = [found.entry.0, found.with.0];
            ids.sort();
            (found.conflict, ids)
        })
        .collect()
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
    assert_eq!((there[0].slot, there[0].undone), (Some(Slot(7)), false));
    assert_eq!((there[1].slot, there[1].undone), (Some(Slot(8)), true));
    assert_eq!(there[0].session, Some(("人民广场".to_owned(), "0042".to_owned())));
    let shown = Shown::Code {
        presented: Presented::NucleicAcid,
        iat: MORNING,
        validity: Validity::NotChecked,
    };
    assert_eq!(there[0].shown, shown);
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
            registered(13, 11, "SH4", 7, midnight),
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
    // Nor is what comes with what takes it back: here the first of two, and elsewhere the second.
    let told = upload(
        &two,
        vec![
            registered(20, 12, "SH2", 9, MORNING),
            registered(21, 13, "SH5", 9, MORNING),
            undone(22, 20),
            registered(23, 14, "SH6", 9, MORNING),
            undone(24, 23),
        ],
    )
    .await;
    assert_eq!(told, vec![ReceiptOutcome::Stored; 5]);
    // Of two that come together the later is told.
    let told = upload(
        &two,
        vec![registered(25, 12, "SH2", 10, MORNING), registered(26, 13, "SH5", 10, MORNING)],
    )
    .await;
    assert_eq!(told, [ReceiptOutcome::Stored, conflict(Conflict::PersonInTwoTubes, 25)]);
    upload(&two, vec![undone(27, 26)]).await;
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

#[tokio::test]
async fn an_id_card_is_resolved_at_the_upload_and_a_person_twice_in_a_tube_is_found() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    let station = city.station("3 号台").await;
    let told = upload(&station, vec![registered(3, 2, "SH1", slot.0, MORNING)]).await;
    assert_eq!(told, [ReceiptOutcome::Stored]);
    for _ in 0..2 {
        let told = upload(&station, vec![by_id_card(4, 2, "sh1", 1)]).await;
        assert_eq!(told, [conflict(Conflict::PersonTwiceInTube, 3)], "told as often as it is sent");
    }
    let told = upload(&station, vec![by_id_card(5, 9, "SH2", 1)]).await;
    assert_eq!(told, [conflict(Conflict::PersonInTwoTubes, 3)]);
    let there = city.issuer.registrations().unwrap();
    assert!(there.iter().all(|one| one.slot == Some(slot)));
    assert_eq!(at_odds(&city).len(), 3);
}

#[tokio::test]
async fn a_card_that_is_not_in_the_register_is_stored_all_the_same() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    for _ in 0..2 {
        let told = upload(&station, vec![by_id_card(4, 2, "SH1", 1)]).await;
        assert_eq!(told, [ReceiptOutcome::NotInRegister], "told as often as it is sent");
    }
    // Nobody knows whether two such cards are of one person.
    let told = upload(&station, vec![by_id_card(5, 9, "SH2", 2)]).await;
    assert_eq!(told, [ReceiptOutcome::NotInRegister]);
    let there = city.issuer.registrations().unwrap();
    assert_eq!((there.len(), there[0].slot), (2, None));
    assert!(matches!(&there[0].shown, Shown::IdCard { name, .. } if name == "王秀英"));
    assert!(at_odds(&city).is_empty());
}

#[tokio::test]
async fn who_is_taken_by_hand_is_stored_with_what_was_written_down() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let event = Event::RegisteredByHand {
        tube: id(2),
        barcode: "SH1".to_owned(),
        name: "John Smith".to_owned(),
        document: Some("E12345678".to_owned()),
        contact: "13800000000".to_owned(),
    };
    let entries = vec![entry(4, MORNING, event), undone(5, 4)];
    assert_eq!(upload(&station, entries).await, [ReceiptOutcome::Stored, ReceiptOutcome::Stored]);
    let there = city.issuer.registrations().unwrap();
    assert_eq!((there[0].slot, there[0].undone), (None, true));
    let shown = Shown::ByHand {
        name: "John Smith".to_owned(),
        document: Some("E12345678".to_owned()),
        contact: "13800000000".to_owned(),
    };
    assert_eq!(there[0].shown, shown);
    assert!(!format!("{there:?}").contains("Smith"), "names are not for logs");
}

#[tokio::test]
async fn conflicts_are_found_in_whichever_order_the_entries_come() {
    // The same person by code and by card in one tube; then moved out of it into another, which is two tubes.
    let two = |city: &City, slot: Slot| {
        assert_eq!(city.slot(&id_number("19500203", 1)), slot);
        vec![
            registered(3, 2, "SH1", slot.0, MORNING),
            by_id_card(4, 2, "SH1", 1),
            moved(5, 4, 9, "SH2", MORNING.plus(60)),
            session(1),
        ]
    };
    for number in 0..24 {
        let city = City::new().await;
        let slot = city.person("19500203", 1, "王秀英");
        let station = city.station("3 号台").await;
        let order = orders(&two(&city, slot)).swap_remove(number);
        for entry in &order {
            upload(&station, vec![entry.clone()]).await;
        }
        let wanted = (Conflict::PersonInTwoTubes, [id(3), id(4)]);
        assert_eq!(at_odds(&city), [wanted], "{order:?}");
    }
}

#[tokio::test]
async fn a_move_makes_and_mends_conflicts() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    let station = city.station("3 号台").await;
    upload(&station, vec![registered(3, 2, "SH1", slot.0, MORNING)]).await;
    let told = upload(&station, vec![by_id_card(4, 9, "SH2", 1)]).await;
    assert_eq!(told, [conflict(Conflict::PersonInTwoTubes, 3)]);
    let told = upload(&station, vec![moved(5, 4, 2, "SH1", MORNING.plus(60))]).await;
    assert_eq!(told, [conflict(Conflict::PersonTwiceInTube, 3)]);
    assert_eq!(city.issuer.registrations().unwrap()[1].barcode, "SH1");
    // The last move counts, also where an earlier one comes late.
    upload(&station, vec![moved(7, 4, 9, "SH3", MORNING.plus(120))]).await;
    upload(&station, vec![moved(6, 4, 9, "SH1", MORNING.plus(90))]).await;
    assert_eq!(city.issuer.registrations().unwrap()[1].barcode, "SH3");
    assert_eq!(at_odds(&city), [(Conflict::PersonInTwoTubes, [id(3), id(4)])]);
    upload(&station, vec![undone(8, 4)]).await;
    assert!(at_odds(&city).is_empty());
    // Nor is it told any more of what was at odds once.
    let told = upload(&station, vec![registered(3, 2, "SH1", slot.0, MORNING)]).await;
    assert_eq!(told, [ReceiptOutcome::Already]);
}

#[tokio::test]
async fn a_tube_that_is_open_across_midnight_is_one_tube() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let midnight = MORNING.plus(15 * 3600);
    let entries =
        vec![registered(3, 2, "SH1", 7, midnight.plus(-1)), registered(4, 2, "SH1", 7, midnight)];
    let told = upload(&station, entries).await;
    assert_eq!(told[1], conflict(Conflict::PersonTwiceInTube, 3));
}

#[tokio::test]
async fn a_registration_names_who_was_on_duty_then() {
    let city = City::new().await;
    let station = city.station("3 号台").await;
    let over = |n, staff: &str, at| {
        entry(n, at, Event::HandedOver { session: id(1), staff: staff.to_owned() })
    };
    let (noon, evening) = (MORNING.plus(3 * 3600), MORNING.plus(9 * 3600));
    let journal = vec![
        over(9, "0044", evening),
        registered(5, 2, "SH1", 9, evening),
        registered(4, 2, "SH1", 8, noon.plus(60)),
        registered(3, 2, "SH1", 7, MORNING),
        over(8, "0043", noon),
        tube(2, 1, "SH1"),
        session(1),
    ];
    assert_eq!(upload(&station, journal).await, vec![ReceiptOutcome::Stored; 7]);
    let staff: Vec<_> = city
        .issuer
        .registrations()
        .unwrap()
        .into_iter()
        .map(|one| (one.slot.unwrap().0, one.session.unwrap().1))
        .collect();
    let wanted = [(9, "0044"), (8, "0043"), (7, "0042")].map(|(n, who)| (n, who.to_owned()));
    assert_eq!(staff, wanted);
}
