//! Where the core's network work runs.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};

use crate::error::CoreError;

/// Two workers of our own: a phone's threads belong to its screen, and those of iOS have small stacks.
fn runtime() -> Result<&'static Runtime, CoreError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("suima")
        .enable_all()
        .build()
        .map_err(CoreError::failed)?;
    Ok(RUNTIME.get_or_init(|| runtime))
}

/// Ends calls that the shell does not want to wait for any longer. One may serve several calls.
///
/// Kotlin could drop a call by itself, but Swift's cancellation does not reach Rust (uniffi 0.32.2): with this both end
/// it in the same way. It is safe at every point: what has to outlive a call is on the disk before it is sent.
#[derive(Debug, uniffi::Object)]
pub struct CancelHandle(watch::Sender<bool>);

#[uniffi::export]
impl CancelHandle {
    /// One that has not been used.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(false)))
    }

    /// Ends the calls that were given this handle, and those that will be, with
    /// [`CoreError::Cancelled`](crate::CoreError::Cancelled). May be called on any thread, any number of times.
    pub fn cancel(&self) -> Result<(), CoreError> {
        self.0.send_replace(true);
        Ok(())
    }
}

impl CancelHandle {
    async fn cancelled(&self) {
        // It fails only once the sender is gone, and that is borrowed here.
        let _ = self.0.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}

/// Runs `work` on threads of the core's own, until it is done or cancelled by its handle. Whether anybody still waits for
/// it makes no difference: a call that Kotlin drops is finished, and the next call sees what it did.
pub(crate) async fn run<T, E>(
    cancel: Option<Arc<CancelHandle>>,
    work: impl Future<Output = Result<T, E>> + Send + 'static,
) -> Result<T, CoreError>
where
    T: Send + 'static,
    E: Into<CoreError> + Send + 'static,
{
    let (tell, told) = oneshot::channel();
    let work: Work = Box::pin(async move {
        // Whoever asked may be gone: then nobody is told.
        let _ = tell.send(work.await.map_err(Into::into));
    });
    match runtime()?.spawn(unless_cancelled(cancel, work)).await {
        Ok(Ended::Done) => told.await.unwrap_or_else(|broken| Err(CoreError::failed(broken))),
        Ok(Ended::Cancelled) => Err(CoreError::cancelled()),
        Err(broken) => Err(CoreError::failed(broken)),
    }
}

/// Work that tells its outcome itself. All of it is of one type: else each call would bring its own copy of Tokio's tasks
/// into the library.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

enum Ended {
    Done,
    Cancelled,
}

async fn unless_cancelled(cancel: Option<Arc<CancelHandle>>, work: Work) -> Ended {
    let Some(cancel) = cancel else {
        work.await;
        return Ended::Done;
    };
    tokio::select! {
        biased;
        () = cancel.cancelled() => Ended::Cancelled,
        () = work => Ended::Done,
    }
}
