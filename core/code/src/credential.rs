//! The credential inside a live code: what the issuer says of one holding.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::trust::PRIVATE;
use crate::{Algorithm, KeyId, MaskedName, PublicKey, Reason, Slot, Trust, UnixTime};

/// The number of a holding: one person's live code on one device. Drawn at random, says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct HoldingNumber(pub u32);

impl fmt::Display for HoldingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The health colour (R7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// Nothing abnormal.
    Green,
    /// Under observation.
    Yellow,
    /// Under control.
    Red,
}

impl Colour {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Green => 0,
            Self::Yellow => 1,
            Self::Red => 2,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        [Self::Green, Self::Yellow, Self::Red].into_iter().find(|c| c.number() == number)
    }
}

/// What the issuer says of a holding, for a device to show with its own signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Whether the holder shows somebody else's code: a relative code.
    pub relative: bool,
    /// Whose live code it is.
    pub slot: Slot,
    /// Which holding.
    pub holding: HoldingNumber,
    /// For a person to compare by eye.
    pub name: MaskedName,
    /// The colour as of `iat`.
    pub colour: Colour,
    /// The public key of the holding (`cnf`, RFC 8747).
    pub key: PublicKey,
    /// When it was issued.
    pub iat: UnixTime,
    /// From this second on it no longer counts.
    pub exp: UnixTime,
}

impl Credential {
    /// The credential, for the key `kid` to sign.
    pub fn unsigned(&self, algorithm: Algorithm, kid: KeyId) -> Unsigned {
        let mut writer = Writer::new();
        writer.map(4).int(4).uint(self.exp.get()).int(6).uint(self.iat.get());
        writer.int(8).map(1).int(1);
        self.key.write(&mut writer);
        writer
            .int(PRIVATE)
            .array(5)
            .uint(if self.relative { 4_u8 } else { 3 })
            .uint(self.slot.0)
            .uint(self.holding.0)
            .text(self.name.as_str())
            .uint(self.colour.number());
        Unsigned::by_issuer(Purpose::Credential, algorithm, kid, writer.finish())
    }

    /// Reads a credential that stands alone, as a wallet gets it from the issuer, and checks the issuer's
    /// signature.
    pub fn parse(bytes: &[u8], trust: &Trust, now: UnixTime) -> Result<Self, Reason> {
        Self::check(&Sign1::parse(bytes)?, trust, now)
    }

    pub(crate) fn check(sign1: &Sign1, trust: &Trust, now: UnixTime) -> Result<Self, Reason> {
        let credential = Self::read(sign1.payload)?;
        trust.check(sign1, Purpose::Credential, credential.iat, now)?;
        Ok(credential)
    }

    pub(crate) fn read(payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        reader.map(4)?;
        reader.key(4)?;
        let exp = UnixTime::new(reader.u32()?);
        reader.key(6)?;
        let iat = UnixTime::new(reader.u32()?);
        reader.key(8)?;
        reader.map(1)?;
        reader.key(1)?;
        let key = PublicKey::read(&mut reader)?;
        reader.key(PRIVATE)?;
        reader.array(5)?;
        let relative = match reader.u8()? {
            3 => false,
            4 => true,
            _ => return Err(Malformed),
        };
        let slot = Slot(reader.u32()?);
        let holding = HoldingNumber(reader.u32()?);
        let name = MaskedName::new(reader.text()?).map_err(|_| Malformed)?;
        let colour = Colour::from_number(reader.u8()?).ok_or(Malformed)?;
        reader.end()?;
        if iat >= exp {
            return Err(Malformed);
        }
        Ok(Self { relative, slot, holding, name, colour, key, iat, exp })
    }
}
