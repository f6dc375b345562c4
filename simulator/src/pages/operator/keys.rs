//! The issuer's signing keys.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{KeyId, Purposes, UnixTime};
use suima_issuer::KeyStatus;
use suima_sentences::operator as say;

use super::super::layout::{both, moment, say as sentence};
use super::super::reply::{Failure, Reply, go};
use super::Asked;
use super::frame::{Question, Section, act, danger, fact};
use super::notes::Note;
use crate::town::Town;
use crate::words::{Sentence, said};

const PATH: &str = "/operator/keys";

const PURPOSES: [(Purposes, &str); 4] = [
    (Purposes::STATIC, "static"),
    (Purposes::CREDENTIAL, "credential"),
    (Purposes::LISTS, "lists"),
    (Purposes::POLICY, "policy"),
];

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route(PATH, get(look))
        .route("/operator/keys/rotate", post(rotate))
        .route("/operator/keys/{kid}/recall", get(ask_recall).post(recall))
}

fn name(purposes: Purposes) -> Sentence {
    match purposes {
        Purposes::STATIC => said("核酸码、离线码", "Nucleic-acid and paper codes"),
        Purposes::CREDENTIAL => said("随申码凭证", "Credentials of live codes"),
        Purposes::LISTS => said("作废名单、时间证明", "Revocation lists and heads"),
        _ => said("政策", "The policy"),
    }
}

async fn look(asked: Asked) -> Reply {
    let now = asked.now();
    let keys = asked.issuer().keys()?;
    let content = html! {
        @for (purposes, word) in PURPOSES {
            section.panel aria-labelledby=(word) {
                h2 id=(word) { (sentence(&name(purposes))) }
                ul.rows {
                    @for key in keys.iter().filter(|key| key.trusted.purposes.bits() & purposes.bits() != 0) {
                        (row(key, now))
                    }
                }
                (act("/operator/keys/rotate", "", &[("purpose", word.to_owned())],
                    &both("制作新密钥，两天后启用", "Make a new key, which takes over in two days")))
            }
        }
    };
    Ok(asked.show(Section::Keys, &content))
}

fn row(status: &KeyStatus, now: UnixTime) -> Markup {
    let key = &status.trusted;
    let (word, state) = if key.recalled.is_some() {
        ("recalled", said("已召回", "recalled"))
    } else if status.signs {
        // The first that will come signs before its time where there is no other.
        ("signs", said("正在签名", "signs now"))
    } else if now < status.sign_from {
        ("published", said("已公布，尚未签名", "published, does not sign yet"))
    } else if now >= key.sign_until {
        ("accepted", said("不再签名，仍被接受", "signs no more, still accepted"))
    } else {
        ("may-sign", said("可以签名，已有新钥", "may sign; a newer one does"))
    };
    html! {
        li.row data-kid=(key.kid) data-state=(word) data-ended[key.recalled.is_some()] {
            span.what { (both(&format!("密钥 {}", key.kid), &format!("Key {}", key.kid))) }
            dl.facts {
                (fact(&both("状态", "State"), &sentence(&state)))
                @if !status.signs || status.sign_from <= now {
                    (fact(&both("签名自", "Signs from"), &moment(status.sign_from)))
                }
                (fact(&both("签名至", "Signs until"), &moment(key.sign_until)))
                (fact(&both("接受至", "Accepted until"), &moment(key.accept_until)))
                @if let Some(at) = key.recalled { (fact(&both("召回于", "Recalled"), &moment(at))) }
            }
            @if key.recalled.is_none() {
                div.acts { (danger(&format!("{PATH}/{}/recall", key.kid), &both("召回…", "Recall…"), &format!("召回… Recall… {}", key.kid))) }
            }
        }
    }
}

#[derive(Deserialize)]
struct Rotate {
    purpose: String,
}

async fn rotate(asked: Asked, Form(Rotate { purpose }): Form<Rotate>) -> Reply {
    let known = PURPOSES.iter().find(|(_, word)| *word == purpose);
    let (purposes, _) = known.ok_or(Failure::Missing)?;
    let made = asked.issuer().rotate_key(*purposes).and_then(|kid| {
        let keys = asked.issuer().keys()?;
        Ok((kid, keys.iter().any(|key| key.trusted.kid == kid && key.signs)))
    });
    asked.outcome(PATH, made, |(kid, signs)| {
        let said = if signs {
            said(
                format!("密钥{kid}已公布，现在开始签名。"),
                format!("Key {kid} is published, and signs from now on."),
            )
        } else {
            say::key_made(&kid)
        };
        Note::good("key-made", said)
    })
}

/// The key in the address, two hexadecimal digits.
fn found(asked: &Asked, kid: &str) -> Result<KeyStatus, Failure> {
    let kid = u8::from_str_radix(kid, 16).map(KeyId).map_err(|_| Failure::Missing)?;
    let keys = asked.issuer().keys()?;
    keys.into_iter().find(|key| key.trusted.kid == kid).ok_or(Failure::Missing)
}

async fn ask_recall(asked: Asked, Path(kid): Path<String>) -> Reply {
    let key = found(&asked, &kid)?.trusted;
    // Another window may have recalled it: there is nothing to ask any more.
    if key.recalled.is_some() {
        return Ok(go(PATH));
    }
    let asks = if key.purposes.bits() & Purposes::STATIC.bits() != 0 {
        say::will_recall_static(&key.kid)
    } else if key.purposes.bits() & Purposes::CREDENTIAL.bits() != 0 {
        say::will_recall_credential(&key.kid)
    } else {
        say::will_recall_documents(&key.kid)
    };
    let action = format!("{PATH}/{}/recall", key.kid);
    let question = Question {
        asks,
        action: &action,
        fields: &[],
        reason: false,
        yes: both("召回", "Recall"),
        back: PATH,
    };
    Ok(asked.show_at(Section::Keys, &action, &said("召回密钥", "Recall a key"), &question.draw()))
}

async fn recall(asked: Asked, Path(kid): Path<String>) -> Reply {
    let kid = found(&asked, &kid)?.trusted.kid;
    asked.outcome(PATH, asked.issuer().recall_key(kid), |()| {
        Note::good("key-recalled", say::key_recalled(&kid))
    })
}
