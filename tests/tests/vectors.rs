//! The vectors are what the generator writes, and the library agrees with every one of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use suima_tests::vectors::{Suite, files, outcome};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The files that are checked in.
fn checked_in() -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder()).expect("tests/vectors is there");
    entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("readable"))
        })
        .collect()
}

fn suites() -> impl Iterator<Item = (String, Suite)> {
    checked_in().into_iter().map(|(name, json)| {
        let suite = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, suite)
    })
}

#[test]
fn the_files_are_what_the_generator_writes() {
    let written: BTreeMap<String, String> =
        files().into_iter().map(|(name, json)| (name.to_owned(), json)).collect();
    let found = checked_in();
    assert!(written.keys().eq(found.keys()), "{:?}", found.keys());
    for (name, json) in &written {
        let first = json.lines().zip(found[name].lines()).find(|(written, found)| written != found);
        assert_eq!(first, None, "{name} differs: cargo run -p suima-tests --bin vectors");
        assert!(*json == found[name], "{name} differs in length");
    }
}

#[test]
fn the_library_agrees_with_every_case() {
    for (file, suite) in suites() {
        for case in &suite.cases {
            let world = &suite.worlds[case.input.world()];
            assert_eq!(outcome(world, &case.input), case.expect, "{file}, {}", case.name);
        }
    }
}

#[test]
fn every_outcome_has_cases_enough() {
    let cases: Vec<_> = suites().flat_map(|(_, suite)| suite.cases).collect();
    let (accepted, refused): (Vec<_>, Vec<_>) =
        cases.iter().partition(|case| case.expect.is_accepted());
    assert!(accepted.len() >= 40, "{}", accepted.len());
    assert!(refused.len() >= 200, "{}", refused.len());
}
