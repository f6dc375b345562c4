//! A revocation list. It may be packed in many ways; what is read is in order, and is read the same when packed anew.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::{KeyId, RevocationList, Revocations};
use suima_code_fuzz::{NOW, by_issuer, trust};
use suima_signing::IssuerKey;
use zeroize::Zeroizing;

fuzz_target!(|data: &[u8]| {
    let object = by_issuer("suima/revocations", data);
    if let Ok(list) = RevocationList::parse(&object, &trust(), NOW) {
        assert!(list.lines.is_sorted_by(|(one, _), (next, _)| one < next));
        let issuer = IssuerKey::from_seed(KeyId(0x10), &Zeroizing::new([1; 32]));
        let again = RevocationList::parse(&issuer.revocations(&list), &trust(), NOW);
        let mut known = Revocations::new();
        known.apply(&list);
        let lines: Vec<_> = known.lines(list.kind).collect();
        assert_eq!(lines, list.lines);
        assert_eq!(again, Ok(list));
    }
});
