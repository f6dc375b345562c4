//! What the phone knows of a person's paper code; it is made, printed and reported lost elsewhere.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use maud::{Markup, html};
use suima_code::Slot;
use suima_wallet::{Eligibility, PaperView};

use super::super::Pages;
use super::super::layout::{banner, both, moment, say, through};
use super::super::reply::{Reply, go};
use super::super::town::beside;
use super::Asked;
use super::codes::whose;
use super::screen::Way;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/phone/{id}/paper/{slot}", get(look))
}

async fn look(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let wallet = asked.phone.wallet();
    let people: Vec<_> = wallet.family()?.into_iter().filter(|person| person.held).collect();
    if people.iter().all(|person| person.slot != Slot(slot)) {
        return Ok(go(asked.at("/family")));
    }
    let known = match wallet.paper(Slot(slot)) {
        Ok(view) => paper(&view),
        Err(error) => banner(Tone::Bad, error.id(), &error.sentence()),
    };
    let content = html! {
        (whose(&asked, "谁的离线随申码 Whose paper code", &people, Slot(slot), |slot| format!("/paper/{slot}")))
        (known)
        (places(&asked))
    };
    let screen = asked.screen().on(Way::Family).back_to("/family");
    Ok(screen.show(said("离线随申码", "Paper code"), content).await?)
}

fn paper(view: &PaperView) -> Markup {
    html! {
        section #paper.panel aria-label="离线随申码 Paper code" data-eligibility=(eligibility(view.eligibility)) data-current[view.current.is_some()] {
            p.said.large { (say(&view.sentence)) }
            dl.facts {
                @if let Some(code) = &view.current {
                    div { dt { (both("编号", "Serial")) } dd.serial { (code.serial) } }
                    div { dt { (both("有效至（含当日）", "Valid through")) } dd.until data-until=(code.exp.get()) { (through(code.exp)) } }
                    div { dt { (both("申领", "Made")) } dd.made { (moment(code.iat)) " " span.by { (code.by) } " " span.place { (code.place) } } }
                }
                @if let Some(at) = view.ended { div { dt { (both("到期", "Ended")) } dd.ended data-until=(at.get()) { (through(at)) } } }
                @if let Some(lost) = &view.reported_lost {
                    div { dt { (both("挂失", "Reported lost")) } dd.lost { (moment(lost.at)) " " span.by { (lost.by) } " " span.place { (lost.place) } } }
                }
                div { dt { (both("信息截至", "As of")) } dd.code-as-of { (moment(view.as_of)) } }
            }
        }
        div.notices { @for notice in &view.notices { (banner(Tone::Caution, "notice", notice)) } }
    }
}

/// As `tests/scenarios/README.md` calls why one is given.
fn eligibility(eligibility: Eligibility) -> String {
    match eligibility {
        Eligibility::Minor => "minor".to_owned(),
        Eligibility::Senior => "senior".to_owned(),
        Eligibility::Disability => "disability".to_owned(),
        Eligibility::Group { number } => format!("group {number}"),
        Eligibility::NotEligible { .. } => "not-eligible".to_owned(),
    }
}

/// Where paper codes are applied for, printed and reported lost: in a city, the ways there.
pub(super) fn places(asked: &Asked) -> Markup {
    html! {
        @if let Some(town) = &asked.pages.town {
            div.acts {
                a.button href={ (town.issuer.url()) "/portal" } target="_blank" rel="noopener" { (both("去PC端", "To the PC portal")) (beside()) }
                form method="post" action="/terminal" target="_blank" { button { (both("去自助终端", "To the terminal")) (beside()) } }
            }
        }
    }
}
