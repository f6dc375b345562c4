//! What every page has, and the pieces that several have.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use suima_client::wire::AskingPlace;
use suima_code::qr::{Drawing, Medium};
use suima_sentences::{Sentence, pages as say};

use super::{assets, base};

/// After how many seconds without a touch a terminal goes back to its first page. The desk itself lasts as long.
const IDLE: u32 = 60;

/// For how many of these the terminal warns.
const IDLE_WARNING: u32 = 15;

/// How far somebody has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// At the first page.
    First,
    /// Told that there is nothing to see.
    Outside,
    /// Waiting for a phone to log in.
    LoggingIn,
    /// Logged in.
    Inside,
    /// Waiting for a phone to agree.
    Confirming,
}

impl Stage {
    /// Whether there is something to leave.
    fn leaves(self) -> bool {
        matches!(self, Self::Inside | Self::Confirming)
    }

    /// Whether the page asks how far the phone is.
    fn waits(self) -> bool {
        matches!(self, Self::LoggingIn | Self::Confirming)
    }

    /// Whether a terminal goes back to its first page from here when nobody touches it.
    fn idles(self) -> bool {
        matches!(self, Self::Outside | Self::Inside)
    }
}

/// A page.
pub(super) struct Layout {
    pub place: AskingPlace,
    pub stage: Stage,
    pub heading: Sentence,
    pub content: Markup,
}

impl Layout {
    /// The whole document.
    pub(super) fn draw(&self) -> Markup {
        let base = base(self.place);
        let (class, name) = match self.place {
            AskingPlace::Portal => ("portal", say::portal()),
            AskingPlace::Terminal => ("terminal", say::terminal()),
        };
        let idles = self.place == AskingPlace::Terminal && self.stage.idles();
        html! {
            (DOCTYPE)
            html lang="zh-Hans" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.heading.zh) " · " (self.heading.en) " – " (name.zh) }
                    link rel="icon" href=(assets::ICON);
                    link rel="stylesheet" href=(assets::STYLE);
                    script src=(assets::SCRIPT) defer {}
                }
                body class=(class) data-poll=[self.stage.waits().then_some(base)] {
                    a.skip href="#content" { (both(&say::skip())) }
                    header {
                        div {
                            img src=(assets::ICON) alt="";
                            p { (both(&name)) }
                            @if self.stage.leaves() { (leave(base, None)) }
                        }
                    }
                    main #content {
                        h1 { (both(&self.heading)) }
                        (self.content)
                    }
                    footer { p { (both(&say::help_line())) } }
                    @if idles { (idle(base)) }
                }
            }
        }
    }
}

fn leave(base: &str, by_script: Option<&str>) -> Markup {
    html! {
        form method="post" action={ (base) "/leave" } data-leave=[by_script] {
            button { (both(&say::leave())) }
        }
    }
}

/// Asks whether anybody is there. The script opens it, and leaves in the end.
fn idle(base: &str) -> Markup {
    html! {
        dialog data-idle=(IDLE) data-warning=(IDLE_WARNING) data-touch={ (base) "/progress" } aria-labelledby="idle" {
            form method="dialog" {
                p.lead #idle { (counted(say::still_there, IDLE_WARNING)) }
                button.solid autofocus { (both(&say::stay())) }
            }
            (leave(base, Some("")))
        }
    }
}

/// Chinese, and English with it.
pub(super) fn both(sentence: &Sentence) -> Markup {
    html! {
        span lang="zh-Hans" { (unbroken(&sentence.zh)) }
        " "
        span lang="en" { (unbroken(&sentence.en)) }
    }
}

/// A text in which no line ends within a date or a serial.
fn unbroken(text: &str) -> Markup {
    let belongs = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let pieces = text.split_inclusive(|character| !belongs(character));
    html! {
        @for piece in pieces {
            @let (word, rest) = piece.split_at(piece.trim_end_matches(|end| !belongs(end)).len());
            @if word.contains('-') && word.starts_with(|first: char| !first.is_ascii_lowercase()) {
                span.whole { (word) } (rest)
            } @else {
                (piece)
            }
        }
    }
}

/// A sentence with a number that the script counts down.
pub(super) fn counted(sentence: fn(&char) -> Sentence, number: u32) -> Markup {
    // A character that no sentence has.
    const HERE: char = '\u{1f}';
    let sentence = sentence(&HERE);
    let part = |text: &str| {
        let (before, after) = text.split_once(HERE).unwrap_or((text, ""));
        html! { (before) b { (number) } (after) }
    };
    html! {
        span lang="zh-Hans" { (part(&sentence.zh)) }
        " "
        span lang="en" { (part(&sentence.en)) }
    }
}

/// How something that is said looks.
#[derive(Clone, Copy)]
pub(super) enum Tone {
    Plain,
    Good,
    Warn,
    Bad,
}

/// A sentence that must not be overlooked.
pub(super) fn said(tone: Tone, sentence: &Sentence) -> Markup {
    let tone = match tone {
        Tone::Plain => "",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    };
    html! { p.said.(tone) { (both(sentence)) } }
}

/// A link that looks like a button.
pub(super) fn link(class: &str, to: &str, label: &Sentence) -> Markup {
    html! { a.button.(class) href=(to) { (both(label)) } }
}

/// A QR code. Its text is of the issuer's own making; should it ever not fit, there is nothing to show.
pub(super) fn picture(text: &str, medium: Medium) -> Markup {
    let svg = Drawing::new(text, medium).map(|drawing| drawing.svg()).unwrap_or_default();
    PreEscaped(svg)
}

/// A refusal as a page of its own.
pub(super) fn refusal(place: AskingPlace, sentence: &Sentence) -> Markup {
    let content = html! {
        (said(Tone::Bad, sentence))
        div.acts { (link("solid", base(place), &say::go_on())) }
    };
    Layout { place, stage: Stage::Outside, heading: say::not_done(), content }.draw()
}
