//! What the wallet says: warnings before something is voided, news of what others did, reminders, and why something could
//! not be done.

sentences! {
    /// What regenerating voids (R9): by whom and when the code was made.
    Question regenerating_voids(name, by, at)
        "{by} {at} 为{name}生成的核酸码(含截图和打印件)将作废。继续吗?"
        "{name}'s nucleic-acid code that {by} made on {at}, with every saved picture and print of it, will be void. Go on?";

    /// Regenerating voids nothing that this phone knows of.
    Question regenerating_voids_nothing(name)
        "将为{name}生成核酸码。本机没有会因此作废的码。继续吗?"
        "A nucleic-acid code will be made for {name}. This phone knows of none that it voids. Go on?";

    /// A regeneration has no answer yet.
    Notice regeneration_pending(at)
        "{at} 的重新生成尚无结果,此码可能已作废。请联网确认。"
        "The code was to be regenerated on {at}, with no answer yet: this one may be void. Go online.";

    /// The new code was made.
    Notice regenerated(name, at)
        "{name}的新核酸码已于{at}生成,之前的已作废。"
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
        "{by}已于{at}生成此码,没有作废任何码。要再生成一个吗?"
        "{by} made this one on {at}. Nothing was voided. Make another?";

    /// What was on the screen was not the current code.
    Question behind_unknown()
        "您看到的码已不是当前的码,没有作废任何码。要生成一个吗?"
        "The code you saw was not the current one any more. Nothing was voided. Make one?";

    /// The wish came after its time.
    Refusal too_late()
        "请求送达太晚,没有生成,也没有作废任何码。请再试一次。"
        "The request came too late: nothing was made and nothing was voided. Try again.";

    /// No more regenerations today.
    Refusal used_up()
        "今天的重新生成次数已用完,没有作废任何码。请明天再试。"
        "No more regenerations today. Nothing was voided. Try again tomorrow.";

    /// The issuer would not say what became of a regeneration.
    Notice outcome_unknown()
        "重新生成的结果无法查询,已重新获取当前的码。"
        "What became of the regeneration cannot be learned; the current code was fetched.";

    /// Somebody else regenerated.
    Notice regenerated_by(by, at, name)
        "{by}于{at}重新生成了{name}的核酸码,之前保存或打印的已作废。"
        "{by} regenerated {name}'s nucleic-acid code on {at}; earlier pictures and prints are void.";

    /// The phone's clock is fast.
    Notice clock_ahead(by)
        "手机时间快了{by},已按市平台时间校正。请调准手机时间。"
        "This phone's clock is {by} ahead. The code uses the right time; please set the clock.";

    /// The phone's clock is slow.
    Notice clock_behind(by)
        "手机时间慢了{by},已按市平台时间校正。请调准手机时间。"
        "This phone's clock is {by} behind. The code uses the right time; please set the clock.";

    /// The phone's clock was not compared with the issuer's.
    Notice clock_unchecked()
        "手机时间尚未核对,请联网一次。"
        "This phone's clock has not been checked. Go online once.";

    /// How old the wallet's knowledge is.
    Notice offline_since(at, age)
        "离线显示,信息截至{at}({age}前)。"
        "Offline: as known on {at}, {age} ago.";

    /// The colour is too old for gates.
    Notice colour_too_old(at)
        "健康状态截至{at},已过时,进门前请联网;采样不受影响。"
        "The health status is as of {at}: too old for gates. Go online; sampling takes it as it is.";

    /// Something said of then and not of now.
    Notice as_known_on(at, said)
        "截至{at},{said}"
        "As known on {at}: {said}";

    /// A picture of the current code.
    Notice saved_is_current(name, day)
        "这是{name}当前的核酸码,有效至{day}。"
        "This is {name}'s current nucleic-acid code, until {day}.";

    /// A picture of the code that comes next.
    Notice saved_is_next(name, from, day)
        "这是{name}的下一个核酸码,{from}起有效,至{day}。"
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
        "这不是核酸码。动态码的截图会过时,请直接打开应用出示。"
        "This is not a nucleic-acid code. Open a live code in the app: a picture of it goes stale.";

    /// Before a phone is enrolled: what that ends (R9).
    Question enrolling_ends()
        "开通本机后,您的旧手机及其中的亲属码即停用,核酸码不受影响。要继续吗?"
        "This ends your earlier phone and the relative codes on it; nucleic-acid codes stay. Go on?";

    /// Before a phone that is enrolled is enrolled anew: what that ends here (R9).
    Question enrolling_anew_ends()
        "重新开通后,本机现有的随申码和亲属码即停用,亲属码须重新添加。要继续吗?"
        "Enrolling anew ends the live and relative codes on this phone; add relatives again. Go on?";

    /// A phone was enrolled, and that ended an earlier one.
    Notice earlier_phone_ended(at)
        "您{at}开通的旧手机及其中的亲属码已停用。可在本机重新添加亲属码。"
        "The phone you enrolled on {at} was ended, with the relative codes on it. Add relatives here again.";

    /// The question to the user was sent; whether there is such a person is not said.
    Notice asked(expires)
        "如信息无误,对方将收到请求。请在{expires}前向对方索取一次性码。"
        "If this is right, they are asked now. Have them tell you the one-time code before {expires}.";

    /// Somebody asks for consent.
    Question consent_asked(by, expires)
        "{by}请求在其手机上持有您的随申码和核酸码,{expires}前可答复。同意吗?"
        "{by} asks to hold your live and nucleic-acid codes on their phone; answer by {expires}. Agree?";

    /// The user agreed: what to do with the one-time code.
    Notice consent_given(by, expires)
        "请把此一次性码当面告诉{by},{expires}前有效。勿告诉他人。"
        "Tell {by} this one-time code, face to face; it counts until {expires}. Tell nobody else.";

    /// The user declined.
    Notice consent_declined(by)
        "已拒绝{by}的请求,对方不会持有您的码。"
        "You declined {by}'s request; they will not hold your codes.";

    /// A request waits, for a list of reminders.
    Notice ask_waits(by, expires)
        "{by}请求持有您的码。请在{expires}前同意或拒绝。"
        "{by} asks to hold your codes. Agree or decline by {expires}.";

    /// Who holds a code.
    Notice holds_since(name, at)
        "{name}自{at}起持有此码。"
        "{name} has held this code since {at}.";

    /// Before a holding is ended.
    Question ending_holding(holder, name)
        "{holder}手机上{name}的随申码将停用,其他人的不受影响。要继续吗?"
        "{name}'s live code on {holder}'s phone will be refused; nobody else's is touched. Go on?";

    /// Before the user gives up a relative's code.
    Question giving_up(name)
        "将从本机移除{name}的码,此码在本机即停用。要继续吗?"
        "{name}'s codes will be removed from this phone, and refused from it. Go on?";

    /// A holding was ended.
    Notice holding_ended(holder, name)
        "{holder}手机上{name}的随申码已停用。"
        "{name}'s live code on {holder}'s phone has been ended.";

    /// The user gave up a relative's code.
    Notice given_up(name)
        "已从本机移除{name}的码。请一并删除保存的图片。"
        "{name}'s codes were removed from this phone. Delete saved pictures of them too.";

    /// After a holding was ended: the nucleic-acid code that the other may have kept.
    Question kept_nucleic_acid(holder, name, at)
        "{holder}可能存有{name}{at}制的核酸码图片。要重新生成使其作废吗?"
        "{holder} may have kept a picture of {name}'s nucleic-acid code of {at}. Regenerate, so that it is void?";

    /// After a holding was ended: the paper code that the other may have kept.
    Notice kept_paper(holder, name, day)
        "{holder}可能存有{name}{day}制的离线码。可在PC端或终端再次申领,使其作废。"
        "{holder} may have {name}'s paper code of {day}. Applying again at the portal or a terminal voids it.";

    /// A holding ended because the person came of age.
    Notice came_of_age(name)
        "{name}已成年,您手机上的码已停用。如仍需持有,请征得本人同意。"
        "{name} has come of age, so the codes on your phone ended. To hold them again, ask for consent.";

    /// A holding of a consenting adult ended.
    Notice consent_withdrawn(name)
        "{name}的码在本机已停用,同意已撤回。如仍需持有,请再次请求。"
        "{name}'s codes on this phone ended: consent was withdrawn. To hold them, ask again.";

    /// A holding ended, and may be had again.
    Notice holding_ended_by_others(name)
        "{name}的码在本机已被本人或其他监护人停用。如需持有,请重新添加。"
        "{name}'s codes on this phone were ended, by them or another guardian. Add them again if needed.";

    /// A person is not among the user's people any more.
    Notice no_longer_listed(name)
        "{name}已不在您的家人名单中,其码在本机已停用。如有疑问请咨询窗口。"
        "{name} is no longer among your relatives; the codes here ended. Ask at the service desk if in doubt.";

    /// Somebody holds the code who did not before.
    Notice held_by_another(holder, at, name)
        "{holder}自{at}起持有{name}的随申码。如不同意,可将其结束。"
        "{holder} has held {name}'s live code since {at}. You can end that.";

    /// Somebody does not hold the code any more.
    Notice not_held_by_another(holder, name)
        "{holder}已不再持有{name}的随申码。"
        "{holder} no longer holds {name}'s live code.";

    /// A paper code was applied for, and voided another.
    Notice paper_replaced_by(by, at, place, name)
        "{by}于{at}在{place}为{name}再次申领了离线码,之前的已作废。"
        "{by} applied again for {name}'s paper code on {at} at {place}; the one before is void.";

    /// A paper code was applied for, and voided none.
    Notice paper_made_by(by, at, place, name)
        "{by}于{at}在{place}为{name}申领了离线码。"
        "{by} applied for a paper code for {name} on {at} at {place}.";

    /// A paper code was reported lost.
    Notice paper_lost_by(by, at, place, name)
        "{by}于{at}在{place}挂失了{name}的离线码,已打印的作废。"
        "{by} reported {name}'s paper code lost on {at} at {place}; what was printed is void.";

    /// A paper code that counts.
    Notice paper_counts(name, day, serial)
        "{name}的离线码有效至{day},编号{serial}。"
        "{name}'s paper code counts until {day}, serial {serial}.";

    /// A paper code was reported lost.
    Notice paper_lost(at, by, place)
        "离线码已于{at}由{by}在{place}挂失。可在PC端或终端再次申领。"
        "The paper code was reported lost on {at} by {by} at {place}. Apply again at the portal or a terminal.";

    /// There is no paper code, and one may be applied for.
    Notice paper_may_be_had(name)
        "{name}没有离线码。可在一网通办PC端或自助终端申领。"
        "{name} has no paper code. Apply at the PC portal or a self-service terminal.";

    /// There is no paper code, and none is given yet.
    Refusal paper_not_given(name, day)
        "{name}不在离线码申领范围内,{day}起可按年龄申领。请先出示随申码。"
        "No paper code is given to {name} before {day}, by age. Show the live code for now.";

    /// A paper code was there and ended.
    Notice paper_ended(name, day)
        "{name}的离线码有效期至{day},已到期。可在PC端或终端再次申领。"
        "{name}'s paper code ended on {day}. Apply again at the portal or a terminal.";

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
        "{name}的核酸码有效期至{day},已到期。请联网一次以取得新码。"
        "{name}'s nucleic-acid code ended on {day}. Go online once to get a new one.";

    /// A paper code ends soon.
    Notice paper_ends(name, day)
        "{name}的离线码有效至{day}。请到PC端或终端再次申领。"
        "{name}'s paper code counts until {day}. Apply again at the portal or a terminal.";

    /// A portal or terminal waits to be confirmed.
    Notice challenge_waits(place, expires)
        "{place}等待您确认。请在{expires}前答复。"
        "{place} waits for your confirmation. Answer by {expires}.";

    /// The PC portal, as a place.
    Word portal(name)
        "PC端({name})"
        "the PC portal ({name})";

    /// A terminal, as a place.
    Word terminal(name)
        "自助终端({name})"
        "the terminal ({name})";

    /// Logging in.
    Question confirm_log_in(place)
        "要在{place}以您的名义登录吗?之后每项操作仍需您确认。"
        "Log in at {place} in your name? Each act there is still confirmed by you.";

    /// Applying for a paper code voids one (R4, R9).
    Question confirm_apply_again(place, name, day)
        "{place}申请为{name}再次申领离线码。打印的离线码({day}制)将作废。同意吗?"
        "{place} asks for a new paper code for {name}. The printed one of {day} will be void. Agree?";

    /// Applying for a paper code that voids none (R4).
    Question confirm_apply(place, name)
        "{place}申请为{name}申领离线码,没有码会因此作废。同意吗?"
        "{place} asks for a paper code for {name}. Nothing is voided by that. Agree?";

    /// Printing a paper code once more (R4).
    Question confirm_print(place, name, day)
        "{place}申请打印{name}的离线码({day}制),没有码会因此作废。同意吗?"
        "{place} asks to print {name}'s paper code of {day}. Nothing is voided by that. Agree?";

    /// Reporting a paper code lost (R4, R9).
    Question confirm_report_lost(place, name, day)
        "{place}申请挂失{name}的离线码。打印的离线码({day}制)将作废。同意吗?"
        "{place} asks to report {name}'s paper code lost. The printed one of {day} will be void. Agree?";

    /// Printing nucleic-acid codes.
    Question confirm_print_nucleic_acid(place, names)
        "{place}申请打印{names}的核酸码,没有码会因此作废。同意吗?"
        "{place} asks to print the nucleic-acid codes of {names}. Nothing is voided by that. Agree?";

    /// Holding the code of an adult who stands at the terminal.
    Question confirm_hold(place, name)
        "{name}在{place}同意由您持有其随申码和核酸码。要添加到本机吗?"
        "{name} agrees at {place} that you hold their live and nucleic-acid codes. Add them here?";

    /// What to compare (relayed challenges).
    Notice compare_check(check)
        "请核对屏幕上的数字是否为{check},不一致请勿同意。"
        "See that the screen shows {check}. If it shows anything else, do not agree.";

    /// It was done.
    Notice confirmed(place)
        "已确认,{place}将继续办理。"
        "Confirmed: {place} goes on.";

    /// It was done, and voided what was printed.
    Notice confirmed_voiding(day)
        "已确认。打印的离线码({day}制)已作废。"
        "Confirmed. The printed paper code of {day} is void.";

    /// The relative's code was added.
    Notice confirmed_holding(name)
        "已确认,{name}的码已可添加到本机。"
        "Confirmed: {name}'s codes can be on this phone now.";

    /// The user declined.
    Notice declined(place)
        "已拒绝{place}的请求,没有执行任何操作。"
        "You declined the request of {place}; nothing was done.";

    /// Its time was over.
    Refusal challenge_over()
        "此请求已过期或已答复,没有执行操作。请在屏幕上重新开始。"
        "This request is over or was answered; nothing was done. Start again on the screen.";

    /// What it would do has changed.
    Refusal challenge_changed()
        "情况已有变化,没有执行操作。请看清新的内容后再确认。"
        "Things have changed meanwhile; nothing was done. Look at what is asked now and decide again.";

    /// No paper code for this person.
    Refusal paper_not_eligible()
        "此人今天不在离线码申领范围内,没有执行操作。请出示随申码。"
        "No paper code is given to this person today; nothing was done. Use the live code.";

    /// What was scanned is no challenge.
    Refusal not_a_challenge()
        "这不是PC端或自助终端的确认码。请扫屏幕上的二维码。"
        "This is not what the portal or a terminal shows. Scan the QR code on the screen.";

    /// An ID number that cannot be one.
    Refusal document_mistyped()
        "证件号码有误,请求未发出。请核对后重新输入。"
        "This cannot be the number of a document; nothing was sent. Check it and enter it again.";

    /// A one-time code that cannot be one.
    Refusal one_time_code_mistyped()
        "一次性码是八位数字,请求未发出。请核对后重新输入。"
        "A one-time code has eight digits; nothing was sent. Check it and enter it again.";

    /// The request that is to be answered is not there.
    Refusal no_such_ask()
        "此请求已过期或已答复。请对方重新请求。"
        "This request is over or was answered. Have them ask again.";

    /// The holding that is to be ended is not there.
    Refusal no_such_holding()
        "此人已不再持有此码。请刷新后再看。"
        "They do not hold this code any more. Go online to see who does.";

    /// The phone is not enrolled.
    Refusal not_enrolled()
        "本机尚未开通。请输入激活码。"
        "This phone is not enrolled. Enter an activation code.";

    /// The phone was ended.
    Refusal device_ended()
        "本机已停用(可能换了新手机),码已清除。请重新开通后使用。"
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

    /// What there is has ended.
    Refusal ended(at)
        "此码已于{at}到期。请联网更新。"
        "This code ended on {at}. Go online to renew it.";

    /// A picture of a code in doubt is not saved.
    Refusal not_saved_in_doubt(at)
        "{at} 的重新生成尚无结果,暂不能保存此码。请联网确认。"
        "The regeneration of {at} has no answer yet: the code cannot be saved now. Go online.";

    /// No network.
    Refusal offline()
        "没有网络,请求未发出。请联网后再试;已保存的码仍可出示。"
        "No network: nothing was sent. Try again online; codes on this phone can still be shown.";

    /// No answer.
    Refusal no_answer()
        "没有收到答复。请稍后重试。"
        "No answer came. Try again later.";

    /// An answer that is not genuine.
    Refusal bad_answer()
        "答复无法核实,已忽略。请稍后重试。"
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

    /// No room.
    Refusal storage_full()
        "手机存储空间已满。请先清理。"
        "The phone's storage is full. Make some room first.";

    /// A fault.
    Refusal fault()
        "应用出错。请重新打开;若再出现请联系客服。"
        "Something went wrong. Open the app again; if it stays, contact support.";
}
