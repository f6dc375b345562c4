//! Who holds a person's code, and who made which of their nucleic-acid codes; ending a holding, and what the other may have
//! kept.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use maud::{Markup, html};
use suima_code::{HoldingNumber, Slot, StaticKind};
use suima_wallet::{HolderView, KeptCode, PersonView};

use super::super::Pages;
use super::super::layout::{banner, both, button, link, moment, say};
use super::super::reply::{Reply, go};
use super::Asked;
use super::codes::relation;
use super::paper::places;
use super::screen::Way;
use crate::phone::Message;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/family/{slot}/holders", get(look))
        .route("/phone/{id}/family/{slot}/end/{holding}", get(question).post(end))
        .route("/phone/{id}/family/ended", post(ended_read))
}

/// How many codes of the past are listed; in elder mode fewer.
const HISTORY: usize = 10;
const HISTORY_ELDER: usize = 3;

async fn look(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let slot = Slot(slot);
    let Some(person) = person(&asked, slot)? else { return Ok(go(asked.at("/family"))) };
    let wallet = asked.phone.wallet();
    let holders = wallet.holders(slot)?;
    let history = if person.held { wallet.history(slot)? } else { Vec::new() };
    let most = if asked.display.elder { HISTORY_ELDER } else { HISTORY };
    // One that is in the list is ended there.
    let own = person.holding.filter(|own| {
        holders.iter().all(|holder| holder.holding != *own)
            && wallet.end_warning(slot, *own).is_ok()
    });
    let content = html! {
        h2 { span.name { (person.name) } " " span.soft { (say(&relation(person.relation))) } }
        (kept(&asked, slot))
        @if holders.is_empty() { p { (both("除本人外没有人持有。", "Nobody else holds it.")) } }
        ul.cards { @for holder in &holders { (one(&asked, holder)) } }
        @if let Some(holding) = own {
            (link(&asked.at(&format!("/family/{slot}/end/{holding}")), "quiet", &both("从本机移除", "Remove from this phone")))
        }
        @if !history.is_empty() {
            h2 { (both("核酸码生成记录", "Nucleic-acid codes made")) }
            ul.rows {
                @for made in history.iter().take(most) {
                    li {
                        (moment(made.iat)) " " (both("生成", "made by")) " " span.by { (made.by) }
                        @if made.voided { " · " (both("之前的已作废", "voided the one before")) }
                    }
                }
            }
        }
    };
    let screen = asked.screen().on(Way::Family).back_to("/family");
    Ok(screen.show(said("谁持有此码", "Who holds this code"), content).await?)
}

fn person(asked: &Asked, slot: Slot) -> Result<Option<PersonView>, suima_wallet::Error> {
    Ok(asked.phone.wallet().family()?.into_iter().find(|person| person.slot == slot))
}

/// What ending is called: on this phone it is removing.
fn label(this_device: bool) -> Markup {
    if this_device {
        both("从本机移除", "Remove from this phone")
    } else {
        both("停用", "End it")
    }
}

fn one(asked: &Asked, holder: &HolderView) -> Markup {
    let HolderView { slot, holding, .. } = holder;
    let said_of = format!("holding-{holding}");
    html! {
        li.panel data-holder=(holder.name) data-this-device[holder.this_device] {
            p #(said_of).said data-since=(holder.since.get()) { (say(&holder.sentence)) }
            div.acts {
                a.button href=(asked.at(&format!("/family/{slot}/end/{holding}"))) aria-describedby=(said_of) { (label(holder.this_device)) }
            }
        }
    }
}

/// What somebody may have kept whose holding was ended, until it was read. What was voided since is no question any more.
fn kept(asked: &Asked, slot: Slot) -> Markup {
    let wallet = asked.phone.wallet();
    let offers = {
        let undecided = asked.phone.undecided();
        undecided
            .ended
            .as_ref()
            .filter(|ended| ended.slot == slot)
            .map(|ended| ended.offers.clone())
    };
    let current = |offer: &KeptCode| match offer.confirm {
        Some(confirm) => wallet.warning(slot).is_ok_and(|now| now.confirm == confirm),
        // Of somebody who is not held here nothing newer is known.
        None => wallet
            .paper(slot)
            .ok()
            .is_none_or(|now| now.current.is_some_and(|code| code.iat == offer.iat)),
    };
    let offers: Vec<_> = offers.unwrap_or_default().into_iter().filter(current).collect();
    html! {
        @if !offers.is_empty() {
            section #kept.cards aria-label="对方可能存有的码 What the other may have kept" {
                @for offer in &offers { (may_have_kept(asked, slot, offer)) }
                (button(&asked.at("/family/ended"), "quiet", &both("先不", "Not now")))
            }
        }
    }
}

fn may_have_kept(asked: &Asked, slot: Slot, offer: &KeptCode) -> Markup {
    let kind = match offer.kind {
        StaticKind::NucleicAcid => "nucleic-acid",
        StaticKind::Paper => "paper",
    };
    html! {
        div.banner.caution data-offer=(kind) data-made=(offer.iat.get()) {
            p.said { (say(&offer.sentence)) }
            @if offer.confirm.is_some() {
                (link(&asked.at(&format!("/regenerate/{slot}")), "danger", &both("重新生成", "Regenerate")))
            } @else {
                (places(asked))
            }
        }
    }
}

/// What is asked before a holding is ended.
async fn question(
    asked: Asked,
    Path((_, slot, holding)): Path<(String, u32, HoldingNumber)>,
) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let wallet = asked.phone.wallet();
    let here = format!("/family/{slot}/holders");
    // Ended meanwhile, by somebody else.
    let Ok(warning) = wallet.end_warning(Slot(slot), holding) else {
        return Ok(go(asked.at(&here)));
    };
    let own = person(&asked, Slot(slot))?.and_then(|person| person.holding);
    let content = html! {
        (banner(Tone::Caution, "warning", &warning))
        div.acts {
            (button(&asked.at(&format!("/family/{slot}/end/{holding}")), "danger solid", &label(own == Some(holding))))
            (link(&asked.at(&here), "", &both("先不", "Not now")))
        }
    };
    let screen = asked.screen().on(Way::Family).back_to(&here);
    Ok(screen.show(said("停用亲属随申码", "End a relative code"), content).await?)
}

async fn end(asked: Asked, Path((_, slot, holding)): Path<(String, u32, HoldingNumber)>) -> Reply {
    match asked.begin().end_holding(Slot(slot), holding).await {
        Ok(ended) => {
            asked.phone.tell(Message::new(Tone::Good, "ended", ended.sentence.clone()));
            asked.phone.undecided().ended = Some(ended);
        }
        Err(error) => asked.phone.tell(&error),
    }
    Ok(asked.done(&format!("/family/{slot}/holders")))
}

async fn ended_read(asked: Asked) -> Reply {
    let ended = asked.phone.undecided().ended.take();
    asked.begin();
    Ok(asked.done(
        &ended.map_or("/family".to_owned(), |ended| format!("/family/{}/holders", ended.slot)),
    ))
}
