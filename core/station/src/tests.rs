//! Tests of the station from within: with documents, lists and codes signed by real keys, and no network.

mod cards;
mod door;
mod gate;
mod journal;
mod killed;
mod lookup;
mod merging;
mod roots;
mod sampling;
mod support;
mod teaching;
mod tubes;
