//! Vectors, scenarios and end-to-end tests.

pub mod chromium;
pub mod city;
pub mod errand;
mod hex;
pub mod line;
pub mod people;
pub mod platform;
pub mod raw;
pub mod scenario;
pub mod vectors;
pub mod visit;
