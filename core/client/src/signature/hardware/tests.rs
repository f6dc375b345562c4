use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;
use p256::elliptic_curve::scalar::IsHigh as _;
use proptest::prelude::*;

use super::*;

/// The order of the curve, which no integer of a signature reaches.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// What stands before the point in a `SubjectPublicKeyInfo`: id-ecPublicKey, prime256v1, and a string of 520 bits.
const INFO: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

fn key(seed: u8) -> (SigningKey, PublicKey) {
    let key = SigningKey::from_slice(&[seed; 32]).expect("a scalar below the order");
    let point = key.verifying_key().to_sec1_point(true);
    let public = PublicKey::from_bytes(Algorithm::Esp256, point.as_bytes()).unwrap();
    (key, public)
}

/// The signature with low `s`, and that with high `s`.
fn both(key: &SigningKey, message: &[u8]) -> [Signature; 2] {
    let signed: Signature = key.sign(message);
    let (r, s) = signed.normalize_s().split_scalars();
    let twin = Signature::from_scalars(r, -*s).unwrap();
    assert!(bool::from(twin.s().is_high()) && !bool::from(s.is_high()));
    [Signature::from_scalars(r, *s).unwrap(), twin]
}

/// DER of two integers with exactly these bytes.
fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| [&[0x02, u8::try_from(bytes.len()).unwrap()], bytes].concat();
    let body = [integer(r), integer(s)].concat();
    [&[0x30, u8::try_from(body.len()).unwrap()], &*body].concat()
}

/// An integer as DER writes it: no byte too many, and none that makes it negative.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = &bytes[zeros.min(bytes.len() - 1)..];
    if bytes[0] & 0x80 == 0 { bytes.to_vec() } else { [&[0], bytes].concat() }
}

#[test]
fn a_public_key_is_taken_in_every_form_that_platforms_give_and_in_no_other() {
    let (key, public) = key(9);
    let key = key.verifying_key();
    let uncompressed = key.to_sec1_point(false).as_bytes().to_vec();
    let info = [&INFO[..], &uncompressed].concat();
    assert_eq!((uncompressed.len(), info.len()), (65, 91));
    for form in [&uncompressed, &info, &public.to_bytes()] {
        assert_eq!(hardware_public_key(form), Some(public.clone()));
        assert_eq!(hardware_public_key(&form[..form.len() - 1]), None);
        assert_eq!(hardware_public_key(&[&form[..], &[0]].concat()), None);
        let mut off_the_curve = form.clone();
        *off_the_curve.last_mut().unwrap() ^= 1;
        assert_ne!(hardware_public_key(&off_the_curve), Some(public.clone()));
    }
    let mut another_curve = info.clone();
    // The last arc of the curve's number: prime192v3 in place of prime256v1.
    another_curve[22] = 3;
    assert_eq!(hardware_public_key(&another_curve), None);
    for garbage in [&[][..], &[0], &[4; 65], &[0; 33], b"a public key"] {
        assert_eq!(hardware_public_key(garbage), None);
    }
}

#[test]
fn integers_that_are_negative_or_too_long_or_padded_are_refused() {
    let (key, public) = key(9);
    // A signature whose integers both have their highest bit set: without the zero before them they are negative.
    let (message, r, s) = (0_u32..)
        .find_map(|number| {
            let message = number.to_be_bytes();
            let [_, high] = both(&key, &message);
            let bytes = high.to_bytes();
            let (r, s) = (bytes[..32].to_vec(), bytes[32..].to_vec());
            (r[0] >= 0x80 && s[0] >= 0x80).then_some((message, r, s))
        })
        .unwrap();
    let good = der(&integer(&r), &integer(&s));
    assert!(hardware_signature(&good, &message, &public).is_some());
    let order = integer(&ORDER);
    let bad = [
        der(&r, &integer(&s)),
        der(&integer(&r), &s),
        der(&[&[0], &*integer(&r)].concat(), &integer(&s)),
        der(&integer(&r), &[&[0], &*integer(&s)].concat()),
        der(&[&[1], &*r].concat(), &integer(&s)),
        der(&integer(&r), &[&[0x7f; 8], &*s].concat()),
        der(&order, &integer(&s)),
        der(&integer(&r), &order),
        der(&[0], &integer(&s)),
        der(&integer(&r), &[0]),
        der(&[], &integer(&s)),
        der(&integer(&s), &integer(&r)),
        [&*good, &[0]].concat(),
        good[..good.len() - 1].to_vec(),
        // A length in two bytes where one is enough, and an open end: BER, not DER.
        [&[0x30, 0x81], &good[1..]].concat(),
        [&[0x30, 0x80], &good[2..], &[0, 0]].concat(),
        [ORDER, ORDER].concat(),
        vec![0; 64],
        Vec::new(),
    ];
    for bad in bad {
        assert_eq!(hardware_signature(&bad, &message, &public), None, "{bad:02x?}");
    }
}

proptest! {
    #[test]
    fn every_spelling_of_a_signature_becomes_the_one_with_low_s(
        seed in 1_u8..=200, message in any::<Vec<u8>>(),
    ) {
        let (key, public) = key(seed);
        let [low, high] = both(&key, &message);
        let expected: [u8; 64] = low.to_bytes().into();
        for signature in [low, high] {
            let raw = signature.to_bytes();
            let der = signature.to_der();
            prop_assert_eq!(hardware_signature(&raw, &message, &public), Some(expected));
            prop_assert_eq!(hardware_signature(der.as_bytes(), &message, &public), Some(expected));
        }
    }

    #[test]
    fn a_signature_of_another_key_or_over_something_else_is_refused(
        message in any::<Vec<u8>>(), other in any::<Vec<u8>>(),
    ) {
        let ((one, public), (two, _)) = (key(9), key(10));
        let [of_another, _] = both(&two, &message);
        prop_assert_eq!(hardware_signature(of_another.to_der().as_bytes(), &message, &public), None);
        prop_assume!(message != other);
        let [over_another, _] = both(&one, &other);
        prop_assert_eq!(hardware_signature(over_another.to_der().as_bytes(), &message, &public), None);
    }

    #[test]
    fn garbage_is_neither_a_key_nor_a_signature_and_never_a_panic(bytes in any::<Vec<u8>>()) {
        let (_, public) = key(9);
        prop_assert_eq!(hardware_signature(&bytes, b"message", &public), None);
        hardware_public_key(&bytes);
    }
}
