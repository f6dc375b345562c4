//! What the operator can look at: the register, families, devices, and what stations sent. Nothing is decided by it;
//! who has come of age is seen to first where it is told who holds.

mod devices;
mod entries;
mod family;
mod register;

use suima_code::UnixTime;

pub use self::devices::{Phone, StationStatus, TerminalStatus};
pub use self::entries::ReceivedEntry;
pub use self::family::{AskState, Asked, Consent, ConsentGiven, Kinship};
pub use self::register::{RegisteredDocument, RegisteredPerson};

use crate::{Error, Issuer};

/// How many there are of what is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// People in the register.
    pub people: u32,
    /// Phones in use.
    pub phones: u32,
    /// People whose colour is not green.
    pub not_green: u32,
    /// Questions for consent that wait for an answer.
    pub waiting: u32,
    /// Entries by which somebody was bound to a tube, taken back or not.
    pub registrations: u32,
}

impl Issuer {
    /// How many there are of what is looked at.
    pub fn totals(&self) -> Result<Totals, Error> {
        self.0.look(|act| {
            let totals = act
                .db
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM person) AS people,
                         (SELECT count(*) FROM device WHERE ended IS NULL) AS phones,
                         (SELECT count(*) FROM person WHERE colour <> 'green') AS not_green,
                         (SELECT count(*) FROM ask WHERE state = 'open' AND expires > ?) AS waiting,
                         (SELECT count(*) FROM entry WHERE event IN
                             ('registered', 'registered-by-id-card', 'registered-by-hand')
                         ) AS registrations",
                )?
                .query_row([act.now.get()], |row| {
                    Ok(Totals {
                        people: row.get("people")?,
                        phones: row.get("phones")?,
                        not_green: row.get("not_green")?,
                        waiting: row.get("waiting")?,
                        registrations: row.get("registrations")?,
                    })
                })?;
            Ok(totals)
        })
    }
}

/// That something was ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndOf {
    /// When.
    pub at: UnixTime,
    /// The operator's reason; none where it was no operator who did it.
    pub reason: Option<String>,
}

impl EndOf {
    /// From two columns; `None` where nothing was ended.
    fn of(at: Option<UnixTime>, reason: Option<String>) -> Option<Self> {
        at.map(|at| Self { at, reason })
    }
}
