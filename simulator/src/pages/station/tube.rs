//! Tubes: opened, taken in hand, and drawn as a row of people.

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Place;
use suima_station::{Error as StationError, Refusal, SeatView, TubeView};

use super::super::Pages;
use super::super::layout::{both, say};
use super::super::reply::{Reply, escaped};
use super::{Asked, seat};
use crate::post::Outcome;
use crate::words::{Tone, said};

/// For how many people tubes are made.
const CAPACITIES: [u8; 4] = [1, 5, 10, 20];

/// The capacity that is offered first where there was no tube before.
const USUAL: u8 = 10;

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/station/{id}/tube", get(look).post(open))
        .route("/station/{id}/select", post(select))
}

/// A barcode came in. An open tube is taken in hand, and the one that is in hand with people in it is to be sealed; for any
/// other the staff say for how many it is. Gives the page for that, where it is another one.
pub(super) fn scanned(asked: &Asked, barcode: &str) -> Result<Option<String>, StationError> {
    let station = asked.post.station();
    // Before anybody is asked what tube it is.
    if station.session()?.is_none() {
        return Err(Refusal::NoSession.into());
    }
    let in_hand = station.tube()?;
    Ok(match station.select_tube(barcode) {
        Ok(tube) if tube.taken > 0 && in_hand.is_some_and(|before| before.id == tube.id) => {
            Some(asked.at("/seal"))
        }
        Ok(tube) => {
            asked.post.show(Outcome::Said(Tone::Good, "tube-in-hand", ready(&tube)));
            None
        }
        Err(StationError::Refused(_)) => {
            Some(asked.at(&format!("/tube?barcode={}", escaped(barcode))))
        }
        Err(error) => return Err(error),
    })
}

/// A tube that takes people.
fn ready(tube: &TubeView) -> crate::words::Sentence {
    let (barcode, taken, capacity) = (&tube.barcode, tube.taken, tube.capacity);
    said(
        format!("试管{barcode}，{capacity}人管，已有{taken}人。请扫码。"),
        format!("Tube {barcode}, for {capacity}, has {taken}. Scan a code."),
    )
}

/// The open tubes beside the one in hand: each is a button that takes it in hand.
pub(super) fn choice(asked: &Asked, in_hand: Option<&TubeView>, open: &[TubeView]) -> Markup {
    let others = open.iter().filter(|tube| in_hand.is_none_or(|one| one.id != tube.id));
    html! {
        @for tube in others {
            form method="post" action=(asked.at("/select")) {
                input type="hidden" name="barcode" value=(tube.barcode);
                button {
                    (both(&format!("换到试管 {}", tube.barcode), &format!("Take tube {}", tube.barcode)))
                    span.count { (tube.taken) "/" (tube.capacity) }
                }
            }
        }
    }
}

/// The tube as a row of people.
pub(super) fn seats(asked: &Asked, tube: &TubeView) -> Markup {
    let latest = match asked.post.shown().outcome {
        Some(Outcome::Registration(registration)) => match *registration {
            suima_station::Registration::Registered(done) => Some(done.entry),
            _ => None,
        },
        _ => None,
    };
    html! {
        section #tube.tube data-taken=(tube.taken)
            data-sealed[tube.sealed.is_some()] aria-labelledby="tube-title"
        {
            h2 #tube-title {
                (both("试管", "Tube")) " " b { (tube.barcode) } " "
                span.count { (tube.taken) "/" (tube.capacity) }
                @if tube.sealed.is_some() { " " (both("已封管", "sealed")) }
            }
            ol.seats {
                @for place in 1..=tube.capacity {
                    @let found = tube.seats.iter().find(|seat| seat.seat == place);
                    li id={ "seat-" (place) } {
                        @match found {
                            Some(seat) => (taken(asked, seat, latest.as_ref() == Some(&seat.entry))),
                            None => span.seat { span.place { (place) } (both("空", "free")) },
                        }
                    }
                }
            }
        }
    }
}

fn taken(asked: &Asked, seat: &SeatView, latest: bool) -> Markup {
    let unchecked = seat.validity.is_some_and(|validity| !validity.is_checked());
    html! {
        a.seat.taken.latest[latest] href=(asked.at(&format!("/seat/{}", seat.entry))) data-unchecked[unchecked] {
            span.place { (seat.seat) @if unchecked { " " (both("未核对", "unchecked")) } }
            b.masked { (seat.name) }
            span.presented { (say(&seat::presented(seat.presented))) }
        }
    }
}

#[derive(Deserialize)]
struct Barcode {
    #[serde(default)]
    barcode: String,
}

async fn look(asked: Asked, Query(Barcode { barcode }): Query<Barcode>) -> Reply {
    let station = asked.post.station();
    let usual = station.tube()?.map_or(USUAL, |tube| tube.capacity);
    let open = station.open_tubes()?;
    let barcodes: Vec<_> = open.iter().map(|tube| tube.barcode.as_str()).collect();
    let size = |people: u8| both(&format!("{people}人管"), &format!("For {people}"));
    let content = html! {
        form.panel method="post" action=(asked.at("/tube")) {
            @if !open.is_empty() {
                input type="hidden" name="beside" value="yes";
                p.hint { (both("还开着：", "Still open:")) " " b { (barcodes.join(" ")) } }
            }
            label.field {
                (both("试管条码", "The tube's barcode"))
                input name="barcode" value=(barcode) required autofocus autocomplete="off" autocapitalize="characters" spellcheck="false";
            }
            fieldset.capacities {
                legend { (both("这支试管采几人？", "For how many is this tube?")) }
                // Enter presses the first.
                button.solid name="capacity" value=(usual) { (size(usual)) }
                @for people in CAPACITIES.into_iter().filter(|people| *people != usual) {
                    button name="capacity" value=(people) { (size(people)) }
                }
            }
        }
    };
    let heading = said("打开试管", "Open a tube");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

#[derive(Deserialize)]
struct Tube {
    barcode: String,
    capacity: u8,
    beside: Option<String>,
}

async fn open(asked: Asked, Form(Tube { barcode, capacity, beside }): Form<Tube>) -> Reply {
    let station = asked.post.station();
    let opened = match beside {
        Some(_) => station.open_tube_beside(&barcode, capacity),
        None => station.open_tube(&barcode, capacity),
    };
    Ok(match opened {
        Ok(tube) => asked.did("tube-opened", ready(&tube)),
        Err(error) => asked.not_done(&error, &format!("/tube?barcode={}", escaped(&barcode))),
    })
}

async fn select(asked: Asked, Form(Barcode { barcode }): Form<Barcode>) -> Reply {
    Ok(match asked.post.station().select_tube(&barcode) {
        Ok(tube) => asked.did("tube-in-hand", ready(&tube)),
        Err(error) => {
            asked.post.show(Outcome::from(&error));
            asked.leads_to(&asked.at(""))
        }
    })
}
