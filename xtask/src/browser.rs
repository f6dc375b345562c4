//! The issuer's pages and the simulator's in a real Chromium, and what they show and print looked at from outside.

use std::fs;

use crate::command::{Failure, Program};
use crate::python;
use crate::workspace::Workspace;

/// Where the tests leave screenshots, and the sheets with what has to be on them.
const FOLDER: &str = "pages";

/// The scenarios on the simulator's pages have the machine to themselves: they drive several browsers at a time.
const SCENARIOS: &str = "scenarios::every_scenario";

/// What is not driven with every check: the actions of R5, with all that kinds of codes other than theirs show before and after,
/// took 246 seconds on two cores, as against 136 for the other scenarios (2026-11-23).
const ACTIONS: &str = "scenarios::no_action";

/// Drives the issuer's pages, and all that is to be seen of the simulator's but for [`ACTIONS`].
pub fn drive(workspace: &Workspace) -> Result<(), Failure> {
    packages(workspace)?;
    // What an earlier run left is removed, so that no old sheet passes for a new one.
    workspace.empty_folder(FOLDER)?;
    tests(workspace, "pages", &[])?;
    tests(workspace, "simulator", &["--skip", "scenarios::"])?;
    tests(workspace, "simulator", &[SCENARIOS])
}

/// Drives all pages through everything, and has what they show read from outside.
pub fn drive_all(workspace: &Workspace) -> Result<(), Failure> {
    drive(workspace)?;
    tests(workspace, "simulator", &[ACTIONS])?;
    check(workspace)
}

/// Measures how soon pages show what happened elsewhere.
pub fn costs(workspace: &Workspace) -> Result<(), Failure> {
    packages(workspace)?;
    Program::cargo(workspace, "run")?
        .args(["--locked", "--package", "suima-tests", "--bin", "page_costs"])
        .run()
}

fn tests(workspace: &Workspace, target: &str, which: &[&str]) -> Result<(), Failure> {
    Program::cargo(workspace, "test")?
        .args(["--locked", "--package", "suima-tests", "--test", target, "--", "--ignored"])
        .args(which)
        .run()
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
