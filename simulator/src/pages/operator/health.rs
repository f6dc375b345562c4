//! Health status: everybody's colour, and setting it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{Colour, Slot};
use suima_issuer::RegisteredPerson;
use suima_sentences::operator as say;

use super::super::layout::{both, moment, say as sentence};
use super::super::reply::{Failure, Reply, go};
use super::Asked;
use super::frame::{Question, Section, act, colour, colour_name, fact, person_path};
use super::notes::Note;
use super::register::{From, PAGE, next_page};
use crate::town::Town;
use crate::words::{colour_word, said};

const PATH: &str = "/operator/health";
const SET: &str = "/operator/health/set";

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route(PATH, get(look)).route(SET, get(ask).post(set))
}

async fn look(asked: Asked, Query(From { after }): Query<From>) -> Reply {
    let people = asked.issuer().register(after.map(Slot), PAGE)?;
    let content = html! {
        ul.rows {
            @for person in &people {
                li.row data-slot=(person.slot.0) {
                    a.what href=(person_path(person.slot)) { (person.name) }
                    dl.facts {
                        (fact(&both("现在", "Now"), &colour(person.colour)))
                        (fact(&both("自", "Since"), &moment(person.colour_at)))
                    }
                    div.acts { (buttons(person, PATH)) }
                }
            }
        }
        (next_page(PATH, &people))
    };
    Ok(asked.show(Section::Health, &content))
}

/// The buttons for the colours that somebody has not. A worse one voids what the better one was shown by, and is asked for
/// first.
pub(super) fn buttons(person: &RegisteredPerson, back: &str) -> Markup {
    let fields = |colour| {
        [
            ("slot", person.slot.0.to_string()),
            ("colour", colour_word(colour).to_owned()),
            ("back", back.to_owned()),
        ]
    };
    let others = [Colour::Green, Colour::Yellow, Colour::Red].into_iter();
    html! {
        @for one in others.filter(|one| *one != person.colour) {
            @if one > person.colour {
                a.button.danger href={ (SET) "?slot=" (person.slot.0) "&colour=" (colour_word(one)) "&back=" (back) } {
                    (both(&format!("改为{}…", colour_name(one).zh), &format!("Set {}…", colour_name(one).en)))
                }
            } @else {
                (act(SET, "quiet", &fields(one), &both(
                    &format!("改为{}", colour_name(one).zh), &format!("Set {}", colour_name(one).en),
                )))
            }
        }
    }
}

#[derive(Deserialize)]
struct Change {
    slot: u32,
    colour: String,
    /// The page of the operator's that it was asked for on.
    back: String,
}

impl Change {
    fn colour(&self) -> Result<Colour, Failure> {
        let colours = [Colour::Green, Colour::Yellow, Colour::Red];
        colours.into_iter().find(|one| colour_word(*one) == self.colour).ok_or(Failure::Missing)
    }

    /// The page that it was asked for on, where that is one of these.
    fn back(&self) -> &str {
        if self.back.starts_with("/operator/") { &self.back } else { PATH }
    }
}

async fn ask(asked: Asked, Query(change): Query<Change>) -> Reply {
    let person = super::person::found(&asked, change.slot)?;
    let colour = change.colour()?;
    // Somebody may have set it meanwhile: what is no worse voids nothing, and is not asked for.
    if colour <= person.colour {
        return Ok(go(change.back()));
    }
    let question = Question {
        asks: say::will_worsen(&person.name, &colour_name(colour)),
        action: SET,
        fields: &[
            ("slot", change.slot.to_string()),
            ("colour", change.colour.clone()),
            ("back", change.back().to_owned()),
        ],
        reason: false,
        yes: html! { (both("改为", "Set")) " " (sentence(&colour_name(colour))) },
        back: change.back(),
    };
    let heading = said("变更健康状态", "Set a health status");
    Ok(asked.show_at(Section::Health, SET, &heading, &question.draw()))
}

async fn set(asked: Asked, Form(change): Form<Change>) -> Reply {
    let person = super::person::found(&asked, change.slot)?;
    let colour = change.colour()?;
    asked.outcome(change.back(), asked.issuer().set_colour(person.slot, colour), |()| {
        Note::good("colour-set", say::colour_set(&person.name, &colour_name(colour)))
    })
}
