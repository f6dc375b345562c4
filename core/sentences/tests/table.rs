//! Every sentence in the table is short, says the same in both languages, and leaves nobody without a next step (R8).

use std::collections::BTreeSet;

use suima_sentences::{Kind, Row, TABLE};

/// The longest Chinese sentence, in full-width characters: what a person takes in at a glance.
const LONGEST: usize = 40;

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().copied().flatten()
}

/// The names in braces.
fn parts(template: &str) -> BTreeSet<&str> {
    template
        .split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').expect("a brace that opens is closed").0)
        .collect()
}

/// The width of a Chinese sentence, in full-width characters: digits, Latin letters, blanks and half-width marks take
/// half a place. What varies is counted as wide as it ordinarily is: a time to the minute is 16 half places
/// (`2026-11-22 09:00`), a day 10, and whatever else (a name, a number, a span, a word) as a name of three characters.
fn width(template: &str) -> usize {
    let mut halves = 0_usize;
    for (number, piece) in template.split(['{', '}']).enumerate() {
        halves += match (number % 2, piece) {
            (1, "at" | "from" | "until" | "since" | "as_of" | "expires") => 16,
            (1, "day" | "last_day") => 10,
            (1, _) => 6,
            _ => piece.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
        };
    }
    halves.div_ceil(2)
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '。' | '？');
    let chinese = text.split_inclusive(ends);
    chinese.flat_map(|part| part.split_inclusive(". ")).map(str::trim).collect()
}

/// How a next step begins in Chinese: with "please", or with what one need not do.
const STEPS: [&str; 2] = ["请", "不必"];

/// How a next step begins in English: with a verb that tells what to do, or with what one need not do. Whoever adds a
/// word here has looked whether it begins a step that the reader can take.
const ENGLISH_STEPS: [&str; 30] = [
    "Ask",
    "Call",
    "Check",
    "Choose",
    "Close",
    "Compare",
    "Count",
    "End",
    "Enrol",
    "Enter",
    "Get",
    "Go",
    "Have",
    "Keep",
    "Look",
    "Make",
    "No need",
    "Nothing more to do",
    "Open",
    "Refresh",
    "Report",
    "Scan",
    "Seal",
    "Show",
    "Start",
    "Take",
    "Try",
    "Update",
    "Use",
    "Wait",
];

#[test]
fn every_name_is_there_once_in_each_part_and_the_parts_are_not_empty() {
    for part in TABLE {
        assert!(!part.is_empty());
        let names: BTreeSet<&str> = part.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), part.len());
    }
}

#[test]
fn no_two_sentences_are_the_same() {
    for language in [|row: &'static Row| row.zh, |row: &'static Row| row.en] {
        let mut seen = BTreeSet::new();
        for row in rows() {
            // A word may stand in several sentences.
            assert!(row.kind == Kind::Word || seen.insert(language(row)), "{}", row.name);
        }
    }
}

#[test]
fn no_chinese_sentence_is_longer_than_forty_characters() {
    for row in rows() {
        assert!(width(row.zh) <= LONGEST, "{}: {} ({})", row.name, row.zh, width(row.zh));
    }
}

#[test]
fn both_languages_are_there_and_name_the_same_things() {
    for row in rows() {
        let chinese = row.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(chinese || row.zh == row.en, "{}: {}", row.name, row.zh);
        assert!(row.en.is_ascii() && !row.en.trim().is_empty(), "{}: {}", row.name, row.en);
        assert_eq!(parts(row.zh), parts(row.en), "{}", row.name);
    }
}

#[test]
fn chinese_has_the_marks_of_chinese() {
    for row in rows().filter(|row| row.zh != row.en) {
        let mark = row.zh.chars().find(|c| matches!(c, ',' | ':' | ';' | '?' | '!' | '(' | ')'));
        assert_eq!(mark, None, "{}: {}", row.name, row.zh);
    }
}

#[test]
fn whatever_is_more_than_a_word_ends_like_a_sentence() {
    for row in rows().filter(|row| row.kind != Kind::Word) {
        assert!(row.zh.ends_with(['。', '？', '}']), "{}: {}", row.name, row.zh);
        assert!(row.en.ends_with(['.', '?', '}']), "{}: {}", row.name, row.en);
    }
}

#[test]
fn every_refusal_says_why_and_then_the_next_step() {
    for row in rows().filter(|row| row.kind == Kind::Refusal) {
        for (text, steps) in [(row.zh, &STEPS[..]), (row.en, &ENGLISH_STEPS[..])] {
            let sentences = sentences(text);
            assert!(sentences.len() >= 2, "{}: one sentence alone: {text}", row.name);
            let last = sentences[sentences.len() - 1];
            let step = steps.iter().any(|step| last.starts_with(step));
            // `To go on, please …` names its condition first.
            let conditional = last.split('，').nth(1).is_some_and(|rest| rest.starts_with("请"));
            assert!(step || conditional, "{}: no next step: {last}", row.name);
        }
    }
}

#[test]
fn every_question_asks() {
    for row in rows().filter(|row| row.kind == Kind::Question) {
        assert!(row.zh.contains('？') && row.en.contains('?'), "{}: {}", row.name, row.zh);
    }
}

#[test]
fn widths_are_counted_as_said() {
    assert_eq!(width("此码已于{at}挂失。"), 4 + 8 + 3);
    assert_eq!(width("第{seat}位，共{taken}人。"), 12);
}

#[test]
fn a_sentence_begins_with_a_capital_letter_whatever_stands_first_in_it() {
    let place = suima_sentences::wallet::terminal("Hall 3");
    assert_eq!(place.en, "the terminal (Hall 3)");
    let asked = suima_sentences::wallet::confirm_apply(&place, "Wang");
    assert!(asked.en.starts_with("The terminal (Hall 3) asks"), "{}", asked.en);
}
