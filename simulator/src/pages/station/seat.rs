//! A person in a tube: taken back for a reason, or moved to another open tube.

use axum::Router;
use axum::extract::{Form, Path};
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{Place, Presented};
use suima_station::{Error as StationError, SeatView, TubeView};

use super::super::Pages;
use super::super::layout::{banner, both, link, moment, say};
use super::super::reply::{Reply, go};
use super::Asked;
use crate::Error;
use crate::words::{Sentence, Tone, said};

/// Why somebody is taken back: as forms call it, and in words. A journal speaks one language, Chinese.
const REASONS: [(&str, &str, &str); 3] = [
    ("wrong-scan", "误扫", "Scanned by mistake"),
    ("left", "本人离开，未采样", "Left without a swab"),
    ("same-person", "与另一位是同一人", "The same person twice"),
];

/// Why somebody is moved, as the journal has it.
const WRONG_TUBE: &str = "拭子放错试管";

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/station/{id}/seat/{entry}", get(look))
        .route("/station/{id}/seat/{entry}/undo", post(undo))
        .route("/station/{id}/seat/{entry}/move", post(put))
}

/// What was shown; none for those taken by hand.
pub(super) fn presented(presented: Option<Presented>) -> Sentence {
    match presented {
        Some(Presented::NucleicAcid) => said("核酸码", "nucleic-acid code"),
        Some(Presented::Paper) => said("离线随申码", "paper code"),
        Some(Presented::Live) => said("随申码", "live code"),
        Some(Presented::Relative) => said("亲属随申码", "relative code"),
        Some(Presented::IdCard) => said("身份证", "ID card"),
        None => said("手工登记", "by hand"),
    }
}

/// Whoever was registered by `entry`, in the tube in hand or in another that is open.
fn find(asked: &Asked, entry: &str) -> Result<Option<(TubeView, SeatView)>, Error> {
    let station = asked.post.station();
    let tubes = station.tube()?.into_iter().chain(station.open_tubes()?);
    let mut found = tubes.filter_map(|tube| {
        let seat = tube.seats.iter().find(|seat| seat.entry == entry).cloned()?;
        Some((tube, seat))
    });
    Ok(found.next())
}

async fn look(asked: Asked, Path((_, entry)): Path<(String, String)>) -> Reply {
    let Some((tube, seat)) = find(&asked, &entry)? else { return Ok(go(asked.at(""))) };
    let unchecked = seat.validity.is_some_and(|validity| !validity.is_checked());
    let content = html! {
        section.panel aria-label=(seat.name) {
            p.person { b.masked { (seat.name) } @if let Some(year) = seat.birth_year { " " (both(&format!("{year}年生"), &format!("born {year}"))) } }
            dl.facts {
                div { dt { (both("试管", "Tube")) } dd { (tube.barcode) } }
                div { dt { (both("出示", "Shown")) } dd { (say(&presented(seat.presented))) } }
                div { dt { (both("登记时间", "Registered at")) } dd { (moment(seat.at)) } }
            }
            @if unchecked {
                (banner(Tone::Caution, "validity-not-checked", &said("是否作废未核对", "Not checked whether void")))
            }
        }
        @if tube.sealed.is_none() {
            (reasons(&asked, &seat))
            (ways(&asked, &tube, &seat)?)
        }
    };
    let place = seat.seat;
    let heading = said(format!("本管第{place}位"), format!("Place {place} in the tube"));
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

fn reasons(asked: &Asked, seat: &SeatView) -> Markup {
    html! {
        form.panel method="post" action=(asked.at(&format!("/seat/{}/undo", seat.entry))) aria-labelledby="undo" {
            h2 #undo { (both("撤销登记。为什么？", "Undo. Why?")) }
            div.acts {
                @for (word, zh, en) in REASONS {
                    button.danger name="reason" value=(word) { (both(zh, en)) }
                }
            }
        }
    }
}

fn ways(asked: &Asked, tube: &TubeView, seat: &SeatView) -> Result<Markup, Error> {
    let open = asked.post.station().open_tubes()?;
    let mut others = open.iter().filter(|other| other.id != tube.id).peekable();
    Ok(html! {
        section.panel aria-labelledby="move" {
            h2 #move { (both("拭子放错试管？", "Swab in the wrong tube?")) }
            @if others.peek().is_none() {
                (link(&asked.at("/tube"), "quiet", &both("先打开那一管", "Open that tube first")))
            }
            @for other in others {
                form method="post" action=(asked.at(&format!("/seat/{}/move", seat.entry))) {
                    input type="hidden" name="barcode" value=(other.barcode);
                    button { (both(&format!("移到试管 {}", other.barcode), &format!("Move to tube {}", other.barcode))) }
                }
            }
        }
    })
}

#[derive(Deserialize)]
struct Undo {
    reason: String,
}

async fn undo(
    asked: Asked,
    Path((_, entry)): Path<(String, String)>,
    Form(Undo { reason }): Form<Undo>,
) -> Reply {
    let before = find(&asked, &entry)?;
    let known = REASONS.iter().find(|(word, ..)| *word == reason);
    let reason = known.map_or(reason.as_str(), |(_, zh, _)| zh);
    let done = asked.post.station().undo(&entry, reason);
    Ok(told(&asked, &entry, done, |_| {
        let (name, seat) = before.map(|(_, seat)| (seat.name, seat.seat)).unwrap_or_default();
        let zh = format!("已撤销：{name}，第{seat}位。可以重新扫码。");
        ("undone", said(zh, format!("Undone: {name}, place {seat}. They can be scanned again.")))
    }))
}

#[derive(Deserialize)]
struct Move {
    barcode: String,
}

async fn put(
    asked: Asked,
    Path((_, entry)): Path<(String, String)>,
    Form(Move { barcode }): Form<Move>,
) -> Reply {
    let done = asked.post.station().move_registration(&entry, &barcode, WRONG_TUBE);
    Ok(told(&asked, &entry, done, |tube| {
        let seat = tube.seats.iter().find(|seat| seat.entry == entry);
        let (name, seat) = seat.map_or(("", 0), |seat| (seat.name.as_str(), seat.seat));
        let barcode = &tube.barcode;
        let zh = format!("{name} 已移到试管{barcode}，第{seat}位。");
        ("moved", said(zh, format!("{name} is in tube {barcode} now, in place {seat}.")))
    }))
}

/// What came of it: on the page of sampling, or, where it was not done, on the person's.
fn told(
    asked: &Asked,
    entry: &str,
    done: Result<TubeView, StationError>,
    say: impl FnOnce(&TubeView) -> (&'static str, Sentence),
) -> Response {
    match done {
        Ok(tube) => {
            let (id, sentence) = say(&tube);
            asked.did(id, sentence)
        }
        Err(error) => asked.not_done(&error, &format!("/seat/{entry}")),
    }
}
