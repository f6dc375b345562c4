//! The kinds are independent (R5): whatever is done to one, every other's state is the same before and after.

use std::collections::BTreeMap;

use serde_json::Value;

use super::acts::Act;
use super::company::Booking;
use super::expect::differences;
use super::format::{Action, Cast, Independence, Kind, Network, Step};
use super::run::{Trouble, World};

/// Reads the state of all kinds, does what the action says, and reads them again.
pub(super) async fn play(
    cast: &Cast,
    independence: &Independence,
    action: &Action,
    network: Network,
    booking: Booking,
) -> Result<(), Trouble> {
    let (people, devices) = (&independence.people, &independence.devices);
    let mut world = World::build(cast, people, devices, booking).await?;
    // The core is asked before, and the pages have to show the same afterwards.
    world.on_pages(false);
    all(&mut world, &independence.before, "before", network).await?;
    let before = state(&mut world, independence, action).await?;
    world.on_pages(true);
    // What follows the last wait only lets everybody know.
    let waits = |step: &Step| matches!(step.act, Act::Wait { .. });
    let last = action.steps.iter().rposition(waits).map_or(action.steps.len(), |at| at + 1);
    let (acts, afterwards) = action.steps.split_at(last);
    all(&mut world, acts, "action", network).await?;
    world.on_pages(false);
    all(&mut world, afterwards, "afterwards", network).await?;
    world.on_pages(true);
    let after = state(&mut world, independence, action).await?;
    let mut changes = Vec::new();
    for (kind, was) in &before {
        let changed = differences(was, &after[kind]);
        changes.extend(changed.into_iter().map(|change| format!("{kind}{change}")));
    }
    if changes.is_empty() { Ok(()) } else { Err(Trouble(changes.join("\n  "))) }
}

async fn all(
    world: &mut World<'_>,
    steps: &[Step],
    part: &str,
    network: Network,
) -> Result<(), Trouble> {
    for (number, step) in (1..).zip(steps) {
        let done = world.step(step, network).await;
        done.map_err(|Trouble(why)| Trouble(format!("{part}, step {number}: {why}")))?;
    }
    Ok(())
}

/// The state of every kind but the one that the action is done to.
async fn state<'a>(
    world: &mut World<'_>,
    independence: &'a Independence,
    action: &Action,
) -> Result<BTreeMap<&'a str, Value>, Trouble> {
    let mut states = BTreeMap::new();
    for kind in independence.kinds.iter().filter(|kind| kind.name != action.to) {
        states.insert(kind.name.as_str(), read(world, kind).await?);
    }
    Ok(states)
}

async fn read(world: &mut World<'_>, kind: &Kind) -> Result<Value, Trouble> {
    let mut results = Vec::new();
    for (number, step) in (1..).zip(&kind.state) {
        let result = world.step(step, Network::Online).await;
        let in_kind = |Trouble(why)| Trouble(format!("{}, step {number}: {why}", kind.name));
        let mut result = result.map_err(in_kind)?;
        kind.varies.iter().for_each(|field| without(&mut result, field));
        results.push(result);
    }
    Ok(Value::Array(results))
}

/// Leaves a field out, however deep it lies.
fn without(value: &mut Value, field: &str) {
    match value {
        Value::Object(parts) => {
            parts.remove(field);
            parts.values_mut().for_each(|part| without(part, field));
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| without(part, field)),
        _ => {}
    }
}
