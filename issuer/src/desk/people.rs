//! For whom the user of a desk may ask: themselves, minors whose guardian the register says they are, and relatives whose code
//! they hold (R2, R3).

use suima_client::wire::{PaperCode, Relation};
use suima_code::{MaskedName, Slot, StaticKind};

use super::{Desk, DeskPerson};
use crate::act::Act;
use crate::codes::row;
use crate::error::Failure;
use crate::{Error, documents, paper, people as register};

/// Somebody for whom a user may ask.
pub(super) struct Kin {
    pub slot: Slot,
    pub relation: Relation,
    /// Whether it is the user, or somebody whose code the user's phone holds.
    pub held: bool,
}

/// The user first, then those whose codes they hold, longest held first, then minors, eldest first.
pub(super) fn of(act: &Act<'_>, user: Slot) -> Result<Vec<Kin>, Error> {
    let policy = documents::policy(act)?;
    register::come_of_age(act, &policy)?;
    let mut kin = vec![Kin { slot: user, relation: Relation::Oneself, held: true }];
    let mut statement = act.db.prepare_cached(
        "SELECT holding.slot, relation FROM holding JOIN device ON device.keyid = holding.device
         WHERE device.slot = ? AND device.ended IS NULL AND holding.ended IS NULL
         AND relation <> 'oneself' ORDER BY since, number",
    )?;
    let held = statement.query_map([user.0], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    for held in held {
        let (slot, word) = held?;
        let relation = match word.as_str() {
            "child" => Relation::Child,
            "ward" => Relation::Ward,
            _ => Relation::Relative,
        };
        kin.push(Kin { slot: Slot(slot), relation, held: true });
    }
    let mut statement = act.db.prepare_cached(
        "SELECT child, relation FROM kinship JOIN person ON person.slot = child
         WHERE guardian = ? ORDER BY birth_date, child",
    )?;
    let children =
        statement.query_map([user.0], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    for child in children {
        let (slot, word) = child?;
        let slot = Slot(slot);
        let known = kin.iter().any(|known| known.slot == slot);
        if !known && register::is_minor(act, &policy.limits, register::named(act, slot)?.birth_date)
        {
            let relation = register::relation_of(&word);
            kin.push(Kin { slot, relation, held: false });
        }
    }
    Ok(kin)
}

/// The people of a desk, with masked names: none before somebody is logged in.
pub(crate) fn people(act: &Act<'_>, desk: &Desk) -> Result<Vec<DeskPerson>, Failure> {
    let Some(user) = desk.user else { return Ok(Vec::new()) };
    let limits = documents::policy(act)?.limits;
    let mut people = Vec::new();
    for kin in of(act, user)? {
        let person = register::named(act, kin.slot)?;
        let told = paper::told(act, &limits, kin.slot, &person)?;
        let paper = match told.current {
            Some(code) => Some(PaperCode { by: masked(&code.by)?.to_string(), ..code }),
            None => None,
        };
        let counts = row::load(act, StaticKind::NucleicAcid, kin.slot)?.current().is_some();
        people.push(DeskPerson {
            slot: kin.slot,
            masked_name: person.masked_name,
            relation: kin.relation,
            paper,
            eligibility: told.eligibility,
            nucleic_acid: kin.held && counts,
        });
    }
    Ok(people)
}

fn masked(name: &str) -> Result<MaskedName, Error> {
    MaskedName::mask(name).map_err(|_| Error::Corrupt("name"))
}
