//! What a sentence is, and how the table is written.

use std::fmt::Display;

/// One thing to say, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What can stand in a sentence: anything that is written alike in both languages (a name, a number, a date), or a
/// [`Sentence`] that differs.
pub trait Spoken {
    /// In simplified Chinese.
    fn zh(&self) -> String;
    /// In English.
    fn en(&self) -> String;
}

impl<T: Display + ?Sized> Spoken for T {
    fn zh(&self) -> String {
        self.to_string()
    }

    fn en(&self) -> String {
        self.to_string()
    }
}

impl Spoken for Sentence {
    fn zh(&self) -> String {
        self.zh.clone()
    }

    fn en(&self) -> String {
        self.en.clone()
    }
}

/// What a sentence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Says no, why, and what to do next (R8).
    Refusal,
    /// Says how something is.
    Notice,
    /// Asks before something is done, naming what it voids (R9).
    Question,
    /// A word or two, to stand in a sentence or on a button.
    Word,
}

impl Kind {
    /// English as it begins: a sentence with a capital letter, also where what varies stands first in it ("the terminal
    /// asks"); a word as it is.
    pub(crate) fn begun(self, mut english: String) -> String {
        if self != Self::Word
            && let Some(first) = english.get_mut(..1)
        {
            first.make_ascii_uppercase();
        }
        english
    }
}

/// A sentence as it stands in the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name of its function.
    pub name: &'static str,
    /// What it does.
    pub kind: Kind,
    /// In simplified Chinese, with what varies in braces.
    pub zh: &'static str,
    /// In English, likewise.
    pub en: &'static str,
}

/// Writes a part of the table: for each sentence its kind, a function of what varies, and both languages.
macro_rules! sentences {
    ($( $(#[$doc:meta])* $kind:ident $name:ident ( $($part:ident),* ) $zh:literal $en:literal; )*) => {
        $(
            $(#[$doc])*
            pub fn $name($($part: &(impl $crate::Spoken + ?Sized)),*) -> $crate::Sentence {
                $crate::Sentence {
                    zh: { $(let $part = $crate::Spoken::zh($part);)* format!($zh) },
                    en: {
                        $(let $part = $crate::Spoken::en($part);)*
                        $crate::Kind::$kind.begun(format!($en))
                    },
                }
            }
        )*

        /// This part of the table.
        pub(crate) const ROWS: &[$crate::Row] = &[$($crate::Row {
            name: stringify!($name),
            kind: $crate::Kind::$kind,
            zh: $zh,
            en: $en,
        }),*];
    };
}
