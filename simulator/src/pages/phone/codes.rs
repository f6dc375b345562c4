//! The code, before all else: whose it is, what for, until when, as of when.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use maud::{Markup, PreEscaped, html};
use suima_code::Slot;
use suima_wallet::{Action, Doubt, LiveView, NucleicAcidView, PersonView, Relation, Sentence};

use super::super::Pages;
use super::super::layout::{banner, both, link, moment, say, second};
use super::super::reply::{Failure, Reply, go};
use super::Asked;
use super::screen::{messages, step};
use crate::words::{Tone, colour, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}", get(first))
        .route("/phone/{id}/live/{slot}", get(live))
        .route("/phone/{id}/nucleic-acid/{slot}", get(nucleic_acid))
}

/// Which code of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeKind {
    Live,
    NucleicAcid,
}

impl CodeKind {
    /// Where it is shown, below the phone's address.
    pub fn path(self, slot: Slot) -> String {
        match self {
            Self::Live => format!("/live/{slot}"),
            Self::NucleicAcid => format!("/nucleic-acid/{slot}"),
        }
    }

    fn label(self, relation: Option<Relation>) -> Sentence {
        match (self, relation) {
            (Self::Live, Some(Relation::Oneself) | None) => said("随申码", "Live code"),
            (Self::Live, _) => said("亲属随申码", "Relative code"),
            (Self::NucleicAcid, _) => said("核酸码", "Nucleic-acid code"),
        }
    }
}

/// What somebody is to the user.
pub(super) fn relation(relation: Relation) -> Sentence {
    match relation {
        Relation::Oneself => said("本人", "Myself"),
        Relation::Child => said("子女", "My child"),
        Relation::Ward => said("被监护人", "My ward"),
        Relation::Relative => said("亲属", "A relative"),
    }
}

/// The same in a stable word.
pub(super) fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Oneself => "oneself",
        Relation::Child => "child",
        Relation::Ward => "ward",
        Relation::Relative => "relative",
    }
}

/// Opening the app shows the user's own live code.
async fn first(asked: Asked) -> Reply {
    let wallet = asked.phone.wallet();
    if !wallet.status()?.enrolled {
        return Ok(go(asked.at("/enrol")));
    }
    let own = wallet.family()?.into_iter().find(|person| person.held).ok_or(Failure::Missing)?;
    show(&asked, CodeKind::Live, own.slot).await
}

async fn live(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    show(&asked, CodeKind::Live, Slot(slot)).await
}

async fn nucleic_acid(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    show(&asked, CodeKind::NucleicAcid, Slot(slot)).await
}

async fn show(asked: &Asked, kind: CodeKind, slot: Slot) -> Reply {
    let wallet = asked.phone.wallet();
    let Ok(mut people) = wallet.family() else {
        // A phone that is not enrolled, or not any more, has nobody's codes.
        return Ok(go(asked.at("/enrol")));
    };
    people.retain(|person| person.held);
    let person = people.iter().find(|person| person.slot == slot);
    let heading = kind.label(person.map(|person| person.relation));
    // Beneath the code it moves nothing under a scanner, whatever comes up; so stands what is said of the code.
    let mut screen = asked.screen().telling_itself();
    let elder = asked.display.elder;
    let (code, acts, facts, notices) = match kind {
        CodeKind::Live => match wallet.show_live(slot) {
            Ok(view) => {
                screen =
                    screen.with_code(kind, slot).redrawn_after(view.redraw_at.since(view.drawn_at));
                (live_code(&view), html! {}, live_facts(&view, elder), notices(&view.notices))
            }
            Err(error) => (lacking(asked, &error), html! {}, html! {}, html! {}),
        },
        CodeKind::NucleicAcid => match wallet.show_nucleic_acid(slot) {
            Ok(view) => {
                let left = view.valid_until.since(asked.phone.device.clock.city().now());
                screen = screen.with_code(kind, slot).redrawn_after(left);
                let facts = nucleic_acid_facts(asked, &view);
                (nucleic_acid_code(&view), acts(asked, slot), facts, notices(&view.notices))
            }
            Err(error) => (lacking(asked, &error), html! {}, html! {}, html! {}),
        },
    };
    let content = html! {
        (kinds(asked, kind, slot, person))
        (whose(asked, "谁的码 Whose code", &people, slot, |slot| kind.path(slot)))
        div #code.code-place { (code) }
        (acts)
        (facts)
        (notices)
        (messages(asked, |_| true))
    };
    Ok(screen.show(heading, content).await?)
}

/// Both codes of a person.
fn kinds(asked: &Asked, kind: CodeKind, slot: Slot, person: Option<&PersonView>) -> Markup {
    let relation = person.map(|person| person.relation);
    html! {
        nav.kinds aria-label="哪种码 Which code" {
            @for one in [CodeKind::Live, CodeKind::NucleicAcid] {
                a href=(asked.at(&one.path(slot))) aria-current=[(one == kind).then_some("page")] { (say(&one.label(relation))) }
            }
        }
    }
}

/// The people whose codes are held, to tap or to swipe between; `path` is where each of them is.
pub(super) fn whose(
    asked: &Asked,
    label: &str,
    people: &[PersonView],
    slot: Slot,
    path: impl Fn(Slot) -> String,
) -> Markup {
    let place = people.iter().position(|person| person.slot == slot);
    let beside = |step: isize| {
        let place = place?.checked_add_signed(step)?;
        people.get(place).map(|person| asked.at(&path(person.slot)))
    };
    html! {
        nav.people aria-label=(label) data-previous=[beside(-1)] data-next=[beside(1)] {
            @for person in people {
                a href=(asked.at(&path(person.slot))) aria-current=[(person.slot == slot).then_some("page")] {
                    b { (person.name) } " " (say(&relation(person.relation)))
                }
            }
        }
    }
}

fn live_code(view: &LiveView) -> Markup {
    let (word, sign, status) = colour(view.colour);
    html! {
        figure.code.(word) data-colour=(word) data-old[view.colour_is_old()] data-relation=(relation_word(view.relation)) {
            (owner(&view.name, view.relation, Some(&view.masked_name)))
            (drawn(&view.name, &view.svg))
            p.status {
                @if view.colour_is_old() {
                    span.old {
                        span.sign aria-hidden="true" { "?" } " "
                        (both(&format!("{}已过时，进门前请联网", status.zh), &format!("{}, out of date: go online", status.en)))
                    }
                } @else {
                    span { span.sign aria-hidden="true" { (sign) } " " (say(&status)) }
                }
                " "
                span.now #drawn-at { (second(view.drawn_at)) }
            }
        }
    }
}

fn nucleic_acid_code(view: &NucleicAcidView) -> Markup {
    let doubt = view.doubt.map(|Doubt::RegenerationPending { since }| since);
    html! {
        figure.code data-doubt=[doubt.map(|_| "regeneration-pending")] data-relation=(relation_word(view.relation)) {
            (owner(&view.name, view.relation, None))
            (drawn(&view.name, &view.svg))
            @if let Some(since) = doubt {
                p.doubt { span.sign aria-hidden="true" { "?" } " " (both("可能已作废", "May be void")) span hidden #doubt-since { (moment(since)) } }
            }
            p.status {
                span { (both("有效至", "Valid through")) }
                " "
                span #last-day { time datetime=(view.last_day) { (view.last_day) } }
            }
        }
    }
}

fn owner(name: &str, of: Relation, masked: Option<&str>) -> Markup {
    html! {
        figcaption {
            b.name { (name) } " " span.relation { (say(&relation(of))) }
            @if let Some(masked) = masked { span.masked hidden { (masked) } }
        }
    }
}

fn drawn(name: &str, svg: &str) -> Markup {
    html! { div.qr role="img" aria-label={ (name) " 二维码 QR code" } { (PreEscaped(svg)) } }
}

/// What can be done with a nucleic-acid code. It stands at one place whatever is said beneath it.
fn acts(asked: &Asked, slot: Slot) -> Markup {
    html! {
        div.acts {
            (link(&asked.at(&format!("/regenerate/{slot}")), "", &both("重新生成", "Regenerate")))
            form method="post" action=(asked.at(&format!("/save/{slot}"))) { button { (both("存为图片", "Save picture")) } }
            @if !asked.display.elder { (link(&asked.at("/check"), "", &both("查验图片", "Check a picture"))) }
        }
    }
}

fn live_facts(view: &LiveView, elder: bool) -> Markup {
    html! {
        dl.facts {
            @if !elder {
                div { dt { (both("状态截至", "Status as of")) } dd #colour-as-of { (moment(view.colour_as_of)) } }
                div { dt { (both("门口认到", "At gates until")) } dd #colour-counts-until { (moment(view.colour_counts_until)) } }
            }
            div { dt { (both("离线可出示至", "Offline until")) } dd #counts-until { (moment(view.counts_until)) } }
        }
    }
}

fn nucleic_acid_facts(asked: &Asked, view: &NucleicAcidView) -> Markup {
    html! {
        dl.facts data-voided[view.made.voided] {
            div { dt { (both("用途", "For")) } dd { (both("只用于核酸采样", "Sampling only")) } }
            @if !asked.display.elder {
                div { dt { (both("生成", "Made")) } dd { span #made { (moment(view.made.iat)) } " " span #made-by { (view.made.by) } } }
                div { dt { (both("信息截至", "Known as of")) } dd #code-as-of { (moment(view.as_of)) } }
            }
            span hidden #valid-until { (moment(view.valid_until)) }
        }
    }
}

/// What the core says beside a code.
fn notices(sentences: &[Sentence]) -> Markup {
    html! { div.notices { @for sentence in sentences { (banner(Tone::Caution, "notice", sentence)) } } }
}

/// Why there is no code, in its place, and what to do.
fn lacking(asked: &Asked, error: &suima_wallet::Error) -> Markup {
    html! {
        div.lacking {
            div.banner.bad data-id=(error.id()) {
                p { (say(&error.sentence())) }
                @if let Some(at) = error.at() { span hidden #error-at { (moment(at)) } }
                @match error.action() {
                    Action::Tell => (link(&asked.at("/family"), "", &both("家人", "Family"))),
                    action => (step(asked, action)),
                }
            }
        }
    }
}
