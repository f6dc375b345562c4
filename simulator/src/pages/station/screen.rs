//! The frame of every page of a post: the verdict large enough to be read at two metres, the work below it.

use axum::response::Response;
use maud::{Markup, html};
use suima_sentences::Sentence;

use super::super::layout::{Kind, Language, Layout, both, city_bar, moment_ago, say};
use super::super::reply;
use super::scan::Work;
use super::{Asked, hands, verdict};
use crate::Error;

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

    /// Work beside the scanning: with the way back to it, and without the last verdict, unless that was said to this very
    /// page (`?said=`).
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
        let shown = post.shown();
        let verdict = !self.beside || self.asked.said == Some(shown.number);
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
                    @if verdict { (verdict::draw(self.asked, &shown)) }
                    div.content { (content) }
                }
                (hands::panel(self.asked, cut, work, !self.beside))
            }
        };
        let layout = Layout {
            heading,
            kind: Kind::Station,
            language: Language::Both,
            bar: pages.town.as_ref().map(|town| city_bar(town)),
            ..Layout::plain(frame)
        };
        Ok(reply::page(layout.draw()))
    }
}
