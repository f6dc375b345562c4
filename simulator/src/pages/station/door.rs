//! A staff member at a door: codes, and paper codes with the ID card. Whoever looks people up does it in their own name.

use axum::Router;
use axum::routing::get;
use maud::html;
use suima_code::Place;

use super::super::Pages;
use super::super::layout::{both, button};
use super::super::reply::Reply;
use super::{Asked, scan};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/door", get(look))
}

async fn look(asked: Asked) -> Reply {
    let session = asked.post.station().session()?;
    let content = html! {
        @if let Some(session) = &session {
            p #on-duty.hint { (both("值班", "On duty")) " " (session.site) " · " (session.staff) }
        }
        @if asked.post.shown().outcome.is_some() {
            (button(&asked.at("/next"), "quiet", &both("下一位", "Next person")))
        }
        (scan::inputs(&asked, Place::ManualCheck))
    };
    Ok(asked.screen(Place::ManualCheck).show(said("人工核验", "Manual check"), content).await?)
}
