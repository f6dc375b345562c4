//! The invariants of `ARCHITECTURE.md` that crate boundaries alone do not keep.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the root").to_owned()
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--offline".to_owned(), "--locked".to_owned()])
        .exec()
        .expect("cargo metadata of this workspace")
}

/// Everything that `package` links, as opposed to what its tests and build scripts use. Features are those that the
/// whole workspace turns on, so this is never less than what is linked.
fn links(metadata: &Metadata, package: &str) -> BTreeSet<String> {
    let resolve = metadata.resolve.as_ref().expect("resolved");
    let name = |id: &PackageId| metadata[id].name.to_string();
    let start = metadata.workspace_packages().into_iter().find(|p| p.name == package);
    let mut open = vec![start.unwrap_or_else(|| panic!("no package {package}")).id.clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        let node =
            resolve.nodes.iter().find(|node| node.id == id).expect("every package has a node");
        for dependency in &node.deps {
            let linked =
                dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if linked && seen.insert(name(&dependency.pkg)) {
                open.push(dependency.pkg.clone());
            }
        }
    }
    seen
}

fn assert_absent(package: &str, absent: &[&str]) {
    let linked = links(&metadata(), package);
    for name in absent {
        assert!(!linked.contains(*name), "{package} must not depend on {name}");
    }
}

#[test]
fn the_pure_centre_depends_on_nothing_of_ours_and_on_nothing_that_does_io() {
    let linked = links(&metadata(), "suima-code");
    let ours: Vec<_> = linked.iter().filter(|name| name.starts_with("suima")).collect();
    assert!(ours.is_empty(), "{ours:?}");
    assert_absent("suima-code", &["tokio", "rusqlite", "reqwest", "rand", "chrono"]);
}

#[test]
fn wallet_and_station_do_not_know_each_other_nor_the_issuer() {
    assert_absent("suima-wallet", &["suima-station", "suima-issuer", "suima-signing", "uniffi"]);
    assert_absent("suima-station", &["suima-wallet", "suima-issuer", "suima-signing", "uniffi"]);
}

#[test]
fn nothing_in_core_depends_on_uniffi() {
    for package in [
        "suima-code",
        "suima-client",
        "suima-sentences",
        "suima-device",
        "suima-wallet",
        "suima-station",
    ] {
        assert_absent(package, &["uniffi", "uniffi_core"]);
    }
}

#[test]
fn the_phone_library_cannot_sign_as_an_issuer() {
    assert_absent("suima", &["suima-signing", "suima-issuer", "axum"]);
    assert!(links(&metadata(), "suima").contains("suima-wallet"), "the graph is read rightly");
}

#[test]
fn the_issuer_knows_no_phone_and_sends_no_request() {
    assert_absent("suima-issuer", &["suima-device", "suima-wallet", "suima-station", "uniffi"]);
    let metadata = metadata();
    let issuer = metadata.workspace_packages().into_iter().find(|p| p.name == "suima-issuer");
    let uses = issuer.expect("the issuer is a package").dependencies.iter();
    let client: Vec<_> = uses
        .filter(|used| used.name == "suima-client" && used.kind == DependencyKind::Normal)
        .collect();
    assert_eq!(client.len(), 1);
    assert!(
        !client[0].features.contains(&"http".to_owned()),
        "the HTTP client is a feature: {:?}",
        client[0].features
    );
}

/// Schemas are for the issuer's description of itself alone.
#[test]
fn no_part_of_the_phone_library_asks_for_schemas() {
    let metadata = metadata();
    let linked = links(&metadata, "suima");
    let asks = |name: &str| {
        let package = metadata.workspace_packages().into_iter().find(|p| p.name == name);
        let package = package.expect("a package of the workspace");
        let schema = "schema".to_owned();
        let by_default = package.features.get("default").is_some_and(|on| on.contains(&schema));
        by_default
            || package
                .dependencies
                .iter()
                .any(|used| used.kind == DependencyKind::Normal && used.features.contains(&schema))
    };
    let ours = linked.iter().map(String::as_str).filter(|name| name.starts_with("suima-"));
    let asking: Vec<&str> = ours.chain(["suima"]).filter(|name| asks(name)).collect();
    assert!(asking.is_empty(), "{asking:?}");
    assert!(asks("suima-issuer"), "the manifests are read rightly");
}

/// A panic in an export that returns no `Result` would end a Swift app.
#[test]
fn every_export_of_the_bindings_returns_a_result() {
    let mut files = Vec::new();
    sources(&root().join("bindings/src"), &mut files);
    let mut exports = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        for block in text.split("#[uniffi::export").skip(1) {
            let block = &block[..block.find("\n}\n").expect("an item ends at the margin")];
            for function in block.split(" fn ").skip(1) {
                exports += 1;
                let head = &function[..function.find(['{', ';']).expect("a function has an end")];
                // Something made of nothing: there is nothing in it that could fail.
                let cannot_fail = head.trim() == "new() -> Arc<Self>";
                let tells = cannot_fail || head.contains("-> Result<");
                assert!(tells, "{}: fn {head}", file.display());
            }
        }
    }
    assert!(exports > 40, "the exports are found: {exports}");
}

/// Whatever is said to people stands in `core/sentences`, where both languages are held to the same rules.
#[test]
fn no_sentence_for_people_stands_outside_the_table() {
    let mut files = Vec::new();
    for part in ["code", "client", "device", "wallet", "station"] {
        sources(&root().join("core").join(part).join("src"), &mut files);
    }
    sources(&root().join("bindings/src"), &mut files);
    sources(&root().join("issuer/src/pages"), &mut files);
    files.extend(
        ["problem.rs", "http.rs", "openapi.rs"].map(|file| root().join("issuer/src").join(file)),
    );
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut seen = 0;
    for file in
        files.iter().filter(|file| !file.iter().any(|part| part == "tests" || part == "tests.rs"))
    {
        let text = fs::read_to_string(file).expect("a source file");
        // Tests make up names, and comments may explain a word.
        let text = text.split("#[cfg(test)]").next().expect("a split has a first part");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            seen += 1;
            let titled = line.contains("\"title\": ");
            assert!(titled || !line.contains(is_chinese), "{}: {line}", file.display());
        }
    }
    assert!(seen > 5000, "the sources are found: {seen}");
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the workspace") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

fn assert_nowhere(folders: &[&str], words: &[&str]) {
    let mut files = Vec::new();
    for folder in folders {
        sources(&root().join(folder), &mut files);
    }
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        for word in words {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
}

#[test]
fn the_pure_centre_reaches_for_nothing() {
    assert_nowhere(
        &["core/code/src"],
        &[
            "std::fs",
            "std::net",
            "std::time",
            "std::env",
            "std::thread",
            "std::process",
            "println!",
        ],
    );
}

#[test]
fn time_and_randomness_come_in_from_outside() {
    let clocks = ["SystemTime::now", "Instant::now", "Utc::now", "Local::now", "thread::sleep"];
    assert_nowhere(
        &[
            "core/code/src",
            "core/client/src",
            "core/device/src",
            "core/wallet/src",
            "core/station/src",
        ],
        &clocks,
    );
    // One place in core asks the system for random bytes: the implementation of the port.
    assert_nowhere(
        &["core/code/src", "core/client/src", "core/wallet/src", "core/station/src"],
        &["getrandom::", "rand::random", "OsRng"],
    );
}
