//! Who holds the codes of whose ID card is in the terminal's reader, and ending that.

use maud::{Markup, html};
use suima_client::wire::{AskingPlace, ProblemId};
use suima_sentences::{Sentence, pages as say};

use super::asked::Asked;
use super::layout::{Layout, Stage, Tone, both, link, said};
use super::reply::Reply;
use super::{acts, base};
use crate::act::Act;
use crate::desk::{self, Desk, Progress};
use crate::error::Failure;
use crate::people::HeldBy;

const PLACE: AskingPlace = AskingPlace::Terminal;

/// Where the list of people shows them.
const SECTION: &str = "holders";

/// The way to the section, from elsewhere.
pub(super) fn way_there() -> Markup {
    link("solid", &format!("{}/people#{SECTION}", base(PLACE)), &say::see_holders())
}

/// The section in the list of people.
pub(super) fn section(act: &Act<'_>, desk: &Desk) -> Result<Markup, Failure> {
    let holders = desk::holders(act, desk)?;
    Ok(html! {
        section.panel #(SECTION) aria-labelledby="who-holds" {
            h2 #who-holds { (both(&say::holders())) }
            @if holders.is_empty() {
                p { (both(&say::no_holders())) }
            } @else {
                ul.holders { @for one in &holders { li { (holder(one)) } } }
            }
        }
    })
}

fn holder(one: &HeldBy) -> Markup {
    let id = format!("holder-{}", one.slot);
    html! {
        div {
            h3 #(id) { (one.masked_name) }
            p { (both(&say::describe_holder(one.holds, one.since))) }
        }
        form method="get" action={ (base(PLACE)) "/holding" } {
            input type="hidden" name="slot" value=(one.slot);
            button.danger aria-describedby=(id) { (both(&say::end_holding())) }
        }
    }
}

/// Says what ending it does, before it is done (R9).
pub(super) fn look(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(PLACE, ""));
    };
    let Some(slot) = asked.slot() else { return Ok(Reply::go(PLACE, "/people")) };
    let found = desk::holders(act, &desk)?.into_iter().find(|one| one.slot == slot);
    let Some(one) = found else { return Ok(gone()) };
    let content = html! {
        (said(Tone::Warn, &say::will_end_holding(&one.masked_name)))
        p { (both(&say::end_holding_keeps())) }
        div.acts.wide {
            form method="post" action={ (base(PLACE)) "/end-holding" } {
                input type="hidden" name="slot" value=(slot);
                button.solid.danger { (both(&say::agree())) }
            }
            (link("", &format!("{}/people", base(PLACE)), &say::back()))
        }
    };
    Ok(Reply::page(page(say::look_first(), content)))
}

/// Ends it.
pub(super) fn end(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(PLACE, ""));
    };
    let Some(slot) = asked.slot() else { return Ok(Reply::go(PLACE, "/people")) };
    Ok(match desk::end_holding(act, &desk, slot) {
        Ok(ended) => {
            let content = html! {
                div role="status" { (said(Tone::Good, &say::did_end_holding(&ended.masked_name))) }
                p { (both(&say::end_holding_keeps())) }
                div.acts.wide {
                    (way_there())
                    (link("", &format!("{}/people", base(PLACE)), &say::back()))
                }
            };
            Reply::page(page(say::done(), content))
        }
        Err(Failure::Refused(ProblemId::NotAllowed)) => gone(),
        Err(other) => return Err(other),
    })
}

/// They hold nothing any more, or never did.
fn gone() -> Reply {
    Reply::page(acts::outcome(PLACE, &Progress::Changed))
}

fn page(heading: Sentence, content: Markup) -> Markup {
    Layout { place: PLACE, stage: Stage::Inside, heading, content }.draw()
}
