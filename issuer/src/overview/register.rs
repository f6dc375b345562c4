//! People as the register has them.

use std::fmt;

use chrono::Datelike as _;
use suima_code::{Colour, Day, Limits, MaskedName, Slot, UnixTime};

use crate::act::{Act, optional_time, time};
use crate::{Error, IdNumber, Issuer, devices, documents, people};

/// Somebody in the register. Names and numbers are not for logs.
#[derive(Clone, PartialEq, Eq)]
pub struct RegisteredPerson {
    /// Their number in the register.
    pub slot: Slot,
    /// In full.
    pub name: String,
    /// As codes show it.
    pub masked_name: MaskedName,
    /// A calendar day of Asia/Shanghai.
    pub birth_date: Day,
    /// Whether they are younger than the policy's `adult_age` today.
    pub minor: bool,
    /// The number of their ID card, where they have one.
    pub id_number: Option<IdNumber>,
    /// Their travel permits and passports, those that were renewed too.
    pub documents: Vec<RegisteredDocument>,
    /// The groups that policy may give paper codes (R3), as bits.
    pub paper_groups: u32,
    /// Their health colour.
    pub colour: Colour,
    /// Since when.
    pub colour_at: UnixTime,
    /// Since when they have the phone that they have now.
    pub phone_since: Option<UnixTime>,
}

/// A travel permit or a passport.
#[derive(Clone, PartialEq, Eq)]
pub struct RegisteredDocument {
    /// The three letters of the state, of a passport; a travel permit has none.
    pub country: Option<String>,
    /// Its number.
    pub number: String,
    /// When another one took its place.
    pub replaced: Option<UnixTime>,
}

impl fmt::Debug for RegisteredPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredPerson").field("slot", &self.slot).finish_non_exhaustive()
    }
}

impl fmt::Debug for RegisteredDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredDocument").field("country", &self.country).finish_non_exhaustive()
    }
}

impl Issuer {
    /// The people of the register in the order of their slots, `most` of them: the first ones, or those after `after`.
    pub fn register(&self, after: Option<Slot>, most: u32) -> Result<Vec<RegisteredPerson>, Error> {
        self.0.look(|act| {
            let slots: Vec<Slot> = act
                .db
                .prepare_cached("SELECT slot FROM person WHERE slot > ? ORDER BY slot LIMIT ?")?
                .query_map((after.map_or(0, |slot| slot.0), most), |row| row.get(0).map(Slot))?
                .collect::<Result<_, _>>()?;
            let limits = documents::policy(act)?.limits;
            slots.into_iter().map(|slot| person(act, &limits, slot)).collect()
        })
    }

    /// The person with this slot.
    pub fn person(&self, slot: Slot) -> Result<RegisteredPerson, Error> {
        self.0.look(|act| person(act, &documents::policy(act)?.limits, slot))
    }

    /// The full name of the person with this slot.
    pub fn name(&self, slot: Slot) -> Result<String, Error> {
        self.0.look(|act| Ok(people::named(act, slot)?.name))
    }
}

fn person(act: &Act<'_>, limits: &Limits, slot: Slot) -> Result<RegisteredPerson, Error> {
    let named = people::named(act, slot)?;
    let minor = people::is_minor(act, limits, named.birth_date);
    let (month, day) = (named.birth_date.month(), named.birth_date.day());
    let birth_date = u8::try_from(month).ok().zip(u8::try_from(day).ok());
    let birth_date =
        birth_date.and_then(|(month, day)| Day::from_date(named.birth_year, month, day));
    let (id_number, colour_at): (Option<String>, UnixTime) = act
        .db
        .prepare_cached("SELECT id_number, colour_at FROM person WHERE slot = ?")?
        .query_row([slot.0], |row| Ok((row.get("id_number")?, time(row, "colour_at")?)))?;
    let id_number = id_number.map(|number| IdNumber::parse(&number)).transpose();
    let documents = act
        .db
        .prepare_cached(
            "SELECT country, number, replaced FROM document WHERE slot = ?
             ORDER BY replaced IS NOT NULL, since, number",
        )?
        .query_map([slot.0], |row| {
            let country: String = row.get("country")?;
            Ok(RegisteredDocument {
                country: (!country.is_empty()).then_some(country),
                number: row.get("number")?,
                replaced: optional_time(row, "replaced")?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(RegisteredPerson {
        slot,
        name: named.name,
        masked_name: named.masked_name,
        birth_date: birth_date.ok_or(Error::Corrupt("birth date"))?,
        minor,
        id_number: id_number.map_err(|_| Error::Corrupt("ID number"))?,
        documents,
        paper_groups: named.paper_groups,
        colour: named.colour,
        colour_at,
        phone_since: devices::enrolled(act, slot)?,
    })
}
