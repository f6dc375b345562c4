//! The frame of every page of a phone: what the app has to tell, the page, the ways at its foot, and the hands beside it.

use axum::response::Response;
use maud::{Markup, html};
use suima_wallet::Action;

use super::super::layout::{Kind, Layout, both, city_bar, moment_ago, say};
use super::super::reply;
use super::Asked;
use super::hands;
use crate::Error;
use crate::phone::Message;
use crate::words::{Sentence, said};

/// The ways at the foot of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Way {
    /// Codes.
    Codes,
    /// Family.
    Family,
    /// Scanning what a portal or a terminal shows.
    Scan,
    /// Everything else.
    More,
}

impl Way {
    const ALL: [Self; 4] = [Self::Codes, Self::Family, Self::Scan, Self::More];

    fn path(self) -> &'static str {
        match self {
            Self::Codes => "",
            Self::Family => "/family",
            Self::Scan => "/scan",
            Self::More => "/more",
        }
    }

    fn label(self) -> Markup {
        match self {
            Self::Codes => both("出示码", "Codes"),
            Self::Family => both("家人", "Family"),
            Self::Scan => both("扫一扫", "Scan"),
            Self::More => both("更多", "More"),
        }
    }
}

/// The app's screen.
pub(in super::super) struct Screen<'a> {
    asked: &'a Asked,
    way: Way,
    redraw_ms: Option<u64>,
    back: Option<String>,
}

impl<'a> Screen<'a> {
    pub(super) fn new(asked: &'a Asked) -> Self {
        Self { asked, way: Way::Codes, redraw_ms: None, back: None }
    }

    /// Which of the ways leads here.
    pub fn on(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    /// Draws itself again after so many milliseconds.
    pub fn redrawn_after(mut self, milliseconds: u64) -> Self {
        self.redraw_ms = Some(milliseconds);
        self
    }

    /// With a way back to a page of this phone.
    pub fn back_to(mut self, path: &str) -> Self {
        self.back = Some(self.asked.at(path));
        self
    }

    /// The page.
    pub async fn show(self, heading: Sentence, content: Markup) -> Result<Response, Error> {
        let Asked { phone, display, pages, .. } = self.asked;
        let status = phone.wallet().status()?;
        let cut = phone.device.is_cut().await;
        let now = phone.device.clock.city().now();
        let frame = html! {
            div.stage {
                section.phone aria-label=(heading.zh) {
                    header.bar {
                        @if let Some(back) = &self.back {
                            a.back href=(back) { span.sign aria-hidden="true" { "‹" } span.hidden { (both("返回", "Back")) } }
                        }
                        h1 { (say(&heading)) }
                        p.as-of {
                            @if cut { span.cut data-id="no-network" { (both("无网络", "No network")) } " " }
                            @match status.as_of {
                                Some(at) => { (both("信息截至", "As of")) " " (moment_ago(at, now)) }
                                None => (both("尚未联网", "Never online")),
                            }
                        }
                    }
                    div.messages role="status" {
                        @for message in phone.messages() { (told(self.asked, &message)) }
                        @if !phone.messages().is_empty() {
                            form method="post" action=(self.asked.at("/seen")) { button.quiet { (both("知道了", "OK")) } }
                        }
                    }
                    div.content { (content) }
                    @if status.enrolled {
                        nav.ways aria-label="主要页面 Main pages" {
                            @for way in Way::ALL {
                                a href=(self.asked.at(way.path())) aria-current=[(way == self.way).then_some("page")] { (way.label()) }
                            }
                        }
                    }
                }
                (hands::panel(self.asked, cut))
            }
        };
        let layout = Layout {
            heading,
            kind: Kind::Phone,
            language: display.language,
            elder: display.elder,
            redraw_ms: self.redraw_ms,
            bar: pages.town.as_ref().map(|town| city_bar(town)),
            content: frame,
        };
        Ok(reply::page(layout.draw()))
    }
}

/// A message, with what can be done about it.
fn told(asked: &Asked, message: &Message) -> Markup {
    let next = message.action.and_then(|action| match action {
        Action::Enrol => Some(("/enrol", said("去开通", "Enrol"))),
        Action::GoOnline | Action::TryAgain => Some(("/refresh", said("联网刷新", "Refresh"))),
        Action::Reopen | Action::Tell | Action::Report => None,
    });
    html! {
        div.banner.(message.tone.word()) data-id=(message.id) {
            p { (say(&message.said)) }
            @if let Some((path, label)) = next {
                @if path == "/enrol" {
                    a.button href=(asked.at(path)) { (say(&label)) }
                } @else {
                    form method="post" action=(asked.at(path)) { button { (say(&label)) } }
                }
            }
        }
    }
}
