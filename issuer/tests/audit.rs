//! The audit log: every question is in it, no number of a card is, and whoever changes it is found out.

mod support;

use rusqlite::Connection;
use suima_client::wire::{IdCardRequest, PaperCheckRequest, StatusResponse, path};
use suima_code::{IdNumber, Place, UnixTime};
use suima_issuer::AuditVerdict;
use support::{City, MORNING, Station, id_number};

const EVER: UnixTime = UnixTime::new(0);

async fn ask(station: &Station<'_>, n: u32, staff: &str) {
    let id_number = IdNumber::parse(&id_number("19500203", n)).unwrap();
    let request = IdCardRequest { id_number, place: Place::Gate, staff: staff.to_owned() };
    station.caller.call::<_, StatusResponse>(path::ID_CARD, &request).await.unwrap();
}

/// Does what the triggers forbid, as somebody with the file in their hands could.
fn tamper(city: &City, sql: &str) {
    let db = Connection::open(city.database()).unwrap();
    db.execute_batch("DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_cut;").unwrap();
    db.execute_batch(sql).unwrap();
}

/// A city in which a gate has asked five times.
async fn asked() -> City {
    let city = City::new().await;
    city.person("19500203", 1, "王秀英");
    let gate = city.station("东门").await;
    for n in 1..=5 {
        ask(&gate, n, "0042").await;
    }
    assert!(matches!(city.issuer.verify_audit().unwrap(), AuditVerdict::Sound { rows: 5, .. }));
    city
}

#[tokio::test]
async fn every_question_is_in_the_log_with_who_asked_and_what_they_were_told() {
    let city = City::new().await;
    let slot = city.person("19500203", 1, "王秀英");
    let gate = city.station("东门").await;
    ask(&gate, 1, "0042").await;
    city.clock.pass(60);
    ask(&gate, 2, "0043").await;
    let request = PaperCheckRequest {
        code: "SM1:NONE".to_owned(),
        id_number: IdNumber::parse(&id_number("19500203", 1)).unwrap(),
        staff: "0044".to_owned(),
    };
    gate.caller.call::<_, StatusResponse>(path::PAPER_CHECK, &request).await.unwrap();
    let rows = city.issuer.audit_log(EVER).unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.place.as_str(), row.staff.as_str(), row.question.as_str(), row.slot))
        .collect();
    let wanted = [
        ("gate", "0042", "id-card", Some(slot)),
        ("gate", "0043", "id-card", None),
        // About the holder of the card, though the code was not theirs.
        ("manual-check", "0044", "paper-check", Some(slot)),
    ];
    assert_eq!(told, wanted);
    assert_eq!(
        rows.iter().map(|row| &*row.outcome).collect::<Vec<_>>(),
        ["match", "no-match", "no-match"]
    );
    assert!(rows.iter().all(|row| row.asker == "东门" && row.by == "station"));
    assert_eq!(city.issuer.audit_log(MORNING.plus(1)).unwrap(), rows[1..]);
}

#[tokio::test]
async fn no_number_of_a_card_is_in_the_log_also_where_staff_sign_with_theirs() {
    let city = City::new().await;
    city.person("19500203", 1, "王秀英");
    let gate = city.station("东门").await;
    let (shown, staff) = (id_number("19500203", 1), id_number("19900101", 7));
    ask(&gate, 1, &staff).await;
    let rows = format!("{:?}", city.issuer.audit_log(EVER).unwrap());
    assert!(rows.contains("id-card"), "{rows}");
    for number in [shown, staff] {
        assert!(!rows.contains(&number), "{rows}");
    }
}

#[tokio::test]
async fn the_log_is_append_only() {
    let city = asked().await;
    let db = Connection::open(city.database()).unwrap();
    for sql in ["DELETE FROM audit", "UPDATE audit SET staff = '0001'"] {
        let refused = db.execute_batch(sql).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn a_row_that_was_changed_is_found_whatever_was_changed_in_it() {
    for change in [
        "at = at + 1",
        "asker_kind = 'operator'",
        "asker = 'x'",
        "place = 'manual-check'",
        "staff = '0001'",
        "question = 'paper-check'",
        "slot = 5",
        "outcome = 'match'",
        "previous = zeroblob(32)",
        "hash = zeroblob(32)",
        "number = 33",
        "number = -3",
    ] {
        let city = asked().await;
        tamper(&city, &format!("UPDATE audit SET {change} WHERE number = 3"));
        let AuditVerdict::Broken { number } = city.issuer.verify_audit().unwrap() else {
            panic!("{change}: not found");
        };
        assert!(number == 3 || (change == "number = -3" && number == 1), "{change}: {number}");
    }
}

#[tokio::test]
async fn a_row_that_was_removed_is_found() {
    for gone in 1..=5_u64 {
        let city = asked().await;
        tamper(&city, &format!("DELETE FROM audit WHERE number = {gone}"));
        assert_eq!(city.issuer.verify_audit().unwrap(), AuditVerdict::Broken { number: gone });
        // Nor does it help to close the gap.
        let db = Connection::open(city.database()).unwrap();
        db.execute(
            "UPDATE audit SET number = number - 1 WHERE number > ?",
            [i64::try_from(gone).unwrap()],
        )
        .unwrap();
        assert_eq!(city.issuer.verify_audit().unwrap(), AuditVerdict::Broken { number: gone });
    }
}

#[tokio::test]
async fn a_row_that_was_slipped_in_is_found() {
    let city = asked().await;
    tamper(
        &city,
        "UPDATE audit SET number = number + 100 WHERE number > 2;
         UPDATE audit SET number = number - 99 WHERE number > 100;
         INSERT INTO audit SELECT 3, at, asker_kind, asker, place, '0001', question, slot, outcome,
             previous, hash FROM audit WHERE number = 2;",
    );
    assert_eq!(city.issuer.verify_audit().unwrap(), AuditVerdict::Broken { number: 3 });
    let city = asked().await;
    tamper(
        &city,
        "INSERT INTO audit SELECT 6, at, asker_kind, asker, place, '0001', question, slot, outcome,
             hash, hash FROM audit WHERE number = 5;",
    );
    assert_eq!(city.issuer.verify_audit().unwrap(), AuditVerdict::Broken { number: 6 });
}
