//! What a phone does.

use serde_json::{Value, json};
use suima_code::{Slot, UnixTime};

use super::super::run::Trouble;
use super::super::turns::Task;
use super::hand::Hand;
use super::look::{Look, Part};
use super::{Done, PagesPlayer, family};
use crate::scenario::instant::written;
use crate::scenario::player::Names;

/// Does it, on the pages below `base`.
pub(super) async fn perform(
    player: &PagesPlayer,
    base: &str,
    task: &Task,
) -> Result<Done, Trouble> {
    let (hand, names) = (&player.hand, &player.names);
    let came = match task {
        Task::WarnEnrol => {
            let look = hand.see(&format!("{base}/enrol")).await?;
            told(&look, "warning")?.said().into()
        }
        Task::Enrol { activation } => enrol(hand, base, activation).await?.into(),
        Task::Refresh => refresh(hand, names, base).await?.into(),
        Task::ShowLive { slot } => show_live(hand, base, *slot).await?,
        Task::ShowNucleicAcid { slot } => show_nucleic_acid(hand, names, base, *slot).await?,
        Task::SavePicture { slot } => save_picture(hand, base, *slot).await?,
        Task::CheckPicture { code } => check_picture(hand, names, base, code).await?.into(),
        Task::Warn { slot } => {
            let mut window = player.another().await?;
            let look = window.see(&format!("{base}/regenerate/{slot}")).await?;
            let result = warned(&look, names)?;
            window.seen = agreed_to(&look).map(ToOwned::to_owned);
            Done { seen: Some(window), ..result.into() }
        }
        Task::Regenerate { slot, agreed: None } => {
            let look = hand.see(&format!("{base}/regenerate/{slot}")).await?;
            let asked = warned(&look, names)?;
            if !asked["error"].is_null() {
                return Ok(asked.into());
            }
            regenerate(hand, names).await?
        }
        Task::Regenerate { slot, agreed: Some(kept) } => {
            let window = player.kept(kept)?;
            if !window.look().await?.path.contains("/regenerate/") {
                // It was agreed to here before: a page that nobody drew anew would send the same again.
                let stale = window.seen.as_deref().unwrap_or_default();
                window.open_page(&format!("{base}/regenerate/{slot}")).await?;
                window.paste("input[name=void]", stale).await?;
            }
            regenerate(window, names).await?
        }
        task => return family::perform(player, base, task).await,
    };
    Ok(came)
}

/// What the page tells under a word.
pub(super) fn told<'a>(look: &'a Look, id: &str) -> Result<Part<'a>, Trouble> {
    let found = look.with("id").find(|part| part.data("id") == Some(id));
    found.ok_or_else(|| look.lacks(&format!("[data-id={id}]")))
}

/// The error that the page tells, where it does.
pub(super) fn refused(look: &Look) -> Option<Value> {
    let told = look.with("id").find(|part| part.is("bad"))?;
    let mut error = told.error();
    error["at"] = json!(told.moment());
    Some(error)
}

/// The error that the page tells, or that it does not say what it should.
pub(super) fn or_refused(look: &Look, what: &str) -> Result<Value, Trouble> {
    refused(look).ok_or_else(|| look.lacks(what))
}

/// What came of something, where the page tells it by one of these words.
pub(super) fn outcome(look: &Look, words: &[&'static str]) -> Option<(&'static str, Value)> {
    look.with("id").find_map(|part| {
        let word = words.iter().copied().find(|word| part.data("id") == Some(*word))?;
        let mut result = part.said();
        result["outcome"] = word.into();
        Some((word, result))
    })
}

/// Enrols a phone.
async fn enrol(hand: &Hand, base: &str, code: &str) -> Result<Value, Trouble> {
    hand.open_page(&format!("{base}/enrol")).await?;
    hand.fill("input[name=code]", code).await?;
    hand.send("form[action$='/enrol'] button").await?;
    let look = hand.look().await?;
    if look.path == base { Ok(json!({})) } else { or_refused(&look, "answer") }
}

async fn refresh(hand: &Hand, names: &Names, base: &str) -> Result<Value, Trouble> {
    let look = hand.see(base).await?;
    if look.path != base {
        return or_refused(&look, "reason why it is here");
    }
    hand.send("form[action$='/refresh'] button").await?;
    let look = hand.look().await?;
    if look.path != base {
        // The phone was ended: it shows nothing but how to enrol it again, and why.
        return or_refused(&look, "reason why it is here");
    }
    let messages = look.class("messages")?;
    if let Some(error) = messages.parts().find(|part| part.data("id").is_some() && part.is("bad")) {
        return Ok(error.error());
    }
    let of =
        |word: &'static str| messages.parts().filter(move |part| part.data("id") == Some(word));
    let whose = |part: Part<'_>| part.data("slot").map(|slot| person(names, slot).to_owned());
    let news = of("news").map(|part| {
        let mut news = part.said();
        news["person"] = json!(whose(part));
        news["what"] = json!(part.data("what"));
        news
    });
    let resolved =
        of("resolved").map(|part| json!({ "person": whose(part), "outcome": part.data("what") }));
    let (news, resolved): (Vec<_>, Vec<_>) = (news.collect(), resolved.collect());
    // It stays until it was seen.
    if !(news.is_empty() && resolved.is_empty()) {
        hand.send("form[action$='/seen'] button").await?;
    }
    Ok(json!({ "as-of": look.id("as-of")?.moment(), "news": news, "resolved": resolved }))
}

/// The notices of the core beside a code.
fn notices(look: &Look) -> Vec<String> {
    let notices = look.with("id").filter(|part| part.data("id") == Some("notice"));
    notices.map(|notice| notice.zh.clone()).collect()
}

async fn show_live(hand: &Hand, base: &str, slot: Slot) -> Result<Done, Trouble> {
    let look = hand.see(&format!("{base}/live/{slot}")).await?;
    let Ok(code) = look.class("code") else {
        return Ok(or_refused(&look, "code")?.into());
    };
    let text = hand.scan("#code .qr").await?;
    let moment = |id: &str| look.id(id).map(|part| part.moment());
    let result = json!({
        "relation": code.data("relation"),
        "name": look.class("name")?.text,
        "masked-name": look.class("masked")?.text,
        "text": text,
        "colour": code.data("colour"),
        "colour-as-of": moment("colour-as-of")?,
        "colour-counts-until": moment("colour-counts-until")?,
        "counts-until": moment("counts-until")?,
        "notices": notices(&look),
    });
    Ok(Done { code: Some(text), ..result.into() })
}

/// When the code on the page was made, by whom, and whether it voided another.
fn made(look: &Look, names: &Names) -> Result<Value, Trouble> {
    let voided = look.with("voided").next().is_some();
    let by = look.id("made-by")?;
    Ok(json!({ "at": look.id("made")?.moment(), "by": names.named(&by.text), "voided": voided }))
}

async fn show_nucleic_acid(
    hand: &Hand,
    names: &Names,
    base: &str,
    slot: Slot,
) -> Result<Done, Trouble> {
    let look = hand.see(&format!("{base}/nucleic-acid/{slot}")).await?;
    let Ok(code) = look.class("code") else {
        return Ok(or_refused(&look, "code")?.into());
    };
    let text = hand.scan("#code .qr").await?;
    let doubt = match code.data("doubt") {
        Some(is) => json!({ "is": is, "since": look.id("doubt-since")?.moment() }),
        None => Value::Null,
    };
    let result = json!({
        "relation": code.data("relation"),
        "name": look.class("name")?.text,
        "text": text,
        "until": look.id("valid-until")?.moment(),
        "last-day": look.id("last-day")?.text,
        "made": made(&look, names)?,
        "doubt": doubt,
        "notices": notices(&look),
    });
    Ok(Done { code: Some(text), ..result.into() })
}

async fn save_picture(hand: &Hand, base: &str, slot: Slot) -> Result<Done, Trouble> {
    let look = hand.see(&format!("{base}/nucleic-acid/{slot}")).await?;
    if let (Some(error), Err(_)) = (refused(&look), look.class("code")) {
        return Ok(error.into());
    }
    hand.send(&format!("form[action$='/save/{slot}'] button")).await?;
    let look = hand.look().await?;
    if let Some(error) = refused(&look) {
        return Ok(error.into());
    }
    told(&look, "saved")?;
    let look = hand.see(&format!("{base}/check")).await?;
    let newest = look.parts().find(|part| part.href.contains("/check?picture="));
    let newest = newest.ok_or_else(|| look.lacks("picture"))?;
    let (_, name) = newest.href.split_once('=').unwrap_or_default();
    let picture = hand.bytes(&format!("{base}/picture/{name}")).await?;
    Ok(Done { picture: Some(picture), ..json!({}).into() })
}

async fn check_picture(
    hand: &Hand,
    names: &Names,
    base: &str,
    code: &str,
) -> Result<Value, Trouble> {
    hand.open_page(&format!("{base}/check")).await?;
    hand.fill("input[name=text]", code).await?;
    hand.send("form[action$='/check'] button").await?;
    let look = hand.look().await?;
    let Some(checked) = look.with("check").next() else {
        return or_refused(&look, "result");
    };
    let moment = |id: &str| look.id(id).ok().and_then(|part| part.moment());
    let mut result = checked.said();
    result["is"] = json!(checked.data("check"));
    result["person"] = json!(checked.data("slot").map(|slot| person(names, slot)));
    for (field, id) in [("until", "check-until"), ("from", "check-from"), ("at", "check-at")] {
        result[field] = json!(moment(id));
    }
    result["by"] = json!(look.id("check-by").ok().map(|by| names.named(&by.text).to_owned()));
    result["doubt"] = checked
        .data("doubt")
        .map_or(Value::Null, |is| json!({ "is": is, "since": moment("check-doubt") }));
    result["reason"] = json!(checked.data("reason"));
    Ok(result)
}

/// As scenarios call whom a number on a page stands for.
pub(super) fn person<'a>(names: &'a Names, slot: &str) -> &'a str {
    slot.parse().map_or("nobody", |slot| names.of(Slot(slot)))
}

/// What the form on the page agrees to void.
fn agreed_to(look: &Look) -> Option<&str> {
    look.parts().find(|part| part.name == "void").map(Part::value)
}

fn warned(look: &Look, names: &Names) -> Result<Value, Trouble> {
    let Ok(warning) = told(look, "warning") else { return or_refused(look, "warning") };
    let mut result = warning.said();
    if let Ok(voids) = look.id("voids") {
        let by = look.id("voids-by")?;
        let voided = look.with("voided").next().is_some();
        let at = voids.moment();
        // What is sent is what was shown.
        let agreed = agreed_to(look).and_then(|seconds| seconds.parse().ok());
        if agreed.map(|at| written(UnixTime::new(at))) != at {
            return Err(Trouble(format!("{at:?} is shown, and {agreed:?} would be agreed to")));
        }
        result["voids"] = json!({ "at": at, "by": names.named(&by.text), "voided": voided });
    }
    Ok(result)
}

const OUTCOMES: [&str; 6] = ["made", "overtaken", "behind", "too-late", "used-up", "pending"];

/// Agrees to what the page in the window asks.
async fn regenerate(hand: &Hand, names: &Names) -> Result<Done, Trouble> {
    hand.send("form[action*='/regenerate/'] button").await?;
    let look = hand.look().await?;
    let Some((word, mut result)) = outcome(&look, &OUTCOMES) else {
        return Ok(or_refused(&look, "outcome")?.into());
    };
    let there_is_one = matches!(word, "made" | "overtaken" | "behind") && look.id("made").is_ok();
    result["made"] = if there_is_one { made(&look, names)? } else { Value::Null };
    let code = if word == "made" { Some(hand.scan("#code .qr").await?) } else { None };
    Ok(Done { code, ..result.into() })
}
