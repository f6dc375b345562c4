//! The code, before all else: whose it is, what for, until when, as of when.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use maud::{Markup, PreEscaped, html};
use suima_code::{Colour, Slot};
use suima_wallet::{LiveView, NucleicAcidView, PersonView, Relation, Sentence};

use super::super::Pages;
use super::super::layout::{banner, both, moment, say};
use super::super::reply::{Failure, Reply, go};
use super::Asked;
use crate::words::{Tone, said};

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
    fn path(self, slot: Slot) -> String {
        match self {
            Self::Live => format!("/live/{slot}"),
            Self::NucleicAcid => format!("/nucleic-acid/{slot}"),
        }
    }

    fn label(self, relation: Relation) -> Sentence {
        match (self, relation) {
            (Self::Live, Relation::Oneself) => said("随申码", "Live code"),
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
    let people: Vec<_> =
        wallet.family().unwrap_or_default().into_iter().filter(|person| person.held).collect();
    let Some(person) = people.iter().find(|person| person.slot == slot) else {
        // Somebody who is not held any more: the app shows whom it does hold.
        return Ok(go(asked.at(if people.is_empty() { "/enrol" } else { "" })));
    };
    let mut screen = asked.screen();
    let code = match kind {
        CodeKind::Live => match wallet.show_live(slot) {
            Ok(view) => {
                let seconds = view.redraw_at.since(view.drawn_at);
                screen = screen.redrawn_after(u64::try_from(seconds).unwrap_or(1) * 1000);
                live_code(&view)
            }
            Err(error) => lacking(&error),
        },
        CodeKind::NucleicAcid => match wallet.show_nucleic_acid(slot) {
            Ok(view) => nucleic_acid_code(&view),
            Err(error) => lacking(&error),
        },
    };
    let content = html! {
        (whose(asked, kind, &people, slot))
        nav.kinds aria-label="哪种码 Which code" {
            @for one in [CodeKind::Live, CodeKind::NucleicAcid] {
                a href=(asked.at(&one.path(slot))) aria-current=[(one == kind).then_some("page")] { (say(&one.label(person.relation))) }
            }
        }
        div #code.code-place { (code) }
        div.acts {
            @if kind == CodeKind::NucleicAcid {
                a.button.danger href=(asked.at(&format!("/regenerate/{slot}"))) { (both("重新生成", "Regenerate")) }
                a.button href=(asked.at(&format!("/save/{slot}"))) { (both("存为图片", "Save picture")) }
                a.button href=(asked.at("/check")) { (both("查验旧图片", "Check a picture")) }
            }
            form method="post" action=(asked.at("/refresh")) { button { (both("联网刷新", "Refresh")) } }
        }
    };
    Ok(screen.show(kind.label(person.relation), content).await?)
}

/// The people whose codes are held, to tap or to swipe between.
fn whose(asked: &Asked, kind: CodeKind, people: &[PersonView], slot: Slot) -> Markup {
    let place = people.iter().position(|person| person.slot == slot);
    let beside = |step: isize| {
        let place = place?.checked_add_signed(step)?;
        people.get(place).map(|person| asked.at(&kind.path(person.slot)))
    };
    html! {
        nav.people aria-label="谁的码 Whose code" data-previous=[beside(-1)] data-next=[beside(1)] {
            @for person in people {
                a href=(asked.at(&kind.path(person.slot))) aria-current=[(person.slot == slot).then_some("page")] {
                    b { (person.name) } " " (say(&relation(person.relation)))
                }
            }
        }
    }
}

fn live_code(view: &LiveView) -> Markup {
    let (word, sign, status) = match view.colour {
        Colour::Green => ("green", "●", said("绿码", "Green")),
        Colour::Yellow => ("yellow", "▲", said("黄码", "Yellow")),
        Colour::Red => ("red", "■", said("红码", "Red")),
    };
    html! {
        figure.code.(word) data-colour=(word) {
            figcaption { b.name { (view.name) } span.masked hidden { (view.masked_name) } }
            div.qr role="img" aria-label={ (view.name) " 二维码 QR code" } { (PreEscaped(&view.svg)) }
            p.status { span.sign aria-hidden="true" { (sign) } " " (say(&status)) }
        }
        dl.facts {
            div { dt { (both("此刻", "Now")) } dd #drawn-at { (moment(view.drawn_at)) } }
            div { dt { (both("状态截至", "Status as of")) } dd #colour-as-of { (moment(view.colour_as_of)) } }
            div { dt { (both("门口认到", "At gates until")) } dd #colour-counts-until { (moment(view.colour_counts_until)) } }
            div { dt { (both("离线可出示至", "Offline until")) } dd #counts-until { (moment(view.counts_until)) } }
        }
        (notices(&view.notices))
    }
}

fn nucleic_acid_code(view: &NucleicAcidView) -> Markup {
    html! {
        figure.code.static data-doubt[view.doubt.is_some()] {
            figcaption { b.name { (view.name) } }
            div.qr role="img" aria-label={ (view.name) " 二维码 QR code" } { (PreEscaped(&view.svg)) }
            p.status { (both("只用于核酸采样", "For sampling only")) }
        }
        dl.facts {
            div { dt { (both("有效至(含当日)", "Valid through")) } dd #last-day { time datetime=(view.last_day) { (view.last_day) } } }
            div { dt { (both("生成", "Made")) } dd #made { (moment(view.made.iat)) " " span.by { (view.made.by) } } }
            div { dt { (both("信息截至", "As of")) } dd #code-as-of { (moment(view.as_of)) } }
        }
        (notices(&view.notices))
    }
}

/// What the core says beside a code.
fn notices(sentences: &[Sentence]) -> Markup {
    html! { div.notices { @for sentence in sentences { (banner(Tone::Caution, "notice", sentence)) } } }
}

/// Why there is no code, in its place.
fn lacking(error: &suima_wallet::Error) -> Markup {
    html! {
        div.lacking { (banner(Tone::Bad, error.id(), &error.sentence())) }
    }
}
