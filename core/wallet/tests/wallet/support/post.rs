//! An HTTP server on this machine that gives, to one request after another, the replies it was told.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde::Serialize;
use suima_client::wire::{Problem, ProblemId};
use suima_code::UnixTime;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub path: String,
    pub idempotency_key: String,
    pub signature_input: String,
    pub body: serde_json::Value,
}

/// What to do with a request.
pub type Reply = Box<dyn FnOnce(&Received) -> Option<(u16, String)> + Send>;

/// An answer known beforehand.
pub fn answer<A: Serialize>(body: &A) -> Reply {
    let text = serde_json::to_string(body).unwrap();
    Box::new(move |_| Some((200, text)))
}

/// An answer made from the request.
pub fn answer_with<A: Serialize>(make: impl FnOnce(&Received) -> A + Send + 'static) -> Reply {
    Box::new(move |received| Some((200, serde_json::to_string(&make(received)).unwrap())))
}

/// A refusal.
pub fn problem(id: ProblemId, time: UnixTime) -> Reply {
    let problem = Problem {
        kind: "urn:suima:problem:test".to_owned(),
        id,
        title: "no".to_owned(),
        title_chinese: "不".to_owned(),
        status: 403,
        time,
    };
    let text = serde_json::to_string(&problem).unwrap();
    Box::new(move |_| Some((403, text)))
}

/// The request is read, and then the line goes dead.
pub fn lost() -> Reply {
    Box::new(|_| None)
}

#[derive(Default)]
struct Desk {
    replies: VecDeque<(String, Reply)>,
    received: Vec<Received>,
}

pub struct Post {
    port: u16,
    desk: Arc<Mutex<Desk>>,
}

impl Post {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let desk = Arc::new(Mutex::new(Desk::default()));
        let shared = Arc::clone(&desk);
        // Ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = Arc::clone(&shared);
                thread::spawn(move || serve(&stream, &desk));
            }
        });
        Self { port, desk }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// An address where nobody listens: port 1, which only the system's own services may take.
    pub fn nowhere() -> String {
        "http://127.0.0.1:1".to_owned()
    }

    /// The next request will be to `path`, and get this.
    pub fn next(&self, path: &str, reply: Reply) {
        self.desk.lock().unwrap().replies.push_back((path.to_owned(), reply));
    }

    /// Everything received since the last call.
    pub fn received(&self) -> Vec<Received> {
        std::mem::take(&mut self.desk.lock().unwrap().received)
    }

    pub fn all_used(&self) {
        let left: Vec<String> =
            self.desk.lock().unwrap().replies.iter().map(|(path, _)| path.clone()).collect();
        assert_eq!(left, Vec::<String>::new(), "replies that no request came for");
    }
}

fn serve(stream: &TcpStream, desk: &Mutex<Desk>) {
    let Some(received) = read(stream) else { return };
    let reply = {
        let mut desk = desk.lock().unwrap();
        desk.received.push(received.clone());
        desk.replies.pop_front()
    };
    // Of a request that the test did not foresee, the phone gets an answer that is none, and the test fails.
    let reply = match reply {
        Some((path, reply)) if path == received.path => reply(&received),
        _ => Some((599, format!("nothing was foreseen for {}", received.path))),
    };
    let Some((status, body)) = reply else { return };
    let kind = if status == 200 { "application/json" } else { "application/problem+json" };
    let length = body.len();
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let (mut length, mut idempotency_key, mut signature_input) = (0, String::new(), String::new());
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name {
            "content-length" => length = value.parse().ok()?,
            "idempotency-key" => value.trim_matches('"').clone_into(&mut idempotency_key),
            "signature-input" => value.clone_into(&mut signature_input),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = serde_json::from_slice(&body).ok()?;
    Some(Received { path, idempotency_key, signature_input, body })
}
