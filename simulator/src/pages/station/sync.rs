//! Fetching what is new by hand; a post with a network does it by itself.

use axum::Router;
use axum::routing::post;

use super::super::Pages;
use super::super::reply::Reply;
use super::Asked;
use crate::post::Outcome;
use crate::words::{Tone, said};

pub(super) fn router() -> Router<Pages> {
    Router::new().route("/station/{id}/sync", post(sync))
}

async fn sync(asked: Asked) -> Reply {
    let outcome = match asked.post.station().sync().await {
        Ok(synced) if synced.current => {
            Outcome::Said(Tone::Good, "synced", said("名单已是最新。", "The lists are up to date."))
        }
        Ok(_) => {
            let behind = said("名单还没有取全，请再同步。", "Not all lists came; sync again.");
            Outcome::Said(Tone::Caution, "behind", behind)
        }
        Err(error) => Outcome::from(&error),
    };
    asked.post.show(outcome);
    Ok(asked.done())
}
