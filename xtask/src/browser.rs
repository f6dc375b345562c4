//! The issuer's pages and the simulator's in a real Chromium, and what they show and print looked at from outside.

use std::fs;

use crate::command::{Failure, Program};
use crate::python;
use crate::workspace::Workspace;

/// Where the tests leave screenshots, and the sheets with what has to be on them.
const FOLDER: &str = "pages";

/// What of the simulator is not driven with every check: every scenario on its pages, every page looked over and a hundred people
/// scanned take minutes each on two cores (2026-11-23). [`drive_all`] drives them too.
const SELDOM: [&str; 3] = ["scenarios::", "looks::", "a_hundred_people"];

/// Drives the issuer's pages, and most of the simulator's.
pub fn drive(workspace: &Workspace) -> Result<(), Failure> {
    prepare(workspace)?;
    tests(workspace, "pages")?.args(["--", "--ignored"]).run()?;
    let skipped = SELDOM.iter().flat_map(|name| ["--skip", *name]);
    tests(workspace, "simulator")?.args(["--", "--ignored"]).args(skipped).run()
}

/// Drives all pages through everything, and has what they show read from outside.
pub fn drive_all(workspace: &Workspace) -> Result<(), Failure> {
    prepare(workspace)?;
    for target in ["pages", "simulator"] {
        tests(workspace, target)?.args(["--", "--ignored"]).run()?;
    }
    check(workspace)
}

/// What an earlier run left is removed, so that no old sheet passes for a new one.
fn prepare(workspace: &Workspace) -> Result<(), Failure> {
    packages(workspace)?;
    workspace.empty_folder(FOLDER)?;
    Ok(())
}

fn tests(workspace: &Workspace, target: &str) -> Result<Program, Failure> {
    let cargo = Program::cargo(workspace, "test")?;
    Ok(cargo.args(["--locked", "--package", "suima-tests", "--test", target]))
}

/// Renders every sheet, reads every code on it with zxing and with zbar, and measures the cards; and reads the screens so.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    python::run(workspace, "tests/python/read_sheets.py", workspace.target(FOLDER))?;
    python::run(workspace, "tests/python/read_pictures.py", workspace.target(FOLDER))
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
