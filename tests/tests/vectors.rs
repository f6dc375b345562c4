//! The vectors are what the generator writes, and the library agrees with every one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use suima_code::Place;
use suima_tests::vectors::{Expect, Input, Suite, files, outcome};

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

/// Reasons that sampling never gives: it asks for no colour and needs no knowledge.
const NOT_AT_SAMPLING: [&str; 4] =
    ["status-too-old", "status-not-admitted", "knowledge-too-old", "not-ready"];

/// A gate's own memory gives this one, and no verdict about a code by itself.
const OF_A_GATES_MEMORY: &str = "shown-before";

#[test]
fn every_reason_is_given_at_every_place_that_can_give_it() {
    let specification = std::fs::read_to_string(folder().join("../../docs/format.md"));
    let specification = specification.expect("docs/format.md is there");
    let reasons: BTreeSet<&str> = specification
        .split("\n## ")
        .find(|section| section.starts_with("9. Reasons"))
        .expect("section 9 lists the reasons")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(reasons.len(), 23, "{reasons:?}");

    let mut given = BTreeSet::new();
    for (_, suite) in suites() {
        for case in suite.cases {
            if let (Input::Code { place, .. }, Expect::Refused(values)) = (case.input, case.expect)
            {
                let reason = values["reason"].as_str().expect("a name").to_owned();
                assert!(reasons.contains(reason.as_str()), "{reason}");
                given.insert((place, reason));
            }
        }
    }
    for place in [Place::Sampling, Place::Gate, Place::ManualCheck] {
        for &reason in &reasons {
            let possible = (place != Place::Sampling || !NOT_AT_SAMPLING.contains(&reason))
                && reason != OF_A_GATES_MEMORY;
            assert_eq!(
                given.contains(&(place, reason.to_owned())),
                possible,
                "{reason}, {place:?}"
            );
        }
    }
}
