//! What others did since the last answer (R9).

use suima_client::wire::{Holder, Paper, Relation};
use suima_code::Day;

use crate::errand::Task;
use crate::news::{News, Note, Novelty};
use crate::snapshot::{Person, Snapshot};

impl Snapshot {
    /// Notes what this snapshot knows and `before` did not, in the order of the people, for each the oldest first.
    pub(super) fn note_news(&mut self, before: &Self) {
        let here = self.people.iter().flat_map(|person| {
            let known = before.people.iter().find(|known| known.slot == person.slot);
            let news = known.map_or(Vec::new(), |known| news(known, person));
            news.into_iter().map(|what| told(person, what))
        });
        let gone = before.people.iter().filter(|known| !self.is_listed(known));
        let gone = gone.filter(|known| known.holding.is_some() && !self.ended_here(known));
        let gone = gone.map(|known| told(known, self.why_gone(known)));
        let news: Vec<Note> = here.chain(gone).map(Note::News).collect();
        self.notes.extend(news);
    }

    /// Notes that the holding of somebody who is still listed was ended from elsewhere.
    pub(super) fn note_ended(&mut self, known: &Person) {
        if known.holding.is_some() && self.is_listed(known) && !self.ended_here(known) {
            self.notes.push(Note::News(told(known, Novelty::HoldingEnded)));
        }
    }

    /// Whether this phone asked for the end of its own holding, and the answer did not come.
    fn ended_here(&self, known: &Person) -> bool {
        let number = known.holding.as_ref().map(|holding| holding.number);
        self.errands.iter().any(|errand| {
            matches!(&errand.task, Task::End { slot, holding }
                if *slot == known.slot && Some(*holding) == number)
        })
    }

    fn is_listed(&self, known: &Person) -> bool {
        self.people.iter().any(|person| person.slot == known.slot)
    }

    /// Why somebody is not listed any more, as far as that can be known: a minor who is old enough has come of age.
    fn why_gone(&self, known: &Person) -> Novelty {
        if known.relation == Relation::Relative {
            return Novelty::ConsentWithdrawn;
        }
        let policy = self.documents.as_ref().and_then(|documents| documents.parsed_policy);
        let year = self.knowledge.as_of.map(|time| Day::of(time).date().0);
        let of_age = policy.zip(year).is_some_and(|(policy, year)| {
            year - i64::from(known.birth_year) >= i64::from(policy.limits.adult_age)
        });
        if of_age { Novelty::CameOfAge } else { Novelty::NoLongerListed }
    }
}

fn told(person: &Person, what: Novelty) -> News {
    News { slot: person.slot, name: person.name.clone(), what }
}

fn news(before: &Person, after: &Person) -> Vec<Novelty> {
    let mut news = regenerated(before, after);
    if let (Some(old), Some(new)) = (&before.paper, &after.paper) {
        news.extend(paper(old, new, after));
    }
    // A minor's guardians see who holds the code when they look; that they know each other the register vouches for.
    if after.relation == Relation::Oneself {
        let began = others(after).filter(|holder| !holds(before, holder));
        news.extend(began.cloned().map(Novelty::HeldBy));
        let ended = others(before).filter(|holder| !holds(after, holder));
        news.extend(ended.cloned().map(Novelty::NotHeldBy));
    }
    news
}

fn others(person: &Person) -> impl Iterator<Item = &Holder> {
    person.holders.iter().filter(|holder| !holder.this_device)
}

fn holds(person: &Person, holder: &Holder) -> bool {
    person.holders.iter().any(|other| other.holding == holder.holding)
}

/// What others regenerated, oldest first.
fn regenerated(before: &Person, after: &Person) -> Vec<Novelty> {
    let (Some(known), Some(holding)) = (&before.holding, &after.holding) else {
        return Vec::new();
    };
    let made = holding.codes.history.iter().rev();
    let new = made.filter(|made| {
        made.voided && !made.by_this_device && Some(made.iat) > known.codes.newest()
    });
    new.cloned().map(Novelty::Regenerated).collect()
}

/// What happened to a paper code, but for what was confirmed on this phone.
fn paper(before: &Paper, after: &Paper, person: &Person) -> Vec<Novelty> {
    let known = before.current.as_ref();
    let made = after
        .current
        .as_ref()
        .filter(|code| Some(code.iat) > known.map(|known| known.iat).max(person.paper_told));
    let made = made.map(|code| Novelty::PaperMade {
        code: code.clone(),
        voided: known.is_some_and(|known| code.iat < known.exp),
    });
    let lost = after.reported_lost.as_ref().filter(|report| {
        after.reported_lost != before.reported_lost && Some(report.at) > person.paper_told
    });
    made.into_iter().chain(lost.cloned().map(Novelty::PaperLost)).collect()
}
