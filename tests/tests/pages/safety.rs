//! What strangers obtain: nothing.

use serde_json::json;
use suima_client::wire::Confirmed;
use suima_tests::people::{MOTHER, STRANGER};

use crate::visitor::{UNCLE, Visit, look};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_log_in_code_of_another_browser_grants_the_first_nothing() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let (own, other) = (visit.window("own"), visit.window("other"));
    for window in [&own, &other] {
        window.goto("/portal");
        window.press_button("用手机登录");
        window.see("核对数字");
    }
    // The user is shown somebody else's code, and agrees to it without comparing: only that browser is let in.
    let view = phone.challenge(&other.scan(".qr", 0)).await.unwrap();
    assert_eq!(phone.confirm(&view, true).await.unwrap().outcome, Confirmed::Done);
    other.at("/portal/people");
    own.goto("/portal/people");
    own.at("/portal");
    assert_eq!(own.texts(".qr").len(), 1, "it still waits");

    // And an act there is a question of its own, which nobody has to agree to.
    other.press_button("申领离线码");
    let view = look(&other, &phone).await;
    assert_eq!(phone.confirm(&view, false).await.unwrap().outcome, Confirmed::Declined);
    other.see("您已在手机上拒绝");
    assert!(phone.paper(phone.owner).unwrap().current.is_none());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_code_that_one_phone_has_taken_up_is_of_no_use_to_another() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let stranger = visit.city.phone(&STRANGER).await;
    let window = visit.window("pc");
    window.goto("/portal");
    window.press_button("用手机登录");
    let view = look(&window, &phone).await;
    assert!(stranger.challenge(&window.scan(".qr", 0)).await.is_err());
    assert_eq!(phone.confirm(&view, true).await.unwrap().outcome, Confirmed::Done);
    window.at("/portal/people");
    assert_eq!(window.texts(".people > li").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_sheet_is_for_the_desk_that_asked_and_for_ten_minutes() {
    let visit = Visit::begin().await;
    let (phone, mother) = (visit.city.phone(&UNCLE).await, visit.city.phone(&MOTHER).await);
    let window = visit.logged_in("pc", &phone).await;
    window.press_button("申领离线码");
    crate::visitor::agree(&window, &phone).await;
    window.follow("查看打印页");
    let address = window.at("/portal/print");
    let (_, path) = address.split_at(visit.city.endpoint().url.len());

    let other = visit.logged_in("other", &mother).await;
    other.goto(path);
    other.see("此打印页已过期或不属于此处");
    other.inspect("portal-16-no-sheet");

    window.goto(path);
    assert_eq!(window.texts(".code-card").len(), 1);
    // Somebody is there all the while: the desk does not end before the sheet does.
    for _ in 0..3 {
        visit.city.clock.pass(205);
        window.goto("/portal/people");
        window.at("/portal/people");
    }
    window.goto(path);
    window.see("此打印页已过期或不属于此处");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn other_sites_can_neither_act_nor_read_nor_frame() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = visit.logged_in("pc", &phone).await;
    let slot = phone.owner.to_string();
    for origin in [Some("https://evil.example"), Some("null"), None] {
        let form = json!({ "act": "apply-paper", "slot": slot });
        let (status, body) = window.post_from("/portal/ask", origin, &form);
        assert_eq!(status, 403, "{origin:?}");
        assert!(body.contains("此请求不是从本页发出的"), "{body}");
    }
    phone.refreshed().await;
    assert!(phone.challenges().unwrap().is_empty());

    let cookies = window.cookies();
    let [cookie] = &cookies.as_array().unwrap()[..] else { panic!("{cookies}") };
    assert_eq!(cookie["httpOnly"], json!(true));
    assert_eq!(cookie["secure"], json!(true));
    assert_eq!(cookie["sameSite"], json!("Strict"));
    assert_eq!(cookie["path"], json!("/"));
    assert!(cookie["name"].as_str().unwrap().starts_with("__Host-"), "{cookie}");

    let headers = window.headers("/portal/people");
    let policy = headers["content-security-policy"].as_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(headers["cache-control"], json!("no-store"));

    // Nothing is there for whoever only knows the addresses.
    let stranger = visit.window("stranger");
    for path in ["/portal/people", "/portal/confirm", "/portal/preview?act=hold-relative"] {
        stranger.goto(path);
        stranger.at("/portal");
    }
}
