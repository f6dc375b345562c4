//! Paper codes, and what portals and terminals ask the phone to confirm.

sentences! {
    /// A paper code was applied for, and voided another.
    Notice paper_replaced_by(by, at, place, name)
        "{by}于{at}在{place}为{name}再次申领了离线码，之前的已作废。"
        "{by} applied again for {name}'s paper code on {at} at {place}; the one before is void.";

    /// A paper code was applied for, and voided none.
    Notice paper_made_by(by, at, place, name)
        "{by}于{at}在{place}为{name}申领了离线码。"
        "{by} applied for a paper code for {name} on {at} at {place}.";

    /// A paper code was reported lost.
    Notice paper_lost_by(by, at, place, name)
        "{by}于{at}在{place}挂失了{name}的离线码，已打印的作废。"
        "{by} reported {name}'s paper code lost on {at} at {place}; what was printed is void.";

    /// A paper code that counts.
    Notice paper_counts(name, day, serial)
        "{name}的离线码有效至{day}，编号{serial}。"
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
        "{name}不在离线码申领范围内，{day}起可按年龄申领。请先出示随申码。"
        "No paper code is given to {name} before {day}, by age. Show the live code for now.";

    /// A paper code was there and ended.
    Notice paper_ended(name, day)
        "{name}的离线码有效期至{day}，已到期。可在PC端或终端再次申领。"
        "{name}'s paper code ended on {day}. Apply again at the portal or a terminal.";

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
        "PC端（{name}）"
        "the PC portal ({name})";

    /// A terminal, as a place.
    Word terminal(name)
        "自助终端（{name}）"
        "the terminal ({name})";

    /// Logging in.
    Question confirm_log_in(place)
        "要在{place}以您的名义登录吗？之后每项操作仍需您确认。"
        "Log in at {place} in your name? Each act there is still confirmed by you.";

    /// Applying for a paper code voids one (R4, R9).
    Question confirm_apply_again(place, name, day)
        "{place}申请为{name}再次申领离线码。打印的离线码（{day}制）将作废。同意吗？"
        "{place} asks for a new paper code for {name}. The printed one of {day} will be void. Agree?";

    /// Applying for a paper code that voids none (R4).
    Question confirm_apply(place, name)
        "{place}申请为{name}申领离线码，没有码会因此作废。同意吗？"
        "{place} asks for a paper code for {name}. Nothing is voided by that. Agree?";

    /// Printing a paper code once more (R4).
    Question confirm_print(place, name, day)
        "{place}申请打印{name}的离线码（{day}制），没有码会因此作废。同意吗？"
        "{place} asks to print {name}'s paper code of {day}. Nothing is voided by that. Agree?";

    /// Reporting a paper code lost (R4, R9).
    Question confirm_report_lost(place, name, day)
        "{place}申请挂失{name}的离线码。打印的离线码（{day}制）将作废。同意吗？"
        "{place} asks to report {name}'s paper code lost. The printed one of {day} will be void. Agree?";

    /// Printing nucleic-acid codes.
    Question confirm_print_nucleic_acid(place, names)
        "{place}申请打印{names}的核酸码，没有码会因此作废。同意吗？"
        "{place} asks to print the nucleic-acid codes of {names}. Nothing is voided by that. Agree?";

    /// Holding the code of an adult who stands at the terminal.
    Question confirm_hold(place, name)
        "{name}在{place}同意由您持有其随申码和核酸码。要添加到本机吗？"
        "{name} agrees at {place} that you hold their live and nucleic-acid codes. Add them here?";

    /// What to compare (relayed challenges).
    Notice compare_check(check)
        "请核对屏幕上的数字是否为{check}，不一致请勿同意。"
        "See that the screen shows {check}. If it shows anything else, do not agree.";

    /// It was done.
    Notice confirmed(place)
        "已确认，{place}将继续办理。"
        "Confirmed: {place} goes on.";

    /// It was done, and voided what was printed.
    Notice confirmed_voiding(day)
        "已确认。打印的离线码（{day}制）已作废。"
        "Confirmed. The printed paper code of {day} is void.";

    /// The relative's code was added.
    Notice confirmed_holding(name)
        "已确认，{name}的码已可添加到本机。"
        "Confirmed: {name}'s codes can be on this phone now.";

    /// The user declined.
    Notice declined(place)
        "已拒绝{place}的请求，没有执行任何操作。"
        "You declined the request of {place}; nothing was done.";

    /// Its time was over.
    Refusal challenge_over()
        "此请求已过期或已答复，没有执行操作。请在屏幕上重新开始。"
        "This request is over or was answered; nothing was done. Start again on the screen.";

    /// What it would do has changed.
    Refusal challenge_changed()
        "情况已有变化，没有执行操作。请看清新的内容后再确认。"
        "Things have changed meanwhile; nothing was done. Look at what is asked now and decide again.";

    /// No paper code for this person.
    Refusal paper_not_eligible()
        "此人今天不在离线码申领范围内，没有执行操作。请出示随申码。"
        "No paper code is given to this person today; nothing was done. Use the live code.";

    /// What was scanned is no challenge.
    Refusal not_a_challenge()
        "这不是PC端或自助终端的确认码。请扫屏幕上的二维码。"
        "This is not what the portal or a terminal shows. Scan the QR code on the screen.";
}
