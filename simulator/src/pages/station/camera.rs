//! The browser's camera: it sends still pictures, and codes are read from them here.

use axum::Router;
use axum::body::Bytes;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::both;
use super::super::photograph;
use super::super::reply::Reply;
use super::Asked;
use super::scan::{self, Work};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/camera", post(frame))
}

/// The button that turns the camera on, and what it sees. The script keeps both.
pub(super) fn panel(asked: &Asked, work: Work) -> Markup {
    html! {
        div #camera.way-in.camera data-address={ (asked.at("/camera")) "?place=" (work.word()) } {
            button #camera-switch type="button" aria-pressed="false" data-keep {
                (both("打开摄像头", "Turn the camera on"))
            }
            p #camera-missing.hint role="status" data-keep hidden {
                (both("用不了摄像头。请在浏览器里允许，或拖入图片。", "There is no camera to use. Allow it in the browser, or drop a picture."))
            }
            video #camera-film data-keep hidden muted playsinline aria-label="摄像头画面 What the camera sees" {}
        }
    }
}

#[derive(Deserialize)]
struct At {
    place: Work,
    /// When the picture was taken, in milliseconds on a clock that does not run back.
    at: u64,
}

/// A picture without a code in it is what a camera sees most of the time, and nothing to talk about.
async fn frame(asked: Asked, Query(At { place, at }): Query<At>, bytes: Bytes) -> Reply {
    let Ok(text) = photograph::read(bytes).await else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    if !asked.post.camera().is_new(&text, at) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let next = scan::take(&asked, place, &text).await;
    Ok(asked.goes_on(next))
}
