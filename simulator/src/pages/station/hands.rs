//! What a hand can do to a post: cut its network, kill its app, use it for something else, hold a code out to it.

use axum::Router;
use axum::extract::Form;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::{both, button};
use super::super::reply::Reply;
use super::scan::Work;
use super::{Asked, held_out};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/station/{id}/network", post(network))
        .route("/station/{id}/reopen", post(reopen))
}

/// The panel beside a post. Where nothing is scanned, nobody holds anything out.
pub(super) fn panel(asked: &Asked, cut: bool, work: Work, scanning: bool) -> Markup {
    html! {
        aside.hands aria-labelledby="hands" {
            h2 #hands { (both("设备本身", "The device itself")) }
            @if asked.post.device.line().is_ok() {
                form method="post" action=(asked.at("/network")) {
                    button.switch role="switch" aria-checked=(if cut { "false" } else { "true" }) name="on" value=(if cut { "yes" } else { "no" }) {
                        (both("网络", "Network"))
                    }
                }
            }
            (button(&asked.at("/sync"), "quiet", &both("同步名单", "Sync the lists")))
            (button(&asked.at("/reopen"), "quiet", &both("关掉再开", "Kill and reopen")))
            nav.uses aria-label="这台设备用作 This device as" {
                @for (one, label) in uses() {
                    a href=(asked.at(one.path())) aria-current=[(one == work).then_some("page")] { (label) }
                }
            }
            @if scanning { (held_out::panel(asked, work)) }
            button #sound.switch type="button" role="switch" aria-checked="true" data-keep hidden { (both("声音", "Sound")) }
        }
    }
}

/// What one device can be used for.
fn uses() -> [(Work, Markup); 4] {
    [
        (Work::Sampling, both("采样", "Sampling")),
        (Work::Look, both("查码", "Look")),
        (Work::Gate, both("闸机", "Gate")),
        (Work::ManualCheck, both("人工核验", "Door")),
    ]
}

#[derive(Deserialize)]
struct Switch {
    on: String,
}

async fn network(asked: Asked, Form(Switch { on }): Form<Switch>) -> Reply {
    let line = asked.post.device.line()?;
    if on == "yes" {
        line.restore().await?;
        asked.post.sync_if_possible().await?;
    } else {
        line.cut().await?;
    }
    Ok(asked.done())
}

async fn reopen(asked: Asked) -> Reply {
    asked.post.reopen()?;
    Ok(asked.done())
}
