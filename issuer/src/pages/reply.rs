//! What a browser is answered, and what it may do with it.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, LOCATION, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Response, StatusCode};
use maud::Markup;
use suima_client::wire::AskingPlace;

use super::asked;

/// A year, in seconds: how long a terminal stays one without being visited.
const YEAR: u32 = 366 * 86_400;

/// An answer.
pub(super) struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: String,
    location: Option<String>,
    cookies: Vec<String>,
}

impl Reply {
    /// A page.
    pub(super) fn page(page: Markup) -> Self {
        Self::new(StatusCode::OK, "text/html; charset=utf-8", page.into_string())
    }

    /// Data for the script.
    pub(super) fn data(data: &serde_json::Value) -> Self {
        Self::new(StatusCode::OK, "application/json", data.to_string())
    }

    /// Sends the browser on, so that going back or loading again asks for nothing twice.
    pub(super) fn go(place: AskingPlace, path: &str) -> Self {
        let to = format!("{}{path}", super::base(place));
        Self { location: Some(to), ..Self::new(StatusCode::SEE_OTHER, "text/plain", String::new()) }
    }

    fn new(status: StatusCode, kind: &'static str, body: String) -> Self {
        Self { status, kind, body, location: None, cookies: Vec::new() }
    }

    /// The same with another status.
    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Lets the browser keep the secret of its desk until it is closed.
    pub(super) fn with_desk(self, place: AskingPlace, secret: &str) -> Self {
        self.with_cookie(asked::desk_cookie(place), secret, None)
    }

    /// Takes the secret of the desk back.
    pub(super) fn without_desk(self, place: AskingPlace) -> Self {
        self.with_cookie(asked::desk_cookie(place), "", Some(0))
    }

    /// Lets the browser be a terminal from now on.
    pub(super) fn with_terminal(self, secret: &str) -> Self {
        self.with(terminal_cookie(secret))
    }

    fn with_cookie(self, name: &str, value: &str, age: Option<u32>) -> Self {
        self.with(cookie(name, value, age))
    }

    fn with(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    pub(super) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (name, value) in HARDENING {
            headers.insert(name, HeaderValue::from_static(value));
        }
        // Both are made of words and hexadecimal digits of the issuer's own.
        let own = |text: &str| HeaderValue::from_str(text).ok();
        if let Some(location) = self.location.as_deref().and_then(own) {
            headers.insert(LOCATION, location);
        }
        for cookie in self.cookies.iter().filter_map(|cookie| own(cookie)) {
            headers.append(SET_COOKIE, cookie);
        }
        response
    }
}

/// The `Set-Cookie` by which a browser is a terminal on the issuer's pages for a year: it keeps the secret that
/// [`crate::Desks::enrol_terminal`] gave. For a server on the issuer's own host that sets terminals up in its own way.
pub fn terminal_cookie(secret: &str) -> String {
    cookie(asked::terminal_cookie(), secret, Some(YEAR))
}

fn cookie(name: &str, value: &str, age: Option<u32>) -> String {
    let age = age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    // `Secure`: browsers make an exception for the machine itself, and for nothing else.
    format!("{name}={value}; Path=/; HttpOnly; Secure; SameSite=Strict{age}")
}

/// Nothing from elsewhere, nothing in line, in nobody's frame.
const HARDENING: [(HeaderName, &str); 6] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];
