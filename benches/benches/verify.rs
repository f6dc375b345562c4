//! Verifying a static and a live code against bare Ed25519; the QR versions of each code.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use suima_benches::{Effort, compare, heading, report};
use suima_code::qr::{Drawing, Medium};
use suima_code::{
    Algorithm, Colour, Credential, Head, HoldingNumber, KeyId, Knowledge, LiveDraft, MaskedName,
    Outcome, Place, Policy, PublicKey, Purposes, Revocations, Root, Roots, Sequences, Slot,
    StaticCode, StaticKind, Trust, TrustedKey, UnixTime, verify,
};
use suima_signing::{IssuerKey, RootKey};
use zeroize::Zeroizing;

const NOW: UnixTime = UnixTime::new(1_795_309_200);
const EFFORT: Effort = Effort { rounds: 101, repetitions: 200 };

fn seed(byte: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([byte; 32])
}

fn main() {
    let issuer = IssuerKey::from_seed(KeyId(1), &seed(3));
    let device = SigningKey::from_bytes(&seed(4));
    let device_key = PublicKey::ed25519(device.verifying_key().as_bytes()).expect("a sound key");
    let (trust, revocations) = knowledge(&issuer);
    let policy = Policy::standard(1, NOW);
    let knowledge = Knowledge { trust: &trust, policy: &policy, revocations: &revocations };
    let name = MaskedName::mask("王小明").expect("a name");

    let code = StaticCode {
        kind: StaticKind::NucleicAcid,
        slot: Slot(305_419_896),
        name,
        birth_year: 1985,
        iat: NOW,
        nbf: None,
        exp: suima_code::end_of_last_day(NOW, 30),
    };
    let static_text = issuer.static_code(&code);
    let credential = issuer.credential(&Credential {
        relative: false,
        slot: code.slot,
        holding: HoldingNumber(2_596_069_104),
        name,
        colour: Colour::Green,
        key: device_key,
        iat: NOW,
        exp: NOW.plus(14 * 86_400),
    });
    let draft = LiveDraft::new(&credential, Algorithm::Ed25519, NOW);
    let live_text = draft.with_signature(&device.sign(&draft.to_be_signed()).to_bytes());

    let accepted = |text: &str| {
        let verdict = verify(text, &knowledge, Place::Sampling, NOW);
        assert!(matches!(verdict.outcome, Outcome::Accepted(_)), "{verdict:?}");
        verdict
    };

    // The floor checks messages as long as the ones inside the codes.
    let signing = SigningKey::from_bytes(&seed(3));
    let key = signing.verifying_key();
    let static_message = code.unsigned(Algorithm::Ed25519, KeyId(1)).to_be_signed();
    let static_signature = signing.sign(&static_message);
    let live_message = draft.to_be_signed();
    let live_signature = device.sign(&live_message);
    let key_bytes = device.verifying_key().to_bytes();
    let bare = |key: &VerifyingKey, message: &[u8], signature: &Signature| {
        key.verify_strict(message, signature).expect("a good signature");
    };

    heading();
    report(
        "verify a static code",
        "bare `verify_strict`",
        1.05,
        compare(
            EFFORT,
            || accepted(&static_text),
            || bare(&key, &static_message, &static_signature),
        ),
    );
    report(
        "verify a live code",
        "two bare verifications, the second parsing its key",
        1.10,
        compare(
            EFFORT,
            || accepted(&live_text),
            || {
                bare(&key, &static_message, &static_signature);
                let key = VerifyingKey::from_bytes(&key_bytes).expect("a sound key");
                bare(&key, &live_message, &live_signature);
            },
        ),
    );

    println!("\n| code | characters | on a screen (M) | on paper (Q) |");
    println!("| --- | --- | --- | --- |");
    let successor = issuer.static_code(&StaticCode { nbf: Some(NOW.plus(86_400)), ..code });
    for (what, text) in [
        ("nucleic-acid code", &static_text),
        ("nucleic-acid code made ahead, with `nbf`", &successor),
        ("live code", &live_text),
    ] {
        let version = |medium| Drawing::new(text, medium).expect("alphanumeric").version();
        let (screen, paper) = (version(Medium::Screen), version(Medium::Paper));
        println!("| {what} | {} | version {screen} | version {paper} |", text.len());
    }
}

fn knowledge(issuer: &IssuerKey) -> (Trust, Revocations) {
    let root = RootKey::from_seed(Root::Hot, &seed(1));
    let cold = RootKey::from_seed(Root::Cold, &seed(2));
    let key = TrustedKey {
        kid: issuer.kid(),
        purposes: Purposes::STATIC.and(Purposes::CREDENTIAL),
        sign_until: NOW.plus(86_400),
        accept_until: NOW.plus(86_400),
        recalled: None,
        key: issuer.public(),
    };
    let trust = Trust { version: 1, iat: NOW, exp: NOW.plus(86_400), keys: vec![key] };
    let roots = Roots { hot: root.public(), cold: cold.public() };
    let trust = Trust::parse(&root.trust(&trust), &roots).expect("made just now");
    let mut revocations = Revocations::new();
    revocations.confirm(&Head {
        iat: NOW,
        nonce: [0; 16],
        policy_version: 1,
        trust_version: 1,
        sequences: Sequences::default(),
    });
    (trust, revocations)
}
