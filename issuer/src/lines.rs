//! Revocation lines, the lists that carry them, and heads (design section 4).
//!
//! A line that is raised is marked with the sequence that the next list will have. Publishing makes that sequence the
//! current one. Lists and heads are asked for rarely against how often they matter, so both publish first whatever is
//! pending: a station that has just synced knows everything the issuer knows. A list leads from any earlier
//! sequence to the current one, so one delta always suffices.

use rusqlite::{OptionalExtension as _, named_params};
use suima_code::{Cause, Head, Line, LineKind, LineNumber, Nonce, Purposes, RevocationList};
use suima_code::{Sequences, UnixTime};

use crate::act::Act;
use crate::{Error, Issuer, documents, keys};

/// The newest signed lists of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What the lines are about.
    pub kind: LineKind,
    /// The sequence of both lists.
    pub sequence: u32,
    /// All lines that still void something unexpired.
    pub full: Vec<u8>,
    /// The lines that the newest sequence brought; `None` before anything was ever published.
    pub delta: Option<Vec<u8>>,
}

impl Issuer {
    /// Publishes what is pending, and gives the newest full list and the newest delta of each kind.
    pub fn publish_lists(&self) -> Result<Vec<Published>, Error> {
        self.0.act(|act| {
            let sequences = publish(act)?;
            let published = LineKind::ALL.map(|kind| {
                let sequence = sequences.of(kind);
                let full = signed(act, kind, sequence, None)?;
                let delta = match sequence.checked_sub(1) {
                    Some(base) => Some(signed(act, kind, sequence, Some(base))?),
                    None => None,
                };
                Ok(Published { kind, sequence, full, delta })
            });
            published.into_iter().collect()
        })
    }
}

/// Raises a line, never lowers it. Whatever it voids has expired at `until`.
pub(crate) fn raise(
    act: &Act<'_>,
    kind: LineKind,
    number: LineNumber,
    line: Line,
    until: UnixTime,
) -> Result<(), Error> {
    act.db
        .prepare_cached(
            "INSERT INTO line (kind, number, before, cause, until, changed)
             SELECT :kind, :number, :before, :cause, :until, sequence + 1
             FROM publication WHERE kind = :kind
             ON CONFLICT (kind, number) DO UPDATE SET
                 before = excluded.before, cause = excluded.cause,
                 until = max(until, excluded.until), changed = excluded.changed
             WHERE (excluded.before, excluded.cause) > (before, cause)",
        )?
        .execute(named_params! {
            ":kind": kind.number(),
            ":number": number.0,
            ":before": line.before.get(),
            ":cause": line.cause.number(),
            ":until": until.get(),
        })?;
    Ok(())
}

/// Makes the pending lines current, and says the sequences there are now.
fn publish(act: &Act<'_>) -> Result<Sequences, Error> {
    act.db
        .prepare_cached(
            "UPDATE publication SET sequence = sequence + 1 WHERE EXISTS
             (SELECT 1 FROM line WHERE line.kind = publication.kind AND changed > sequence)",
        )?
        .execute([])?;
    let mut sequences = Sequences::default();
    for kind in LineKind::ALL {
        sequences.0[kind as usize] = act
            .db
            .prepare_cached("SELECT sequence FROM publication WHERE kind = ?")?
            .query_row([kind.number()], |row| row.get(0))
            .optional()?
            .ok_or(Error::Corrupt("publication"))?;
    }
    Ok(sequences)
}

/// What leads from `known` to the newest sequences: for each kind that has moved one delta, or a full list where
/// the delta would be no shorter, or where more is claimed to be known than there is: whoever claims that cannot be told what
/// they lack.
pub(crate) fn since(act: &Act<'_>, known: Sequences) -> Result<Vec<Vec<u8>>, Error> {
    let newest = publish(act)?;
    let mut lists = Vec::new();
    for kind in LineKind::ALL {
        let (known, newest) = (known.of(kind), newest.of(kind));
        if known == newest {
            continue;
        }
        let base =
            if known < newest && delta_is_shorter(act, kind, known)? { Some(known) } else { None };
        lists.push(signed(act, kind, newest, base)?);
    }
    Ok(lists)
}

fn delta_is_shorter(act: &Act<'_>, kind: LineKind, base: u32) -> Result<bool, Error> {
    let older = act
        .db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM line WHERE kind = ? AND changed <= ? AND until > ?)",
        )?
        .query_row((kind.number(), base, act.now.get()), |row| row.get(0))?;
    Ok(older)
}

fn signed(
    act: &Act<'_>,
    kind: LineKind,
    sequence: u32,
    base: Option<u32>,
) -> Result<Vec<u8>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT number, before, cause FROM line
         WHERE kind = ? AND changed > ? AND until > ? ORDER BY number",
    )?;
    let mut rows = statement.query((kind.number(), base.unwrap_or(0), act.now.get()))?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let cause = Cause::from_number(row.get(2)?).ok_or(Error::Corrupt("cause"))?;
        let line = Line { before: UnixTime::new(row.get(1)?), cause };
        lines.push((LineNumber(row.get(0)?), line));
    }
    let list = RevocationList { kind, sequence, base, iat: act.now, lines };
    Ok(keys::signer(act, Purposes::LISTS)?.key.revocations(&list))
}

/// A head over `nonce`: what is newest, now.
pub(crate) fn head(act: &Act<'_>, nonce: Nonce) -> Result<Vec<u8>, Error> {
    let sequences = publish(act)?;
    let head = Head {
        iat: act.now,
        nonce,
        policy_version: documents::policy(act)?.version,
        trust_version: documents::trust_version(act)?,
        sequences,
    };
    Ok(keys::signer(act, Purposes::LISTS)?.key.head(&head))
}
