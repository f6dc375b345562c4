//! Consent, holders, and the end of a holding, on phones.

use serde_json::{Value, json};
use suima_code::StaticKind;

use super::acts::Act;
use super::instant::written;
use super::phones::failed;
use super::run::{Came, Kept, Trouble, World};

/// Does it, if it is one of these.
pub(super) async fn act(world: &mut World<'_>, act: &Act) -> Result<Option<Came>, Trouble> {
    let came = match act {
        Act::Ask { device, person } => {
            let asked = world.people.person(person)?;
            let (document, name) = (asked.id_number.clone(), asked.name.clone());
            match world.phone(device)?.ask(&document, &name).await {
                Ok(expires) => json!({ "expires": written(expires) }).into(),
                Err(error) => failed(&error).into(),
            }
        }
        Act::Asks { device } => asks(world, device)?.into(),
        Act::Answer { device, asker, agree } => answer(world, device, asker, *agree).await?,
        Act::Redeem { device, code } => {
            let code = world.code(code)?;
            match world.phone(device)?.redeem(&code).await {
                Ok(slot) => json!({ "person": world.people.name(slot) }).into(),
                Err(error) => failed(&error).into(),
            }
        }
        Act::Holders { device, person } => holders(world, device, person)?.into(),
        Act::EndHolding { device, person, holder } => {
            end_holding(world, device, person, holder).await?.into()
        }
        _ => return Ok(None),
    };
    Ok(Some(came))
}

fn asks(world: &mut World<'_>, device: &str) -> Result<Value, Trouble> {
    let asks = match world.phone(device)?.asks() {
        Ok(asks) => asks,
        Err(error) => return Ok(failed(&error)),
    };
    let asks = asks.into_iter().map(|ask| {
        let by = world.people.named(&ask.by);
        json!({
            "by": by,
            "at": written(ask.at),
            "expires": written(ask.expires),
            "zh": ask.sentence.zh,
            "en": ask.sentence.en,
        })
    });
    Ok(json!({ "asks": asks.collect::<Vec<_>>() }))
}

async fn answer(
    world: &mut World<'_>,
    device: &str,
    asker: &str,
    agree: bool,
) -> Result<Came, Trouble> {
    let name = world.people.person(asker)?.name.clone();
    let phone = world.phone(device)?;
    let asks = phone.asks().map_err(Trouble::of)?;
    let ask = asks.into_iter().find(|ask| ask.by == name);
    let ask = ask.ok_or_else(|| Trouble(format!("{asker} asks for nothing")))?;
    Ok(match phone.answer(&ask.id, agree).await {
        Ok(Some(code)) => Came {
            result: json!({ "agreed": true, "expires": written(code.expires) }),
            kept: Some(Kept::Code(code.digits().to_owned())),
        },
        Ok(None) => json!({ "agreed": false }).into(),
        Err(error) => failed(&error).into(),
    })
}

fn holders(world: &mut World<'_>, device: &str, person: &str) -> Result<Value, Trouble> {
    let slot = world.people.slot(person)?;
    let holders = match world.phone(device)?.holders(slot) {
        Ok(holders) => holders,
        Err(error) => return Ok(failed(&error)),
    };
    let holders = holders.into_iter().map(|holder| {
        let name = world.people.named(&holder.name);
        json!({ "holder": name, "since": written(holder.since), "this-device": holder.this_device })
    });
    Ok(json!({ "holders": holders.collect::<Vec<_>>() }))
}

async fn end_holding(
    world: &mut World<'_>,
    device: &str,
    person: &str,
    holder: &str,
) -> Result<Value, Trouble> {
    let slot = world.people.slot(person)?;
    let name = world.people.person(holder)?.name.clone();
    let phone = world.phone(device)?;
    let holders = phone.holders(slot).map_err(Trouble::of)?;
    let found = holders.into_iter().find(|one| one.name == name);
    let found = found.ok_or_else(|| Trouble(format!("{holder} does not hold {person}")))?;
    let question = phone.end_warning(slot, found.holding).map_err(Trouble::of)?;
    let ended = match phone.end_holding(slot, found.holding).await {
        Ok(ended) => ended,
        Err(error) => return Ok(failed(&error)),
    };
    let offers = ended.offers.iter().map(|offer| {
        let kind = match offer.kind {
            StaticKind::NucleicAcid => "nucleic-acid",
            StaticKind::Paper => "paper",
        };
        json!({ "kind": kind, "at": written(offer.iat), "zh": offer.sentence.zh })
    });
    Ok(json!({
        "question": question.zh,
        "zh": ended.sentence.zh,
        "en": ended.sentence.en,
        "offers": offers.collect::<Vec<_>>(),
    }))
}
