//! Every refusal of a code says why, in both languages, with its values (R8).

use std::collections::BTreeSet;

use suima_code::{KeyId, Place, Presented, Reason, UnixTime};
use suima_sentences::{Sentence, describe};

/// 2026-11-22 09:00 in Shanghai.
const NOW: UnixTime = UnixTime::new(1_795_309_200);

fn reasons() -> Vec<Reason> {
    let (kid, at) = (KeyId(0x10), NOW);
    let mut reasons = vec![
        Reason::NotACode,
        Reason::NewerFormat,
        Reason::Altered,
        Reason::UnknownKey { kid, trust: at },
        Reason::KeyRecalled { kid, at },
        Reason::KeyNotForThis { kid },
        Reason::KeyOutOfTime { kid },
        Reason::TrustExpired { at },
        Reason::Stale { by: 120 },
        Reason::Stale { by: u32::MAX },
        Reason::Ahead { by: 61 },
        Reason::Ahead { by: u32::MAX },
        Reason::ShownBefore { at },
        Reason::NotYetValid { from: at },
        Reason::Expired { at },
        Reason::Replaced { at },
        Reason::ReportedLost { at },
        Reason::HoldingEnded { at },
        Reason::DeviceReplaced { at },
        Reason::StatusChanged { at },
        Reason::StatusTooOld { at },
        Reason::StatusNotAdmitted,
        Reason::KnowledgeTooOld { at },
        Reason::NotReady,
    ];
    let places = [Place::Sampling, Place::Gate, Place::ManualCheck];
    reasons.extend(places.map(|place| Reason::WrongPlace { place }));
    reasons
}

const SHOWN: [Option<Presented>; 6] = [
    None,
    Some(Presented::NucleicAcid),
    Some(Presented::Paper),
    Some(Presented::Live),
    Some(Presented::Relative),
    Some(Presented::IdCard),
];

#[test]
fn every_reason_with_its_values_is_short_whatever_was_shown() {
    for reason in reasons() {
        for shown in SHOWN {
            let Sentence { zh, en } = describe(&reason, shown);
            // Every character counts here, blanks and digits too.
            assert!(zh.chars().count() <= 40, "{zh}: {}", zh.chars().count());
            assert!(!zh.contains(['{', '}']) && !en.contains(['{', '}']), "{zh} {en}");
            assert!(en.split_whitespace().count() >= 5, "{en}");
        }
    }
}

#[test]
fn different_reasons_are_told_apart() {
    for language in [|said: Sentence| said.zh, |said: Sentence| said.en] {
        let sentences: BTreeSet<String> =
            reasons().iter().map(|reason| language(describe(reason, None))).collect();
        // Where nothing is known of what was shown, the place makes no difference.
        assert_eq!(sentences.len(), reasons().len() - 2);
    }
}

#[test]
fn what_was_shown_and_where_says_what_to_show_instead() {
    let at = |place, shown| describe(&Reason::WrongPlace { place }, Some(shown)).zh;
    for door in [Place::Gate, Place::ManualCheck] {
        assert_eq!(
            at(door, Presented::NucleicAcid),
            "这是核酸码，只用于采样。请在此处出示随申码。"
        );
    }
    assert!(at(Place::Gate, Presented::Paper).contains("身份证"));
    assert_eq!(at(Place::ManualCheck, Presented::Paper), at(Place::Sampling, Presented::Live));
}

#[test]
fn times_are_told_in_shanghai() {
    let replaced = describe(&Reason::Replaced { at: NOW }, None);
    assert!(replaced.zh.contains("2026-11-22 09:00") && replaced.en.contains("2026-11-22 09:00"));
    // Midnight ends the day before.
    let expired = Reason::Expired { at: NOW.plus(-9 * 3600) };
    assert!(describe(&expired, Some(Presented::NucleicAcid)).zh.contains("2026-11-21"));
}

#[test]
fn nobody_has_to_count_a_day_in_seconds() {
    for (by, chinese, english) in [
        (61, "61秒", "61 seconds"),
        (119, "119秒", "119 seconds"),
        (120, "2分钟", "2 minutes"),
        (7199, "119分钟", "119 minutes"),
        (7200, "2小时", "2 hours"),
        (172_800, "2天", "2 days"),
        (u32::MAX, "49710天", "49710 days"),
    ] {
        for reason in [Reason::Stale { by }, Reason::Ahead { by }] {
            let said = describe(&reason, None);
            assert!(said.zh.contains(chinese) && said.en.contains(english), "{by}");
        }
    }
}

#[test]
fn a_clock_or_a_screenshot_is_never_claimed_to_be_known() {
    let stale = describe(&Reason::Stale { by: 120 }, Some(Presented::Live));
    assert!(stale.en.contains("a screenshot, or a wrong clock"), "{}", stale.en);
    assert!(stale.zh.contains("可能是截图或手机时间不准"), "{}", stale.zh);
}
