//! Writes `tests/vectors/*.json` and `docs/openapi.json` anew.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let description = serde_json::to_string_pretty(&suima_issuer::openapi())?;
    std::fs::write(tests.join("../docs/openapi.json"), description + "\n")?;
    suima_tests::vectors::files()
        .into_iter()
        .try_for_each(|(name, json)| std::fs::write(tests.join("vectors").join(name), json))
}
