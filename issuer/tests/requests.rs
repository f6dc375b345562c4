//! Who may ask: signed requests, their age, replays, roles.

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use suima_client::http::Auth;
use suima_client::signature::{Outgoing, sign};
use suima_client::wire::{
    ClaimRequest, ClaimResponse, HeadRequest, HeadResponse, ListsRequest, ListsResponse, Problem,
    ProblemId, RefreshRequest, RefreshResponse, path,
};
use suima_code::{Sequences, UnixTime};
use support::{City, MORNING, Phone, problem};

const NOTHING_KNOWN: RefreshRequest =
    RefreshRequest { trust_version: 0, policy_version: 0, state: None };

async fn refresh_at(
    phone: &Phone<'_>,
    created: UnixTime,
    nonce: [u8; 16],
) -> Result<RefreshResponse, ProblemId> {
    let key = phone.0.city.random.hex();
    let auth =
        Auth { keyid: &phone.0.keyid, signer: &phone.0.key, created, nonce, idempotency_key: &key };
    let answer = phone.0.city.client.call(path::REFRESH, &NOTHING_KNOWN, &auth).await;
    answer.map_err(problem)
}

#[tokio::test]
async fn a_signature_counts_for_a_minute_either_way() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    for (seconds, fresh) in [(-61, false), (-60, true), (0, true), (60, true), (61, false)] {
        let answer = refresh_at(&phone, MORNING.plus(seconds), city.random.draw()).await;
        match answer {
            Ok(_) => assert!(fresh, "{seconds}"),
            Err(id) => assert_eq!((id, fresh), (ProblemId::SignatureStale, false), "{seconds}"),
        }
    }
}

#[tokio::test]
async fn a_request_is_received_once() {
    let city = City::new().await;
    let (one, two) = (city.person("19800203", 1, "王小明"), city.person("19800203", 2, "李雷"));
    let (one, two) = (city.phone(one).await, city.phone(two).await);
    let nonce = city.random.draw();
    refresh_at(&one, MORNING, nonce).await.unwrap();
    let replayed = refresh_at(&one, MORNING.plus(1), nonce).await;
    assert_eq!(replayed.unwrap_err(), ProblemId::Replayed);
    // Nonces of different keys have nothing to do with each other.
    refresh_at(&two, MORNING, nonce).await.unwrap();
}

#[tokio::test]
async fn once_means_once_in_all_processes_of_the_issuer() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let second = city.second_process().await;
    let (nonce, key) = (city.random.draw(), city.random.hex());
    let auth = Auth {
        keyid: &phone.0.keyid,
        signer: &phone.0.key,
        created: MORNING,
        nonce,
        idempotency_key: &key,
    };
    let answer = second.call::<_, RefreshResponse>(path::REFRESH, &NOTHING_KNOWN, &auth).await;
    assert!(answer.is_ok());
    assert_eq!(refresh_at(&phone, MORNING, nonce).await.unwrap_err(), ProblemId::Replayed);
}

#[tokio::test]
async fn a_refused_request_is_received_once_too() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let (nonce, key) = (city.random.draw(), city.random.hex());
    let ask = async |id| {
        let auth = Auth {
            keyid: &phone.0.keyid,
            signer: &phone.0.key,
            created: MORNING,
            nonce,
            idempotency_key: &key,
        };
        let request = ClaimRequest { slot: suima_code::Slot(7) };
        let answer = city.client.call::<_, ClaimResponse>(path::CLAIM, &request, &auth).await;
        assert_eq!(problem(answer.unwrap_err()), id);
    };
    ask(ProblemId::NotAllowed).await;
    ask(ProblemId::Replayed).await;
}

#[tokio::test]
async fn unknown_keys_and_wrong_signatures_are_told_apart() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let mut phone = city.phone(slot).await;
    let keyid = std::mem::replace(&mut phone.0.keyid, "nobody".to_owned());
    assert_eq!(phone.refresh(None).await.unwrap_err(), ProblemId::UnknownDevice);
    phone.0.keyid = keyid;
    phone.0.key = city.key();
    assert_eq!(phone.refresh(None).await.unwrap_err(), ProblemId::SignatureInvalid);
}

#[tokio::test]
async fn phones_and_stations_have_doors_of_their_own() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let station = city.station("3 号台").await;
    let refused = station.caller.call::<_, RefreshResponse>(path::REFRESH, &NOTHING_KNOWN).await;
    assert_eq!(refused.unwrap_err(), ProblemId::NotAllowed);
    let lists = ListsRequest { sequences: Sequences::default() };
    let refused = phone.0.call::<_, ListsResponse>(path::LISTS, &lists).await;
    assert_eq!(refused.unwrap_err(), ProblemId::NotAllowed);
    let short = HeadRequest { nonce: suima_client::wire::Bytes(vec![1; 15]) };
    let refused = station.caller.call::<_, HeadResponse>(path::HEAD, &short).await;
    assert_eq!(refused.unwrap_err(), ProblemId::BadRequest);
}

/// Sends a request byte by byte, and gives the status line and the body.
fn raw(city: &City, head: &str, body: &[u8]) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(&city.authority).unwrap();
    let length = body.len();
    let head = format!(
        "{head}Host: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
        city.authority
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The answer may come before all of a body that is too long was sent.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    (head, answer[end + 4..].to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_is_what_is_acted_on() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let body = serde_json::to_vec(&NOTHING_KNOWN).unwrap();
    let key = city.random.hex();
    let fields = |city: &City| {
        let outgoing = Outgoing {
            method: "POST",
            authority: &city.authority,
            path: path::REFRESH,
            query: None,
            body: &body,
            idempotency_key: &key,
        };
        let nonce = city.random.draw();
        let signed = sign(&outgoing, MORNING, &nonce, &phone.0.keyid, &phone.0.key).unwrap();
        signed
            .fields()
            .iter()
            .fold(String::new(), |all, (name, value)| all + &format!("{name}: {value}\r\n"))
    };
    let head = |path: &str, fields: &str| format!("POST {path} HTTP/1.1\r\n{fields}");

    let (answer, _) = raw(&city, &head(path::REFRESH, &fields(&city)), &body);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut other = body.clone();
    *other.iter_mut().find(|byte| **byte == b'0').unwrap() = b'1';
    let other_key = fields(&city).replace(&key, &"0".repeat(32));
    for (why, head, body) in [
        ("another body", head(path::REFRESH, &fields(&city)), &other),
        ("another path", head(path::CLAIM, &fields(&city)), &body),
        ("a query", head("/v1/refresh?x=1", &fields(&city)), &body),
        ("another key", head(path::REFRESH, &other_key), &body),
        ("no signature", head(path::REFRESH, ""), &body),
    ] {
        let (answer, told) = raw(&city, &head, body);
        assert!(answer.starts_with("HTTP/1.1 401"), "{why}: {answer}");
        let told: Problem = serde_json::from_slice(&told).unwrap();
        assert_eq!(told.id, ProblemId::SignatureInvalid, "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_told_as_rfc_9457_says_in_two_languages() {
    let city = City::new().await;
    let (head, body) = raw(&city, &format!("POST {} HTTP/1.1\r\n", path::REFRESH), b"{}");
    assert!(head.contains("content-type: application/problem+json"), "{head}");
    let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(told["type"], "urn:suima:problem:signature-invalid");
    assert_eq!(told["status"], 401);
    assert_eq!(told["time"], MORNING.get());
    assert!(told["title"].as_str().unwrap().is_ascii());
    assert!(!told["title_zh"].as_str().unwrap().is_ascii());

    for (request, status) in [
        ("GET / HTTP/1.1\r\n".to_owned(), "404"),
        (format!("GET {} HTTP/1.1\r\n", path::REFRESH), "404"),
    ] {
        let (head, body) = raw(&city, &request, b"");
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{head}");
        let told: Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!(told.id, ProblemId::BadRequest);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_end_is_not_read_to_its_end() {
    let city = City::new().await;
    let head = format!("POST {} HTTP/1.1\r\n", path::REGISTRATIONS);
    let (answer, _) = raw(&city, &head, &vec![b' '; 8 << 20]);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}
