//! What the operator does on pages is seen by everybody whom it concerns, and nothing is voided without a question.

use suima_code::{Acceptance, Colour, Place, Presented};
use suima_simulator::people::{FATHER, GRANDFATHER, MOTHER, Resident};
use suima_tests::chromium::Window;

use crate::visit::Visit;

/// The address of what the register has of somebody.
fn person(visit: &Visit, resident: Resident) -> String {
    format!("/operator/person/{}", visit.slot(resident))
}

/// Waits until the page says what was done.
fn done(window: &Window, id: &str) {
    window.until(&format!("document.querySelector('#note')?.dataset.id === '{id}'"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_worse_colour_is_asked_for_first_and_then_stands_on_the_phone() {
    let visit = Visit::begin().await;
    let (operator, phone) = (visit.window("operator"), visit.window("mother"));
    phone.goto("/phone/mother");
    phone.until("document.querySelector('.code.green')");
    let slot = visit.slot(MOTHER);
    let colour = || visit.town.city.issuer.person(slot).expect("she is there").colour;

    operator.goto("/operator/health");
    operator.click(&format!("[data-slot='{}'] a.danger[href*='colour=red']", slot.0));
    operator.see("显示原颜色的随申码全部作废");
    assert_eq!(colour(), Colour::Green, "asked, not done");
    operator.follow("不，返回");
    operator.at("/operator/health");
    operator.click(&format!("[data-slot='{}'] a.danger[href*='colour=red']", slot.0));
    operator.press_button("改为");
    done(&operator, "colour-set");
    assert_eq!(colour(), Colour::Red);
    phone.until("document.querySelector('.code.red')");

    // The better one voids nothing and is not asked for.
    operator.click(&format!("[data-slot='{}'] form:has([value=green]) button", slot.0));
    done(&operator, "colour-set");
    phone.until("document.querySelector('.code.green')");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_changed_cell_of_the_policy_is_a_new_version_and_says_what_it_changed() {
    let visit = Visit::begin().await;
    let (operator, other) = (visit.window("operator"), visit.window("other"));
    let gate = || {
        let policy = visit.town.city.issuer.policy().expect("there is one");
        (policy.version, policy.acceptance(Presented::Paper, Place::Gate))
    };
    other.goto("/operator/policy");
    operator.goto("/operator/policy");
    operator.evaluate("document.querySelector('[name=\"paper.gate\"]').value = 'accepted'");
    operator.press_button("签发新版政策");
    done(&operator, "policy-set");
    operator.see("离线码在闸机：不接受 → 接受");
    assert_eq!(gate(), (2, Acceptance::Accepted));
    // The page that another had open shows it, and asks for nothing by the numbers of before.
    other.until("document.querySelector('#version').dataset.version === '2'");
    assert_eq!(other.evaluate("document.querySelector('[name=\"paper.gate\"]').value"), "accepted");

    operator.fill("[name=nucleic_acid_days]", "0");
    operator.evaluate("document.querySelector('[name=\"paper.gate\"]').value = 'refused'");
    operator.press_button("签发新版政策");
    done(&operator, "refused");
    assert_eq!(gate().0, 2, "what no station can follow is not signed");
    // What was changed is there still, until it is signed or not wanted any more.
    let cell = "document.querySelector('[name=\"paper.gate\"]').value";
    assert_eq!(operator.evaluate(cell), "refused");
    assert_eq!(operator.evaluate("document.querySelector('[name=nucleic_acid_days]').value"), "0");
    operator.press_button("放弃改动");
    operator.until("!document.querySelector('#unsigned')");
    assert_eq!(operator.evaluate(cell), "accepted");
    operator.press_button("签发新版政策");
    done(&operator, "nothing-to-change");
    assert_eq!(gate().0, 2);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn an_activation_code_leads_to_the_new_phone_and_the_old_one_is_ended() {
    let visit = Visit::begin().await;
    let (operator, old) = (visit.window("operator"), visit.window("father"));
    old.goto("/phone/father");
    operator.goto(&person(&visit, FATHER));
    operator.press_button("生成激活码");
    done(&operator, "phone-activation");
    operator.follow("在新手机上使用");
    operator.at("/phone/new/enrol");
    operator.press_button("开通本机");
    operator.until(
        "location.pathname === '/phone/new' || location.pathname.startsWith('/phone/new/code')",
    );
    operator.see(FATHER.name);
    old.until("!document.querySelector('#code')");
    let phones = visit.town.city.issuer.phones(visit.slot(FATHER));
    assert_eq!(phones.expect("they are told").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_lost_phone_is_ended_after_a_question_with_a_reason_that_is_kept() {
    let visit = Visit::begin().await;
    let (operator, phone) = (visit.window("operator"), visit.window("grandfather"));
    phone.goto("/phone/grandfather");
    phone.until("document.querySelector('#code')");
    operator.goto(&person(&visit, GRANDFATHER));
    operator.follow("停用");
    operator.see("其中本人和亲属的随申码全部作废");
    operator.fill("[name=reason]", "手机遗失");
    operator.press_button("停用");
    done(&operator, "phone-ended");
    operator.see("手机遗失");
    phone.until("!document.querySelector('#code')");
    operator.goto("/operator/audit");
    operator.until("document.querySelector('[data-question=end-device]')");
    operator.see("查询记录完整");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn without_a_script_people_are_taken_in_and_keys_recalled() {
    let visit = Visit::begin().await;
    let operator = visit.plain_window("operator");
    operator.goto("/operator/register");
    operator.fill("form[action$='/person'] [name=name]", "赵新生");
    operator.fill("form[action$='/person'] [name=birth_date]", "2026-10-01");
    operator.press_button("登记");
    operator.see("未登记：既无证件也无监护人。");
    // What was typed stands there still.
    operator.fill("form[action$='/person'] [name=guardian]", &MOTHER.id_number());
    operator.press_button("登记");
    operator.see("已登记：赵新生。");
    operator.follow("赵新生");
    operator.see("林晓梅");

    operator.goto("/operator/keys");
    operator.click("#static ~ .rows a.danger");
    operator.see("它签过的核酸码、离线码（含打印件）全部作废");
    operator.press_button("召回");
    operator.see("已召回");
    let keys = visit.town.city.issuer.keys().expect("they are told");
    assert_eq!(keys.iter().filter(|key| key.trusted.recalled.is_some()).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_station_that_was_ended_says_so_until_it_is_enrolled_anew() {
    let visit = Visit::begin().await;
    let (operator, gate) = (visit.window("operator"), visit.window("gate"));
    let stations = visit.town.city.issuer.stations().expect("they are told");
    let station =
        stations.iter().find(|station| station.name.contains("地铁站")).expect("the gate");
    operator.goto(&format!("/operator/activation/end-station?keyid={}", station.keyid));
    operator.fill("[name=reason]", "设备遗失");
    operator.press_button("停用");
    done(&operator, "station-ended");

    let told = "Boolean(document.querySelector('#ended'))";
    gate.goto("/station/gate");
    // Stations sync by themselves too, so it may have heard already.
    gate.press_button("同步名单");
    gate.until(told);
    gate.goto("/station/gate");
    gate.see("本设备已停用");
    gate.follow("开通工作设备");
    gate.at("/station/gate/enrol");

    operator.goto("/operator/activation");
    operator.fill("form[action$='/station'] [name=name]", &station.name);
    operator.click("form[action$='/station'] button");
    done(&operator, "station-activation");
    operator.follow("用于闸机");
    operator.at("/station/gate/enrol");
    operator.press_button("开通工作设备");
    operator.until("document.querySelector('#verdict')?.dataset.verdict === 'enrolled'");
    gate.goto("/station/gate");
    assert_eq!(gate.evaluate(told), false);
}
