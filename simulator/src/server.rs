//! The city in a browser: one page, the state of all devices as JSON, and acts.

mod act;
mod pages;
mod scan;
mod view;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Json, Path as UrlPath, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use suima_code::Slot;
use tokio::net::TcpListener;

use crate::Error;
use crate::city::City;
use crate::clock::CityClock;
use crate::guard::own_page_only;
use crate::people::{CHILD, FATHER, MOTHER};
use crate::post::Post;

pub use act::Act;

/// The port of the page, where it is free.
const USUAL_PORT: u16 = 7080;
/// The largest body: a photograph, in Base64.
const LARGEST_BODY: usize = 24 << 20;
/// How long requests that are under way may take when the program is told to stop.
const PATIENCE: Duration = Duration::from_secs(2);

/// The city as the page shows it: both phones and one post.
#[derive(Debug)]
pub struct Town {
    /// The city.
    pub city: City,
    /// The sampling post.
    pub post: Post,
    /// Where the city's time is kept from one run to the next.
    moved: PathBuf,
}

impl Town {
    /// Founds the town in `folder`, or opens the one that is there: the parents' phones are enrolled and hold their son, the
    /// post is enrolled and has a tube open.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let moved = folder.join("moved");
        let seconds = match fs::read_to_string(&moved) {
            Ok(text) => text.trim().parse().map_err(io::Error::other)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error.into()),
        };
        let city = City::open(folder, CityClock::running(seconds)).await?;
        let post = city.post("station").await?;
        let town = Self { city, post, moved };
        town.enrol().await?;
        Ok(town)
    }

    async fn enrol(&self) -> Result<(), Error> {
        let child = self.city.slot(CHILD)?;
        for (phone, resident) in self.city.phones().into_iter().zip([MOTHER, FATHER]) {
            let wallet = phone.wallet();
            if !wallet.status()?.enrolled {
                wallet.enrol(&self.city.activation_code(resident)?).await?;
            }
            if wallet.family()?.iter().any(|person| person.slot == child && !person.held) {
                wallet.hold(child).await?;
            }
            wallet.refresh().await?;
        }
        let station = self.post.station();
        if !station.status()?.enrolled {
            let name = "人民广场 People's Square";
            station.enrol(&self.city.issuer.station_activation(name)?).await?;
        }
        station.sync().await?;
        if station.session()?.is_none() {
            station.open_session("人民广场 People's Square", "S-07")?;
            station.open_tube("SH-2026-0001", 10)?;
        }
        Ok(())
    }

    /// Moves the city's time, and remembers by how much.
    pub async fn forward(&self, seconds: u32) -> Result<(), Error> {
        let moved = self.city.forward(seconds).await;
        keep(&self.moved, &self.city.clock.moved().to_string())?;
        moved
    }
}

/// Writes beside it and renames: whenever the program ends, the file is whole.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

/// Serves the town of `data`, or a temporary one, until the program is told to stop. Prints the page's address.
pub async fn run(data: Option<&Path>, port: Option<u16>) -> Result<(), Error> {
    let temporary = data.is_none().then(tempfile::tempdir).transpose()?;
    let folder = data.or(temporary.as_ref().map(tempfile::TempDir::path));
    let folder = folder.ok_or_else(|| io::Error::other("no folder for the city"))?;
    fs::create_dir_all(folder)?;
    let town = Arc::new(Town::open(folder).await?);
    let listener = listen(port).await?;
    let address = listener.local_addr()?;
    // Before the address is printed: whoever reads it may tell the program to stop at once.
    let told_to_stop = told_to_stop()?;
    writeln!(io::stdout(), "http://{address}")?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = axum::serve(listener, router(town)).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    let serving = tokio::spawn(serving.into_future());
    told_to_stop.await?;
    drop(stop);
    // A browser keeps connections open on which it says nothing; they are not waited for.
    if let Ok(ended) = tokio::time::timeout(PATIENCE, serving).await {
        ended.map_err(io::Error::other)??;
    }
    Ok(())
}

async fn listen(port: Option<u16>) -> io::Result<TcpListener> {
    let usual = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(USUAL_PORT))).await;
    match usual {
        Err(error) if port.is_none() && error.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
        }
        other => other,
    }
}

/// Begins to listen for being told to stop; what it gives ends then.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

/// Begins to listen for being told to stop; what it gives ends then.
#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

/// Everything that the page asks for.
pub fn router(town: Arc<Town>) -> Router {
    Router::new()
        .route("/api/state", get(state))
        .route("/api/act", post(act))
        .route("/api/picture/{phone}/{slot}", get(picture))
        .with_state(town)
        .merge(pages::router())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(own_page_only))
}

async fn state(State(town): State<Arc<Town>>) -> Result<Response, Failure> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(view::state(&town).await?)).into_response())
}

async fn act(State(town): State<Arc<Town>>, Json(act): Json<Act>) -> Result<Response, Failure> {
    let answer = act::perform(&town, act).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

async fn picture(
    State(town): State<Arc<Town>>,
    UrlPath((id, slot)): UrlPath<(String, u32)>,
) -> Result<Response, Failure> {
    let Some(phone) = town.city.phone(&id) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let png = phone.wallet().saved_picture(Slot(slot)).map_err(Error::from)?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, png).into_response())
}

/// The city itself failed; what the rules refuse is an answer and no failure.
struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}
