//! What the operator is told after something was done, until they have read it or do the next thing; and what they had typed
//! into a form that was refused, until it is taken.

use std::collections::HashMap;
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

/// What was typed into a form, by the names of its fields. People stand in it: it has no `Debug`, and no log has it.
#[derive(Clone, Default)]
pub(super) struct Typed(HashMap<String, String>);

impl Typed {
    pub fn of<const N: usize>(fields: [(&str, &str); N]) -> Self {
        fields.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
    }

    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }
}

impl FromIterator<(String, String)> for Typed {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

/// The last note, and the forms that were refused.
#[derive(Default)]
pub(super) struct Notes(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// With the page that says it.
    note: Option<(String, Note)>,
    /// By where each is sent. They outlive the note: who has read why still has the form to mend.
    refused: HashMap<&'static str, Typed>,
}

impl Notes {
    pub fn put(&self, path: &str, note: Note) {
        self.locked().note = Some((path.to_owned(), note));
    }

    /// It was read; the page that said it.
    pub fn seen(&self) -> Option<String> {
        self.locked().note.take().map(|(path, _)| path)
    }

    /// Keeps what was typed into a form that was refused.
    pub fn keep(&self, form: &'static str, typed: Typed) {
        self.locked().refused.insert(form, typed);
    }

    /// What was typed into a form was taken, or is not wanted any more.
    pub fn forget(&self, form: &str) {
        self.locked().refused.remove(form);
    }

    /// What was typed into a form when it was refused last, if it was not taken since.
    pub fn typed(&self, form: &str) -> Option<Typed> {
        self.locked().refused.get(form).cloned()
    }

    /// What the page at `path` has to say.
    pub fn draw(&self, path: &str) -> Option<Markup> {
        let held = self.locked();
        let (_, note) = held.note.as_ref().filter(|(page, _)| page == path)?;
        Some(html! {
            section #note.banner.(note.tone.word()) role="status" data-id=(note.id) {
                p { (say(&note.said)) }
                @if let Some(more) = &note.more { (more) }
                form method="post" action="/operator/seen" data-quiet { button.quiet { (both("知道了", "OK")) } }
            }
        })
    }

    fn locked(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::said;

    #[test]
    fn what_was_typed_stays_when_the_note_was_read_until_the_form_is_taken() {
        let notes = Notes::default();
        notes.put("/page", Note::bad("refused", said("不", "No")));
        notes.keep("/page/form", Typed::of([("name", "甲")]));
        assert_eq!(notes.seen().as_deref(), Some("/page"));
        let typed = notes.typed("/page/form").unwrap_or_default();
        assert_eq!((typed.get("name"), typed.get("other")), (Some("甲"), None));
        notes.forget("/page/form");
        assert!(notes.typed("/page/form").is_none());
    }
}
