//! Pictures of codes: saving one, looking at the album, and checking whether one still counts (R9).

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::Slot;
use suima_code::qr::PictureError;
use suima_wallet::{Doubt, SavedCheck};

use super::super::Pages;
use super::super::layout::{banner, both, link, moment, say, through};
use super::super::photograph;
use super::super::reply::{Failure, Reply, escaped, go};
use super::Asked;
use super::codes::CodeKind;
use super::screen::{Way, refused, step};
use crate::Error;
use crate::phone::{Message, Picture};
use crate::words::{Sentence, Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/save/{slot}", post(save))
        .route("/phone/{id}/picture/{name}", get(picture))
        .route("/phone/{id}/check", get(check))
        .route("/phone/{id}/check/picture", post(read))
}

async fn save(asked: Asked, Path((_, slot)): Path<(String, u32)>) -> Reply {
    let phone = &asked.phone;
    phone.begin();
    match phone.save_picture(Slot(slot), phone.device.clock.city().now()) {
        Ok(()) => {
            let done = said("图片已存入相册。", "The picture is in the album.");
            let message = Message::new(Tone::Good, "saved", done);
            phone.tell(message.leading_to("/check", said("打开相册", "Open the album")));
        }
        Err(Error::Wallet(error)) => phone.tell(&error),
        Err(error) => return Err(error.into()),
    }
    Ok(asked.done_here())
}

async fn picture(asked: Asked, Path((_, name)): Path<(String, String)>) -> Reply {
    let png = asked.phone.picture(&name).map_err(|_| Failure::Missing)?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, png).into_response())
}

/// What is to be checked. It stands in the address, so what is said of it is always as of now.
#[derive(Deserialize)]
struct Looked {
    /// A picture of the album.
    picture: Option<String>,
    /// The text of a code.
    text: Option<String>,
    /// Why nothing could be read from a picture.
    unread: Option<String>,
}

async fn check(asked: Asked, Query(looked): Query<Looked>) -> Reply {
    let album = asked.phone.album()?;
    let chosen = album.iter().find(|one| Some(&one.name) == looked.picture.as_ref());
    let result = if let Some(chosen) = chosen {
        Some(match photograph::read(asked.phone.picture(&chosen.name)?).await {
            Ok(text) => found(&asked, &text),
            Err(error) => unread(&error),
        })
    } else if let Some(text) = looked.text.as_ref().filter(|text| !text.trim().is_empty()) {
        Some(found(&asked, text.trim()))
    } else {
        looked.unread.as_deref().map(|why| {
            unread(&if why == "no-code" { PictureError::NoCode } else { PictureError::NotAPicture })
        })
    };
    let content = html! {
        @if let Some(result) = result {
            section.checked aria-live="polite" {
                @if let Some(chosen) = chosen { (photo(&asked, chosen)) }
                (result)
            }
        } @else {
            p.hint { (both("选一张核酸码图片，看它现在是否有效。", "Choose a picture of a nucleic-acid code to see whether it still counts.")) }
        }
        (thumbnails(&asked, &album, chosen))
        form.panel method="get" action=(asked.at("/check")) {
            label.field.drop #drop data-keep data-pictures=(asked.at("/check/picture")) {
                (both("选择其他图片，或拖到这里、粘贴", "Choose another picture, drop it here or paste it"))
                input #file type="file" accept="image/png,image/jpeg";
            }
            label.field {
                (both("或输入码的文字", "Or type the text of a code"))
                input name="text" autocomplete="off" autocapitalize="off" spellcheck="false" required;
            }
            button { (both("查验", "Check")) }
        }
    };
    let screen = asked.screen().on(Way::More).back_to("/more");
    Ok(screen.show(said("相册与查验", "Album and check"), content).await?)
}

fn photo(asked: &Asked, picture: &Picture) -> Markup {
    let source = asked.at(&format!("/picture/{}", picture.name));
    html! {
        figure.photo {
            img src=(source) alt="" width="96" height="96";
            figcaption { (picture.caption) }
            a.button.quiet href=(source) download={ (picture.caption) ".png" } { (both("下载", "Download")) }
        }
    }
}

fn thumbnails(asked: &Asked, album: &[Picture], chosen: Option<&Picture>) -> Markup {
    html! {
        h2 { (both("相册", "Album")) }
        @if album.is_empty() {
            p.hint { (both("还没有图片。在核酸码页点“存为图片”。", "No pictures yet. Save one from a nucleic-acid code.")) }
        }
        ul.album {
            @for picture in album.iter().rev() {
                li {
                    a href=(asked.at(&format!("/check?picture={}", picture.name))) aria-current=[(chosen == Some(picture)).then_some("true")] {
                        img src=(asked.at(&format!("/picture/{}", picture.name))) alt="" width="64" height="64";
                        span { (picture.caption) }
                        span.do { (both("查验", "Check")) }
                    }
                }
            }
        }
    }
}

/// The script sends the bytes of a picture.
async fn read(asked: Asked, picture: Bytes) -> Reply {
    let (name, value) = match photograph::read(picture).await {
        Ok(text) => ("text", text),
        Err(error) => ("unread", photograph::unread(&error).0.to_owned()),
    };
    let path = asked.at("/check");
    Ok(go(format!("{path}?{name}={}", escaped(&value))))
}

/// Nothing could be read from a picture.
fn unread(error: &PictureError) -> Markup {
    let (why, sentence) = photograph::unread(error);
    html! { div data-check="unread" { (banner(Tone::Bad, why, &sentence)) } }
}

/// What the wallet says of it.
fn found(asked: &Asked, text: &str) -> Markup {
    let found = match asked.phone.wallet().check_saved(text) {
        Ok(found) => found,
        Err(error) => return refused(asked, &error),
    };
    let Found { word, tone, slot, facts, doubt } = Found::of(&found);
    let reason = match &found {
        SavedCheck::Refused { reason } => Some(reason.id()),
        _ => None,
    };
    let by = match &found {
        SavedCheck::Replaced { by, .. } => by.as_deref(),
        _ => None,
    };
    html! {
        div.banner.verdict.(tone.word()) data-check=(word) data-reason=[reason] data-slot=[slot] data-doubt=[doubt.map(|_| "regeneration-pending")] {
            p { (say(&found.sentence())) }
            dl.facts {
                @for (id, label, at) in facts {
                    div { dt { (say(&label)) } dd id={ "check-" (id) } { @if id == "until" { (through(at)) } @else { (moment(at)) } } }
                }
                @if let Some(by) = by { div { dt { (both("操作人", "By")) } dd #check-by { (by) } } }
                @if let Some(Doubt::RegenerationPending { since }) = doubt { span hidden #check-doubt { (moment(since)) } }
            }
            @match (&found, slot) {
                (SavedCheck::NotKnown { .. }, _) => (step(asked, suima_wallet::Action::GoOnline)),
                (SavedCheck::NotSaved, _) => (link(&asked.at(""), "", &both("出示随申码", "Show the live code"))),
                (_, Some(slot)) => (link(&asked.at(&CodeKind::NucleicAcid.path(slot)), "", &both("出示当前的码", "Show the current code"))),
                (_, None) => {},
            }
        }
    }
}

/// What a page shows of a check.
struct Found {
    /// As `tests/scenarios/README.md` calls it.
    word: &'static str,
    tone: Tone,
    slot: Option<Slot>,
    facts: Vec<(&'static str, Sentence, suima_code::UnixTime)>,
    doubt: Option<Doubt>,
}

impl Found {
    fn of(check: &SavedCheck) -> Self {
        let until = |at| ("until", said("有效至（含当日）", "Valid through"), at);
        let plain = |word, tone, slot| Self { word, tone, slot, facts: Vec::new(), doubt: None };
        let sure = |doubt: Option<Doubt>| if doubt.is_some() { Tone::Caution } else { Tone::Good };
        match *check {
            SavedCheck::Current { slot, until: at, doubt, .. } => {
                Self { facts: vec![until(at)], doubt, ..plain("current", sure(doubt), Some(slot)) }
            }
            SavedCheck::Successor { slot, from, until: at, doubt, .. } => Self {
                facts: vec![("from", said("生效", "Valid from"), from), until(at)],
                doubt,
                ..plain("successor", sure(doubt), Some(slot))
            },
            SavedCheck::Replaced { slot, at, .. } => Self {
                facts: vec![("at", said("被替换", "Replaced"), at)],
                ..plain("replaced", Tone::Bad, Some(slot))
            },
            SavedCheck::Expired { slot, at } => Self {
                facts: vec![("at", said("最后一天", "Last day"), at)],
                ..plain("expired", Tone::Bad, Some(slot))
            },
            SavedCheck::NotKnown { slot } => plain("not-known", Tone::Caution, Some(slot)),
            SavedCheck::NotYours => plain("not-yours", Tone::Bad, None),
            SavedCheck::NotSaved => plain("not-saved", Tone::Bad, None),
            SavedCheck::Refused { .. } => plain("refused", Tone::Bad, None),
        }
    }
}
