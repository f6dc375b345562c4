//! The people of a scenario, in the register of its city.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use suima_code::{IdNumber, Slot};

use super::format::{Cast, Person};
use super::run::Trouble;
use super::turns::Persona;
use crate::city::City;

/// Who is in the register, by the scenario's names and by number.
#[derive(Debug)]
pub struct People<'a> {
    cast: &'a Cast,
    slots: BTreeMap<&'a str, Slot>,
}

impl<'a> People<'a> {
    /// Puts these people into the register, and who of them is whose parent or guardian.
    pub fn enter(city: &City, cast: &'a Cast, names: &'a [String]) -> Result<Self, Trouble> {
        let mut people = Self { cast, slots: BTreeMap::new() };
        let mut register = "id_number,name,birth_date,groups\n".to_owned();
        for name in names {
            let Person { id_number, name, birth_date, groups, .. } = people.person(name)?;
            let groups = groups.join(";");
            writeln!(register, "{id_number},{name},{birth_date},{groups}").map_err(Trouble::of)?;
        }
        let report = city.issuer.import_register(register.as_bytes()).map_err(Trouble::of)?;
        if report.added != names.len() || !report.refused.is_empty() {
            return Err(Trouble(format!("the register was not taken in: {report:?}")));
        }
        let mut kinship = "guardian_id_number,child_id_number,relation\n".to_owned();
        let among = |name: &String| names.contains(name);
        for one in cast.kinship.iter().filter(|one| among(&one.guardian) && among(&one.child)) {
            let (guardian, child) = (people.person(&one.guardian)?, people.person(&one.child)?);
            let (guardian, child) = (&guardian.id_number, &child.id_number);
            writeln!(kinship, "{guardian},{child},{}", one.relation).map_err(Trouble::of)?;
        }
        let report = city.issuer.import_kinship(kinship.as_bytes()).map_err(Trouble::of)?;
        if !report.refused.is_empty() {
            return Err(Trouble(format!("the kinship was not taken in: {report:?}")));
        }
        for name in names {
            let number = IdNumber::parse(&people.person(name)?.id_number).map_err(Trouble::of)?;
            let slot = city.issuer.slot_of(&number).map_err(Trouble::of)?;
            let slot = slot.ok_or_else(|| Trouble(format!("{name} has no number")))?;
            people.slots.insert(name, slot);
        }
        Ok(people)
    }

    /// Somebody of the cast.
    pub fn person(&self, name: &str) -> Result<&'a Person, Trouble> {
        let known = self.cast.people.get(name);
        known.ok_or_else(|| Trouble(format!("nobody in people.json is called {name}")))
    }

    /// The number that stands for somebody who is in the register.
    pub fn slot(&self, name: &str) -> Result<Slot, Trouble> {
        let known = self.slots.get(name).copied();
        known.ok_or_else(|| Trouble(format!("{name} is not among the people of the scenario")))
    }

    /// By the scenario's name, whom a number stands for.
    pub fn name(&self, slot: Slot) -> &'a str {
        let found = self.slots.iter().find(|(_, known)| **known == slot);
        found.map_or("nobody", |(name, _)| name)
    }

    /// What stands on somebody's ID card: its number and the full name.
    pub fn card(&self, name: &str) -> Result<(String, String), Trouble> {
        let Person { id_number, name, .. } = self.person(name)?;
        Ok((id_number.clone(), name.clone()))
    }

    /// Who is in the register, for whoever plays.
    pub fn personas(&self) -> Vec<Persona> {
        let people = self.slots.iter().filter_map(|(name, slot)| {
            let Person { id_number, name: full_name, .. } = self.cast.people.get(*name)?;
            Some(Persona {
                name: (*name).to_owned(),
                full_name: full_name.clone(),
                slot: *slot,
                document: id_number.clone(),
            })
        });
        people.collect()
    }
}
