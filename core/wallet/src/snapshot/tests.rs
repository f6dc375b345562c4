//! Records as released versions wrote them. A phone in the field must still read each: what cannot be read is wiped, and its
//! holder would have to enrol again. So these texts are never changed; a new field has a default, and a text of its own.

use serde::de::DeserializeOwned;
use serde_json::Value;
use suima_device::TimeAnchor;

use super::*;
use crate::news::Note;

const DEVICE: &str = r#"{"keyid": "k", "seed": SEED, "spread": 7}"#;

const ENROLMENT: &str =
    r#"{"code": "c", "device_seed": SEED, "holding_seed": SEED, "idempotency_key": "0a"}"#;

const KNOWLEDGE: &str = r#"{"as_of": 1, "state": "s", "generation": 2, "ended": null}"#;

const CLOCK: &str = r#"{"issuer": 1, "reading": {"wall": 2, "since_boot_ms": 3, "boot": "b"}}"#;

const PERSON: &str = r#"{
    "slot": 11, "relation": "child", "name": "王小明", "masked_name": "王*明", "birth_year": 2014,
    "holding": {
        "number": 1, "credential": "AQ==", "colour": "green", "iat": 1, "exp": 2, "seed": SEED,
        "codes": {
            "current": {"text": "SM1:0", "nbf": null, "exp": 9, "made": MADE},
            "successor": {"text": "SM1:1", "nbf": 9, "exp": 20, "made": MADE},
            "revoked_before": 1, "history": [MADE], "as_of": 3
        },
        "wish": {
            "idempotency_key": "0b", "void": 4, "since": 5, "not_after": 125, "sendings": 1
        }
    },
    "offer": {"seed": SEED, "idempotency_key": "0c"}
}"#;

const NOTES: &str = r#"[
    {"News": {"slot": 1, "name": "n", "made": MADE}},
    {"Resolved": {"slot": 1, "name": "n", "since": 2, "outcome": {"Made": {"made": MADE}}}},
    {"Resolved": {"slot": 1, "name": "n", "since": 2, "outcome": {"Behind": {"current": null}}}},
    {"Resolved": {"slot": 1, "name": "n", "since": 2, "outcome": {"Overtaken": {"current": MADE}}}},
    {"Resolved": {"slot": 1, "name": "n", "since": 2, "outcome": "TooLate"}},
    {"Resolved": {"slot": 1, "name": "n", "since": 2, "outcome": "UsedUp"}},
    {"Resolved": {"slot": 1, "name": "n", "since": 2,
        "outcome": {"Unknown": {"problem": "not-allowed"}}}}
]"#;

const DOCUMENTS: &str = r#"{
    "trust": "AQ==", "trust_version": 1, "policy": "Ag==", "policy_version": 2,
    "parsed_policy": {
        "version": 2, "iat": 1,
        "limits": {
            "nucleic_acid_days": 30, "paper_days": 180, "redraw_seconds": 10,
            "live_window_seconds": 60, "credential_seconds": 1209600, "colour_seconds": 86400,
            "knowledge_said_seconds": 7200, "knowledge_refused_seconds": 86400,
            "relatives_per_user": 8, "holders_per_relative": 3, "regenerations_per_day": 10,
            "claim_ahead_days": 7, "adult_age": 18, "senior_age": 60, "admitted_colours": 1
        },
        "table": [
            ["accepted", "refused", "refused"],
            ["accepted", "refused", "with-id-card"],
            ["accepted", "accepted", "accepted"],
            ["accepted", "accepted", "accepted"],
            ["accepted", "ask-issuer", "ask-issuer"]
        ]
    }
}"#;

fn full(text: &str) -> String {
    let numbers: Vec<String> = (0..32).map(|number| number.to_string()).collect();
    let seed = format!("[{}]", numbers.join(","));
    let made = r#"{"iat": 1, "by": "李梅", "by_this_device": true, "voided": false}"#;
    text.replace("SEED", &seed).replace("MADE", made)
}

/// Read, and written again as it was.
#[track_caller]
fn is_read<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let text = full(text);
    let value: T = serde_json::from_str(&text).unwrap();
    let written: Value = serde_json::to_value(&value).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(&text).unwrap());
    value
}

#[test]
fn records_of_the_first_version_are_still_read() {
    is_read::<Device>(DEVICE);
    is_read::<Enrolment>(ENROLMENT);
    is_read::<Knowledge>(KNOWLEDGE);
    is_read::<TimeAnchor>(CLOCK);
    is_read::<Person>(PERSON);
    is_read::<Vec<Note>>(NOTES);
    let documents: Documents = is_read(DOCUMENTS);
    assert_eq!(documents.parsed_policy, Some(Policy::standard(2, UnixTime::new(1))));
}

#[test]
fn a_policy_parsed_by_another_version_is_read_anew_and_loses_nothing_else() {
    let text = full(DOCUMENTS).replace(r#""redraw_seconds": 10,"#, "");
    let documents: Documents = serde_json::from_str(&text).unwrap();
    assert_eq!(documents.parsed_policy, None);
    assert_eq!((documents.trust_version, documents.policy_version), (1, 2));
}

#[test]
fn secrets_are_not_shown() {
    let device: Device = is_read(DEVICE);
    let enrolment: Enrolment = is_read(ENROLMENT);
    let shown = format!("{device:?} {enrolment:?}");
    assert!(!shown.contains("31") && !shown.contains("30"), "{shown}");
}
