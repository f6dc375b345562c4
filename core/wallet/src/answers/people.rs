//! The people in an answer: that they are in order, and that what is said of each is signed and for this phone.

use std::collections::BTreeSet;

use suima_client::wire::{self, Relation};
use suima_code::{Credential, Reason, Slot, Trust, UnixTime};

use super::codes::{self, newer};
use crate::error::BadAnswer;
use crate::keys::Key;
use crate::snapshot::{Holding, Person};

/// Everybody in an answer: the user first and once, nobody twice.
pub(super) fn people(
    answer: &[wire::Person],
    kept: &[Person],
    keys: &[&Key],
    trust: &Trust,
    time: UnixTime,
) -> Result<Vec<Person>, BadAnswer> {
    let slots: BTreeSet<Slot> = answer.iter().map(|person| person.slot).collect();
    let is_oneself = |(place, person): (usize, &wire::Person)| {
        (place == 0) == (person.relation == Relation::Oneself)
    };
    if answer.is_empty() || slots.len() < answer.len() || !answer.iter().enumerate().all(is_oneself)
    {
        return Err(BadAnswer::Other { what: "order of people" });
    }
    let one = |offered: &wire::Person| {
        let kept = kept.iter().find(|kept| kept.slot == offered.slot);
        person(offered, kept, keys, trust, time)
    };
    answer.iter().map(one).collect()
}

/// One person in an answer. `keys` are those of holdings that this phone asked for, besides those it has.
pub(super) fn person(
    answer: &wire::Person,
    kept: Option<&Person>,
    keys: &[&Key],
    trust: &Trust,
    time: UnixTime,
) -> Result<Person, BadAnswer> {
    let kept_holding = kept.and_then(|kept| kept.holding.as_ref());
    let offer = kept.and_then(|kept| kept.offer.as_ref());
    let holding = match &answer.holding {
        None => None,
        Some(holding) => {
            let keys = keys.iter().copied();
            let keys = keys.chain(kept_holding.map(|holding| &holding.key));
            let keys = keys.chain(offer.map(|offer| &offer.key));
            let (credential, key) = credential(answer, holding, keys, trust, time)?;
            let same = kept_holding.filter(|kept| kept.number == holding.number);
            let codes = answer.nucleic_acid.clone().unwrap_or_default();
            let codes = codes::codes(answer.slot, &codes, trust, time)?;
            match key {
                Some(key) => Some(Holding {
                    number: holding.number,
                    credential: holding.credential.clone(),
                    colour: credential.colour,
                    iat: credential.iat,
                    exp: credential.exp,
                    key,
                    codes: newer(codes, kept_holding.map(|kept| &kept.codes)),
                    wish: same.and_then(|kept| kept.wish.clone()),
                }),
                None if answer.relation == Relation::Oneself => {
                    return Err(BadAnswer::Other { what: "key of the holding" });
                }
                // A relative whose key this phone has lost can be held again, with a new key: one of them does
                // not keep everybody else's codes from being refreshed.
                None => None,
            }
        }
    };
    // Once a holding has come that this phone has the key of, the question of the offer is answered.
    let offer = offer.filter(|_| holding.is_none()).cloned();
    Ok(Person {
        slot: answer.slot,
        relation: answer.relation,
        name: answer.name.clone(),
        masked_name: answer.masked_name,
        birth_year: answer.birth_year,
        holding,
        offer,
        paper: answer.paper.clone(),
        holders: answer.holders.clone(),
        paper_told: kept.and_then(|kept| kept.paper_told),
    })
}

/// Checks that the issuer signed this credential for this person's holding, and finds this phone's key of it.
fn credential<'a>(
    person: &wire::Person,
    holding: &wire::Holding,
    mut keys: impl Iterator<Item = &'a Key>,
    trust: &Trust,
    time: UnixTime,
) -> Result<(Credential, Option<Key>), BadAnswer> {
    let credential =
        Credential::parse(&holding.credential.0, trust, time).map_err(BadAnswer::Signature)?;
    let other = |what| Err(BadAnswer::Other { what });
    if credential.slot != person.slot || credential.holding != holding.number {
        return other("holding");
    }
    if credential.relative != (person.relation != Relation::Oneself) {
        return other("kind of live code");
    }
    if credential.colour != holding.colour {
        return other("colour");
    }
    if time >= credential.exp {
        return Err(BadAnswer::Signature(Reason::Expired { at: credential.exp }));
    }
    let key = keys.find(|key| key.public() == credential.key).cloned();
    Ok((credential, key))
}
