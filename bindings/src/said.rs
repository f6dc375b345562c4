//! What is said to people.

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Said {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl From<Said> for suima_wallet::Sentence {
    fn from(said: Said) -> Self {
        Self { zh: said.zh, en: said.en }
    }
}

impl From<suima_station::Sentence> for Said {
    fn from(said: suima_station::Sentence) -> Self {
        Self { zh: said.zh, en: said.en }
    }
}
