//! The vectors: what verifiers in every language must agree on.
//!
//! `tests/vectors/*.json` are written by `cargo run -p suima-tests --bin vectors`. Keys, times and signatures are
//! fixed, so that the files come out the same to the byte wherever they are written; expectations are written by
//! hand from `docs/format.md`, and a case that the library sees otherwise cannot be written.

mod cbor;
mod codes;
mod keys;
mod live_codes;
mod run;
mod sign1;
mod static_codes;
mod suite;
mod world;

pub use run::outcome;
pub use suite::{Case, Expect, Input, LineEntry, Suite, World};

/// Every file: its name and what stands in it.
pub fn files() -> Vec<(&'static str, String)> {
    [("static-codes.json", static_codes::suite()), ("live-codes.json", live_codes::suite())]
        .map(|(name, suite)| (name, suite.to_json()))
        .into()
}
