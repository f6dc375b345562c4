//! Everything at the portal and at a terminal, by keyboard alone.

use suima_tests::people::MOTHER;

use crate::terminal::terminal;
use crate::visitor::{GRANDMOTHER, UNCLE, Visit, agree};
use suima_tests::chromium::Window;

/// Goes on with the Tab key to what has this in its label, seeing at every stop where the focus is.
fn reach(window: &Window, label: &str) {
    for _ in 0..40 {
        window.key("Tab");
        let focused = window.focused();
        assert!(focused.visible || focused.tag == "BODY", "{focused:?} is not seen to be it");
        if focused.text.contains(label) {
            return;
        }
    }
    panic!("{label} is not reached with the Tab key");
}

fn press(window: &Window, label: &str) {
    reach(window, label);
    window.key("Enter");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn an_old_person_does_all_there_is_for_their_own_paper_code_by_keyboard_alone() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = visit.window("pc");
    window.goto("/portal");
    reach(&window, "跳到正文");
    press(&window, "用手机登录");
    agree(&window, &phone).await;
    window.at("/portal/people");
    reach(&window, "申领离线码");
    window.key("Space");
    window.at("/portal/confirm");
    agree(&window, &phone).await;
    window.see("新离线码已制好");
    press(&window, "查看打印页");
    window.at("/portal/print");
    window.count_prints();
    press(&window, "打印");
    assert_eq!(window.prints(), 1);
    press(&window, "返回");
    window.at("/portal/people");

    press(&window, "再次打印");
    window.at("/portal/confirm");
    agree(&window, &phone).await;
    window.see("与原来的相同");
    press(&window, "返回");
    window.at("/portal/people");

    visit.city.clock.pass(5);
    press(&window, "再次申领");
    window.at("/portal/preview");
    press(&window, "返回");
    window.at("/portal/people");
    press(&window, "再次申领");
    window.at("/portal/preview");
    press(&window, "到手机上同意");
    window.at("/portal/confirm");
    agree(&window, &phone).await;
    window.see("新离线码已制好");
    press(&window, "返回");
    window.at("/portal/people");

    press(&window, "挂失");
    window.at("/portal/preview");
    press(&window, "到手机上同意");
    window.at("/portal/confirm");
    agree(&window, &phone).await;
    window.see("已挂失作废");
    press(&window, "退出");
    window.at("/portal");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_family_chooses_its_nucleic_acid_codes_by_keyboard_alone() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&MOTHER).await;
    let window = visit.window("pc");
    window.goto("/portal");
    press(&window, "用手机登录");
    agree(&window, &phone).await;
    window.at("/portal/people");
    reach(&window, "沈*兰");
    window.key("Space");
    press(&window, "打印核酸码");
    window.at("/portal/confirm");
    agree(&window, &phone).await;
    window.see("的核酸码可以打印");
    press(&window, "查看打印页");
    window.at("/portal/print");
    assert_eq!(window.texts(".code-card .name"), ["沈*兰"]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_terminal_is_used_by_keyboard_alone() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.type_keys(&GRANDMOTHER.id_number());
    window.key("Enter");
    window.at("/terminal/people");
    press(&window, "申领离线码");
    window.at("/terminal/preview");
    press(&window, "同意并办理");
    window.see("新离线码已制好");
    press(&window, "查看打印页");
    window.at("/terminal/print");
    press(&window, "返回");
    window.at("/terminal/people");

    press(&window, "让家人持有我的码");
    window.at("/terminal/preview");
    press(&window, "到手机上同意");
    window.at("/terminal/confirm");
    agree(&window, &phone).await;
    window.see("沈*国现在可以添加");
    press(&window, "查看谁持有我的码");
    window.at("/terminal/people");
    press(&window, "解除");
    window.at("/terminal/holding");
    press(&window, "同意并办理");
    window.see("已解除");
    press(&window, "查看谁持有我的码");
    window.see("没有别人持有您的码");
    press(&window, "退出");
    window.at("/terminal");
}
