//! The Kotlin tests: the generated bindings and what of the Android app needs no Android, on a plain JVM, against the
//! shared library and the issuer as they are built here.

use std::path::Path;

use crate::bindings;
use crate::command::{Failure, Program};
use crate::phones;
use crate::rust;
use crate::workspace::Workspace;

/// The bindings alone.
const BINDINGS: &str = "bindings/kotlin/pom.xml";

/// The bindings, and the parts of the Android app that stand on them.
const ANDROID: &str = "android/pom.xml";

/// Builds the issuer and the conductor of the scenarios, and runs the tests of `bindings/kotlin` and of `android/`; the
/// bindings are generated before.
pub fn test(workspace: &Workspace) -> Result<(), Failure> {
    rust::build_program(workspace, "suima-issuer")?;
    rust::build_program(workspace, "conductor")?;
    maven(workspace, ANDROID, "debug")?.arg("test").run()
}

/// Measures what calls of the core cost from Kotlin, and prints a table: with the library as it is shipped, but for this
/// machine. The bindings are generated before.
pub fn call_costs(workspace: &Workspace) -> Result<(), Failure> {
    rust::build_program(workspace, "suima-issuer")?;
    phones::library(workspace)?;
    maven(workspace, BINDINGS, "phone")?.args(["-Pcall-costs", "test"]).run()
}

/// Maven on one of its files, told where everything is, with the shared library of a profile.
fn maven(workspace: &Workspace, file: &str, profile: &str) -> Result<Program, Failure> {
    Ok(Program::new(workspace, "mvn")?
        .args(["--no-transfer-progress", "--batch-mode", "-Dstyle.color=never"])
        .args(["--file", file])
        .arg(property("suima.target", &workspace.target("")))
        .arg(property("suima.bindings", &workspace.target(bindings::FOLDER).join("kotlin")))
        .arg(property("suima.libraries", &workspace.target(profile)))
        .arg(property("suima.tmp", &workspace.empty_folder("kotlin/tmp")?)))
}

fn property(name: &str, path: &Path) -> String {
    format!("-D{name}={}", path.display())
}
