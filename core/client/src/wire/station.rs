//! What stations ask and upload, and what they are answered.

use std::fmt;

use serde::{Deserialize, Serialize};
use suima_code::{Colour, IdNumber, Place, Sequences, Slot, UnixTime};

use super::{Bytes, WireKey};

/// Enrols a station with an activation code. Signed by the new device key, which it carries.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentsRequest {
    /// The trust bundle that is known; 0 for none.
    pub trust_version: u32,
    /// The policy that is known; 0 for none.
    pub policy_version: u32,
}

/// Newer documents, where there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListsRequest {
    /// What is known.
    pub sequences: Sequences,
}

/// Signed lists: for each kind that has moved, deltas in order or one full list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListsResponse {
    /// Each as the issuer signed it.
    pub lists: Vec<Bytes>,
}

/// Asks for a head over a nonce.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeadRequest {
    /// Sixteen random bytes.
    pub nonce: Bytes,
}

/// A head.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeadResponse {
    /// As the issuer signed it.
    pub head: Bytes,
}

/// Uploads entries of a station's journal, in any order and as often as needed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegistrationsRequest {
    /// At most 500.
    pub entries: Vec<Entry>,
}

/// An entry of a station's journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// 128 random bits, as 32 lower-case hexadecimal digits.
    pub id: String,
    /// When it was written, by the station's best knowledge.
    pub at: UnixTime,
    /// What happened.
    pub event: Event,
}

/// What happened at a station. Ids are those of entries. Shows itself without names, documents and what people wrote.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// A person was bound to a tube by their ID card. Offline it has no slot: the issuer finds it at the upload.
    RegisteredByIdCard {
        /// The entry of the tube.
        tube: String,
        /// The barcode on the tube.
        barcode: String,
        /// On the card.
        id_number: IdNumber,
        /// On the card.
        name: String,
    },
    /// A person was bound to a tube by what they say: a visitor, an infant, somebody with a travel permit or a passport. Where
    /// the register has their document and name, the issuer finds them at the upload.
    RegisteredByHand {
        /// The entry of the tube.
        tube: String,
        /// The barcode on the tube.
        barcode: String,
        /// Their full name.
        name: String,
        /// The number of a travel permit, a passport or another document, where they have one.
        document: Option<String>,
        /// How they are reached: a telephone number, or whose infant it is.
        contact: String,
    },
    /// A registration was moved to another tube of the same session.
    Moved {
        /// The entry of the registration.
        registration: String,
        /// The entry of the tube it is in now.
        tube: String,
        /// The barcode on that tube.
        barcode: String,
        /// Why.
        reason: String,
    },
    /// Another staff member took over the session, and the tube that was open.
    HandedOver {
        /// The entry of the session.
        session: String,
        /// The staff member's number or name.
        staff: String,
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

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = |name: &str, parts: &[(&str, &dyn fmt::Debug)]| {
            let mut shown = f.debug_struct(name);
            for (part, value) in parts {
                shown.field(part, value);
            }
            shown.finish_non_exhaustive()
        };
        match self {
            Self::SessionOpened { .. } => shown("SessionOpened", &[]),
            Self::TubeOpened { session, barcode, capacity } => shown(
                "TubeOpened",
                &[("session", session), ("barcode", barcode), ("capacity", capacity)],
            ),
            Self::Registered { tube, slot, presented, code_iat, validity, .. } => shown(
                "Registered",
                &[
                    ("tube", tube),
                    ("slot", slot),
                    ("presented", presented),
                    ("code_iat", code_iat),
                    ("validity", validity),
                ],
            ),
            Self::RegisteredByIdCard { tube, id_number, .. } => {
                shown("RegisteredByIdCard", &[("tube", tube), ("id_number", id_number)])
            }
            Self::RegisteredByHand { tube, .. } => shown("RegisteredByHand", &[("tube", tube)]),
            Self::Moved { registration, tube, .. } => {
                shown("Moved", &[("registration", registration), ("tube", tube)])
            }
            Self::HandedOver { session, .. } => shown("HandedOver", &[("session", session)]),
            Self::Undone { registration, .. } => shown("Undone", &[("registration", registration)]),
            Self::TubeSealed { tube, swabs, .. } => {
                shown("TubeSealed", &[("tube", tube), ("swabs", swabs)])
            }
        }
    }
}

/// How much was known of a code's validity when it was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Validity {
    /// Whether the code was known not to be revoked.
    pub fn is_checked(self) -> bool {
        matches!(self, Self::Checked { .. })
    }
}

/// What became of each entry, in the order they were sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegistrationsResponse {
    /// One per entry.
    pub receipts: Vec<Receipt>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// The entry.
    pub id: String,
    /// What became of it.
    pub outcome: ReceiptOutcome,
}

/// What became of an entry. All of them are kept; a conflict is for people to look into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum ReceiptOutcome {
    /// Stored now.
    Stored,
    /// The same entry had been stored before.
    Already,
    /// Stored now; its ID number is not in the register.
    NotInRegister,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// The same id with other content. The first is kept as it was, the second beside it.
    SameIdOtherContent,
    /// One barcode was opened by two stations.
    TubeOnTwoStations,
    /// One person stands in two tubes on one day.
    PersonInTwoTubes,
    /// One person stands twice in one tube: by a code and by an ID card.
    PersonTwiceInTube,
}

/// Asks for the health status of who showed an ID card, at a gate or a manual check (R6). Every question is kept in the
/// audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IdCardRequest {
    /// On the card.
    pub id_number: IdNumber,
    /// Where.
    pub place: Place,
    /// The staff member on duty; a gate says its own name.
    pub staff: String,
}

/// What a station is told of a person: this, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatusResponse {
    /// The issuer's time, as of which the status is.
    pub time: UnixTime,
    /// Whether the card, or the card and the code, are of one person in the register.
    #[serde(flatten)]
    pub status: PersonStatus,
}

/// Whether a person was found, and their status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum PersonStatus {
    /// They match.
    Match {
        /// The health colour.
        colour: Colour,
    },
    /// They do not, or there is no such person.
    NoMatch,
}

/// Asks at a manual check whether a paper code and an ID card are of one person (R6). Answered with a
/// [`StatusResponse`]. Every question is kept in the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperCheckRequest {
    /// The text of the code.
    pub code: String,
    /// On the card.
    pub id_number: IdNumber,
    /// The staff member on duty.
    pub staff: String,
}
