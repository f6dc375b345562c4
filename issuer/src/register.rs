//! The register, taken in from CSV files: people, and who is whose parent or guardian.
//!
//! Every line is judged by itself. The good ones are taken in, the others are reported with their number and why. A person
//! who is there already is brought up to date.

mod kinship;
mod report;

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read};

use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder};
use suima_code::{Colour, Day, MaskedName, Slot, is_blank};

pub use self::report::{ImportReport, Refusal, RefusedLine};
use crate::act::{Act, colour_of, colour_word};
use crate::{Error, IdNumber, Issuer, people};

/// Slots are drawn from these: four times as many as the largest city needs.
const SLOTS: std::ops::RangeInclusive<u32> = 1..=99_999_999;

/// The longest name, in bytes of UTF-8.
const LONGEST_NAME: usize = 200;

impl Issuer {
    /// Takes in people from a CSV file with the columns `id_number,name,birth_date` and, if wished, `colour`.
    pub fn import_register(&self, csv: impl Read) -> Result<ImportReport, Error> {
        self.0.act(|act| import(act, csv))
    }

    /// Takes in parents and guardians from a CSV file with the columns `guardian_id_number`, `child_id_number` and
    /// `relation` (`parent` or `guardian`). Both people must be in the register.
    pub fn import_kinship(&self, csv: impl Read) -> Result<ImportReport, Error> {
        self.0.act(|act| kinship::import(act, csv))
    }
}

/// A CSV file with a line that names its columns.
///
/// One record is one line: a name has no line breaks, and so a stray quotation mark spoils its own line only, and the
/// numbers that are reported are those that an editor shows.
struct Table<R> {
    lines: BufReader<R>,
    number: u64,
    columns: HashMap<String, usize>,
}

/// A line of it: its number, and its cells by column.
struct Line<'a> {
    number: u64,
    record: ByteRecord,
    columns: &'a HashMap<String, usize>,
}

impl<R: Read> Table<R> {
    fn open(csv: R, required: &[&str], expected: &'static str) -> Result<Self, Error> {
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
    fn each(
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
    fn cell(&self, column: &str) -> Result<&str, Refusal> {
        let cell = self.columns.get(column).and_then(|index| self.record.get(*index));
        let text = std::str::from_utf8(cell.unwrap_or_default()).map_err(|_| Refusal::NotUtf8)?;
        Ok(text.trim_matches(is_blank))
    }
}

/// What became of a good line.
enum Taken {
    Added,
    Updated,
    Unchanged,
}

/// A good line.
struct Entry {
    id_number: IdNumber,
    name: String,
    colour: Option<Colour>,
}

fn import(act: &Act<'_>, csv: impl Read) -> Result<ImportReport, Error> {
    let required = ["id_number", "name", "birth_date"];
    let mut table = Table::open(csv, &required, "id_number,name,birth_date[,colour]")?;
    let today = today(act)?;
    let mut seen: HashMap<IdNumber, u64> = HashMap::new();
    table.each(|line| {
        let entry = match read(line, today) {
            Ok(entry) => entry,
            Err(why) => return Ok(Err(why)),
        };
        if let Some(first) = seen.get(&entry.id_number) {
            return Ok(Err(Refusal::Duplicate { first: *first }));
        }
        seen.insert(entry.id_number.clone(), line.number);
        take(act, &entry).map(Ok)
    })
}

fn today(act: &Act<'_>) -> Result<NaiveDate, Error> {
    Day::of(act.now).to_string().parse().map_err(|_| Error::Corrupt("date"))
}

fn read(line: &Line<'_>, today: NaiveDate) -> Result<Entry, Refusal> {
    let id_number = IdNumber::parse(line.cell("id_number")?).map_err(Refusal::IdNumber)?;
    let birth_date: NaiveDate =
        line.cell("birth_date")?.parse().map_err(|_| Refusal::BirthDateUnreadable)?;
    if birth_date.to_string() != id_number.birth_date().to_string() {
        return Err(Refusal::BirthDateDisagrees);
    }
    if birth_date > today {
        return Err(Refusal::BirthDateInFuture);
    }
    let name = line.cell("name")?;
    if name.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Refusal::NameLost);
    }
    if name.len() > LONGEST_NAME || MaskedName::mask(name).is_err() {
        return Err(Refusal::Name);
    }
    let colour = match line.cell("colour")? {
        "" => None,
        word => Some(colour_of(&word.to_lowercase()).ok_or(Refusal::Colour)?),
    };
    Ok(Entry { id_number, name: name.to_owned(), colour })
}

fn take(act: &Act<'_>, entry: &Entry) -> Result<Taken, Error> {
    let Some(slot) = people::slot_of(act, &entry.id_number)? else {
        add(act, entry)?;
        return Ok(Taken::Added);
    };
    let known = people::named(act, slot)?;
    let mut taken = Taken::Unchanged;
    if known.name != entry.name {
        act.db
            .prepare_cached("UPDATE person SET name = ? WHERE slot = ?")?
            .execute((&entry.name, slot.0))?;
        taken = Taken::Updated;
    }
    if let Some(colour) = entry.colour.filter(|colour| *colour != known.colour) {
        people::set_colour(act, slot, colour)?;
        taken = Taken::Updated;
    }
    Ok(taken)
}

fn add(act: &Act<'_>, entry: &Entry) -> Result<(), Error> {
    let birth_date = entry.id_number.birth_date().to_string();
    let colour = colour_word(entry.colour.unwrap_or(Colour::Green));
    loop {
        let slot = draw_slot(act)?;
        let made = act
            .db
            .prepare_cached(
                "INSERT INTO person (slot, id_number, name, birth_date, colour, colour_at)
                 VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (slot) DO NOTHING",
            )?
            .execute((
                slot.0,
                entry.id_number.as_str(),
                &entry.name,
                &birth_date,
                colour,
                act.now.get(),
            ))?;
        if made == 1 {
            return Ok(());
        }
    }
}

/// A number from [`SLOTS`], all equally likely.
fn draw_slot(act: &Act<'_>) -> Result<Slot, Error> {
    let mask = SLOTS.end().next_power_of_two() - 1;
    loop {
        let drawn = u32::from_be_bytes(act.random()?) & mask;
        if SLOTS.contains(&drawn) {
            return Ok(Slot(drawn));
        }
    }
}
