//! What a hand can do to a phone: cut its network, kill its app, set its clock wrong.

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;

use super::super::Pages;
use super::super::layout::{both, button, say};
use super::super::reply::Reply;
use super::Asked;
use super::codes::CodeKind;
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
        .route("/phone/{id}/screenshot/live/{slot}", post(photograph_live))
        .route("/phone/{id}/screenshot/nucleic-acid/{slot}", post(photograph_nucleic_acid))
}

/// The panel beside the phone. A phone whose network is kept elsewhere can only be killed.
pub(super) fn panel(asked: &Asked, cut: bool, shown: Option<(CodeKind, Slot)>) -> Markup {
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
            h2 #hands { (say(&asked.phone.name().unwrap_or_else(|| said("手机本身", "The phone itself")))) }
            @if device.line().is_ok() {
                (switch("/network", !cut, both("网络", "Network")))
                (switch("/clock", wrong, both("时钟走快", "Fast clock")))
                (button(&asked.at("/lose"), "quiet", &both("丢失下一个应答", "Lose the next answer")))
            }
            @if let Some((kind, slot)) = shown {
                (button(&asked.at(&format!("/screenshot{}", kind.path(slot))), "quiet", &both("截屏", "Take a screenshot")))
            }
            (button(&asked.at("/reopen"), "quiet", &both("关掉再开", "Kill and reopen")))
        }
    }
}

#[derive(Deserialize)]
struct Switch {
    on: String,
}

async fn network(asked: Asked, Form(Switch { on }): Form<Switch>) -> Reply {
    let line = asked.phone.device.line()?;
    if on == "yes" {
        line.restore().await?;
        // As an app does once there is a network.
        crate::city::refresh_if_possible(&asked.phone).await?;
    } else {
        line.cut().await?;
    }
    Ok(asked.done_here())
}

async fn lose(asked: Asked) -> Reply {
    asked.phone.device.line()?.lose_next_answer();
    let lost = said("下一个应答将丢失。", "The next answer will be lost.");
    asked.phone.tell(Message::new(Tone::Plain, "will-lose", lost));
    Ok(asked.done_here())
}

async fn reopen(asked: Asked) -> Reply {
    asked.phone.reopen()?;
    Ok(asked.done_here())
}

async fn clock(asked: Asked, Form(Switch { on }): Form<Switch>) -> Reply {
    let device = &asked.phone.device;
    device.clock.set_error(if on == "yes" { WRONG } else { 0 });
    device.reboot()?;
    asked.phone.reopen()?;
    Ok(asked.done_here())
}

async fn refresh(asked: Asked) -> Reply {
    asked.phone.begin();
    if let Err(error) = asked.phone.refresh().await {
        asked.phone.tell(&error);
    }
    Ok(asked.done_here())
}

async fn seen(asked: Asked) -> Reply {
    asked.phone.seen();
    Ok(asked.done_here())
}

async fn photograph_live(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    let view = asked.phone.wallet().show_live(Slot(slot)).map(|view| (view.text, view.name));
    photograph(&asked, view)
}

async fn photograph_nucleic_acid(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    let view = asked.phone.wallet().show_nucleic_acid(Slot(slot));
    photograph(&asked, view.map(|view| (view.text, view.name)))
}

/// What a phone does without its apps: the code on the screen goes into the album as it is.
fn photograph(asked: &Asked, shown: Result<(String, String), suima_wallet::Error>) -> Reply {
    let phone = &asked.phone;
    phone.begin();
    match shown {
        Ok((text, name)) => {
            phone.screenshot(&text, &name, phone.device.clock.city().now())?;
            let done = said("截屏已存入相册。", "The screenshot is in the album.");
            let album = said("打开相册", "Open the album");
            let message = Message::new(Tone::Plain, "screenshot", done);
            phone.tell(message.leading_to("/check", album));
        }
        Err(error) => phone.tell(&error),
    }
    Ok(asked.done_here())
}
