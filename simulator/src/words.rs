//! What several pages say alike: tones, colours, conflicts, ages. What one page says itself stands in it; what is said of codes comes from
//! the core.

use suima_client::wire::Conflict;
use suima_code::{Colour, UnixTime};
pub use suima_sentences::Sentence;

/// Says something in both languages.
pub fn said(zh: impl Into<String>, en: impl Into<String>) -> Sentence {
    Sentence { zh: zh.into(), en: en.into() }
}

/// How something that is said looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Plain,
    /// Done, accepted.
    Good,
    /// Accepted with something to mind, or not done and easily mended.
    Caution,
    /// Refused, failed.
    Bad,
}

impl Tone {
    /// As style sheets and tests call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Caution => "caution",
            Self::Bad => "bad",
        }
    }
}

/// A health colour as style sheets and tests call it.
pub fn colour_word(colour: Colour) -> &'static str {
    self::colour(colour).0
}

/// A health colour: its word for sheets and tests, the sign that tells it apart without colour, and its name.
pub fn colour(colour: Colour) -> (&'static str, &'static str, Sentence) {
    match colour {
        Colour::Green => ("green", "●", said("绿码", "Green")),
        Colour::Yellow => ("yellow", "▲", said("黄码", "Yellow")),
        Colour::Red => ("red", "■", said("红码", "Red")),
    }
}

/// How registrations are at odds: the stable word for sheets and tests, and in both languages.
pub fn conflict(conflict: Conflict) -> (&'static str, Sentence) {
    match conflict {
        Conflict::SameIdOtherContent => {
            ("same-id-other-content", said("同一登记有两种内容", "One entry with two contents"))
        }
        Conflict::TubeOnTwoStations => {
            ("tube-on-two-stations", said("一管用于两台设备", "One tube on two stations"))
        }
        Conflict::PersonInTwoTubes => {
            ("person-in-two-tubes", said("一人在两管", "One person in two tubes"))
        }
        Conflict::PersonTwiceInTube => {
            ("person-twice-in-tube", said("一人在同管两次", "One person twice in a tube"))
        }
    }
}

/// How long ago something was.
pub fn ago(at: UnixTime, now: UnixTime) -> Sentence {
    let seconds = now.since(at);
    let (n, zh, en) = match seconds {
        ..60 => return said("1分钟内", "just now"),
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
    fn ages_are_said_in_the_unit_that_fits() {
        let now = UnixTime::new(1_795_309_200);
        for (seconds, zh) in [
            (-5, "1分钟内"),
            (59, "1分钟内"),
            (60, "1分钟前"),
            (7200, "2小时前"),
            (172_800, "2天前"),
        ] {
            assert_eq!(ago(now.plus(-seconds), now).zh, zh);
        }
    }
}
