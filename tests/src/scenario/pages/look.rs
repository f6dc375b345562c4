//! What a page says, as a person reads it, and as marks in it name it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::run::Trouble;

/// Reads it, in a browser.
pub(super) const SCRIPT: &str = include_str!("look.js");

/// A page.
#[derive(Debug, Deserialize)]
pub(super) struct Look {
    /// Where it is.
    pub path: String,
    elements: Vec<Element>,
}

/// An element.
#[derive(Debug, Deserialize)]
pub(super) struct Element {
    /// The element around it.
    within: Option<usize>,
    pub tag: String,
    pub id: String,
    /// Of a field.
    pub name: String,
    value: String,
    classes: Vec<String>,
    /// Whether it stands open, where it can be closed.
    pub open: bool,
    data: BTreeMap<String, String>,
    /// The colour behind it, of the verdict alone.
    pub ground: String,
    /// Where it leads.
    pub href: String,
    pub text: String,
    pub zh: String,
    pub en: String,
    times: Vec<String>,
}

/// Elements on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    look: &'a Look,
    at: usize,
}

impl Look {
    pub fn read(value: Value) -> Result<Self, Trouble> {
        serde_json::from_value(value).map_err(Trouble::of)
    }

    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        (0..self.elements.len()).map(|at| Part { look: self, at })
    }

    /// The element with an id.
    pub fn id(&self, id: &str) -> Result<Part<'_>, Trouble> {
        let found = self.parts().find(|part| part.id == id);
        found.ok_or_else(|| self.lacks(&format!("#{id}")))
    }

    /// The first element of a class.
    pub fn class(&self, class: &str) -> Result<Part<'_>, Trouble> {
        let found = self.parts().find(|part| part.is(class));
        found.ok_or_else(|| self.lacks(&format!(".{class}")))
    }

    /// All elements that have this data.
    pub fn with<'a>(&'a self, data: &str) -> impl Iterator<Item = Part<'a>> {
        self.parts().filter(move |part| part.data(data).is_some())
    }

    pub fn lacks(&self, what: &str) -> Trouble {
        let said = self.parts().next().map(|part| part.text.clone()).unwrap_or_default();
        Trouble(format!("{} has no {what}: {said}", self.path))
    }
}

impl std::ops::Deref for Part<'_> {
    type Target = Element;

    fn deref(&self) -> &Element {
        &self.look.elements[self.at]
    }
}

impl<'a> Part<'a> {
    /// Whether it is of a class.
    pub fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|one| one == class)
    }

    pub fn data(&self, name: &str) -> Option<&'a str> {
        self.look.elements[self.at].data.get(name).map(String::as_str)
    }

    /// What stands in a field.
    pub fn value(self) -> &'a str {
        &self.look.elements[self.at].value
    }

    /// Everything in it.
    pub fn parts(self) -> impl Iterator<Item = Part<'a>> {
        self.look.parts().filter(move |part| part.is_in(self.at))
    }

    fn is_in(self, around: usize) -> bool {
        let mut within = self.within;
        while let Some(at) = within {
            if at == around {
                return true;
            }
            within = self.look.elements[at].within;
        }
        false
    }

    /// The first element of a class in it.
    pub fn class(self, class: &str) -> Option<Part<'a>> {
        self.parts().find(|part| part.is(class))
    }

    /// The moment in it, where there is one.
    pub fn moment(&self) -> Option<String> {
        let zoned = self.times.first()?;
        Some(zoned.strip_suffix("+08:00").unwrap_or(zoned).replace('T', " "))
    }

    /// What it says, in both languages: its first paragraph, if it has any, for what stands beneath are buttons.
    pub fn said(self) -> Value {
        let said = self.parts().find(|part| part.tag == "p").unwrap_or(self);
        json!({ "zh": said.zh, "en": said.en })
    }

    /// An error that it tells.
    pub fn error(self) -> Value {
        let mut error = self.said();
        error["error"] = json!(self.data("id"));
        error
    }
}
