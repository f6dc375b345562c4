//! Session and tubes: what the staff do.

use suima_client::wire::{Entry, Event};
use suima_code::UnixTime;
use suima_device::records;

use crate::book::{Person, Recorded, Tube};
use crate::knowledge::{Lesson, raise};
use crate::state::{IN_HAND, State};
use crate::view::{SessionView, TubeView};
use crate::{Error, Refusal, Station, input, journal};

impl Station {
    /// Begins a session of a staff member at a site; an earlier one ends, if its tubes are sealed.
    pub fn open_session(&self, site: &str, staff: &str) -> Result<SessionView, Error> {
        let mut state = self.state()?;
        let (site, staff) = (site.trim().to_owned(), staff.trim().to_owned());
        self.record(&mut state, Event::SessionOpened { site, staff }, None, None)?;
        Ok(state.book.session().cloned().expect("a session was opened under this lock"))
    }

    /// Hands the session, and the tubes that are open in it, over to another staff member.
    pub fn hand_over(&self, staff: &str) -> Result<SessionView, Error> {
        let mut state = self.state()?;
        let session = state.book.session().ok_or(Refusal::NoSession)?.id.clone();
        let event = Event::HandedOver { session, staff: staff.trim().to_owned() };
        self.record(&mut state, event, None, None)?;
        Ok(state.book.session().cloned().expect("a session was under way under this lock"))
    }

    /// The session that was opened last.
    pub fn session(&self) -> Result<Option<SessionView>, Error> {
        Ok(self.state()?.book.session().cloned())
    }

    /// Opens a tube for `capacity` people (1, 5, 10 or 20) with the barcode on it (4 to 32 ASCII letters,
    /// digits and hyphens, that no tube of this station had before), and takes it in hand. The one before must be
    /// sealed.
    pub fn open_tube(&self, barcode: &str, capacity: u8) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        state.book.session().ok_or(Refusal::NoSession)?;
        state.book.nothing_is_open()?;
        self.open_another(&mut state, barcode, capacity)
    }

    /// Opens a second tube beside the one that is open, and takes it in hand: for people who are to be moved, or who
    /// belong into a tube of their own. [`Station::select_tube`] takes the other in hand again.
    pub fn open_tube_beside(&self, barcode: &str, capacity: u8) -> Result<TubeView, Error> {
        self.open_another(&mut *self.state()?, barcode, capacity)
    }

    fn open_another(
        &self,
        state: &mut State,
        barcode: &str,
        capacity: u8,
    ) -> Result<TubeView, Error> {
        let session = state.book.session().ok_or(Refusal::NoSession)?.id.clone();
        let barcode = input::normalise(barcode);
        self.record(state, Event::TubeOpened { session, barcode, capacity }, None, None)?;
        Ok(state.book.tube().expect("a tube was opened under this lock").view())
    }

    /// Takes another open tube in hand; it stays so across restarts. Nobody is bound to a tube that nobody chose: when the
    /// tube in hand is sealed, the other one has to be chosen.
    pub fn select_tube(&self, barcode: &str) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let tube = state.book.by_barcode(&input::normalise(barcode)).ok_or(Refusal::NoSuchTube)?;
        let id = tube.still_open()?.id.clone();
        self.change(
            &mut state,
            "station.tube.selected",
            |transaction, sealer| Ok(records::put(transaction, sealer, IN_HAND, &id)?),
            |state| state.book.take_in_hand(id.clone()),
        )?;
        Ok(state.book.tube().expect("it was taken in hand under this lock").view())
    }

    /// The tube in hand: the one opened or selected last in this session, open or sealed.
    pub fn tube(&self) -> Result<Option<TubeView>, Error> {
        Ok(self.state()?.book.tube().map(Tube::view))
    }

    /// Every tube that is open, in the order in which they were opened.
    pub fn open_tubes(&self) -> Result<Vec<TubeView>, Error> {
        Ok(self.state()?.book.open_tubes().map(Tube::view).collect())
    }

    /// Takes a registration in an open tube back, for a reason. The place is free again, and the person can be
    /// scanned again. Gives that tube.
    pub fn undo(&self, registration_id: &str, reason: &str) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let event = Event::Undone {
            registration: registration_id.to_owned(),
            reason: reason.trim().to_owned(),
        };
        self.record(&mut state, event, None, None)?;
        let tube = state.book.tube_of(registration_id);
        Ok(tube.expect("only a registration in a tube can be taken back").view())
    }

    /// Moves a registration from one open tube to the other, for a reason, and gives the tube it is in now. A sealed tube
    /// neither gives nor takes anybody.
    pub fn move_registration(
        &self,
        registration_id: &str,
        barcode: &str,
        reason: &str,
    ) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let tube = state.book.by_barcode(&input::normalise(barcode)).ok_or(Refusal::NoSuchTube)?;
        let event = Event::Moved {
            registration: registration_id.to_owned(),
            tube: tube.id.clone(),
            barcode: tube.barcode.clone(),
            reason: reason.trim().to_owned(),
        };
        self.record(&mut state, event, None, None)?;
        let tube = state.book.tube_of(registration_id);
        Ok(tube.expect("it was moved into it under this lock").view())
    }

    /// Seals the tube in hand, in which `swabs` swabs were counted. Where that is not the number of people in it,
    /// `explain` must say why, and is recorded.
    pub fn seal(&self, swabs: u8, explain: Option<&str>) -> Result<TubeView, Error> {
        let mut state = self.state()?;
        let tube = state.book.open_tube()?;
        let explanation = explain
            .map(str::trim)
            .filter(|text| !text.is_empty() && tube.taken() != swabs)
            // Its barcode scanned once more explains nothing.
            .filter(|text| !input::normalise(text).eq_ignore_ascii_case(&tube.barcode))
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

    pub(crate) fn record_at(
        &self,
        state: &mut State,
        at: UnixTime,
        event: Event,
        person: Option<Person>,
        lesson: Option<Lesson>,
    ) -> Result<String, Error> {
        state.book.allows(&event)?;
        let id = self.random_id()?;
        let chooses = matches!(event, Event::SessionOpened { .. } | Event::TubeOpened { .. });
        let recorded = Recorded { entry: Entry { id: id.clone(), at, event }, person };
        self.change(
            state,
            "station.entry",
            |transaction, sealer| {
                journal::append(transaction, sealer, &recorded)?;
                if chooses {
                    records::delete(transaction, IN_HAND)?;
                }
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
