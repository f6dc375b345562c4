//! The head: what is newest, signed over the asker's nonce.

use serde::{Deserialize, Serialize};

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::trust::PRIVATE;
use crate::{Algorithm, KeyId, LineKind, Reason, Trust, UnixTime};

/// Sixteen random bytes of the asker, so that an old head cannot be played back.
pub type Nonce = [u8; 16];

/// The sequence of the list of each kind, in the order of [`LineKind::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Sequences(pub [u32; 4]);

impl Sequences {
    /// The sequence of this kind.
    pub fn of(self, kind: LineKind) -> u32 {
        self.0[kind as usize]
    }

    /// Whether every sequence is at least that of `other`.
    pub fn reach(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(&reached, wanted)| reached >= wanted)
    }
}

/// A head whose signature and nonce have been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The issuer's time.
    pub iat: UnixTime,
    /// The asker's nonce.
    pub nonce: Nonce,
    /// The newest policy.
    pub policy_version: u32,
    /// The newest trust bundle.
    pub trust_version: u32,
    /// The newest list of each kind.
    pub sequences: Sequences,
}

impl Head {
    /// Reads a head and checks that a key of `trust` signed it over `nonce`. A head for another nonce is
    /// refused as [`Reason::Altered`]. `now` need only be good enough to judge the key.
    pub fn parse(
        bytes: &[u8],
        nonce: &Nonce,
        trust: &Trust,
        now: UnixTime,
    ) -> Result<Self, Reason> {
        let sign1 = Sign1::parse(bytes)?;
        let head = Self::read(sign1.payload)?;
        trust.check(&sign1, Purpose::Head, head.iat, now)?;
        if head.nonce == *nonce { Ok(head) } else { Err(Reason::Altered) }
    }

    fn read(payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        reader.map(3)?;
        reader.key(6)?;
        let iat = UnixTime::new(reader.u32()?);
        reader.key(10)?;
        let nonce = reader.array_of()?;
        reader.key(PRIVATE)?;
        reader.array(3)?;
        let policy_version = reader.u32()?;
        let trust_version = reader.u32()?;
        let mut sequences = Sequences::default();
        reader.array(4)?;
        for sequence in &mut sequences.0 {
            *sequence = reader.u32()?;
        }
        reader.end()?;
        Ok(Self { iat, nonce, policy_version, trust_version, sequences })
    }

    /// The head, for the key `kid` to sign.
    pub fn unsigned(&self, algorithm: Algorithm, kid: KeyId) -> Unsigned {
        let mut writer = Writer::new();
        writer.map(3).int(6).uint(self.iat.get()).int(10).bytes(&self.nonce).int(PRIVATE);
        writer.array(3).uint(self.policy_version).uint(self.trust_version).array(4);
        for sequence in self.sequences.0 {
            writer.uint(sequence);
        }
        Unsigned::by_issuer(Purpose::Head, algorithm, kid, writer.finish())
    }
}
