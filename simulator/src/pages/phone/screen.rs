//! The frame of every page of a phone: what the app has to tell, the page, the ways at its foot, and the hands beside it.

use axum::response::Response;
use maud::{Markup, html};
use suima_code::{Slot, UnixTime};
use suima_wallet::Action;

use super::super::layout::{Kind, Layout, both, city_bar, link, moment, say};
use super::super::reply;
use super::codes::CodeKind;
use super::{Asked, hands};
use crate::Error;
use crate::phone::Message;
use crate::words::{Sentence, ago, said};

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
    redraw_ms: u64,
    back: Option<String>,
    code: Option<(CodeKind, Slot)>,
    tells_itself: bool,
}

/// What is said of times grows old: every page is drawn again of itself after so many milliseconds.
const REDRAW_MS: u64 = 60_000;

impl<'a> Screen<'a> {
    pub(super) fn new(asked: &'a Asked) -> Self {
        let (way, redraw_ms) = (Way::Codes, REDRAW_MS);
        Self { asked, way, redraw_ms, back: None, code: None, tells_itself: false }
    }

    /// Which of the ways leads here.
    pub fn on(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    /// Draws itself again after so many seconds, where that is sooner than all pages do.
    pub fn redrawn_after(mut self, seconds: i64) -> Self {
        let milliseconds = u64::try_from(seconds).unwrap_or(0).max(1) * 1000;
        self.redraw_ms = self.redraw_ms.min(milliseconds);
        self
    }

    /// With a way back to a page of this phone.
    pub fn back_to(mut self, path: &str) -> Self {
        self.back = Some(self.asked.at(path));
        self
    }

    /// Shows a code, of which a hand can take a screenshot.
    pub(super) fn with_code(mut self, kind: CodeKind, slot: Slot) -> Self {
        self.code = Some((kind, slot));
        self
    }

    /// Draws what the app has to tell itself, in its content. Elsewhere it stands above everything.
    pub(super) fn telling_itself(mut self) -> Self {
        self.tells_itself = true;
        self
    }

    /// The page.
    pub async fn show(self, heading: Sentence, content: Markup) -> Result<Response, Error> {
        let Asked { phone, display, pages, .. } = self.asked;
        let status = phone.wallet().status()?;
        let cut = phone.device.is_cut().await;
        let unseen = phone.messages().iter().filter(|message| message.lasting).count();
        let frame = html! {
            div.stage {
                section.phone aria-label=(heading.zh) {
                    header.bar {
                        @if let Some(back) = &self.back {
                            a.back href=(back) { span.sign aria-hidden="true" { "‹" } (both("返回", "Back")) }
                        }
                        h1 { (say(&heading)) }
                        (self.as_of(status.as_of, cut))
                        @if status.enrolled {
                            form.refresh method="post" action=(self.asked.at("/refresh")) { button.quiet { (both("联网刷新", "Refresh")) } }
                        }
                    }
                    @if !self.tells_itself { (messages(self.asked, |message| !message.lasting)) }
                    div.content { (content) }
                    // News comes by itself: what stands above it is not moved under a finger.
                    @if !self.tells_itself { (news(self.asked)) }
                    @if status.enrolled {
                        nav.ways aria-label="主要页面 Main pages" {
                            @for way in Way::ALL {
                                a href=(self.asked.at(way.path())) aria-current=[(way == self.way).then_some("page")] {
                                    (way.label())
                                    @if way == Way::More && unseen > 0 { b.badge { (unseen) } }
                                }
                            }
                        }
                    }
                }
                (hands::panel(self.asked, cut, self.code))
            }
        };
        let layout = Layout {
            heading,
            kind: Kind::Phone,
            language: display.language,
            elder: display.elder,
            redraw_ms: Some(self.redraw_ms),
            changes: Some(self.asked.changes),
            bar: pages.town.as_ref().map(|town| city_bar(town)),
            content: frame,
        };
        Ok(reply::page(layout.draw()))
    }

    /// How old the phone's knowledge is, and whether it can be renewed. Its lines are kept free whatever stands in them.
    fn as_of(&self, as_of: Option<UnixTime>, cut: bool) -> Markup {
        let now = self.asked.phone.device.clock.city().now();
        html! {
            p.as-of {
                @match as_of {
                    Some(at) => {
                        span { (both("截至", "As of")) " " span #as-of { (moment(at)) } }
                        " "
                        span { @if cut { (no_network()) " " } span.ago { (say(&ago(at, now))) } }
                    }
                    None => {
                        span { (both("尚未联网", "Never online")) }
                        " "
                        @if cut { (no_network()) }
                    }
                }
            }
        }
    }
}

fn no_network() -> Markup {
    html! { span.cut data-id="no-network" { (both("无网络", "No network")) } }
}

/// What the app has to tell on this page, as far as it is wanted.
pub(super) fn messages(asked: &Asked, wanted: impl Fn(&Message) -> bool) -> Markup {
    told_in(asked, "messages", wanted)
}

/// What came by itself and was not seen yet.
fn news(asked: &Asked) -> Markup {
    told_in(asked, "unseen", |message| message.lasting)
}

fn told_in(asked: &Asked, id: &str, wanted: impl Fn(&Message) -> bool) -> Markup {
    let mut messages = asked.phone.messages();
    messages.retain(|message| {
        wanted(message) && message.page.as_ref().is_none_or(|page| *page == asked.path)
    });
    html! {
        div.messages id=(id) role="status" data-done[messages.iter().any(|message| !message.lasting)] {
            @if !messages.is_empty() {
                div.told { @for message in &messages { (told(asked, message)) } }
                form method="post" action=(asked.at("/seen")) { button.quiet { (both("知道了", "OK")) } }
            }
        }
    }
}

/// A message, with what can be done about it.
fn told(asked: &Asked, message: &Message) -> Markup {
    html! {
        div.banner.(message.tone.word()) data-id=(message.id)
            data-what=[message.about.map(|about| about.what)] data-slot=[message.about.map(|about| about.slot)]
        {
            p { (say(&message.said)) }
            @if let Some(next) = &message.next { (link(&asked.at(&next.path), "", &say(&next.label))) }
            @if let Some(action) = message.action { (step(asked, action)) }
        }
    }
}

/// Why something cannot be shown, with what can be done about it.
pub(super) fn refused(asked: &Asked, error: &suima_wallet::Error) -> Markup {
    told(asked, &error.into())
}

/// The next step after an error, as a button.
pub(super) fn step(asked: &Asked, action: Action) -> Markup {
    let act = |path: &str, label: Sentence| {
        html! { form method="post" action=(asked.at(path)) { button { (say(&label)) } } }
    };
    match action {
        Action::Enrol => link(&asked.at("/enrol"), "", &both("去开通", "Enrol")),
        Action::GoOnline => act("/refresh", said("联网更新", "Go online")),
        Action::TryAgain => act("/refresh", said("再试一次", "Try again")),
        Action::Reopen | Action::Report => {
            act("/reopen", said("重新打开应用", "Open the app again"))
        }
        Action::Tell => html! {},
    }
}
