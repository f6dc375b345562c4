//! The user's people: whose codes are here, and how others are added: at once where the register knows them as the user's,
//! and otherwise by their consent.

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;
use suima_wallet::{AskView, NucleicAcidSummary, PersonView, asked as asked_until};

use super::super::Pages;
use super::super::layout::{both, button, link, say, through};
use super::super::reply::Reply;
use super::Asked;
use super::codes::{relation, relation_word};
use super::screen::Way;
use crate::phone::{Message, Typed};
use crate::words::{Sentence, Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/family", get(look))
        .route("/phone/{id}/family/add", get(look_add))
        .route("/phone/{id}/family/{slot}/hold", post(hold))
        .route("/phone/{id}/family/ask", post(ask))
        .route("/phone/{id}/family/redeem", post(redeem))
}

async fn look(asked: Asked) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let wallet = asked.phone.wallet();
    let (people, asks) = (wallet.family()?, wallet.asks()?);
    let content = html! {
        (who_asks(&asked, &asks))
        ul.cards { @for one in &people { (person(&asked, one)) } }
        (link(&asked.at("/family/add"), "solid", &both("添加亲属", "Add a relative")))
    };
    Ok(asked.screen().on(Way::Family).show(said("家人", "Family"), content).await?)
}

/// The way to those who ask for the user's consent, where there are any.
fn who_asks(asked: &Asked, asks: &[AskView]) -> Markup {
    html! {
        @if !asks.is_empty() {
            a #asks.way data-asks=(asks.len()) href=(asked.at("/consent")) {
                span { (both("谁请求持有我的码", "Who asks to hold my codes")) }
                b.count { (asks.len()) }
            }
        }
    }
}

/// Somebody, with what can be done about their codes.
fn person(asked: &Asked, person: &PersonView) -> Markup {
    let slot = person.slot;
    let name = format!("name-{slot}");
    html! {
        li #{ "person-" (slot) }.panel data-slot=(slot) data-relation=(relation_word(person.relation)) data-held=(if person.held { "yes" } else { "no" }) {
            h2 #(name) { span.name { (person.name) } " " span.soft { (say(&relation(person.relation))) } }
            p.small { (state(person)) }
            div.acts {
                @if person.held {
                    a.button href=(asked.at(&format!("/live/{slot}"))) aria-describedby=(name) { (both("出示码", "Codes")) }
                    a.button href=(asked.at(&format!("/family/{slot}/holders"))) aria-describedby=(name) { (both("谁持有此码", "Who holds this code")) }
                    a.button href=(asked.at(&format!("/paper/{slot}"))) aria-describedby=(name) { (both("离线随申码", "Paper code")) }
                } @else {
                    (add(asked, person))
                }
            }
        }
    }
}

fn state(person: &PersonView) -> Markup {
    match (person.held, person.doubt, person.nucleic_acid) {
        (false, ..) => both("未添加", "Not added"),
        (true, Some(_), _) => both("核酸码可能已作废", "The nucleic-acid code may be void"),
        (true, None, NucleicAcidSummary::Valid { until }) => html! {
            (both("核酸码有效至", "Nucleic-acid code until")) " " (through(until))
        },
        (true, None, NucleicAcidSummary::Expired { at }) => html! {
            (both("核酸码已到期", "Nucleic-acid code ended")) " " (through(at))
        },
        (true, None, NucleicAcidSummary::None) => both("已在本机", "On this phone"),
    }
}

fn add(asked: &Asked, person: &PersonView) -> Markup {
    let name = &person.name;
    let label = both(&format!("添加{name}"), &format!("Add {name}"));
    button(&asked.at(&format!("/family/{}/hold", person.slot)), "", &label)
}

async fn look_add(asked: Asked) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let people = asked.phone.wallet().family()?;
    let Typed { code, document, name } = asked.phone.undecided().typed.clone();
    let known: Vec<_> = people.iter().filter(|person| !person.held).collect();
    let content = html! {
        @if !known.is_empty() {
            section.panel aria-labelledby="known" {
                h2 #known { (both("登记的家人", "Relatives in the register")) }
                div.acts { @for person in known { (add(&asked, person)) } }
            }
        }
        form #redeem.panel method="post" action=(asked.at("/family/redeem")) {
            h2 { (both("输入一次性码", "Enter the one-time code")) }
            label.field {
                (both("对方告诉您的八位数字", "The eight digits they told you"))
                input name="code" value=(code) required inputmode="numeric" autocomplete="off";
            }
            button.solid { (both("添加", "Add")) }
        }
        form #ask.panel method="post" action=(asked.at("/family/ask")) {
            h2 { (both("请求成年亲属同意", "Ask an adult relative")) }
            label.field {
                (both("对方的姓名", "Their full name"))
                input name="name" value=(name) required autocomplete="off";
            }
            label.field {
                (both("对方的证件号", "Their document number"))
                input name="document" value=(document) required autocomplete="off" autocapitalize="characters" spellcheck="false";
            }
            button { (both("发送请求", "Send the request")) }
        }
    };
    let screen = asked.screen().on(Way::Family).back_to("/family");
    Ok(screen.show(said("添加亲属", "Add a relative"), content).await?)
}

/// Whoever holds somebody's codes is told so by the same words, however they were added.
fn added(asked: &Asked, slot: Slot) -> Result<(), suima_wallet::Error> {
    let people = asked.phone.wallet().family()?;
    if let Some(person) = people.iter().find(|person| person.slot == slot) {
        let name = &person.name;
        let done: Sentence = said(format!("已添加：{name}"), format!("Added: {name}"));
        asked.phone.tell(Message::new(Tone::Good, "added", done));
    }
    Ok(())
}

async fn hold(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    let slot = Slot(slot);
    match asked.begin().hold(slot).await {
        Ok(()) => added(&asked, slot)?,
        Err(error) => asked.phone.tell(&error),
    }
    Ok(asked.done("/family"))
}

#[derive(Deserialize)]
struct Adult {
    document: String,
    name: String,
}

async fn ask(asked: Asked, Form(adult): Form<Adult>) -> Reply {
    match asked.begin().ask(&adult.document, &adult.name).await {
        Ok(expires) => {
            asked.phone.undecided().typed = Typed::default();
            asked.phone.tell(Message::new(Tone::Good, "asked", asked_until(expires)));
        }
        Err(error) => {
            let Adult { document, name } = adult;
            asked.phone.undecided().typed = Typed { document, name, ..Typed::default() };
            asked.phone.tell(&error);
        }
    }
    Ok(asked.done("/family/add"))
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

async fn redeem(asked: Asked, Form(Code { code }): Form<Code>) -> Reply {
    match asked.begin().redeem(&code).await {
        Ok(slot) => {
            asked.phone.undecided().typed = Typed::default();
            added(&asked, slot)?;
            Ok(asked.done("/family"))
        }
        Err(error) => {
            asked.phone.undecided().typed = Typed { code, ..Typed::default() };
            asked.phone.tell(&error);
            Ok(asked.done("/family/add"))
        }
    }
}
