//! The uniffi layer over wallet and station.
