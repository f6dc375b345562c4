//! CSV files, line by line.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};
use suima_code::is_blank;

use super::{ImportReport, Refusal, RefusedLine};
use crate::Error;

/// A CSV file with a line that names its columns.
///
/// One record is one line: a name has no line breaks, and so a stray quotation mark spoils its own line only, and the
/// numbers that are reported are those that an editor shows.
pub(super) struct Table<R> {
    lines: BufReader<R>,
    number: u64,
    columns: HashMap<String, usize>,
}

/// A line of it: its number, and its cells by column.
pub(super) struct Line<'a> {
    pub number: u64,
    record: ByteRecord,
    columns: &'a HashMap<String, usize>,
}

impl<R: Read> Table<R> {
    pub fn open(csv: R, required: &[&str], expected: &'static str) -> Result<Self, Error> {
        let mut table = Self { lines: BufReader::new(csv), number: 0, columns: HashMap::new() };
        let names = table.next()?.unwrap_or_default();
        for (index, name) in names.iter().enumerate() {
            let name = String::from_utf8_lossy(name);
            table.columns.insert(name.trim_matches(is_blank).to_lowercase(), index);
        }
        if required.iter().all(|name| table.columns.contains_key(*name)) {
            Ok(table)
        } else {
            Err(Error::Columns { expected })
        }
    }

    /// The next line that is not blank.
    fn next(&mut self) -> Result<Option<ByteRecord>, Error> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.lines.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            let mut record = ByteRecord::new();
            let mut reader = ReaderBuilder::new()
                .has_headers(false)
                .buffer_capacity(256)
                .from_reader(line.trim_ascii());
            if reader.read_byte_record(&mut record)? {
                return Ok(Some(record));
            }
        }
    }

    /// Calls `each` with every line, and collects what it refuses.
    pub fn each(
        &mut self,
        mut each: impl FnMut(&Line<'_>) -> Result<Result<Taken, Refusal>, Error>,
    ) -> Result<ImportReport, Error> {
        let mut report = ImportReport::default();
        while let Some(record) = self.next()? {
            let line = Line { number: self.number, record, columns: &self.columns };
            match each(&line)? {
                Ok(Taken::Added) => report.added += 1,
                Ok(Taken::Updated) => report.updated += 1,
                Ok(Taken::Unchanged) => report.unchanged += 1,
                Err(why) => report.refused.push(RefusedLine { line: self.number, why }),
            }
        }
        Ok(report)
    }
}

impl Line<'_> {
    /// The cell of a column, without blanks around it; empty if the line is too short.
    pub fn cell(&self, column: &str) -> Result<&str, Refusal> {
        let cell = self.columns.get(column).and_then(|index| self.record.get(*index));
        let text = std::str::from_utf8(cell.unwrap_or_default()).map_err(|_| Refusal::NotUtf8)?;
        Ok(text.trim_matches(is_blank))
    }
}

/// What became of a good line.
pub(super) enum Taken {
    Added,
    Updated,
    Unchanged,
}
