//! The vectors: what verifiers in every language must agree on.
//!
//! `tests/vectors/*.json` are written by `cargo run -p suima-tests --bin vectors`. Keys, times and signatures are
//! fixed, so that the files come out the same to the byte wherever they are written; expectations are written by
//! hand from `docs/format.md`, and a case that the library sees otherwise cannot be written.

mod cbor;
mod codes;
mod defects;
mod documents;
mod forgery;
mod heads;
mod keys;
mod lists;
mod live_codes;
mod malformed_live;
mod malformed_static;
mod order;
mod packed;
mod policies;
mod run;
mod sign1;
mod signatures;
mod static_codes;
mod suite;
mod texts;
mod trusts;
mod world;

pub use run::outcome;
pub use suite::{Case, Expect, Input, LineEntry, Suite, World};

/// Every file: its name and what stands in it.
pub fn files() -> Vec<(&'static str, String)> {
    [
        ("static-codes.json", static_codes::suite()),
        ("live-codes.json", live_codes::suite()),
        ("order.json", order::suite()),
        ("texts.json", texts::suite()),
        ("malformed-static.json", malformed_static::suite()),
        ("malformed-live.json", malformed_live::suite()),
        ("signatures.json", signatures::suite()),
        ("trust.json", trusts::suite()),
        ("policy.json", policies::suite()),
        ("revocations.json", lists::suite()),
        ("head.json", heads::suite()),
    ]
    .map(|(name, suite)| (name, suite.to_json()))
    .into()
}
