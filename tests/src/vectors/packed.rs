//! The packed lines of a revocation list, by `docs/format.md` section 7, sound or not.

use super::cbor;

/// Lines and how they are packed.
#[derive(Clone)]
pub(crate) struct Packed {
    pub(crate) count: u64,
    pub(crate) k: u32,
    pub(crate) earliest: u32,
    pub(crate) width: u32,
    pub(crate) bits: Vec<bool>,
}

/// Number, before, cause.
pub(crate) type Line = (u32, u32, u32);

impl Packed {
    /// Nothing packed yet.
    pub(crate) fn new(k: u32, earliest: u32, width: u32) -> Self {
        Self { count: 0, k, earliest, width, bits: Vec::new() }
    }

    /// These lines, in ascending order of number.
    pub(crate) fn of(k: u32, earliest: u32, width: u32, lines: &[Line]) -> Self {
        let mut next = 0;
        lines.iter().fold(Self::new(k, earliest, width), |packed, &(number, before, cause)| {
            let gap = u64::from(number) - next;
            next = u64::from(number) + 1;
            packed.line(gap, u64::from(before - earliest), cause)
        })
    }

    /// One line more, by what is written of it.
    pub(crate) fn line(mut self, gap: u64, time: u64, cause: u32) -> Self {
        self.count += 1;
        self.bits.extend((0..gap >> self.k).map(|_| true));
        self.bits.push(false);
        self.bits.extend(low(gap, self.k));
        self.bits.extend(low(time, self.width));
        self.bits.extend(low(u64::from(cause), 3));
        self
    }

    /// The bits in bytes, the rest of the last one zero.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let byte = |bits: &[bool]| {
            (0..8).fold(0, |byte, at| byte << 1 | u8::from(bits.get(at) == Some(&true)))
        };
        self.bits.chunks(8).map(byte).collect()
    }

    /// Count, k, earliest, width and bits.
    pub(crate) fn items(&self) -> [Vec<u8>; 5] {
        [
            cbor::uint(self.count),
            cbor::uint(self.k),
            cbor::uint(self.earliest),
            cbor::uint(self.width),
            cbor::bytes(&self.bytes()),
        ]
    }

    /// As an item of the list.
    pub(crate) fn item(&self) -> Vec<u8> {
        cbor::array(&self.items())
    }

    /// With these bytes for the bits.
    pub(crate) fn item_with(&self, bits: &[u8]) -> Vec<u8> {
        let [count, k, earliest, width, _] = self.items();
        cbor::array(&[count, k, earliest, width, cbor::bytes(bits)])
    }
}

/// The low `width` bits, most significant first.
fn low(value: u64, width: u32) -> impl Iterator<Item = bool> {
    (0..width).rev().map(move |shift| value >> shift & 1 == 1)
}
