//! Sampling: scan after scan into the open tube.

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use suima_code::Place;
use suima_station::TubeView;

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::Reply;
use super::{Asked, scan};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}", get(look))
}

async fn look(asked: Asked) -> Reply {
    let station = asked.post.station();
    let tube = station.tube()?;
    let content = html! {
        (scan::inputs(&asked, Place::Sampling))
        @if let Some(tube) = &tube { (seats(tube)) }
    };
    Ok(asked.screen(Place::Sampling).show(said("核酸采样", "Sampling"), content).await?)
}

/// The tube as a row of people.
fn seats(tube: &TubeView) -> Markup {
    html! {
        section #tube.tube data-taken=(tube.taken) data-capacity=(tube.capacity) aria-labelledby="tube-title" {
            h2 #tube-title { (both("试管", "Tube")) " " (tube.barcode) " " span.count { (tube.taken) "/" (tube.capacity) } }
            ol.seats {
                @for place in 1..=tube.capacity {
                    @let seat = tube.seats.iter().find(|seat| seat.seat == place);
                    li.seat.taken[seat.is_some()] { @if let Some(seat) = seat { (seat.name) } @else { span.free { (place) } } }
                }
            }
        }
    }
}
