//! Paper codes as the phone sees them (R3, R4): what there is, and where one is applied for. The code itself is never here.

use suima_client::wire::{Eligibility, LossReport, PaperCode};
use suima_code::{Slot, UnixTime};
use suima_sentences::wallet as say;
use suima_sentences::{Sentence, day, last_day, minute};

use crate::error::Error;
use crate::views::Lens;
use crate::wallet::Wallet;

/// What there is of a person's paper codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperView {
    /// Whose.
    pub slot: Slot,
    /// The full name, for the user's own eyes.
    pub name: String,
    /// The one that counts now.
    pub current: Option<PaperCode>,
    /// When the last one that this phone knows ended, where none counts now.
    pub ended: Option<UnixTime>,
    /// How the last one was reported lost, where no other was made since.
    pub reported_lost: Option<LossReport>,
    /// Whether one may be applied for, as of the last refresh.
    pub eligibility: Eligibility,
    /// How old the wallet's knowledge is: the issuer's time at the last refresh.
    pub as_of: UnixTime,
    /// What there is, or how to get one.
    pub sentence: Sentence,
    /// What to say beside it.
    pub notices: Vec<Sentence>,
}

impl Lens<'_> {
    pub fn paper(&self, slot: Slot) -> Result<PaperView, Error> {
        let (person, holding) = self.snapshot.held(slot)?;
        // A phone that was not online since it learned of paper codes knows nothing of them.
        let paper = person.paper.as_ref().ok_or(Error::NoCode { slot })?;
        let (name, now) = (&person.name, self.time.time);
        let (current, ended) = match &paper.current {
            Some(code) if now < code.exp => (Some(code.clone()), None),
            Some(code) => (None, Some(code.exp)),
            None => (None, None),
        };
        let sentence = match (&current, ended, &paper.reported_lost, paper.eligibility) {
            (Some(code), ..) => say::paper_counts(name, &last_day(code.exp), &code.serial),
            (None, _, _, Eligibility::NotEligible { from }) => {
                say::paper_not_given(name, &day(from))
            }
            (None, Some(exp), ..) => say::paper_ended(name, &last_day(exp)),
            (None, None, Some(report), _) => {
                say::paper_lost(&minute(report.at), &report.by, &report.place)
            }
            (None, None, None, _) => say::paper_may_be_had(name),
        };
        let as_of = self.snapshot.codes_as_of(holding);
        let said_from = self.policy()?.limits.knowledge_said_seconds;
        Ok(PaperView {
            slot,
            name: name.clone(),
            current,
            ended,
            reported_lost: paper.reported_lost.clone(),
            eligibility: paper.eligibility,
            as_of,
            sentence,
            notices: self.notices(as_of, said_from),
        })
    }
}

impl Wallet {
    /// What there is of a person's paper codes. Made, printed and reported lost at the portal or a terminal, and confirmed
    /// here ([`confirm`](Wallet::confirm)).
    pub fn paper(&self, slot: Slot) -> Result<PaperView, Error> {
        self.look(|lens| lens.paper(slot))
    }
}
