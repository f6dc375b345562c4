//! The CBOR (RFC 8949) this format uses, read strictly and written canonically.
//!
//! The reader takes deterministic encoding (section 4.2.1) only: shortest heads, definite lengths, no tags,
//! no floating point. Map keys are read one by one in their fixed order, so a duplicate or a stranger
//! is refused where it stands.

/// The bytes were not the one canonical encoding of what was expected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

type Result<T> = core::result::Result<T, Malformed>;

const UINT: u8 = 0;
const NINT: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const NULL: u8 = 0xf6;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;

/// Reads one value after the other from a slice.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn head(&mut self) -> Result<(u8, u64)> {
        let first = self.take(1)?[0];
        let (major, info) = (first >> 5, first & 0x1f);
        let (argument, shortest) = match info {
            0..=23 => (u64::from(info), 0),
            24 => (u64::from(self.take(1)?[0]), 24),
            25 => {
                let bytes = self.take(2)?.try_into().expect("two bytes were taken");
                (u64::from(u16::from_be_bytes(bytes)), 1 << 8)
            }
            26 => {
                let bytes = self.take(4)?.try_into().expect("four bytes were taken");
                (u64::from(u32::from_be_bytes(bytes)), 1 << 16)
            }
            27 => {
                let bytes = self.take(8)?.try_into().expect("eight bytes were taken");
                (u64::from_be_bytes(bytes), 1 << 32)
            }
            _ => return Err(Malformed),
        };
        if argument < shortest { Err(Malformed) } else { Ok((major, argument)) }
    }

    fn expect(&mut self, major: u8) -> Result<u64> {
        match self.head()? {
            (found, argument) if found == major => Ok(argument),
            _ => Err(Malformed),
        }
    }

    pub(crate) fn uint(&mut self) -> Result<u64> {
        self.expect(UINT)
    }

    pub(crate) fn u32(&mut self) -> Result<u32> {
        u32::try_from(self.uint()?).map_err(|_| Malformed)
    }

    pub(crate) fn u8(&mut self) -> Result<u8> {
        u8::try_from(self.uint()?).map_err(|_| Malformed)
    }

    pub(crate) fn int(&mut self) -> Result<i64> {
        let (major, argument) = self.head()?;
        let magnitude = i64::try_from(argument).map_err(|_| Malformed)?;
        match major {
            UINT => Ok(magnitude),
            NINT => Ok(-1 - magnitude),
            _ => Err(Malformed),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.expect(BYTES)?;
        self.take(usize::try_from(length).map_err(|_| Malformed)?)
    }

    pub(crate) fn array_of<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.bytes()?.try_into().map_err(|_| Malformed)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str> {
        let length = self.expect(TEXT)?;
        let bytes = self.take(usize::try_from(length).map_err(|_| Malformed)?)?;
        core::str::from_utf8(bytes).map_err(|_| Malformed)
    }

    /// The head of an array; returns how many items follow. Never reserve by it.
    pub(crate) fn any_array(&mut self) -> Result<u64> {
        self.expect(ARRAY)
    }

    pub(crate) fn array(&mut self, items: u64) -> Result<()> {
        if self.any_array()? == items { Ok(()) } else { Err(Malformed) }
    }

    /// The head of a map; returns how many pairs follow. Never reserve by it.
    pub(crate) fn any_map(&mut self) -> Result<u64> {
        self.expect(MAP)
    }

    pub(crate) fn map(&mut self, pairs: u64) -> Result<()> {
        if self.any_map()? == pairs { Ok(()) } else { Err(Malformed) }
    }

    pub(crate) fn key(&mut self, key: i64) -> Result<()> {
        if self.int()? == key { Ok(()) } else { Err(Malformed) }
    }

    /// Takes `null`, if that is what comes next.
    pub(crate) fn null(&mut self) -> bool {
        self.simple(NULL)
    }

    pub(crate) fn bool(&mut self) -> Result<bool> {
        if self.simple(TRUE) {
            Ok(true)
        } else if self.simple(FALSE) {
            Ok(false)
        } else {
            Err(Malformed)
        }
    }

    fn simple(&mut self, byte: u8) -> bool {
        let found = self.rest.first() == Some(&byte);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    pub(crate) fn end(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

/// Writes one value after the other, each in its shortest form.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        let major = major << 5;
        let wide = argument.to_be_bytes();
        match argument {
            0..=23 => self.bytes.push(major | wide[7]),
            24..=0xff => self.bytes.extend([major | 0x18, wide[7]]),
            0x100..=0xffff => {
                self.bytes.push(major | 0x19);
                self.bytes.extend(&wide[6..]);
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 0x1a);
                self.bytes.extend(&wide[4..]);
            }
            _ => {
                self.bytes.push(major | 0x1b);
                self.bytes.extend(&wide);
            }
        }
        self
    }

    pub(crate) fn uint(&mut self, value: impl Into<u64>) -> &mut Self {
        self.head(UINT, value.into())
    }

    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        match u64::try_from(value) {
            Ok(value) => self.head(UINT, value),
            Err(_) => self.head(NINT, (-1 - value).unsigned_abs()),
        }
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.head(BYTES, value.len() as u64);
        self.bytes.extend(value);
        self
    }

    pub(crate) fn text(&mut self, value: &str) -> &mut Self {
        self.head(TEXT, value.len() as u64);
        self.bytes.extend(value.as_bytes());
        self
    }

    pub(crate) fn array(&mut self, items: u64) -> &mut Self {
        self.head(ARRAY, items)
    }

    pub(crate) fn map(&mut self, pairs: u64) -> &mut Self {
        self.head(MAP, pairs)
    }

    pub(crate) fn bool(&mut self, value: bool) -> &mut Self {
        self.bytes.push(if value { TRUE } else { FALSE });
        self
    }

    pub(crate) fn null(&mut self) -> &mut Self {
        self.bytes.push(NULL);
        self
    }

    /// Bytes that are CBOR already.
    pub(crate) fn raw(&mut self, encoded: &[u8]) -> &mut Self {
        self.bytes.extend(encoded);
        self
    }

    pub(crate) fn finish(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_heads_than_needed_are_refused() {
        for bytes in [
            &[0x18, 0x17][..],
            &[0x19, 0x00, 0xff],
            &[0x1a, 0x00, 0x00, 0xff, 0xff],
            &[0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert_eq!(Reader::new(bytes).uint(), Err(Malformed), "{bytes:02x?}");
        }
    }

    #[test]
    fn indefinite_lengths_and_chunks_are_refused() {
        assert_eq!(Reader::new(&[0x5f, 0x41, 0x01, 0xff]).bytes(), Err(Malformed));
        assert_eq!(Reader::new(&[0x9f, 0x01, 0xff]).any_array(), Err(Malformed));
        assert_eq!(Reader::new(&[0xbf, 0xff]).any_map(), Err(Malformed));
    }

    #[test]
    fn integers_round_trip_at_every_boundary() {
        for value in [0, 23, 24, 255, 256, 65_535, 65_536, 1 << 32, -1, -24, -25, -257, -65_537] {
            let bytes = Writer::new().int(value).finish();
            let mut reader = Reader::new(&bytes);
            assert_eq!(reader.int(), Ok(value));
            assert_eq!(reader.end(), Ok(()));
        }
    }

    #[test]
    fn a_length_beyond_the_input_is_refused() {
        assert_eq!(
            Reader::new(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).bytes(),
            Err(Malformed)
        );
        assert_eq!(Reader::new(&[]).uint(), Err(Malformed));
    }
}
