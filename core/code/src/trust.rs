//! The trust bundle: which key may sign what, and until when.

use core::fmt;
use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::{Algorithm, PublicKey, Reason, UnixTime};

/// The private claim that carries what no registered claim does.
pub(crate) const PRIVATE: i64 = -65_537;

/// A key's name in headers: one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(pub u8);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02x}", self.0)
    }
}

/// Which of the two pinned root keys signed a trust bundle. Roots have key ids of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// The one in daily use: key id 0.
    Hot,
    /// The one kept offline: key id 1.
    Cold,
}

impl Root {
    const fn kid(self) -> KeyId {
        KeyId(match self {
            Self::Hot => 0,
            Self::Cold => 1,
        })
    }

    /// The versions of bundles that this root signs. Every one of the cold root lies above all of the hot root: whoever
    /// steals the hot root cannot make a bundle that one by the cold root does not replace.
    pub const fn versions(self) -> RangeInclusive<u32> {
        match self {
            Self::Hot => 0..=u32::MAX / 2,
            Self::Cold => u32::MAX / 2 + 1..=u32::MAX,
        }
    }
}

/// The two Ed25519 root keys that an app pins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roots {
    /// The key in daily use.
    pub hot: PublicKey,
    /// The key kept offline, for the day the hot one is lost or stolen.
    pub cold: PublicKey,
}

impl Roots {
    fn key(&self, kid: KeyId) -> Option<(Root, &PublicKey)> {
        match kid.0 {
            0 => Some((Root::Hot, &self.hot)),
            1 => Some((Root::Cold, &self.cold)),
            _ => None,
        }
    }
}

/// What a key may sign, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Purposes(u8);

impl Purposes {
    /// Static codes.
    pub const STATIC: Self = Self(1);
    /// Credentials of live codes.
    pub const CREDENTIAL: Self = Self(2);
    /// Revocation lists and heads.
    pub const LISTS: Self = Self(4);
    /// The policy.
    pub const POLICY: Self = Self(8);

    const ALL: u8 = 15;

    fn of(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Static => Self::STATIC,
            Purpose::Credential => Self::CREDENTIAL,
            Purpose::Revocations | Purpose::Head => Self::LISTS,
            Purpose::Policy => Self::POLICY,
            // Signed by a device and by a root: never by a key of the bundle.
            Purpose::Live | Purpose::Trust => Self(0),
        }
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set as bits: 1 static, 2 credential, 4 lists, 8 policy.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set with these bits, if there are no others.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits <= Self::ALL { Some(Self(bits)) } else { None }
    }

    /// Whether a key with these purposes may sign for `purpose`.
    pub fn allow(self, purpose: Purpose) -> bool {
        let wanted = Self::of(purpose).0;
        wanted != 0 && self.0 & wanted == wanted
    }
}

/// One key of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// Its name; never given to another key while this one is accepted.
    pub kid: KeyId,
    /// What it may sign.
    pub purposes: Purposes,
    /// Nothing with a later `iat` is accepted.
    pub sign_until: UnixTime,
    /// Nothing at all is accepted after this time.
    pub accept_until: UnixTime,
    /// When it was recalled, if it was: nothing it signed is accepted any more.
    pub recalled: Option<UnixTime>,
    /// The key itself.
    pub key: PublicKey,
}

/// A trust bundle whose root signature has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// Counts up with every bundle, within [`Root::versions`]; a lower one is never taken for a higher one.
    pub version: u32,
    /// When it was made.
    pub iat: UnixTime,
    /// After this time it judges nothing.
    pub exp: UnixTime,
    /// The keys, by ascending key id.
    pub keys: Vec<TrustedKey>,
}

impl Trust {
    /// Reads a bundle and checks that one of `roots` signed it. Whether it has expired is asked when it is
    /// used, not here.
    pub fn parse(bytes: &[u8], roots: &Roots) -> Result<Self, Reason> {
        let sign1 = Sign1::parse(bytes)?;
        let (algorithm, kid) = sign1.issuer_header()?;
        let trust = Self::read(sign1.payload)?;
        let (root, key) = roots.key(kid).ok_or(Reason::UnknownKey { kid, trust: trust.iat })?;
        let sound = root.versions().contains(&trust.version)
            && key.algorithm() == algorithm
            && sign1.verified_by(key, Purpose::Trust);
        if sound { Ok(trust) } else { Err(Reason::Altered) }
    }

    fn read(payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        reader.map(3)?;
        reader.key(4)?;
        let exp = UnixTime::new(reader.u32()?);
        reader.key(6)?;
        let iat = UnixTime::new(reader.u32()?);
        reader.key(PRIVATE)?;
        reader.array(2)?;
        let version = reader.u32()?;
        let mut keys: Vec<TrustedKey> = Vec::new();
        for _ in 0..reader.any_array()? {
            let key = TrustedKey::read(&mut reader)?;
            if keys.last().is_some_and(|last| last.kid >= key.kid) {
                return Err(Malformed);
            }
            keys.push(key);
        }
        reader.end()?;
        if iat >= exp { Err(Malformed) } else { Ok(Self { version, iat, exp, keys }) }
    }

    /// The bundle, for `root` to sign.
    pub fn unsigned(&self, root: Root) -> Unsigned {
        let mut writer = Writer::new();
        writer.map(3).int(4).uint(self.exp.get()).int(6).uint(self.iat.get()).int(PRIVATE);
        writer.array(2).uint(self.version).array(self.keys.len() as u64);
        for key in &self.keys {
            key.write(&mut writer);
        }
        Unsigned::by_issuer(Purpose::Trust, Algorithm::Ed25519, root.kid(), writer.finish())
    }

    /// The key that may have signed something with this header and `iat` for `purpose`, at `now`.
    pub(crate) fn key(
        &self,
        (algorithm, kid): (Algorithm, KeyId),
        purpose: Purpose,
        iat: UnixTime,
        now: UnixTime,
    ) -> Result<&PublicKey, Reason> {
        if now >= self.exp {
            return Err(Reason::TrustExpired { at: self.exp });
        }
        let unknown = Reason::UnknownKey { kid, trust: self.iat };
        let key = self.keys.iter().find(|key| key.kid == kid).ok_or(unknown)?;
        if let Some(at) = key.recalled {
            Err(Reason::KeyRecalled { kid, at })
        } else if !key.purposes.allow(purpose) || key.key.algorithm() != algorithm {
            Err(Reason::KeyNotForThis { kid })
        } else if iat > key.sign_until || now > key.accept_until {
            Err(Reason::KeyOutOfTime { kid })
        } else {
            Ok(&key.key)
        }
    }

    /// Checks that a key of this bundle signed `sign1` for `purpose`.
    pub(crate) fn check(
        &self,
        sign1: &Sign1,
        purpose: Purpose,
        iat: UnixTime,
        now: UnixTime,
    ) -> Result<(), Reason> {
        let key = self.key(sign1.issuer_header()?, purpose, iat, now)?;
        if sign1.verified_by(key, purpose) { Ok(()) } else { Err(Reason::Altered) }
    }
}

impl TrustedKey {
    fn read(reader: &mut Reader) -> Result<Self, Malformed> {
        reader.array(6)?;
        let [kid] = reader.array_of::<1>()?;
        let purposes = Purposes::from_bits(reader.u8()?).ok_or(Malformed)?;
        let sign_until = UnixTime::new(reader.u32()?);
        let accept_until = UnixTime::new(reader.u32()?);
        let recalled = if reader.null() { None } else { Some(UnixTime::new(reader.u32()?)) };
        let key = PublicKey::read(reader)?;
        Ok(Self { kid: KeyId(kid), purposes, sign_until, accept_until, recalled, key })
    }

    fn write(&self, writer: &mut Writer) {
        writer
            .array(6)
            .bytes(&[self.kid.0])
            .uint(self.purposes.bits())
            .uint(self.sign_until.get())
            .uint(self.accept_until.get());
        match self.recalled {
            Some(at) => writer.uint(at.get()),
            None => writer.null(),
        };
        self.key.write(writer);
    }
}
