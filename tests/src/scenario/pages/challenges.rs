//! What a portal or a terminal asks, on a phone.

use serde_json::{Value, json};

use super::hand::Hand;
use super::look::Look;
use super::phone::{or_refused, outcome, person};
use super::{Done, PagesPlayer};
use crate::scenario::instant::written;
use crate::scenario::player::Names;
use crate::scenario::run::Trouble;
use crate::scenario::turns::Task;

/// Does it, on the pages below `base`.
pub(super) async fn perform(
    player: &PagesPlayer,
    base: &str,
    task: &Task,
) -> Result<Done, Trouble> {
    match task {
        Task::ScanChallenge { code } => {
            let window = player.another().await?;
            window.open_page(&format!("{base}/scan")).await?;
            window.fill("form.typed input[name=text]", code).await?;
            window.send("form.typed button").await?;
            let result = asked(&window.look().await?, &player.names)?;
            Ok(Done { seen: Some(window), ..result.into() })
        }
        Task::Confirm { challenge, agree } => {
            Ok(confirm(player.kept(challenge)?, *agree).await?.into())
        }
        other => Err(Trouble(format!("no phone does {other:?}"))),
    }
}

fn asked(look: &Look, names: &Names) -> Result<Value, Trouble> {
    let Ok(form) = look.id("challenge") else { return or_refused(look, "question") };
    let part = |class| form.class(class).ok_or_else(|| look.lacks(class));
    let voids = form.data("voids").and_then(|seconds| seconds.parse().ok());
    let voids = voids.map(|seconds| written(suima_code::UnixTime::new(seconds)));
    if voids != form.class("voids").and_then(|part| part.moment()) {
        return Err(Trouble(format!("{}: {voids:?} is not what is shown", look.path)));
    }
    let mut result = part("question")?.said();
    result["act"] = json!(form.data("act"));
    result["person"] = json!(form.data("slot").map(|slot| person(names, slot)));
    result["place"] = json!(form.data("place"));
    result["place-name"] = json!(part("place-name")?.text);
    result["check"] = json!(part("digits")?.text);
    result["expires"] = json!(part("until")?.moment());
    result["voids"] = json!(voids);
    Ok(result)
}

const OUTCOMES: [&str; 5] = ["done", "declined", "over", "changed", "not-eligible"];

/// Answers what the page in the window asks.
async fn confirm(hand: &Hand, agree: bool) -> Result<Value, Trouble> {
    let word = if agree { "agree" } else { "decline" };
    hand.send(&format!("#challenge .acts button[value={word}]")).await?;
    let look = hand.look().await?;
    outcome(&look, &OUTCOMES).map_or_else(|| or_refused(&look, "outcome"), |(_, result)| Ok(result))
}
