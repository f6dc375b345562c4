//! Why something is refused, and what to do next (R8).

use suima_code::{Place, Presented, Reason};

use crate::{Sentence, day, duration, last_day, minute};

sentences! {
    /// [`Reason::NotACode`].
    Refusal not_a_code()
        "这不是本市的码。请出示随申码。"
        "This is not a code of this city. Show the live code.";
    /// [`Reason::NewerFormat`].
    Refusal newer_format()
        "这是新版的码，本机还不认识。请更新应用后再扫。"
        "This code is of a newer kind than this app knows. Update the app, then scan again.";
    /// [`Reason::Altered`].
    Refusal altered()
        "此码内容被改动或不完整。请重新出示原码。"
        "This code was changed or is incomplete. Show the original code again.";
    /// [`Reason::UnknownKey`]; `day` is that of the list of keys held here.
    Refusal unknown_key(day)
        "签发密钥不在本机名单中（名单日期{day}）。请联网同步后再扫。"
        "Signed by a key not known here (list of {day}). Go online to sync, then scan again.";
    /// [`Reason::KeyRecalled`].
    Refusal key_recalled(at)
        "签发此码的密钥已于{at}召回。请更新此码或再次申领。"
        "The key that signed this code was recalled on {at}. Go online to renew it, or apply anew for a paper code.";
    /// [`Reason::KeyNotForThis`].
    Refusal key_not_for_this()
        "签发密钥无权签发此类码。请重新获取此码。"
        "The key that signed this may not sign such codes. Get the code anew.";
    /// [`Reason::KeyOutOfTime`].
    Refusal key_out_of_time()
        "签发此码的密钥已过期。请联网更新此码。"
        "The key that signed this code has run out. Go online to renew the code.";
    /// [`Reason::TrustExpired`].
    Refusal trust_expired(at)
        "本机的密钥名单已于{at}过期。请先联网同步。"
        "This device's list of keys ran out on {at}. Go online to sync.";
    /// [`Reason::WrongPlace`] for a nucleic-acid code where a colour is asked for.
    Refusal sampling_code_at_a_door()
        "这是核酸码，只用于采样。请在此处出示随申码。"
        "This is a sampling code. Show the live code here.";
    /// [`Reason::WrongPlace`] for a paper code at a gate.
    Refusal paper_code_at_a_gate()
        "这是离线码，闸机不能识别。请走人工通道并带身份证。"
        "This is a paper code, which a gate does not take. Use the manual check, with the ID card.";
    /// [`Reason::WrongPlace`] otherwise.
    Refusal not_taken_here()
        "此处不接受这种码。请向工作人员询问应出示哪种码。"
        "This kind of code is not taken here. Ask the staff which one to show.";
    /// [`Reason::Stale`]: never claims to know which of the two it is.
    Refusal stale(by)
        "此动态码已过时{by}，可能是截图或手机时间不准。请当面打开随申码。"
        "This live code is {by} old: a screenshot, or a wrong clock. Open the live code here.";
    /// [`Reason::Ahead`].
    Refusal ahead(by)
        "此动态码比现在快{by}，手机或本机时间不准。请联网校时。"
        "This live code is {by} ahead: a clock is wrong. Go online to set it right.";
    /// [`Reason::ShownBefore`].
    Refusal shown_before(at)
        "此动态码已于{at}在此用过。请等新码出现再扫。"
        "This live code was used here on {at}. Wait for the next one to appear, then scan.";
    /// [`Reason::NotYetValid`].
    Refusal not_yet_valid(from)
        "此码尚未生效，{from}起可用。请出示当前的码。"
        "This code does not count before {from}. Show the current one.";
    /// [`Reason::Expired`] for a live code, whose credential has run out.
    Refusal live_expired(at)
        "此码离线使用已到期（{at}）。请联网打开一次。"
        "This code could be shown offline until {at}. Go online once.";
    /// [`Reason::Expired`] otherwise; `day` is its last one.
    Refusal expired(day)
        "此码已过期，有效期至{day}。请出示当前的码。"
        "This code has expired; its last day was {day}. Show the current one.";
    /// [`Reason::Replaced`].
    Refusal replaced(at)
        "此码已于{at}被新码替换。请出示新码。"
        "This code was replaced on {at}. Show the new one.";
    /// [`Reason::ReportedLost`]: there need not be a new one.
    Refusal reported_lost(at)
        "此码已于{at}挂失。请出示新码或身份证。"
        "This code was reported lost on {at}. Show the new one, or the ID card.";
    /// [`Reason::HoldingEnded`].
    Refusal holding_ended(at)
        "此亲属码已于{at}被解除。请由本人出示。"
        "This relative code was ended on {at}. Have the person show their own code.";
    /// [`Reason::DeviceReplaced`].
    Refusal device_replaced(at)
        "此手机已于{at}被另一部手机取代。请用新手机出示。"
        "Another phone took this phone's place on {at}. Show the code on that one.";
    /// [`Reason::StatusChanged`].
    Refusal status_changed(at)
        "健康状态已于{at}更新。请联网刷新此码。"
        "The health status changed on {at}. Go online to refresh the code.";
    /// [`Reason::StatusTooOld`].
    Refusal status_too_old(at)
        "此码的健康状态截至{at}，已过时。请联网刷新。"
        "The status in this code is as of {at}: too old. Go online to refresh.";
    /// [`Reason::StatusNotAdmitted`].
    Refusal status_not_admitted()
        "此码不是绿码，不能通行。请咨询现场工作人员。"
        "This code is not green and does not admit. Ask the staff here.";
    /// [`Reason::KnowledgeTooOld`].
    Refusal knowledge_too_old(at)
        "本机名单截至{at}，太旧，无法判断。请先联网同步。"
        "This device's list is as of {at}: too old to say. Go online to sync first.";
    /// [`Reason::NotReady`].
    Refusal not_ready()
        "本机从未同步，无法判断。请先联网同步。"
        "This device has never synced. Go online to sync first.";
}

/// Says why something was refused and what to do. `shown` is what was shown, where that could be read.
pub fn describe(reason: &Reason, shown: Option<Presented>) -> Sentence {
    match *reason {
        Reason::NotACode => not_a_code(),
        Reason::NewerFormat => newer_format(),
        Reason::Altered => altered(),
        Reason::UnknownKey { trust, .. } => unknown_key(&day(trust)),
        Reason::KeyRecalled { at, .. } => key_recalled(&minute(at)),
        Reason::KeyNotForThis { .. } => key_not_for_this(),
        Reason::KeyOutOfTime { .. } => key_out_of_time(),
        Reason::TrustExpired { at } => trust_expired(&minute(at)),
        Reason::WrongPlace { place } => wrong_place(place, shown),
        Reason::Stale { by } => stale(&duration(by.into())),
        Reason::Ahead { by } => ahead(&duration(by.into())),
        Reason::ShownBefore { at } => shown_before(&minute(at)),
        Reason::NotYetValid { from } => not_yet_valid(&minute(from)),
        Reason::Expired { at } if is_live(shown) => live_expired(&minute(at)),
        Reason::Expired { at } => expired(&last_day(at)),
        Reason::Replaced { at } => replaced(&minute(at)),
        Reason::ReportedLost { at } => reported_lost(&minute(at)),
        Reason::HoldingEnded { at } => holding_ended(&minute(at)),
        Reason::DeviceReplaced { at } => device_replaced(&minute(at)),
        Reason::StatusChanged { at } => status_changed(&minute(at)),
        Reason::StatusTooOld { at } => status_too_old(&minute(at)),
        Reason::StatusNotAdmitted => status_not_admitted(),
        Reason::KnowledgeTooOld { at } => knowledge_too_old(&minute(at)),
        Reason::NotReady => not_ready(),
    }
}

fn is_live(shown: Option<Presented>) -> bool {
    matches!(shown, Some(Presented::Live | Presented::Relative))
}

fn wrong_place(place: Place, shown: Option<Presented>) -> Sentence {
    match (shown, place) {
        (Some(Presented::NucleicAcid), Place::Gate | Place::ManualCheck) => {
            sampling_code_at_a_door()
        }
        (Some(Presented::Paper), Place::Gate) => paper_code_at_a_gate(),
        _ => not_taken_here(),
    }
}
