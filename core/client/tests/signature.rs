//! Signed requests, from both sides: what is signed, and that nothing else passes.

use std::sync::Mutex;

use p256::ecdsa::signature::Signer as _;
use proptest::prelude::*;
use suima_client::signature::{
    InvalidComponent, Outgoing, Presented, Received, RequestSigner, SignError, SignatureError,
    SignedHeaders, SignerError, SoftwareKey, keyid_before_enrolment, read, sign,
};
use suima_code::{Algorithm, PublicKey, UnixTime};

const CREATED: UnixTime = UnixTime::new(1_795_305_600);
const NONCE: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const IDEMPOTENCY_KEY: &str = "00112233445566778899aabbccddeeff";

const OUTGOING: Outgoing<'static> = Outgoing {
    method: "POST",
    authority: "codes.example:8443",
    path: "/v1/nucleic-acid/claim",
    query: None,
    body: br#"{"slot":1048577}"#,
    idempotency_key: IDEMPOTENCY_KEY,
};

const RECEIVED: Received<'static> = Received {
    method: OUTGOING.method,
    authority: OUTGOING.authority,
    path: OUTGOING.path,
    query: OUTGOING.query,
    body: OUTGOING.body,
};

/// The first key of RFC 8032 section 7.1.
fn key() -> SoftwareKey {
    SoftwareKey::from_seed(&[
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ])
}

fn signed() -> SignedHeaders {
    let key = key();
    sign(&OUTGOING, CREATED, &NONCE, &keyid_before_enrolment(&key.public()), &key)
        .expect("everything in it is sound")
}

fn present(fields: &[(&str, &str)]) -> Result<Presented, SignatureError> {
    read(fields.iter().map(|(name, value)| (*name, value.as_bytes())))
}

/// The fields of an honest request, with one of them replaced.
fn present_with(name: &'static str, value: &str) -> Result<Presented, SignatureError> {
    let signed = signed();
    let fields =
        signed.fields().map(|(other, old)| (other, if other == name { value } else { old }));
    present(&fields)
}

/// Signs with a key of its own and keeps what it was asked to sign.
struct Recorder(SoftwareKey, Mutex<Vec<u8>>);

impl RequestSigner for Recorder {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Ed25519
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError> {
        *self.1.lock().expect("nothing panics while it is held") = message.to_vec();
        RequestSigner::sign(&self.0, message)
    }
}

#[test]
fn the_worked_example_of_the_decision_record() {
    let recorder = Recorder(key(), Mutex::default());
    let keyid = "new:If4x36FUomFia_hUBG_SJxt77UtqvkWqWId-9H-XIbk";
    assert_eq!(keyid_before_enrolment(&key().public()), keyid);

    let signed = sign(&OUTGOING, CREATED, &NONCE, keyid, &recorder).expect("it is sound");

    let parameters = format!(
        r#"("@method" "@authority" "@path" "@query" "content-digest" "idempotency-key");created=1795305600;nonce="AAECAwQFBgcICQoLDA0ODw==";keyid="{keyid}";tag="suima""#
    );
    let base = [
        r#""@method": POST"#,
        r#""@authority": codes.example:8443"#,
        r#""@path": /v1/nucleic-acid/claim"#,
        r#""@query": ?"#,
        r#""content-digest": sha-256=:Jrqv48ewXu+6cLyvDrzT2qfXtPlSwP3dG55Lu0tV2is=:"#,
        r#""idempotency-key": "00112233445566778899aabbccddeeff""#,
        &format!(r#""@signature-params": {parameters}"#),
    ]
    .join("\n");
    assert_eq!(
        String::from_utf8(recorder.1.into_inner().expect("unlocked")).as_deref(),
        Ok(&*base)
    );
    // Digest and signature were computed from the text above by OpenSSL.
    assert_eq!(
        signed.fields(),
        [
            ("signature-input", &*format!("sig1={parameters}")),
            (
                "signature",
                "sig1=:/amSCPdIZiLsgz37+DtJFCs/x88yGzLQg+KFvsA/AV5iM84VTBEwiVRMvOKoOR77gV1SmhJOMMzLSoruqsGDCw==:"
            ),
            ("content-digest", "sha-256=:Jrqv48ewXu+6cLyvDrzT2qfXtPlSwP3dG55Lu0tV2is=:"),
            ("idempotency-key", "\"00112233445566778899aabbccddeeff\""),
        ]
    );

    let presented = present(&signed.fields()).expect("it was just made");
    assert_eq!((presented.created, presented.nonce), (CREATED, NONCE));
    assert_eq!(presented.keyid, keyid);
    assert_eq!(presented.idempotency_key, IDEMPOTENCY_KEY);
    assert_eq!(presented.verify(&key().public(), &RECEIVED), Ok(()));
}

#[test]
fn other_fields_and_the_order_of_fields_do_not_matter() {
    let signed = signed();
    let mut fields: Vec<_> = signed.fields().to_vec();
    fields.reverse();
    fields.insert(1, ("accept", "*/*"));
    fields.push(("accept", "\u{fffd}"));
    assert_eq!(
        present(&fields).and_then(|presented| presented.verify(&key().public(), &RECEIVED)),
        Ok(())
    );
}

#[test]
fn a_host_is_the_same_in_capitals_and_an_absent_query_is_an_empty_one() {
    let presented = present(&signed().fields()).expect("it was just made");
    let received = Received { authority: "Codes.EXAMPLE:8443", query: Some(""), ..RECEIVED };
    assert_eq!(presented.verify(&key().public(), &received), Ok(()));
}

#[test]
fn another_key_does_not_fit() {
    let presented = present(&signed().fields()).expect("it was just made");
    let other = SoftwareKey::from_seed(&[7; 32]).public();
    assert_eq!(presented.verify(&other, &RECEIVED), Err(SignatureError::DoesNotFit));
    assert_eq!(presented.verify(&hardware().1, &RECEIVED), Err(SignatureError::DoesNotFit));
}

#[test]
fn every_received_part_is_covered() {
    let presented = present(&signed().fields()).expect("it was just made");
    let verify = |received: Received<'_>| presented.verify(&key().public(), &received);
    assert_eq!(verify(RECEIVED), Ok(()));
    for received in [
        Received { method: "PUT", ..RECEIVED },
        Received { method: "post", ..RECEIVED },
        Received { authority: "codes.example", ..RECEIVED },
        Received { authority: "", ..RECEIVED },
        Received { path: "/v1/nucleic-acid/claim/", ..RECEIVED },
        Received { path: "/v1/nucleic-acid/clai%6d", ..RECEIVED },
        Received { query: Some("slot=1"), ..RECEIVED },
        Received { query: Some("\n\"content-digest\": "), ..RECEIVED },
        Received { query: Some("é"), ..RECEIVED },
    ] {
        assert_eq!(verify(received), Err(SignatureError::DoesNotFit), "{received:?}");
    }
    let received = Received { body: br#"{"slot":1048578}"#, ..RECEIVED };
    assert_eq!(verify(received), Err(SignatureError::OtherBody));
}

#[test]
fn every_field_is_covered_by_the_one_signature() {
    let later = signed().signature_input.replace("1795305600", "1795305601");
    let other_nonce = signed().signature_input.replace("AAEC", "AAED");
    let other_key = signed().signature_input.replace("new:If4x", "new:If4y");
    for input in [later, other_nonce, other_key] {
        let presented = present_with("signature-input", &input).expect("well-formed");
        assert_eq!(
            presented.verify(&key().public(), &RECEIVED),
            Err(SignatureError::DoesNotFit),
            "{input}"
        );
    }
    let wish = present_with("idempotency-key", "\"00112233445566778899aabbccddeefe\"")
        .expect("well-formed");
    assert_eq!(wish.verify(&key().public(), &RECEIVED), Err(SignatureError::DoesNotFit));
}

#[test]
fn a_digest_of_another_body_does_not_carry_the_signature_over() {
    let other_body = Outgoing { body: b"{}", ..OUTGOING };
    let digest = sign(&other_body, CREATED, &NONCE, "a", &key()).expect("sound").content_digest;
    let presented = present_with("content-digest", &digest).expect("well-formed");
    let received = Received { body: b"{}", ..RECEIVED };
    assert_eq!(presented.verify(&key().public(), &received), Err(SignatureError::DoesNotFit));
    assert_eq!(presented.verify(&key().public(), &RECEIVED), Err(SignatureError::OtherBody));
}

/// Each would be a lawful, or nearly lawful, thing to send under RFC 9421.
#[test]
fn only_the_one_form_of_signature_input_is_read() {
    let honest = signed().signature_input;
    assert!(present_with("signature-input", &honest).is_ok());
    let list = r#"("@method" "@authority" "@path" "@query" "content-digest" "idempotency-key")"#;
    let changed = |from: &str, to: &str| {
        let input = honest.replace(from, to);
        assert_ne!(input, honest, "{from} must stand in it");
        input
    };
    for input in [
        changed("sig1", "sig2"),
        changed("sig1", "SIG1"),
        format!("{honest}, sig2={list}"),
        format!("{honest}, {honest}"),
        format!(" {honest}"),
        format!("{honest} "),
        // Covered: fewer, other, more, in another order, otherwise.
        changed("\"@query\" ", ""),
        changed(" \"idempotency-key\"", ""),
        changed("\"@path\" \"@query\"", "\"@query\" \"@path\""),
        changed("\"@path\" \"@query\"", "\"@target-uri\""),
        changed("\"@path\"", "\"@path\" \"@path\""),
        changed("\"idempotency-key\"", "\"idempotency-key\" \"content-type\""),
        changed("\"@path\"", "\"@path\";req"),
        changed("\"content-digest\"", "\"content-digest\";sf"),
        changed("\"@method\" ", "\"@method\"  "),
        changed(list, "()"),
        changed(list, "\"@method\""),
        // Parameters: missing, more, in another order, of another type, out of bounds.
        changed(";created=1795305600", ""),
        changed(";tag=\"suima\"", ""),
        changed("tag=\"suima\"", "tag=\"other\""),
        changed("tag=\"suima\"", "tag=suima"),
        changed(";tag=\"suima\"", ";tag=\"suima\";alg=\"ed25519\""),
        changed(";tag=\"suima\"", ";expires=1795305700;tag=\"suima\""),
        changed(";created=1795305600", ";created=1795305600;created=1795305600"),
        changed(";created=", "; created="),
        changed("=1795305600", "=\"1795305600\""),
        changed("=1795305600", "=1795305600.0"),
        changed("=1795305600", "=@1795305600"),
        changed("=1795305600", "=-1795305600"),
        changed("=1795305600", "=01795305600"),
        changed("=1795305600", "=4294967296"),
        changed("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODw"),
        changed("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODx=="),
        changed("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0O"),
        changed("\"AAECAwQFBgcICQoLDA0ODw==\"", ":AAECAwQFBgcICQoLDA0ODw==:"),
        changed("new:If4x36FUomFia_hUBG_SJxt77UtqvkWqWId-9H-XIbk", ""),
        changed("new:", &"k".repeat(22)),
        changed("new:", "né:"),
        String::new(),
        "sig1".to_owned(),
    ] {
        assert_eq!(
            present_with("signature-input", &input),
            Err(SignatureError::OutsideProfile("signature-input")),
            "{input}"
        );
    }
}

#[test]
fn only_the_one_form_of_the_other_fields_is_read() {
    let honest = signed();
    let signature = &*honest.signature;
    for changed in [
        signature.replace("sig1", "sig2"),
        format!("{signature}, sig2=:AA==:"),
        format!("{signature};a=1"),
        signature.replace("==:", "=:"),
        signature.replace("Cw==", "Cx=="),
        signature.replace("/amS", ""),
        signature.replace(':', "\""),
        String::new(),
    ] {
        assert_ne!(changed, signature);
        assert_eq!(
            present_with("signature", &changed),
            Err(SignatureError::OutsideProfile("signature")),
            "{changed}"
        );
    }
    for changed in [
        IDEMPOTENCY_KEY.to_owned(),
        format!("\"{}\"", IDEMPOTENCY_KEY.to_uppercase()),
        format!("\"{}\"", &IDEMPOTENCY_KEY[1..]),
        format!("\"{IDEMPOTENCY_KEY}0\""),
        format!("\"{IDEMPOTENCY_KEY}\";a=1"),
        "\"".to_owned(),
        String::new(),
    ] {
        assert_eq!(
            present_with("idempotency-key", &changed),
            Err(SignatureError::OutsideProfile("idempotency-key")),
            "{changed}"
        );
    }
    for changed in [
        honest.content_digest.replace("sha-256", "sha-512"),
        format!("{}, sha-512=:AA==:", honest.content_digest),
        honest.content_digest.replace("is=:", "is:"),
        honest.content_digest.replace("is=:", "it=:"),
        String::new(),
    ] {
        assert_eq!(
            present_with("content-digest", &changed),
            Err(SignatureError::OutsideProfile("content-digest")),
            "{changed}"
        );
    }
}

#[test]
fn a_field_that_is_missing_or_there_twice_is_refused() {
    let signed = signed();
    for index in 0..4 {
        let mut fields = signed.fields().to_vec();
        let name = fields[index].0;
        fields.push(fields[index]);
        assert_eq!(present(&fields), Err(SignatureError::Repeated(name)));
        fields.retain(|(other, _)| *other != name);
        assert_eq!(present(&fields), Err(SignatureError::Missing(name)));
    }
}

#[test]
fn long_and_foreign_bytes_in_a_field_are_refused() {
    let signed = signed();
    for index in 0..4 {
        for bytes in [vec![b'a'; 513], vec![b'a'; 1 << 20], vec![0xff, 0xfe]] {
            let mut fields = signed.fields().map(|(name, value)| (name, value.as_bytes()));
            fields[index].1 = &bytes;
            assert_eq!(read(fields), Err(SignatureError::OutsideProfile(fields[index].0)));
        }
    }
}

#[test]
fn what_has_no_form_in_the_profile_is_not_signed() {
    let refused =
        |outgoing: Outgoing<'_>, keyid: &str| match sign(&outgoing, CREATED, &NONCE, keyid, &key())
        {
            Err(SignError::Component(InvalidComponent(name))) => name,
            other => panic!("{other:?}"),
        };
    assert_eq!(refused(Outgoing { method: "", ..OUTGOING }, "a"), "@method");
    assert_eq!(refused(Outgoing { authority: "a b", ..OUTGOING }, "a"), "@authority");
    assert_eq!(refused(Outgoing { path: "/\n", ..OUTGOING }, "a"), "@path");
    let long = "/".repeat(1025);
    assert_eq!(refused(Outgoing { path: &long, ..OUTGOING }, "a"), "@path");
    assert_eq!(refused(Outgoing { query: Some("\u{7f}"), ..OUTGOING }, "a"), "@query");
    let upper = IDEMPOTENCY_KEY.to_uppercase();
    assert_eq!(refused(Outgoing { idempotency_key: &upper, ..OUTGOING }, "a"), "idempotency-key");
    assert_eq!(refused(OUTGOING, ""), "keyid");
    assert_eq!(refused(OUTGOING, &"k".repeat(65)), "keyid");
    assert!(sign(&OUTGOING, CREATED, &NONCE, &"k".repeat(64), &key()).is_ok());
}

/// A P-256 key as secure hardware has it.
struct Hardware {
    key: p256::ecdsa::SigningKey,
    high_s: bool,
}

impl RequestSigner for Hardware {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Esp256
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignerError> {
        let signature: p256::ecdsa::Signature = self.key.sign(message);
        let low = signature.normalize_s();
        let (r, s) = low.split_scalars();
        let signature = if self.high_s {
            p256::ecdsa::Signature::from_scalars(r, -*s).expect("neither is zero")
        } else {
            low
        };
        Ok(signature.to_bytes().into())
    }
}

fn hardware() -> (Hardware, PublicKey) {
    let key = p256::ecdsa::SigningKey::from_slice(&[9; 32]).expect("a scalar below the order");
    let point = key.verifying_key().to_sec1_point(true);
    let public =
        PublicKey::from_bytes(Algorithm::Esp256, point.as_bytes()).expect("a point of the curve");
    (Hardware { key, high_s: false }, public)
}

#[test]
fn esp256_signs_too_and_only_with_low_s() {
    let (mut hardware, public) = hardware();
    let mut verify = |high_s| {
        hardware.high_s = high_s;
        let signed = sign(&OUTGOING, CREATED, &NONCE, "phone-1", &hardware).expect("sound");
        present(&signed.fields()).and_then(|presented| presented.verify(&public, &RECEIVED))
    };
    assert_eq!(verify(false), Ok(()));
    assert_eq!(verify(true), Err(SignatureError::DoesNotFit));
}

struct Locked;

impl RequestSigner for Locked {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Esp256
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], SignerError> {
        Err(SignerError::Unavailable)
    }
}

#[test]
fn a_key_that_does_not_sign_says_so() {
    assert_eq!(
        sign(&OUTGOING, CREATED, &NONCE, "phone-1", &Locked),
        Err(SignError::Signer(SignerError::Unavailable))
    );
}

#[test]
fn a_software_key_is_that_of_rfc_8032_and_shows_nothing() {
    let key = key();
    let public = [
        0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07,
        0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07,
        0x51, 0x1a,
    ];
    assert_eq!(key.public().to_bytes(), public);
    assert!(key.public().verifies(b"", &key.sign(b"")));
    assert_eq!(format!("{key:?}"), "SoftwareKey { .. }");
}

/// A change of one byte, or one more or one less.
#[derive(Clone, Debug)]
enum Change {
    Replace(u8),
    Insert(u8),
    Remove,
}

impl Change {
    fn apply(&self, bytes: &[u8], at: usize) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        match *self {
            Self::Insert(byte) => changed.insert(at % (bytes.len() + 1), byte),
            Self::Replace(_) | Self::Remove if bytes.is_empty() => {}
            Self::Replace(byte) => changed[at % bytes.len()] ^= byte.max(1),
            Self::Remove => drop(changed.remove(at % bytes.len())),
        }
        changed
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<u8>().prop_map(Change::Replace),
        any::<u8>().prop_map(Change::Insert),
        Just(Change::Remove)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    /// Whatever byte of whatever part is changed on the way, the request is refused.
    #[test]
    fn any_change_of_any_covered_part_is_refused(
        part in 0_usize..9, at in any::<usize>(), change in change(), esp256: bool,
    ) {
        let (hardware, public) = hardware();
        let key = key();
        let (signer, public): (&dyn RequestSigner, _) =
            if esp256 { (&hardware, public) } else { (&key, key.public()) };
        let outgoing = Outgoing { query: Some("a=1"), ..OUTGOING };
        let signed = sign(&outgoing, CREATED, &NONCE, "phone-1", signer).expect("sound");

        let mut parts: [Vec<u8>; 9] = [
            outgoing.method.into(),
            outgoing.authority.into(),
            outgoing.path.into(),
            outgoing.query.unwrap_or_default().into(),
            outgoing.body.into(),
            signed.signature_input.clone().into(),
            signed.signature.clone().into(),
            signed.content_digest.clone().into(),
            signed.idempotency_key.clone().into(),
        ];
        let changed = change.apply(&parts[part], at);
        // A host is the same in capitals.
        prop_assume!(part != 1 || !changed.eq_ignore_ascii_case(&parts[part]));
        prop_assert_ne!(&changed, &parts[part]);
        parts[part] = changed;

        let [method, authority, path, query, body, input, signature, digest, key] = &parts;
        let names = signed.fields().map(|(name, _)| name);
        let presented = read(names.into_iter().zip([input, signature, digest, key].map(|value| &**value)));
        // Text that is no UTF-8 cannot even be a request line.
        let text = |bytes| std::str::from_utf8(bytes).ok();
        if let (Ok(presented), Some(method), Some(authority), Some(path), Some(query)) =
            (presented, text(method), text(authority), text(path), text(query))
        {
            let received = Received { method, authority, path, query: Some(query), body };
            prop_assert!(presented.verify(&public, &received).is_err(), "{received:?}");
        }
    }

    /// Arbitrary fields are refused or read, and never panic.
    #[test]
    fn arbitrary_fields_do_not_panic(
        input in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..600),
            r#"sig1=\(("@method" ?){0,3}\);(created=-?[0-9]{0,16}|nonce="[A-Za-z0-9+/=]{0,30}"|;|keyid="?[ -~]{0,70}"?){0,5}"#
                .prop_map(String::into_bytes),
        ],
        signature in r"sig1=:[A-Za-z0-9+/=]{0,100}:",
    ) {
        let signed = signed();
        let mut fields = signed.fields().map(|(name, value)| (name, value.as_bytes()));
        fields[0].1 = &input;
        prop_assert!(read(fields).is_err());
        let mut fields = signed.fields().map(|(name, value)| (name, value.as_bytes()));
        fields[1].1 = signature.as_bytes();
        if let Ok(presented) = read(fields) {
            prop_assert!(presented.verify(&key().public(), &RECEIVED).is_err());
        }
    }
}
