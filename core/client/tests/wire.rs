//! How the bodies stand in JSON: other programs read and write them, so no name may change unnoticed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use suima_client::signature::SoftwareKey;
use suima_client::wire::{
    AnswerRequest, AnswerResponse, AskRequest, AskResponse, Bytes, Challenge, ChallengeRequest,
    ClaimRequest, ClaimResponse, ConfirmRequest, ConfirmResponse, DocumentsRequest,
    DocumentsResponse, Eligibility, EndRequest, EndResponse, EnrolRequest, EnrolResponse,
    HeadRequest, HeadResponse, HoldRequest, HoldResponse, IdCardRequest, ListsRequest,
    ListsResponse, LossReport, PaperCheckRequest, Problem, ProblemId, RedeemRequest,
    RefreshRequest, RefreshResponse, RegenerateRequest, RegenerateResponse, RegistrationsRequest,
    RegistrationsResponse, StationEnrolRequest, StationEnrolResponse, StatusResponse,
    WireAlgorithm, WireKey, normal_activation_code,
};
use suima_code::{KeyError, PublicKey};

const TIME: u32 = 1_795_305_600;

/// `json` is read as a `T`, and a `T` with this content is written as `json` again.
fn stands<T: Serialize + DeserializeOwned>(json: &Value) -> T {
    let body: T = serde_json::from_value(json.clone()).expect("it is read");
    assert_eq!(&serde_json::to_value(&body).expect("it is written"), json);
    body
}

fn device_key() -> Value {
    json!({ "algorithm": "ed25519", "key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" })
}

fn holding_key() -> Value {
    json!({ "algorithm": "ecdsa-p256-sha256", "key": "A2sX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKW" })
}

fn nucleic_acid() -> Value {
    let made = json!({ "iat": TIME, "by": "王芳", "by_this_device": true, "voided": false });
    json!({
        "current": { "text": "SM1:…", "made": made },
        "successor": null,
        "revoked_before": TIME,
        "history": [made],
    })
}

fn person() -> Value {
    json!({
        "slot": 77,
        "relation": "oneself",
        "name": "王芳",
        "masked_name": "王*",
        "birth_year": 1980,
        "holding": { "number": 5, "credential": "AAEC", "colour": "green" },
        "nucleic_acid": nucleic_acid(),
        "paper": paper(),
        "holders": [{ "holding": 6, "name": "王明", "since": TIME, "this_device": false }],
    })
}

fn paper() -> Value {
    json!({
        "current": {
            "iat": TIME,
            "exp": TIME + 1,
            "serial": "PW00-TMBE-KTCM",
            "by": "王芳",
            "place": "一网通办",
        },
        "eligibility": { "eligibility": "senior" },
        "reported_lost": null,
    })
}

fn challenge(act: &Value) -> Value {
    json!({
        "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "place": "portal",
        "place_name": "Firefox Linux",
        "check": "07",
        "began": TIME,
        "expires": TIME + 60,
        "act": act,
    })
}

fn refresh() -> Value {
    json!({
        "time": TIME,
        "trust": "AAEC",
        "policy": null,
        "state": "9",
        "people": [person()],
        "asks": [{ "id": "a", "by": "王明", "at": TIME, "expires": TIME + 1 }],
        "challenges": [challenge(&json!({ "act": "log-in" }))],
    })
}

#[test]
fn bodies_of_wallets() {
    let enrol: EnrolRequest = stands(&json!({
        "activation_code": "ABCD-EFGH",
        "device_key": device_key(),
        "holding_key": holding_key(),
    }));
    assert_eq!(format!("{enrol:?}"), "EnrolRequest { .. }", "an activation code is a secret");
    stands::<EnrolResponse>(
        &json!({ "device": "phone-1", "refresh": refresh(), "ended_device": TIME }),
    );
    stands::<RefreshRequest>(&json!({ "trust_version": 1, "policy_version": 0, "state": null }));
    stands::<RefreshResponse>(&refresh());
    stands::<HoldRequest>(&json!({ "slot": 77, "holding_key": holding_key() }));
    stands::<HoldResponse>(&json!({ "time": TIME, "person": person() }));
    stands::<ClaimRequest>(&json!({ "slot": 77 }));
    stands::<ClaimResponse>(&json!({ "time": TIME, "nucleic_acid": nucleic_acid() }));
    stands::<RegenerateRequest>(&json!({ "slot": 77, "void": TIME, "not_after": TIME + 120 }));
    for outcome in [
        json!({ "outcome": "made", "iat": TIME }),
        json!({ "outcome": "behind" }),
        json!({ "outcome": "too-late" }),
        json!({ "outcome": "used-up" }),
    ] {
        stands::<RegenerateResponse>(
            &json!({ "time": TIME, "outcome": outcome, "nucleic_acid": nucleic_acid() }),
        );
    }
    for relation in ["oneself", "child", "ward", "relative"] {
        let mut person = person();
        person["relation"] = relation.into();
        stands::<HoldResponse>(&json!({ "time": TIME, "person": person }));
    }
}

#[test]
fn bodies_of_families() {
    let ask: AskRequest = stands(&json!({ "document": "E12345678", "name": "王芳" }));
    assert_eq!(format!("{ask:?}"), "AskRequest { .. }", "who is asked for is personal");
    stands::<AskResponse>(&json!({ "time": TIME, "expires": TIME + 1 }));
    stands::<AnswerRequest>(&json!({ "ask": "a", "agree": true }));
    let answer: AnswerResponse =
        stands(&json!({ "time": TIME, "code": "12345678", "expires": TIME + 1 }));
    assert!(!format!("{answer:?}").contains("12345678"), "a one-time code is a secret");
    let redeem: RedeemRequest =
        stands(&json!({ "code": "12345678", "holding_key": holding_key() }));
    assert_eq!(format!("{redeem:?}"), "RedeemRequest { .. }", "a one-time code is a secret");
    stands::<EndRequest>(&json!({ "slot": 77, "holding": 6 }));
    stands::<EndResponse>(&json!({ "time": TIME, "person": person() }));
    stands::<EndResponse>(&json!({ "time": TIME, "person": null }));
    for eligibility in [
        json!({ "eligibility": "minor" }),
        json!({ "eligibility": "disability" }),
        json!({ "eligibility": "group", "number": 3 }),
        json!({ "eligibility": "not-eligible", "from": TIME }),
    ] {
        stands::<Eligibility>(&eligibility);
    }
    stands::<LossReport>(&json!({ "at": TIME, "by": "王芳", "place": "一网通办" }));
}

#[test]
fn bodies_of_challenges() {
    stands::<ChallengeRequest>(&json!({ "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV" }));
    for act in [
        json!({ "act": "log-in" }),
        json!({ "act": "apply-paper", "slot": 77, "name": "王芳", "voids": null }),
        json!({ "act": "print-paper", "slot": 77, "name": "王芳", "iat": TIME }),
        json!({ "act": "report-lost", "slot": 77, "name": "王芳", "iat": TIME }),
        json!({ "act": "print-nucleic-acid", "people": [{ "slot": 77, "name": "王芳" }] }),
        json!({ "act": "hold-relative", "slot": 77, "name": "王芳" }),
    ] {
        stands::<Challenge>(&challenge(&act));
        stands::<ConfirmRequest>(&json!({ "id": "01", "agree": false, "act": act }));
    }
    for outcome in ["done", "declined", "over", "changed", "not-eligible"] {
        stands::<ConfirmResponse>(&json!({ "time": TIME, "outcome": { "outcome": outcome } }));
    }
}

#[test]
fn questions_about_people() {
    let card = "11010519491231002X";
    let asked: IdCardRequest =
        stands(&json!({ "id_number": card, "place": "gate", "staff": "1042" }));
    let paper: PaperCheckRequest =
        stands(&json!({ "code": "SM1:…", "id_number": card, "staff": "1042" }));
    assert!(!format!("{asked:?} {paper:?}").contains(card), "an ID number is personal");
    stands::<StatusResponse>(&json!({ "time": TIME, "result": "match", "colour": "yellow" }));
    stands::<StatusResponse>(&json!({ "time": TIME, "result": "no-match" }));
}

#[test]
fn bodies_of_stations() {
    let documents = json!({ "time": TIME, "trust": null, "policy": "AAEC" });
    let enrol: StationEnrolRequest =
        stands(&json!({ "activation_code": "ABCD-EFGH", "device_key": device_key() }));
    assert_eq!(
        format!("{enrol:?}"),
        "StationEnrolRequest { .. }",
        "an activation code is a secret"
    );
    stands::<StationEnrolResponse>(
        &json!({ "device": "station-1", "name": "North gate", "documents": documents }),
    );
    stands::<DocumentsRequest>(&json!({ "trust_version": 0, "policy_version": 3 }));
    stands::<DocumentsResponse>(&documents);
    stands::<ListsRequest>(&json!({ "sequences": [4, 0, 17, 9] }));
    stands::<ListsResponse>(&json!({ "lists": ["AAEC", ""] }));
    stands::<HeadRequest>(&json!({ "nonce": "AAECAwQFBgcICQoLDA0ODw==" }));
    stands::<HeadResponse>(&json!({ "head": "AAEC" }));

    let entry = |event: Value| json!({ "id": "00112233445566778899aabbccddeeff", "at": TIME, "event": event });
    let registered = |presented: &str, validity: Value| {
        entry(json!({
            "event": "registered",
            "tube": "01",
            "barcode": "690123",
            "slot": 77,
            "presented": presented,
            "code_iat": TIME,
            "validity": validity,
        }))
    };
    let checked = json!({ "validity": "checked", "as_of": TIME });
    stands::<RegistrationsRequest>(&json!({ "entries": [
        entry(json!({ "event": "session-opened", "site": "School 3", "staff": "1042" })),
        entry(json!({ "event": "tube-opened", "session": "00", "barcode": "690123", "capacity": 10 })),
        registered("nucleic-acid", checked.clone()),
        registered("live", checked.clone()),
        registered("relative", checked.clone()),
        registered("paper", json!({ "validity": "not-checked" })),
        entry(json!({
            "event": "registered-by-id-card",
            "tube": "01",
            "barcode": "690123",
            "id_number": "11010519491231002X",
            "name": "王芳",
        })),
        entry(json!({
            "event": "registered-by-hand",
            "tube": "01",
            "barcode": "690123",
            "name": "王芳",
            "document": null,
            "contact": "13800000000",
        })),
        entry(json!({
            "event": "moved",
            "registration": "02",
            "tube": "05",
            "barcode": "690124",
            "reason": "wrong tube",
        })),
        entry(json!({ "event": "handed-over", "session": "00", "staff": "1043" })),
        entry(json!({ "event": "undone", "registration": "02", "reason": "wrong person" })),
        entry(json!({ "event": "tube-sealed", "tube": "01", "swabs": 3 })),
        entry(json!({ "event": "tube-sealed", "tube": "01", "swabs": 2, "explanation": "one refused" })),
    ] }));

    let receipt =
        |outcome: Value| json!({ "id": "00112233445566778899aabbccddeeff", "outcome": outcome });
    let conflict =
        |how: &str| receipt(json!({ "outcome": "conflict", "conflict": how, "with": "03" }));
    stands::<RegistrationsResponse>(&json!({ "receipts": [
        receipt(json!({ "outcome": "stored" })),
        receipt(json!({ "outcome": "already" })),
        receipt(json!({ "outcome": "not-in-register" })),
        conflict("same-id-other-content"),
        conflict("tube-on-two-stations"),
        conflict("person-in-two-tubes"),
        conflict("person-twice-in-tube"),
    ] }));
}

#[test]
fn problems() {
    for id in [
        "bad-request",
        "signature-invalid",
        "signature-stale",
        "replayed",
        "unknown-device",
        "device-ended",
        "activation-refused",
        "not-allowed",
        "relatives-full",
        "holders-full",
        "too-often",
        "idempotency-key-reused",
        "internal",
    ] {
        stands::<ProblemId>(&id.into());
    }
    stands::<Problem>(&json!({
        "type": "urn:suima:problem:device-ended",
        "id": "device-ended",
        "title": "This phone's enrolment was ended.",
        "title_zh": "本机登记已终止，请重新登记。",
        "status": 403,
        "time": TIME,
    }));
}

#[test]
fn keys_go_over_the_wire_and_only_sound_ones_come_back() {
    for json in [device_key(), holding_key()] {
        let wire: WireKey = stands(&json);
        let key = PublicKey::try_from(&wire).expect("a sound key");
        assert_eq!(WireKey::from(&key), wire);
    }
    let key = SoftwareKey::from_seed(&[1; 32]).public();
    assert_eq!(PublicKey::try_from(&WireKey::from(&key)), Ok(key));

    let unsound = |algorithm, key: &[u8]| {
        let wire = WireKey { algorithm, key: Bytes(key.to_vec()) };
        assert_eq!(PublicKey::try_from(&wire), Err(KeyError));
    };
    unsound(WireAlgorithm::Ed25519, &[]);
    unsound(WireAlgorithm::Ed25519, &[0; 32]);
    unsound(WireAlgorithm::Ed25519, &[2; 33]);
    unsound(WireAlgorithm::Esp256, &[2; 32]);
    unsound(WireAlgorithm::Esp256, &[0xff; 33]);
}

#[test]
fn bytes_have_one_spelling_and_are_not_shown() {
    for refused in ["\"AAE\"", "\"AAF=\"", "\"AA E=\"", "\"AA_-\"", "[0, 1]", "null"] {
        assert!(serde_json::from_str::<Bytes>(refused).is_err(), "{refused}");
    }
    assert_eq!(serde_json::from_str::<Bytes>("\"AAE=\"").ok(), Some(Bytes(vec![0, 1])));
    assert_eq!(format!("{:?}", Bytes(vec![0, 1])), "2 bytes");
}

#[test]
fn an_activation_code_is_the_same_however_it_is_typed() {
    for typed in [
        "0A1B1-CDEFG-HJKMN-PQRST",
        "0a1b1cdefghjkmnpqrst",
        " OAIBL-cdefg hjkmn\u{3000}pqrst\n",
        "oaiblcdefg-hjkmnpqrst",
    ] {
        assert_eq!(normal_activation_code(typed), "0A1B1CDEFGHJKMNPQRST", "{typed:?}");
    }
    assert_ne!(normal_activation_code("0A1B2"), normal_activation_code("0A1B1"));
    assert_eq!(normal_activation_code("0A1B1?é"), "0A1B1?é", "what is no code does not become one");
}
