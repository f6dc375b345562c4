//! From a step of a scenario, which speaks in names, to what a phone or a station is to do.

use super::acts::Act;
use super::run::{Trouble, World};
use super::turns::Task;

/// Which device is to do what, if it is a step of a phone or a station.
pub(super) fn resolve<'a>(
    world: &mut World<'_>,
    act: &'a Act,
) -> Result<Option<(&'a str, Task)>, Trouble> {
    let slot = |world: &World<'_>, person: &str| world.people.slot(person);
    let (device, task) = match act {
        Act::WarnEnrol { device } => (device, Task::WarnEnrol),
        Act::Enrol { device } => {
            let owner = world.owner(device)?;
            let activation = world.city.issuer.activation_code(owner).map_err(Trouble::of)?;
            (device, Task::Enrol { activation })
        }
        Act::Refresh { device } => (device, Task::Refresh),
        Act::Hold { device, person } => (device, Task::Hold { slot: slot(world, person)? }),
        Act::Family { device } => (device, Task::Family),
        Act::ShowLive { device, person } => (device, Task::ShowLive { slot: slot(world, person)? }),
        Act::ShowNucleicAcid { device, person } => {
            (device, Task::ShowNucleicAcid { slot: slot(world, person)? })
        }
        Act::SavePicture { device, person } => {
            (device, Task::SavePicture { slot: slot(world, person)? })
        }
        Act::CheckPicture { device, code } => {
            (device, Task::CheckPicture { code: world.code(code)? })
        }
        Act::Warn { device, person } => (device, Task::Warn { slot: slot(world, person)? }),
        Act::Regenerate { device, person, agreed } => {
            let agreed = agreed.as_deref().map(|name| world.opaque(name)).transpose()?;
            (device, Task::Regenerate { slot: slot(world, person)?, agreed })
        }
        Act::Ask { device, person } => {
            let (document, full_name) = world.people.card(person)?;
            (device, Task::Ask { document, full_name })
        }
        Act::Asks { device } => (device, Task::Asks),
        Act::Answer { device, asker, agree } => {
            let asker = world.people.person(asker)?.name.clone();
            (device, Task::Answer { asker, agree: *agree })
        }
        Act::Redeem { device, code } => (device, Task::Redeem { code: world.code(code)? }),
        Act::Holders { device, person } => (device, Task::Holders { slot: slot(world, person)? }),
        Act::EndHolding { device, person, holder } => {
            let holder = world.people.person(holder)?.name.clone();
            (device, Task::EndHolding { slot: slot(world, person)?, holder })
        }
        Act::Paper { device, person } => (device, Task::Paper { slot: slot(world, person)? }),
        Act::ScanChallenge { device, code } => {
            (device, Task::ScanChallenge { code: world.code(code)? })
        }
        Act::Confirm { device, challenge, agree } => {
            (device, Task::Confirm { challenge: world.opaque(challenge)?, agree: *agree })
        }
        Act::Sync { device } => (device, Task::Sync),
        Act::Scan { device, place, code } => {
            (device, Task::Scan { place: *place, code: world.code(code)? })
        }
        Act::PaperCheck { device, code, card } => {
            let (document, full_name) = world.people.card(card)?;
            (device, Task::PaperCheck { code: world.code(code)?, document, full_name })
        }
        Act::IdCard { device, place, person } => {
            let (document, full_name) = world.people.card(person)?;
            (device, Task::IdCard { place: *place, document, full_name })
        }
        Act::OpenSession { device, site, staff } => {
            (device, Task::OpenSession { site: site.clone(), staff: staff.clone() })
        }
        Act::OpenTube { device, barcode, capacity } => {
            (device, Task::OpenTube { barcode: barcode.clone(), capacity: *capacity })
        }
        Act::Register { device, code } => (device, Task::Register { code: world.code(code)? }),
        Act::Upload { device } => (device, Task::Upload),
        _ => return Ok(None),
    };
    Ok(Some((device, task)))
}
