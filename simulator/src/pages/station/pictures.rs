//! A picture of a code: dropped on the page, pasted into it, or chosen.

use axum::Router;
use axum::body::Bytes;
use axum::extract::Query;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::both;
use super::super::photograph;
use super::super::reply::Reply;
use super::Asked;
use super::scan::{self, Work};
use crate::post::Outcome;
use crate::words::Tone;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/picture", post(picture))
}

/// Where a picture is dropped.
pub(super) fn panel(asked: &Asked, work: Work) -> Markup {
    html! {
        label #picture-drop.way-in.drop data-pictures={ (asked.at("/picture")) "?place=" (work.word()) } {
            (both("拖入、粘贴或选择图片", "Drop, paste or choose a picture"))
            input #picture-file type="file" accept="image/png,image/jpeg";
        }
    }
}

#[derive(Deserialize)]
pub(super) struct At {
    pub place: Work,
}

async fn picture(asked: Asked, Query(At { place }): Query<At>, bytes: Bytes) -> Reply {
    let next = match photograph::read(bytes).await {
        Ok(text) => scan::take(&asked, place, &text).await,
        Err(error) => {
            let (id, sentence) = photograph::unread(&error);
            asked.post.show(Outcome::Said(Tone::Caution, id, sentence));
            None
        }
    };
    Ok(asked.goes_on(next))
}
