//! Whom a phone holds, who asks, who holds, and what it knows of paper codes.

use serde_json::{Value, json};
use suima_code::{Slot, UnixTime};

use super::hand::Hand;
use super::look::{Look, Part};
use super::phone::{or_refused, person, refused, told};
use super::{Done, PagesPlayer, challenges};
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
    let (hand, names) = (&player.hand, &player.names);
    let came = match task {
        Task::Hold { slot } => hold(hand, base, *slot).await?.into(),
        Task::Family => family(&hand.see(&format!("{base}/family")).await?, names).into(),
        Task::Ask { document, full_name } => ask(hand, base, document, full_name).await?.into(),
        Task::Asks => asks(&hand.see(&format!("{base}/consent")).await?, names).into(),
        Task::Answer { asker, agree } => answer(hand, base, asker, *agree).await?,
        Task::Redeem { code } => redeem(hand, names, base, code).await?.into(),
        Task::Holders { slot } => {
            holders(&hand.see(&format!("{base}/family/{slot}/holders")).await?, names).into()
        }
        Task::EndHolding { slot, holder } => end_holding(hand, base, *slot, holder).await?.into(),
        Task::Paper { slot } => {
            paper(&hand.see(&format!("{base}/paper/{slot}")).await?, names)?.into()
        }
        task => return challenges::perform(player, base, task).await,
    };
    Ok(came)
}

async fn hold(hand: &Hand, base: &str, slot: Slot) -> Result<Value, Trouble> {
    let mut look = hand.see(&format!("{base}/family")).await?;
    let to = format!("/family/{slot}/hold");
    let offers = |look: &Look| look.parts().any(|part| part.href.ends_with(&to));
    if !offers(&look) && look.class("refresh").is_ok() {
        // Whom the user may hold since lately.
        hand.send("form.refresh button").await?;
        look = hand.look().await?;
    }
    let listed = look.with("held").find(|one| one.data("slot") == Some(&slot.to_string()));
    if listed.is_some_and(|one| one.data("held") == Some("yes")) {
        return Ok(json!({}));
    }
    if !offers(&look) {
        // Whom the page does not offer to hold nobody can hold by it: that is how it says so.
        return Ok(refused(&look).unwrap_or_else(|| json!({ "error": "not-listed" })));
    }
    hand.send(&format!("form[action$='{to}'] button")).await?;
    let look = hand.look().await?;
    if told(&look, "added").is_ok() { Ok(json!({})) } else { or_refused(&look, "answer") }
}

fn family(look: &Look, names: &Names) -> Value {
    let people = look.with("held").map(|one| {
        json!({
            "person": one.data("slot").map(|slot| person(names, slot)),
            "relation": one.data("relation"),
            "held": one.data("held") == Some("yes"),
        })
    });
    json!({ "people": people.collect::<Vec<_>>() })
}

async fn ask(hand: &Hand, base: &str, document: &str, full_name: &str) -> Result<Value, Trouble> {
    hand.open_page(&format!("{base}/family/add")).await?;
    hand.fill("#ask input[name=name]", full_name).await?;
    hand.fill("#ask input[name=document]", document).await?;
    hand.send("#ask button").await?;
    let look = hand.look().await?;
    if told(&look, "asked").is_ok() { Ok(json!({})) } else { or_refused(&look, "answer") }
}

fn text(part: Part<'_>, class: &str) -> Option<String> {
    part.class(class).map(|part| part.text.clone())
}

fn moment(part: Part<'_>, class: &str) -> Option<String> {
    part.class(class)?.moment()
}

fn asks(look: &Look, names: &Names) -> Value {
    let asks = look.with("ask").map(|one| {
        let mut ask = one.class("said").map_or(json!({}), Part::said);
        ask["by"] = json!(text(one, "name").map(|by| names.named(&by).to_owned()));
        ask["at"] = json!(moment(one, "asked-at"));
        ask["expires"] = json!(moment(one, "until"));
        ask
    });
    json!({ "asks": asks.collect::<Vec<_>>() })
}

async fn answer(hand: &Hand, base: &str, asker: &str, agree: bool) -> Result<Done, Trouble> {
    let look = hand.see(&format!("{base}/consent")).await?;
    let of = |one: &Part<'_>| text(*one, "name").as_deref() == Some(asker);
    let ask = look.with("ask").find(of).ok_or_else(|| look.lacks(asker))?;
    let id = &ask.id;
    let word = if agree { "agree" } else { "decline" };
    hand.send(&format!("#{id} button[value={word}]")).await?;
    let look = hand.look().await?;
    let agreed = look.id(id).ok().filter(|one| one.data("agreed").is_some());
    Ok(match agreed {
        Some(agreed) => {
            let digits = text(agreed, "digits").ok_or_else(|| look.lacks("one-time code"))?;
            let code = digits.chars().filter(char::is_ascii_digit).collect();
            let result = json!({ "agreed": true, "expires": moment(agreed, "until") });
            Done { code: Some(code), ..result.into() }
        }
        None if told(&look, "declined").is_ok() => json!({ "agreed": false }).into(),
        None => or_refused(&look, "answer")?.into(),
    })
}

async fn redeem(hand: &Hand, names: &Names, base: &str, code: &str) -> Result<Value, Trouble> {
    hand.open_page(&format!("{base}/family/add")).await?;
    hand.fill("#redeem input[name=code]", code).await?;
    hand.send("#redeem button").await?;
    let look = hand.look().await?;
    let Ok(added) = told(&look, "added") else { return or_refused(&look, "answer") };
    let said = added.said();
    let name = said["zh"].as_str().and_then(|zh| zh.strip_prefix("已添加："));
    Ok(json!({ "person": name.map(|name| names.named(name)) }))
}

/// A moment that a page gives in seconds, for who reads it by program.
fn seconds(text: &str) -> Option<String> {
    text.parse().ok().map(|seconds| written(UnixTime::new(seconds)))
}

fn holders(look: &Look, names: &Names) -> Value {
    let holders = look.with("holder").map(|one| {
        let since = one.parts().find_map(|part| part.data("since"));
        json!({
            "holder": one.data("holder").map(|name| names.named(name)),
            "since": since.and_then(seconds),
            "this-device": one.data("thisDevice").is_some(),
        })
    });
    json!({ "holders": holders.collect::<Vec<_>>() })
}

async fn end_holding(hand: &Hand, base: &str, slot: Slot, holder: &str) -> Result<Value, Trouble> {
    let look = hand.see(&format!("{base}/family/{slot}/holders")).await?;
    let found = look.with("holder").find(|one| one.data("holder") == Some(holder));
    let link = found.and_then(|one| one.parts().find(|part| part.href.contains("/end/")));
    let to = link.ok_or_else(|| look.lacks(holder))?.href.clone();
    hand.send(&format!("a[href='{to}']")).await?;
    let look = hand.look().await?;
    let question = told(&look, "warning")?.said();
    hand.send(&format!("form[action='{to}'] button")).await?;
    let look = hand.look().await?;
    let Ok(ended) = told(&look, "ended") else { return or_refused(&look, "answer") };
    let mut result = ended.said();
    result["question"] = question["zh"].clone();
    let offers = look.with("offer").map(|offer| {
        json!({
            "kind": offer.data("offer"),
            "at": offer.data("made").and_then(seconds),
            "zh": offer.class("said").map(|said| said.zh.clone()),
        })
    });
    result["offers"] = offers.collect();
    Ok(result)
}

fn paper(look: &Look, names: &Names) -> Result<Value, Trouble> {
    let Ok(paper) = look.id("paper") else { return or_refused(look, "paper code") };
    let mut result = paper.class("said").map_or(json!({}), Part::said);
    result["eligibility"] = json!(paper.data("eligibility"));
    let named = |part, class| text(part, class).map(|name| names.named(&name).to_owned());
    let end = |class| seconds(paper.class(class)?.data("until")?);
    if let (Some(_), Some(made)) = (paper.data("current"), paper.class("made")) {
        result["current"] = json!({
            "at": made.moment(),
            "until": end("until"),
            "serial": text(paper, "serial"),
            "by": named(made, "by"),
            "place": text(made, "place"),
        });
    }
    if paper.class("ended").is_some() {
        result["ended"] = json!(end("ended"));
    }
    if let Some(lost) = paper.class("lost") {
        let at = lost.moment();
        result["reported-lost"] =
            json!({ "at": at, "by": named(lost, "by"), "place": text(lost, "place") });
    }
    Ok(result)
}
