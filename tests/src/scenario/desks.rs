//! What is done at the PC portal and at self-service terminals, through their pages.

use serde_json::{Value, json};
use suima_code::Slot;

use super::acts::{Act, DeskAct};
use super::browser::Browser;
use super::run::{Came, Kept, Trouble, World};
use super::turns::Task;

/// A browser at the portal or at a terminal.
#[derive(Debug)]
pub(super) struct Desk {
    pub browser: Browser,
    /// `/portal` or `/terminal`.
    pub base: &'static str,
}

/// Does it, if it is one of these.
pub(super) async fn act(world: &mut World<'_>, act: &Act) -> Result<Option<Came>, Trouble> {
    let came = match act {
        Act::ShowLogIn { device } => show_log_in(world.desk(device)?).await?,
        Act::Leave { device } => {
            let desk = world.desk(device)?;
            desk.browser.send(&format!("{}/leave", desk.base), &[]).await?;
            json!({ "words": desk.browser.words() }).into()
        }
        Act::ReadCard { device, person } => {
            let number = &world.people.person(person)?.id_number;
            world.desk(device)?.begin(number).await?.into()
        }
        Act::ShowLiveCodeAt { device, code } => {
            let code = world.code(code)?;
            let desk = world.desk(device)?;
            let result = desk.begin(&code).await?;
            let kept = desk.browser.codes().into_iter().next().map(Kept::Code);
            Came { kept, ..result.into() }
        }
        Act::LogIn { device, phone } => log_in(world, device, phone).await?.into(),
        Act::Desk { device, act, people, phone, agree } => {
            let slots: Result<Vec<_>, _> =
                people.iter().map(|name| world.people.slot(name)).collect();
            let wish = Wish { act: *act, slots: slots?, phone: phone.as_deref(), agree: *agree };
            desk(world, device, &wish).await?
        }
        Act::EndHoldingAt { device, holder } => {
            let slot = world.people.slot(holder)?.to_string();
            let desk = world.desk(device)?;
            desk.browser.open(&format!("{}/holding?slot={slot}", desk.base)).await?;
            let preview = desk.browser.words();
            let to = format!("{}/end-holding", desk.base);
            desk.browser.send(&to, &[("slot", &slot)]).await?;
            json!({ "preview": preview, "words": desk.browser.words() }).into()
        }
        Act::DeskWords { device, page } => {
            let desk = world.desk(device)?;
            desk.browser.open(&format!("{}{page}", desk.base)).await?;
            json!({ "words": desk.browser.words() }).into()
        }
        _ => return Ok(None),
    };
    Ok(Some(came))
}

impl Desk {
    /// Types what a card reader or a scanner types, at a terminal.
    async fn begin(&mut self, read: &str) -> Result<Value, Trouble> {
        self.browser.send("/terminal/begin", &[("read", read)]).await?;
        let logged_in = self.browser.at == "/terminal/people";
        Ok(json!({ "logged-in": logged_in, "words": self.browser.words() }))
    }
}

async fn show_log_in(desk: &mut Desk) -> Result<Came, Trouble> {
    desk.browser.send(&format!("{}/log-in", desk.base), &[]).await?;
    let code = desk.browser.codes().into_iter().next();
    let code = code.ok_or_else(|| Trouble("no code is shown".to_owned()))?;
    let check = desk.browser.found("<output>", "</output>");
    let result = json!({ "text": code, "check": check });
    Ok(Came { kept: Some(Kept::Code(code)), ..result.into() })
}

/// Lets a phone scan a code and answer what it asks. Gives what was asked, and what came of it.
async fn agreed(
    world: &mut World<'_>,
    phone: &str,
    code: String,
    agree: bool,
) -> Result<(Value, Option<Value>), Trouble> {
    let Came { result, kept, .. } = world.turn(phone, Task::ScanChallenge { code }).await?;
    if !result["error"].is_null() {
        return Ok((result, None));
    }
    let Some(Kept::Opaque(challenge)) = kept else {
        return Err(Trouble(format!("{phone} kept nothing of what is asked")));
    };
    let confirmed = world.turn(phone, Task::Confirm { challenge, agree }).await?.result;
    Ok((result, Some(confirmed)))
}

async fn log_in(world: &mut World<'_>, device: &str, phone: &str) -> Result<Value, Trouble> {
    show_log_in(world.desk(device)?).await?;
    let code = world.desk(device)?.browser.codes().into_iter().next();
    let code = code.ok_or_else(|| Trouble("no code is shown".to_owned()))?;
    let confirmed = match agreed(world, phone, code, true).await? {
        (_, Some(confirmed)) => confirmed,
        (refused, None) => return Ok(refused),
    };
    let desk = world.desk(device)?;
    desk.browser.open(desk.base).await?;
    Ok(confirmed)
}

/// What is wanted at a desk, and on which phone it is confirmed: on none where the card in the reader agrees.
struct Wish<'a> {
    act: DeskAct,
    slots: Vec<Slot>,
    phone: Option<&'a str>,
    agree: bool,
}

async fn desk(world: &mut World<'_>, device: &str, wish: &Wish<'_>) -> Result<Came, Trouble> {
    let word = serde_json::to_value(wish.act).map_err(Trouble::of)?;
    let word = word.as_str().expect("an act is a word").to_owned();
    let slots: Vec<String> = wish.slots.iter().map(ToString::to_string).collect();
    let mut fields = vec![("act", word.as_str())];
    fields.extend(slots.iter().map(|slot| ("slot", slot.as_str())));
    let query: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();

    let desk = world.desk(device)?;
    desk.browser.open(&format!("{}/preview?{}", desk.base, query.join("&"))).await?;
    let preview = desk.browser.words();
    let seen = desk.browser.found("name=\"seen\" value=\"", "\"");
    fields.extend(seen.as_deref().map(|seen| ("seen", seen)));
    desk.browser.send(&format!("{}/ask", desk.base), &fields).await?;

    let mut result = json!({ "preview": preview });
    if let Some(phone) = wish.phone {
        let code = world.desk(device)?.browser.codes().into_iter().next();
        let Some(code) = code else {
            result["outcome"] = "refused".into();
            result["words"] = world.desk(device)?.browser.words().into();
            return Ok(result.into());
        };
        let (asked, confirmed) = agreed(world, phone, code, wish.agree).await?;
        let confirmed = confirmed.ok_or_else(|| Trouble(format!("{phone}: {asked}")))?;
        result["asked"] = asked;
        result["outcome"] = confirmed["outcome"].clone();
        result["confirmed"] = confirmed;
        let desk = world.desk(device)?;
        desk.browser.open(&format!("{}/confirm", desk.base)).await?;
    }
    let desk = world.desk(device)?;
    result["words"] = desk.browser.words().into();
    let mut kept = desk.browser.codes().into_iter().next().map(Kept::Code);
    if let Some(ticket) = desk.browser.found(&format!("{}/print/", desk.base), "\"") {
        desk.browser.open(&format!("{}/print/{ticket}", desk.base)).await?;
        let codes = desk.browser.codes();
        result["cards"] = codes.len().into();
        result["sheet"] = desk.browser.words().into();
        kept = codes.into_iter().next().map(Kept::Code);
    }
    Ok(Came { kept, ..result.into() })
}
