//! What the numbers of the policy are called.

use crate::words::{Sentence, said};

/// A number of the policy.
pub(super) struct Number {
    /// As the issuer calls it.
    pub name: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl Number {
    pub fn label(&self) -> Sentence {
        said(self.zh, self.en)
    }
}

const fn number(name: &'static str, zh: &'static str, en: &'static str) -> Number {
    Number { name, zh, en }
}

/// All of them: codes first, then what is known offline, then families and paper codes.
pub(super) const NUMBERS: [Number; 20] = [
    number("nucleic_acid_days", "核酸码有效天数", "Days a nucleic-acid code counts"),
    number("paper_days", "离线码有效天数", "Days a paper code counts"),
    number("claim_ahead_days", "核酸码到期前几天可换新", "Days ahead in which a successor is made"),
    number("regenerations_per_day", "每人每日可重新生成次数", "Regenerations of one code in a day"),
    number("reminder_days", "到期前几天提醒", "Days before the end to remind"),
    number("redraw_seconds", "随申码刷新间隔（秒）", "Seconds until a live code is redrawn"),
    number("live_window_seconds", "随申码时间容差（秒）", "Seconds a live code's time may differ"),
    number("credential_seconds", "凭证离线有效（秒）", "Seconds a credential lasts offline"),
    number("colour_seconds", "颜色离线有效（秒）", "Seconds a colour counts offline"),
    number(
        "admitted_colours",
        "放行颜色：绿1、黄2、红4之和",
        "Colours admitted: 1 green + 2 yellow + 4 red",
    ),
    number(
        "knowledge_said_seconds",
        "名单多旧须提示（秒）",
        "Age of the list that is said, in seconds",
    ),
    number(
        "knowledge_refused_seconds",
        "名单多旧须拒绝（秒）",
        "Age of the list that refuses, in seconds",
    ),
    number("relatives_per_user", "一人可持有亲属码数", "Relatives that one user may hold"),
    number("holders_per_relative", "一人的码可由几人持有", "Holders that one relative may have"),
    number("asks_per_day", "每日可请求同意次数", "Times a day to ask for consent"),
    number("adult_age", "成年年龄", "Age of consent"),
    number(
        "coming_of_age_days",
        "成年后几天终止监护人持有",
        "Days after coming of age that guardians hold",
    ),
    number("senior_age", "离线码：此龄及以上", "Paper code: this age and over"),
    number("paper_under_age", "离线码：未满此龄", "Paper code: under this age"),
    number("paper_groups", "离线码：群体（位之和）", "Paper code: groups, as a sum of bits"),
];
