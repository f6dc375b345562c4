//! Times as a reader of the files writes them: `2026-11-22 09:00:00` in Shanghai, `30d 2h`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use suima_code::{Day, UnixTime};

/// A moment, written as date and time of day in Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant(pub UnixTime);

/// A time span, written in days, hours, minutes and seconds: `1d 12h`, `90s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span(pub u32);

impl Instant {
    fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(' ')?;
        let [year, month, day] = numbers(date, '-')?;
        let [hour, minute, second] = numbers(time, ':')?;
        let day = Day::from_date(year, month.try_into().ok()?, day.try_into().ok()?)?;
        let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        Some(Self(day.start().plus(seconds)))
    }
}

/// Whether a text is a moment as the files write it.
pub fn is_moment(text: &str) -> bool {
    Instant::parse(text).is_some_and(|Instant(time)| written(time) == text)
}

/// A moment as the files write it.
pub fn written(time: UnixTime) -> String {
    let (year, month, day) = Day::of(time).date();
    let seconds = time.since(Day::of(time).start());
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

impl Span {
    fn parse(text: &str) -> Option<Self> {
        let mut sum = 0_u32;
        for part in text.split_ascii_whitespace() {
            let unit = match part.chars().last()? {
                'd' => 86_400,
                'h' => 3600,
                'm' => 60,
                's' => 1,
                _ => return None,
            };
            let number: u32 = part[..part.len() - 1].parse().ok()?;
            sum = sum.checked_add(number.checked_mul(unit)?)?;
        }
        (sum > 0).then_some(Self(sum))
    }
}

fn numbers(text: &str, separator: char) -> Option<[u16; 3]> {
    let parts = text.split(separator).map(str::parse);
    parts.collect::<Result<Vec<u16>, _>>().ok()?.try_into().ok()
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no moment")))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no time span")))
    }
}

#[cfg(test)]
mod tests {
    use suima_code::UnixTime;

    use super::{Instant, Span, written};

    #[test]
    fn a_moment_is_written_as_it_is_read() {
        let text = "2026-11-22 09:00:00";
        assert_eq!(Instant::parse(text), Some(Instant(UnixTime::new(1_795_309_200))));
        assert_eq!(written(UnixTime::new(1_795_309_200)), text);
        for wrong in ["2026-11-22", "2026-11-31 09:00:00", "2026-11-22 09:00", "today"] {
            assert_eq!(Instant::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_span_is_the_sum_of_its_parts() {
        assert_eq!(Span::parse("1d 2h 3m 4s"), Some(Span(93_784)));
        for wrong in ["", "0s", "5", "5w", "d"] {
            assert_eq!(Span::parse(wrong), None, "{wrong}");
        }
    }
}
