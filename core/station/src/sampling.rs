//! Session, tube, people: what the staff do.

use suima_client::wire::{Entry, Event, Validity};
use suima_code::{Outcome, Place, Slot, UnixTime, Verdict};

use crate::book::{Person, Recorded};
use crate::knowledge::{Lesson, raise};
use crate::state::State;
use crate::view::{Caution, Registered, Registration, SessionView, Shown, TubeView};
use crate::{Error, Refusal, Station, input, journal};

impl Station {
    /// Begins a session of a staff member at a site; an earlier one ends, if its last tube is sealed.
    pub fn open_session(&self, site: &str, staff: &str) -> Result<SessionView, Error> {
        let mut state = self.state()?;
        let (site, staff) = (site.trim().to_owned(), staff.trim().to_owned());
        self.record(&mut state, Event::SessionOpened { site, staff }, None, None)?;
        Ok(state.book.session().cloned().expect("a session was opened under this lock"))
    }

    /// The session that was opened last.
    pub fn session(&self) -> Result<Option<SessionView>, Error> {
        Ok(self.state()?.book.session().cloned())
    }

    /// Opens a tube for `capacity` people (1, 5, 10 or 20) with the barcode on it (4 to 32 ASCII letters,
    /// digits and hyphens, that no tube of this station had before).
    pub fn open_tube(&self, barcode: &str, capacity: u8) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let session = state.book.session().ok_or(Refusal::NoSession)?.id.clone();
        let barcode = input::normalise(barcode);
        self.record(&mut state, Event::TubeOpened { session, barcode, capacity }, None, None)?;
        Ok(state.book.tube().expect("a tube was opened under this lock").view())
    }

    /// The tube in hand: the open one, or the one that was sealed last in this session.
    pub fn tube(&self) -> Result<Option<TubeView>, Error> {
        Ok(self.state()?.book.tube().map(crate::book::Tube::view))
    }

    /// Decides about a scanned code as at sampling and, if it is accepted, binds the person to the open tube.
    /// [`Registration::Registered`] means that it is on the disk.
    pub fn register(&self, text: &str) -> Result<Registration, Error> {
        let mut state = self.state()?;
        let now = self.now(&state).time;
        let judged = state.judge(text, Place::Sampling, now)?;
        let binding = match bind(&state, judged.verdict, now) {
            Ok(binding) => binding,
            Err(not_bound) => {
                self.learn(&mut state, judged.lesson)?;
                return Ok(not_bound);
            }
        };
        let Binding { event, person, slot, shown, validity, cautions } = binding;
        let entry = self.record_at(&mut state, now, event, Some(person), judged.lesson)?;
        let tube = state.book.tube().expect("a tube was open under this lock");
        Ok(Registration::Registered(Registered {
            entry,
            person: shown,
            seat: tube.seat_of(slot).expect("they were given a place under this lock"),
            taken: tube.taken(),
            capacity: tube.capacity,
            barcode: tube.barcode.clone(),
            validity,
            cautions,
        }))
    }

    /// Takes a registration in the open tube back, for a reason. The place is free again, and the person can be
    /// scanned again.
    pub fn undo(&self, registration_id: &str, reason: &str) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let event = Event::Undone {
            registration: registration_id.to_owned(),
            reason: reason.trim().to_owned(),
        };
        self.record(&mut state, event, None, None)?;
        Ok(state.book.tube().expect("only an open tube allows an undo").view())
    }

    /// Seals the open tube, in which `swabs` swabs were counted. Where that is not the number of people in it,
    /// `explain` must say why, and is recorded.
    pub fn seal(&self, swabs: u8, explain: Option<&str>) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let tube = state.book.open_tube()?;
        let explanation = explain
            .map(str::trim)
            .filter(|text| !text.is_empty() && tube.taken() != swabs)
            .map(str::to_owned);
        let event = Event::TubeSealed { tube: tube.id.clone(), swabs, explanation };
        self.record(&mut state, event, None, None)?;
        Ok(state.book.tube().expect("the tube was open under this lock").view())
    }

    /// Appends what just happened to the journal, if the rules allow it.
    fn record(
        &self,
        state: &mut State,
        event: Event,
        person: Option<Person>,
        lesson: Option<Lesson>,
    ) -> Result<String, Error> {
        let now = self.now(state).time;
        self.record_at(state, now, event, person, lesson)
    }

    fn record_at(
        &self,
        state: &mut State,
        at: UnixTime,
        event: Event,
        person: Option<Person>,
        lesson: Option<Lesson>,
    ) -> Result<String, Error> {
        state.book.allows(&event)?;
        let id = self.random_id()?;
        let recorded = Recorded { entry: Entry { id: id.clone(), at, event }, person };
        self.change(
            state,
            "station.entry",
            |transaction, sealer| {
                journal::append(transaction, sealer, &recorded)?;
                lesson.map_or(Ok(()), |line| raise(transaction, line))
            },
            |state| {
                state.book.apply(&recorded);
                state.knowledge.adopt_lesson(lesson);
            },
        )?;
        Ok(id)
    }
}

/// A registration that is about to be written.
struct Binding {
    event: Event,
    person: Person,
    slot: Slot,
    shown: Shown,
    validity: Validity,
    cautions: Vec<Caution>,
}

/// Finds the person a place, or says why there is none. A missing tube is said before anything is said of the code:
/// whatever the code is, nobody can be bound.
#[allow(clippy::result_large_err, reason = "the other half is an answer too, moved once")]
fn bind(state: &State, verdict: Verdict, now: UnixTime) -> Result<Binding, Registration> {
    let tube = state.book.open_tube().map_err(not_bound)?;
    let shown = verdict.genuine.as_ref().map(|genuine| Shown::of(genuine, Place::Sampling));
    let cautions = match verdict.outcome {
        Outcome::Accepted(cautions) => cautions,
        Outcome::Refused(reason) => return Err(Registration::Refused { reason, shown }),
    };
    let genuine = verdict.genuine.expect("what is accepted was read");
    let shown = shown.expect("what is accepted was read");

    let slot = genuine.slot();
    let as_of = state.knowledge.revocations.as_of().filter(|_| !cautions.validity_not_checked);
    let validity = as_of.map_or(Validity::NotChecked, |as_of| Validity::Checked { as_of });
    let event = Event::Registered {
        tube: tube.id.clone(),
        barcode: tube.barcode.clone(),
        slot,
        presented: genuine.presented(),
        code_iat: shown.issued_at,
        validity,
    };
    state.book.allows(&event).map_err(not_bound)?;

    let mut cautions = state.knowledge.cautions(cautions);
    if let Some((barcode, at)) = state.book.elsewhere(slot, &tube.id, now) {
        cautions.push(Caution::AlsoInTube { barcode: barcode.to_owned(), at });
    }
    let person = Person { name: genuine.name(), birth_year: shown.birth_year };
    Ok(Binding { event, person, slot, shown, validity, cautions })
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
