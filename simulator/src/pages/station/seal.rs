//! Sealing a tube: the swabs are counted, and where the numbers differ, explained or counted again.

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::get;
use maud::html;
use serde::Deserialize;
use suima_code::Place;
use suima_station::{Error as StationError, Refusal, TubeView};

use super::super::Pages;
use super::super::layout::both;
use super::super::reply::{Reply, go};
use super::Asked;
use crate::post::Outcome;
use crate::words::{Sentence, Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/seal", get(look).post(seal))
}

#[derive(Deserialize)]
struct Counted {
    /// As they were counted when that did not fit.
    swabs: Option<u8>,
}

async fn look(asked: Asked, Query(Counted { swabs }): Query<Counted>) -> Reply {
    let tube = asked.post.station().tube()?.filter(|tube| tube.sealed.is_none());
    let Some(tube) = tube else { return Ok(go(asked.at(""))) };
    let people = tube.taken;
    let content = html! {
        form #seal.panel method="post" action=(asked.at("/seal")) {
            p.person { (both("试管", "Tube")) " " b { (tube.barcode) } }
            p.large { (both(&format!("已登记{people}人"), &format!("{people} registered"))) }
            label.field {
                (both("数一数拭子", "Count the swabs"))
                input.digits name="swabs" value=[swabs] required pattern="[0-9]{1,2}" inputmode="numeric"
                    autocomplete="off" autofocus[swabs.is_none()];
            }
            @if swabs.is_some() {
                label.field {
                    (both("数目不符的说明", "Why the numbers differ"))
                    input name="explanation" autocomplete="off" autofocus;
                }
            }
            button.solid { (both("封管", "Seal")) }
            p.hint { (both("封管后不能再改动。", "A sealed tube cannot be changed.")) }
        }
    };
    let heading = said("封管", "Seal the tube");
    Ok(asked.screen(Place::Sampling).beside().show(heading, content).await?)
}

#[derive(Deserialize)]
struct Seal {
    swabs: String,
    explanation: Option<String>,
}

async fn seal(asked: Asked, Form(Seal { swabs, explanation }): Form<Seal>) -> Reply {
    let Some(swabs) = swabs.trim().parse().ok().filter(|swabs| *swabs < 100) else {
        let number = said("请填写拭子数，0至99。", "Enter the number of swabs, 0 to 99.");
        return Ok(asked.told(Outcome::Said(Tone::Caution, "swabs", number), "/seal"));
    };
    Ok(match asked.post.station().seal(swabs, explanation.as_deref()) {
        Ok(tube) => asked.did("sealed", sealed(&tube, swabs)),
        Err(error) => {
            let asks = matches!(
                error,
                StationError::Refused(Refusal::CountMismatch { .. } | Refusal::Text { .. })
            );
            let page = if asks { format!("/seal?swabs={swabs}") } else { "/seal".to_owned() };
            asked.not_done(&error, &page)
        }
    })
}

fn sealed(tube: &TubeView, swabs: u8) -> Sentence {
    let (barcode, people) = (&tube.barcode, tube.taken);
    said(
        format!("试管{barcode}已封管：{people}人，{swabs}支拭子。请扫下一支试管条码。"),
        format!(
            "Tube {barcode} is sealed. People: {people}, swabs: {swabs}. Scan the next tube's barcode."
        ),
    )
}
