//! Phones and holdings: what enrolling ends, consent, who holds whose code, and what has ended.

sentences! {
    /// Before a phone is enrolled: what that ends (R9).
    Question enrolling_ends()
        "开通本机后，您的旧手机及其中的亲属码即停用，核酸码不受影响。要继续吗？"
        "This ends your earlier phone and the relative codes on it; nucleic-acid codes stay. Go on?";

    /// Before a phone that is enrolled is enrolled anew: what that ends here (R9).
    Question enrolling_anew_ends()
        "重新开通后，本机现有的随申码和亲属码即停用，亲属码须重新添加。要继续吗？"
        "Enrolling anew ends the live and relative codes on this phone; add relatives again. Go on?";

    /// A phone was enrolled, and that ended an earlier one.
    Notice earlier_phone_ended(at)
        "您{at}开通的旧手机及其中的亲属码已停用。可在本机重新添加亲属码。"
        "The phone you enrolled on {at} was ended, with the relative codes on it. Add relatives here again.";

    /// The question to the user was sent; whether there is such a person is not said.
    Notice asked(expires)
        "如信息无误，对方将收到请求。请在{expires}前向对方索取一次性码。"
        "If this is right, they are asked now. Have them tell you the one-time code before {expires}.";

    /// Somebody asks for consent.
    Question consent_asked(by, expires)
        "{by}请求在其手机上持有您的随申码和核酸码，{expires}前可答复。同意吗？"
        "{by} asks to hold your live and nucleic-acid codes on their phone; answer by {expires}. Agree?";

    /// The user agreed: what to do with the one-time code.
    Notice consent_given(by, expires)
        "请把此一次性码当面告诉{by}，{expires}前有效。勿告诉他人。"
        "Tell {by} this one-time code, face to face; it counts until {expires}. Tell nobody else.";

    /// The user declined.
    Notice consent_declined(by)
        "已拒绝{by}的请求，对方不会持有您的码。"
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
        "{holder}手机上{name}的随申码将停用，其他人的不受影响。要继续吗？"
        "{name}'s live code on {holder}'s phone will be refused; nobody else's is touched. Go on?";

    /// Before the user gives up a relative's code.
    Question giving_up(name)
        "将从本机移除{name}的码，此码在本机即停用。要继续吗？"
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
        "{holder}可能存有{name}{at}制的核酸码图片。要重新生成使其作废吗？"
        "{holder} may have kept a picture of {name}'s nucleic-acid code of {at}. Regenerate, so that it is void?";

    /// After a holding was ended: the paper code that the other may have kept.
    Notice kept_paper(holder, name, day)
        "{holder}可能存有{name}{day}制的离线码。可在PC端或终端再次申领，使其作废。"
        "{holder} may have {name}'s paper code of {day}. Applying again at the portal or a terminal voids it.";

    /// A holding ended because the person came of age.
    Notice came_of_age(name)
        "{name}已成年，您手机上的码已停用。如仍需持有，请征得本人同意。"
        "{name} has come of age, so the codes on your phone ended. To hold them again, ask for consent.";

    /// A holding of a consenting adult ended.
    Notice consent_withdrawn(name)
        "{name}的码在本机已停用，同意已撤回。如仍需持有，请再次请求。"
        "{name}'s codes on this phone ended: consent was withdrawn. To hold them, ask again.";

    /// A holding ended, and may be had again.
    Notice holding_ended_by_others(name)
        "{name}的码在本机已被本人或其他监护人停用。如需持有，请重新添加。"
        "{name}'s codes on this phone were ended, by them or another guardian. Add them again if needed.";

    /// A person is not among the user's people any more.
    Notice no_longer_listed(name)
        "{name}已不在您的家人名单中，其码在本机已停用。如有疑问请咨询窗口。"
        "{name} is no longer among your relatives; the codes here ended. Ask at the service desk if in doubt.";

    /// Somebody holds the code who did not before.
    Notice held_by_another(holder, at, name)
        "{holder}自{at}起持有{name}的随申码。如不同意，可将其停用。"
        "{holder} has held {name}'s live code since {at}. You can end that.";

    /// Somebody does not hold the code any more.
    Notice not_held_by_another(holder, name)
        "{holder}已不再持有{name}的随申码。"
        "{holder} no longer holds {name}'s live code.";

    /// An ID number that cannot be one.
    Refusal document_mistyped()
        "证件号码有误，请求未发出。请核对后重新输入。"
        "This cannot be the number of a document; nothing was sent. Check it and enter it again.";

    /// A one-time code that cannot be one.
    Refusal one_time_code_mistyped()
        "一次性码是八位数字，请求未发出。请核对后重新输入。"
        "A one-time code has eight digits; nothing was sent. Check it and enter it again.";

    /// The request that is to be answered is not there.
    Refusal no_such_ask()
        "此请求已过期或已答复。请对方重新请求。"
        "This request is over or was answered. Have them ask again.";

    /// The holding that is to be ended is not there.
    Refusal no_such_holding()
        "此人已不再持有此码。请刷新后再看。"
        "They do not hold this code any more. Go online to see who does.";
}
