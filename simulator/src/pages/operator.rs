//! The operator's pages: what the city's service keeps, and what only its operator may do.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::html;

use super::layout::{Layout, city_bar};
use super::reply::{Reply, page};
use crate::town::Town;
use crate::words::said;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route("/operator", get(look))
}

async fn look(State(town): State<Arc<Town>>) -> Reply {
    let heading = said("市平台管理", "The operator");
    let content = html! { h1 { (heading.zh) } };
    Ok(page(Layout { heading, bar: Some(city_bar(&town)), ..Layout::plain(content) }.draw()))
}
