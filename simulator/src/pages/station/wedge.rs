//! What a scanner gun types that poses as a keyboard, key by key with its moments. The core puts it together.

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;

use super::super::Pages;
use super::super::reply::Reply;
use super::Asked;
use super::scan::{self, Work};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/wedge", post(typed))
}

/// Keys as the page saw them, by a clock that does not run back.
#[derive(Deserialize)]
struct Typed {
    place: Work,
    /// What each types, and when, in milliseconds.
    keys: Vec<(char, u64)>,
    /// When this was sent.
    now: u64,
}

async fn typed(asked: Asked, Json(Typed { place, keys, now }): Json<Typed>) -> Reply {
    let texts = {
        let mut wedge = asked.post.wedge();
        let mut texts: Vec<_> =
            keys.into_iter().filter_map(|(character, at)| wedge.push(character, at)).collect();
        texts.extend(wedge.poll(now));
        texts
    };
    if texts.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let mut next = None;
    for text in &texts {
        next = scan::take(&asked, place, text).await;
    }
    Ok(asked.goes_on(next))
}
