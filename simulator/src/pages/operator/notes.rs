//! What the operator is told after something was done, until they have read it or do the next thing.

use std::sync::{Mutex, MutexGuard, PoisonError};

use maud::{Markup, html};

use super::super::layout::{both, say};
use crate::words::{Sentence, Tone};

/// Something to tell.
#[derive(Clone)]
pub(super) struct Note {
    tone: Tone,
    /// What it is, in a stable word.
    id: &'static str,
    said: Sentence,
    /// What goes with it: an activation code, the lines that were refused.
    more: Option<Markup>,
}

impl Note {
    pub fn good(id: &'static str, said: Sentence) -> Self {
        Self { tone: Tone::Good, id, said, more: None }
    }

    pub fn caution(id: &'static str, said: Sentence) -> Self {
        Self { tone: Tone::Caution, ..Self::good(id, said) }
    }

    pub fn bad(id: &'static str, said: Sentence) -> Self {
        Self { tone: Tone::Bad, ..Self::good(id, said) }
    }

    pub fn with(self, more: Markup) -> Self {
        Self { more: Some(more), ..self }
    }
}

/// The last one, and the page that says it.
#[derive(Default)]
pub(super) struct Notes(Mutex<Option<(String, Note)>>);

impl Notes {
    pub fn put(&self, path: &str, note: Note) {
        *self.locked() = Some((path.to_owned(), note));
    }

    /// It was read; the page that said it.
    pub fn seen(&self) -> Option<String> {
        self.locked().take().map(|(path, _)| path)
    }

    /// What the page at `path` has to say.
    pub fn draw(&self, path: &str) -> Option<Markup> {
        let held = self.locked();
        let (_, note) = held.as_ref().filter(|(page, _)| page == path)?;
        Some(html! {
            section #note.banner.(note.tone.word()) role="status" data-id=(note.id) {
                p { (say(&note.said)) }
                @if let Some(more) = &note.more { (more) }
                form method="post" action="/operator/seen" data-quiet { button.quiet { (both("知道了", "OK")) } }
            }
        })
    }

    fn locked(&self) -> MutexGuard<'_, Option<(String, Note)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
