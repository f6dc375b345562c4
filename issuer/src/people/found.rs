//! Finding people by what they say of themselves: the number of a document, and a name.

use chrono::NaiveDate;
use rusqlite::OptionalExtension as _;
use suima_code::{Slot, half_width, is_blank};

use crate::act::Act;
use crate::{Error, IdNumber};

/// Somebody whose document has a number.
pub(crate) struct Found {
    pub slot: Slot,
    pub name: String,
    pub birth_date: NaiveDate,
}

/// The person with this ID number.
pub(crate) fn slot_of(act: &Act<'_>, id_number: &IdNumber) -> Result<Option<Slot>, Error> {
    let slot = act
        .db
        .prepare_cached("SELECT slot FROM person WHERE id_number = ?")?
        .query_row([id_number.as_str()], |row| row.get(0).map(Slot))
        .optional()?;
    Ok(slot)
}

/// Those whose ID card, travel permit or passport has this number, spelled as people spell it. A document that was renewed
/// is nobody's any more. Two states may give two passports one number: only the name tells then who is meant.
pub(crate) fn with_document(act: &Act<'_>, number: &str) -> Result<Vec<Found>, Error> {
    let number = document_number(number);
    let mut statement = act.db.prepare_cached(
        "SELECT slot, name, birth_date FROM person WHERE id_number = ?1
         UNION SELECT person.slot, name, birth_date FROM document
         JOIN person ON person.slot = document.slot WHERE number = ?1 AND replaced IS NULL",
    )?;
    let mut rows = statement.query([number])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let birth_date: String = row.get("birth_date")?;
        let birth_date = birth_date.parse().map_err(|_| Error::Corrupt("birth date"))?;
        found.push(Found { slot: Slot(row.get("slot")?), name: row.get("name")?, birth_date });
    }
    Ok(found)
}

/// The children of this name and birth date that this parent or guardian has, or had until an operator ended it.
pub(crate) fn children_of(
    act: &Act<'_>,
    guardian: Slot,
    name: &str,
    birth_date: &str,
) -> Result<Vec<Slot>, Error> {
    let children: Vec<(Slot, String)> = act
        .db
        .prepare_cached(
            "SELECT slot, name FROM person WHERE birth_date = ?2 AND slot IN (
                 SELECT child FROM kinship WHERE guardian = ?1
                 UNION SELECT child FROM kinship_ended WHERE guardian = ?1)",
        )?
        .query_map((guardian.0, birth_date), |row| Ok((Slot(row.get("slot")?), row.get("name")?)))?
        .collect::<Result<_, _>>()?;
    let named = children.into_iter().filter(|(_, known)| same_name(known, name));
    Ok(named.map(|(slot, _)| slot).collect())
}

/// The number of a document in its one spelling: without blanks and hyphens, in narrow capitals.
pub(crate) fn document_number(typed: &str) -> String {
    typed.chars().filter(|c| !is_blank(*c) && *c != '-').map(narrow).collect()
}

/// Whether two names are the same but for blanks, width, case, and which dot is between their parts.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    let spelled = |name: &str| -> String {
        name.chars().filter(|c| !is_blank(*c)).flat_map(char::to_uppercase).map(plain).collect()
    };
    spelled(one) == spelled(other)
}

fn narrow(character: char) -> char {
    half_width(character).to_ascii_uppercase()
}

fn plain(character: char) -> char {
    match character {
        '\u{2022}' | '\u{2027}' | '\u{30fb}' | '\u{ff0e}' | '\u{ff65}' | '.' => '\u{b7}',
        other => narrow(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_typed() {
        for (one, other) in [
            ("买买提·吐尔逊", "买买提•吐尔逊"),
            ("买买提·吐尔逊", "买买提．吐尔逊"),
            ("Anna Maria Smith", "ＡＮＮＡ\u{3000}MARIA SMITH"),
            ("王小明", " 王 小明 "),
        ] {
            assert!(same_name(one, other), "{one} {other}");
        }
        for (one, other) in [("王小明", "王小朋"), ("王小明", "王小"), ("王小明", "")]
        {
            assert!(!same_name(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(document_number(" ｈ0123-4567 8"), "H012345678");
    }
}
