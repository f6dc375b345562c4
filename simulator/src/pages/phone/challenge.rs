//! What portals and terminals ask: scanned from their screens, compared, and agreed to or declined.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, Path};
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::UnixTime;
use suima_wallet::{AskedAct, AskingPlace, ChallengeView, Confirmed, ConfirmedView};

use super::super::Pages;
use super::super::layout::{both, moment, say};
use super::super::photograph;
use super::super::reply::{Reply, go};
use super::Asked;
use super::paper::places;
use super::screen::Way;
use crate::phone::Message;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .route("/phone/{id}/scan", get(look).post(scan))
        .route("/phone/{id}/scan/picture", post(picture))
        .route("/phone/{id}/scan/{challenge}", get(question).post(answer))
}

async fn look(asked: Asked) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let waiting = asked.phone.wallet().challenges()?;
    let content = html! {
        @if !waiting.is_empty() {
            section.cards aria-labelledby="waiting" {
                h2 #waiting { (both("等待您确认", "Waiting for you")) }
                @for view in &waiting {
                    a.way data-challenge=(view.challenge.id) href=(asked.at(&format!("/scan/{}", view.challenge.id))) {
                        span { (place(view)) }
                        span { (both("截止", "Until")) " " (moment(view.challenge.expires)) }
                    }
                }
            }
        }
        (screens(&asked))
        section.panel aria-labelledby="otherwise" {
            h2 #otherwise { (both("不用摄像头", "Without a camera")) }
            form.typed method="post" action=(asked.at("/scan")) {
                label.field {
                    (both("二维码的文字", "The text of the QR code"))
                    input name="text" value=(asked.phone.undecided().scanned) required autocomplete="off" spellcheck="false";
                }
                button { (both("继续", "Go on")) }
            }
            label.field.drop #drop data-keep data-pictures=(asked.at("/scan/picture")) {
                (both("或选一张屏幕的照片，拖到这里、粘贴", "Or choose a photograph of the screen, drop it here or paste it"))
                input #file type="file" accept="image/png,image/jpeg";
            }
        }
    };
    Ok(asked.screen().on(Way::Scan).show(said("扫一扫", "Scan"), content).await?)
}

/// The screens of the city that the camera can be pointed at.
fn screens(asked: &Asked) -> Markup {
    let Some(town) = &asked.pages.town else { return html! {} };
    let lit = town.screens.lit();
    html! {
        section #screens.cards aria-labelledby="screens-title" {
            h2 #screens-title { (both("请对准PC端或自助终端屏幕上的二维码", "Point at the QR code on the screen")) }
            @if lit.is_empty() {
                p { (both("现在没有屏幕显示二维码。请先到PC端或自助终端开始。", "No screen shows one now. Begin at the portal or the terminal.")) }
                (places(asked))
            }
            @for screen in &lit {
                @for text in &screen.texts {
                    form method="post" action=(asked.at("/scan")) data-screen=(place_word(screen.place)) {
                        input type="hidden" name="text" value=(text);
                        button.solid {
                            @match screen.place {
                                AskingPlace::Portal => (both("扫PC端的屏幕", "Scan the PC portal's screen")),
                                AskingPlace::Terminal => (both("扫自助终端的屏幕", "Scan the terminal's screen")),
                            }
                            " " (moment(screen.since))
                        }
                    }
                }
            }
        }
    }
}

fn place(view: &ChallengeView) -> Markup {
    let name = &view.challenge.place_name;
    match view.challenge.place {
        AskingPlace::Portal => html! { (both("PC端", "PC portal")) " " b.place-name { (name) } },
        AskingPlace::Terminal => {
            html! { (both("自助终端", "Terminal")) " " b.place-name { (name) } }
        }
    }
}

fn place_word(place: AskingPlace) -> &'static str {
    match place {
        AskingPlace::Portal => "portal",
        AskingPlace::Terminal => "terminal",
    }
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

async fn scan(asked: Asked, Form(Text { text }): Form<Text>) -> Reply {
    Ok(take(&asked, &text).await)
}

/// Takes a photograph of a screen, as its bytes.
async fn picture(asked: Asked, photograph: Bytes) -> Reply {
    Ok(match photograph::read(photograph).await {
        Ok(text) => take(&asked, &text).await,
        Err(error) => {
            asked.begin();
            let (_, why) = photograph::unread(&error);
            asked.phone.tell(Message::new(Tone::Bad, "no-code-in-picture", why));
            asked.done("/scan")
        }
    })
}

async fn take(asked: &Asked, text: &str) -> Response {
    match asked.begin().challenge(text).await {
        Ok(view) => {
            let path = format!("/scan/{}", view.challenge.id);
            let mut undecided = asked.phone.undecided();
            (undecided.challenge, undecided.scanned) = (Some(view), String::new());
            drop(undecided);
            asked.done(&path)
        }
        Err(error) => {
            text.clone_into(&mut asked.phone.undecided().scanned);
            asked.phone.tell(&error);
            asked.done("/scan")
        }
    }
}

/// What is asked, as the wallet has it now; once it waits no more, as it was last shown.
fn shown(asked: &Asked, id: &str) -> Result<Option<ChallengeView>, suima_wallet::Error> {
    let waiting = asked.phone.wallet().challenges()?;
    let mut undecided = asked.phone.undecided();
    if let Some(view) = waiting.into_iter().find(|view| view.challenge.id == id) {
        undecided.challenge = Some(view);
    }
    Ok(undecided.challenge.clone().filter(|view| view.challenge.id == id))
}

/// The digits first, for a relayed challenge shows others, and then the question.
async fn question(asked: Asked, Path((_, id)): Path<(String, String)>) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let Some(view) = shown(&asked, &id)? else { return Ok(go(asked.at("/scan"))) };
    let challenge = &view.challenge;
    let (act, slot) = act(&challenge.act);
    let weight = if view.voids.is_some() { "danger solid" } else { "solid" };
    let content = html! {
        form #challenge.cards method="post" action=(asked.at(&format!("/scan/{id}")))
            data-challenge=(id) data-act=(act) data-slot=[slot] data-place=(place_word(challenge.place)) data-voids=[view.voids.map(UnixTime::get)]
        {
            input type="hidden" name="seen" value=(view.question.zh);
            section.panel aria-labelledby="compare" {
                h2 #compare { (both("先核对这两位数字", "Compare these two digits first")) }
                div.compare {
                    p.digits { (challenge.check) }
                    p.said { (say(&view.compare)) }
                }
                button name="answer" value="decline" { (both("不一致，拒绝", "They differ: decline")) }
            }
            section.panel aria-labelledby="question" {
                h2 #question { (both("再看要办什么", "Then see what is asked")) }
                p.said.question { (say(&view.question)) }
                dl.facts {
                    div { dt { (both("来自", "From")) } dd { (place(&view)) } }
                    @if let Some(at) = view.voids { div { dt { (both("将作废", "Will be void")) } dd.voids { (both("制于", "made")) " " (moment(at)) } } }
                    div { dt { (both("截止", "Until")) } dd.until { (moment(challenge.expires)) } }
                }
                div.acts {
                    button.(weight) name="answer" value="agree" { (both("同意", "Agree")) }
                    button name="answer" value="decline" { (both("不同意", "Decline")) }
                }
            }
        }
    };
    let screen = asked.screen().on(Way::Scan).back_to("/scan");
    Ok(screen.show(said("确认办理", "Confirm a request"), content).await?)
}

/// As `tests/scenarios/README.md` calls an act, and whom it is for where that is one person.
fn act(act: &AskedAct) -> (&'static str, Option<u32>) {
    match act {
        AskedAct::LogIn => ("log-in", None),
        AskedAct::ApplyPaper { slot, .. } => ("apply-paper", Some(slot.0)),
        AskedAct::PrintPaper { slot, .. } => ("print-paper", Some(slot.0)),
        AskedAct::ReportLost { slot, .. } => ("report-lost", Some(slot.0)),
        AskedAct::PrintNucleicAcid { .. } => ("print-nucleic-acid", None),
        AskedAct::HoldRelative { slot, .. } => ("hold-relative", Some(slot.0)),
    }
}

#[derive(Deserialize)]
struct Answer {
    answer: String,
    /// The question that stood there.
    seen: String,
}

async fn answer(
    asked: Asked,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Answer>,
) -> Reply {
    if let Some(enrol) = asked.not_enrolled()? {
        return Ok(enrol);
    }
    let wallet = asked.begin();
    // Another page may have shown something else since.
    let Some(view) = shown(&asked, &id)? else { return Ok(asked.done("/scan")) };
    let agree = form.answer == "agree";
    // Only what the page showed is agreed to.
    if agree && view.question.zh != form.seen {
        return Ok(asked.done(&format!("/scan/{id}")));
    }
    match wallet.confirm(&view, agree).await {
        Ok(confirmed) => Ok(asked.done(&told(&asked, confirmed))),
        Err(error) => {
            asked.phone.tell(&error);
            Ok(asked.done(&format!("/scan/{id}")))
        }
    }
}

/// Says what came of an answer, and where to go: where something else is asked by now, that is what the user sees next.
fn told(asked: &Asked, confirmed: ConfirmedView) -> String {
    let (tone, id) = match confirmed.outcome {
        Confirmed::Done => (Tone::Good, "done"),
        Confirmed::Declined => (Tone::Plain, "declined"),
        Confirmed::Over => (Tone::Bad, "over"),
        Confirmed::Changed => (Tone::Bad, "changed"),
        Confirmed::NotEligible => (Tone::Bad, "not-eligible"),
    };
    asked.phone.tell(Message::new(tone, id, confirmed.sentence));
    let now = confirmed.now.map(|view| *view);
    let path =
        now.as_ref().map_or("/scan".to_owned(), |view| format!("/scan/{}", view.challenge.id));
    asked.phone.undecided().challenge = now;
    path
}
