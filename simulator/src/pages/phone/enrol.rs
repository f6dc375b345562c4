//! Enrolling the phone with an activation code. A phone that was ended or emptied leads here.

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::get;
use maud::html;
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::{banner, both, moment, say};
use super::super::reply::{Reply, escaped};
use super::Asked;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/phone/{id}/enrol", get(look).post(enrol))
}

/// An activation code; in an address it fills the field in.
#[derive(Deserialize)]
struct Activation {
    #[serde(default)]
    code: String,
}

async fn look(asked: Asked, Query(Activation { code }): Query<Activation>) -> Reply {
    let wallet = asked.phone.wallet();
    let warning = wallet.enrol_warning()?;
    let content = html! {
        @if let Err(error) = wallet.family() {
            div.banner.bad data-id=(error.id()) {
                p { (say(&error.sentence())) }
                @if let Some(at) = error.at() { p.hint { (moment(at)) } }
            }
        }
        (banner(Tone::Caution, "warning", &warning))
        form.panel method="post" action=(asked.at("/enrol")) {
            label.field {
                (both("激活码", "Activation code"))
                input name="code" value=(code) required autocomplete="one-time-code" autocapitalize="characters" spellcheck="false";
            }
            p.hint { (both("激活码在市平台窗口领取；这里由“市平台管理”页发放。", "A counter of the city gives it; here the operator's page does.")) }
            button.solid { (both("开通本机", "Enrol this phone")) }
        }
    };
    let enrolled = wallet.status()?.enrolled;
    let screen = asked.screen();
    let screen = if enrolled { screen.back_to("/more") } else { screen };
    Ok(screen.show(said("开通", "Enrol"), content).await?)
}

async fn enrol(asked: Asked, Form(form): Form<Activation>) -> Reply {
    asked.phone.begin();
    match asked.phone.wallet().enrol(&form.code).await {
        Ok(()) => {
            crate::city::refresh_if_possible(&asked.phone).await?;
            Ok(asked.done(""))
        }
        Err(error) => {
            asked.phone.tell(&error);
            // No answer came, perhaps: the same code can be sent again, and need not be typed again.
            Ok(asked.done(&format!("/enrol?code={}", escaped(&form.code))))
        }
    }
}
