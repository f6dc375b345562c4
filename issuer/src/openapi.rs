//! The service's description of itself: OpenAPI 3.1, made from the table of operations and the wire types.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use suima_client::wire::{Problem, ProblemId};

use crate::operations::{self, Operation, Signer};
use crate::problem;

/// Where it is served.
pub(crate) const PATH: &str = "/openapi.json";

pub(crate) async fn serve() -> Response<Body> {
    let mut response = Response::new(Body::from(document().to_string()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The description of everything that phones and stations can ask of an issuer, as OpenAPI 3.1.
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    // What is sent and answered, not all that would be understood: a field that may be null is there all the same.
    let mut schemas = settings.for_serialize().into_generator();
    schemas.subschema_for::<Problem>();
    let mut refusals = Map::new();
    let paths: Map<String, Value> = operations::all()
        .iter()
        .map(|operation| {
            (
                operation.path.to_owned(),
                json!({ "post": described(operation, &mut schemas, &mut refusals) }),
            )
        })
        .collect();
    let schemas = schemas.take_definitions(true);
    let mut document = json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Suima issuer / 随申码签发服务",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "What phones and stations ask of the city's service.",
            "description": ABOUT,
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "tags": [
            { "name": "wallet", "description": "What phones ask." },
            { "name": "station", "description": "What stations ask." },
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": refusals,
            "parameters": parameters(),
            "securitySchemes": security_schemes(),
        },
    });
    summarise(&mut document);
    without_links(&mut document);
    document
}

const ABOUT: &str = "Every request is a `POST` of JSON, signed by the asking device's key (RFC 9421) in one narrow form: \
label `sig1`; covered `@method` `@authority` `@path` `@query` `content-digest` `idempotency-key`, in this order; parameters \
`created`, `nonce` (16 random bytes), `keyid`, `tag=\"suima\"`, in this order; algorithm `ed25519` or \
`ecdsa-p256-sha256` (low s), as enrolled. A signature counts for 60 seconds either way and a nonce once. A retry is signed \
anew with the same `Idempotency-Key`.\n\nWhatever is refused is answered with a problem (RFC 9457), in Chinese and \
English, with the issuer's time. Numbers called times are Unix seconds. Codes and signed documents are opaque here: \
`docs/format.md` specifies them.";

fn described(
    operation: &Operation,
    schemas: &mut SchemaGenerator,
    refusals: &mut Map<String, Value>,
) -> Value {
    let (request, response) = ((operation.request)(schemas), (operation.response)(schemas));
    let (tag, scheme) = match operation.signer {
        Signer::NewDevice if operation.path.contains("/station/") => ("station", "newDevice"),
        Signer::NewDevice => ("wallet", "newDevice"),
        Signer::Phone => ("wallet", "phone"),
        Signer::Station => ("station", "station"),
    };
    let mut responses = json!({
        "200": { "description": "Done.", "content": { "application/json": { "schema": response } } },
    });
    for (status, ids) in problems(operation) {
        let name = ids.iter().map(|&id| word(id)).collect::<Vec<_>>().join(".");
        responses[status.to_string()] = json!({ "$ref": format!("#/components/responses/{name}") });
        refusals.entry(name).or_insert_with(|| refusal(&ids));
    }
    json!({
        "operationId": operation.path.trim_start_matches("/v1/").replace('/', "-"),
        "tags": [tag],
        "security": [{ scheme: [] }],
        "parameters": (parameters().keys())
            .map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }))
            .collect::<Vec<_>>(),
        "requestBody": { "required": true, "content": { "application/json": { "schema": request } } },
        "responses": responses,
    })
}

/// What the operation can be refused with, by HTTP status.
fn problems(operation: &Operation) -> BTreeMap<u16, Vec<ProblemId>> {
    let mut by_status = BTreeMap::<u16, Vec<ProblemId>>::new();
    for &id in operation.signer.problems().iter().chain(operation.problems) {
        let ids = by_status.entry(problem::status(id).as_u16()).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    // A body that is too large is refused before it is read, and so before anything else.
    by_status.insert(413, vec![ProblemId::BadRequest]);
    by_status
}

/// A problem's stable id.
fn word(id: ProblemId) -> String {
    json!(id).as_str().unwrap_or_default().to_owned()
}

fn refusal(ids: &[ProblemId]) -> Value {
    let told: Vec<String> = ids
        .iter()
        .map(|&id| {
            let said = suima_sentences::describe_problem(id);
            format!("`{}`: {} {}", word(id), said.zh, said.en)
        })
        .collect();
    let schema = json!({
        "allOf": [{ "$ref": "#/components/schemas/Problem" }],
        "properties": { "id": { "enum": ids } },
    });
    json!({
        "description": told.join("\n\n"),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

/// The header fields of a signed request.
fn parameters() -> Map<String, Value> {
    let header = |name: &str, description: &str, example: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": description,
            "schema": { "type": "string" }, "example": example,
        })
    };
    let digest = "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:";
    let input = "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \
                 \"idempotency-key\");created=1795309200;nonce=\"AAECAwQFBgcICQoLDA0ODw==\";\
                 keyid=\"0123456789abcdef\";tag=\"suima\"";
    [
        (
            "IdempotencyKey",
            header(
                "Idempotency-Key",
                "32 lower-case hexadecimal digits, quoted. Names the wish: a retry carries the same.",
                "\"00112233445566778899aabbccddeeff\"",
            ),
        ),
        ("ContentDigest", header("Content-Digest", "RFC 9530, SHA-256 alone.", digest)),
        ("SignatureInput", header("Signature-Input", "RFC 9421.", input)),
    ]
    .into_iter()
    .map(|(name, parameter)| (name.to_owned(), parameter))
    .collect()
}

fn security_schemes() -> Value {
    let signature = |description: &str| json!({ "type": "apiKey", "in": "header", "name": "Signature", "description": description });
    json!({
        "newDevice": signature(
            "RFC 9421, by the key that the body carries as `device_key`. Its `keyid` is `new:` and the SHA-256 of \
             the public key in Base64url without padding.",
        ),
        "phone": signature("RFC 9421, by the device key of an enrolled phone; `keyid` as answered at enrolment."),
        "station": signature(
            "RFC 9421, by the device key of an enrolled station; `keyid` as answered at enrolment.",
        ),
    })
}

/// Gives each operation the words of its request type: the first sentence, and all of them.
fn summarise(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let paths = document["paths"].as_object_mut().expect("paths are an object");
    for operation in paths.values_mut().map(|path| &mut path["post"]) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let name = schema.as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let words = schemas[name]["description"].as_str().unwrap_or_default().replace('\n', " ");
        let first = words.split_inclusive(". ").next().unwrap_or_default().trim().to_owned();
        operation["summary"] = first.trim_end_matches('.').into();
        operation["description"] = words.into();
    }
}

/// Takes the links of rustdoc out of descriptions: whoever reads this has no Rust at hand.
fn without_links(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_links),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) if name == "description" || name == "summary" => {
                        *text = plain(text);
                    }
                    other => without_links(other),
                }
            }
        }
        _ => {}
    }
}

/// ``[`Ask::id`]`` and ``[`Ask`](super::Ask)`` as `Ask::id` and `Ask`, in their back quotes.
fn plain(text: &str) -> String {
    let mut parts = text.split("[`");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("`]").unwrap_or((part, ""));
        let rest = match rest.strip_prefix('(') {
            Some(target) => target.split_once(')').map_or(rest, |(_, rest)| rest),
            None => rest,
        };
        plain.push('`');
        plain.push_str(name);
        plain.push('`');
        plain.push_str(rest);
    }
    plain
}
