//! What comes into a post: typed by a scanner gun, read by a camera or from a picture, or held out by somebody in the city.
//! Whichever way a text came, one place takes it.

use axum::Router;
use axum::extract::Form;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Place;
use suima_station::input::{PAUSE_MS, REST_MS, Typed, normalise};
use suima_station::{Error, Finding};

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::Reply;
use super::{Asked, camera, id_card, pictures, tube};
use crate::post::Outcome;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/scan", post(scan)).route("/station/{id}/next", post(next))
}

/// What a scan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum Work {
    /// To register somebody in the tube in hand.
    Sampling,
    /// To know what a code is worth at sampling, and register nobody.
    Look,
    /// To open a gate.
    Gate,
    /// To be checked by a staff member at a door.
    ManualCheck,
}

impl Work {
    /// As forms and addresses call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sampling => "sampling",
            Self::Look => "look",
            Self::Gate => "gate",
            Self::ManualCheck => "manual-check",
        }
    }

    /// The page for it.
    pub fn path(self) -> &'static str {
        match self {
            Self::Sampling => "",
            Self::Look => "/look",
            Self::Gate => "/gate",
            Self::ManualCheck => "/door",
        }
    }
}

impl From<Place> for Work {
    fn from(place: Place) -> Self {
        match place {
            Place::Sampling => Self::Sampling,
            Place::Gate => Self::Gate,
            Place::ManualCheck => Self::ManualCheck,
        }
    }
}

/// Every way in: the field that takes whatever is typed, the ID card, the camera and a picture.
pub(super) fn inputs(asked: &Asked, work: impl Into<Work>) -> Markup {
    let work = work.into();
    html! {
        section #inputs.inputs aria-label="扫码 Scanning" {
            (field(asked, work))
            (id_card::asked_for(asked, work))
            div.other-ways {
                (camera::panel(asked, work))
                (pictures::panel(asked, work))
            }
        }
    }
}

/// The one field that takes everything.
fn field(asked: &Asked, work: Work) -> Markup {
    html! {
        form #scan-form.scan method="post" action=(asked.at("/scan")) data-quiet
            data-wedge=(asked.at("/wedge")) data-pause=(PAUSE_MS) data-rest=(REST_MS)
        {
            input type="hidden" name="place" value=(work.word());
            label.field for="scan" { (both("扫码枪对准这里", "The scanner types here")) }
            input #scan name="text" autocomplete="off" autocapitalize="off" spellcheck="false" autofocus;
            button { (both("扫码", "Scan")) }
        }
    }
}

#[derive(Deserialize)]
struct Scanned {
    place: Work,
    text: String,
}

async fn scan(asked: Asked, Form(Scanned { place, text }): Form<Scanned>) -> Reply {
    // The Enter of a scanner that paused before it comes after its text was taken: what that came to stays.
    if normalise(&text).is_empty() {
        return Ok(asked.goes_on(None));
    }
    let next = take(&asked, place, &text).await;
    Ok(asked.goes_on(next))
}

/// The next person steps up: nothing of whoever was there is needed any more.
async fn next(asked: Asked) -> Reply {
    asked.post.clear();
    Ok(asked.done())
}

/// Takes a text, whichever way it came, and shows what came of it. Gives the page where the work goes on, where that is
/// another one.
pub(super) async fn take(asked: &Asked, work: Work, text: &str) -> Option<String> {
    let text = &normalise(text);
    // The name that follows the number of an ID card may have the letters of a barcode.
    let named = asked.post.at_hand().card.is_some() && is_name(text);
    let decided = match Typed::of(text) {
        Typed::Barcode(_) | Typed::Unknown if named => id_card::named(asked, work, text).await,
        Typed::Barcode(barcode) if work == Work::Sampling => match tube::scanned(asked, &barcode) {
            Ok(next) => return next,
            Err(error) => Err(error),
        },
        Typed::IdCard(_) if work == Work::Look => {
            let codes =
                said("这里只查码，不查身份证。", "Codes are looked up here, and no ID cards.");
            Ok(Some(Outcome::Said(Tone::Caution, "no-card-here", codes)))
        }
        Typed::IdCard(number) => id_card::read(asked, work, number).await.map(Some),
        _ => by_code(asked, work, text).map(Some),
    };
    match decided {
        Ok(Some(outcome)) => asked.post.show(outcome),
        Ok(None) => {}
        Err(error) => asked.post.show(Outcome::from(&error)),
    }
    None
}

/// What comes of a code, and of what is none.
fn by_code(asked: &Asked, work: Work, text: &str) -> Result<Outcome, Error> {
    let station = asked.post.station();
    let outcome = match work {
        Work::Sampling => Outcome::Registration(Box::new(station.register(text)?)),
        Work::Look => Outcome::Scan(Box::new(station.decide(text, Place::Sampling)?)),
        Work::Gate => Outcome::Door(Place::Gate, Box::new(station.gate(text)?)),
        Work::ManualCheck => Outcome::Door(Place::ManualCheck, Box::new(station.check(text)?)),
    };
    let mut at_hand = asked.post.at_hand();
    (at_hand.card, at_hand.person) = (None, None);
    at_hand.paper = paper_to_compare(&outcome, text);
    Ok(outcome)
}

/// The code that waits for an ID card, where the core asks for one.
fn paper_to_compare(outcome: &Outcome, text: &str) -> Option<String> {
    match outcome {
        Outcome::Door(_, view) if view.finding == Finding::NeedsIdCard => Some(text.to_owned()),
        _ => None,
    }
}

/// Whether a text may be the name that a reader types after a number: names have no digits, barcodes and codes do.
fn is_name(text: &str) -> bool {
    let letters = |character: char| !character.is_ascii_digit() && !"$%*+/:".contains(character);
    text.chars().all(letters) && !text.trim().is_empty()
}
