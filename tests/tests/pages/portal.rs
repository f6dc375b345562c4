//! The portal.

use suima_client::wire::{AskedAct, Confirmed};
use suima_code::Reason;
use suima_tests::people::{CHILD, DAUGHTER, FATHER, MOTHER, Resident};

use crate::visitor::{UNCLE, Visit, agree, look, print};

/// A name longer than codes have room for.
const LONG_NAMED: Resident = Resident::new("买买提江·阿卜杜热合曼·吐尔逊", "20120607", 13);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_parent_applies_prints_again_reports_lost_and_applies_again_for_a_child() {
    let visit = Visit::begin().await;
    let (city, phone) = (&visit.city, visit.city.phone(&MOTHER).await);
    let child = city.slot(&CHILD);
    phone.hold(child).await.unwrap();
    let post = city.synced_post("人民广场").await;

    let window = visit.window("pc");
    window.goto("/portal");
    window.inspect("portal-1-begin");
    window.press_button("用手机登录");
    window.see("还剩");
    window.inspect("portal-2-log-in");
    let view = look(&window, &phone).await;
    window.see("手机已扫码");
    window.inspect("portal-3-taken-up");
    assert_eq!(phone.confirm(&view, true).await.unwrap().outcome, Confirmed::Done);
    window.at("/portal/people");
    assert_eq!(window.texts(".panel > h2").len(), 3);
    window.inspect("portal-4-people");

    // Nothing is voided the first time: the phone is asked at once.
    window.press_button("申领离线码");
    window.at("/portal/confirm");
    window.inspect("portal-5-confirm");
    let AskedAct::ApplyPaper { voids: None, .. } = agree(&window, &phone).await else {
        panic!("an application that voids nothing is asked for");
    };
    window.see("新离线码已制好");
    window.inspect("portal-6-applied");
    window.follow("查看打印页");
    window.at("/portal/print");
    window.inspect("portal-7-sheet");
    let first = print(&window, "paper-child");
    assert_eq!(first.len(), 1);
    assert!(post.at_sampling(&first[0]).is_ok());

    // The same once more (R4).
    city.clock.pass(100);
    window.follow("返回");
    window.at("/portal/people");
    window.inspect("portal-8-people-with-paper");
    window.press_button("再次打印");
    window.at("/portal/confirm");
    let AskedAct::PrintPaper { iat, .. } = agree(&window, &phone).await else {
        panic!("printing again is asked for");
    };
    window.follow("查看打印页");
    window.at("/portal/print");
    assert_eq!(print(&window, "paper-child-again"), first);

    // Lost: void, and nothing in its place (R4).
    city.clock.pass(100);
    window.follow("返回");
    window.at("/portal/people");
    window.press_button("挂失");
    window.at("/portal/preview");
    window.see("它将作废，不会自动补发");
    window.inspect("portal-9-report-lost");
    window.press_button("到手机上同意");
    window.at("/portal/confirm");
    let AskedAct::ReportLost { iat: lost, .. } = agree(&window, &phone).await else {
        panic!("a loss report is asked for");
    };
    assert_eq!(lost, iat);
    window.see("已挂失作废");
    window.inspect("portal-10-lost");
    post.sync_fully().await;
    let at = city.clock.now();
    assert_eq!(post.at_sampling(&first[0]), Err(Reason::ReportedLost { at }));

    // Applied for again, and then once more, which voids (R4, R9).
    city.clock.pass(100);
    window.follow("返回");
    window.at("/portal/people");
    window.press_button("申领离线码");
    window.at("/portal/confirm");
    agree(&window, &phone).await;
    window.follow("查看打印页");
    window.at("/portal/print");
    let second = print(&window, "paper-child-second");
    assert_ne!(second, first);
    assert!(post.at_sampling(&second[0]).is_ok());

    city.clock.pass(100);
    window.follow("返回");
    window.at("/portal/people");
    window.press_button("再次申领");
    window.at("/portal/preview");
    window.see("及其打印件将作废");
    window.inspect("portal-11-apply-again");
    window.press_button("到手机上同意");
    window.at("/portal/confirm");
    let AskedAct::ApplyPaper { voids: Some(_), .. } = agree(&window, &phone).await else {
        panic!("an application that voids the one before is asked for");
    };
    window.follow("查看打印页");
    window.at("/portal/print");
    let third = print(&window, "paper-child-third");
    post.sync_fully().await;
    assert!(post.at_sampling(&third[0]).is_ok());
    assert!(matches!(post.at_sampling(&second[0]), Err(Reason::Replaced { .. })));

    window.press_button("退出");
    window.at("/portal");
    window.goto("/portal/people");
    window.at("/portal");
    window.see("用手机登录");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn who_may_have_no_paper_code_is_told_from_when() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&MOTHER).await;
    let window = visit.logged_in("pc", &phone).await;
    // Born on 1988-03-14; sixty on that day of 2048.
    window.see("按年龄2048-03-14起才可申领离线码");
    let own = &window.texts(".people > li")[0];
    assert!(own.contains("本人") && !own.contains("申领离线码\n"), "{own}");
    // A form that no button offers obtains no more.
    let origin = visit.city.endpoint().url;
    let form = serde_json::json!({ "act": "apply-paper", "slot": phone.owner.to_string() });
    window.post_from("/portal/ask", Some(&origin), &form);
    phone.refreshed().await;
    let [view] = &phone.challenges().unwrap()[..] else { panic!("one question waits") };
    assert_eq!(phone.confirm(view, true).await.unwrap().outcome, Confirmed::NotEligible);
    window.goto("/portal/confirm");
    window.see("此人今天不能申领离线码");
    window.inspect("portal-17-not-eligible");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn the_nucleic_acid_codes_of_a_family_fill_one_page() {
    let visit = Visit::begin().await;
    let city = &visit.city;
    city.enter(&[LONG_NAMED]);
    city.relate(&FATHER, &LONG_NAMED, "guardian");
    let phone = city.phone(&FATHER).await;
    let family = [&CHILD, &DAUGHTER, &LONG_NAMED].map(|one| city.slot(one));
    for slot in family {
        phone.hold(slot).await.unwrap();
    }
    let window = visit.logged_in("pc", &phone).await;
    let names = window.texts(".choices label");
    assert_eq!(names.len(), 4);
    for name in &names {
        window.tick(name.trim());
    }
    window.inspect("portal-12-choice");
    window.press_button("打印核酸码");
    window.at("/portal/confirm");
    let AskedAct::PrintNucleicAcid { people } = agree(&window, &phone).await else {
        panic!("nucleic-acid codes are asked for");
    };
    assert_eq!(people.len(), 4);
    window.follow("查看打印页");
    window.at("/portal/print");
    window.inspect("portal-13-family-sheet");
    phone.refreshed().await;
    let mut shown: Vec<String> = family.iter().map(|slot| phone.code(*slot)).collect();
    shown.push(phone.code(phone.owner));
    shown.sort();
    assert_eq!(print(&window, "nucleic-acid-family"), shown);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_browser_without_scripts_does_as_well() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = visit.plain_window("plain");
    window.goto("/portal");
    window.press_button("用手机登录");
    agree(&window, &phone).await;
    window.follow("继续");
    window.at("/portal/people");
    window.press_button("申领离线码");
    agree(&window, &phone).await;
    window.follow("继续");
    window.see("新离线码已制好");
    window.follow("查看打印页");
    window.at("/portal/print");
    assert_eq!(window.texts(".code-card").len(), 1);
    // Fewer than one and more than four are refused by the server too.
    window.follow("返回");
    window.press_button("打印核酸码");
    window.see("没有选人，或选了四人以上");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn who_comes_back_after_ten_minutes_logs_in_again() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = visit.logged_in("pc", &phone).await;
    visit.city.clock.pass(599);
    window.goto("/portal/people");
    window.at("/portal/people");
    visit.city.clock.pass(600);
    window.press_button("申领离线码");
    window.at("/portal");
    window.see("用手机登录");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_page_that_is_not_there_leads_to_one_that_is() {
    let visit = Visit::begin().await;
    let window = visit.window("pc");
    for path in ["/portal/nothing", "/portal/ask"] {
        assert_eq!(window.goto(path), 404);
        window.see("没有这个页面");
        window.follow("继续");
        window.at("/portal");
    }
    window.goto("/portal/nothing");
    window.inspect("portal-18-no-such-page");
}

/// So that a page with nothing wrong means something.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_is_wrong_with_a_page_is_found() {
    let visit = Visit::begin().await;
    let window = visit.window("bad");
    window.goto("/portal");
    window.show(
        "<main><h1>H</h1><font color='#666666'>grey</font><button>x</button><input>\
         <table width=5000 style='color: red'><tr><td>wide</table></main>",
    );
    let wrong = window.wrong().join("\n");
    for fault in
        ["color-contrast-enhanced", "label", "too small for a finger", "wider than", "forbidden"]
    {
        assert!(wrong.contains(fault), "{fault} is not among\n{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_is_declined_or_comes_too_late_is_not_done_and_says_so() {
    let visit = Visit::begin().await;
    let phone = visit.city.phone(&UNCLE).await;
    let window = visit.window("pc");
    window.goto("/portal");
    window.press_button("用手机登录");
    window.see("还剩");
    visit.city.clock.pass(61);
    window.see("此码已超时");
    window.inspect("portal-14-over");
    window.press_button("换一个新码");
    agree(&window, &phone).await;
    window.at("/portal/people");

    window.press_button("申领离线码");
    window.at("/portal/confirm");
    let view = look(&window, &phone).await;
    assert_eq!(phone.confirm(&view, false).await.unwrap().outcome, Confirmed::Declined);
    window.see("您已在手机上拒绝");
    window.inspect("portal-15-declined");
    window.follow("返回");
    window.at("/portal/people");
    window.see("还没有离线码");

    window.press_button("申领离线码");
    window.at("/portal/confirm");
    visit.city.clock.pass(61);
    window.see("手机没有及时同意");
    window.inspect("portal-19-not-agreed");
    window.follow("返回");
    window.at("/portal/people");

    // Taken back on the page: a phone that agrees after that does nothing.
    window.press_button("申领离线码");
    window.at("/portal/confirm");
    let view = look(&window, &phone).await;
    window.press_button("取消");
    window.at("/portal/people");
    assert_eq!(phone.confirm(&view, true).await.unwrap().outcome, Confirmed::Over);
    window.goto("/portal/people");
    window.see("还没有离线码");

    // The phone finds the question by itself too, with no scan.
    window.press_button("申领离线码");
    window.at("/portal/confirm");
    phone.refreshed().await;
    let [view] = &phone.challenges().unwrap()[..] else { panic!("one question waits") };
    assert_eq!(window.texts(".digits output"), [view.challenge.check.as_str()]);
    phone.confirm(view, true).await.unwrap();
    window.see("新离线码已制好");
}
