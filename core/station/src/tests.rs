//! Tests of the station from within: with documents, lists and codes signed by real keys, and no network.

mod journal;
mod killed;
mod merging;
mod sampling;
mod support;
mod teaching;
