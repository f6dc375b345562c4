//! Signatures: by the wrong key, for another purpose, over something else, and those that only a strict verifier refuses.

use ed25519_dalek::Verifier as _;
use suima_code::Place;

use super::codes::{Live, Static, accepted, altered, kid, show, text};
use super::documents::PURPOSES;
use super::forgery::{
    MixedKey, large_beyond_p, neutral, neutral_beyond_p, neutral_r, off_ed25519, off_p256,
    order_eight, other_s, s_plus_order, under_small_order, x_beyond_p,
};
use super::keys::{Signer, ed25519_cose_key, p256_cose_key};
use super::sign1::{Sign1, issuer_header};
use super::suite::{Expect, Input, Suite};
use super::world::{
    ALL, ALL_P256, CREDENTIAL, LISTS, NOW, POLICY, STATIC, TRUST_IAT, cold, hot, key, standard,
};

const WORLD: &str = "standard";

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Signatures of codes: by the wrong key, for another purpose, over something else, and lax ones.",
        &[(WORLD, standard())],
    );
    for code in [all(), Static { kid: ALL_P256, ..all() }] {
        suite.accepted(
            &format!("twin: static code by {:02x}", code.kid),
            "The static code that others are made from.",
            shown(code.text()),
            accepted("nucleic-acid", code.slot),
        );
    }
    for code in [live(), Live { p256: true, ..live() }] {
        suite.accepted(
            &format!("twin: live code, device on P-256: {}", code.p256),
            "The live code that others are made from.",
            shown(code.text()),
            accepted("live", code.slot),
        );
    }
    wrong_keys(&mut suite);
    changed(&mut suite);
    purposes(&mut suite);
    keys_for_other_things(&mut suite);
    exchanged(&mut suite);
    lax_ed25519(&mut suite);
    lax_device_keys(&mut suite);
    lax_p256(&mut suite);
    suite
}

fn shown(text: String) -> Input {
    show(WORLD, text, Place::Sampling, NOW)
}

/// By a key for all purposes, so that nothing but the signature can be at fault.
fn all() -> Static {
    Static { kid: ALL, ..Static::nucleic_acid() }
}

fn live() -> Live {
    Live { kid: ALL, ..Live::own() }
}

fn wrong_keys(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    let twin = shown(code.text());
    let signed = |by: &Signer| shown(text(&code.object().signed(by)));
    let why = "Signed by another key than its header names.";
    suite.refused("static code: another key", why, &twin, signed(&key(ALL)), altered());
    suite.refused(
        "static code: key of credentials",
        why,
        &twin,
        signed(&key(CREDENTIAL)),
        altered(),
    );
    suite.refused("static code: root's key", why, &twin, signed(&hot()), altered());
    for (root, number) in [(hot(), 0), (cold(), 1)] {
        let object = Sign1 { protected: issuer_header(-19, &[number]), ..code.object() };
        suite.refused(
            &format!("static code: root {number:02x} and its kid"),
            "Root keys sign trust bundles and nothing else.",
            &twin,
            shown(text(&object.signed(&root))),
            Expect::refused("unknown-key", [("kid", kid(number)), ("trust", TRUST_IAT.into())]),
        );
    }
    let code = Live::own();
    let twin = shown(code.text());
    let around = |credential: Vec<u8>| shown(code.text_around(&credential));
    let by = |signer: &Signer| around(code.credential_object().signed(signer));
    suite.refused("credential: another key", why, &twin, by(&key(ALL)), altered());
    suite.refused("credential: key of static codes", why, &twin, by(&key(STATIC)), altered());
    suite.refused("credential: the device's own key", why, &twin, by(&code.device()), altered());
    let why = "The live code is signed by another key than the credential's.";
    for (name, signer) in
        [("another device's key", Live::relative().device()), ("the issuer's key", key(CREDENTIAL))]
    {
        let input = shown(text(&code.object().signed(&signer)));
        suite.refused(&format!("live code: {name}"), why, &twin, input, altered());
    }
}

fn changed(suite: &mut Suite) {
    let (code, own) = (all(), live());
    let (twin, twin_live) = (shown(code.text()), shown(own.text()));
    let signature = code.object().signature(&key(ALL));
    let mut refused = |name: &str, why: &str, twin: &Input, bytes: Vec<u8>| {
        suite.refused(name, why, twin, shown(text(&bytes)), altered());
    };
    let why = "Changed after it was signed.";
    for (name, other) in [
        ("slot", Static { slot: code.slot + 1, ..code.clone() }),
        ("name", Static { name: "王*朋", ..code.clone() }),
        ("kind", Static { kind: 2, ..code.clone() }),
        ("exp", Static { exp: code.exp + 1, ..code.clone() }),
        ("kid", Static { kid: STATIC, ..code.clone() }),
    ] {
        refused(
            &format!("static code: {name} changed"),
            why,
            &twin,
            other.object().with(&signature),
        );
    }
    refused("static code: no signature", "All zeros.", &twin, code.object().with(&[0; 64]));
    for at in [0, 31, 32, 63] {
        let mut signature = signature;
        signature[at] ^= 1;
        let bytes = code.object().with(&signature);
        refused(&format!("static code: bit {} changed", at * 8), why, &twin, bytes);
    }
    let signature = own.object().signature(&own.device());
    let later = Live { at: own.at + 1, ..own.clone() };
    let bytes = later.object().with(&signature);
    refused("live code: time changed", "A screenshot made new.", &twin_live, bytes);
    refused("live code: no signature", "All zeros.", &twin_live, own.object().with(&[0; 64]));
    let credential = own.credential_object().signature(&key(ALL));
    for (name, other) in [
        ("colour", Live { colour: 1, ..own.clone() }),
        ("slot", Live { slot: 1, ..own.clone() }),
        ("kind", Live { kind: 4, ..own.clone() }),
        ("exp", Live { exp: own.exp + 1, ..own.clone() }),
    ] {
        let object = own.object_around(&other.credential_object().with(&credential));
        refused(
            &format!("credential: {name} changed"),
            "Changed after the issuer signed it, and signed anew by the device.",
            &twin_live,
            object.signed(&own.device()),
        );
    }
}

fn purposes(suite: &mut Suite) {
    let (code, own) = (all(), live());
    for aad in PURPOSES {
        let name = if aad.is_empty() { "nothing" } else { aad };
        if aad != "suima/static" {
            let object = Sign1 { aad: aad.into(), ..code.object() };
            suite.refused(
                &format!("static code signed for {name}"),
                "By a key for all purposes, but for another one.",
                &shown(code.text()),
                shown(text(&object.signed(&key(ALL)))),
                altered(),
            );
        }
        if aad != "suima/credential" {
            let object = Sign1 { aad: aad.into(), ..own.credential_object() };
            suite.refused(
                &format!("credential signed for {name}"),
                "By a key for all purposes, but for another one.",
                &shown(own.text()),
                shown(own.text_around(&object.signed(&key(ALL)))),
                altered(),
            );
        }
        if aad != "suima/live" {
            let object = Sign1 { aad: aad.into(), ..own.object() };
            suite.refused(
                &format!("live code signed for {name}"),
                "By the device, but for another purpose.",
                &shown(own.text()),
                shown(text(&object.signed(&own.device()))),
                altered(),
            );
        }
    }
}

fn keys_for_other_things(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    let why = "A genuine signature by a key for something else.";
    for by in [CREDENTIAL, LISTS, POLICY] {
        suite.refused(
            &format!("static code by the key {by:02x}"),
            why,
            &shown(code.text()),
            shown(Static { kid: by, ..code.clone() }.text()),
            Expect::refused("key-not-for-this", [("kid", kid(by))]),
        );
    }
    let own = Live::own();
    for by in [STATIC, LISTS, POLICY] {
        suite.refused(
            &format!("credential by the key {by:02x}"),
            why,
            &shown(own.text()),
            shown(Live { kid: by, ..own.clone() }.text()),
            Expect::refused("key-not-for-this", [("kid", kid(by))]),
        );
    }
    for (algorithm, by) in [(-9, ALL), (-19, ALL_P256)] {
        let why = "The header names another algorithm than the key is for.";
        let expect = || Expect::refused("key-not-for-this", [("kid", kid(by))]);
        let code = Static { kid: by, ..code.clone() };
        let protected = issuer_header(algorithm, &[by]);
        let object = Sign1 { protected: protected.clone(), ..code.object() };
        suite.refused(
            &format!("static code: algorithm {algorithm} by the key {by:02x}"),
            why,
            &shown(code.text()),
            shown(text(&object.signed(&key(by)))),
            expect(),
        );
        let own = Live { kid: by, ..own.clone() };
        let object = Sign1 { protected, ..own.credential_object() };
        suite.refused(
            &format!("credential: algorithm {algorithm} by the key {by:02x}"),
            why,
            &shown(own.text()),
            shown(own.text_around(&object.signed(&key(by)))),
            expect(),
        );
    }
}

/// Genuine parts in places that are not theirs.
fn exchanged(suite: &mut Suite) {
    let (own, other) = (live(), Live { kid: ALL, ..Live::relative() });
    let twin = shown(own.text());
    let mut refused = |name: &str, why: &str, text: String| {
        suite.refused(name, why, &twin, shown(text), altered());
    };
    refused(
        "a credential offered as a live code",
        "A credential alone proves nothing: the device has not signed.",
        text(&own.credential()),
    );
    refused(
        "a credential moved into another live code",
        "The device signed over its own credential, not over this one.",
        text(&own.object_around(&other.credential()).with(&own.object().signature(&own.device()))),
    );
    refused(
        "a stranger's credential, signed by this device",
        "The credential names another key than the device has.",
        text(&own.object_around(&other.credential()).signed(&own.device())),
    );
    refused(
        "an older credential of the same holding moved in",
        "The device signed over the newer one.",
        {
            let older = Live { iat: own.iat - 1, ..own.clone() };
            text(
                &own.object_around(&older.credential())
                    .with(&own.object().signature(&own.device())),
            )
        },
    );
    refused(
        "a static code as the credential",
        "A static code has no key of a device in it.",
        own.text_around(&all().object().signed(&key(ALL))),
    );
    let as_credential = Sign1 { aad: "suima/credential".into(), ..all().object() };
    refused(
        "a static code's payload signed as a credential",
        "The payload is not a credential's.",
        own.text_around(&as_credential.signed(&key(ALL))),
    );
    let as_static = Sign1 { aad: "suima/static".into(), ..own.credential_object() };
    refused(
        "a credential's payload signed as a static code",
        "The payload is not a static code's.",
        text(&as_static.signed(&key(ALL))),
    );
    refused(
        "a live code as the credential",
        "The header of a credential is the issuer's.",
        own.text_around(&own.object().signed(&own.device())),
    );
    let by_issuer = Sign1 { protected: issuer_header(-19, &[ALL]), ..own.object() };
    refused(
        "a live code's payload by the issuer",
        "The payload is not a static code's.",
        text(&by_issuer.signed(&key(ALL))),
    );
}

fn ed25519(signer: &Signer) -> &ed25519_dalek::SigningKey {
    match signer {
        Signer::Ed25519(key) => key,
        Signer::P256(_) => unreachable!("asked of Ed25519 keys alone"),
    }
}

/// Signatures that lenient verifiers of Ed25519 take, by good keys.
fn lax_ed25519(suite: &mut Suite) {
    let (code, own) = (all(), live());
    let (issuer, device) = (key(ALL), own.device());
    let objects = [
        ("static code", shown(code.text()), code.object(), ed25519(&issuer)),
        ("live code", shown(own.text()), own.object(), ed25519(&device)),
    ];
    for (what, twin, object, signer) in objects {
        let message = object.to_be_signed();
        let sound = object.signature(&Signer::Ed25519(signer.clone()));
        let small = neutral_r(signer, &neutral(), &message);
        let lax = ed25519_dalek::Signature::from_bytes(&small);
        assert!(
            signer.verifying_key().verify(&message, &lax).is_ok(),
            "a lenient verifier takes it"
        );
        for (name, why, signature) in [
            ("s + L", "s is below the group order.", s_plus_order(&sound)),
            ("R of small order", "R is not of small order.", small),
            (
                "R of small order, beyond p",
                "R is spelled in one way.",
                neutral_r(signer, &neutral_beyond_p(), &message),
            ),
        ] {
            let input = shown(text(&object.with(&signature)));
            suite.refused(&format!("{what}: {name}"), why, &twin, input, altered());
        }
    }
}

/// Devices' keys that a lenient verifier takes, each in a credential that the issuer really signed.
fn lax_device_keys(suite: &mut Suite) {
    let own = live();
    let twin = shown(own.text());
    let on_p256 = Live { p256: true, ..live() };
    let with_key = |own: &Live, cose_key: Vec<u8>| {
        let payload = own.credential_payload_with(cose_key, own.private());
        let credential = Sign1 { payload, ..own.credential_object() }.signed(&key(ALL));
        own.object_around(&credential)
    };
    let small = "A key of small order: signatures fit under it that nobody needed a secret for.";
    let beyond = "y is below the field's prime.";
    let off = "A key is a point of its curve.";
    for (name, why, bytes) in [
        ("neutral", small, neutral()),
        ("of order 8", small, order_eight()),
        ("neutral, beyond p", beyond, neutral_beyond_p()),
    ] {
        let object = with_key(&own, ed25519_cose_key(&bytes));
        let message = object.to_be_signed();
        let signature = under_small_order(&bytes, &message);
        let lax = ed25519_dalek::VerifyingKey::from_bytes(&bytes).expect("a point of the curve");
        let forged = ed25519_dalek::Signature::from_bytes(&signature);
        assert!(lax.verify(&message, &forged).is_ok(), "a lenient verifier takes it");
        let input = shown(text(&object.with(&signature)));
        suite.refused(&format!("device's key: {name}"), why, &twin, input, altered());
    }
    for (name, why, own, cose_key) in [
        ("of large order, beyond p", beyond, &own, ed25519_cose_key(&large_beyond_p())),
        ("not on Ed25519's curve", off, &own, ed25519_cose_key(&off_ed25519())),
        ("not on P-256's curve", off, &on_p256, p256_cose_key(&off_p256(), false)),
        (
            "on P-256, beyond p",
            "x is below the field's prime.",
            &on_p256,
            p256_cose_key(&x_beyond_p(), false),
        ),
    ] {
        let object = with_key(own, cose_key);
        let input = shown(text(&object.signed(&own.device())));
        suite.refused(&format!("device's key: {name}"), why, &shown(own.text()), input, altered());
    }

    let mixed = MixedKey::new(ed25519(&own.device()));
    let object = with_key(&own, ed25519_cose_key(&mixed.public()));
    let message = object.to_be_signed();
    let input = |without| shown(text(&object.with(&mixed.sign(&message, without))));
    suite.accepted(
        "device's key with a part of small order",
        "The key is not of small order, and the equation holds without the cofactor.",
        input(true),
        accepted("live", own.slot),
    );
    suite.refused(
        "device's signature that fits with the cofactor alone",
        "No cofactor is multiplied in.",
        &input(true),
        input(false),
        altered(),
    );
}

fn lax_p256(suite: &mut Suite) {
    let code = Static { kid: ALL_P256, ..all() };
    let own = Live { p256: true, ..live() };
    let objects = [
        ("static code", shown(code.text()), code.object(), key(ALL_P256)),
        ("live code", shown(own.text()), own.object(), own.device()),
    ];
    for (what, twin, object, signer) in objects {
        let Signer::P256(ecdsa) = &signer else { unreachable!("both keys are on P-256") };
        let sound = object.signature(&signer);
        let high = other_s(&sound);
        let lax = p256::ecdsa::Signature::from_slice(&high).expect("in range");
        assert!(ecdsa.verifying_key().verify(&object.to_be_signed(), &lax).is_ok());
        let half = |r: &[u8], s: &[u8]| [r, s].concat().try_into().expect("64 bytes");
        let zero = [0; 32];
        for (name, why, signature) in [
            ("high s", "s does not exceed half the group order.", high),
            ("r of 0", "r is not 0.", half(&zero, &sound[32..])),
            ("s of 0", "s is not 0.", half(&sound[..32], &zero)),
            ("s and r exchanged", "r comes first.", half(&sound[32..], &sound[..32])),
        ] {
            let input = shown(text(&object.with(&signature)));
            suite.refused(&format!("{what} on P-256: {name}"), why, &twin, input, altered());
        }
    }
    let object = own.object();
    let signature = object.signature(&Signer::p256("another device"));
    suite.refused(
        "live code on P-256: another key",
        "The live code is signed by another key than the credential's.",
        &shown(own.text()),
        shown(text(&object.with(&signature))),
        altered(),
    );
}
