//! What the wallet says: warnings before something is voided, news of what others did, reminders, and why something could
//! not be done.

pub(crate) mod desks;
pub(crate) mod family;

pub use desks::*;
pub use family::*;

sentences! {
    /// What regenerating voids (R9): by whom and when the code was made.
    Question regenerating_voids(name, by, at)
        "{by} {at} 为{name}生成的核酸码（含截图和打印件）将作废。继续吗？"
        "{name}'s nucleic-acid code that {by} made on {at}, with every saved picture and print of it, will be void. Go on?";

    /// Regenerating voids nothing that this phone knows of.
    Question regenerating_voids_nothing(name)
        "将为{name}生成核酸码。本机没有会因此作废的码。继续吗？"
        "A nucleic-acid code will be made for {name}. This phone knows of none that it voids. Go on?";

    /// A regeneration has no answer yet.
    Notice regeneration_pending(at)
        "{at} 的重新生成尚无结果，此码可能已作废。请联网确认。"
        "The code was to be regenerated on {at}, with no answer yet: this one may be void. Go online.";

    /// The new code was made.
    Notice regenerated(name, at)
        "{name}的新核酸码已于{at}生成，之前的已作废。"
        "{name}'s new nucleic-acid code was made on {at}; earlier ones are void.";

    /// The new code was made and has been replaced since.
    Notice regenerated_and_overtaken(by, at)
        "您生成的码已被{by}于{at}另生成的码替换。"
        "The code you made was replaced by the one that {by} made on {at}.";

    /// The new code was made and counts no more.
    Notice regenerated_and_void()
        "您生成的码已不再有效。"
        "The code you made does not count any more.";

    /// Somebody was faster.
    Question behind(by, at)
        "{by}已于{at}生成此码，没有作废任何码。要再生成一个吗？"
        "{by} made this one on {at}. Nothing was voided. Make another?";

    /// What was on the screen was not the current code.
    Question behind_unknown()
        "您看到的码已不是当前的码，没有作废任何码。要生成一个吗？"
        "The code you saw was not the current one any more. Nothing was voided. Make one?";

    /// The wish came after its time.
    Refusal too_late()
        "请求送达太晚，没有生成，也没有作废任何码。请再试一次。"
        "The request came too late: nothing was made and nothing was voided. Try again.";

    /// No more regenerations today.
    Refusal used_up()
        "今天的重新生成次数已用完，没有作废任何码。请明天再试。"
        "No more regenerations today. Nothing was voided. Try again tomorrow.";

    /// The issuer would not say what became of a regeneration.
    Notice outcome_unknown()
        "重新生成的结果无法查询，已重新获取当前的码。"
        "What became of the regeneration cannot be learned; the current code was fetched.";

    /// Somebody else regenerated.
    Notice regenerated_by(by, at, name)
        "{by}于{at}重新生成了{name}的核酸码，之前保存或打印的已作废。"
        "{by} regenerated {name}'s nucleic-acid code on {at}; earlier pictures and prints are void.";

    /// The phone's clock is fast.
    Notice clock_ahead(by)
        "手机时间快了{by}，已按市平台时间校正。请调准手机时间。"
        "This phone's clock is {by} ahead. The code uses the right time; please set the clock.";

    /// The phone's clock is slow.
    Notice clock_behind(by)
        "手机时间慢了{by}，已按市平台时间校正。请调准手机时间。"
        "This phone's clock is {by} behind. The code uses the right time; please set the clock.";

    /// The phone's clock was not compared with the issuer's.
    Notice clock_unchecked()
        "手机时间尚未核对，请联网一次。"
        "This phone's clock has not been checked. Go online once.";

    /// How old the wallet's knowledge is.
    Notice offline_since(at, age)
        "离线显示，信息截至{at}（{age}前）。"
        "Offline: as known on {at}, {age} ago.";

    /// The colour is too old for gates.
    Notice colour_too_old(at)
        "健康状态截至{at}，已过时，进门前请联网；采样不受影响。"
        "The health status is as of {at}: too old for gates. Go online; sampling takes it as it is.";

    /// Something said of then and not of now.
    Notice as_known_on(at, said)
        "截至{at}，{said}"
        "As known on {at}: {said}";

    /// A picture of the current code.
    Notice saved_is_current(name, day)
        "这是{name}当前的核酸码，有效至{day}。"
        "This is {name}'s current nucleic-acid code, until {day}.";

    /// A picture of the code that comes next.
    Notice saved_is_next(name, from, day)
        "这是{name}的下一个核酸码，{from}起有效，至{day}。"
        "This is {name}'s next nucleic-acid code, from {from} until {day}.";

    /// A picture of a code that was replaced, by whom.
    Refusal saved_was_replaced_by(at, by)
        "此码已于{at}被{by}生成的新码替换。请改用新码。"
        "This code was replaced on {at} by one that {by} made. Use the new one.";

    /// A picture of a code that was replaced.
    Refusal saved_was_replaced(at)
        "此码已于{at}被新码替换。请改用新码。"
        "This code was replaced on {at}. Use the new one.";

    /// A picture of a code that the phone has not heard of yet.
    Refusal saved_is_newer()
        "此码比本机所知的更新。请联网后再查。"
        "This code is newer than what this phone knows. Go online and check again.";

    /// A picture of somebody else's code.
    Refusal saved_is_not_yours()
        "这不是您或您家人的核酸码。请选择其他图片。"
        "This is not a nucleic-acid code of yours or of a relative you hold. Choose another picture.";

    /// A picture of a code of another kind.
    Refusal saved_is_not_for_saving()
        "这不是核酸码。动态码的截图会过时，请直接打开应用出示。"
        "This is not a nucleic-acid code. Open a live code in the app: a picture of it goes stale.";

    /// A live code can soon not be shown offline any more.
    Notice live_ends(name, at)
        "{name}的随申码离线使用至{at}。请在此前联网一次。"
        "{name}'s live code can be shown offline until {at}. Go online once before.";

    /// A live code cannot be shown offline any more.
    Notice live_ended(name, at)
        "{name}的随申码离线使用已于{at}到期。请联网一次。"
        "{name}'s live code could be shown offline until {at}. Go online once.";

    /// A nucleic-acid code ends soon, with none to follow it.
    Notice nucleic_acid_ends(name, day)
        "{name}的核酸码有效至{day}。请联网一次以取得新码。"
        "{name}'s nucleic-acid code counts until {day}. Go online once to get the next.";

    /// A nucleic-acid code has ended, with none to follow it.
    Notice nucleic_acid_ended(name, day)
        "{name}的核酸码有效期至{day}，已到期。请联网一次以取得新码。"
        "{name}'s nucleic-acid code ended on {day}. Go online once to get a new one.";

    /// The phone is not enrolled.
    Refusal not_enrolled()
        "本机尚未开通。请输入激活码。"
        "This phone is not enrolled. Enter an activation code.";

    /// The phone was ended.
    Refusal device_ended()
        "本机已停用（可能换了新手机），码已清除。请重新开通后使用。"
        "This phone was ended, perhaps by a newer one; its codes are gone. Enrol again to use it.";

    /// Nobody of the user's.
    Refusal not_listed()
        "您的家人名单中没有此人。请先征得成年人本人同意。"
        "This person is not among your relatives. Ask an adult for consent first.";

    /// Not held yet.
    Refusal not_held()
        "尚未添加此人的亲属码。请先添加。"
        "This person's code has not been added yet. Have it added first.";

    /// No nucleic-acid code here.
    Refusal no_code()
        "本机还没有核酸码。请联网一次。"
        "There is no nucleic-acid code here. Go online once.";

    /// The live code's credential has ended.
    Refusal live_is_over(at)
        "此码已于{at}到期。请联网更新。"
        "This code ended on {at}. Go online to renew it.";

    /// The nucleic-acid code has ended; `day` was its last one.
    Refusal code_is_over(day)
        "此码已过期，有效期至{day}。请联网更新。"
        "This code has expired; its last day was {day}. Go online to renew it.";

    /// A picture of a code in doubt is not saved.
    Refusal not_saved_in_doubt(at)
        "{at} 的重新生成尚无结果，暂不能保存此码。请联网确认。"
        "The regeneration of {at} has no answer yet: the code cannot be saved now. Go online.";

    /// No network.
    Refusal offline()
        "没有网络，请求未发出。请联网后再试；已保存的码仍可出示。"
        "No network: nothing was sent. Try again online; codes on this phone can still be shown.";

    /// No answer.
    Refusal no_answer()
        "没有收到答复。请稍后重试。"
        "No answer came. Try again later.";

    /// An answer that is not genuine.
    Refusal bad_answer()
        "答复无法核实，已忽略。请稍后重试。"
        "The answer could not be verified and was ignored. Try again later.";

    /// Another call is at work.
    Refusal busy()
        "正在处理。请稍后重试。"
        "Busy. Try again in a moment.";

    /// The wallet is paused or closed.
    Refusal in_background()
        "应用在后台。请重新打开。"
        "The app was in the background. Open it again.";

    /// The keystore does not answer.
    Refusal keystore_unavailable()
        "手机安全存储暂不可用。请解锁手机后重试。"
        "The phone's keystore is not available. Try again with the phone unlocked.";

    /// The signing hardware does not answer.
    Refusal signer_unavailable()
        "手机安全芯片暂不可用。请解锁手机后重试。"
        "The phone's security chip is not available. Try again with the phone unlocked.";

    /// A key in the signing hardware is gone for good.
    Refusal keys_gone()
        "本机安全芯片中的密钥已失效，码已清除。请重新开通后使用。"
        "The keys in this phone's security chip are gone, and its codes with them. Enrol again to use it.";

    /// No room.
    Refusal storage_full()
        "手机存储空间已满。请先清理。"
        "The phone's storage is full. Make some room first.";

    /// The user did not wait for an answer.
    Refusal cancelled()
        "已取消。请刷新查看结果。"
        "Cancelled. Refresh to see what came of it.";

    /// A fault.
    Refusal fault()
        "应用出错。请重新打开；若再出现请联系客服。"
        "Something went wrong. Open the app again; if it stays, contact support.";
}
