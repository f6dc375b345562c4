//! The one row per kind and slot, as a pure state machine: at most one code counts at any time, and `iat` only rises.

use suima_code::{UnixTime, end_of_last_day};

/// A code as far as validity goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub iat: UnixTime,
    pub nbf: Option<UnixTime>,
    pub exp: UnixTime,
}

/// What there is of one kind for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Single {
    /// The one that counts, once [`Single::settle`]d.
    pub current: Option<Code>,
    /// One whose `nbf` is the current one's `exp`.
    pub successor: Option<Code>,
    /// The `iat` of the code issued last.
    pub last_iat: UnixTime,
    /// The latest `exp` of any code ever issued: the days that a code counts may have been more once.
    pub longest_exp: UnixTime,
    /// Everything with an earlier `iat` is void.
    pub revoked_before: Option<UnixTime>,
}

/// A code that is to be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Making {
    pub code: Code,
    /// Whether it voids a code that counts, or was to count.
    pub voided: bool,
    /// If a line is to be drawn at its `iat`: when everything before the line will have expired.
    pub line_until: Option<UnixTime>,
}

impl Single {
    /// Lets go of what has expired; the successor takes over.
    pub fn settle(&mut self, now: UnixTime) {
        self.current = self.current.filter(|current| now < current.exp);
        let come = self.successor.is_some_and(|next| next.nbf.is_none_or(|nbf| nbf <= now));
        if self.current.is_none() && come {
            self.current = self.successor.take().filter(|current| now < current.exp);
        }
    }

    /// The code that counts.
    pub fn current(&self) -> Option<Code> {
        self.current
    }

    fn next_iat(&self, now: UnixTime) -> UnixTime {
        now.max(self.last_iat.plus(1))
    }

    /// The code to issue, if any, so that there is one that counts, for `days` days, and one ahead when the end is within
    /// `ahead` days.
    pub fn claim(&self, now: UnixTime, days: u32, ahead: u32) -> Option<Making> {
        let Some(current) = self.current else { return Some(self.regenerate(now, days)) };
        let iat = self.next_iat(now);
        let nbf = current.exp;
        let near = nbf.since(now) <= i64::from(ahead) * 86_400;
        let wanted = self.successor.is_none() && near && iat < nbf;
        wanted.then(|| Making {
            code: Code { iat, nbf: Some(nbf), exp: end_of_last_day(nbf, days) },
            voided: false,
            line_until: None,
        })
    }

    /// The code to issue in place of whatever counts.
    pub fn regenerate(&self, now: UnixTime, days: u32) -> Making {
        let iat = self.next_iat(now);
        // Also where nothing is known to count: a code whose key was recalled still passes at a station that has not
        // heard of it, and one that had expired comes back when the clock goes back.
        let line_until = (self.longest_exp > now).then_some(self.longest_exp);
        Making {
            code: Code { iat, nbf: None, exp: end_of_last_day(iat, days) },
            voided: self.current.or(self.successor).is_some(),
            line_until,
        }
    }

    /// What is, once `making` has been issued.
    pub fn take(&mut self, making: &Making) {
        let code = making.code;
        if code.nbf.is_some() {
            self.successor = Some(code);
        } else {
            self.current = Some(code);
            self.successor = None;
        }
        if making.line_until.is_some() {
            self.revoked_before = Some(code.iat);
        }
        self.last_iat = code.iat;
        self.longest_exp = self.longest_exp.max(code.exp);
    }
}
