//! What a result must look like, before it is compared: every field by its name and type, nothing left out and nothing put in.
//! `tests/scenarios/README.md` says the same in its list of turns.

mod verdicts;

use serde_json::Value;
use suima_code::Place;

use super::instant::is_moment;
use super::turns::Task;
use verdicts::{door, registration, scan};

type Fields = &'static [(&'static str, Shape)];

/// What a value must be.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// A text with something in it.
    Text,
    /// True or false.
    Flag,
    /// A whole number that is not negative.
    Number,
    /// A date and a time of day.
    Moment,
    /// One of these.
    Word(&'static [&'static str]),
    /// An array of such.
    Each(&'static Shape),
    /// An object with these.
    Object(Fields),
    /// This, or nothing.
    Maybe(&'static Shape),
}

use Shape::{Each, Flag, Maybe, Moment, Number, Object, Text, Word};

const COLOUR: Shape = Word(&["green", "yellow", "red"]);
const RELATION: Shape = Word(&["oneself", "child", "ward", "relative"]);
const MADE: Shape = Object(&[("at", Moment), ("by", Text), ("voided", Flag)]);
const DOUBT: Shape = Object(&[("is", Word(&["regeneration-pending"])), ("since", Moment)]);
const NEWS: Shape = Object(&[
    ("person", Text),
    (
        "what",
        Word(&[
            "regenerated",
            "paper-made",
            "paper-lost",
            "came-of-age",
            "consent-withdrawn",
            "holding-ended",
            "no-longer-listed",
            "earlier-phone-ended",
            "held-by",
            "not-held-by",
        ]),
    ),
    ("at", Maybe(&Moment)),
    ("by", Maybe(&Text)),
    ("zh", Text),
    ("en", Text),
]);
const RESOLVED: Shape = Object(&[
    ("person", Text),
    ("outcome", Word(&["made", "overtaken", "behind", "too-late", "used-up", "unknown"])),
    ("since", Moment),
]);
const ERROR: Fields = &[("error", Text), ("at", Maybe(&Moment)), ("zh", Text), ("en", Text)];
const SAID: Fields = &[("zh", Text), ("en", Text)];

/// How the result of a turn differs from what it must look like; empty where it does not. What lies at a path that is hidden
/// (`made.by`) is not looked at.
pub(super) fn faults(task: &Task, result: &Value, hidden: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    if result.get("error").is_some_and(|error| !error.is_null()) {
        object("", &[ERROR], result, &mut found);
    } else {
        object("", &of(task, result), result, &mut found);
    }
    found.retain(|fault| !hidden.iter().any(|path| is_at(fault, path)));
    found
}

/// Whether a fault is at a path, or at that path in an element of an array.
fn is_at(fault: &str, path: &str) -> bool {
    let at = fault.split(':').next().unwrap_or_default();
    let is_name = |part: &&str| !part.is_empty() && part.parse::<usize>().is_err();
    at.split('/').filter(is_name).eq(path.split('.'))
}

/// What a turn gives, once it is done.
fn of(task: &Task, result: &Value) -> Vec<Fields> {
    let fields: Fields = match task {
        Task::SetUp(_)
        | Task::Reopen
        | Task::Enrol { .. }
        | Task::Hold { .. }
        | Task::SavePicture { .. }
        | Task::OpenSession { .. }
        | Task::OpenTube { .. } => &[],
        Task::WarnEnrol => SAID,
        Task::Refresh => &[("as-of", Moment), ("news", Each(&NEWS)), ("resolved", Each(&RESOLVED))],
        Task::Family => {
            const PERSON: Shape =
                Object(&[("person", Text), ("relation", RELATION), ("held", Flag)]);
            &[("people", Each(&PERSON))]
        }
        Task::ShowLive { .. } => &[
            ("relation", RELATION),
            ("name", Text),
            ("masked-name", Text),
            ("text", Text),
            ("colour", COLOUR),
            ("colour-as-of", Moment),
            ("colour-counts-until", Moment),
            ("counts-until", Moment),
            ("notices", Each(&Text)),
        ],
        Task::ShowNucleicAcid { .. } => &[
            ("relation", RELATION),
            ("name", Text),
            ("text", Text),
            ("until", Moment),
            ("last-day", Text),
            ("made", MADE),
            ("doubt", Maybe(&DOUBT)),
            ("notices", Each(&Text)),
        ],
        Task::CheckPicture { .. } => CHECKED_PICTURE,
        Task::Warn { .. } => &[("voids", Maybe(&MADE)), ("zh", Text), ("en", Text)],
        Task::Regenerate { .. } => REGENERATED,
        Task::Ask { .. } => &[("expires", Moment)],
        Task::Asks => {
            const ASK: Shape = Object(&[
                ("by", Text),
                ("at", Moment),
                ("expires", Moment),
                ("zh", Text),
                ("en", Text),
            ]);
            &[("asks", Each(&ASK))]
        }
        Task::Answer { .. } => &[("agreed", Flag), ("expires", Maybe(&Moment))],
        Task::Redeem { .. } => &[("person", Text)],
        Task::Holders { .. } => {
            const HOLDER: Shape =
                Object(&[("holder", Text), ("since", Moment), ("this-device", Flag)]);
            &[("holders", Each(&HOLDER))]
        }
        Task::EndHolding { .. } => {
            const OFFER: Shape =
                Object(&[("kind", Word(&["nucleic-acid", "paper"])), ("at", Moment), ("zh", Text)]);
            &[("question", Text), ("zh", Text), ("en", Text), ("offers", Each(&OFFER))]
        }
        Task::Paper { .. } => PAPER,
        Task::ScanChallenge { .. } => ASKED,
        Task::Confirm { .. } => CONFIRMED,
        Task::Sync => &[("current", Flag), ("as-of", Maybe(&Moment))],
        Task::Upload => &[("acknowledged", Number), ("conflicts", Number), ("waiting", Number)],
        Task::Scan { place: Place::Sampling, .. } => return scan(result),
        Task::IdCard { place: Place::Sampling, .. } | Task::Register { .. } => {
            return registration(result);
        }
        Task::Scan { .. } | Task::PaperCheck { .. } | Task::IdCard { .. } => return door(result),
    };
    vec![fields]
}

const CHECKED_PICTURE: Fields = &[
    (
        "is",
        Word(&[
            "current",
            "successor",
            "replaced",
            "expired",
            "not-known",
            "not-yours",
            "not-saved",
            "refused",
        ]),
    ),
    ("person", Maybe(&Text)),
    ("until", Maybe(&Moment)),
    ("from", Maybe(&Moment)),
    ("at", Maybe(&Moment)),
    ("by", Maybe(&Text)),
    ("doubt", Maybe(&DOUBT)),
    ("reason", Maybe(&Text)),
    ("zh", Text),
    ("en", Text),
];

const REGENERATED: Fields = &[
    ("outcome", Word(&["made", "overtaken", "behind", "too-late", "used-up", "pending"])),
    ("made", Maybe(&MADE)),
    ("zh", Text),
    ("en", Text),
];

const PAPER: Fields = &[
    (
        "current",
        Maybe(&Object(&[
            ("at", Moment),
            ("until", Moment),
            ("serial", Text),
            ("by", Text),
            ("place", Text),
        ])),
    ),
    ("ended", Maybe(&Moment)),
    ("reported-lost", Maybe(&Object(&[("at", Moment), ("by", Text), ("place", Text)]))),
    ("eligibility", Text),
    ("zh", Text),
    ("en", Text),
];

const ASKED: Fields = &[
    (
        "act",
        Word(&[
            "log-in",
            "apply-paper",
            "print-paper",
            "report-lost",
            "print-nucleic-acid",
            "hold-relative",
        ]),
    ),
    ("person", Maybe(&Text)),
    ("place", Word(&["portal", "terminal"])),
    ("place-name", Text),
    ("check", Text),
    ("expires", Moment),
    ("voids", Maybe(&Moment)),
    ("zh", Text),
    ("en", Text),
];

const CONFIRMED: Fields = &[
    ("outcome", Word(&["done", "declined", "over", "changed", "not-eligible"])),
    ("zh", Text),
    ("en", Text),
];

fn object(at: &str, parts: &[Fields], value: &Value, found: &mut Vec<String>) {
    let Some(given) = value.as_object() else {
        found.push(format!("{at}: an object must stand here, not {value}"));
        return;
    };
    let fields = || parts.iter().copied().flatten();
    for (name, shape) in fields() {
        let inner = given.get(*name).unwrap_or(&Value::Null);
        check(&format!("{at}/{name}"), *shape, inner, found);
    }
    for (name, inner) in given {
        if !inner.is_null() && fields().all(|(known, _)| known != name) {
            found.push(format!("{at}/{name}: nothing must stand here, and not {inner}"));
        }
    }
}

fn check(at: &str, shape: Shape, value: &Value, found: &mut Vec<String>) {
    let (fits, what) = match shape {
        Text => (value.as_str().is_some_and(|text| !text.is_empty()), "a text"),
        Flag => (value.is_boolean(), "true or false"),
        Number => (value.is_u64(), "a whole number"),
        Moment => (value.as_str().is_some_and(is_moment), "a moment"),
        Word(words) => {
            if !value.as_str().is_some_and(|word| words.contains(&word)) {
                let words = words.join(", ");
                found.push(format!("{at}: one of {words} must stand here, not {value}"));
            }
            return;
        }
        Maybe(shape) => {
            if !value.is_null() {
                check(at, *shape, value, found);
            }
            return;
        }
        Object(fields) => return object(at, &[fields], value, found),
        Each(shape) => match value.as_array() {
            Some(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    check(&format!("{at}/{index}"), *shape, part, found);
                }
                return;
            }
            None => (false, "an array"),
        },
    };
    if !fits {
        found.push(format!("{at}: {what} must stand here, not {value}"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use suima_code::Slot;

    use super::faults;
    use crate::scenario::turns::Task;

    fn faulty(task: &Task, result: &Value) -> bool {
        !faults(task, result, &[]).is_empty()
    }

    #[test]
    fn a_field_that_is_missing_more_or_of_another_type_is_a_fault() {
        let task = Task::Warn { slot: Slot(1) };
        let sound = json!({
            "voids": { "at": "2026-11-22 09:00:00", "by": "mother", "voided": false },
            "zh": "甲",
            "en": "a",
        });
        assert_eq!(faults(&task, &sound, &[]), Vec::<String>::new());
        for (at, wrong) in [
            ("/zh", Value::Null),
            ("/en", json!("")),
            ("/voids/at", json!("2026-11-22T09:00:00Z")),
            ("/voids/at", json!(1_795_309_200)),
            ("/voids/voided", json!("false")),
            ("/voids", json!([])),
        ] {
            let mut spoilt = sound.clone();
            *spoilt.pointer_mut(at).unwrap() = wrong;
            assert!(faulty(&task, &spoilt), "{spoilt}");
        }
        let mut less = sound.clone();
        less["voids"] = json!({ "at": "2026-11-22 09:00:00", "by": "mother" });
        assert!(faulty(&task, &less));
        assert_eq!(faults(&task, &less, &["voids.voided"]), Vec::<String>::new());
        let mut more = sound.clone();
        more["masked-name"] = json!("甲*");
        assert!(faulty(&task, &more));
    }

    #[test]
    fn what_is_null_where_nothing_is_may_be_left_out() {
        let task = Task::Warn { slot: Slot(1) };
        assert!(!faulty(&task, &json!({ "voids": null, "zh": "甲", "en": "a" })));
        assert!(!faulty(&task, &json!({ "zh": "甲", "en": "a", "error": null })));
        assert!(faulty(&task, &json!(null)));
    }

    #[test]
    fn an_error_has_its_sentences_and_nothing_else() {
        let task = Task::Refresh;
        assert!(!faulty(&task, &json!({ "error": "offline", "zh": "甲", "en": "a" })));
        assert!(faulty(&task, &json!({ "error": "offline" })));
        let more = json!({ "error": "offline", "zh": "甲", "en": "a", "news": [] });
        assert!(faulty(&task, &more));
    }

    #[test]
    fn a_reason_has_exactly_its_own_values() {
        let task = Task::Register { code: String::new() };
        let refused = |reason: &str| json!({ "verdict": "refused", "reason": reason, "signal": "refuse", "zh": "甲", "en": "a" });
        assert!(!faulty(&task, &refused("altered")));
        assert!(faulty(&task, &refused("replaced")));
        assert!(faulty(&task, &refused("whatever")));
        let mut stale = refused("stale");
        stale["by"] = json!(90);
        assert!(!faulty(&task, &stale));
        stale["by"] = json!(-1);
        assert!(faulty(&task, &stale));
    }
}
