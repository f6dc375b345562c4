//! What wallets, stations and the issuer say to each other: wire types and signed requests.

pub mod wire;
