//! The tour, from outside: the program is run as people run it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use suima_code::qr::read_picture;
use suima_code::{PublicKey, Roots, Trust};

fn tour(out: &Path) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_suima-simulator"))
        .arg("tour")
        .arg("--out")
        .arg(out)
        .output()
        .expect("the program was built for this test")
}

fn story(out: &Path) -> Vec<Value> {
    let text = fs::read_to_string(out.join("tour.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The verdict and the reason of the step with this name.
fn outcome<'a>(story: &'a [Value], step: &str) -> (&'a str, Option<&'a str>) {
    let line =
        story.iter().find(|line| line["step"] == step).unwrap_or_else(|| panic!("no {step}"));
    (line["verdict"].as_str().unwrap(), line["reason"].as_str())
}

#[test]
fn the_tour_ends_well_and_leaves_what_checks_from_outside_need() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("made/by/the/tour");
    let done = tour(&out);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let story = story(&out);
    let printed = String::from_utf8(done.stdout).unwrap();
    assert_eq!(printed.lines().count(), story.len() + 1, "a line per step and one at the end");
    for (step, verdict, reason) in [
        ("register-mother-live", "accepted", None),
        ("offline-register-child-live", "accepted", None),
        ("old-picture-at-synced-post", "refused", Some("replaced")),
        ("old-picture-at-post-that-saw-new", "refused", Some("replaced")),
        ("live-replayed-at-gate", "refused", Some("stale")),
        ("nucleic-acid-at-gate", "refused", Some("wrong-place")),
        ("altered-at-sampling", "refused", Some("altered")),
        ("old-code-just-before-its-end", "accepted", None),
        ("old-code-at-its-end", "refused", Some("expired")),
        ("scan-mother-child-successor", "accepted", None),
        ("registered-once", "done", None),
    ] {
        assert_eq!(outcome(&story, step), (verdict, reason), "{step}");
    }
    let at = |step: &str| {
        let line = story.iter().find(|line| line["step"] == step).unwrap();
        line["at"].as_u64().unwrap()
    };
    assert_eq!(at("old-code-at-its-end"), at("scan-mother-child-successor"), "no gap");

    codes_and_texts_agree(&out, &story);
    documents_are_genuine(&out);
}

fn codes_and_texts_agree(out: &Path, story: &[Value]) {
    let mut pictures = 0;
    for entry in fs::read_dir(out.join("codes")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().unwrap() == "png" {
            let text = fs::read_to_string(path.with_extension("txt")).unwrap();
            assert_eq!(read_picture(&fs::read(&path).unwrap()).unwrap(), text);
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(story.iter().any(|line| line["code"] == name), "{name} is shown in no step");
            pictures += 1;
        }
    }
    assert!(pictures > 20, "{pictures} pictures");
}

fn documents_are_genuine(out: &Path) {
    let hex = fs::read_to_string(out.join("root.pub")).unwrap();
    let bytes: Vec<u8> =
        (0..64).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect();
    let root = PublicKey::ed25519(&bytes.try_into().unwrap()).unwrap();
    // The bundle names the root that signed it: the hot one. The cold one is not left, and not asked for.
    let roots = Roots { hot: root.clone(), cold: root };
    let trust = Trust::parse(&fs::read(out.join("trust.cwt")).unwrap(), &roots).unwrap();
    assert!(trust.version >= 1);
    let lists = fs::read_dir(out.join("lists")).unwrap().count();
    assert!(lists >= 4, "one of each kind at least");
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let done = tour(folder.path());
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("thesis.txt"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
