//! Sampling: scan after scan into the open tube.

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use suima_code::Place;
use suima_station::TubeView;

use super::super::Pages;
use super::super::layout::{both, link};
use super::super::reply::Reply;
use super::{Asked, by_hand, scan, session, tube, upload};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}", get(look))
}

async fn look(asked: Asked) -> Reply {
    let station = asked.post.station();
    let status = station.status()?;
    let in_hand = station.tube()?;
    let open = station.open_tubes()?;
    let session = station.session()?;
    let content = html! {
        @if !status.enrolled && !status.ended {
            (link(&asked.at("/enrol"), "solid", &both("开通工作设备", "Enrol this station")))
        }
        (by_hand::question(&asked, &asked.post.shown()))
        (scan::inputs(&asked, Place::Sampling))
        @match &session {
            Some(session) => {
                (session::duty(&asked, session))
                @if let Some(tube) = &in_hand { (tube::seats(&asked, tube)) }
                (at_work(&asked, in_hand.as_ref(), &open))
            }
            None => (session::form(&asked)?),
        }
        nav.ways aria-label="更多操作 More" {
            (upload::way(&asked, &status))
            (upload::conflicts_way(&asked, &status))
        }
    };
    Ok(asked.screen(Place::Sampling).show(said("核酸采样", "Sampling"), content).await?)
}

/// What is done with tubes between two scans. The next step stands out: a full tube is to be sealed, and after a sealed one
/// another is to be opened.
fn at_work(asked: &Asked, in_hand: Option<&TubeView>, open: &[TubeView]) -> Markup {
    let taking = in_hand.filter(|tube| tube.sealed.is_none());
    let full = taking.is_some_and(|tube| tube.taken == tube.capacity);
    let (next, another) = if open.is_empty() {
        ("solid", both("打开试管", "Open a tube"))
    } else {
        ("quiet", both("另开一管", "Another tube"))
    };
    html! {
        div.ways {
            @if taking.is_some() {
                a #to-seal.button.solid[full] href=(asked.at("/seal")) accesskey="s" { (both("封管", "Seal")) }
            }
            (tube::choice(asked, in_hand, open))
            a #to-tube.button.(next) href=(asked.at("/tube")) { (another) }
            (link(&asked.at("/by-hand"), "quiet", &both("手工登记", "By hand")))
        }
        @if taking.is_some() {
            p.hint { (both("再扫一次本管条码也可封管。", "Scanning this tube's barcode again leads to sealing, too.")) }
        }
    }
}
