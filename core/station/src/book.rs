//! Who sits where: a pure fold over the journal's entries, and the rules for the next one.
//!
//! [`Book::apply`] takes any entry and changes nothing but itself; so the book after a restart, folded from the
//! journal, is the book before it. [`Book::allows`] holds every rule of sampling in one place: nothing is written
//! to the journal that it has not allowed.

mod tube;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use suima_client::wire::{Entry, Event};
use suima_code::{Day, MaskedName, Presented, UnixTime};

pub(crate) use self::tube::{Seated, Tube, Who};
use crate::input::Typed;
use crate::view::{SealedView, SessionView};
use crate::{Field, Refusal, input};

/// The capacities that tubes have.
const CAPACITIES: [u8; 4] = [1, 5, 10, 20];

/// How many tubes can be open at once: the one in hand, and one beside it.
const MOST_OPEN: usize = 2;

/// The longest text that the staff enter, in characters.
const MAX_TEXT: usize = 200;

/// An entry as the journal keeps it: what is uploaded, and what only this station shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recorded {
    /// What is uploaded.
    pub entry: Entry,
    /// Whom the staff saw, with a registration.
    pub person: Option<Person>,
}

/// What the staff compare by eye.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    pub name: MaskedName,
    pub birth_year: Option<u16>,
}

impl Person {
    /// Whether nothing that both say tells them apart.
    fn may_be(&self, other: &Self) -> bool {
        let years = self.birth_year.zip(other.birth_year);
        self.name == other.name && years.is_none_or(|(one, another)| one == another)
    }
}

/// Sessions, tubes and people, by the ids of their entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Book {
    session: Option<SessionView>,
    tubes: HashMap<String, Tube>,
    /// By barcode in capitals: a lower-case letter typed by hand does not make another tube.
    barcodes: HashMap<String, String>,
    /// The tubes that are open, in the order in which they were opened. All of them are of this session.
    open: Vec<String>,
    /// The tube in hand, open or sealed.
    in_hand: Option<String>,
    /// The tube of every registration there ever was, taken back or not.
    registrations: HashMap<String, String>,
    /// The tubes in which each person sits.
    sitting: HashMap<Who, Vec<String>>,
}

impl Book {
    /// The session that was opened last.
    pub fn session(&self) -> Option<&SessionView> {
        self.session.as_ref()
    }

    /// The tube in hand: the one opened or chosen last in this session, open or sealed.
    pub fn tube(&self) -> Option<&Tube> {
        self.tubes.get(self.in_hand.as_deref()?)
    }

    /// The tube that takes people.
    pub fn open_tube(&self) -> Result<&Tube, Refusal> {
        self.tube().ok_or(Refusal::NoTube)?.still_open()
    }

    /// Every tube that is open, in the order in which they were opened.
    pub fn open_tubes(&self) -> impl Iterator<Item = &Tube> {
        self.open.iter().filter_map(|id| self.tubes.get(id))
    }

    /// The tube with this barcode, in capitals or not.
    pub fn by_barcode(&self, barcode: &str) -> Option<&Tube> {
        self.tubes.get(self.barcodes.get(&barcode.to_ascii_uppercase())?)
    }

    /// The tube in which a registration is, or was when it was taken back.
    pub fn tube_of(&self, registration: &str) -> Option<&Tube> {
        self.tubes.get(self.registrations.get(registration)?)
    }

    /// Takes a tube in hand. No entry of the journal says so: it matters to this station alone.
    pub fn take_in_hand(&mut self, tube: String) {
        self.in_hand = Some(tube);
    }

    /// Another tube than `tube` in which the person was registered on the day of `at`.
    pub fn elsewhere(&self, who: &Who, tube: &str, at: UnixTime) -> Option<(&str, UnixTime)> {
        let others = self.sitting.get(who)?.iter().filter(|id| *id != tube);
        let seats = others.filter_map(|id| self.tubes.get(id)).flat_map(|tube| {
            tube.seats.iter().flatten().map(|seated| (tube.barcode.as_str(), seated))
        });
        seats
            .filter(|(_, seated)| seated.who == *who && Day::of(seated.at) == Day::of(at))
            .map(|(barcode, seated)| (barcode, seated.at))
            .max_by_key(|(_, at)| *at)
    }

    /// Whether `event` may be the next entry.
    pub fn allows(&self, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::SessionOpened { site, staff } => {
                is_text(site, Field::Site)?;
                is_text(staff, Field::Staff)?;
                self.nothing_is_open()
            }
            Event::HandedOver { session, staff } => {
                self.is_under_way(session)?;
                is_text(staff, Field::Staff)
            }
            Event::TubeOpened { session, barcode, capacity } => {
                self.is_under_way(session)?;
                if self.open.len() >= MOST_OPEN {
                    self.nothing_is_open()?;
                }
                is_barcode(barcode)?;
                self.is_unused(barcode)?;
                if CAPACITIES.contains(capacity) {
                    Ok(())
                } else {
                    Err(Refusal::Capacity { given: *capacity })
                }
            }
            Event::Registered { .. } => self.binds(event),
            Event::RegisteredByIdCard { name, .. } => {
                is_text(name, Field::Name)?;
                self.binds(event)
            }
            Event::RegisteredByHand { name, document, contact, .. } => {
                is_text(name, Field::Name)?;
                document.as_ref().map_or(Ok(()), |text| is_text(text, Field::Document))?;
                is_text(contact, Field::Contact)?;
                self.binds(event)
            }
            Event::Moved { registration, tube, reason, .. } => {
                is_text(reason, Field::Reason)?;
                let from = self.still_registered(registration)?;
                let to = self.tubes.get(tube).ok_or(Refusal::NoSuchTube)?.still_open()?;
                if to.session != from.session {
                    return Err(Refusal::NoSuchTube);
                }
                if let Some(seat) = to.seat_of_registration(registration) {
                    return Err(Refusal::AlreadyInTube { seat });
                }
                let seats = from.seats.iter().flatten();
                let mut moved = seats.filter(|seated| seated.registration == *registration);
                moved.next().map_or(Ok(()), |seated| to.takes(&seated.who))
            }
            Event::Undone { registration, reason } => {
                is_text(reason, Field::Reason)?;
                self.still_registered(registration).map(drop)
            }
            Event::TubeSealed { tube, swabs, explanation } => {
                let tube = self.tubes.get(tube).ok_or(Refusal::NoTube)?.still_open()?;
                let registered = tube.taken();
                match explanation {
                    Some(explanation) => is_text(explanation, Field::Explanation),
                    None if registered == *swabs => Ok(()),
                    None => Err(Refusal::CountMismatch { registered, swabs: *swabs }),
                }
            }
        }
    }

    fn is_under_way(&self, session: &str) -> Result<(), Refusal> {
        let under_way = self.session.as_ref().filter(|at| at.id == session);
        under_way.map(drop).ok_or(Refusal::NoSession)
    }

    /// Whether no tube is open: before the next one, unless it is to stand beside, and before another session.
    pub fn nothing_is_open(&self) -> Result<(), Refusal> {
        match self.open_tubes().next() {
            Some(tube) => Err(Refusal::TubeOpen { barcode: tube.barcode.clone() }),
            None => Ok(()),
        }
    }

    /// Whether the person of a registration may be bound to its tube.
    fn binds(&self, event: &Event) -> Result<(), Refusal> {
        let (who, tube) = Who::bound_by(event).ok_or(Refusal::NoTube)?;
        self.tubes.get(tube).ok_or(Refusal::NoTube)?.takes(&who)
    }

    /// The open tube in which a registration that was not taken back is.
    fn still_registered(&self, registration: &str) -> Result<&Tube, Refusal> {
        let tube = self.tube_of(registration).ok_or(Refusal::NoSuchRegistration)?.still_open()?;
        tube.seat_of_registration(registration).ok_or(Refusal::AlreadyUndone)?;
        Ok(tube)
    }

    fn is_unused(&self, barcode: &str) -> Result<(), Refusal> {
        let Some(tube) = self.by_barcode(barcode) else { return Ok(()) };
        Err(Refusal::BarcodeUsed {
            barcode: tube.barcode.clone(),
            opened_at: tube.opened_at,
            people: tube.taken(),
            sealed_at: tube.sealed.as_ref().map(|sealed| sealed.at),
        })
    }

    /// Takes in an entry that is in the journal. Asks no rule: what is written happened.
    pub fn apply(&mut self, recorded: &Recorded) {
        let Entry { id, at, event } = &recorded.entry;
        match event {
            Event::SessionOpened { site, staff } => {
                self.in_hand = None;
                self.session = Some(SessionView {
                    id: id.clone(),
                    site: site.clone(),
                    staff: staff.clone(),
                    opened_at: *at,
                });
            }
            Event::HandedOver { session, staff } => {
                if let Some(under_way) = self.session.as_mut().filter(|at| at.id == *session) {
                    under_way.staff.clone_from(staff);
                }
            }
            Event::TubeOpened { session, barcode, capacity } => {
                let tube = Tube {
                    id: id.clone(),
                    session: session.clone(),
                    barcode: barcode.clone(),
                    capacity: *capacity,
                    opened_at: *at,
                    seats: vec![None; usize::from(*capacity)],
                    sealed: None,
                };
                self.tubes.insert(id.clone(), tube);
                self.barcodes.insert(barcode.to_ascii_uppercase(), id.clone());
                self.open.push(id.clone());
                self.in_hand = Some(id.clone());
            }
            Event::Registered { .. }
            | Event::RegisteredByIdCard { .. }
            | Event::RegisteredByHand { .. } => self.seat(recorded),
            Event::Moved { registration, tube, .. } => {
                let Some(seated) = self.free(registration) else { return };
                self.registrations.insert(registration.clone(), tube.clone());
                self.take_place(seated, tube);
            }
            Event::Undone { registration, reason: _ } => drop(self.free(registration)),
            Event::TubeSealed { tube, swabs, explanation } => {
                self.open.retain(|open| open != tube);
                let Some(tube) = self.tubes.get_mut(tube) else { return };
                tube.sealed =
                    Some(SealedView { at: *at, swabs: *swabs, explanation: explanation.clone() });
            }
        }
    }

    /// Gives a registered person a place.
    fn seat(&mut self, recorded: &Recorded) {
        let Entry { id, at, event } = &recorded.entry;
        let Some((who, tube)) = Who::bound_by(event) else { return };
        self.registrations.insert(id.clone(), tube.clone());
        let (presented, validity) = match event {
            Event::Registered { presented, validity, .. } => (Some(*presented), Some(*validity)),
            Event::RegisteredByIdCard { .. } => (Some(Presented::IdCard), None),
            _ => (None, None),
        };
        let seated = Seated {
            registration: id.clone(),
            who,
            person: recorded.person.clone(),
            presented,
            at: *at,
            validity,
        };
        self.take_place(seated, tube);
    }

    fn take_place(&mut self, seated: Seated, tube: &str) {
        if seated.who.is_known() {
            self.sitting.entry(seated.who.clone()).or_default().push(tube.to_owned());
        }
        if let Some(tube) = self.tubes.get_mut(tube) {
            tube.seat(seated);
        }
    }

    /// Takes somebody out of their place.
    fn free(&mut self, registration: &str) -> Option<Seated> {
        let tube_id = self.registrations.get(registration)?;
        let freed = self.tubes.get_mut(tube_id)?.free(registration)?;
        if let Some(tubes) = self.sitting.get_mut(&freed.who) {
            if let Some(at) = tubes.iter().position(|id| id == tube_id) {
                tubes.swap_remove(at);
            }
            if tubes.is_empty() {
                self.sitting.remove(&freed.who);
            }
        }
        Some(freed)
    }
}

fn is_barcode(text: &str) -> Result<(), Refusal> {
    if input::is_barcode(text) { Ok(()) } else { Err(Refusal::BarcodeMalformed) }
}

/// Whether a text is there, bounded, on one line, and no code: a scanner types into whatever has the focus.
pub(crate) fn is_text(text: &str, field: Field) -> Result<(), Refusal> {
    let sound = !text.trim().is_empty()
        && text.chars().count() <= MAX_TEXT
        && !text.chars().any(char::is_control)
        && !matches!(Typed::of(text), Typed::Code(_));
    if sound { Ok(()) } else { Err(Refusal::Text { field }) }
}

fn number(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;
