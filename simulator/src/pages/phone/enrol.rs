//! Enrolling the phone with an activation code.

use axum::Router;
use axum::extract::{Form, State};
use axum::routing::get;
use maud::html;
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::{banner, both};
use super::super::reply::{Reply, go};
use super::Asked;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/phone/{id}/enrol", get(look).post(enrol))
}

async fn look(asked: Asked) -> Reply {
    let warning = asked.phone.wallet().enrol_warning()?;
    let content = html! {
        (banner(Tone::Caution, "warning", &warning))
        form.panel method="post" action=(asked.at("/enrol")) {
            label.field {
                (both("激活码", "Activation code"))
                input name="code" required autocomplete="one-time-code" autocapitalize="characters" spellcheck="false";
            }
            p.hint { (both("激活码在市平台窗口领取;这里由“市平台管理”页发放。", "A counter of the city gives it; here the operator's page does.")) }
            button.solid { (both("开通本机", "Enrol this phone")) }
        }
    };
    Ok(asked.screen().show(said("开通", "Enrol"), content).await?)
}

#[derive(Deserialize)]
struct Activation {
    code: String,
}

async fn enrol(State(pages): State<Pages>, asked: Asked, Form(form): Form<Activation>) -> Reply {
    asked.phone.seen();
    let result = asked.phone.wallet().enrol(&form.code).await;
    pages.devices.changed();
    match result {
        Ok(()) => {
            crate::city::refresh_if_possible(&asked.phone).await?;
            Ok(go(asked.at("")))
        }
        Err(error) => {
            asked.phone.tell(&error);
            Ok(go(asked.at("/enrol")))
        }
    }
}
