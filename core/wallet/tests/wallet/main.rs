//! What a wallet does by itself: shows, remembers, checks answers, keeps its wishes.
//!
//! How it gets on with the issuer is tested with the real one, in `tests/` of the workspace. Here a scripted post gives single
//! answers, above all such as no issuer would give.

mod answers;
mod life_cycle;
mod refreshing;
mod regenerating;
mod relatives;
mod saved;
mod showing;
mod support;
