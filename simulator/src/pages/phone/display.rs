//! In which languages and how large things are said. The browser keeps it, for this phone alone.

use axum::Router;
use axum::extract::Form;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Pages;
use super::super::layout::{Language, both};
use super::super::reply::Reply;
use super::{Asked, Display};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/phone/{id}/display", post(set))
}

/// The switches.
pub(super) fn panel(asked: &Asked) -> Markup {
    let Display { language, elder } = asked.display;
    let languages = [
        (Language::Both, html! { span lang="zh-Hans" { "双语" } " " span lang="en" { "Both" } }),
        (Language::Chinese, html! { b lang="zh-Hans" { "中文" } }),
        (Language::English, html! { b lang="en" { "English" } }),
    ];
    html! {
        form.panel method="post" action=(asked.at("/display")) aria-label="显示 Display" {
            button.switch role="switch" aria-checked=(if elder { "true" } else { "false" }) name="size" value=(if elder { "usual" } else { "elder" }) {
                (both("长辈模式", "Large type"))
            }
            p.hint { (both("字大，内容少，按钮大。", "Large type, fewer things, bigger buttons.")) }
            div.languages role="group" aria-label="语言 Language" {
                @for (one, label) in &languages {
                    button name="language" value=(one.word()) aria-pressed=(if *one == language { "true" } else { "false" }) { (label) }
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Wanted {
    language: Option<String>,
    size: Option<String>,
}

async fn set(asked: Asked, Form(Wanted { language, size }): Form<Wanted>) -> Reply {
    let now = asked.display;
    let display = Display {
        language: language.as_deref().and_then(Language::of).unwrap_or(now.language),
        elder: size.map_or(now.elder, |size| size == "elder"),
    };
    let cookie = [(header::SET_COOKIE, display.cookie(&asked.phone))];
    Ok((cookie, asked.done_here()).into_response())
}
