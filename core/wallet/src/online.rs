//! What needs the network: enrolling, refreshing, holding and claiming. Thin: what an answer means is decided
//! in [`crate::answers`].

use suima_client::signature::keyid_before_enrolment;
use suima_client::wire::{self, Problem, ProblemId, WireKey, normal_activation_code, path};
use suima_code::{Reason, Slot, UnixTime};
use suima_device::{Event, Level};

use crate::answers::Heard;
use crate::channel::{Failure, Signing};
use crate::claim;
use crate::error::{BadAnswer, Error};
use crate::news::{News, Note, Resolved, Settled};
use crate::secret::{Seed, idempotency_key};
use crate::snapshot::{Enrolment, Holding, Offer, Snapshot};
use crate::views::Lens;
use crate::wallet::Wallet;
use crate::wish::Wish;

/// How often a refresh begins anew because another call changed the wallet in between.
const ATTEMPTS: u32 = 4;

/// What a refresh brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refreshed {
    /// The issuer's time: what is shown is known as of then.
    pub as_of: UnixTime,
    /// What others regenerated since the last refresh.
    pub news: Vec<News>,
    /// Regenerations that were in doubt and are not any more.
    pub resolved: Vec<Resolved>,
    /// People for whom a code should have been made ahead and could not be; the next refresh tries again.
    pub unclaimed: Vec<Slot>,
}

/// A refresh that came to its end and has not been told: [`Wallet::tell`] makes a [`Refreshed`] of it. Nothing is lost
/// where it is dropped instead: the next refresh tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "what was learned stays untold"]
pub struct UntoldRefresh {
    as_of: UnixTime,
    unclaimed: Vec<Slot>,
}

/// A wish about which the issuer says nothing any more.
pub(crate) struct Unanswerable {
    pub slot: Slot,
    pub wish: Wish,
    pub problem: ProblemId,
}

impl Wallet {
    /// Enrols this phone with an activation code; an earlier phone of the same user is ended by that. Then makes the
    /// user's first nucleic-acid code, if there is none and the network holds.
    ///
    /// May be called on an enrolled wallet: its codes are then replaced. If no answer comes, the same code can be entered
    /// again: it is sent with the same keys.
    pub async fn enrol(&self, activation_code: &str) -> Result<(), Error> {
        let enrolment = self.begin_enrolment(activation_code)?;
        self.sync()?;
        let key = enrolment.device_seed.key();
        let request = wire::EnrolRequest {
            activation_code: enrolment.code.clone(),
            device_key: WireKey::from(&key.public()),
            holding_key: WireKey::from(&enrolment.holding_seed.key().public()),
        };
        let signing = Signing {
            keyid: &keyid_before_enrolment(&key.public()),
            key: &key,
            idempotency_key: &enrolment.idempotency_key,
        };
        match self.ask(path::ENROL, &request, &signing).await {
            Ok(heard) => {
                let mut spread = [0; 4];
                self.random().fill(&mut spread)?;
                let spread = u32::from_be_bytes(spread);
                self.change("enrolled", |snapshot| {
                    *snapshot = snapshot.enrolled(&enrolment, &heard, self.roots(), spread)?;
                    Ok(())
                })?;
            }
            Err(failure) => {
                return Err(self.failed(
                    "enrolment.failed",
                    signing.keyid,
                    failure,
                    |snapshot, problem| {
                        let is_final = matches!(
                            problem,
                            ProblemId::ActivationRefused
                                | ProblemId::BadRequest
                                | ProblemId::IdempotencyKeyReused
                        );
                        if is_final && snapshot.enrolment.as_ref() == Some(&enrolment) {
                            snapshot.enrolment = None;
                        }
                    },
                ));
            }
        }
        self.claim_if_possible().await;
        Ok(())
    }

    fn begin_enrolment(&self, activation_code: &str) -> Result<Enrolment, Error> {
        let fresh = Enrolment {
            code: activation_code.to_owned(),
            device_seed: Seed::draw(self.random())?,
            holding_seed: Seed::draw(self.random())?,
            idempotency_key: idempotency_key(self.random())?,
        };
        self.change("enrolment", |snapshot| {
            let same = |begun: &Enrolment| {
                normal_activation_code(&begun.code) == normal_activation_code(activation_code)
            };
            let begun = snapshot.enrolment.take().filter(same);
            Ok(snapshot.enrolment.insert(begun.unwrap_or(fresh)).clone())
        })
    }

    /// Asks the issuer for what is new; settles regenerations that are in doubt before that, and makes nucleic-acid
    /// codes ahead after it. Tells what was learned since it was last told.
    pub async fn refresh(&self) -> Result<Refreshed, Error> {
        self.tell(self.refresh_untold().await?)
    }

    /// All of [`refresh`](Wallet::refresh) but the telling: for whoever runs this apart from the one who waits for it,
    /// and who may have stopped waiting.
    pub async fn refresh_untold(&self) -> Result<UntoldRefresh, Error> {
        let unanswerable = self.resend_wishes().await?;
        let as_of = self.fetch(&unanswerable).await?;
        let unclaimed = self.claim_due().await?;
        Ok(UntoldRefresh { as_of, unclaimed })
    }

    pub(crate) async fn fetch(&self, unanswerable: &[Unanswerable]) -> Result<UnixTime, Error> {
        for _ in 0..ATTEMPTS {
            let asked = self.snapshot()?;
            let device = asked.device()?;
            let documents = asked.documents.as_ref();
            let trust = documents.filter(|documents| documents.trust(self.roots()).is_some());
            let policy = documents.filter(|documents| documents.parsed_policy.is_some());
            let request = wire::RefreshRequest {
                trust_version: trust.map_or(0, |documents| documents.trust_version),
                policy_version: policy.map_or(0, |documents| documents.policy_version),
                state: asked.knowledge.state.clone().filter(|_| unanswerable.is_empty()),
            };
            let signing = Signing {
                keyid: &device.keyid,
                key: &device.seed.key(),
                idempotency_key: &idempotency_key(self.random())?,
            };
            let heard = match self.ask(path::REFRESH, &request, &signing).await {
                Ok(heard) => heard,
                Err(failure) => {
                    return Err(self.failed("refresh.failed", &device.keyid, failure, |_, _| ()));
                }
            };
            let taken = self.change("refresh", |snapshot| {
                let moved = snapshot.device != asked.device
                    || snapshot.knowledge.generation != asked.knowledge.generation;
                if !moved {
                    *snapshot =
                        snapshot.refreshed(&heard, request.state.is_none(), self.roots())?;
                    forget(snapshot, unanswerable);
                }
                Ok(!moved)
            })?;
            if taken {
                return Ok(heard.body.time);
            }
        }
        Err(Error::Busy)
    }

    /// Takes out everything that was noted since the last telling, in one transaction: to be said now.
    pub fn tell(&self, refresh: UntoldRefresh) -> Result<Refreshed, Error> {
        let notes = if self.snapshot()?.notes.is_empty() {
            Vec::new()
        } else {
            self.change("told", |snapshot| Ok(std::mem::take(&mut snapshot.notes)))?
        };
        let (mut news, mut resolved) = (Vec::new(), Vec::new());
        for note in notes {
            match note {
                Note::News(one) => news.push(one),
                Note::Resolved(one) => resolved.push(one),
            }
        }
        let UntoldRefresh { as_of, unclaimed } = refresh;
        Ok(Refreshed { as_of, news, resolved, unclaimed })
    }

    /// Holds a relative's code. To hold one that is held already changes nothing.
    pub async fn hold(&self, slot: Slot) -> Result<(), Error> {
        let fresh = Offer {
            seed: Seed::draw(self.random())?,
            idempotency_key: idempotency_key(self.random())?,
        };
        let begun = self.change("offer", |snapshot| {
            snapshot.person(slot)?;
            let person = snapshot.people.iter_mut().find(|person| person.slot == slot);
            let person = person.filter(|person| person.holding.is_none());
            let offer = person.map(|person| person.offer.get_or_insert(fresh).clone());
            Ok(offer.map(|offer| (offer, snapshot.device.clone())))
        })?;
        let Some((offer, Some(device))) = begun else {
            return Ok(());
        };
        self.sync()?;
        let request =
            wire::HoldRequest { slot, holding_key: WireKey::from(&offer.seed.key().public()) };
        let signing = Signing {
            keyid: &device.keyid,
            key: &device.seed.key(),
            idempotency_key: &offer.idempotency_key,
        };
        match self.ask(path::HOLD, &request, &signing).await {
            Ok(heard) => {
                let held = |snapshot: &mut Snapshot| {
                    if snapshot.device.as_ref() != Some(&device) {
                        return Err(Error::Busy);
                    }
                    *snapshot = snapshot.with_holding(slot, &heard, self.roots())?;
                    Ok(())
                };
                match self.change("held", held) {
                    // By a key that is newer than the trust bundle held here.
                    Err(Error::BadAnswer(BadAnswer::Signature(Reason::UnknownKey { .. }))) => {
                        self.fetch(&[]).await?;
                        self.change("held", held)?;
                    }
                    outcome => outcome?,
                }
            }
            Err(failure) => {
                return Err(self.failed(
                    "offer.failed",
                    &device.keyid,
                    failure,
                    |snapshot, problem| {
                        let is_final = matches!(
                            problem,
                            ProblemId::NotAllowed
                                | ProblemId::RelativesFull
                                | ProblemId::HoldersFull
                                | ProblemId::BadRequest
                                | ProblemId::IdempotencyKeyReused
                        );
                        let person = snapshot.people.iter_mut().find(|person| person.slot == slot);
                        if let Some(person) = person.filter(|_| is_final) {
                            person.offer.take_if(|kept| *kept == offer);
                        }
                    },
                ));
            }
        }
        self.claim_if_possible().await;
        Ok(())
    }

    /// Claims for whoever it is due; says for whom that did not work.
    async fn claim_due(&self) -> Result<Vec<Slot>, Error> {
        let snapshot = self.snapshot()?;
        let device = snapshot.device()?;
        let key = device.seed.key();
        let mut due = self.due(&snapshot)?.into_iter();
        let mut unclaimed = Vec::new();
        while let Some(slot) = due.next() {
            let signing = Signing {
                keyid: &device.keyid,
                key: &key,
                idempotency_key: &idempotency_key(self.random())?,
            };
            match self.ask(path::CLAIM, &wire::ClaimRequest { slot }, &signing).await {
                Ok(heard) => {
                    let taken = self.change("claim", |snapshot| {
                        if snapshot.device.as_ref() != Some(device) {
                            return Err(Error::Busy);
                        }
                        *snapshot = snapshot.with_codes(slot, &heard, self.roots())?;
                        Ok(())
                    });
                    match taken {
                        Ok(()) => {}
                        Err(
                            Error::BadAnswer(_) | Error::NotHeld { .. } | Error::NotListed { .. },
                        ) => {
                            unclaimed.push(slot);
                        }
                        Err(error) => return Err(error),
                    }
                }
                Err(failure) => {
                    match self.failed("claim.failed", &device.keyid, failure, |_, _| ()) {
                        Error::Problem(_) => unclaimed.push(slot),
                        Error::Offline { .. } | Error::NoAnswer { .. } => {
                            unclaimed.push(slot);
                            unclaimed.extend(due.by_ref());
                        }
                        error => return Err(error),
                    }
                }
            }
        }
        Ok(unclaimed)
    }

    /// For whom to claim now. Not while a regeneration is in doubt: a code made meanwhile would put it behind.
    fn due(&self, snapshot: &Snapshot) -> Result<Vec<Slot>, Error> {
        let time = self.time_by(snapshot);
        let lens = Lens { snapshot, roots: self.roots(), time };
        let ahead = lens.policy()?.limits.claim_ahead_days;
        let spread = snapshot.device()?.spread;
        let is_due = |(_, holding): &(Slot, &Holding)| {
            holding.wish.is_none() && claim::is_due(&holding.codes, ahead, spread, time.time)
        };
        let held = snapshot
            .people
            .iter()
            .filter_map(|person| Some((person.slot, person.holding.as_ref()?)));
        Ok(held.filter(is_due).map(|(slot, _)| slot).collect())
    }

    /// After something else succeeded: what cannot be claimed now is claimed by the next refresh.
    async fn claim_if_possible(&self) {
        let left = self.claim_due().await.map(|unclaimed| unclaimed.len());
        if !matches!(left, Ok(0)) {
            let detail = "left to the next refresh".to_owned();
            self.log().record(&Event { level: Level::Warn, name: "claim.failed", detail });
        }
    }

    /// Writes what a failure teaches, the time and the end of this phone, with what `work` makes of a refusal, in one
    /// transaction; and gives the error to return.
    pub(crate) fn failed(
        &self,
        name: &'static str,
        keyid: &str,
        failure: Failure,
        work: impl FnOnce(&mut Snapshot, ProblemId),
    ) -> Error {
        let heard = match failure {
            Failure::NotSent(error) | Failure::NoAnswer(error) => return error,
            Failure::Refused(heard) => heard,
        };
        let written = self.change(name, |snapshot| {
            learn(snapshot, keyid, &heard);
            work(snapshot, heard.body.id);
            Ok(snapshot.knowledge.ended)
        });
        match written {
            Ok(Some(at)) if heard.body.id == ProblemId::DeviceEnded => Error::DeviceEnded { at },
            Ok(_) => Error::Problem(Box::new(heard.body)),
            Err(error) => error,
        }
    }
}

/// What a refusal teaches whichever request it answers. Only the phone that asked is ended: it may have been
/// enrolled anew in the meantime.
fn learn(snapshot: &mut Snapshot, keyid: &str, heard: &Heard<Problem>) {
    let is_this = snapshot.device.as_ref().is_some_and(|device| device.keyid == keyid);
    if heard.body.id == ProblemId::DeviceEnded && is_this {
        *snapshot = snapshot.ended(heard.body.time);
    }
    snapshot.anchor = heard.anchor(heard.body.time).or(snapshot.anchor.take());
}

/// Removes wishes that the issuer will not answer, once everything was fetched anew.
fn forget(snapshot: &mut Snapshot, unanswerable: &[Unanswerable]) {
    for Unanswerable { slot, wish, problem } in unanswerable {
        if let Ok(holding) = snapshot.held_mut(*slot) {
            holding.wish.take_if(|kept| kept.is(wish));
        }
        snapshot.note_settled(*slot, wish.since, Settled::Unknown { problem: *problem });
    }
}
