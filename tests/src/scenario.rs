//! Scenarios: the rules R1 to R9 as data, driven against real wallets, stations and an issuer over real HTTP.
//!
//! `tests/scenarios/README.md` specifies the files for every language; this is the runner in Rust. Each scenario has a
//! city of its own, whose issuer runs in this process with a clock that the scenario sets.

mod acts;
mod browser;
mod cast;
mod company;
mod conductor;
mod desks;
mod devices;
mod expect;
mod format;
mod independence;
mod instant;
mod operator;
mod pages;
mod player;
mod report;
mod resolve;
mod run;
mod shapes;
mod turns;

pub use acts::*;
pub use conductor::Conductor;
pub use expect::differences;
pub use format::*;
pub use player::RustPlayer;
pub use report::{RULES_MD, markdown, unproven};
pub use run::{Trial, Tried, Trouble, What, trials, try_all, try_on_pages};
pub use turns::*;
