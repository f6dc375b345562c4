//! What a wallet does by itself: shows, remembers, checks answers, keeps its wishes.
//!
//! How it gets on with the issuer is tested with the real one, in `tests/` of the workspace. Here a scripted post gives single
//! answers, above all such as no issuer would give.

mod answers;
mod challenges;
mod consent;
mod enrolling;
mod holders;
mod life_cycle;
mod paper;
mod refreshing;
mod regenerating;
mod relatives;
mod reminders;
mod saved;
mod showing;
mod support;
