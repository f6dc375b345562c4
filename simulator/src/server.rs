//! The city in a browser: where it listens, and until when.

use std::fs;
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use tokio::net::TcpListener;

use crate::Error;
use crate::guard::own_page_only;
use crate::pages::{self, Pages};
use crate::town::Town;

/// The port of the page, where it is free.
const USUAL_PORT: u16 = 7080;
/// How long requests that are under way may take when the program is told to stop.
const PATIENCE: Duration = Duration::from_secs(2);

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
    let living = tokio::spawn({
        let town = Arc::clone(&town);
        async move { town.live().await }
    });
    let serving = axum::serve(listener, router(town)).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    let serving = tokio::spawn(serving.into_future());
    told_to_stop.await?;
    living.abort();
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

/// Everything that browsers ask for.
pub fn router(town: Arc<Town>) -> Router {
    let turns = town.turns.clone();
    turns.over(pages::router(Pages::of(town))).layer(from_fn(own_page_only))
}
