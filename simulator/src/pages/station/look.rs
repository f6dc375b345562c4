//! What a code is worth at sampling, without registering anybody: before a tube is open, or for somebody who asks.

use axum::Router;
use axum::routing::get;

use super::super::Pages;
use super::super::reply::Reply;
use super::Asked;
use super::scan::{self, Work};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/look", get(look))
}

async fn look(asked: Asked) -> Reply {
    let content = scan::inputs(&asked, Work::Look);
    let heading = said("查码（不登记）", "Check a code, register nobody");
    Ok(asked.screen(Work::Look).show(heading, content).await?)
}
