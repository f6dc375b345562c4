//! Vectors, scenarios and end-to-end tests.
