//! The few words that the simulator says itself; what is said of codes comes from the core.

use serde::Serialize;
use suima_code::UnixTime;
use suima_sentences::minute;

/// One thing said in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Says something in both languages.
pub fn said(zh: impl Into<String>, en: impl Into<String>) -> Said {
    Said { zh: zh.into(), en: en.into() }
}

impl From<suima_station::Sentence> for Said {
    fn from(from: suima_station::Sentence) -> Self {
        said(from.zh, from.en)
    }
}

/// How something that is said looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Done, accepted.
    Good,
    /// Accepted with something to mind, or not done and easily mended.
    Caution,
    /// Refused, failed.
    Bad,
}

/// `11-22 09:02`, in Shanghai: without the year, for what lies within some days.
pub fn short_minute(time: UnixTime) -> String {
    minute(time).split_off(5)
}

/// How long ago something was.
pub fn ago(seconds: i64) -> Said {
    let (n, zh, en) = match seconds {
        ..60 => return said("刚刚", "just now"),
        60..3600 => (seconds / 60, "分钟", "min"),
        3600..172_800 => (seconds / 3600, "小时", "h"),
        _ => (seconds / 86_400, "天", "days"),
    };
    said(format!("{n}{zh}前"), format!("{n} {en} ago"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_shanghai() {
        let morning = UnixTime::new(1_795_309_200);
        assert_eq!(minute(morning), "2026-11-22 09:00");
        assert_eq!(short_minute(morning), "11-22 09:00");
    }

    #[test]
    fn ages_are_said_in_the_unit_that_fits() {
        for (seconds, zh) in
            [(-5, "刚刚"), (59, "刚刚"), (60, "1分钟前"), (7200, "2小时前"), (172_800, "2天前")]
        {
            assert_eq!(ago(seconds).zh, zh);
        }
    }
}
