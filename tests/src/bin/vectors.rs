//! Writes `tests/vectors/*.json` anew.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    suima_tests::vectors::files()
        .into_iter()
        .try_for_each(|(name, json)| std::fs::write(folder.join(name), json))
}
