//! The Kotlin and Swift that the shells call the core through.

use std::fs;

use crate::command::{Failure, Program};
use crate::rust;
use crate::workspace::Workspace;

/// Where the generated sources go: `kotlin` and `swift` below it.
pub const FOLDER: &str = "bindings";

/// Builds the shared library and generates Kotlin and Swift from it.
///
/// From the library as cargo leaves it: the description of its interface is lost when it is stripped.
pub fn generate(workspace: &Workspace) -> Result<(), Failure> {
    rust::build_alone(workspace, "suima")?;
    rust::build_program(workspace, "suima-bindgen")?;
    let library = workspace.library("suima");
    if !library.exists() {
        return Err(Failure::new(format!(
            "{}: the package suima has not made it; is `cdylib` among its crate types?",
            library.display()
        )));
    }
    let folder = workspace.empty_folder(FOLDER)?;

    // Tells the generator where `uniffi.toml` lies, which the library does not say.
    let config = folder.join("bindgen.toml");
    let root = workspace.root().join("bindings");
    let text = format!("[crate-roots]\nsuima = {:?}\n", root.display().to_string());
    fs::write(&config, text).map_err(|error| Failure::at(&config, &error))?;

    for language in ["kotlin", "swift"] {
        Program::new(workspace, workspace.program("suima-bindgen"))?
            .args(["generate", "--language", language, "--no-format"])
            .arg("--config")
            .arg(&config)
            .arg("--out-dir")
            .arg(folder.join(language))
            .arg(&library)
            .run()?;
    }
    Ok(())
}
