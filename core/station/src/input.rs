//! What scanners and cameras really send, made into the text that was meant.
//!
//! A hand scanner that poses as a keyboard (a "wedge") types a code character by character, in bursts, with or without an
//! Enter at the end; an input method in between turns `$ : . /` into their full-width or Chinese forms.

use std::fmt;

use suima_code::{half_width, is_blank, is_cut_short};

/// A pause of this many milliseconds ends a text, but for a code that came in part ([`REST_MS`]): scanners leave less between
/// two characters, even over Bluetooth, and staff take longer between two people.
pub const PAUSE_MS: u64 = 400;

/// The rest of a code that came in part is waited for so many milliseconds: a scanner whose radio falters, an input method or a
/// focus that was elsewhere make longer pauses in the middle of a code, and then there would be two wrong scans.
pub const REST_MS: u64 = 2000;

/// The same text again within this many milliseconds is the same scan: a camera that sees a code many times a
/// second, a trigger pressed twice.
pub const REPEAT_MS: u64 = 1000;

/// The most characters of one text that are kept; a code has at most 512.
const MAX_CHARACTERS: usize = 1024;

/// The text that was meant: full-width and Chinese forms of ASCII characters mapped back; line ends, blanks and
/// control characters removed at both ends.
///
/// No code ends in a blank, though one may well hold some: the last character of Base45 is its most significant.
pub fn normalise(text: &str) -> String {
    let halved: String = text.chars().map(half_width).collect();
    halved.trim_matches(is_margin).to_owned()
}

/// What was typed, read or scanned into the one field that takes everything. It holds what is to be given to the
/// station's methods, and shows itself without that.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// A code of this format, of this version or a later one: for `register`, `gate`, `check`.
    Code(String),
    /// An ID number, or what was meant to be one: for the methods that take ID cards, which say what is wrong with it.
    IdCard(String),
    /// What may be the barcode of a tube: for `open_tube`, `select_tube`.
    Barcode(String),
    /// Nothing that a station knows.
    Unknown,
}

impl Typed {
    /// Says what a text is. Seventeen digits and a digit or X are an ID number, also with a wrong check digit, and so are
    /// seventeen with a birth date in them, which lost the last: what was misread must not open a tube.
    pub fn of(text: &str) -> Self {
        let text = normalise(text);
        if is_code(&text) {
            return Self::Code(text);
        }
        let packed: String = text.chars().filter(|character| !is_blank(*character)).collect();
        if is_like_an_id_number(&packed) {
            Self::IdCard(packed)
        } else if is_barcode(&text) {
            Self::Barcode(text)
        } else {
            Self::Unknown
        }
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code(_) => "Code",
            Self::IdCard(_) => "IdCard",
            Self::Barcode(_) => "Barcode",
            Self::Unknown => "Unknown",
        })
    }
}

/// `SM1:`, or the same of a later version: whether it can be read is for the verdict to say.
fn is_code(text: &str) -> bool {
    let version = text.strip_prefix("SM").and_then(|rest| rest.split_once(':'));
    version.is_some_and(|(version, _)| {
        !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_like_an_id_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (bytes.len(), digits) {
        (18, 18) => true,
        (18, 17) => bytes[17].eq_ignore_ascii_case(&b'x'),
        (17, 17) => {
            let within = |from: usize, to: usize, least: u32, most: u32| {
                text[from..to].parse().is_ok_and(|number| (least..=most).contains(&number))
            };
            within(6, 10, 1850, 2099) && within(10, 12, 1, 12) && within(12, 14, 1, 31)
        }
        _ => false,
    }
}

/// Whether a text is what tubes have on them: 4 to 32 ASCII letters, digits and hyphens.
pub(crate) fn is_barcode(text: &str) -> bool {
    (4..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// What stands around a text and is not part of it. U+FEFF is the byte order mark.
fn is_margin(character: char) -> bool {
    character.is_whitespace() || character.is_control() || character == '\u{feff}'
}

/// Drops a text that is the one just taken.
#[derive(Clone, Debug, Default)]
pub struct Debounce {
    last: Option<(String, u64)>,
}

impl Debounce {
    /// Whether `text`, seen at `at_ms` on any clock that does not run back, is a new scan. A text that stays in sight is
    /// the same scan for as long as it is seen without a break.
    pub fn is_new(&mut self, text: &str, at_ms: u64) -> bool {
        match &mut self.last {
            Some((last, seen)) if last == text => {
                let again = at_ms.saturating_sub(*seen) >= REPEAT_MS;
                *seen = at_ms;
                again
            }
            last => {
                *last = Some((text.to_owned(), at_ms));
                true
            }
        }
    }
}

/// Puts together what a wedge scanner types. Pure: the time comes in with the characters, in milliseconds on any
/// clock that does not run back.
#[derive(Clone, Debug, Default)]
pub struct Wedge {
    typed: String,
    length: usize,
    /// Where in `typed` stands what was typed since the last pause.
    burst: usize,
    last_ms: u64,
    debounce: Debounce,
}

impl Wedge {
    /// Takes one typed character. Gives a text when this character ends it (Enter or Tab), or begins the next
    /// after a pause.
    pub fn push(&mut self, character: char, at_ms: u64) -> Option<String> {
        let before = self.poll(at_ms);
        if self.pause(at_ms) >= PAUSE_MS {
            self.burst = self.typed.len();
        }
        self.last_ms = at_ms;
        if matches!(character, '\r' | '\n' | '\t') {
            return before.or_else(|| self.complete(at_ms));
        }
        // The rest of a text that is too long is dropped; what is kept is long enough to be refused.
        if self.length < MAX_CHARACTERS {
            self.typed.push(character);
            self.length += 1;
        }
        before
    }

    /// Gives the text that a pause has ended, if there is one. To be called now and then: for scanners that type no
    /// Enter. A code that came in part is given after [`REST_MS`].
    pub fn poll(&mut self, at_ms: u64) -> Option<String> {
        let pause = self.pause(at_ms);
        let goes_on = pause < PAUSE_MS || pause < REST_MS && is_cut_short(&normalise(&self.typed));
        if goes_on { None } else { self.complete(at_ms) }
    }

    fn pause(&self, at_ms: u64) -> u64 {
        at_ms.saturating_sub(self.last_ms)
    }

    fn complete(&mut self, at_ms: u64) -> Option<String> {
        let typed = std::mem::take(&mut self.typed);
        let burst = std::mem::take(&mut self.burst);
        self.length = 0;
        // Whoever got a code in part scans again: that one is whole, and what came before it is of no use.
        let anew = normalise(&typed[burst..]);
        let text = if is_code(&anew) { anew } else { normalise(&typed) };
        (!text.is_empty() && self.debounce.is_new(&text, at_ms)).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_input_method_made_is_mapped_back() {
        let meant = "SM1:A $%*+-./:09";
        let typed = "SM1\u{ff1a}A\u{3000}\u{ffe5}%\u{d7}+-\u{3002}\u{3001}\u{ff1a}09";
        assert_eq!(normalise(typed), meant);
        let full: String =
            meant
                .chars()
                .map(|c| {
                    if c == ' ' {
                        '\u{3000}'
                    } else {
                        char::from_u32(u32::from(c) + 0xfee0).unwrap()
                    }
                })
                .collect();
        assert_eq!(normalise(&full), meant);
    }

    #[test]
    fn only_the_margins_are_trimmed() {
        assert_eq!(normalise("\u{feff}\u{2}\tSM1:A  B \r\n"), "SM1:A  B");
        assert_eq!(normalise(" \r\n"), "");
    }

    #[test]
    fn one_field_tells_codes_cards_and_barcodes_apart() {
        let typed = |text| Typed::of(text);
        let code = |text: &str| Typed::Code(text.to_owned());
        let card = |text: &str| Typed::IdCard(text.to_owned());
        let barcode = |text: &str| Typed::Barcode(text.to_owned());
        assert_eq!(typed(" SM1:ABC\r\n"), code("SM1:ABC"));
        assert_eq!(typed("SM1\u{ff1a}A \u{3002}"), code("SM1:A ."));
        assert_eq!(typed("SM12:ABC"), code("SM12:ABC"), "of a later version");
        assert_eq!(typed("11010519491231002x"), card("11010519491231002x"));
        assert_eq!(typed("110105 19491231 002\u{ff38}\r"), card("11010519491231002X"));
        assert_eq!(typed("110105194912310021"), card("110105194912310021"), "misread");
        assert_eq!(typed("sh-2026-0001"), barcode("sh-2026-0001"));
        assert_eq!(typed("1101051949123100"), barcode("1101051949123100"), "sixteen digits");
        assert_eq!(
            typed("11010519491231002"),
            card("11010519491231002"),
            "its last digit was lost"
        );
        assert_eq!(typed("11010519491331002"), barcode("11010519491331002"), "no date");
        for unknown in [
            "",
            "  ",
            "ABC",
            "SMC1:ABC",
            "SM:ABC",
            "https://example.com/",
            "11010519491231002\u{4e59}",
        ] {
            assert_eq!(typed(unknown), Typed::Unknown, "{unknown}");
        }
        assert_eq!(format!("{:?}", typed("11010519491231002x")), "IdCard");
    }

    #[test]
    fn ascii_passes_unchanged() {
        let all: String = ('!'..='~').collect();
        assert_eq!(normalise(&all), all);
    }
}
