//! The files of the journal: lines of a checksum and JSON, only ever appended to.
//!
//! A file begins with a line that says after which act, and with which checksum, it begins. A number that comes twice means
//! that the first was never committed: the last one counts. A line that was torn off at the end was never answered.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use suima_code::UnixTime;

use super::{JournalError, Sum, sum};
use crate::Error;
use crate::act::hex;

/// The size from which a file is full, in bytes: small enough to be read through whenever a command opens the database.
const FULL: u64 = 8 << 20;

/// How the names of files end that a journal consists of.
const ENDING: &str = "jsonl";

#[derive(Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum Line {
    /// The first line of a file.
    Begins { n: u64, after: String },
    /// What an act changed.
    Act { n: u64 },
    /// That act never was.
    TakenBack { n: u64 },
}

#[derive(Deserialize)]
struct Content {
    at: u32,
    rows: Vec<Value>,
}

/// An act to be replayed.
pub(super) struct Act {
    pub number: u64,
    pub at: UnixTime,
    pub rows: Vec<Value>,
}

/// The line that says what act `number` changed.
pub(super) fn act(number: u64, at: UnixTime, rows: &[String]) -> String {
    let mut line = format!("{{\"what\":\"act\",\"n\":{number},\"at\":{},\"rows\":[", at.get());
    // An import can be long.
    line.reserve(rows.iter().map(|row| row.len() + 1).sum::<usize>() + 2);
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        line.push_str(row);
    }
    line.push_str("]}");
    line
}

/// The line that says that act `number` never was.
pub(super) fn taken_back(number: u64) -> String {
    format!("{{\"what\":\"taken-back\",\"n\":{number}}}")
}

fn path(folder: &Path, id: &str, from: u64) -> PathBuf {
    folder.join(format!("{id}-{from:020}.{ENDING}"))
}

/// A file that is appended to.
pub(super) struct Segment {
    /// Of which journal it is.
    id: String,
    /// The number after which it begins.
    pub from: u64,
    file: File,
}

impl Segment {
    /// Opens the file that begins after act `from`.
    pub(super) fn open(folder: &Path, id: &str, from: u64) -> Result<Self, Error> {
        let file = OpenOptions::new().read(true).append(true).open(path(folder, id, from))?;
        Ok(Self { id: id.to_owned(), from, file })
    }

    /// Makes the file that begins after act `from`, which has this checksum. It may be there: if so, whoever made it
    /// did not get to use it.
    pub(super) fn begin(folder: &Path, id: &str, from: u64, after: &Sum) -> Result<Self, Error> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let path = path(folder, id, from);
        let file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        let mut segment = Self { id: id.to_owned(), from, file };
        let begins = format!(
            "{{\"what\":\"begins\",\"journal\":\"{id}\",\"n\":{from},\"after\":\"{}\"}}",
            hex(after)
        );
        segment.append(&sum(after, &begins), &begins)?;
        // The file is only safe once its name is.
        File::open(folder)?.sync_all()?;
        Ok(segment)
    }

    /// Whether it is the file of journal `id` that begins after act `from`.
    pub(super) fn is(&self, id: &str, from: u64) -> bool {
        (self.id.as_str(), self.from) == (id, from)
    }

    pub(super) fn is_full(&self) -> Result<bool, Error> {
        Ok(self.file.metadata()?.len() >= FULL)
    }

    /// Appends a line, and returns when it is on the disk.
    pub(super) fn append(&mut self, sum: &Sum, line: &str) -> Result<(), Error> {
        let past_torn = if self.is_torn()? { "\n" } else { "" };
        self.file.write_all(format!("{past_torn}{} ", hex(sum)).as_bytes())?;
        self.file.write_all(line.as_bytes())?;
        self.file.write_all(b"\n")?;
        self.file.sync_data()?;
        Ok(())
    }

    /// Whether it ends in the middle of a line.
    fn is_torn(&mut self) -> Result<bool, Error> {
        if self.file.metadata()?.len() == 0 {
            return Ok(false);
        }
        let mut last = [0];
        self.file.seek(SeekFrom::End(-1))?;
        self.file.read_exact(&mut last)?;
        Ok(last != *b"\n")
    }
}

/// What a journal tells, from the file on that begins at or before some act.
#[derive(Default)]
pub(super) struct History {
    /// After which act, and which checksum, it begins.
    base: Option<(u64, Sum)>,
    sums: Vec<Sum>,
    /// Those that are to be replayed.
    acts: Vec<Act>,
    segment: u64,
    /// The highest number of a line that follows from none before it.
    astray: Option<u64>,
}

impl History {
    /// The number and the checksum of the last act.
    pub(super) fn end(&self) -> (u64, Sum) {
        let (base, after) = self.base.unwrap_or_default();
        (base + self.sums.len() as u64, self.sums.last().copied().unwrap_or(after))
    }

    /// The checksum of act `number`.
    pub(super) fn sum_at(&self, number: u64) -> Option<Sum> {
        let (base, after) = self.base?;
        let index = number.checked_sub(base)?;
        match index.checked_sub(1) {
            None => Some(after),
            Some(index) => self.sums.get(usize::try_from(index).ok()?).copied(),
        }
    }

    /// The acts after act `number`.
    pub(super) fn after(&self, number: u64) -> &[Act] {
        let first = self.acts.iter().position(|act| act.number > number);
        first.map_or(&[], |first| &self.acts[first..])
    }

    /// The number after which the newest file begins.
    pub(super) fn segment(&self) -> u64 {
        self.segment
    }

    /// Forgets what comes after act `number`, which is not before the base.
    fn cut(&mut self, number: u64) {
        let (base, _) = self.base.unwrap_or_default();
        self.sums.truncate(usize::try_from(number.saturating_sub(base)).unwrap_or(usize::MAX));
        while self.acts.pop_if(|act| act.number > number).is_some() {}
    }

    /// Takes in a line, if it has the form of one. Acts after `needed` are kept whole.
    fn take(&mut self, text: &[u8], needed: u64) {
        let Some((given, line, parsed)) = read_line(text) else { return };
        let follows = |previous: Sum| sum(&previous, line) == given;
        match parsed {
            Line::Begins { n, after } => match sum_of(&after).filter(|after| follows(*after)) {
                Some(after) if self.base.is_none() => self.base = Some((n, after)),
                Some(after) if self.sum_at(n) == Some(after) => self.cut(n),
                _ => self.astray = self.astray.max(Some(n + 1)),
            },
            Line::Act { n } => {
                let previous = n.checked_sub(1).and_then(|previous| self.sum_at(previous));
                if !previous.is_some_and(follows) {
                    self.astray = self.astray.max(Some(n));
                    return;
                }
                self.cut(n - 1);
                self.sums.push(given);
                if n > needed
                    && let Ok(Content { at, rows }) = serde_json::from_str(line)
                {
                    self.acts.push(Act { number: n, at: UnixTime::new(at), rows });
                }
            }
            Line::TakenBack { n } => {
                let before = n.checked_sub(1).filter(|before| self.sum_at(*before).is_some());
                if let Some(before) = before
                    && self.sum_at(n).is_some_and(follows)
                {
                    self.cut(before);
                }
            }
        }
    }
}

/// The checksum that a line gives, the line, and what it says.
fn read_line(text: &[u8]) -> Option<(Sum, &str, Line)> {
    let (given, line) = std::str::from_utf8(text).ok()?.split_once(' ')?;
    Some((sum_of(given)?, line, serde_json::from_str(line).ok()?))
}

fn sum_of(digits: &str) -> Option<Sum> {
    let mut sum = Sum::default();
    if digits.len() != 2 * sum.len() || !digits.is_ascii() {
        return None;
    }
    for (byte, pair) in sum.iter_mut().zip(digits.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(sum)
}

/// The files of the journal `id`, or of any where there is none, by the number after which they begin.
fn segments(folder: &Path, id: Option<&str>) -> Result<Vec<(u64, PathBuf)>, Error> {
    let entries = match folder.read_dir() {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut segments = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let ending = path.extension().is_some_and(|ending| ending == ENDING);
        let name = path.file_stem().and_then(|name| name.to_str()).filter(|_| ending);
        if let Some((of, from)) = name.and_then(|name| name.split_once('-'))
            && id.is_none_or(|id| id == of)
            && let Ok(from) = from.parse()
        {
            segments.push((from, path));
        }
    }
    segments.sort();
    Ok(segments)
}

/// Gives the files of all journals in `folder` another ending, so that they are none any more.
pub(super) fn put_aside(folder: &Path) -> Result<(), Error> {
    for (_, path) in segments(folder, None)? {
        fs::rename(&path, path.with_extension("aside"))?;
    }
    Ok(())
}

/// Whether there is a journal in `folder` in which anything happened.
pub(super) fn has_acts(folder: &Path) -> Result<bool, Error> {
    for (_, path) in segments(folder, None)? {
        for line in BufReader::new(File::open(path)?).split(b'\n') {
            if matches!(read_line(&line?), Some((_, _, Line::Act { .. }))) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Reads the journal `id` from the file on in which act `database` is, or with which it ends. `None` where there is no
/// such file.
pub(super) fn read(folder: &Path, id: &str, database: u64) -> Result<Option<History>, Error> {
    let segments = segments(folder, Some(id))?;
    let Some(first) = segments.iter().rposition(|(from, _)| *from <= database) else {
        return Ok(None);
    };
    let mut history = History::default();
    for (from, path) in &segments[first..] {
        for line in BufReader::new(File::open(path)?).split(b'\n') {
            history.take(&line?, database);
        }
        history.segment = *from;
    }
    if history.base.is_none() {
        return Ok(None);
    }
    // What follows from nothing and is not the very last is not a torn line: something before it is gone.
    let (end, _) = history.end();
    match history.astray.filter(|astray| *astray > end + 1) {
        Some(_) => Err(JournalError::Broken { number: end + 1 }.into()),
        None => Ok(Some(history)),
    }
}
