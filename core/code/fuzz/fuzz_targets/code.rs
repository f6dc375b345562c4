//! The text of a code: reading and judging. What is read is spelled in one way alone.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::{
    Algorithm, Genuine, KeyId, Knowledge, Place, Policy, Revocations, StaticCode, Trust, verify,
};
use suima_code_fuzz::{NOW, by_issuer, live, signature_of, trust};

fn judge(text: &str, trust: &Trust) -> Option<Genuine> {
    let (policy, revocations) = (Policy::standard(1, NOW), Revocations::new());
    let knowledge = Knowledge { trust, policy: &policy, revocations: &revocations };
    let genuine = [Place::Sampling, Place::Gate, Place::ManualCheck]
        .map(|place| verify(text, &knowledge, place, NOW).genuine);
    assert!(genuine[0] == genuine[1] && genuine[1] == genuine[2]);
    genuine.into_iter().next().flatten()
}

fuzz_target!(|data: &[u8]| {
    let trust = trust();
    if let Ok(text) = core::str::from_utf8(data) {
        judge(text, &trust);
        judge(&format!("SM1:{text}"), &trust);
    }
    let object = by_issuer("suima/static", data);
    if let Some(Genuine::Static(code)) = judge(&StaticCode::text(&object), &trust) {
        let unsigned = code.unsigned(Algorithm::Ed25519, KeyId(0x10));
        assert_eq!(unsigned.with_signature(&signature_of(&object)), object);
    }
    let credential = by_issuer("suima/credential", data);
    judge(&StaticCode::text(&live(&credential, &[0xa1, 6, 0x1a, 0x6b, 2, 0x3e, 0x90])), &trust);
    judge(&StaticCode::text(&live(&credential, data)), &trust);
});
