//! The shape of the files, which every language's runner reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use suima_code::Place;

use super::run::outcome;

/// A file of vectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    /// What the cases in it are about.
    pub about: String,
    /// What verifiers know, by name.
    pub worlds: BTreeMap<String, World>,
    /// What they are shown.
    pub cases: Vec<Case>,
}

/// What a verifier knows and pins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// The hot root key, 32 bytes in hexadecimal.
    pub hot: String,
    /// The cold root key, likewise.
    pub cold: String,
    /// The trust bundle held, in hexadecimal.
    pub trust: String,
    /// The policy held, in hexadecimal.
    pub policy: String,
    /// The revocation lines known.
    pub lines: Vec<LineEntry>,
    /// The time this knowledge is as of; `null` before the first head.
    pub as_of: Option<u32>,
}

/// A revocation line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineEntry {
    /// List kind, 1 to 4.
    pub kind: u8,
    /// Slot or holding.
    pub number: u32,
    /// What was issued before this time is void.
    pub before: u32,
    /// Cause, 0 to 4.
    pub cause: u8,
}

/// One thing shown, and what must come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Unique in its file.
    pub name: String,
    /// What it is there for.
    pub why: String,
    /// What is shown, where and when.
    #[serde(flatten)]
    pub input: Input,
    /// What must come of it.
    pub expect: Expect,
}

/// What is shown to the verifier of a world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "object", rename_all = "kebab-case")]
pub enum Input {
    /// The text of a code.
    Code {
        /// Whose verifier.
        world: String,
        /// What the QR code says.
        text: String,
        /// Where.
        place: Place,
        /// When.
        now: u32,
    },
    /// A trust bundle.
    Trust {
        /// Whose root keys.
        world: String,
        /// Its bytes.
        hex: String,
    },
    /// A policy.
    Policy {
        /// Whose trust.
        world: String,
        /// Its bytes.
        hex: String,
        /// When.
        now: u32,
    },
    /// A head.
    Head {
        /// Whose trust.
        world: String,
        /// Its bytes.
        hex: String,
        /// What was asked with, 16 bytes.
        nonce: String,
        /// When.
        now: u32,
    },
    /// A revocation list or delta.
    Revocations {
        /// Whose trust.
        world: String,
        /// Its bytes.
        hex: String,
        /// When.
        now: u32,
    },
}

impl Input {
    /// The world it is shown in.
    pub fn world(&self) -> &str {
        match self {
            Self::Code { world, .. }
            | Self::Trust { world, .. }
            | Self::Policy { world, .. }
            | Self::Head { world, .. }
            | Self::Revocations { world, .. } => world,
        }
    }
}

/// The outcome, with its values by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Expect {
    /// Accepted, and what was read in it.
    Accepted(BTreeMap<String, Value>),
    /// Refused: `reason`, and its values (`docs/format.md` section 9).
    Refused(BTreeMap<String, Value>),
}

impl Expect {
    /// Accepted with these values.
    pub(crate) fn accepted<const N: usize>(values: [(&str, Value); N]) -> Self {
        Self::Accepted(values.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// Refused for this reason, with these values.
    pub(crate) fn refused<const N: usize>(reason: &str, values: [(&str, Value); N]) -> Self {
        let values = values.map(|(name, value)| (name.to_owned(), value)).into_iter();
        Self::Refused(values.chain([("reason".to_owned(), reason.into())]).collect())
    }

    /// Whether it is an acceptance.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted(_))
    }
}

impl Suite {
    pub(crate) fn new(about: &str, worlds: &[(&str, World)]) -> Self {
        let worlds = worlds.iter().map(|(name, world)| ((*name).to_owned(), world.clone()));
        Self { about: about.to_owned(), worlds: worlds.collect(), cases: Vec::new() }
    }

    /// Adds a case.
    ///
    /// Panics if the library comes to another outcome: the expectation is written by hand from
    /// `docs/format.md`, and one of the two is wrong.
    fn add(&mut self, name: &str, why: &str, input: Input, expect: Expect) {
        let found = outcome(&self.worlds[input.world()], &input);
        assert_eq!(found, expect, "{name}: {why}");
        assert!(self.cases.iter().all(|case| case.name != name), "{name} stands twice");
        self.cases.push(Case { name: name.to_owned(), why: why.to_owned(), input, expect });
    }

    pub(crate) fn accepted(&mut self, name: &str, why: &str, input: Input, expect: Expect) {
        assert!(expect.is_accepted());
        self.add(name, why, input, expect);
    }

    /// Adds a case that is refused. `twin` differs from it in the named defect alone and must be accepted, so that
    /// nothing else can be what refuses the case.
    pub(crate) fn refused(
        &mut self,
        name: &str,
        why: &str,
        twin: &Input,
        input: Input,
        expect: Expect,
    ) {
        let found = outcome(&self.worlds[twin.world()], twin);
        assert!(found.is_accepted(), "the twin of {name} is refused: {found:?}");
        assert_ne!(*twin, input, "{name} is its own twin");
        self.add(name, why, input, expect);
    }

    /// The file: JSON with a line for each world and each case, so that a change shows as what it is.
    pub(crate) fn to_json(&self) -> String {
        let worlds: Vec<String> = self
            .worlds
            .iter()
            .map(|(name, world)| format!("{}: {}", json(name), json(world)))
            .collect();
        let cases: Vec<String> = self.cases.iter().map(json).collect();
        format!(
            "{{\n\"about\": {},\n\"worlds\": {{\n{}\n}},\n\"cases\": [\n{}\n]\n}}\n",
            json(&self.about),
            worlds.join(",\n"),
            cases.join(",\n"),
        )
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings, numbers and lists are JSON")
}
