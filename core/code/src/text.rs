//! The text of a code: prefix and Base45.

use crate::cose::{self, Broken};
use crate::{Reason, base45};

/// Every code of this version begins with it; a later version counts the digit up.
pub const PREFIX: &str = "SM1:";

/// The longest text that can be a code, in characters. The longest there is has 393 (a live code by a
/// P-256 key with a name of 23 bytes); no verifier needs to look at more than this.
pub const MAX_TEXT: usize = 512;

const MAX_BYTES: usize = (MAX_TEXT - PREFIX.len()).div_ceil(3) * 2;

/// The text of a code with these bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(PREFIX.len() + bytes.len().div_ceil(2) * 3);
    text.push_str(PREFIX);
    base45::encode(bytes, &mut text);
    text
}

/// Where the bytes of a code are put, so that no input decides how much is allocated.
pub(crate) struct Buffer([u8; MAX_BYTES]);

impl Buffer {
    pub(crate) fn new() -> Self {
        Self([0; MAX_BYTES])
    }

    pub(crate) fn decode(&mut self, text: &str) -> Result<&[u8], Reason> {
        let Some(body) = text.strip_prefix(PREFIX) else {
            return Err(if is_later_version(text) {
                Reason::NewerFormat
            } else {
                Reason::NotACode
            });
        };
        if text.len() > MAX_TEXT {
            return Err(Reason::NotACode);
        }
        base45::decode(body.as_bytes(), &mut self.0).ok_or(Reason::Altered)
    }
}

/// Whether `text` is the beginning of a code of this version, and the rest is missing: what a code is made of says how long it
/// is. Scanners that pose as keyboards, and input methods, let codes come in parts.
pub fn is_cut_short(text: &str) -> bool {
    let Some(body) = text.strip_prefix(PREFIX) else {
        return !text.is_empty() && PREFIX.starts_with(text);
    };
    if text.len() > MAX_TEXT {
        return false;
    }
    let mut buffer = [0; MAX_BYTES];
    let mut end = |characters: usize| {
        let bytes = base45::decode(&body.as_bytes()[..characters], &mut buffer)?;
        Some(cose::step_over(bytes))
    };
    // Where not all of the last group has come, that group is no part of the code yet.
    let whole_groups = body.len() / 3 * 3;
    end(body.len()) != Some(Ok(())) && end(whole_groups) == Some(Err(Broken::CutShort))
}

/// `SM`, a number of at most four digits above one and without a leading zero, and a colon.
fn is_later_version(text: &str) -> bool {
    let number = text.strip_prefix("SM").and_then(|rest| rest.split_once(':')).map(|(n, _)| n);
    number.is_some_and(|n| {
        n.len() <= 4
            && n.bytes().all(|byte| byte.is_ascii_digit())
            && !n.starts_with('0')
            && n.parse::<u16>().is_ok_and(|n| n > 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_later_version_is_called_so() {
        for text in ["SM2:ABC", "SM10:", "SM9999:X"] {
            assert_eq!(Buffer::new().decode(text), Err(Reason::NewerFormat), "{text}");
        }
        for text in
            ["", "SM:", "SM0:1", "SM01:1", "SM+2:1", "SM10000:1", "sm1:00", "HC1:00", " SM1:00"]
        {
            assert_eq!(Buffer::new().decode(text), Err(Reason::NotACode), "{text}");
        }
    }

    #[test]
    fn the_beginning_of_a_code_is_told_from_other_texts() {
        // An empty one of the shape: two empty byte strings and an empty signature.
        let whole = encode(&[0x84, 0x40, 0xa0, 0x40, 0x40]);
        assert!(!is_cut_short(&whole));
        for end in 1..whole.len() {
            assert!(is_cut_short(&whole[..end]), "{end}");
        }
        for other in ["", "X", "SM2:", "HC1:", "SM1:ABC", "SM1:::::", "SH-2026-0001", "sm1"] {
            assert!(!is_cut_short(other), "{other}");
        }
    }

    #[test]
    fn an_endless_text_is_no_code() {
        let text = format!("{PREFIX}{}", "0".repeat(MAX_TEXT));
        assert_eq!(Buffer::new().decode(&text), Err(Reason::NotACode));
    }

    #[test]
    fn the_buffer_holds_the_longest_text() {
        let text = format!("{PREFIX}{}", "0".repeat(MAX_TEXT - PREFIX.len() - 1));
        assert!(Buffer::new().decode(&text).is_ok());
    }
}
