//! Revocation: for every kind and number a line in time, before which everything is void (design section 4).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::{Deserialize, Serialize};

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::trust::PRIVATE;
use crate::{
    Algorithm, Head, HoldingNumber, KeyId, Reason, Sequences, Slot, StaticCode, StaticKind,
};
use crate::{Trust, UnixTime, rice};

/// What a line is about. Each kind has a list of its own, and nothing done to one touches another (R5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// Nucleic-acid codes, by slot.
    NucleicAcid,
    /// Paper codes, by slot.
    Paper,
    /// All live and relative codes of a person, by slot: drawn when their colour falls.
    Person,
    /// The live codes of one holding, by its number.
    Holding,
}

impl LineKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::NucleicAcid, Self::Paper, Self::Person, Self::Holding];

    /// Its number in a list: 1 to 4.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The kind with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

impl From<StaticKind> for LineKind {
    fn from(kind: StaticKind) -> Self {
        match kind {
            StaticKind::NucleicAcid => Self::NucleicAcid,
            StaticKind::Paper => Self::Paper,
        }
    }
}

/// A slot or the number of a holding, whichever the kind of line goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineNumber(pub u32);

impl From<Slot> for LineNumber {
    fn from(slot: Slot) -> Self {
        Self(slot.0)
    }
}

impl From<HoldingNumber> for LineNumber {
    fn from(holding: HoldingNumber) -> Self {
        Self(holding.0)
    }
}

/// Why a line was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A newer code was made.
    Replaced,
    /// Reported lost.
    ReportedLost,
    /// The holding was ended.
    HoldingEnded,
    /// The phone was replaced by another.
    DeviceReplaced,
    /// The health status changed.
    StatusChanged,
}

impl Cause {
    const ALL: [Self; 5] = [
        Self::Replaced,
        Self::ReportedLost,
        Self::HoldingEnded,
        Self::DeviceReplaced,
        Self::StatusChanged,
    ];

    /// Its number in a list: 0 to 4.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The cause with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    fn reason(self, at: UnixTime) -> Reason {
        match self {
            Self::Replaced => Reason::Replaced { at },
            Self::ReportedLost => Reason::ReportedLost { at },
            Self::HoldingEnded => Reason::HoldingEnded { at },
            Self::DeviceReplaced => Reason::DeviceReplaced { at },
            Self::StatusChanged => Reason::StatusChanged { at },
        }
    }
}

/// Everything issued before this time is void, for this cause. Lines compare by time, then cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Line {
    /// Void if and only if `iat < before`.
    pub before: UnixTime,
    /// Why.
    pub cause: Cause,
}

/// A revocation list or delta whose signature has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationList {
    /// What its lines are about.
    pub kind: LineKind,
    /// Its place among the lists of this kind.
    pub sequence: u32,
    /// `None` for a full list; for a delta the sequence from which it leads to its own.
    pub base: Option<u32>,
    /// When it was made.
    pub iat: UnixTime,
    /// The lines, by ascending number.
    pub lines: Vec<(LineNumber, Line)>,
}

impl RevocationList {
    /// Reads a list and checks that a key of `trust` signed it.
    pub fn parse(bytes: &[u8], trust: &Trust, now: UnixTime) -> Result<Self, Reason> {
        let sign1 = Sign1::parse(bytes)?;
        // A list can be long: it is unpacked only once its signature is known to be good.
        let mut reader = Reader::new(sign1.payload);
        reader.map(2)?;
        reader.key(6)?;
        let iat = UnixTime::new(reader.u32()?);
        trust.check(&sign1, Purpose::Revocations, iat, now)?;
        Ok(Self::read(reader, iat)?)
    }

    fn read(mut reader: Reader, iat: UnixTime) -> Result<Self, Malformed> {
        reader.key(PRIVATE)?;
        reader.array(4)?;
        let kind = LineKind::from_number(reader.u8()?).ok_or(Malformed)?;
        let sequence = reader.u32()?;
        let base = if reader.null() { None } else { Some(reader.u32()?) };
        let lines = rice::read(&mut reader)?;
        reader.end()?;
        if base.is_some_and(|base| base >= sequence) {
            return Err(Malformed);
        }
        Ok(Self { kind, sequence, base, iat, lines })
    }

    /// The list, for the key `kid` to sign. Its lines must be in ascending order of number.
    pub fn unsigned(&self, algorithm: Algorithm, kid: KeyId) -> Unsigned {
        let mut writer = Writer::new();
        writer.map(2).int(6).uint(self.iat.get()).int(PRIVATE).array(4);
        writer.uint(self.kind.number()).uint(self.sequence);
        match self.base {
            Some(base) => writer.uint(base),
            None => writer.null(),
        };
        rice::write(&mut writer, &self.lines);
        Unsigned::by_issuer(Purpose::Revocations, algorithm, kid, writer.finish())
    }
}

/// What applying a list did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The knowledge of this kind now reaches at least to the list's sequence.
    Current,
    /// The lines were taken in, but lists between the delta's base and what was known are missing.
    Gap,
}

/// What is known of revocations. It only ever grows: lines by maximum, sequences and times likewise, so lists
/// may come in any order and any number of times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revocations {
    lines: [BTreeMap<LineNumber, Line>; 4],
    sequences: Sequences,
    as_of: Option<UnixTime>,
}

impl Revocations {
    /// Nothing known.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was known before, from a store.
    pub fn restore(
        lines: impl IntoIterator<Item = (LineKind, LineNumber, Line)>,
        sequences: Sequences,
        as_of: Option<UnixTime>,
    ) -> Self {
        let mut known = Self { sequences, as_of, ..Self::default() };
        for (kind, number, line) in lines {
            known.raise(kind, number, line);
        }
        known
    }

    /// The line of `number`, if one is known.
    pub fn line(&self, kind: LineKind, number: LineNumber) -> Option<Line> {
        self.lines[kind as usize].get(&number).copied()
    }

    /// All lines of a kind, by ascending number.
    pub fn lines(&self, kind: LineKind) -> impl Iterator<Item = (LineNumber, Line)> {
        self.lines[kind as usize].iter().map(|(&number, &line)| (number, line))
    }

    /// The sequence reached in each list.
    pub fn sequences(&self) -> Sequences {
        self.sequences
    }

    /// The time of the last head whose lists were all known; `None` before the first.
    pub fn as_of(&self) -> Option<UnixTime> {
        self.as_of
    }

    /// Raises a line, never lowers it; whether that changed anything.
    pub fn raise(&mut self, kind: LineKind, number: LineNumber, line: Line) -> bool {
        match self.lines[kind as usize].entry(number) {
            Entry::Vacant(entry) => {
                entry.insert(line);
                true
            }
            Entry::Occupied(mut entry) => {
                let higher = line > *entry.get();
                if higher {
                    entry.insert(line);
                }
                higher
            }
        }
    }

    /// What a genuine static code teaches whoever sees it once its time has come: every older code of its
    /// kind and slot is void. `None` if nothing new.
    ///
    /// A code that says it was issued more than `window` seconds from now teaches nothing: whoever stole a key could
    /// draw lines far ahead by it, which would outlive the recall of the key.
    pub fn lesson(
        &self,
        code: &StaticCode,
        window: u32,
        now: UnixTime,
    ) -> Option<(LineKind, LineNumber, Line)> {
        let (kind, number) = (code.kind.into(), code.slot.into());
        let line = Line { before: code.iat, cause: Cause::Replaced };
        let come =
            code.nbf.is_none_or(|nbf| nbf <= now) && code.iat.since(now) <= i64::from(window);
        let new = self.line(kind, number).is_none_or(|known| known < line);
        (come && new).then_some((kind, number, line))
    }

    /// Takes in a list or a delta.
    pub fn apply(&mut self, list: &RevocationList) -> Applied {
        for &(number, line) in &list.lines {
            self.raise(list.kind, number, line);
        }
        let reached = &mut self.sequences.0[list.kind as usize];
        if list.base.is_some_and(|base| base > *reached) {
            return Applied::Gap;
        }
        *reached = (*reached).max(list.sequence);
        Applied::Current
    }

    /// Takes in a head: knowledge is as of its time, if every list it names is known. Whether it is.
    pub fn confirm(&mut self, head: &Head) -> bool {
        let known = self.sequences.reach(head.sequences);
        if known {
            self.as_of = self.as_of.max(Some(head.iat));
        }
        known
    }

    /// Why something issued at `iat` is void, if it is.
    pub fn void(&self, kind: LineKind, number: LineNumber, iat: UnixTime) -> Option<Reason> {
        let line = self.line(kind, number).filter(|line| iat < line.before)?;
        Some(line.cause.reason(line.before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MaskedName;

    const NOW: UnixTime = UnixTime::new(1_795_309_200);

    fn code(iat: UnixTime, nbf: Option<UnixTime>) -> StaticCode {
        let (kind, slot) = (StaticKind::NucleicAcid, Slot(7));
        let name = MaskedName::mask("王小明").expect("a name");
        StaticCode { kind, slot, name, birth_year: 1985, iat, nbf, exp: NOW.plus(86_400) }
    }

    #[test]
    fn a_code_teaches_once_its_time_has_come_and_never_of_the_future() {
        let mut known = Revocations::new();
        let lesson = |known: &Revocations, iat: i64, nbf: Option<i64>| {
            let code = code(NOW.plus(iat), nbf.map(|nbf| NOW.plus(nbf)));
            known.lesson(&code, 60, NOW).map(|(.., line)| line.before.since(NOW))
        };
        assert_eq!(lesson(&known, -100, None), Some(-100));
        assert_eq!(lesson(&known, -100, Some(0)), Some(-100));
        assert_eq!(lesson(&known, -100, Some(1)), None, "a successor voids nothing yet");
        assert_eq!(lesson(&known, 60, None), Some(60), "a clock may be off by the window");
        assert_eq!(lesson(&known, 61, None), None);
        let line = Line { before: NOW, cause: Cause::Replaced };
        assert!(known.raise(LineKind::NucleicAcid, LineNumber(7), line));
        assert_eq!(lesson(&known, -100, None), None, "nothing new");
        assert_eq!(lesson(&known, 0, None), None, "nothing new");
    }
}
