//! Answers of the issuer, checked and put on top of a snapshot. Pure: a good answer gives the next snapshot, a
//! bad one gives none, and so changes nothing.

use std::collections::BTreeSet;

use suima_client::wire::{self, IssuedCode, Made, NucleicAcid, RefreshResponse, Relation};
use suima_code::{
    Credential, Genuine, Policy, Reason, Roots, Slot, StaticCode, StaticKind, Trust, UnixTime, read,
};
use suima_device::{ClockReading, TimeAnchor};

use crate::error::{BadAnswer, Error};
use crate::news::{News, Note, Resolved, Settled};
use crate::secret::Seed;
use crate::snapshot::{
    Code, Codes, Device, Documents, Enrolment, Holding, Knowledge, Person, Snapshot,
};
use crate::wish::Wish;

/// An answer with the clocks' reading at its arrival.
#[derive(Debug)]
pub(crate) struct Heard<A> {
    pub body: A,
    pub reading: ClockReading,
}

impl<A> Heard<A> {
    /// `None` where the clocks could not be read: what was known of the time stays.
    pub fn anchor(&self, time: UnixTime) -> Option<TimeAnchor> {
        TimeAnchor::new(time, self.reading.clone())
    }
}

impl Snapshot {
    /// This phone was enrolled. Whatever it was before is gone; the versions of trust and policy stay.
    pub fn enrolled(
        &self,
        enrolment: &Enrolment,
        heard: &Heard<wire::EnrolResponse>,
        roots: &Roots,
        spread: u32,
    ) -> Result<Self, Error> {
        let answer = &heard.body.refresh;
        let (documents, trust) = documents(self.documents.as_ref(), answer, roots)?;
        let people = answer.people.as_ref().ok_or(BadAnswer::Incomplete)?;
        let people = self::people(people, &[], &[&enrolment.holding_seed], &trust, answer.time)?;
        if people[0].holding.is_none() {
            return Err(BadAnswer::Incomplete.into());
        }
        Ok(Self {
            device: Some(Device {
                keyid: heard.body.device.clone(),
                seed: enrolment.device_seed.clone(),
                spread,
            }),
            enrolment: None,
            documents: Some(documents),
            anchor: heard.anchor(answer.time).or_else(|| self.anchor.clone()),
            knowledge: Knowledge {
                as_of: Some(answer.time),
                state: Some(answer.state.clone()),
                generation: self.knowledge.generation + 1,
                ended: None,
            },
            people,
            notes: Vec::new(),
        })
    }

    /// The answer to a refresh; if that asked for everything, it must hold everything.
    pub fn refreshed(
        &self,
        heard: &Heard<RefreshResponse>,
        asked_for_all: bool,
        roots: &Roots,
    ) -> Result<Self, Error> {
        let answer = &heard.body;
        let (documents, trust) = documents(self.documents.as_ref(), answer, roots)?;
        let mut next = self.clone();
        next.documents = Some(documents);
        next.anchor = heard.anchor(answer.time).or(next.anchor);
        next.knowledge.as_of = Some(answer.time);
        if let Some(people) = &answer.people {
            next.people = self::people(people, &self.people, &[], &trust, answer.time)?;
            next.knowledge.generation += 1;
            next.note_news(self);
        } else if asked_for_all {
            return Err(BadAnswer::Incomplete.into());
        }
        next.knowledge.state = Some(answer.state.clone());
        Ok(next)
    }

    /// A relative is held now.
    pub fn with_holding(
        &self,
        slot: Slot,
        heard: &Heard<wire::HoldResponse>,
        roots: &Roots,
    ) -> Result<Self, Error> {
        let answer = &heard.body;
        let trust = self.trust(roots)?;
        let kept = self.person(slot)?;
        let person = person(&answer.person, Some(kept), &[], &trust, answer.time)?;
        let is_oneself = |person: &Person| person.relation == Relation::Oneself;
        if person.slot != slot
            || is_oneself(&person) != is_oneself(kept)
            || person.holding.is_none()
        {
            return Err(BadAnswer::Other { what: "person" }.into());
        }
        let mut next = self.clone();
        next.anchor = heard.anchor(answer.time).or(next.anchor);
        next.knowledge.generation += 1;
        let place = next.people.iter_mut().find(|person| person.slot == slot);
        *place.expect("it was found a moment ago") = person;
        Ok(next)
    }

    /// The nucleic-acid codes of a person, as a claim brings them.
    pub fn with_codes(
        &self,
        slot: Slot,
        heard: &Heard<wire::ClaimResponse>,
        roots: &Roots,
    ) -> Result<Self, Error> {
        let answer = &heard.body;
        let mut next = self.clone();
        next.take_codes(slot, &answer.nucleic_acid, answer.time, roots)?;
        next.anchor = heard.anchor(answer.time).or(next.anchor);
        next.note_news(self);
        Ok(next)
    }

    /// A wish is settled: its outcome, the codes there are now, and the end of the wish, together. Where the wish
    /// is not pending any more (two calls sent it), only the codes are taken.
    pub fn with_settled_wish(
        &self,
        slot: Slot,
        wish: &Wish,
        heard: &Heard<wire::RegenerateResponse>,
        roots: &Roots,
    ) -> Result<(Self, Settled), Error> {
        let answer = &heard.body;
        let mut next = self.clone();
        next.take_codes(slot, &answer.nucleic_acid, answer.time, roots)?;
        next.anchor = heard.anchor(answer.time).or(next.anchor);
        let holding = next.held_mut(slot)?;
        holding.wish.take_if(|kept| kept.is(wish));
        let current = holding.codes.shown(answer.time).map(|code| code.made.clone());
        let settled = match answer.outcome {
            wire::Regeneration::Made { iat } => match current {
                Some(made) if made.iat == iat => Settled::Made { made },
                _ if holding.codes.newest().is_none_or(|newest| newest < iat) => {
                    return Err(BadAnswer::Incomplete.into());
                }
                current => Settled::Overtaken { current },
            },
            wire::Regeneration::Behind => Settled::Behind { current },
            wire::Regeneration::TooLate => Settled::TooLate,
            wire::Regeneration::UsedUp => Settled::UsedUp,
        };
        next.note_news(self);
        // What the outcome itself says is no news beside it.
        if let Settled::Overtaken { current: Some(said) }
        | Settled::Behind { current: Some(said) } = &settled
        {
            next.notes.retain(
                |note| !matches!(note, Note::News(news) if news.slot == slot && news.made == *said),
            );
        }
        Ok((next, settled))
    }

    fn note_news(&mut self, before: &Self) {
        let news: Vec<News> = self.people.iter().flat_map(|person| news(before, person)).collect();
        self.notes.extend(news.into_iter().map(Note::News));
    }

    /// Notes what became of a wish, for whoever asks next.
    pub fn note_settled(&mut self, slot: Slot, since: UnixTime, outcome: Settled) {
        let name = self.people.iter().find(|person| person.slot == slot);
        if let Some(name) = name.map(|person| person.name.clone()) {
            self.notes.push(Note::Resolved(Resolved { slot, name, since, outcome }));
        }
    }

    /// The issuer ended this phone's enrolment: every code, key and wish goes. Trust and policy stay, so that
    /// their versions do not fall.
    pub fn ended(&self, at: UnixTime) -> Self {
        Self {
            documents: self.documents.clone(),
            anchor: self.anchor.clone(),
            knowledge: Knowledge {
                generation: self.knowledge.generation + 1,
                ended: Some(at),
                ..Knowledge::default()
            },
            ..Self::default()
        }
    }

    fn trust(&self, roots: &Roots) -> Result<Trust, Error> {
        self.documents()?.trust(roots).ok_or_else(|| BadAnswer::Incomplete.into())
    }

    fn take_codes(
        &mut self,
        slot: Slot,
        answer: &NucleicAcid,
        time: UnixTime,
        roots: &Roots,
    ) -> Result<(), Error> {
        let trust = self.trust(roots)?;
        let codes = codes(slot, answer, &trust, time)?;
        let codes = newer(codes, Some(&self.held(slot)?.1.codes));
        self.held_mut(slot)?.codes = codes;
        self.knowledge.generation += 1;
        Ok(())
    }
}

/// What others regenerated since `before`, oldest first.
fn news(before: &Snapshot, person: &Person) -> Vec<News> {
    let (Ok((_, known)), Some(holding)) = (before.held(person.slot), &person.holding) else {
        return Vec::new();
    };
    let is_new =
        |made: &&Made| made.voided && !made.by_this_device && Some(made.iat) > known.codes.newest();
    let made = holding.codes.history.iter().rev().filter(is_new);
    made.map(|made| News { slot: person.slot, name: person.name.clone(), made: made.clone() })
        .collect()
}

/// The newer trust and policy of what is held and what is offered. A lower version is passed over.
fn documents(
    held: Option<&Documents>,
    answer: &RefreshResponse,
    roots: &Roots,
) -> Result<(Documents, Trust), Error> {
    let mut trust = held.and_then(|held| Some((held.trust.clone(), held.trust(roots)?)));
    if let Some(bytes) = &answer.trust {
        let offered = Trust::parse(&bytes.0, roots).map_err(BadAnswer::Document)?;
        let known = held.map(|held| held.trust_version);
        // A bundle of the known version replaces one that today's roots did not sign.
        let is_newer = match (&trust, known) {
            (Some(_), Some(known)) => offered.version > known,
            (None, Some(known)) => offered.version >= known,
            (_, None) => true,
        };
        if is_newer {
            trust = Some((bytes.clone(), offered));
        }
    }
    let (trust_bytes, trust) = trust.ok_or(BadAnswer::Incomplete)?;

    let mut policy =
        held.map(|held| (held.policy.clone(), held.policy_version, held.parsed_policy));
    if let Some(bytes) = &answer.policy {
        let offered = Policy::parse(&bytes.0, &trust, answer.time).map_err(BadAnswer::Document)?;
        // One of the known version replaces one that this program could not read.
        if policy.as_ref().is_none_or(|(_, version, parsed)| {
            offered.version > *version || (offered.version == *version && parsed.is_none())
        }) {
            policy = Some((bytes.clone(), offered.version, Some(offered)));
        }
    }
    let (policy, policy_version, parsed_policy) = policy.ok_or(BadAnswer::Incomplete)?;
    let documents = Documents {
        trust: trust_bytes,
        trust_version: trust.version,
        policy,
        policy_version,
        parsed_policy,
    };
    Ok((documents, trust))
}

/// Everybody in an answer: the user first and once, nobody twice.
fn people(
    answer: &[wire::Person],
    kept: &[Person],
    seeds: &[&Seed],
    trust: &Trust,
    time: UnixTime,
) -> Result<Vec<Person>, BadAnswer> {
    let slots: BTreeSet<Slot> = answer.iter().map(|person| person.slot).collect();
    let is_oneself = |(place, person): (usize, &wire::Person)| {
        (place == 0) == (person.relation == Relation::Oneself)
    };
    if answer.is_empty() || slots.len() < answer.len() || !answer.iter().enumerate().all(is_oneself)
    {
        return Err(BadAnswer::Other { what: "order of people" });
    }
    let one = |offered: &wire::Person| {
        let kept = kept.iter().find(|kept| kept.slot == offered.slot);
        person(offered, kept, seeds, trust, time)
    };
    answer.iter().map(one).collect()
}

fn person(
    answer: &wire::Person,
    kept: Option<&Person>,
    seeds: &[&Seed],
    trust: &Trust,
    time: UnixTime,
) -> Result<Person, BadAnswer> {
    let kept_holding = kept.and_then(|kept| kept.holding.as_ref());
    let offer = kept.and_then(|kept| kept.offer.as_ref());
    let holding = match &answer.holding {
        None => None,
        Some(holding) => {
            let seeds = seeds.iter().copied();
            let seeds = seeds.chain(kept_holding.map(|holding| &holding.seed));
            let seeds = seeds.chain(offer.map(|offer| &offer.seed));
            let (credential, seed) = credential(answer, holding, seeds, trust, time)?;
            let same = kept_holding.filter(|kept| kept.number == holding.number);
            let codes = answer.nucleic_acid.clone().unwrap_or_default();
            let codes = self::codes(answer.slot, &codes, trust, time)?;
            match seed {
                Some(seed) => Some(Holding {
                    number: holding.number,
                    credential: holding.credential.clone(),
                    colour: credential.colour,
                    iat: credential.iat,
                    exp: credential.exp,
                    seed,
                    codes: newer(codes, kept_holding.map(|kept| &kept.codes)),
                    wish: same.and_then(|kept| kept.wish.clone()),
                }),
                None if answer.relation == Relation::Oneself => {
                    return Err(BadAnswer::Other { what: "key of the holding" });
                }
                // A relative whose key this phone has lost can be held again, with a new key: one of them does
                // not keep everybody else's codes from being refreshed.
                None => None,
            }
        }
    };
    // Once a holding has come that this phone has the key of, the question of the offer is answered.
    let offer = offer.filter(|_| holding.is_none()).cloned();
    Ok(Person {
        slot: answer.slot,
        relation: answer.relation,
        name: answer.name.clone(),
        masked_name: answer.masked_name,
        birth_year: answer.birth_year,
        holding,
        offer,
    })
}

/// Checks that the issuer signed this credential for this person's holding, and finds this phone's key of it.
fn credential<'a>(
    person: &wire::Person,
    holding: &wire::Holding,
    seeds: impl Iterator<Item = &'a Seed>,
    trust: &Trust,
    time: UnixTime,
) -> Result<(Credential, Option<Seed>), BadAnswer> {
    let credential =
        Credential::parse(&holding.credential.0, trust, time).map_err(BadAnswer::Signature)?;
    let other = |what| Err(BadAnswer::Other { what });
    if credential.slot != person.slot || credential.holding != holding.number {
        return other("holding");
    }
    if credential.relative != (person.relation != Relation::Oneself) {
        return other("kind of live code");
    }
    if credential.colour != holding.colour {
        return other("colour");
    }
    if time >= credential.exp {
        return Err(BadAnswer::Signature(Reason::Expired { at: credential.exp }));
    }
    let mut seeds = seeds;
    let seed = seeds.find(|seed| seed.key().public() == credential.key).cloned();
    Ok((credential, seed))
}

fn codes(
    slot: Slot,
    answer: &NucleicAcid,
    trust: &Trust,
    time: UnixTime,
) -> Result<Codes, BadAnswer> {
    let one = |issued: &Option<wire::IssuedCode>| match issued {
        None => Ok(None),
        Some(issued) => {
            let code = genuine(slot, issued, trust, time)?;
            if answer.revoked_before.is_some_and(|line| code.iat < line) {
                return Err(BadAnswer::Other { what: "code, for it is void" });
            }
            let IssuedCode { text, made } = issued.clone();
            Ok(Some(Code { text, nbf: code.nbf, exp: code.exp, made }))
        }
    };
    let codes = Codes {
        current: one(&answer.current)?,
        successor: one(&answer.successor)?,
        revoked_before: answer.revoked_before,
        history: answer.history.clone(),
        as_of: time,
    };
    // A successor begins when the current one ends: earlier, there would be two; later, a gap.
    if let (Some(current), Some(successor)) = (&codes.current, &codes.successor)
        && successor.nbf != Some(current.exp)
    {
        return Err(BadAnswer::Other { what: "beginning of the successor" });
    }
    Ok(codes)
}

/// Checks that the issuer signed this nucleic-acid code for this person. Names are not compared: one may have been
/// corrected in the register since.
fn genuine(
    slot: Slot,
    issued: &IssuedCode,
    trust: &Trust,
    time: UnixTime,
) -> Result<StaticCode, BadAnswer> {
    let other = |what| Err(BadAnswer::Other { what });
    match read(&issued.text, trust, time).map_err(BadAnswer::Signature)? {
        Genuine::Static(code) if code.kind == StaticKind::NucleicAcid => {
            if code.slot != slot {
                return other("slot of the code");
            }
            if code.iat != issued.made.iat {
                return other("time of the code");
            }
            Ok(code)
        }
        _ => other("kind of code"),
    }
}

/// The newer of two answers about one person's codes: an older one may arrive later.
fn newer(answer: Codes, kept: Option<&Codes>) -> Codes {
    match kept {
        Some(kept) if answer.newest() < kept.newest() => kept.clone(),
        _ => answer,
    }
}
