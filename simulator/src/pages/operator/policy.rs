//! The policy: the table of R6, every number, and the versions that there were.

mod numbers;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Form;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde_json::{Map, Value};
use suima_code::{Acceptance, Place, Policy, Presented};
use suima_sentences::operator as say;

use self::numbers::NUMBERS;
use super::super::layout::{both, moment, say as sentence};
use super::super::reply::{Failure, Reply, go};
use super::Asked;
use super::frame::{Section, act};
use super::notes::{Note, Typed};
use crate::town::Town;
use crate::words::{Sentence, said};

const PATH: &str = "/operator/policy";
const DISCARD: &str = "/operator/policy/discard";

/// How many versions are told.
const VERSIONS: u32 = 20;

const PLACES: [(Place, &str); 3] =
    [(Place::Sampling, "sampling"), (Place::Gate, "gate"), (Place::ManualCheck, "manual-check")];
const ROWS: [(Presented, &str); 5] = [
    (Presented::NucleicAcid, "nucleic-acid"),
    (Presented::Paper, "paper"),
    (Presented::Live, "live"),
    (Presented::Relative, "relative"),
    (Presented::IdCard, "id-card"),
];
const CELLS: [(Acceptance, &str); 4] = [
    (Acceptance::Accepted, "accepted"),
    (Acceptance::Refused, "refused"),
    (Acceptance::WithIdCard, "with-id-card"),
    (Acceptance::AskIssuer, "ask-issuer"),
];

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route(PATH, get(look).post(change)).route(DISCARD, post(discard))
}

fn place_name(place: Place) -> Sentence {
    match place {
        Place::Sampling => said("采样", "Sampling"),
        Place::Gate => said("闸机", "Gate"),
        Place::ManualCheck => said("人工核验", "Manual check"),
    }
}

fn row_name(row: Presented) -> Sentence {
    match row {
        Presented::NucleicAcid => said("核酸码", "Nucleic-acid code"),
        Presented::Paper => said("离线码", "Paper code"),
        Presented::Live => said("随申码", "Live code"),
        Presented::Relative => said("亲属码", "Relative code"),
        Presented::IdCard => said("身份证", "ID card"),
    }
}

fn cell_name(cell: Acceptance) -> Sentence {
    match cell {
        Acceptance::Refused => said("不接受", "refused"),
        Acceptance::Accepted => said("接受", "accepted"),
        Acceptance::WithIdCard => said("须比对身份证", "with the ID card"),
        Acceptance::AskIssuer => said("须查询", "asks the issuer"),
    }
}

fn word(cell: Acceptance) -> &'static str {
    CELLS.iter().find(|(one, _)| *one == cell).map_or("", |(_, word)| word)
}

/// The cell of a word.
fn of_word(word: &str) -> Option<Acceptance> {
    CELLS.iter().find(|(_, known)| *known == word).map(|(cell, _)| *cell)
}

async fn look(asked: Asked) -> Reply {
    let policies = asked.issuer().policies(VERSIONS)?;
    let policy = asked.issuer().policy()?;
    let limits = numbers_of(&policy)?;
    // What was typed to change an earlier version would take back what was changed since.
    let version_now = policy.version.to_string();
    let typed = asked.notes.typed(PATH);
    let typed = typed.filter(|typed| typed.get("version") == Some(version_now.as_str()));
    let unsigned = typed.is_some();
    let typed = typed.unwrap_or_default();
    let content = html! {
        p #version data-version=(policy.version) {
            (both(&format!("第 {} 版", policy.version), &format!("Version {}", policy.version))) " " (moment(policy.iat))
        }
        @if unsigned {
            section.panel #unsigned {
                p { (both("下面有尚未签发的改动。", "Below are changes that are not signed.")) }
                (act(DISCARD, "quiet", &[], &both("放弃改动", "Discard the changes")))
            }
        }
        form.policy method="post" action=(PATH) {
            input type="hidden" name="version" value=(policy.version);
            section.panel aria-labelledby="table" {
                h2 #table { (both("何处接受什么", "What is accepted where")) }
                (table(&policy, &typed))
            }
            section.panel aria-labelledby="numbers" {
                h2 #numbers { (both("数值", "Numbers")) }
                div.fields {
                    @for number in &NUMBERS {
                        @let now = limits.get(number.name).and_then(Value::as_u64);
                        label.field {
                            (sentence(&number.label()))
                            input type="number" name=(number.name) min="0" max=(u32::MAX) required
                                value=[typed.get(number.name).map(str::to_owned).or_else(|| now.map(|now| now.to_string()))];
                        }
                    }
                }
            }
            div.acts { button.solid { (both("签发新版政策", "Sign it as a new version")) } }
        }
        section.panel aria-labelledby="versions" {
            h2 #versions { (both("历次版本", "Versions")) }
            ol.rows {
                @for (place, policy) in policies.iter().enumerate() { (version(policy, policies.get(place + 1))?) }
            }
        }
    };
    Ok(asked.show(Section::Policy, &content))
}

fn table(policy: &Policy, typed: &Typed) -> Markup {
    html! {
        table.r6 {
            thead {
                tr {
                    th scope="col" { (both("出示", "Shown")) }
                    @for (place, _) in PLACES { th scope="col" { (sentence(&place_name(place))) } }
                }
            }
            tbody {
                @for (row, row_word) in ROWS {
                    tr {
                        th scope="row" { (sentence(&row_name(row))) }
                        @for (place, place_word) in PLACES {
                            td { (cell(policy, typed, (row, row_word), (place, place_word))) }
                        }
                    }
                }
            }
        }
    }
}

fn cell(policy: &Policy, typed: &Typed, row: (Presented, &str), place: (Place, &str)) -> Markup {
    let field = format!("{}.{}", row.1, place.1);
    let now = policy.acceptance(row.0, place.0);
    let now = typed.get(&field).and_then(of_word).unwrap_or(now);
    let (what, whither) = (row_name(row.0), place_name(place.0));
    html! {
        label {
            span.place aria-hidden="true" { (sentence(&whither)) }
            select name=(field) data-cell=(word(now))
                aria-label={ (what.zh) ", " (whither.zh) " – " (what.en) ", " (whither.en) }
            {
                @for (one, word) in CELLS {
                    @let name = cell_name(one);
                    option value=(word) selected[one == now] { (name.zh) " " (name.en) }
                }
            }
        }
    }
}

/// A version, and what it changed.
fn version(policy: &Policy, before: Option<&Policy>) -> Result<Markup, Failure> {
    let changes = before.map(|before| changes(before, policy)).transpose()?;
    Ok(html! {
        li.row data-version=(policy.version) {
            span.what { (both(&format!("第 {} 版", policy.version), &format!("Version {}", policy.version))) }
            div {
                p { (moment(policy.iat)) }
                @if let Some(changes) = changes {
                    @for change in &changes { p { (sentence(change)) } }
                    @if changes.is_empty() { p { (both("内容未变，重新签名", "The same, signed anew")) } }
                }
            }
        }
    })
}

/// What differs, each as `name: before → after`.
fn changes(before: &Policy, after: &Policy) -> Result<Vec<Sentence>, Failure> {
    let mut changes = Vec::new();
    for (row, _) in ROWS {
        for (place, _) in PLACES {
            let (old, new) = (before.acceptance(row, place), after.acceptance(row, place));
            if old != new {
                let (row, place) = (row_name(row), place_name(place));
                let (old, new) = (cell_name(old), cell_name(new));
                changes.push(said(
                    format!("{}在{}：{} → {}", row.zh, place.zh, old.zh, new.zh),
                    format!("{}, {}: {} → {}", row.en, place.en, old.en, new.en),
                ));
            }
        }
    }
    let (old, new) = (numbers_of(before)?, numbers_of(after)?);
    for number in &NUMBERS {
        let (old, new) = (old.get(number.name), new.get(number.name));
        if let (Some(old), Some(new)) = (old, new)
            && old != new
        {
            let label = number.label();
            changes.push(said(
                format!("{}：{old} → {new}", label.zh),
                format!("{}: {old} → {new}", label.en),
            ));
        }
    }
    Ok(changes)
}

/// The numbers by name.
fn numbers_of(policy: &Policy) -> Result<Map<String, Value>, Failure> {
    match serde_json::to_value(policy.limits) {
        Ok(Value::Object(numbers)) => Ok(numbers),
        _ => Err(Failure::Missing),
    }
}

async fn change(asked: Asked, Form(fields): Form<HashMap<String, String>>) -> Reply {
    let now = asked.issuer().policy()?;
    if fields.get("version") != Some(&now.version.to_string()) {
        return Ok(asked.done(PATH, Note::bad("policy-moved", say::policy_moved(&now.version))));
    }
    let wanted = read(now, &fields);
    let typed: Typed = fields.into_iter().collect();
    let Some(wanted) = wanted else {
        let unreadable = said(
            "数值须为不小于零的整数，选项须在表中。请改正后再存。",
            "Numbers are whole, none below zero; choices are the table's. Correct and save again.",
        );
        return Ok(asked.mend(PATH, (PATH, typed), Note::bad("unreadable-policy", unreadable)));
    };
    let told = changes(&now, &wanted)?;
    if told.is_empty() {
        asked.notes.forget(PATH);
        let same =
            said("内容没有改动，未签发新版。", "Nothing was changed; no new version was signed.");
        return Ok(asked.done(PATH, Note::caution("nothing-to-change", same)));
    }
    asked.taken(PATH, (PATH, typed), asked.issuer().set_policy(wanted), |policy| {
        Ok(Note::good("policy-set", say::policy_set(&policy.version)).with(html! {
            ul { @for change in &told { li { (sentence(change)) } } }
        }))
    })
}

/// The changes that were refused are not wanted any more.
async fn discard(asked: Asked) -> Reply {
    asked.notes.forget(PATH);
    asked.town.devices.changed();
    Ok(go(PATH))
}

/// The policy with what a form says of it; `None` where that is no policy.
fn read(mut policy: Policy, fields: &HashMap<String, String>) -> Option<Policy> {
    let Ok(Value::Object(mut limits)) = serde_json::to_value(policy.limits) else { return None };
    for number in &NUMBERS {
        let value: u32 = fields.get(number.name)?.trim().parse().ok()?;
        limits.insert(number.name.to_owned(), value.into());
    }
    policy.limits = serde_json::from_value(Value::Object(limits)).ok()?;
    for (row, row_word) in ROWS {
        for (place, place_word) in PLACES {
            let wanted = fields.get(&format!("{row_word}.{place_word}"))?;
            policy = policy.with(row, place, of_word(wanted)?);
        }
    }
    Some(policy)
}

#[cfg(test)]
mod tests {
    use suima_code::UnixTime;

    use super::*;

    fn standard() -> Policy {
        Policy::standard(1, UnixTime::new(1_795_309_200))
    }

    #[test]
    fn every_number_of_the_policy_has_a_field_and_no_field_is_of_another() {
        let policy = numbers_of(&standard()).ok();
        let names: Vec<String> =
            policy.unwrap_or_default().into_iter().map(|(name, _)| name).collect();
        let mut fields: Vec<&str> = NUMBERS.iter().map(|number| number.name).collect();
        fields.sort_unstable();
        assert_eq!(names, fields);
    }

    #[test]
    fn a_form_sent_as_it_stands_changes_nothing_and_one_changed_cell_is_told() {
        let policy = standard();
        let mut fields: HashMap<String, String> = numbers_of(&policy)
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| (name, value.to_string()))
            .collect();
        for (row, row_word) in ROWS {
            for (place, place_word) in PLACES {
                let cell = word(policy.acceptance(row, place));
                fields.insert(format!("{row_word}.{place_word}"), cell.to_owned());
            }
        }
        assert_eq!(read(policy, &fields), Some(policy));
        for (field, wrong) in
            [("paper.gate", "perhaps"), ("adult_age", "-1"), ("adult_age", ""), ("adult_age", "x")]
        {
            let mut fields = fields.clone();
            fields.insert(field.to_owned(), wrong.to_owned());
            assert_eq!(read(policy, &fields), None, "{field}={wrong}");
        }
        fields.insert("paper.gate".to_owned(), "accepted".to_owned());
        let changed = read(policy, &fields).expect("a policy");
        assert_eq!(changed, policy.with(Presented::Paper, Place::Gate, Acceptance::Accepted));
        let told = changes(&policy, &changed).unwrap_or_default();
        assert_eq!(
            told,
            [said("离线码在闸机：不接受 → 接受", "Paper code, Gate: refused → accepted")]
        );
    }
}
