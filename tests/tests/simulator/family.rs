//! The family on its phones: consent, holders, and what portals and terminals ask.

use suima_simulator::people::{CHILD, GRANDFATHER};
use suima_tests::chromium::Window;

use crate::visit::{PC, Visit};

/// What came of the last thing that was done on a phone.
const TOLD: &str = ".messages .banner";

/// Waits until the phone tells this, by its stable word.
fn told(window: &Window, id: &str) {
    window.until(&format!("document.querySelector({:?})", format!("{TOLD}[data-id={id}]")));
}

/// The portal, with a code for logging in on its screen.
fn portal(visit: &Visit) -> Window {
    let portal = visit.browser.window("portal", &visit.town.issuer.url(), PC);
    portal.goto("/portal");
    portal.press_button("登录");
    portal.until("document.querySelector('.qr svg')");
    portal
}

/// The digits that two screens show.
fn digits(phone: &Window, portal: &Window) -> (Vec<String>, Vec<String>) {
    (phone.texts("#challenge .digits"), portal.texts(".digits output"))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn an_adult_agrees_is_held_by_the_one_time_code_and_ends_it() {
    let visit = Visit::begin().await;
    let (mother, grandfather) = (visit.small_window("mother"), visit.small_window("grandfather"));
    grandfather.goto("/phone/grandfather/family");

    mother.goto("/phone/mother/family/add");
    let ask = |document: &str| {
        mother.fill("#ask [name=name]", GRANDFATHER.name);
        mother.fill("#ask [name=document]", document);
        mother.press_button("发送请求");
    };
    let number = GRANDFATHER.id_number();
    let wrong = if number.ends_with('1') { '2' } else { '1' };
    ask(&format!("{}{wrong}", &number[..17]));
    told(&mother, "mistyped");
    assert_eq!(
        mother.evaluate("document.querySelector('#ask [name=name]').value"),
        GRANDFATHER.name,
        "what was typed is there to be mended"
    );
    ask(&number);
    told(&mother, "asked");

    // Nobody touches his phone, and the ask is on it.
    grandfather.until("document.querySelector('#asks')");
    grandfather.follow("谁请求持有我的码");
    grandfather.press_button("同意");
    grandfather.until("document.querySelector('.digits')");
    let code = grandfather.texts(".digits").remove(0);
    mother.fill("#redeem [name=code]", "00000000");
    mother.click("#redeem button");
    mother.see("一次性码有误");
    mother.fill("#redeem [name=code]", &code);
    mother.click("#redeem button");
    told(&mother, "added");
    let slot = visit.slot(GRANDFATHER);
    mother.until(&format!("document.querySelector('#person-{slot}').dataset.held === 'yes'"));

    grandfather.goto(&format!("/phone/grandfather/family/{slot}/holders"));
    grandfather.until("document.querySelectorAll('[data-holder]').length === 1");
    grandfather.follow("停用");
    grandfather.press_button("停用");
    told(&grandfather, "ended");
    assert_eq!(grandfather.texts("[data-holder]"), Vec::<String>::new());
    told(&mother, "news");
    mother.until(&format!("!document.querySelector('#person-{slot}')"));

    // What she may have kept is asked about, and no more once it is void.
    grandfather.until("document.querySelector('[data-offer=nucleic-acid]')");
    grandfather.follow("重新生成");
    grandfather.press_button("重新生成");
    told(&grandfather, "made");
    grandfather.goto(&format!("/phone/grandfather/family/{slot}/holders"));
    assert_eq!(grandfather.texts("[data-offer]"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_phone_scans_the_portals_screen_and_agrees_to_what_it_showed_alone() {
    let visit = Visit::begin().await;
    let phone = visit.small_window("phone");
    phone.goto("/phone/mother/scan");
    let portal = portal(&visit);
    phone.until("document.querySelector('[data-screen=portal]')");
    phone.press_button("扫PC端的屏幕");
    let (here, there) = digits(&phone, &portal);
    assert_eq!(here, there);
    assert_eq!(here[0].len(), 2);

    // Had another question stood there, pressing the button would agree to nothing.
    phone.evaluate("document.querySelector('[name=seen]').value = 'another', 0");
    phone.click("[name=answer][value=agree]");
    phone.until("document.querySelector('[name=seen]').value !== 'another'");
    assert_eq!(phone.texts(TOLD), Vec::<String>::new());
    assert_eq!(portal.path(), "/portal", "nobody is logged in");

    phone.click("[name=answer][value=agree]");
    told(&phone, "done");
    portal.at("/portal/people");
    phone.until("!document.querySelector('[data-screen]')");

    // What is asked next is on the phone without another scan.
    portal.press_button("申领离线码");
    phone.until("document.querySelector('[data-challenge]')");
    phone.click("[data-challenge]");
    assert_eq!(phone.evaluate("document.querySelector('#challenge').dataset.act"), "apply-paper");
    phone.click("[name=answer][value=decline]");
    told(&phone, "declined");
    portal.see("您已在手机上拒绝");
    phone.goto(&format!("/phone/mother/paper/{}", visit.slot(CHILD)));
    assert_eq!(phone.texts("#paper .serial"), Vec::<String>::new(), "nothing was made");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_photograph_of_a_screen_is_as_good_as_the_camera_and_other_pictures_are_not() {
    let visit = Visit::begin().await;
    let phone = visit.window("phone");
    let portal = portal(&visit);
    let folder = tempfile::tempdir().expect("there is room for a picture");
    let photograph = folder.path().join("portal.png");
    phone.goto("/phone/mother/scan");
    phone.screenshot(&photograph);
    phone.choose("#file", &photograph);
    told(&phone, "no-code-in-picture");
    portal.screenshot(&photograph);
    phone.choose("#file", &photograph);
    phone.until("document.querySelector('#challenge')");
    let (here, there) = digits(&phone, &portal);
    assert_eq!(here, there);
    phone.press_button("不一致");
    told(&phone, "declined");
}
