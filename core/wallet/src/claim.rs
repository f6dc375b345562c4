//! Claim-ahead: having a nucleic-acid code before anyone needs it (design, section 4).

use suima_client::wire::{self, path};
use suima_code::{Slot, UnixTime};
use suima_device::{Event, Level};

use crate::channel::Signing;
use crate::error::Error;
use crate::secret::idempotency_key;
use crate::snapshot::{Codes, Holding, Snapshot};
use crate::views::Lens;
use crate::wallet::Wallet;

const DAY: i64 = 86_400;

/// Whether a phone claims now.
///
/// Whoever has no code, nor one to come, claims at once. A successor may be made in the last `ahead_days` of the current
/// code; each phone has its own moment in the first half of that time, by its `spread`, so that codes which were
/// made on one morning are not all renewed on another. The second half is left for phones that were offline.
pub(crate) fn is_due(codes: &Codes, ahead_days: u32, spread: u32, now: UnixTime) -> bool {
    let Some(end) = codes.end().filter(|&end| now < end) else {
        return true;
    };
    if codes.shown(now).is_none() {
        return true;
    }
    // No time is further from another than this, and the product below stays within 63 bits.
    let window = (i64::from(ahead_days) * DAY).min(i64::from(u32::MAX));
    let offset = window / 2 * i64::from(spread) / i64::from(u32::MAX);
    now >= end.plus(offset - window)
}

impl Wallet {
    /// Claims for whoever it is due; says for whom that did not work.
    pub(crate) async fn claim_due(&self) -> Result<Vec<Slot>, Error> {
        let snapshot = self.snapshot()?;
        let device = snapshot.device()?;
        let mut due = self.due(&snapshot)?.into_iter();
        let mut unclaimed = Vec::new();
        while let Some(slot) = due.next() {
            let signing = Signing {
                keyid: &device.keyid,
                key: &device.key,
                idempotency_key: &idempotency_key(self.random())?,
            };
            match self.request(path::CLAIM, &wire::ClaimRequest { slot }, &signing).await {
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
        let due = |(_, holding): &(Slot, &Holding)| {
            holding.wish.is_none() && is_due(&holding.codes, ahead, spread, time.time)
        };
        let held = snapshot
            .people
            .iter()
            .filter_map(|person| Some((person.slot, person.holding.as_ref()?)));
        Ok(held.filter(due).map(|(slot, _)| slot).collect())
    }

    /// After something else succeeded: what cannot be claimed now is claimed by the next refresh.
    pub(crate) async fn claim_if_possible(&self) {
        let left = self.claim_due().await.map(|unclaimed| unclaimed.len());
        if !matches!(left, Ok(0)) {
            let detail = "left to the next refresh".to_owned();
            self.log().record(&Event { level: Level::Warn, name: "claim.failed", detail });
        }
    }
}

#[cfg(test)]
mod tests {
    use suima_client::wire::Made;

    use super::*;
    use crate::snapshot::Code;

    const START: UnixTime = UnixTime::new(1_795_309_200);

    fn code(nbf: Option<UnixTime>, exp: UnixTime) -> Code {
        let made = Made { iat: START, by: String::new(), by_this_device: true, voided: false };
        Code { text: String::new(), nbf, exp, made }
    }

    fn codes(current: Option<Code>, successor: Option<Code>) -> Codes {
        Codes { current, successor, revoked_before: None, history: Vec::new(), as_of: START }
    }

    fn days(days: i64) -> UnixTime {
        START.plus(days * DAY)
    }

    #[test]
    fn nobody_without_a_code_waits() {
        for spread in [0, u32::MAX] {
            assert!(is_due(&codes(None, None), 7, spread, START));
            let expired = codes(Some(code(None, days(30))), None);
            assert!(is_due(&expired, 7, spread, days(30)));
            assert!(!is_due(&expired, 7, spread, days(1)));
        }
    }

    #[test]
    fn the_moment_lies_in_the_first_half_of_the_window() {
        let one = codes(Some(code(None, days(30))), None);
        assert!(!is_due(&one, 7, 0, days(23).plus(-1)));
        assert!(is_due(&one, 7, 0, days(23)));
        assert!(!is_due(&one, 7, u32::MAX, days(26)));
        assert!(is_due(&one, 7, u32::MAX, days(26).plus(DAY / 2)));
        let middle = days(23).plus(7 * DAY / 4);
        assert!(!is_due(&one, 7, u32::MAX / 2, middle.plus(-2)));
        assert!(is_due(&one, 7, u32::MAX / 2, middle.plus(2)));
    }

    #[test]
    fn a_window_longer_than_all_time_is_open() {
        let one = codes(Some(code(None, days(30))), None);
        for spread in [0, 1, u32::MAX] {
            assert!(is_due(&one, u32::MAX, spread, START));
        }
    }

    #[test]
    fn with_a_successor_nothing_is_due_before_its_own_end_nears() {
        let both = codes(Some(code(None, days(30))), Some(code(Some(days(30)), days(60))));
        for now in [days(24), days(29), days(30), days(52)] {
            assert!(!is_due(&both, 7, 0, now));
        }
        assert!(is_due(&both, 7, 0, days(53)));
    }
}
