//! The simulator's pages in a real Chromium.
//!
//! They need Chromium and what `tests/browser/package.json` names, and so are left to `cargo xtask browser`, which brings it, and all
//! but the actions of R5 to `cargo xtask test`.

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
