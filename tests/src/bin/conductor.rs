//! Plays the scenarios of `tests/scenarios/` with phones and stations in another language, as the section "Players" of its
//! README says. Ends when its stdin closes, so that it never outlives who started it.

use std::io;
use std::time::Duration;

use suima_tests::scenario::Conductor;
use tokio::task::spawn_blocking;

/// How long a player may think about a turn.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let conductor = Conductor::start(PATIENCE).await?;
    println!("ready http://{}", conductor.address());
    let closed = spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink())).await;
    conductor.close().await;
    closed.map_err(io::Error::other)?.map(|_| ())
}
