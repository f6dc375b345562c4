//! A wrong clock is told, not obeyed.

use proptest::prelude::*;
use suima_code::UnixTime;
use suima_device::{Basis, ClockReading, CorrectedTime, TimeAnchor, clock::WRONG_CLOCK_SECONDS};

const ISSUER: u32 = 1_795_309_200;

fn reading(wall: u32, since_boot_ms: u64, boot: &str) -> ClockReading {
    ClockReading { wall: UnixTime::new(wall), since_boot_ms, boot: boot.to_owned() }
}

fn anchor(reading: ClockReading) -> TimeAnchor {
    TimeAnchor { issuer: UnixTime::new(ISSUER), reading }
}

#[test]
fn within_one_boot_the_wall_clock_has_no_say() {
    let anchor = anchor(reading(ISSUER + 7200, 1_000, "boot"));
    for wall in [0, ISSUER - 86_400, ISSUER, ISSUER + 86_400, u32::MAX] {
        let corrected = anchor.corrected(&reading(wall, 61_999, "boot"));
        assert_eq!(corrected.time, UnixTime::new(ISSUER + 60));
        assert_eq!(corrected.basis, Basis::SameBoot);
        assert_eq!(corrected.wall_error_seconds, i64::from(wall) - i64::from(ISSUER + 60));
    }
}

#[test]
fn after_a_restart_the_wall_clock_is_taken_to_be_as_wrong_as_it_was() {
    // Two hours ahead at the anchor.
    let anchor = anchor(reading(ISSUER + 7200, 90_000_000, "before"));
    for now in [
        reading(ISSUER + 7200 + 600, 5_000, "after"),
        // The counter fell although the boot's name did not change: a restart all the same.
        reading(ISSUER + 7200 + 600, 5_000, "before"),
        // A device that cannot name its boots.
        reading(ISSUER + 7200 + 600, 90_600_000, ""),
    ] {
        let corrected = anchor.corrected(&now);
        assert_eq!(corrected.time, UnixTime::new(ISSUER + 600), "{now:?}");
        assert_eq!(corrected.basis, Basis::WallClockOffset);
        assert_eq!(corrected.wall_error_seconds, 7200);
        assert!(corrected.wall_clock_is_wrong());
    }
}

#[test]
fn a_device_that_never_names_its_boots_is_not_trusted_with_elapsed_time() {
    let anchor = anchor(reading(ISSUER, 1_000, ""));
    let corrected = anchor.corrected(&reading(ISSUER + 10, 500_000, ""));
    assert_eq!(corrected.time, UnixTime::new(ISSUER + 10));
    assert_eq!(corrected.basis, Basis::WallClockOffset);
}

#[test]
fn without_an_anchor_the_wall_clock_speaks_unchecked() {
    let corrected = CorrectedTime::at(None, &reading(ISSUER, 0, "boot"));
    assert_eq!(corrected.time, UnixTime::new(ISSUER));
    assert_eq!(corrected.basis, Basis::Unchecked);
    assert!(!corrected.wall_clock_is_wrong());
}

#[test]
fn a_clock_is_called_wrong_beyond_the_threshold_on_either_side() {
    let anchor = anchor(reading(ISSUER, 0, "boot"));
    let threshold = i32::try_from(WRONG_CLOCK_SECONDS).unwrap();
    for (offset, wrong) in [
        (0, false),
        (threshold, false),
        (-threshold, false),
        (threshold + 1, true),
        (-threshold - 1, true),
    ] {
        let now = reading(ISSUER.saturating_add_signed(offset), 0, "boot");
        assert_eq!(anchor.corrected(&now).wall_clock_is_wrong(), wrong, "{offset}");
    }
}

#[test]
fn an_anchor_survives_a_restart_of_the_program() {
    let anchor = anchor(reading(ISSUER + 3, 42, "boot"));
    let json = serde_json::to_string(&anchor).unwrap();
    assert_eq!(
        json,
        r#"{"issuer":1795309200,"reading":{"wall":1795309203,"since_boot_ms":42,"boot":"boot"}}"#,
        "frozen: stores in the field hold anchors of this form"
    );
    assert_eq!(serde_json::from_str::<TimeAnchor>(&json).unwrap(), anchor);
}

#[test]
fn a_clock_that_is_set_right_stays_right_after_a_restart() {
    // An hour ahead at the anchor; ten minutes later it is set right.
    let told_wrong = anchor(reading(ISSUER + 3600, 0, "before"));
    let set_right = reading(ISSUER + 600, 600_000, "before");
    let renewed = told_wrong.renewed(&set_right).unwrap();
    assert_eq!(renewed.issuer, UnixTime::new(ISSUER + 600));
    assert_eq!(renewed.reading, set_right);

    let restarted = reading(ISSUER + 1200, 5_000, "after");
    assert_eq!(renewed.corrected(&restarted).time, UnixTime::new(ISSUER + 1200));
    // What became of it before: back to the anchor, and the clock that is right called wrong.
    assert_eq!(told_wrong.corrected(&restarted).time, UnixTime::new(ISSUER));
}

#[test]
fn an_anchor_is_renewed_only_for_a_clock_that_was_set_and_read_within_one_boot() {
    let anchor = anchor(reading(ISSUER + 3600, 0, "boot"));
    let threshold = u32::try_from(WRONG_CLOCK_SECONDS).unwrap();
    let at = |wall, boot| anchor.renewed(&reading(wall, 60_000, boot));
    let unmoved = ISSUER + 3660;
    for wall in [unmoved, unmoved + threshold, unmoved - threshold] {
        assert_eq!(at(wall, "boot"), None, "{wall}");
    }
    for wall in [unmoved + threshold + 1, unmoved - threshold - 1] {
        assert!(at(wall, "boot").is_some(), "{wall}");
    }
    assert_eq!(at(ISSUER + 60, "another boot"), None, "nothing tells how far it was set");
    assert_eq!(at(0, "boot"), None, "a clock that could not be read");
}

#[test]
fn nothing_is_anchored_on_clocks_that_could_not_be_read() {
    let issuer = UnixTime::new(ISSUER);
    assert_eq!(TimeAnchor::new(issuer, reading(0, 0, "")), None);
    assert!(TimeAnchor::new(issuer, reading(ISSUER, 0, "")).is_some());
    assert!(TimeAnchor::new(issuer, reading(0, 0, "boot")).is_some());
}

fn readings() -> impl Strategy<Value = ClockReading> {
    (any::<u32>(), any::<u64>(), "[ab]?").prop_map(|(wall, ms, boot)| reading(wall, ms, &boot))
}

proptest! {
    #[test]
    fn time_never_runs_back_behind_the_anchor(issuer: u32, then in readings(), now in readings()) {
        let anchor = TimeAnchor { issuer: UnixTime::new(issuer), reading: then };
        let corrected = anchor.corrected(&now);
        prop_assert!(corrected.time >= anchor.issuer);
        prop_assert_eq!(corrected.wall_error_seconds, now.wall.since(corrected.time));
    }

    #[test]
    fn at_the_anchor_it_is_the_issuers_time(issuer: u32, then in readings()) {
        let anchor = TimeAnchor { issuer: UnixTime::new(issuer), reading: then };
        prop_assert_eq!(anchor.corrected(&anchor.reading).time, anchor.issuer);
    }

    #[test]
    fn a_later_reading_is_never_an_earlier_time(
        then in readings(),
        wall in 0..u32::MAX / 2, ms in 0..u64::MAX / 2,
        more_wall in 0..u32::MAX / 2, more_ms in 0..u64::MAX / 2,
    ) {
        let anchor = anchor(then);
        for boot in ["a", "b"] {
            let first = anchor.corrected(&reading(wall, ms, boot));
            let second = anchor.corrected(&reading(wall + more_wall, ms + more_ms, boot));
            // From one basis to the other the time may jump either way: two different clocks.
            if first.basis == second.basis {
                prop_assert!(second.time >= first.time);
            }
        }
    }

    #[test]
    fn a_wall_clock_set_wrong_by_any_amount_changes_nothing_within_a_boot(
        wall: u32, set_to: u32, elapsed in 0..10_000_000_u64,
    ) {
        let anchor = anchor(reading(wall, 5, "boot"));
        let corrected = anchor.corrected(&reading(set_to, 5 + elapsed, "boot"));
        let seconds = u32::try_from(elapsed / 1000).unwrap();
        prop_assert_eq!(corrected.time, UnixTime::new(ISSUER + seconds));
    }
    #[test]
    fn a_renewed_anchor_tells_the_same_time_and_need_not_be_renewed(
        then in readings(), now in readings(),
    ) {
        let anchor = anchor(then);
        if let Some(renewed) = anchor.renewed(&now) {
            prop_assert_eq!(renewed.corrected(&now), anchor.corrected(&now));
            prop_assert_eq!(renewed.renewed(&now), None);
        }
    }
}
