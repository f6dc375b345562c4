//! Activation codes, and the stations and terminals that came of them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;
use suima_issuer::{StationStatus, TerminalStatus};
use suima_sentences::operator as say;

use super::super::layout::{both, moment};
use super::super::reply::{Failure, Reply, escaped};
use super::Asked;
use super::frame::{NOT_BLANK, Question, Section, danger, fact};
use super::notes::{Note, Typed};
use crate::town::Town;
use crate::words::said;

const PATH: &str = "/operator/activation";
const END_STATION: &str = "/operator/activation/end-station";
const END_TERMINAL: &str = "/operator/activation/end-terminal";

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route(PATH, get(look))
        .route("/operator/activation/phone", post(phone))
        .route("/operator/activation/station", post(station))
        .route("/operator/activation/terminal", post(terminal))
        .route(END_STATION, get(ask_end_station).post(end_station))
        .route(END_TERMINAL, get(ask_end_terminal).post(end_terminal))
}

async fn look(asked: Asked) -> Reply {
    let stations = asked.issuer().stations()?;
    let terminals = asked.issuer().terminals()?;
    let named = |action: &str, title, hint, label: &Markup| {
        html! {
            form.panel method="post" action=(action) {
                h2 { (title) }
                label.field { (label) input name="name" required maxlength="80" pattern=(NOT_BLANK) autocomplete="off"; }
                p.hint { (hint) }
                div.acts { button { (both("生成激活码", "Make a code")) } }
            }
        }
    };
    let content = html! {
        div.pair {
            form.panel method="post" action="/operator/activation/phone" {
                h2 { (both("手机", "For a phone")) }
                (asked.choose("slot", &both("谁的手机", "Whose phone"), &Typed::default())?)
                p.hint { (both("新手机开通后，此人原来的手机即停用。", "The phone that they have is ended when the new one is enrolled.")) }
                div.acts { button.solid { (both("生成激活码", "Make a code")) } }
            }
            (named("/operator/activation/station", both("检验设备", "For a station"),
                both("采样点、闸机、人工核验通用。", "For sampling, gates and doors alike."),
                &both("名称", "What people will call it")))
            (named("/operator/activation/terminal", both("自助终端", "For a terminal"),
                both("同名终端在新码使用前照常可用。", "A terminal of that name stays one until the code is used."),
                &both("名称", "What people will call it")))
        }
        section.panel aria-labelledby="stations" {
            h2 #stations { (both("检验设备", "Stations")) }
            ul.rows { @for station in &stations { (station_row(station)) } }
        }
        section.panel aria-labelledby="terminals" {
            h2 #terminals { (both("自助终端", "Terminals")) }
            ul.rows { @for terminal in &terminals { (terminal_row(terminal)) } }
        }
    };
    Ok(asked.show(Section::Activation, &content))
}

fn station_row(station: &StationStatus) -> Markup {
    html! {
        li.row data-ended[station.ended.is_some()] {
            span.what { (station.name) }
            dl.facts {
                (fact(&both("开通", "Enrolled"), &moment(station.enrolled)))
                @if let Some(ended) = &station.ended {
                    (fact(&both("停用", "Ended"), &html! {
                        (moment(ended.at)) @if let Some(reason) = &ended.reason { " " (reason) }
                    }))
                }
            }
            @if station.ended.is_none() {
                div.acts { (danger(&format!("{END_STATION}?keyid={}", station.keyid), &both("停用…", "End it…"), &format!("停用… End it… {}", station.name))) }
            }
        }
    }
}

fn terminal_row(terminal: &TerminalStatus) -> Markup {
    html! {
        li.row {
            span.what { (terminal.name) }
            dl.facts {
                (fact(&both("启用", "Set up"), &match terminal.set_up {
                    Some(at) => moment(at),
                    None => both("尚未", "not yet"),
                }))
                @if let Some(until) = terminal.code_until {
                    (fact(&both("激活码有效至", "Its code is good until"), &moment(until)))
                }
            }
            div.acts { (danger(&format!("{END_TERMINAL}?name={}", escaped(&terminal.name)), &both("停用…", "End it…"), &format!("停用… End it… {}", terminal.name))) }
        }
    }
}

/// An activation code to hand out, and where it can be used.
fn handed_out(code: &str, places: &[(String, Markup)]) -> Markup {
    html! {
        p.code #activation-code { (code) }
        div.acts { @for (to, label) in places { a.button.solid href=(to) { (label) } } }
    }
}

/// An activation code for a phone.
pub(super) fn for_phone(code: &str) -> Markup {
    let to = format!("/phone/new/enrol?code={code}");
    handed_out(code, &[(to, both("在新手机上使用", "Use it on the new phone"))])
}

/// Says at which of the city's posts a code is to be used.
fn post_label(id: &str) -> Markup {
    match id {
        "sampling" => both("用于采样点", "Use it at the sampling station"),
        "gate" => both("用于闸机", "Use it at the gate"),
        "door" => both("用于人工核验", "Use it at the door"),
        other => html! { (both("用于", "Use it at")) " " (other) },
    }
}

#[derive(Deserialize)]
struct Whose {
    slot: u32,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

async fn phone(asked: Asked, Form(Whose { slot }): Form<Whose>) -> Reply {
    let name = asked.name(Slot(slot))?;
    asked.outcome(PATH, asked.issuer().activation_code(Slot(slot)), |code| {
        Note::good("phone-activation", say::phone_activation(&name)).with(for_phone(&code))
    })
}

async fn station(asked: Asked, Form(Name { name }): Form<Name>) -> Reply {
    asked.outcome(PATH, asked.issuer().station_activation(&name), |code| {
        let posts = asked.town.devices.posts();
        let places: Vec<(String, Markup)> = posts
            .iter()
            .map(|post| {
                let id = &post.device.id;
                (format!("/station/{id}/enrol?code={code}"), post_label(id))
            })
            .collect();
        Note::good("station-activation", say::place_activation(&name))
            .with(handed_out(&code, &places))
    })
}

async fn terminal(asked: Asked, Form(Name { name }): Form<Name>) -> Reply {
    let to = format!("{}/terminal", asked.town.issuer.url());
    asked.outcome(PATH, asked.issuer().terminal_activation(&name), |code| {
        let label = both("打开终端页面", "Open the terminal's page");
        Note::good("terminal-activation", say::place_activation(&name))
            .with(handed_out(&code, &[(to, label)]))
    })
}

#[derive(Deserialize)]
struct Which {
    keyid: String,
}

#[derive(Deserialize)]
struct Decision {
    keyid: String,
    reason: String,
}

/// What people call the station with this name in signatures.
fn station_name(asked: &Asked, keyid: &str) -> Result<Option<String>, suima_issuer::Error> {
    let mut stations = asked.issuer().stations()?.into_iter();
    Ok(stations.find(|station| station.keyid == keyid).map(|station| station.name))
}

async fn ask_end_station(asked: Asked, Query(Which { keyid }): Query<Which>) -> Reply {
    let name = station_name(&asked, &keyid)?.ok_or(Failure::Missing)?;
    let question = Question {
        asks: say::will_end_station(&name),
        action: END_STATION,
        fields: &[("keyid", keyid)],
        reason: true,
        yes: both("停用", "End it"),
        back: PATH,
    };
    let heading = said("停用检验设备", "End a station");
    Ok(asked.show_at(Section::Activation, END_STATION, &heading, &question.draw()))
}

async fn end_station(asked: Asked, Form(decision): Form<Decision>) -> Reply {
    let name = station_name(&asked, &decision.keyid)?.unwrap_or_default();
    let ended = asked.issuer().end_station(&decision.keyid, &decision.reason);
    asked.changed(PATH, ended.map(|ended| !ended.is_empty()), || {
        Note::good("station-ended", say::station_ended(&name))
    })
}

async fn ask_end_terminal(asked: Asked, Query(Name { name }): Query<Name>) -> Reply {
    if !asked.issuer().terminals()?.iter().any(|terminal| terminal.name == name) {
        return Err(Failure::Missing);
    }
    let question = Question {
        asks: say::will_end_terminal(&name),
        action: END_TERMINAL,
        fields: &[("name", name.clone())],
        reason: false,
        yes: both("停用", "End it"),
        back: PATH,
    };
    let heading = said("停用自助终端", "End a terminal");
    Ok(asked.show_at(Section::Activation, END_TERMINAL, &heading, &question.draw()))
}

async fn end_terminal(asked: Asked, Form(Name { name }): Form<Name>) -> Reply {
    let ended = asked.issuer().end_terminal(&name);
    asked.changed(PATH, ended, || Note::good("terminal-ended", say::terminal_ended(&name)))
}
