//! Regenerating, safe against the network (design, section 4): the wish is on the disk before it is sent, and leaves it
//! only together with what became of it.

use suima_client::wire::{self, Made, ProblemId, path};
use suima_code::{Slot, UnixTime};
use suima_sentences::Sentence;

use crate::answers::Heard;
use crate::channel::Signing;
use crate::error::Error;
use crate::news::{Note, Settled};
use crate::online::Unanswerable;
use crate::secret::idempotency_key;
use crate::sentence;
use crate::snapshot::{Person, Snapshot};
use crate::views::{Confirmation, NucleicAcidView};
use crate::wallet::Wallet;
use crate::wish::{Echo, Fate, Sending, Wish, fate};

/// What became of a regeneration, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Regenerated {
    /// The new code; earlier ones are void.
    Made {
        /// The new code.
        view: Box<NucleicAcidView>,
    },
    /// A code was made, and has been replaced since.
    Overtaken {
        /// The code there is now.
        current: Option<Made>,
    },
    /// What the person saw was not the current code any more. Nothing was voided; they may be asked whether to
    /// make another.
    Behind {
        /// The code there is now.
        current: Option<Made>,
    },
    /// It reached the issuer too late. Nothing was voided.
    TooLate,
    /// No more are made today. Nothing was voided.
    UsedUp,
    /// It may have been executed. Until a refresh has resolved that, the code that is shown may be void.
    Pending {
        /// When it was asked for.
        since: UnixTime,
        /// Why it is not known.
        reason: PendingReason,
    },
}

/// Why the outcome of a regeneration is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingReason {
    /// It was sent, and no answer came.
    NoAnswer,
    /// There was no connection for asking what became of an earlier sending.
    Offline,
    /// The answer was not genuine.
    BadAnswer,
    /// The answer came and could not be kept, as when the wallet was paused meanwhile.
    NotWritten,
    /// The issuer refused to say.
    Refused(ProblemId),
}

impl Regenerated {
    /// What to say of it.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Made { view } => Settled::Made { made: view.made.clone() }.sentence(&view.name),
            Self::Overtaken { current } => {
                Settled::Overtaken { current: current.clone() }.sentence("")
            }
            Self::Behind { current } => Settled::Behind { current: current.clone() }.sentence(""),
            Self::TooLate => Settled::TooLate.sentence(""),
            Self::UsedUp => Settled::UsedUp.sentence(""),
            Self::Pending { since, .. } => sentence::regeneration_pending(*since),
        }
    }
}

/// A regeneration that has not been told: [`Wallet::tell_outcome`] gives its outcome. Where it is dropped instead, the
/// next refresh tells what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the outcome stays untold"]
pub struct UntoldRegeneration {
    slot: Slot,
    /// When it was asked for, if its outcome is noted for the next refresh.
    noted: Option<UnixTime>,
    outcome: Regenerated,
}

/// What is to be sent.
enum Begun {
    /// The phone itself knows that another code is current than the person saw.
    Behind(Option<Made>),
    Wish(Wish, Sending),
}

/// What became of one sending.
enum Sent {
    /// With the snapshot that was written then.
    Settled(Settled, Box<Snapshot>),
    NeverHappened(Error),
    Unanswerable(ProblemId),
    Pending(PendingReason),
}

impl Wallet {
    /// Regenerates a nucleic-acid code, as the person confirmed after [`warning`](Wallet::warning).
    ///
    /// An error means that nothing was voided by this call. If a regeneration of this person is in doubt already, it is
    /// that one which is sent again, and no second one.
    pub async fn regenerate(&self, confirm: Confirmation) -> Result<Regenerated, Error> {
        Ok(self.tell_outcome(self.regenerate_untold(confirm).await?))
    }

    /// All of [`regenerate`](Wallet::regenerate) but the telling: for whoever runs this apart from the one who waits
    /// for it, and who may have stopped waiting.
    pub async fn regenerate_untold(
        &self,
        confirm: Confirmation,
    ) -> Result<UntoldRegeneration, Error> {
        match self.regenerate_once(confirm).await {
            // The clock is right now. The wish was dated by the wrong one, so another is made.
            Err(Error::Problem(problem)) if problem.id == ProblemId::SignatureStale => {
                self.regenerate_once(confirm).await
            }
            outcome => outcome,
        }
    }

    /// Gives the outcome, to be said now, and takes out what was noted of it for the next refresh. Where that cannot be
    /// written, as in a paused wallet, the refresh says it once more.
    pub fn tell_outcome(&self, regeneration: UntoldRegeneration) -> Regenerated {
        let UntoldRegeneration { slot, noted, outcome } = regeneration;
        if let Some(since) = noted {
            self.told(|note| {
                matches!(note, Note::Resolved(one) if (one.slot, one.since) == (slot, since))
            });
        }
        outcome
    }

    async fn regenerate_once(&self, confirm: Confirmation) -> Result<UntoldRegeneration, Error> {
        let slot = confirm.slot;
        let unnoted = |outcome| Ok(UntoldRegeneration { slot, noted: None, outcome });
        let (wish, sending) = match self.begin_wish(confirm)? {
            Begun::Behind(current) => return unnoted(Regenerated::Behind { current }),
            Begun::Wish(wish, sending) => (wish, sending),
        };
        let pending = |reason| Regenerated::Pending { since: wish.since, reason };
        let (settled, snapshot) = match self.send_wish(slot, &wish, sending).await? {
            Sent::NeverHappened(error) => return Err(error),
            Sent::Unanswerable(problem) => {
                return unnoted(pending(PendingReason::Refused(problem)));
            }
            Sent::Pending(reason) => return unnoted(pending(reason)),
            Sent::Settled(settled, snapshot) => (settled, snapshot),
        };
        let outcome = match settled {
            Settled::Made { .. } => {
                let view = self.look_at(&snapshot, |lens| lens.nucleic_acid(slot))?;
                Regenerated::Made { view: Box::new(view) }
            }
            Settled::Overtaken { current } => Regenerated::Overtaken { current },
            Settled::Behind { current } => Regenerated::Behind { current },
            Settled::TooLate => Regenerated::TooLate,
            Settled::UsedUp => Regenerated::UsedUp,
            Settled::Unknown { problem } => pending(PendingReason::Refused(problem)),
        };
        Ok(UntoldRegeneration { slot, noted: Some(wish.since), outcome })
    }

    /// Writes the wish, on the disk, before anything is sent.
    fn begin_wish(&self, confirm: Confirmation) -> Result<Begun, Error> {
        let key = idempotency_key(self.random())?;
        let begun = self.change("wish", |snapshot| {
            let now = self.time_by(snapshot).time;
            let holding = snapshot.held_mut(confirm.slot)?;
            if holding.wish.is_none() {
                let current = holding.codes.shown(now).map(|code| code.made.clone());
                if current.as_ref().map(|made| made.iat) != confirm.void {
                    return Ok(Begun::Behind(current));
                }
            }
            let wish = holding.wish.get_or_insert_with(|| Wish::new(key, confirm.void, now));
            let sending = wish.take_up();
            Ok(Begun::Wish(wish.clone(), sending))
        })?;
        if let Begun::Wish(wish, _) = &begun
            && let Err(error) = self.sync()
        {
            self.drop_wish(confirm.slot, wish)?;
            return Err(error);
        }
        Ok(begun)
    }

    /// Sends again every wish whose outcome is not known. Those that are settled by that are noted.
    pub(crate) async fn resend_wishes(&self) -> Result<Vec<Unanswerable>, Error> {
        let snapshot = self.snapshot()?;
        snapshot.device()?;
        let in_doubt = |person: &&Person| {
            person.holding.as_ref().is_some_and(|holding| holding.wish.is_some())
        };
        let mut unanswerable = Vec::new();
        for slot in snapshot.people.iter().filter(in_doubt).map(|person| person.slot) {
            let taken = self.change("wish.again", |snapshot| {
                let wish = snapshot.held_mut(slot)?.wish.as_mut();
                Ok(wish.map(|wish| (wish.take_up(), wish.clone())))
            })?;
            let Some((sending, wish)) = taken else { continue };
            match self.send_wish(slot, &wish, sending).await? {
                Sent::Unanswerable(problem) => {
                    unanswerable.push(Unanswerable { slot, wish, problem });
                }
                Sent::Pending(PendingReason::Offline) => break,
                Sent::Settled(..) | Sent::NeverHappened(_) | Sent::Pending(_) => {}
            }
        }
        Ok(unanswerable)
    }

    async fn send_wish(&self, slot: Slot, wish: &Wish, sending: Sending) -> Result<Sent, Error> {
        let snapshot = self.snapshot()?;
        let device = snapshot.device()?;
        let request = wire::RegenerateRequest { slot, void: wish.void, not_after: wish.not_after };
        let signing = Signing {
            keyid: &device.keyid,
            key: &device.key,
            idempotency_key: &wish.idempotency_key,
        };
        let outcome = match sending {
            Sending::First => self.send(path::REGENERATE, &request, &signing).await,
            Sending::Again => self.request(path::REGENERATE, &request, &signing).await,
        };
        let failure = match outcome {
            Ok(heard) => {
                return Ok(match self.settle(slot, wish, &heard) {
                    // By a key that is newer than the trust bundle held here, maybe.
                    Sent::Pending(PendingReason::BadAnswer) if self.fetch(&[]).await.is_ok() => {
                        self.settle(slot, wish, &heard)
                    }
                    sent => sent,
                });
            }
            Err(failure) => failure,
        };
        let echo = Echo::from(&failure);
        let fate = fate(sending, echo);
        let error = self.failed("wish.refused", &device.keyid, failure, |snapshot, _| {
            if fate == Fate::NeverHappened {
                drop_from(snapshot, slot, wish);
            }
        });
        match (fate, echo) {
            (_, Echo::Refused(ProblemId::DeviceEnded)) => Err(error),
            (Fate::NeverHappened, Echo::Refused(_)) => Ok(Sent::NeverHappened(error)),
            (Fate::NeverHappened, _) => {
                self.drop_wish(slot, wish)?;
                Ok(Sent::NeverHappened(error))
            }
            (Fate::Unanswerable, Echo::Refused(problem)) => Ok(Sent::Unanswerable(problem)),
            (_, Echo::Refused(problem)) => Ok(Sent::Pending(PendingReason::Refused(problem))),
            (_, Echo::NotSent)
                if matches!(error, Error::KeysGone | Error::SignerUnavailable { .. }) =>
            {
                Err(error)
            }
            (_, Echo::NotSent) => Ok(Sent::Pending(PendingReason::Offline)),
            (_, Echo::Nothing) => Ok(Sent::Pending(PendingReason::NoAnswer)),
        }
    }

    /// Writes what became of a wish, the codes there are now, and the end of the wish, in one transaction;
    /// and notes it, until somebody has taken it to say it.
    fn settle(&self, slot: Slot, wish: &Wish, heard: &Heard<wire::RegenerateResponse>) -> Sent {
        let settled = self.change("wish.settled", |snapshot| {
            let held = snapshot.held(slot)?.1;
            let is_pending = held.wish.as_ref().is_some_and(|kept| kept.is(wish));
            let (mut next, settled) =
                snapshot.with_settled_wish(slot, wish, heard, self.roots())?;
            if is_pending {
                next.note_settled(slot, wish.since, settled.clone());
            }
            *snapshot = next.clone();
            Ok(Sent::Settled(settled, Box::new(next)))
        });
        settled.unwrap_or_else(|error| match error {
            Error::BadAnswer(_) => Sent::Pending(PendingReason::BadAnswer),
            _ => Sent::Pending(PendingReason::NotWritten),
        })
    }

    fn drop_wish(&self, slot: Slot, wish: &Wish) -> Result<(), Error> {
        self.change("wish.dropped", |snapshot| {
            drop_from(snapshot, slot, wish);
            Ok(())
        })
    }
}

/// Removes a wish that never happened, unless another call has taken it up since.
fn drop_from(snapshot: &mut Snapshot, slot: Slot, wish: &Wish) {
    if let Ok(holding) = snapshot.held_mut(slot) {
        holding.wish.take_if(|kept| kept == wish);
    }
}
