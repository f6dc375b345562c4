//! The licences of what is shipped.

use std::collections::BTreeSet;

use spdx::{Expression, ParseMode};

use crate::command::Failure;
use crate::shipped;
use crate::workspace::Workspace;

/// Licences that may come with what is shipped, as SPDX names them.
///
/// All but the last are permissive. MPL-2.0 asks for its own files only, and they are used unchanged.
const ALLOWED: &[&str] = &[
    "Apache-2.0",
    "BSD-3-Clause",
    // The root certificates of webpki-roots, which are data.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
    // uniffi.
    "MPL-2.0",
];

/// Every crate's licence expression has to hold with allowed licences alone, and every allowed
/// licence has to be one that some crate names.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let crates = shipped::crates(workspace)?;
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for package in &crates {
        let judged = match &package.license {
            None => Err("names no licence".to_owned()),
            Some(text) => judge(text),
        };
        match judged {
            Ok(names) => used.extend(names),
            Err(why) => wrong.push(format!("{} {} {why}", package.name, package.version)),
        }
    }
    for name in ALLOWED {
        if !used.contains(*name) {
            wrong.push(format!("{name} is allowed and no crate names it"));
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::new(format!("licences:\n  {}", wrong.join("\n  "))));
    }
    println!("{} crates, every licence allowed", crates.len());
    Ok(())
}

/// The allowed licences that an expression names, if they are enough.
fn judge(text: &str) -> Result<Vec<&'static str>, String> {
    // Older crates write `MIT/Apache-2.0`.
    let mode = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };
    let expression = Expression::parse_mode(text, mode)
        .map_err(|error| format!("has `{text}`: {}", error.reason))?;
    let allowed = |requirement: &spdx::LicenseReq| {
        let id = requirement.license.id()?;
        let name = ALLOWED.iter().find(|name| **name == id.name)?;
        // An exception only ever permits more than the licence it is added to.
        Some(*name)
    };
    if !expression.evaluate(|requirement| allowed(requirement).is_some()) {
        return Err(format!("has `{text}`"));
    }
    Ok(expression.requirements().filter_map(|requirement| allowed(&requirement.req)).collect())
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn one_allowed_choice_is_enough() {
        assert_eq!(judge("GPL-3.0-only OR MIT"), Ok(vec!["MIT"]));
        assert_eq!(judge("MIT/Apache-2.0"), Ok(vec!["MIT", "Apache-2.0"]));
    }

    #[test]
    fn every_part_of_an_and_has_to_be_allowed() {
        assert!(judge("MIT AND GPL-3.0-only").is_err());
        assert!(judge("(MIT OR Apache-2.0) AND Unicode-3.0").is_ok());
    }

    #[test]
    fn what_is_not_an_expression_is_refused() {
        assert!(judge("do as you please").is_err());
        assert!(judge("").is_err());
    }
}
