//! The people of the test city. All of them are made up: their ID numbers name a district that does not exist.

use std::borrow::Cow;

/// Somebody for the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    /// In full.
    pub name: Cow<'static, str>,
    /// Eight digits.
    birth: &'static str,
    /// Which of those born on that day.
    sequence: u16,
}

/// The mother of the two children.
pub const MOTHER: Resident = Resident::new("沈若兰", "19880314", 2);
/// The father of the two children.
pub const FATHER: Resident = Resident::new("顾明远", "19860702", 1);
/// Their son, nine years old when the clock starts.
pub const CHILD: Resident = Resident::new("顾晓舟", "20170901", 3);
/// Their daughter, five years old when the clock starts.
pub const DAUGHTER: Resident = Resident::new("顾小满", "20210520", 4);
/// Nobody's relative, with a character beyond the Basic Multilingual Plane.
pub const STRANGER: Resident = Resident::new("𠅤永安", "19910130", 6);

impl Resident {
    /// Somebody with this name, born on this day (eight digits), the `sequence`th of it.
    pub const fn new(name: &'static str, birth: &'static str, sequence: u16) -> Self {
        Self { name: Cow::Borrowed(name), birth, sequence }
    }

    /// One of up to a thousand people who are old enough to be anybody's guardian.
    pub fn numbered(sequence: u16) -> Self {
        Self { name: Cow::Owned(format!("监护人{sequence}")), birth: "19790808", sequence }
    }

    /// One of up to a thousand people who are old enough for a paper code.
    pub fn aged(sequence: u16) -> Self {
        Self { name: Cow::Owned(format!("老人{sequence}")), birth: "19490910", sequence }
    }

    /// The ID number with its check digit (GB 11643).
    pub fn id_number(&self) -> String {
        let digits = format!("310199{}{:03}", self.birth, self.sequence);
        // ISO 7064, MOD 11-2: each place weighs twice the one to its right, and all of it leaves 1.
        let sum = digits.bytes().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
        let check = match (12 - sum) % 11 {
            10 => 'X',
            digit => char::from_digit(digit, 10).expect("below ten"),
        };
        format!("{digits}{check}")
    }

    /// The line of the register.
    pub fn line(&self) -> String {
        let (year, month, day) = (&self.birth[..4], &self.birth[4..6], &self.birth[6..]);
        format!("{},{},{year}-{month}-{day}\n", self.id_number(), self.name)
    }
}
