//! Logging in and leaving.

use maud::{Markup, html};
use suima_client::wire::AskingPlace;
use suima_sentences::pages as say;

use super::acts::{Waiting, ended};
use super::asked::Asked;
use super::layout::{Layout, Stage, both};
use super::reply::Reply;
use super::terminal;
use crate::act::Act;
use crate::desk::{self, Desk, Progress};
use crate::error::Failure;

/// What the address of the first page says where a live code began.
pub(super) const LIVE_CODE: &str = "live-code";

/// The first page of a place: whatever there is to do until somebody is logged in.
pub(super) fn entrance(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    if asked.place == AskingPlace::Terminal && asked.terminal(act)?.is_none() {
        return Ok(Reply::page(terminal::not_set_up(None)));
    }
    let Some(desk) = asked.desk(act)? else { return Ok(Reply::page(begin(asked.place))) };
    if desk.user.is_some() {
        return Ok(Reply::go(asked.place, "/people"));
    }
    let page = match desk::progress(act, &desk)? {
        Progress::Waiting { shown, taken_up } => Waiting {
            heading: say::scan_to_log_in(),
            what: say::will_log_in(),
            how: if asked.field("by") == Some(LIVE_CODE) {
                say::live_code_how()
            } else {
                say::scan_with_app()
            },
            shown: &shown,
            taken_up,
            back: None,
        }
        .draw(act, asked.place),
        Progress::Nothing | Progress::Done { .. } => begin(asked.place),
        Progress::Over => ended(asked.place, &say::over(), &renew(asked.place)),
        Progress::Declined => ended(asked.place, &say::declined(), &renew(asked.place)),
        Progress::Changed | Progress::NotEligible => {
            ended(asked.place, &say::changed(), &renew(asked.place))
        }
    };
    Ok(Reply::page(page))
}

/// Shows a code for logging in: another one, where there was one.
pub(super) fn log_in(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    let Some((desk, secret)) = at_desk(act, asked)? else {
        return Ok(Reply::go(asked.place, ""));
    };
    if desk.user.is_none() {
        desk::log_in(act, &desk)?;
    }
    let reply = Reply::go(asked.place, "");
    Ok(match secret {
        Some(secret) => reply.with_desk(asked.place, &secret),
        None => reply,
    })
}

/// Leaves: whoever comes next to this browser finds nobody logged in.
pub(super) fn leave(act: &Act<'_>, asked: &Asked) -> Result<Reply, Failure> {
    if let Some(desk) = asked.desk(act)? {
        desk::close(act, &desk)?;
    }
    Ok(Reply::go(asked.place, "").without_desk(asked.place))
}

/// The desk of this browser, or a new one with its secret. At a terminal that is none there is no desk.
pub(super) fn at_desk(
    act: &Act<'_>,
    asked: &Asked,
) -> Result<Option<(Desk, Option<String>)>, Failure> {
    let name = match asked.place {
        AskingPlace::Portal => asked.browser.clone(),
        AskingPlace::Terminal => match asked.terminal(act)? {
            Some(name) => name,
            None => return Ok(None),
        },
    };
    if let Some(desk) = asked.desk(act)? {
        return Ok(Some((desk, None)));
    }
    let (desk, secret) = desk::open(act, asked.place, &name)?;
    Ok(Some((desk, Some(secret))))
}

fn begin(place: AskingPlace) -> Markup {
    match place {
        AskingPlace::Portal => Layout {
            place,
            stage: Stage::First,
            heading: say::portal_begin(),
            content: html! {
                p.lead { (both(&say::purpose())) }
                div.acts { (renewing(place, &say::log_in())) }
            },
        }
        .draw(),
        AskingPlace::Terminal => terminal::begin_page(None),
    }
}

fn renew(place: AskingPlace) -> Markup {
    renewing(place, &say::renew())
}

/// The button that shows a code for logging in.
pub(super) fn renewing(place: AskingPlace, label: &suima_sentences::Sentence) -> Markup {
    html! {
        form method="post" action={ (super::base(place)) "/log-in" } {
            button.solid { (both(label)) }
        }
    }
}
