//! What a station does.

use serde_json::{Value, json};
use suima_code::Place;

use super::super::run::Trouble;
use super::super::turns::Task;
use super::Done;
use super::hand::Hand;
use super::look::{Look, Part};

/// Does it, on the pages below `base`.
pub(super) async fn perform(hand: &Hand, base: &str, task: &Task) -> Result<Done, Trouble> {
    let came = match task {
        Task::Sync => sync(hand, base).await?,
        Task::Scan { place: Place::Sampling, code } => {
            scan(hand, &format!("{base}/look"), code).await?;
            decided(&hand.look().await?)?
        }
        Task::Scan { place, code } => {
            scan(hand, &at(base, *place), code).await?;
            at_a_door(&hand.look().await?)?
        }
        Task::PaperCheck { code, document, full_name } => {
            scan(hand, &at(base, Place::ManualCheck), code).await?;
            let look = hand.look().await?;
            if look.id("verdict")?.data("verdict") == Some("needs-id-card") {
                card(hand, document, Some(full_name.as_str())).await?;
                at_a_door(&hand.look().await?)?
            } else {
                at_a_door(&look)?
            }
        }
        Task::IdCard { place, document, full_name } => {
            hand.stay_at(&at(base, *place)).await?;
            let name = (*place == Place::Sampling).then_some(full_name.as_str());
            card(hand, document, name).await?;
            let look = hand.look().await?;
            if *place == Place::Sampling { registered(&look)? } else { at_a_door(&look)? }
        }
        Task::OpenSession { site, staff } => {
            hand.open_page(&format!("{base}/session")).await?;
            hand.fill("input[name=site]", site).await?;
            hand.fill("input[name=staff]", staff).await?;
            hand.send("form[action$='/session'] button").await?;
            done(&hand.look().await?, "session-opened")?
        }
        Task::OpenTube { barcode, capacity } => {
            hand.open_page(&format!("{base}/tube")).await?;
            hand.fill("input[name=barcode]", barcode).await?;
            hand.send(&format!("button[name=capacity][value='{capacity}']")).await?;
            done(&hand.look().await?, "tube-opened")?
        }
        Task::Register { code } => {
            scan(hand, &at(base, Place::Sampling), code).await?;
            registered(&hand.look().await?)?
        }
        Task::Upload => upload(hand, base).await?,
        other => return Err(Trouble(format!("no station does {other:?}"))),
    };
    Ok(came.into())
}

/// The page of a place.
fn at(base: &str, place: Place) -> String {
    let path = match place {
        Place::Sampling => "",
        Place::Gate => "/gate",
        Place::ManualCheck => "/door",
    };
    format!("{base}{path}")
}

/// Puts a code into the field that takes everything, without the keys of a scanner: those may not type the same twice in a
/// second.
async fn scan(hand: &Hand, page: &str, code: &str) -> Result<(), Trouble> {
    hand.stay_at(page).await?;
    hand.paste("#scan", code).await?;
    hand.send("#scan-form button").await
}

/// Types what stands on an ID card.
async fn card(hand: &Hand, number: &str, name: Option<&str>) -> Result<(), Trouble> {
    if !hand.look().await?.id("id-card")?.open {
        hand.click("#id-card summary").await?;
    }
    hand.fill("#id-number", number).await?;
    if let Some(name) = name {
        hand.fill("#id-name", name).await?;
    }
    hand.send("#id-card form button").await
}

/// What the screen says where nothing was judged: `id`, or an error.
fn done(look: &Look, id: &str) -> Result<Value, Trouble> {
    let said = look.id("verdict")?;
    Ok(match said.data("verdict") {
        Some(word) if word == id => json!({}),
        Some(error) => {
            let mut result = said.said();
            result["error"] = error.into();
            result
        }
        None => return Err(look.lacks(id)),
    })
}

async fn sync(hand: &Hand, base: &str) -> Result<Value, Trouble> {
    hand.stay_at(&at(base, Place::Gate)).await?;
    hand.send("form[action$='/sync'] button").await?;
    let look = hand.look().await?;
    let as_of = look.id("list-as-of").ok().and_then(|part| part.moment());
    Ok(match look.id("verdict")?.data("verdict") {
        Some("synced") => json!({ "current": true, "as-of": as_of }),
        Some("behind") => json!({ "current": false, "as-of": as_of }),
        _ => done(&look, "synced")?,
    })
}

async fn upload(hand: &Hand, base: &str) -> Result<Value, Trouble> {
    hand.open_page(&format!("{base}/upload")).await?;
    hand.send("#upload button").await?;
    let look = hand.look().await?;
    let Ok(uploaded) = look.id("uploaded") else { return done(&look, "uploaded") };
    let number = |part: Part<'_>, name| part.data(name).and_then(|text| text.parse::<u32>().ok());
    Ok(json!({
        "acknowledged": number(uploaded, "acknowledged"),
        "conflicts": number(uploaded, "conflicts"),
        "waiting": number(look.id("upload")?, "waiting"),
    }))
}

/// Verdicts that let somebody in or register them; with every other the screen must show no green.
const GOOD: [&str; 3] = ["accepted", "match", "registered"];

/// The verdict on the screen: its word, signal, reason, cautions and sentences. Colour, sign and words must say the same.
fn verdict(look: &Look) -> Result<(Part<'_>, Value), Trouble> {
    let card = look.id("verdict")?;
    let Some(word) = card.data("verdict") else { return Err(look.lacks("verdict")) };
    let Some(signal) = card.data("signal") else { return Ok((card, done(look, "")?)) };
    let classes: Vec<_> =
        ["admit", "refuse", "attention"].into_iter().filter(|one| card.is(one)).collect();
    let sign = card.class("sign").map(|part| part.text.clone()).unwrap_or_default();
    let admits = signal == "admit";
    let green = is_green(&card.ground).ok_or_else(|| look.lacks("colour of the verdict"))?;
    let agree = classes == [signal] && green == admits && (sign == "✓") == admits;
    if !agree || (admits && !GOOD.contains(&word)) {
        let looks = format!("looks as {classes:?} with {sign} on {}", card.ground);
        let at_odds = format!("{word} says {signal} and {looks}");
        return Err(Trouble(format!("{}: {at_odds}", look.path)));
    }
    let mut result = card.class("said").map_or(json!({}), Part::said);
    result["verdict"] = word.into();
    result["signal"] = signal.into();
    if let Some(reason) = card.data("reason") {
        result["reason"] = reason.into();
    }
    if let Some(seat) = card.data("seat").and_then(|seat| seat.parse::<u32>().ok()) {
        result["seat"] = seat.into();
    }
    Ok((card, result))
}

/// Whether a colour, as a browser computes it, is a green.
fn is_green(colour: &str) -> Option<bool> {
    let parts = colour.strip_prefix("rgb(")?.strip_suffix(')')?.split(", ");
    let parts: Vec<u32> = parts.map(str::parse).collect::<Result<_, _>>().ok()?;
    let [red, green, blue] = parts[..] else { return None };
    Some(green > red + 30 && green > blue + 10)
}

fn cautions(card: Part<'_>) -> Vec<&str> {
    card.parts().filter_map(|part| part.data("caution")).collect()
}

fn number(card: Part<'_>, class: &str) -> Option<u32> {
    card.class(class)?.text.parse().ok()
}

/// What the code says, where it is genuine.
fn shown(look: &Look, card: Part<'_>) -> Value {
    let Ok(issued) = look.id("issued-at") else { return Value::Null };
    json!({
        "presented": presented(card),
        "masked-name": card.class("masked").map(|part| part.text.clone()),
        "birth-year": number(card, "year"),
        // One that was looked up is none of the code's.
        "colour": card.data("colour").filter(|_| card.data("verdict") != Some("match")),
        "issued-at": issued.moment(),
        "until": look.id("until").ok().and_then(|until| until.moment()),
    })
}

/// What was shown, by the words for it.
fn presented(card: Part<'_>) -> Option<&'static str> {
    let said = &card.class("presented")?.zh;
    let words = [
        ("核酸码", "nucleic-acid"),
        ("离线随申码", "paper"),
        ("随申码", "live"),
        ("亲属随申码", "relative"),
        ("身份证", "id-card"),
    ];
    words.into_iter().find_map(|(zh, word)| (zh == said).then_some(word))
}

fn decided(look: &Look) -> Result<Value, Trouble> {
    let (card, mut result) = verdict(look)?;
    if result["verdict"] == "accepted" {
        result["cautions"] = json!(cautions(card));
    }
    if result["error"].is_null() {
        result["shown"] = shown(look, card);
    }
    Ok(result)
}

fn at_a_door(look: &Look) -> Result<Value, Trouble> {
    let (card, mut result) = verdict(look)?;
    if result["error"].is_null() {
        result["colour"] = json!(card.data("colour"));
        result["cautions"] = json!(cautions(card));
        result["shown"] = shown(look, card);
    }
    Ok(result)
}

fn registered(look: &Look) -> Result<Value, Trouble> {
    let (card, mut result) = verdict(look)?;
    if result["verdict"] != "registered" {
        return Ok(result);
    }
    result["presented"] = json!(presented(card));
    result["masked-name"] = json!(card.class("masked").map(|part| part.text.clone()));
    result["birth-year"] = json!(number(card, "year"));
    result["colour"] = json!(card.data("colour"));
    result["taken"] = json!(look.id("tube")?.data("taken").and_then(|n| n.parse::<u32>().ok()));
    result["cautions"] = json!(cautions(card));
    Ok(result)
}
