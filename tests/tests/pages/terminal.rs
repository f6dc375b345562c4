//! A self-service terminal.

use suima_client::wire::{AskedAct, Confirmed};
use suima_code::Reason;
use suima_tests::people::CHILD;

use crate::visitor::{GRANDMOTHER, UNCLE, Visit, agree, look, print};
use suima_tests::chromium::Window;

/// A browser that the operator made a terminal of.
pub fn terminal(visit: &Visit, window: &str, name: &str) -> Window {
    let window = visit.window(window);
    let code = visit.city.issuer.terminal_activation(name).unwrap();
    window.goto("/terminal");
    window.see("终端激活码");
    window.type_keys(&code.to_lowercase());
    window.key("Enter");
    window.see("请开始");
    window
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_terminal_is_set_up_once_with_a_code_that_is_good_once() {
    let visit = Visit::begin().await;
    let window = visit.window("terminal");
    let code = visit.city.issuer.terminal_activation("徐汇").unwrap();
    window.goto("/terminal");
    window.inspect("terminal-1-set-up");
    window.type_keys("00000-00000-00000-00000");
    window.key("Enter");
    window.see("激活码有误");
    window.inspect("terminal-2-not-set-up");
    window.type_keys(&code);
    window.key("Enter");
    window.see("请开始");
    window.goto("/terminal");
    window.see("请开始");
    let other = visit.window("other");
    other.goto("/terminal");
    other.type_keys(&code);
    other.key("Enter");
    other.see("激活码有误");
    // The operator ends it: it is a browser like any other.
    assert!(visit.city.issuer.end_terminal("徐汇").unwrap());
    window.goto("/terminal");
    window.see("终端激活码");
    let form = serde_json::json!({ "read": GRANDMOTHER.id_number() });
    other.post_from("/terminal/begin", Some(&visit.city.endpoint().url), &form);
    other.goto("/terminal/people");
    other.at("/terminal");
    other.see("终端激活码");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_card_in_the_reader_is_enough_for_its_owner() {
    let visit = Visit::begin().await;
    let post = visit.city.synced_post("人民广场").await;
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.inspect("terminal-3-begin");
    // As a reader types it through an input method.
    let number: String = GRANDMOTHER
        .id_number()
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("a full-width form"))
        .collect();
    window.insert(&format!("{number}\u{3000}"));
    window.key("Enter");
    window.at("/terminal/people");
    window.inspect("terminal-4-people");
    window.press_button("申领离线码");
    window.at("/terminal/preview");
    window.inspect("terminal-5-preview");
    window.press_button("同意并办理");
    window.see("新离线码已制好");
    window.inspect("terminal-6-done");
    window.follow("查看打印页");
    window.at("/terminal/print");
    window.inspect("terminal-7-sheet");
    let [text] = &print(&window, "paper-terminal")[..] else { panic!("one card") };
    assert!(post.at_sampling(text).is_ok());
    window.press_button("退出");
    window.at("/terminal");

    // Somebody else's card after that: nothing of the one before is to be seen.
    window.type_keys(&UNCLE.id_number());
    window.key("Enter");
    window.at("/terminal/people");
    assert_eq!(window.texts(".people > li").len(), 1);
    window.see("还没有离线码");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_card_agrees_to_nothing_but_what_the_page_showed() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.type_keys(&UNCLE.id_number());
    window.key("Enter");
    window.at("/terminal/people");
    window.press_button("申领离线码");
    window.see("不会作废任何码");

    // Meanwhile, at home: what would have voided nothing would void that one now.
    let home = visit.logged_in("home", &phone).await;
    home.press_button("申领离线码");
    agree(&home, &phone).await;
    home.see("新离线码已制好");
    phone.refreshed().await;
    let made = phone.paper(phone.owner).unwrap().current.expect("a paper code");

    window.press_button("同意并办理");
    window.see("情况已变，没有执行任何操作");
    window.inspect("terminal-14-changed");
    phone.refreshed().await;
    assert_eq!(phone.paper(phone.owner).unwrap().current, Some(made));

    // Now it says so, and the card can report it lost as well.
    window.follow("返回");
    window.press_button("再次申领");
    window.see("及其打印件将作废");
    window.follow("返回");
    window.press_button("挂失");
    window.see("它将作废，不会自动补发");
    window.press_button("同意并办理");
    window.see("已挂失作废");
    phone.refreshed().await;
    assert_eq!(phone.paper(phone.owner).unwrap().current, None);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_is_no_card_and_no_code_is_refused_with_the_next_step() {
    let visit = Visit::begin().await;
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.type_keys("310199194909100120");
    window.key("Enter");
    window.see("没有读到身份证号或随申码");
    window.inspect("terminal-8-not-read");
    window.type_keys(&CHILD.id_number().replace("2017", "2016"));
    window.key("Enter");
    window.see("没有读到身份证号或随申码");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_live_code_begins_and_authorises_nothing_and_neither_does_its_photograph() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    let shown = phone.live(phone.owner);
    window.type_keys(&shown);
    window.key("Enter");
    window.see("核对数字");
    window.inspect("terminal-9-live-code");
    window.goto("/terminal/people");
    window.at("/terminal");
    // The phone is asked, and says no.
    let view = look(&window, &phone).await;
    assert_eq!(phone.confirm(&view, false).await.unwrap().outcome, Confirmed::Declined);
    window.see("您已在手机上拒绝");
    window.inspect("terminal-12-declined");

    // A photograph of it, at once, elsewhere: the phone is told where, and nothing is granted until it agrees.
    let other = terminal(&visit, "other", "静安区");
    other.type_keys(&shown);
    other.key("Enter");
    other.see("核对数字");
    phone.refreshed().await;
    let [view] = &phone.challenges().unwrap()[..] else { panic!("one question waits") };
    assert_eq!(view.challenge.place_name, "静安区");
    other.goto("/terminal/people");
    other.at("/terminal");
    assert!(other.texts(".people").is_empty());

    // Later it is stale, and the phone is not even asked.
    visit.city.clock.pass(120);
    other.goto("/terminal");
    other.see("请开始");
    other.type_keys(&shown);
    other.key("Enter");
    other.see("此动态码已过时");
    other.goto("/terminal/people");
    other.at("/terminal");
    phone.refreshed().await;
    assert!(phone.challenges().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn an_adult_without_a_phone_lets_a_family_member_hold_their_codes_and_apply_for_them() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let grandmother = visit.city.slot(&GRANDMOTHER);
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.type_keys(&GRANDMOTHER.id_number());
    window.key("Enter");
    window.at("/terminal/people");
    window.press_button("让家人持有我的码");
    window.at("/terminal/preview");
    window.press_button("到手机上同意");
    window.at("/terminal/confirm");
    window.see("请家人用自己手机上的随申码应用扫描此码");
    window.inspect("terminal-10-hold");
    agree(&window, &phone).await;
    window.see("沈*国现在可以添加");
    window.inspect("terminal-11-held");
    phone.hold(grandmother).await.unwrap();
    let post = visit.city.synced_post("人民广场").await;
    assert!(post.at_gate(&phone.live(grandmother)).is_ok());

    // From now on he can apply for her, at a terminal with his phone.
    window.press_button("退出");
    window.at("/terminal");
    window.press_button("用手机登录");
    agree(&window, &phone).await;
    window.at("/terminal/people");
    assert_eq!(window.texts(".people > li").len(), 2);
    window.press_last_button("申领离线码");
    window.at("/terminal/confirm");
    let asked = agree(&window, &phone).await;
    assert!(matches!(asked, AskedAct::ApplyPaper { slot, .. } if slot == grandmother), "{asked:?}");
    window.follow("查看打印页");
    window.at("/terminal/print");
    let [text] = &print(&window, "paper-grandmother")[..] else { panic!("one card") };
    assert!(post.at_sampling(text).is_ok());
    phone.refreshed().await;
    assert!(phone.paper(grandmother).unwrap().current.is_some());
    assert!(phone.paper(phone.owner).unwrap().current.is_none(), "his own is another matter");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_bystander_who_was_faster_is_seen_at_once_and_ended_with_the_card() {
    let visit = Visit::begin().await;
    let bystander = visit.city.phone(&UNCLE).await;
    let grandmother = visit.city.slot(&GRANDMOTHER);
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.type_keys(&GRANDMOTHER.id_number());
    window.key("Enter");
    window.at("/terminal/people");
    window.see("没有别人持有您的码");
    window.press_button("让家人持有我的码");
    window.press_button("到手机上同意");
    window.at("/terminal/confirm");
    agree(&window, &bystander).await;
    window.see("沈*国现在可以添加");
    window.see("若不是您的这位家人");
    bystander.hold(grandmother).await.unwrap();
    let post = visit.city.synced_post("人民广场").await;
    assert!(post.at_gate(&bystander.live(grandmother)).is_ok());

    window.follow("查看谁持有我的码");
    window.at("/terminal/people");
    window.see("起持有您的码");
    assert_eq!(window.texts(".holders h3"), ["沈*国"]);
    window.inspect("terminal-15-holders");
    // Going back ends nothing.
    visit.city.clock.pass(10);
    window.press_button("解除");
    window.at("/terminal/holding");
    window.see("其手机上您的随申码从此会被拒绝");
    window.inspect("terminal-16-end-holding");
    window.follow("返回");
    window.at("/terminal/people");
    assert_eq!(window.texts(".holders h3"), ["沈*国"]);
    window.press_button("解除");
    window.press_button("同意并办理");
    window.see("手机上您的随申码已作废");
    window.inspect("terminal-17-ended");
    window.follow("查看谁持有我的码");
    window.see("没有别人持有您的码");
    let ended = visit.city.clock.now();
    visit.city.clock.pass(30);
    post.sync_fully().await;
    let refusal = post.at_gate(&bystander.live(grandmother)).unwrap_err();
    assert_eq!(refusal, Reason::HoldingEnded { at: ended });
    bystander.refreshed().await;
    assert!(bystander.hold(grandmother).await.is_err(), "the consent is taken back too");

    // The page of a holding that is not there any more says so.
    window.goto(&format!("/terminal/holding?slot={}", bystander.owner));
    window.see("情况已变，没有执行任何操作");
    // A form from elsewhere is not taken.
    let form = serde_json::json!({ "slot": bystander.owner.to_string() });
    let (status, _) =
        window.post_from("/terminal/end-holding", Some("https://elsewhere.example"), &form);
    assert_eq!(status, 403);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_terminal_that_nobody_touches_asks_and_then_goes_back_to_its_first_page() {
    let visit = Visit::begin().await;
    let window = terminal(&visit, "terminal", "徐汇区政务服务中心");
    window.stop_clock();
    window.type_keys(&GRANDMOTHER.id_number());
    window.key("Enter");
    window.at("/terminal/people");
    window.pass(46);
    visit.city.clock.pass(46);
    window.see("您还在吗");
    window.inspect("terminal-13-still-there");
    window.press_button("我还在");
    window.answered("/terminal/progress", 1);
    // Somebody is there: the desk lasts from now on.
    visit.city.clock.pass(46);
    window.pass(46);
    window.see("您还在吗");
    window.press_button("我还在");
    window.answered("/terminal/progress", 2);
    assert_eq!(window.texts(".people > li").len(), 1);
    window.pass(61);
    window.at("/terminal");
    window.see("请开始");
    window.goto("/terminal/people");
    window.at("/terminal");
}
