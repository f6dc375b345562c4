//! The page's own files, which are part of the program.

use axum::Router;
use axum::http::header;
use axum::routing::get;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const FILES: [(&str, &str, &str); 7] = [
    ("/", HTML, include_str!("../page/index.html")),
    ("/page.css", CSS, include_str!("../page/page.css")),
    ("/page.js", SCRIPT, include_str!("../page/page.js")),
    ("/parts.js", SCRIPT, include_str!("../page/parts.js")),
    ("/phone.js", SCRIPT, include_str!("../page/phone.js")),
    ("/station.js", SCRIPT, include_str!("../page/station.js")),
    ("/icon.svg", SVG, include_str!("../page/icon.svg")),
];

/// Nothing but the page's own files runs in it, and no other page may hold it in a frame.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";

/// Serves the files.
pub fn router() -> Router {
    FILES.into_iter().fold(Router::new(), |router, (path, kind, content)| {
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        router.route(path, get(move || async move { (headers, content) }))
    })
}
