//! Refreshing, and what every refusal teaches. Thin: what an answer means is decided in [`crate::answers`].

use suima_client::wire::{self, Problem, ProblemId, path};
use suima_code::{Slot, UnixTime};
use suima_device::{Event, Level};

use crate::answers::Heard;
use crate::challenge::ConfirmedView;
use crate::channel::{Failure, Signing};
use crate::error::Error;
use crate::news::{News, Note, Resolved, Settled, UnreadNews};
use crate::secret::idempotency_key;
use crate::snapshot::Snapshot;
use crate::wallet::Wallet;
use crate::wish::Wish;

/// How often a refresh begins anew because another call changed the wallet in between.
const ATTEMPTS: u32 = 4;

/// What a refresh brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refreshed {
    /// The issuer's time: what is shown is known as of then.
    pub as_of: UnixTime,
    /// What others did since the last refresh, and what has ended.
    pub news: Vec<News>,
    /// Regenerations that were in doubt and are not any more.
    pub resolved: Vec<Resolved>,
    /// What came of answers to portals and terminals that had got no answer themselves.
    pub confirmed: Vec<ConfirmedView>,
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
    /// Asks the issuer for what is new; settles regenerations that are in doubt before that, and makes nucleic-acid
    /// codes ahead after it. Tells what was learned since it was last told.
    pub async fn refresh(&self) -> Result<Refreshed, Error> {
        self.tell(self.refresh_untold().await?)
    }

    /// All of [`refresh`](Wallet::refresh) but the telling: for whoever runs this apart from the one who waits for it,
    /// and who may have stopped waiting.
    pub async fn refresh_untold(&self) -> Result<UntoldRefresh, Error> {
        self.remove_given_up();
        let unanswerable = self.resend_wishes().await?;
        self.resend_errands().await?;
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
                key: &device.key,
                idempotency_key: &idempotency_key(self.random())?,
            };
            let heard = match self.request(path::REFRESH, &request, &signing).await {
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
        let UntoldRefresh { as_of, unclaimed } = refresh;
        let nothing = Refreshed {
            as_of,
            news: Vec::new(),
            resolved: Vec::new(),
            confirmed: Vec::new(),
            unclaimed,
        };
        if self.snapshot()?.notes.is_empty() {
            return Ok(nothing);
        }
        self.change("told", |snapshot| {
            let mut told = nothing;
            for note in std::mem::take(&mut snapshot.notes) {
                match note {
                    Note::News(one) => told.news.push(one),
                    Note::Resolved(one) => told.resolved.push(one),
                    Note::Confirmed { challenge, outcome } => {
                        told.confirmed.push(ConfirmedView::new(challenge, outcome));
                    }
                }
            }
            snapshot.unread.tell(&told.news);
            Ok(told)
        })
    }

    /// The news that was told by [`refresh`](Wallet::refresh), by this app or before it was killed, and that nobody has read yet
    /// (R9). From the store, so offline too.
    pub fn unread_news(&self) -> Result<UnreadNews, Error> {
        Ok(self.snapshot()?.unread.into())
    }

    /// The user has read the news up to a [mark](UnreadNews::mark): it is not shown again.
    pub fn news_read(&self, mark: u64) -> Result<(), Error> {
        self.change("news.read", |snapshot| {
            snapshot.unread.read_up_to(mark);
            Ok(())
        })
    }

    /// Takes out what was noted and has just been told. Where that cannot be written, as in a paused wallet, the refresh
    /// says it once more.
    pub(crate) fn told(&self, is_it: impl Fn(&Note) -> bool) {
        let told = self.change("told", |snapshot| {
            snapshot.notes.retain(|note| !is_it(note));
            Ok(())
        });
        if let Err(error) = told {
            let detail = format!("to be told once more: {error}");
            self.log().record(&Event { level: Level::Warn, name: "told.failed", detail });
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
