//! The packed lines of a revocation list.
//!
//! Lines are ordered by number. Each is written, most significant bit first, as the gap to the number before
//! it in Rice code, its time above the earliest of the list in a fixed width, and its cause in a fixed width.
//! A flag array or a list of CBOR integers would be simpler; this one stays within 1.25 × the entropy of its
//! content for a city of 25 million (design section 9).

use crate::cbor::{Malformed, Reader, Writer};
use crate::{Cause, Line, LineNumber, UnixTime};

const CAUSE_BITS: u32 = 3;

#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    free: u32,
}

impl BitWriter {
    fn bit(&mut self, bit: bool) {
        if self.free == 0 {
            self.bytes.push(0);
            self.free = 8;
        }
        self.free -= 1;
        if bit {
            *self.bytes.last_mut().expect("a byte was pushed") |= 1 << self.free;
        }
    }

    fn bits(&mut self, value: u32, width: u32) {
        (0..width).rev().for_each(|shift| self.bit(value >> shift & 1 == 1));
    }
}

struct BitReader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl BitReader<'_> {
    fn bit(&mut self) -> Result<bool, Malformed> {
        let byte = self.bytes.get(self.position / 8).ok_or(Malformed)?;
        let bit = byte >> (7 - self.position % 8) & 1 == 1;
        self.position += 1;
        Ok(bit)
    }

    fn bits(&mut self, width: u32) -> Result<u32, Malformed> {
        (0..width).try_fold(0, |value, _| Ok(value << 1 | u32::from(self.bit()?)))
    }

    /// The rest of the last byte is zero and there is no further byte.
    fn end(&mut self) -> Result<(), Malformed> {
        while !self.position.is_multiple_of(8) {
            if self.bit()? {
                return Err(Malformed);
            }
        }
        if self.position / 8 == self.bytes.len() { Ok(()) } else { Err(Malformed) }
    }
}

fn width(value: u32) -> u32 {
    u32::BITS - value.leading_zeros()
}

/// Writes `[n, k, earliest, time width, bits]`; `lines` are in ascending order of number.
pub(crate) fn write(writer: &mut Writer, lines: &[(LineNumber, Line)]) {
    let earliest = lines.iter().map(|(_, line)| line.before).min().unwrap_or_default();
    let latest = lines.iter().map(|(_, line)| line.before).max().unwrap_or_default();
    let time_width = width(latest.get() - earliest.get());
    let highest = lines.last().map_or(0, |(number, _)| number.0);
    let mean_gap = u64::from(highest) / (lines.len() as u64).max(1);
    // The best Rice parameter for geometric gaps is near log2(mean × ln 2).
    let k = width(u32::try_from(mean_gap * 7 / 10).expect("not above a u32")).saturating_sub(1);
    let mut packed = BitWriter::default();
    let mut next = 0_u32;
    for (number, line) in lines {
        let gap = number.0 - next;
        (0..gap >> k).for_each(|_| packed.bit(true));
        packed.bit(false);
        packed.bits(gap, k);
        packed.bits(line.before.get() - earliest.get(), time_width);
        packed.bits(u32::from(line.cause.number()), CAUSE_BITS);
        next = number.0.saturating_add(1);
    }
    writer
        .array(5)
        .uint(lines.len() as u64)
        .uint(k)
        .uint(earliest.get())
        .uint(time_width)
        .bytes(&packed.bytes);
}

pub(crate) fn read(reader: &mut Reader) -> Result<Vec<(LineNumber, Line)>, Malformed> {
    reader.array(5)?;
    let count = reader.u32()?;
    let k = u32::from(reader.u8()?);
    let earliest = reader.u32()?;
    let time_width = u32::from(reader.u8()?);
    let mut packed = BitReader { bytes: reader.bytes()?, position: 0 };
    if k > 31 || time_width > 32 {
        return Err(Malformed);
    }
    let mut lines = Vec::new();
    let mut next = Some(0_u32);
    for _ in 0..count {
        let mut quotient = 0_u32;
        while packed.bit()? {
            quotient = quotient.checked_add(1).ok_or(Malformed)?;
        }
        let high = u64::from(quotient) << k;
        let gap = u32::try_from(high | u64::from(packed.bits(k)?)).map_err(|_| Malformed)?;
        let number = next.and_then(|next| next.checked_add(gap)).ok_or(Malformed)?;
        let before = earliest.checked_add(packed.bits(time_width)?).ok_or(Malformed)?;
        let cause = u8::try_from(packed.bits(CAUSE_BITS)?).map_err(|_| Malformed)?;
        let cause = Cause::from_number(cause).ok_or(Malformed)?;
        lines.push((LineNumber(number), Line { before: UnixTime::new(before), cause }));
        next = number.checked_add(1);
    }
    packed.end()?;
    Ok(lines)
}
