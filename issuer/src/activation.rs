//! Activation codes: what a phone or a station is enrolled with.
//!
//! A code is twenty characters in four groups. The first group finds it and is no secret; the other fifteen are 75
//! random bits, of which only a hash is kept. Whoever knows the first group may guess the rest [`ATTEMPTS`] times.
//! The first key that uses a code is the only one that it is ever good for: so the same phone, asking again because
//! the answer was lost, gets the same enrolment, and nobody else gets anything.

use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};
use suima_client::wire::{ProblemId, normal_activation_code};
use suima_code::{PublicKey, Slot};

use crate::act::Act;
use crate::error::Failure;
use crate::{Error, Issuer, people, typed};

/// Crockford's Base32: no letter that is read as another letter or a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
pub(crate) const GROUP: usize = 5;
pub(crate) const LENGTH: usize = 4 * GROUP;

/// How often a code may be tried wrongly.
pub(crate) const ATTEMPTS: u32 = 5;

/// How long a code is good for, in seconds.
pub(crate) const GOOD_FOR: i64 = 7 * 86_400;

/// For whom a code is.
pub(crate) enum Subject {
    Person(Slot),
    Station(String),
}

impl Issuer {
    /// Makes an activation code for a person's phone. Any earlier one of theirs that was not used is void.
    pub fn activation_code(&self, slot: Slot) -> Result<String, Error> {
        self.0.act(|act| {
            people::name(act, slot)?.ok_or(Error::NoSuchPerson(slot))?;
            act.db
                .execute("DELETE FROM activation WHERE slot = ? AND used_by IS NULL", [slot.0])?;
            make(act, &Subject::Person(slot))
        })
    }

    /// Makes an activation code for a station that people will call `name`, without the blanks around it. Refused where
    /// that is nothing, or more than 80 characters.
    pub fn station_activation(&self, name: &str) -> Result<String, Error> {
        let name = typed::name(name)?;
        self.0.act(|act| make(act, &Subject::Station(name.to_owned())))
    }
}

fn make(act: &Act<'_>, subject: &Subject) -> Result<String, Error> {
    act.db.execute("DELETE FROM activation WHERE expires <= ?", [act.now.get()])?;
    let (slot, station) = match subject {
        Subject::Person(slot) => (Some(slot.0), None),
        Subject::Station(name) => (None, Some(name)),
    };
    loop {
        let code = characters(&act.random::<LENGTH>()?);
        let (selector, secret) = code.split_at(GROUP);
        let made = act.db.execute(
            "INSERT INTO activation (selector, hash, slot, station_name, expires)
             VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (selector, hash(selector, secret), slot, station, act.now.plus(GOOD_FOR).get()),
        )?;
        if made == 1 {
            return Ok(grouped(&code, GROUP));
        }
    }
}

/// A character for each random byte.
pub(crate) fn characters(random: &[u8]) -> String {
    random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// The code in groups of `size`, as people read it.
pub(crate) fn grouped(code: &str, size: usize) -> String {
    let mut grouped = String::with_capacity(code.len() + code.len() / size);
    for (index, character) in code.chars().enumerate() {
        if index > 0 && index % size == 0 {
            grouped.push('-');
        }
        grouped.push(character);
    }
    grouped
}

pub(crate) fn hash(selector: &str, secret: &str) -> [u8; 32] {
    // 75 random bits need no slow hash.
    Sha256::new().chain_update(selector).chain_update(secret).finalize().into()
}

/// The code in what people typed.
pub(crate) fn normal(typed: &str) -> Option<String> {
    let normal = normal_activation_code(typed);
    let sound = normal.len() == LENGTH && normal.bytes().all(|byte| ALPHABET.contains(&byte));
    sound.then_some(normal)
}

/// A code that was presented rightly, by the one key it is good for.
pub(crate) struct Presented {
    pub subject: Subject,
    /// What the first use of it made, if this is not the first.
    pub keyid: Option<String>,
    selector: String,
}

impl Presented {
    /// Binds the code to `key`, which now is `keyid`.
    pub(crate) fn used(&self, act: &Act<'_>, key: &PublicKey, keyid: &str) -> Result<(), Error> {
        act.db.execute(
            "UPDATE activation SET used_by = ?, keyid = ? WHERE selector = ?",
            (key.to_bytes(), keyid, &self.selector),
        )?;
        Ok(())
    }
}

/// Takes a code that `key` presents; or refuses, and counts the attempt.
pub(crate) fn present(act: &Act<'_>, code: &str, key: &PublicKey) -> Result<Presented, Failure> {
    let code = normal(code).ok_or(ProblemId::ActivationRefused)?;
    let (selector, secret) = code.split_at(GROUP);
    let found = act
        .db
        .query_row(
            "SELECT hash, slot, station_name, used_by, keyid FROM activation
             WHERE selector = ? AND expires > ? AND attempts < ?",
            (selector, act.now.get(), ATTEMPTS),
            |row| {
                let slot: Option<u32> = row.get("slot")?;
                let subject = match slot {
                    Some(slot) => Subject::Person(Slot(slot)),
                    None => Subject::Station(row.get("station_name")?),
                };
                let hash: [u8; 32] = row.get("hash")?;
                let used_by: Option<Vec<u8>> = row.get("used_by")?;
                let keyid = row.get("keyid")?;
                Ok((hash, used_by, Presented { subject, keyid, selector: selector.to_owned() }))
            },
        )
        .optional()?;
    let (wanted, used_by, presented) = found.ok_or(ProblemId::ActivationRefused)?;
    if hash(selector, secret) != wanted {
        act.db.execute(
            "UPDATE activation SET attempts = attempts + 1 WHERE selector = ?",
            [selector],
        )?;
        return Err(ProblemId::ActivationRefused.into());
    }
    if used_by.is_some_and(|used_by| used_by != key.to_bytes()) {
        return Err(ProblemId::ActivationRefused.into());
    }
    Ok(presented)
}
