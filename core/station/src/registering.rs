//! Binding people to the tube in hand: by a code, by an ID card, by hand.

use suima_client::wire::{Event, Validity};
use suima_code::{
    Acceptance, IdNumber, MaskedName, Outcome, Place, Presented, Reason, UnixTime, Verdict,
};

use crate::book::{Person, Who, is_text};
use crate::knowledge::Lesson;
use crate::state::State;
use crate::view::{Caution, Registered, Registrant, Registration, Shown};
use crate::{Error, Field, Refusal, Station};

impl Station {
    /// Decides about a scanned code as at sampling and, if it is accepted, binds the person to the tube in hand.
    /// [`Registration::Registered`] means that it is on the disk.
    pub fn register(&self, text: &str) -> Result<Registration, Error> {
        let mut state = self.state()?;
        let now = self.now(&state).time;
        let judged = state.judge(text, Place::Sampling, now)?;
        match by_code(&state, judged.verdict) {
            Ok(binding) => self.bind(&mut state, now, binding, judged.lesson),
            Err(not_bound) => {
                self.learn(&mut state, judged.lesson)?;
                Ok(not_bound)
            }
        }
    }

    /// Binds whoever showed an ID card to the tube in hand, by its number as it was read or typed and the full name on it.
    ///
    /// Offline an ID card has no slot, so nothing but name and birth year can tell that the person is in the tube
    /// already, by a code: [`Registration::MaybeTwice`] asks the staff, and is answered by `confirmed`. The issuer
    /// finds whose card it is, and any such conflict, at the upload. What the policy says of ID cards at sampling (R6)
    /// holds.
    pub fn register_id_card(
        &self,
        id_number: &str,
        name: &str,
        confirmed: bool,
    ) -> Result<Registration, Error> {
        let id_number = IdNumber::parse(id_number).map_err(Refusal::from)?;
        let name = name.trim().to_owned();
        let masked = masked(&name)?;
        let mut state = self.state()?;
        let now = self.now(&state).time;
        if state.policy()?.acceptance(Presented::IdCard, Place::Sampling) == Acceptance::Refused {
            let reason = Reason::WrongPlace { place: Place::Sampling };
            return Ok(Registration::Refused { reason, shown: None });
        }
        let person = Person { name: masked, birth_year: Some(birth_year(&id_number)) };
        let tube = match state.book.open_tube() {
            Ok(tube) => tube,
            Err(refusal) => return Ok(not_bound(refusal)),
        };
        let who = Who::IdCard(id_number.clone());
        if let Err(refusal) = tube.takes(&who) {
            return Ok(not_bound(refusal));
        }
        if let Some(seat) = tube.maybe_twice(&who, &person).filter(|_| !confirmed) {
            return Ok(Registration::MaybeTwice { seat });
        }
        let event = Event::RegisteredByIdCard {
            tube: tube.id.clone(),
            barcode: tube.barcode.clone(),
            id_number,
            name,
        };
        let binding = Binding { event, person, shown: None, cautions: Vec::new() };
        self.bind(&mut state, now, binding, None)
    }

    /// Binds somebody who is not in the register to the tube in hand: a visitor, an infant. `document` is the number of a
    /// travel permit, a passport or the like, where there is one; `contact` says how they are reached. Each is at
    /// most 200 characters on one line.
    pub fn register_by_hand(
        &self,
        name: &str,
        document: Option<&str>,
        contact: &str,
    ) -> Result<Registration, Error> {
        let name = name.trim().to_owned();
        let person = Person { name: masked(&name)?, birth_year: None };
        let document = document.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let mut state = self.state()?;
        let now = self.now(&state).time;
        let tube = match state.book.open_tube() {
            Ok(tube) => tube,
            Err(refusal) => return Ok(not_bound(refusal)),
        };
        let event = Event::RegisteredByHand {
            tube: tube.id.clone(),
            barcode: tube.barcode.clone(),
            name,
            document,
            contact: contact.trim().to_owned(),
        };
        let binding = Binding { event, person, shown: None, cautions: Vec::new() };
        self.bind(&mut state, now, binding, None)
    }

    /// Writes a registration that a tube is there for, or says why its person finds no place.
    fn bind(
        &self,
        state: &mut State,
        now: UnixTime,
        binding: Binding,
        lesson: Option<Lesson>,
    ) -> Result<Registration, Error> {
        let Binding { event, person, shown, mut cautions } = binding;
        if let Err(refusal) = state.book.allows(&event) {
            self.learn(state, lesson)?;
            return match refusal {
                Refusal::Text { .. } => Err(refusal.into()),
                other => Ok(not_bound(other)),
            };
        }
        let (who, _) = Who::bound_by(&event).expect("a binding binds somebody");
        let tube = state.book.open_tube()?;
        if let Some((barcode, at)) = state.book.elsewhere(&who, &tube.id, now) {
            cautions.push(Caution::AlsoInTube { barcode: barcode.to_owned(), at });
        }
        if let Some(seat) = tube.maybe_twice(&who, &person) {
            cautions.push(Caution::MaybeTheSame { seat });
        }
        let (presented, validity) = evidence(&event);
        let registrant =
            Registrant { presented, name: person.name.to_string(), birth_year: person.birth_year };
        let entry = self.record_at(state, now, event, Some(person), lesson)?;
        let tube = state.book.tube().expect("a tube was open under this lock");
        let seat = tube.seat_of_registration(&entry);
        Ok(Registration::Registered(Registered {
            seat: seat.expect("they were given a place under this lock"),
            entry,
            person: registrant,
            shown,
            taken: tube.taken(),
            capacity: tube.capacity,
            barcode: tube.barcode.clone(),
            validity,
            cautions,
        }))
    }
}

/// A registration that is about to be written.
struct Binding {
    event: Event,
    person: Person,
    shown: Option<Shown>,
    cautions: Vec<Caution>,
}

/// What is to be written of an accepted code. A missing tube is said before anything is said of the code: whatever the
/// code is, nobody can be bound.
#[allow(clippy::result_large_err, reason = "the other half is an answer too, moved once")]
fn by_code(state: &State, verdict: Verdict) -> Result<Binding, Registration> {
    let tube = state.book.open_tube().map_err(not_bound)?;
    let shown = verdict.genuine.as_ref().map(|genuine| Shown::of(genuine, Place::Sampling));
    let cautions = match verdict.outcome {
        Outcome::Accepted(cautions) => cautions,
        Outcome::Refused(reason) => return Err(Registration::Refused { reason, shown }),
    };
    let genuine = verdict.genuine.expect("what is accepted was read");
    let shown = shown.expect("what is accepted was read");

    let as_of = state.knowledge.revocations.as_of().filter(|_| !cautions.validity_not_checked);
    let event = Event::Registered {
        tube: tube.id.clone(),
        barcode: tube.barcode.clone(),
        slot: genuine.slot(),
        presented: genuine.presented(),
        code_iat: shown.issued_at,
        validity: as_of.map_or(Validity::NotChecked, |as_of| Validity::Checked { as_of }),
    };
    let person = Person { name: genuine.name(), birth_year: shown.birth_year };
    let cautions = state.knowledge.cautions(cautions);
    Ok(Binding { event, person, shown: Some(shown), cautions })
}

/// What was shown, and whether it was known not to be void, by the event that binds its person.
fn evidence(event: &Event) -> (Option<Presented>, Option<Validity>) {
    match event {
        Event::Registered { presented, validity, .. } => (Some(*presented), Some(*validity)),
        Event::RegisteredByIdCard { .. } => (Some(Presented::IdCard), None),
        _ => (None, None),
    }
}

/// Of all refusals a registration meets only these four.
fn not_bound(refusal: Refusal) -> Registration {
    match refusal {
        Refusal::AlreadyInTube { seat } => Registration::AlreadyInTube { seat },
        Refusal::TubeFull { capacity } => Registration::TubeFull { capacity },
        Refusal::TubeSealed { barcode } => Registration::TubeSealed { barcode },
        _ => Registration::NoTube,
    }
}

/// The masked form of a full name that somebody typed.
pub(crate) fn masked(name: &str) -> Result<MaskedName, Refusal> {
    is_text(name, Field::Name)?;
    MaskedName::mask(name).map_err(|_| Refusal::Text { field: Field::Name })
}

/// The birth year in an ID number.
pub(crate) fn birth_year(id_number: &IdNumber) -> u16 {
    let (year, ..) = id_number.birth_date().date();
    u16::try_from(year).expect("a year of four digits")
}
