//! What the shared library of a phone weighs, and which crate weighs what in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use object::{Object, ObjectSection, ObjectSymbol, SectionKind, SymbolKind};

use crate::command::{Failure, Program, answer};
use crate::phones;
use crate::workspace::Workspace;

/// The reach, in bytes: 3.6 MB, stripped, on the build host.
const REACH: u64 = 3_600_000;

/// What it weighed after each change that moved it.
const LEDGER: &str = "docs/size.csv";

/// A change of less than these bytes needs no line.
const MOVED: u64 = 20_000;

/// How many crates are named; the others are told together.
const NAMED: usize = 24;

/// Builds the library as it ships, and tells what it weighs. With a reason it also becomes a line of the ledger.
pub fn measure(workspace: &Workspace, because: Option<&str>) -> Result<(), Failure> {
    let library = phones::library(workspace)?;
    let stripped = workspace.folder("size")?.join("libsuima.so");
    Program::new(workspace, "strip")?
        .args(["--strip-unneeded", "-o"])
        .arg(&stripped)
        .arg(&library)
        .run()?;
    let total = fs::metadata(&stripped).map_err(|error| Failure::at(&stripped, &error))?.len();

    let crates = crates(&library)?;
    println!("{}", table(total, &crates));
    let ledger = workspace.root().join(LEDGER);
    if let Some(because) = because {
        return note(&ledger, total, &crates, because);
    }
    let last = last(&ledger)?;
    if total.abs_diff(last) > MOVED {
        return Err(Failure::new(format!(
            "{LEDGER} ends with {last} bytes: say by --because what moved it to {total}"
        )));
    }
    Ok(())
}

/// What the last line of the ledger says.
fn last(ledger: &Path) -> Result<u64, Failure> {
    let text = fs::read_to_string(ledger).map_err(|error| Failure::at(ledger, &error))?;
    let bytes = text.lines().last().and_then(|line| line.split(',').nth(1)?.parse().ok());
    bytes.ok_or_else(|| Failure::new(format!("{LEDGER} does not end with a weight")))
}

/// Bytes of code by crate, and what is no code by section.
fn crates(library: &Path) -> Result<BTreeMap<String, u64>, Failure> {
    let bytes = fs::read(library).map_err(|error| Failure::at(library, &error))?;
    let file = object::File::parse(bytes.as_slice())
        .map_err(|error| Failure::new(format!("{}: {error}", library.display())))?;

    let mut found = BTreeMap::new();
    let mut told = 0;
    for symbol in file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text) {
        let owner = symbol.name().map_or_else(|_| "without a name".to_owned(), owner);
        *found.entry(owner).or_default() += symbol.size();
        told += symbol.size();
    }
    for section in file.sections() {
        let name = section.name().unwrap_or("");
        let kept =
            matches!(
                section.kind(),
                SectionKind::Data | SectionKind::ReadOnlyData | SectionKind::ReadOnlyString
            ) || matches!(name, ".eh_frame" | ".eh_frame_hdr" | ".gcc_except_table" | ".rela.dyn");
        match section.kind() {
            SectionKind::Text => {
                let untold = section.size().saturating_sub(told);
                told = told.saturating_sub(section.size());
                *found.entry("code without a symbol".to_owned()).or_default() += untold;
            }
            _ if kept => *found.entry(format!("section {name}")).or_default() += section.size(),
            _ => {}
        }
    }
    found.retain(|_, bytes| *bytes > 0);
    Ok(found)
}

/// The crate, or the library in C, that a symbol comes from.
fn owner(symbol: &str) -> String {
    for (prefix, library) in [
        ("sqlite3", "SQLite (C)"),
        ("ring_core", "ring (C and assembly)"),
        ("uniffi_", "suima"),
        ("ffi_", "suima"),
    ] {
        if symbol.starts_with(prefix) {
            return library.to_owned();
        }
    }
    let Ok(name) = rustc_demangle::try_demangle(symbol) else {
        // SQLite's functions are static, and so have any name.
        return "SQLite (C)".to_owned();
    };
    let name = format!("{name:#}");
    let crates = name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let mut crates = crates.filter_map(|path| path.split_once("::")).map(|(first, _)| first);
    let ours = crates.find(|word| !matches!(*word, "" | "core" | "alloc" | "std"));
    ours.unwrap_or("std").to_owned()
}

/// By weight, the heaviest first.
fn by_weight(crates: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut rows: Vec<_> = crates.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    rows.sort_by_key(|(name, bytes)| (std::cmp::Reverse(*bytes), *name));
    rows
}

fn table(total: u64, crates: &BTreeMap<String, u64>) -> String {
    let mut text =
        format!("{total} bytes stripped; reach {REACH}\n\n| bytes | of |\n| ---: | --- |\n");
    let rows = by_weight(crates);
    for (name, bytes) in rows.iter().take(NAMED) {
        let _ = writeln!(text, "| {bytes} | {name} |");
    }
    let others: u64 = rows.iter().skip(NAMED).map(|(_, bytes)| bytes).sum();
    let _ = writeln!(text, "| {others} | {} others |", rows.len().saturating_sub(NAMED));
    text
}

/// A line of the ledger: the day, the weight, the change, the heaviest.
fn note(
    ledger: &Path,
    total: u64,
    crates: &BTreeMap<String, u64>,
    because: &str,
) -> Result<(), Failure> {
    let today = answer("date", &["-u", "+%F"]).unwrap_or_default();
    let heaviest: Vec<_> = by_weight(crates)
        .into_iter()
        .take(8)
        .map(|(name, bytes)| format!("{name} {bytes}"))
        .collect();
    let because = because.replace('"', "'");
    let line = format!("{},{total},\"{because}\",\"{}\"\n", today.trim(), heaviest.join("; "));
    let mut text = fs::read_to_string(ledger).map_err(|error| Failure::at(ledger, &error))?;
    text.push_str(&line);
    fs::write(ledger, text).map_err(|error| Failure::at(ledger, &error))
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_symbol_belongs_to_the_first_crate_that_is_not_the_standard_library() {
        let of = |symbol| owner(symbol);
        assert_eq!(of("_ZN12suima_wallet6wallet4show17h0123456789abcdefE"), "suima_wallet");
        assert_eq!(
            of("_ZN4core3ptr42drop_in_place$LT$alloc..string..String$GT$17h0123456789abcdefE"),
            "std"
        );
        assert_eq!(of("_RNvCs15kBYyAo9fc_7mycrate7example"), "mycrate");
        assert_eq!(of("sqlite3_open"), "SQLite (C)");
        assert_eq!(of("walIndexAppend"), "SQLite (C)");
        assert_eq!(of("ring_core_0_17_14__x25519_ge_scalarmult_base"), "ring (C and assembly)");
    }
}
