//! Enrolling a post with an activation code.

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::get;
use maud::html;
use serde::Deserialize;
use suima_code::Place;

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::{Reply, escaped};
use super::Asked;
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/enrol", get(look).post(enrol))
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    code: String,
}

async fn look(asked: Asked, Query(Given { code }): Query<Given>) -> Reply {
    let content = html! {
        form.panel method="post" action=(asked.at("/enrol")) {
            p { (both("请输入收到的激活码。已登记的人不会丢失。", "Enter the activation code you were given. Nobody who was registered is lost.")) }
            label.field {
                (both("激活码", "Activation code"))
                input name="code" value=(code) required autofocus autocomplete="one-time-code" autocapitalize="characters" spellcheck="false";
            }
            button.solid { (both("开通工作设备", "Enrol this station")) }
        }
    };
    let heading = said("开通工作设备", "Enrol this station");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

async fn enrol(asked: Asked, Form(Given { code }): Form<Given>) -> Reply {
    match asked.post.station().enrol(&code).await {
        Ok(()) => {
            asked.post.sync_if_possible().await?;
            Ok(asked.did("enrolled", said("本机已开通。", "This station is enrolled.")))
        }
        Err(error) => Ok(asked.not_done(&error, &format!("/enrol?code={}", escaped(&code)))),
    }
}
