//! What a device gives the core: ports to the platform and a sealed store.
//!
//! The core itself knows no operating system. What it needs from one comes in through the few traits of
//! [`ports`]; what it keeps lies in a [`Store`], an `SQLite` file whose values are sealed; and the time it
//! trusts is the issuer's, carried on by [`TimeAnchor`].

pub mod clock;
pub mod ports;
pub mod signer;
pub mod store;

pub use clock::{Basis, ClockStatus, CorrectedTime, TimeAnchor};
pub use ports::{
    Clock, ClockReading, Event, Keystore, KeystoreError, Level, Log, Ports, Random, RandomError,
    SystemRandom,
};
pub use signer::{Signer, SignerError, SignerKey};
pub use store::{
    Durability, Fresh, Opened, Schema, SealError, Sealer, Store, StoreError, WipeReason, records,
};
