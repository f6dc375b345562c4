//! A staff member at a door, with the app: codes, and paper codes with the ID card.

use suima_client::wire::{PaperCheckRequest, path};
use suima_code::{Cautions, Genuine, IdNumber, MaskedName, Outcome, Place, UnixTime};

use crate::book::is_text;
use crate::lookup::asker;
use crate::registering::birth_year;
use crate::state::State;
use crate::verdict::{Compared, DoorView, Finding};
use crate::view::{Caution, Shown};
use crate::{Error, Field, Refusal, Station, input};

/// A finding, before a shell is told of it.
pub(crate) struct Found {
    pub finding: Finding,
    pub genuine: Option<Genuine>,
    pub cautions: Vec<Caution>,
    pub at: UnixTime,
}

impl Found {
    /// What was found of an ID card alone.
    pub fn card(finding: Finding, at: UnixTime) -> Self {
        Self { finding, genuine: None, cautions: Vec::new(), at }
    }

    pub fn view(self, state: &State, place: Place) -> DoorView {
        let Self { finding, genuine, cautions, at } = self;
        let shown = genuine.map(|genuine| Shown::of(&genuine, place));
        let colour = match finding {
            Finding::Match { colour, .. } => Some(colour),
            _ => shown.as_ref().and_then(|shown| shown.colour),
        };
        DoorView {
            finding,
            signal: finding.signal(),
            colour,
            said: finding.said(place == Place::Gate, shown.is_some()),
            cautions,
            shown,
            at,
            as_of: state.knowledge.revocations.as_of(),
        }
    }
}

impl Station {
    /// Decides about a code at a manual check. A paper code that counts is not accepted alone: [`Finding::NeedsIdCard`].
    pub fn check(&self, text: &str) -> Result<DoorView, Error> {
        let mut state = self.state()?;
        Ok(self.at_a_door(&mut state, text, Place::ManualCheck)?.view(&state, Place::ManualCheck))
    }

    /// Decides about a paper code with the ID card: its number as it was read or typed, and the full name on it (R6).
    ///
    /// The code must count; then the card is compared with what the code shows, and the issuer is asked whether they are
    /// of one person, and for the status. Without an answer [`Finding::StatusUnknown`] says what the comparison told,
    /// and nobody is admitted. A code that needs no ID card here is decided as by [`Station::check`]. Needs a
    /// session: the issuer is told who asks.
    pub async fn check_paper(
        &self,
        text: &str,
        id_number: &str,
        name: &str,
    ) -> Result<DoorView, Error> {
        let id_number = IdNumber::parse(id_number).map_err(Refusal::from)?;
        is_text(name, Field::Name)?;
        let staff = self.staff_on_duty()?;
        let found = self.at_a_door(&mut *self.state()?, text, Place::ManualCheck)?;
        let finding = match (&found.finding, &found.genuine) {
            (Finding::NeedsIdCard, Some(Genuine::Static(code))) => {
                let compared = Compared {
                    name_agrees: MaskedName::mask(name).is_ok_and(|name| name == code.name),
                    year_agrees: birth_year(&id_number) == code.birth_year,
                };
                let code = input::normalise(text);
                let request = PaperCheckRequest { code, id_number, staff };
                self.look_up(path::PAPER_CHECK, &request, Some(compared)).await?
            }
            (finding, _) => *finding,
        };
        let state = self.state()?;
        let found = Found { finding, at: self.now(&state).time, ..found };
        Ok(found.view(&state, Place::ManualCheck))
    }

    /// Asks the issuer for the status of whoever showed an ID card at a manual check, by its number as it was read or typed
    /// (R6). Without an answer nobody is admitted. Needs a session: the issuer is told who asks.
    pub async fn check_id_card(&self, id_number: &str) -> Result<DoorView, Error> {
        let id_number = IdNumber::parse(id_number).map_err(Refusal::from)?;
        let staff = self.staff_on_duty()?;
        let finding = self.find_card(id_number, Place::ManualCheck, staff).await?;
        let state = self.state()?;
        Ok(Found::card(finding, self.now(&state).time).view(&state, Place::ManualCheck))
    }

    /// Decides about a code at a place that opens for some, and learns from it.
    pub(crate) fn at_a_door(
        &self,
        state: &mut State,
        text: &str,
        place: Place,
    ) -> Result<Found, Error> {
        let at = self.now(state).time;
        let judged = state.judge(text, place, at)?;
        self.learn(state, judged.lesson)?;
        let genuine = judged.verdict.genuine;
        let (finding, cautions) = match judged.verdict.outcome {
            Outcome::Accepted(cautions) if cautions.compare_id_card => {
                let beside = Cautions { compare_id_card: false, ..cautions };
                (Finding::NeedsIdCard, state.knowledge.cautions(beside))
            }
            Outcome::Accepted(cautions) => (Finding::Accepted, state.knowledge.cautions(cautions)),
            Outcome::Refused(reason) => {
                let presented = genuine.as_ref().map(Genuine::presented);
                (Finding::Refused { reason, presented }, Vec::new())
            }
        };
        Ok(Found { finding, genuine, cautions, at })
    }

    fn staff_on_duty(&self) -> Result<String, Error> {
        let state = self.state()?;
        let session = state.book.session().ok_or(Refusal::NoSession)?;
        Ok(asker(&session.staff))
    }
}
