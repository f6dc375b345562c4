//! Codes, lists and everything else that properties are about, drawn at random from a fixed seed and really signed.

use ed25519_dalek::Signer as _;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use suima_code::{
    Algorithm, Colour, Credential, HoldingNumber, KeyId, LiveDraft, MaskedName, PublicKey,
    Purposes, Root, Roots, Slot, StaticCode, StaticKind, Trust, TrustedKey, UnixTime,
};
use suima_signing::{IssuerKey, RootKey};
use zeroize::Zeroizing;

/// 2026-11-22 09:00 in Shanghai.
pub const NOW: UnixTime = UnixTime::new(1_795_309_200);

/// The same cases in every run.
pub fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        cases: count,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A key for everything.
pub fn issuer() -> IssuerKey {
    IssuerKey::from_seed(KeyId(0x10), &Zeroizing::new([1; 32]))
}

pub fn root() -> RootKey {
    RootKey::from_seed(Root::Hot, &Zeroizing::new([2; 32]))
}

pub fn roots() -> Roots {
    Roots { hot: root().public(), cold: root().public() }
}

/// A bundle of the one key, which lasts as long as there is time.
pub fn trust() -> Trust {
    let purposes = [Purposes::CREDENTIAL, Purposes::LISTS, Purposes::POLICY];
    let key = TrustedKey {
        kid: issuer().kid(),
        purposes: purposes.into_iter().fold(Purposes::STATIC, Purposes::and),
        sign_until: UnixTime::new(u32::MAX),
        accept_until: UnixTime::new(u32::MAX),
        recalled: None,
        key: issuer().public(),
    };
    Trust { version: 1, iat: UnixTime::new(0), exp: UnixTime::new(u32::MAX), keys: vec![key] }
}

pub fn time() -> impl Strategy<Value = UnixTime> {
    any::<u32>().prop_map(UnixTime::new)
}

pub fn name() -> impl Strategy<Value = MaskedName> {
    let any = "[^\\p{Cc}]{1,12}".prop_filter_map("too long", |text| MaskedName::new(&text).ok());
    let masked =
        "[王李张欧𠅤]\\*[明雷娜]?".prop_filter_map("a name", |text| MaskedName::new(&text).ok());
    prop_oneof![any, masked]
}

/// Any static code that is sound, whenever it counts.
pub fn static_code() -> impl Strategy<Value = StaticCode> {
    let kind = prop_oneof![Just(StaticKind::NucleicAcid), Just(StaticKind::Paper)];
    let times = [any::<u32>(), any::<u32>(), any::<u32>()].prop_filter_map("apart", |mut times| {
        times.sort_unstable();
        (times[0] < times[1] && times[1] < times[2]).then(|| times.map(UnixTime::new))
    });
    (kind, any::<u32>(), name(), 1_u16..=9999, times, any::<bool>()).prop_map(
        |(kind, slot, name, birth_year, [iat, nbf, exp], ahead)| StaticCode {
            kind,
            slot: Slot(slot),
            name,
            birth_year,
            iat,
            nbf: ahead.then_some(nbf),
            exp,
        },
    )
}

/// A static code that counts now.
pub fn current_code() -> impl Strategy<Value = StaticCode> {
    let past = 0..NOW.get();
    (static_code(), past, NOW.get() + 1..).prop_map(|(code, iat, exp)| StaticCode {
        iat: UnixTime::new(iat),
        nbf: code.nbf.map(|_| NOW),
        exp: UnixTime::new(exp),
        ..code
    })
}

/// The private key of a holding.
#[derive(Clone, Debug)]
pub struct Device(Algorithm, [u8; 32]);

impl Device {
    #[cfg(all(feature = "draw", feature = "read"))]
    pub fn fixed(algorithm: Algorithm) -> Self {
        Self(algorithm, [3; 32])
    }

    pub fn algorithm(&self) -> Algorithm {
        self.0
    }

    fn p256(&self) -> p256::ecdsa::SigningKey {
        p256::ecdsa::SigningKey::from_slice(&self.1).expect("drawn below the group order")
    }

    fn ed25519(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(&self.1)
    }

    pub fn public(&self) -> PublicKey {
        let bytes = match self.0 {
            Algorithm::Ed25519 => self.ed25519().verifying_key().to_bytes().to_vec(),
            Algorithm::Esp256 => {
                self.p256().verifying_key().to_sec1_point(true).as_bytes().to_vec()
            }
        };
        PublicKey::from_bytes(self.0, &bytes).expect("the public half of a private key")
    }

    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        match self.0 {
            Algorithm::Ed25519 => self.ed25519().sign(message).to_bytes(),
            Algorithm::Esp256 => {
                let signature: p256::ecdsa::Signature = self.p256().sign(message);
                signature.normalize_s().to_bytes().into()
            }
        }
    }
}

pub fn device() -> impl Strategy<Value = Device> {
    let algorithm = prop_oneof![Just(Algorithm::Ed25519), Just(Algorithm::Esp256)];
    // A first byte of at most 0xfe keeps the seed below the order of P-256, and the last one above zero.
    (algorithm, any::<[u8; 32]>()).prop_map(|(algorithm, mut seed)| {
        seed[0] = seed[0].min(0xfe);
        seed[31] |= 1;
        Device(algorithm, seed)
    })
}

/// A credential that is sound, whenever it counts, and its device.
pub fn credential() -> impl Strategy<Value = (Credential, Device)> {
    let colour = prop_oneof![Just(Colour::Green), Just(Colour::Yellow), Just(Colour::Red)];
    let times = [any::<u32>(), any::<u32>()].prop_filter_map("apart", |mut times| {
        times.sort_unstable();
        (times[0] < times[1]).then(|| times.map(UnixTime::new))
    });
    (any::<bool>(), any::<[u32; 2]>(), name(), colour, times, device()).prop_map(
        |(relative, [slot, holding], name, colour, [iat, exp], device)| {
            let credential = Credential {
                relative,
                slot: Slot(slot),
                holding: HoldingNumber(holding),
                name,
                colour,
                key: device.public(),
                iat,
                exp,
            };
            (credential, device)
        },
    )
}

/// The text of a live code.
pub fn live_text(credential: &Credential, device: &Device, at: UnixTime) -> String {
    let draft = LiveDraft::new(&issuer().credential(credential), device.algorithm(), at);
    draft.with_signature(&device.sign(&draft.to_be_signed()))
}

/// The text of any code that is accepted at sampling now.
pub fn current_text() -> impl Strategy<Value = String> {
    let fixed = current_code().prop_map(|code| issuer().static_code(&code));
    let live = (credential(), 0..NOW.get(), NOW.get() + 1..).prop_map(
        |((credential, device), iat, exp)| {
            let (iat, exp) = (UnixTime::new(iat), UnixTime::new(exp));
            live_text(&Credential { iat, exp, ..credential }, &device, NOW)
        },
    );
    prop_oneof![fixed, live]
}
