//! `docs/rules.md`: each rule, what proves it, and what came of that.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::format::{Both, Independence, Network, Rule};
use super::run::{Tried, What};

/// Where the page is, from the root of the repository.
pub const RULES_MD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md");

const HEAD: &str = "# The rules, and what proves them

Written by `cargo xtask rules` from `tests/scenarios/`; a test fails when the two differ. Every sentence of the rules stands
here with the scenarios that prove it, each run against real wallets, stations and an issuer over real HTTP: *online* with
every network up but for what the scenario itself cuts, *cut* with the networks cut that the scenario names.

";

/// The sentences and cells that no scenario proves, and what scenarios claim to prove and no rule says.
pub fn unproven(rules: &[Rule]) -> Vec<String> {
    let said: BTreeSet<String> = rules.iter().flat_map(ids).collect();
    let proved: BTreeSet<String> = rules.iter().flat_map(claims).collect();
    said.symmetric_difference(&proved).cloned().collect()
}

/// Every sentence and cell of a rule.
fn ids(rule: &Rule) -> Vec<String> {
    let sentences = rule.sentences.iter().map(|sentence| sentence.id.clone());
    let cells = rule.table.iter().flat_map(|row| {
        let places = ["sampling", "gate", "manual-check"];
        places.map(|place| format!("{}.{}.{place}", rule.rule, row.shown))
    });
    sentences.chain(cells).collect()
}

fn claims(rule: &Rule) -> Vec<String> {
    let scenarios = rule.scenarios.iter().flat_map(|scenario| &scenario.proves);
    let actions = rule.independence.iter().flat_map(|independence| &independence.actions);
    let actions = actions.flat_map(|action| &action.proves);
    scenarios.chain(actions).cloned().collect()
}

/// A scenario on the page.
struct Entry<'a> {
    name: &'a str,
    title: &'a Both,
    runs: Vec<(Network, bool)>,
}

/// The page.
pub fn markdown(rules: &[Rule], tried: &[Tried<'_>]) -> String {
    let mut proofs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for Tried { trial, trouble } in tried {
        let run = (trial.network, trouble.is_none());
        if let Some(last) = entries.last_mut().filter(|last| last.name == trial.name()) {
            last.runs.push(run);
            continue;
        }
        let (title, proves) = match trial.what {
            What::Scenario(scenario) => (&scenario.title, &scenario.proves),
            What::Action(action) => (&action.title, &action.proves),
        };
        for id in proves {
            proofs.entry(id).or_default().push(entries.len());
        }
        entries.push(Entry { name: trial.name(), title, runs: vec![run] });
    }
    let mut page = HEAD.to_owned();
    for rule in rules {
        let Both { zh, en } = &rule.title;
        write!(page, "## {} {zh} · {en}\n\n", rule.rule).expect("a text takes everything");
        for sentence in &rule.sentences {
            write!(page, "> {}\n\n", sentence.text).expect("a text takes everything");
            list(&mut page, &sentence.id, &proofs, &entries);
        }
        table(&mut page, rule);
        for id in ids(rule).iter().skip(rule.sentences.len()) {
            write!(page, "### {id}\n\n").expect("a text takes everything");
            list(&mut page, id, &proofs, &entries);
        }
        if let Some(independence) = &rule.independence {
            grid(&mut page, independence, &entries);
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn mark(passed: bool) -> char {
    if passed { '✓' } else { '✗' }
}

fn list(page: &mut String, id: &str, proofs: &BTreeMap<&str, Vec<usize>>, entries: &[Entry<'_>]) {
    for entry in proofs.get(id).into_iter().flatten().map(|&index| &entries[index]) {
        let runs = entry.runs.iter().map(|(network, passed)| {
            let network = match network {
                Network::Online => "online",
                Network::Cut => "cut",
            };
            format!("{network} {}", mark(*passed))
        });
        let (runs, Both { zh, en }) = (runs.collect::<Vec<_>>().join(", "), entry.title);
        writeln!(page, "- {runs} · {zh} · {en} (`{}`)", entry.name)
            .expect("a text takes everything");
    }
    page.push('\n');
}

fn table(page: &mut String, rule: &Rule) {
    if rule.table.is_empty() {
        return;
    }
    page.push_str("| shown | sampling | gate | manual check |\n| --- | --- | --- | --- |\n");
    for row in &rule.table {
        let (zh, en) = (&row.title.zh, &row.title.en);
        let (sampling, gate, manual) = (&row.sampling, &row.gate, &row.manual_check);
        writeln!(page, "| {zh} {en} | {sampling} | {gate} | {manual} |")
            .expect("a text takes everything");
    }
    page.push('\n');
}

/// What was done, and that the other kinds stayed as they were.
fn grid(page: &mut String, independence: &Independence, entries: &[Entry<'_>]) {
    page.push_str("Every action on one kind, and every other kind's state before and after:\n\n");
    page.push_str("| done |");
    for kind in &independence.kinds {
        write!(page, " {} {} |", kind.title.zh, kind.title.en).expect("a text takes everything");
    }
    page.push_str("\n| --- |");
    page.push_str(&" --- |".repeat(independence.kinds.len()));
    page.push('\n');
    for action in &independence.actions {
        let passed = entries.iter().find(|entry| entry.name == action.name);
        let passed = passed.is_some_and(|entry| entry.runs.iter().all(|(_, passed)| *passed));
        write!(page, "| {} {} |", action.title.zh, action.title.en)
            .expect("a text takes everything");
        for kind in &independence.kinds {
            let cell = if kind.name == action.to {
                "–".to_owned()
            } else {
                format!("same {}", mark(passed))
            };
            write!(page, " {cell} |").expect("a text takes everything");
        }
        page.push('\n');
    }
    page.push('\n');
}
