//! Coming of age: calendar days of Asia/Shanghai.

use chrono::{Datelike as _, NaiveDate};
use suima_code::{Cause, Day, Limits, Policy};

use super::end_holding;
use crate::Error;
use crate::act::Act;

/// Born on this day or before it, written as the register writes birth dates, somebody is of `age` on `day`.
///
/// It need not be a day of the calendar: whoever was born on 29 February comes of age on 1 March in a common year.
fn born_until(day: Day, age: u32) -> String {
    let (year, month, day) = day.date();
    // Before the year 0 nobody was born.
    format!("{:04}-{month:02}-{day:02}", (year - i64::from(age)).max(0))
}

/// Whether somebody born on this day is not of age today, in Shanghai.
pub(crate) fn is_minor(act: &Act<'_>, limits: &Limits, birth_date: NaiveDate) -> bool {
    let birth_date =
        format!("{:04}-{:02}-{:02}", birth_date.year(), birth_date.month(), birth_date.day());
    birth_date > born_until(Day::of(act.now), limits.adult_age)
}

/// Ends what guardians hold of those who have come of age, and for whom the days that the policy leaves are over.
///
/// Everybody's at once, on the first act of the day: the guardian's phone may never ask again, and stations are to hear of
/// it all the same.
pub(crate) fn come_of_age(act: &Act<'_>, policy: &Policy) -> Result<(), Error> {
    let limits = policy.limits;
    let days = i64::from(limits.coming_of_age_days);
    let day = Day::of(act.now.plus(-86_400 * days));
    let born_until = born_until(day, limits.adult_age);
    let moved = act
        .db
        .prepare_cached("UPDATE come_of_age SET born_until = ?1 WHERE born_until <> ?1")?
        .execute([&born_until])?;
    if moved == 0 {
        return Ok(());
    }
    let numbers: Vec<u32> = act
        .db
        .prepare_cached(
            "SELECT number FROM holding JOIN person ON person.slot = holding.slot
             WHERE ended IS NULL AND relation IN ('child', 'ward') AND birth_date <= ?",
        )?
        .query_map([&born_until], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for number in numbers {
        end_holding(act, number, Cause::HoldingEnded)?;
    }
    Ok(())
}
