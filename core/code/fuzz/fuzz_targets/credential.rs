//! A credential that stands alone. What is read is spelled in one way alone.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::{Algorithm, Credential, KeyId, credential_of};
use suima_code_fuzz::{NOW, by_issuer, signature_of, trust};

fuzz_target!(|data: &[u8]| {
    let _ = credential_of(data);
    let object = by_issuer("suima/credential", data);
    if let Ok(credential) = Credential::parse(&object, &trust(), NOW) {
        let unsigned = credential.unsigned(Algorithm::Ed25519, KeyId(0x10));
        assert_eq!(unsigned.with_signature(&signature_of(&object)), object);
        assert_eq!(credential_of(&object), Ok(credential));
    }
});
