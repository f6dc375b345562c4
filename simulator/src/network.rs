//! The line between one device and the issuer, which can be cut.
//!
//! Each device reaches the issuer over a listener of its own. Cutting closes that listener and ends its connections,
//! so that what the device meets is what it would meet in the street: nobody answers. The port stays taken meanwhile.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinHandle;

/// How long a request that is under way may take to its end when the line is cut.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections may wait to be accepted: more than one device ever opens.
const BACKLOG: u32 = 64;

/// A line that can be cut and restored.
#[derive(Debug)]
pub struct Line {
    router: Router,
    address: SocketAddr,
    state: Mutex<LineState>,
    lossy: Arc<AtomicBool>,
}

#[derive(Debug)]
enum LineState {
    Up(Running),
    /// The socket keeps the port and does not listen: whoever connects is refused. None where the port could not be kept.
    Cut(Option<TcpSocket>),
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    serving: JoinHandle<io::Result<()>>,
}

impl Line {
    /// A line to what `router` serves, on a free port of the loopback interface.
    pub async fn open(router: Router) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let lossy = Arc::new(AtomicBool::new(false));
        let router = router.layer(from_fn_with_state(Arc::clone(&lossy), lose_if_told));
        let state = Mutex::new(LineState::Up(serve(listener, router.clone())));
        Ok(Self { router, address, state, lossy })
    }

    /// Where the device finds the issuer, whether it is up or not.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Whether it is up.
    pub async fn is_up(&self) -> bool {
        matches!(*self.state.lock().await, LineState::Up(_))
    }

    /// The next request reaches the issuer and is executed, and its answer does not come back.
    pub fn lose_next_answer(&self) {
        self.lossy.store(true, Ordering::SeqCst);
    }

    /// Closes the listener and ends the connections. A line that is cut stays cut.
    pub async fn cut(&self) -> io::Result<()> {
        let mut state = self.state.lock().await;
        let Running { stop, serving } = match std::mem::replace(&mut *state, LineState::Cut(None)) {
            LineState::Up(running) => running,
            cut @ LineState::Cut(_) => {
                *state = cut;
                return Ok(());
            }
        };
        // An error says that serving has ended already, which is what is wanted.
        let _ = stop.send(());
        let ended = tokio::time::timeout(PATIENCE, serving).await;
        // The listener is closed first of all, so that the port is free even where a connection would not end.
        *state = LineState::Cut(Some(self.bound()?));
        match ended {
            Ok(ended) => ended.map_err(io::Error::other)?,
            Err(elapsed) => Err(io::Error::new(io::ErrorKind::TimedOut, elapsed)),
        }
    }

    /// Listens again, on the same port. A line that is up stays up.
    pub async fn restore(&self) -> io::Result<()> {
        let mut state = self.state.lock().await;
        if let LineState::Cut(kept) = &mut *state {
            let socket = kept.take().map_or_else(|| self.bound(), Ok)?;
            let listener = socket.listen(BACKLOG)?;
            *state = LineState::Up(serve(listener, self.router.clone()));
        }
        Ok(())
    }

    /// A socket on the line's port that does not listen.
    fn bound(&self) -> io::Result<TcpSocket> {
        let socket = TcpSocket::new_v4()?;
        // Connections that have just ended still count as users of the port.
        socket.set_reuseaddr(true)?;
        socket.bind(self.address)?;
        Ok(socket)
    }
}

/// What a proxy says that lost its connection behind.
async fn lose_if_told(
    State(lossy): State<Arc<AtomicBool>>,
    request: Request,
    next: Next,
) -> Response {
    let answer = next.run(request).await;
    if lossy.swap(false, Ordering::SeqCst) {
        StatusCode::BAD_GATEWAY.into_response()
    } else {
        answer
    }
}

fn serve(listener: TcpListener, router: Router) -> Running {
    let (stop, stopped) = oneshot::channel();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
        // A sender that is gone is a stop too.
        let _ = stopped.await;
    });
    Running { stop, serving: tokio::spawn(serving.into_future()) }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn a_cut_line_refuses_and_a_restored_one_answers_where_it_was() {
        let router = Router::new().route("/", axum::routing::get(|| async { "here" }));
        let line = Line::open(router).await.unwrap();
        let mut open = TcpStream::connect(line.address).await.unwrap();
        open.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        let mut answer = [0; 12];
        open.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");

        line.cut().await.unwrap();
        assert!(!line.is_up().await);
        let mut rest = Vec::new();
        open.read_to_end(&mut rest).await.unwrap();
        assert!(rest.ends_with(b"here"), "the connection has ended");
        let refused = TcpStream::connect(line.address).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);

        line.restore().await.unwrap();
        TcpStream::connect(line.address).await.unwrap();
    }

    #[tokio::test]
    async fn a_cut_line_keeps_its_port() {
        let line = Line::open(Router::new()).await.unwrap();
        line.cut().await.unwrap();
        line.cut().await.unwrap();
        let taken = TcpSocket::new_v4().unwrap().bind(line.address).unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AddrInUse);
        let refused = TcpStream::connect(line.address).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
        line.restore().await.unwrap();
        TcpStream::connect(line.address).await.unwrap();
    }
}
