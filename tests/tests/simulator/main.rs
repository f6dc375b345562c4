//! The simulator's pages in a real Chromium.
//!
//! They need Chromium, node and two npm packages, and so are left to `cargo xtask browser`, which brings them.

mod family;
mod goals;
mod looks;
mod operator;
mod phones;
mod posts;
mod sampling;
mod scenarios;
mod screens;

use suima_tests::visit;
