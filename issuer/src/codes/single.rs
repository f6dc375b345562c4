//! The one row per kind and slot, as a pure state machine: at most one code counts at any time, and `iat` only rises.

use suima_code::{UnixTime, end_of_last_day};

/// A code as far as validity goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    pub iat: UnixTime,
    pub nbf: Option<UnixTime>,
    pub exp: UnixTime,
}

/// What there is of one kind for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Single {
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
pub(crate) struct Making {
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

    /// Later than every code before, and not before the line: a loss report may have drawn it ahead of the clock.
    fn next_iat(&self, now: UnixTime) -> UnixTime {
        now.max(self.last_iat.plus(1)).max(self.revoked_before.unwrap_or_default())
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
        // After a loss report the line stands already, and goes on saying that they were reported lost.
        let line_until =
            (self.longest_exp > now && !self.all_are_void()).then_some(self.longest_exp);
        Making {
            code: Code { iat, nbf: None, exp: end_of_last_day(iat, days) },
            voided: self.current.or(self.successor).is_some(),
            line_until,
        }
    }

    /// Whether the line lies past every code there ever was: as after a loss report, until another is made.
    pub fn all_are_void(&self) -> bool {
        self.revoked_before.is_some_and(|line| self.last_iat < line)
    }

    /// Voids the code that counts, and one made ahead, and makes none (R4). The line to draw; `None` where no code
    /// counts.
    pub fn lose(&mut self, now: UnixTime) -> Option<UnixTime> {
        self.current?;
        let line = self.next_iat(now);
        (self.current, self.successor) = (None, None);
        self.revoked_before = Some(line);
        Some(line)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    /// 2026-11-22 09:00 in Shanghai.
    const MORNING: UnixTime = UnixTime::new(1_795_309_200);

    #[derive(Clone, Debug)]
    enum Step {
        Pass(i64),
        Claim,
        Regenerate,
        /// The policy changes how many days a code counts.
        Days(u32),
        /// The key that signed the current code is recalled.
        Recall,
        /// The current code is reported lost.
        Lose,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            4 => (0_i64..3_000_000).prop_map(Step::Pass),
            2 => (0_i64..3).prop_map(Step::Pass),
            2 => (-200_000_i64..0).prop_map(Step::Pass),
            5 => Just(Step::Claim),
            5 => Just(Step::Regenerate),
            1 => (1_u32..60).prop_map(Step::Days),
            1 => Just(Step::Recall),
            2 => Just(Step::Lose),
        ];
        prop::collection::vec(step, 1..60)
    }

    /// What a verifier sees: every code ever issued, and the line.
    #[derive(Default)]
    struct World {
        issued: Vec<Code>,
        line: UnixTime,
        /// When everything before the line will have expired, as the list has it.
        line_until: UnixTime,
    }

    impl World {
        fn valid(&self, now: UnixTime) -> Vec<Code> {
            // A line that is not in the list any more voids nothing.
            let line = if now < self.line_until { self.line } else { UnixTime::new(0) };
            let counts = |code: &&Code| {
                code.iat >= line && code.nbf.is_none_or(|nbf| nbf <= now) && now < code.exp
            };
            self.issued.iter().filter(counts).copied().collect()
        }

        fn issue(&mut self, single: &mut Single, making: &Making) {
            let code = making.code;
            assert!(self.issued.iter().all(|earlier| earlier.iat < code.iat), "iat rises");
            if let Some(until) = making.line_until {
                (self.line, self.line_until) = (code.iat, self.line_until.max(until));
            }
            single.take(making);
            self.issued.push(code);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 2000,
            // The same histories in every run, and no file written beside the sources.
            rng_seed: RngSeed::Fixed(20_261_122),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn at_most_one_code_counts_at_any_time(steps in steps()) {
            let (mut single, mut world) = (Single::default(), World::default());
            let (mut now, mut latest, mut days) = (MORNING, MORNING, 30);
            for step in steps {
                match step {
                    Step::Pass(seconds) => now = now.plus(seconds),
                    Step::Days(new) => days = new,
                    Step::Recall => {
                        single.current = None;
                    }
                    Step::Lose => {
                        single.settle(now);
                        let until = single.longest_exp;
                        if let Some(line) = single.lose(now) {
                            (world.line, world.line_until) = (line, world.line_until.max(until));
                            prop_assert_eq!(world.valid(now.max(latest)), vec![], "all is void");
                        }
                        prop_assert_eq!(single.current, None);
                    }
                    Step::Claim => {
                        single.settle(now);
                        let before = world.valid(now);
                        if let Some(making) = single.claim(now, days, 7) {
                            let counted = single.current.is_some();
                            world.issue(&mut single, &making);
                            if counted {
                                prop_assert!(!making.voided);
                                prop_assert_eq!(world.valid(now), before, "a claim voids nothing");
                            }
                        }
                    }
                    Step::Regenerate => {
                        single.settle(now);
                        let making = single.regenerate(now, days);
                        world.issue(&mut single, &making);
                        prop_assert_eq!(single.current, Some(making.code));
                    }
                }
                latest = latest.max(now);
                // At every instant from now on: the edges of all codes are all that matters.
                let edges = world.issued.iter().flat_map(|code| [code.iat, code.exp]);
                for at in edges.chain([now, latest]).flat_map(|at| [at.plus(-1), at]) {
                    if at >= latest {
                        prop_assert!(world.valid(at).len() <= 1, "{:?} at {at}", world.valid(at));
                    }
                }
            }
        }

        #[test]
        fn whoever_claims_has_a_code_while_the_clock_runs_forward(
            gaps in prop::collection::vec(0_i64..4_000_000, 1..40),
        ) {
            let (mut single, mut world) = (Single::default(), World::default());
            let mut now = MORNING;
            for gap in gaps {
                now = now.plus(gap);
                single.settle(now);
                if let Some(making) = single.claim(now, 30, 7) {
                    world.issue(&mut single, &making);
                }
                // A wallet that claims every day for a while.
                single.settle(now);
                prop_assert_eq!(world.valid(now), single.current.into_iter().collect::<Vec<_>>());
                prop_assert!(single.current.is_some());
            }
        }
    }
}
