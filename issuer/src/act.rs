//! One act: a transaction, at one instant.

use rusqlite::{Connection, Row, TransactionBehavior};
use suima_code::{Algorithm, Colour, PublicKey, UnixTime};
use zeroize::Zeroizing;

use crate::error::Failure;
use crate::issuer::Inner;
use crate::{Error, Random};

/// A transaction of the database, the instant at which it is taken to happen, and randomness.
pub(crate) struct Act<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) now: UnixTime,
    random: &'a dyn Random,
}

impl<'a> Act<'a> {
    pub(crate) fn new(db: &'a Connection, now: UnixTime, random: &'a dyn Random) -> Self {
        Self { db, now, random }
    }

    /// As many random bytes as asked for.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], Error> {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// A seed of a key.
    pub(crate) fn seed(&self) -> Result<Zeroizing<[u8; 32]>, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        self.random.fill(&mut *seed)?;
        Ok(seed)
    }

    /// 128 random bits as 32 hexadecimal digits.
    pub(crate) fn name(&self) -> Result<String, Error> {
        Ok(hex(&self.random::<16>()?))
    }
}

impl Inner {
    /// Does something in one transaction, which is kept if `act` returns `Ok` and taken back otherwise.
    pub(crate) fn act<T>(
        &self,
        act: impl FnOnce(&Act<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.transaction(TransactionBehavior::Immediate, act)
    }

    /// The same, and keeps what was written also where it is refused: an attempt that was counted stays counted.
    pub(crate) fn acted<T>(
        &self,
        act: impl FnOnce(&Act<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let result = self.act(|this| match act(this) {
            Ok(answer) => Ok(Ok(answer)),
            Err(Failure::Refused(id)) => Ok(Err(id)),
            Err(Failure::Failed(error)) => Err(error),
        })?;
        result.map_err(Failure::Refused)
    }

    /// The same for what only reads, which waits for no other process.
    pub(crate) fn look<T>(
        &self,
        look: impl FnOnce(&Act<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.transaction(TransactionBehavior::Deferred, look)
    }

    fn transaction<T>(
        &self,
        behavior: TransactionBehavior,
        act: impl FnOnce(&Act<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // Whoever panicked while holding the lock has had their transaction rolled back as they fell.
        let mut db = self.db.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let transaction = db.transaction_with_behavior(behavior)?;
        // Read once the lock is held, so that acts happen in the order of their times.
        let now = self.clock.now();
        let result = act(&Act::new(&transaction, now, &*self.random))?;
        let mut journal = self.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let written = journal.write(&transaction, now)?;
        if let Err(error) = transaction.commit() {
            if let Some(written) = written
                && let Err(error) = journal.take_back(&written)
            {
                eprintln!("journal: {error}");
            }
            return Err(error.into());
        }
        Ok(result)
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(nibble.into(), 16).expect("below 16"));
        }
        text
    })
}

/// A time in a column.
pub(crate) fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<UnixTime> {
    row.get(column).map(UnixTime::new)
}

/// A time in a column that may be empty.
pub(crate) fn optional_time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<UnixTime>> {
    Ok(row.get::<_, Option<u32>>(column)?.map(UnixTime::new))
}

/// A public key in the columns `algorithm` and `key`.
pub(crate) fn public_key(row: &Row<'_>) -> Result<PublicKey, Error> {
    let number: i64 = row.get("algorithm")?;
    let bytes: Vec<u8> = row.get("key")?;
    [Algorithm::Ed25519, Algorithm::Esp256]
        .into_iter()
        .find(|algorithm| algorithm.cose() == number)
        .and_then(|algorithm| PublicKey::from_bytes(algorithm, &bytes).ok())
        .ok_or(Error::Corrupt("public key"))
}

const COLOURS: [(Colour, &str); 3] =
    [(Colour::Green, "green"), (Colour::Yellow, "yellow"), (Colour::Red, "red")];

/// A colour as the database and the operator write it.
pub(crate) fn colour_word(colour: Colour) -> &'static str {
    COLOURS.iter().find(|(known, _)| *known == colour).expect("all three are listed").1
}

/// The colour of a word.
pub(crate) fn colour_of(word: &str) -> Option<Colour> {
    COLOURS.iter().find(|(_, known)| *known == word).map(|(colour, _)| *colour)
}
