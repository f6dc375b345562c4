//! Every rule is kept, in every scenario, and `docs/rules.md` says so.

use std::collections::BTreeSet;
use std::fs;

use suima_tests::scenario::{
    RULES_MD, Tried, Trouble, folder, markdown, read_cast, read_rules, trials, try_all, unproven,
};

#[test]
fn every_scenario_goes_as_it_says_and_the_page_of_the_rules_is_up_to_date() {
    let (cast, rules) = (read_cast(), read_rules());
    let tried = try_all(&cast, &trials(&rules));
    let failures = tried.iter().filter_map(|Tried { trial, trouble }| {
        let Trouble(why) = trouble.as_ref()?;
        Some(format!("{} ({:?}): {why}", trial.name(), trial.network))
    });
    let failures: Vec<_> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let page = fs::read_to_string(RULES_MD).expect("docs/rules.md is there");
    assert!(page == markdown(&rules, &tried), "docs/rules.md is out of date: cargo xtask rules");
}

#[test]
fn every_sentence_and_every_cell_of_the_table_has_a_scenario() {
    assert_eq!(unproven(&read_rules()), Vec::<String>::new());
}

#[test]
fn every_reason_that_people_can_meet_is_met_in_a_scenario() {
    let format = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/format.md");
    let format = fs::read_to_string(format).expect("the format is specified");
    let section = format.split("\n## 9. Reasons\n").nth(1).expect("it lists the reasons");
    let section = section.split("\n## ").next().expect("a section ends");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let reasons: BTreeSet<&str> = rows.map(|(id, _)| id).collect();
    assert!(reasons.contains("replaced"));

    let files = (1..=9).map(|number| folder().join(format!("r{number}.json")));
    let files: String = files.map(|path| fs::read_to_string(path).expect("it is there")).collect();
    let met = |id: &&&str| files.contains(&format!("\"reason\": \"{id}\""));
    let (met, unmet): (Vec<&str>, Vec<&str>) = reasons.iter().partition(met);
    assert!(!met.is_empty());
    // An issuer that keeps its own rules signs nothing of the kind: the vectors have them, forged.
    assert_eq!(unmet, ["key-not-for-this", "key-out-of-time"]);
}
