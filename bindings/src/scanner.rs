//! What scanners type, put together and told apart.

use std::sync::{Arc, Mutex, PoisonError};

use suima_station::input::{Debounce, Typed, Wedge};

use crate::error::CoreError;

/// What was typed, read or scanned into the one field that takes everything.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Scanned {
    /// A code: for `register`, `gate`, `checkAtDoor`.
    Code {
        /// As those take it.
        text: String,
    },
    /// An ID number, or what was meant to be one: for the calls that take ID cards.
    IdCard {
        /// As those take it.
        number: String,
    },
    /// What may be the barcode of a tube: for `openTube`, `selectTube`.
    Barcode {
        /// As those take it.
        text: String,
    },
    /// Nothing that a station knows.
    Unknown,
}

impl From<Typed> for Scanned {
    fn from(typed: Typed) -> Self {
        match typed {
            Typed::Code(text) => Self::Code { text },
            Typed::IdCard(number) => Self::IdCard { number },
            Typed::Barcode(text) => Self::Barcode { text },
            Typed::Unknown => Self::Unknown,
        }
    }
}

/// Says what a text from a camera or a field is: full-width forms are mapped back, margins dropped.
#[uniffi::export]
pub fn told_apart(text: String) -> Result<Scanned, CoreError> {
    Ok(Typed::of(&text).into())
}

/// Puts together what a hand scanner types that poses as a keyboard, and drops what it repeats. Times are milliseconds
/// on any clock that does not run back.
#[derive(uniffi::Object)]
pub struct WedgeReader(Mutex<Wedge>);

#[uniffi::export]
impl WedgeReader {
    /// One that nothing was typed into yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Wedge::default())))
    }

    /// Takes what was typed, one character or several; gives the texts that are complete by now.
    pub fn typed(&self, characters: String, at_ms: u64) -> Result<Vec<String>, CoreError> {
        let mut wedge = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(characters.chars().filter_map(|character| wedge.push(character, at_ms)).collect())
    }

    /// Gives the text that a pause has ended: for scanners that type no Enter. To be called now and then, and until two
    /// seconds after the last character: so long the rest of a code that came in part is waited for.
    pub fn paused(&self, at_ms: u64) -> Result<Option<String>, CoreError> {
        let mut wedge = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(wedge.poll(at_ms))
    }
}

/// Drops a text that a camera still sees.
#[derive(uniffi::Object)]
pub struct CameraReader(Mutex<Debounce>);

#[uniffi::export]
impl CameraReader {
    /// One that has seen nothing yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Debounce::default())))
    }

    /// Whether this text is a new scan. Times are milliseconds on any clock that does not run back.
    pub fn is_new(&self, text: String, at_ms: u64) -> Result<bool, CoreError> {
        let mut debounce = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(debounce.is_new(&text, at_ms))
    }
}
