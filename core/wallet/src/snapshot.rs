//! Everything a wallet knows, as one value that is loaded whole, never changed in place, and replaced whole.

use serde::{Deserialize, Deserializer, Serialize};
use suima_client::wire::{Ask, Bytes, Challenge, Holder, Made, Paper, Relation};
use suima_code::{Colour, HoldingNumber, MaskedName, Policy, Roots, Slot, Trust, UnixTime};
use suima_device::TimeAnchor;

use crate::errand::Errand;
use crate::error::Error;
use crate::keys::{Handle, Key};
use crate::news::{Note, Unread};
use crate::secret::SecretText;
use crate::wish::Wish;

/// What a wallet knows at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Snapshot {
    pub device: Option<Device>,
    pub enrolment: Option<Enrolment>,
    pub documents: Option<Documents>,
    pub anchor: Option<TimeAnchor>,
    pub knowledge: Knowledge,
    /// In the order in which one swipes: the user first.
    pub people: Vec<Person>,
    /// What was learned and has not been told yet.
    pub notes: Vec<Note>,
    /// What was told and has not been read yet.
    pub unread: Unread,
    pub inbox: Inbox,
    /// Requests that were begun and whose outcome is not known, the oldest first.
    pub errands: Vec<Errand>,
    /// Keys in hardware that are in use no more and are still to be removed there.
    pub given_up: Vec<Handle>,
}

/// What waits for the user's answer, and answers that are still to be handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inbox {
    /// Who asks for consent.
    pub asks: Vec<Ask>,
    /// What portals and terminals ask to confirm.
    pub challenges: Vec<Challenge>,
    /// Consent that was given, while its one-time code counts.
    pub agreed: Vec<Agreed>,
}

/// Consent that was given, and the code by which the asker makes use of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Agreed {
    pub ask: Ask,
    pub code: SecretText,
    /// Until when the code counts.
    pub expires: UnixTime,
}

/// This phone, as the issuer knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Device {
    /// Its name in signatures.
    pub keyid: String,
    #[serde(rename = "seed")]
    pub key: Key,
    /// Where within the time for claiming ahead this phone claims: 0 at its beginning, `u32::MAX` at its end.
    pub spread: u32,
}

/// An enrolment whose outcome is not known: a retry must use the same keys.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Enrolment {
    /// The activation code as it was first sent.
    pub code: String,
    #[serde(rename = "device_seed")]
    pub device_key: Key,
    #[serde(rename = "holding_seed")]
    pub holding_key: Key,
    pub idempotency_key: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrolment").finish_non_exhaustive()
    }
}

/// Trust and policy. Their versions never fall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Documents {
    /// As a root signed it.
    pub trust: Bytes,
    pub trust_version: u32,
    /// As the issuer signed it.
    pub policy: Bytes,
    pub policy_version: u32,
    /// What `policy` says, so that showing a code verifies no signature. `None` where another version of this
    /// program wrote it and knew other numbers: then `policy` is read again.
    #[serde(deserialize_with = "if_it_fits")]
    pub parsed_policy: Option<Policy>,
}

fn if_it_fits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Policy>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

impl Documents {
    /// The trust bundle, unless this program pins other roots than those which signed it.
    pub fn trust(&self, roots: &Roots) -> Option<Trust> {
        Trust::parse(&self.trust.0, roots).ok()
    }

    /// The policy in force.
    pub fn policy(&self, roots: &Roots, now: UnixTime) -> Policy {
        self.parsed_policy
            .or_else(|| Policy::parse(&self.policy.0, &self.trust(roots)?, now).ok())
            .unwrap_or(Policy::standard(0, UnixTime::new(0)))
    }
}

/// What is known of the issuer's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Knowledge {
    /// The issuer's time at the last refresh.
    pub as_of: Option<UnixTime>,
    /// The issuer's name for the state of `people`; `None` asks for all of it.
    pub state: Option<String>,
    /// Counts the changes to `people`, so that an answer is never put on top of another state than the one
    /// it was asked from.
    pub generation: u64,
    /// When the issuer ended this phone's enrolment, if it did.
    pub ended: Option<UnixTime>,
    /// Whether the wallet was emptied because a key in hardware is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keys_gone: bool,
}

/// A person whose codes the user holds or may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    pub slot: Slot,
    pub relation: Relation,
    pub name: String,
    pub masked_name: MaskedName,
    pub birth_year: u16,
    pub holding: Option<Holding>,
    /// A holding that was asked for and whose outcome is not known.
    pub offer: Option<Offer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    /// Who else holds their code, as far as that is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<Holder>,
    /// What happened to their paper code until then was confirmed on this phone, and is no news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper_told: Option<UnixTime>,
}

/// A person's live code on this phone, and with it their nucleic-acid codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holding {
    pub number: HoldingNumber,
    /// As the issuer signed it.
    pub credential: Bytes,
    pub colour: Colour,
    pub iat: UnixTime,
    pub exp: UnixTime,
    #[serde(rename = "seed")]
    pub key: Key,
    pub codes: Codes,
    pub wish: Option<Wish>,
}

/// The key of a holding that was asked for: a retry must use the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Offer {
    #[serde(rename = "seed")]
    pub key: Key,
    pub idempotency_key: String,
}

/// A person's nucleic-acid codes, all verified when they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Codes {
    pub current: Option<Code>,
    pub successor: Option<Code>,
    pub revoked_before: Option<UnixTime>,
    /// Newest first.
    pub history: Vec<Made>,
    /// The issuer's time when they came.
    pub as_of: UnixTime,
}

/// A nucleic-acid code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code {
    pub text: String,
    pub nbf: Option<UnixTime>,
    pub exp: UnixTime,
    pub made: Made,
}

impl Code {
    fn counts_at(&self, now: UnixTime) -> bool {
        self.nbf.is_none_or(|nbf| nbf <= now) && now < self.exp
    }
}

impl Codes {
    /// The one code that counts at `now`: the successor from its `nbf` on, which is the current one's `exp`.
    pub fn shown(&self, now: UnixTime) -> Option<&Code> {
        [&self.successor, &self.current].into_iter().flatten().find(|code| code.counts_at(now))
    }

    /// When the last of them ends.
    pub fn end(&self) -> Option<UnixTime> {
        [&self.current, &self.successor].into_iter().flatten().map(|code| code.exp).max()
    }

    /// The newest `iat` heard of. It only rises at the issuer, so of two answers the one with the lower is the
    /// older one, overtaken on its way.
    pub fn newest(&self) -> Option<UnixTime> {
        let codes = [&self.current, &self.successor].into_iter().flatten();
        codes
            .map(|code| code.made.iat)
            .chain(self.history.iter().map(|made| made.iat))
            .chain(self.revoked_before)
            .max()
    }
}

impl Snapshot {
    /// This phone, or why there is none.
    pub fn device(&self) -> Result<&Device, Error> {
        self.device.as_ref().ok_or(match self.knowledge.ended {
            Some(at) => Error::DeviceEnded { at },
            None if self.knowledge.keys_gone => Error::KeysGone,
            None => Error::NotEnrolled,
        })
    }

    /// Trust and policy: there as soon as the phone is enrolled.
    pub fn documents(&self) -> Result<&Documents, Error> {
        self.device()?;
        self.documents.as_ref().ok_or(Error::NotEnrolled)
    }

    pub fn person(&self, slot: Slot) -> Result<&Person, Error> {
        self.device()?;
        self.people.iter().find(|person| person.slot == slot).ok_or(Error::NotListed { slot })
    }

    /// The person and what is held of them.
    pub fn held(&self, slot: Slot) -> Result<(&Person, &Holding), Error> {
        let person = self.person(slot)?;
        person.holding.as_ref().map(|holding| (person, holding)).ok_or(Error::NotHeld { slot })
    }

    /// As [`Snapshot::held`], to be changed in the copy that is about to be written.
    pub fn held_mut(&mut self, slot: Slot) -> Result<&mut Holding, Error> {
        self.person(slot)?;
        let person = self.people.iter_mut().find(|person| person.slot == slot);
        person.and_then(|person| person.holding.as_mut()).ok_or(Error::NotHeld { slot })
    }

    /// The issuer's time of the newest word about the codes of a holding.
    pub fn codes_as_of(&self, holding: &Holding) -> UnixTime {
        self.knowledge.as_of.map_or(holding.codes.as_of, |as_of| as_of.max(holding.codes.as_of))
    }
}

#[cfg(test)]
mod tests;
