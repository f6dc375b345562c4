//! Codes that come in: typed by a scanner gun, read by a camera, dropped as a picture, or held out by somebody in the city.

use axum::Router;
use axum::extract::Form;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Place;

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::Reply;
use super::Asked;
use super::screen::place_word;
use crate::post::Outcome;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/scan", post(scan))
}

/// The one field that takes everything.
pub(super) fn inputs(asked: &Asked, place: Place) -> Markup {
    html! {
        form.scan method="post" action=(asked.at("/scan")) data-quiet {
            input type="hidden" name="place" value=(place_word(place));
            label.field {
                (both("扫码枪对准这里", "The scanner types here"))
                input #scan name="text" autocomplete="off" autocapitalize="off" spellcheck="false" autofocus;
            }
            button { (both("扫码", "Scan")) }
        }
    }
}

#[derive(Deserialize)]
struct Scanned {
    place: Place,
    text: String,
}

async fn scan(asked: Asked, Form(Scanned { place, text }): Form<Scanned>) -> Reply {
    let station = asked.post.station();
    let outcome = match place {
        Place::Sampling => Outcome::Registration(Box::new(station.register(&text)?)),
        Place::Gate => Outcome::Door(Box::new(station.gate(&text)?)),
        Place::ManualCheck => Outcome::Door(Box::new(station.check(&text)?)),
    };
    asked.post.show(outcome);
    Ok(asked.done())
}
