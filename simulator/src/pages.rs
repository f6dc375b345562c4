//! The pages: drawn here, and whole without a script (`docs/decisions/0019-simulator-pages.md`).
//!
//! Every address gives one page, and what is looked at stands in the address. What is done is a form that is sent; the answer
//! leads back to a page. A script draws the page anew in place whenever something changed anywhere. No rule lives here: what
//! is shown is what the core says.

mod assets;
mod changes;
mod layout;
mod operator;
mod phone;
mod photograph;
mod reply;
mod station;
mod town;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;

use crate::devices::Devices;
use crate::town::Town;

/// The largest body: a photograph.
const LARGEST_BODY: usize = 24 << 20;

/// What pages are drawn of.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The phones and posts.
    devices: Arc<Devices>,
    /// The city around them; none where it is somebody else's.
    town: Option<Arc<Town>>,
}

impl Pages {
    /// Of a whole town.
    pub fn of(town: Arc<Town>) -> Self {
        Self { devices: Arc::clone(&town.devices), town: Some(town) }
    }

    /// Of devices in a city that is somebody else's.
    pub fn of_devices(devices: Arc<Devices>) -> Self {
        Self { devices, town: None }
    }
}

/// Everything that browsers ask for.
pub fn router(pages: Pages) -> Router {
    let town = pages.town.clone();
    let around = town.map(|town| town::router().merge(operator::router()).with_state(town));
    Router::new()
        .merge(phone::router())
        .merge(station::router())
        .merge(changes::router())
        .with_state(pages)
        .merge(around.unwrap_or_default())
        .merge(assets::router())
        .fallback(reply::no_such_page)
        .layer(map_response(reply::in_words))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}
