//! The service over HTTP: who asks, whether they may, and the answer.
//!
//! The order of the checks: the form of the signature, the key (of the enrolled device, or from the body where a new key
//! enrols), the signature, its age, its nonce, whether this device may ask this. Only then is the body acted on. The
//! nonce is remembered in the transaction of the act itself, refused acts included; that of an enrolment only where it was
//! done, so that strangers cannot fill the database.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CONTENT_TYPE, HOST, HeaderValue};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use axum::routing::{MethodRouter, get, post};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use suima_client::signature::{self, Presented, Received};
use suima_client::wire::{ProblemId, WireKey};
use suima_code::{PublicKey, UnixTime};

use crate::act::Act;
use crate::devices::{self, Device};
use crate::error::Failure;
use crate::issuer::Inner;
use crate::operations::{self, Operation, Signer};
use crate::stations::{self, Station};
use crate::{Error, Issuer, openapi, pages, problem};

/// How far the time of a signature may be from the issuer's, either way, in seconds.
const WINDOW: i64 = 60;

/// How long a nonce is remembered, in seconds: well beyond the window, in case the clock goes back.
const REMEMBERED: i64 = 3600;

/// The most bytes of a body: 500 entries of a journal and some.
const MOST: usize = 1 << 20;

impl Issuer {
    /// The service for phones and stations, and the pages of the portal and the terminals.
    pub fn router(&self) -> Router {
        operations::all()
            .into_iter()
            .fold(Router::new(), |router, operation| {
                router.route(operation.path, operation.handler)
            })
            .route(openapi::PATH, get(openapi::serve))
            .merge(pages::router())
            .fallback(nothing_here)
            .method_not_allowed_fallback(nothing_here)
            .layer(DefaultBodyLimit::max(MOST))
            .with_state(self.clone())
    }
}

async fn nothing_here(State(issuer): State<Issuer>) -> Response<Body> {
    let now = issuer.0.clock.now();
    problem::response_with(ProblemId::BadRequest, StatusCode::NOT_FOUND, now)
}

/// A request as it came.
struct Incoming {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

/// What phones ask.
pub(crate) fn wallet<Q, A, H>(
    path: &'static str,
    problems: &'static [ProblemId],
    handler: H,
) -> Operation
where
    Q: DeserializeOwned + JsonSchema,
    A: Serialize + JsonSchema,
    H: Fn(&Act<'_>, &Device, &str, &Q) -> Result<A, Failure> + Clone + Send + Sync + 'static,
{
    let answer = move |inner: &Inner, incoming: &Incoming| {
        inner.signed(
            incoming,
            |presented| inner.enrolled_key(&presented.keyid),
            |act, presented| {
                // A station may not ask what phones ask.
                let found = devices::find(act, &presented.keyid)?.ok_or(ProblemId::NotAllowed)?;
                if found.ended {
                    return Err(ProblemId::DeviceEnded.into());
                }
                let request = parse(&incoming.body)?;
                handler(act, &found.device, &presented.idempotency_key, &request)
            },
        )
    };
    operation::<Q, A, _>(path, Signer::Phone, problems, answer)
}

/// What stations ask.
pub(crate) fn station<Q, A, H>(
    path: &'static str,
    problems: &'static [ProblemId],
    handler: H,
) -> Operation
where
    Q: DeserializeOwned + JsonSchema,
    A: Serialize + JsonSchema,
    H: Fn(&Act<'_>, &Station, &Q) -> Result<A, Failure> + Clone + Send + Sync + 'static,
{
    let answer = move |inner: &Inner, incoming: &Incoming| {
        inner.signed(
            incoming,
            |presented| inner.enrolled_key(&presented.keyid),
            |act, presented| {
                let found = stations::find(act, &presented.keyid)?.ok_or(ProblemId::NotAllowed)?;
                if found.ended {
                    return Err(ProblemId::DeviceEnded.into());
                }
                handler(act, &found.station, &parse(&incoming.body)?)
            },
        )
    };
    operation::<Q, A, _>(path, Signer::Station, problems, answer)
}

/// What a key asks that is not enrolled yet, and that the body carries. `prove` is called before anything is locked.
pub(crate) fn enrolment<Q, A, P, K, B, H>(
    path: &'static str,
    problems: &'static [ProblemId],
    key_of: K,
    prove: B,
    handler: H,
) -> Operation
where
    Q: DeserializeOwned + JsonSchema,
    A: Serialize + JsonSchema,
    K: Fn(&Q) -> &WireKey + Clone + Send + Sync + 'static,
    B: Fn(&Inner, &PublicKey, &Q) -> Result<P, Failure> + Clone + Send + Sync + 'static,
    H: Fn(&Act<'_>, &PublicKey, &Q, P) -> Result<A, Failure> + Clone + Send + Sync + 'static,
{
    let answer = move |inner: &Inner, incoming: &Incoming| {
        let request: Q = parse(&incoming.body)?;
        let key = PublicKey::try_from(key_of(&request)).map_err(|_| ProblemId::BadRequest)?;
        let own_key = |presented: &Presented| {
            if presented.keyid == signature::keyid_before_enrolment(&key) {
                Ok(key.clone())
            } else {
                Err(ProblemId::SignatureInvalid.into())
            }
        };
        let presented = verified(incoming, own_key)?;
        let proof = prove(inner, &key, &request)?;
        inner.acted(|act| {
            fresh(act, &presented)?;
            let answer = handler(act, &key, &request, proof)?;
            // One that is refused is refused again, and leaves nothing behind.
            remember(act, &presented)?;
            Ok(answer)
        })
    };
    operation::<Q, A, _>(path, Signer::NewDevice, problems, answer)
}

fn parse<Q: DeserializeOwned>(body: &[u8]) -> Result<Q, Failure> {
    serde_json::from_slice(body).map_err(|_| ProblemId::BadRequest.into())
}

fn operation<Q, A, F>(
    path: &'static str,
    signer: Signer,
    problems: &'static [ProblemId],
    answer: F,
) -> Operation
where
    Q: JsonSchema,
    A: Serialize + JsonSchema,
    F: Fn(&Inner, &Incoming) -> Result<A, Failure> + Clone + Send + Sync + 'static,
{
    let told = move |id| problems.contains(&id) || signer.problems().contains(&id);
    Operation::new::<Q, A>(path, signer, problems, endpoint(path, told, answer))
}

fn endpoint<A, F>(
    path: &'static str,
    told: impl Fn(ProblemId) -> bool + Clone + Send + Sync + 'static,
    answer: F,
) -> MethodRouter<Issuer>
where
    A: Serialize,
    F: Fn(&Inner, &Incoming) -> Result<A, Failure> + Clone + Send + Sync + 'static,
{
    let handler = async move |State(issuer): State<Issuer>,
                              method: Method,
                              uri: Uri,
                              headers: HeaderMap,
                              body: Result<Bytes, BytesRejection>| {
        let Ok(body) = body else {
            let now = issuer.0.clock.now();
            return problem::response_with(
                ProblemId::BadRequest,
                StatusCode::PAYLOAD_TOO_LARGE,
                now,
            );
        };
        let incoming = Incoming { method, uri, headers, body };
        let inner = Arc::clone(&issuer.0);
        // The database blocks: it has threads of its own.
        let work = tokio::task::spawn_blocking(move || {
            let answer = answer(&inner, &incoming)?;
            serde_json::to_vec(&answer).map_err(|_| Error::Corrupt("answer").into())
        });
        let result = work.await.unwrap_or(Err(Failure::Failed(Error::Worker)));
        if let Err(Failure::Refused(id)) = result {
            debug_assert!(told(id), "{path} is not said to answer {id:?}");
        }
        respond(result, path, issuer.0.clock.now())
    };
    post(handler)
}

fn respond(result: Result<Vec<u8>, Failure>, path: &str, now: UnixTime) -> Response<Body> {
    match result {
        Ok(body) => {
            let mut response = Response::new(Body::from(body));
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Err(Failure::Refused(id)) => problem::response(id, now),
        Err(Failure::Failed(error)) => {
            eprintln!("{path}: {error}");
            problem::response(ProblemId::Internal, now)
        }
    }
}

impl Inner {
    /// The key that an enrolled phone or station signs with.
    fn enrolled_key(&self, keyid: &str) -> Result<PublicKey, Failure> {
        let key = self.look(|act| devices::key(act, keyid))?;
        key.ok_or(Failure::Refused(ProblemId::UnknownDevice))
    }

    /// Checks the signature of a request, and then acts on it, once.
    fn signed<A>(
        &self,
        incoming: &Incoming,
        key: impl FnOnce(&Presented) -> Result<PublicKey, Failure>,
        act_on: impl FnOnce(&Act<'_>, &Presented) -> Result<A, Failure>,
    ) -> Result<A, Failure> {
        let presented = verified(incoming, key)?;
        self.acted(|act| {
            fresh(act, &presented)?;
            remember(act, &presented)?;
            act_on(act, &presented)
        })
    }
}

/// Checks the form of a request's signature, and the signature.
fn verified(
    incoming: &Incoming,
    key: impl FnOnce(&Presented) -> Result<PublicKey, Failure>,
) -> Result<Presented, Failure> {
    let fields = incoming.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let presented = signature::read(fields).map_err(|_| ProblemId::SignatureInvalid)?;
    let key = key(&presented)?;
    let authority = incoming.headers.get(HOST).and_then(|host| host.to_str().ok());
    let received = Received {
        method: incoming.method.as_str(),
        authority: authority.ok_or(ProblemId::SignatureInvalid)?,
        path: incoming.uri.path(),
        query: incoming.uri.query(),
        body: &incoming.body,
    };
    presented.verify(&key, &received).map_err(|_| ProblemId::SignatureInvalid)?;
    Ok(presented)
}

/// Refuses a request that is stale, or was received before.
fn fresh(act: &Act<'_>, presented: &Presented) -> Result<(), Failure> {
    if act.now.since(presented.created).abs() > WINDOW {
        return Err(ProblemId::SignatureStale.into());
    }
    let received: bool = act
        .db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM nonce WHERE keyid = ? AND nonce = ?)")?
        .query_row((&presented.keyid, presented.nonce), |row| row.get(0))?;
    if received { Err(ProblemId::Replayed.into()) } else { Ok(()) }
}

/// Has a request refused that comes once more.
fn remember(act: &Act<'_>, presented: &Presented) -> Result<(), Error> {
    act.db.prepare_cached("DELETE FROM nonce WHERE expires < ?")?.execute([act.now.get()])?;
    act.db
        .prepare_cached("INSERT INTO nonce (keyid, nonce, expires) VALUES (?, ?, ?)")?
        .execute((&presented.keyid, presented.nonce, act.now.plus(REMEMBERED).get()))?;
    Ok(())
}
