//! Everything that needs no place at the foot of the screen.

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use suima_wallet::{ClockStatus, Relation, Status};

use super::super::Pages;
use super::super::layout::{banner, both, moment, say};
use super::super::reply::{Reply, go};
use super::screen::Way;
use super::{Asked, display};
use crate::words::{Sentence, Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/phone/{id}/more", get(look))
}

async fn look(asked: Asked) -> Reply {
    let wallet = asked.phone.wallet();
    let status = wallet.status()?;
    let Ok(family) = wallet.family() else { return Ok(go(asked.at("/enrol"))) };
    let own = family.iter().find(|person| person.relation == Relation::Oneself);
    let slot = own.map_or(0, |own| own.slot.0);
    let elder = asked.display.elder;
    let ways = [
        (Some("/reminders".to_owned()), said("提醒", "Reminders"), Some(wallet.reminders()?.len())),
        (Some("/news".to_owned()), said("消息", "News"), Some(asked.phone.told().len())),
        (Some("/check".to_owned()), said("相册与查验", "Album and check"), None),
        (Some(format!("/paper/{slot}")), said("离线随申码", "Paper code"), None),
        (
            (!elder).then(|| format!("/history/{slot}")),
            said("核酸码生成记录", "Nucleic-acid codes made"),
            None,
        ),
        (
            (!elder).then(|| "/enrol".to_owned()),
            said("重新开通本机", "Enrol this phone anew"),
            None,
        ),
    ];
    let content = html! {
        (display::panel(&asked))
        ul.list {
            @for (path, label, count) in ways.iter().filter_map(|(path, label, count)| Some((path.as_ref()?, label, count))) {
                li {
                    a href=(asked.at(path)) {
                        span { (say(label)) }
                        " "
                        @if let Some(count) = count && *count > 0 { b.count { (count) } }
                        span.sign aria-hidden="true" { "›" }
                    }
                }
            }
        }
        @if !elder { (known(&status)) }
    };
    let screen = asked.screen().on(Way::More);
    Ok(screen.show(said("更多", "More"), content).await?)
}

/// What the phone knows, and as of when.
fn known(status: &Status) -> Markup {
    html! {
        section.panel aria-labelledby="known" {
            h2 #known { (both("本机信息", "This phone")) }
            dl.facts {
                div { dt { (both("信息截至", "Known as of")) } dd #known-as-of { @match status.as_of { Some(at) => (moment(at)), None => (both("尚未联网", "Never online")) } } }
                div { dt { (both("手机时间", "Clock")) } dd #clock data-clock=(clock_word(status.clock)) { (say(&clock(status.clock))) } }
                div { dt { (both("规则版本", "Policy version")) } dd #policy-version { (status.policy_version) } }
                div { dt { (both("信任版本", "Trust version")) } dd #trust-version { (status.trust_version) } }
            }
            @for notice in &status.notices { (banner(Tone::Caution, "notice", notice)) }
        }
    }
}

fn clock_word(status: ClockStatus) -> &'static str {
    match status {
        ClockStatus::Right => "right",
        ClockStatus::Wrong { .. } => "wrong",
        ClockStatus::Unchecked => "unchecked",
    }
}

fn clock(status: ClockStatus) -> Sentence {
    match status {
        ClockStatus::Right => said("准确", "Right"),
        ClockStatus::Wrong { .. } => said("不准，已校正", "Wrong, and corrected"),
        ClockStatus::Unchecked => said("未核对", "Not checked"),
    }
}
