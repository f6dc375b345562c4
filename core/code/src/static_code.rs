//! Static codes: the nucleic-acid code and the paper code.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::trust::PRIVATE;
use crate::{Algorithm, KeyId, MaskedName, Reason, Trust, UnixTime, text};

/// A person's number in the register: drawn at random, says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Slot(pub u32);

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The two kinds of static code. Each lives by itself (R5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StaticKind {
    /// 核酸码, for sampling (R1).
    NucleicAcid,
    /// 离线随申码, for people without a smartphone (R3).
    Paper,
}

impl StaticKind {
    const fn number(self) -> u8 {
        match self {
            Self::NucleicAcid => 1,
            Self::Paper => 2,
        }
    }
}

/// What a static code says. It shows no health status (R7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaticCode {
    /// Which of the two kinds it is.
    pub kind: StaticKind,
    /// Whose it is.
    pub slot: Slot,
    /// For a person to compare by eye.
    pub name: MaskedName,
    /// Four digits; for a person to compare by eye.
    pub birth_year: u16,
    /// When it was issued; strictly increases per kind and slot.
    pub iat: UnixTime,
    /// When it begins to count, where that is later than its issue: a successor made ahead.
    pub nbf: Option<UnixTime>,
    /// The end of its last day: from this second on it no longer counts.
    pub exp: UnixTime,
}

impl StaticCode {
    /// The code, for the key `kid` to sign.
    pub fn unsigned(&self, algorithm: Algorithm, kid: KeyId) -> Unsigned {
        let mut writer = Writer::new();
        writer.map(if self.nbf.is_some() { 4 } else { 3 }).int(4).uint(self.exp.get());
        if let Some(nbf) = self.nbf {
            writer.int(5).uint(nbf.get());
        }
        writer
            .int(6)
            .uint(self.iat.get())
            .int(PRIVATE)
            .array(4)
            .uint(self.kind.number())
            .uint(self.slot.0)
            .text(self.name.as_str())
            .uint(self.birth_year);
        Unsigned::by_issuer(Purpose::Static, algorithm, kid, writer.finish())
    }

    /// The text of a code with these bytes: what the QR code shows.
    pub fn text(signed: &[u8]) -> String {
        text::encode(signed)
    }

    /// When it begins to count.
    pub fn valid_from(&self) -> UnixTime {
        self.nbf.unwrap_or(self.iat)
    }

    pub(crate) fn check(sign1: &Sign1, trust: &Trust, now: UnixTime) -> Result<Self, Reason> {
        let code = Self::read(sign1.payload)?;
        trust.check(sign1, Purpose::Static, code.iat, now)?;
        Ok(code)
    }

    fn read(payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        let pairs = reader.any_map()?;
        reader.key(4)?;
        let exp = UnixTime::new(reader.u32()?);
        let nbf = match pairs {
            3 => None,
            4 => {
                reader.key(5)?;
                Some(UnixTime::new(reader.u32()?))
            }
            _ => return Err(Malformed),
        };
        reader.key(6)?;
        let iat = UnixTime::new(reader.u32()?);
        reader.key(PRIVATE)?;
        reader.array(4)?;
        let kind = match reader.u8()? {
            1 => StaticKind::NucleicAcid,
            2 => StaticKind::Paper,
            _ => return Err(Malformed),
        };
        let slot = Slot(reader.u32()?);
        let name = MaskedName::new(reader.text()?).map_err(|_| Malformed)?;
        let birth_year = u16::try_from(reader.uint()?).map_err(|_| Malformed)?;
        reader.end()?;
        let in_order = nbf.is_none_or(|nbf| iat < nbf) && nbf.unwrap_or(iat) < exp;
        if !in_order || !(1..=9999).contains(&birth_year) {
            return Err(Malformed);
        }
        Ok(Self { kind, slot, name, birth_year, iat, nbf, exp })
    }
}
