//! Whatever the network does and wherever the phone dies: a code that this phone had made is known to it, or in doubt.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use suima_client::wire::ProblemId;
use suima_code::UnixTime;

use super::*;

const START: UnixTime = UnixTime::new(1_795_309_200);

/// What the network does with one sending.
#[derive(Clone, Copy, Debug)]
enum Network {
    NoConnection,
    RequestLost,
    /// Late enough to come after later sendings.
    RequestDelayed,
    AnswerLost,
    Delivered,
    /// The phone dies in the middle, the request having arrived or not.
    PhoneDies {
        arrived: bool,
    },
    /// The issuer fails after the deed, or before it.
    IssuerFails {
        done: bool,
    },
    Stale,
    /// The signature was seen before, in a copy that the network made and delivered first.
    Doubled,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The person presses the button, and what was made is sent.
    Regenerate(Network),
    /// A refresh: what is in doubt is sent again.
    Refresh(Network),
    OtherPhoneRegenerates,
    Pass {
        seconds: i64,
    },
    DelayedArrives,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Made(u32),
    Behind,
    TooLate,
}

/// The issuer, as far as design section 4 goes.
struct Issuer {
    current: u32,
    /// By the name of the wish.
    recorded: BTreeMap<String, Outcome>,
    made_for_this_phone: Vec<(u32, String)>,
}

impl Issuer {
    fn receive(&mut self, wish: &Wish, now: UnixTime) -> Outcome {
        if let Some(outcome) = self.recorded.get(&wish.idempotency_key) {
            return *outcome;
        }
        let outcome = if now > wish.not_after {
            Outcome::TooLate
        } else if wish.void.map(UnixTime::get) != Some(self.current) {
            Outcome::Behind
        } else {
            self.current += 1;
            self.made_for_this_phone.push((self.current, wish.idempotency_key.clone()));
            Outcome::Made(self.current)
        };
        self.recorded.insert(wish.idempotency_key.clone(), outcome);
        outcome
    }
}

struct World {
    issuer: Issuer,
    now: UnixTime,
    delayed: Vec<Wish>,
    /// What the phone has on its disk: the newest code it heard of, and the wish.
    known: u32,
    wish: Option<Wish>,
    wishes_made: u32,
}

impl World {
    fn new() -> Self {
        let issuer =
            Issuer { current: 1, recorded: BTreeMap::new(), made_for_this_phone: Vec::new() };
        Self { issuer, now: START, delayed: Vec::new(), known: 1, wish: None, wishes_made: 0 }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Regenerate(network) => {
                if self.wish.is_none() {
                    self.wishes_made += 1;
                    let key = format!("{:032x}", self.wishes_made);
                    let void = Some(UnixTime::new(self.known));
                    self.wish = Some(Wish::new(key, void, self.now));
                }
                self.send(network);
            }
            Step::Refresh(network) => {
                if self.wish.is_some() {
                    self.send(network);
                }
            }
            Step::OtherPhoneRegenerates => self.issuer.current += 1,
            Step::Pass { seconds } => self.now = self.now.plus(seconds),
            Step::DelayedArrives => {
                if let Some(wish) = self.delayed.pop() {
                    self.issuer.receive(&wish, self.now);
                }
            }
        }
    }

    fn send(&mut self, network: Network) {
        let Some(wish) = &mut self.wish else { return };
        let sending = wish.take_up();
        let wish = wish.clone();
        let echo = match network {
            Network::NoConnection => Echo::NotSent,
            Network::RequestLost => Echo::Nothing,
            Network::RequestDelayed => {
                self.delayed.push(wish);
                Echo::Nothing
            }
            Network::AnswerLost => {
                self.issuer.receive(&wish, self.now);
                Echo::Nothing
            }
            Network::PhoneDies { arrived } => {
                if arrived {
                    self.issuer.receive(&wish, self.now);
                }
                return;
            }
            Network::IssuerFails { done } => {
                if done {
                    self.issuer.receive(&wish, self.now);
                }
                Echo::Refused(ProblemId::Internal)
            }
            Network::Stale => Echo::Refused(ProblemId::SignatureStale),
            Network::Doubled => {
                self.issuer.receive(&wish, self.now);
                Echo::Refused(ProblemId::Replayed)
            }
            Network::Delivered => {
                self.issuer.receive(&wish, self.now);
                self.known = self.issuer.current;
                self.wish = None;
                return;
            }
        };
        match fate(sending, echo) {
            Fate::NeverHappened => self.wish = None,
            Fate::Pending => {}
            Fate::Unanswerable => panic!("none of these refusals is final"),
        }
    }

    /// What must be true after every step.
    fn check(&self) {
        for (iat, key) in &self.issuer.made_for_this_phone {
            let is_in_doubt = self.wish.as_ref().is_some_and(|wish| wish.idempotency_key == *key);
            assert!(self.known >= *iat || is_in_doubt, "{iat} was made and is forgotten");
        }
        let keys: Vec<_> = self.issuer.made_for_this_phone.iter().map(|(_, key)| key).collect();
        let once: BTreeSet<_> = keys.iter().collect();
        assert_eq!(keys.len(), once.len(), "a wish was executed twice");
    }
}

fn network() -> impl Strategy<Value = Network> {
    prop_oneof![
        Just(Network::NoConnection),
        Just(Network::RequestLost),
        Just(Network::RequestDelayed),
        Just(Network::AnswerLost),
        Just(Network::Delivered),
        any::<bool>().prop_map(|arrived| Network::PhoneDies { arrived }),
        any::<bool>().prop_map(|done| Network::IssuerFails { done }),
        Just(Network::Stale),
        Just(Network::Doubled),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => network().prop_map(Step::Regenerate),
        3 => network().prop_map(Step::Refresh),
        1 => Just(Step::OtherPhoneRegenerates),
        1 => (1_i64..100).prop_map(|seconds| Step::Pass { seconds }),
        1 => Just(Step::DelayedArrives),
    ]
}

proptest! {
    #[test]
    fn what_this_phone_had_made_is_known_to_it_or_in_doubt(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut world = World::new();
        for step in steps {
            world.step(step);
            world.check();
        }
        // With one good answer all doubt ends, and what is shown is the one code there is.
        let had_wish = world.wish.is_some();
        world.step(Step::Refresh(Network::Delivered));
        world.check();
        prop_assert!(world.wish.is_none());
        if had_wish {
            prop_assert_eq!(world.known, world.issuer.current);
        }
        // What is still on its way then changes nothing any more.
        let current = world.issuer.current;
        while !world.delayed.is_empty() {
            world.step(Step::DelayedArrives);
        }
        prop_assert_eq!(world.issuer.current, current);
    }
}

#[test]
fn only_a_first_sending_can_have_never_happened() {
    let echoes = [Echo::NotSent, Echo::Refused(ProblemId::NotAllowed)];
    for echo in echoes {
        let mut wish = Wish::new(String::new(), None, START);
        assert_eq!(fate(wish.take_up(), echo), Fate::NeverHappened);
        assert_ne!(fate(wish.take_up(), echo), Fate::NeverHappened);
    }
    assert_eq!(fate(Sending::Again, echoes[1]), Fate::Unanswerable);
    assert_eq!(fate(Sending::First, Echo::Nothing), Fate::Pending);
}

#[test]
fn a_wish_lives_for_two_minutes() {
    assert_eq!(Wish::new(String::new(), None, START).not_after, START.plus(120));
}
