//! Whoever acts and whoever listens take turns: of what is done while the devices hear of it one after the other, those that
//! came first would never hear.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tokio::sync::{RwLock, RwLockWriteGuard};

/// The turns of one town.
#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<RwLock<()>>);

impl Turns {
    /// Lets requests that do something wait for those who listen. Looking waits for nobody.
    pub fn over(&self, router: Router) -> Router {
        router.layer(from_fn_with_state(self.clone(), act))
    }

    /// Listens: nobody acts until this is dropped.
    pub async fn listen(&self) -> RwLockWriteGuard<'_, ()> {
        self.0.write().await
    }
}

async fn act(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let acting = if request.method() == Method::GET { None } else { Some(turns.0.read().await) };
    let response = next.run(request).await;
    drop(acting);
    response
}
