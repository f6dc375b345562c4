//! What cargo itself checks, measures and makes.
//!
//! `--locked` everywhere: a check never changes `Cargo.lock`.

use crate::command::{Failure, Program};
use crate::workspace::Workspace;

/// The formatting of every package.
pub fn format(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "fmt")?.args(["--all", "--check"]).run()
}

/// Clippy over every target of every package, warnings denied.
pub fn clippy(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "clippy")?
        .args(["--locked", "--workspace", "--all-targets"])
        .args(["--", "-D", "warnings"])
        .run()
}

/// Every test written in Rust.
pub fn test(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "test")?.args(["--locked", "--workspace"]).run()
}

/// The documentation, warnings (broken links among them) denied.
pub fn documentation(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "doc")?
        .args(["--locked", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()
}

/// Builds a package as it is shipped: with the features it asks for itself, and none that a neighbour
/// in the workspace happens to add.
pub fn build_alone(workspace: &Workspace, package: &str) -> Result<(), Failure> {
    Program::cargo(workspace, "build")?.args(["--locked", "--package", package]).run()
}

/// Builds a program from the crates that the tests have compiled already: dependencies take their
/// features from all of the workspace, so that nothing is compiled a second time.
pub fn build_program(workspace: &Workspace, name: &str) -> Result<(), Failure> {
    Program::cargo(workspace, "build")?.args(["--locked", "--workspace", "--bin", name]).run()
}

/// Writes `tests/vectors` anew.
pub fn vectors(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "run")?
        .args(["--locked", "--package", "suima-tests", "--bin", "vectors"])
        .run()
}

/// Runs every scenario of `tests/scenarios`, and writes `docs/rules.md`.
pub fn rules(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "run")?
        .args(["--locked", "--package", "suima-tests", "--bin", "scenarios"])
        .run()
}

/// Every benchmark.
pub fn bench(workspace: &Workspace) -> Result<(), Failure> {
    Program::cargo(workspace, "bench")?.args(["--locked", "--workspace"]).run()
}

/// Fuzzes one target of `core/code/fuzz` until it is stopped, or as `options` for libFuzzer say.
///
/// What it finds goes below `target/fuzz`.
pub fn fuzz(workspace: &Workspace, target: &str, options: &[String]) -> Result<(), Failure> {
    let corpus = workspace.folder(&format!("fuzz/corpus/{target}"))?;
    let artifacts = workspace.folder(&format!("fuzz/artifacts/{target}"))?;
    Program::cargo(workspace, "fuzz")?
        .args(["run", "--fuzz-dir", "core/code/fuzz", "--target-dir"])
        .arg(workspace.target("fuzz/build"))
        .arg(target)
        .arg(corpus)
        .arg("--")
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(options)
        // The sanitizers that cargo-fuzz asks for are unstable flags of the compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        .run()
}
