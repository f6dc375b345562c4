//! The service as a process.

use std::net::SocketAddr;

use suima_issuer::Issuer;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::Error;

/// Serves until SIGINT or SIGTERM, and finishes the requests that are under way.
pub(super) fn run(issuer: &Issuer, listen: SocketAddr) -> Result<(), Error> {
    // Fails here rather than at the first phone's first request.
    issuer.roots()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut interrupted = signal(SignalKind::interrupt())?;
        let mut terminated = signal(SignalKind::terminate())?;
        let listener = TcpListener::bind(listen).await?;
        println!("listening on http://{}", listener.local_addr()?);
        axum::serve(listener, issuer.router())
            .with_graceful_shutdown(async move {
                tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                }
            })
            .await?;
        Ok(())
    })
}
