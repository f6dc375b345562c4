//! The audit log: who asked what about whom, and whether nobody changed it.

use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use suima_code::{Day, UnixTime};
use suima_issuer::{AuditRow, AuditVerdict};
use suima_sentences::operator as say;

use super::super::layout::{both, moment, say as sentence};
use super::super::reply::{Failure, Reply};
use super::Asked;
use super::frame::{Section, fact};
use crate::town::Town;
use crate::words::{Sentence, Tone, said};

/// How many rows are shown, the newest first.
const SHOWN: usize = 200;

/// How many days back the page begins if nothing else is asked.
const DAYS: i64 = 6;

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new().route("/operator/audit", get(look))
}

#[derive(Deserialize)]
struct Since {
    /// A day, as `2026-11-22`.
    since: Option<String>,
}

async fn look(asked: Asked, Query(Since { since }): Query<Since>) -> Reply {
    let day = since.as_deref().and_then(day).unwrap_or_else(|| earlier(asked.now()));
    let rows = asked.issuer().audit_log(day.start())?;
    let (tone, id, verdict, last) = match asked.issuer().verify_audit()? {
        AuditVerdict::Sound { rows, last } => {
            (Tone::Good, "sound", say::audit_sound(&rows), Some(last))
        }
        AuditVerdict::Broken { number } => (Tone::Bad, "broken", say::audit_broken(&number), None),
    };
    let content = html! {
        section.banner.(tone.word()) data-id=(id) {
            p { (sentence(&verdict)) }
            @if let Some(last) = last {
                p.hint { (both("最后一条的散列值，抄在别处可防全部改写：", "The hash of the last row; written down elsewhere it keeps anybody from rewriting all of them:")) }
                p.hash { code { (last) } }
            }
        }
        form.panel.line {
            label.field { (both("从哪天起", "From this day on")) input type="date" name="since" value=(day); }
            button { (both("显示", "Show")) }
        }
        ol.rows {
            @for row in rows.iter().rev().take(SHOWN) { (draw(&asked, row)?) }
            @if rows.is_empty() { li.none { (both("没有查询", "No questions")) } }
        }
    };
    Ok(asked.show(Section::Audit, &content))
}

fn day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Day::from_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn earlier(now: UnixTime) -> Day {
    Day::of(now.plus(-DAYS * 86_400))
}

fn draw(asked: &Asked, row: &AuditRow) -> Result<Markup, Failure> {
    let asker = match row.by.as_str() {
        "operator" => both("市平台", "the operator"),
        "desk" => both("网页或终端", "a portal or terminal"),
        _ => html! { (row.asker) },
    };
    Ok(html! {
        li.row data-number=(row.number) data-question=(row.question) {
            span.what { span.count { (row.number) } " " (sentence(&question(&row.question))) }
            dl.facts {
                (fact(&both("时间", "At"), &moment(row.at)))
                (fact(&both("谁问", "Who asked"), &asker))
                @if !row.staff.is_empty() { (fact(&both("人员", "Staff"), &html! { (row.staff) })) }
                (fact(&both("关于", "About"), &match row.slot {
                    Some(slot) => asked.who(slot)?,
                    None => both("查无此人", "nobody known"),
                }))
                (fact(&both("答复", "Answer"), &sentence(&outcome(&row.outcome))))
            }
        }
    })
}

/// What was asked; a word that is not known here stands as it is.
fn question(word: &str) -> Sentence {
    match word {
        "id-card" => said("凭身份证查健康状态", "status by ID card"),
        "card" => said("刷身份证登录", "log-in by ID card"),
        "live-code" => said("出示随申码登录", "log-in begun by a live code"),
        "paper-check" => said("离线码与身份证比对", "a paper code against an ID card"),
        "consent" => said("记录同意", "consent recorded"),
        "withdraw" => said("撤回同意", "consent withdrawn"),
        "kinship-end" => said("终止监护关系", "kinship ended"),
        "kinship-restore" => said("恢复监护关系", "kinship restored"),
        "end-device" => said("停用手机", "phone ended"),
        other => said(other, other),
    }
}

fn outcome(word: &str) -> Sentence {
    match word {
        "done" => said("已办", "done"),
        "nothing-to-do" => said("无可变更", "nothing to do"),
        "match" => said("相符", "match"),
        "no-match" => said("不符", "no match"),
        "asked" => said("已请手机确认", "the phone was asked"),
        "too-often" => said("查询过多，未答复", "too often, not answered"),
        other => said(other, other),
    }
}
