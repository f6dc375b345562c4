//! What a post answered: a colour, a sign and a word first, then whom it is about, then why and what to do.

use maud::{Markup, html};
use suima_station::{Caution, Decision, Finding, Registration, Shown as ShownCode, Signal};

use super::super::layout::{both, moment, say};
use crate::post::{Outcome, Shown};
use crate::words::{Sentence, Tone, said};

/// A verdict in a few words.
struct Verdict<'a> {
    signal: Signal,
    /// In a stable word, as in `tests/scenarios/README.md`.
    id: &'static str,
    word: Sentence,
    said: Option<Sentence>,
    reason: Option<&'static str>,
    cautions: &'a [Caution],
    shown: Option<&'a ShownCode>,
}

/// Draws what stands on the screen of a post. A verdict that is given again is a new one: its number is another.
pub(super) fn draw(shown: &Shown) -> Markup {
    let verdict = match &shown.outcome {
        None => return ready(shown.number),
        Some(Outcome::Said(tone, id, sentence)) => {
            return said_only(shown.number, *tone, id, sentence);
        }
        Some(Outcome::Scan(view)) => {
            let (id, said, reason, cautions) = match &view.decision {
                Decision::Accepted { cautions } => ("accepted", None, None, &cautions[..]),
                Decision::Refused { reason, said } => {
                    ("refused", Some(said.clone()), Some(reason.id()), &[][..])
                }
            };
            let word = word(view.signal);
            Verdict {
                signal: view.signal,
                id,
                word,
                said,
                reason,
                cautions,
                shown: view.shown.as_ref(),
            }
        }
        Some(Outcome::Door(view)) => {
            let (id, reason) = match &view.finding {
                Finding::Accepted => ("accepted", None),
                Finding::Refused { reason, .. } => ("refused", Some(reason.id())),
                Finding::NeedsIdCard => ("needs-id-card", None),
                Finding::Match { .. } => ("match", None),
                Finding::NoMatch => ("no-match", None),
                Finding::StatusUnknown { .. } => ("status-unknown", None),
            };
            let said = Some(view.said.clone());
            let (word, cautions, shown) =
                (word(view.signal), &view.cautions[..], view.shown.as_ref());
            Verdict { signal: view.signal, id, word, said, reason, cautions, shown }
        }
        Some(Outcome::Registration(registration)) => registered(registration),
    };
    judged(shown.number, &verdict)
}

fn registered(registration: &Registration) -> Verdict<'_> {
    let signal = registration.signal();
    let (id, word, reason, cautions, shown) = match registration {
        Registration::Registered(done) => {
            let word = said("已登记", "Registered");
            ("registered", word, None, &done.cautions[..], done.shown.as_ref())
        }
        Registration::Refused { reason, shown } => {
            ("refused", word(signal), Some(reason.id()), &[][..], shown.as_ref())
        }
        other => {
            let id = match other {
                Registration::MaybeTwice { .. } => "maybe-twice",
                Registration::AlreadyInTube { .. } => "already-in-tube",
                Registration::NoTube => "no-tube",
                Registration::TubeFull { .. } => "tube-full",
                _ => "tube-sealed",
            };
            (id, said("未登记", "Not registered"), None, &[][..], None)
        }
    };
    Verdict { signal, id, word, said: Some(registration.said()), reason, cautions, shown }
}

fn word(signal: Signal) -> Sentence {
    match signal {
        Signal::Admit => said("通过", "Accepted"),
        Signal::Refuse => said("拒绝", "Refused"),
        Signal::Attention => said("请核对", "Look closer"),
    }
}

/// As style sheets, sounds and tests call a signal.
fn signal_word(signal: Signal) -> &'static str {
    match signal {
        Signal::Admit => "admit",
        Signal::Refuse => "refuse",
        Signal::Attention => "attention",
    }
}

fn sign(signal: Signal) -> &'static str {
    match signal {
        Signal::Admit => "✓",
        Signal::Refuse => "✕",
        Signal::Attention => "!",
    }
}

fn judged(number: u64, verdict: &Verdict<'_>) -> Markup {
    let signal = signal_word(verdict.signal);
    html! {
        section #verdict.verdict.(signal) role="status" aria-live="assertive" data-number=(number) data-signal=(signal)
            data-verdict=(verdict.id) data-reason=[verdict.reason]
        {
            p.word { span.sign aria-hidden="true" { (sign(verdict.signal)) } " " (say(&verdict.word)) }
            @if let Some(shown) = verdict.shown {
                p.who {
                    b.masked { (shown.name) }
                    @if let Some(year) = shown.birth_year { " " span.year { (year) } }
                    @if let Some(colour) = shown.colour { " " span.colour { (say(&colour_word(colour))) } }
                }
            }
            @if let Some(said) = &verdict.said { p.said { (say(said)) } }
            @for caution in verdict.cautions { p.caution data-caution=(caution_word(caution)) { (say(&caution.said())) } }
            @if let Some(shown) = verdict.shown {
                p.small { (both("签发", "Issued")) " " (moment(shown.issued_at)) }
            }
        }
    }
}

fn colour_word(colour: suima_code::Colour) -> Sentence {
    match colour {
        suima_code::Colour::Green => said("绿码", "Green"),
        suima_code::Colour::Yellow => said("黄码", "Yellow"),
        suima_code::Colour::Red => said("红码", "Red"),
    }
}

fn caution_word(caution: &Caution) -> &'static str {
    match caution {
        Caution::KnowledgeOld { .. } => "knowledge-old",
        Caution::ValidityNotChecked => "validity-not-checked",
        Caution::CompareIdCard => "compare-id-card",
        Caution::AlsoInTube { .. } => "also-in-tube",
        Caution::MaybeTheSame { .. } => "maybe-the-same",
    }
}

fn ready(number: u64) -> Markup {
    html! {
        section #verdict.verdict.ready role="status" aria-live="assertive" data-number=(number) {
            p.word { (both("请扫码", "Scan a code")) }
        }
    }
}

fn said_only(number: u64, tone: Tone, id: &str, sentence: &Sentence) -> Markup {
    html! {
        section #verdict.verdict.note.(tone.word()) role="status" aria-live="assertive" data-number=(number) data-verdict=(id) {
            p.said { (say(sentence)) }
        }
    }
}
