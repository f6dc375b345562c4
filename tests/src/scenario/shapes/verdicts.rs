//! What a station says, before it is compared.

use serde_json::Value;

use super::Shape::{self, Each, Flag, Maybe, Moment, Number, Object, Text, Word};
use super::{COLOUR, Fields, SAID};

const PRESENTED: Shape = Word(&["live", "relative", "nucleic-acid", "paper", "id-card"]);
const PLACE: Shape = Word(&["sampling", "gate", "manual-check"]);
const SIGNAL: Shape = Word(&["admit", "refuse", "attention"]);
const CAUTIONS: Shape = Each(&Word(&[
    "knowledge-old",
    "validity-not-checked",
    "compare-id-card",
    "also-in-tube",
    "maybe-the-same",
]));
const SHOWN: Shape = Object(&[
    ("presented", PRESENTED),
    ("masked-name", Text),
    ("birth-year", Maybe(&Number)),
    ("colour", Maybe(&COLOUR)),
    ("issued-at", Moment),
    ("until", Moment),
]);

/// A word of the result; empty where there is none.
fn word<'a>(result: &'a Value, name: &str) -> &'a str {
    result.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn scan(result: &Value) -> Vec<Fields> {
    let mut fields: Vec<Fields> = vec![&[
        ("signal", SIGNAL),
        ("shown", Maybe(&SHOWN)),
        ("verdict", Word(&["accepted", "refused"])),
    ]];
    if word(result, "verdict") == "refused" {
        fields.extend([SAID, values(result)]);
    } else {
        fields.push(&[("cautions", CAUTIONS)]);
    }
    fields
}

pub(super) fn door(result: &Value) -> Vec<Fields> {
    const VERDICT: Shape =
        Word(&["accepted", "refused", "needs-id-card", "match", "no-match", "status-unknown"]);
    let mut fields: Vec<Fields> = vec![
        SAID,
        &[
            ("verdict", VERDICT),
            ("signal", SIGNAL),
            ("colour", Maybe(&COLOUR)),
            ("cautions", CAUTIONS),
            ("shown", Maybe(&SHOWN)),
        ],
    ];
    match word(result, "verdict") {
        "refused" => fields.push(values(result)),
        "match" => fields.push(&[("as-of", Moment)]),
        "status-unknown" => {
            fields.push(&[("name-agrees", Maybe(&Flag)), ("year-agrees", Maybe(&Flag))]);
        }
        _ => {}
    }
    fields
}

pub(super) fn registration(result: &Value) -> Vec<Fields> {
    const VERDICT: Shape = Word(&[
        "registered",
        "refused",
        "maybe-twice",
        "already-in-tube",
        "no-tube",
        "tube-full",
        "tube-sealed",
    ]);
    let mut fields: Vec<Fields> = vec![SAID, &[("verdict", VERDICT), ("signal", SIGNAL)]];
    match word(result, "verdict") {
        "registered" => fields.push(&[
            ("presented", Maybe(&PRESENTED)),
            ("masked-name", Text),
            ("birth-year", Maybe(&Number)),
            ("colour", Maybe(&COLOUR)),
            ("seat", Number),
            ("taken", Number),
            ("checked", Maybe(&Flag)),
            ("cautions", CAUTIONS),
        ]),
        "refused" => fields.push(values(result)),
        "maybe-twice" | "already-in-tube" => fields.push(&[("seat", Number)]),
        _ => {}
    }
    fields
}

/// A reason, with what varies in it.
fn values(result: &Value) -> Fields {
    match word(result, "reason") {
        "unknown-key" => &[("reason", Text), ("kid", Number), ("trust", Moment)],
        "key-recalled" => &[("reason", Text), ("kid", Number), ("at", Moment)],
        "key-not-for-this" | "key-out-of-time" => &[("reason", Text), ("kid", Number)],
        "wrong-place" => &[("reason", Text), ("place", PLACE)],
        "stale" | "ahead" => &[("reason", Text), ("by", Number)],
        "not-yet-valid" => &[("reason", Text), ("from", Moment)],
        "not-a-code" | "newer-format" | "altered" | "status-not-admitted" | "not-ready" => {
            &[("reason", Text)]
        }
        "trust-expired" | "shown-before" | "expired" | "replaced" | "reported-lost"
        | "holding-ended" | "device-replaced" | "status-changed" | "status-too-old"
        | "knowledge-too-old" => &[("reason", Text), ("at", Moment)],
        _ => &[("reason", Word(&["one of docs/format.md"]))],
    }
}
