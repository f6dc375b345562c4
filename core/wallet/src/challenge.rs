//! What portals and terminals ask to be confirmed on this phone (design, section 8): each act by itself, with the place,
//! the person and what it voids named before anybody agrees (R9).

use std::mem::discriminant;

use suima_client::wire::{
    self, AskedAct, AskingPlace, CHALLENGE_PREFIX, Challenge, ConfirmResponse, Confirmed, path,
};
use suima_code::{Slot, UnixTime};
use suima_device::{Event, Level};
use suima_sentences::wallet as say;
use suima_sentences::{Sentence, day};

use crate::answers::Heard;
use crate::channel::Signing;
use crate::errand::Task;
use crate::error::{BadAnswer, Error};
use crate::news::Note;
use crate::secret::idempotency_key;
use crate::sentence::names;
use crate::snapshot::Snapshot;
use crate::views::Lens;
use crate::wallet::Wallet;

/// The length of a challenge's id.
const ID: usize = 26;

/// What is asked, to be shown before the user decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeView {
    /// What is asked, by whom, and until when.
    pub challenge: Challenge,
    /// When what it voids was made; `None` where it voids nothing.
    pub voids: Option<UnixTime>,
    /// What to ask: the place, the person, and what is voided.
    pub question: Sentence,
    /// What to compare first: the digits that the screen there must show.
    pub compare: Sentence,
}

/// What came of an answer to a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedView {
    /// What was answered.
    pub challenge: Challenge,
    /// What came of it.
    pub outcome: Confirmed,
    /// What to say of it.
    pub sentence: Sentence,
    /// What is asked now, where that has changed ([`Confirmed::Changed`]) and could be learned.
    pub now: Option<Box<ChallengeView>>,
}

/// An answer to a challenge that has not been told: [`Wallet::tell_confirmed`] tells it. Where it is dropped instead, the next
/// refresh does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the outcome stays untold"]
pub struct UntoldConfirmed(ConfirmedView);

impl ChallengeView {
    pub(crate) fn new(challenge: Challenge) -> Self {
        let place = place(&challenge);
        let (question, voids) = match &challenge.act {
            AskedAct::LogIn => (say::confirm_log_in(&place), None),
            AskedAct::ApplyPaper { name, voids: Some(iat), .. } => {
                (say::confirm_apply_again(&place, name, &day(*iat)), Some(*iat))
            }
            AskedAct::ApplyPaper { name, voids: None, .. } => {
                (say::confirm_apply(&place, name), None)
            }
            AskedAct::PrintPaper { name, iat, .. } => {
                (say::confirm_print(&place, name, &day(*iat)), None)
            }
            AskedAct::ReportLost { name, iat, .. } => {
                (say::confirm_report_lost(&place, name, &day(*iat)), Some(*iat))
            }
            AskedAct::PrintNucleicAcid { people } => {
                let people: Vec<&str> = people.iter().map(|person| &*person.name).collect();
                (say::confirm_print_nucleic_acid(&place, &names(&people)), None)
            }
            AskedAct::HoldRelative { name, .. } => (say::confirm_hold(&place, name), None),
        };
        let compare = say::compare_check(&challenge.check);
        Self { challenge, voids, question, compare }
    }
}

impl ConfirmedView {
    pub(crate) fn new(challenge: Challenge, outcome: Confirmed) -> Self {
        let place = place(&challenge);
        let sentence = match outcome {
            Confirmed::Done => match &challenge.act {
                AskedAct::ApplyPaper { voids: Some(iat), .. }
                | AskedAct::ReportLost { iat, .. } => say::confirmed_voiding(&day(*iat)),
                AskedAct::HoldRelative { name, .. } => say::confirmed_holding(name),
                _ => say::confirmed(&place),
            },
            Confirmed::Declined => say::declined(&place),
            Confirmed::Over => say::challenge_over(),
            Confirmed::Changed => say::challenge_changed(),
            Confirmed::NotEligible => say::paper_not_eligible(),
        };
        Self { challenge, outcome, sentence, now: None }
    }
}

/// The place that asks, in words.
pub(crate) fn place(challenge: &Challenge) -> Sentence {
    match challenge.place {
        AskingPlace::Portal => say::portal(&challenge.place_name),
        AskingPlace::Terminal => say::terminal(&challenge.place_name),
    }
}

/// The id in a scanned challenge.
fn id(scanned: &str) -> Option<&str> {
    let id = scanned.trim().strip_prefix(CHALLENGE_PREFIX)?;
    let is_crockford =
        |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"ILOU".contains(&byte));
    Some(id).filter(|id| id.len() == ID && id.bytes().all(is_crockford))
}

/// Whose paper code an act changes.
fn changes_paper_of(act: &AskedAct) -> Option<Slot> {
    match act {
        AskedAct::ApplyPaper { slot, .. } | AskedAct::ReportLost { slot, .. } => Some(*slot),
        AskedAct::LogIn
        | AskedAct::PrintPaper { .. }
        | AskedAct::PrintNucleicAcid { .. }
        | AskedAct::HoldRelative { .. } => None,
    }
}

impl Lens<'_> {
    pub fn challenges(&self) -> Result<Vec<ChallengeView>, Error> {
        self.snapshot.device()?;
        let waiting = self.snapshot.inbox.challenges.iter();
        let waiting = waiting.filter(|challenge| self.time.time < challenge.expires);
        let mut views: Vec<_> = waiting.cloned().map(ChallengeView::new).collect();
        views.sort_by(|one, two| {
            let key = |view: &ChallengeView| (view.challenge.began, view.challenge.id.clone());
            key(one).cmp(&key(two))
        });
        Ok(views)
    }
}

impl Snapshot {
    /// Something was asked, or asked anew.
    fn with_challenge(&mut self, challenge: &Challenge) {
        self.inbox.challenges.retain(|kept| kept.id != challenge.id);
        self.inbox.challenges.push(challenge.clone());
        self.knowledge.generation += 1;
    }

    /// A challenge was answered: whatever else was sent about it is over too.
    fn with_confirmed(&mut self, challenge: &Challenge, heard: &Heard<ConfirmResponse>) {
        let about = |task: &Task| matches!(task, Task::Confirm { challenge: kept, .. } if kept.id == challenge.id);
        // Where two calls sent it, the first to hear of it has noted it.
        let is_news = self.errands.iter().any(|errand| about(&errand.task));
        self.errands.retain(|errand| !about(&errand.task));
        self.inbox.challenges.retain(|kept| kept.id != challenge.id);
        self.knowledge.generation += 1;
        self.anchor = heard.anchor(heard.body.time).or(self.anchor.take());
        if heard.body.outcome == Confirmed::Done
            && let Some(slot) = changes_paper_of(&challenge.act)
            && let Some(person) = self.people.iter_mut().find(|person| person.slot == slot)
        {
            person.paper_told = Some(heard.body.time);
        }
        if is_news {
            let (challenge, outcome) = (challenge.clone(), heard.body.outcome.clone());
            self.notes.push(Note::Confirmed { challenge, outcome });
        }
    }
}

impl Wallet {
    /// What portals and terminals ask the user to confirm, as of the last refresh, the oldest first.
    pub fn challenges(&self) -> Result<Vec<ChallengeView>, Error> {
        self.look(|lens| lens.challenges())
    }

    /// Asks what a scanned challenge is about. By that it is taken up: no other phone can answer it.
    pub async fn challenge(&self, scanned: &str) -> Result<ChallengeView, Error> {
        let id = id(scanned).ok_or(Error::NotAChallenge)?;
        self.ask_about(id).await
    }

    async fn ask_about(&self, id: &str) -> Result<ChallengeView, Error> {
        let device = self.snapshot()?.device()?.clone();
        let signing = Signing {
            keyid: &device.keyid,
            key: &device.key,
            idempotency_key: &idempotency_key(self.random())?,
        };
        let request = wire::ChallengeRequest { id: id.to_owned() };
        let heard: Heard<Challenge> = match self.request(path::CHALLENGE, &request, &signing).await
        {
            Ok(heard) => heard,
            Err(failure) => {
                return Err(self.failed("challenge.failed", &device.keyid, failure, |_, _| ()));
            }
        };
        if heard.body.id != id {
            return Err(BadAnswer::Other { what: "challenge" }.into());
        }
        self.take("challenge", &device, |snapshot| {
            let mut next = snapshot.clone();
            next.with_challenge(&heard.body);
            Ok((next, ()))
        })
        .await?;
        Ok(ChallengeView::new(heard.body))
    }

    /// Agrees to exactly what was shown, or declines. If no answer comes, the same call, or the next refresh, sends it again
    /// under the same key and learns what came of it.
    pub async fn confirm(&self, view: &ChallengeView, agree: bool) -> Result<ConfirmedView, Error> {
        Ok(self.tell_confirmed(self.confirm_untold(view, agree).await?))
    }

    /// All of [`confirm`](Wallet::confirm) but the telling: for whoever runs this apart from the one who waits for it, and
    /// who may have stopped waiting.
    pub async fn confirm_untold(
        &self,
        view: &ChallengeView,
        agree: bool,
    ) -> Result<UntoldConfirmed, Error> {
        let mut confirmed = self.decide(&view.challenge, agree).await?;
        match confirmed.outcome {
            Confirmed::Changed => confirmed.now = self.asked_now(&view.challenge).await,
            Confirmed::Done => self.take_up(&view.challenge.act).await,
            Confirmed::Declined | Confirmed::Over | Confirmed::NotEligible => {}
        }
        Ok(UntoldConfirmed(confirmed))
    }

    /// Gives the outcome, to be said now, and takes out what was noted of it for the next refresh. Where that cannot be
    /// written, as in a paused wallet, the refresh says it once more.
    pub fn tell_confirmed(&self, confirmed: UntoldConfirmed) -> ConfirmedView {
        let UntoldConfirmed(confirmed) = confirmed;
        self.told(|note| {
            matches!(note, Note::Confirmed { challenge, .. } if challenge.id == confirmed.challenge.id)
        });
        confirmed
    }

    /// Sends the user's answer, and writes what came of it.
    pub(crate) async fn decide(
        &self,
        challenge: &Challenge,
        agree: bool,
    ) -> Result<ConfirmedView, Error> {
        let outcome = self.answer_challenge(challenge, agree).await?;
        // Whoever agreed, heard nothing and then declined may have been heard the first time.
        if outcome == Confirmed::Over
            && !agree
            && let earlier = (Task::Confirm { challenge: challenge.clone(), agree: true })
            && self.snapshot()?.errands.iter().any(|errand| errand.task == earlier)
        {
            let outcome = self.answer_challenge(challenge, true).await?;
            return Ok(ConfirmedView::new(challenge.clone(), outcome));
        }
        Ok(ConfirmedView::new(challenge.clone(), outcome))
    }

    async fn answer_challenge(
        &self,
        challenge: &Challenge,
        agree: bool,
    ) -> Result<Confirmed, Error> {
        let (errand, sending) =
            self.begin(&Task::Confirm { challenge: challenge.clone(), agree })?;
        let request =
            wire::ConfirmRequest { id: challenge.id.clone(), agree, act: challenge.act.clone() };
        let (heard, device) = self
            .send_errand::<_, ConfirmResponse>(path::CONFIRM, &request, &errand, sending)
            .await?;
        self.take("confirmed", &device, |snapshot| {
            let mut next = snapshot.clone();
            let agreed_before = |task: &Task| matches!(task, Task::Confirm { challenge: kept, agree: true } if kept.id == challenge.id);
            if heard.body.outcome == Confirmed::Over
                && !agree
                && next.errands.iter().any(|kept| agreed_before(&kept.task))
            {
                next.drop_errand(&errand);
            } else {
                next.with_confirmed(challenge, &heard);
            }
            Ok((next, ()))
        })
        .await?;
        Ok(heard.body.outcome)
    }

    /// What is asked in place of what has changed: the same challenge anew, or another by the same desk about the same.
    async fn asked_now(&self, changed: &Challenge) -> Option<Box<ChallengeView>> {
        if let Ok(view) = self.ask_about(&changed.id).await {
            return Some(Box::new(view));
        }
        self.fetch(&[]).await.ok()?;
        let about = |challenge: &Challenge| {
            let (place, act) = (challenge.place, &challenge.act);
            (place, challenge.place_name.clone(), discriminant(act), changes_paper_of(act))
        };
        let asked = self.challenges().ok()?;
        asked.into_iter().find(|view| about(&view.challenge) == about(changed)).map(Box::new)
    }

    /// After it was done: learns what has changed by it. What cannot be learned now is left to the next refresh.
    async fn take_up(&self, act: &AskedAct) {
        let taken = match act {
            AskedAct::HoldRelative { slot, .. } => match self.fetch(&[]).await {
                Ok(_) => self.hold(*slot).await,
                Err(error) => Err(error),
            },
            act if changes_paper_of(act).is_some() => self.fetch(&[]).await.map(drop),
            _ => Ok(()),
        };
        if taken.is_err() {
            let detail = "left to the next refresh".to_owned();
            self.log().record(&Event {
                level: Level::Warn,
                name: "confirmed.fetch.failed",
                detail,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_challenge_is_taken_for_one() {
        let text = "SMC1:0123456789ABCDEFGHJKMNPQRS";
        assert_eq!(id(text), Some("0123456789ABCDEFGHJKMNPQRS"));
        assert_eq!(id(&format!(" {text}\n")), id(text));
        let bent = [
            "",
            "SM1:0123456789ABCDEFGHJKMNPQRS",
            "SMC1:0123456789ABCDEFGHJKMNPQR",
            "SMC1:0123456789ABCDEFGHJKMNPQRST",
            "SMC1:0123456789ABCDEFGHJKMNPQRI",
            "SMC1:0123456789abcdefghjkmnpqrs",
            "https://example.org/SMC1:0123456789ABCDEFGHJKMNPQRS",
        ];
        for text in bent {
            assert_eq!(id(text), None, "{text}");
        }
    }
}
