//! A head. What is read is spelled in one way alone.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::{Algorithm, Head, KeyId};
use suima_code_fuzz::{NOW, by_issuer, signature_of, trust};

fuzz_target!(|data: &[u8]| {
    let object = by_issuer("suima/head", data);
    if let Ok(head) = Head::parse(&object, &[7; 16], &trust(), NOW) {
        let unsigned = head.unsigned(Algorithm::Ed25519, KeyId(0x10));
        assert_eq!(unsigned.with_signature(&signature_of(&object)), object);
    }
});
