//! What every page has, and the pieces that several have.

use maud::{DOCTYPE, Markup, html};
use suima_code::UnixTime;
use suima_sentences::{last_day, minute};

use crate::clock::DAY;
use crate::town::Town;
use crate::words::{Sentence, Tone, ago, said};

/// A page.
pub(super) struct Layout {
    /// What it is, for its title and its first heading.
    pub heading: Sentence,
    /// Named in the body's class; its sheets and its scripts are loaded.
    pub kind: Kind,
    /// In which languages things are said.
    pub language: Language,
    /// Whether type is large and things are few.
    pub elder: bool,
    /// After how many milliseconds the page is to be drawn again of itself.
    pub redraw_ms: Option<u64>,
    /// How often something had changed before this was looked up: what changes later is drawn anew.
    pub changes: Option<u64>,
    /// The city's clock and the way to the start page, where there is a city.
    pub bar: Option<Markup>,
    /// Everything else.
    pub content: Markup,
}

/// Which sheets and scripts a page has beside those that all have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A phone.
    Phone,
    /// A sampling post, a gate or a door.
    Station,
    /// The start page.
    Town,
    /// The operator's pages.
    Operator,
}

impl Kind {
    /// Its sheets and its scripts.
    fn files(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Phone => (&["/phone.css"], &["/phone.js", "/drop.js"]),
            Self::Station => (
                &["/station.css", "/scan.css"],
                &["/scanner.js", "/camera.js", "/drop.js", "/sound.js"],
            ),
            Self::Town => (&["/town.css"], &[]),
            Self::Operator => (&["/operator.css"], &[]),
        }
    }
}

/// In which languages a page speaks. Chinese comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    /// Chinese, and English beside it.
    #[default]
    Both,
    /// Chinese alone.
    Chinese,
    /// English alone.
    English,
}

impl Language {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Both, Self::Chinese, Self::English].into_iter().find(|one| one.word() == word)
    }
}

impl Layout {
    /// A page of the city with nothing special.
    pub(super) fn plain(content: Markup) -> Self {
        Self {
            heading: said("随码", "Suima"),
            kind: Kind::Town,
            language: Language::Both,
            elder: false,
            redraw_ms: None,
            changes: None,
            bar: None,
            content,
        }
    }

    /// The whole document.
    pub(super) fn draw(&self) -> Markup {
        let kind = match self.kind {
            Kind::Phone => "phone",
            Kind::Station => "station",
            Kind::Town => "town",
            Kind::Operator => "operator",
        };
        let (sheets, scripts) = self.kind.files();
        let lang = if self.language == Language::English { "en" } else { "zh-Hans" };
        html! {
            (DOCTYPE)
            html lang=(lang) data-language=(self.language.word()) data-elder[self.elder] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.heading.zh) " · " (self.heading.en) " – 随码 Suima" }
                    link rel="icon" href="/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/base.css";
                    @for sheet in sheets { link rel="stylesheet" href=(sheet); }
                    script type="module" src="/live.js" {}
                    @for script in scripts { script type="module" src=(script) {} }
                }
                body.{ (kind) "-page" } data-redraw=[self.redraw_ms] data-changes=[self.changes] {
                    a.skip href="#content" { (both("跳到正文", "Skip to content")) }
                    p #lost role="alert" data-keep hidden {
                        (both("模拟器没有应答，请看终端。", "The simulator does not answer; see its terminal."))
                    }
                    @if let Some(bar) = &self.bar { (bar) }
                    main #content { (self.content) }
                }
            }
        }
    }
}

/// How far the city's clock can be moved at once: seconds, and what the button says.
const STEPS: [(u32, &str, &str); 4] = [
    (60, "+1分", "+1 min"),
    (3600, "+1时", "+1 h"),
    (DAY, "+1天", "+1 day"),
    (30 * DAY, "+30天", "+30 d"),
];

/// The bar on top of every page of the city: the way home, the city's time and the ways to move it.
pub(super) fn city_bar(town: &Town) -> Markup {
    let now = town.city.clock.now();
    html! {
        header.city {
            a.home href="/" { img src="/icon.svg" alt="" width="32" height="32"; span.name { (both("随码城", "Suima city")) } }
            p.clock { span.label { (both("城市时间", "City time")) } " " (moment(now)) }
            form.forward method="post" action="/forward" aria-label="拨快城市时间 Move the city's time forward" data-quiet {
                @for (seconds, zh, en) in STEPS {
                    button.quiet name="seconds" value=(seconds) { (both(zh, en)) }
                }
            }
        }
    }
}

/// A moment in Shanghai, to the minute; to the second for who reads the page by program (RFC 3339).
pub(super) fn moment(at: UnixTime) -> Markup {
    html! { time datetime=(exact(at)) { (minute(at)) } }
}

/// A moment's time of day in Shanghai, to the second.
pub(super) fn second(at: UnixTime) -> Markup {
    let minute = minute(at);
    let (_, clock) = minute.split_once(' ').unwrap_or_default();
    html! { time datetime=(exact(at)) { (clock) (format_args!(":{:02}", at.get() % 60)) } }
}

/// The last day of what ends at a moment.
pub(super) fn through(end: UnixTime) -> Markup {
    html! { time datetime=(exact(end)) { (last_day(end)) } }
}

fn exact(at: UnixTime) -> String {
    format!("{}:{:02}+08:00", minute(at).replace(' ', "T"), at.get() % 60)
}

/// A moment, and how long ago that was.
pub(super) fn moment_ago(at: UnixTime, now: UnixTime) -> Markup {
    html! { (moment(at)) " " span.ago { (say(&ago(at, now))) } }
}

/// Chinese, and English with it.
pub(super) fn both(zh: &str, en: &str) -> Markup {
    html! { span lang="zh-Hans" { (zh) } " " span lang="en" { (en) } }
}

/// A sentence in both languages.
pub(super) fn say(sentence: &Sentence) -> Markup {
    both(&sentence.zh, &sentence.en)
}

/// Something that must not be overlooked; `id` is a stable word for what it is.
pub(super) fn banner(tone: Tone, id: &str, sentence: &Sentence) -> Markup {
    html! { p.banner.(tone.word()) data-id=(id) { (say(sentence)) } }
}

/// A button that sends a form of its own.
pub(super) fn button(action: &str, class: &str, label: &Markup) -> Markup {
    html! { form method="post" action=(action) { button.(class) { (label) } } }
}

/// A link that looks like a button.
pub(super) fn link(to: &str, class: &str, label: &Markup) -> Markup {
    html! { a.button.(class) href=(to) { (label) } }
}
