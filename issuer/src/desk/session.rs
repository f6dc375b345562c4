//! Opening, finding and closing desks.

use rusqlite::{OptionalExtension as _, Row, named_params};
use sha2::{Digest as _, Sha256};
use suima_client::wire::AskingPlace;
use suima_code::{Slot, UnixTime};

use super::{Authority, Desk};
use crate::Error;
use crate::act::{Act, hex, time};
use crate::error::Failure;

/// How long a desk at the portal lasts without being used, in seconds.
const PORTAL_IDLE: i64 = 600;

/// The same at a terminal, before which the next person may stand already.
const TERMINAL_IDLE: i64 = 60;

/// By how much, in seconds, the time of its last use may lag behind.
const NOTED_AFTER: i64 = 5;

/// How long a desk lasts at most, in seconds.
const LONGEST: i64 = 3600;

/// The longest name of a browser, in characters: it is shown on phones, and comes from the browser.
const NAME: usize = 40;

const PLACES: [(AskingPlace, &str); 2] =
    [(AskingPlace::Portal, "portal"), (AskingPlace::Terminal, "terminal")];

const AUTHORITIES: [(Authority, &str); 3] =
    [(Authority::None, "none"), (Authority::Phone, "phone"), (Authority::Card, "card")];

fn place_word(place: AskingPlace) -> &'static str {
    PLACES.iter().find(|(known, _)| *known == place).expect("both are listed").1
}

pub(super) fn authority_word(authority: Authority) -> &'static str {
    AUTHORITIES.iter().find(|(known, _)| *known == authority).expect("all three are listed").1
}

/// The hash of what a browser keeps. 256 random bits need no slow one.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

/// What a browser is to keep.
pub(super) fn draw_secret(act: &Act<'_>) -> Result<String, Error> {
    Ok(hex(&act.random::<32>()?))
}

/// Opens a desk, and says what its browser is to keep.
pub(crate) fn open(
    act: &Act<'_>,
    place: AskingPlace,
    name: &str,
) -> Result<(Desk, String), Failure> {
    forget_old(act)?;
    let secret = draw_secret(act)?;
    let name = match place {
        AskingPlace::Portal => name.chars().filter(|c| !c.is_control()).take(NAME).collect(),
        // As the operator called it: by its name it is found.
        AskingPlace::Terminal => name.to_owned(),
    };
    let desk = Desk { id: act.name()?, place, name, user: None, authority: Authority::None };
    act.db
        .prepare_cached(
            "INSERT INTO desk (id, secret, place, name, opened, used) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            &desk.id,
            hash(&secret),
            place_word(place),
            &desk.name,
            act.now.get(),
            act.now.get(),
        ))?;
    Ok((desk, secret))
}

/// The desk whose browser keeps this, unless it was not used for too long. Finding it is using it.
pub(crate) fn find(act: &Act<'_>, secret: &str) -> Result<Option<Desk>, Failure> {
    forget_old(act)?;
    let read = |row: &Row<'_>| Ok((row.get("id")?, time(row, "used")?, read(row)));
    let found: Option<(String, UnixTime, Result<Desk, Error>)> = act
        .db
        .prepare_cached("SELECT * FROM desk WHERE secret = ?")?
        .query_row([hash(secret)], read)
        .optional()?;
    let Some((id, used, desk)) = found else { return Ok(None) };
    // A page that asks every second how far it is needs no write each time.
    if act.now.since(used) >= NOTED_AFTER {
        touch(act, &id)?;
    }
    Ok(Some(desk?))
}

/// The desk with this id.
pub(crate) fn by_id(act: &Act<'_>, id: &str) -> Result<Desk, Error> {
    act.db
        .prepare_cached("SELECT * FROM desk WHERE id = ?")?
        .query_row([id], |row| Ok(read(row)))?
}

/// Marks a desk as in use.
pub(crate) fn touch(act: &Act<'_>, id: &str) -> Result<(), Error> {
    act.db
        .prepare_cached("UPDATE desk SET used = max(used, ?) WHERE id = ?")?
        .execute((act.now.get(), id))?;
    Ok(())
}

/// Ends a desk, with all that it asked and was given.
pub(crate) fn close(act: &Act<'_>, desk: &Desk) -> Result<(), Failure> {
    act.db.prepare_cached("DELETE FROM desk WHERE id = ?")?.execute([&desk.id])?;
    Ok(())
}

/// Lets go of desks that nobody uses any more, with all that they asked and were given.
fn forget_old(act: &Act<'_>) -> Result<(), Error> {
    act.db
        .prepare_cached(
            "DELETE FROM desk WHERE used <= :portal
             OR (place = 'terminal' AND used <= :terminal) OR opened <= :longest
             OR used > :ahead",
        )?
        .execute(named_params! {
            ":portal": act.now.plus(-PORTAL_IDLE).get(),
            ":terminal": act.now.plus(-TERMINAL_IDLE).get(),
            ":longest": act.now.plus(-LONGEST).get(),
            // The clock went back: how long ago that was, nobody knows.
            ":ahead": act.now.plus(TERMINAL_IDLE).get(),
        })?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Desk, Error> {
    let (place, authority): (String, String) = (row.get("place")?, row.get("authority")?);
    let place = PLACES.iter().find(|(_, word)| *word == place);
    let authority = AUTHORITIES.iter().find(|(_, word)| *word == authority);
    let user: Option<u32> = row.get("user")?;
    Ok(Desk {
        id: row.get("id")?,
        place: place.ok_or(Error::Corrupt("place"))?.0,
        name: row.get("name")?,
        user: user.map(Slot),
        authority: authority.ok_or(Error::Corrupt("authority"))?.0,
    })
}
