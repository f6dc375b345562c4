//! What waits to be uploaded, and what somebody has to look into.

use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{Place, UnixTime};
use suima_station::Status;

use super::super::Pages;
use super::super::layout::{banner, both, link, moment};
use super::super::reply::Reply;
use super::Asked;
use crate::words::{Sentence, Tone, conflict, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/station/{id}/upload", get(look).post(upload))
        .route("/station/{id}/conflicts", get(conflicts))
}

/// The way to the upload, with how many entries wait.
pub(super) fn way(asked: &Asked, status: &Status) -> Markup {
    let waiting = status.waiting;
    let label = both(&format!("上传 · {waiting}条"), &format!("Upload · {waiting}"));
    html! { a #to-upload.button.quiet href=(asked.at("/upload")) { (label) } }
}

/// The way to what somebody has to look into, where there is anything.
pub(super) fn conflicts_way(asked: &Asked, status: &Status) -> Markup {
    let odd = status.conflicts.len() + status.not_in_register.len();
    html! {
        @if odd > 0 {
            (link(&asked.at("/conflicts"), "danger", &both(&format!("{odd}条需要处理"), &format!("{odd} to look into"))))
        }
    }
}

#[derive(Deserialize)]
struct Brought {
    /// How many entries the issuer acknowledged in the upload that led here.
    acknowledged: Option<u32>,
    /// How many of them are at odds with others.
    conflicts: Option<u32>,
}

async fn look(asked: Asked, Query(brought): Query<Brought>) -> Reply {
    let status = asked.post.station().status()?;
    let waiting = status.waiting;
    let content = html! {
        @if let Some(count) = brought.acknowledged {
            div #uploaded role="status" data-acknowledged=(count) data-conflicts=[brought.conflicts] {
                (banner(Tone::Good, "uploaded", &said(format!("本次已送达{count}条"), format!("{count} acknowledged"))))
            }
        }
        form #upload.panel method="post" action=(asked.at("/upload")) data-waiting=(waiting) {
            p.large {
                @if waiting > 0 { (both(&format!("{waiting}条待上传"), &format!("{waiting} to upload"))) }
                @else { (both("没有待上传的登记。", "Nothing waits to be uploaded.")) }
            }
            button.solid { (both("上传", "Upload")) }
        }
        (conflicts_way(&asked, &status))
    };
    let heading = said("上传", "Upload");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

async fn upload(asked: Asked) -> Reply {
    Ok(match asked.post.station().upload().await {
        Ok(done) => {
            let (acknowledged, odd) = (done.acknowledged, done.conflicts.len());
            let path = format!("/upload?acknowledged={acknowledged}&conflicts={odd}");
            asked.leads_to(&asked.at(&path))
        }
        Err(error) => asked.not_done(&error, "/upload"),
    })
}

async fn conflicts(asked: Asked) -> Reply {
    let Status { conflicts, not_in_register, .. } = asked.post.station().status()?;
    let unknown = said("登记册中没有此人", "Not in the register");
    let content = html! {
        @if conflicts.is_empty() && not_in_register.is_empty() {
            p.large { (both("没有需要处理的登记。", "Nothing to look into.")) }
        } @else {
            p { (both("没有丢弃任何一条。请找到有关的人核对。", "Nothing was dropped. Find the people concerned and check.")) }
            p.hint { (both("这里只列本机上传时发现的。", "Only what was found at this device's own uploads.")) }
        }
        ul.odd {
            @for one in &conflicts {
                @let (id, what) = conflict(one.conflict);
                (odd(id, &what, one.name.as_deref(), one.barcode.as_deref(), one.at))
            }
            @for one in &not_in_register {
                (odd("not-in-register", &unknown, one.name.as_deref(), one.barcode.as_deref(), one.at))
            }
        }
    };
    let heading = said("需要处理", "To look into");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

fn odd(
    id: &str,
    what: &Sentence,
    name: Option<&str>,
    barcode: Option<&str>,
    at: UnixTime,
) -> Markup {
    html! {
        li.panel data-conflict=(id) {
            h2 { (both(&what.zh, &what.en)) }
            p {
                @if let Some(name) = name { b.masked { (name) } " " }
                @if let Some(barcode) = barcode { (both("试管", "Tube")) " " b { (barcode) } " " }
                (moment(at))
            }
        }
    }
}
