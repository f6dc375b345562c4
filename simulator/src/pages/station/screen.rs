//! The frame of every page of a post: the verdict large enough to be read at two metres, the work below it.

use axum::response::Response;
use maud::{Markup, html};
use suima_client::wire::ProblemId;
use suima_code::{Place, UnixTime};
use suima_sentences::{Sentence, describe_problem};

use super::super::layout::{Kind, Language, Layout, both, city_bar, moment_ago, say};
use super::super::reply;
use super::scan::Work;
use super::{Asked, hands, next, verdict};
use crate::Error;
use crate::post::Outcome;

/// The screen of a post.
pub(in super::super) struct Screen<'a> {
    asked: &'a Asked,
    work: Work,
    beside: bool,
}

impl<'a> Screen<'a> {
    pub(super) fn new(asked: &'a Asked, work: Work) -> Self {
        Self { asked, work, beside: false }
    }

    /// Work beside the scanning: with the way back to it, and without the last verdict, unless something was said to this
    /// very page (`?said=`), or since.
    pub fn beside(self) -> Self {
        Self { beside: true, ..self }
    }

    /// The page.
    pub async fn show(self, heading: Sentence, content: Markup) -> Result<Response, Error> {
        let Asked { post, pages, .. } = self.asked;
        let status = post.station().status()?;
        let cut = post.device.is_cut().await;
        let now = post.device.clock.city().now();
        let work = self.work;
        let mut shown = post.shown();
        let left = left_ms(shown.outcome.as_ref(), status.now).filter(|_| work == Work::Gate);
        if left == Some(0) {
            shown.outcome = None;
        }
        let verdict = !self.beside || self.asked.said.is_some_and(|said| said <= shown.number);
        let frame = html! {
            div.stage {
                section.station data-place=(work.word()) data-beside[self.beside] aria-label=(heading.zh) {
                    header.bar {
                        @if self.beside { a.back href=(self.asked.at(work.path())) aria-label="返回 Back" { "‹" } }
                        h1 { (say(&heading)) }
                        p.as-of {
                            @if cut { span.cut data-id="no-network" { (both("无网络", "No network")) } " " }
                            @match status.as_of {
                                Some(at) => { (both("名单截至", "List as of")) " " span #list-as-of { (moment_ago(at, now)) } }
                                None => (both("尚未联网", "Never online")),
                            }
                        }
                    }
                    @if self.beside {
                        p #stray.banner.caution role="alert" hidden {
                            (both("这里不扫码，刚才的码没有登记。请先返回。", "Nothing is scanned here, and nobody was registered. Go back first."))
                        }
                    }
                    @if status.ended && !self.beside {
                        div #ended.banner.caution {
                            p { (say(&describe_problem(ProblemId::DeviceEnded))) }
                            (next::step(self.asked, "device-ended"))
                        }
                    }
                    @if verdict { (verdict::draw(self.asked, work, &shown)) }
                    div.content { (content) }
                }
                (hands::panel(self.asked, cut, work, !self.beside))
            }
        };
        let layout = Layout {
            heading,
            kind: Kind::Station,
            language: Language::Both,
            changes: Some(self.asked.changes),
            redraw_ms: left.filter(|&left| left > 0),
            bar: pages.town.as_ref().map(|town| city_bar(town)),
            ..Layout::plain(frame)
        };
        Ok(reply::page(layout.draw()))
    }
}

/// For how many seconds a gate shows what came of one person: by then they have gone on, and nobody is there to clear it.
const AT_A_GATE: i64 = 5;

/// In how many milliseconds a gate's verdict goes off the screen; 0 where it has gone, none for all that stays.
fn left_ms(outcome: Option<&Outcome>, now: UnixTime) -> Option<u64> {
    match outcome {
        Some(Outcome::Door(Place::Gate, view)) => {
            let left = AT_A_GATE - now.since(view.at);
            Some(u64::try_from(left * 1000).unwrap_or(0))
        }
        _ => None,
    }
}
