//! The simulator's tour, and what it leaves looked at from outside.

use crate::command::{Failure, Program};
use crate::python;
use crate::workspace::Workspace;

/// Where the tour leaves its codes, lists and story.
const FOLDER: &str = "tour";

/// Plays the tour. What an earlier one left is removed first, so that no old picture passes for a new one.
pub fn play(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.empty_folder(FOLDER)?;
    Program::cargo(workspace, "run")?
        .args(["--locked", "--package", "suima-simulator", "--"])
        .args(["tour", "--out"])
        .arg(folder)
        .run()
}

/// Reads every picture with zxing and with zbar, and verifies every step with the verifier in Python.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.target(FOLDER);
    python::run(workspace, "tests/python/read_pictures.py", &folder)?;
    python::run(workspace, "tests/python/verify_tour.py", &folder)
}
