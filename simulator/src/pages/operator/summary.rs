//! The first of the operator's pages: how things stand, and what waits for a look.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use maud::html;
use suima_issuer::{AuditVerdict, Totals};

use super::super::layout::{both, moment, say};
use super::super::reply::Reply;
use super::Asked;
use super::frame::Section;
use crate::town::Town;
use crate::words::said;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route("/operator", get(look))
}

async fn look(asked: Asked) -> Reply {
    let issuer = asked.issuer();
    let Totals { people, phones, not_green, waiting, registrations } = issuer.totals()?;
    let stations = issuer.stations()?.into_iter().filter(|one| one.ended.is_none()).count();
    let terminals = issuer.terminals()?.into_iter().filter(|one| one.set_up.is_some()).count();
    let policy = issuer.policy()?;
    let keys = issuer.keys()?.into_iter().filter(|key| key.trusted.recalled.is_none()).count();
    let conflicts = issuer.registration_conflicts()?.len();
    let audit = issuer.verify_audit()?;
    let card = |section: Section, body| {
        html! {
            li {
                a.panel.card href=(section.path()) {
                    h2 { (say(&section.name())) }
                    p { (body) }
                }
            }
        }
    };
    let content = html! {
        ul.cards {
            (card(Section::Register, both(&format!("{people} 人"), &format!("People: {people}"))))
            (card(Section::Activation, both(
                &format!("手机{phones}，检验设备{stations}，终端{terminals}"),
                &format!("Phones {phones}, stations {stations}, terminals {terminals}"),
            )))
            (card(Section::Requests, both(&format!("{waiting} 件等待本人答复"), &format!("Waiting for an answer: {waiting}"))))
            (card(Section::Health, both(&format!("{not_green} 人不是绿码"), &format!("Not green: {not_green}"))))
            (card(Section::Keys, both(&format!("{keys} 把在用"), &format!("In use: {keys}"))))
            (card(Section::Policy, html! {
                (both(&format!("第 {} 版，", policy.version), &format!("Version {},", policy.version))) " " (moment(policy.iat))
            }))
            (card(Section::Sampling, both(
                &format!("登记 {registrations} 条，冲突 {conflicts} 处"),
                &format!("Registrations {registrations}, conflicts {conflicts}"),
            )))
            (card(Section::Audit, match audit {
                AuditVerdict::Sound { rows, .. } => say(&suima_sentences::operator::audit_sound(&rows)),
                AuditVerdict::Broken { number } => say(&suima_sentences::operator::audit_broken(&number)),
            }))
            (card(Section::Service, both("作废名单、备份", "Revocation lists, backups")))
        }
    };
    let heading = said("市平台管理", "The operator");
    Ok(asked.show_at(Section::Summary, Section::Summary.path(), &heading, &content))
}
