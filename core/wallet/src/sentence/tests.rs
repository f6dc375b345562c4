//! Sentences fit a phone: about forty Chinese characters, names and times not counted.

use suima_code::Slot;

use super::*;
use crate::error::BadAnswer;

const AT: UnixTime = UnixTime::new(1_795_309_320);

fn made() -> Made {
    Made { iat: AT, by: "李梅".to_owned(), by_this_device: false, voided: true }
}

fn settled() -> Vec<Settled> {
    let current = Some(made());
    vec![
        Settled::Made { made: made() },
        Settled::Overtaken { current: current.clone() },
        Settled::Overtaken { current: None },
        Settled::Behind { current },
        Settled::Behind { current: None },
        Settled::TooLate,
        Settled::UsedUp,
        Settled::Unknown { problem: ProblemId::NotAllowed },
    ]
}

fn all() -> Vec<Sentence> {
    let slot = Slot(1);
    let news = News { slot, name: "王小明".to_owned(), made: made() };
    let mut all: Vec<Sentence> =
        settled().iter().map(|settled| settled.sentence("王小明")).collect();
    all.extend([
        news.sentence(),
        warning("王小明", Some(&made())),
        warning("王小明", None),
        regeneration_pending(AT),
        age(AT, 3 * 86_400),
        colour_too_old(AT),
    ]);
    all.extend(
        [7200, -40].into_iter().filter_map(|by| clock(ClockStatus::Wrong { by_seconds: by })),
    );
    all.extend(clock(ClockStatus::Unchecked));
    let reason = String::new;
    all.extend(
        [
            Error::NotEnrolled,
            Error::DeviceEnded { at: AT },
            Error::NotListed { slot },
            Error::NotHeld { slot },
            Error::NoCode { slot },
            Error::Expired { at: AT },
            Error::InDoubt { since: AT },
            Error::Offline { reason: reason() },
            Error::NoAnswer { reason: reason() },
            Error::BadAnswer(BadAnswer::Incomplete),
            Error::Busy,
            Error::Paused,
            Error::Closed,
            Error::KeystoreUnavailable { reason: reason() },
            Error::Store(suima_device::StoreError::Full),
            Error::Store(suima_device::StoreError::Replaced),
        ]
        .map(|error| error.sentence()),
    );
    all
}

#[test]
fn each_is_short_and_whole_in_both_languages() {
    for said in all() {
        let without_names = said.zh.replace("李梅", "").replace("王小明", "");
        let without_times = without_names.replace("2026-11-22 09:02", "");
        let length = without_times.chars().count();
        assert!((5..=40).contains(&length), "{length}: {}", said.zh);
        assert!(said.zh.ends_with(['。', '?', '?']), "{}", said.zh);
        assert!(said.en.ends_with(['.', '?']), "{}", said.en);
        assert!(said.en.len() <= 130, "{}: {}", said.en.len(), said.en);
    }
}

#[test]
fn the_warning_names_the_picture_the_print_the_maker_and_the_minute() {
    assert_eq!(
        warning("王小明", Some(&made())).zh,
        "李梅 2026-11-22 09:02 为王小明生成的核酸码(含保存的截图和打印件)将作废。"
    );
}

#[test]
fn durations_have_one_unit() {
    let said = |seconds| {
        let said = duration(seconds);
        format!("{} {}", said.zh, said.en)
    };
    assert_eq!(said(1), "1秒 1 second");
    assert_eq!(said(119), "119秒 119 seconds");
    assert_eq!(said(120), "2分钟 2 minutes");
    assert_eq!(said(7200), "2小时 2 hours");
    assert_eq!(said(2 * 86_400), "2天 2 days");
}
