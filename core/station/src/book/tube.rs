//! A tube, the places in it, and who takes them.

use std::fmt;

use suima_client::wire::{Event, Validity};
use suima_code::{IdNumber, Presented, Slot, UnixTime};

use super::{Person, number};
use crate::Refusal;
use crate::view::{SealedView, SeatView, TubeView};

/// Who somebody is, as far as the station can tell with no network.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// By a code.
    Slot(Slot),
    /// By an ID card, which has no slot here: the issuer finds it at the upload.
    IdCard(IdNumber),
    /// By hand; the document in capitals, where there is one.
    ByHand(Option<String>),
}

impl Who {
    /// Whom `event` binds to a tube, where it binds somebody.
    pub fn bound_by(event: &Event) -> Option<(Self, &String)> {
        match event {
            Event::Registered { tube, slot, .. } => Some((Self::Slot(*slot), tube)),
            Event::RegisteredByIdCard { tube, id_number, .. } => {
                Some((Self::IdCard(id_number.clone()), tube))
            }
            Event::RegisteredByHand { tube, document, .. } => {
                let document = document.as_ref().map(|document| document.to_uppercase());
                Some((Self::ByHand(document), tube))
            }
            _ => None,
        }
    }

    /// Whether nobody else can be the same by chance: an infant without a document is told from no other.
    pub fn is_known(&self) -> bool {
        *self != Self::ByHand(None)
    }

    pub fn is(&self, other: &Self) -> bool {
        self == other && self.is_known()
    }
}

/// A document's number stays out of it, and an ID number shows itself masked.
impl fmt::Debug for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slot(slot) => write!(f, "{slot:?}"),
            Self::IdCard(id_number) => write!(f, "IdCard({id_number})"),
            Self::ByHand(_) => f.write_str("ByHand"),
        }
    }
}

/// A tube. A place in it is free or taken; the first free one is taken next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tube {
    pub id: String,
    pub session: String,
    pub barcode: String,
    pub capacity: u8,
    pub opened_at: UnixTime,
    pub seats: Vec<Option<Seated>>,
    pub sealed: Option<SealedView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seated {
    pub registration: String,
    pub who: Who,
    pub person: Option<Person>,
    /// `None` by hand.
    pub presented: Option<Presented>,
    pub at: UnixTime,
    /// `None` where no code was shown.
    pub validity: Option<Validity>,
}

impl Tube {
    pub fn taken(&self) -> u8 {
        number(self.seats.iter().flatten().count())
    }

    /// The place of a person, from 1.
    pub fn seat_of(&self, who: &Who) -> Option<u8> {
        self.place(|seated| seated.who.is(who))
    }

    pub fn seat_of_registration(&self, id: &str) -> Option<u8> {
        self.place(|seated| seated.registration == id)
    }

    /// The place of somebody who may well be the same person, shown by something else: a code names its slot, an ID card
    /// its number, and only the issuer knows which belong together. Here an equal masked name tells, and an equal
    /// birth year where both say one.
    pub fn maybe_twice(&self, who: &Who, person: &Person) -> Option<u8> {
        self.place(|seated| {
            let told_apart = matches!((&seated.who, who), (Who::Slot(a), Who::Slot(b)) if a != b);
            !told_apart && seated.person.as_ref().is_some_and(|other| other.may_be(person))
        })
    }

    fn place(&self, is: impl Fn(&Seated) -> bool) -> Option<u8> {
        self.seats.iter().position(|seat| seat.as_ref().is_some_and(&is)).map(|at| number(at + 1))
    }

    pub fn still_open(&self) -> Result<&Self, Refusal> {
        match self.sealed {
            Some(_) => Err(Refusal::TubeSealed { barcode: self.barcode.clone() }),
            None => Ok(self),
        }
    }

    /// Whether this person may be bound to it.
    pub fn takes(&self, who: &Who) -> Result<(), Refusal> {
        self.still_open()?;
        if let Some(seat) = self.seat_of(who) {
            Err(Refusal::AlreadyInTube { seat })
        } else if self.taken() >= self.capacity {
            Err(Refusal::TubeFull { capacity: self.capacity })
        } else {
            Ok(())
        }
    }

    /// Gives somebody the first free place.
    pub fn seat(&mut self, seated: Seated) {
        match self.seats.iter_mut().find(|seat| seat.is_none()) {
            Some(seat) => *seat = Some(seated),
            None => self.seats.push(Some(seated)),
        }
    }

    /// Takes somebody out of their place.
    pub fn free(&mut self, registration: &str) -> Option<Seated> {
        let is = |seat: &Option<Seated>| {
            seat.as_ref().is_some_and(|seated| seated.registration == registration)
        };
        self.seats.iter_mut().find(|seat| is(seat)).and_then(Option::take)
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
