//! The session: who works where, and who takes over.

use axum::Router;
use axum::extract::Form;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Place;
use suima_station::SessionView;

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::{Reply, go};
use super::Asked;
use crate::Error;
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/station/{id}/session", get(look).post(open))
        .route("/station/{id}/hand-over", get(ask).post(hand_over))
}

/// Where, and who.
pub(super) fn form(asked: &Asked) -> Result<Markup, Error> {
    let name = asked.post.station().status()?.name.unwrap_or_default();
    Ok(html! {
        form #session.panel method="post" action=(asked.at("/session")) {
            label.field { (both("地点", "Site")) input name="site" value=(name) required autocomplete="off"; }
            label.field { (both("工作人员姓名", "Staff member")) input name="staff" required autocomplete="off"; }
            button.solid { (both("开始班次", "Begin the session")) }
        }
    })
}

/// Who is on duty where, and the way to the next shift.
pub(super) fn duty(asked: &Asked, session: &SessionView) -> Markup {
    html! {
        p #duty.duty {
            span { b { (session.site) } " · " b #staff { (session.staff) } }
            a.button.quiet href=(asked.at("/hand-over")) { (both("交接班", "Hand over")) }
        }
    }
}

async fn look(asked: Asked) -> Reply {
    let content = form(&asked)?;
    let heading = said("开始班次", "Begin the session");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

#[derive(Deserialize)]
struct Session {
    site: String,
    staff: String,
}

async fn open(asked: Asked, Form(Session { site, staff }): Form<Session>) -> Reply {
    match asked.post.station().open_session(&site, &staff) {
        Ok(_) => {
            let next =
                said("班次已开始。请扫试管条码。", "The session has begun. Scan a tube's barcode.");
            Ok(asked.did("session-opened", next))
        }
        Err(error) => Ok(asked.not_done(&error, "/session")),
    }
}

async fn ask(asked: Asked) -> Reply {
    let Some(session) = asked.post.station().session()? else { return Ok(go(asked.at(""))) };
    let content = html! {
        form.panel method="post" action=(asked.at("/hand-over")) {
            dl.facts {
                div { dt { (both("地点", "Site")) } dd { (session.site) } }
                div { dt { (both("当前", "On duty")) } dd { (session.staff) } }
            }
            label.field { (both("接班人姓名", "Who takes over")) input name="staff" required autofocus autocomplete="off"; }
            button.solid { (both("交接班", "Hand over")) }
        }
        p { a.button.quiet href=(asked.at("/session")) { (both("结束本班次，开始新班次", "End this session and begin another")) } }
    };
    let heading = said("交接班", "Hand over");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

#[derive(Deserialize)]
struct Successor {
    staff: String,
}

async fn hand_over(asked: Asked, Form(Successor { staff }): Form<Successor>) -> Reply {
    match asked.post.station().hand_over(&staff) {
        Ok(session) => {
            let staff = session.staff;
            let next = said(format!("已交接给{staff}。"), format!("Handed over to {staff}."));
            Ok(asked.did("handed-over", next))
        }
        Err(error) => Ok(asked.not_done(&error, "/hand-over")),
    }
}
