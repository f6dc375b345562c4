//! The sheet: one to four cards of the size of an ID card (ISO/IEC 7810 ID-1) on a page of A4, to be printed by the browser.
//!
//! A card carries no health status (R7). It is as large as the styles say in millimetres; the marks around it are drawn
//! in millimetres too.

use maud::{Markup, html};
use suima_code::StaticKind;
use suima_code::qr::Medium;
use suima_sentences::last_day;
use suima_sentences::pages::{self as say, describe_kind};

use super::asked::Asked;
use super::base;
use super::layout::{Layout, Stage, Tone, both, link, picture, said};
use super::reply::Reply;
use crate::act::Act;
use crate::desk::{self, Card};
use crate::error::Failure;

/// The sheet that was agreed to.
pub(super) fn sheet(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(asked.place, ""));
    };
    let place = asked.place;
    let back = format!("{}/people", base(place));
    let Some(cards) = desk::sheet(act, &desk, &asked.last)? else {
        let content = html! {
            (said(Tone::Bad, &say::sheet_gone()))
            div.acts { (link("solid", &back, &say::back())) }
        };
        let heading = say::not_done();
        return Ok(Reply::page(Layout { place, stage: Stage::Inside, heading, content }.draw()));
    };
    let content = html! {
        div.screen { p.lead { (both(&say::print_how())) } }
        div.acts.wide.screen {
            button.solid type="button" data-print { (both(&say::print())) }
            (link("", &back, &say::back()))
        }
        ul.sheet { @for one in &cards { li.slot { (marks()) (card(one)) } } }
    };
    let heading = say::sheet();
    Ok(Reply::page(Layout { place, stage: Stage::Inside, heading, content }.draw()))
}

fn card(card: &Card) -> Markup {
    let (use_it, kind) = match card.kind {
        StaticKind::Paper => (say::with_id_card(), "paper"),
        StaticKind::NucleicAcid => (say::for_sampling(), "nucleic-acid"),
    };
    let name = &card.masked_name;
    html! {
        article.code-card data-kind=(kind) aria-label={ (describe_kind(card.kind).zh) " " (name) } {
            div.picture role="img" aria-label={ (describe_kind(card.kind).zh) " QR " (name) } {
                (picture(&card.text, Medium::Paper))
            }
            div.words {
                h2 { (both(&describe_kind(card.kind))) }
                p.name { (name) }
                dl {
                    div { dt { (both(&say::valid_until())) } dd { (last_day(card.exp)) } }
                    @if let Some(serial) = &card.serial {
                        div { dt { (both(&say::serial())) } dd.serial { (serial) } }
                    }
                }
                div.foot {
                    p { (both(&use_it)) }
                    p { (both(&say::help_line())) }
                }
            }
        }
    }
}

/// The edge of the card, and marks at its corners that remain on the waste: 5 mm around a card of 85.6 mm by 54 mm.
fn marks() -> Markup {
    html! {
        svg.marks viewBox="0 0 95.6 64" aria-hidden="true" focusable="false" {
            rect x="5" y="5" width="85.6" height="54" fill="none" stroke="#6b7680" stroke-width=".2" {}
            path fill="none" stroke="#000" stroke-width=".25"
                d="M5 0v4M0 5h4M90.6 0v4M91.6 5h4M5 60v4M0 59h4M90.6 60v4M91.6 59h4" {}
        }
    }
}
