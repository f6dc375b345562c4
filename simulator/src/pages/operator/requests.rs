//! Consents: who asked whom, and what the operator records or withdraws.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;
use suima_issuer::{AskState, Asked as Ask, Consent, ConsentGiven};
use suima_sentences::operator as say;

use super::super::layout::{both, moment, say as sentence};
use super::super::reply::{Failure, Reply};
use super::Asked;
use super::frame::{Question, Section, danger, fact, reason_field};
use super::notes::{Note, Typed};
use crate::town::Town;
use crate::words::{Sentence, said};

/// How many are shown, the newest first.
pub(super) const SHOWN: u32 = 100;

const PATH: &str = "/operator/requests";
const WITHDRAW: &str = "/operator/requests/withdraw";

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route(PATH, get(look).post(record))
        .route(WITHDRAW, get(ask_withdraw).post(withdraw))
}

async fn look(asked: Asked) -> Reply {
    let asks = asked.issuer().asks(SHOWN)?;
    let consents = asked.issuer().consents(None, SHOWN)?;
    let typed = asked.notes.typed(PATH).unwrap_or_default();
    let content = html! {
        section.panel aria-labelledby="asks" {
            h2 #asks { (both("请求同意", "Asked for consent")) }
            ul.rows {
                @for ask in &asks { (ask_row(&asked, ask)?) }
                @if asks.is_empty() { li.none { (both("近日没有请求", "Nobody has asked lately")) } }
            }
        }
        form.panel method="post" action=(PATH) {
            h2 { (both("当面记录同意", "Record a consent given in person")) }
            div.fields {
                (asked.choose("relative", &both("谁同意", "Who agrees"), &typed)?)
                (asked.choose("asker", &both("由谁持有其码", "Who may hold their codes"), &typed)?)
                (reason_field(typed.get("reason")))
            }
            div.acts { button.solid { (both("记录", "Record")) } }
        }
        section.panel aria-labelledby="consents" {
            h2 #consents { (both("同意记录", "Consents")) }
            ul.rows {
                @for consent in &consents { (consent_row(&asked, consent)?) }
                @if consents.is_empty() { li.none { (both("没有记录", "None on record")) } }
            }
        }
    };
    Ok(asked.show(Section::Requests, &content))
}

fn ask_row(asked: &Asked, ask: &Ask) -> Result<Markup, Failure> {
    let (word, state) = state(ask.state);
    let target = match ask.target {
        Some(target) => asked.who(target)?,
        None => both("查无可答复的人", "nobody who could answer"),
    };
    Ok(html! {
        li.row data-state=(word) {
            span.what { (asked.who(ask.asker)?) " → " (target) }
            dl.facts {
                (fact(&both("状态", "State"), &sentence(&state)))
                (fact(&both("时间", "Asked"), &moment(ask.at)))
                (fact(&both("有效至", "Until"), &moment(ask.until)))
            }
        }
    })
}

fn state(state: AskState) -> (&'static str, Sentence) {
    match state {
        AskState::Waiting => ("waiting", said("等待本人答复", "waits for an answer")),
        AskState::Agreed => {
            ("agreed", said("已同意，一次性码未用", "agreed, the one-time code not used yet"))
        }
        AskState::Declined => ("declined", said("已拒绝", "declined")),
        AskState::Redeemed => ("redeemed", said("已同意并使用", "agreed, and used")),
        AskState::Void => ("void", said("已失效", "void")),
        AskState::Over => ("over", said("已过期", "expired")),
    }
}

/// A consent, with the way to withdraw it where it is in force.
pub(super) fn consent_row(asked: &Asked, consent: &Consent) -> Result<Markup, Failure> {
    let (relative, asker) = (consent.relative, consent.asker);
    let given = match &consent.given {
        ConsentGiven::OnPhone => both("在本人手机上", "on their own phone"),
        ConsentGiven::AtTerminal { name } => {
            html! { (both("在自助终端", "at the terminal")) " " (name) }
        }
        ConsentGiven::BeforeOperator { reason } => {
            html! { (both("当面记录：", "before an operator:")) " " (reason) }
        }
    };
    Ok(html! {
        li.row data-ended[consent.ended.is_some()] {
            span.what { (asked.who(relative)?) " → " (asked.who(asker)?) }
            dl.facts {
                (fact(&both("同意于", "Agreed"), &moment(consent.at)))
                (fact(&both("方式", "How"), &given))
                @if let Some(ended) = &consent.ended {
                    (fact(&both("终止", "Ended"), &html! {
                        (moment(ended.at)) " "
                        @match &ended.reason { Some(reason) => (reason), None => (both("本人终止", "by themselves")) }
                    }))
                }
            }
            @if consent.ended.is_none() {
                div.acts {
                    (danger(
                        &format!("{WITHDRAW}?asker={}&relative={}", asker.0, relative.0),
                        &both("撤回…", "Withdraw…"),
                        &format!("撤回… Withdraw… {} → {}", asked.name(relative)?, asked.name(asker)?),
                    ))
                }
            }
        }
    })
}

#[derive(Deserialize)]
struct Pair {
    asker: u32,
    relative: u32,
}

#[derive(Deserialize)]
struct Decision {
    asker: u32,
    relative: u32,
    reason: String,
}

async fn record(asked: Asked, Form(decision): Form<Decision>) -> Reply {
    let (asker, relative) = (Slot(decision.asker), Slot(decision.relative));
    let names = (asked.name(asker)?, asked.name(relative)?);
    let typed = Typed::of([
        ("asker", &decision.asker.to_string()),
        ("relative", &decision.relative.to_string()),
        ("reason", &decision.reason),
    ]);
    let recorded = (asker != relative)
        .then(|| asked.issuer().record_consent(asker, relative, &decision.reason))
        .transpose();
    asked.taken(PATH, (PATH, typed), recorded, |recorded| {
        recorded
            .map(|()| Note::good("consent-recorded", say::consent_recorded(&names.0, &names.1)))
            .ok_or_else(|| {
                let same =
                    said("两处是同一人。请重选。", "Both are the same person. Choose again.");
                Note::bad("same-person", same)
            })
    })
}

async fn ask_withdraw(asked: Asked, Query(pair): Query<Pair>) -> Reply {
    let (asker, relative) = (asked.name(Slot(pair.asker))?, asked.name(Slot(pair.relative))?);
    let question = Question {
        asks: say::will_withdraw(&asker, &relative),
        action: WITHDRAW,
        fields: &[("asker", pair.asker.to_string()), ("relative", pair.relative.to_string())],
        reason: true,
        yes: both("撤回", "Withdraw"),
        back: PATH,
    };
    let heading = said("撤回同意", "Withdraw a consent");
    Ok(asked.show_at(Section::Requests, WITHDRAW, &heading, &question.draw()))
}

async fn withdraw(asked: Asked, Form(decision): Form<Decision>) -> Reply {
    let (asker, relative) = (Slot(decision.asker), Slot(decision.relative));
    let names = (asked.name(asker)?, asked.name(relative)?);
    let withdrawn = asked.issuer().withdraw_consent(asker, relative, &decision.reason);
    asked.changed(PATH, withdrawn, || {
        Note::good("consent-withdrawn", say::consent_withdrawn(&names.0, &names.1))
    })
}
