//! The HTTP client of wallets and stations: signed requests out, typed answers in.
//!
//! TLS is rustls on ring, trusting the public roots built into the program and whatever [`Endpoint`] pins; never the
//! platform's verifier, the environment's proxy, or a redirect. `docs/decisions/0005-http-client.md` says why.

mod tls;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use suima_code::UnixTime;

use crate::signature::{self, Outgoing, RequestSigner, SignError};
use crate::wire::Problem;

/// The most bytes that an answer's body may have.
pub const MAX_ANSWER: usize = 64 << 20;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const WHOLE_TIMEOUT: Duration = Duration::from_secs(20);
/// A phone changes networks, and a request sent into a dead connection ends in doubt: so connections are
/// kept for one burst of requests only.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// Where the issuer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and port alone: `https://…`, or `http://` to a loopback address or `localhost`.
    pub url: String,
    /// Certificates (X.509, DER) that are trusted besides the public roots.
    pub pinned_certificates: Vec<Vec<u8>>,
}

/// An [`Endpoint`] that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It is not scheme, host and port alone.
    #[error("the address of the issuer is not scheme, host and port alone")]
    NotAnOrigin,
    /// Plain HTTP to another machine, or another scheme.
    #[error("the address of the issuer is not https, nor http on this device")]
    NotPrivate,
    /// The certificate with this index cannot be read.
    #[error("pinned certificate {0} cannot be read")]
    Certificate(usize),
}

/// Hears when a request is sent (`http.send`) and when its whole answer was read (`http.answered`).
pub type Observer = Arc<dyn Fn(&'static str) + Send + Sync>;

/// Who signs a request, and what else makes it this one.
#[derive(Clone, Copy)]
pub struct Auth<'a> {
    /// The name of the key, as the issuer knows it.
    pub keyid: &'a str,
    /// The key.
    pub signer: &'a dyn RequestSigner,
    /// Now, by the best knowledge of the issuer's time.
    pub created: UnixTime,
    /// Drawn for this one sending, also of a retry.
    pub nonce: [u8; 16],
    /// Names the wish, the same in every retry: 32 lower-case hexadecimal digits.
    pub idempotency_key: &'a str,
}

/// A request that brought no answer of its kind.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CallError {
    /// No connection was made: the request has surely not been received.
    #[error("no connection: {reason}")]
    Offline {
        /// For a log, not for people.
        reason: String,
    },
    /// The request was sent, and no readable answer came back: it may have been executed or not.
    #[error("no answer: {reason}")]
    NoAnswer {
        /// For a log, not for people.
        reason: String,
    },
    /// The issuer refused.
    #[error("the issuer says: {}", .0.title)]
    Problem(Problem),
    /// The request was not sent, for it could not be signed.
    #[error(transparent)]
    Unsigned(#[from] SignError),
}

/// Sends requests to one issuer. Must be called within a Tokio runtime.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    origin: Url,
    authority: String,
    observer: Observer,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("origin", &self.origin.as_str()).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for the issuer at `endpoint`. Connects to nothing yet.
    pub fn new(endpoint: &Endpoint, observer: Observer) -> Result<Self, EndpointError> {
        let origin = origin(&endpoint.url)?;
        let host = origin.host_str().ok_or(EndpointError::NotAnOrigin)?;
        let authority = match origin.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        // Whatever a hosts file says, plain HTTP stays on this device. Port 0 stands for the URL's.
        let loopback = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
            .map(|address: IpAddr| SocketAddr::new(address, 0));
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(&endpoint.pinned_certificates)?)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve_to_addrs("localhost", &loopback)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(WHOLE_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build()
            .expect("the TLS configuration is of the version of rustls that reqwest uses");
        Ok(Self { http, origin, authority, observer })
    }

    /// Signs and sends `body` to `path` (one of [`wire::path`](crate::wire::path)) and reads the answer. Nothing is retried:
    /// a retry is signed anew.
    pub async fn call<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
        auth: &Auth<'_>,
    ) -> Result<A, CallError> {
        let body = written(body);
        read(&self.exchange(path, body, auth).await?)
    }

    /// The same in bytes, of bodies that are [`written`] and [`read`] elsewhere. What is generic is compiled anew for each
    /// kind of answer: with all of this in it, the library of a phone would carry as many copies.
    pub async fn exchange(
        &self,
        path: &str,
        body: Vec<u8>,
        auth: &Auth<'_>,
    ) -> Result<Vec<u8>, CallError> {
        let mut url = self.origin.clone();
        url.set_path(path);
        let outgoing = Outgoing {
            method: "POST",
            authority: &self.authority,
            path: url.path(),
            query: None,
            body: &body,
            idempotency_key: auth.idempotency_key,
        };
        let headers =
            signature::sign(&outgoing, auth.created, &auth.nonce, auth.keyid, auth.signer)?;
        let mut request = self.http.post(url).header(CONTENT_TYPE, "application/json");
        for (name, value) in headers.fields() {
            request = request.header(name, value);
        }
        let request = request.body(body);

        (self.observer)("http.send");
        let response = request.send().await.map_err(|error| {
            let reason = reason(&error);
            if error.is_connect() {
                CallError::Offline { reason }
            } else {
                CallError::NoAnswer { reason }
            }
        })?;
        let status = response.status();
        let is_problem = response.headers().get(CONTENT_TYPE).is_some_and(says_problem);
        let bytes = whole_body(response).await.map_err(|reason| CallError::NoAnswer { reason })?;
        (self.observer)("http.answered");
        if status == StatusCode::OK {
            Ok(bytes)
        } else if is_problem {
            Err(CallError::Problem(read_as(status, &bytes)?))
        } else {
            Err(CallError::NoAnswer { reason: format!("status {}", status.as_u16()) })
        }
    }
}

/// A body as it is sent.
pub fn written<Q: Serialize>(body: &Q) -> Vec<u8> {
    serde_json::to_vec(body).expect("the bodies of the wire have a form in JSON")
}

/// Reads a body that was received. One that cannot be read is no answer.
pub fn read<A: DeserializeOwned>(body: &[u8]) -> Result<A, CallError> {
    read_as(StatusCode::OK, body)
}

fn read_as<A: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<A, CallError> {
    serde_json::from_slice(body).map_err(|error| CallError::NoAnswer {
        reason: format!("status {}, not readable at line {}", status.as_u16(), error.line()),
    })
}

fn origin(url: &str) -> Result<Url, EndpointError> {
    let url = Url::parse(url).map_err(|_| EndpointError::NotAnOrigin)?;
    let host = url.host_str().ok_or(EndpointError::NotAnOrigin)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let on_this_device =
        host == "localhost" || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if on_this_device => {}
        _ => return Err(EndpointError::NotPrivate),
    }
    let anonymous = url.username().is_empty() && url.password().is_none();
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if anonymous && bare { Ok(url) } else { Err(EndpointError::NotAnOrigin) }
}

fn says_problem(content_type: &HeaderValue) -> bool {
    content_type.to_str().is_ok_and(|value| {
        let media_type = value.split(';').next().unwrap_or_default().trim();
        media_type.eq_ignore_ascii_case("application/problem+json")
    })
}

async fn whole_body(mut response: reqwest::Response) -> Result<Vec<u8>, String> {
    let too_large = || format!("the answer is larger than {MAX_ANSWER} bytes");
    if response.content_length().is_some_and(|length| length > MAX_ANSWER as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The innermost cause: the outer ones only say that there was a request.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
