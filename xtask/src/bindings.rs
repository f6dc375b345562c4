//! The Kotlin and Swift that the shells call the core through.

use crate::command::{Failure, Program};
use crate::rust;
use crate::workspace::Workspace;

/// Where the generated sources go: `kotlin` and `swift` below it.
pub const FOLDER: &str = "bindings";

/// Builds the shared library and generates Kotlin and Swift from it.
///
/// From the library as cargo leaves it: the description of its interface is lost when it is stripped.
pub fn generate(workspace: &Workspace) -> Result<(), Failure> {
    rust::build(workspace, "suima")?;
    let library = workspace.library("suima");
    for language in ["kotlin", "swift"] {
        let folder = workspace.empty_folder(&format!("{FOLDER}/{language}"))?;
        Program::cargo(workspace, "run")?
            .args(["--quiet", "--locked", "--package", "suima-bindgen", "--"])
            .args(["generate", "--language", language, "--no-format"])
            .arg("--out-dir")
            .arg(folder)
            .arg(&library)
            .run()?;
    }
    Ok(())
}
