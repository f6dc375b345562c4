//! People whom a scan alone does not register: those who are not in the register, and those who may be in the tube already.

use axum::Router;
use axum::extract::Form;
use axum::routing::get;
use maud::{Markup, html};
use suima_code::Place;
use suima_station::Registration;

use super::super::Pages;
use super::super::layout::{both, button};
use super::super::reply::Reply;
use super::Asked;
use crate::post::{Outcome, Person, Shown};
use crate::words::said;

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/by-hand", get(look).post(register))
}

/// Where an ID card may be of somebody in the tube: the two answers.
pub(super) fn question(asked: &Asked, shown: &Shown) -> Markup {
    let asks = matches!(&shown.outcome, Some(Outcome::Registration(registration))
        if matches!(**registration, Registration::MaybeTwice { .. }));
    let name = asked.post.at_hand().card.as_ref().and_then(|card| card.name.clone());
    html! {
        @if asks {
            section #twice.panel aria-labelledby="twice-title" {
                h2 #twice-title { (both("可能是同一人", "Maybe the same person")) }
                @if let Some(name) = name { p.person { b { (name) } } }
                div.acts {
                    form method="post" action=(asked.at("/id-card")) {
                        input type="hidden" name="place" value="sampling";
                        input type="hidden" name="confirmed" value="true";
                        button.solid { (both("不是同一人，登记", "Somebody else: register")) }
                    }
                    (button(&asked.at("/next"), "quiet", &both("是同一人，不登记", "The same: do not register")))
                }
            }
        }
    }
}

async fn look(asked: Asked) -> Reply {
    let typed = asked.post.at_hand().person.clone();
    let typed = typed.as_ref();
    let content = html! {
        form.panel method="post" action=(asked.at("/by-hand")) {
            p { (both("用于不在登记册中的人，如访客、婴儿。", "For people who are not in the register, such as visitors and infants.")) }
            label.field { (both("姓名", "Name")) input name="name" value=[typed.map(|typed| &typed.name)] required autofocus autocomplete="off"; }
            label.field {
                (both("证件号（如有）", "Document number, if any"))
                input name="document" value=[typed.and_then(|typed| typed.document.as_ref())]
                    autocomplete="off" autocapitalize="characters" spellcheck="false";
            }
            label.field {
                (both("联系方式", "Contact"))
                input name="contact" value=[typed.map(|typed| &typed.contact)] required inputmode="tel" autocomplete="off";
            }
            button.solid { (both("登记", "Register")) }
        }
    };
    let heading = said("手工登记", "By hand");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

async fn register(asked: Asked, Form(person): Form<Person>) -> Reply {
    let document = person.document.as_deref();
    match asked.post.station().register_by_hand(&person.name, document, &person.contact) {
        Ok(registration) => {
            // Where the tube is full or sealed they are registered in the next, with what was typed.
            let done = matches!(registration, Registration::Registered(_));
            asked.post.at_hand().person = (!done).then_some(person);
            asked.post.show(Outcome::Registration(Box::new(registration)));
            Ok(asked.leads_to(&asked.at("")))
        }
        Err(error) => {
            asked.post.at_hand().person = Some(person);
            Ok(asked.not_done(&error, "/by-hand"))
        }
    }
}
