//! The issuer: the city service over HTTP and SQLite.
//!
//! It keeps the register, enrols phones and stations, signs their codes and documents, sees to it that of each
//! kind a person has at most one valid static code (R1), and takes in what stations registered.
//!
//! [`Issuer`] is all of it: the operator's acts are its methods, [`Issuer::router`] serves phones and stations.
//! Everything happens in one transaction per act at one instant of an injected [`Clock`]
//! (`docs/decisions/0006-issuer-on-sqlite.md`).

mod act;
mod activation;
mod audit;
mod challenge;
mod codes;
mod consent;
mod database;
mod decisions;
mod desk;
mod devices;
mod documents;
mod error;
mod http;
mod identity;
mod issuer;
mod journal;
mod keys;
mod lines;
mod lookups;
mod openapi;
mod operations;
mod overview;
mod pages;
mod paper;
mod people;
mod ports;
mod problem;
mod register;
mod registrations;
mod restored;
mod stations;
mod typed;
mod wishes;

pub use audit::{AuditRow, AuditVerdict};
pub use desk::{
    Authority, Card, Desk, DeskPerson, Desks, Progress, Shown as ShownChallenge, Terminal, Wanted,
};
pub use documents::Initialised;
pub use error::{Error, Failure};
pub use identity::{ActivationCodes, IdentityProof, Proof, ProofError};
pub use issuer::Issuer;
pub use journal::{JournalError, Replayed};
pub use keys::KeyStatus;
pub use lines::Published;
pub use openapi::document as openapi;
pub use overview::{
    AskState, Asked, Consent, ConsentGiven, EndOf, Kinship, Phone, ReceivedEntry,
    RegisteredDocument, RegisteredPerson, StationStatus, TerminalStatus, Totals,
};
pub use pages::{desk_cookie, terminal_cookie};
pub use people::HeldBy;
pub use ports::{Clock, Random, RandomError, SystemClock, SystemRandom};
pub use register::{ImportReport, Refusal, RefusedLine};
pub use registrations::{Registration, RegistrationConflict, Shown};
pub use suima_code::{IdNumber, IdNumberError, PublicKey};
