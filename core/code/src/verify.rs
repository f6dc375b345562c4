//! The decision: text, trust, policy, revocations and a time in; a verdict out.
//!
//! The order of the checks is part of the format (`docs/format.md`, "Order of the checks"): a verifier that
//! checked in another order would give another reason.

use crate::cose::Sign1;
use crate::text::Buffer;
use crate::{
    Acceptance, Credential, LineKind, MaskedName, Place, Policy, Presented, Reason, Revocations,
    Slot, StaticCode, StaticKind, Trust, UnixTime, live,
};

/// A live code both of whose signatures were checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What the issuer says.
    pub credential: Credential,
    /// When the device says it signed.
    pub signed_at: UnixTime,
}

/// A code whose signatures are good. Whether it counts, here and now, is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
// One is looked at at a time, on the stack; boxing the larger would allocate for every scan.
#[allow(clippy::large_enum_variant)]
pub enum Genuine {
    /// A nucleic-acid code or a paper code.
    Static(StaticCode),
    /// A live code or a relative code.
    Live(Proof),
}

impl Genuine {
    /// The row of R6 it belongs to.
    pub fn presented(&self) -> Presented {
        match self {
            Self::Static(code) => match code.kind {
                StaticKind::NucleicAcid => Presented::NucleicAcid,
                StaticKind::Paper => Presented::Paper,
            },
            Self::Live(proof) if proof.credential.relative => Presented::Relative,
            Self::Live(_) => Presented::Live,
        }
    }

    /// Whose code it is.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Static(code) => code.slot,
            Self::Live(proof) => proof.credential.slot,
        }
    }

    /// The masked name it shows.
    pub fn name(&self) -> MaskedName {
        match self {
            Self::Static(code) => code.name,
            Self::Live(proof) => proof.credential.name,
        }
    }
}

/// What a verifier knows.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// Which keys may sign.
    pub trust: &'a Trust,
    /// What is accepted where.
    pub policy: &'a Policy,
    /// What is void.
    pub revocations: &'a Revocations,
}

/// What must be said beside an acceptance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cautions {
    /// The age of the revocation knowledge in seconds, where it is old enough to be said.
    pub knowledge_age: Option<u32>,
    /// Accepted without knowing whether it was revoked: to be recorded as such.
    pub validity_not_checked: bool,
    /// To be compared with the ID card, and the health status looked up.
    pub compare_id_card: bool,
}

/// Whether a code is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Yes, with what must be said beside it.
    Accepted(Cautions),
    /// No, and why (R8).
    Refused(Reason),
}

/// The answer to a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What was shown, where its signatures were good; also with a refusal.
    pub genuine: Option<Genuine>,
    /// Whether it is accepted.
    pub outcome: Outcome,
}

/// Reads a code and checks its signatures, and nothing else.
pub fn read(text: &str, trust: &Trust, now: UnixTime) -> Result<Genuine, Reason> {
    let mut buffer = Buffer::new();
    let sign1 = Sign1::parse(buffer.decode(text)?)?;
    if sign1.issuer_header().is_ok() {
        return Ok(Genuine::Static(StaticCode::check(&sign1, trust, now)?));
    }
    let (credential, signed_at) = live::check(&sign1, trust, now)?;
    Ok(Genuine::Live(Proof { credential, signed_at }))
}

/// Decides whether the code in `text` is accepted at `place` at `now`.
///
/// Total: any text gets a verdict, nothing panics, and no input chooses how much is allocated.
pub fn verify(text: &str, knowledge: &Knowledge, place: Place, now: UnixTime) -> Verdict {
    match read(text, knowledge.trust, now) {
        Err(reason) => Verdict { genuine: None, outcome: Outcome::Refused(reason) },
        Ok(genuine) => {
            let outcome = match decide(&genuine, knowledge, place, now) {
                Ok(cautions) => Outcome::Accepted(cautions),
                Err(reason) => Outcome::Refused(reason),
            };
            Verdict { genuine: Some(genuine), outcome }
        }
    }
}

fn decide(
    genuine: &Genuine,
    knowledge: &Knowledge,
    place: Place,
    now: UnixTime,
) -> Result<Cautions, Reason> {
    let compare_id_card = match knowledge.policy.acceptance(genuine.presented(), place) {
        Acceptance::Refused => return Err(Reason::WrongPlace { place }),
        Acceptance::WithIdCard => true,
        Acceptance::Accepted | Acceptance::AskIssuer => false,
    };
    match genuine {
        Genuine::Static(code) => in_time_and_not_void(code, knowledge, now)?,
        Genuine::Live(proof) => fresh_and_not_void(proof, knowledge, place, now)?,
    }
    let cautions = knowledge_is_recent(knowledge, place, now)?;
    Ok(Cautions { compare_id_card, ..cautions })
}

fn in_time_and_not_void(
    code: &StaticCode,
    knowledge: &Knowledge,
    now: UnixTime,
) -> Result<(), Reason> {
    let tolerance = i64::from(knowledge.policy.limits.live_window_seconds);
    if let Some(from) = code.nbf.filter(|&nbf| now < nbf) {
        return Err(Reason::NotYetValid { from });
    }
    if code.iat.since(now) > tolerance {
        return Err(Reason::NotYetValid { from: code.iat });
    }
    if now >= code.exp {
        return Err(Reason::Expired { at: code.exp });
    }
    let void = knowledge.revocations.void(code.kind.into(), code.slot.into(), code.iat);
    void.map_or(Ok(()), Err)
}

fn fresh_and_not_void(
    proof: &Proof,
    knowledge: &Knowledge,
    place: Place,
    now: UnixTime,
) -> Result<(), Reason> {
    let limits = &knowledge.policy.limits;
    let credential = &proof.credential;
    let window = i64::from(limits.live_window_seconds);
    let age = now.since(proof.signed_at);
    let seconds = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    if age > window {
        return Err(Reason::Stale { by: seconds(age) });
    }
    if age < -window {
        return Err(Reason::Ahead { by: seconds(-age) });
    }
    if credential.iat.since(now) > window {
        return Err(Reason::NotYetValid { from: credential.iat });
    }
    if now >= credential.exp {
        return Err(Reason::Expired { at: credential.exp });
    }
    let revocations = knowledge.revocations;
    let person = revocations.void(LineKind::Person, credential.slot.into(), credential.iat);
    let holding = revocations.void(LineKind::Holding, credential.holding.into(), credential.iat);
    if let Some(reason) = person.or(holding) {
        return Err(reason);
    }
    if place != Place::Sampling {
        if now.since(credential.iat) > i64::from(limits.colour_seconds) {
            return Err(Reason::StatusTooOld { at: credential.iat });
        }
        if !knowledge.policy.admits(credential.colour) {
            return Err(Reason::StatusNotAdmitted);
        }
    }
    Ok(())
}

fn knowledge_is_recent(
    knowledge: &Knowledge,
    place: Place,
    now: UnixTime,
) -> Result<Cautions, Reason> {
    let limits = &knowledge.policy.limits;
    let unchecked = Cautions { validity_not_checked: true, ..Cautions::default() };
    let Some(as_of) = knowledge.revocations.as_of() else {
        return if place == Place::Sampling { Ok(unchecked) } else { Err(Reason::NotReady) };
    };
    let age = u32::try_from(now.since(as_of)).unwrap_or(0);
    let said = Cautions {
        knowledge_age: (age > limits.knowledge_said_seconds).then_some(age),
        ..Cautions::default()
    };
    if age <= limits.knowledge_refused_seconds {
        Ok(said)
    } else if place == Place::Sampling {
        Ok(Cautions { validity_not_checked: true, ..said })
    } else {
        Err(Reason::KnowledgeTooOld { at: as_of })
    }
}
