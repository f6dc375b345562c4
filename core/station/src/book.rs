//! Who sits where: a pure fold over the journal's entries, and the rules for the next one.
//!
//! [`Book::apply`] takes any entry and changes nothing but itself; so the book after a restart, folded from the
//! journal, is the book before it. [`Book::allows`] holds every rule of sampling in one place: nothing is written
//! to the journal that it has not allowed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use suima_client::wire::{Entry, Event, Validity};
use suima_code::{Day, MaskedName, Presented, Slot, UnixTime};

use crate::view::{SealedView, SeatView, SessionView, TubeView};
use crate::{Field, Refusal};

/// The capacities that tubes have.
const CAPACITIES: [u8; 4] = [1, 5, 10, 20];

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

/// Sessions, tubes and people, by the ids of their entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Book {
    session: Option<SessionView>,
    tubes: HashMap<String, Tube>,
    /// By barcode in capitals: a lower-case letter typed by hand does not make another tube.
    barcodes: HashMap<String, String>,
    /// The tube opened last in this session, open or sealed.
    current: Option<String>,
    /// The tube of every registration there ever was, taken back or not.
    registrations: HashMap<String, String>,
    /// The tubes in which each person sits.
    sitting: HashMap<Slot, Vec<String>>,
}

/// A tube. A place in it is free or taken; the first free one is taken next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tube {
    pub id: String,
    pub barcode: String,
    pub capacity: u8,
    opened_at: UnixTime,
    seats: Vec<Option<Seated>>,
    sealed: Option<SealedView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seated {
    registration: String,
    slot: Slot,
    person: Option<Person>,
    presented: Presented,
    at: UnixTime,
    validity: Validity,
}

impl Tube {
    pub fn taken(&self) -> u8 {
        number(self.seats.iter().flatten().count())
    }

    /// The place of a person, from 1.
    pub fn seat_of(&self, slot: Slot) -> Option<u8> {
        self.place(|seated| seated.slot == slot)
    }

    fn seat_of_registration(&self, id: &str) -> Option<u8> {
        self.place(|seated| seated.registration == id)
    }

    fn place(&self, is: impl Fn(&Seated) -> bool) -> Option<u8> {
        self.seats.iter().position(|seat| seat.as_ref().is_some_and(&is)).map(|at| number(at + 1))
    }

    fn still_open(&self) -> Result<&Self, Refusal> {
        match self.sealed {
            Some(_) => Err(Refusal::TubeSealed { barcode: self.barcode.clone() }),
            None => Ok(self),
        }
    }

    pub fn view(&self) -> TubeView {
        let seats = (1..).zip(&self.seats).filter_map(|(seat, seated)| {
            let seated = seated.as_ref()?;
            let person = seated.person.as_ref();
            Some(SeatView {
                seat,
                entry: seated.registration.clone(),
                name: person.map(|person| person.name.to_string()).unwrap_or_default(),
                birth_year: person.and_then(|person| person.birth_year),
                presented: seated.presented,
                at: seated.at,
                validity: seated.validity,
            })
        });
        TubeView {
            id: self.id.clone(),
            barcode: self.barcode.clone(),
            capacity: self.capacity,
            taken: self.taken(),
            opened_at: self.opened_at,
            seats: seats.collect(),
            sealed: self.sealed.clone(),
        }
    }
}

impl Book {
    /// The session that was opened last.
    pub fn session(&self) -> Option<&SessionView> {
        self.session.as_ref()
    }

    /// The tube opened last in this session, open or sealed.
    pub fn tube(&self) -> Option<&Tube> {
        self.tubes.get(self.current.as_deref()?)
    }

    /// The tube that takes people.
    pub fn open_tube(&self) -> Result<&Tube, Refusal> {
        self.tube().ok_or(Refusal::NoTube)?.still_open()
    }

    /// Another tube than `tube` in which the person was registered on the day of `at`.
    pub fn elsewhere(&self, slot: Slot, tube: &str, at: UnixTime) -> Option<(&str, UnixTime)> {
        let others = self.sitting.get(&slot)?.iter().filter(|id| *id != tube);
        let seats = others.filter_map(|id| self.tubes.get(id)).flat_map(|tube| {
            tube.seats.iter().flatten().map(|seated| (tube.barcode.as_str(), seated))
        });
        seats
            .filter(|(_, seated)| seated.slot == slot && Day::of(seated.at) == Day::of(at))
            .map(|(barcode, seated)| (barcode, seated.at))
            .max_by_key(|(_, at)| *at)
    }

    /// Whether `event` may be the next entry.
    pub fn allows(&self, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::SessionOpened { site, staff } => {
                is_text(site, Field::Site)?;
                is_text(staff, Field::Staff)?;
                self.no_tube_is_open()
            }
            Event::TubeOpened { session, barcode, capacity } => {
                self.session.as_ref().filter(|at| at.id == *session).ok_or(Refusal::NoSession)?;
                self.no_tube_is_open()?;
                is_barcode(barcode)?;
                self.is_unused(barcode)?;
                if CAPACITIES.contains(capacity) {
                    Ok(())
                } else {
                    Err(Refusal::Capacity { given: *capacity })
                }
            }
            Event::Registered { tube, slot, .. } => {
                let tube = self.tubes.get(tube).ok_or(Refusal::NoTube)?.still_open()?;
                if let Some(seat) = tube.seat_of(*slot) {
                    Err(Refusal::AlreadyInTube { seat })
                } else if tube.taken() >= tube.capacity {
                    Err(Refusal::TubeFull { capacity: tube.capacity })
                } else {
                    Ok(())
                }
            }
            Event::Undone { registration, reason } => {
                is_text(reason, Field::Reason)?;
                let tube = self.registrations.get(registration).and_then(|id| self.tubes.get(id));
                let tube = tube.ok_or(Refusal::NoSuchRegistration)?.still_open()?;
                let seat = tube.seat_of_registration(registration);
                seat.map(|_| ()).ok_or(Refusal::AlreadyUndone)
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

    fn no_tube_is_open(&self) -> Result<(), Refusal> {
        match self.open_tube() {
            Ok(tube) => Err(Refusal::TubeOpen { barcode: tube.barcode.clone() }),
            Err(_) => Ok(()),
        }
    }

    fn is_unused(&self, barcode: &str) -> Result<(), Refusal> {
        let id = self.barcodes.get(&barcode.to_ascii_uppercase());
        let Some(tube) = id.and_then(|id| self.tubes.get(id)) else { return Ok(()) };
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
                self.current = None;
                self.session = Some(SessionView {
                    id: id.clone(),
                    site: site.clone(),
                    staff: staff.clone(),
                    opened_at: *at,
                });
            }
            Event::TubeOpened { session: _, barcode, capacity } => {
                let tube = Tube {
                    id: id.clone(),
                    barcode: barcode.clone(),
                    capacity: *capacity,
                    opened_at: *at,
                    seats: vec![None; usize::from(*capacity)],
                    sealed: None,
                };
                self.tubes.insert(id.clone(), tube);
                self.barcodes.insert(barcode.to_ascii_uppercase(), id.clone());
                self.current = Some(id.clone());
            }
            Event::Registered { tube, barcode: _, slot, presented, code_iat: _, validity } => {
                self.registrations.insert(id.clone(), tube.clone());
                self.sitting.entry(*slot).or_default().push(tube.clone());
                let Some(tube) = self.tubes.get_mut(tube) else { return };
                let seated = Some(Seated {
                    registration: id.clone(),
                    slot: *slot,
                    person: recorded.person.clone(),
                    presented: *presented,
                    at: *at,
                    validity: *validity,
                });
                match tube.seats.iter_mut().find(|seat| seat.is_none()) {
                    Some(seat) => *seat = seated,
                    None => tube.seats.push(seated),
                }
            }
            Event::Undone { registration, reason: _ } => self.free(registration),
            Event::TubeSealed { tube, swabs, explanation } => {
                let Some(tube) = self.tubes.get_mut(tube) else { return };
                tube.sealed =
                    Some(SealedView { at: *at, swabs: *swabs, explanation: explanation.clone() });
            }
        }
    }

    /// Takes somebody out of their place.
    fn free(&mut self, registration: &str) {
        let Some(tube_id) = self.registrations.get(registration) else { return };
        let Some(tube) = self.tubes.get_mut(tube_id) else { return };
        let is = |seat: &Option<Seated>| {
            seat.as_ref().is_some_and(|seated| seated.registration == registration)
        };
        let seat = tube.seats.iter_mut().find(|seat| is(seat));
        let Some(freed) = seat.and_then(Option::take) else { return };
        let Some(tubes) = self.sitting.get_mut(&freed.slot) else { return };
        if let Some(at) = tubes.iter().position(|id| id == tube_id) {
            tubes.swap_remove(at);
        }
        if tubes.is_empty() {
            self.sitting.remove(&freed.slot);
        }
    }
}

fn is_barcode(text: &str) -> Result<(), Refusal> {
    let sound = (4..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if sound { Ok(()) } else { Err(Refusal::BarcodeMalformed) }
}

fn is_text(text: &str, field: Field) -> Result<(), Refusal> {
    let sound = !text.trim().is_empty()
        && text.chars().count() <= MAX_TEXT
        && !text.chars().any(char::is_control);
    if sound { Ok(()) } else { Err(Refusal::Text { field }) }
}

fn number(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;
