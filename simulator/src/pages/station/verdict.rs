//! What a post answered: a colour, a sign and a word first, then whom it is about, then why and what to do.

use maud::{Markup, html};
use suima_code::{Colour, Presented};
use suima_station::{
    Caution, Decision, Finding, Registered, Registration, Shown as ShownCode, Signal,
};

use super::super::layout::{both, moment, say, through};
use super::scan::Work;
use super::{Asked, next, seat};
use crate::post::{Outcome, Shown};
use crate::words::{Sentence, Tone, colour, colour_word, said};

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
    /// The health colour, shown or looked up.
    colour: Option<Colour>,
    /// Who was bound.
    done: Option<&'a Registered>,
    /// The place in the tube that it is about.
    seat: Option<u8>,
}

impl Verdict<'_> {
    fn new(signal: Signal, id: &'static str) -> Self {
        Self {
            signal,
            id,
            word: word(signal),
            said: None,
            reason: None,
            cautions: &[],
            shown: None,
            colour: None,
            done: None,
            seat: None,
        }
    }
}

/// Draws what stands on the screen of a post. A verdict that is given again is a new one: its number is another.
pub(super) fn draw(asked: &Asked, work: Work, shown: &Shown) -> Markup {
    let verdict = match shown.outcome.as_ref().filter(|outcome| is_of(outcome, work)) {
        None => return ready(shown.number),
        Some(Outcome::Said(tone, id, sentence)) => {
            return said_only(asked, shown.number, *tone, id, sentence);
        }
        Some(Outcome::Scan(view)) => {
            let shown = view.shown.as_ref();
            let colour = shown.and_then(|shown| shown.colour);
            match &view.decision {
                Decision::Accepted { cautions } => {
                    Verdict { cautions, shown, colour, ..Verdict::new(view.signal, "accepted") }
                }
                Decision::Refused { reason, said } => Verdict {
                    said: Some(said.clone()),
                    reason: Some(reason.id()),
                    shown,
                    colour,
                    ..Verdict::new(view.signal, "refused")
                },
            }
        }
        Some(Outcome::Door(_, view)) => {
            let (id, reason) = match &view.finding {
                Finding::Accepted => ("accepted", None),
                Finding::Refused { reason, .. } => ("refused", Some(reason.id())),
                Finding::NeedsIdCard => ("needs-id-card", None),
                Finding::Match { .. } => ("match", None),
                Finding::NoMatch => ("no-match", None),
                Finding::StatusUnknown { .. } => ("status-unknown", None),
            };
            Verdict {
                said: Some(view.said.clone()),
                reason,
                cautions: &view.cautions,
                shown: view.shown.as_ref(),
                colour: view.colour,
                ..Verdict::new(view.signal, id)
            }
        }
        Some(Outcome::Registration(registration)) => registered(registration),
    };
    judged(asked, shown.number, &verdict)
}

/// Whether an outcome is of this work: what is accepted at one place says nothing of another.
fn is_of(outcome: &Outcome, work: Work) -> bool {
    match outcome {
        Outcome::Scan(_) => work == Work::Look,
        Outcome::Door(place, _) => work == Work::from(*place),
        Outcome::Registration(_) => work == Work::Sampling,
        Outcome::Said(..) => true,
    }
}

fn registered(registration: &Registration) -> Verdict<'_> {
    let id = match registration {
        Registration::Registered(_) => "registered",
        Registration::Refused { .. } => "refused",
        Registration::MaybeTwice { .. } => "maybe-twice",
        Registration::AlreadyInTube { .. } => "already-in-tube",
        Registration::NoTube => "no-tube",
        Registration::TubeFull { .. } => "tube-full",
        Registration::TubeSealed { .. } => "tube-sealed",
    };
    let verdict =
        Verdict { said: Some(registration.said()), ..Verdict::new(registration.signal(), id) };
    match registration {
        Registration::Registered(done) => Verdict {
            word: said("已登记", "Registered"),
            cautions: &done.cautions,
            shown: done.shown.as_ref(),
            done: Some(done),
            seat: Some(done.seat),
            ..verdict
        },
        Registration::Refused { reason, shown } => {
            Verdict { reason: Some(reason.id()), shown: shown.as_ref(), ..verdict }
        }
        Registration::MaybeTwice { seat } | Registration::AlreadyInTube { seat } => {
            Verdict { word: not_registered(), seat: Some(*seat), ..verdict }
        }
        _ => Verdict { word: not_registered(), ..verdict },
    }
}

fn not_registered() -> Sentence {
    said("未登记", "Not registered")
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

fn judged(asked: &Asked, number: u64, verdict: &Verdict<'_>) -> Markup {
    let signal = signal_word(verdict.signal);
    html! {
        section #verdict.verdict.(signal) role="status" aria-live="assertive" data-number=(number) data-signal=(signal)
            data-verdict=(verdict.id) data-reason=[verdict.reason] data-seat=[verdict.seat]
            data-colour=[verdict.colour.map(colour_word)]
        {
            p.word { span.sign aria-hidden="true" { (sign(verdict.signal)) } " " (say(&verdict.word)) }
            (who(verdict))
            @if let Some(said) = &verdict.said { p.said { (say(said)) } }
            @for caution in verdict.cautions { p.caution data-caution=(caution_word(caution)) { (say(&caution.said())) } }
            @if let Some(shown) = verdict.shown {
                p.small.dates {
                    span { (both("签发", "Issued")) " " span #issued-at { (moment(shown.issued_at)) } } " "
                    // Of these people know the last day, as it stands on pictures and prints.
                    @if matches!(shown.presented, Presented::NucleicAcid | Presented::Paper) {
                        span { (both("有效至（含当日）", "Valid through")) " " span #until { (through(shown.until)) } }
                    } @else {
                        span { (both("有效至", "Until")) " " span #until { (moment(shown.until)) } }
                    }
                }
            }
            (next::step(asked, verdict.id))
        }
    }
}

/// Whom it is about, as staff compare people by eye, and what they showed.
fn who(verdict: &Verdict<'_>) -> Markup {
    let (name, year, presented) = match (verdict.shown, verdict.done) {
        (Some(shown), _) => (&shown.name, shown.birth_year, Some(shown.presented)),
        (None, Some(done)) => (&done.person.name, done.person.birth_year, done.person.presented),
        (None, None) => {
            return html! { @if let Some(colour) = verdict.colour { p.who { (colour_mark(colour)) } } };
        }
    };
    html! {
        p.who {
            b.masked { (name) }
            @if let Some(year) = year { " " span.year { (year) } }
            @if let Some(colour) = verdict.colour { " " (colour_mark(colour)) }
        }
        @if let Some(presented) = presented { p.presented { (say(&seat::presented(Some(presented)))) } }
    }
}

/// The three colours differ in sign and word as well.
fn colour_mark(of: Colour) -> Markup {
    let (word, sign, name) = colour(of);
    html! { span.colour.(word) { span.sign aria-hidden="true" { (sign) } " " (say(&name)) } }
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

fn said_only(asked: &Asked, number: u64, tone: Tone, id: &str, sentence: &Sentence) -> Markup {
    html! {
        section #verdict.verdict.note.(tone.word()) role="status" aria-live="assertive" data-number=(number) data-verdict=(id) {
            p.said { (say(sentence)) }
            (next::step(asked, id))
        }
    }
}
