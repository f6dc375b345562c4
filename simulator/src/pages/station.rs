//! A post with staff: sampling, a gate, a door. One device can be each of them.

mod camera;
mod door;
mod gate;
mod hands;
mod held_out;
mod id_card;
mod look;
mod pictures;
mod sampling;
mod scan;
mod screen;
mod sync;
mod verdict;
mod wedge;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use suima_code::Place;

use self::screen::Screen;
use super::Pages;
use super::reply::{Failure, came_from};
use crate::post::Post;

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .merge(sampling::router())
        .merge(gate::router())
        .merge(door::router())
        .merge(look::router())
        .merge(inputs())
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

/// A request to a page of a post.
pub(super) struct Asked {
    /// The post.
    pub post: Arc<Post>,
    /// The page of this post where a form was sent.
    came_from: Option<String>,
    pages: Pages,
}

impl Asked {
    /// An address at this post.
    pub fn at(&self, path: &str) -> String {
        format!("/station/{}{path}", self.post.device.id)
    }

    /// The screen of the post at work in a place, to be filled.
    pub fn screen(&self, place: Place) -> Screen<'_> {
        Screen::new(self, place)
    }

    /// Something was done here: every page looks again, and this one's is the page where the form was sent.
    pub fn done(&self) -> axum::response::Response {
        self.pages.devices.changed();
        super::reply::go(self.came_from.as_deref().unwrap_or(&self.at("")))
    }
}

impl FromRequestParts<Pages> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, pages: &Pages) -> Result<Self, Failure> {
        let id = parts.uri.path().split('/').nth(2).unwrap_or_default();
        let post = pages.devices.post(id).ok_or(Failure::Missing)?;
        let came_from = came_from(&parts.headers, &format!("/station/{id}"));
        Ok(Self { post, came_from, pages: pages.clone() })
    }
}
