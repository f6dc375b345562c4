//! Properties of the code format: what holds for every code, every list and every text.

mod made;
mod mutations;
#[cfg(all(feature = "draw", feature = "read"))]
mod pictures;
mod revocations;
mod round_trips;
mod totality;
