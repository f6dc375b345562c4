//! People in the register without an ID card, and groups that are given paper codes.

mod support;

use suima_code::Slot;
use suima_issuer::{ImportReport, Refusal};
use support::{City, id_number};

const COLUMNS: &str =
    "id_number,name,birth_date,groups,document,country,number,replaces,guardian,relation\n";

fn import(city: &City, lines: &str) -> ImportReport {
    city.issuer.import_register(format!("{COLUMNS}{lines}").as_bytes()).unwrap()
}

fn refusals(report: &ImportReport) -> Vec<Refusal> {
    report.refused.iter().map(|line| line.why).collect()
}

fn counts(report: &ImportReport) -> [usize; 4] {
    [report.added, report.updated, report.unchanged, report.refused.len()]
}

fn one(city: &City, number: &str) -> Option<Slot> {
    let found = city.issuer.with_document(number).unwrap();
    assert!(found.len() <= 1);
    found.first().copied()
}

#[tokio::test]
async fn a_travel_permit_or_a_passport_stands_for_a_person_and_enrols_a_phone() {
    let city = City::new().await;
    let report = import(
        &city,
        ",陈大文,1980-02-03,,travel-permit,,H0123 4567 8,,,\n\
         ,Anna Maria Smith,1985-06-07,,passport,gbr,537482901,,,\n\
         ,John Smith,1985-06-07,,passport,USA,537482901,,,\n",
    );
    assert_eq!(counts(&report), [3, 0, 0, 0], "{report}");
    let slot = one(&city, "h012345678").unwrap();
    let phone = city.phone(slot).await;
    assert_eq!(phone.people().await[0].masked_name.as_str(), "陈*文");
    // Two states gave one number: with the name it is certain who is meant.
    assert_eq!(city.issuer.with_document("537482901").unwrap().len(), 2);
    let anna = {
        let mut found = city.issuer.with_document("537482901").unwrap();
        found.sort();
        let mut names = Vec::new();
        for slot in found {
            names.push((city.phone(slot).await.people().await[0].name.clone(), slot));
        }
        names.into_iter().find(|(name, _)| name == "Anna Maria Smith").unwrap().1
    };
    let phone_of_anna = city.phone(anna).await;
    phone.ask("537482901", "ANNA MARIA SMITH").await.unwrap();
    assert_eq!(phone_of_anna.refresh(None).await.unwrap().asks.len(), 1);
}

#[tokio::test]
async fn a_renewed_document_is_the_same_person_and_the_old_number_is_nobodys_any_more() {
    let city = City::new().await;
    import(&city, ",Anna Smith,1985-06-07,,passport,GBR,111111111,,,\n");
    let slot = one(&city, "111111111").unwrap();
    let report = import(&city, ",Anna Smith,1985-06-07,,passport,GBR,222222222,111111111,,\n");
    assert_eq!(counts(&report), [0, 1, 0, 0]);
    assert_eq!((one(&city, "222222222"), one(&city, "111111111")), (Some(slot), None));
    // An old file makes no second person, and takes nothing back.
    let report = import(&city, ",Anna Smith,1985-06-07,,passport,GBR,111111111,,,\n");
    assert_eq!(counts(&report), [0, 0, 1, 0]);
    assert_eq!((one(&city, "222222222"), one(&city, "111111111")), (Some(slot), None));
    // Nor can somebody else's new document replace it.
    let report = import(&city, ",Eve Smith,1990-01-01,,passport,GBR,333333333,222222222,,\n");
    assert_eq!(refusals(&report), [Refusal::BirthDateChanged]);
    assert_eq!(one(&city, "333333333"), None);
}

#[tokio::test]
async fn a_child_without_a_number_is_known_by_guardian_name_and_birth_date() {
    let city = City::new().await;
    let mother = city.person("19800203", 1, "李梅");
    let number = id_number("19800203", 1);
    let lines = format!(
        ",王一,2026-10-01,,,,,,{number},parent\n\
         ,王二,2026-10-01,,,,,,{number},parent\n\
         ,王一,2026-10-01,,,,,,{number},parent\n"
    );
    let report = import(&city, &lines);
    assert_eq!(
        (counts(&report), refusals(&report)),
        ([2, 0, 0, 1], vec![Refusal::Duplicate { first: 2 }])
    );
    let phone = city.phone(mother).await;
    let people = phone.people().await;
    assert_eq!(people.len(), 3);
    let child = people.iter().find(|person| person.name == "王一").unwrap().slot;
    let code = phone.hold(child, &city.key()).await.unwrap().person.nucleic_acid.unwrap();
    assert_eq!(code.current, None);
    assert!(phone.claim(child).await.unwrap().current.is_some());

    // The number comes later, and it is the same child; a third one with another number is not.
    let born = id_number("20261001", 5);
    let other = id_number("20261001", 6);
    let report = import(&city, &format!("{born},王一,2026-10-01,,,,,,{number},parent\n"));
    assert_eq!(counts(&report), [0, 1, 0, 0]);
    assert_eq!(city.slot(&born), child);
    let report = import(&city, &format!("{other},王一,2026-10-01,,,,,,{number},parent\n"));
    assert_eq!(counts(&report), [1, 0, 0, 0]);
    assert_ne!(city.slot(&other), child);

    // Nor does a guardian whom an operator took out get the child back by another name for it.
    let younger = people.iter().find(|person| person.name == "王二").unwrap().slot;
    assert!(city.issuer.end_kinship(mother, younger, "法院判决").unwrap());
    let report = import(&city, &format!(",王二,2026-10-01,,,,,,{number},parent\n"));
    assert_eq!(refusals(&report), [Refusal::KinshipEnded]);
}

#[tokio::test]
async fn what_does_not_fit_together_is_refused_and_nothing_of_it_is_taken_in() {
    let city = City::new().await;
    city.person("19800203", 1, "李梅");
    let (mother, stranger) = (id_number("19800203", 1), id_number("19800203", 2));
    import(&city, ",Anna Smith,1985-06-07,,passport,GBR,111111111,,,\n");
    for (line, why) in [
        (",王一,2026-10-01,,,,,,,".to_owned(), Refusal::Unidentified),
        (",王一,2026-10-01,,visa,,E12345678,,,".to_owned(), Refusal::DocumentKind),
        (",王一,2026-10-01,,,,E12345678,,,".to_owned(), Refusal::DocumentKind),
        (",王一,2026-10-01,,passport,,E12345678,,,".to_owned(), Refusal::Country),
        (",王一,2026-10-01,,travel-permit,CHN,E12345678,,,".to_owned(), Refusal::Country),
        (",王一,2026-10-01,,passport,GBR,E12,,,".to_owned(), Refusal::DocumentNumber),
        (",王一,2026-10-01,,passport,GBR,E1234567８九,,,".to_owned(), Refusal::DocumentNumber),
        (format!(",王一,2026-10-01,,,,,,{mother},aunt"), Refusal::Relation),
        (format!(",王一,2026-10-01,,,,,,{stranger},parent"), Refusal::GuardianUnknown),
        (format!(",王一,1979-10-01,,,,,,{mother},parent"), Refusal::GuardianNotOlder),
        (format!("{mother},李梅,1980-02-03,,passport,GBR,111111111,,,"), Refusal::AnotherPerson),
        (",Anna Smith,1985-06-08,,passport,GBR,111111111,,,".to_owned(), Refusal::BirthDateChanged),
        (format!("{mother},李梅,1980-02-03,rich,,,,,,"), Refusal::Group),
        (format!("{mother},李梅,1980-02-03,group-32,,,,,,"), Refusal::Group),
    ] {
        let report = import(&city, &format!("{line}\n"));
        assert_eq!((counts(&report), refusals(&report)), ([0, 0, 0, 1], vec![why]), "{line}");
    }
}

#[tokio::test]
async fn groups_are_told_apart_and_an_empty_cell_leaves_them() {
    let city = City::new().await;
    city.person("19800203", 1, "李梅");
    let number = id_number("19800203", 1);
    let db = rusqlite::Connection::open(city.database()).unwrap();
    for (cell, bits) in [
        ("disability", 1),
        ("", 1),
        ("Disability; group-2", 5),
        ("group-31", 0x8000_0000_u32),
        ("none", 0),
    ] {
        let report = import(&city, &format!("{number},李梅,1980-02-03,{cell},,,,,,\n"));
        assert_eq!(report.refused, [], "{cell}");
        let found: u32 =
            db.query_row("SELECT paper_groups FROM person", [], |row| row.get(0)).unwrap();
        assert_eq!(found, bits, "{cell}");
    }
}

#[tokio::test]
async fn kinship_too_is_told_by_any_document() {
    let city = City::new().await;
    import(
        &city,
        ",Anna Smith,1985-06-07,,passport,GBR,111111111,,,\n\
         ,Tom Smith,2015-06-07,,passport,GBR,222222222,,,\n",
    );
    let csv = "guardian_id_number,child_id_number,relation\n111111111,222222222,parent\n";
    assert_eq!(city.issuer.import_kinship(csv.as_bytes()).unwrap().added, 1);
    let phone = city.phone(one(&city, "111111111").unwrap()).await;
    assert_eq!(phone.people().await[1].name, "Tom Smith");
}
