//! The codes that all cases vary, and how they are shown.

use serde_json::Value;
use suima_code::{Place, StaticCode};

use super::cbor;
use super::keys::Signer;
use super::sign1::Sign1;
use super::suite::{Expect, Input};
use super::world::{
    CREDENTIAL, DAY, HOUR, ISSUED, NOW, NUCLEIC_ACID_EXP, PAPER_EXP, PRIVATE, STATIC, by, key,
};

pub(crate) const PLACES: [Place; 3] = [Place::Sampling, Place::Gate, Place::ManualCheck];

/// The name of a place.
pub(crate) fn place_name(place: Place) -> &'static str {
    match place {
        Place::Sampling => "sampling",
        Place::Gate => "gate",
        Place::ManualCheck => "manual-check",
    }
}

/// A static code, field by field.
#[derive(Clone)]
pub(crate) struct Static {
    pub(crate) kid: u8,
    pub(crate) kind: u8,
    pub(crate) slot: u32,
    pub(crate) name: &'static str,
    pub(crate) year: u32,
    pub(crate) iat: u32,
    pub(crate) nbf: Option<u32>,
    pub(crate) exp: u32,
}

impl Static {
    pub(crate) fn nucleic_acid() -> Self {
        Self {
            kid: STATIC,
            kind: 1,
            slot: 4_711_007,
            name: "王*明",
            year: 1988,
            iat: ISSUED,
            nbf: None,
            exp: NUCLEIC_ACID_EXP,
        }
    }

    pub(crate) fn paper() -> Self {
        Self { kind: 2, exp: PAPER_EXP, year: 1947, ..Self::nucleic_acid() }
    }

    pub(crate) fn payload(&self) -> Vec<u8> {
        let private = cbor::array(&[
            cbor::uint(self.kind),
            cbor::uint(self.slot),
            cbor::text(self.name),
            cbor::uint(self.year),
        ]);
        self.payload_with(private)
    }

    /// With another private claim.
    pub(crate) fn payload_with(&self, private: Vec<u8>) -> Vec<u8> {
        let mut claims = vec![(4, cbor::uint(self.exp))];
        claims.extend(self.nbf.map(|nbf| (5, cbor::uint(nbf))));
        claims.push((6, cbor::uint(self.iat)));
        claims.push((PRIVATE, private));
        cbor::map(&claims)
    }

    pub(crate) fn object(&self) -> Sign1 {
        by(self.kid, "suima/static", self.payload())
    }

    pub(crate) fn text(&self) -> String {
        text(&self.object().signed(&key(self.kid)))
    }

    /// How the library names what it is.
    pub(crate) fn shown(&self) -> &'static str {
        if self.kind == 1 { "nucleic-acid" } else { "paper" }
    }
}

/// A live code, field by field.
#[derive(Clone)]
pub(crate) struct Live {
    pub(crate) kid: u8,
    pub(crate) kind: u8,
    pub(crate) slot: u32,
    pub(crate) holding: u32,
    pub(crate) name: &'static str,
    pub(crate) colour: u8,
    pub(crate) iat: u32,
    pub(crate) exp: u32,
    pub(crate) at: u32,
    pub(crate) p256: bool,
}

impl Live {
    pub(crate) fn own() -> Self {
        Self {
            kid: CREDENTIAL,
            kind: 3,
            slot: 4_711_007,
            holding: 90_125,
            name: "王*明",
            colour: 0,
            iat: NOW - HOUR,
            exp: NOW - HOUR + 14 * DAY,
            at: NOW - 4,
            p256: false,
        }
    }

    pub(crate) fn relative() -> Self {
        Self { kind: 4, slot: 815_815, holding: 90_126, name: "王*", ..Self::own() }
    }

    /// The device's private key: one for each holding.
    pub(crate) fn device(&self) -> Signer {
        let name = format!("holding {}", self.holding);
        if self.p256 { Signer::p256(&name) } else { Signer::ed25519(&name) }
    }

    pub(crate) fn credential_payload_with(&self, cose_key: Vec<u8>, private: Vec<u8>) -> Vec<u8> {
        cbor::map(&[
            (4, cbor::uint(self.exp)),
            (6, cbor::uint(self.iat)),
            (8, cbor::map(&[(1, cose_key)])),
            (PRIVATE, private),
        ])
    }

    pub(crate) fn private(&self) -> Vec<u8> {
        cbor::array(&[
            cbor::uint(self.kind),
            cbor::uint(self.slot),
            cbor::uint(self.holding),
            cbor::text(self.name),
            cbor::uint(self.colour),
        ])
    }

    pub(crate) fn credential_payload(&self) -> Vec<u8> {
        self.credential_payload_with(self.device().cose_key(), self.private())
    }

    pub(crate) fn credential_object(&self) -> Sign1 {
        by(self.kid, "suima/credential", self.credential_payload())
    }

    pub(crate) fn credential(&self) -> Vec<u8> {
        self.credential_object().signed(&key(self.kid))
    }

    /// The live code around `credential`.
    pub(crate) fn object_around(&self, credential: &[u8]) -> Sign1 {
        let algorithm = cbor::int(self.device().algorithm());
        let protected = cbor::map(&[(1, algorithm), (13, credential.to_vec())]);
        Sign1::new("suima/live", protected, cbor::map(&[(6, cbor::uint(self.at))]))
    }

    pub(crate) fn object(&self) -> Sign1 {
        self.object_around(&self.credential())
    }

    pub(crate) fn text_around(&self, credential: &[u8]) -> String {
        text(&self.object_around(credential).signed(&self.device()))
    }

    pub(crate) fn text(&self) -> String {
        self.text_around(&self.credential())
    }

    /// How the library names what it is.
    pub(crate) fn shown(&self) -> &'static str {
        if self.kind == 3 { "live" } else { "relative" }
    }
}

/// The text of a code with these bytes, whatever they are.
pub(crate) fn text(bytes: &[u8]) -> String {
    StaticCode::text(bytes)
}

/// Showing `text` in `world`, now.
pub(crate) fn show(world: &str, text: String, place: Place, now: u32) -> Input {
    Input::Code { world: world.to_owned(), text, place, now }
}

/// Accepted with nothing to be said beside it.
pub(crate) fn accepted(shown: &str, slot: u32) -> Expect {
    accepted_with(shown, slot, &[])
}

/// Accepted with these cautions.
pub(crate) fn accepted_with(shown: &str, slot: u32, cautions: &[&str]) -> Expect {
    Expect::accepted([
        ("shown", shown.into()),
        ("slot", slot.into()),
        ("cautions", cautions.to_vec().into()),
    ])
}

/// The same, and the age of the knowledge is said.
pub(crate) fn accepted_aged(shown: &str, slot: u32, cautions: &[&str], age: u32) -> Expect {
    Expect::accepted([
        ("shown", shown.into()),
        ("slot", slot.into()),
        ("cautions", cautions.to_vec().into()),
        ("knowledge_age", age.into()),
    ])
}

/// A key id as the files write it.
pub(crate) fn kid(kid: u8) -> Value {
    format!("{kid:02x}").into()
}

/// Refused as altered.
pub(crate) fn altered() -> Expect {
    Expect::refused("altered", [])
}
