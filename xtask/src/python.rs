//! Checks written in Python, with packages of others and no line of ours below them.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use crate::command::{Failure, Program, answer};
use crate::workspace::Workspace;

/// The interpreter that is looked for on the path.
pub const INTERPRETER: &str = "python3";

/// The verifier written from `docs/format.md`: its own tests, then every vector.
pub fn verify_vectors(workspace: &Workspace) -> Result<(), Failure> {
    Program::new(workspace, environment(workspace)?)?
        .args(["-m", "unittest", "discover", "--start-directory", "tests/python"])
        .run()?;
    run(workspace, "tests/python/verify_vectors.py", "tests/vectors")
}

/// Runs a script of ours over a folder, in the virtual environment of the checks.
pub fn run(workspace: &Workspace, script: &str, folder: impl AsRef<OsStr>) -> Result<(), Failure> {
    run_with(workspace, script, [folder])
}

/// The same over several folders.
pub fn run_with<F: AsRef<OsStr>>(
    workspace: &Workspace,
    script: &str,
    folders: impl IntoIterator<Item = F>,
) -> Result<(), Failure> {
    Program::new(workspace, environment(workspace)?)?.arg(script).args(folders).run()
}

/// A virtual environment below `target/` with exactly `tests/requirements.txt` in it.
///
/// Made anew when the requirements or the interpreter have changed.
fn environment(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let requirements = workspace.root().join("tests/requirements.txt");
    let wanted = fs::read_to_string(&requirements).map_err(|e| Failure::at(&requirements, &e))?;
    let version = answer(INTERPRETER, &["--version"])
        .ok_or_else(|| Failure::new(format!("{INTERPRETER} is missing")))?;
    let wanted = format!("{version}{wanted}");

    let folder = workspace.target("python");
    let python = folder.join("bin/python");
    let stamp = folder.join("suima-requirements");
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(python);
    }

    Program::new(workspace, INTERPRETER)?.args(["-m", "venv", "--clear"]).arg(&folder).run()?;
    // Nothing is compiled, and nothing that the list does not name comes in.
    Program::new(workspace, &python)?
        .args(["-m", "pip", "install", "--quiet", "--no-deps"])
        .args(["--disable-pip-version-check", "--only-binary", ":all:"])
        .arg("--requirement")
        .arg(&requirements)
        .run()?;
    Program::new(workspace, &python)?
        .args(["-m", "pip", "check", "--disable-pip-version-check"])
        .run()?;
    fs::write(&stamp, wanted).map_err(|e| Failure::at(&stamp, &e))?;
    Ok(python)
}
