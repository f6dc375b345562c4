//! The core for phones: checked anywhere, built where an NDK or Xcode is.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Failure, Program, answer};
use crate::workspace::Workspace;

/// The oldest Android that the app runs on: 8.0.
const ANDROID_API: u32 = 26;

/// The oldest iOS that the app runs on.
const IOS: &str = "16.0";

/// What Rust, Android's linker and the app call one and the same processor.
struct Abi {
    rust: &'static str,
    clang: &'static str,
    folder: &'static str,
}

const ABIS: &[Abi] = &[
    Abi { rust: "aarch64-linux-android", clang: "aarch64-linux-android", folder: "arm64-v8a" },
    Abi {
        rust: "armv7-linux-androideabi",
        clang: "armv7a-linux-androideabi",
        folder: "armeabi-v7a",
    },
    Abi { rust: "x86_64-linux-android", clang: "x86_64-linux-android", folder: "x86_64" },
];

/// A device, and the simulator on either kind of Mac.
const DEVICE: &str = "aarch64-apple-ios";
const SIMULATORS: [&str; 2] = ["aarch64-apple-ios-sim", "x86_64-apple-ios"];

/// A phone of each kind: what the core is checked for on any machine.
pub const KINDS: [&str; 2] = ["aarch64-linux-android", DEVICE];

/// What SQLite is built without for a phone. The wallet and the station keep sealed values by key: no full-text search, no
/// maps, no JSON in SQL, nothing loaded at run time. Without its other styles of locking it asks no file system for its kind,
/// which an app for iOS would have to declare.
const SQLITE: (&str, &str) = (
    "LIBSQLITE3_FLAGS",
    "-USQLITE_ENABLE_FTS3 -USQLITE_ENABLE_FTS3_PARENTHESIS -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE \
     -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_STAT4 -USQLITE_SOUNDEX -USQLITE_ENABLE_LOAD_EXTENSION \
     -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_JSON -DSQLITE_OMIT_DEPRECATED -DSQLITE_DEFAULT_MEMSTATUS=0 \
     -DSQLITE_ENABLE_LOCKING_STYLE=0",
);

/// C without tables that say how to unwind it: nothing unwinds through it, since panics are caught before they reach C.
const C_FLAGS: (&str, &str) = ("CFLAGS", "-fno-asynchronous-unwind-tables");

/// To the linker: relocations are packed, as Android reads them from API 23 on. Saves some 140 KB. The build host's C library
/// does not load what this linker packs.
const PACKED: [&str; 2] = ["-C", "link-arg=-Wl,--pack-dyn-relocs=android"];

/// Stands in for the C compiler and the archiver of a phone: a check of Rust compiles no C that is linked, but build
/// scripts of SQLite and ring insist on having compiled some. Says that it is clang when it is asked, and makes empty files.
const NO_COMPILER: &str = r#"#!/bin/sh
for argument; do
    case $last in -o) : >"$argument" ;; esac
    case $argument in -E) echo clang ;; *.a) : >"$argument" ;; esac
    last=$argument
done
"#;

/// Type-checks the bindings and all below them for Android and iOS. Their C is not compiled, and nothing is linked.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let stand_in = workspace.folder("phones")?.join("no-compiler");
    fs::write(&stand_in, NO_COMPILER).map_err(|error| Failure::at(&stand_in, &error))?;
    Program::new(workspace, "chmod")?.arg("+x").arg(&stand_in).run()?;
    for target in KINDS {
        add_target(workspace, target)?;
        let variable = |name: &str| format!("{name}_{}", target.replace('-', "_"));
        Program::cargo(workspace, "check")?
            .args(["--locked", "--package", "suima", "--lib", "--target", target])
            .arg("--target-dir")
            .arg(workspace.target("phones"))
            .env(&variable("CC"), &stand_in)
            .env(&variable("AR"), &stand_in)
            // Asked for by build scripts that compile for Apple.
            .env("SDKROOT", workspace.folder("phones/sdk")?)
            .run()?;
        println!("{target}: the Rust of the core is right; its C was not compiled");
    }
    Ok(())
}

/// Builds the library of a phone for this machine, with its symbols: to be weighed, and for measuring what calls cost.
pub fn library(workspace: &Workspace) -> Result<PathBuf, Failure> {
    rustc(workspace, "cdylib")?.run()?;
    Ok(workspace.target("phone").join("libsuima.so"))
}

/// The compiler on the core as it ships, as one type of library.
///
/// `cargo rustc` with one crate type: beside an rlib, link-time optimisation would be left out without a word
/// (rust-lang/cargo#9672).
fn rustc(workspace: &Workspace, crate_type: &str) -> Result<Program, Failure> {
    Ok(Program::cargo(workspace, "rustc")?
        .args(["--locked", "--package", "suima", "--lib"])
        .args(["--profile", "phone", "--crate-type", crate_type])
        .env(SQLITE.0, SQLITE.1)
        .env(C_FLAGS.0, C_FLAGS.1))
}

/// Builds the shared library of each ABI into `target/android/jniLibs`, with the NDK that `ANDROID_NDK_HOME` names.
pub fn android(workspace: &Workspace) -> Result<(), Failure> {
    let ndk = env::var_os("ANDROID_NDK_HOME")
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("set ANDROID_NDK_HOME to an NDK, r28 or newer"))?;
    let tools = tools(&ndk)?;
    let libraries = workspace.empty_folder("android/jniLibs")?;
    for abi in ABIS {
        add_target(workspace, abi.rust)?;
        let clang = tools.join(format!("{}{ANDROID_API}-clang", abi.clang));
        let name = abi.rust.replace('-', "_");
        rustc(workspace, "cdylib")?
            .args(["--target", abi.rust, "--"])
            // Pages of 16 KB: newer phones refuse to load what is aligned to less.
            .args(["-C", "link-arg=-Wl,-z,max-page-size=16384"])
            .args(PACKED)
            .env(&format!("CC_{name}"), &clang)
            .env(&format!("AR_{name}"), tools.join("llvm-ar"))
            .env(&format!("CARGO_TARGET_{}_LINKER", name.to_uppercase()), &clang)
            .run()?;
        let built = workspace.target(abi.rust).join("phone/libsuima.so");
        let folder = libraries.join(abi.folder);
        fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, &error))?;
        Program::new(workspace, tools.join("llvm-strip"))?
            .args(["--strip-unneeded", "-o"])
            .arg(folder.join("libsuima.so"))
            .arg(built)
            .run()?;
    }
    println!("{}", libraries.display());
    Ok(())
}

/// The compilers of an NDK.
fn tools(ndk: &Path) -> Result<PathBuf, Failure> {
    let prebuilt = ndk.join("toolchains/llvm/prebuilt");
    let mut hosts = fs::read_dir(&prebuilt).map_err(|error| Failure::at(&prebuilt, &error))?;
    let host = hosts.next().and_then(Result::ok);
    let host = host.ok_or_else(|| Failure::new(format!("{}: empty", prebuilt.display())))?;
    Ok(host.path().join("bin"))
}

/// Builds the `XCFramework` that stands for `suimaFFI` in an app, on a Mac: real framework bundles, because newer Xcodes
/// do not find a module map that lies flat among headers.
pub fn ios(workspace: &Workspace) -> Result<(), Failure> {
    if env::consts::OS != "macos" {
        return Err(Failure::new("an XCFramework is made by Xcode, on a Mac"));
    }
    let mut libraries = Vec::new();
    for target in [DEVICE].into_iter().chain(SIMULATORS) {
        add_target(workspace, target)?;
        rustc(workspace, "staticlib")?
            .args(["--target", target])
            .env("IPHONEOS_DEPLOYMENT_TARGET", IOS)
            .run()?;
        libraries.push(workspace.target(target).join("phone/libsuima.a"));
    }
    let out = workspace.empty_folder("ios")?;
    let simulators = out.join("libsuima-simulator.a");
    Program::new(workspace, "lipo")?
        .args(["-create", "-output"])
        .arg(&simulators)
        .args(&libraries[1..])
        .run()?;

    let mut create = Program::new(workspace, "xcodebuild")?.arg("-create-xcframework");
    for (place, library) in [("device", &libraries[0]), ("simulator", &simulators)] {
        create = create.arg("-framework").arg(framework(workspace, &out.join(place), library)?);
    }
    create.arg("-output").arg(out.join("suimaFFI.xcframework")).run()
}

/// A framework bundle of a static library and the generated header.
fn framework(workspace: &Workspace, folder: &Path, library: &Path) -> Result<OsString, Failure> {
    let bundle = folder.join("suimaFFI.framework");
    let generated = workspace.target("bindings/swift");
    let made =
        |path: &Path, text: &str| fs::write(path, text).map_err(|error| Failure::at(path, &error));
    let copied = |from: &Path, to: &Path| {
        fs::copy(from, to).map(|_| ()).map_err(|error| Failure::at(from, &error))
    };
    for part in ["Headers", "Modules"] {
        let part = bundle.join(part);
        fs::create_dir_all(&part).map_err(|error| Failure::at(&part, &error))?;
    }
    copied(library, &bundle.join("suimaFFI"))?;
    copied(&generated.join("suimaFFI.h"), &bundle.join("Headers/suimaFFI.h"))?;
    made(
        &bundle.join("Modules/module.modulemap"),
        "framework module suimaFFI {\n    header \"suimaFFI.h\"\n    export *\n}\n",
    )?;
    made(
        &bundle.join("Info.plist"),
        &format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>CFBundleExecutable</key><string>suimaFFI</string>
    <key>CFBundleIdentifier</key><string>app.suima.ffi</string>
    <key>CFBundleName</key><string>suimaFFI</string>
    <key>CFBundlePackageType</key><string>FMWK</string>
    <key>CFBundleShortVersionString</key><string>{version}</string>
    <key>CFBundleVersion</key><string>{version}</string>
    <key>MinimumOSVersion</key><string>{IOS}</string>
</dict>
</plist>
"#,
            version = env!("CARGO_PKG_VERSION"),
        ),
    )?;
    Ok(bundle.into_os_string())
}

/// Rust's standard library for a target.
fn add_target(workspace: &Workspace, target: &str) -> Result<(), Failure> {
    let there = answer("rustc", &["--print", "target-libdir", "--target", target])
        .is_some_and(|folder| Path::new(folder.trim()).exists());
    if there {
        return Ok(());
    }
    Program::new(workspace, "rustup")?.args(["target", "add", target]).run()
}
