//! A person's family: parents and guardians, consents, and who holds their code.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_client::wire::Relation;
use suima_code::Slot;
use suima_issuer::{Kinship, RegisteredPerson};
use suima_sentences::operator as say;

use super::super::layout::{both, moment};
use super::super::reply::{Failure, Reply};
use super::Asked;
use super::frame::{Question, Section, danger, fact, person_path, reason_field};
use super::notes::Note;
use super::requests::{SHOWN, consent_row};
use crate::town::Town;
use crate::words::said;

const END: &str = "/operator/family/end";
const RESTORE: &str = "/operator/family/restore";

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route(END, get(ask_end).post(end)).route(RESTORE, post(restore))
}

/// The families that somebody stands in.
pub(super) fn of(asked: &Asked, person: &RegisteredPerson) -> Result<Markup, Failure> {
    let slot = person.slot;
    let kinships = asked.issuer().kinships(slot)?;
    let consents = asked.issuer().consents(Some(slot), SHOWN)?;
    let held_by = asked.issuer().held_by(slot)?;
    Ok(html! {
        section.panel aria-labelledby="kinship" {
            h2 #kinship { (both("监护关系", "Parents, guardians, children")) }
            ul.rows {
                @for kinship in &kinships { (kinship_row(asked, slot, kinship)?) }
                @if kinships.is_empty() { li.none { (both("没有记录", "None on record")) } }
            }
        }
        section.panel aria-labelledby="held" {
            h2 #held { (both("谁持有此人的码", "Who holds this person's code")) }
            ul.rows {
                @for holder in &held_by {
                    li.row {
                        span.what { (asked.who(holder.slot)?) }
                        dl.facts {
                            @if holder.holds {
                                (fact(&both("持有", "Holds it since"), &moment(holder.since)))
                            } @else {
                                (fact(&both("可持有", "May hold it since"), &moment(holder.since)))
                            }
                        }
                    }
                }
                @if held_by.is_empty() { li.none { (both("没有别人持有", "Nobody else")) } }
            }
        }
        section.panel aria-labelledby="consents" {
            h2 #consents { (both("同意记录", "Consents")) }
            ul.rows {
                @for consent in &consents { (consent_row(asked, consent)?) }
                @if consents.is_empty() { li.none { (both("没有记录", "None on record")) } }
            }
        }
    })
}

fn kinship_row(asked: &Asked, slot: Slot, kinship: &Kinship) -> Result<Markup, Failure> {
    let Kinship { guardian, child, .. } = *kinship;
    let (other, is) = match (guardian == slot, kinship.relation) {
        (true, Relation::Ward) => (child, both("被监护人", "ward")),
        (true, _) => (child, both("子女", "child")),
        (false, Relation::Ward) => (guardian, both("监护人", "guardian")),
        (false, _) => (guardian, both("父母", "parent")),
    };
    let pair = html! {
        input type="hidden" name="guardian" value=(guardian.0);
        input type="hidden" name="child" value=(child.0);
        input type="hidden" name="at" value=(slot.0);
    };
    Ok(html! {
        li.row data-ended[kinship.ended.is_some()] {
            span.what { (asked.who(other)?) }
            dl.facts {
                (fact(&both("关系", "Relation"), &is))
                @if let Some(ended) = &kinship.ended {
                    (fact(&both("终止", "Ended"), &html! {
                        (moment(ended.at)) @if let Some(reason) = &ended.reason { " " (reason) }
                    }))
                }
            }
            @if kinship.ended.is_none() {
                div.acts {
                    (danger(
                        &format!("{END}?guardian={}&child={}&at={}", guardian.0, child.0, slot.0),
                        &both("终止…", "End it…"),
                        &format!("终止… End it… {}", asked.name(other)?),
                    ))
                }
            } @else {
                form.line method="post" action=(RESTORE) { (pair) (reason_field(None)) button { (both("恢复", "Restore")) } }
            }
        }
    })
}

#[derive(Deserialize)]
struct Pair {
    guardian: u32,
    child: u32,
    /// On whose page it was asked for.
    at: u32,
}

async fn ask_end(asked: Asked, Query(pair): Query<Pair>) -> Reply {
    let (guardian, child) = (asked.name(Slot(pair.guardian))?, asked.name(Slot(pair.child))?);
    let question = Question {
        asks: say::will_end_kinship(&guardian, &child),
        action: END,
        fields: &[
            ("guardian", pair.guardian.to_string()),
            ("child", pair.child.to_string()),
            ("at", pair.at.to_string()),
        ],
        reason: true,
        yes: both("终止", "End it"),
        back: &person_path(Slot(pair.at)),
    };
    let heading = said("终止监护关系", "End a kinship");
    Ok(asked.show_at(Section::Register, END, &heading, &question.draw()))
}

#[derive(Deserialize)]
struct Decision {
    guardian: u32,
    child: u32,
    at: u32,
    reason: String,
}

async fn end(asked: Asked, Form(decision): Form<Decision>) -> Reply {
    let (guardian, child) = (Slot(decision.guardian), Slot(decision.child));
    let names = (asked.name(guardian)?, asked.name(child)?);
    let path = person_path(Slot(decision.at));
    let ended = asked.issuer().end_kinship(guardian, child, &decision.reason);
    asked.changed(&path, ended, || {
        Note::good("kinship-ended", say::kinship_ended(&names.0, &names.1))
    })
}

async fn restore(asked: Asked, Form(decision): Form<Decision>) -> Reply {
    let (guardian, child) = (Slot(decision.guardian), Slot(decision.child));
    let names = (asked.name(guardian)?, asked.name(child)?);
    let path = person_path(Slot(decision.at));
    let restored = asked.issuer().restore_kinship(guardian, child, &decision.reason);
    asked.changed(&path, restored, || {
        Note::good("kinship-restored", say::kinship_restored(&names.0, &names.1))
    })
}
