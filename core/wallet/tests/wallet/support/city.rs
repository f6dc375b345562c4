//! A city that signs whatever a test wants signed, right or wrong.

use std::sync::Arc;

use suima_client::wire::{
    Bytes, Holding, IssuedCode, Made, NucleicAcid, Person, Relation, WireKey,
};
use suima_code::{
    Colour, Credential, HoldingNumber, KeyId, MaskedName, Policy, PublicKey, Purposes, Root, Roots,
    Slot, StaticCode, StaticKind, Trust, TrustedKey, UnixTime, end_of_last_day,
};
use suima_signing::{IssuerKey, RootKey};
use zeroize::Zeroizing;

/// 2026-11-22 09:00 in Shanghai.
pub const NOW: UnixTime = UnixTime::new(1_795_309_200);
/// The end of the last day of a code made at [`NOW`].
pub const THIRTY_DAYS: UnixTime = UnixTime::new(1_797_868_800);
pub const MOTHER: Slot = Slot(11);
pub const CHILD: Slot = Slot(22);
pub const GRANDMOTHER: Slot = Slot(33);

pub const MOTHERS_HOLDING: HoldingNumber = HoldingNumber(111);
pub const CHILDS_HOLDING: HoldingNumber = HoldingNumber(222);
const GRANDMOTHERS_HOLDING: HoldingNumber = HoldingNumber(333);

/// The keys of a city. Key 2 signs static codes, 3 credentials, 5 the policy.
#[derive(Clone)]
pub struct City(Arc<Keys>);

struct Keys {
    hot: RootKey,
    cold: RootKey,
    codes: IssuerKey,
    credentials: IssuerKey,
    policy: IssuerKey,
}

fn seed(byte: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([byte; 32])
}

impl Default for City {
    fn default() -> Self {
        Self(Arc::new(Keys {
            hot: RootKey::from_seed(Root::Hot, &seed(0)),
            cold: RootKey::from_seed(Root::Cold, &seed(1)),
            codes: IssuerKey::from_seed(KeyId(2), &seed(2)),
            credentials: IssuerKey::from_seed(KeyId(3), &seed(3)),
            policy: IssuerKey::from_seed(KeyId(5), &seed(5)),
        }))
    }
}

impl City {
    pub fn roots(&self) -> Roots {
        Roots { hot: self.0.hot.public(), cold: self.0.cold.public() }
    }

    pub fn trust_bundle(&self, version: u32) -> Trust {
        let key = |key: &IssuerKey, purposes| TrustedKey {
            kid: key.kid(),
            purposes,
            sign_until: NOW.plus(365 * 86_400),
            accept_until: NOW.plus(400 * 86_400),
            recalled: None,
            key: key.public(),
        };
        Trust {
            version,
            iat: NOW.plus(-86_400),
            exp: NOW.plus(365 * 86_400),
            keys: vec![
                key(&self.0.codes, Purposes::STATIC),
                key(&self.0.credentials, Purposes::CREDENTIAL),
                key(&self.0.policy, Purposes::POLICY),
            ],
        }
    }

    pub fn trust(&self, version: u32) -> Bytes {
        Bytes(self.0.hot.trust(&self.trust_bundle(version)))
    }

    /// A trust bundle that somebody else's root signed.
    pub fn forged_trust(&self, version: u32) -> Bytes {
        Bytes(RootKey::from_seed(Root::Hot, &seed(99)).trust(&self.trust_bundle(version)))
    }

    pub fn policy(&self, version: u32) -> Bytes {
        self.sign_policy(&Policy::standard(version, NOW.plus(-86_400)))
    }

    pub fn sign_policy(&self, policy: &Policy) -> Bytes {
        Bytes(self.0.policy.policy(policy))
    }

    pub fn sign_policy_with_a_key_for_codes(&self, policy: &Policy) -> Bytes {
        Bytes(self.0.codes.policy(policy))
    }

    pub fn credential(&self, credential: &Credential) -> Bytes {
        Bytes(self.0.credentials.credential(credential))
    }

    pub fn static_code(&self, code: &StaticCode) -> String {
        self.0.codes.static_code(code)
    }

    /// A nucleic-acid code of 30 days from `iat`, or from `nbf`.
    pub fn code(&self, slot: Slot, made: Made, nbf: Option<UnixTime>) -> IssuedCode {
        let iat = made.iat;
        let code = StaticCode {
            kind: StaticKind::NucleicAcid,
            slot,
            name: masked(slot),
            birth_year: birth_year(slot),
            iat,
            nbf,
            exp: end_of_last_day(nbf.unwrap_or(iat), 30),
        };
        IssuedCode { text: self.static_code(&code), made }
    }

    /// The codes of somebody who has had one made on this phone.
    pub fn one_code(&self, slot: Slot, iat: UnixTime) -> NucleicAcid {
        let made = made(iat, "李梅", true, false);
        NucleicAcid {
            current: Some(self.code(slot, made.clone(), None)),
            successor: None,
            revoked_before: None,
            history: vec![made],
        }
    }

    /// The codes after `by` regenerated at `iat` what `before` had.
    pub fn regenerated(&self, slot: Slot, before: &NucleicAcid, made: Made) -> NucleicAcid {
        let mut history = vec![made.clone()];
        history.extend(before.history.clone());
        NucleicAcid {
            revoked_before: Some(made.iat),
            current: Some(self.code(slot, made, None)),
            successor: None,
            history,
        }
    }

    /// The credential of a holding, issued at `iat` for 14 days.
    pub fn holding(&self, slot: Slot, key: &PublicKey, iat: UnixTime) -> Holding {
        let number = match slot {
            MOTHER => MOTHERS_HOLDING,
            CHILD => CHILDS_HOLDING,
            _ => GRANDMOTHERS_HOLDING,
        };
        let credential = Credential {
            relative: slot != MOTHER,
            slot,
            holding: number,
            name: masked(slot),
            colour: Colour::Green,
            key: key.clone(),
            iat,
            exp: iat.plus(14 * 86_400),
        };
        Holding { number, credential: self.credential(&credential), colour: Colour::Green }
    }
}

pub fn masked(slot: Slot) -> MaskedName {
    MaskedName::mask(name(slot)).unwrap()
}

fn name(slot: Slot) -> &'static str {
    match slot {
        MOTHER => "李梅",
        CHILD => "王小明",
        _ => "王秀英",
    }
}

fn birth_year(slot: Slot) -> u16 {
    match slot {
        MOTHER => 1985,
        CHILD => 2014,
        _ => 1950,
    }
}

pub fn made(iat: UnixTime, by: &str, by_this_device: bool, voided: bool) -> Made {
    Made { iat, by: by.to_owned(), by_this_device, voided }
}

pub fn wire_key(json: &serde_json::Value) -> PublicKey {
    PublicKey::try_from(&serde_json::from_value::<WireKey>(json.clone()).unwrap()).unwrap()
}

type Held<'a> = Option<(&'a PublicKey, NucleicAcid)>;

/// The mother and the child, each with the key of their holding, if there is one, and their codes.
pub fn family(city: &City, mother: Held, child: Held) -> Vec<Person> {
    vec![person(city, MOTHER, Relation::Oneself, mother), self::child(city, child)]
}

pub fn child(city: &City, held: Held) -> Person {
    person(city, CHILD, Relation::Child, held)
}

pub fn grandmother(city: &City, held: Held) -> Person {
    person(city, GRANDMOTHER, Relation::Relative, held)
}

fn person(city: &City, slot: Slot, relation: Relation, held: Held) -> Person {
    let (key, codes) = held.unzip();
    Person {
        slot,
        relation,
        name: name(slot).to_owned(),
        masked_name: masked(slot),
        birth_year: birth_year(slot),
        holding: key.map(|key| city.holding(slot, key, NOW)),
        nucleic_acid: codes,
        paper: None,
        holders: Vec::new(),
    }
}
