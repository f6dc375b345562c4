//! A writer of CBOR that can also write what the format refuses.
//!
//! The library's own writer cannot make anything but the canonical form, so the malformed vectors, and with them
//! all the others, are put together here from items that are plain byte strings.

/// The head of an item, in its shortest form.
fn head(major: u8, argument: u64) -> Vec<u8> {
    let first = |info: u8| major << 5 | info;
    let wide = argument.to_be_bytes();
    let (info, from) = match argument {
        0..=23 => return vec![first(wide[7])],
        24..=0xff => (24, 7),
        0x100..=0xffff => (25, 6),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 0),
    };
    [&[first(info)], &wide[from..]].concat()
}

pub(crate) fn uint(value: impl Into<u64>) -> Vec<u8> {
    head(0, value.into())
}

pub(crate) fn int(value: i64) -> Vec<u8> {
    u64::try_from(value).map_or_else(|_| head(1, (-1 - value).unsigned_abs()), uint)
}

pub(crate) fn bytes(value: &[u8]) -> Vec<u8> {
    [head(2, value.len() as u64), value.to_vec()].concat()
}

pub(crate) fn text(value: &str) -> Vec<u8> {
    text_of_bytes(value.as_bytes())
}

/// Text that need not be UTF-8.
pub(crate) fn text_of_bytes(value: &[u8]) -> Vec<u8> {
    [head(3, value.len() as u64), value.to_vec()].concat()
}

pub(crate) fn array(items: &[Vec<u8>]) -> Vec<u8> {
    [head(4, items.len() as u64), items.concat()].concat()
}

/// A map with these pairs in this order, sound or not.
pub(crate) fn map(pairs: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let items: Vec<u8> =
        pairs.iter().flat_map(|(key, value)| [int(*key), value.clone()].concat()).collect();
    [head(5, pairs.len() as u64), items].concat()
}

pub(crate) const NULL: u8 = 0xf6;

pub(crate) fn null() -> Vec<u8> {
    vec![NULL]
}

pub(crate) fn boolean(value: bool) -> Vec<u8> {
    vec![if value { 0xf5 } else { 0xf4 }]
}

pub(crate) fn float(value: f64) -> Vec<u8> {
    [&[0xfb][..], &value.to_be_bytes()].concat()
}

pub(crate) fn tagged(tag: u64, item: &[u8]) -> Vec<u8> {
    [head(6, tag), item.to_vec()].concat()
}

/// A byte string or a text in one chunk of an indefinite length (RFC 8949 section 3.2.3).
pub(crate) fn chunked(item: &[u8]) -> Vec<u8> {
    [&[item[0] & 0xe0 | 0x1f], item, &[0xff]].concat()
}

/// An array or a map, the same but of indefinite length (RFC 8949 section 3.2.2).
pub(crate) fn endless(item: &[u8]) -> Vec<u8> {
    [&[item[0] & 0xe0 | 0x1f], &item[head_length(item[0])..], &[0xff]].concat()
}

fn head_length(first: u8) -> usize {
    match first & 0x1f {
        24 => 2,
        25 => 3,
        26 => 5,
        27 => 9,
        _ => 1,
    }
}

/// Where in `encoded` an item begins: everywhere that a head stands, in order. Nothing in byte strings is
/// looked into.
pub(crate) fn heads(encoded: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < encoded.len() {
        found.push(at);
        let first = encoded[at];
        let length = head_length(first);
        let content = if matches!(first >> 5, 2 | 3) {
            let argument = &encoded[at + 1..at + length];
            let wide = argument.iter().fold(0, |n, &byte| n << 8 | usize::from(byte));
            if length == 1 { usize::from(first & 0x1f) } else { wide }
        } else {
            0
        };
        at += length + content;
    }
    found
}

/// The same items, with the head at `at` one size longer than needed.
pub(crate) fn widened(encoded: &[u8], at: usize) -> Vec<u8> {
    let first = encoded[at];
    let length = head_length(first);
    let (info, argument) = match first & 0x1f {
        small @ 0..=23 => (24, vec![small]),
        info => {
            let padding = vec![0; length - 1];
            (info + 1, [&padding, &encoded[at + 1..at + length]].concat())
        }
    };
    [&encoded[..at], &[first & 0xe0 | info], &argument, &encoded[at + length..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widening_changes_the_head_and_nothing_else() {
        let item = array(&[uint(7_u8), uint(1_795_309_200_u32), bytes(&[1; 30]), text("王*明")]);
        assert_eq!(heads(&item), [0, 1, 2, 7, 39]);
        assert_eq!(widened(&item, 1)[..3], [0x84, 0x18, 7]);
        assert_eq!(widened(&item, 2)[2..7], [0x1b, 0, 0, 0, 0]);
        assert_eq!(widened(&item, 7)[7..11], [0x59, 0, 30, 1]);
        assert_eq!(widened(&item, 39).len(), item.len() + 1);
    }

    #[test]
    fn indefinite_lengths_keep_the_content() {
        assert_eq!(chunked(&bytes(&[1, 2])), [0x5f, 0x42, 1, 2, 0xff]);
        assert_eq!(endless(&map(&[(4, uint(1_u8))])), [0xbf, 4, 1, 0xff]);
        assert_eq!(endless(&array(&[uint(1_u8)])), [0x9f, 1, 0xff]);
    }
}
