//! Calendar days of Asia/Shanghai, in which validity is counted (design, end of section 3).

use core::fmt;

use crate::UnixTime;

/// China has kept UTC+8 without summer time since 1992; codes do not reach further back.
const SHANGHAI_OFFSET: i64 = 8 * 3600;
const DAY: i64 = 86_400;

/// A calendar day of Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day in which `time` falls.
    pub fn of(time: UnixTime) -> Self {
        Self((i64::from(time.get()) + SHANGHAI_OFFSET).div_euclid(DAY))
    }

    /// The instant at which this day begins: the end of the day before.
    pub fn start(self) -> UnixTime {
        UnixTime::new(0).plus(self.0 * DAY - SHANGHAI_OFFSET)
    }

    /// The day `days` after this one.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0 + i64::from(days))
    }

    /// The day with this date in the Gregorian calendar, if there is one.
    pub fn from_date(year: u16, month: u8, day: u8) -> Option<Self> {
        let [year_of, month_of, day_of] = [year.into(), month.into(), i64::from(day)];
        let shifted = if month_of > 2 { year_of } else { year_of - 1 };
        let (era, year_of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let day_of_year = (153 * ((month_of + 9) % 12) + 2) / 5 + day_of - 1;
        let day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let found = Self(era * 146_097 + day_of_era - 719_468);
        // A day that no month has comes out as one of another month.
        ((1..=12).contains(&month) && found.date() == (year_of, month, day)).then_some(found)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31) in the Gregorian calendar.
    pub fn date(self) -> (i64, u8, u8) {
        // Days are counted from 0000-03-01, so that the leap day is the last of its year; eras of 400 years
        // are all alike.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let small = |n: i64| u8::try_from(n).expect("a month or a day of the month");
        (year, small(month), small(day))
    }
}

impl fmt::Display for Day {
    /// `2026-11-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The `exp` of a code that counts from `from` for `days` calendar days, the first of which is the day of
/// `from` (R1, R3): the end of its last day.
pub fn end_of_last_day(from: UnixTime, days: u32) -> UnixTime {
    Day::of(from).plus(days).start()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 09:00 in Shanghai.
    const MORNING: UnixTime = UnixTime::new(1_795_309_200);

    #[test]
    fn thirty_days_end_at_midnight_in_shanghai() {
        assert_eq!(Day::of(MORNING).to_string(), "2026-11-22");
        let end = end_of_last_day(MORNING, 30);
        assert_eq!(Day::of(end).to_string(), "2026-12-22");
        assert_eq!(Day::of(end.plus(-1)).to_string(), "2026-12-21");
        assert_eq!(end, Day::of(end).start());
    }

    #[test]
    fn a_day_begins_at_sixteen_hundred_utc() {
        assert_eq!(Day::of(UnixTime::new(57_599)).to_string(), "1970-01-01");
        assert_eq!(Day::of(UnixTime::new(57_600)).to_string(), "1970-01-02");
    }

    #[test]
    fn a_date_that_exists_is_found_and_no_other() {
        let (mut found, mut day) = (0, Day::from_date(1, 1, 1).expect("a day").0);
        for (year, month, of_month) in (1..=9999_u16).flat_map(|year| {
            (0..=13).flat_map(move |month| (0..=32).map(move |day| (year, month, day)))
        }) {
            if let Some(there) = Day::from_date(year, month, of_month) {
                assert_eq!(there, Day(day), "{year}-{month}-{of_month}");
                (found, day) = (found + 1, day + 1);
            }
        }
        assert_eq!(found, 3_652_059);
        assert_eq!(Day::from_date(1949, 12, 31).expect("a day").to_string(), "1949-12-31");
    }

    #[test]
    fn leap_days_are_counted() {
        let day = |seconds| Day::of(UnixTime::new(seconds)).to_string();
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_709_164_800), "2024-02-29");
        assert_eq!(day(1_740_787_200), "2025-03-01");
    }
}
