//! Crates that are shipped in more than one version.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::semver::Version;

use crate::command::Failure;
use crate::shipped;
use crate::workspace::Workspace;

/// A crate of which an older line may stand beside the newest.
struct Accepted {
    name: &'static str,
    /// The older line, as one writes it in `Cargo.toml`.
    older: &'static str,
    reason: &'static str,
}

const ACCEPTED: &[Accepted] = &[
    Accepted { name: "base64", older: "0.22", reason: "sfv 0.16 has not moved to 0.23" },
    Accepted {
        name: "getrandom",
        older: "0.2",
        reason: "ring 0.17 stays on 0.2; ring is how reqwest speaks TLS here",
    },
    Accepted {
        name: "miniz_oxide",
        older: "0.8",
        reason: "png 0.18 stays on 0.8, and its flate2 has moved to 0.9",
    },
    Accepted {
        name: "syn",
        older: "2",
        reason: "only runs in the compiler; half the derive macros have moved to 3",
    },
];

/// Every duplicate has to be accepted, and everything accepted has to be a duplicate still.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let crates = shipped::crates(workspace)?;
    let mut lines: BTreeMap<String, BTreeSet<Version>> = BTreeMap::new();
    for package in crates {
        let versions = lines.entry(package.name.to_string()).or_default();
        versions.insert(package.version);
    }
    let wrong = judge(&lines, ACCEPTED);
    if !wrong.is_empty() {
        return Err(Failure::new(format!(
            "duplicate crates (`cargo tree --duplicates` tells whose):\n  {}",
            wrong.join("\n  ")
        )));
    }
    for Accepted { name, older, reason } in ACCEPTED {
        println!("{name} {older} stands beside a newer one: {reason}");
    }
    Ok(())
}

/// What is wrong with the versions found, against what is accepted.
fn judge(found: &BTreeMap<String, BTreeSet<Version>>, accepted: &[Accepted]) -> Vec<String> {
    let older: BTreeSet<(&str, String)> = found
        .iter()
        .flat_map(|(name, versions)| {
            let before_the_newest = versions.iter().rev().skip(1);
            before_the_newest.map(|version| (name.as_str(), line(version)))
        })
        .collect();
    let accepted: BTreeSet<(&str, String)> =
        accepted.iter().map(|entry| (entry.name, entry.older.to_owned())).collect();
    let unknown = older.difference(&accepted).map(|(name, line)| {
        format!("{name} {line} stands beside a newer one, and xtask/src/duplicates.rs gives no reason for it")
    });
    let stale = accepted.difference(&older).map(|(name, line)| {
        format!("{name} {line} is accepted in xtask/src/duplicates.rs and is no longer a duplicate")
    });
    unknown.chain(stale).collect()
}

/// The versions that cargo takes as compatible with this one, written short.
fn line(version: &Version) -> String {
    match (version.major, version.minor, version.patch) {
        (0, 0, patch) => format!("0.0.{patch}"),
        (0, minor, _) => format!("0.{minor}"),
        (major, _, _) => major.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Accepted, judge};
    use std::collections::{BTreeMap, BTreeSet};

    const SYN: Accepted = Accepted { name: "syn", older: "2", reason: "" };

    fn found(versions: &[[u64; 3]]) -> BTreeMap<String, BTreeSet<super::Version>> {
        let versions = versions
            .iter()
            .map(|[major, minor, patch]| super::Version::new(*major, *minor, *patch));
        BTreeMap::from([("syn".to_owned(), versions.collect())])
    }

    #[test]
    fn a_duplicate_needs_a_reason() {
        let duplicate = found(&[[2, 0, 1], [3, 0, 0]]);
        assert_eq!(judge(&duplicate, &[]).len(), 1);
        assert_eq!(judge(&duplicate, &[SYN]), [""; 0]);
    }

    #[test]
    fn a_reason_needs_its_duplicate() {
        assert_eq!(judge(&found(&[[3, 0, 0]]), &[SYN]).len(), 1);
        assert_eq!(judge(&found(&[[1, 0, 0], [3, 0, 0]]), &[SYN]).len(), 2);
    }
}
