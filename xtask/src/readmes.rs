//! The commands that the READMEs call runnable, run.

use std::fs;

use clap::CommandFactory;

use crate::Arguments;
use crate::command::{Failure, Program};
use crate::workspace::Workspace;

/// Documents with commands for the terminal.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "android/README.md",
    "bindings/README.md",
    "ios/README.md",
    "tests/scenarios/README.md",
];

/// Tasks that are steps of the very run that this is one of: they were run.
const STEPS: &[&str] = &["bindings", "kotlin", "licences", "python", "swift", "test", "tour"];

/// A fence whose commands run on any machine that the checks run on.
const RUNNABLE: &str = "```sh runnable";

/// Runs every command between fences marked `sh runnable`, but for those that are steps of this run; and sees to it that
/// every `cargo xtask …` in a document names a task.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let known = Arguments::command();
    let known: Vec<_> = known.get_subcommands().map(clap::Command::get_name).collect();
    for document in DOCUMENTS {
        let path = workspace.root().join(document);
        let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, &error))?;
        if let Some(task) = tasks(&text).find(|task| !known.contains(task)) {
            return Err(Failure::new(format!("{document}: there is no `cargo xtask {task}`")));
        }
        for command in runnable(&text) {
            run(workspace, document, command)?;
        }
    }
    Ok(())
}

fn run(workspace: &Workspace, document: &str, command: &str) -> Result<(), Failure> {
    if tasks(command).next().is_some_and(|task| STEPS.contains(&task)) {
        println!("{document}: {command}: a step of this run");
        return Ok(());
    }
    println!("{document}: {command}");
    Program::new(workspace, "sh")?.args(["-euc", command]).run()
}

/// The commands of a document that are marked as runnable, without what stands beside them as a comment.
fn runnable(text: &str) -> Vec<&str> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == RUNNABLE;
        } else if inside {
            let command = line.split("  #").next().unwrap_or(line).trim();
            if !command.is_empty() && !command.starts_with('#') {
                commands.push(command);
            }
        }
    }
    commands
}

/// The tasks that a text names.
fn tasks(text: &str) -> impl Iterator<Item = &str> {
    text.split("cargo xtask ").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::{runnable, tasks};

    #[test]
    fn only_what_is_marked_is_run_and_without_its_comment() {
        let text = "```sh\nrm -rf /\n```\n\n```sh runnable\n# first\ncargo xtask bindings   # builds\n\ntrue\n```\nfalse\n";
        assert_eq!(runnable(text), ["cargo xtask bindings", "true"]);
    }

    #[test]
    fn a_task_is_found_wherever_it_is_named() {
        let found: Vec<_> =
            tasks("`cargo xtask check-phones`, cargo xtask size --because x").collect();
        assert_eq!(found, ["check-phones", "size"]);
    }
}
