//! The files that pages load, which are part of the program.

use axum::Router;
use axum::http::header;
use axum::routing::get;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Each sheet and each script has one subject; a page loads those that it needs.
const FILES: &[(&str, &str, &str)] = &[
    ("/base.css", CSS, include_str!("assets/base.css")),
    ("/phone.css", CSS, include_str!("assets/phone.css")),
    ("/station.css", CSS, include_str!("assets/station.css")),
    ("/scan.css", CSS, include_str!("assets/scan.css")),
    ("/operator.css", CSS, include_str!("assets/operator.css")),
    ("/town.css", CSS, include_str!("assets/town.css")),
    ("/live.js", SCRIPT, include_str!("assets/live.js")),
    ("/phone.js", SCRIPT, include_str!("assets/phone.js")),
    ("/scanner.js", SCRIPT, include_str!("assets/scanner.js")),
    ("/camera.js", SCRIPT, include_str!("assets/camera.js")),
    ("/drop.js", SCRIPT, include_str!("assets/drop.js")),
    ("/sound.js", SCRIPT, include_str!("assets/sound.js")),
    ("/icon.svg", SVG, include_str!("assets/icon.svg")),
];

/// Serves the files.
pub fn router() -> Router {
    FILES.iter().fold(Router::new(), |router, &(path, kind, content)| {
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        router.route(path, get(move || async move { (headers, content) }))
    })
}
