//! Checking a picture from the album, on the phone alone (R9).

use suima_code::{Genuine, Reason, Slot, StaticCode, StaticKind, UnixTime, read};

use crate::error::Error;
use crate::snapshot::{Codes, Snapshot};
use crate::views::{self, Doubt, Lens};

/// What a saved picture is, as far as this phone knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedCheck {
    /// The nucleic-acid code that counts now.
    Current {
        /// Whose.
        slot: Slot,
        /// Their full name.
        name: String,
        /// Its `exp`.
        until: UnixTime,
        /// Why it may not count.
        doubt: Option<Doubt>,
        /// The issuer's time at which this phone learned it.
        as_of: UnixTime,
        /// Whether that is so long ago that it has to be said (`knowledge_said_seconds` of the policy).
        old: bool,
    },
    /// The one that will count once the current one has ended.
    Successor {
        /// Whose.
        slot: Slot,
        /// Their full name.
        name: String,
        /// Its `nbf`.
        from: UnixTime,
        /// Its `exp`.
        until: UnixTime,
        /// Why it may not come to count: a regeneration voids it with the current one.
        doubt: Option<Doubt>,
        /// The issuer's time at which this phone learned it.
        as_of: UnixTime,
        /// Whether that is so long ago that it has to be said (`knowledge_said_seconds` of the policy).
        old: bool,
    },
    /// Voided by a newer one.
    Replaced {
        /// Whose.
        slot: Slot,
        /// When.
        at: UnixTime,
        /// The full name of the user who had the newer one made, where that is known.
        by: Option<String>,
    },
    /// It counts no more.
    Expired {
        /// Whose.
        slot: Slot,
        /// Its `exp`.
        at: UnixTime,
    },
    /// Genuine, and newer than what this phone knows: only a refresh can tell.
    NotKnown {
        /// Whose.
        slot: Slot,
    },
    /// A genuine nucleic-acid code of somebody whose codes are not held here.
    NotYours,
    /// A genuine code of another kind, as of a live code: saved pictures are for nucleic-acid codes.
    NotSaved,
    /// Not a code that this phone takes.
    Refused {
        /// Why.
        reason: Reason,
    },
}

impl Lens<'_> {
    pub fn check_saved(&self, text: &str) -> Result<SavedCheck, Error> {
        let trust = self.snapshot.documents()?.trust(self.roots);
        let trust = trust.ok_or(Error::NotEnrolled)?;
        let code = match read(text, &trust, self.time.time) {
            Err(reason) => return Ok(SavedCheck::Refused { reason }),
            Ok(Genuine::Static(code)) if code.kind == StaticKind::NucleicAcid => code,
            Ok(_) => return Ok(SavedCheck::NotSaved),
        };
        let said_from_seconds = self.policy()?.limits.knowledge_said_seconds;
        Ok(compare(&code, self.snapshot, self.time.time, said_from_seconds))
    }
}

/// In the order of `docs/format.md`: time first, then whether it was voided.
fn compare(
    code: &StaticCode,
    snapshot: &Snapshot,
    now: UnixTime,
    said_from_seconds: u32,
) -> SavedCheck {
    let StaticCode { slot, iat, exp, .. } = *code;
    let Ok((person, holding)) = snapshot.held(slot) else {
        return SavedCheck::NotYours;
    };
    let codes = &holding.codes;
    let name = person.name.clone();
    let as_of = snapshot.codes_as_of(holding);
    let old = now.since(as_of) > i64::from(said_from_seconds);
    let is = |other: Option<UnixTime>| other == Some(iat);
    if now >= exp {
        SavedCheck::Expired { slot, at: exp }
    } else if let Some(at) = codes.revoked_before.filter(|&line| iat < line) {
        let (at, by) = voided_by(codes, iat, at);
        SavedCheck::Replaced { slot, at, by }
    } else if is(codes.shown(now).map(|shown| shown.made.iat)) {
        SavedCheck::Current { slot, name, until: exp, doubt: views::doubt(holding), as_of, old }
    } else if is(codes.successor.as_ref().map(|successor| successor.made.iat)) {
        let (from, doubt) = (code.valid_from(), views::doubt(holding));
        SavedCheck::Successor { slot, name, from, until: exp, doubt, as_of, old }
    } else {
        SavedCheck::NotKnown { slot }
    }
}

/// When a code of `iat` was voided, and by whom: by the first one after it that voided others. The line is drawn at the `iat` of
/// the last one that did, which is all that is known where the history does not reach back so far.
fn voided_by(codes: &Codes, iat: UnixTime, line: UnixTime) -> (UnixTime, Option<String>) {
    let reaches = codes.history.iter().any(|made| made.iat <= iat);
    let later = codes.history.iter().filter(|made| made.voided && made.iat > iat);
    let first = later.min_by_key(|made| made.iat).filter(|_| reaches);
    let last = || codes.history.iter().find(|made| made.iat == line);
    match first.or_else(last) {
        Some(made) => (made.iat, Some(made.by.clone())),
        None => (line, None),
    }
}
