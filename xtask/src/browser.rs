//! The issuer's pages and the simulator's in a real Chromium, and what it prints looked at from outside.

use std::fs;

use crate::command::{Failure, Program};
use crate::python;
use crate::workspace::Workspace;

/// Where the tests leave screenshots, and the sheets with what has to be on them.
const FOLDER: &str = "pages";

/// Drives the pages. What an earlier run left is removed first, so that no old sheet passes for a new one.
pub fn drive(workspace: &Workspace) -> Result<(), Failure> {
    packages(workspace)?;
    workspace.empty_folder(FOLDER)?;
    Program::cargo(workspace, "test")?
        .args(["--locked", "--package", "suima-tests", "--test", "pages", "--test", "simulator"])
        .args(["--", "--ignored"])
        .run()
}

/// Reads the codes on the screens with zxing and with zbar; renders every sheet, reads every code on it, and measures the cards.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.target(FOLDER);
    python::run(workspace, "tests/python/read_pictures.py", &folder)?;
    python::run(workspace, "tests/python/read_sheets.py", &folder)
}

/// A folder below `target/` with exactly what `tests/browser/package-lock.json` names.
///
/// Made anew when that has changed.
pub fn packages(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.folder("browser")?;
    let stamp = folder.join("suima-packages");
    let mut wanted = String::new();
    for name in ["package.json", "package-lock.json"] {
        let source = workspace.root().join("tests/browser").join(name);
        let text = fs::read_to_string(&source).map_err(|error| Failure::at(&source, &error))?;
        let copy = folder.join(name);
        fs::write(&copy, &text).map_err(|error| Failure::at(&copy, &error))?;
        wanted += &text;
    }
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    // No package gets to run anything of its own.
    Program::new(workspace, "npm")?
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&folder)
        .run()?;
    fs::write(&stamp, wanted).map_err(|error| Failure::at(&stamp, &error))
}
