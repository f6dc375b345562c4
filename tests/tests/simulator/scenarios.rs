//! Every scenario of `tests/scenarios/`, played on the simulator's pages.

use suima_tests::scenario::{Trial, Trouble, What, read_cast, read_rules, trials, try_on_pages};

/// How many browsers play at a time.
const BROWSERS: usize = 3;

/// The runs to play, by words in their names; all of them without.
const CHOICE: &str = "SUIMA_SCENARIOS";

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn every_scenario_comes_out_on_the_pages_as_the_rules_say() {
    play(|trial| matches!(trial.what, What::Scenario(_)));
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn no_action_changes_what_the_pages_show_of_other_kinds() {
    play(|trial| matches!(trial.what, What::Action(_)));
}

fn play(part: impl Fn(&Trial<'_>) -> bool) {
    let (cast, rules) = (read_cast(), read_rules());
    let mut chosen = trials(&rules);
    if let Ok(words) = std::env::var(CHOICE) {
        chosen.retain(|trial| words.split(' ').any(|word| trial.name().contains(word)));
    }
    assert!(!chosen.is_empty(), "no run has one of the words of {CHOICE} in its name");
    chosen.retain(part);
    let tried = try_on_pages(&cast, &chosen, BROWSERS);
    let failed: Vec<_> = tried
        .iter()
        .filter_map(|one| {
            let Trouble(why) = one.trouble.as_ref()?;
            Some(format!("✗ {} ({:?}): {why}", one.trial.name(), one.trial.network))
        })
        .collect();
    let passed = tried.len() - failed.len();
    assert!(failed.is_empty(), "{passed} of {} passed\n{}", tried.len(), failed.join("\n"));
}
