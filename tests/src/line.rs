//! The network between one device and the issuer, which can be cut and which can lose things.
//!
//! A line is a small TCP proxy for HTTP/1.1 with a listener of its own. It carries one request per connection, so that what
//! a device meets does not depend on which connections it happens to hold. Nothing here waits for a time to pass.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What happens to a request instead of being carried there and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The device sends it, and it never arrives.
    RequestLost,
    /// It arrives and is executed, and the answer never comes back.
    AnswerLost,
    /// Somebody in the middle answers, with this body.
    Answered(Vec<u8>),
}

/// A line from a device to the issuer.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    issuer: SocketAddr,
    traffic: Arc<Traffic>,
    state: State,
}

#[derive(Debug)]
enum State {
    Up(JoinHandle<()>),
    /// The socket keeps the port and does not listen: whoever connects is refused.
    Cut(TcpSocket),
}

/// What is to happen on a line, and what has happened.
#[derive(Debug, Default)]
struct Traffic {
    /// Mishaps of the next requests, by path.
    planned: Mutex<VecDeque<(&'static str, Mishap)>>,
    /// The body of the newest answer of the issuer, by path.
    answers: Mutex<HashMap<String, Vec<u8>>>,
}

impl Traffic {
    fn planned(&self) -> MutexGuard<'_, VecDeque<(&'static str, Mishap)>> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answers(&self) -> MutexGuard<'_, HashMap<String, Vec<u8>>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, path: &str) -> Option<Mishap> {
        let mut planned = self.planned();
        let place = planned.iter().position(|(of, _)| *of == path)?;
        planned.remove(place).map(|(_, mishap)| mishap)
    }
}

impl Line {
    /// A line to the issuer that listens at `issuer`, on a free port of the loopback interface.
    pub async fn open(issuer: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let traffic = Arc::<Traffic>::default();
        let state = State::Up(tokio::spawn(serve(listener, issuer, Arc::clone(&traffic))));
        Ok(Self { address, issuer, traffic, state })
    }

    /// Where the device finds the issuer, whether the line is up or not.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets `mishap` happen to the next request to `path` that nothing else is to happen to.
    pub fn plan(&self, path: &'static str, mishap: Mishap) {
        self.traffic.planned().push_back((path, mishap));
    }

    /// Lets nothing of what was planned and has not happened yet happen any more; says how much that was.
    pub fn forget_plans(&self) -> usize {
        std::mem::take(&mut *self.traffic.planned()).len()
    }

    /// The newest answer of the issuer to a request to `path`, as an eavesdropper would have kept it.
    pub fn recorded(&self, path: &str) -> Option<Vec<u8>> {
        self.traffic.answers().get(path).cloned()
    }

    /// Closes the listener and every connection. A line that is cut stays cut.
    pub async fn cut(&mut self) -> io::Result<()> {
        let State::Up(serving) = &mut self.state else { return Ok(()) };
        serving.abort();
        let _ended_by_the_abort = serving.await;
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(self.address)?;
        self.state = State::Cut(socket);
        Ok(())
    }

    /// Listens again, on the same port. A line that is up stays up.
    pub fn restore(&mut self) -> io::Result<()> {
        if let State::Cut(_) = self.state {
            let fresh = State::Cut(TcpSocket::new_v4()?);
            if let State::Cut(socket) = std::mem::replace(&mut self.state, fresh) {
                let listener = socket.listen(64)?;
                let serving = serve(listener, self.issuer, Arc::clone(&self.traffic));
                self.state = State::Up(tokio::spawn(serving));
            }
        }
        Ok(())
    }
}

async fn serve(listener: TcpListener, issuer: SocketAddr, traffic: Arc<Traffic>) {
    let mut carried = JoinSet::new();
    while let Ok((device, _)) = listener.accept().await {
        // A connection that breaks is what a line is here to show; the device says what it makes of it.
        carried.spawn(carry(device, issuer, Arc::clone(&traffic)));
        while carried.try_join_next().is_some() {}
    }
}

/// One request and its answer.
async fn carry(mut device: TcpStream, issuer: SocketAddr, traffic: Arc<Traffic>) -> io::Result<()> {
    let request = Message::read(&mut device).await?;
    let mishap = traffic.take(request.path()?);
    let lost = mishap == Some(Mishap::AnswerLost);
    let answer = match mishap {
        Some(Mishap::RequestLost) => return Ok(()),
        Some(Mishap::Answered(body)) => Message {
            head: format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            ),
            body,
        },
        Some(Mishap::AnswerLost) | None => {
            let mut upstream = TcpStream::connect(issuer).await?;
            upstream.write_all(request.head.as_bytes()).await?;
            upstream.write_all(&request.body).await?;
            let answer = Message::read(&mut upstream).await?;
            traffic.answers().insert(request.path()?.to_owned(), answer.body.clone());
            answer
        }
    };
    if lost {
        return Ok(());
    }
    let head = answer.head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    device.write_all(head.as_bytes()).await?;
    device.write_all(&answer.body).await?;
    device.shutdown().await
}

/// A request or an answer.
pub(crate) struct Message {
    /// With the empty line at its end.
    pub head: String,
    /// As long as the head says.
    pub body: Vec<u8>,
}

impl Message {
    /// Reads one.
    pub async fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        let mut body = bytes.split_off(end);
        let head = String::from_utf8(bytes).map_err(io::Error::other)?;
        let length = content_length(&head).ok_or_else(|| io::Error::other("no content-length"))?;
        while body.len() < length {
            if stream.read_buf(&mut body).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Self { head, body })
    }

    fn path(&self) -> io::Result<&str> {
        self.head.split(' ').nth(1).ok_or_else(|| io::Error::other("no path"))
    }
}

fn content_length(head: &str) -> Option<usize> {
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    })
}
