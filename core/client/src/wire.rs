//! The bodies of requests and answers: JSON over HTTP.
//!
//! Every request is a `POST` signed by the device key (RFC 9421, see `docs/decisions/`), with an
//! `Idempotency-Key`. An answer is one of the types here, or a [`Problem`].

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use suima_code::{
    Algorithm, Colour, HoldingNumber, KeyError, MaskedName, PublicKey, Sequences, Slot, UnixTime,
};

/// Where each request goes.
pub mod path {
    /// [`EnrolRequest`](super::EnrolRequest).
    pub const ENROL: &str = "/v1/enrol";
    /// [`RefreshRequest`](super::RefreshRequest).
    pub const REFRESH: &str = "/v1/refresh";
    /// [`HoldRequest`](super::HoldRequest).
    pub const HOLD: &str = "/v1/hold";
    /// [`ClaimRequest`](super::ClaimRequest).
    pub const CLAIM: &str = "/v1/nucleic-acid/claim";
    /// [`RegenerateRequest`](super::RegenerateRequest).
    pub const REGENERATE: &str = "/v1/nucleic-acid/regenerate";
    /// [`StationEnrolRequest`](super::StationEnrolRequest).
    pub const STATION_ENROL: &str = "/v1/station/enrol";
    /// [`DocumentsRequest`](super::DocumentsRequest).
    pub const DOCUMENTS: &str = "/v1/station/documents";
    /// [`ListsRequest`](super::ListsRequest).
    pub const LISTS: &str = "/v1/station/lists";
    /// [`HeadRequest`](super::HeadRequest).
    pub const HEAD: &str = "/v1/station/head";
    /// [`RegistrationsRequest`](super::RegistrationsRequest).
    pub const REGISTRATIONS: &str = "/v1/station/registrations";
}

/// Bytes, in JSON as Base64 with padding (RFC 4648 section 4).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text).map(Self).map_err(de::Error::custom)
    }
}

/// A public key on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireKey {
    /// By its name in RFC 9421.
    pub algorithm: WireAlgorithm,
    /// 32 bytes for Ed25519, 33 for P-256 (SEC 1, compressed).
    pub key: Bytes,
}

/// A signature algorithm by its name in the registry of RFC 9421 section 6.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WireAlgorithm {
    /// Ed25519.
    #[serde(rename = "ed25519")]
    Ed25519,
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ecdsa-p256-sha256")]
    Esp256,
}

impl From<&PublicKey> for WireKey {
    fn from(key: &PublicKey) -> Self {
        let algorithm = match key.algorithm() {
            Algorithm::Ed25519 => WireAlgorithm::Ed25519,
            Algorithm::Esp256 => WireAlgorithm::Esp256,
        };
        Self { algorithm, key: Bytes(key.to_bytes()) }
    }
}

impl TryFrom<&WireKey> for PublicKey {
    type Error = KeyError;

    fn try_from(wire: &WireKey) -> Result<Self, KeyError> {
        let algorithm = match wire.algorithm {
            WireAlgorithm::Ed25519 => Algorithm::Ed25519,
            WireAlgorithm::Esp256 => Algorithm::Esp256,
        };
        PublicKey::from_bytes(algorithm, &wire.key.0)
    }
}

/// Enrols a phone with an activation code. Signed by the new device key, which it carries.
#[derive(Clone, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// As handed out: single use. Letters, digits and hyphens; case and hyphens do not matter.
    pub activation_code: String,
    /// The key that will sign this device's requests.
    pub device_key: WireKey,
    /// The key of the user's own holding: another one, so that codes do not lead to the device.
    pub holding_key: WireKey,
}

impl fmt::Debug for EnrolRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrolRequest").finish_non_exhaustive()
    }
}

/// The phone is enrolled; an earlier phone of the same user is not any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// The device's name in signatures (`keyid`).
    pub device: String,
    /// All it needs to show codes.
    pub refresh: RefreshResponse,
}

/// Asks for what has changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshRequest {
    /// The trust bundle that is known; 0 for none.
    pub trust_version: u32,
    /// The policy that is known; 0 for none.
    pub policy_version: u32,
    /// [`RefreshResponse::state`] of the last answer.
    pub state: Option<String>,
}

/// What has changed, and the time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// The newest trust bundle, unless it is known.
    pub trust: Option<Bytes>,
    /// The newest policy, unless it is known.
    pub policy: Option<Bytes>,
    /// Stands for the state of `people`.
    pub state: String,
    /// The user first, then relatives; `None` where nothing has changed since the state that was sent.
    /// Credentials are issued anew, and so the state changes, well before their colour stops to count.
    pub people: Option<Vec<Person>>,
}

/// A person whose codes the user may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The number that stands for them.
    pub slot: Slot,
    /// What they are to the user.
    pub relation: Relation,
    /// The full name, for the user's own eyes.
    pub name: String,
    /// As codes show it.
    pub masked_name: MaskedName,
    /// Four digits.
    pub birth_year: u16,
    /// The user's holding of this person's live code; `None` where it may be held and is not yet.
    pub holding: Option<Holding>,
    /// The nucleic-acid codes, where there is a holding.
    pub nucleic_acid: Option<NucleicAcid>,
}

/// What a person is to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The user.
    Oneself,
    /// Their child.
    Child,
    /// Somebody whose guardian they are.
    Ward,
}

/// One person's live code on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Its number.
    pub number: HoldingNumber,
    /// The credential, as the issuer signed it.
    pub credential: Bytes,
    /// The colour in it, for convenience.
    pub colour: Colour,
}

/// A person's nucleic-acid codes (R1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NucleicAcid {
    /// The one that counts now.
    pub current: Option<IssuedCode>,
    /// One made ahead, whose time begins when the current one's ends.
    pub successor: Option<IssuedCode>,
    /// Everything issued before this is void.
    pub revoked_before: Option<UnixTime>,
    /// Who made which code when, newest first, at most ten.
    pub history: Vec<Made>,
}

/// A static code and who had it made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedCode {
    /// The text of the code.
    pub text: String,
    /// When and by whom.
    pub made: Made,
}

/// The making of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The `iat` of the code.
    pub iat: UnixTime,
    /// The full name of the user who had it made.
    pub by: String,
    /// Whether that was the asking device.
    pub by_this_device: bool,
    /// Whether it voided a code that still counted.
    pub voided: bool,
}

/// Holds a relative's code, where the register knows the asker as parent or guardian of a minor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldRequest {
    /// Whose.
    pub slot: Slot,
    /// The key of the new holding.
    pub holding_key: WireKey,
}

/// The person, now held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// With holding and codes.
    pub person: Person,
}

/// Asks that there be a nucleic-acid code, and a successor where the current one is near its end. Voids
/// nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimRequest {
    /// Whose.
    pub slot: Slot,
}

/// The codes there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// All of them.
    pub nucleic_acid: NucleicAcid,
}

/// Asks for a new nucleic-acid code in place of one (R1). Its `Idempotency-Key` names the wish: a retry carries
/// the same, and gets the recorded outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegenerateRequest {
    /// Whose.
    pub slot: Slot,
    /// The `iat` of the code it means to void; `None` if the user saw none.
    pub void: Option<UnixTime>,
    /// After this time it is not executed any more, only reported.
    pub not_after: UnixTime,
}

/// What became of it, and the code there is now, whoever made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegenerateResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// What became of this request.
    pub outcome: Regeneration,
    /// The codes there are now.
    pub nucleic_acid: NucleicAcid,
}

/// What became of a request to regenerate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Regeneration {
    /// This request made the code with this `iat` (now, or when it was first received).
    Made {
        /// Its `iat`.
        iat: UnixTime,
    },
    /// The code it meant to void was not the current one any more. Nothing was voided.
    Behind,
    /// It came after its `not_after`. Nothing was voided.
    TooLate,
    /// So many were made today that no more are. Nothing was voided.
    UsedUp,
}

/// Enrols a station with an activation code. Signed by the new device key, which it carries.
#[derive(Clone, Serialize, Deserialize)]
pub struct StationEnrolRequest {
    /// As handed out: single use.
    pub activation_code: String,
    /// The key that will sign this station's requests.
    pub device_key: WireKey,
}

impl fmt::Debug for StationEnrolRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StationEnrolRequest").finish_non_exhaustive()
    }
}

/// The station is enrolled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StationEnrolResponse {
    /// The station's name in signatures (`keyid`).
    pub device: String,
    /// What people call it.
    pub name: String,
    /// Trust and policy.
    pub documents: DocumentsResponse,
}

/// Asks for newer documents.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentsRequest {
    /// The trust bundle that is known; 0 for none.
    pub trust_version: u32,
    /// The policy that is known; 0 for none.
    pub policy_version: u32,
}

/// Newer documents, where there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentsResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// The newest trust bundle, unless it is known.
    pub trust: Option<Bytes>,
    /// The newest policy, unless it is known.
    pub policy: Option<Bytes>,
}

/// Asks for what leads from these sequences to the newest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListsRequest {
    /// What is known.
    pub sequences: Sequences,
}

/// Signed lists: for each kind that has moved, deltas in order or one full list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListsResponse {
    /// Each as the issuer signed it.
    pub lists: Vec<Bytes>,
}

/// Asks for a head over a nonce.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeadRequest {
    /// Sixteen random bytes.
    pub nonce: Bytes,
}

/// A head.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeadResponse {
    /// As the issuer signed it.
    pub head: Bytes,
}

/// Uploads entries of a station's journal, in any order and as often as needed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegistrationsRequest {
    /// At most 500.
    pub entries: Vec<Entry>,
}

/// An entry of a station's journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 128 random bits, as 32 lower-case hexadecimal digits.
    pub id: String,
    /// When it was written, by the station's best knowledge.
    pub at: UnixTime,
    /// What happened.
    pub event: Event,
}

/// What happened at a station. Ids are those of entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A staff member began at a site.
    SessionOpened {
        /// The site.
        site: String,
        /// The staff member's number or name.
        staff: String,
    },
    /// A tube was begun.
    TubeOpened {
        /// The entry of the session.
        session: String,
        /// The barcode on the tube.
        barcode: String,
        /// For 1, 5, 10 or 20 people.
        capacity: u8,
    },
    /// A person was bound to a tube.
    Registered {
        /// The entry of the tube.
        tube: String,
        /// The barcode on the tube.
        barcode: String,
        /// Whose code was shown.
        slot: Slot,
        /// The row of R6: `nucleic-acid`, `live`, `relative`, `paper`.
        presented: suima_code::Presented,
        /// The `iat` of the code, or of the credential.
        code_iat: UnixTime,
        /// Whether it was known not to be revoked, and as of when.
        validity: Validity,
    },
    /// A registration was taken back.
    Undone {
        /// The entry of the registration.
        registration: String,
        /// Why.
        reason: String,
    },
    /// A tube was closed for good.
    TubeSealed {
        /// The entry of the tube.
        tube: String,
        /// How many swabs were counted in it.
        swabs: u8,
        /// Why that is not the number of people registered, where it is not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<String>,
    },
}

/// How much was known of a code's validity when it was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "validity", rename_all = "kebab-case")]
pub enum Validity {
    /// Not revoked, by lists of this time.
    Checked {
        /// The time of the lists.
        as_of: UnixTime,
    },
    /// The lists were too old, or none had come yet.
    NotChecked,
}

/// What became of each entry, in the order they were sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegistrationsResponse {
    /// One per entry.
    pub receipts: Vec<Receipt>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The entry.
    pub id: String,
    /// What became of it.
    pub outcome: ReceiptOutcome,
}

/// What became of an entry. All of them are kept; a conflict is for people to look into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum ReceiptOutcome {
    /// Stored now.
    Stored,
    /// The same entry had been stored before.
    Already,
    /// Stored, and at odds with another entry.
    Conflict {
        /// How.
        conflict: Conflict,
        /// The other entry.
        with: String,
    },
}

/// How two entries are at odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// The same id with other content. The first is kept as it was, the second beside it.
    SameIdOtherContent,
    /// One barcode was opened by two stations.
    TubeOnTwoStations,
    /// One person stands in two tubes on one day.
    PersonInTwoTubes,
}

/// An error as the issuer says it (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:suima:problem:` and the id.
    #[serde(rename = "type")]
    pub kind: String,
    /// The stable id.
    pub id: ProblemId,
    /// What is wrong, in English.
    pub title: String,
    /// What is wrong and what to do, in Chinese.
    #[serde(rename = "title_zh")]
    pub title_chinese: String,
    /// The HTTP status.
    pub status: u16,
    /// The issuer's time.
    pub time: UnixTime,
}

/// The stable id of a [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemId {
    /// The request does not make sense. (400)
    BadRequest,
    /// The signature is missing or does not fit. (401)
    SignatureInvalid,
    /// The signature is too old or too new by the issuer's time, which the problem carries. (401)
    SignatureStale,
    /// This very request was received before. (401)
    Replayed,
    /// The key that signed is not enrolled. (401)
    UnknownDevice,
    /// The device's enrolment was ended, as by a newer phone. (403)
    DeviceEnded,
    /// The activation code is wrong, used, expired, or was tried too often. (403)
    ActivationRefused,
    /// This user may not do that, or there is no such person: the answer is the same. (403)
    NotAllowed,
    /// The user holds as many relatives as the policy allows. (409)
    RelativesFull,
    /// As many hold this relative as the policy allows. (409)
    HoldersFull,
    /// The key is in use for another request. (422)
    IdempotencyKeyReused,
    /// The issuer failed. Try again later. (500)
    Internal,
}
