//! Verification without a station: bytes and a time in, an answer out.

use std::sync::Arc;
use std::time::SystemTime;

use suima_code as code;
use suima_code::{Knowledge, LineNumber, Revocations, Sequences};

use crate::error::VerifierError;
use crate::time::{from_unix, to_unix};

/// Where something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Place {
    /// Sampling.
    Sampling,
    /// A gate.
    Gate,
    /// A manual check.
    ManualCheck,
}

impl From<Place> for code::Place {
    fn from(place: Place) -> Self {
        match place {
            Place::Sampling => Self::Sampling,
            Place::Gate => Self::Gate,
            Place::ManualCheck => Self::ManualCheck,
        }
    }
}

impl From<code::Place> for Place {
    fn from(place: code::Place) -> Self {
        match place {
            code::Place::Sampling => Self::Sampling,
            code::Place::Gate => Self::Gate,
            code::Place::ManualCheck => Self::ManualCheck,
        }
    }
}

/// What was shown: a row of R6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Presented {
    /// A nucleic-acid code.
    NucleicAcid,
    /// A paper code.
    Paper,
    /// One's own live code.
    Live,
    /// A relative code.
    Relative,
    /// An ID card.
    IdCard,
}

impl From<code::Presented> for Presented {
    fn from(presented: code::Presented) -> Self {
        match presented {
            code::Presented::NucleicAcid => Self::NucleicAcid,
            code::Presented::Paper => Self::Paper,
            code::Presented::Live => Self::Live,
            code::Presented::Relative => Self::Relative,
            code::Presented::IdCard => Self::IdCard,
        }
    }
}

/// The health colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Colour {
    /// Nothing abnormal.
    Green,
    /// Under observation.
    Yellow,
    /// Under control.
    Red,
}

impl From<code::Colour> for Colour {
    fn from(colour: code::Colour) -> Self {
        match colour {
            code::Colour::Green => Self::Green,
            code::Colour::Yellow => Self::Yellow,
            code::Colour::Red => Self::Red,
        }
    }
}

/// Why something is refused, with the values of `docs/format.md` section 9.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReasonView {
    /// The stable identifier.
    pub id: String,
    /// A point in time that belongs to the reason.
    pub at: Option<SystemTime>,
    /// When its time comes.
    pub from: Option<SystemTime>,
    /// Seconds too old or ahead.
    pub by: Option<u32>,
    /// The key named, as two hexadecimal digits.
    pub kid: Option<String>,
    /// When the trust bundle was made.
    pub trust: Option<SystemTime>,
    /// Where it was shown.
    pub place: Option<Place>,
    /// What is wrong and what to do, in Chinese.
    pub sentence_zh: String,
    /// The same in English.
    pub sentence_en: String,
}

impl ReasonView {
    pub(crate) fn new(reason: code::Reason, shown: Option<code::Presented>) -> Self {
        use code::Reason as R;
        let said = suima_sentences::describe(&reason, shown);
        let mut view = Self {
            id: reason.id().to_owned(),
            at: None,
            from: None,
            by: None,
            kid: None,
            trust: None,
            place: None,
            sentence_zh: said.zh,
            sentence_en: said.en,
        };
        match reason {
            R::NotACode | R::NewerFormat | R::Altered | R::StatusNotAdmitted | R::NotReady => {}
            R::UnknownKey { kid, trust } => {
                view.kid = Some(kid.to_string());
                view.trust = Some(from_unix(trust));
            }
            R::KeyRecalled { kid, at } => {
                view.kid = Some(kid.to_string());
                view.at = Some(from_unix(at));
            }
            R::KeyNotForThis { kid } | R::KeyOutOfTime { kid } => view.kid = Some(kid.to_string()),
            R::WrongPlace { place } => view.place = Some(place.into()),
            R::Stale { by } | R::Ahead { by } => view.by = Some(by),
            R::NotYetValid { from } => view.from = Some(from_unix(from)),
            R::TrustExpired { at }
            | R::ShownBefore { at }
            | R::Expired { at }
            | R::Replaced { at }
            | R::ReportedLost { at }
            | R::HoldingEnded { at }
            | R::DeviceReplaced { at }
            | R::StatusChanged { at }
            | R::StatusTooOld { at }
            | R::KnowledgeTooOld { at } => view.at = Some(from_unix(at)),
        }
        view
    }
}

/// The answer to a scan.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct VerdictView {
    /// Whether it is accepted; if not, `reason` says why.
    pub accepted: bool,
    /// Why not.
    pub reason: Option<ReasonView>,
    /// What was shown, where that could be read.
    pub shown: Option<Presented>,
    /// Whose it is.
    pub slot: Option<u32>,
    /// For comparing by eye.
    pub masked_name: Option<String>,
    /// For comparing by eye; of a static code.
    pub birth_year: Option<u16>,
    /// Of a live code.
    pub colour: Option<Colour>,
    /// The age of the knowledge in seconds, where it is to be said.
    pub knowledge_age: Option<u32>,
    /// Accepted without knowing whether it was revoked.
    pub validity_not_checked: bool,
    /// To be compared with the ID card.
    pub compare_id_card: bool,
}

impl From<code::Verdict> for VerdictView {
    fn from(verdict: code::Verdict) -> Self {
        let genuine = verdict.genuine.as_ref();
        let shown = genuine.map(code::Genuine::presented);
        let (reason, cautions) = match verdict.outcome {
            code::Outcome::Accepted(cautions) => (None, cautions),
            code::Outcome::Refused(reason) => (Some(reason), code::Cautions::default()),
        };
        Self {
            accepted: reason.is_none(),
            reason: reason.map(|reason| ReasonView::new(reason, shown)),
            shown: shown.map(Into::into),
            slot: genuine.map(|genuine| genuine.slot().0),
            masked_name: genuine.map(|genuine| genuine.name().to_string()),
            birth_year: genuine.and_then(|genuine| match genuine {
                code::Genuine::Static(code) => Some(code.birth_year),
                code::Genuine::Live(_) => None,
            }),
            colour: genuine.and_then(|genuine| match genuine {
                code::Genuine::Static(_) => None,
                code::Genuine::Live(proof) => Some(proof.credential.colour.into()),
            }),
            knowledge_age: cautions.knowledge_age,
            validity_not_checked: cautions.validity_not_checked,
            compare_id_card: cautions.compare_id_card,
        }
    }
}

/// The two root keys that the app pins, 32 bytes each.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Roots {
    /// The one in daily use.
    pub hot: Vec<u8>,
    /// The one kept offline.
    pub cold: Vec<u8>,
}

impl TryFrom<Roots> for code::Roots {
    type Error = code::KeyError;

    fn try_from(roots: Roots) -> Result<Self, code::KeyError> {
        let key = |bytes: &[u8]| code::PublicKey::from_bytes(code::Algorithm::Ed25519, bytes);
        Ok(Self { hot: key(&roots.hot)?, cold: key(&roots.cold)? })
    }
}

/// A line of a revocation list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RevocationLine {
    /// List kind, 1 to 4.
    pub kind: u8,
    /// Slot or holding.
    pub number: u32,
    /// Everything issued before this is void.
    pub before: SystemTime,
    /// Cause, 0 to 4.
    pub cause: u8,
}

/// What a signed document says of itself.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HeadView {
    /// The issuer's time.
    pub iat: SystemTime,
    /// The sequence of each list, in the order of their kinds.
    pub sequences: Vec<u32>,
}

/// A revocation list.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RevocationListView {
    /// List kind, 1 to 4.
    pub kind: u8,
    /// Its place among the lists of this kind.
    pub sequence: u32,
    /// For a delta, the sequence it leads on from.
    pub base: Option<u32>,
    /// Its lines, by ascending number.
    pub lines: Vec<RevocationLine>,
}

/// Verifies codes and documents by what it was given, and changes nothing: for engineers who bring their own storage,
/// and for tests.
#[derive(uniffi::Object)]
pub struct Verifier {
    roots: code::Roots,
    trust: code::Trust,
    policy: code::Policy,
    revocations: Revocations,
}

#[uniffi::export]
impl Verifier {
    /// Knows these roots, this trust bundle and policy (as the issuer signed them), these lines, and the time they are
    /// as of. The policy's key is judged at the policy's own time of signing by `now`.
    #[uniffi::constructor]
    pub fn new(
        roots: Roots,
        trust: Vec<u8>,
        policy: Vec<u8>,
        lines: Vec<RevocationLine>,
        as_of: Option<SystemTime>,
        now: SystemTime,
    ) -> Result<Arc<Self>, VerifierError> {
        let roots = code::Roots::try_from(roots)?;
        let trust = code::Trust::parse(&trust, &roots)?;
        let policy = code::Policy::parse(&policy, &trust, to_unix(now))?;
        let lines = lines.into_iter().map(|line| {
            let kind = code::LineKind::from_number(line.kind).ok_or(VerifierError::NotALine)?;
            let cause = code::Cause::from_number(line.cause).ok_or(VerifierError::NotALine)?;
            let before = to_unix(line.before);
            Ok((kind, LineNumber(line.number), code::Line { before, cause }))
        });
        let lines = lines.collect::<Result<Vec<_>, VerifierError>>()?;
        let revocations = Revocations::restore(lines, Sequences::default(), as_of.map(to_unix));
        Ok(Arc::new(Self { roots, trust, policy, revocations }))
    }

    /// Decides whether a code is accepted at a place.
    pub fn verify(
        &self,
        text: String,
        place: Place,
        now: SystemTime,
    ) -> Result<VerdictView, VerifierError> {
        let knowledge =
            Knowledge { trust: &self.trust, policy: &self.policy, revocations: &self.revocations };
        Ok(code::verify(&text, &knowledge, place.into(), to_unix(now)).into())
    }

    /// Checks another trust bundle; its version.
    pub fn check_trust(&self, bytes: Vec<u8>) -> Result<u32, VerifierError> {
        Ok(code::Trust::parse(&bytes, &self.roots)?.version)
    }

    /// Checks another policy; its version.
    pub fn check_policy(&self, bytes: Vec<u8>, now: SystemTime) -> Result<u32, VerifierError> {
        Ok(code::Policy::parse(&bytes, &self.trust, to_unix(now))?.version)
    }

    /// Checks a head over a nonce of 16 bytes.
    pub fn check_head(
        &self,
        bytes: Vec<u8>,
        nonce: Vec<u8>,
        now: SystemTime,
    ) -> Result<HeadView, VerifierError> {
        let nonce = nonce.try_into().map_err(|_| VerifierError::NotANonce)?;
        let head = code::Head::parse(&bytes, &nonce, &self.trust, to_unix(now))?;
        Ok(HeadView { iat: from_unix(head.iat), sequences: head.sequences.0.to_vec() })
    }

    /// Checks a revocation list or delta.
    pub fn check_revocations(
        &self,
        bytes: Vec<u8>,
        now: SystemTime,
    ) -> Result<RevocationListView, VerifierError> {
        let list = code::RevocationList::parse(&bytes, &self.trust, to_unix(now))?;
        let kind = list.kind.number();
        let lines = list.lines.iter().map(|(number, line)| RevocationLine {
            kind,
            number: number.0,
            before: from_unix(line.before),
            cause: line.cause.number(),
        });
        Ok(RevocationListView {
            kind,
            sequence: list.sequence,
            base: list.base,
            lines: lines.collect(),
        })
    }
}
