//! A gate: a machine at a door, that opens for a live code once, and for an ID card that the issuer knows.

use rusqlite::{OptionalExtension as _, Transaction, params};
use suima_code::{Genuine, IdNumber, Place, Presented, Proof, Reason, UnixTime};

use crate::door::Found;
use crate::lookup::asker;
use crate::state::State;
use crate::verdict::{DoorView, Finding};
use crate::{Error, Refusal, Station};

/// Seconds for which a proof is remembered at least, however short the policy's window is: a wider window may come with
/// the next policy, and a clock may be set back.
const REMEMBERED_SECONDS: i64 = 86_400;

impl Station {
    /// Decides about a code that is shown to a gate. A live proof opens it once: the same one again is
    /// [`Reason::ShownBefore`], also after a restart, until the phone draws the next.
    pub fn gate(&self, text: &str) -> Result<DoorView, Error> {
        let mut state = self.state()?;
        let found = self.at_a_door(&mut state, text, Place::Gate)?;
        let finding = match (&found.finding, &found.genuine) {
            (Finding::Accepted, Some(Genuine::Live(proof))) => {
                self.opens_once(&state, proof, found.at)?
            }
            (finding, _) => *finding,
        };
        Ok(Found { finding, ..found }.view(&state, Place::Gate))
    }

    /// Asks the issuer about an ID card that is shown to a gate, by its number as it was read, and admits by the policy's
    /// colours (R6). Without an answer nobody is admitted. The gate asks in its own name.
    pub async fn gate_id_card(&self, id_number: &str) -> Result<DoorView, Error> {
        let id_number = IdNumber::parse(id_number).map_err(Refusal::from)?;
        let name = asker(&self.state()?.device.as_ref().ok_or(Error::NotEnrolled)?.name);
        let finding = self.find_card(id_number, Place::Gate, name).await?;
        let state = self.state()?;
        Ok(Found::card(finding, self.now(&state).time).view(&state, Place::Gate))
    }

    /// Accepts a proof that was never accepted here before, and remembers it; on the disk when this returns.
    fn opens_once(&self, state: &State, proof: &Proof, now: UnixTime) -> Result<Finding, Error> {
        let window = i64::from(state.policy()?.limits.live_window_seconds);
        let oldest = now.plus(-REMEMBERED_SECONDS.max(2 * window));
        let before = self.store.write("station.proof", |transaction, _| {
            forget(transaction, oldest)?;
            remember(transaction, proof, now)
        })?;
        Ok(before.map_or(Finding::Accepted, |at| {
            let presented =
                if proof.credential.relative { Presented::Relative } else { Presented::Live };
            Finding::Refused { reason: Reason::ShownBefore { at }, presented: Some(presented) }
        }))
    }
}

/// Remembers a proof; answers when it was shown before, if it was.
fn remember(
    transaction: &Transaction<'_>,
    proof: &Proof,
    now: UnixTime,
) -> Result<Option<UnixTime>, Error> {
    let (signed_at, holding) = (proof.signed_at.get(), proof.credential.holding.0);
    let at: Option<u32> = transaction
        .prepare_cached("SELECT at FROM shown_proof WHERE signed_at = ?1 AND holding = ?2")?
        .query_row(params![signed_at, holding], |row| row.get(0))
        .optional()?;
    if at.is_none() {
        transaction
            .prepare_cached("INSERT INTO shown_proof (signed_at, holding, at) VALUES (?1, ?2, ?3)")?
            .execute(params![signed_at, holding, now.get()])?;
    }
    Ok(at.map(UnixTime::new))
}

/// Forgets the proofs that are too old to open anything.
fn forget(transaction: &Transaction<'_>, oldest: UnixTime) -> Result<(), Error> {
    transaction
        .prepare_cached("DELETE FROM shown_proof WHERE signed_at < ?1")?
        .execute([oldest.get()])?;
    Ok(())
}
