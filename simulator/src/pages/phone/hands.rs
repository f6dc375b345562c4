//! What a hand can do to a phone: cut its network, kill its app, set its clock wrong.

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Response;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::{both, button};
use super::super::reply::{Reply, go};
use super::Asked;
use crate::phone::Message;
use crate::words::{Tone, said};

/// How far a phone's clock is set wrong, in seconds.
const WRONG: i64 = 600;

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/network", post(network))
        .route("/phone/{id}/lose", post(lose))
        .route("/phone/{id}/reopen", post(reopen))
        .route("/phone/{id}/clock", post(clock))
        .route("/phone/{id}/refresh", post(refresh))
        .route("/phone/{id}/seen", post(seen))
}

/// The panel beside the phone. A phone whose network is kept elsewhere can only be killed.
pub(super) fn panel(asked: &Asked, cut: bool) -> Markup {
    let device = &asked.phone.device;
    let wrong = device.clock.error() != 0;
    let switch = |path: &str, on: bool, label: Markup| {
        html! {
            form method="post" action=(asked.at(path)) {
                button.switch role="switch" aria-checked=(if on { "true" } else { "false" }) name="on" value=(if on { "no" } else { "yes" }) {
                    (label)
                }
            }
        }
    };
    html! {
        aside.hands aria-labelledby="hands" {
            h2 #hands { (both("手机本身", "The phone itself")) }
            @if device.line().is_ok() {
                (switch("/network", !cut, both("网络", "Network")))
                (switch("/clock", wrong, both("时钟快10分钟", "Clock 10 min fast")))
                (button(&asked.at("/lose"), "quiet", &both("丢失下一个应答", "Lose the next answer")))
            }
            (button(&asked.at("/reopen"), "quiet", &both("关掉再开", "Kill and reopen")))
        }
    }
}

#[derive(Deserialize)]
struct Switch {
    on: String,
}

async fn network(
    State(pages): State<Pages>,
    asked: Asked,
    Form(Switch { on }): Form<Switch>,
) -> Reply {
    let line = asked.phone.device.line()?;
    if on == "yes" {
        line.restore().await?;
        // As an app does once there is a network.
        crate::city::refresh_if_possible(&asked.phone).await?;
    } else {
        line.cut().await?;
    }
    Ok(back(&pages, &asked))
}

async fn lose(State(pages): State<Pages>, asked: Asked) -> Reply {
    asked.phone.device.line()?.lose_next_answer();
    let lost = said("下一个应答将丢失。", "The next answer will be lost.");
    asked.phone.tell(Message::new(Tone::Plain, "will-lose", lost));
    Ok(back(&pages, &asked))
}

async fn reopen(State(pages): State<Pages>, asked: Asked) -> Reply {
    asked.phone.reopen()?;
    Ok(back(&pages, &asked))
}

async fn clock(
    State(pages): State<Pages>,
    asked: Asked,
    Form(Switch { on }): Form<Switch>,
) -> Reply {
    let device = &asked.phone.device;
    device.clock.set_error(if on == "yes" { WRONG } else { 0 });
    device.reboot()?;
    asked.phone.reopen()?;
    Ok(back(&pages, &asked))
}

async fn refresh(State(pages): State<Pages>, asked: Asked) -> Reply {
    asked.phone.seen();
    if let Err(error) = asked.phone.refresh().await {
        asked.phone.tell(&error);
    }
    Ok(back(&pages, &asked))
}

async fn seen(State(pages): State<Pages>, asked: Asked) -> Reply {
    asked.phone.seen();
    Ok(back(&pages, &asked))
}

/// To the page where the button was pressed.
fn back(pages: &Pages, asked: &Asked) -> Response {
    pages.devices.changed();
    go(asked.came_from.as_deref().unwrap_or(&asked.at("")))
}
