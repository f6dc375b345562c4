//! The start page: what there is in the city, what to try, and the city's clock.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;

use super::layout::{Layout, both, city_bar};
use super::reply::{Reply, go, page};
use crate::town::Town;
use crate::words::said;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route("/", get(start)).route("/forward", post(forward))
}

async fn start(State(town): State<Arc<Town>>) -> Reply {
    let heading = said("随码城", "Suima city");
    let places = [
        ("/phone/mother", both("妈妈的手机", "Mother's phone")),
        ("/phone/father", both("爸爸的手机", "Father's phone")),
        ("/phone/grandfather", both("外公的手机", "Grandfather's phone")),
        ("/phone/new", both("新手机", "A new phone")),
        ("/station/sampling", both("采样点", "Sampling station")),
        ("/station/gate/gate", both("闸机", "Gate")),
        ("/station/door/door", both("人工核验", "Door")),
        ("/operator", both("市平台管理", "Operator")),
    ];
    let content = html! {
        h1 { (both("随码城", "Suima city")) }
        ul.places { @for (to, label) in &places { li { a.button href=(to) { (label) } } } }
    };
    Ok(page(Layout { heading, bar: Some(city_bar(&town)), ..Layout::plain(content) }.draw()))
}

#[derive(Deserialize)]
struct Forward {
    seconds: u32,
}

async fn forward(State(town): State<Arc<Town>>, Form(form): Form<Forward>) -> Reply {
    town.forward(form.seconds).await?;
    town.devices.changed();
    Ok(go("/"))
}
