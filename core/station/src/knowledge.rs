//! What the station knows of keys, policy, revocations and time. It never falls and never mixes.
//!
//! Each change is made of three steps: it is examined (pure), written (in one transaction), and only then adopted
//! in memory. So a process that dies anywhere has, when it starts again, all of a change or none of it.

use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use suima_client::wire::{Bytes, DocumentsResponse};
use suima_code::{
    Applied, Cause, Genuine, Head, Line, LineKind, LineNumber, Policy, RevocationList, Revocations,
    Roots, Sequences, Trust, UnixTime,
};
use suima_device::{Sealer, StoreError, TimeAnchor, records};

use crate::Error;

const TRUST: &str = "knowledge/trust";
const POLICY: &str = "knowledge/policy";
const SEQUENCES: &str = "knowledge/sequences";
const AS_OF: &str = "knowledge/as-of";
const ANCHOR: &str = "knowledge/time";

/// A line to be drawn.
pub(crate) type Lesson = (LineKind, LineNumber, Line);

/// All that a decision needs, but the time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Knowledge {
    /// The trust bundle, where one is held that the pinned roots signed.
    pub trust: Option<Trust>,
    /// The highest version of a trust bundle that was ever held: also where the roots have changed since.
    pub trust_version: u32,
    pub policy: Option<Policy>,
    pub revocations: Revocations,
    /// The issuer's time as of the last head.
    pub anchor: Option<TimeAnchor>,
}

/// A trust bundle as the issuer signed it: its own signature is checked again whenever it is read.
#[derive(Serialize, Deserialize)]
struct KeptTrust {
    version: u32,
    signed: Bytes,
}

/// Documents that are newer than those held.
#[derive(Default)]
pub(crate) struct NewDocuments {
    trust: Option<(Bytes, Trust)>,
    policy: Option<Policy>,
}

impl NewDocuments {
    pub fn is_empty(&self) -> bool {
        self.trust.is_none() && self.policy.is_none()
    }

    pub fn write(&self, transaction: &Transaction<'_>, sealer: &Sealer) -> Result<(), Error> {
        if let Some((signed, trust)) = &self.trust {
            let kept = KeptTrust { version: trust.version, signed: signed.clone() };
            records::put(transaction, sealer, TRUST, &kept)?;
        }
        if let Some(policy) = &self.policy {
            records::put(transaction, sealer, POLICY, policy)?;
        }
        Ok(())
    }
}

/// What a head changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmation {
    /// The time; but it is older than what is known, so what is known is as of the newer head.
    Older,
    /// The time; but the station does not know all that the head names.
    Behind,
    /// The time, and knowledge is as of the head.
    Current,
}

impl Knowledge {
    pub fn load(connection: &Connection, sealer: &Sealer, roots: &Roots) -> Result<Self, Error> {
        let trust: Option<KeptTrust> = records::get(connection, sealer, TRUST)?;
        let sequences: Option<Sequences> = records::get(connection, sealer, SEQUENCES)?;
        let as_of: Option<UnixTime> = records::get(connection, sealer, AS_OF)?;
        Ok(Self {
            trust_version: trust.as_ref().map_or(0, |kept| kept.version),
            trust: trust.and_then(|kept| Trust::parse(&kept.signed.0, roots).ok()),
            // The policy was judged when it came; the key that signed it may be out of time today.
            policy: records::get(connection, sealer, POLICY)?,
            revocations: Revocations::restore(
                lines(connection)?,
                sequences.unwrap_or_default(),
                as_of,
            ),
            anchor: records::get(connection, sealer, ANCHOR)?,
        })
    }

    /// The documents of `answer` that are newer than those held. One that is refused spoils them all.
    pub fn examine_documents(
        &self,
        answer: &DocumentsResponse,
        roots: &Roots,
        now: UnixTime,
    ) -> Result<NewDocuments, Error> {
        let untrusted = |what| move |reason| Error::Untrusted { what, reason };
        let mut new = NewDocuments::default();
        if let Some(signed) = &answer.trust {
            let trust = Trust::parse(&signed.0, roots).map_err(untrusted("trust bundle"))?;
            let regained = self.trust.is_none() && trust.version == self.trust_version;
            if trust.version > self.trust_version || regained {
                new.trust = Some((signed.clone(), trust));
            }
        }
        if let Some(signed) = &answer.policy {
            let trust = new.trust.as_ref().map(|(_, trust)| trust).or(self.trust.as_ref());
            let trust = trust.ok_or(Error::NoDocuments)?;
            let policy = Policy::parse(&signed.0, trust, now).map_err(untrusted("policy"))?;
            if self.policy.is_none_or(|held| policy.version > held.version) {
                new.policy = Some(policy);
            }
        }
        Ok(new)
    }

    pub fn adopt_documents(&mut self, new: &NewDocuments) {
        if let Some((_, trust)) = &new.trust {
            self.trust_version = trust.version;
            self.trust = Some(trust.clone());
        }
        self.policy = new.policy.or(self.policy);
    }

    /// What applying `list` would do, and the sequences after it.
    pub fn examine_list(&self, list: &RevocationList) -> (Applied, Sequences) {
        // The rule of sequences is that of `Revocations`; the lines do not matter to it.
        let mut after = Revocations::restore([], self.revocations.sequences(), None);
        let applied = after.apply(&RevocationList { lines: Vec::new(), ..*list });
        (applied, after.sequences())
    }

    /// What `head` would change.
    pub fn examine_head(&self, head: &Head) -> Confirmation {
        let documents_reach = self.trust.is_some()
            && self.trust_version >= head.trust_version
            && self.policy.is_some_and(|policy| policy.version >= head.policy_version);
        if self.revocations.as_of().is_some_and(|as_of| head.iat < as_of) {
            Confirmation::Older
        } else if documents_reach && self.revocations.sequences().reach(head.sequences) {
            Confirmation::Current
        } else {
            Confirmation::Behind
        }
    }

    /// A head is signed over a nonce of this moment, so its time is the issuer's own even where it is older: an issuer
    /// whose clock was once ahead must be able to set its stations right.
    pub fn adopt_head(&mut self, head: &Head, anchor: Option<&TimeAnchor>, examined: Confirmation) {
        self.anchor = anchor.cloned().or(self.anchor.take());
        if examined == Confirmation::Current {
            self.revocations.confirm(head);
        }
    }

    /// What a genuine code teaches whoever sees it.
    pub fn lesson(&self, genuine: Option<&Genuine>, now: UnixTime) -> Option<Lesson> {
        match genuine? {
            Genuine::Static(code) => {
                let window = self.policy.map_or(0, |policy| policy.limits.live_window_seconds);
                self.revocations.lesson(code, window, now)
            }
            Genuine::Live(_) => None,
        }
    }

    pub fn adopt_lesson(&mut self, lesson: Option<Lesson>) {
        if let Some((kind, number, line)) = lesson {
            self.revocations.raise(kind, number, line);
        }
    }
}

/// Writes a list's lines and the sequences after it.
pub(crate) fn write_list(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    list: &RevocationList,
    sequences: Sequences,
) -> Result<(), Error> {
    for &(number, line) in &list.lines {
        raise(transaction, (list.kind, number, line))?;
    }
    Ok(records::put(transaction, sealer, SEQUENCES, &sequences)?)
}

/// Writes a line, if it is higher than the one that is there.
pub(crate) fn raise(
    transaction: &Transaction<'_>,
    (kind, number, line): Lesson,
) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "INSERT INTO line (kind, number, before, cause) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (kind, number) DO UPDATE SET before = excluded.before, cause = excluded.cause \
             WHERE (excluded.before, excluded.cause) > (before, cause)",
        )?
        .execute(params![kind.number(), number.0, line.before.get(), line.cause.number()])?;
    Ok(())
}

/// Writes what a head changes.
pub(crate) fn write_head(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    head: &Head,
    anchor: Option<&TimeAnchor>,
    examined: Confirmation,
) -> Result<(), Error> {
    if let Some(anchor) = anchor {
        write_anchor(transaction, sealer, anchor)?;
    }
    if examined == Confirmation::Current {
        records::put(transaction, sealer, AS_OF, &head.iat)?;
    }
    Ok(())
}

pub(crate) fn write_anchor(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    anchor: &TimeAnchor,
) -> Result<(), Error> {
    Ok(records::put(transaction, sealer, ANCHOR, anchor)?)
}

fn lines(connection: &Connection) -> Result<Vec<Lesson>, Error> {
    let mut statement = connection.prepare("SELECT kind, number, before, cause FROM line")?;
    let mut rows = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let unknown = || StoreError::Corrupt { reason: "a line of an unknown kind".to_owned() };
        let kind = LineKind::from_number(row.get(0)?).ok_or_else(unknown)?;
        let cause = Cause::from_number(row.get(3)?).ok_or_else(unknown)?;
        let line = Line { before: UnixTime::new(row.get(2)?), cause };
        lines.push((kind, LineNumber(row.get(1)?), line));
    }
    Ok(lines)
}
