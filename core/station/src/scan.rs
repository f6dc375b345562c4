//! Deciding about a code, and learning from it.

use suima_code::{Cautions, Outcome, Place, UnixTime, Verdict, verify};

use crate::knowledge::{Knowledge, Lesson, raise};
use crate::state::State;
use crate::view::{Caution, Decision, ScanView, Shown};
use crate::{Error, Said, Station, input};

/// A decision, and what the code teaches.
pub(crate) struct Judged {
    pub verdict: Verdict,
    pub lesson: Option<Lesson>,
}

impl Knowledge {
    fn judge(&self, text: &str, place: Place, now: UnixTime) -> Result<Judged, Error> {
        let (Some(trust), Some(policy)) = (&self.trust, &self.policy) else {
            return Err(Error::NoDocuments);
        };
        let known = suima_code::Knowledge { trust, policy, revocations: &self.revocations };
        let verdict = verify(&input::normalise(text), &known, place, now);
        let lesson = self.lesson(verdict.genuine.as_ref(), now);
        Ok(Judged { verdict, lesson })
    }

    pub(crate) fn cautions(&self, cautions: Cautions) -> Vec<Caution> {
        let age = cautions.knowledge_age.zip(self.revocations.as_of());
        let old = age.map(|(age_seconds, as_of)| Caution::KnowledgeOld { as_of, age_seconds });
        let not_checked = cautions.validity_not_checked.then_some(Caution::ValidityNotChecked);
        let compare = cautions.compare_id_card.then_some(Caution::CompareIdCard);
        [compare, not_checked, old].into_iter().flatten().collect()
    }
}

impl State {
    /// Decides about a text as it was scanned.
    pub(crate) fn judge(&self, text: &str, place: Place, now: UnixTime) -> Result<Judged, Error> {
        match self.knowledge.judge(text, place, now) {
            Err(Error::NoDocuments) if self.device.is_none() => Err(Error::NotEnrolled),
            judged => judged,
        }
    }
}

impl Station {
    /// Decides whether the code in `text` would be accepted at `place`, and binds nobody.
    ///
    /// A genuine static code teaches the station that older ones of its kind and person are void; that is on the
    /// disk before this returns.
    pub fn check(&self, text: &str, place: Place) -> Result<ScanView, Error> {
        let mut state = self.state()?;
        let now = self.now(&state).time;
        let judged = state.judge(text, place, now)?;
        self.learn(&mut state, judged.lesson)?;
        let shown = judged.verdict.genuine.map(|genuine| Shown::of(&genuine, place));
        let decision = match judged.verdict.outcome {
            Outcome::Accepted(cautions) => {
                Decision::Accepted { cautions: state.knowledge.cautions(cautions) }
            }
            Outcome::Refused(reason) => {
                let presented = shown.as_ref().map(|shown| shown.presented);
                Decision::Refused { reason, said: Said::reason(reason, presented) }
            }
        };
        Ok(ScanView { decision, shown, at: now, as_of: state.knowledge.revocations.as_of() })
    }

    /// Keeps a lesson, where there is one.
    pub(crate) fn learn(&self, state: &mut State, lesson: Option<Lesson>) -> Result<(), Error> {
        let Some(line) = lesson else { return Ok(()) };
        self.change(
            state,
            "station.lesson",
            |transaction, _| raise(transaction, line),
            |state| state.knowledge.adopt_lesson(lesson),
        )
    }
}
