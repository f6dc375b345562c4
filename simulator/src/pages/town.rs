//! The city around the devices: the start page, its clock, and the ways to the issuer's own pages.

mod goals;
mod map;
mod residents;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Layout, both, city_bar};
use super::reply::{Reply, came_from, go, page};
use crate::town::Town;
use crate::words::said;

/// After how many milliseconds the codes on the start page are drawn again.
const REDRAW_MS: u64 = 10_000;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route("/", get(start))
        .route("/forward", post(forward))
        .route("/terminal", post(terminal))
}

/// What there is, and what to try, in one screen.
async fn start(State(town): State<Arc<Town>>) -> Reply {
    let changes = Some(town.devices.changes_so_far());
    let content = html! {
        div.start {
            header.hero {
                h1 { (both("随码城", "Suima city")) }
                p.lead lang="zh-Hans" {
                    "一座在这台机器上运转的小城：签发、手机、采样点、闸机都是真的内核，彼此走真的 HTTP；人是虚构的。一页上发生的事，别的页一秒内就看得到。"
                }
                p.lead lang="en" {
                    "A small city that runs on this machine: issuer, phones, sampling and gate are the real core over real HTTP; the people are made up. "
                    "What happens on one page, the others show within a second."
                }
            }
            (goals::list(&town)?)
            div.there {
                (map::phones(&town).await?)
                (map::places(&town).await?)
                (residents::list())
            }
        }
    };
    let layout = Layout {
        heading: said("随码城", "Suima city"),
        redraw_ms: Some(REDRAW_MS),
        changes,
        bar: Some(city_bar(&town)),
        ..Layout::plain(content)
    };
    Ok(page(layout.draw()))
}

#[derive(Deserialize)]
struct Forward {
    seconds: u32,
}

async fn forward(
    State(town): State<Arc<Town>>,
    headers: HeaderMap,
    Form(Forward { seconds }): Form<Forward>,
) -> Reply {
    town.forward(seconds).await?;
    Ok(go(came_from(&headers, "").as_deref().unwrap_or("/")))
}

/// Makes the city's terminal of this browser and leads to its first page.
async fn terminal(State(town): State<Arc<Town>>, headers: HeaderMap) -> Reply {
    let secret = town.set_up_terminal()?;
    let cookie = suima_issuer::terminal_cookie(&secret);
    let to = format!("{}/terminal", issuer_beside(&town, &headers));
    Ok(([(header::SET_COOKIE, cookie)], go(to)).into_response())
}

/// The issuer under the name by which the browser knows this machine: cookies hold for a name, whatever the port.
fn issuer_beside(town: &Town, headers: &HeaderMap) -> String {
    let url = town.issuer.url();
    let name = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Uri>().ok());
    let named = name.as_ref().and_then(Uri::host).zip(url.rsplit_once(':'));
    named.map_or(url.clone(), |(host, (_, port))| format!("http://{host}:{port}"))
}

/// A way that opens beside the city: the issuer's pages know no way back.
pub(super) fn beside() -> Markup {
    html! {
        span.beside aria-hidden="true" { "↗" }
        span.read-out { (both("新标签页", "new tab")) }
    }
}
