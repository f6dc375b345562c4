//! What a refresh learned that people should be told.

use serde::{Deserialize, Serialize};
use suima_client::wire::{Challenge, Confirmed, Holder, LossReport, Made, PaperCode, ProblemId};
use suima_code::{Slot, UnixTime};

/// What others did, or what has ended: to be told (R9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Whose code.
    pub slot: Slot,
    /// Their full name.
    pub name: String,
    /// What happened.
    #[serde(flatten)]
    pub what: Novelty,
}

impl News {
    /// By whom and when, where somebody regenerated a nucleic-acid code.
    pub fn made(&self) -> Option<&Made> {
        match &self.what {
            Novelty::Regenerated(made) => Some(made),
            _ => None,
        }
    }
}

/// What happened without this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Novelty {
    /// Somebody regenerated the nucleic-acid code from another phone.
    #[serde(rename = "made")]
    Regenerated(Made),
    /// Somebody applied for a paper code.
    PaperMade {
        /// By whom, when and where.
        code: PaperCode,
        /// Whether that voided a paper code that still counted (R4).
        voided: bool,
    },
    /// Somebody reported the paper code lost, which voided it (R4).
    PaperLost(LossReport),
    /// The person came of age, which ended the holding on this phone: from now on they must consent.
    CameOfAge,
    /// The holding of a consenting adult on this phone was ended.
    ConsentWithdrawn,
    /// The holding on this phone was ended, by the person or another guardian. It may be had again.
    HoldingEnded,
    /// The person is not among the user's people any more, and why is not known.
    NoLongerListed,
    /// Enrolling this phone ended an earlier one of the user's, with the relative codes on it.
    EarlierPhoneEnded {
        /// When that one was enrolled.
        enrolled: UnixTime,
    },
    /// Somebody else began to hold the user's own live code.
    HeldBy(Holder),
    /// Somebody else does not hold the user's own live code any more.
    NotHeldBy(Holder),
}

/// News that was told and has not been read, the oldest first. Kept in the store: an app that was killed after it told shows
/// it still.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unread {
    /// How many were read or dropped before these.
    read: u64,
    news: Vec<News>,
}

/// More than these nobody reads: of the oldest it is not said any more.
const MOST_UNREAD: usize = 100;

impl Unread {
    /// Takes in what is told now.
    pub fn tell(&mut self, news: &[News]) {
        self.news.extend_from_slice(news);
        self.drop_oldest(self.news.len().saturating_sub(MOST_UNREAD));
    }

    /// Everything up to a mark was read.
    pub fn read_up_to(&mut self, mark: u64) {
        self.drop_oldest(usize::try_from(mark.saturating_sub(self.read)).unwrap_or(usize::MAX));
    }

    /// Of another enrolment nothing is left but the count: a mark of before does not mean what comes.
    pub fn emptied(&self) -> Self {
        Self { read: self.mark(), news: Vec::new() }
    }

    fn mark(&self) -> u64 {
        self.read + self.news.len() as u64
    }

    fn drop_oldest(&mut self, count: usize) {
        let count = count.min(self.news.len());
        self.news.drain(..count);
        self.read += count as u64;
    }
}

/// What has been told and not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadNews {
    /// The oldest first.
    pub news: Vec<News>,
    /// What to give to [`Wallet::news_read`](crate::Wallet::news_read) once all of it was read. What is told from now on is not
    /// meant by it.
    pub mark: u64,
}

impl From<Unread> for UnreadNews {
    fn from(unread: Unread) -> Self {
        Self { mark: unread.mark(), news: unread.news }
    }
}

/// A regeneration that had been in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// Whose code.
    pub slot: Slot,
    /// Their full name.
    pub name: String,
    /// When it was asked for.
    pub since: UnixTime,
    /// What became of it.
    pub outcome: Settled,
}

/// What became of a regeneration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settled {
    /// It made the code that was current then. What another phone has made since comes as news beside it.
    Made {
        /// That code.
        made: Made,
    },
    /// It made a code, and that has been replaced since.
    Overtaken {
        /// The code there is now.
        current: Option<Made>,
    },
    /// Somebody had made another code before: nothing was voided.
    Behind {
        /// The code there is now.
        current: Option<Made>,
    },
    /// It reached the issuer too late: nothing was voided.
    TooLate,
    /// No more are made today: nothing was voided.
    UsedUp,
    /// The issuer would not say; the codes were fetched anew.
    Unknown {
        /// How it refused.
        problem: ProblemId,
    },
}

/// Something learned that has not been told yet. Kept in the store until it was: an app that is closed in the
/// middle of a refresh forgets nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Note {
    News(News),
    Resolved(Resolved),
    /// A challenge was answered, and this is what came of it.
    Confirmed {
        challenge: Challenge,
        outcome: Confirmed,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(slot: u32) -> News {
        News { slot: Slot(slot), name: "王小明".to_owned(), what: Novelty::CameOfAge }
    }

    #[test]
    fn of_more_news_than_anybody_reads_the_oldest_goes_and_marks_stay_right() {
        let mut unread = Unread::default();
        unread.tell(&(0..100).map(news).collect::<Vec<_>>());
        let mark = unread.mark();
        unread.tell(&[news(100), news(101)]);
        assert_eq!((unread.news.len(), unread.news[0].slot), (100, Slot(2)));
        unread.read_up_to(mark);
        assert_eq!(unread.news, [news(100), news(101)]);
        unread.read_up_to(u64::MAX);
        assert_eq!(
            (unread.news.len(), unread.read),
            (0, 102),
            "no mark leads beyond what there is"
        );

        unread.tell(&[news(1)]);
        let before = unread.mark();
        let mut unread = unread.emptied();
        unread.tell(&[news(2)]);
        unread.read_up_to(before);
        assert_eq!(unread.news, [news(2)], "a mark of before the phone was enrolled anew");
    }
}
