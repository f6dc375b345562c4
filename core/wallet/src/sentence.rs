//! What the wallet says to people: Chinese first, English beside it, short enough for a phone.

use suima_client::wire::{Made, ProblemId};
use suima_code::{Day, Presented, Reason, UnixTime};
use suima_sentences::describe;

use crate::error::Error;
use crate::news::{News, Resolved, Settled};
use crate::saved::SavedCheck;
use crate::views::{ClockStatus, Doubt};

/// One thing to say, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

fn say(zh: impl Into<String>, en: impl Into<String>) -> Sentence {
    Sentence { zh: zh.into(), en: en.into() }
}

impl Sentence {
    /// The same, said of then and not of now: whoever has gone online since may know better.
    fn known_on(self, as_of: UnixTime) -> Self {
        let (at, Self { zh, en }) = (minute(as_of), self);
        say(format!("截至{at},{zh}"), format!("As known on {at}: {en}"))
    }
}

/// `2026-11-22 09:02`, in Shanghai.
pub(crate) fn minute(time: UnixTime) -> String {
    let day = Day::of(time);
    let seconds = time.since(day.start());
    format!("{day} {:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

/// What regenerating voids (R9).
pub(crate) fn warning(name: &str, voids: Option<&Made>) -> Sentence {
    match voids {
        Some(made) => {
            let (by, at) = (&made.by, minute(made.iat));
            say(
                format!("{by} {at} 为{name}生成的核酸码(含保存的截图和打印件)将作废。"),
                format!(
                    "{name}'s nucleic-acid code that {by} made on {at}, with every saved picture and print of \
                     it, will be void."
                ),
            )
        }
        None => say(
            format!("将为{name}生成核酸码。本机没有会因此作废的码。"),
            format!(
                "A nucleic-acid code will be made for {name}. This phone knows of none that it voids."
            ),
        ),
    }
}

pub(crate) fn regeneration_pending(since: UnixTime) -> Sentence {
    let at = minute(since);
    say(
        format!("{at} 的重新生成尚无结果,此码可能已作废。请联网确认。"),
        format!(
            "The code was to be regenerated on {at}, with no answer yet: this one may be void. Go online."
        ),
    )
}

/// What to say of the clock, where there is something to say.
pub(crate) fn clock(status: ClockStatus) -> Option<Sentence> {
    match status {
        ClockStatus::Right => None,
        ClockStatus::Wrong { by_seconds } => {
            let by = duration(by_seconds.unsigned_abs());
            let (zh, en) = if by_seconds > 0 { ("快", "ahead") } else { ("慢", "behind") };
            Some(say(
                format!("手机时间{zh}了{},已按市平台时间校正。请调准手机时间。", by.zh),
                format!(
                    "This phone's clock is {} {en}. The code uses the right time; please set the clock.",
                    by.en
                ),
            ))
        }
        ClockStatus::Unchecked => Some(say(
            "手机时间尚未核对,请联网一次。",
            "This phone's clock has not been checked. Go online once.",
        )),
    }
}

/// How old the wallet's knowledge is.
pub(crate) fn age(as_of: UnixTime, seconds: u64) -> Sentence {
    let (at, age) = (minute(as_of), duration(seconds));
    say(
        format!("离线显示,信息截至{at}({}前)。", age.zh),
        format!("Offline: as known on {at}, {} ago.", age.en),
    )
}

pub(crate) fn colour_too_old(as_of: UnixTime) -> Sentence {
    let at = minute(as_of);
    say(
        format!("健康状态截至{at},已过时,进门前请联网;采样不受影响。"),
        format!(
            "The health status is as of {at}: too old for gates. Go online; sampling takes it as it is."
        ),
    )
}

fn duration(seconds: u64) -> Sentence {
    let plural = |n: u64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let (n, zh, en) = match seconds {
        0..=119 => (seconds, "秒", "second"),
        120..=7199 => (seconds / 60, "分钟", "minute"),
        7200..=172_799 => (seconds / 3600, "小时", "hour"),
        _ => (seconds / 86_400, "天", "day"),
    };
    say(format!("{n}{zh}"), plural(n, en))
}

/// `妈妈 made this one at 9:02. Make another?`
fn behind(current: Option<&Made>) -> Sentence {
    match current {
        Some(made) => {
            let (by, at) = (&made.by, minute(made.iat));
            say(
                format!("{by}已于{at}生成此码,没有作废任何码。要再生成一个吗?"),
                format!("{by} made this one on {at}. Nothing was voided. Make another?"),
            )
        }
        None => say(
            "您看到的码已不是当前的码,没有作废任何码。要生成一个吗?",
            "The code you saw was not the current one any more. Nothing was voided. Make one?",
        ),
    }
}

impl Settled {
    /// What became of the regeneration of `name`'s code.
    pub fn sentence(&self, name: &str) -> Sentence {
        match self {
            Self::Made { made } => {
                let at = minute(made.iat);
                say(
                    format!("{name}的新核酸码已于{at}生成,之前的已作废。"),
                    format!(
                        "{name}'s new nucleic-acid code was made on {at}; earlier ones are void."
                    ),
                )
            }
            Self::Overtaken { current: Some(made) } => {
                let (by, at) = (&made.by, minute(made.iat));
                say(
                    format!("您生成的码已被{by}于{at}另生成的码替换。"),
                    format!("The code you made was replaced by the one that {by} made on {at}."),
                )
            }
            Self::Overtaken { current: None } => {
                say("您生成的码已不再有效。", "The code you made does not count any more.")
            }
            Self::Behind { current } => behind(current.as_ref()),
            Self::TooLate => say(
                "请求送达太晚,没有生成,也没有作废任何码。",
                "The request came too late: nothing was made and nothing was voided.",
            ),
            Self::UsedUp => say(
                "今天的重新生成次数已用完,没有作废任何码。",
                "No more regenerations today. Nothing was voided.",
            ),
            Self::Unknown { .. } => say(
                "重新生成的结果无法查询,已重新获取当前的码。",
                "What became of the regeneration cannot be learned; the current code was fetched.",
            ),
        }
    }
}

impl Resolved {
    /// What to say of it.
    pub fn sentence(&self) -> Sentence {
        self.outcome.sentence(&self.name)
    }
}

impl News {
    /// What to say of it.
    pub fn sentence(&self) -> Sentence {
        let (by, at, name) = (&self.made.by, minute(self.made.iat), &self.name);
        say(
            format!("{by}于{at}重新生成了{name}的核酸码,之前保存或打印的已作废。"),
            format!(
                "{by} regenerated {name}'s nucleic-acid code on {at}; earlier pictures and prints are void."
            ),
        )
    }
}

impl SavedCheck {
    /// What to say of the picture.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Current { until, doubt: None, name, as_of, old, .. } => {
                let day = last_day(*until);
                let said = say(
                    format!("这是{name}当前的核酸码,有效至{day}。"),
                    format!("This is {name}'s current nucleic-acid code, until {day}."),
                );
                if *old { said.known_on(*as_of) } else { said }
            }
            Self::Current { doubt: Some(Doubt::RegenerationPending { since }), .. }
            | Self::Successor { doubt: Some(Doubt::RegenerationPending { since }), .. } => {
                regeneration_pending(*since)
            }
            Self::Successor { from, until, doubt: None, name, as_of, old, .. } => {
                let (from, day) = (minute(*from), last_day(*until));
                let said = say(
                    format!("这是{name}的下一个核酸码,{from}起有效,至{day}。"),
                    format!("This is {name}'s next nucleic-acid code, from {from} until {day}."),
                );
                if *old { said.known_on(*as_of) } else { said }
            }
            Self::Replaced { at, by: Some(by), .. } => {
                let at = minute(*at);
                say(
                    format!("此码已于{at}被{by}生成的新码替换。"),
                    format!("This code was replaced on {at} by one that {by} made."),
                )
            }
            Self::Replaced { at, by: None, .. } => {
                let at = minute(*at);
                say(format!("此码已于{at}被新码替换。"), format!("This code was replaced on {at}."))
            }
            Self::Expired { at, .. } => refused(Reason::Expired { at: *at }),
            Self::NotKnown { .. } => say(
                "此码比本机所知的更新。请联网后再查。",
                "This code is newer than what this phone knows. Go online and check again.",
            ),
            Self::NotYours => say(
                "这不是您或您家人的核酸码。",
                "This is not a nucleic-acid code of yours or of a relative you hold.",
            ),
            Self::NotSaved => say(
                "这不是核酸码。动态码的截图会过时,请直接打开应用出示。",
                "This is not a nucleic-acid code. A picture of a live code goes stale: open it in the app.",
            ),
            Self::Refused { reason } => refused(*reason),
        }
    }
}

fn refused(reason: Reason) -> Sentence {
    let said = describe(&reason, Some(Presented::NucleicAcid));
    say(said.zh, said.en)
}

/// The last day that counts, for a code that ends at `exp`.
pub(crate) fn last_day(exp: UnixTime) -> String {
    Day::of(exp.plus(-1)).to_string()
}

pub(crate) fn error(error: &Error) -> Sentence {
    match error {
        Error::NotEnrolled => say(
            "本机尚未开通。请输入激活码。",
            "This phone is not enrolled. Enter an activation code.",
        ),
        Error::DeviceEnded { .. } => say(
            "本机已停用(可能换了新手机),码已清除。要继续使用请重新开通。",
            "This phone was ended, perhaps by a newer one; its codes are gone. Enrol again to use it.",
        ),
        Error::NotListed { .. } => {
            say("您的家人名单中没有此人。", "This person is not among your relatives.")
        }
        Error::NotHeld { .. } => {
            say("尚未添加此人的亲属码。", "This person's code has not been added yet.")
        }
        Error::NoCode { .. } => say(
            "本机还没有核酸码。请联网一次。",
            "There is no nucleic-acid code here. Go online once.",
        ),
        Error::Expired { at } => {
            let at = minute(*at);
            say(
                format!("此码已于{at}到期。请联网更新。"),
                format!("This code ended on {at}. Go online to renew it."),
            )
        }
        Error::InDoubt { since } => {
            let at = minute(*since);
            say(
                format!("{at} 的重新生成尚无结果,暂不能保存此码。请联网确认。"),
                format!(
                    "The regeneration of {at} has no answer yet: the code cannot be saved now. Go online."
                ),
            )
        }
        Error::Offline { .. } => say(
            "没有网络,请求未发出。已保存的码仍可出示。",
            "No network: nothing was sent. Codes on this phone can still be shown.",
        ),
        Error::NoAnswer { .. } => {
            say("没有收到答复,请稍后重试。", "No answer came. Try again later.")
        }
        Error::Problem(problem) if problem.id == ProblemId::DeviceEnded => {
            self::error(&Error::DeviceEnded { at: problem.time })
        }
        Error::Problem(problem) => say(&problem.title_chinese, &problem.title),
        Error::BadAnswer(_) => say(
            "答复无法核实,已忽略。请稍后重试。",
            "The answer could not be verified and was ignored. Try again later.",
        ),
        Error::Busy => say("正在处理,请稍后重试。", "Busy. Try again in a moment."),
        Error::Paused | Error::Closed => {
            say("应用在后台,请重新打开。", "The app was in the background. Open it again.")
        }
        Error::KeystoreUnavailable { .. } => say(
            "手机安全存储暂不可用。请解锁手机后重试。",
            "The phone's keystore is not available. Unlock the phone and try again.",
        ),
        Error::Store(suima_device::StoreError::Full) => say(
            "手机存储空间已满。请先清理。",
            "The phone's storage is full. Make some room first.",
        ),
        Error::Store(_) | Error::Random(_) | Error::Endpoint(_) | Error::Sign(_) => say(
            "应用出错,请重新打开;若再出现请联系客服。",
            "Something went wrong. Open the app again; if it stays, contact support.",
        ),
    }
}

#[cfg(test)]
mod tests;
