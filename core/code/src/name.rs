//! The masked name that a code shows to whoever scans it.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A name as far as a code may show it: enough for a person to compare by eye, not enough to be a
/// directory. At most [`MaskedName::MAX_BYTES`] bytes of UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(into = "String", try_from = "String")]
pub struct MaskedName {
    length: u8,
    bytes: [u8; Self::MAX_BYTES],
}

/// The text is longer than a masked name may be, or empty, or has a control character in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a masked name: 1 to {} bytes without control characters", MaskedName::MAX_BYTES)]
pub struct NameError;

impl MaskedName {
    /// 23 bytes still have a one-byte head in CBOR, and keep every code within the QR version that the
    /// format promises.
    pub const MAX_BYTES: usize = 23;

    /// Takes a name that is masked already, as found in a code.
    pub fn new(masked: &str) -> Result<Self, NameError> {
        let fits = (1..=Self::MAX_BYTES).contains(&masked.len());
        if !fits || masked.chars().any(char::is_control) {
            return Err(NameError);
        }
        let mut bytes = [0; Self::MAX_BYTES];
        bytes[..masked.len()].copy_from_slice(masked.as_bytes());
        let length = u8::try_from(masked.len()).expect("at most 23");
        Ok(Self { length, bytes })
    }

    /// Masks a full name. Written without a space (王小明), the first and, from three characters on, the last
    /// character stay, one `*` for all between; with spaces (Anna Smith), the first letter of each word and a
    /// `*`. Cut at a character boundary.
    pub fn mask(full: &str) -> Result<Self, NameError> {
        let words: Vec<&str> = full.split_whitespace().collect();
        let masked = match words.as_slice() {
            [one] => {
                let mut characters = one.chars();
                let first = characters.next();
                let last = characters.next_back();
                let between = characters.next().is_some();
                first.into_iter().chain(['*']).chain(last.filter(|_| between)).collect()
            }
            several => several
                .iter()
                .filter_map(|word| word.chars().next())
                .flat_map(|initial| [initial, '*', ' '])
                .collect::<String>(),
        };
        Self::new(cut(masked.trim_end(), Self::MAX_BYTES))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.bytes[..usize::from(self.length)])
            .expect("made from a str and never changed")
    }
}

fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.expect("zero is a boundary")]
}

impl fmt::Display for MaskedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for MaskedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl From<MaskedName> for String {
    fn from(name: MaskedName) -> Self {
        name.as_str().to_owned()
    }
}

impl TryFrom<String> for MaskedName {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::new(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_the_eye_compares() {
        for (full, masked) in [
            ("王小明", "王*明"),
            ("李雷", "李*"),
            ("欧阳娜娜", "欧*娜"),
            ("𠅤某", "𠅤*"),
            ("买买提·吐尔逊", "买*逊"),
            ("Anna Maria Smith", "A* M* S*"),
            ("Li", "L*"),
        ] {
            assert_eq!(MaskedName::mask(full).unwrap().as_str(), masked);
        }
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let many = "𠅤 ".repeat(9) + "b";
        let masked = MaskedName::mask(&many).unwrap();
        assert_eq!(masked.as_str(), "𠅤* 𠅤* 𠅤* 𠅤*");
        assert!(masked.as_str().len() <= MaskedName::MAX_BYTES);
    }

    #[test]
    fn nothing_and_control_characters_are_no_name() {
        assert!(MaskedName::mask("  ").is_err());
        assert!(MaskedName::new("").is_err());
        assert!(MaskedName::new("a\u{0}b").is_err());
        assert!(MaskedName::new(&"a".repeat(24)).is_err());
    }
}
