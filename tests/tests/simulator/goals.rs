//! Somebody who knows the address and the goals alone: each goal is reached in at most four clicks from the start page, on
//! what is to be read there. Nothing is found by its place in the page or by its address.

use std::cell::Cell;

use suima_simulator::people::GRANDMOTHER;
use suima_station::Signal;
use suima_tests::chromium::Window;

use crate::visit::Visit;

/// How many clicks a goal may take.
const MOST: u32 = 4;

/// Somebody on the way to a goal.
struct Visitor {
    window: Window,
    clicks: Cell<u32>,
}

impl Visitor {
    /// Goes to the start page.
    fn at_start(visit: &Visit, name: &str) -> Self {
        let visitor = Self { window: visit.window(name), clicks: Cell::new(0) };
        visitor.begin_again();
        visitor
    }

    /// Goes to the start page again, for the next goal.
    fn begin_again(&self) {
        self.window.goto("/");
        self.clicks.set(0);
    }

    fn counted(&self) {
        self.clicks.set(self.clicks.get() + 1);
        assert!(self.clicks.get() <= MOST, "that is one click too many");
    }

    fn click(&self, label: &str) {
        self.counted();
        self.window.click_label(label);
    }

    /// Clicks on what opens beside this page, and goes on there.
    fn click_beside(&mut self, label: &str) {
        self.counted();
        self.window = self.window.click_beside(label);
    }

    fn sees(&self, text: &str) {
        self.window.see(text);
    }

    /// Types what a scanner or a reader does.
    fn types(&self, text: &str) {
        self.window.type_keys(text);
        self.window.key("Enter");
    }
}

/// Whether the code on the screen, photographed, opens the gate.
fn opens_the_gate(visit: &Visit, window: &Window) -> bool {
    let code = window.scan("#code .qr", 0);
    let gate = visit.station("gate");
    gate.gate(&code).expect("the gate decides").signal == Signal::Admit
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_code_is_shown() {
    let visit = Visit::begin().await;
    let visitor = Visitor::at_start(&visit, "visitor");
    visitor.click("出示码");
    visitor.sees("随申码");
    assert!(opens_the_gate(&visit, &visitor.window));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_code_is_regenerated_and_its_old_picture_is_refused_with_the_reason() {
    let visit = Visit::begin().await;
    let visitor = Visitor::at_start(&visit, "visitor");
    visitor.click("重新生成");
    let old = visitor.window.scan("#code .qr", 0);
    visitor.click("重新生成");
    visitor.sees("将作废");
    visitor.click("重新生成");
    visitor.window.until("document.querySelector('[data-id=made]') !== null");
    assert_ne!(visitor.window.scan("#code .qr", 0), old);

    visitor.begin_again();
    visitor.click("看旧图被拒");
    // The picture in the mother's album says that it is one.
    visitor.click("图片");
    visitor.sees("拒绝");
    visitor.sees("被新码替换");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_code_is_shown_with_no_network() {
    let visit = Visit::begin().await;
    let visitor = Visitor::at_start(&visit, "visitor");
    visitor.click("断网出示");
    visitor.click("网络");
    visitor.sees("无网络");
    visitor.click("关掉再开");
    visitor.sees("无网络");
    assert!(opens_the_gate(&visit, &visitor.window));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_relative_is_added() {
    let visit = Visit::begin().await;
    let visitor = Visitor::at_start(&visit, "visitor");
    visitor.click("添加亲属");
    visitor.click("添加陈思宁");
    visitor.sees("已添加");
    let mother = visit.wallet("mother");
    let family = mother.family().expect("it knows its people");
    assert!(family.iter().any(|person| person.name == "陈思宁" && person.held), "{family:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_paper_code_is_reported_lost() {
    let visit = Visit::begin().await;
    let slot = visit.slot(GRANDMOTHER);
    let papers = || visit.town.city.issuer.valid_paper_codes(slot).expect("the issuer knows");
    assert_eq!(papers(), 1);
    let mut visitor = Visitor::at_start(&visit, "visitor");
    // The start page says which number her card has.
    visitor.sees(&GRANDMOTHER.id_number());
    visitor.click_beside("离线码挂失");
    visitor.sees("请开始");
    visitor.types(&GRANDMOTHER.id_number());
    visitor.click("挂失");
    visitor.sees("它将作废");
    visitor.click("同意并办理");
    visitor.sees("已挂失作废");
    assert_eq!(papers(), 0);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn three_people_are_put_in_a_tube_and_it_is_sealed() {
    let visit = Visit::begin().await;
    let codes = ["mother", "father", "grandfather"].map(|id| {
        let phone = visit.window(id);
        phone.goto(&format!("/phone/{id}"));
        phone.scan("#code .qr", 0)
    });
    let visitor = Visitor::at_start(&visit, "visitor");
    visitor.click("三人一管");
    visitor.sees("扫码枪对准这里");
    for (code, taken) in codes.iter().zip(1..) {
        visitor.types(code);
        visitor.sees(&format!("{taken}/10"));
    }
    visitor.click("封管");
    visitor.sees("已登记3人");
    visitor.types("3");
    visitor.sees("已封管");
}
