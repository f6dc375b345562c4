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

const FAMILY_PERSON: &str = r#"{
    "slot": 11, "relation": "relative", "name": "王小明", "masked_name": "王*明", "birth_year": 1984,
    "holding": null, "offer": null,
    "paper": {
        "current": PAPER, "eligibility": {"eligibility": "not-eligible", "from": 9},
        "reported_lost": LOSS
    },
    "holders": [HOLDER],
    "paper_told": 5
}"#;

const FAMILY_NOTES: &str = r#"[
    {"News": {"slot": 1, "name": "n", "paper-made": {"code": PAPER, "voided": true}}},
    {"News": {"slot": 1, "name": "n", "paper-lost": LOSS}},
    {"News": {"slot": 1, "name": "n", "came-of-age": null}},
    {"News": {"slot": 1, "name": "n", "consent-withdrawn": null}},
    {"News": {"slot": 1, "name": "n", "holding-ended": null}},
    {"News": {"slot": 1, "name": "n", "no-longer-listed": null}},
    {"News": {"slot": 1, "name": "n", "earlier-phone-ended": {"enrolled": 1}}},
    {"News": {"slot": 1, "name": "n", "held-by": HOLDER}},
    {"News": {"slot": 1, "name": "n", "not-held-by": HOLDER}},
    {"Confirmed": {"challenge": CHALLENGE, "outcome": {"outcome": "done"}}}
]"#;

const UNREAD: &str = r#"{"read": 3, "news": [{"slot": 1, "name": "n", "made": MADE}]}"#;

const INBOX: &str = r#"{
    "asks": [ASK], "challenges": [CHALLENGE],
    "agreed": [{"ask": ASK, "code": [49, 50], "expires": 9}]
}"#;

const ERRANDS: &str = r#"[
    {"task": {"Ask": {"document": [49, 50], "name": "n"}},
        "idempotency_key": "0d", "since": 1, "sendings": 1},
    {"task": {"Answer": {"ask": ASK, "agree": true}},
        "idempotency_key": "0e", "since": 1, "sendings": 1},
    {"task": {"Redeem": {"code": [49, 50], "seed": SEED}},
        "idempotency_key": "0f", "since": 1, "sendings": 2},
    {"task": {"End": {"slot": 1, "holding": 2}},
        "idempotency_key": "1a", "since": 1, "sendings": 1},
    {"task": {"Confirm": {"challenge": CHALLENGE, "agree": false}},
        "idempotency_key": "1b", "since": 1, "sendings": 1}
]"#;

/// What stands in place of a seed since the third version, where a key is in hardware. The point is the curve's generator.
const HARDWARE: &str = r#"{"hardware": {
    "handle": "c3VpbWEtMQ==",
    "public": {"algorithm": "ecdsa-p256-sha256", "key": "A2sX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW"}
}}"#;

const WITHOUT_KEYS: &str =
    r#"{"as_of": 1, "state": "s", "generation": 2, "ended": null, "keys_gone": true}"#;

/// The documents of the first version, with the numbers that a policy has had since the second.
fn with_policy(text: &str) -> String {
    let newer = r#""admitted_colours": 1, "coming_of_age_days": 0, "paper_under_age": 18,
        "paper_groups": 1, "reminder_days": 7, "asks_per_day": 5"#;
    text.replace(r#""admitted_colours": 1"#, newer)
}

fn full(text: &str) -> String {
    let numbers: Vec<String> = (0..32).map(|number| number.to_string()).collect();
    let seed = format!("[{}]", numbers.join(","));
    let made = r#"{"iat": 1, "by": "李梅", "by_this_device": true, "voided": false}"#;
    let paper = r#"{"iat": 1, "exp": 9, "serial": "0123-4567-89AB", "by": "李梅", "place": "p"}"#;
    let holder = r#"{"holding": 2, "name": "n", "since": 1, "this_device": false}"#;
    let challenge = r#"{
        "id": "i", "place": "terminal", "place_name": "p", "check": "07", "began": 1, "expires": 61,
        "act": {"act": "apply-paper", "slot": 1, "name": "n", "voids": 1}
    }"#;
    text.replace("SEED", &seed)
        .replace("MADE", made)
        .replace("PAPER", paper)
        .replace("LOSS", r#"{"at": 2, "by": "李梅", "place": "p"}"#)
        .replace("HOLDER", holder)
        .replace("CHALLENGE", challenge)
        .replace("ASK", r#"{"id": "a", "by": "n", "at": 1, "expires": 9}"#)
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
    // The numbers that a policy has gained since are the standard ones.
    let documents: Documents = serde_json::from_str(&full(DOCUMENTS)).unwrap();
    assert_eq!(documents.parsed_policy, Some(Policy::standard(2, UnixTime::new(1))));
}

#[test]
fn records_of_the_second_version_are_still_read() {
    let person: Person = is_read(FAMILY_PERSON);
    assert_eq!((person.holders.len(), person.paper_told), (1, Some(UnixTime::new(5))));
    is_read::<Vec<Note>>(FAMILY_NOTES);
    is_read::<Inbox>(INBOX);
    is_read::<Vec<Errand>>(ERRANDS);
    let documents: Documents = is_read(&with_policy(DOCUMENTS));
    assert_eq!(documents.parsed_policy, Some(Policy::standard(2, UnixTime::new(1))));
}

#[test]
fn records_of_the_third_version_are_still_read() {
    let in_hardware = |text: &str| text.replace("SEED", HARDWARE);
    let device: Device = is_read(&in_hardware(DEVICE));
    let handle = device.key.handle().unwrap();
    is_read::<Enrolment>(&in_hardware(ENROLMENT));
    is_read::<Person>(&in_hardware(PERSON));
    is_read::<Vec<Errand>>(&in_hardware(ERRANDS));
    assert_eq!(is_read::<Vec<Handle>>(r#"["c3VpbWEtMQ=="]"#), std::slice::from_ref(handle));
    assert!(is_read::<Knowledge>(WITHOUT_KEYS).keys_gone);
}

#[test]
fn records_of_the_fourth_version_are_still_read() {
    is_read::<Unread>(UNREAD);
}

#[test]
fn a_key_that_was_taken_up_again_is_not_given_up() {
    let device: Device = is_read(&DEVICE.replace("SEED", HARDWARE));
    let used = device.key.handle().unwrap().clone();
    let unused: Handle = serde_json::from_str(r#""c3VpbWEtMg==""#).unwrap();
    let given_up = vec![used.clone()];
    let mut snapshot = Snapshot { device: Some(device), given_up, ..Snapshot::default() };
    assert!(snapshot.give_up(vec![used.clone(), unused.clone()]));
    assert_eq!(snapshot.given_up, std::slice::from_ref(&unused));
    assert!(!snapshot.give_up(vec![used]));
    assert_eq!(snapshot.given_up, [unused]);
}

#[test]
fn a_key_is_a_seed_or_one_in_hardware_on_the_curve_and_nothing_else() {
    let bad = [
        "[1, 2, 3]",
        "{}",
        r#"{"software": [1]}"#,
        r#""seed""#,
        &HARDWARE.replace("A2sX0f", "BGsX0f"),
        &HARDWARE.replace("ecdsa-p256-sha256", "ed25519"),
        &format!("[{HARDWARE}]"),
    ];
    assert!(serde_json::from_str::<Key>(HARDWARE).is_ok());
    for bad in bad {
        assert!(serde_json::from_str::<Key>(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_policy_parsed_by_another_version_is_read_anew_and_loses_nothing_else() {
    let text = full(DOCUMENTS).replace(r#""redraw_seconds": 10,"#, r#""redraw_seconds": "ten","#);
    let documents: Documents = serde_json::from_str(&text).unwrap();
    assert_eq!(documents.parsed_policy, None);
    assert_eq!((documents.trust_version, documents.policy_version), (1, 2));
}

#[test]
fn secrets_are_not_shown() {
    let device: Device = is_read(DEVICE);
    let enrolment: Enrolment = is_read(ENROLMENT);
    let errands: Vec<Errand> = is_read(ERRANDS);
    let inbox: Inbox = is_read(INBOX);
    let hardware: Key = serde_json::from_str(HARDWARE).unwrap();
    let given_up = hardware.handle().unwrap();
    let shown = format!(
        "{device:?} {enrolment:?} {errands:?} {:?} {hardware:?} {given_up:?}",
        inbox.agreed[0].code
    );
    assert!(!shown.contains("31") && !shown.contains("30") && !shown.contains("12"));
}
