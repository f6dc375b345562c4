//! A policy. What is read and written again is read as the same; numbers of later policies are not kept.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::{KeyId, Policy};
use suima_code_fuzz::{NOW, by_issuer, trust};
use suima_signing::IssuerKey;
use zeroize::Zeroizing;

fuzz_target!(|data: &[u8]| {
    let object = by_issuer("suima/policy", data);
    if let Ok(policy) = Policy::parse(&object, &trust(), NOW) {
        let issuer = IssuerKey::from_seed(KeyId(0x10), &Zeroizing::new([1; 32]));
        let again = issuer.policy(&policy);
        assert_eq!(Policy::parse(&again, &trust(), NOW), Ok(policy));
        assert!(again.len() <= object.len());
    }
});
