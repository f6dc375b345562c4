//! What the city's operator is told: what cannot be done, what is voided by what they are about to do (R9), what was done.

use suima_code::UnixTime;

use crate::{Sentence, minute};

sentences! {
    /// Nobody is found by what was entered.
    Refusal no_such_person()
        "登记册中没有此人。请核对证件号。"
        "The register has no such person. Check the number of the document.";
    /// Several people are found.
    Refusal several_people()
        "这个号码对应多人。请换一种证件的号码再试。"
        "Several people have a document with this number. Try the number of another document.";
    /// The name of a station or a terminal is blank or too long.
    Refusal not_a_name(longest)
        "名称须有1至{longest}个字。请重填。"
        "A name has 1 to {longest} characters. Enter it again.";
    /// The reason of a decision is blank or too long.
    Refusal not_a_reason(longest)
        "原因须有1至{longest}个字。请重填。"
        "A reason has 1 to {longest} characters. Enter it again.";
    /// There is no such thing any more.
    Refusal nothing_to_change()
        "没有可变更的对象，可能已经变更。请刷新后再看。"
        "There is nothing of that kind to change, perhaps not any more. Refresh and look again.";
    /// No key of this id is in use.
    Refusal no_such_key(kid)
        "没有编号为{kid}的在用密钥。请刷新后再看。"
        "No key {kid} is in use. Refresh and look again.";
    /// No id is free.
    Refusal key_ids_used_up()
        "密钥编号已用完。请等旧密钥到期后再试。"
        "Every key id is still accepted somewhere. Wait until an old key has expired.";
    /// No key may sign.
    Refusal no_key()
        "现在没有密钥可以签这类文件。请先更换密钥。"
        "No key may sign this now. Make a new key first.";
    /// The first line of a CSV file.
    Refusal columns(expected)
        "首行须为列名。请核对首行：{expected}"
        "The first line must name the columns. Check it against this: {expected}";
    /// A CSV file that cannot be read.
    Refusal unreadable_file()
        "无法读取这份数据。请核对格式后重试。"
        "The data could not be read. Check its form and try again.";
    /// Somebody else changed the policy meanwhile.
    Refusal policy_moved(version)
        "政策已变为第{version}版。请核对后再存。"
        "The policy is version {version} by now. Check it and save again.";
    /// A policy that cannot be followed.
    Refusal policy_zero()
        "码的天数和秒数至少为一。请改正后再存。"
        "Days and seconds of a code are at least one. Check the numbers.";
    /// The same.
    Refusal policy_ten_years()
        "任何码的有效期都不超过十年。请改正后再存。"
        "No code counts for more than ten years. Check the days.";
    /// The same.
    Refusal policy_hour()
        "离线有效的时间至少为一小时。请改正后再存。"
        "An hour is the least for what counts offline. Check the seconds.";
    /// The same.
    Refusal policy_credential()
        "凭证的有效期不超过十年。请改正后再存。"
        "No credential lasts longer than ten years. Check the seconds.";
    /// The same.
    Refusal policy_redraw()
        "随申码须在仍有效时刷新。请改正后再存。"
        "A live code is drawn anew while it still counts. Check both spans.";
    /// The same.
    Refusal policy_said()
        "名单过旧须先提示再拒绝。请改正后再存。"
        "What is refused was said before. Check both ages of what is known.";
    /// The same.
    Refusal policy_ahead()
        "提前换码的天数须少于有效天数。请改正后再存。"
        "A successor is made within the days of a code. Check both numbers.";
    /// The same.
    Refusal policy_age()
        "没有人活到这个年龄。请改正后再存。"
        "Nobody is that old. Check the ages.";
    /// The same.
    Refusal policy_colours()
        "放行的颜色须为绿1、黄2、红4之和。请改正后再存。"
        "Colours are added up from 1 green, 2 yellow and 4 red. Check the number.";
    /// The same.
    Refusal policy_step()
        "只有身份证可查询，只有离线码可比对。请改正后再存。"
        "Only an ID card can be looked up, only a paper code compared. Check the table.";

    /// Setting a worse colour.
    Question will_worsen(name, colour)
        "要将{name}改为{colour}吗？显示原颜色的随申码全部作废。"
        "Set {name} to {colour}? Every live code that shows the better colour will be void.";
    /// Ending a phone.
    Question will_end_phone(name)
        "要停用{name}的手机吗？其中本人和亲属的随申码全部作废。"
        "End {name}'s phone? Every live code on it, their own and their relatives', will be void.";
    /// Ending a station.
    Question will_end_station(name)
        "要停用检验设备（{name}）吗？它从此不能查询和上传。"
        "End the station {name}? Whatever it asks or uploads from now on is refused.";
    /// Ending a terminal.
    Question will_end_terminal(name)
        "要停用自助终端（{name}）吗？它须重新激活才能使用。"
        "End the terminal {name}? It has to be activated anew before anybody can use it.";
    /// Ending a kinship.
    Question will_end_kinship(guardian, child)
        "要终止{guardian}对{child}的监护关系吗？其手机上的亲属码作废。"
        "End that {guardian} is a parent or guardian of {child}? The relative code on their phone will be void.";
    /// Withdrawing a consent.
    Question will_withdraw(asker, relative)
        "要撤回{relative}对{asker}的同意吗？其手机上的亲属码作废。"
        "Withdraw {relative}'s consent to {asker}? The relative code on their phone will be void.";
    /// Recalling a key for static codes.
    Question will_recall_static(kid)
        "要召回密钥{kid}吗？它签过的核酸码、离线码（含打印件）全部作废。"
        "Recall key {kid}? Every nucleic-acid code and paper code that it signed will be void, printed ones too.";
    /// Recalling a key for credentials.
    Question will_recall_credential(kid)
        "要召回密钥{kid}吗？手机联网前其随申码全部不能用。"
        "Recall key {kid}? Every live code by it is refused until its phone has been online.";
    /// Recalling a key for lists, heads or policies.
    Question will_recall_documents(kid)
        "要召回密钥{kid}吗？它签过的名单和政策不再有效。"
        "Recall key {kid}? The lists and policies that it signed count no more.";
    /// What a new activation code does.
    Notice activation_ends(name, since)
        "{name}的手机（{since}开通）在新手机开通时停用。"
        "{name}'s phone, enrolled on {since}, will be ended when the new one is enrolled.";

    /// A code was made for a phone.
    Notice phone_activation(name)
        "{name}的激活码已生成，七天内可用一次。此前未用的已作废。"
        "An activation code for {name}, good once within seven days. Any earlier one that was not used is void.";
    /// A code was made for a station or a terminal.
    Notice place_activation(name)
        "激活码（{name}）已生成，七天内可用一次。"
        "An activation code for {name}, good once within seven days.";
    /// A phone was ended.
    Notice phone_ended(name)
        "已停用{name}的手机。"
        "{name}'s phone is ended.";
    /// A station was ended.
    Notice station_ended(name)
        "已停用检验设备（{name}）。"
        "The station {name} is ended.";
    /// A terminal was ended.
    Notice terminal_ended(name)
        "已停用自助终端（{name}）。"
        "The terminal {name} is ended.";
    /// A colour was set.
    Notice colour_set(name, colour)
        "{name}现为{colour}。"
        "{name} is {colour} now.";
    /// A kinship was ended.
    Notice kinship_ended(guardian, child)
        "{guardian}不再是{child}的监护人。"
        "{guardian} is no parent or guardian of {child} any more.";
    /// A kinship was restored.
    Notice kinship_restored(guardian, child)
        "{guardian}又是{child}的监护人。"
        "{guardian} is a parent or guardian of {child} again.";
    /// A consent was recorded.
    Notice consent_recorded(asker, relative)
        "已记录：{relative}同意由{asker}持有其码。"
        "Recorded: {relative} agrees that {asker} holds their codes.";
    /// A consent was withdrawn.
    Notice consent_withdrawn(asker, relative)
        "已撤回：{asker}不再可持有{relative}的码。"
        "Withdrawn: {asker} may not hold {relative}'s codes any more.";
    /// Lines were taken in.
    Notice taken_in(added, updated, unchanged, refused)
        "新增{added}，更新{updated}，未变{unchanged}，拒收{refused}。"
        "Added {added}, updated {updated}, unchanged {unchanged}, refused {refused}.";
    /// A key was made.
    Notice key_made(kid)
        "密钥{kid}已公布，两天后开始签名。"
        "Key {kid} is published, and signs in two days.";
    /// A key was recalled.
    Notice key_recalled(kid)
        "密钥{kid}已召回。"
        "Key {kid} is recalled.";
    /// A policy is in force.
    Notice policy_set(version)
        "第{version}版政策已生效，手机和检验设备下次联网时更新。"
        "Policy {version} is in force. Phones and stations take it when they are online next.";
    /// Lists were published.
    Notice lists_published()
        "作废名单已发布。"
        "The revocation lists are published.";
    /// A copy was written.
    Notice backed_up(file)
        "数据库已备份到{file}。"
        "The database is backed up to {file}.";
    /// The chain holds.
    Notice audit_sound(rows)
        "查询记录完整，共{rows}条。"
        "The log is whole. Rows: {rows}.";
    /// The chain is broken.
    Notice audit_broken(number)
        "查询记录从第{number}条起不可信。"
        "The log is broken from row {number} on.";
}

/// What a new activation code does to the phone that somebody has.
pub fn describe_activation(name: &str, since: UnixTime) -> Sentence {
    activation_ends(name, &minute(since))
}
