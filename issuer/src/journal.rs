//! The journal that outlives the database: what every act changed, on another disk, before it is answered.
//!
//! A database that was restored from a backup has forgotten what was voided since. With the journal it is brought up to
//! where it was before anything is served: so nothing that was voided comes back, no `iat` is given twice, and lists go on
//! where they were (`docs/decisions/0013-restoring.md`).
//!
//! The journal goes first: an act is written to it and flushed, then the database commits. Whoever opens a database that
//! is behind, be it by an act or by a day, replays what it lacks. A database that is ahead of its journal, or whose
//! journal is not there, is not opened.

mod capture;
mod file;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use sha2::{Digest as _, Sha256};
use suima_code::UnixTime;

use self::file::Segment;
use crate::act::hex;
use crate::{Error, Random};

pub(crate) type Sum = [u8; 32];

/// Why a database is not opened with a journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// There is none, or not from where the database stands.
    #[error(
        "{folder} 中没有此数据库的日志（需自第 {from} 条起）。请找回日志后重试；确实丢失时运行 \
         restored --without-journal，全部码将作废重发 / no journal of this database in {folder}, from number {from} on. \
         Bring it back; if it is lost, run restored --without-journal, which voids every code"
    )]
    Missing {
        /// Where it was looked for.
        folder: String,
        /// The first number that is needed.
        from: u64,
    },
    /// It ends before the database does: it is an old copy.
    #[error(
        "日志止于第 {journal} 条，数据库已到第 {database} 条：日志不完整。请找回完整日志；确实丢失时运行 \
         restored --without-journal，全部码将作废重发 / the journal ends at {journal}, the database stands at {database}: \
         bring back the whole journal; if it is lost, run restored --without-journal, which voids every code"
    )]
    Shorter {
        /// The last number in the journal.
        journal: u64,
        /// The last number in the database.
        database: u64,
    },
    /// It tells another history than the database.
    #[error(
        "日志自第 {number} 条起与数据库不符或已损坏。请找回原日志；确实丢失时运行 restored --without-journal，\
         全部码将作废重发 / the journal is damaged, or not of this database, from number {number} on. Bring back the right \
         one; if it is lost, run restored --without-journal, which voids every code"
    )]
    Broken {
        /// Where they part.
        number: u64,
    },
    /// There is a journal, and the database has none of its own: it is older than the journal, or new.
    #[error(
        "{folder} 中已有另一数据库的日志。请指定正确的日志目录；数据库确由旧备份恢复时运行 restored --without-journal，\
         全部码将作废重发 / {folder} holds the journal of another database, or of a later state of this one. Name the right \
         folder; if this database was restored, run restored --without-journal, which voids every code"
    )]
    Foreign {
        /// Where it lies.
        folder: String,
    },
}

/// What a database that was behind its journal has been brought up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// How many acts it lacked: one, where the issuer died between journal and database; more, where the database was
    /// restored from a backup.
    pub acts: u64,
    /// When the first of them had happened.
    pub from: UnixTime,
    /// When the last of them had happened.
    pub to: UnixTime,
}

impl fmt::Display for Replayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { acts, from, to } = self;
        write!(
            f,
            "数据库落后于日志，已补回 {acts} 项（{from} 至 {to}）/ the database was behind its journal: {acts} acts were \
             replayed, of {from} to {to}"
        )
    }
}

/// Where a database stands in its journal.
#[derive(Clone, Debug)]
struct Standing {
    id: String,
    segment: u64,
    number: u64,
    sum: Sum,
}

/// An act that is in the journal, and is to be in the database next.
pub(crate) struct Written {
    standing: Standing,
}

/// The journal of an open database.
pub(crate) struct Journal {
    folder: PathBuf,
    open: Option<Segment>,
}

impl Journal {
    /// Opens the journal in `folder`, begins it where the database has none, and replays what the database lacks. From
    /// then on what `db` changes is gathered for [`Journal::write`].
    pub(crate) fn open(
        folder: &Path,
        db: &mut Connection,
        random: &dyn Random,
    ) -> Result<(Self, Option<Replayed>), Error> {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let replayed = match standing(&transaction)? {
            Some(standing) => catch_up(&transaction, folder, &standing)?,
            None if file::has_acts(folder)? => {
                return Err(JournalError::Foreign { folder: folder.display().to_string() }.into());
            }
            None => {
                begin(&transaction, folder, random)?;
                None
            }
        };
        transaction.commit()?;
        capture::install(db)?;
        Ok((Self { folder: folder.to_owned(), open: None }, replayed))
    }

    /// Writes what the transaction of `db` has changed, and flushes it. `None` where it has changed nothing.
    pub(crate) fn write(
        &mut self,
        db: &Connection,
        now: UnixTime,
    ) -> Result<Option<Written>, Error> {
        let rows = capture::take(db)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let before = standing(db)?.ok_or(Error::Corrupt("place in the journal"))?;
        let number = before.number + 1;
        let line = file::act(number, now, &rows);
        let sum = sum(&before.sum, &line);
        let segment = self.segment(&before)?;
        let standing = Standing { segment: segment.from, number, sum, id: before.id };
        stand(db, &standing)?;
        // Last of all: what fails after this is in the journal and nowhere else.
        segment.append(&sum, &line)?;
        Ok(Some(Written { standing }))
    }

    /// Says that the database did not take an act after all. If even this fails, the act counts, and is replayed when the
    /// database is next opened: nobody has been told that it failed for good.
    pub(crate) fn take_back(&mut self, written: &Written) -> Result<(), Error> {
        let line = file::taken_back(written.standing.number);
        let sum = sum(&written.standing.sum, &line);
        self.segment(&written.standing)?.append(&sum, &line)
    }

    /// The file to append to.
    fn segment(&mut self, standing: &Standing) -> Result<&mut Segment, Error> {
        // Another process may have begun a newer one, or a new journal.
        let kept = self.open.take().filter(|open| open.is(&standing.id, standing.segment));
        let mut segment = match kept {
            Some(open) => open,
            None => Segment::open(&self.folder, &standing.id, standing.segment)?,
        };
        if segment.is_full()? {
            segment = Segment::begin(&self.folder, &standing.id, standing.number, &standing.sum)?;
        }
        Ok(self.open.insert(segment))
    }
}

/// The checksum of a line, which vouches for all lines before it too.
fn sum(previous: &Sum, line: &str) -> Sum {
    Sha256::new().chain_update(previous).chain_update(line).finalize().into()
}

fn standing(db: &Connection) -> Result<Option<Standing>, Error> {
    let row: Option<(String, i64, i64, Sum)> = db
        .prepare_cached("SELECT id, segment, number, sum FROM journal")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((id, segment, number, sum)) = row else { return Ok(None) };
    let count = |number| u64::try_from(number).map_err(|_| Error::Corrupt("place in the journal"));
    Ok(Some(Standing { id, segment: count(segment)?, number: count(number)?, sum }))
}

fn stand(db: &Connection, standing: &Standing) -> Result<(), Error> {
    let column = |number| i64::try_from(number).map_err(|_| Error::Corrupt("place in the journal"));
    db.prepare_cached(
        "INSERT INTO journal (one, id, segment, number, sum) VALUES (1, ?, ?, ?, ?)
         ON CONFLICT (one) DO UPDATE SET id = excluded.id, segment = excluded.segment,
             number = excluded.number, sum = excluded.sum",
    )?
    .execute((
        &standing.id,
        column(standing.segment)?,
        column(standing.number)?,
        standing.sum,
    ))?;
    Ok(())
}

/// Begins a new journal for a database whose own is lost. What there is in the folder is put aside: it would lead from an older
/// state of this database past what has become of it.
pub(crate) fn begin_anew(db: &Connection, folder: &Path, random: &dyn Random) -> Result<(), Error> {
    file::put_aside(folder)?;
    begin(db, folder, random)
}

/// Begins a journal for a database that has none.
fn begin(db: &Connection, folder: &Path, random: &dyn Random) -> Result<(), Error> {
    let mut id = [0; 8];
    random.fill(&mut id)?;
    let standing = Standing { id: hex(&id), segment: 0, number: 0, sum: Sum::default() };
    Segment::begin(folder, &standing.id, 0, &standing.sum)?;
    stand(db, &standing)
}

/// Replays what the database lacks.
fn catch_up(
    db: &Connection,
    folder: &Path,
    standing: &Standing,
) -> Result<Option<Replayed>, Error> {
    let database = standing.number;
    let missing = || JournalError::Missing { folder: folder.display().to_string(), from: database };
    let history = file::read(folder, &standing.id, database)?.ok_or_else(missing)?;
    let (journal, sum) = history.end();
    if journal < database {
        return Err(JournalError::Shorter { journal, database }.into());
    }
    if history.sum_at(database) != Some(standing.sum) {
        return Err(JournalError::Broken { number: database }.into());
    }
    let acts = history.after(database);
    let (Some(first), Some(last)) = (acts.first(), acts.last()) else { return Ok(None) };
    db.pragma_update(None, "defer_foreign_keys", true)?;
    for act in acts {
        capture::replay(db, &act.rows).map_err(|error| match error {
            Error::Corrupt(_) => JournalError::Broken { number: act.number }.into(),
            other => other,
        })?;
    }
    let segment = history.segment();
    stand(db, &Standing { segment, number: journal, sum, id: standing.id.clone() })?;
    Ok(Some(Replayed { acts: journal - database, from: first.at, to: last.at }))
}
