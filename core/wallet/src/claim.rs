//! Claim-ahead: having a nucleic-acid code before anyone needs it (design, section 4).

use suima_code::UnixTime;

use crate::snapshot::Codes;

const DAY: i64 = 86_400;

/// Whether a phone claims now.
///
/// Whoever has no code, nor one to come, claims at once. A successor may be made in the last `ahead_days` of the current
/// code; each phone has its own moment in the first half of that time, by its `spread`, so that codes which were
/// made on one morning are not all renewed on another. The second half is left for phones that were offline.
pub(crate) fn is_due(codes: &Codes, ahead_days: u32, spread: u32, now: UnixTime) -> bool {
    let Some(end) = codes.end().filter(|&end| now < end) else {
        return true;
    };
    if codes.shown(now).is_none() {
        return true;
    }
    // No time is further from another than this, and the product below stays within 63 bits.
    let window = (i64::from(ahead_days) * DAY).min(i64::from(u32::MAX));
    let offset = window / 2 * i64::from(spread) / i64::from(u32::MAX);
    now >= end.plus(offset - window)
}

#[cfg(test)]
mod tests {
    use suima_client::wire::Made;

    use super::*;
    use crate::snapshot::Code;

    const START: UnixTime = UnixTime::new(1_795_309_200);

    fn code(nbf: Option<UnixTime>, exp: UnixTime) -> Code {
        let made = Made { iat: START, by: String::new(), by_this_device: true, voided: false };
        Code { text: String::new(), nbf, exp, made }
    }

    fn codes(current: Option<Code>, successor: Option<Code>) -> Codes {
        Codes { current, successor, revoked_before: None, history: Vec::new(), as_of: START }
    }

    fn days(days: i64) -> UnixTime {
        START.plus(days * DAY)
    }

    #[test]
    fn nobody_without_a_code_waits() {
        for spread in [0, u32::MAX] {
            assert!(is_due(&codes(None, None), 7, spread, START));
            let expired = codes(Some(code(None, days(30))), None);
            assert!(is_due(&expired, 7, spread, days(30)));
            assert!(!is_due(&expired, 7, spread, days(1)));
        }
    }

    #[test]
    fn the_moment_lies_in_the_first_half_of_the_window() {
        let one = codes(Some(code(None, days(30))), None);
        assert!(!is_due(&one, 7, 0, days(23).plus(-1)));
        assert!(is_due(&one, 7, 0, days(23)));
        assert!(!is_due(&one, 7, u32::MAX, days(26)));
        assert!(is_due(&one, 7, u32::MAX, days(26).plus(DAY / 2)));
        let middle = days(23).plus(7 * DAY / 4);
        assert!(!is_due(&one, 7, u32::MAX / 2, middle.plus(-2)));
        assert!(is_due(&one, 7, u32::MAX / 2, middle.plus(2)));
    }

    #[test]
    fn a_window_longer_than_all_time_is_open() {
        let one = codes(Some(code(None, days(30))), None);
        for spread in [0, 1, u32::MAX] {
            assert!(is_due(&one, u32::MAX, spread, START));
        }
    }

    #[test]
    fn with_a_successor_nothing_is_due_before_its_own_end_nears() {
        let both = codes(Some(code(None, days(30))), Some(code(Some(days(30)), days(60))));
        for now in [days(24), days(29), days(30), days(52)] {
            assert!(!is_due(&both, 7, 0, now));
        }
        assert!(is_due(&both, 7, 0, days(53)));
    }
}
