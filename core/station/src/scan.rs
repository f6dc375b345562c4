//! Deciding about a code, and learning from it.

use suima_code::{Acceptance, Cautions, Outcome, Place, Policy, UnixTime, Verdict, verify};
use suima_sentences::describe;

use crate::knowledge::{Knowledge, Lesson, raise};
use crate::state::State;
use crate::view::{Caution, Shown};
use crate::{Decision, Error, ScanView, Signal, Station, input};

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
        let mut verdict = verify(&input::normalise(text), &known, place, now);
        if let (Some(genuine), Outcome::Accepted(cautions)) =
            (&verdict.genuine, &mut verdict.outcome)
        {
            // No code can be asked about but with the ID card: so that is what such a cell of R6 means.
            cautions.compare_id_card |= place != Place::Sampling
                && policy.acceptance(genuine.presented(), place) == Acceptance::AskIssuer;
        }
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
        self.policy()?;
        self.knowledge.judge(text, place, now)
    }

    /// The policy to go by.
    pub(crate) fn policy(&self) -> Result<&Policy, Error> {
        let unknown = if self.device.is_none() { Error::NotEnrolled } else { Error::NoDocuments };
        self.knowledge.policy.as_ref().ok_or(unknown)
    }
}

impl Station {
    /// Decides whether the code in `text` would be accepted at `place`: binds nobody, opens no gate, and remembers no
    /// proof.
    ///
    /// A genuine static code teaches the station that older ones of its kind and person are void; that is on the
    /// disk before this returns.
    pub fn decide(&self, text: &str, place: Place) -> Result<ScanView, Error> {
        let mut state = self.state()?;
        let now = self.now(&state).time;
        let judged = state.judge(text, place, now)?;
        self.learn(&mut state, judged.lesson)?;
        let shown = judged.verdict.genuine.map(|genuine| Shown::of(&genuine, place));
        let (decision, signal) = match judged.verdict.outcome {
            Outcome::Accepted(cautions) => {
                let cautions = state.knowledge.cautions(cautions);
                let asks = cautions.iter().any(Caution::asks);
                let signal = if asks { Signal::Attention } else { Signal::Admit };
                (Decision::Accepted { cautions }, signal)
            }
            Outcome::Refused(reason) => {
                let presented = shown.as_ref().map(|shown| shown.presented);
                let said = describe(&reason, presented);
                (Decision::Refused { reason, said }, Signal::Refuse)
            }
        };
        let as_of = state.knowledge.revocations.as_of();
        Ok(ScanView { decision, signal, shown, at: now, as_of })
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
