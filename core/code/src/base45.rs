//! Base45 (RFC 9285), strictly: one spelling for every sequence of bytes.
//!
//! The `base45` crate 3.2.0 takes `::` and other groups that overflow, so that one code has many spellings
//! (measured, see `docs/decisions/0002-own-parser.md`).

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const fn values() -> [u8; 256] {
    let mut table = [0xff; 256];
    let mut i = 0_u8;
    while i < 45 {
        table[ALPHABET[i as usize] as usize] = i;
        i += 1;
    }
    table
}
static VALUE: [u8; 256] = values();

fn value(character: u8) -> Option<u32> {
    let v = VALUE[usize::from(character)];
    (v < 45).then_some(u32::from(v))
}

/// Appends the Base45 of `bytes` to `out`.
pub(crate) fn encode(bytes: &[u8], out: &mut String) {
    let digit = |n: u32| char::from(ALPHABET[(n % 45) as usize]);
    for group in bytes.chunks(2) {
        if let [a, b] = *group {
            let n = u32::from(a) << 8 | u32::from(b);
            out.extend([digit(n), digit(n / 45), digit(n / 2025)]);
        } else {
            let n = u32::from(group[0]);
            out.extend([digit(n), digit(n / 45)]);
        }
    }
}

/// Decodes into `out` and returns the bytes written; `None` for a character outside the alphabet, a group
/// that overflows, a length no encoder makes, or more than `out` holds.
pub(crate) fn decode<'a>(text: &[u8], out: &'a mut [u8]) -> Option<&'a [u8]> {
    let mut length = 0;
    for group in text.chunks(3) {
        match *group {
            [a, b, c] => {
                let n = value(a)? + 45 * value(b)? + 2025 * value(c)?;
                let pair = u16::try_from(n).ok()?.to_be_bytes();
                out.get_mut(length..length + 2)?.copy_from_slice(&pair);
                length += 2;
            }
            [a, b] => {
                let n = value(a)? + 45 * value(b)?;
                *out.get_mut(length)? = u8::try_from(n).ok()?;
                length += 1;
            }
            _ => return None,
        }
    }
    Some(&out[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        encode(bytes, &mut text);
        text
    }

    #[test]
    fn examples_of_rfc_9285() {
        for (bytes, text) in [
            (&b"AB"[..], "BB8"),
            (b"Hello!!", "%69 VD92EX0"),
            (b"base-45", "UJCLQE7W581"),
            (b"ietf!", "QED8WEX0"),
        ] {
            assert_eq!(encoded(bytes), text);
            assert_eq!(decode(text.as_bytes(), &mut [0; 16]), Some(bytes));
        }
    }

    #[test]
    fn what_no_encoder_makes_is_refused() {
        for text in ["::", "V5", ":::", "GGW", "A", "ABCD", "ab8", "BB8\n", "BÜ8"] {
            assert_eq!(decode(text.as_bytes(), &mut [0; 16]), None, "{text}");
        }
        assert_eq!(decode(b"FGW", &mut [0; 16]), Some(&[0xff, 0xff][..]));
        assert_eq!(decode(b"BB8BB8", &mut [0; 3]), None, "more than the buffer holds");
    }

    #[test]
    fn every_pair_and_every_single_byte_round_trips() {
        for n in 0..=u16::MAX {
            let bytes = n.to_be_bytes();
            assert_eq!(decode(encoded(&bytes).as_bytes(), &mut [0; 2]), Some(&bytes[..]));
        }
        for n in 0..=u8::MAX {
            assert_eq!(decode(encoded(&[n]).as_bytes(), &mut [0; 2]), Some(&[n][..]));
        }
    }
}
