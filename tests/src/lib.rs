//! Vectors, scenarios and end-to-end tests.

pub mod vectors;
