//! A scanner that poses as a keyboard: bursts, pauses, Enter or none, an input method in between.

use proptest::prelude::*;
use suima_station::input::{Debounce, PAUSE_MS, REPEAT_MS, REST_MS, Wedge};

/// Types `text` with `gap` milliseconds between characters, and says what came out by the way, and when it ended.
fn type_in(wedge: &mut Wedge, text: &str, gap: u64, start: u64) -> (Vec<String>, u64) {
    let mut at = start;
    let mut out = Vec::new();
    for character in text.chars() {
        out.extend(wedge.push(character, at));
        at += gap;
    }
    (out, at)
}

#[test]
fn enter_ends_a_text_and_line_ends_of_two_characters_count_once() {
    for end in ["\r", "\n", "\r\n", "\t"] {
        let mut wedge = Wedge::default();
        let (out, at) = type_in(&mut wedge, &format!("SM1:ABC{end}"), 5, 0);
        assert_eq!(out, ["SM1:ABC"], "{end:?}");
        assert_eq!(wedge.poll(at + 10 * PAUSE_MS), None, "{end:?}");
    }
}

#[test]
fn a_pause_ends_a_text_of_a_scanner_without_enter() {
    let mut wedge = Wedge::default();
    let (out, at) = type_in(&mut wedge, "SM1:ABC", 5, 0);
    assert!(out.is_empty());
    let last = at - 5;
    assert_eq!(wedge.poll(last + PAUSE_MS - 1), None);
    assert_eq!(wedge.poll(last + PAUSE_MS).as_deref(), Some("SM1:ABC"));
    assert_eq!(wedge.poll(last + 2 * PAUSE_MS), None);
}

#[test]
fn the_next_text_ends_the_one_before_it() {
    let mut wedge = Wedge::default();
    let (_, at) = type_in(&mut wedge, "SM1:ABC", 5, 0);
    let (out, at) = type_in(&mut wedge, "SM1:DEF", 5, at + PAUSE_MS);
    assert_eq!(out, ["SM1:ABC"]);
    assert_eq!(wedge.poll(at + PAUSE_MS).as_deref(), Some("SM1:DEF"));
}

#[test]
fn the_same_text_again_is_the_same_scan_for_a_second() {
    let mut wedge = Wedge::default();
    assert_eq!(type_in(&mut wedge, "SM1:ABC\r", 1, 0).0, ["SM1:ABC"]);
    assert!(type_in(&mut wedge, "SM1:ABC\r", 1, 500).0.is_empty());
    assert_eq!(type_in(&mut wedge, "SM1:DEF\r", 1, 600).0, ["SM1:DEF"]);
    assert_eq!(type_in(&mut wedge, "SM1:DEF\r", 1, 600 + 8 + REPEAT_MS).0, ["SM1:DEF"]);
}

#[test]
fn a_code_that_stays_before_the_camera_is_one_scan() {
    let mut debounce = Debounce::default();
    assert!(debounce.is_new("SM1:ABC", 0));
    for frame in 1..100 {
        assert!(!debounce.is_new("SM1:ABC", frame * 100));
    }
    assert!(!debounce.is_new("SM1:ABC", 9_900 + REPEAT_MS - 1));
    assert!(debounce.is_new("SM1:ABC", 9_900 + 2 * REPEAT_MS));
}

/// A static code of `docs/format.md` in two parts.
const HALVES: [&str; 2] = [
    "SM1:MWGSLKOE66A88CKJS4FN0SOD2X9WY0YND-+7/E7V50.20C60PD2--A46D-0I2J5*CJH73-JO958WHGK%719DN8",
    "W:W8M%VQQEK/51PIT$TO.6:T2$0CAJJG ADNK2DCKC7 3F3KF29DETG-H9X2G01CJTCPA9AAK$LL1BIIC810",
];

#[test]
fn a_code_that_comes_in_two_parts_is_put_together() {
    for (end, after) in [("\r", 0), ("", PAUSE_MS)] {
        let mut wedge = Wedge::default();
        let (out, at) = type_in(&mut wedge, HALVES[0], 5, 0);
        assert!(out.is_empty());
        assert_eq!(wedge.poll(at + PAUSE_MS), None, "the rest is to come");
        let (out, at) = type_in(&mut wedge, &format!("{}{end}", HALVES[1]), 5, at + 3 * PAUSE_MS);
        let out: Vec<_> = out.into_iter().chain(wedge.poll(at + after)).collect();
        assert_eq!(out, [HALVES.concat()], "{end:?}");
        assert_eq!(wedge.poll(at + REST_MS), None);
    }
}

#[test]
fn a_code_whose_rest_never_comes_is_one_text() {
    let mut wedge = Wedge::default();
    let (_, at) = type_in(&mut wedge, HALVES[0], 5, 0);
    let last = at - 5;
    assert_eq!(wedge.poll(last + REST_MS - 1), None);
    assert_eq!(wedge.poll(last + REST_MS).as_deref(), Some(HALVES[0]));
}

#[test]
fn a_code_that_is_scanned_again_after_a_part_of_it_is_whole() {
    let mut wedge = Wedge::default();
    let (_, at) = type_in(&mut wedge, HALVES[0], 5, 0);
    let (out, _) = type_in(&mut wedge, &format!("{}\r", HALVES.concat()), 5, at + 2 * PAUSE_MS);
    assert_eq!(out, [HALVES.concat()]);
}

#[test]
fn an_endless_text_is_cut_and_the_next_one_is_whole() {
    let mut wedge = Wedge::default();
    let (out, at) = type_in(&mut wedge, &format!("{}\r", "A".repeat(100_000)), 0, 0);
    assert_eq!(out.len(), 1);
    assert!(out[0].len() > 512 && out[0].len() <= 1024);
    assert_eq!(type_in(&mut wedge, "SM1:ABC\r", 1, at).0, ["SM1:ABC"]);
}

proptest! {
    /// However a text is split into bursts, it comes out whole and once.
    #[test]
    fn a_split_text_is_put_together(
        body in "[0-9A-Z $%*+./:-]{0,120}[0-9A-Z]",
        gaps in prop::collection::vec(0..PAUSE_MS, 130),
        enter in any::<bool>(),
    ) {
        let text = format!("SM1:{body}");
        let mut wedge = Wedge::default();
        let mut out = Vec::new();
        let mut at = 1_000;
        for (character, gap) in text.chars().zip(&gaps) {
            out.extend(wedge.poll(at));
            out.extend(wedge.push(character, at));
            at += gap;
        }
        if enter {
            out.extend(wedge.push('\r', at));
        }
        // Some of these begin as a code would that is cut short.
        out.extend(wedge.poll(at + REST_MS));
        prop_assert_eq!(out, [text]);
    }
}
