//! What can go wrong, and what is refused.

use suima_client::wire::ProblemId;
use suima_code::Slot;
use suima_sentences::{Sentence, describe_problem, operator as say};

use crate::RandomError;

/// The issuer could not do what was asked. None of them carries personal data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database did not do it.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database was written by a newer version of this program.
    #[error("the database has schema {found}; this program knows up to {known}")]
    NewerDatabase {
        /// Its schema.
        found: u32,
        /// The newest schema that is known here.
        known: u32,
    },
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// `init` has not been run: there are no keys.
    #[error("this city has no keys yet: run init")]
    NotInitialised,
    /// There is nobody with this slot.
    #[error("nobody has slot {0}")]
    NoSuchPerson(Slot),
    /// No key may sign this now.
    #[error("no key may sign for purposes {purposes:#06b} now: rotate keys")]
    NoKey {
        /// As the bits of [`Purposes`](suima_code::Purposes).
        purposes: u8,
    },
    /// There is no key with this id in use.
    #[error("no key {0} is in use")]
    NoSuchKey(suima_code::KeyId),
    /// All 255 key ids are in use.
    #[error("every key id is still accepted somewhere")]
    KeyIdsUsedUp,
    /// What the database holds makes no sense to this program.
    #[error("the database holds a {0} that makes no sense")]
    Corrupt(&'static str),
    /// A policy that no station could follow, or that would leave people without any code.
    #[error("that policy makes no sense: {}", .0.en)]
    Policy(Sentence),
    /// The first line of a CSV file does not name the columns.
    #[error("the first line must name the columns: {expected}")]
    Columns {
        /// The columns.
        expected: &'static str,
    },
    /// A CSV file could not be read.
    #[error("the file could not be read: {0}")]
    Csv(#[from] csv::Error),
    /// The same, already below CSV.
    #[error("the file could not be read: {0}")]
    Read(#[from] std::io::Error),
    /// A name or a reason that is none, or that is too long.
    #[error("{}", .0.en)]
    Typed(Sentence),
    /// What the operator decided cannot be.
    #[error("{}", describe_problem(*.0).en)]
    Refused(ProblemId),
    /// The service that proves identity did not answer.
    #[error(transparent)]
    Identity(#[from] crate::ProofError),
    /// The database does not go with its journal.
    #[error(transparent)]
    Journal(#[from] crate::JournalError),
    /// A thread of the service ended before its work did.
    #[error("a worker of the service ended early")]
    Worker,
}

impl Error {
    /// What to tell the operator, where it lies in what they asked for. The rest are failures of the service.
    pub fn refusal(&self) -> Option<Sentence> {
        match self {
            Self::NoSuchPerson(_) => Some(say::no_such_person()),
            Self::NoKey { .. } => Some(say::no_key()),
            Self::NoSuchKey(kid) => Some(say::no_such_key(kid)),
            Self::KeyIdsUsedUp => Some(say::key_ids_used_up()),
            Self::Policy(why) | Self::Typed(why) => Some(why.clone()),
            Self::Columns { expected } => Some(say::columns(*expected)),
            Self::Csv(_) => Some(say::unreadable_file()),
            Self::Refused(id) => Some(describe_problem(*id)),
            _ => None,
        }
    }
}

/// Why a request gets no answer of its kind.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is refused. What was written until then stays: a used attempt, a nonce, a recorded outcome.
    #[error("refused: {0:?}")]
    Refused(ProblemId),
    /// The issuer failed. Everything is taken back.
    #[error(transparent)]
    Failed(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<RandomError> for Failure {
    fn from(error: RandomError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Failure> for Error {
    /// For the operator, who is told why.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(id) => Self::Refused(id),
            Failure::Failed(error) => error,
        }
    }
}

impl From<ProblemId> for Failure {
    fn from(id: ProblemId) -> Self {
        Self::Refused(id)
    }
}
