//! ID cards: a reader types the number, Tab, the name and Enter; without a reader, a person types them.

use axum::Router;
use axum::extract::Form;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{IdNumber, Place};
use suima_station::{Error, Refusal, Registration};

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::Reply;
use super::Asked;
use super::scan::Work;
use crate::post::{Card, Outcome};
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/id-card", post(typed))
}

/// Whether the name is asked for too. A gate asks for the number alone, and so does a door where no paper code is at hand.
fn asks_name(asked: &Asked, work: Work) -> bool {
    match work {
        Work::Sampling => true,
        Work::ManualCheck => asked.post.at_hand().paper.is_some(),
        Work::Look | Work::Gate => false,
    }
}

/// The fields for an ID card. They stand open where one is waited for.
pub(super) fn asked_for(asked: &Asked, work: Work) -> Markup {
    if work == Work::Look {
        return html! {};
    }
    let name = asks_name(asked, work);
    let (card, compared) = {
        let at_hand = asked.post.at_hand();
        let waits = |card: &Card| card.name.is_none() && sound(&card.number).is_ok();
        (at_hand.card.clone().filter(waits), work == Work::ManualCheck && at_hand.paper.is_some())
    };
    let waits = (name && card.is_some()) || compared;
    let label = match (work, compared) {
        (Work::Sampling, _) => both("用身份证登记", "Register by ID card"),
        (_, true) => both("与身份证比对并查询", "Compare with the ID card"),
        _ => both("查身份证", "Look up an ID card"),
    };
    html! {
        details #id-card.id-card open[waits] data-open=(waits) {
            summary { (label) }
            form method="post" action=(asked.at("/id-card")) data-quiet {
                input type="hidden" name="place" value=(work.word());
                @match card.filter(|_| name) {
                    Some(card) => {
                        p #card-read { (both("已读身份证", "ID card read")) " " span.count { (masked(&card)) } }
                    }
                    None => {
                        label.field {
                            (both("身份证号", "ID number"))
                            input #id-number name="number" required autocomplete="off" autocapitalize="characters" spellcheck="false";
                        }
                    }
                }
                @if name {
                    label.field {
                        (both("证上姓名", "Name on the card"))
                        input #id-name name="name" required autocomplete="off" spellcheck="false";
                    }
                }
                button.solid { (label) }
            }
        }
    }
}

/// As much of a number as others may see.
fn masked(card: &Card) -> String {
    IdNumber::parse(&card.number).map(|number| number.to_string()).unwrap_or_default()
}

#[derive(Deserialize)]
struct Given {
    place: Work,
    /// Without it the card is meant that was read last.
    number: Option<String>,
    name: Option<String>,
    /// Whether it was asked that this is somebody else.
    #[serde(default)]
    confirmed: bool,
}

async fn typed(asked: Asked, Form(given): Form<Given>) -> Reply {
    let read = asked.post.at_hand().card.clone();
    let card = match (given.number, read) {
        (Some(number), _) => sound(&number).map(|card| Card { name: given.name, ..card }),
        (None, Some(Card { number, name })) => Ok(Card { number, name: given.name.or(name) }),
        (None, None) => return Ok(asked.done()),
    };
    let outcome = match card {
        Ok(card) => whole(&asked, given.place, card, given.confirmed).await,
        Err(error) => Err(error),
    };
    asked.post.show(outcome.unwrap_or_else(|error| Outcome::from(&error)));
    Ok(asked.done())
}

/// A number came in alone.
pub(super) async fn read(asked: &Asked, work: Work, number: String) -> Result<Outcome, Error> {
    match sound(&number) {
        Ok(card) => whole(asked, work, card, false).await,
        Err(error) => {
            // The name that a reader types next is that of a card that was misread.
            asked.post.at_hand().card = Some(Card { number, name: None });
            Err(error)
        }
    }
}

/// A name came in after a number. Where the number was enough it says nothing new.
pub(super) async fn named(asked: &Asked, work: Work, name: &str) -> Result<Option<Outcome>, Error> {
    let card = asked.post.at_hand().card.clone();
    match card {
        Some(Card { number, name: None }) if asks_name(asked, work) && sound(&number).is_ok() => {
            let card = Card { number, name: Some(name.to_owned()) };
            whole(asked, work, card, false).await.map(Some)
        }
        // A reader types one name after a number: the text after that is something else.
        Some(Card { name: None, .. }) => {
            asked.post.at_hand().card = None;
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// What comes of an ID card; it waits for its name where that is asked for.
async fn whole(asked: &Asked, work: Work, card: Card, confirmed: bool) -> Result<Outcome, Error> {
    let station = asked.post.station();
    let paper = asked.post.at_hand().paper.clone();
    asked.post.at_hand().card = Some(card.clone());
    let Card { number, name } = &card;
    let outcome = match (work, paper, name) {
        (Work::Sampling, _, Some(name)) => {
            let registration = station.register_id_card(number, name, confirmed)?;
            // The question whether this is somebody else is about this card.
            if !matches!(registration, Registration::MaybeTwice { .. }) {
                asked.post.at_hand().card = None;
            }
            Outcome::Registration(Box::new(registration))
        }
        (Work::ManualCheck, Some(code), Some(name)) => {
            let view = station.check_paper(&code, number, name).await?;
            let mut at_hand = asked.post.at_hand();
            (at_hand.paper, at_hand.card) = (None, None);
            Outcome::Door(Place::ManualCheck, Box::new(view))
        }
        (Work::Sampling, _, None) | (Work::ManualCheck, Some(_), None) => {
            let shown = masked(&card);
            let wanted = said(
                format!("身份证 {shown}：请输入姓名。"),
                format!("ID card {shown}: enter the name."),
            );
            Outcome::Said(Tone::Plain, "name-wanted", wanted)
        }
        (Work::ManualCheck, None, _) => {
            Outcome::Door(Place::ManualCheck, Box::new(station.check_id_card(number).await?))
        }
        (Work::Gate | Work::Look, ..) => {
            Outcome::Door(Place::Gate, Box::new(station.gate_id_card(number).await?))
        }
    };
    Ok(outcome)
}

/// An ID card whose number is sound, or what is wrong with it.
fn sound(number: &str) -> Result<Card, Error> {
    IdNumber::parse(number).map_err(Refusal::from)?;
    Ok(Card { number: number.to_owned(), name: None })
}
