//! The Swift package of `ios/`, built and tested on Linux: the generated bindings against the shared library and the
//! issuer as they are built here.
//!
//! Debian has a Swift compiler in newer releases than most machines run, so a small Debian of that release is made
//! below `target/`, once, and everything runs inside it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Failure, Program};
use crate::phones;
use crate::prerequisites;
use crate::rust;
use crate::workspace::Workspace;

/// The first release of Debian with Swift 6.
const RELEASE: &str = "trixie";

/// What is installed there: the compiler with its package manager and test library, what it links with, and the P-256
/// keys of tests.
const PACKAGES: &[&str] =
    &["swiftlang", "libc6-dev", "libstdc++-14-dev", "libssl-dev", "git", "ca-certificates"];

/// Where the workspace is seen from inside, folder by folder.
const INSIDE: &str = "/suima";

/// What Swift builds, as it is seen from inside.
const BUILT: &str = "/suima/target/swift/build";

/// What is seen from inside besides the target folder, never to be written.
const SOURCES: &[&str] = &["bindings", "ios", "tests"];

/// What is linted of the package and of the app: not what is generated.
const WRITTEN_BY_HAND: [&str; 6] =
    ["App", "Package.swift", "Sources/FirstCode", "Sources/Suima", "Sources/SuimaModels", "Tests"];

/// The app. Only Xcode can compile its screens: here they are parsed.
const APP: &str = "App";

/// What no run has ever taken, in seconds: a test that blocks a thread for good is not stopped by Swift itself.
const TOO_LONG: &str = "900";

/// Runs a command inside.
const ENTER: &str = "xtask/src/swift.sh";

/// Builds the issuer and the conductor of scenarios, then builds and tests `ios/`; the bindings are generated before.
pub fn test(workspace: &Workspace) -> Result<(), Failure> {
    rust::build_program(workspace, "suima-issuer")?;
    rust::build_program(workspace, "conductor")?;
    let root = debian(workspace)?;
    mount_points(workspace, &root)?;

    let lint = ["swift", "format", "lint", "--strict", "--recursive"];
    inside(workspace, &root, "debug")?.args(lint).args(WRITTEN_BY_HAND).run()?;
    let app = swift_files(&workspace.root().join("ios"), Path::new(APP))?;
    inside(workspace, &root, "debug")?.args(["swift", "-frontend", "-parse"]).args(app).run()?;
    swift(workspace, &root, "debug", "build")?.arg("--build-tests").run()?;
    // No XCTest is among them.
    swift(workspace, &root, "debug", "test")?.args(["--skip-build", "--disable-xctest"]).run()
}

/// Measures what calls of the core cost from Swift, and prints a table: with the library as it is shipped, but for
/// this machine. The bindings are generated before.
pub fn call_costs(workspace: &Workspace) -> Result<(), Failure> {
    rust::build_program(workspace, "suima-issuer")?;
    phones::library(workspace)?;
    let root = debian(workspace)?;
    mount_points(workspace, &root)?;
    let product = ["--configuration", "release", "--product", "CallCosts"];
    swift(workspace, &root, "phone", "build")?.args(product).run()?;
    inside(workspace, &root, "phone")?.arg(format!("{BUILT}/release/CallCosts")).run()
}

/// The Swift files in a folder of `ios`, by their paths from there.
fn swift_files(ios: &Path, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let listed = ios.join(folder);
    for entry in fs::read_dir(&listed).map_err(|error| Failure::at(&listed, &error))? {
        let entry = entry.map_err(|error| Failure::at(&listed, &error))?;
        let path = folder.join(entry.file_name());
        if ios.join(&path).is_dir() {
            files.extend(swift_files(ios, &path)?);
        } else if path.extension().is_some_and(|extension| extension == "swift") {
            files.push(path);
        }
    }
    Ok(files)
}

/// Where the folders of the workspace appear inside.
fn mount_points(workspace: &Workspace, root: &Path) -> Result<(), Failure> {
    for folder in SOURCES.iter().chain(&["target"]) {
        let folder = root.join("suima").join(folder);
        fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, &error))?;
    }
    workspace.empty_folder("swift/tmp").map(drop)
}

/// A command of Swift's package manager, with the shared library of a profile; what it builds goes below the target
/// folder.
fn swift(
    workspace: &Workspace,
    root: &Path,
    profile: &str,
    command: &str,
) -> Result<Program, Failure> {
    Ok(inside(workspace, root, profile)?
        .args(["swift", command, "--scratch-path", BUILT])
        .args(["-Xlinker", &format!("-L{INSIDE}/target/{profile}")])
        .args(["-Xswiftc", "-warnings-as-errors"]))
}

/// A program inside, in the folder of the package, with the shared library of a profile.
fn inside(workspace: &Workspace, root: &Path, profile: &str) -> Result<Program, Failure> {
    let variables = [
        "HOME=/root",
        "PATH=/usr/bin:/bin",
        "LANG=C.UTF-8",
        "TMPDIR=/suima/target/swift/tmp",
        "SUIMA_CONDUCTOR=/suima/target/debug/conductor",
        "SUIMA_ISSUER=/suima/target/debug/suima-issuer",
        "SUIMA_PROGRAMS=/suima/target/swift/build/debug",
        "SUIMA_README=/suima/bindings/README.md",
        "SUIMA_VECTORS=/suima/tests/vectors",
    ];
    let target = workspace.target("");
    let program = enter(workspace, root, Some(&target))?
        // The linter does not find its files from the root of the file system.
        .args(["env", "-i", "--chdir", &format!("{INSIDE}/ios")])
        .args(variables)
        .arg(format!("LD_LIBRARY_PATH={INSIDE}/target/{profile}"))
        .args(["timeout", "--signal=KILL", TOO_LONG]);
    Ok(program)
}

/// A Debian with Swift below the target folder. Made anew for another release, and added to when more is wanted of it.
fn debian(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let root = workspace.target("swift/debian");
    let stamp = workspace.target("swift/debian-packages");
    let wanted = format!("{RELEASE} {}\n", PACKAGES.join(" "));
    let made = fs::read_to_string(&stamp).unwrap_or_default();
    if made == wanted {
        return Ok(root);
    }
    if !prerequisites::is_root() {
        return Err(Failure::new(format!(
            "a Debian {RELEASE} with {} has to be made below target/, which takes root and debootstrap",
            PACKAGES[0]
        )));
    }
    let release = made.split(' ').next();
    if release != Some(RELEASE) {
        make_debian(workspace, &root)?;
    }
    // Only the name of the release: what is cut short now is gone on with by the next run.
    fs::write(&stamp, format!("{RELEASE} ")).map_err(|error| Failure::at(&stamp, &error))?;
    apt(workspace, &root, &["update", "-qq"])?;
    let install =
        ["install", "-qq", "--yes", "--no-install-recommends", "-o", "Acquire::Retries=3"];
    apt(workspace, &root, &[install.as_slice(), PACKAGES].concat())?;
    apt(workspace, &root, &["clean"])?;
    fs::write(&stamp, wanted).map_err(|error| Failure::at(&stamp, &error))?;
    Ok(root)
}

/// The smallest Debian.
fn make_debian(workspace: &Workspace, root: &Path) -> Result<(), Failure> {
    workspace.empty_folder("swift/debian")?;
    Program::new(workspace, "debootstrap")?.args(["--variant=minbase", RELEASE]).arg(root).run()?;
    // What a power cut damages is made anew.
    let unsafe_io = root.join("etc/dpkg/dpkg.cfg.d/suima");
    fs::write(&unsafe_io, "force-unsafe-io\n").map_err(|error| Failure::at(&unsafe_io, &error))
}

/// Debian's package manager inside.
fn apt(workspace: &Workspace, root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    enter(workspace, root, None)?
        .args(["env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive"])
        .args(["LC_ALL=C.UTF-8", "TMPDIR=/tmp", "apt-get"])
        .args(arguments)
        .run()
}

/// A program inside; with the workspace, where its target folder is given.
///
/// In name spaces of its own: its mounts are seen by nobody else and end with it, so that no removal of the folder can
/// reach through them, and so does every process that it leaves behind.
fn enter(workspace: &Workspace, root: &Path, target: Option<&Path>) -> Result<Program, Failure> {
    Ok(Program::new(workspace, "unshare")?
        .env("SUIMA_SOURCES", SOURCES.join(" "))
        .args(["--mount", "--pid", "--fork", "--kill-child"])
        .args(["sh", "-eu", ENTER])
        .arg(root)
        .arg(target.unwrap_or(Path::new(""))))
}
