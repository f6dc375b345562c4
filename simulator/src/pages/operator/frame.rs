//! The frame of the operator's pages: the ways to all of them, what was just done, and the pieces that several have.

use axum::response::Response;
use maud::{Markup, html};
use suima_code::{Colour, Slot};
use suima_sentences::Sentence;
pub(super) use suima_sentences::station::colour as colour_name;

use super::super::layout::{Kind, Layout, both, city_bar, say};
use super::super::reply::{Failure, page};
use super::Asked;
use super::notes::Typed;
use crate::words::{self, said};

/// What fields ask for that may not be blank.
pub(super) const NOT_BLANK: &str = r".*\S.*";

/// The operator's pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Summary,
    Register,
    Activation,
    Requests,
    Health,
    Keys,
    Policy,
    Sampling,
    Audit,
    Service,
}

impl Section {
    pub const ALL: [Self; 10] = [
        Self::Summary,
        Self::Register,
        Self::Activation,
        Self::Requests,
        Self::Health,
        Self::Keys,
        Self::Policy,
        Self::Sampling,
        Self::Audit,
        Self::Service,
    ];

    pub fn path(self) -> &'static str {
        match self {
            Self::Summary => "/operator",
            Self::Register => "/operator/register",
            Self::Activation => "/operator/activation",
            Self::Requests => "/operator/requests",
            Self::Health => "/operator/health",
            Self::Keys => "/operator/keys",
            Self::Policy => "/operator/policy",
            Self::Sampling => "/operator/sampling",
            Self::Audit => "/operator/audit",
            Self::Service => "/operator/service",
        }
    }

    pub fn name(self) -> Sentence {
        match self {
            Self::Summary => said("概览", "Overview"),
            Self::Register => said("登记册", "Register"),
            Self::Activation => said("激活与设备", "Activation"),
            Self::Requests => said("家人申请", "Requests"),
            Self::Health => said("健康状态", "Health status"),
            Self::Keys => said("密钥", "Keys"),
            Self::Policy => said("政策", "Policy"),
            Self::Sampling => said("采样与冲突", "Sampling, conflicts"),
            Self::Audit => said("查询记录", "Audit log"),
            Self::Service => said("服务", "Service"),
        }
    }
}

impl Asked {
    /// The page of a section.
    pub fn show(&self, section: Section, content: &Markup) -> Response {
        self.show_at(section, section.path(), &section.name(), content)
    }

    /// A page at `path` below a section.
    pub fn show_at(
        &self,
        section: Section,
        path: &str,
        heading: &Sentence,
        content: &Markup,
    ) -> Response {
        let bar = html! {
            (city_bar(&self.town))
            nav.sections aria-label="市平台管理 Operator" {
                @for one in Section::ALL {
                    a href=(one.path()) aria-current=[(one == section).then_some("page")] { (say(&one.name())) }
                }
            }
        };
        let content = html! {
            div.desk {
                h1 { (say(heading)) }
                @if let Some(note) = self.notes.draw(path) { (note) }
                (content)
            }
        };
        let layout = Layout {
            heading: heading.clone(),
            kind: Kind::Operator,
            changes: Some(self.changes),
            bar: Some(bar),
            ..Layout::plain(content)
        };
        page(layout.draw())
    }

    /// Somebody's full name, which leads to what the register has of them.
    pub fn who(&self, slot: Slot) -> Result<Markup, Failure> {
        let name = self.name(slot)?;
        Ok(html! { a.who href=(person_path(slot)) { (name) } })
    }

    /// Somebody of the register, to choose: the first of them by slot. Whoever was chosen in a refused form is chosen still.
    pub fn choose(&self, field: &str, label: &Markup, typed: &Typed) -> Result<Markup, Failure> {
        let people = self.issuer().register(None, super::register::PAGE)?;
        Ok(html! {
            label.field {
                (label)
                select name=(field) required {
                    option value="" { "—" }
                    @for person in &people {
                        @let slot = person.slot.to_string();
                        option value=(slot) selected[typed.get(field) == Some(slot.as_str())] { (person.name) " " (person.birth_date.date().0) }
                    }
                }
            }
        })
    }
}

/// A question before something that cannot be taken back.
pub(super) struct Question<'a> {
    pub asks: Sentence,
    /// Where the answer goes.
    pub action: &'a str,
    /// Fields that the answer carries.
    pub fields: &'a [(&'a str, String)],
    /// Whether a reason is kept.
    pub reason: bool,
    pub yes: Markup,
    /// Where to go if it is not to be done.
    pub back: &'a str,
}

impl Question<'_> {
    pub fn draw(&self) -> Markup {
        html! {
            form.panel.question method="post" action=(self.action) {
                p.asks { (say(&self.asks)) }
                @for (name, value) in self.fields { input type="hidden" name=(name) value=(value); }
                @if self.reason { (reason_field(None)) }
                div.acts {
                    a.button.quiet href=(self.back) { (both("不，返回", "No, go back")) }
                    button.danger.solid { (self.yes) }
                }
            }
        }
    }
}

/// Why something is done, which is kept; with what was typed into a refused form.
pub(super) fn reason_field(typed: Option<&str>) -> Markup {
    html! {
        label.field {
            (both("原因（将保存）", "Reason, which is kept"))
            input name="reason" value=[typed] required maxlength="200" pattern=(NOT_BLANK) autocomplete="off";
        }
    }
}

/// What the register has of somebody.
pub(super) fn person_path(slot: Slot) -> String {
    format!("/operator/person/{}", slot.0)
}

/// A fact and what it is called.
pub(super) fn fact(label: &Markup, value: &Markup) -> Markup {
    html! { div { dt { (label) } dd { (value) } } }
}

/// A form with one button and its hidden fields.
pub(super) fn act(action: &str, class: &str, fields: &[(&str, String)], label: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button.(class) { (label) }
        }
    }
}

/// A link to a question before something that cannot be taken back; `named` says also of whom or what.
pub(super) fn danger(to: &str, label: &Markup, named: &str) -> Markup {
    html! { a.button.danger href=(to) aria-label=(named) { (label) } }
}

/// A health colour in a word, a sign and a frame.
pub(super) fn colour(colour: Colour) -> Markup {
    let (class, sign, _) = words::colour(colour);
    html! {
        span.chip.(class) data-colour=(class) { span aria-hidden="true" { (sign) } " " (say(&colour_name(colour))) }
    }
}
