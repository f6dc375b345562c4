//! The client against real servers on this machine: what was surely not sent, what is in doubt, what was refused.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::post;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use suima_client::http::{Auth, CallError, Client, Endpoint, EndpointError, MAX_ANSWER};
use suima_client::signature::{self, Received, RequestSigner, SignError, SignerError, SoftwareKey};
use suima_client::wire::{ClaimRequest, Problem, ProblemId, path};
use suima_code::{Algorithm, Slot, UnixTime};

const CREATED: UnixTime = UnixTime::new(1_795_305_600);
const IDEMPOTENCY_KEY: &str = "00112233445566778899aabbccddeeff";
const BODY: ClaimRequest = ClaimRequest { slot: Slot(77) };
const SENT: &[u8] = br#"{"slot":77}"#;

fn key() -> SoftwareKey {
    SoftwareKey::from_seed(&[3; 32])
}

/// A client, and what its observer heard.
struct Caller {
    client: Client,
    heard: Arc<Mutex<Vec<&'static str>>>,
}

impl Caller {
    fn new(url: &str) -> Self {
        Self::trusting(url, Vec::new())
    }

    fn trusting(url: &str, pinned_certificates: Vec<Vec<u8>>) -> Self {
        let heard = Arc::<Mutex<Vec<_>>>::default();
        let hears = Arc::clone(&heard);
        let observer = Arc::new(move |event| hears.lock().expect("never poisoned").push(event));
        let endpoint = Endpoint { url: url.to_owned(), pinned_certificates };
        Self { client: Client::new(&endpoint, observer).expect("a sound endpoint"), heard }
    }

    async fn call(&self) -> Result<String, CallError> {
        self.call_with(&key()).await
    }

    async fn call_with(&self, signer: &dyn RequestSigner) -> Result<String, CallError> {
        let auth = Auth {
            keyid: "phone-1",
            signer,
            created: CREATED,
            nonce: [5; 16],
            idempotency_key: IDEMPOTENCY_KEY,
        };
        self.client.call(path::CLAIM, &BODY, &auth).await
    }

    fn heard(&self) -> Vec<&'static str> {
        self.heard.lock().expect("never poisoned").clone()
    }
}

/// Serves `router` on a free port of this machine until the test ends.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Serves what `answer` does with one connection, once a whole request was read from it.
fn serve_raw(answer: impl FnOnce(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("bound");
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the client connects");
        let mut received = Vec::new();
        while !received.ends_with(SENT) {
            let mut chunk = [0; 1024];
            let length = stream.read(&mut chunk).expect("the client sends");
            assert_ne!(length, 0, "the client sends a whole request");
            received.extend_from_slice(&chunk[..length]);
        }
        answer(stream);
    });
    format!("http://{address}")
}

fn no_answer(result: Result<String, CallError>) -> String {
    match result {
        Err(CallError::NoAnswer { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

fn offline(result: Result<String, CallError>) -> String {
    match result {
        Err(CallError::Offline { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_arrives_is_what_was_signed() {
    async fn issuer(headers: HeaderMap, uri: Uri, body: Bytes) -> impl IntoResponse {
        let presented =
            signature::read(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())))
                .expect("the client keeps to the profile");
        let received = Received {
            method: "POST",
            authority: headers[HOST].to_str().expect("ASCII"),
            path: uri.path(),
            query: uri.query(),
            body: &body,
        };
        assert_eq!(presented.verify(&key().public(), &received), Ok(()));
        assert_eq!((&*presented.keyid, presented.nonce), ("phone-1", [5; 16]));
        assert_eq!((presented.created, &*presented.idempotency_key), (CREATED, IDEMPOTENCY_KEY));
        assert_eq!(headers[CONTENT_TYPE], "application/json");
        assert_eq!(body, SENT);
        axum::Json("claimed")
    }
    let url = serve(Router::new().route(path::CLAIM, post(issuer))).await;

    for url in [url.clone(), url.replace("127.0.0.1", "localhost")] {
        let caller = Caller::new(&url);
        assert_eq!(caller.call().await.expect("an answer"), "claimed");
        assert_eq!(caller.heard(), ["http.send", "http.answered"]);
    }
}

#[tokio::test]
async fn a_closed_port_is_offline() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("bound");
    drop(listener);

    let caller = Caller::new(&format!("http://{address}"));
    offline(caller.call().await);
    assert_eq!(caller.heard(), ["http.send"]);
}

#[tokio::test]
async fn an_answer_that_never_begins_or_is_cut_off_leaves_doubt() {
    for sent in [
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"clai",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n\"claimed\"\r\n",
    ] {
        let url = serve_raw(move |mut stream| {
            stream.write_all(sent.as_bytes()).expect("the client reads");
        });
        let caller = Caller::new(&url);
        no_answer(caller.call().await);
        assert_eq!(caller.heard(), ["http.send"], "{sent}");
    }
}

#[tokio::test]
async fn an_unreadable_answer_leaves_doubt() {
    for (status, content_type, body) in [
        (200, "text/html", "<html>Log in to the hotel's network</html>"),
        (200, "application/json", "{\"no\": \"string\"}"),
        (200, "application/json", "\"claimed\" and more"),
        (204, "application/json", ""),
        (502, "text/html", "<html>Bad gateway</html>"),
        (500, "application/problem+json", "{\"id\": \"of-another-time\"}"),
    ] {
        let answer = move || async move {
            (StatusCode::from_u16(status).expect("a status"), [(CONTENT_TYPE, content_type)], body)
        };
        let url = serve(Router::new().route(path::CLAIM, post(answer))).await;
        let caller = Caller::new(&url);
        let reason = no_answer(caller.call().await);
        assert!(reason.starts_with(&format!("status {status}")), "{reason}");
        assert_eq!(caller.heard(), ["http.send", "http.answered"]);
    }
}

#[tokio::test]
async fn a_problem_is_told_as_the_issuer_tells_it() {
    let problem = Problem {
        kind: "urn:suima:problem:signature-stale".to_owned(),
        id: ProblemId::SignatureStale,
        title: "the signature is too old".to_owned(),
        title_chinese: "签名时间过早".to_owned(),
        status: 401,
        time: CREATED.plus(300),
    };
    let json = axum::Json(problem.clone());
    for content_type in ["application/problem+json", "Application/Problem+JSON; charset=utf-8"] {
        let json = json.clone();
        let answer =
            move || async move { (StatusCode::UNAUTHORIZED, [(CONTENT_TYPE, content_type)], json) };
        let url = serve(Router::new().route(path::CLAIM, post(answer))).await;
        match Caller::new(&url).call().await {
            Err(CallError::Problem(told)) => assert_eq!(told, problem),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    static FOLLOWED: AtomicUsize = AtomicUsize::new(0);
    for status in [301, 302, 303, 307, 308] {
        let answer = move || async move {
            (StatusCode::from_u16(status).expect("a status"), [(LOCATION, "/elsewhere")])
        };
        let elsewhere = |_: Request| async {
            FOLLOWED.fetch_add(1, Ordering::SeqCst);
        };
        let router = Router::new().route(path::CLAIM, post(answer)).fallback(elsewhere);
        let caller = Caller::new(&serve(router).await);
        assert_eq!(no_answer(caller.call().await), format!("status {status}"));
    }
    assert_eq!(FOLLOWED.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_answer_has_a_largest_size() {
    let whole = format!("\"{}\"", "a".repeat(MAX_ANSWER - 2));
    let too_large = format!("{whole} ");
    let answer = |body: String, announced: bool| {
        serve_raw(move |mut stream| {
            let length = if announced {
                format!("content-length: {}\r\n", body.len())
            } else {
                String::new()
            };
            let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{length}\r\n");
            // The client hangs up as soon as it has seen enough.
            let _ =
                stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        })
    };
    for announced in [true, false] {
        let caller = Caller::new(&answer(whole.clone(), announced));
        let body = caller.call().await.expect("just small enough");
        assert_eq!(body.len(), MAX_ANSWER - 2);

        let caller = Caller::new(&answer(too_large.clone(), announced));
        let reason = no_answer(caller.call().await);
        assert_eq!(reason, format!("the answer is larger than {MAX_ANSWER} bytes"));
        assert_eq!(caller.heard(), ["http.send"]);
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up_after_20_seconds() {
    let (arrived, arrives) = tokio::sync::oneshot::channel();
    let (end, ends) = mpsc::channel::<()>();
    let url = serve_raw(move |stream| {
        arrived.send(()).expect("the test waits");
        ends.recv().expect_err("only ever dropped");
        drop(stream);
    });
    let caller = Caller::new(&url);
    let begun = tokio::time::Instant::now();
    let call = tokio::spawn(async move { caller.call().await });
    arrives.await.expect("the request arrives");
    // From here on time passes as fast as nothing happens.
    tokio::time::pause();
    no_answer(call.await.expect("it does not panic"));
    let waited = begun.elapsed();
    assert!((20..22).contains(&waited.as_secs()), "{waited:?}");
    drop(end);
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_is_given_up_after_5_seconds() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("bound");
    let (arrived, arrives) = tokio::sync::oneshot::channel();
    let (end, ends) = mpsc::channel::<()>();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the client connects");
        stream.read_exact(&mut [0]).expect("the client begins TLS");
        arrived.send(()).expect("the test waits");
        ends.recv().expect_err("only ever dropped");
    });
    let caller = Caller::new(&format!("https://{address}"));
    let begun = tokio::time::Instant::now();
    let call = tokio::spawn(async move { caller.call().await });
    arrives.await.expect("the handshake begins");
    tokio::time::pause();
    offline(call.await.expect("it does not panic"));
    let waited = begun.elapsed();
    assert!((5..7).contains(&waited.as_secs()), "{waited:?}");
    drop(end);
}

/// A certificate authority of the test's own and a server with a certificate for `name` from it.
fn serve_tls(name: &str) -> (String, Vec<u8>) {
    let authority_key = KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::new(Vec::new()).expect("no names");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = authority.self_signed(&authority_key).expect("a certificate");
    let issuer = Issuer::new(authority, authority_key);
    let server_key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(vec![name.to_owned()])
        .and_then(|server| server.signed_by(&server_key, &issuer))
        .expect("a certificate");

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has cipher suites")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(server_key.serialize_der().into()),
        )
        .expect("the key is the certificate's");

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("bound").port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("the client connects");
        let tls = rustls::ServerConnection::new(Arc::new(config)).expect("a sound configuration");
        let mut stream = rustls::StreamOwned::new(tls, stream);
        let mut received = Vec::new();
        while !received.ends_with(SENT) {
            let mut chunk = [0; 1024];
            // The client hangs up if it does not trust this server.
            let Ok(length @ 1..) = stream.read(&mut chunk) else { return };
            received.extend_from_slice(&chunk[..length]);
        }
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"claimed\"";
        stream.write_all(answer.as_bytes()).expect("the client reads");
        stream.flush().expect("the client reads");
    });
    (format!("https://localhost:{port}"), root.der().to_vec())
}

#[tokio::test]
async fn a_pinned_authority_is_trusted_for_its_names_and_no_other_is() {
    let (url, root) = serve_tls("localhost");
    assert_eq!(Caller::trusting(&url, vec![root]).call().await.expect("trusted"), "claimed");

    let (url, _) = serve_tls("localhost");
    let reason = offline(Caller::new(&url).call().await);
    assert!(reason.contains("UnknownIssuer"), "{reason}");

    let (_, other_root) = serve_tls("localhost");
    let (url, _) = serve_tls("localhost");
    let reason = offline(Caller::trusting(&url, vec![other_root]).call().await);
    assert!(reason.contains("invalid peer certificate"), "{reason}");

    let (url, root) = serve_tls("codes.example");
    let reason = offline(Caller::trusting(&url, vec![root]).call().await);
    assert!(reason.contains("not valid for"), "{reason}");
}

struct Locked;

impl RequestSigner for Locked {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Esp256
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignerError> {
        Err(SignerError::Unavailable)
    }
}

#[tokio::test]
async fn nothing_is_sent_unsigned() {
    let caller = Caller::new("http://127.0.0.1:1");
    match caller.call_with(&Locked).await {
        Err(CallError::Unsigned(SignError::Signer(SignerError::Unavailable))) => {}
        other => panic!("{other:?}"),
    }
    assert!(caller.heard().is_empty());
}

#[test]
fn an_endpoint_is_an_origin_and_plain_http_stays_on_this_device() {
    let new = |url: &str| {
        let endpoint = Endpoint { url: url.to_owned(), pinned_certificates: Vec::new() };
        Client::new(&endpoint, Arc::new(|_| {})).map(drop)
    };
    for url in [
        "https://codes.example",
        "https://codes.example:8443/",
        "https://10.0.0.1",
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.0.0.1:8080",
        "http://127.1.2.3",
        "http://[::1]:8080",
    ] {
        assert_eq!(new(url), Ok(()), "{url}");
    }
    for url in [
        "http://codes.example",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://[::ffff:127.0.0.1]",
        "http://localhost.codes.example",
        "http://127.0.0.1.codes.example",
        "http://localhost@codes.example",
        "ftp://localhost",
        "unix://localhost",
    ] {
        assert_eq!(new(url), Err(EndpointError::NotPrivate), "{url}");
    }
    for url in [
        "",
        "codes.example",
        "https://",
        "file:///etc",
        "https://codes.example/v1",
        "https://codes.example?a",
        "https://codes.example/#a",
        "https://user@codes.example",
        "https://user:secret@codes.example",
    ] {
        assert_eq!(new(url), Err(EndpointError::NotAnOrigin), "{url}");
    }
}

#[test]
fn a_pinned_certificate_that_is_none_is_told() {
    let (_, root) = serve_tls("localhost");
    let endpoint = Endpoint {
        url: "https://codes.example".to_owned(),
        pinned_certificates: vec![root, b"-----BEGIN CERTIFICATE-----".to_vec()],
    };
    let refused = Client::new(&endpoint, Arc::new(|_| {})).err();
    assert_eq!(refused, Some(EndpointError::Certificate(1)));
}

/// Runs itself again in a process whose environment names a proxy that is not there.
#[tokio::test]
async fn the_proxy_of_the_environment_is_not_used() {
    const NAME: &str = "the_proxy_of_the_environment_is_not_used";
    if std::env::var_os("http_proxy").is_none_or(|proxy| proxy != "http://127.0.0.1:1") {
        let program = std::env::current_exe().expect("this program");
        let status = std::process::Command::new(program)
            .args([NAME, "--exact"])
            .env("http_proxy", "http://127.0.0.1:1")
            .env("all_proxy", "http://127.0.0.1:1")
            .env_remove("no_proxy")
            .env_remove("NO_PROXY")
            .status()
            .expect("it runs");
        assert!(status.success());
        return;
    }
    let url = serve(Router::new().route(path::CLAIM, post(async || axum::Json("claimed")))).await;
    assert_eq!(Caller::new(&url).call().await.expect("directly"), "claimed");
}
