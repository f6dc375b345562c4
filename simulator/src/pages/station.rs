//! A post with staff: sampling, a gate, a door. One device can be each of them.

mod by_hand;
mod camera;
mod door;
mod enrol;
mod gate;
mod hands;
mod held_out;
mod id_card;
mod look;
mod next;
mod pictures;
mod sampling;
mod scan;
mod screen;
mod seal;
mod seat;
mod session;
mod sync;
mod tube;
mod upload;
mod verdict;
mod wedge;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;

use self::scan::Work;
use self::screen::Screen;
use super::Pages;
use super::reply::{Failure, came_from};
use crate::post::{Outcome, Post};
use crate::words::{Sentence, Tone};

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .merge(sampling::router())
        .merge(gate::router())
        .merge(door::router())
        .merge(look::router())
        .merge(inputs())
        .merge(work())
        .merge(sync::router())
        .merge(hands::router())
}

/// Every way in which something comes into a post.
fn inputs() -> Router<Pages> {
    Router::new()
        .merge(scan::router())
        .merge(wedge::router())
        .merge(id_card::router())
        .merge(camera::router())
        .merge(pictures::router())
        .merge(held_out::router())
}

/// What the staff do at sampling between two scans.
fn work() -> Router<Pages> {
    Router::new()
        .merge(session::router())
        .merge(tube::router())
        .merge(seat::router())
        .merge(seal::router())
        .merge(by_hand::router())
        .merge(upload::router())
        .merge(enrol::router())
}

/// A request to a page of a post.
pub(super) struct Asked {
    /// The post.
    pub post: Arc<Post>,
    /// The page of this post where a form was sent.
    came_from: Option<String>,
    /// The number of the outcome that was said to this page.
    said: Option<u64>,
    /// How often something had changed when it was asked.
    changes: u64,
    pages: Pages,
}

impl Asked {
    /// An address at this post.
    pub fn at(&self, path: &str) -> String {
        format!("/station/{}{path}", self.post.device.id)
    }

    /// The screen of the post at some work, to be filled.
    pub fn screen(&self, work: impl Into<Work>) -> Screen<'_> {
        Screen::new(self, work.into())
    }

    /// Something was done here, and is shown where the scanning goes on.
    pub fn did(&self, id: &'static str, sentence: Sentence) -> Response {
        self.post.show(Outcome::Said(Tone::Good, id, sentence));
        self.leads_to(&self.at(""))
    }

    /// Something was not done: the page where it was asked for says why.
    pub fn not_done(&self, error: &suima_station::Error, page: &str) -> Response {
        self.told(Outcome::from(error), page)
    }

    /// Shows an outcome on the page where it was asked for.
    pub fn told(&self, outcome: Outcome, page: &str) -> Response {
        self.post.show(outcome);
        let path = self.at(page);
        let sign = if path.contains('?') { '&' } else { '?' };
        self.leads_to(&format!("{path}{sign}said={}", self.post.shown().number))
    }

    /// Something changed here: every page looks again, and this one's is at `path`.
    pub fn leads_to(&self, path: &str) -> Response {
        self.pages.devices.changed();
        super::reply::go(path)
    }

    /// Something was scanned: the work goes on at `next`, where that is another page.
    pub fn goes_on(&self, next: Option<String>) -> Response {
        next.map_or_else(|| self.done(), |path| self.leads_to(&path))
    }

    /// Something was done here: every page looks again, and this one's is the page where the form was sent.
    pub fn done(&self) -> Response {
        self.leads_to(self.came_from.as_deref().unwrap_or(&self.at("")))
    }
}

impl FromRequestParts<Pages> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, pages: &Pages) -> Result<Self, Failure> {
        let id = parts.uri.path().split('/').nth(2).unwrap_or_default();
        let post = pages.devices.post(id).ok_or(Failure::Missing)?;
        let came_from = came_from(&parts.headers, &format!("/station/{id}"));
        let mut query = parts.uri.query().unwrap_or_default().split('&');
        let said = query.find_map(|part| part.strip_prefix("said=")?.parse().ok());
        let changes = pages.devices.changes_so_far();
        Ok(Self { post, came_from, said, changes, pages: pages.clone() })
    }
}
