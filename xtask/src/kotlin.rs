//! The Kotlin tests: the generated bindings on a plain JVM, against the shared library and the issuer
//! as they are built here.

use std::path::Path;

use crate::bindings;
use crate::command::{Failure, Program};
use crate::rust;
use crate::workspace::Workspace;

/// Builds the issuer and runs the tests of `bindings/kotlin`; the bindings are generated before.
pub fn test(workspace: &Workspace) -> Result<(), Failure> {
    rust::build_program(workspace, "suima-issuer")?;
    Program::new(workspace, "mvn")?
        .args([
            "--no-transfer-progress",
            "--batch-mode",
            "-Dstyle.color=never",
            "--file",
            "bindings/kotlin/pom.xml",
        ])
        .arg(property("suima.build", &workspace.target("kotlin")))
        .arg(property("suima.bindings", &workspace.target(bindings::FOLDER).join("kotlin")))
        .arg(property("suima.libraries", &workspace.target("debug")))
        .arg(property("suima.issuer", &workspace.program("suima-issuer")))
        .arg(property("suima.vectors", &workspace.root().join("tests/vectors")))
        .arg(property("suima.tmp", &workspace.folder("kotlin/tmp")?))
        .arg("test")
        .run()
}

fn property(name: &str, path: &Path) -> String {
    format!("-D{name}={}", path.display())
}
