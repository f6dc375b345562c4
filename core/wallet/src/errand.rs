//! Requests that must be made once: written down before they are sent, and kept until the issuer has said what came of
//! them. Whoever asks for the same again, and the next refresh, sends the same one again under the same key.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use suima_client::wire::{Ask, Challenge};
use suima_code::{HoldingNumber, Reason, Slot, UnixTime};
use suima_device::{Event, Level};

use crate::answers::Heard;
use crate::channel::{Failure, Signing};
use crate::error::{BadAnswer, Error};
use crate::keys::Key;
use crate::secret::{SecretText, idempotency_key};
use crate::snapshot::{Device, Snapshot};
use crate::wallet::Wallet;
use crate::wish::{Echo, Fate, Sending, fate};

const DAY: i64 = 86_400;

/// A request whose outcome is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Errand {
    pub task: Task,
    /// Names it in every sending, so that it is executed once at most.
    pub idempotency_key: String,
    pub since: UnixTime,
    /// How often it was taken up to be sent, counted before each sending.
    pub sendings: u32,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Asks an adult for consent.
    Ask { document: SecretText, name: String },
    /// Answers somebody who asks.
    Answer { ask: Ask, agree: bool },
    /// Holds the codes of an adult who consented. The key is that of the new holding.
    Redeem {
        code: SecretText,
        #[serde(rename = "seed")]
        key: Key,
    },
    /// Ends a holding.
    End { slot: Slot, holding: HoldingNumber },
    /// Answers a portal or a terminal.
    Confirm { challenge: Challenge, agree: bool },
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ask { .. } => "Ask",
            Self::Answer { .. } => "Answer",
            Self::Redeem { .. } => "Redeem",
            Self::End { .. } => "End",
            Self::Confirm { .. } => "Confirm",
        })
    }
}

impl Task {
    /// The key of the holding that is asked for.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Self::Redeem { key, .. } => Some(key),
            Self::Ask { .. } | Self::Answer { .. } | Self::End { .. } | Self::Confirm { .. } => {
                None
            }
        }
    }

    /// Whether asking for `other` is asking for this again. A key made anew makes no other errand of it.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Redeem { code: one, .. }, Self::Redeem { code: two, .. }) => one == two,
            _ => self == other,
        }
    }

    /// Seconds after which nothing can come of it any more, so that it need not be remembered.
    fn lasts(&self) -> i64 {
        match self {
            Self::Ask { .. } | Self::Answer { .. } | Self::End { .. } => DAY,
            Self::Redeem { .. } | Self::Confirm { .. } => 3600,
        }
    }
}

impl Errand {
    fn is(&self, other: &Self) -> bool {
        self.idempotency_key == other.idempotency_key
    }

    pub fn is_over(&self, now: UnixTime) -> bool {
        now.since(self.since) > self.task.lasts()
    }
}

impl Snapshot {
    /// It is known what came of it.
    pub fn drop_errand(&mut self, errand: &Errand) {
        self.errands.retain(|kept| !kept.is(errand));
    }
}

impl Wallet {
    /// Writes an errand down, on the disk, before it is sent; or takes up the same one that was begun before.
    pub(crate) fn begin(&self, task: &Task) -> Result<(Errand, Sending), Error> {
        self.begin_or_go_on(task, false)
    }

    /// The same, where the task may be that of an errand which was there a moment ago: if another call ended it since, its
    /// key may not exist any more.
    pub(crate) fn begin_or_go_on(
        &self,
        task: &Task,
        was_there: bool,
    ) -> Result<(Errand, Sending), Error> {
        let fresh: Vec<&Key> = task.key().into_iter().collect();
        let key = idempotency_key(self.random()).inspect_err(|_| self.remove_unused(&fresh))?;
        let begun = self.change_with(&fresh, "errand", |snapshot| {
            snapshot.device()?;
            let since = self.time_by(snapshot).time;
            if !snapshot.errands.iter().any(|kept| kept.task.is(task)) {
                if was_there {
                    return Err(Error::Busy);
                }
                let fresh = Errand { task: task.clone(), idempotency_key: key, since, sendings: 0 };
                snapshot.errands.push(fresh);
            }
            let kept = snapshot.errands.iter_mut().find(|kept| kept.task.is(task));
            let kept = kept.expect("it was put there if it was not there");
            kept.sendings = kept.sendings.saturating_add(1);
            let sending = if kept.sendings == 1 { Sending::First } else { Sending::Again };
            Ok((kept.clone(), sending))
        })?;
        if let Err(error) = self.sync() {
            self.give_up(&begun.0)?;
            return Err(error);
        }
        Ok(begun)
    }

    /// Sends an errand. Where nothing came of it, or nobody will ever say what did, it is dropped.
    pub(crate) async fn send_errand<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        request: &Q,
        errand: &Errand,
        sending: Sending,
    ) -> Result<(Heard<A>, Device), Error> {
        let device = self.snapshot()?.device()?.clone();
        let signing = Signing {
            keyid: &device.keyid,
            key: &device.key,
            idempotency_key: &errand.idempotency_key,
        };
        let failure = match self.request(path, request, &signing).await {
            Ok(heard) => return Ok((heard, device)),
            Err(failure) => failure,
        };
        let echo = Echo::from(&failure);
        // A code that was redeemed is refused once its time is over; then only a refresh can tell that it was.
        let redeemed_before =
            sending == Sending::Again && matches!(errand.task, Task::Redeem { .. });
        let pending = redeemed_before || fate(sending, echo) == Fate::Pending;
        if !pending && !matches!(failure, Failure::Refused(_)) {
            self.give_up(errand)?;
        }
        Err(self.failed("errand.refused", &device.keyid, failure, |snapshot, _| {
            if !pending {
                snapshot.errands.retain(|kept| kept != errand);
            }
        }))
    }

    /// Drops an errand that was surely not executed, unless another call has taken it up since.
    fn give_up(&self, errand: &Errand) -> Result<(), Error> {
        self.change("errand.dropped", |snapshot| {
            snapshot.errands.retain(|kept| kept != errand);
            Ok(())
        })
    }

    /// Puts an answer on top of the snapshot, in one transaction, if this is still the phone that asked. Where a key signed
    /// it that is newer than the trust bundle held here, the bundle is fetched first.
    pub(crate) async fn take<T>(
        &self,
        name: &'static str,
        device: &Device,
        work: impl Fn(&Snapshot) -> Result<(Snapshot, T), Error>,
    ) -> Result<T, Error> {
        let put = |snapshot: &mut Snapshot| {
            if snapshot.device.as_ref() != Some(device) {
                return Err(Error::Busy);
            }
            let (next, value) = work(snapshot)?;
            *snapshot = next;
            Ok(value)
        };
        match self.change(name, put) {
            Err(Error::BadAnswer(BadAnswer::Signature(Reason::UnknownKey { .. }))) => {
                self.fetch(&[]).await?;
                self.change(name, put)
            }
            outcome => outcome,
        }
    }

    /// Sends again what got no answer, the newest first: whoever agreed and then declined has declined.
    pub(crate) async fn resend_errands(&self) -> Result<(), Error> {
        let errands = self.snapshot()?.errands;
        for errand in errands.iter().rev() {
            if !self.snapshot()?.errands.iter().any(|kept| kept.is(errand)) {
                continue;
            }
            let sent = match &errand.task {
                // A refresh brings the holding; and who asks for consent asks again themselves.
                Task::Ask { .. } | Task::Redeem { .. } => continue,
                Task::Answer { ask, agree } => self.answer(&ask.id, *agree).await.map(drop),
                Task::End { slot, holding } => self.end(*slot, *holding).await,
                Task::Confirm { challenge, agree } => {
                    self.decide(challenge, *agree).await.map(drop)
                }
            };
            match sent {
                Ok(()) => {}
                Err(
                    Error::Offline { .. }
                    | Error::NoAnswer { .. }
                    | Error::SignerUnavailable { .. },
                ) => break,
                Err(
                    error @ (Error::DeviceEnded { .. }
                    | Error::NotEnrolled
                    | Error::KeysGone
                    | Error::Paused
                    | Error::Closed),
                ) => return Err(error),
                Err(error) => {
                    let detail = format!("{:?}: {error}", errand.task);
                    self.log().record(&Event { level: Level::Warn, name: "errand.failed", detail });
                }
            }
        }
        Ok(())
    }
}
