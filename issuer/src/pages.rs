//! The pages of the PC portal and of the self-service terminals (design section 8; R3, R4, R9).
//!
//! They are drawn here and work without a script, though one keeps them up to date
//! (`docs/decisions/0012-server-rendered-pages.md`). Both places have the same pages, below `/portal` and `/terminal`: log
//! in, the people one may act for, a look at what an act voids, the agreement on the phone, the outcome, the sheet to
//! print. What may be done is decided in [`crate::desk`]; nothing is decided here.

mod acts;
mod asked;
mod assets;
mod entrance;
mod holders;
mod layout;
mod people;
mod reply;
mod sheet;
mod terminal;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use suima_client::wire::AskingPlace;
use suima_sentences::{describe_problem, pages as say};

use self::asked::Asked;
pub use self::asked::desk_cookie;
use self::reply::Reply;
pub use self::reply::terminal_cookie;
use crate::act::Act;
use crate::error::Failure;
use crate::{Error, Issuer, problem};

/// The most bytes of a form: the text of a live code, with room.
const MOST: usize = 1 << 14;

/// What a page does with a request.
type Page = fn(&Act<'_>, &Asked) -> Result<Reply, Failure>;

/// Where the pages of a place are.
fn base(place: AskingPlace) -> &'static str {
    match place {
        AskingPlace::Portal => "/portal",
        AskingPlace::Terminal => "/terminal",
    }
}

/// All pages and what they load.
pub(crate) fn router() -> Router<Issuer> {
    let at_terminal = |page| form(AskingPlace::Terminal, page);
    assets::router()
        .merge(pages_at(AskingPlace::Portal))
        .merge(pages_at(AskingPlace::Terminal))
        .route("/terminal/set-up", at_terminal(terminal::set_up))
        .route("/terminal/begin", at_terminal(terminal::begin))
        .route("/terminal/holding", view(AskingPlace::Terminal, holders::look))
        .route("/terminal/end-holding", at_terminal(holders::end))
        .layer(DefaultBodyLimit::max(MOST))
}

fn pages_at(place: AskingPlace) -> Router<Issuer> {
    let at = |path: &str| format!("{}{path}", base(place));
    Router::new()
        .route(&at(""), view(place, entrance::entrance))
        .route(&at("/log-in"), form(place, entrance::log_in))
        .route(&at("/leave"), form(place, entrance::leave))
        .route(&at("/people"), view(place, people::people))
        .route(&at("/preview"), view(place, acts::preview))
        .route(&at("/ask"), form(place, acts::ask))
        .route(&at("/confirm"), view(place, acts::confirm))
        .route(&at("/cancel"), form(place, acts::cancel))
        .route(&at("/progress"), view(place, acts::progress))
        .route(&at("/print/{ticket}"), view(place, sheet::sheet))
        .route(&at("/{*rest}"), get(async move || no_such_page(place)))
}

fn view(place: AskingPlace, page: Page) -> MethodRouter<Issuer> {
    served(MethodFilter::GET, place, page)
}

/// A form is sent; whoever only goes there finds no page.
fn form(place: AskingPlace, page: Page) -> MethodRouter<Issuer> {
    served(MethodFilter::POST, place, page).get(async move || no_such_page(place))
}

fn no_such_page(place: AskingPlace) -> Response<Body> {
    refused(place, StatusCode::NOT_FOUND, &say::no_such_page())
}

fn served(method: MethodFilter, place: AskingPlace, page: Page) -> MethodRouter<Issuer> {
    let handler = async move |State(issuer): State<Issuer>,
                              method: Method,
                              uri: Uri,
                              headers: HeaderMap,
                              body: Result<Bytes, BytesRejection>| {
        let Ok(body) = body else {
            return refused(place, StatusCode::PAYLOAD_TOO_LARGE, &say::foreign_form());
        };
        let asked = Asked::new(place, &uri, &headers, &body);
        if method == Method::POST && !asked::from_own_page(&headers) {
            return refused(place, StatusCode::FORBIDDEN, &say::foreign_form());
        }
        let inner = Arc::clone(&issuer.0);
        // The database blocks: it has threads of its own.
        let work = tokio::task::spawn_blocking(move || inner.acted(|act| page(act, &asked)));
        match work.await.unwrap_or(Err(Failure::Failed(Error::Worker))) {
            Ok(reply) => reply.into_response(),
            Err(Failure::Refused(id)) => refused(place, problem::status(id), &describe_problem(id)),
            Err(Failure::Failed(error)) => {
                eprintln!("{}: {error}", uri.path());
                refused(place, StatusCode::INTERNAL_SERVER_ERROR, &say::failed())
            }
        }
    };
    on(method, handler)
}

fn refused(
    place: AskingPlace,
    status: StatusCode,
    sentence: &suima_sentences::Sentence,
) -> Response<Body> {
    Reply::page(layout::refusal(place, sentence)).with_status(status).into_response()
}
