//! What stations sent: registrations, and where they are at odds.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use suima_client::wire::{Event, Validity};
use suima_code::Presented;
use suima_issuer::{ReceivedEntry, Registration, RegistrationConflict, Shown};

use super::super::layout::{both, moment, say as sentence};
use super::super::reply::{Failure, Reply};
use super::Asked;
use super::frame::{Section, fact};
use crate::town::Town;
use crate::words::{Sentence, conflict, said};

/// How many registrations are shown, the newest first.
const SHOWN: usize = 200;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route("/operator/sampling", get(look))
}

async fn look(asked: Asked) -> Reply {
    let conflicts = asked.issuer().registration_conflicts()?;
    let registrations = asked.issuer().registrations()?;
    let content = html! {
        section.panel aria-labelledby="conflicts" {
            h2 #conflicts { (both("互相矛盾的登记", "Registrations at odds")) " " span.count { (conflicts.len()) } }
            ul.rows {
                @for conflict in &conflicts { (conflict_row(&asked, conflict)?) }
                @if conflicts.is_empty() { li.none { (both("没有", "None")) } }
            }
        }
        section.panel aria-labelledby="registrations" {
            h2 #registrations { (both("采样登记", "Registrations")) " " span.count { (registrations.len()) } }
            ul.rows {
                @for registration in registrations.iter().rev().take(SHOWN) { (row(&asked, registration)?) }
                @if registrations.is_empty() {
                    li.none { (both("还没有。采样点上传后出现在这里。", "None yet. They come with a station's upload.")) }
                }
            }
        }
    };
    Ok(asked.show(Section::Sampling, &content))
}

fn conflict_row(asked: &Asked, found: &RegistrationConflict) -> Result<Markup, Failure> {
    let (word, name) = conflict(found.conflict);
    let issuer = asked.issuer();
    let mut entries = issuer.entries(&found.with.0)?;
    if found.entry.0 != found.with.0 {
        entries.extend(issuer.entries(&found.entry.0)?);
    }
    Ok(html! {
        li.row data-conflict=(word) {
            span.what { (sentence(&name)) }
            @for entry in &entries { (entry_facts(asked, entry)?) }
        }
    })
}

fn entry_facts(asked: &Asked, received: &ReceivedEntry) -> Result<Markup, Failure> {
    let (barcode, who) = match &received.entry.event {
        Event::Registered { barcode, slot, .. } => (Some(barcode), Some(asked.who(*slot)?)),
        Event::RegisteredByIdCard { barcode, name, .. }
        | Event::RegisteredByHand { barcode, name, .. } => (Some(barcode), Some(html! { (name) })),
        Event::TubeOpened { barcode, .. } | Event::Moved { barcode, .. } => (Some(barcode), None),
        _ => (None, None),
    };
    Ok(html! {
        dl.facts {
            (fact(&both("设备", "Station"), &html! { (received.station) }))
            (fact(&both("时间", "At"), &moment(received.entry.at)))
            @if let Some(barcode) = barcode { (fact(&both("试管", "Tube"), &html! { (barcode) })) }
            @if let Some(who) = who { (fact(&both("人", "Who"), &who)) }
        }
    })
}

fn row(asked: &Asked, registration: &Registration) -> Result<Markup, Failure> {
    let name = match (&registration.shown, registration.slot) {
        (_, Some(slot)) => asked.who(slot)?,
        (Shown::IdCard { name, .. } | Shown::ByHand { name, .. }, None) => {
            html! { (name) " " (both("不在登记册", "not in the register")) }
        }
        (Shown::Code { .. }, None) => both("不在登记册", "not in the register"),
    };
    Ok(html! {
        li.row data-id=(registration.id) data-ended[registration.undone] {
            span.what { (name) }
            dl.facts {
                (fact(&both("试管", "Tube"), &html! { (registration.barcode) }))
                (fact(&both("出示", "Shown"), &shown(&registration.shown)))
                (fact(&both("时间", "At"), &moment(registration.at)))
                (fact(&both("设备", "Station"), &html! { (registration.station) }))
                @if let Some((site, staff)) = &registration.session {
                    (fact(&both("地点、人员", "Site, staff"), &html! { (site) ", " (staff) }))
                }
                @if registration.undone { (fact(&both("状态", "State"), &both("已撤销", "taken back"))) }
            }
        }
    })
}

fn shown(shown: &Shown) -> Markup {
    match shown {
        Shown::Code { presented, validity, .. } => html! {
            (sentence(&presented_name(*presented)))
            @if matches!(validity, Validity::NotChecked) { " " (both("未查作废名单", "validity not checked")) }
        },
        Shown::IdCard { .. } => both("身份证", "ID card"),
        Shown::ByHand { .. } => both("手工登记", "by hand"),
    }
}

fn presented_name(presented: Presented) -> Sentence {
    match presented {
        Presented::NucleicAcid => said("核酸码", "nucleic-acid code"),
        Presented::Paper => said("离线码", "paper code"),
        Presented::Live => said("随申码", "live code"),
        Presented::Relative => said("亲属码", "relative code"),
        Presented::IdCard => said("身份证", "ID card"),
    }
}
