//! Who holds the codes of somebody who stands at a terminal with their ID card, and ending that: what their own phone would
//! show them, if they had one (design section 8).

use suima_client::wire::{AskingPlace, ProblemId};
use suima_code::Slot;

use super::{Authority, Desk};
use crate::act::Act;
use crate::error::Failure;
use crate::people::{self as register, HeldBy};

/// Whose card is in the reader. Everybody else has a phone, which shows and ends it.
fn owner(desk: &Desk) -> Option<Slot> {
    let in_person = desk.place == AskingPlace::Terminal && desk.authority == Authority::Card;
    desk.user.filter(|_| in_person)
}

/// Who holds or may hold the codes of the card's owner, longest first; nobody where no card was read.
pub(crate) fn holders(act: &Act<'_>, desk: &Desk) -> Result<Vec<HeldBy>, Failure> {
    match owner(desk) {
        Some(owner) => Ok(register::held_by(act, owner)?),
        None => Ok(Vec::new()),
    }
}

/// Ends what `holder` holds of the card's owner and takes back the consent to it, so that they cannot begin anew. What was
/// ended.
///
/// Refused where no card was read, and where this person holds nothing.
pub(crate) fn end_holding(act: &Act<'_>, desk: &Desk, holder: Slot) -> Result<HeldBy, Failure> {
    let owner = owner(desk).ok_or(ProblemId::NotAllowed)?;
    let found = register::held_by(act, owner)?.into_iter().find(|known| known.slot == holder);
    let found = found.ok_or(ProblemId::NotAllowed)?;
    register::end_all_of(act, holder, owner)?;
    Ok(found)
}
