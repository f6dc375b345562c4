//! The shape of the files, which every language's runner reads. `tests/scenarios/README.md` says what each thing means.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::acts::Act;

/// Where the files are.
pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios"))
}

/// The files of the rules, in the order of the rules.
pub fn read_rules() -> Vec<Rule> {
    (1..=9).map(|number| read(&format!("r{number}.json"))).collect()
}

/// The people of all scenarios.
pub fn read_cast() -> Cast {
    read("people.json")
}

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let text = fs::read_to_string(folder().join(name)).expect("the file is there");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A file: a rule, and the scenarios that prove it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `R1` to `R9`.
    pub rule: String,
    /// What it is about.
    pub title: Both,
    /// The rule itself, in parts that are proved one by one.
    pub sentences: Vec<Sentence>,
    /// The rule as a table, where it has one.
    #[serde(default)]
    pub table: Vec<Row>,
    /// What is done to each kind, where the rule says that no other changes by it.
    pub independence: Option<Independence>,
    /// What proves it.
    pub scenarios: Vec<Scenario>,
}

/// A part of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// `R1.1`.
    pub id: String,
    /// As the rule has it.
    pub text: String,
}

/// A row of a rule's table. The id of a cell is `R6.live.gate`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What is shown: `live`.
    pub shown: String,
    /// What people call it.
    pub title: Both,
    /// At sampling, as the rule has it.
    pub sampling: String,
    /// At a gate.
    pub gate: String,
    /// At a manual check.
    #[serde(rename = "manual-check")]
    pub manual_check: String,
}

/// A scenario.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Unique among all files.
    pub name: String,
    /// What it shows.
    pub title: Both,
    /// The sentences and cells that it proves.
    pub proves: Vec<String>,
    /// How it is run: once for each.
    #[serde(default = "online")]
    pub network: Vec<Network>,
    /// Who is in the register.
    pub people: Vec<String>,
    /// What they carry, and what stands in the city.
    pub devices: Vec<Device>,
    /// What happens.
    pub steps: Vec<Step>,
}

fn online() -> Vec<Network> {
    vec![Network::Online]
}

/// How a scenario is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// With every network up, but for those that a step cuts.
    Online,
    /// With the steps for this alone, which cut networks.
    Cut,
}

/// A device. All are set up, in order, before the first step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Device {
    /// A phone with the wallet.
    Phone {
        /// Unique in its scenario.
        name: String,
        /// Whose.
        of: String,
        /// Whether it is enrolled before the first step.
        #[serde(default = "yes")]
        enrolled: bool,
        /// Whose codes it holds before the first step, besides its owner's.
        #[serde(default)]
        holds: Vec<String>,
    },
    /// A station, enrolled.
    Station {
        /// Unique in its scenario; the issuer knows it by this name too.
        name: String,
        /// Whether it is synced before the first step.
        #[serde(default = "yes")]
        synced: bool,
    },
    /// A browser at the PC portal.
    Portal {
        /// Unique in its scenario.
        name: String,
    },
    /// A self-service terminal, set up.
    Terminal {
        /// Unique in its scenario; the issuer knows it by this name too.
        name: String,
    },
}

pub(super) fn yes() -> bool {
    true
}

/// The people of all scenarios.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    /// By the name that scenarios use.
    pub people: BTreeMap<String, Person>,
    /// Who is whose parent or guardian, by the register.
    pub kinship: Vec<Kinship>,
}

/// A person as the register has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// With its check digit.
    pub id_number: String,
    /// In full.
    pub name: String,
    /// `1988-03-14`.
    pub birth_date: String,
    /// The special groups they belong to (R3), by the register's words: `disability`, `group-1` to `group-31`.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What is to be known of them.
    pub about: Both,
}

/// A parent or guardian and a child.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinship {
    /// The parent or guardian.
    pub guardian: String,
    /// The child.
    pub child: String,
    /// `parent` or `guardian`.
    pub relation: String,
}

/// What is done to each kind, and how each kind's state is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Independence {
    /// Who is in the register.
    pub people: Vec<String>,
    /// What they carry, and what stands in the city.
    pub devices: Vec<Device>,
    /// What happens before the state is read for the first time.
    pub before: Vec<Step>,
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// What is done, once each in a city of its own.
    pub actions: Vec<Action>,
}

/// A kind, and how its state is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// `nucleic-acid`.
    pub name: String,
    /// What people call it.
    pub title: Both,
    /// All that can be done to it: of each there is an action.
    pub done: Vec<String>,
    /// Steps whose results are its state.
    pub state: Vec<Step>,
    /// The parts of the results that are not: they differ each time, whatever is done.
    pub varies: Vec<String>,
}

/// Something done to a kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Unique among the actions.
    pub name: String,
    /// What it is.
    pub title: Both,
    /// The kind that it is done to; another kind's state is the same before and after.
    pub to: String,
    /// What of [`Kind::done`] it does.
    pub does: String,
    /// The sentences that it proves.
    pub proves: Vec<String>,
    /// How it is run: once for each.
    #[serde(default = "online")]
    pub network: Vec<Network>,
    /// What happens.
    pub steps: Vec<Step>,
}

/// A step: what is done, and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Step {
    /// In which run; `None` for all.
    pub only: Option<Network>,
    /// What is done.
    pub act: Act,
    /// The name under which what it gives (a code, an agreement) is kept for later steps.
    pub keep: Option<String>,
    /// What is expected; without it, that it is done.
    pub expect: Option<Value>,
}

impl TryFrom<Map<String, Value>> for Step {
    type Error = serde_json::Error;

    /// What all steps have is taken out first: what is left belongs to the one kind, and nothing may be left over.
    fn try_from(mut fields: Map<String, Value>) -> Result<Self, Self::Error> {
        let only = fields.remove("only").map(serde_json::from_value).transpose()?;
        let keep = fields.remove("keep").map(serde_json::from_value).transpose()?;
        let expect = fields.remove("expect");
        let act = serde_json::from_value(Value::Object(fields))?;
        Ok(Self { only, act, keep, expect })
    }
}
