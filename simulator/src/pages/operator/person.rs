//! What the register has of one person, and what can be done for them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;
use suima_issuer::{Error, RegisteredPerson};
use suima_sentences::operator as say;

use super::super::layout::{both, moment};
use super::super::reply::{Failure, Reply};
use super::activation::for_phone;
use super::frame::{Question, Section, colour, danger, fact, person_path};
use super::notes::Note;
use super::register::documents;
use super::{Asked, family, health};
use crate::town::Town;
use crate::words::said;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route("/operator/person/{slot}", get(look))
        .route("/operator/person/{slot}/activation", post(activation))
        .route("/operator/person/{slot}/end-phone", get(ask_end).post(end))
}

/// The person in the address.
pub(super) fn found(asked: &Asked, slot: u32) -> Result<RegisteredPerson, Failure> {
    match asked.issuer().person(Slot(slot)) {
        Err(Error::NoSuchPerson(_)) => Err(Failure::Missing),
        other => Ok(other?),
    }
}

async fn look(asked: Asked, Path(slot): Path<u32>) -> Reply {
    let person = found(&asked, slot)?;
    let path = person_path(person.slot);
    let issuer = asked.issuer();
    let (nucleic_acid, paper) =
        (issuer.valid_codes(person.slot)?, issuer.valid_paper_codes(person.slot)?);
    let content = html! {
        section.panel aria-labelledby="facts" {
            h2 #facts { (both("登记内容", "In the register")) }
            dl.facts {
                (fact(&both("健康状态", "Status"), &html! { (colour(person.colour)) " " (moment(person.colour_at)) }))
                (fact(&both("码上的姓名", "Name on codes"), &html! { (person.masked_name) }))
                (fact(&both("出生", "Born"), &html! {
                    (person.birth_date) @if person.minor { " " (both("未成年", "minor")) }
                }))
                (fact(&both("证件", "Document"), &documents(&person)))
                (fact(&both("登记号", "Slot"), &html! { (person.slot) }))
                (fact(&both("群体", "Groups"), &groups(person.paper_groups)))
                (fact(&both("有效核酸码", "Valid nucleic-acid codes"), &html! { (nucleic_acid) }))
                (fact(&both("有效离线码", "Valid paper codes"), &html! { (paper) }))
            }
            div.acts { (health::buttons(&person, &path)) }
        }
        (phones(&asked, &person)?)
        (family::of(&asked, &person)?)
    };
    let heading = said(person.name.clone(), format!("{} in the register", person.name));
    Ok(asked.show_at(Section::Register, &path, &heading, &content))
}

/// The groups that policy may give paper codes, as files name them.
fn groups(bits: u32) -> Markup {
    let names: Vec<String> = (0..u32::BITS)
        .filter(|bit| bits & (1 << bit) != 0)
        .map(|bit| if bit == 0 { "disability".to_owned() } else { format!("group-{bit}") })
        .collect();
    if names.is_empty() {
        both("无", "none")
    } else {
        html! { (names.join(", ")) }
    }
}

fn phones(asked: &Asked, person: &RegisteredPerson) -> Result<Markup, Failure> {
    let path = person_path(person.slot);
    let phones = asked.issuer().phones(person.slot)?;
    let warning = person.phone_since.map(|since| say::describe_activation(&person.name, since));
    Ok(html! {
        section.panel aria-labelledby="phones" {
            h2 #phones { (both("手机", "Phones")) }
            ul.rows {
                @for phone in &phones {
                    li.row data-ended[phone.ended.is_some()] {
                        dl.facts {
                            (fact(&both("开通", "Enrolled"), &moment(phone.enrolled)))
                            @if let Some(ended) = &phone.ended {
                                (fact(&both("停用", "Ended"), &html! {
                                    (moment(ended.at)) " "
                                    @match &ended.reason {
                                        Some(reason) => (reason),
                                        None => (both("换了新手机", "another phone took its place")),
                                    }
                                }))
                            } @else {
                                (fact(&both("状态", "State"), &both("在用", "in use")))
                            }
                        }
                        @if phone.ended.is_none() {
                            div.acts { (danger(&format!("{path}/end-phone"), &both("停用…", "End it…"), &format!("停用… End it… {}", person.name))) }
                        }
                    }
                }
                @if phones.is_empty() { li.none { (both("没有手机", "No phone")) } }
            }
            form method="post" action={ (path) "/activation" } {
                @if let Some(warning) = &warning { p.hint { (super::super::layout::say(warning)) } }
                div.acts { button { (both("生成激活码", "Make an activation code")) } }
            }
        }
    })
}

async fn activation(asked: Asked, Path(slot): Path<u32>) -> Reply {
    let person = found(&asked, slot)?;
    asked.outcome(&person_path(person.slot), asked.issuer().activation_code(person.slot), |code| {
        Note::good("phone-activation", say::phone_activation(&person.name)).with(for_phone(&code))
    })
}

async fn ask_end(asked: Asked, Path(slot): Path<u32>) -> Reply {
    let person = found(&asked, slot)?;
    let path = person_path(person.slot);
    let action = format!("{path}/end-phone");
    let question = Question {
        asks: say::will_end_phone(&person.name),
        action: &action,
        fields: &[],
        reason: true,
        yes: both("停用", "End it"),
        back: &path,
    };
    Ok(asked.show_at(
        Section::Register,
        &action,
        &said("停用手机", "End a phone"),
        &question.draw(),
    ))
}

#[derive(Deserialize)]
struct Reason {
    reason: String,
}

async fn end(asked: Asked, Path(slot): Path<u32>, Form(Reason { reason }): Form<Reason>) -> Reply {
    let person = found(&asked, slot)?;
    let path = person_path(person.slot);
    let ended = asked.issuer().end_device(person.slot, &reason);
    asked.changed(&path, ended, || Note::good("phone-ended", say::phone_ended(&person.name)))
}
