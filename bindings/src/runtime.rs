//! Where the core's network work runs.

use std::future::Future;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

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

/// Runs `work` to its end, whether or not anybody still waits for it: Kotlin may drop the call at any point, Swift cannot
/// cancel it at all. What was begun is then finished, and the next call sees it.
pub(crate) async fn to_its_end<T, E>(
    work: impl Future<Output = Result<T, E>> + Send + 'static,
) -> Result<T, CoreError>
where
    T: Send + 'static,
    E: Into<CoreError> + Send + 'static,
{
    match runtime()?.spawn(work).await {
        Ok(result) => result.map_err(Into::into),
        Err(broken) => Err(CoreError::failed(broken)),
    }
}
