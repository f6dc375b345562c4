//! Phones, stations and terminals, and what became of them.

use suima_code::{Slot, UnixTime};

use super::EndOf;
use crate::act::{optional_time, time};
use crate::{Error, Issuer};

/// A phone that somebody has or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// When it was enrolled.
    pub enrolled: UnixTime,
    /// Where it is in use no more. Without a reason another phone took its place.
    pub ended: Option<EndOf>,
}

/// A station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationStatus {
    /// Its name in signatures.
    pub keyid: String,
    /// What people call it.
    pub name: String,
    /// When it was enrolled.
    pub enrolled: UnixTime,
    /// Where an operator ended it.
    pub ended: Option<EndOf>,
}

/// A self-service terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalStatus {
    /// What people call it.
    pub name: String,
    /// When a browser became it, if any has.
    pub set_up: Option<UnixTime>,
    /// Until when an activation code for it can be used, if one is out.
    pub code_until: Option<UnixTime>,
}

impl Issuer {
    /// The phones that this person has or had, the newest first.
    pub fn phones(&self, slot: Slot) -> Result<Vec<Phone>, Error> {
        self.0.look(|act| {
            let mut statement = act.db.prepare_cached(
                "SELECT enrolled, ended, end_reason FROM device WHERE slot = ?
                 ORDER BY ended IS NOT NULL, enrolled DESC, keyid",
            )?;
            let phones = statement.query_map([slot.0], |row| {
                Ok(Phone {
                    enrolled: time(row, "enrolled")?,
                    ended: EndOf::of(optional_time(row, "ended")?, row.get("end_reason")?),
                })
            })?;
            Ok(phones.collect::<Result<_, _>>()?)
        })
    }

    /// All stations by name, those in use first.
    pub fn stations(&self) -> Result<Vec<StationStatus>, Error> {
        self.0.look(|act| {
            let mut statement = act.db.prepare_cached(
                "SELECT keyid, name, enrolled, ended, ended_reason FROM station
                 ORDER BY ended IS NOT NULL, name, enrolled DESC, keyid",
            )?;
            let stations = statement.query_map([], |row| {
                Ok(StationStatus {
                    keyid: row.get("keyid")?,
                    name: row.get("name")?,
                    enrolled: time(row, "enrolled")?,
                    ended: EndOf::of(optional_time(row, "ended")?, row.get("ended_reason")?),
                })
            })?;
            Ok(stations.collect::<Result<_, _>>()?)
        })
    }

    /// All terminals by name.
    pub fn terminals(&self) -> Result<Vec<TerminalStatus>, Error> {
        self.0.look(|act| {
            let mut statement = act
                .db
                .prepare_cached("SELECT name, set_up, expires FROM terminal ORDER BY name")?;
            let terminals = statement.query_map([], |row| {
                Ok(TerminalStatus {
                    name: row.get("name")?,
                    set_up: optional_time(row, "set_up")?,
                    code_until: optional_time(row, "expires")?.filter(|until| act.now < *until),
                })
            })?;
            Ok(terminals.collect::<Result<_, _>>()?)
        })
    }
}
