//! Running other programs.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::workspace::Workspace;

/// Why a task stopped, in words for the person at the terminal.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

impl Failure {
    /// A failure told by `what`.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// A failure of doing something with a file or folder.
    pub fn at(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

/// A program about to be run in the root of the workspace.
pub struct Program(Command);

impl Program {
    /// `name`, looked up on the path, run in the root of the workspace.
    ///
    /// Its temporary files go below `target/`, as everything else does.
    pub fn new(workspace: &Workspace, name: impl AsRef<OsStr>) -> Result<Self, Failure> {
        let temporary = workspace.folder("xtask/tmp")?;
        let mut command = Command::new(name);
        command
            .current_dir(workspace.root())
            .env("TMPDIR", temporary)
            // Scripts are run from the source tree, which has to stay clean.
            .env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(Self(command))
    }

    /// The cargo that runs this task, with a subcommand.
    pub fn cargo(workspace: &Workspace, subcommand: &str) -> Result<Self, Failure> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Ok(Self::new(workspace, cargo)?.arg(subcommand))
    }

    /// One more argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    /// More arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.0.args(arguments);
        self
    }

    /// A variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs it, with its output on the terminal; anything but success is a failure.
    pub fn run(mut self) -> Result<(), Failure> {
        match self.0.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Failure::new(format!("`{}`: {status}", self.line()))),
            Err(error) => Err(Failure::new(format!("`{}`: {error}", self.line()))),
        }
    }

    /// The command as one would type it, near enough to find it again.
    fn line(&self) -> String {
        let program = Path::new(self.0.get_program());
        let name = program.file_name().unwrap_or(program.as_os_str());
        let mut line = name.to_string_lossy().into_owned();
        for argument in self.0.get_args() {
            let _ = write!(line, " {}", argument.to_string_lossy());
        }
        line
    }
}

/// What a program prints on stdout and stderr when it succeeds; `None` when it is missing or fails.
///
/// For trying whether a tool is there.
pub fn answer(name: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(name).args(arguments).output().ok()?;
    output.status.success().then(|| {
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        format!("{stdout}{stderr}")
    })
}
