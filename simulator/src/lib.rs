//! The whole city on one machine: issuer, phones and posts, all of them the real core.
//!
//! [`server`] shows the city in a browser; [`tour`] plays a story through it and compares each step with the rules. No rule
//! lives here: what is shown is what the core says.

pub mod city;
pub mod clock;
pub mod device;
pub mod devices;
mod error;
mod guard;
pub mod keystore;
pub mod log;
pub mod network;
pub mod pages;
pub mod people;
pub mod phone;
pub mod post;
pub mod screens;
pub mod server;
pub mod tour;
pub mod town;
pub mod turns;
pub mod words;

pub use error::Error;
