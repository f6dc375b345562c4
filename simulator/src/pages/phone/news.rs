//! What others did, what ends soon, and which codes were made: what a phone has to tell beside its codes.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use maud::html;
use suima_code::Slot;
use suima_wallet::ReminderKind;

use super::super::Pages;
use super::super::layout::{both, button, link, moment, say};
use super::super::reply::Reply;
use super::Asked;
use super::codes::{CodeKind, whose};
use super::screen::{Way, messages, refused};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/news", get(news))
        .route("/phone/{id}/reminders", get(reminders))
        .route("/phone/{id}/history/{slot}", get(history))
}

async fn news(asked: Asked) -> Reply {
    let told = asked.phone.told();
    let unseen = asked.phone.messages().iter().any(|message| message.lasting);
    let content = html! {
        (messages(&asked, |message| !message.lasting))
        @if told.is_empty() { p.hint { (both("没有消息。", "No news.")) } }
        ul.entries {
            @for one in &told { li.entry { p.hint { (moment(one.at)) } p.said { (say(&one.said)) } } }
        }
        @if unseen { (button(&asked.at("/seen"), "quiet", &both("知道了", "OK"))) }
    };
    let screen = asked.screen().on(Way::More).back_to("/more").telling_itself();
    Ok(screen.show(said("消息", "News"), content).await?)
}

async fn reminders(asked: Asked) -> Reply {
    let content = match asked.phone.wallet().reminders() {
        Ok(reminders) => html! {
            @if reminders.is_empty() { p.hint { (both("没有提醒。", "No reminders.")) } }
            ul.entries {
                @for one in &reminders {
                    @let (word, path) = leads_to(&one.kind, one.slot);
                    li.entry data-reminder=(word) {
                        p.hint { (moment(one.at)) }
                        p.said { (say(&one.sentence)) }
                        (link(&asked.at(&path), "", &both("去看看", "Look")))
                    }
                }
            }
        },
        Err(error) => refused(&asked, &error),
    };
    let screen = asked.screen().on(Way::More).back_to("/more");
    Ok(screen.show(said("提醒", "Reminders"), content).await?)
}

/// A stable word for what a reminder is about, and the page where something can be done.
fn leads_to(kind: &ReminderKind, slot: Option<Slot>) -> (&'static str, String) {
    let of = |make: fn(Slot) -> String| slot.map(make).unwrap_or_default();
    match kind {
        ReminderKind::ChallengeWaiting { id } => ("challenge-waiting", format!("/scan/{id}")),
        ReminderKind::AskWaiting { .. } => ("ask-waiting", "/consent".to_owned()),
        ReminderKind::LiveEnds => ("live-ends", of(|slot| CodeKind::Live.path(slot))),
        ReminderKind::NucleicAcidEnds => {
            ("nucleic-acid-ends", of(|slot| CodeKind::NucleicAcid.path(slot)))
        }
        ReminderKind::PaperEnds => ("paper-ends", of(|slot| format!("/paper/{slot}"))),
    }
}

async fn history(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    let wallet = asked.phone.wallet();
    let mut people = wallet.family().unwrap_or_default();
    people.retain(|person| person.held);
    let content = match wallet.history(Slot(slot)) {
        Ok(made) => html! {
            (whose(&asked, "谁的码 Whose code", &people, Slot(slot), |slot| format!("/history/{slot}")))
            ol.entries {
                @for one in &made {
                    li.entry data-voided[one.voided] {
                        p { b { (moment(one.iat)) } " " (one.by) }
                        @if one.voided { p.hint { (both("此前的码因此作废", "This voided the one before")) } }
                    }
                }
            }
        },
        Err(error) => refused(&asked, &error),
    };
    let screen = asked.screen().on(Way::More).back_to("/more");
    Ok(screen.show(said("核酸码生成记录", "Nucleic-acid codes made"), content).await?)
}
