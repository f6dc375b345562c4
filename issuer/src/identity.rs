//! Who enrols a phone: the one place where a city puts its own real-name service.
//!
//! A wallet sends a text with its enrolment. By default it is an activation code of this issuer ([`ActivationCodes`]). A city
//! that has a real-name service (a login, a face check, a counter with a card reader) has the app send what that service
//! handed out instead, and gives the issuer an [`IdentityProof`] that asks the service what it stands for
//! ([`Issuer::prove_identity_by`](crate::Issuer::prove_identity_by)). Nothing else of the issuer knows how identity was
//! proven.

use std::fmt;
use std::sync::Arc;

use suima_code::{PublicKey, Slot};

use crate::act::Act;
use crate::{Error, Issuer, people};

/// Tells who it is that enrols a phone. `README.md` has an example.
pub trait IdentityProof: Send + Sync {
    /// What `evidence`, the text that came with an enrolment, proves.
    ///
    /// The request was signed by `device_key`. Evidence must be good for one key only, and for that key again: a phone
    /// whose answer was lost sends the same once more, and nobody else may enrol with what they overheard.
    ///
    /// Called on a thread that may block, before anything of the issuer is locked.
    fn prove(&self, evidence: &str, device_key: &PublicKey) -> Result<Proof, ProofError>;
}

/// What evidence proves.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// It is for the issuer's own activation codes to decide.
    ActivationCode,
    /// The phone is in the hands of this person. They are looked up in the register by both; where it has no such person the
    /// phone is answered as it is to a wrong code.
    Person {
        /// The number of their ID card, travel permit or passport.
        document: String,
        /// Their full name.
        name: String,
    },
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ActivationCode => "ActivationCode",
            Self::Person { .. } => "Person",
        })
    }
}

/// The examples of the readme, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Why evidence proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// It is wrong, used up, too old or another key's. The phone is answered as it is to a wrong activation code.
    #[error("refused")]
    Refused,
    /// The service did not answer. The phone is told to try again later.
    #[error("the service that proves identity is not there: {reason}")]
    Unavailable {
        /// For the log: no personal data.
        reason: String,
    },
}

/// The default: activation codes, made by the operator.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActivationCodes;

impl IdentityProof for ActivationCodes {
    fn prove(&self, _: &str, _: &PublicKey) -> Result<Proof, ProofError> {
        Ok(Proof::ActivationCode)
    }
}

impl Issuer {
    /// Has `service` tell who enrols a phone, in place of [`ActivationCodes`]. To be called once, before the issuer serves:
    /// `false` says that it was too late.
    #[must_use]
    pub fn prove_identity_by(&self, service: Arc<dyn IdentityProof>) -> bool {
        self.0.identity.set(service).is_ok()
    }
}

/// The one person with this document and this name.
pub(crate) fn person(act: &Act<'_>, document: &str, name: &str) -> Result<Option<Slot>, Error> {
    let mut found = people::with_document(act, document)?;
    found.retain(|found| people::same_name(&found.name, name));
    Ok(if let [one] = found.as_slice() { Some(one.slot) } else { None })
}
