//! The register: who is in it, and taking people in.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{Slot, is_blank};
use suima_issuer::{ImportReport, RegisteredPerson};
use suima_sentences::operator as say;

use super::super::layout::{both, moment};
use super::super::reply::{Reply, go};
use super::Asked;
use super::frame::{Section, colour, fact, person_path};
use super::notes::{Note, Typed};
use crate::town::Town;
use crate::words::{Sentence, said};

/// How many people stand on a page.
pub(super) const PAGE: u32 = 100;

const PATH: &str = "/operator/register";
const PERSON: &str = "/operator/register/person";
const PEOPLE: &str = "/operator/register/people";
const KINSHIP: &str = "/operator/register/kinship";

const COLOURS: [(&str, &str); 3] =
    [("green", "绿码 green"), ("yellow", "黄码 yellow"), ("red", "红码 red")];
const RELATIONS: [(&str, &str); 2] = [("parent", "父母 parent"), ("guardian", "监护人 guardian")];

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route(PATH, get(look))
        .route("/operator/register/find", post(find))
        .route(PERSON, post(add))
        .route(PEOPLE, post(import_people))
        .route(KINSHIP, post(import_kinship))
}

#[derive(Deserialize)]
pub(super) struct From {
    pub after: Option<u32>,
}

async fn look(asked: Asked, Query(From { after }): Query<From>) -> Reply {
    let people = asked.issuer().register(after.map(Slot), PAGE)?;
    let content = html! {
        form.panel.line method="post" action="/operator/register/find" {
            label.field {
                (both("证件号（身份证、通行证、护照）", "Number of an ID card, travel permit or passport"))
                input name="document" required autocomplete="off" spellcheck="false";
            }
            button { (both("查找", "Find")) }
        }
        ul.rows { @for person in &people { (row(person)) } }
        (next_page(PATH, &people))
        (one_more(&asked.notes.typed(PERSON).unwrap_or_default()))
        (files(&asked))
    };
    Ok(asked.show(Section::Register, &content))
}

/// The way to the people after these, where there may be more.
pub(super) fn next_page(path: &str, people: &[RegisteredPerson]) -> Markup {
    let full = u32::try_from(people.len()).is_ok_and(|count| count == PAGE);
    html! {
        @if let Some(last) = people.last().filter(|_| full) {
            p { a.button href={ (path) "?after=" (last.slot.0) } { (both("下一页", "Next page")) } }
        }
    }
}

fn row(person: &RegisteredPerson) -> Markup {
    html! {
        li.row data-slot=(person.slot.0) {
            a.what href=(person_path(person.slot)) { (person.name) }
            dl.facts {
                (fact(&both("健康状态", "Status"), &colour(person.colour)))
                (fact(&both("出生", "Born"), &html! {
                    (person.birth_date) @if person.minor { " " (both("未成年", "minor")) }
                }))
                (fact(&both("证件", "Document"), &documents(person)))
                (fact(&both("登记号", "Slot"), &html! { (person.slot) }))
                (fact(&both("手机", "Phone"), &match person.phone_since {
                    Some(since) => html! { (both("开通于", "since")) " " (moment(since)) },
                    None => both("无", "none"),
                }))
            }
        }
    }
}

/// The documents of somebody, masked: the register has them in full, and nobody reads them over a shoulder.
pub(super) fn documents(person: &RegisteredPerson) -> Markup {
    html! {
        @if let Some(number) = &person.id_number { span.number { (number) } }
        @for document in &person.documents {
            " " span.number {
                @match &document.country {
                    Some(country) => { (both("护照", "passport")) " " (country) }
                    None => { (both("通行证", "travel permit")) }
                }
                " " (masked(&document.number))
                @if document.replaced.is_some() { " " (both("已换发", "renewed")) }
            }
        }
        @if person.id_number.is_none() && person.documents.is_empty() { (both("无", "none")) }
    }
}

/// The last two characters of a number.
fn masked(number: &str) -> String {
    let shown = number.chars().count().saturating_sub(2);
    number.chars().enumerate().map(|(place, c)| if place < shown { '*' } else { c }).collect()
}

/// The form for one person, with what was typed when it was refused.
fn one_more(typed: &Typed) -> Markup {
    html! {
        form.panel method="post" action=(PERSON) {
            h2 { (both("登记一人", "Add a person")) }
            div.fields {
                label.field {
                    (both("姓名", "Full name"))
                    input name="name" required autocomplete="off" value=[typed.get("name")];
                }
                label.field {
                    (both("身份证号（没有可留空）", "ID number, empty where there is none"))
                    input name="id_number" autocomplete="off" spellcheck="false" value=[typed.get("id_number")];
                }
                label.field {
                    (both("出生日期", "Birth date"))
                    input type="date" name="birth_date" required value=[typed.get("birth_date")];
                }
                label.field {
                    (both("健康状态", "Health status"))
                    (select("colour", &COLOURS, typed))
                }
                label.field {
                    (both("监护人证件号（儿童）", "A guardian's document, for a child"))
                    input name="guardian" autocomplete="off" spellcheck="false" value=[typed.get("guardian")];
                }
                label.field {
                    (both("监护关系", "That guardian is"))
                    (select("relation", &RELATIONS, typed))
                }
            }
            div.acts { button.solid { (both("登记", "Add")) } }
        }
    }
}

/// A choice, with what was chosen when the form was refused.
fn select(name: &str, choices: &[(&str, &str)], typed: &Typed) -> Markup {
    html! {
        select name=(name) {
            @for (value, label) in choices {
                option value=(value) selected[typed.get(name) == Some(*value)] { (label) }
            }
        }
    }
}

fn files(asked: &Asked) -> Markup {
    let file = |action: &str, title, columns: &str, send| {
        let typed = asked.notes.typed(action).unwrap_or_default();
        html! {
            form.panel method="post" action=(action) {
                h2 { (title) }
                label.field {
                    (both("CSV，首行为列名", "CSV, the first line names the columns"))
                    textarea name="csv" rows="5" required spellcheck="false" {
                        @if let Some(csv) = typed.get("csv") { (csv) } @else { (columns) "\n" }
                    }
                }
                div.acts { button { (send) } }
            }
        }
    };
    html! {
        div.pair {
            (file(PEOPLE, both("批量登记", "Add people from a file"),
                "id_number,name,birth_date,colour,groups", both("导入人员", "Import people")))
            (file(KINSHIP, both("批量登记监护关系", "Add kinship from a file"),
                "guardian_id_number,child_id_number,relation", both("导入监护关系", "Import kinship")))
        }
    }
}

#[derive(Deserialize)]
struct Find {
    document: String,
}

async fn find(asked: Asked, Form(Find { document }): Form<Find>) -> Reply {
    let found = asked.issuer().with_document(&document)?;
    Ok(match found.as_slice() {
        [one] => go(person_path(*one)),
        [] => asked.done(PATH, Note::bad("no-such-person", say::no_such_person())),
        _ => asked.done(PATH, Note::bad("several-people", say::several_people())),
    })
}

#[derive(Deserialize)]
struct NewPerson {
    name: String,
    id_number: String,
    birth_date: String,
    colour: String,
    guardian: String,
    relation: String,
}

async fn add(asked: Asked, Form(new): Form<NewPerson>) -> Reply {
    let relation = if new.guardian.trim().is_empty() { "" } else { &new.relation };
    let cells = [&new.id_number, &new.name, &new.birth_date, &new.colour, &new.guardian, relation];
    let line = cells.map(cell).join(",");
    let csv = format!("id_number,name,birth_date,colour,guardian,relation\n{line}\n");
    let typed = Typed::of([
        ("name", &new.name),
        ("id_number", &new.id_number),
        ("birth_date", &new.birth_date),
        ("colour", &new.colour),
        ("guardian", &new.guardian),
        ("relation", &new.relation),
    ]);
    let imported = asked.issuer().import_register(csv.as_bytes());
    asked.taken(PATH, (PERSON, typed), imported, |report| match report.refused.first() {
        Some(line) => Err(Note::bad("refused", line.why.sentence())),
        None => Ok(Note::good("taken-in", in_the_register(new.name.trim_matches(is_blank)))),
    })
}

fn in_the_register(name: &str) -> Sentence {
    said(format!("已登记：{name}。"), format!("{name} is in the register."))
}

/// A cell of a CSV file, on one line.
fn cell(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[derive(Deserialize)]
struct File {
    csv: String,
}

async fn import_people(asked: Asked, Form(File { csv }): Form<File>) -> Reply {
    let imported = asked.issuer().import_register(csv.as_bytes());
    let typed = Typed::of([("csv", &csv)]);
    asked.taken(PATH, (PEOPLE, typed), imported, |report| taken(&report))
}

async fn import_kinship(asked: Asked, Form(File { csv }): Form<File>) -> Reply {
    let imported = asked.issuer().import_kinship(csv.as_bytes());
    let typed = Typed::of([("csv", &csv)]);
    asked.taken(PATH, (KINSHIP, typed), imported, |report| taken(&report))
}

/// What became of an import; what has lines to mend is kept, for the others are in the register and stay as they are.
fn taken(report: &ImportReport) -> Result<Note, Note> {
    let refused = report.refused.len();
    let said = say::taken_in(&report.added, &report.updated, &report.unchanged, &refused);
    if refused == 0 {
        return Ok(Note::good("taken-in", said));
    }
    Err(Note::caution("taken-in", said).with(html! {
        ul.refused { @for line in &report.refused { li { (super::super::layout::say(&line.sentence())) } } }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_in_its_cell_and_on_its_line() {
        assert_eq!(cell("Anna, \"M\"\nX"), "\"Anna, \"\"M\"\"X\"");
    }

    #[test]
    fn a_number_shows_its_last_two_characters() {
        assert_eq!(masked("H01234567"), "*******67");
        assert_eq!(masked("7"), "7");
    }
}
