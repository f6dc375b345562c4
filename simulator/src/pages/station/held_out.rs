//! What people of the city hold out to the scanner: the codes on their phones, the pictures in their albums, their ID cards.
//! So that whoever has no camera can scan.

use axum::Router;
use axum::extract::Form;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;
use suima_code::qr::read_picture;
use suima_wallet::{PersonView, Relation};

use super::super::Pages;
use super::super::layout::{both, moment, say};
use super::super::photograph;
use super::super::reply::{Failure, Reply};
use super::Asked;
use super::scan::{self, Work};
use crate::people::{EVERYBODY, Resident};
use crate::phone::Phone;
use crate::post::Outcome;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/station/{id}/held-out", post(phone))
        .route("/station/{id}/print", post(print))
        .route("/station/{id}/read-card", post(card))
}

/// One button for each thing that can be held out.
pub(super) fn panel(asked: &Asked, work: Work) -> Markup {
    let phones = asked.pages.devices.phones();
    html! {
        details #held-out open data-open="true" {
            summary { (both("出示给扫码枪", "Hold out to the scanner")) }
            @for phone in &phones { (of_phone(asked, work, phone)) }
            (prints(asked, work))
            @if asked.pages.town.is_some() && work != Work::Look { (cards(asked, work)) }
        }
    }
}

fn of_phone(asked: &Asked, work: Work, phone: &Phone) -> Markup {
    let id = &phone.device.id;
    let people = phone.wallet().family().unwrap_or_default();
    let held: Vec<PersonView> = people.into_iter().filter(|person| person.held).collect();
    let album = phone.album().unwrap_or_default();
    if held.is_empty() && album.is_empty() {
        return html! {};
    }
    let button = |kind: &str, which: &str, label: &Markup| {
        html! {
            form method="post" action=(asked.at("/held-out")) data-quiet {
                input type="hidden" name="place" value=(work.word());
                input type="hidden" name="phone" value=(id);
                input type="hidden" name="which" value=(which);
                button name="kind" value=(kind) { (label) }
            }
        }
    };
    html! {
        section.holder id={ "held-out-" (id) } {
            h3 { (say(&phone.name().unwrap_or_else(|| said(id, id)))) }
            div.acts {
                @for person in &held {
                    @let slot = person.slot.to_string();
                    @let live = match person.relation {
                        Relation::Oneself => both("随申码", "live code"),
                        _ => both("亲属随申码", "relative code"),
                    };
                    (button("live", &slot, &html! { b { (person.name) } " " (live) }))
                    (button("nucleic-acid", &slot, &html! { b { (person.name) } " " (both("核酸码", "nucleic-acid code")) }))
                }
                @for picture in &album {
                    (button("picture", &picture.name, &html! { b { (picture.caption) } " " (both("图片", "picture")) }))
                }
            }
        }
    }
}

/// What was printed at the portal or a terminal.
fn prints(asked: &Asked, work: Work) -> Markup {
    let prints = asked.pages.town.as_ref().map(|town| town.screens.prints()).unwrap_or_default();
    html! {
        @if !prints.is_empty() {
            section #held-out-prints.holder {
                h3 { (both("打印的码", "Printed codes")) }
                div.acts {
                    @for print in &prints {
                        form method="post" action=(asked.at("/print")) data-quiet {
                            input type="hidden" name="place" value=(work.word());
                            button name="text" value=(print.text) { b { (print.label) } " " (both("打印件", "print")) " " (moment(print.since)) }
                        }
                    }
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Printed {
    place: Work,
    text: String,
}

async fn print(asked: Asked, Form(Printed { place, text }): Form<Printed>) -> Reply {
    scan::take(&asked, place, &text).await;
    Ok(asked.done())
}

fn cards(asked: &Asked, work: Work) -> Markup {
    html! {
        section #held-out-cards.holder {
            h3 { (both("放上读卡器的身份证", "ID cards on the reader")) }
            div.acts {
                @for (number, resident) in EVERYBODY.iter().enumerate() {
                    form method="post" action=(asked.at("/read-card")) data-quiet {
                        input type="hidden" name="place" value=(work.word());
                        button name="whose" value=(number) { b { (resident.name) } " " (both("身份证", "ID card")) }
                    }
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct HeldOut {
    place: Work,
    phone: String,
    kind: Kind,
    /// The person's slot, or the picture's name.
    which: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Live,
    NucleicAcid,
    Picture,
}

async fn phone(asked: Asked, Form(held_out): Form<HeldOut>) -> Reply {
    let HeldOut { place, phone, kind, which } = held_out;
    let phone = asked.pages.devices.phone(&phone).ok_or(Failure::Missing)?;
    let wallet = phone.wallet();
    let slot = || which.parse().map(Slot).map_err(|_| Failure::Missing);
    let text = match kind {
        Kind::Live => {
            wallet.show_live(slot()?).map(|view| view.text).map_err(|error| no_code(&error))
        }
        Kind::NucleicAcid => {
            wallet.show_nucleic_acid(slot()?).map(|view| view.text).map_err(|error| no_code(&error))
        }
        Kind::Picture => read_picture(&phone.picture(&which)?).map_err(|error| {
            let (id, sentence) = photograph::unread(&error);
            Outcome::Said(Tone::Caution, id, sentence)
        }),
    };
    match text {
        Ok(text) => {
            scan::take(&asked, place, &text).await;
        }
        Err(outcome) => asked.post.show(outcome),
    }
    Ok(asked.done())
}

/// What the phone shows where there is no code on it.
fn no_code(error: &suima_wallet::Error) -> Outcome {
    Outcome::Said(Tone::Caution, error.id(), error.sentence())
}

#[derive(Deserialize)]
struct OnReader {
    place: Work,
    whose: usize,
}

/// A reader types the number, and then the name.
async fn card(asked: Asked, Form(OnReader { place, whose }): Form<OnReader>) -> Reply {
    let resident: &Resident = EVERYBODY.get(whose).ok_or(Failure::Missing)?;
    for text in [resident.id_number(), resident.name.to_owned()] {
        scan::take(&asked, place, &text).await;
    }
    Ok(asked.done())
}
