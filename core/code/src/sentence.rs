//! Reasons in a person's words: what is wrong, and what to do next (R8).

use serde::{Deserialize, Serialize};

use crate::{Day, Place, Presented, Reason, UnixTime};

/// A language that people are spoken to in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// Says why something was refused and what to do. `shown` is what was shown, where that could be read.
pub fn describe(reason: &Reason, shown: Option<Presented>, language: Language) -> String {
    match language {
        Language::Chinese => chinese(*reason, shown),
        Language::English => english(*reason, shown),
    }
}

/// `2026-11-22 09:00`, in Shanghai.
fn minute(time: UnixTime) -> String {
    let day = Day::of(time);
    let seconds = time.since(day.start());
    format!("{day} {:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

/// How long, in the largest unit of which there are at least two: nobody counts a day in seconds.
fn span(seconds: u32) -> (u32, [&'static str; 2]) {
    match seconds {
        0..120 => (seconds, ["秒", "seconds"]),
        120..7200 => (seconds / 60, ["分钟", "minutes"]),
        7200..172_800 => (seconds / 3600, ["小时", "hours"]),
        _ => (seconds / 86_400, ["天", "days"]),
    }
}

/// The last day that counts, for a code that ends at `exp`.
fn last_day(exp: UnixTime) -> Day {
    Day::of(exp.plus(-1))
}

fn is_live(shown: Option<Presented>) -> bool {
    matches!(shown, Some(Presented::Live | Presented::Relative))
}

fn chinese(reason: Reason, shown: Option<Presented>) -> String {
    match reason {
        Reason::NotACode => "这不是本市的码。请出示随申码或核酸码。".into(),
        Reason::NewerFormat => "这是新版的码,本机还不认识。请更新应用后再扫。".into(),
        Reason::Altered => "此码内容被改动或不完整。请重新出示原码。".into(),
        Reason::UnknownKey { trust, .. } => {
            format!("签发密钥不在本机名单中(名单日期{})。请联网同步后再扫。", Day::of(trust))
        }
        Reason::KeyRecalled { at, .. } => {
            format!("签发此码的密钥已于{}停用。请联网更新此码。", minute(at))
        }
        Reason::KeyNotForThis { .. } => "签发密钥无权签发此类码。请重新获取此码。".into(),
        Reason::KeyOutOfTime { .. } => "签发此码的密钥已过期。请联网更新此码。".into(),
        Reason::TrustExpired { at } => {
            format!("本机的密钥名单已于{}过期。请先联网同步。", minute(at))
        }
        Reason::WrongPlace { place } => chinese_place(place, shown),
        Reason::Stale { by } => {
            let (by, [unit, _]) = span(by);
            format!("此动态码已过时{by}{unit},可能是截图或手机时间不准。请当面打开随申码。")
        }
        Reason::Ahead { by } => {
            let (by, [unit, _]) = span(by);
            format!("此动态码比现在快{by}{unit},手机或本机时间不准。请联网校时。")
        }
        Reason::ShownBefore { at } => {
            format!("此动态码已于{}在此用过。请等新码出现再扫。", minute(at))
        }
        Reason::NotYetValid { from } => format!("此码尚未生效,{}起可用。", minute(from)),
        Reason::Expired { at } if is_live(shown) => {
            format!("此码离线使用已到期({})。请联网打开一次。", minute(at))
        }
        Reason::Expired { at } => format!("此码已过期,有效期至{}。请出示当前的码。", last_day(at)),
        Reason::Replaced { at } => format!("此码已于{}被新码替换。请出示新码。", minute(at)),
        Reason::ReportedLost { at } => format!("此码已于{}挂失。请出示新码。", minute(at)),
        Reason::HoldingEnded { at } => {
            format!("此亲属码已于{}被解除。请由本人出示。", minute(at))
        }
        Reason::DeviceReplaced { at } => {
            format!("此手机已于{}被另一部手机取代。请用新手机出示。", minute(at))
        }
        Reason::StatusChanged { at } => format!("健康状态已于{}更新。请联网刷新此码。", minute(at)),
        Reason::StatusTooOld { at } => {
            format!("此码的健康状态截至{},已过时。请联网刷新。", minute(at))
        }
        Reason::StatusNotAdmitted => "此码不是绿码,不能通行。请咨询现场工作人员。".into(),
        Reason::KnowledgeTooOld { at } => {
            format!("本机名单截至{},太旧,无法判断。请先联网同步。", minute(at))
        }
        Reason::NotReady => "本机从未同步,无法判断。请先联网同步。".into(),
    }
}

fn chinese_place(place: Place, shown: Option<Presented>) -> String {
    match (shown, place) {
        (Some(Presented::NucleicAcid), Place::Gate | Place::ManualCheck) => {
            "这是核酸码,只用于采样。此处请出示随申码。".into()
        }
        (Some(Presented::Paper), Place::Gate) => {
            "这是离线码,闸机不能识别。请走人工通道并带身份证。".into()
        }
        _ => "此处不接受这种码。请向工作人员询问应出示哪种码。".into(),
    }
}

fn english(reason: Reason, shown: Option<Presented>) -> String {
    match reason {
        Reason::NotACode => {
            "This is not a code of this city. Show the live code or the nucleic-acid code.".into()
        }
        Reason::NewerFormat => {
            "This code is of a newer kind than this app knows. Update the app, then scan again."
                .into()
        }
        Reason::Altered => {
            "This code was changed or is incomplete. Show the original code again.".into()
        }
        Reason::UnknownKey { trust, .. } => format!(
            "Signed by a key not known here (list of {}). Go online to sync, then scan again.",
            Day::of(trust)
        ),
        Reason::KeyRecalled { at, .. } => format!(
            "The key that signed this code was recalled on {}. Go online to renew the code.",
            minute(at)
        ),
        Reason::KeyNotForThis { .. } => {
            "The key that signed this may not sign such codes. Get the code anew.".into()
        }
        Reason::KeyOutOfTime { .. } => {
            "The key that signed this code has run out. Go online to renew the code.".into()
        }
        Reason::TrustExpired { at } => {
            format!("This device's list of keys ran out on {}. Go online to sync.", minute(at))
        }
        Reason::WrongPlace { place } => english_place(place, shown),
        Reason::Stale { by } => {
            let (by, [_, unit]) = span(by);
            format!(
                "This live code is {by} {unit} old: a screenshot, or a wrong clock. Open the live code here."
            )
        }
        Reason::Ahead { by } => {
            let (by, [_, unit]) = span(by);
            format!(
                "This live code is {by} {unit} ahead: a clock is wrong. Go online to set it right."
            )
        }
        Reason::ShownBefore { at } => format!(
            "This live code was used here on {}. Wait for the next one to appear, then scan.",
            minute(at)
        ),
        Reason::NotYetValid { from } => {
            format!("This code does not count yet; it does from {}.", minute(from))
        }
        Reason::Expired { at } if is_live(shown) => {
            format!("This code could be shown offline until {}. Go online once.", minute(at))
        }
        Reason::Expired { at } => {
            format!(
                "This code has expired; its last day was {}. Show the current one.",
                last_day(at)
            )
        }
        Reason::Replaced { at } => {
            format!("This code was replaced on {}. Show the new one.", minute(at))
        }
        Reason::ReportedLost { at } => {
            format!("This code was reported lost on {}. Show the new one.", minute(at))
        }
        Reason::HoldingEnded { at } => format!(
            "This relative code was ended on {}. The person shows their own code.",
            minute(at)
        ),
        Reason::DeviceReplaced { at } => format!(
            "Another phone took this phone's place on {}. Show the code on that one.",
            minute(at)
        ),
        Reason::StatusChanged { at } => {
            format!("The health status changed on {}. Go online to refresh the code.", minute(at))
        }
        Reason::StatusTooOld { at } => {
            format!(
                "The status in this code is as of {}: too old. Go online to refresh.",
                minute(at)
            )
        }
        Reason::StatusNotAdmitted => {
            "This code is not green and does not admit. Ask the staff here.".into()
        }
        Reason::KnowledgeTooOld { at } => format!(
            "This device's list is as of {}: too old to say. Go online to sync first.",
            minute(at)
        ),
        Reason::NotReady => "This device has never synced. Go online to sync first.".into(),
    }
}

fn english_place(place: Place, shown: Option<Presented>) -> String {
    match (shown, place) {
        (Some(Presented::NucleicAcid), Place::Gate | Place::ManualCheck) => {
            "This is a sampling code. Here, show the live code.".into()
        }
        (Some(Presented::Paper), Place::Gate) => {
            "This is a paper code, which a gate does not take. Use the manual check, with the ID card."
                .into()
        }
        _ => "This kind of code is not taken here. Ask the staff which one to show.".into(),
    }
}
