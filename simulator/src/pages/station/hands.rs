//! What a hand can do to a post: cut its network, kill its app.

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

/// What a hand can do to it, and what others hold out to it where something is scanned.
pub(super) fn panel(asked: &Asked, cut: bool, work: Option<Work>) -> Markup {
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
            (button(&asked.at("/reopen"), "quiet", &both("关掉再开", "Kill and reopen")))
            @if let Some(work) = work { (held_out::panel(asked, work)) }
        }
    }
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
