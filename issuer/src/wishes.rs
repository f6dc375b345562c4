//! Wishes of phones: what was asked once has one outcome, however often it is asked again (design section 4).

use rusqlite::OptionalExtension as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use suima_client::wire::ProblemId;

use crate::Error;
use crate::act::Act;
use crate::devices::Device;
use crate::error::Failure;

/// How long outcomes are kept, in seconds. Wishes themselves are good for minutes.
const KEPT: i64 = 30 * 86_400;

/// The outcome that was recorded for this key; or the one that `execute` comes to now, which is recorded.
///
/// `digest` stands for what is asked: a retry asks for the same, in whatever spelling. Also what was not executed is
/// recorded: it must not be executed later, should the clock go back.
pub(crate) fn once<T: Serialize + DeserializeOwned>(
    act: &Act<'_>,
    device: &Device,
    idempotency_key: &str,
    digest: [u8; 32],
    execute: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let recorded: Option<([u8; 32], String)> = act
        .db
        .prepare_cached(
            "SELECT digest, outcome FROM wish WHERE device = ? AND idempotency_key = ?",
        )?
        .query_row((&device.keyid, idempotency_key), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((known, outcome)) = recorded {
        if known != digest {
            return Err(ProblemId::IdempotencyKeyReused.into());
        }
        return serde_json::from_str(&outcome).map_err(|_| Error::Corrupt("outcome").into());
    }
    let outcome = execute()?;
    let text = serde_json::to_string(&outcome).map_err(|_| Error::Corrupt("outcome"))?;
    act.db.prepare_cached("DELETE FROM wish WHERE at < ?")?.execute([act.now.plus(-KEPT).get()])?;
    act.db
        .prepare_cached(
            "INSERT INTO wish (device, idempotency_key, digest, outcome, at)
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute((&device.keyid, idempotency_key, digest, text, act.now.get()))?;
    Ok(outcome)
}
