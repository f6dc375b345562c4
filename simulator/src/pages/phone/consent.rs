//! Who asks to hold the user's codes. Whoever was told yes gets a one-time code, from mouth to ear.

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_wallet::AskView;

use super::super::Pages;
use super::super::layout::{both, moment, say};
use super::super::reply::Reply;
use super::Asked;
use super::screen::Way;
use crate::phone::Message;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/consent", get(look))
        .route("/phone/{id}/consent/{ask}", post(answer))
}

async fn look(asked: Asked) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let asks = asked.phone.wallet().asks()?;
    let content = html! {
        @if asks.is_empty() { p { (both("没有待答复的请求。", "No requests to answer.")) } }
        ul.cards { @for ask in &asks { (one(&asked, ask)) } }
    };
    let screen = asked.screen().on(Way::Family).back_to("/family");
    Ok(screen.show(said("谁请求持有我的码", "Who asks to hold my codes"), content).await?)
}

/// An ask, to be answered; or the code to tell, once the user has agreed.
fn one(asked: &Asked, ask: &AskView) -> Markup {
    html! {
        li #{ "ask-" (ask.id) }.panel data-ask=(ask.id) data-agreed[ask.code.is_some()] {
            h2 { span.name { (ask.by) } }
            p.said { (say(&ask.sentence)) }
            @if let Some(code) = &ask.code { p.digits { (spaced(code.digits())) } }
            dl.facts {
                div { dt { (both("请求时间", "Asked")) } dd.asked-at { (moment(ask.at)) } }
                div { dt { (both("截止", "Until")) } dd.until { (moment(ask.expires)) } }
            }
            form.acts method="post" action=(asked.at(&format!("/consent/{}", ask.id))) {
                @if ask.code.is_none() {
                    button.solid name="answer" value="agree" { (both("同意", "Agree")) }
                    button name="answer" value="decline" { (both("不同意", "Decline")) }
                } @else {
                    button.quiet name="answer" value="decline" { (both("收回同意", "Take it back")) }
                }
            }
        }
    }
}

/// A one-time code in two halves, as it is said.
fn spaced(digits: &str) -> Markup {
    let half = digits.len() / 2;
    let (first, rest) = digits.split_at_checked(half).unwrap_or((digits, ""));
    html! { span { (first) } " " span { (rest) } }
}

#[derive(Deserialize)]
struct Answer {
    answer: String,
}

async fn answer(
    asked: Asked,
    Path((_, ask)): Path<(String, String)>,
    Form(form): Form<Answer>,
) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let wallet = asked.begin();
    let view = wallet.asks()?.into_iter().find(|one| one.id == ask);
    let agree = form.answer == "agree";
    match wallet.answer(&ask, agree).await {
        Ok(_) => {
            if let Some(view) = view.filter(|_| !agree) {
                asked.phone.tell(Message::new(Tone::Plain, "declined", view.declined()));
            }
        }
        Err(error) => asked.phone.tell(&error),
    }
    Ok(asked.done("/consent"))
}
