//! What wallets ask, and what they are answered.

use std::fmt;

use serde::{Deserialize, Serialize};
use suima_code::{Colour, HoldingNumber, MaskedName, Slot, UnixTime};

use super::{Ask, Bytes, Challenge, Holder, Paper, WireKey};

/// Enrols a phone with an activation code. Signed by the new device key, which it carries.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnrolResponse {
    /// The device's name in signatures (`keyid`).
    pub device: String,
    /// When the earlier phone was enrolled that this one has ended, with all that it held; `None` where there was none.
    /// The user is told: nothing is voided silently (R9).
    pub ended_device: Option<UnixTime>,
    /// All it needs to show codes.
    pub refresh: RefreshResponse,
}

/// Asks for what has changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Who asks for the user's consent, oldest first.
    pub asks: Vec<Ask>,
    /// What portals and terminals ask the user to confirm, oldest first.
    pub challenges: Vec<Challenge>,
}

/// A person whose codes the user may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The paper codes, where there is a holding.
    pub paper: Option<Paper>,
    /// Who holds their live code besides them, longest first: told to the person, and to a minor's guardians.
    pub holders: Vec<Holder>,
}

/// What a person is to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The user.
    Oneself,
    /// Their child.
    Child,
    /// Somebody whose guardian they are.
    Ward,
    /// An adult who consented.
    Relative,
}

/// One person's live code on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssuedCode {
    /// The text of the code.
    pub text: String,
    /// When and by whom.
    pub made: Made,
}

/// The making of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldRequest {
    /// Whose.
    pub slot: Slot,
    /// The key of the new holding.
    pub holding_key: WireKey,
}

/// The person, now held.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// With holding and codes.
    pub person: Person,
}

/// Asks that there be a nucleic-acid code, and a successor where the current one is near its end. Voids
/// nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimRequest {
    /// Whose.
    pub slot: Slot,
}

/// The codes there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimResponse {
    /// The issuer's time.
    pub time: UnixTime,
    /// All of them.
    pub nucleic_acid: NucleicAcid,
}

/// Asks for a new nucleic-acid code in place of one (R1). Its `Idempotency-Key` names the wish: a retry carries
/// the same, and gets the recorded outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
