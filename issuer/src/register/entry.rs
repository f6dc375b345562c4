//! A line about a person, as it was read.

use chrono::NaiveDate;
use suima_code::{Colour, MaskedName};

use super::{Line, Refusal, kinship};
use crate::act::colour_of;
use crate::{IdNumber, people};

/// The longest name, in bytes of UTF-8.
const LONGEST_NAME: usize = 200;

/// The number of a travel permit or passport, in characters.
const NUMBER: std::ops::RangeInclusive<usize> = 5..=20;

/// The bit of holders of the disability certificate.
const DISABILITY: u32 = 1;

/// A good line.
pub(super) struct Entry {
    pub id_number: Option<IdNumber>,
    pub document: Option<Document>,
    pub guardian: Option<Guardian>,
    pub name: String,
    pub birth_date: NaiveDate,
    pub colour: Option<Colour>,
    pub groups: Option<u32>,
}

/// A travel permit or a passport.
pub(super) struct Document {
    pub kind: &'static str,
    /// Three letters, of a passport.
    pub country: String,
    pub number: String,
    /// The number of the one that it renewed.
    pub replaces: Option<String>,
}

/// A parent or guardian, by the number of a document.
pub(super) struct Guardian {
    pub document: String,
    pub relation: &'static str,
}

impl Entry {
    pub fn read(line: &Line<'_>, today: NaiveDate) -> Result<Self, Refusal> {
        let document = document(line)?;
        let guardian = guardian(line)?;
        let id_number = match line.cell("id_number")? {
            "" if document.is_some() || guardian.is_some() => None,
            "" => return Err(Refusal::Unidentified),
            number => Some(IdNumber::parse(number).map_err(Refusal::IdNumber)?),
        };
        let birth_date: NaiveDate =
            line.cell("birth_date")?.parse().map_err(|_| Refusal::BirthDateUnreadable)?;
        if id_number
            .as_ref()
            .is_some_and(|number| number.birth_date().to_string() != birth_date.to_string())
        {
            return Err(Refusal::BirthDateDisagrees);
        }
        if birth_date > today {
            return Err(Refusal::BirthDateInFuture);
        }
        let name = line.cell("name")?;
        if name.contains(char::REPLACEMENT_CHARACTER) {
            return Err(Refusal::NameLost);
        }
        if name.len() > LONGEST_NAME || MaskedName::mask(name).is_err() {
            return Err(Refusal::Name);
        }
        let colour = match line.cell("colour")? {
            "" => None,
            word => Some(colour_of(&word.to_lowercase()).ok_or(Refusal::Colour)?),
        };
        let groups = groups(line.cell("groups")?)?;
        let name = name.to_owned();
        Ok(Self { id_number, document, guardian, name, birth_date, colour, groups })
    }

    /// What no other line of a file may say: two lines about one person contradict each other.
    pub fn whom(&self) -> String {
        match (&self.id_number, &self.document, &self.guardian) {
            (Some(number), _, _) => number.as_str().to_owned(),
            (_, Some(document), _) => {
                format!("{} {} {}", document.kind, document.country, document.number)
            }
            (_, _, guardian) => {
                let guardian = guardian.as_ref().map_or("", |guardian| &guardian.document);
                format!("{guardian} {} {}", self.birth_date, self.name)
            }
        }
    }
}

fn document(line: &Line<'_>) -> Result<Option<Document>, Refusal> {
    let (number, replaces) = (line.cell("number")?, line.cell("replaces")?);
    let country = line.cell("country")?.to_ascii_uppercase();
    let kind = match line.cell("document")?.to_lowercase().as_str() {
        "" if number.is_empty() && replaces.is_empty() && country.is_empty() => return Ok(None),
        "travel-permit" => "travel-permit",
        "passport" => "passport",
        _ => return Err(Refusal::DocumentKind),
    };
    let letters = country.len() == 3 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if kind == "passport" && !letters || kind == "travel-permit" && !country.is_empty() {
        return Err(Refusal::Country);
    }
    let replaces = (!replaces.is_empty()).then(|| sound_number(replaces)).transpose()?;
    Ok(Some(Document { kind, country, number: sound_number(number)?, replaces }))
}

fn sound_number(cell: &str) -> Result<String, Refusal> {
    let number = people::document_number(cell);
    let sound = NUMBER.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    if sound { Ok(number) } else { Err(Refusal::DocumentNumber) }
}

fn guardian(line: &Line<'_>) -> Result<Option<Guardian>, Refusal> {
    let (document, relation) = (line.cell("guardian")?, line.cell("relation")?);
    if document.is_empty() && relation.is_empty() {
        return Ok(None);
    }
    let document = kinship::document(document)?;
    Ok(Some(Guardian { document, relation: kinship::relation(relation)? }))
}

/// The bits of the groups that a cell names, if it names any.
fn groups(cell: &str) -> Result<Option<u32>, Refusal> {
    let mut words = cell.split(';').map(str::trim).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return Ok(None);
    }
    words.try_fold(0, |bits, word| Ok(bits | group(&word.to_lowercase())?)).map(Some)
}

fn group(word: &str) -> Result<u32, Refusal> {
    match word {
        "none" => Ok(0),
        "disability" => Ok(DISABILITY),
        other => {
            let number = other.strip_prefix("group-").and_then(|digits| digits.parse().ok());
            let number = number.filter(|number| (1..=31_u32).contains(number));
            Ok(1 << number.ok_or(Refusal::Group)?)
        }
    }
}
