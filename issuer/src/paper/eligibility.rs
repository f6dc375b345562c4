//! R3, by calendar days of Asia/Shanghai.

use chrono::{Datelike as _, NaiveDate};
use suima_client::wire::Eligibility;
use suima_code::{Day, Limits};

/// The bit of the holders of the city's disability certificate.
const DISABILITY: u32 = 1;

/// Whether somebody born on `birth_date`, in these `groups` of the register, may have a paper code on `today`.
pub(super) fn of(limits: &Limits, today: Day, birth_date: NaiveDate, groups: u32) -> Eligibility {
    if today < birthday(birth_date, limits.paper_under_age) {
        return Eligibility::Minor;
    }
    let senior = birthday(birth_date, limits.senior_age);
    if today >= senior {
        return Eligibility::Senior;
    }
    match groups & limits.paper_groups {
        0 => Eligibility::NotEligible { from: senior.start() },
        known if known & DISABILITY != 0 => Eligibility::Disability,
        known => {
            let number = u8::try_from(known.trailing_zeros() + 1).expect("at most 32");
            Eligibility::Group { number }
        }
    }
}

/// The day on which somebody is `age` years old. Whoever was born on 29 February is so on 1 March of a common year.
fn birthday(birth_date: NaiveDate, age: u32) -> Day {
    let year = i64::from(birth_date.year()) + i64::from(age);
    // The calendar of codes ends with the year 9999, long after which anybody would be so old.
    let year = u16::try_from(year.clamp(1, 9999)).expect("clamped");
    let month = u8::try_from(birth_date.month()).expect("a month");
    let day = u8::try_from(birth_date.day()).expect("a day of the month");
    Day::from_date(year, month, day)
        .or_else(|| Day::from_date(year, 3, 1))
        .expect("only 29 February is not in every year")
}

#[cfg(test)]
mod tests {
    use suima_code::UnixTime;

    use super::*;

    fn on(today: (u16, u8, u8), born: (i32, u32, u32), groups: u32) -> Eligibility {
        let today = Day::from_date(today.0, today.1, today.2).unwrap();
        let born = NaiveDate::from_ymd_opt(born.0, born.1, born.2).unwrap();
        of(&Limits::default(), today, born, groups)
    }

    #[test]
    fn ages_change_on_the_birthday_itself() {
        assert_eq!(on((2026, 11, 21), (2008, 11, 22), 0), Eligibility::Minor);
        let from = Day::from_date(2068, 11, 22).unwrap().start();
        assert_eq!(on((2026, 11, 22), (2008, 11, 22), 0), Eligibility::NotEligible { from });
        let from = Day::from_date(2026, 11, 22).unwrap().start();
        assert_eq!(on((2026, 11, 21), (1966, 11, 22), 0), Eligibility::NotEligible { from });
        assert_eq!(on((2026, 11, 22), (1966, 11, 22), 0), Eligibility::Senior);
    }

    #[test]
    fn the_leap_day_has_its_birthday_on_the_first_of_march() {
        assert_eq!(on((2026, 2, 28), (2008, 2, 29), 0), Eligibility::Minor);
        let from = Day::from_date(2068, 2, 29).unwrap().start();
        assert_eq!(on((2026, 3, 1), (2008, 2, 29), 0), Eligibility::NotEligible { from });
    }

    #[test]
    fn only_groups_that_the_policy_names_count() {
        let limits = Limits { paper_groups: 0b101, ..Limits::default() };
        let today = Day::of(UnixTime::new(1_795_309_200));
        let born = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
        assert_eq!(of(&limits, today, born, 0b101), Eligibility::Disability);
        assert_eq!(of(&limits, today, born, 0b100), Eligibility::Group { number: 3 });
        let refused = of(&limits, today, born, 0b010);
        assert!(matches!(refused, Eligibility::NotEligible { .. }), "{refused:?}");
    }
}
