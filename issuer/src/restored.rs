//! A database that was restored from a backup, and whose journal is lost.
//!
//! What was issued and voided since the backup is known to nobody. So everything is voided that could have been issued until
//! now, of everybody in the register: people are asked for new codes rather than that one comes back that was voided.

use std::path::Path;

use rusqlite::TransactionBehavior;
use suima_code::{Cause, Line, LineKind, Slot, UnixTime};

use crate::act::Act;
use crate::{Clock, Error, Issuer, Random, database, documents, journal, lines};

/// By how much the sequences of lists are put ahead: more than were given since any backup, at a hundred a second for a
/// day. There is room in 32 bits for 250 such restorations.
const SEQUENCES_AHEAD: u32 = 1 << 24;

/// By how much the versions of trust bundle and policy are put ahead.
const VERSIONS_AHEAD: u32 = 1 << 16;

const DAY: i64 = 86_400;

impl Issuer {
    /// Voids every code and credential that the database at `path` could have issued until now, and begins a new journal in
    /// the folder `journal`; what lies there is put aside. For a database that was restored from a backup and whose
    /// journal is lost. How many people that concerned is returned.
    ///
    /// What nobody knows any more has to be done again by the operator: phones, stations and keys that were ended or recalled
    /// since the backup, consents that were withdrawn, changes of the register, of colours and of the policy.
    pub fn restore_without_journal(
        path: &Path,
        journal: &Path,
        clock: &dyn Clock,
        random: &dyn Random,
    ) -> Result<u64, Error> {
        let mut db = database::open(path)?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let people = void_everything(&Act::new(&transaction, clock.now(), random))?;
        journal::begin_anew(&transaction, journal, random)?;
        transaction.commit()?;
        Ok(people)
    }
}

fn void_everything(act: &Act<'_>) -> Result<u64, Error> {
    let limits = documents::policy(act)?.limits;
    // A successor is made before the code that it follows has ended.
    let longest = [
        (LineKind::NucleicAcid, 2 * i64::from(limits.nucleic_acid_days) + 2),
        (LineKind::Paper, i64::from(limits.paper_days) + 2),
    ];
    act.db.execute("UPDATE publication SET sequence = sequence + ?", [SEQUENCES_AHEAD])?;
    for (kind, days) in longest {
        act.db.execute(
            "INSERT INTO static_code (kind, slot, last_iat, longest_exp, revoked_before)
             SELECT ?1, slot, ?2, ?3, ?2 FROM person WHERE true
             ON CONFLICT (kind, slot) DO UPDATE SET current = NULL, successor = NULL,
                 last_iat = max(last_iat, excluded.last_iat),
                 longest_exp = max(longest_exp, excluded.longest_exp),
                 revoked_before =
                     max(excluded.revoked_before, last_iat + 1, coalesce(revoked_before, 0))",
            (kind.number(), act.now.get(), act.now.plus(days * DAY).get()),
        )?;
        let drawn = "SELECT slot, revoked_before, longest_exp FROM static_code WHERE kind = ?";
        raise(act, kind, Cause::Replaced, drawn, kind.number().into())?;
    }
    let until = act.now.plus(limits.credential_seconds.into());
    act.db.execute(
        "UPDATE holding SET credential = NULL, credential_until = max(credential_until, ?)",
        [until.get()],
    )?;
    act.db.execute(
        "UPDATE person SET credentials_from = max(?, credentials_from, coalesce(
             (SELECT max(credential_latest) + 1 FROM holding WHERE holding.slot = person.slot), 0))",
        [act.now.get()],
    )?;
    raise(
        act,
        LineKind::Person,
        Cause::StatusChanged,
        "SELECT slot, credentials_from, max(?, coalesce((SELECT max(credential_until) FROM holding
             WHERE holding.slot = person.slot), 0)) FROM person",
        until.get(),
    )?;
    // A code that was used since the backup would be good once more.
    act.db.execute_batch(
        "DELETE FROM activation WHERE used_by IS NULL;
         UPDATE terminal SET selector = NULL, hash = NULL, expires = NULL;
         UPDATE ask SET state = 'void' WHERE state IN ('open', 'agreed');",
    )?;
    documents::sign_ahead(act, VERSIONS_AHEAD)?;
    let people: i64 = act.db.query_row("SELECT count(*) FROM person", [], |row| row.get(0))?;
    u64::try_from(people).map_err(|_| Error::Corrupt("count"))
}

/// Raises a line for each slot, line and end of validity that `drawn` gives for its one parameter.
fn raise(
    act: &Act<'_>,
    kind: LineKind,
    cause: Cause,
    drawn: &str,
    parameter: u32,
) -> Result<(), Error> {
    let mut statement = act.db.prepare(drawn)?;
    let mut rows = statement.query([parameter])?;
    while let Some(row) = rows.next()? {
        let (slot, before, until) = (Slot(row.get(0)?), row.get(1)?, row.get(2)?);
        let line = Line { before: UnixTime::new(before), cause };
        lines::raise(act, kind, slot.into(), line, UnixTime::new(until))?;
    }
    Ok(())
}
