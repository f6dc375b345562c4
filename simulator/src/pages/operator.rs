//! The operator's pages: what the city's service keeps, and what only its operator may do.

mod activation;
mod audit;
mod family;
mod frame;
mod health;
mod keys;
mod notes;
mod person;
mod policy;
mod register;
mod requests;
mod sampling;
mod service;
mod summary;

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use axum::{RequestPartsExt as _, Router};
use suima_code::{Slot, UnixTime};
use suima_issuer::Issuer;
use suima_sentences::operator as say;

use self::notes::{Note, Notes, Typed};
use super::reply::{Failure, Reply, go};
use crate::town::Town;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .merge(summary::router())
        .merge(register::router())
        .merge(person::router())
        .merge(family::router())
        .merge(activation::router())
        .merge(requests::router())
        .merge(health::router())
        .merge(keys::router())
        .merge(policy::router())
        .merge(sampling::router())
        .merge(audit::router())
        .merge(service::router())
        .route("/operator/seen", post(seen))
        .layer(Extension(Arc::new(Notes::default())))
}

/// A request to a page of the operator's.
struct Asked {
    town: Arc<Town>,
    notes: Arc<Notes>,
    /// How often something had changed when it was asked.
    changes: u64,
}

impl Asked {
    fn issuer(&self) -> &Issuer {
        &self.town.city.issuer
    }

    fn now(&self) -> UnixTime {
        self.town.city.clock.now()
    }

    /// Something was done: every page looks again, and the page at `path` says what came of it.
    fn done(&self, path: &str, note: Note) -> Response {
        self.notes.put(path, note);
        self.town.devices.changed();
        go(path)
    }

    /// What came of an act: `note` says so on the page at `path`, or there the operator reads why it was refused.
    fn outcome<T>(
        &self,
        path: &str,
        result: Result<T, suima_issuer::Error>,
        note: impl FnOnce(T) -> Note,
    ) -> Reply {
        let note = match result {
            Ok(done) => note(done),
            Err(error) => refused(error)?,
        };
        Ok(self.done(path, note))
    }

    /// The same of the form that is sent to `form`: what was typed is kept and drawn again where it is refused, and where
    /// `note` finds something to mend in what came of it.
    fn taken<T>(
        &self,
        path: &str,
        (form, typed): (&'static str, Typed),
        result: Result<T, suima_issuer::Error>,
        note: impl FnOnce(T) -> Result<Note, Note>,
    ) -> Reply {
        let note = match result {
            Ok(done) => note(done),
            Err(error) => Err(refused(error)?),
        };
        Ok(match note {
            Ok(note) => {
                self.notes.forget(form);
                self.done(path, note)
            }
            Err(note) => self.mend(path, (form, typed), note),
        })
    }

    /// A form that cannot be taken: `note` says why on the page at `path`, where what was typed is drawn again.
    fn mend(&self, path: &str, (form, typed): (&'static str, Typed), note: Note) -> Response {
        self.notes.keep(form, typed);
        self.done(path, note)
    }

    /// The same of an act that may find nothing to change.
    fn changed(
        &self,
        path: &str,
        result: Result<bool, suima_issuer::Error>,
        note: impl FnOnce() -> Note,
    ) -> Reply {
        self.outcome(path, result, |changed| {
            if changed { note() } else { Note::bad("nothing-to-change", say::nothing_to_change()) }
        })
    }

    /// The full name of somebody in the register.
    fn name(&self, slot: Slot) -> Result<String, Failure> {
        Ok(self.issuer().name(slot)?)
    }
}

impl FromRequestParts<Arc<Town>> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, town: &Arc<Town>) -> Result<Self, Failure> {
        let Extension(notes) = parts.extract().await.map_err(|_| Failure::Missing)?;
        Ok(Self { town: Arc::clone(town), notes, changes: town.devices.changes_so_far() })
    }
}

/// Why something was refused, where that lies in what was asked for.
fn refused(error: suima_issuer::Error) -> Result<Note, Failure> {
    match error.refusal() {
        Some(refusal) => Ok(Note::bad("refused", refusal)),
        None => Err(error.into()),
    }
}

/// The operator has read what was done.
async fn seen(asked: Asked) -> Reply {
    let path = asked.notes.seen();
    asked.town.devices.changed();
    Ok(go(path.as_deref().unwrap_or("/operator")))
}
