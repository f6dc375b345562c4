//! What the pages load: one style sheet, one script, one picture, all of the issuer's own.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::routing::{MethodRouter, get};

use crate::Issuer;

pub(super) const STYLE: &str = "/pages/page.css";
pub(super) const SCRIPT: &str = "/pages/page.js";
pub(super) const ICON: &str = "/pages/icon.svg";

pub(super) fn router() -> Router<Issuer> {
    Router::new()
        .route(STYLE, asset("text/css; charset=utf-8", include_str!("assets/page.css")))
        .route(SCRIPT, asset("text/javascript; charset=utf-8", include_str!("assets/page.js")))
        .route(ICON, asset("image/svg+xml", include_str!("assets/icon.svg")))
}

fn asset(kind: &'static str, text: &'static str) -> MethodRouter<Issuer> {
    // Asked for anew after an update: the pages and what they load belong together.
    let headers =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    get(async move || (headers, text))
}
