//! Time, networks and what the operator does.

use serde_json::{Value, json};
use suima_client::wire::path;
use suima_code::{KeyId, Limits, Purposes};
use suima_issuer::Shown;

use super::acts::{Act, Cell, KeyAct, Lost, Request, Signs};
use super::instant::{Instant, Span};
use super::run::{Came, Kept, Trouble, World};
use crate::line::Mishap;

/// Does it, if it is one of these.
pub(super) async fn act(world: &mut World<'_>, act: &Act) -> Result<Option<Came>, Trouble> {
    let done = match act {
        Act::Wait { span, until } => wait(world, *span, *until)?,
        Act::Cut { devices } => {
            for device in devices {
                world.cut(device).await?;
            }
            json!({})
        }
        Act::Restore { devices } => {
            for device in devices {
                world.restore(device)?;
            }
            json!({})
        }
        Act::Lose { device, what, of } => {
            let mishap = match what {
                Lost::Request => Mishap::RequestLost,
                Lost::Answer => Mishap::AnswerLost,
            };
            world.plan(device, path_of(*of), mishap)?;
            json!({})
        }
        Act::Reopen { device } => {
            world.reopen(device).await?;
            json!({})
        }
        Act::SetClock { device, ahead, behind } => {
            let by = match (ahead, behind) {
                (Some(Span(ahead)), None) => i64::from(*ahead),
                (None, Some(Span(behind))) => -i64::from(*behind),
                _ => return Err(Trouble("a clock is ahead or behind".to_owned())),
            };
            world.set_clock(device, by).await?;
            json!({})
        }
        Act::Alter { code } => {
            let code = altered(&world.code(code)?);
            return Ok(Some(Came { kept: Some(Kept::Code(code)), ..json!({}).into() }));
        }
        Act::Text { text } => {
            let kept = Some(Kept::Code(text.clone()));
            return Ok(Some(Came { kept, ..json!({}).into() }));
        }
        Act::Same { codes } => {
            let texts: Result<Vec<_>, _> = codes.iter().map(|name| world.code(name)).collect();
            let texts = texts?;
            json!({ "same": texts.windows(2).all(|pair| pair[0] == pair[1]) })
        }
        Act::Colour { person, colour } => {
            let slot = world.people.slot(person)?;
            world.city.issuer.set_colour(slot, *colour).map_err(Trouble::of)?;
            json!({})
        }
        Act::Policy { limits, table } => policy(world, limits, table)?,
        Act::Key { act, signs } => key(world, *act, *signs)?,
        Act::CountCodes { person } => {
            let slot = world.people.slot(person)?;
            let issuer = &world.city.issuer;
            let count = issuer.valid_codes(slot).map_err(Trouble::of)?;
            let paper = issuer.valid_paper_codes(slot).map_err(Trouble::of)?;
            json!({ "count": count, "paper": paper })
        }
        Act::Consent { asker, person, reason, withdraw } => {
            let (asker, person) = (world.people.slot(asker)?, world.people.slot(person)?);
            let issuer = &world.city.issuer;
            if *withdraw {
                issuer.withdraw_consent(asker, person, reason).map_err(Trouble::of)?;
            } else {
                issuer.record_consent(asker, person, reason).map_err(Trouble::of)?;
            }
            json!({})
        }
        Act::Registrations {} => registrations(world)?,
        _ => return Ok(None),
    };
    Ok(Some(done.into()))
}

fn wait(world: &World<'_>, span: Option<Span>, until: Option<Instant>) -> Result<Value, Trouble> {
    let seconds = match (span, until) {
        (Some(Span(seconds)), None) => Some(seconds),
        (None, Some(Instant(until))) => {
            u32::try_from(until.since(world.city.clock.now())).ok().filter(|seconds| *seconds > 0)
        }
        _ => None,
    };
    let seconds = seconds.ok_or_else(|| Trouble("no time to wait for".to_owned()))?;
    world.city.clock.pass(seconds);
    Ok(json!({}))
}

fn path_of(request: Request) -> &'static str {
    match request {
        Request::Enrol => path::ENROL,
        Request::Hold => path::HOLD,
        Request::Claim => path::CLAIM,
        Request::Regenerate => path::REGENERATE,
        Request::Upload => path::REGISTRATIONS,
    }
}

/// The same code with one character changed, in the middle of its signed content.
fn altered(code: &str) -> String {
    let middle = code.len() / 2;
    let other = if code.as_bytes()[middle] == b'7' { '8' } else { '7' };
    format!("{}{other}{}", &code[..middle], &code[middle + 1..])
}

fn policy(
    world: &World<'_>,
    limits: &serde_json::Map<String, Value>,
    table: &[Cell],
) -> Result<Value, Trouble> {
    let mut policy = world.city.issuer.policy().map_err(Trouble::of)?;
    let mut all = serde_json::to_value(policy.limits).map_err(Trouble::of)?;
    for (name, value) in limits {
        let known = all.get_mut(name);
        *known.ok_or_else(|| Trouble(format!("the policy has no number {name}")))? = value.clone();
    }
    policy.limits = serde_json::from_value::<Limits>(all).map_err(Trouble::of)?;
    for Cell { shown, place, acceptance } in table {
        policy = policy.with(*shown, *place, *acceptance);
    }
    let signed = world.city.issuer.set_policy(policy).map_err(Trouble::of)?;
    Ok(json!({ "version": signed.version }))
}

fn key(world: &World<'_>, act: KeyAct, signs: Signs) -> Result<Value, Trouble> {
    let purposes = match signs {
        Signs::StaticCodes => Purposes::STATIC,
        Signs::Credentials => Purposes::CREDENTIAL,
    };
    let KeyId(number) = match act {
        KeyAct::Rotate => world.city.issuer.rotate_key(purposes).map_err(Trouble::of)?,
        KeyAct::Recall => {
            let (keys, now) = (world.city.issuer.keys(), world.city.clock.now());
            let keys = keys.map_err(Trouble::of)?.into_iter();
            let signing = keys
                .filter(|key| key.trusted.purposes == purposes)
                .filter(|key| key.sign_from <= now)
                .max_by_key(|key| key.sign_from);
            let kid = signing.ok_or_else(|| Trouble("no key signs now".to_owned()))?.trusted.kid;
            world.city.issuer.recall_key(kid).map_err(Trouble::of)?;
            kid
        }
    };
    Ok(json!({ "kid": number }))
}

fn registrations(world: &World<'_>) -> Result<Value, Trouble> {
    let bound = world.city.issuer.registrations().map_err(Trouble::of)?;
    let bound = bound.iter().map(|one| {
        let shown = match &one.shown {
            Shown::Code { presented, .. } => serde_json::to_value(presented),
            Shown::IdCard { .. } => Ok("id-card".into()),
            Shown::ByHand { .. } => Ok("by-hand".into()),
        };
        json!({
            "person": one.slot.map(|slot| world.people.name(slot)),
            "barcode": one.barcode,
            "station": one.station,
            "shown": shown.expect("a kind is a word"),
            "undone": one.undone,
        })
    });
    Ok(json!({ "registrations": bound.collect::<Vec<_>>() }))
}
