//! What only terminals have: being set up, and the ways to begin.

use maud::{Markup, html};
use suima_client::wire::AskingPlace;
use suima_code::{IdNumber, half_width};
use suima_sentences::{Sentence, pages as say};

use super::asked::Asked;
use super::entrance::{LIVE_CODE, at_desk, renewing};
use super::layout::{Layout, Stage, Tone, both, said};
use super::reply::Reply;
use crate::act::Act;
use crate::desk;
use crate::error::Failure;

const PLACE: AskingPlace = AskingPlace::Terminal;

/// Makes a terminal of this browser, with the activation code that the operator handed out.
pub(super) fn set_up(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let code = asked.field("code").unwrap_or_default();
    Ok(match desk::enrol_terminal(act, code)? {
        Some((_, secret)) => Reply::go(PLACE, "").with_terminal(&secret),
        None => Reply::page(not_set_up(Some(&say::not_activated()))),
    })
}

/// Takes what a reader or a scanner typed: an ID number logs in, a live code only begins.
pub(super) fn begin(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some((desk, secret)) = at_desk(act, asked)? else { return Ok(Reply::go(PLACE, "")) };
    // Readers type through whatever input method is on.
    let text: String = asked.field("read").unwrap_or_default().chars().map(half_width).collect();
    let reply = if let Ok(id_number) = IdNumber::parse(&text) {
        if desk::card(act, &desk, &id_number)? {
            Reply::go(PLACE, "/people")
        } else {
            Reply::page(begin_page(Some(&say::card_refused())))
        }
    } else {
        match desk::live_code(act, &desk, text.trim())? {
            Ok(()) => Reply::go(PLACE, &format!("?by={LIVE_CODE}")),
            Err(reason) => {
                let sentence = match reason {
                    suima_code::Reason::NotACode => say::not_read(),
                    reason => suima_sentences::describe(&reason, None),
                };
                Reply::page(begin_page(Some(&sentence)))
            }
        }
    };
    Ok(match secret {
        Some(secret) => reply.with_desk(PLACE, &secret),
        None => reply,
    })
}

/// The page of a browser that is no terminal yet.
pub(super) fn not_set_up(refused: Option<&Sentence>) -> Markup {
    let content = html! {
        @if let Some(sentence) = refused { div role="alert" { (said(Tone::Bad, sentence)) } }
        form.panel method="post" action="/terminal/set-up" {
            div.field {
                label for="code" { (both(&say::activation_field())) }
                input #code name="code" required autofocus autocomplete="off" autocapitalize="characters" spellcheck="false";
            }
            div.acts { button.solid { (both(&say::activate())) } }
        }
    };
    Layout { place: PLACE, stage: Stage::First, heading: say::set_up(), content }.draw()
}

/// The first page of a terminal.
pub(super) fn begin_page(refused: Option<&Sentence>) -> Markup {
    let content = html! {
        p.lead { (both(&say::purpose())) }
        @if let Some(sentence) = refused { div role="alert" { (said(Tone::Bad, sentence)) } }
        div.ways {
            form.panel method="post" action="/terminal/begin" {
                h2 { (both(&say::with_card())) }
                p { (both(&say::with_card_how())) }
                div.field {
                    label for="read" { (both(&say::reader_field())) }
                    input #read name="read" required autofocus data-reader autocomplete="off" spellcheck="false";
                }
                div.acts { button { (both(&say::go_on())) } }
            }
            section.panel aria-labelledby="phone" {
                h2 #phone { (both(&say::with_phone())) }
                p { (both(&say::with_phone_how())) }
                div.acts { (renewing(PLACE, &say::log_in())) }
            }
        }
    };
    Layout { place: PLACE, stage: Stage::First, heading: say::begin(), content }.draw()
}
