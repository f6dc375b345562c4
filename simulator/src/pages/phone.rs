//! A phone: the app on its screen, and beside it what a hand can do to the phone itself.

mod challenge;
mod codes;
mod consent;
mod display;
mod enrol;
mod family;
mod hands;
mod holders;
mod more;
mod news;
mod paper;
mod pictures;
mod regenerate;
mod screen;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use suima_wallet::Wallet;

use self::screen::Screen;
use super::Pages;
use super::layout::Language;
use super::reply::{Failure, came_from, go};
use crate::phone::Phone;

pub(super) fn router() -> Router<Pages> {
    Router::new()
        .merge(codes::router())
        .merge(regenerate::router())
        .merge(pictures::router())
        .merge(more::router())
        .merge(news::router())
        .merge(display::router())
        .merge(family::router())
        .merge(holders::router())
        .merge(consent::router())
        .merge(challenge::router())
        .merge(paper::router())
        .merge(enrol::router())
        .merge(hands::router())
}

/// A request to a page of a phone.
pub(super) struct Asked {
    /// The phone.
    pub phone: Arc<Phone>,
    /// How its user likes it.
    pub display: Display,
    /// The path of the page.
    pub path: String,
    /// The page of this phone where a form was sent.
    came_from: Option<String>,
    /// How often something had changed when it was asked.
    changes: u64,
    pages: Pages,
}

/// How the user of a phone likes it. The browser keeps it, for this phone alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Display {
    /// In which languages.
    pub language: Language,
    /// With large type and few things.
    pub elder: bool,
}

/// The cookie that has it.
const DISPLAY: &str = "display";

impl Display {
    fn of(headers: &HeaderMap) -> Self {
        let cookies = headers.get(header::COOKIE).and_then(|value| value.to_str().ok());
        let found = cookies.unwrap_or_default().split(';').find_map(|cookie| {
            let value = cookie.trim().strip_prefix(DISPLAY)?.strip_prefix('=')?;
            let (language, size) = value.split_once('.')?;
            Some(Self { language: Language::of(language)?, elder: size == "elder" })
        });
        found.unwrap_or_default()
    }

    /// The cookie by which a browser keeps it, for a year.
    pub(super) fn cookie(self, phone: &Phone) -> String {
        let (language, size) = (self.language.word(), if self.elder { "elder" } else { "usual" });
        let id = &phone.device.id;
        format!("{DISPLAY}={language}.{size}; Path=/phone/{id}; Max-Age=31536000; SameSite=Strict")
    }
}

impl Asked {
    /// An address on this phone.
    pub fn at(&self, path: &str) -> String {
        format!("/phone/{}{path}", self.phone.device.id)
    }

    /// Something was done: every page looks again, and this browser goes to this page of the phone.
    pub fn done(&self, path: &str) -> Response {
        self.went(self.at(path))
    }

    /// Something was done that leads nowhere: back to the page where the button was pressed.
    pub fn done_here(&self) -> Response {
        self.went(self.came_from.clone().unwrap_or_else(|| self.at("")))
    }

    fn went(&self, to: String) -> Response {
        self.phone.say_on(path_of(&to));
        self.pages.devices.changed();
        go(to)
    }

    /// Something new is done: what comes of it is said alone.
    pub fn begin(&self) -> Arc<Wallet> {
        self.phone.begin();
        self.phone.wallet()
    }

    /// The way to the enrolment, where the phone is not enrolled.
    pub fn not_enrolled(&self) -> Result<Option<Response>, Failure> {
        let enrolled = self.phone.wallet().status()?.enrolled;
        Ok((!enrolled).then(|| go(self.at("/enrol"))))
    }

    /// The app's screen, to be filled.
    pub fn screen(&self) -> Screen<'_> {
        Screen::new(self)
    }
}

impl FromRequestParts<Pages> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, pages: &Pages) -> Result<Self, Failure> {
        let id = parts.uri.path().split('/').nth(2).unwrap_or_default();
        let phone = pages.devices.phone(id).ok_or(Failure::Missing)?;
        let display = Display::of(&parts.headers);
        let came_from = came_from(&parts.headers, &format!("/phone/{id}"));
        let path = parts.uri.path().to_owned();
        let changes = pages.devices.changes_so_far();
        Ok(Self { phone, display, path, came_from, changes, pages: pages.clone() })
    }
}

/// An address on this phone without its query.
fn path_of(address: &str) -> &str {
    address.split_once('?').map_or(address, |(path, _)| path)
}
