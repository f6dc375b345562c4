//! The people of the sample city. All of them are made up: their ID numbers name a district that does not exist.

use std::fmt::Write as _;

/// Somebody in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resident {
    /// In full.
    pub name: &'static str,
    /// District, birth date and sequence: an ID number without its check digit.
    digits: &'static str,
}

/// The mother of the two children.
pub const MOTHER: Resident = Resident { name: "林晓梅", digits: "31019919880314002" };
/// The father of the two children.
pub const FATHER: Resident = Resident { name: "陈建国", digits: "31019919860702001" };
/// Their son, nine years old at the time of the tour.
pub const CHILD: Resident = Resident { name: "陈思远", digits: "31019920170901003" };
/// Their daughter.
pub const DAUGHTER: Resident = Resident { name: "陈思宁", digits: "31019920210520004" };
/// The mother's father, grown up and so asked for his consent.
pub const GRANDFATHER: Resident = Resident { name: "林德胜", digits: "31019919551108005" };
/// The mother's mother, who has no phone.
pub const GRANDMOTHER: Resident = Resident { name: "周桂芳", digits: "31019919570216008" };
/// Nobody's relative, with a character beyond the Basic Multilingual Plane.
pub const STRANGER: Resident = Resident { name: "𠅤永安", digits: "31019919910130006" };

/// Everybody in the register.
pub const EVERYBODY: [Resident; 7] =
    [MOTHER, FATHER, CHILD, DAUGHTER, GRANDFATHER, GRANDMOTHER, STRANGER];
const PARENTS: [(Resident, Resident); 5] = [
    (MOTHER, CHILD),
    (FATHER, CHILD),
    (MOTHER, DAUGHTER),
    (FATHER, DAUGHTER),
    (GRANDFATHER, MOTHER),
];

impl Resident {
    /// The ID number with its check digit (GB 11643).
    pub fn id_number(&self) -> String {
        // The weight of the place i, counted from the right with the check digit as 0, is 2^i modulo 11; the sum over
        // all places is 1 modulo 11.
        let sum = self.digits.bytes().rev().zip(1..).fold(0_u32, |sum, (digit, place)| {
            let weight = (0..place).fold(1, |weight, _| weight * 2 % 11);
            sum + u32::from(digit - b'0') * weight
        });
        let check = match (12 - sum % 11) % 11 {
            10 => 'X',
            digit => char::from_digit(digit, 10).expect("below ten"),
        };
        format!("{}{check}", self.digits)
    }
}

/// The register as a city hands it over.
pub fn register_csv() -> String {
    EVERYBODY.iter().fold("id_number,name,birth_date\n".to_owned(), |mut csv, resident| {
        let (number, name) = (resident.id_number(), resident.name);
        let (year, month, day) = (&number[6..10], &number[10..12], &number[12..14]);
        writeln!(csv, "{number},{name},{year}-{month}-{day}")
            .expect("writing to a String does not fail");
        csv
    })
}

/// Who is whose parent, as a city hands it over.
pub fn kinship_csv() -> String {
    PARENTS.iter().fold(
        "guardian_id_number,child_id_number,relation\n".to_owned(),
        |mut csv, (parent, child)| {
            writeln!(csv, "{},{},parent", parent.id_number(), child.id_number())
                .expect("writing to a String does not fail");
            csv
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of GB 11643-1999, annex A.
        let example = Resident { name: "", digits: "11010519491231002" };
        assert_eq!(example.id_number(), "11010519491231002X");
    }
}
