//! Which crates reach those who use what is shipped.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

use crate::command::{Failure, answer};
use crate::phones;
use crate::workspace::Workspace;

/// Packages of ours that stay in the workshop. Every other member of the workspace counts as shipped.
const WORKSHOP: &[&str] = &["xtask", "suima-tests", "suima-benches", "suima-bindgen"];

/// Every crate of others in the normal and build dependencies of what is shipped, on this host and
/// on phones, once each, by name and version.
pub fn crates(workspace: &Workspace) -> Result<Vec<Package>, Failure> {
    let host = host()?;
    let mut found = BTreeMap::new();
    for platform in std::iter::once(host.as_str()).chain(phones::KINDS) {
        let metadata = MetadataCommand::new()
            .manifest_path(workspace.root().join("Cargo.toml"))
            .other_options(["--locked", "--filter-platform", platform].map(str::to_owned))
            .exec()
            .map_err(|error| Failure::new(error.to_string()))?;
        let reached = reached(&metadata)?;
        for package in metadata.packages {
            if reached.contains(&package.id) && package.source.is_some() {
                found.insert((package.name.to_string(), package.version.clone()), package);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Everything that the shipped members reach without the dependencies of tests.
fn reached(metadata: &Metadata) -> Result<BTreeSet<PackageId>, Failure> {
    let members = metadata.workspace_packages();
    for name in WORKSHOP {
        if !members.iter().any(|member| member.name == *name) {
            return Err(Failure::new(format!(
                "xtask/src/shipped.rs names the package {name}, which is not in the workspace"
            )));
        }
    }
    let resolve =
        metadata.resolve.as_ref().ok_or_else(|| Failure::new("cargo metadata resolved nothing"))?;

    let mut reached = BTreeSet::new();
    let mut waiting: Vec<PackageId> = members
        .iter()
        .filter(|member| !WORKSHOP.contains(&member.name.as_str()))
        .map(|member| member.id.clone())
        .collect();
    while let Some(id) = waiting.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let node = resolve
            .nodes
            .iter()
            .find(|node| node.id == id)
            .ok_or_else(|| Failure::new(format!("cargo metadata does not resolve {id}")))?;
        waiting.extend(node.deps.iter().filter_map(|dependency| {
            let only_for_tests =
                dependency.dep_kinds.iter().all(|kind| kind.kind == DependencyKind::Development);
            (!only_for_tests).then(|| dependency.pkg.clone())
        }));
    }
    Ok(reached)
}

/// The platform that rustc builds for here.
fn host() -> Result<String, Failure> {
    answer("rustc", &["-vV"])
        .and_then(|told| {
            let line = told.lines().find_map(|line| line.strip_prefix("host: "));
            line.map(str::to_owned)
        })
        .ok_or_else(|| Failure::new("`rustc -vV` does not tell its host"))
}
