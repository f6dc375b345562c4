//! Every refusal says why, in both languages (R8).

use std::collections::BTreeSet;

use suima_code::{KeyId, Language, Place, Presented, Reason, describe};

use super::made::NOW;

/// What a person takes in at a glance.
const MOST_CHINESE: usize = 40;

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

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

#[test]
fn every_reason_has_a_short_sentence_in_chinese_and_one_in_english() {
    for reason in reasons() {
        for shown in SHOWN {
            let chinese = describe(&reason, shown, Language::Chinese);
            assert!(chinese.chars().filter(|&c| is_chinese(c)).count() >= 8, "{chinese}");
            assert!(chinese.ends_with('。'), "{chinese}");
            assert!(
                chinese.chars().count() <= MOST_CHINESE,
                "{chinese}: {}",
                chinese.chars().count()
            );
            let english = describe(&reason, shown, Language::English);
            assert!(english.is_ascii() && english.ends_with('.'), "{english}");
            assert!(english.split_whitespace().count() >= 5, "{english}");
        }
    }
}

#[test]
fn different_reasons_are_told_apart() {
    for language in [Language::Chinese, Language::English] {
        let sentences: BTreeSet<String> =
            reasons().iter().map(|reason| describe(reason, None, language)).collect();
        // Where nothing is known of what was shown, the place makes no difference.
        assert_eq!(sentences.len(), reasons().len() - 2);
    }
}

#[test]
fn times_are_told_in_shanghai() {
    let replaced = Reason::Replaced { at: NOW };
    for language in [Language::Chinese, Language::English] {
        assert!(describe(&replaced, None, language).contains("2026-11-22 09:00"));
    }
    // Midnight ends the day before.
    let expired = Reason::Expired { at: NOW.plus(-9 * 3600) };
    assert!(
        describe(&expired, Some(Presented::NucleicAcid), Language::Chinese).contains("2026-11-21")
    );
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
            assert!(describe(&reason, None, Language::Chinese).contains(chinese), "{by}");
            assert!(describe(&reason, None, Language::English).contains(english), "{by}");
        }
    }
}

#[test]
fn a_clock_or_a_screenshot_is_never_claimed_to_be_known() {
    let stale = describe(&Reason::Stale { by: 120 }, Some(Presented::Live), Language::English);
    assert!(stale.contains("screenshot") && stale.contains("clock"), "{stale}");
}
