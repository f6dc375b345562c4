//! The people one may act for, and what may be done for each.

use maud::{Markup, html};
use suima_client::wire::{AskingPlace, Eligibility};
use suima_sentences::pages as say;
use suima_sentences::{Sentence, pages::describe_paper};

use super::asked::Asked;
use super::layout::{Layout, Stage, Tone, both, said};
use super::reply::Reply;
use super::{base, holders};
use crate::act::Act;
use crate::desk::{self, Authority, Desk, DeskPerson};
use crate::error::Failure;

/// How many cards fit a page.
const MOST: usize = 4;

/// The list. Names are masked: a screen is seen by many.
pub(super) fn people(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(asked.place, ""));
    };
    Ok(Reply::page(page(act, &desk, None)?))
}

/// The list, with what was wrong with a choice made there.
pub(super) fn page(
    act: &Act<'_>,
    desk: &Desk,
    refused: Option<&Sentence>,
) -> Result<Markup, Failure> {
    let people = desk::people(act, desk)?;
    let by_card = desk.authority == Authority::Card;
    let content = html! {
        @if let Some(sentence) = refused { div role="alert" { (said(Tone::Bad, sentence)) } }
        ul.people {
            @for one in &people { li { (person(desk.place, one, by_card)) } }
        }
        @if people.iter().any(|one| one.nucleic_acid) { (prints(desk.place, &people, by_card)) }
        @if by_card && desk.place == AskingPlace::Terminal {
            (hold(desk.place))
            (holders::section(act, desk)?)
        }
    };
    let heading = say::people();
    Ok(Layout { place: desk.place, stage: Stage::Inside, heading, content }.draw())
}

fn person(place: AskingPlace, one: &DeskPerson, by_card: bool) -> Markup {
    let id = format!("person-{}", one.slot);
    let may_apply = !matches!(one.eligibility, Eligibility::NotEligible { .. });
    let act = |style: &str, what: &str, look: bool, label: &Sentence| {
        // What voids something is looked at first, and so is everything that the card alone agrees to.
        let (method, path) = if look || by_card { ("get", "preview") } else { ("post", "ask") };
        html! {
            form method=(method) action={ (base(place)) "/" (path) } {
                input type="hidden" name="act" value=(what);
                input type="hidden" name="slot" value=(one.slot);
                button.(style) aria-describedby=(id) { (both(label)) }
            }
        }
    };
    html! {
        section.panel aria-labelledby=(id) {
            h2 #(id) {
                (one.masked_name)
                span.relation { (both(&say::describe_relation(one.relation))) }
            }
            @if let Some(paper) = &one.paper {
                p { (both(&describe_paper(paper.exp, &paper.serial))) }
            }
            @if one.paper.is_none() || !may_apply {
                p { (both(&say::describe_eligibility(one.eligibility))) }
            }
            @if one.paper.is_some() {
                div.acts {
                    (act("solid", "print-paper", false, &say::print_again()))
                    @if may_apply { (act("", "apply-paper", true, &say::apply_again())) }
                    (act("danger", "report-lost", true, &say::report_lost()))
                }
            } @else if may_apply {
                div.acts { (act("solid", "apply-paper", false, &say::apply())) }
            }
        }
    }
}

/// The choice of nucleic-acid codes to print.
fn prints(place: AskingPlace, people: &[DeskPerson], by_card: bool) -> Markup {
    let (method, path) = if by_card { ("get", "preview") } else { ("post", "ask") };
    html! {
        form.panel method=(method) action={ (base(place)) "/" (path) } data-at-most=(MOST) {
            input type="hidden" name="act" value="print-nucleic-acid";
            fieldset {
                legend { h2 { (both(&say::family_prints())) } }
                p { (both(&say::choose_up_to_four())) }
                div.choices {
                    @for one in people.iter().filter(|one| one.nucleic_acid) {
                        label {
                            input type="checkbox" name="slot" value=(one.slot);
                            span { (one.masked_name) }
                        }
                    }
                }
            }
            div.acts { button { (both(&say::family_prints())) } }
        }
    }
}

/// For an adult without a phone: lets a family member hold their codes.
fn hold(place: AskingPlace) -> Markup {
    html! {
        form.panel method="get" action={ (base(place)) "/preview" } {
            input type="hidden" name="act" value="hold-relative";
            h2 { (both(&say::let_hold())) }
            p { (both(&say::let_hold_how())) }
            div.acts { button { (both(&say::let_hold())) } }
        }
    }
}
