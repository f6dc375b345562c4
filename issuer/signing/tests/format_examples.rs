//! The worked examples of `docs/format.md` are what the code makes, to the byte.

use std::fmt::Write as _;

use ed25519_dalek::{Signer as _, SigningKey};
use suima_code::{
    Algorithm, Cause, Colour, Credential, Genuine, Head, HoldingNumber, KeyId, Line, LineKind,
    LineNumber, LiveDraft, MaskedName, Policy, PublicKey, Purposes, RevocationList, Root, Roots,
    Sequences, Slot, StaticCode, StaticKind, Trust, TrustedKey, UnixTime, Unsigned, read,
};
use suima_signing::{IssuerKey, RootKey};
use zeroize::Zeroizing;

/// 2026-11-22 09:00 in Shanghai.
const NOW: UnixTime = UnixTime::new(1_795_309_200);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}

fn seed(byte: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([byte; 32])
}

fn trusted(key: &IssuerKey, purposes: Purposes) -> TrustedKey {
    TrustedKey {
        kid: key.kid(),
        purposes,
        sign_until: NOW.plus(90 * 86_400),
        accept_until: NOW.plus(365 * 86_400),
        recalled: None,
        key: key.public(),
    }
}

/// Lines of at most 100 characters.
fn folded(label: &str, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = characters.chunks(100).map(|line| line.iter().collect()).collect();
    format!("{label}\n    {}\n", lines.join("\n    "))
}

fn object(out: &mut String, title: &str, unsigned: &Unsigned, signed: &[u8]) {
    writeln!(out, "**{title}**\n\n```").expect("writing to a String does not fail");
    out.push_str(&folded("to be signed", &hex(&unsigned.to_be_signed())));
    out.push_str(&folded("object", &hex(signed)));
}

fn close(out: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        out.push_str(&folded("text", text));
    }
    out.push_str("```\n\n");
}

#[test]
fn the_examples_in_the_specification_are_what_the_code_makes() {
    let hot = RootKey::from_seed(Root::Hot, &seed(0x01));
    let cold = RootKey::from_seed(Root::Cold, &seed(0x02));
    let statics = IssuerKey::from_seed(KeyId(0x10), &seed(0x10));
    let credentials = IssuerKey::from_seed(KeyId(0x11), &seed(0x11));
    let lists = IssuerKey::from_seed(KeyId(0x12), &seed(0x12));
    let policies = IssuerKey::from_seed(KeyId(0x13), &seed(0x13));
    let device = SigningKey::from_bytes(&seed(0x20));
    let ed25519 = Algorithm::Ed25519;

    let trust = Trust {
        version: 1,
        iat: NOW,
        exp: NOW.plus(90 * 86_400),
        keys: vec![
            trusted(&statics, Purposes::STATIC),
            trusted(&credentials, Purposes::CREDENTIAL),
            trusted(&lists, Purposes::LISTS),
            trusted(&policies, Purposes::POLICY),
        ],
    };
    let policy = Policy::standard(1, NOW);
    let code = StaticCode {
        kind: StaticKind::NucleicAcid,
        slot: Slot(305_419_896),
        name: MaskedName::mask("王小明").expect("a name"),
        birth_year: 1985,
        iat: NOW,
        nbf: None,
        exp: suima_code::end_of_last_day(NOW, 30),
    };
    let credential = Credential {
        relative: false,
        slot: code.slot,
        holding: HoldingNumber(2_596_069_104),
        name: code.name,
        colour: Colour::Green,
        key: PublicKey::ed25519(device.verifying_key().as_bytes()).expect("a sound key"),
        iat: NOW,
        exp: NOW.plus(14 * 86_400),
    };
    let line = |before: i64, cause| Line { before: NOW.plus(before), cause };
    let list = RevocationList {
        kind: LineKind::NucleicAcid,
        sequence: 3,
        base: None,
        iat: NOW,
        lines: vec![
            (LineNumber(7), line(-3600, Cause::Replaced)),
            (LineNumber(1000), line(-60, Cause::Replaced)),
            (LineNumber(305_419_896), line(0, Cause::ReportedLost)),
        ],
    };
    let head = Head {
        iat: NOW,
        nonce: *b"0123456789abcdef",
        policy_version: 1,
        trust_version: 1,
        sequences: Sequences([3, 0, 0, 1]),
    };

    let mut out = String::new();
    let signed = hot.trust(&trust);
    object(&mut out, "Trust bundle", &trust.unsigned(Root::Hot), &signed);
    close(&mut out, None);
    let roots = Roots { hot: hot.public(), cold: cold.public() };
    let trust = Trust::parse(&signed, &roots).expect("the example is good");

    let signed = policies.policy(&policy);
    object(&mut out, "Policy", &policy.unsigned(ed25519, policies.kid()), &signed);
    close(&mut out, None);
    assert_eq!(Policy::parse(&signed, &trust, NOW), Ok(policy));

    let text = statics.static_code(&code);
    let unsigned = code.unsigned(ed25519, statics.kid());
    let signature: [u8; 64] =
        SigningKey::from_bytes(&seed(0x10)).sign(&unsigned.to_be_signed()).to_bytes();
    object(&mut out, "Nucleic-acid code", &unsigned, &unsigned.with_signature(&signature));
    close(&mut out, Some(&text));
    assert_eq!(read(&text, &trust, NOW), Ok(Genuine::Static(code)));

    let signed = credentials.credential(&credential);
    let unsigned = credential.unsigned(ed25519, credentials.kid());
    object(&mut out, "Credential", &unsigned, &signed);
    close(&mut out, None);

    let draft = LiveDraft::new(&signed, ed25519, NOW);
    let signature = device.sign(&draft.to_be_signed()).to_bytes();
    let text = draft.with_signature(&signature);
    writeln!(out, "**Live code**\n\n```").expect("writing to a String does not fail");
    out.push_str(&folded("to be signed by the holding's key", &hex(&draft.to_be_signed())));
    out.push_str(&folded("signature", &hex(&signature)));
    close(&mut out, Some(&text));
    assert!(matches!(read(&text, &trust, NOW), Ok(Genuine::Live(_))));

    let signed = lists.revocations(&list);
    object(&mut out, "Revocation list", &list.unsigned(ed25519, lists.kid()), &signed);
    close(&mut out, None);
    assert_eq!(RevocationList::parse(&signed, &trust, NOW), Ok(list));

    let signed = lists.head(&head);
    object(&mut out, "Head", &head.unsigned(ed25519, lists.kid()), &signed);
    close(&mut out, None);
    assert_eq!(Head::parse(&signed, &head.nonce, &trust, NOW), Ok(head));

    let specification = include_str!("../../../docs/format.md");
    assert!(specification.contains(out.trim_end()), "docs/format.md should have:\n\n{out}");
}
