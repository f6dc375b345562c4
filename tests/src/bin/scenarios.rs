//! Runs the scenarios of `tests/scenarios/`: all of them, and writes `docs/rules.md`; or those whose name has the given
//! words in it, and writes nothing.

use std::fs;
use std::process::ExitCode;

use suima_tests::scenario::{RULES_MD, Trouble, markdown, read_cast, read_rules, trials, try_all};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (cast, rules) = (read_cast(), read_rules());
    let mut chosen = trials(&rules);
    if !words.is_empty() {
        chosen.retain(|trial| words.iter().any(|word| trial.name().contains(word)));
    }
    let tried = try_all(&cast, &chosen);
    let mut failed = 0;
    for one in &tried {
        let (name, network) = (one.trial.name(), one.trial.network);
        if let Some(Trouble(why)) = &one.trouble {
            println!("✗ {name} ({network:?}): {why}");
            failed += 1;
        }
    }
    println!("{} of {} passed", tried.len() - failed, tried.len());
    if words.is_empty() {
        fs::write(RULES_MD, markdown(&rules, &tried)).expect("the page can be written");
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
