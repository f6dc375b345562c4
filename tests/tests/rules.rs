//! Every rule is kept, in every scenario, and `docs/rules.md` says so.

use std::fs;

use suima_tests::scenario::{
    RULES_MD, Tried, Trouble, markdown, read_cast, read_rules, trials, try_all, unproven,
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
