//! What operators type: what a station or a terminal is called, and why they decided something.

use suima_code::is_blank;
use suima_sentences::operator as say;

use crate::Error;

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 200;

/// A name without the blanks around it.
pub(crate) fn name(typed: &str) -> Result<&str, Error> {
    within(typed, LONGEST_NAME).ok_or_else(|| Error::Typed(say::not_a_name(&LONGEST_NAME)))
}

/// A reason without the blanks around it.
pub(crate) fn reason(typed: &str) -> Result<&str, Error> {
    within(typed, LONGEST_REASON).ok_or_else(|| Error::Typed(say::not_a_reason(&LONGEST_REASON)))
}

/// What stands between the blanks, where that is something and no longer than this.
fn within(typed: &str, longest: usize) -> Option<&str> {
    let told = typed.trim_matches(is_blank);
    (!told.is_empty() && told.chars().count() <= longest).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_stands_between_blanks_of_every_width() {
        assert_eq!(within(" \u{3000}3 号台\u{feff}\t", 4), Some("3 号台"));
        assert_eq!(within("3 号台", 3), None);
        assert_eq!(within(" \u{3000}", 4), None);
    }

    #[test]
    fn a_reason_is_what_stands_between_blanks() {
        assert_eq!(reason(" \u{3000}手机遗失 ").ok(), Some("手机遗失"));
        assert_eq!(reason(" \u{3000}\t").ok(), None);
        assert_eq!(
            reason(&"字".repeat(LONGEST_REASON)).ok().map(str::len),
            Some(3 * LONGEST_REASON)
        );
        assert_eq!(reason(&"字".repeat(LONGEST_REASON + 1)).ok(), None);
    }
}
