//! Tells pages that something changed, as server-sent events (WHATWG HTML, section 9.2).

use std::convert::Infallible;

use axum::Router;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum::routing::get;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::Pages;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/changes", get(changes))
}

/// An event now and with every change; it says nothing but how many there were.
async fn changes(State(pages): State<Pages>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut changes = pages.devices.changes();
    changes.mark_changed();
    let events = unfold(changes, async |mut changes| {
        changes.changed().await.ok()?;
        let number = *changes.borrow_and_update();
        Some((Ok(Event::default().data(number.to_string())), changes))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
