//! What policies, heads and lists have in common: the issuer's header, and who may sign them until when.

use super::codes::{altered, kid};
use super::defects::{headers, outer, widened};
use super::sign1::Sign1;
use super::suite::{Expect, Input, Suite, World};
use super::world::{
    ALL, ALL_P256, CREDENTIAL, LISTS, NOTHING, NOW, POLICY, RECALLED, RECALLED_AT, RETIRED,
    RETIRED_SIGN_UNTIL, STATIC, TRUST_IAT, UNKNOWN, by, ending_trust, key, standard,
};
use crate::hex::hex;

/// Every `external_aad` there is, and none.
pub(crate) const PURPOSES: [&str; 8] = [
    "suima/static",
    "suima/credential",
    "suima/live",
    "suima/trust",
    "suima/policy",
    "suima/revocations",
    "suima/head",
    "",
];

/// The worlds that [`Document`] shows things in.
pub(crate) fn worlds() -> [(&'static str, World); 2] {
    [("standard", standard()), ("trust-ends", ending_trust())]
}

/// A kind of signed document.
pub(crate) struct Document {
    /// Its `external_aad`.
    pub(crate) aad: &'static str,
    /// The ordinary key that signs it.
    pub(crate) kid: u8,
    /// When an ordinary one is made.
    pub(crate) iat: u32,
    /// The payload of an ordinary one made at this time.
    pub(crate) payload: fn(u32) -> Vec<u8>,
    /// Showing one: world, bytes in hexadecimal, now.
    pub(crate) input: fn(String, String, u32) -> Input,
    /// What is read in an ordinary one.
    pub(crate) read: fn() -> Expect,
}

impl Document {
    /// Shown now, in the standard world.
    pub(crate) fn shown(&self, bytes: &[u8]) -> Input {
        self.shown_at("standard", bytes, NOW)
    }

    fn shown_at(&self, world: &str, bytes: &[u8], now: u32) -> Input {
        (self.input)(world.to_owned(), hex(bytes), now)
    }

    /// This payload, signed by the ordinary key.
    pub(crate) fn signed(&self, payload: Vec<u8>) -> Vec<u8> {
        by(self.kid, self.aad, payload).signed(&key(self.kid))
    }

    /// An ordinary one.
    pub(crate) fn twin(&self) -> Input {
        self.shown(&self.signed((self.payload)(self.iat)))
    }

    fn signed_by(&self, signer: u8, aad: &str, iat: u32) -> Vec<u8> {
        by(signer, aad, (self.payload)(iat)).signed(&key(signer))
    }

    /// Adds every case that is not about what is in the payload.
    pub(crate) fn cases(&self, suite: &mut Suite) {
        suite.accepted("ordinary", "The twin of most that follows.", self.twin(), (self.read)());
        self.signers(suite);
        self.times(suite);
        self.purposes(suite);
        self.forms(suite);
    }

    fn signers(&self, suite: &mut Suite) {
        for (signer, name) in [(ALL, "a key for all"), (ALL_P256, "a key on P-256")] {
            let input = self.shown(&self.signed_by(signer, self.aad, self.iat));
            suite.accepted(&format!("by {name}"), "Keys differ in much.", input, (self.read)());
        }
        let mut refused = |signer: u8, why: &str, expect: Expect| {
            let input = self.shown(&self.signed_by(signer, self.aad, self.iat));
            suite.refused(&format!("by the key {signer:02x}"), why, &self.twin(), input, expect);
        };
        let others = [STATIC, CREDENTIAL, LISTS, POLICY, NOTHING].into_iter();
        for signer in others.filter(|&signer| signer != self.kid) {
            let why = "A genuine signature by a key for something else.";
            refused(signer, why, Expect::refused("key-not-for-this", [("kid", kid(signer))]));
        }
        refused(
            UNKNOWN,
            "Not in the bundle.",
            Expect::refused("unknown-key", [("kid", kid(UNKNOWN)), ("trust", TRUST_IAT.into())]),
        );
        refused(
            RECALLED,
            "Nothing a recalled key signed is accepted.",
            Expect::refused("key-recalled", [("kid", kid(RECALLED)), ("at", RECALLED_AT.into())]),
        );
        let object = by(self.kid, self.aad, (self.payload)(self.iat));
        suite.refused(
            "by another key",
            "Not the key that is named.",
            &self.twin(),
            self.shown(&object.signed(&key(ALL))),
            altered(),
        );
    }

    fn times(&self, suite: &mut Suite) {
        let out = || Expect::refused("key-out-of-time", [("kid", kid(RETIRED))]);
        let retired = |iat| self.signed_by(RETIRED, self.aad, iat);
        let twin = self.shown(&retired(RETIRED_SIGN_UNTIL));
        let late = self.shown(&retired(RETIRED_SIGN_UNTIL + 1));
        suite.refused("made after sign-until", "The key no longer signed.", &twin, late, out());
        let late = self.shown_at("standard", &retired(RETIRED_SIGN_UNTIL), NOW + 1);
        let why = "Nothing that the key signed is accepted any more.";
        suite.refused("shown after accept-until", why, &twin, late, out());
        let bytes = self.signed_by(self.kid, self.aad, self.iat);
        suite.refused(
            "trust has expired",
            "From its exp on a bundle judges nothing.",
            &self.shown_at("trust-ends", &bytes, NOW - 1),
            self.shown_at("trust-ends", &bytes, NOW),
            Expect::refused("trust-expired", [("at", NOW.into())]),
        );
    }

    fn purposes(&self, suite: &mut Suite) {
        let twin = self.shown(&self.signed_by(ALL, self.aad, self.iat));
        for aad in PURPOSES.into_iter().filter(|&aad| aad != self.aad) {
            let name = if aad.is_empty() { "nothing" } else { aad };
            suite.refused(
                &format!("signed for {name}"),
                "By a key for all purposes, but for another one.",
                &twin,
                self.shown(&self.signed_by(ALL, aad, self.iat)),
                altered(),
            );
        }
    }

    fn forms(&self, suite: &mut Suite) {
        let payload = (self.payload)(self.iat);
        let object = by(self.kid, self.aad, payload.clone());
        let signer = key(self.kid);
        for (name, why, bytes) in outer(&object, &object.signature(&signer)) {
            suite.refused(&name, why, &self.twin(), self.shown(&bytes), altered());
        }
        for (name, why, protected) in headers(-19, self.kid) {
            let object = Sign1 { protected, ..object.clone() };
            suite.refused(&name, why, &self.twin(), self.shown(&object.signed(&signer)), altered());
        }
        for (name, why, payload) in widened("payload", &payload) {
            self.refused(suite, &name, why, payload);
        }
        let why = "Bytes after the payload's end.";
        self.refused(suite, "payload: a byte behind it", why, [&payload[..], &[0]].concat());
        let why = "Indefinite lengths are refused.";
        self.refused(suite, "payload: of indefinite length", why, super::cbor::endless(&payload));
    }

    /// Adds a case of this payload, correctly signed, that is refused as altered.
    pub(crate) fn refused(&self, suite: &mut Suite, name: &str, why: &str, payload: Vec<u8>) {
        let input = self.shown(&self.signed(payload));
        suite.refused(name, why, &self.twin(), input, altered());
    }
}
