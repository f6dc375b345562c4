//! What an operator decides about a family: each with a reason, which is kept beside what it changed. The audit log
//! carries that it was decided, and about whom.

use suima_client::wire::Relation;
use suima_code::{Cause, Slot};

use crate::act::Act;
use crate::audit::{self, Note};
use crate::consent::{self, Source};
use crate::{Error, Issuer, devices, people, typed};

impl Issuer {
    /// The people whose ID card, travel permit or passport has this number: two only where two states gave two passports
    /// one number.
    pub fn with_document(&self, number: &str) -> Result<Vec<Slot>, Error> {
        self.0.look(|act| {
            let found = people::with_document(act, number)?;
            Ok(found.into_iter().map(|found| found.slot).collect())
        })
    }

    /// The children of this name and birth date (`2026-10-01`) that this parent or guardian has or had: what tells a child
    /// without any document.
    pub fn children_of(
        &self,
        guardian: Slot,
        name: &str,
        birth_date: &str,
    ) -> Result<Vec<Slot>, Error> {
        self.0.look(|act| people::children_of(act, guardian, name, birth_date))
    }

    /// Lets `asker` hold the codes of `relative`, an adult who agreed before an operator or cannot agree themselves.
    /// Refused for a minor, for oneself, and where the policy leaves no room for one more.
    pub fn record_consent(&self, asker: Slot, relative: Slot, reason: &str) -> Result<(), Error> {
        let reason = typed::reason(reason)?;
        self.0.act(|act| {
            people::named(act, asker)?;
            consent::record(act, asker, relative, Source::Operator { reason })?;
            decided(act, "consent", relative, true)
        })
    }

    /// Withdraws such a consent, however it was given, and ends what `asker` holds by it. Whether there was one.
    pub fn withdraw_consent(
        &self,
        asker: Slot,
        relative: Slot,
        reason: &str,
    ) -> Result<bool, Error> {
        let reason = typed::reason(reason)?;
        self.0.act(|act| {
            let withdrawn = consent::withdraw(act, asker, relative, Some(reason))?;
            decided(act, "withdraw", relative, withdrawn)?;
            Ok(withdrawn)
        })
    }

    /// Takes a parent or guardian of this child out of the register, and ends what they hold of it. Whether the register
    /// had them as one.
    pub fn end_kinship(&self, guardian: Slot, child: Slot, reason: &str) -> Result<bool, Error> {
        let reason = typed::reason(reason)?;
        self.0.act(|act| {
            let moved = act.db.execute(
                "INSERT INTO kinship_ended (guardian, child, relation, at, reason)
                 SELECT guardian, child, relation, ?, ? FROM kinship
                 WHERE guardian = ? AND child = ?",
                (act.now.get(), reason, guardian.0, child.0),
            )?;
            act.db.execute(
                "DELETE FROM kinship WHERE guardian = ? AND child = ?",
                (guardian.0, child.0),
            )?;
            if moved > 0 {
                people::end_held_by(act, guardian, child)?;
            }
            decided(act, "kinship-end", child, moved > 0)?;
            Ok(moved > 0)
        })
    }

    /// Takes back that a parent or guardian was taken out of the register. Whether one was.
    pub fn restore_kinship(
        &self,
        guardian: Slot,
        child: Slot,
        reason: &str,
    ) -> Result<bool, Error> {
        let reason = typed::reason(reason)?;
        self.0.act(|act| {
            let restored = act.db.execute(
                "INSERT OR IGNORE INTO kinship (guardian, child, relation)
                 SELECT guardian, child, relation FROM kinship_ended
                 WHERE guardian = ? AND child = ? AND restored IS NULL",
                (guardian.0, child.0),
            )?;
            act.db.execute(
                "UPDATE kinship_ended SET restored = ?, restore_reason = ?
                 WHERE guardian = ? AND child = ? AND restored IS NULL",
                (act.now.get(), reason, guardian.0, child.0),
            )?;
            decided(act, "kinship-restore", child, restored > 0)?;
            Ok(restored > 0)
        })
    }

    /// Ends the phone of this user, which was lost, with all that it holds; stations refuse it once they have synced.
    /// Whether there was a phone.
    pub fn end_device(&self, slot: Slot, reason: &str) -> Result<bool, Error> {
        let reason = typed::reason(reason)?;
        self.0.act(|act| {
            people::named(act, slot)?;
            let device = devices::in_use(act, slot)?;
            if let Some(device) = &device {
                // Their own code they will show on another phone; a relative shows their own.
                devices::end(act, device, Some(reason), |relation| match relation {
                    Relation::Oneself => Cause::DeviceReplaced,
                    Relation::Child | Relation::Ward | Relation::Relative => Cause::HoldingEnded,
                })?;
            }
            decided(act, "end-device", slot, device.is_some())?;
            Ok(device.is_some())
        })
    }
}

fn decided(act: &Act<'_>, what: &'static str, slot: Slot, changed: bool) -> Result<(), Error> {
    let note = Note {
        by: "operator",
        asker: "",
        place: "operator",
        staff: "",
        question: what,
        slot: Some(slot),
        outcome: if changed { "done" } else { "nothing-to-do" },
    };
    audit::note(act, &note)
}
