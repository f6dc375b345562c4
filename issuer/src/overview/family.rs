//! Who may hold whose code, and who asked to.

use rusqlite::Row;
use suima_client::wire::Relation;
use suima_code::{Slot, UnixTime};

use super::EndOf;
use crate::act::{Act, optional_time, time};
use crate::{Error, HeldBy, Issuer, people};

/// That somebody is, or was, a parent or guardian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinship {
    /// The parent or guardian.
    pub guardian: Slot,
    /// The child or ward.
    pub child: Slot,
    /// What the child is to them: [`Relation::Child`] or [`Relation::Ward`].
    pub relation: Relation,
    /// Where an operator ended it, and did not take that back.
    pub ended: Option<EndOf>,
}

/// That an adult agreed that somebody holds their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Who may hold.
    pub asker: Slot,
    /// Whose codes they are.
    pub relative: Slot,
    /// When they agreed.
    pub at: UnixTime,
    /// How.
    pub given: ConsentGiven,
    /// Where it is in force no more. Without a reason it was the relative who ended it.
    pub ended: Option<EndOf>,
}

/// How somebody agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsentGiven {
    /// On their own phone.
    OnPhone,
    /// In person, with the ID card.
    AtTerminal {
        /// The terminal.
        name: String,
    },
    /// Before an operator.
    BeforeOperator {
        /// The operator's reason.
        reason: String,
    },
}

/// That somebody asked an adult for consent. The one-time code is never told here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who asked.
    pub asker: Slot,
    /// Whom, where there is such an adult with a phone.
    pub target: Option<Slot>,
    /// When.
    pub at: UnixTime,
    /// Until when it can be answered or, once agreed, the one-time code be used.
    pub until: UnixTime,
    /// What became of it.
    pub state: AskState,
}

/// What became of a question for consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskState {
    /// It waits for an answer.
    Waiting,
    /// They agreed; the one-time code was not used yet.
    Agreed,
    /// They declined.
    Declined,
    /// They agreed, and the one-time code was used.
    Redeemed,
    /// Asked again since, taken back, or ended by too many wrong codes.
    Void,
    /// Its time is over.
    Over,
}

impl Issuer {
    /// Whose parent or guardian this person is, and who is theirs: those that an operator ended too, after the others.
    pub fn kinships(&self, slot: Slot) -> Result<Vec<Kinship>, Error> {
        self.0.look(|act| kinships(act, slot))
    }

    /// Everybody who holds this person's code besides them, and everybody who may by their consent; longest first.
    pub fn held_by(&self, slot: Slot) -> Result<Vec<HeldBy>, Error> {
        // Whoever has come of age is looked for first, which ends what guardians hold of them.
        self.0.act(|act| people::held_by(act, slot))
    }

    /// Consents, the newest first, `most` of them: everybody's, or those that concern one person.
    pub fn consents(&self, of: Option<Slot>, most: u32) -> Result<Vec<Consent>, Error> {
        self.0.look(|act| consents(act, of, most))
    }

    /// Questions for consent, the newest first, `most` of them. Those of the last day or two are kept.
    pub fn asks(&self, most: u32) -> Result<Vec<Asked>, Error> {
        self.0.look(|act| asks(act, most))
    }
}

fn kinships(act: &Act<'_>, slot: Slot) -> Result<Vec<Kinship>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT guardian, child, relation, NULL AS at, NULL AS reason FROM kinship
         WHERE guardian = ?1 OR child = ?1
         UNION ALL
         SELECT guardian, child, relation, at, reason FROM kinship_ended
         WHERE (guardian = ?1 OR child = ?1) AND restored IS NULL
         ORDER BY at, guardian, child",
    )?;
    let kinships = statement.query_map([slot.0], |row| {
        let relation: String = row.get("relation")?;
        Ok(Kinship {
            guardian: Slot(row.get("guardian")?),
            child: Slot(row.get("child")?),
            relation: people::relation_of(&relation),
            ended: EndOf::of(optional_time(row, "at")?, row.get("reason")?),
        })
    })?;
    Ok(kinships.collect::<Result<_, _>>()?)
}

fn consents(act: &Act<'_>, of: Option<Slot>, most: u32) -> Result<Vec<Consent>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT * FROM consent WHERE ?1 IS NULL OR asker = ?1 OR relative = ?1
         ORDER BY number DESC LIMIT ?2",
    )?;
    let mut rows = statement.query((of.map(|slot| slot.0), most))?;
    let mut consents = Vec::new();
    while let Some(row) = rows.next()? {
        consents.push(Consent {
            asker: Slot(row.get("asker")?),
            relative: Slot(row.get("relative")?),
            at: time(row, "at")?,
            given: given(row)?,
            ended: EndOf::of(optional_time(row, "ended")?, row.get("end_reason")?),
        });
    }
    Ok(consents)
}

fn given(row: &Row<'_>) -> Result<ConsentGiven, Error> {
    let (source, note): (String, Option<String>) = (row.get("source")?, row.get("note")?);
    match (source.as_str(), note) {
        ("phone", _) => Ok(ConsentGiven::OnPhone),
        ("terminal", Some(name)) => Ok(ConsentGiven::AtTerminal { name }),
        ("operator", Some(reason)) => Ok(ConsentGiven::BeforeOperator { reason }),
        _ => Err(Error::Corrupt("consent")),
    }
}

fn asks(act: &Act<'_>, most: u32) -> Result<Vec<Asked>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT asker, target, at, expires, code_expires, state FROM ask
         ORDER BY number DESC LIMIT ?",
    )?;
    let mut rows = statement.query([most])?;
    let mut asks = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get("state")?;
        let expires = time(row, "expires")?;
        let (state, until) = match word.as_str() {
            "open" => (AskState::Waiting, expires),
            "agreed" => (AskState::Agreed, optional_time(row, "code_expires")?.unwrap_or(expires)),
            "declined" => (AskState::Declined, expires),
            "redeemed" => (AskState::Redeemed, expires),
            "void" => (AskState::Void, expires),
            _ => return Err(Error::Corrupt("question")),
        };
        let pending = matches!(state, AskState::Waiting | AskState::Agreed);
        asks.push(Asked {
            asker: Slot(row.get("asker")?),
            target: row.get::<_, Option<u32>>("target")?.map(Slot),
            at: time(row, "at")?,
            until,
            state: if pending && act.now >= until { AskState::Over } else { state },
        });
    }
    Ok(asks)
}
