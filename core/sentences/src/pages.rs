//! What the portal and the terminals say: pages of the issuer, and the cards they print.

use suima_client::wire::{AskedAct, Eligibility, Relation};
use suima_code::{MaskedName, StaticKind, UnixTime};

use crate::{Sentence, day, last_day, minute};

sentences! {
    /// The name of the portal.
    Word portal()
        "随申码 PC 端"
        "Suima portal";
    /// Heads its first page.
    Word portal_begin()
        "离线码与打印"
        "Paper codes and prints";
    /// What terminals are called.
    Word terminal()
        "随申码自助终端"
        "Suima terminal";
    /// What both are for.
    Notice purpose()
        "在这里申领、打印、挂失离线码，也可打印家人的核酸码。"
        "Apply for, print or report lost a paper code here, and print your family's nucleic-acid codes.";
    /// Skips what every page begins with.
    Word skip()
        "跳到正文"
        "Skip to the content";
    /// Begins logging in.
    Word log_in()
        "用手机登录"
        "Log in with the phone";
    /// Heads the page with the code for logging in.
    Word scan_to_log_in()
        "扫码登录"
        "Scan to log in";
    /// What to do with the code for logging in.
    Notice scan_with_app()
        "请用手机上的随申码应用扫描，并在手机上同意。"
        "Scan this with the app on your phone, and agree there.";
    /// The two digits.
    Notice compare_digits()
        "手机上必须显示同样的两位数字，不同请勿同意。"
        "The phone has to show the same two digits. If it shows others, do not agree.";
    /// What the two digits are called.
    Word digits()
        "核对数字"
        "Check digits";
    /// A picture's description.
    Word challenge_picture()
        "待手机扫描的二维码"
        "The QR code for the phone to scan";
    /// How long the code lasts.
    Notice seconds_left(seconds)
        "还剩{seconds}秒。"
        "{seconds} seconds left.";
    /// A phone has taken the challenge up.
    Notice taken_up()
        "手机已扫码，正等待您在手机上同意。"
        "A phone has scanned the code. Now agree on it.";
    /// Nobody scanned in time.
    Refusal over()
        "此码已超时，没有执行任何操作。请换一个新码。"
        "The time for this code is over; nothing was done. Get a new one.";
    /// No phone agreed to an act in time.
    Refusal not_agreed()
        "手机没有及时同意，没有执行任何操作。请返回后重新办理。"
        "No phone agreed in time; nothing was done. Go back and choose again.";
    /// The user declined on the phone.
    Refusal declined()
        "您已在手机上拒绝，没有执行任何操作。如需办理，请重新开始。"
        "You declined on the phone; nothing was done. Start again if you want it after all.";
    /// Something else happened first.
    Refusal changed()
        "情况已变，没有执行任何操作。请看最新内容后再办。"
        "Something changed meanwhile; nothing was done. Look at what there is now, then decide.";
    /// No paper code for this person (R3).
    Refusal not_eligible()
        "此人今天不能申领离线码，没有执行操作。请改用手机上的随申码。"
        "This person may have no paper code today; nothing was done. Use the live code on a phone.";
    /// Makes a new code.
    Word renew()
        "换一个新码"
        "Show a new code";
    /// Leaves.
    Word leave()
        "退出"
        "Leave";
    /// Takes a wish back.
    Word cancel()
        "取消"
        "Cancel";
    /// Goes back to the people.
    Word back()
        "返回"
        "Back";
    /// Goes on without the page's script.
    Word go_on()
        "继续"
        "Continue";
    /// Heads the list of people.
    Word people()
        "可以办理的人"
        "People you may act for";
    /// Heads the choice of nucleic-acid codes.
    Word family_prints()
        "打印核酸码"
        "Print nucleic-acid codes";
    /// How many may be chosen.
    Notice choose_up_to_four()
        "请选一至四人，打印在一张 A4 纸上。"
        "Choose one to four people; they fit one A4 page.";
    /// A choice that is none.
    Refusal choose_again()
        "没有选人，或选了四人以上。请选一至四人。"
        "Nobody was chosen, or more than four. Choose one to four people.";
    /// The code for logging in came to nothing, and the person waits.
    Word apply()
        "申领离线码"
        "Apply for a paper code";
    /// Applies while there is one.
    Word apply_again()
        "再次申领"
        "Apply again";
    /// Prints the same once more.
    Word print_again()
        "再次打印"
        "Print again";
    /// Reports a paper code lost.
    Word report_lost()
        "挂失"
        "Report lost";
    /// Lets a family member hold the user's codes.
    Word let_hold()
        "让家人持有我的码"
        "Let a family member hold my codes";
    /// What comes of that.
    Notice let_hold_how()
        "家人用手机扫码后，可出示和保存您的随申码与核酸码。"
        "Once they scan with their phone, they can show your live code and nucleic-acid code.";
    /// The paper code that counts.
    Notice paper_counts(last_day, serial)
        "离线码有效期至{last_day}，编号{serial}。"
        "The paper code counts until {last_day}; serial {serial}.";
    /// There is none, and one may be had.
    Notice paper_may_be_had(ground)
        "还没有离线码，可以申领（{ground}）。"
        "No paper code yet. One may be applied for ({ground}).";
    /// There is none, and none may be had (R3).
    Refusal paper_not_yet(day)
        "按年龄{day}起才可申领离线码。请先用手机出示随申码。"
        "By age, a paper code may be had from {day} on. Show the live code on a phone until then.";
    /// A ground of eligibility.
    Word ground_minor()
        "未成年人"
        "under age";
    /// A ground of eligibility.
    Word ground_senior()
        "老年人"
        "senior";
    /// A ground of eligibility.
    Word ground_disability()
        "残疾人证"
        "disability certificate";
    /// A ground of eligibility.
    Word ground_group()
        "政策规定的人群"
        "a group named by policy";
    /// What somebody is to the user.
    Word oneself()
        "本人"
        "Yourself";
    /// What somebody is to the user.
    Word child()
        "子女"
        "Child";
    /// What somebody is to the user.
    Word ward()
        "被监护人"
        "Ward";
    /// What somebody is to the user.
    Word relative()
        "亲属"
        "Relative";
    /// Applying, which voids nothing.
    Question will_apply(name)
        "要为{name}申领离线码吗？不会作废任何码。"
        "Apply for a paper code for {name}? Nothing is voided by it.";
    /// Applying again (R4, R9).
    Question will_apply_again(name, at)
        "要为{name}再次申领吗？{at}所制的离线码及其打印件将作废。"
        "Apply again for {name}? The paper code of {at} and every print of it will be void.";
    /// Printing again (R4).
    Question will_print(name, at)
        "要再次打印{name}的离线码（{at}所制）吗？不会作废任何码。"
        "Print {name}'s paper code of {at} again? It is the same code; nothing is voided.";
    /// Reporting lost (R4, R9).
    Question will_report_lost(name, at)
        "要挂失{name}的离线码（{at}所制）吗？它将作废，不会自动补发。"
        "Report {name}'s paper code of {at} lost? It will be void, and no new one is made.";
    /// Printing nucleic-acid codes.
    Question will_print_nucleic_acid(names)
        "要打印{names}的核酸码吗？不会作废任何码。"
        "Print the nucleic-acid codes of {names}? Nothing is voided by it.";
    /// Letting a family member hold one's codes.
    Question will_let_hold(name)
        "要让扫码的家人持有{name}的码吗？之后随时可以解除。"
        "Let the family member who scans hold the codes of {name}? It can be ended at any time.";
    /// Logging in is asked for.
    Question will_log_in()
        "要在此登录吗？每项操作仍须再次在手机上同意。"
        "Log in here? Every act is still agreed to on the phone by itself.";
    /// Heads a question.
    Word look_first()
        "请先看清"
        "Look first";
    /// Heads what waits for the phone.
    Word confirm_on_phone()
        "请在手机上同意"
        "Agree on your phone";
    /// How to find it there.
    Notice confirm_how()
        "请打开手机上的随申码应用，其中已有此项；也可扫描此码。"
        "Open the app on your phone: the question is there. Or scan this code with it.";
    /// How a family member takes part.
    Notice relative_scans()
        "请家人用自己手机上的随申码应用扫描此码。"
        "Have the family member scan this with the app on their own phone.";
    /// Goes on to the phone.
    Word to_phone()
        "到手机上同意"
        "Go on to the phone";
    /// Agrees by the card in the reader.
    Word agree()
        "同意并办理"
        "Agree and do it";
    /// Heads what was done.
    Word done()
        "已办好"
        "Done";
    /// Heads what was not done.
    Word not_done()
        "没有办理"
        "Not done";
    /// Applied.
    Notice did_apply(name)
        "{name}的新离线码已制好，请打印并裁下。"
        "{name}'s new paper code is made. Print it and cut it out.";
    /// Printed again.
    Notice did_print(name)
        "{name}的离线码可以打印，与原来的相同。"
        "{name}'s paper code is ready to print; it is the same as before.";
    /// Reported lost.
    Notice did_report_lost(name)
        "{name}的离线码已挂失作废。如需新码，请再申领。"
        "{name}'s paper code is reported lost and void. Apply for a new one when it is needed.";
    /// Nucleic-acid codes can be printed.
    Notice did_print_nucleic_acid(names)
        "{names}的核酸码可以打印。"
        "The nucleic-acid codes of {names} are ready to print.";
    /// Holding begins.
    Notice did_hold(holder, name)
        "{holder}现在可以添加{name}的码。若不是您的这位家人，请立即解除。"
        "{holder} can now add {name}'s codes. If that is not the family member you meant, end it at once.";
    /// Goes to what others hold of the user.
    Word see_holders()
        "查看谁持有我的码"
        "See who holds my codes";
    /// Heads what others hold of the user.
    Word holders()
        "谁持有我的码"
        "Who holds my codes";
    /// Nobody holds anything of the user.
    Notice no_holders()
        "没有别人持有您的码。"
        "Nobody else holds your codes.";
    /// Somebody holds the user's codes.
    Notice holds_since(at)
        "自{at}起持有您的码。"
        "Has held your codes since {at}.";
    /// Somebody may hold the user's codes, and does not yet.
    Notice may_hold_since(at)
        "自{at}起可以持有您的码，还没有添加。"
        "May hold your codes since {at}, and has not added them yet.";
    /// Ends what somebody holds.
    Word end_holding()
        "解除"
        "End";
    /// Ending what somebody holds (R9).
    Question will_end_holding(holder)
        "要解除{holder}的持有吗？其手机上您的随申码从此会被拒绝。"
        "End what {holder} holds? Your live code on their phone will be refused from now on.";
    /// What ending it does not do (R5).
    Notice end_holding_keeps()
        "您自己的码和其他人持有的不变。对方留存的核酸码、离线码仍有效。"
        "Your own codes stay, and what others hold. A nucleic-acid or paper code that they kept still counts.";
    /// It was ended.
    Notice did_end_holding(holder)
        "已解除。{holder}手机上您的随申码已作废。"
        "Ended. Your live code on {holder}'s phone is void.";
    /// Opens the sheet.
    Word open_sheet()
        "查看打印页"
        "Open the print page";
    /// The print page.
    Word sheet()
        "打印页"
        "Print page";
    /// Prints it.
    Word print()
        "打印"
        "Print";
    /// How to print it.
    Notice print_how()
        "请用 A4 纸按实际大小（100%）打印，沿角线裁下。"
        "Print on A4 at actual size (100%), and cut along the corner marks.";
    /// The sheet is not there any more.
    Refusal sheet_gone()
        "此打印页已过期或不属于此处。请再选一次打印。"
        "This print page is over, or belongs to another place. Choose to print again.";
    /// There is no such page.
    Refusal no_such_page()
        "没有这个页面。请从首页开始。"
        "There is no such page. Start from the first one.";
    /// A form that does not come from these pages.
    Refusal foreign_form()
        "此请求不是从本页发出的。请从首页重新开始。"
        "This did not come from this page. Start again from the first one.";
    /// Something failed inside.
    Refusal failed()
        "服务暂时有故障，没有办成。请稍后再来，或拨打 12345。"
        "The service failed, and nothing was done. Try again later, or call 12345.";
    /// How to begin at a terminal.
    Word begin()
        "请开始"
        "Begin here";
    /// Heads a way to begin.
    Word with_card()
        "用身份证或随申码"
        "With the ID card or live code";
    /// What to do.
    Notice with_card_how()
        "请把身份证放在读卡器上，或让扫描器扫手机上的随申码。"
        "Put the ID card on the reader, or let the scanner scan the live code on your phone.";
    /// Heads the other way to begin.
    Word with_phone()
        "用手机"
        "With the phone";
    /// What to do.
    Notice with_phone_how()
        "本机显示二维码，请用手机上的随申码应用扫描。"
        "This screen shows a code, which you scan with the app on your phone.";
    /// The field for what readers type.
    Word reader_field()
        "身份证号或随申码"
        "ID number or live code";
    /// Neither an ID number nor a live code.
    Refusal not_read()
        "没有读到身份证号或随申码。请再放一次卡，或用手机登录。"
        "That was no ID number and no live code. Try the card again, or log in with the phone.";
    /// The ID number is not taken.
    Refusal card_refused()
        "此证在这里不能办理，或试得太多。请到服务窗口。"
        "This card is not taken here, or was tried too often. Ask at a service desk.";
    /// Heads what a live code began.
    Notice live_code_how()
        "已读到随申码。它只能开始，请打开手机应用同意登录。"
        "The live code was read. It only begins: open the app on the phone and agree there.";
    /// Heads the page of a terminal that is not set up.
    Word set_up()
        "开通终端"
        "Set up this terminal";
    /// What to type.
    Word activation_field()
        "终端激活码"
        "Activation code of the terminal";
    /// Sets it up.
    Word activate()
        "开通"
        "Set up";
    /// The activation code is not taken.
    Refusal not_activated()
        "激活码有误、已用过或已过期。请向管理员领取新码。"
        "The activation code is wrong, used or expired. Get a new one from the operator.";
    /// Nobody has touched the terminal for a while.
    Question still_there(seconds)
        "您还在吗？{seconds}秒后将自动退出。"
        "Are you still there? This page closes in {seconds} seconds.";
    /// Stays.
    Word stay()
        "我还在"
        "I am here";
    /// The kind, on a card.
    Word paper_code()
        "离线随申码"
        "Paper code";
    /// The kind, on a card.
    Word nucleic_acid_code()
        "核酸码"
        "Nucleic-acid code";
    /// The last day, on a card.
    Word valid_until()
        "有效期至"
        "Valid until";
    /// The serial, on a card.
    Word serial()
        "编号"
        "Serial";
    /// How a paper code is used, on a card.
    Word with_id_card()
        "与身份证一起使用"
        "Show with the ID card";
    /// How a nucleic-acid code is used, on a card.
    Word for_sampling()
        "仅用于核酸采样"
        "For sampling only";
    /// Whom to call, on a card.
    Word help_line()
        "服务热线 12345"
        "Help line 12345";
}

/// What agreeing to an act does, and what it voids (R9), with the names masked: a screen is seen by many.
pub fn describe_act(act: &AskedAct) -> Sentence {
    match act {
        AskedAct::LogIn => will_log_in(),
        AskedAct::ApplyPaper { name, voids: None, .. } => will_apply(&masked(name)),
        AskedAct::ApplyPaper { name, voids: Some(at), .. } => {
            will_apply_again(&masked(name), &minute(*at))
        }
        AskedAct::PrintPaper { name, iat, .. } => will_print(&masked(name), &minute(*iat)),
        AskedAct::ReportLost { name, iat, .. } => will_report_lost(&masked(name), &minute(*iat)),
        AskedAct::PrintNucleicAcid { people } => {
            will_print_nucleic_acid(&listed(people.iter().map(|person| person.name.as_str())))
        }
        AskedAct::HoldRelative { name, .. } => will_let_hold(&masked(name)),
    }
}

/// What was done, and the next step; `None` for logging in, after which the list of people speaks for itself.
///
/// `holder` is who may hold the codes now, where that was asked.
pub fn describe_done(act: &AskedAct, holder: Option<&MaskedName>) -> Option<Sentence> {
    Some(match act {
        AskedAct::LogIn => return None,
        AskedAct::ApplyPaper { name, .. } => did_apply(&masked(name)),
        AskedAct::PrintPaper { name, .. } => did_print(&masked(name)),
        AskedAct::ReportLost { name, .. } => did_report_lost(&masked(name)),
        AskedAct::PrintNucleicAcid { people } => {
            did_print_nucleic_acid(&listed(people.iter().map(|person| person.name.as_str())))
        }
        AskedAct::HoldRelative { name, .. } => did_hold(holder?, &masked(name)),
    })
}

/// Whether a paper code may be applied for where there is none, and why (R3).
pub fn describe_eligibility(eligibility: Eligibility) -> Sentence {
    match eligibility {
        Eligibility::Minor => paper_may_be_had(&ground_minor()),
        Eligibility::Senior => paper_may_be_had(&ground_senior()),
        Eligibility::Disability => paper_may_be_had(&ground_disability()),
        Eligibility::Group { .. } => paper_may_be_had(&ground_group()),
        Eligibility::NotEligible { from } => paper_not_yet(&day(from)),
    }
}

/// The paper code that counts until `exp`.
pub fn describe_paper(exp: UnixTime, serial: &str) -> Sentence {
    paper_counts(&last_day(exp), serial)
}

/// Since when somebody holds the user's codes; or, where no phone of theirs does, since when they may.
pub fn describe_holder(holds: bool, since: UnixTime) -> Sentence {
    if holds { holds_since(&minute(since)) } else { may_hold_since(&minute(since)) }
}

/// What somebody is to the user.
pub fn describe_relation(relation: Relation) -> Sentence {
    match relation {
        Relation::Oneself => oneself(),
        Relation::Child => child(),
        Relation::Ward => ward(),
        Relation::Relative => relative(),
    }
}

/// What kind of code a card carries.
pub fn describe_kind(kind: StaticKind) -> Sentence {
    match kind {
        StaticKind::NucleicAcid => nucleic_acid_code(),
        StaticKind::Paper => paper_code(),
    }
}

/// What is said in place of a name that has no masked form.
const NO_NAME: &str = "*";

fn masked(name: &str) -> String {
    MaskedName::mask(name).map_or_else(|_| NO_NAME.to_owned(), |masked| masked.to_string())
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Sentence {
    let names: Vec<String> = names.map(masked).collect();
    Sentence { zh: names.join("、"), en: names.join(", ") }
}
