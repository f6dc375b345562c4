//! A trust bundle. What is read is spelled in one way alone.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::{Root, Trust};
use suima_code_fuzz::{by_root, roots, signature_of};

fuzz_target!(|data: &[u8]| {
    let object = by_root("suima/trust", data);
    if let Ok(trust) = Trust::parse(&object, &roots()) {
        assert_eq!(trust.unsigned(Root::Hot).with_signature(&signature_of(&object)), object);
    }
});
