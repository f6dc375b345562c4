//! The pictures of the simulator's pages in `docs/`.

use crate::command::{Failure, Program};
use crate::workspace::Workspace;
use crate::{browser, python};

/// Takes every picture anew, and makes them small.
pub fn make(workspace: &Workspace) -> Result<(), Failure> {
    browser::packages(workspace)?;
    let folder = workspace.empty_folder("gallery")?;
    Program::cargo(workspace, "run")?
        .args(["--locked", "--package", "suima-tests", "--bin", "gallery"])
        .arg(&folder)
        .run()?;
    python::run_with(workspace, "tests/python/gallery.py", [folder, workspace.root().join("docs")])
}
