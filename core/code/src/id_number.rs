//! ID numbers (GB 11643): eighteen characters, the last of which checks the others.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Day;
use crate::typed::{half_width, is_blank};

/// A sound ID number: its check digit fits and its birth date is a day of the calendar.
///
/// Shows itself masked; only the register sees all of it. In JSON it is the eighteen characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

/// Why a text is no ID number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not eighteen characters.
    #[error("an ID number has 18 characters")]
    Length,
    /// Something else than digits, or than X in the last place.
    #[error("an ID number has 17 digits, then a digit or X")]
    Characters,
    /// The check digit does not fit: a digit is wrong.
    #[error("the check digit of the ID number does not fit")]
    CheckDigit,
    /// Its eight digits of birth date are no day of the calendar.
    #[error("the birth date in the ID number is no date")]
    BirthDate,
}

impl IdNumber {
    /// Takes an ID number as people write it: with blanks anywhere, a lower-case x, full-width forms.
    pub fn parse(text: &str) -> Result<Self, IdNumberError> {
        let normal: String = text
            .chars()
            .filter(|c| !is_blank(*c))
            .map(|c| half_width(c).to_ascii_uppercase())
            .collect();
        if normal.chars().count() != 18 {
            return Err(IdNumberError::Length);
        }
        let (digits, check) = normal.split_at_checked(17).ok_or(IdNumberError::Characters)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit())
            || !check.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X')
        {
            return Err(IdNumberError::Characters);
        }
        if !check.starts_with(check_digit(digits)) {
            return Err(IdNumberError::CheckDigit);
        }
        birth_date(&normal).ok_or(IdNumberError::BirthDate)?;
        Ok(Self(normal))
    }

    /// All of it, with an upper-case X.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The birth date in it.
    pub fn birth_date(&self) -> Day {
        birth_date(&self.0).expect("checked when it was parsed")
    }
}

impl TryFrom<String> for IdNumber {
    type Error = IdNumberError;

    fn try_from(text: String) -> Result<Self, IdNumberError> {
        Self::parse(&text)
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> Self {
        number.0
    }
}

/// Shows no more than tells two numbers of one family apart.
impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}**************{}", &self.0[..2], &self.0[16..])
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The day in characters 7 to 14, if it is one.
fn birth_date(number: &str) -> Option<Day> {
    let year: u16 = number.get(6..10)?.parse().ok()?;
    let (month, day) = (number.get(10..12)?.parse().ok()?, number.get(12..14)?.parse().ok()?);
    if year == 0 { None } else { Day::from_date(year, month, day) }
}

/// The check character of seventeen digits: GB 11643, that is ISO 7064 MOD 11-2.
fn check_digit(digits: &str) -> char {
    let remainder = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .fold(0, |remainder, digit| (remainder + digit) * 2 % 11);
    match (12 - remainder) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).expect("below 10"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of GB 11643-1999, and one that ends in X.
        for text in ["11010519491231002X", "440524188001010014"] {
            assert_eq!(IdNumber::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(IdNumber::parse("110105194912310021"), Err(IdNumberError::CheckDigit));
        assert_eq!(IdNumber::parse("11010519491231003X"), Err(IdNumberError::CheckDigit));
    }

    #[test]
    fn people_write_it_in_many_ways() {
        for text in [
            "110105 19491231 002x",
            "\u{feff}１１０１０５１９４９１２３１００２ｘ\u{3000}",
            "11010519491231002X\t",
        ] {
            assert_eq!(IdNumber::parse(text).unwrap().as_str(), "11010519491231002X", "{text:?}");
        }
    }

    #[test]
    fn what_is_no_id_number_says_why() {
        assert_eq!(IdNumber::parse(""), Err(IdNumberError::Length));
        assert_eq!(IdNumber::parse("1101051949123100"), Err(IdNumberError::Length));
        assert_eq!(IdNumber::parse("1101051949123100X2"), Err(IdNumberError::Characters));
        assert_eq!(
            IdNumber::parse("一一〇一〇五一九四九一二三一〇〇二X"),
            Err(IdNumberError::Characters)
        );
        let digits = "11010519490230002";
        let text = format!("{digits}{}", check_digit(digits));
        assert_eq!(IdNumber::parse(&text), Err(IdNumberError::BirthDate));
    }

    #[test]
    fn it_shows_itself_masked() {
        let number = IdNumber::parse("11010519491231002X").unwrap();
        assert_eq!(format!("{number} {number:?}"), "11**************2X 11**************2X");
    }
}
