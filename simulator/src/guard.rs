//! Who may speak to the page's server: the page itself, on this machine.
//!
//! A browser can be steered by any site it visits: to send requests here, and, with a name that resolves to this
//! machine, to read the answers. So the name asked for must be one of this machine's own, and what changes something must
//! come from the page.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Refuses what does not come from this machine's own page (403).
pub async fn own_page_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = header(headers, header::HOST.as_str()).filter(|host| is_loopback(host)) else {
        return (StatusCode::FORBIDDEN, "This is for this machine alone.").into_response();
    };
    if request.method() != Method::GET && !is_same_origin(headers, host) {
        return (StatusCode::FORBIDDEN, "This is for the page alone.").into_response();
    }
    next.run(request).await
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `Host` is a name of the loopback interface, with or without a port.
fn is_loopback(host: &str) -> bool {
    let Ok(uri) = host.parse::<Uri>() else { return false };
    matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// A browser says where a request comes from; what is no browser (a test, a script of the user's own) says nothing and may.
fn is_same_origin(headers: &HeaderMap, host: &str) -> bool {
    let site = header(headers, "sec-fetch-site").is_none_or(|site| site == "same-origin");
    let origin = headers.get(header::ORIGIN).is_none_or(|origin| {
        origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")) == Some(host)
    });
    site && origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_pass() {
        for host in ["127.0.0.1:7080", "localhost:7080", "localhost", "[::1]:7080"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["example.org", "127.0.0.1.example.org", "localhost.example.org:7080", "", "a b"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn another_site_may_not_act() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs
                .iter()
                .map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect()
        };
        let host = "localhost:7080";
        let of = |pairs: &[(&'static str, &'static str)]| is_same_origin(&headers(pairs), host);
        assert!(of(&[]));
        assert!(of(&[("origin", "http://localhost:7080"), ("sec-fetch-site", "same-origin")]));
        assert!(!of(&[("origin", "http://localhost:7081")]));
        assert!(!of(&[("origin", "null")]));
        assert!(!of(&[("origin", "https://example.org"), ("sec-fetch-site", "cross-site")]));
        assert!(!of(&[("sec-fetch-site", "cross-site")]));
    }
}
