//! Times and spans as they stand in sentences.

use suima_code::{Day, UnixTime};

use crate::Sentence;

/// `2026-11-22 09:00`, in Shanghai.
pub fn minute(time: UnixTime) -> String {
    let day = Day::of(time);
    let seconds = time.since(day.start());
    format!("{day} {:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

/// `2026-11-22`, in Shanghai.
pub fn day(time: UnixTime) -> String {
    Day::of(time).to_string()
}

/// The last day of something that counts until `exp`.
pub fn last_day(exp: UnixTime) -> String {
    Day::of(exp.plus(-1)).to_string()
}

/// How long, in the largest unit of which there are at least two: nobody counts a day in seconds.
pub fn duration(seconds: u64) -> Sentence {
    let (n, zh, en) = match seconds {
        0..=119 => (seconds, "秒", "second"),
        120..=7199 => (seconds / 60, "分钟", "minute"),
        7200..=172_799 => (seconds / 3600, "小时", "hour"),
        _ => (seconds / 86_400, "天", "day"),
    };
    let plural = if n == 1 { "" } else { "s" };
    Sentence { zh: format!("{n}{zh}"), en: format!("{n} {en}{plural}") }
}
