//! Every build and check of the project, as `cargo xtask …`.
//!
//! Everything is written below `target/`; the usual caches of cargo, Maven and pip are the one exception.

mod bindings;
mod browser;
mod command;
mod duplicates;
mod gallery;
mod kotlin;
mod licences;
mod phones;
mod prerequisites;
mod python;
mod readmes;
mod rust;
mod shipped;
mod size;
mod steps;
mod swift;
mod tour;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::command::Failure;
use crate::prerequisites::{
    ALL, CARGO_FUZZ, CHINESE, CHROMIUM, DEBOOTSTRAP, JAVA, MAVEN, NPM, POPPLER, PYTHON, SKIA, ZBAR,
};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Every build and check of the project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Every check in every language but the longest of `browser`, in order, stopping at the first failure
    Test,
    /// Licences and duplicate crates of what is shipped
    Licences,
    /// The independent verifier in Python against every vector
    Python,
    /// The tour, and every picture it leaves read by zxing and zbar
    Tour,
    /// The issuer's pages and the simulator's in Chromium, every scenario too, and what they show and print read by zxing and zbar
    Browser,
    /// The pictures of the simulator's pages, into docs/gallery and docs/simulator.png
    Gallery,
    /// Kotlin and Swift generated into target/bindings
    Bindings,
    /// The Kotlin tests on a plain JVM, those of the models, screens and platform layer of android/ among them
    Kotlin,
    /// The Swift package of ios/ and its tests, in a Debian made below target/
    Swift,
    /// The Rust of the bindings, type-checked for Android and iOS
    CheckPhones,
    /// The shared libraries for Android into target/android/jniLibs; needs an NDK
    Android,
    /// The framework for Xcode into target/ios; needs a Mac
    Ios,
    /// The commands that the READMEs call runnable
    Readmes,
    /// What the shared library of a phone weighs, by crate
    Size {
        /// The change that moved it: becomes a line of docs/size.csv
        #[arg(long)]
        because: Option<String>,
    },
    /// What calls of the core cost from Kotlin and from Swift
    CallCosts,
    /// How soon pages of the simulator show what happened elsewhere
    PageCosts,
    /// Write tests/vectors anew
    Vectors,
    /// Run every scenario of tests/scenarios and write docs/rules.md
    Rules,
    /// Fuzz one parser: `cargo xtask fuzz TARGET -- -max_total_time=60`
    Fuzz {
        /// A target of core/code/fuzz
        target: String,
        /// Options for libFuzzer
        #[arg(last = true)]
        options: Vec<String>,
    },
    /// Every benchmark
    Bench,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    match task {
        Task::Test => test(&workspace),
        Task::Licences => {
            licences::check(&workspace)?;
            duplicates::check(&workspace)
        }
        Task::Python => {
            prerequisites::ensure(&[PYTHON])?;
            python::verify_vectors(&workspace)
        }
        Task::Tour => {
            prerequisites::ensure(&[PYTHON, ZBAR])?;
            tour::play(&workspace)?;
            tour::check(&workspace)
        }
        Task::Browser => {
            prerequisites::ensure(&[CHINESE, CHROMIUM, NPM, POPPLER, PYTHON, ZBAR])?;
            browser::drive_all(&workspace)
        }
        Task::Gallery => {
            prerequisites::ensure(&[CHINESE, CHROMIUM, NPM, PYTHON])?;
            gallery::make(&workspace)
        }
        Task::Bindings => bindings::generate(&workspace),
        Task::Kotlin => {
            prerequisites::ensure(&[CHINESE, JAVA, MAVEN, SKIA])?;
            bindings::generate(&workspace)?;
            kotlin::test(&workspace)
        }
        Task::Swift => {
            prerequisites::ensure(&[DEBOOTSTRAP])?;
            bindings::generate(&workspace)?;
            swift::test(&workspace)
        }
        Task::CheckPhones => phones::check(&workspace),
        Task::Android => {
            bindings::generate(&workspace)?;
            phones::android(&workspace)
        }
        Task::Ios => {
            bindings::generate(&workspace)?;
            phones::ios(&workspace)
        }
        Task::Readmes => readmes::check(&workspace),
        Task::Size { because } => size::measure(&workspace, because.as_deref()),
        Task::CallCosts => {
            prerequisites::ensure(&[DEBOOTSTRAP, JAVA, MAVEN])?;
            bindings::generate(&workspace)?;
            kotlin::call_costs(&workspace)?;
            swift::call_costs(&workspace)
        }
        Task::PageCosts => {
            prerequisites::ensure(&[CHROMIUM, NPM])?;
            browser::costs(&workspace)
        }
        Task::Vectors => rust::vectors(&workspace),
        Task::Rules => rust::rules(&workspace),
        Task::Fuzz { target, options } => {
            prerequisites::ensure(&[CARGO_FUZZ])?;
            rust::fuzz(&workspace, target, options)
        }
        Task::Bench => rust::bench(&workspace),
    }
}

/// All checks: cheap ones first, then Rust, then what needs the results of Rust.
fn test(workspace: &Workspace) -> Result<(), Failure> {
    let mut steps = Steps::new();
    steps.add("prerequisites", || prerequisites::ensure(ALL));
    steps.add("format", || rust::format(workspace));
    steps.add("licences", || licences::check(workspace));
    steps.add("duplicate crates", || duplicates::check(workspace));
    steps.add("clippy", || rust::clippy(workspace));
    steps.add("Rust tests", || rust::test(workspace));
    steps.add("documentation", || rust::documentation(workspace));
    steps.add("pages in Chromium", || browser::drive(workspace));
    steps.add("sheets and screens from outside", || browser::check(workspace));
    steps.add("vectors in Python", || python::verify_vectors(workspace));
    steps.add("tour", || tour::play(workspace));
    steps.add("tour from outside", || tour::check(workspace));
    steps.add("bindings", || bindings::generate(workspace));
    steps.add("Kotlin tests", || kotlin::test(workspace));
    steps.add("Swift tests", || swift::test(workspace));
    steps.add("commands of the READMEs", || readmes::check(workspace));
    steps.run()
}
