//! Answers of the issuer, checked and put on top of a snapshot. Pure: a good answer gives the next snapshot, a
//! bad one gives none, and so changes nothing.

mod codes;
mod documents;
mod news;
mod people;

use suima_client::wire::{self, Ask, NucleicAcid, RefreshResponse, Relation};
use suima_code::{Roots, Slot, Trust, UnixTime};
use suima_device::{ClockReading, TimeAnchor};

use crate::errand::{Errand, Task};
use crate::error::{BadAnswer, Error};
use crate::keys::Key;
use crate::news::{News, Note, Novelty, Resolved, Settled};
use crate::snapshot::{Device, Enrolment, Inbox, Knowledge, Person, Snapshot};
use crate::wish::Wish;
use codes::{codes, newer};
use documents::documents;
use people::person;

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
        let people = people::people(people, &[], &[&enrolment.holding_key], &trust, answer.time)?;
        if people[0].holding.is_none() {
            return Err(BadAnswer::Incomplete.into());
        }
        Ok(Self {
            device: Some(Device {
                keyid: heard.body.device.clone(),
                key: enrolment.device_key.clone(),
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
                keys_gone: false,
            },
            notes: self.earlier_phone(&people[0], heard.body.ended_device).into_iter().collect(),
            people,
            // Of an earlier user nothing is left.
            unread: self.unread.emptied(),
            inbox: inbox(&Inbox::default(), answer, &[]),
            errands: Vec::new(),
            given_up: self.given_up.clone(),
        })
    }

    /// What to tell of the phone that an enrolment ended (R9), unless it is this very one.
    fn earlier_phone(&self, user: &Person, enrolled: Option<UnixTime>) -> Option<Note> {
        let enrolled = enrolled?;
        let was_enrolled = self.device.is_some()
            && self.people.first().is_some_and(|known| known.slot == user.slot);
        let what = Novelty::EarlierPhoneEnded { enrolled };
        let news = News { slot: user.slot, name: user.name.clone(), what };
        (!was_enrolled).then_some(Note::News(news))
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
            let keys: Vec<&Key> =
                self.errands.iter().filter_map(|errand| errand.task.key()).collect();
            next.people = people::people(people, &self.people, &keys, &trust, answer.time)?;
            next.knowledge.generation += 1;
            next.note_news(self);
            let not_held =
                |slot| people.iter().any(|one| one.slot == slot && one.holding.is_none());
            for known in self.people.iter().filter(|known| not_held(known.slot)) {
                next.note_ended(known);
            }
            next.forget_done_errands();
        } else if asked_for_all {
            return Err(BadAnswer::Incomplete.into());
        }
        next.errands.retain(|errand| !errand.is_over(answer.time));
        next.inbox = inbox(&self.inbox, answer, &next.errands);
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
        next.people_changed();
        let place = next.people.iter_mut().find(|person| person.slot == slot);
        *place.expect("it was found a moment ago") = person;
        Ok(next)
    }

    /// An adult who consented is held now, with this key. Says who.
    pub fn with_relative(
        &self,
        key: &Key,
        heard: &Heard<wire::HoldResponse>,
        roots: &Roots,
    ) -> Result<(Self, Slot), Error> {
        let answer = &heard.body;
        let slot = answer.person.slot;
        let trust = self.trust(roots)?;
        let place = self.people.iter().position(|person| person.slot == slot);
        let kept = place.map(|place| &self.people[place]);
        let person = person(&answer.person, kept, &[key], &trust, answer.time)?;
        if person.relation == Relation::Oneself || place == Some(0) || person.holding.is_none() {
            return Err(BadAnswer::Other { what: "person" }.into());
        }
        let mut next = self.clone();
        next.anchor = heard.anchor(answer.time).or(next.anchor);
        next.people_changed();
        match place {
            Some(place) => next.people[place] = person,
            None => next.people.push(person),
        }
        Ok((next, slot))
    }

    /// A holding of somebody's code has ended, perhaps that on this phone.
    pub fn with_end(
        &self,
        slot: Slot,
        heard: &Heard<wire::EndResponse>,
        roots: &Roots,
    ) -> Result<Self, Error> {
        let answer = &heard.body;
        let trust = self.trust(roots)?;
        let kept = self.person(slot)?;
        let other = || Error::from(BadAnswer::Other { what: "person" });
        let is_oneself = kept.relation == Relation::Oneself;
        let left = match &answer.person {
            None if is_oneself => return Err(other()),
            None => None,
            Some(offered) => {
                let person = person(offered, Some(kept), &[], &trust, answer.time)?;
                if person.slot != slot || (person.relation == Relation::Oneself) != is_oneself {
                    return Err(other());
                }
                Some(person)
            }
        };
        let mut next = self.clone();
        next.anchor = heard.anchor(answer.time).or(next.anchor);
        next.people_changed();
        match left {
            None => next.people.retain(|person| person.slot != slot),
            Some(person) => {
                let place = next.people.iter_mut().find(|person| person.slot == slot);
                *place.expect("it was found a moment ago") = person;
            }
        }
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
            let said = Novelty::Regenerated(said.clone());
            next.notes.retain(
                |note| !matches!(note, Note::News(news) if news.slot == slot && news.what == said),
            );
        }
        Ok((next, settled))
    }

    /// Drops errands that turn out to be done: a code was redeemed whose holding has come; a holding was to be ended that
    /// is not there any more.
    fn forget_done_errands(&mut self) {
        let people = &self.people;
        let held = |key: &Key| {
            people.iter().filter_map(|person| person.holding.as_ref()).any(|held| held.key == *key)
        };
        let is_there = |slot: Slot, number| {
            people.iter().filter(|person| person.slot == slot).any(|person| {
                person.holding.as_ref().is_some_and(|holding| holding.number == number)
                    || person.holders.iter().any(|holder| holder.holding == number)
            })
        };
        self.errands.retain(|errand| match &errand.task {
            Task::Redeem { key, .. } => !held(key),
            Task::End { slot, holding } => is_there(*slot, *holding),
            Task::Ask { .. } | Task::Answer { .. } | Task::Confirm { .. } => true,
        });
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
        self.emptied(Knowledge { ended: Some(at), ..Knowledge::default() })
    }

    /// A key in hardware is gone: what is left is as after the end of the enrolment.
    pub fn without_keys(&self) -> Self {
        self.emptied(Knowledge { keys_gone: true, ..Knowledge::default() })
    }

    fn emptied(&self, why: Knowledge) -> Self {
        Self {
            documents: self.documents.clone(),
            anchor: self.anchor.clone(),
            knowledge: Knowledge { generation: self.knowledge.generation + 1, ..why },
            given_up: self.given_up.clone(),
            unread: self.unread.emptied(),
            ..Self::default()
        }
    }

    /// Somebody is held or not held any more since the last refresh. The next one asks for everybody: the issuer's state may
    /// be again what it was then, as where a holding began and ended in between.
    fn people_changed(&mut self) {
        self.knowledge.generation += 1;
        self.knowledge.state = None;
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

/// What waits now. Who was given an answer that got none itself is kept, to be answered again.
fn inbox(kept: &Inbox, answer: &RefreshResponse, errands: &[Errand]) -> Inbox {
    let unanswered = |id: &str| {
        errands
            .iter()
            .any(|errand| matches!(&errand.task, Task::Answer { ask, .. } if ask.id == id))
    };
    let is_listed = |id: &str| answer.asks.iter().any(|ask| ask.id == id);
    let open = kept.asks.iter().filter(|ask| unanswered(&ask.id) && !is_listed(&ask.id));
    // A code that was used is nobody's to tell any more: whoever asked holds the user's code since.
    let own = answer.people.iter().flatten().filter(|person| person.relation == Relation::Oneself);
    let holders: Vec<_> = own.flat_map(|person| &person.holders).collect();
    let is_used =
        |ask: &Ask| holders.iter().any(|holder| holder.name == ask.by && ask.at <= holder.since);
    let counting =
        kept.agreed.iter().filter(|agreed| answer.time < agreed.expires && !is_used(&agreed.ask));
    Inbox {
        asks: open.chain(&answer.asks).cloned().collect(),
        challenges: answer.challenges.clone(),
        agreed: counting.cloned().collect(),
    }
}
