//! What pages are answered with.

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::layout::{Layout, both, say};
use crate::Error;
use crate::words::{Sentence, said};

/// Nothing but the pages' own files runs in them, and nobody may hold them in a frame.
const POLICY: &str = "default-src 'self'; frame-ancestors 'none'";

/// A page, or why there is none.
pub(super) type Reply = Result<Response, Failure>;

/// A page.
pub(super) fn page(markup: Markup) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, markup.into_string()).into_response()
}

/// After something was done: to the page that shows what came of it. Loading that again does nothing again.
pub(super) fn go(path: impl AsRef<str>) -> Response {
    Redirect::to(path.as_ref()).into_response()
}

/// As a value in the query of an address.
pub(super) fn escaped(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// The page that a form was sent from, with its query, where its path is `base` or below it.
pub(super) fn came_from(headers: &HeaderMap, base: &str) -> Option<String> {
    let referer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let below = referer.path().strip_prefix(base)?;
    // Two slashes would lead to another machine.
    let page = referer.path_and_query().filter(|page| !page.as_str().starts_with("//"))?;
    (below.is_empty() || below.starts_with('/')).then(|| page.to_string())
}

/// There is no such page.
pub(super) async fn no_such_page() -> Response {
    missing()
}

/// What the frame of the server refuses in a word of its own (an address or a form that cannot be read), as a page.
pub(super) async fn in_words(response: Response) -> Response {
    let plain = response.headers().get(header::CONTENT_TYPE);
    let plain = plain.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if response.status().is_client_error() && plain { missing() } else { response }
}

fn missing() -> Response {
    let heading = said("没有这个页面", "No such page");
    let content = html! {
        p { (both("这个地址没有页面。请回到首页。", "There is no page at this address. Go to the start page.")) }
        p { a.button href="/" { (both("首页", "Start page")) } }
    };
    instead(StatusCode::NOT_FOUND, heading, &content)
}

/// What is answered instead of the page that was asked for.
fn instead(status: StatusCode, heading: Sentence, content: &Markup) -> Response {
    let content = html! { div.instead { h1 { (say(&heading)) } (content) } };
    (status, page(Layout { heading, ..Layout::plain(content) }.draw())).into_response()
}

/// The city itself failed; what the rules refuse is shown on a page and no failure.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is nothing of this name.
    Missing,
    /// A device or the issuer failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Missing => missing(),
            Self::Failed(error) => {
                eprintln!("{error}");
                let content = html! {
                    p { (both("模拟器出错了，请看终端。", "The simulator failed; see its terminal.")) }
                    pre { (error) }
                };
                let heading = said("出错了", "Something failed");
                instead(StatusCode::INTERNAL_SERVER_ERROR, heading, &content)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_stands_in_an_address_is_escaped() {
        assert_eq!(escaped("SM1:A+B/%"), "SM1%3AA%2BB%2F%25");
        assert_eq!(escaped("码"), "%E7%A0%81");
    }
}
