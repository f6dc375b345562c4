//! The service describes itself: what is served is what the types and the table of operations say.

mod support;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use serde_json::Value;
use suima_client::wire::path;
use support::City;

fn words(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| words(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| words(field, into)),
        _ => {}
    }
}

#[test]
fn every_path_is_described_and_no_other() {
    let document = suima_issuer::openapi();
    let described: BTreeSet<&str> =
        document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(described, path::ALL.iter().copied().collect());
}

#[test]
fn every_operation_says_what_it_does_who_signs_and_what_it_is_answered() {
    let document = suima_issuer::openapi();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let operation = &operations["post"];
        let summary = operation["summary"].as_str().unwrap();
        assert!(summary.len() > 10 && !summary.contains('['), "{path}: {summary}");
        let scheme = operation["security"][0].as_object().unwrap().keys().next().unwrap();
        assert!(document["components"]["securitySchemes"][scheme].is_object(), "{path}");
        let [asked, answered] = [
            &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            &operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"],
        ]
        .map(|reference| reference.as_str().unwrap().rsplit('/').next().unwrap());
        for name in [asked, answered] {
            assert!(document["components"]["schemas"][name].is_object(), "{path}: {name}");
        }
        assert!(asked.ends_with("Request"), "{path}: {asked}");
        for status in ["400", "401", "413", "500"] {
            let refusal = operation["responses"][status]["$ref"].as_str().unwrap();
            let refusal = &document["components"]["responses"][refusal.rsplit('/').next().unwrap()];
            let told = &refusal["content"]["application/problem+json"]["schema"];
            assert!(told.is_object(), "{path}: {status}");
        }
    }
}

#[test]
fn no_link_of_rustdoc_is_left() {
    let mut texts = Vec::new();
    words(&suima_issuer::openapi(), &mut texts);
    let left: Vec<_> =
        texts.iter().filter(|text| text.contains("[`") || text.contains("](")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_checked_in_description_is_the_one_that_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let kept = std::fs::read_to_string(file).unwrap();
    let made = serde_json::to_string_pretty(&suima_issuer::openapi()).unwrap();
    assert_eq!(kept.trim_end(), made, "write it anew: cargo xtask vectors");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_serves_it_to_whoever_asks() {
    let city = City::new().await;
    let mut stream = TcpStream::connect(&city.authority).unwrap();
    let host = &city.authority;
    write!(stream, "GET /openapi.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.to_ascii_lowercase().contains("content-type: application/json"), "{head}");
    assert_eq!(serde_json::from_str::<Value>(body).unwrap(), suima_issuer::openapi());
}
