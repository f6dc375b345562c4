//! Regenerating a nucleic-acid code: what it voids is named and asked first, and what came of it is said (R9).

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{Slot, UnixTime};
use suima_wallet::{Confirmation, Regenerated, RegenerationWarning};

use super::super::Pages;
use super::super::layout::{banner, both, link, moment};
use super::super::reply::Reply;
use super::Asked;
use super::codes::CodeKind;
use super::screen::refused;
use crate::phone::Message;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/phone/{id}/regenerate/{slot}", get(ask).post(regenerate))
}

async fn ask(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    let shown = CodeKind::NucleicAcid.path(Slot(slot));
    let content = match asked.phone.wallet().warning(Slot(slot)) {
        Ok(warning) => question(&asked, &shown, &warning),
        Err(error) => refused(&asked, &error),
    };
    let screen = asked.screen().back_to(&shown);
    Ok(screen.show(said("重新生成核酸码", "Regenerate the nucleic-acid code"), content).await?)
}

fn question(asked: &Asked, shown: &str, warning: &RegenerationWarning) -> Markup {
    let RegenerationWarning { voids, sentence_zh, sentence_en, confirm } = warning;
    html! {
        (banner(Tone::Caution, "warning", &said(sentence_zh, sentence_en)))
        @if let Some(made) = voids {
            dl.facts.voids data-voided[made.voided] {
                div { dt { (both("将作废", "Will be void")) } dd { span #voids { (moment(made.iat)) } " " span #voids-by { (made.by) } } }
            }
        }
        form.choice method="post" action=(asked.at(&format!("/regenerate/{}", confirm.slot))) {
            // What was on the screen when the person agreed: nothing else may be voided.
            @if let Some(void) = confirm.void { input type="hidden" name="void" value=(void.get()); }
            button.danger.solid { (both("重新生成", "Regenerate")) }
        }
        (link(&asked.at(shown), "quiet", &both("先不", "Not now")))
    }
}

/// What the person agreed to void: the `iat` of the code they were shown, if there was one.
#[derive(Deserialize)]
struct Agreed {
    void: Option<u32>,
}

async fn regenerate(
    asked: Asked,
    Path((_, slot)): Path<(String, u32)>,
    Form(Agreed { void }): Form<Agreed>,
) -> Reply {
    let slot = Slot(slot);
    asked.phone.begin();
    let confirm = Confirmation { slot, void: void.map(UnixTime::new) };
    match asked.phone.wallet().regenerate(confirm).await {
        Ok(outcome) => asked.phone.tell(outcome_message(slot, &outcome)),
        Err(error) => asked.phone.tell(&error),
    }
    Ok(asked.done(&CodeKind::NucleicAcid.path(slot)))
}

fn outcome_message(slot: Slot, outcome: &Regenerated) -> Message {
    let (tone, id) = match outcome {
        Regenerated::Made { .. } => (Tone::Good, "made"),
        Regenerated::Overtaken { .. } => (Tone::Caution, "overtaken"),
        Regenerated::Behind { .. } => (Tone::Caution, "behind"),
        Regenerated::TooLate => (Tone::Bad, "too-late"),
        Regenerated::UsedUp => (Tone::Bad, "used-up"),
        Regenerated::Pending { .. } => (Tone::Caution, "pending"),
    };
    let message = Message::new(tone, id, outcome.sentence());
    match outcome {
        Regenerated::Behind { .. } | Regenerated::TooLate => {
            message.leading_to(format!("/regenerate/{slot}"), said("再生成一个", "Make another"))
        }
        _ => message,
    }
}
