//! One act: what it voids, the agreement, the outcome.

use maud::{Markup, html};
use serde_json::json;
use suima_client::wire::{AskedAct, AskingPlace};
use suima_code::qr::Medium;
use suima_code::{MaskedName, UnixTime};
use suima_sentences::Sentence;
use suima_sentences::pages::{self as say, describe_act, describe_done};

use super::asked::Asked;
use super::layout::{Layout, Stage, Tone, both, counted, link, picture, said};
use super::reply::Reply;
use super::{base, holders, people};
use crate::act::Act;
use crate::desk::{self, Authority, Desk, Progress, Shown, Wanted};
use crate::error::Failure;

/// Says what an act does and voids, before anything is asked (R9).
pub(super) fn preview(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(asked.place, ""));
    };
    let Some(wanted) = asked.wanted() else { return Ok(Reply::go(asked.place, "/people")) };
    if !fits(&wanted) {
        return Ok(Reply::page(people::page(act, &desk, Some(&say::choose_again()))?));
    }
    let asked_act = desk::preview(act, &desk, &wanted)?;
    let agree = if by_card(&desk, &wanted) { say::agree() } else { say::to_phone() };
    let (tone, style) = if voids(&asked_act).is_some() {
        (Tone::Warn, "solid danger")
    } else {
        (Tone::Plain, "solid")
    };
    let content = html! {
        (said(tone, &describe_act(&asked_act)))
        div.acts.wide {
            form method="post" action={ (base(asked.place)) "/ask" } {
                (fields(&wanted))
                @if let Some(iat) = concerned(&asked_act) { input type="hidden" name="seen" value=(iat.get()); }
                button.(style) { (both(&agree)) }
            }
            (link("", &format!("{}/people", base(asked.place)), &say::back()))
        }
    };
    let heading = say::look_first();
    Ok(Reply::page(Layout { place: asked.place, stage: Stage::Inside, heading, content }.draw()))
}

/// Asks for an act: to be agreed to on the phone; or does it, where the card in the reader agrees.
pub(super) fn ask(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(asked.place, ""));
    };
    let Some(wanted) = asked.wanted() else { return Ok(Reply::go(asked.place, "/people")) };
    if !fits(&wanted) {
        return Ok(Reply::page(people::page(act, &desk, Some(&say::choose_again()))?));
    }
    if by_card(&desk, &wanted) {
        let now = desk::preview(act, &desk, &wanted)?;
        // Only what the page showed is agreed to.
        if concerned(&now) != asked.seen() {
            return Ok(Reply::page(outcome(asked.place, &Progress::Changed)));
        }
        desk::by_card(act, &desk, &now)?;
    } else {
        desk::ask(act, &desk, &wanted)?;
    }
    Ok(Reply::go(asked.place, "/confirm"))
}

/// Waits for the phone, and then tells what came of it.
pub(super) fn confirm(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(asked.place, ""));
    };
    Ok(match desk::progress(act, &desk)? {
        Progress::Nothing | Progress::Done { act: AskedAct::LogIn, .. } => {
            Reply::go(asked.place, "/people")
        }
        Progress::Waiting { shown, taken_up } => {
            let by_relative = matches!(shown.act, AskedAct::HoldRelative { .. });
            let waiting = Waiting {
                heading: say::confirm_on_phone(),
                what: describe_act(&shown.act),
                how: if by_relative { say::relative_scans() } else { say::confirm_how() },
                shown: &shown,
                taken_up,
                back: Some(say::cancel()),
            };
            Reply::page(waiting.draw(act, asked.place))
        }
        ended => Reply::page(outcome(asked.place, &ended)),
    })
}

/// Goes back from a page that waits, and takes back what was asked: a phone that agrees after that does nothing. Where it was
/// faster, the outcome is told.
pub(super) fn cancel(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some(desk) = asked.desk(act)?.filter(|desk| desk.user.is_some()) else {
        return Ok(Reply::go(asked.place, ""));
    };
    let in_time = desk::cancel(act, &desk)?;
    Ok(Reply::go(asked.place, if in_time { "/people" } else { "/confirm" }))
}

/// How far it is, for the script.
pub(super) fn progress(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let progress = match asked.desk(act)? {
        Some(desk) => desk::progress(act, &desk)?,
        None => Progress::Over,
    };
    let (state, left) = match &progress {
        Progress::Waiting { shown, taken_up: false } => ("waiting", left(act, shown)),
        Progress::Waiting { shown, taken_up: true } => ("taken-up", left(act, shown)),
        _ => ("ended", 0),
    };
    Ok(Reply::data(&json!({ "state": state, "left": left })))
}

/// Whether the card in the reader agrees, and no phone is asked: a family member's phone always is.
fn by_card(desk: &Desk, wanted: &Wanted) -> bool {
    desk.authority == Authority::Card && !matches!(wanted, Wanted::HoldRelative)
}

/// Whether one sheet holds it.
fn fits(wanted: &Wanted) -> bool {
    !matches!(wanted, Wanted::PrintNucleicAcid { slots } if !(1..=4).contains(&slots.len()))
}

/// When the code was made that an act voids.
fn voids(act: &AskedAct) -> Option<UnixTime> {
    match act {
        AskedAct::ApplyPaper { voids, .. } => *voids,
        AskedAct::ReportLost { iat, .. } => Some(*iat),
        _ => None,
    }
}

/// When the paper code was made that an act concerns.
fn concerned(act: &AskedAct) -> Option<UnixTime> {
    match act {
        AskedAct::PrintPaper { iat, .. } => Some(*iat),
        act => voids(act),
    }
}

/// What is wanted, as a form says it.
fn fields(wanted: &Wanted) -> Markup {
    let (name, slots) = match wanted {
        Wanted::ApplyPaper { slot } => ("apply-paper", std::slice::from_ref(slot)),
        Wanted::PrintPaper { slot } => ("print-paper", std::slice::from_ref(slot)),
        Wanted::ReportLost { slot } => ("report-lost", std::slice::from_ref(slot)),
        Wanted::PrintNucleicAcid { slots } => ("print-nucleic-acid", slots.as_slice()),
        Wanted::HoldRelative => ("hold-relative", &[][..]),
    };
    html! {
        input type="hidden" name="act" value=(name);
        @for slot in slots { input type="hidden" name="slot" value=(slot); }
    }
}

fn left(act: &Act<'_>, shown: &Shown) -> u32 {
    u32::try_from(shown.expires.since(act.now)).unwrap_or(0)
}

/// A page that waits for a phone.
pub(super) struct Waiting<'a> {
    pub heading: Sentence,
    pub what: Sentence,
    pub how: Sentence,
    pub shown: &'a Shown,
    pub taken_up: bool,
    /// The label of the way back, where there is one.
    pub back: Option<Sentence>,
}

impl Waiting<'_> {
    pub(super) fn draw(&self, act: &Act<'_>, place: AskingPlace) -> Markup {
        let state = if self.taken_up { "taken-up" } else { "waiting" };
        let here = if self.back.is_some() { "/confirm" } else { "" };
        let content = html! {
            (said(Tone::Plain, &self.what))
            div.challenge data-state=(state) {
                div.qr role="img" aria-label={ (say::challenge_picture().zh) " " (say::challenge_picture().en) } {
                    (picture(&self.shown.text, Medium::Screen))
                }
                div.beside {
                    p.status role="status" {
                        @if self.taken_up { (both(&say::taken_up())) } @else { (both(&self.how)) }
                    }
                    template data-taken-up { (both(&say::taken_up())) }
                    div.digits {
                        span.two { (both(&say::digits())) }
                        output { (self.shown.check) }
                    }
                    p { (both(&say::compare_digits())) }
                    p.left data-left { (counted(say::seconds_left, left(act, self.shown))) }
                    div.acts {
                        @if let Some(label) = &self.back {
                            form method="post" action={ (base(place)) "/cancel" } {
                                button { (both(label)) }
                            }
                        }
                        noscript { (link("solid", &format!("{}{here}", base(place)), &say::go_on())) }
                    }
                }
            }
        };
        let heading = self.heading.clone();
        let stage = if self.back.is_some() { Stage::Confirming } else { Stage::LoggingIn };
        Layout { place, stage, heading, content }.draw()
    }
}

/// A page that says why nothing was done, with the way on.
pub(super) fn ended(place: AskingPlace, sentence: &Sentence, on: &Markup) -> Markup {
    let content = html! {
        div role="status" { (said(Tone::Bad, sentence)) }
        div.acts { (on) }
    };
    Layout { place, stage: Stage::Outside, heading: say::not_done(), content }.draw()
}

/// What came of an act, and the next step.
pub(super) fn outcome(place: AskingPlace, progress: &Progress) -> Markup {
    let back = format!("{}/people", base(place));
    let refused = match progress {
        Progress::Done { act, ticket, holder } => {
            return done(place, act, ticket.as_deref(), holder.as_ref());
        }
        Progress::Declined => say::declined(),
        Progress::NotEligible => say::not_eligible(),
        Progress::Changed => say::changed(),
        Progress::Over | Progress::Nothing | Progress::Waiting { .. } => say::not_agreed(),
    };
    let content = html! {
        div role="status" { (said(Tone::Bad, &refused)) }
        div.acts { (link("solid", &back, &say::back())) }
    };
    Layout { place, stage: Stage::Inside, heading: say::not_done(), content }.draw()
}

fn done(
    place: AskingPlace,
    act: &AskedAct,
    ticket: Option<&str>,
    holder: Option<&MaskedName>,
) -> Markup {
    let content = html! {
        @if let Some(sentence) = describe_done(act, holder) {
            div role="status" { (said(Tone::Good, &sentence)) }
        }
        div.acts.wide {
            @if let Some(ticket) = ticket {
                (link("solid", &format!("{}/print/{ticket}", base(place)), &say::open_sheet()))
            }
            // Whoever was faster than the family member that was meant is seen, and stopped, at once.
            @if holder.is_some() { (holders::way_there()) }
            (link("", &format!("{}/people", base(place)), &say::back()))
        }
    };
    Layout { place, stage: Stage::Inside, heading: say::done(), content }.draw()
}
