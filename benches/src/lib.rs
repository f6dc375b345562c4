//! Measurements, each as a ratio to a floor in the same run (design section 9).
//!
//! What is measured and its floor take turns, round by round, so that both see the same machine; the ratio is
//! the median of the rounds' ratios. A benchmark library that times the two one after the other was off by
//! more than the margins of section 9 on a shared machine.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often things are done.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Rounds, each of which gives one ratio.
    pub rounds: usize,
    /// Repetitions within a round, on each side.
    pub repetitions: u32,
}

/// What came out.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Median time of one repetition of what was measured.
    pub subject: Duration,
    /// Median time of one repetition of the floor.
    pub floor: Duration,
    /// Median of the rounds' ratios.
    pub ratio: f64,
    /// The quarter below and above which the middle half of the ratios lies.
    pub quartiles: (f64, f64),
}

/// The mean time of `repetitions` of `act`.
fn time<T>(repetitions: u32, mut act: impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..repetitions {
        black_box(act());
    }
    start.elapsed() / repetitions
}

/// Times `act` once.
pub fn stopwatch<T>(act: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = black_box(act());
    (start.elapsed(), answer)
}

/// Times `subject` against `floor`, turn by turn, after one round that does not count.
pub fn compare<S, F>(
    effort: Effort,
    mut subject: impl FnMut() -> S,
    mut floor: impl FnMut() -> F,
) -> Measured {
    compare_rounds(
        effort.rounds,
        || time(effort.repetitions, &mut subject),
        || time(effort.repetitions, &mut floor),
    )
}

/// The same for what has to be prepared: both sides time themselves and say how long one repetition took.
pub fn compare_rounds(
    rounds: usize,
    mut subject: impl FnMut() -> Duration,
    mut floor: impl FnMut() -> Duration,
) -> Measured {
    // Each goes first in every other round: whatever the one leaves in the caches and the clock of the processor, the
    // other leaves too.
    let mut round = |number: usize| {
        if number.is_multiple_of(2) {
            let subject = subject();
            (subject, floor())
        } else {
            let floor = floor();
            (subject(), floor)
        }
    };
    let mut rounds: Vec<(Duration, Duration)> = (0..=rounds).map(&mut round).collect();
    rounds.remove(0);
    let mut ratios: Vec<f64> =
        rounds.iter().map(|(subject, floor)| subject.as_secs_f64() / floor.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let at = |quarter: usize| ratios[(ratios.len() - 1) * quarter / 4];
    let median = |side: fn(&(Duration, Duration)) -> Duration| {
        let mut times: Vec<Duration> = rounds.iter().map(side).collect();
        times.sort();
        times[times.len() / 2]
    };
    Measured {
        subject: median(|round| round.0),
        floor: median(|round| round.1),
        ratio: at(2),
        quartiles: (at(1), at(3)),
    }
}

/// Prints the heading of the table in `docs/performance.md`.
pub fn heading() {
    println!("| what | against | time | floor | ratio (middle half) | reach |");
    println!("| --- | --- | --- | --- | --- | --- |");
}

/// Prints one row of the table in `docs/performance.md`.
pub fn report(what: &str, against: &str, reach: f64, measured: Measured) {
    let microseconds = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "| {what} | {against} | {:.1} µs | {:.1} µs | {:.2} ({:.2} to {:.2}) | ≤ {reach:.2} |",
        microseconds(measured.subject),
        microseconds(measured.floor),
        measured.ratio,
        measured.quartiles.0,
        measured.quartiles.1,
    );
}
