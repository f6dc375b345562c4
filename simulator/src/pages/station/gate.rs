//! A gate: a machine that opens for a live code once, and asks the issuer about an ID card.

use axum::Router;
use axum::routing::get;
use suima_code::Place;

use super::super::Pages;
use super::super::reply::Reply;
use super::{Asked, scan};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/gate", get(look))
}

async fn look(asked: Asked) -> Reply {
    let content = scan::inputs(&asked, Place::Gate);
    Ok(asked.screen(Place::Gate).show(said("闸机", "Gate"), content).await?)
}
