//! Texts that are no code: prefix, version, length and Base45.

use suima_code::Place;

use super::codes::{Live, Static, accepted, altered, place_name, show};
use super::suite::{Expect, Input, Suite};
use super::world::{NOW, standard};

const WORLD: &str = "standard";

pub(crate) fn suite() -> Suite {
    let mut suite =
        Suite::new("Texts: prefix, version, length and Base45.", &[(WORLD, standard())]);
    prefixes(&mut suite);
    base45(&mut suite);
    everywhere(&mut suite);
    suite
}

/// What is no code is none at any place.
fn everywhere(suite: &mut Suite) {
    for place in [Place::Gate, Place::ManualCheck] {
        let code = Live::own().text();
        let body = &code["SM1:".len()..];
        for (reason, text) in [
            ("not-a-code", format!("HC1:{body}")),
            ("newer-format", format!("SM2:{body}")),
            ("altered", format!("SM1:0{}", &body[1..])),
        ] {
            suite.refused(
                &format!("live at {}: {reason}", place_name(place)),
                "What is no code is none at any place.",
                &show(WORLD, code.clone(), place, NOW),
                show(WORLD, text, place, NOW),
                Expect::refused(reason, []),
            );
        }
    }
}

fn shown(text: String) -> Input {
    show(WORLD, text, Place::Sampling, NOW)
}

/// A code of an odd number of bytes: its Base45 ends with a group of two.
fn odd() -> Static {
    Static::nucleic_acid()
}

/// A code of an even number of bytes: its Base45 has only groups of three.
fn even() -> Static {
    Static { name: "王*", ..odd() }
}

fn prefixes(suite: &mut Suite) {
    let twin = odd().text();
    let body = twin["SM1:".len()..].to_owned();
    suite.accepted(
        "the twin",
        "The code that most of the texts here are made from.",
        shown(twin.clone()),
        accepted("nucleic-acid", odd().slot),
    );
    let mut refused = |name: &str, why: &str, text: String, reason: &str| {
        suite.refused(name, why, &shown(twin.clone()), shown(text), Expect::refused(reason, []));
    };
    let no_code = "not-a-code";
    refused("nothing", "The empty text.", String::new(), no_code);
    refused("prefix alone", "A prefix with nothing behind it.", "SM1:".into(), "altered");
    refused("no prefix", "The Base45 alone.", body.clone(), no_code);
    for (name, prefix) in [
        ("EU certificate's prefix", "HC1:"),
        ("lower-case prefix", "sm1:"),
        ("prefix without its digit", "SM:"),
        ("prefix without its colon", "SM1"),
        ("version 0", "SM0:"),
        ("leading zero", "SM01:"),
        ("leading zero of a later version", "SM02:"),
        ("signed version", "SM+2:"),
        ("version of five digits", "SM10000:"),
        ("full-width digit", "SM\u{ff11}:"),
        ("full-width colon", "SM1\u{ff1a}"),
        ("blank before it", " SM1:"),
        ("byte order mark before it", "\u{feff}SM1:"),
    ] {
        let why = "A text with another prefix is no code of this city.";
        refused(name, why, format!("{prefix}{body}"), no_code);
    }
    refused("all lower case", "Lower-case letters are refused.", twin.to_lowercase(), no_code);
    refused("ID number", "Something else that is scanned.", "11010519491231002X".into(), no_code);
    refused("address", "Something else that is scanned.", "https://example.com/".into(), no_code);
    for version in ["2", "10", "9999"] {
        refused(
            &format!("version {version}"),
            "A later version is called so, and nothing is guessed about it.",
            format!("SM{version}:{body}"),
            "newer-format",
        );
    }
    refused(
        "version 2 with another alphabet",
        "Nothing behind a later version's prefix is looked at.",
        "SM2:{\"any\": \"thing\"}".into(),
        "newer-format",
    );
    refused(
        "version 2 of 600 characters",
        "A later version may be longer.",
        format!("SM2:{}", "0".repeat(596)),
        "newer-format",
    );
    refused("513 characters", "Longer than any code.", format!("SM1:{}", "0".repeat(509)), no_code);
    refused(
        "512 characters",
        "As long as a code may be, but none.",
        format!("SM1:{}", "0".repeat(508)),
        "altered",
    );
    refused(
        "514 bytes in 259 characters",
        "Length is counted in bytes of UTF-8.",
        format!("SM1:{}", "é".repeat(255)),
        no_code,
    );
    refused(
        "512 bytes in 258 characters",
        "Length is counted in bytes of UTF-8.",
        format!("SM1:{}", "é".repeat(254)),
        "altered",
    );
}

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

fn value(group: &str) -> usize {
    let digit = |c| ALPHABET.iter().position(|&a| a == c).expect("of the alphabet");
    group.bytes().rev().fold(0, |n, c| n * 45 + digit(c))
}

fn spell(mut value: usize, length: usize) -> String {
    let mut digit = || {
        let digit = char::from(ALPHABET[value % 45]);
        value /= 45;
        digit
    };
    (0..length).map(|_| digit()).collect()
}

/// The same text with the last group that can stand for 65536 more doing so.
fn overflowing_three(text: &str) -> String {
    let at = (4..text.len() - 2)
        .step_by(3)
        .rfind(|&at| value(&text[at..at + 3]) + 65_536 < 45 * 45 * 45)
        .expect("one group of many is small enough");
    format!("{}{}{}", &text[..at], spell(value(&text[at..at + 3]) + 65_536, 3), &text[at + 3..])
}

fn base45(suite: &mut Suite) {
    let (odd, even) = (odd().text(), even().text());
    let (long, short) = ((odd.len() - 4) % 3, (even.len() - 4) % 3);
    assert!(
        long == 2 && short == 0,
        "one code ends with a group of two, one with a group of three"
    );
    suite.accepted(
        "the twin of an even number of bytes",
        "Its Base45 ends with a group of three.",
        shown(even.clone()),
        accepted("nucleic-acid", 4_711_007),
    );
    let mut refused = |name: &str, why: &str, twin: &str, text: String| {
        suite.refused(name, why, &shown(twin.to_owned()), shown(text), altered());
    };
    let last_two = &odd[odd.len() - 2..];
    refused(
        "a group of two that overflows",
        "It stands for 256 more than it should: a reader that keeps the low eight bits would take it.",
        &odd,
        format!("{}{}", &odd[..odd.len() - 2], spell(value(last_two) + 256, 2)),
    );
    refused(
        "a group of three that overflows",
        "It stands for 65536 more than it should: a reader that keeps the low 16 bits would take it.",
        &odd,
        overflowing_three(&odd),
    );
    refused(
        "ends with ::",
        "A last group of two above 255.",
        &odd,
        format!("{}::", &odd[..odd.len() - 2]),
    );
    refused(
        "ends with :::",
        "A group of three above 65535.",
        &even,
        format!("{}:::", &even[..even.len() - 3]),
    );
    refused(
        "begins with :::",
        "A group of three above 65535.",
        &even,
        format!("SM1::::{}", &even[7..]),
    );
    refused(
        "a single last character",
        "No encoder leaves a group of one.",
        &even,
        format!("{even}0"),
    );
    refused("a byte behind it", "Bytes after the object's end.", &even, format!("{even}00"));
    refused("a blank behind it", "A blank is a digit of Base45.", &odd, format!("{odd} "));
    refused("a blank behind a whole group", "A group of one.", &even, format!("{even} "));
    refused("a line end behind it", "Not of the alphabet.", &odd, format!("{odd}\n"));
    refused("a line end behind a whole group", "Not of the alphabet.", &even, format!("{even}\n"));
    refused("a character short", "Cut off.", &odd, odd[..odd.len() - 1].into());
    refused("a group short", "Cut off.", &even, even[..even.len() - 3].into());
    refused("half of it", "Cut off.", &odd, odd[..odd.len() / 2].into());
    refused("twice", "A code behind a code.", &even, format!("{even}{}", &even[4..]));
    for (name, character) in [("#", "#"), ("é", "é"), ("NUL", "\0"), ("full-width A", "\u{ff21}")]
    {
        refused(
            &format!("a character outside the alphabet: {name}"),
            "Only the alphabet of RFC 9285.",
            &odd,
            format!("{}{character}{}", &odd[..10], &odd[11..]),
        );
    }
    let letter = odd[4..].find(|c: char| c.is_ascii_uppercase()).expect("letters abound") + 4;
    refused(
        "one lower-case letter",
        "Lower-case letters are outside the alphabet.",
        &odd,
        format!("{}{}{}", &odd[..letter], odd[letter..=letter].to_lowercase(), &odd[letter + 1..]),
    );
}
