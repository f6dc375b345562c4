//! What the user should be reminded of, as data: what ends soon, and what waits for an answer. When to show a notification
//! is the shell's affair.

use suima_code::{Slot, UnixTime};
use suima_sentences::wallet as say;
use suima_sentences::{Sentence, last_day, minute};

use crate::challenge;
use crate::error::Error;
use crate::snapshot::Person;
use crate::views::Lens;
use crate::wallet::Wallet;

const DAY: i64 = 86_400;

/// Something to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What it is.
    pub kind: ReminderKind,
    /// Whose code; `None` where it is no code.
    pub slot: Option<Slot>,
    /// When it ends, or ended.
    pub at: UnixTime,
    /// What to say.
    pub sentence: Sentence,
}

/// What a reminder is about. In this order where several fall on one moment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReminderKind {
    /// A portal or terminal waits to be answered.
    ChallengeWaiting {
        /// The challenge's id.
        id: String,
    },
    /// Somebody asks for the user's consent.
    AskWaiting {
        /// [`AskView::id`](crate::AskView::id).
        id: String,
    },
    /// The live code cannot be shown offline from then on.
    LiveEnds,
    /// The nucleic-acid code ends, and none follows it yet.
    NucleicAcidEnds,
    /// The paper code ends.
    PaperEnds,
}

impl Lens<'_> {
    pub fn reminders(&self) -> Result<Vec<Reminder>, Error> {
        self.snapshot.device()?;
        let now = self.time.time;
        let within = i64::from(self.policy()?.limits.reminder_days) * DAY;
        let inbox = &self.snapshot.inbox;
        let challenges = inbox.challenges.iter().filter(|challenge| now < challenge.expires);
        let mut reminders: Vec<Reminder> = challenges
            .map(|challenge| Reminder {
                kind: ReminderKind::ChallengeWaiting { id: challenge.id.clone() },
                slot: None,
                at: challenge.expires,
                sentence: say::challenge_waits(
                    &challenge::place(challenge),
                    &minute(challenge.expires),
                ),
            })
            .collect();
        let asks = inbox.asks.iter().filter(|ask| now < ask.expires);
        reminders.extend(asks.map(|ask| Reminder {
            kind: ReminderKind::AskWaiting { id: ask.id.clone() },
            slot: None,
            at: ask.expires,
            sentence: say::ask_waits(&ask.by, &minute(ask.expires)),
        }));
        let ends = self.snapshot.people.iter().flat_map(|person| ends(person, now));
        // What ended longer ago than it was announced before is not news to anybody.
        reminders.extend(ends.filter(|reminder| reminder.at.since(now).abs() <= within));
        // Of what ends at the same time, the user's own goes first, and then the family as it is swiped.
        reminders.sort_by(|one, two| (one.at, &one.kind).cmp(&(two.at, &two.kind)));
        Ok(reminders)
    }
}

/// When a person's codes end that have nothing to follow them.
fn ends(person: &Person, now: UnixTime) -> Vec<Reminder> {
    let Some(holding) = &person.holding else { return Vec::new() };
    let name = &person.name;
    let reminder = |kind, at, soon: Sentence, over: Sentence| Reminder {
        kind,
        slot: Some(person.slot),
        at,
        sentence: if now < at { soon } else { over },
    };
    let exp = holding.exp;
    let live = reminder(
        ReminderKind::LiveEnds,
        exp,
        say::live_ends(name, &minute(exp)),
        say::live_ended(name, &minute(exp)),
    );
    // Where there is a successor, its end is the one that counts.
    let nucleic_acid = holding.codes.end().map(|exp| {
        let day = last_day(exp);
        reminder(
            ReminderKind::NucleicAcidEnds,
            exp,
            say::nucleic_acid_ends(name, &day),
            say::nucleic_acid_ended(name, &day),
        )
    });
    let paper = person.paper.as_ref().and_then(|paper| paper.current.as_ref()).map(|code| {
        let day = last_day(code.exp);
        reminder(
            ReminderKind::PaperEnds,
            code.exp,
            say::paper_ends(name, &day),
            say::paper_ended(name, &day),
        )
    });
    [Some(live), nucleic_acid, paper].into_iter().flatten().collect()
}

impl Wallet {
    /// What to remind the user of now, the most urgent first. From the store alone, like everything that is shown.
    pub fn reminders(&self) -> Result<Vec<Reminder>, Error> {
        self.look(|lens| lens.reminders())
    }
}
