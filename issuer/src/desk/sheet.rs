//! What may be printed, by tickets that only the desk can use that was given them.

use suima_code::{Slot, StaticKind, UnixTime};

use super::{Card, Desk};
use crate::act::Act;
use crate::codes::row;
use crate::error::Failure;
use crate::{Error, people};

/// How long a ticket lasts, in seconds.
const GOOD_FOR: i64 = 600;

/// Lets the desk print these codes.
pub(super) fn ticket(
    act: &Act<'_>,
    desk: &Desk,
    codes: &[(StaticKind, Slot, UnixTime)],
) -> Result<String, Error> {
    act.db.prepare_cached("DELETE FROM ticket WHERE desk = ?")?.execute([&desk.id])?;
    let id = act.name()?;
    act.db.prepare_cached("INSERT INTO ticket (id, desk, expires) VALUES (?, ?, ?)")?.execute((
        &id,
        &desk.id,
        act.now.plus(GOOD_FOR).get(),
    ))?;
    for (position, (kind, slot, iat)) in (0_u8..).zip(codes) {
        act.db
            .prepare_cached(
                "INSERT INTO ticket_code (ticket, position, kind, slot, iat) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute((&id, position, row::number(*kind), slot.0, iat.get()))?;
    }
    Ok(id)
}

/// The cards to print, as long as the ticket lasts. A code that was voided since is not among them; with none left there is
/// no sheet.
pub(crate) fn sheet(
    act: &Act<'_>,
    desk: &Desk,
    ticket: &str,
) -> Result<Option<Vec<Card>>, Failure> {
    let mut statement = act.db.prepare_cached(
        "SELECT kind, slot, iat FROM ticket_code JOIN ticket ON ticket.id = ticket
         WHERE ticket.id = ? AND desk = ? AND expires > ? ORDER BY position",
    )?;
    let mut rows = statement.query((ticket, &desk.id, act.now.get()))?;
    let mut cards = Vec::new();
    while let Some(found) = rows.next()? {
        let number: u8 = found.get("kind")?;
        let kind = [StaticKind::NucleicAcid, StaticKind::Paper]
            .into_iter()
            .find(|kind| row::number(*kind) == number)
            .ok_or(Error::Corrupt("kind"))?;
        let (slot, iat) = (Slot(found.get("slot")?), UnixTime::new(found.get("iat")?));
        let current = row::load(act, kind, slot)?.current();
        if current.is_some_and(|code| code.iat == iat) {
            let masked_name = people::named(act, slot)?.masked_name;
            let issued = row::issued(act, kind, slot, iat)?;
            let (text, exp, serial) = (issued.text, issued.exp, issued.serial);
            cards.push(Card { kind, text, masked_name, exp, serial });
        }
    }
    Ok((!cards.is_empty()).then_some(cards))
}
