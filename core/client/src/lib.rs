//! What wallets, stations and the issuer say to each other: wire types and signed requests.

#[cfg(feature = "http")]
pub mod http;
pub mod signature;
pub mod wire;
