//! What has to be on the machine besides Rust, and how it gets there.

use std::path::Path;
use std::process::Command;

use crate::command::{Failure, answer};
use crate::python;

/// Something the checks need, found out by trying it.
pub struct Prerequisite {
    /// What it is, with the least version where that matters.
    name: &'static str,
    there: fn() -> bool,
    /// How Debian or rustup provides it.
    remedy: Remedy,
}

enum Remedy {
    /// Packages of the Debian release that the machine runs.
    Debian(&'static [&'static str]),
    /// A component of the toolchain that rustup manages.
    Rustup(&'static str),
    /// A program that cargo installs, at this version. Named, never installed unasked.
    Cargo(&'static str, &'static str),
}

impl Remedy {
    /// One line for a person.
    fn told(&self) -> String {
        match self {
            Self::Debian(packages) => format!("on Debian: apt-get install {}", packages.join(" ")),
            Self::Rustup(component) => format!("rustup component add {component}"),
            Self::Cargo(program, version) => {
                format!("cargo install --locked {program}@{version}")
            }
        }
    }
}

const RUSTFMT: Prerequisite = Prerequisite {
    name: "rustfmt",
    there: || answer("cargo", &["fmt", "--version"]).is_some(),
    remedy: Remedy::Rustup("rustfmt"),
};

const CLIPPY: Prerequisite = Prerequisite {
    name: "clippy",
    there: || answer("cargo", &["clippy", "--version"]).is_some(),
    remedy: Remedy::Rustup("clippy"),
};

/// rusqlite and ring compile C.
const C_COMPILER: Prerequisite = Prerequisite {
    name: "a C compiler, as cc",
    there: || answer("cc", &["--version"]).is_some(),
    remedy: Remedy::Debian(&["gcc", "libc6-dev"]),
};

/// Python that can make a virtual environment; Debian packs that apart.
pub const PYTHON: Prerequisite = Prerequisite {
    name: "Python 3.11 with venv",
    there: || {
        let probe = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))";
        answer(python::INTERPRETER, &["-c", probe]).is_some()
    },
    remedy: Remedy::Debian(&["python3", "python3-venv"]),
};

/// The second of the two readers that every picture has to be legible to.
pub const ZBAR: Prerequisite = Prerequisite {
    name: "zbarimg",
    there: || answer("zbarimg", &["--version"]).is_some(),
    remedy: Remedy::Debian(&["zbar-tools"]),
};

/// Fetches the packages of the browser tests, pinned in `tests/browser/package-lock.json`; Node itself is among them, since
/// Debian 12 has an older one than they need.
pub const NPM: Prerequisite = Prerequisite {
    name: "npm",
    there: || answer("npm", &["--version"]).is_some(),
    remedy: Remedy::Debian(&["npm"]),
};

/// The browser that the issuer's pages and the simulator's are tested in: Chromium without its windows, which takes half as long
/// (decision 12).
pub const CHROMIUM: Prerequisite = Prerequisite {
    name: "Chromium's headless shell, as /usr/bin/chromium-headless-shell",
    there: || answer("/usr/bin/chromium-headless-shell", &["--version"]).is_some(),
    remedy: Remedy::Debian(&["chromium-headless-shell"]),
};

/// Letters for the pages: without them Chinese is drawn as boxes.
pub const CHINESE: Prerequisite = Prerequisite {
    name: "a font for Chinese",
    there: || answer("fc-list", &[":lang=zh-cn"]).is_some_and(|told| !told.trim().is_empty()),
    remedy: Remedy::Debian(&["fontconfig", "fonts-noto-cjk"]),
};

/// Renders what the browser prints.
pub const POPPLER: Prerequisite = Prerequisite {
    name: "pdftoppm",
    there: || answer("pdftoppm", &["-v"]).is_some(),
    remedy: Remedy::Debian(&["poppler-utils"]),
};

/// The Java runtime that the Kotlin tests and Maven run on.
pub const JAVA: Prerequisite = Prerequisite {
    name: "Java 17",
    there: || answer("java", &["--version"]).is_some_and(|told| java_major(&told) >= Some(17)),
    remedy: Remedy::Debian(&["default-jdk-headless"]),
};

/// Builds and runs the Kotlin tests; what it brings is pinned in `bindings/kotlin/pom.xml` and the poms of `android/`.
pub const MAVEN: Prerequisite = Prerequisite {
    name: "Maven",
    there: || answer("mvn", &["--version"]).is_some(),
    remedy: Remedy::Debian(&["maven"]),
};

/// What the screens of the Android app are drawn with on a machine without Android.
pub const SKIA: Prerequisite = Prerequisite {
    name: "the libraries that Skia stands on (GL, X11, fontconfig, Java's AWT)",
    there: || {
        let known = answer("/sbin/ldconfig", &["-p"]).unwrap_or_default();
        let drawing = ["libGL.so.1", "libX11.so.6", "libfontconfig.so.1"];
        drawing.iter().all(|name| known.contains(name)) && has_awt()
    },
    remedy: Remedy::Debian(&["libgl1", "libx11-6", "libfontconfig1", "default-jdk"]),
};

/// Makes the Debian that the Swift package is built in.
pub const DEBOOTSTRAP: Prerequisite = Prerequisite {
    name: "debootstrap",
    there: || answer("debootstrap", &["--version"]).is_some(),
    remedy: Remedy::Debian(&["debootstrap"]),
};

/// For `cargo xtask fuzz` only.
pub const CARGO_FUZZ: Prerequisite = Prerequisite {
    name: "cargo-fuzz",
    there: || answer("cargo", &["fuzz", "--version"]).is_some(),
    remedy: Remedy::Cargo("cargo-fuzz", "0.13.2"),
};

/// What `cargo xtask test` needs.
pub const ALL: &[Prerequisite] = &[
    RUSTFMT,
    CLIPPY,
    C_COMPILER,
    PYTHON,
    ZBAR,
    NPM,
    CHROMIUM,
    CHINESE,
    POPPLER,
    JAVA,
    MAVEN,
    SKIA,
    DEBOOTSTRAP,
];

/// Sees to it that everything `needed` is there.
///
/// As root on Debian what is missing is installed; elsewhere it is named, a line each, and the task fails.
pub fn ensure(needed: &[Prerequisite]) -> Result<(), Failure> {
    let missing = missing(needed);
    if missing.is_empty() {
        return Ok(());
    }
    let missing = if is_debian() && is_root() {
        install(&missing)?;
        self::missing(needed)
    } else {
        missing
    };
    if missing.is_empty() {
        return Ok(());
    }
    for prerequisite in &missing {
        eprintln!("missing: {} ({})", prerequisite.name, prerequisite.remedy.told());
    }
    Err(Failure::new(format!("{} missing, see above", missing.len())))
}

fn missing(needed: &[Prerequisite]) -> Vec<&Prerequisite> {
    needed.iter().filter(|needed| !(needed.there)()).collect()
}

fn install(missing: &[&Prerequisite]) -> Result<(), Failure> {
    let mut packages = Vec::new();
    for prerequisite in missing {
        match &prerequisite.remedy {
            Remedy::Debian(names) => packages.extend_from_slice(names),
            Remedy::Rustup(component) => run("rustup", &["component", "add", component])?,
            // Compiling a tool takes minutes, which is for a person to decide.
            Remedy::Cargo(..) => {}
        }
    }
    if packages.is_empty() {
        return Ok(());
    }
    println!("installing {}", packages.join(" "));
    run("apt-get", &["update", "-qq"])?;
    let options = ["install", "-qq", "--yes", "--no-install-recommends"];
    run("apt-get", &[options.as_slice(), &packages].concat())
}

fn run(program: &str, arguments: &[&str]) -> Result<(), Failure> {
    let line = || format!("{program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .status()
        .map_err(|error| Failure::new(format!("`{}`: {error}", line())))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{}`: {status}", line()))) }
}

fn is_debian() -> bool {
    std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line.trim() == "ID=debian"))
}

/// Whether this is run by root.
pub fn is_root() -> bool {
    answer("id", &["-u"]).is_some_and(|told| told.trim() == "0")
}

/// Whether Java has its windows, which its headless packages lack: Skia asks for them although it opens none.
fn has_awt() -> bool {
    let told = answer("java", &["-XshowSettings:properties", "-version"]).unwrap_or_default();
    let home = told.lines().find_map(|line| line.trim().strip_prefix("java.home = "));
    home.is_some_and(|home| Path::new(home).join("lib/libjawt.so").exists())
}

/// The 17 of `openjdk 17.0.15 2025-04-15`, the first line that `java --version` prints.
fn java_major(told: &str) -> Option<u32> {
    // With JAVA_TOOL_OPTIONS set, a line about them comes on stderr, after this one.
    let version = told.lines().next()?.split_whitespace().nth(1)?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::java_major;

    #[test]
    fn the_java_version_is_read_from_its_first_line() {
        assert_eq!(java_major("openjdk 17.0.15 2025-04-15\nOpenJDK"), Some(17));
        assert_eq!(java_major("java 25 2025-09-16 LTS"), Some(25));
        assert_eq!(java_major("openjdk 24-ea 2025-03-18"), Some(24));
        assert_eq!(java_major(""), None);
    }
}
