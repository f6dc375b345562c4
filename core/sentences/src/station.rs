//! What a station says to its staff, and a gate to whoever stands before it.

use suima_code::{Colour, IdNumberError};

use crate::Sentence;

sentences! {
    // Beside an acceptance.

    /// The lists are old enough to be said.
    Notice knowledge_old(as_of, age)
        "本机名单截至{as_of}，已{age}未更新。请尽快联网同步。"
        "This station's list is as of {as_of}, {age} old. Go online to sync soon.";
    /// Accepted without knowing whether it is void.
    Notice validity_not_checked()
        "未能核对此码是否已作废。请尽快联网同步。"
        "Whether this code was voided could not be checked. Go online to sync soon.";
    /// A paper code at a manual check.
    Notice compare_id_card()
        "请核对身份证，并查询健康状态。"
        "Compare the ID card, and look up the health status.";
    /// The same person in another tube of this day, since `time`.
    Notice also_in_tube(barcode, time)
        "此人今天{time}已登记在试管{barcode}。如是误扫，请撤销。"
        "This person was registered in tube {barcode} at {time} today. Undo if this is a mistake.";
    /// Somebody who may be the same person, taken all the same.
    Notice maybe_the_same(seat)
        "第{seat}位姓名相同，可能是同一人。如是同一人，请撤销。"
        "Place {seat} has the same name, and may be the same person. Undo if so.";

    // Registering.

    /// Somebody was bound to the tube.
    Notice registered(name, seat, taken)
        "{name} 已登记，第{seat}位，共{taken}人。"
        "{name} is registered in place {seat}; {taken} in the tube.";
    /// Before somebody is bound who may be in the tube already.
    Question maybe_twice(seat)
        "第{seat}位的姓名和出生年份相同。确定不是同一人吗？"
        "Place {seat} has the same name and birth year. Is this surely somebody else?";
    /// No session.
    Refusal no_session()
        "尚未开始班次。请先填写地点和工作人员。"
        "No session has begun. Enter the site and the staff member first.";
    /// No tube in hand.
    Refusal no_tube()
        "没有打开的试管。请先扫试管条码。"
        "No tube is open. Scan a tube's barcode first.";
    /// A tube must be sealed first.
    Refusal tube_open(barcode)
        "试管{barcode}还开着。请先封管。"
        "Tube {barcode} is still open. Seal it first.";
    /// The tube takes nobody more.
    Refusal tube_full(capacity)
        "本管已满{capacity}人。请封管后换新管。"
        "The tube, made for {capacity}, is full. Seal it and open another.";
    /// A sealed tube is frozen.
    Refusal tube_sealed(barcode)
        "试管{barcode}已封管，不能再改动。请打开新管。"
        "Tube {barcode} is sealed and cannot be changed. Open another.";
    /// The person is in the tube.
    Refusal already_in_tube(seat)
        "此人已在本管，第{seat}位。不必再扫。"
        "This person is already in this tube, in place {seat}. No need to scan again.";
    /// Not a barcode as tubes have them.
    Refusal barcode_malformed()
        "试管条码不正确：应为4至32位字母、数字或连字符。请重扫。"
        "Not a tube's barcode: 4 to 32 letters, digits or hyphens. Scan it again.";
    /// The barcode was used here, `at` a time, for `people`; `end` says how the tube ended.
    Refusal barcode_used(barcode, at, people, end)
        "试管{barcode}已于{at}用过（{people}人，{end}）。请换一支。"
        "Tube {barcode} was opened here at {at} (people: {people}, {end}). Take another.";
    /// How that tube ended.
    Word sealed_at(at)
        "{at}封管"
        "sealed at {at}";
    /// It did not end.
    Word not_sealed()
        "未封管"
        "not sealed";
    /// No tube of this session has the barcode.
    Refusal no_such_tube()
        "本班次没有这支试管。请先扫条码打开它。"
        "There is no such tube in this session. Scan its barcode to open it first.";
    /// No such capacity.
    Refusal capacity(given)
        "没有{given}人管。请选1、5、10或20人管。"
        "There is no tube for {given} people. Choose 1, 5, 10 or 20.";
    /// No registration with this id.
    Refusal no_such_registration()
        "本机没有这条登记。请在本管名单中选择。"
        "There is no such registration here. Choose it from the tube's list.";
    /// Taken back before.
    Refusal already_undone()
        "这条登记已经撤销。不必再撤。"
        "This registration was taken back already. Nothing more to do.";
    /// The swabs are not as many as the people.
    Refusal count_mismatch(registered, swabs)
        "登记{registered}人，拭子{swabs}支，数目不符。请重数，或说明原因后封管。"
        "Registered: {registered}; swabs counted: {swabs}. Count again, or seal with an explanation.";
    /// A text is missing, is too long or is a code.
    Refusal text(field)
        "{field}没有填写、过长或是扫入的码。请填写不超过200字，不换行。"
        "There is no {field}, or it is too long, or a code. Enter at most 200 characters, on one line.";
    /// A field.
    Word site() "地点" "site";
    /// A field.
    Word staff() "工作人员" "staff member";
    /// A field.
    Word reason() "原因" "reason";
    /// A field.
    Word explanation() "数目说明" "explanation";
    /// A field.
    Word name() "姓名" "name";
    /// A field.
    Word document() "证件号" "document number";
    /// A field.
    Word contact() "联系方式" "contact";

    // ID numbers.

    /// [`IdNumberError::Length`].
    Refusal id_number_length()
        "身份证号应为18位。请核对后再读一次。"
        "An ID number has 18 characters. Check it and read it again.";
    /// [`IdNumberError::Characters`].
    Refusal id_number_characters()
        "身份证号应为17位数字加一位数字或X。请核对后再读一次。"
        "An ID number has 17 digits, then a digit or X. Check it and read it again.";
    /// [`IdNumberError::CheckDigit`].
    Refusal id_number_check_digit()
        "身份证号校验位不符，可能读错。请核对后再读一次。"
        "The check digit of the ID number does not fit. Check it and read it again.";
    /// [`IdNumberError::BirthDate`].
    Refusal id_number_birth_date()
        "身份证号中的出生日期不存在。请核对后再读一次。"
        "The birth date in the ID number is no date. Check it and read it again.";

    // At gates and doors.

    /// Accepted.
    Notice may_pass()
        "可以通行。"
        "May pass.";
    /// The issuer knows the person, and the colour is admitted.
    Notice status_admitted(colour, as_of)
        "查询结果：{colour}，截至{as_of}。可以通行。"
        "Looked up: {colour}, as of {as_of}. May pass.";
    /// The issuer knows the person, and the colour is not admitted.
    Refusal status_not_admitted(colour, as_of)
        "查询结果：{colour}，截至{as_of}，不能通行。请按现场规定处置。"
        "Looked up: {colour}, as of {as_of}; may not pass. Ask whoever is in charge here.";
    /// Card and code are not of one person.
    Refusal card_and_code_differ()
        "身份证与此离线码不是同一人。请核对后再查，或改用随申码。"
        "The ID card and this paper code are not of one person. Check both, or use a live code.";
    /// The issuer knows no such person.
    Refusal card_not_found()
        "没有查到此身份证。请核对号码，或改用随申码。"
        "No such ID card was found. Check the number, or use a live code.";
    /// A gate without a network.
    Refusal gate_cannot_ask()
        "闸机现在无法查询身份证。请出示随申码。"
        "The gate cannot look up ID cards now. Show the live code.";
    /// A door without a network, for an ID card alone.
    Refusal status_unknown()
        "现在无法联网查询，健康状态未知。请稍后再查，或改用随申码。"
        "It cannot be looked up now: status unknown. Try again later, or use a live code.";
    /// A door without a network, for a paper code with an ID card.
    Refusal status_unknown_compared(name, year)
        "现在无法联网：{name}，{year}，健康状态未知。请稍后再查。"
        "It cannot be looked up now: {name}, {year}; status unknown. Try again later.";
    /// Compared.
    Word name_agrees() "姓名相符" "the name agrees";
    /// Compared.
    Word name_differs() "姓名不符" "the name differs";
    /// Compared.
    Word year_agrees() "出生年份相符" "the birth year agrees";
    /// Compared.
    Word year_differs() "出生年份不符" "the birth year differs";
    /// [`Colour::Green`].
    Word green() "绿码" "green";
    /// [`Colour::Yellow`].
    Word yellow() "黄码" "yellow";
    /// [`Colour::Red`].
    Word red() "红码" "red";

    // The station itself.

    /// Never enrolled.
    Refusal not_enrolled()
        "本台设备尚未开通。请输入激活码。"
        "This station is not enrolled. Enter an activation code.";
    /// No keys, or no policy.
    Refusal no_documents()
        "本机没有密钥名单或规则。请先联网同步，再扫码。"
        "This station holds no keys or no policy. Go online to sync, then scan.";
    /// No connection.
    Refusal offline()
        "没有网络，未能发出，扫码照常进行。请稍后再试。"
        "No network: nothing was sent, and scanning goes on. Try again later.";
    /// No answer.
    Refusal no_answer()
        "没有收到答复。请再试一次，不会重复登记。"
        "No answer came. Try again: nothing is registered twice.";
    /// The keystore does not answer.
    Refusal keystore_unavailable()
        "本机尚未解锁或正忙。请解锁后再试。"
        "This device is locked or busy. Try again when it is unlocked.";
    /// The journal's key is gone for good.
    Refusal journal_lost()
        "登记日志的密钥已丢失。请勿删除文件，联系负责人。"
        "The key of the journal is lost. Keep the file and call whoever answers for the station.";
    /// Paused or closed.
    Refusal not_open()
        "采样程序已暂停。请重新打开。"
        "The station is paused. Open it again.";
    /// A document whose signature does not hold.
    Refusal untrusted()
        "收到的规则或名单签名不符，没有采用。请报告负责人。"
        "What the issuer sent is not signed as it must be, and was not taken. Report it.";
    /// Anything else.
    Refusal failed()
        "本机出错，已登记的都在。请重新打开；若仍出错，请报告。"
        "The station failed; what was registered is kept. Open it again, and report it if it fails again.";
}

/// Why a text is no ID number.
pub fn id_number(error: IdNumberError) -> Sentence {
    match error {
        IdNumberError::Length => id_number_length(),
        IdNumberError::Characters => id_number_characters(),
        IdNumberError::CheckDigit => id_number_check_digit(),
        IdNumberError::BirthDate => id_number_birth_date(),
    }
}

/// A health colour.
pub fn colour(colour: Colour) -> Sentence {
    match colour {
        Colour::Green => green(),
        Colour::Yellow => yellow(),
        Colour::Red => red(),
    }
}
