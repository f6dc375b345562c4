//! The staff at a sampling station: tubes, the people in them, and what is mended afterwards.

use suima_simulator::people::FATHER;
use suima_tests::chromium::Window;

use crate::visit::Visit;

const PAGE: &str = "/station/sampling";

/// What stands on the station's screen: the stable word for it.
const VERDICT: &str = "document.querySelector('#verdict')?.dataset.verdict";

/// The live code of whoever owns a phone.
fn code(visit: &Visit, phone: &str) -> String {
    let wallet = visit.wallet(phone);
    let own = wallet.family().expect("it knows its people").remove(0).slot;
    wallet.show_live(own).expect("it has a live code").text
}

/// Types what a scanner or a hand does, wherever the focus is, and waits for what comes of it.
fn types(window: &Window, text: &str, verdict: &str) {
    window.type_keys(text);
    window.key("Enter");
    window.until(&format!("{VERDICT} === {verdict:?}"));
}

/// Waits until what is typed goes into a field.
fn types_into(window: &Window, name: &str) {
    window.until(&format!("document.activeElement?.name === {name:?}"));
}

/// The tube in hand as its row shows it: the names, the free places left out.
fn row(window: &Window) -> Vec<String> {
    window.texts("#tube .seat.taken .masked")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn tube_after_tube_is_filled_sealed_and_opened_with_scanner_and_keyboard_alone() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    let people = ["mother", "father", "grandfather"];
    for (phone, taken) in people.iter().zip(1..) {
        types(&window, &code(&visit, phone), "registered");
        window.until(&format!("document.querySelector('#tube').dataset.taken === '{taken}'"));
    }
    assert_eq!(row(&window), ["林*梅", "陈*国", "林*胜"]);

    // The tube's own barcode, scanned again, leads to its seal.
    window.type_keys("SH-2026-0001");
    window.key("Enter");
    window.at(&format!("{PAGE}/seal"));
    types_into(&window, "swabs");
    assert_eq!(window.evaluate("document.activeElement.value"), "", "nobody counts for the staff");
    types(&window, "3", "sealed");
    window.until("document.activeElement?.id === 'scan'");

    // A barcode that no tube has yet opens the next.
    window.type_keys("SH-2026-0002");
    window.key("Enter");
    window.at(&format!("{PAGE}/tube"));
    types_into(&window, "barcode");
    assert_eq!(window.evaluate("document.activeElement.value"), "SH-2026-0002");
    window.key("Enter");
    window.until(&format!("{VERDICT} === 'tube-opened'"));
    window.until("document.activeElement?.id === 'scan'");
    types(&window, &code(&visit, "mother"), "registered");
    let tube = visit.station("sampling").tube().expect("it has a book").expect("a tube is in hand");
    assert_eq!((tube.barcode.as_str(), tube.capacity, tube.taken), ("SH-2026-0002", 10, 1));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_is_scanned_once_too_often_neither_seals_nor_opens_nor_is_lost_in_silence() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    types(&window, &code(&visit, "mother"), "registered");
    let barcode = "SH-2026-0001";
    window.type_keys(barcode);
    window.key("Enter");
    window.at(&format!("{PAGE}/seal"));
    types_into(&window, "swabs");
    window.type_keys(barcode);
    window.key("Enter");
    // The next text takes the place of the one that was no count.
    window.until(
        "document.activeElement.selectionStart === 0 && document.activeElement.selectionEnd === 12",
    );
    assert!(visit.station("sampling").tube().unwrap().unwrap().sealed.is_none());
    types(&window, "1", "sealed");

    // A barcode that is read twice is one barcode.
    window.until("document.activeElement?.id === 'scan'");
    window.type_keys("SH-2026-0002");
    window.key("Enter");
    window.at(&format!("{PAGE}/tube"));
    window.until("document.activeElement?.value === 'SH-2026-0002'");
    window.type_keys("SH-2026-0002");
    window.key("Enter");
    window.until(&format!("{VERDICT} === 'tube-opened'"));
    let tube = visit.station("sampling").tube().unwrap().unwrap();
    assert_eq!(tube.barcode, "SH-2026-0002");

    // Where nothing is scanned, somebody who is scanned is told of.
    window.goto(&format!("{PAGE}/upload"));
    assert_eq!(window.evaluate("document.querySelector('#stray').hidden"), true);
    window.type_keys("SH-2026-0003");
    window.key("Enter");
    window.until("!document.querySelector('#stray').hidden");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn who_is_taken_by_hand_and_refused_is_not_typed_again() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    let fields = "[...document.querySelectorAll('form.panel input')].map((field) => field.value)";
    window.goto(&format!("{PAGE}/by-hand"));
    window.fill("[name=name]", "John Smith");
    window.fill("[name=document]", "E12345678");
    window.fill("[name=contact]", &"1".repeat(201));
    window.key("Enter");
    window.until(&format!("{VERDICT} === 'text'"));
    let kept = window.evaluate(fields);
    assert_eq!((&kept[0], &kept[1]), (&"John Smith".into(), &"E12345678".into()));
    window.fill("[name=contact]", "13800000000");
    window.key("Enter");
    window.until(&format!("{VERDICT} === 'registered'"));
    // Of the next person nothing is known.
    window.goto(&format!("{PAGE}/by-hand"));
    assert_eq!(window.evaluate(fields), serde_json::json!(["", "", ""]));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn swabs_that_are_not_as_many_as_the_people_are_counted_again_or_explained() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    types(&window, &code(&visit, "mother"), "registered");
    window.click("#to-seal");
    types_into(&window, "swabs");
    types(&window, "2", "count-mismatch");
    let open = || visit.station("sampling").open_tubes().expect("it has a book").len();
    assert_eq!(open(), 1, "it is not sealed");
    types_into(&window, "explanation");
    types(&window, "一支拭子折断", "sealed");
    assert_eq!(open(), 0);
    let tube = visit.station("sampling").tube().expect("it has a book").expect("it stays in hand");
    let sealed = tube.sealed.expect("it is sealed");
    assert_eq!((sealed.swabs, sealed.explanation.as_deref()), (2, Some("一支拭子折断")));
    // And the page says so of the tube.
    window.until("document.querySelector('#tube').dataset.sealed !== undefined");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_person_in_the_tube_is_taken_back_scanned_again_and_moved_to_the_tube_beside() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    types(&window, &code(&visit, "mother"), "registered");
    types(&window, &code(&visit, "father"), "registered");
    window.click_label("林*梅");
    window.click_label("误扫");
    window.until(&format!("{VERDICT} === 'undone'"));
    assert_eq!(row(&window), ["陈*国"]);
    window.until("document.activeElement?.id === 'scan'");
    types(&window, &code(&visit, "mother"), "registered");
    assert_eq!(row(&window), ["林*梅", "陈*国"], "in the place that is free");

    window.click_label("另开一管");
    window.fill("[name=barcode]", "SH-2026-0002");
    window.click_label("1人管");
    window.until(&format!("{VERDICT} === 'tube-opened'"));
    window.click_label("换到试管 SH-2026-0001");
    window.until(&format!("{VERDICT} === 'tube-in-hand'"));
    window.click_label("陈*国");
    window.click_label("移到试管 SH-2026-0002");
    window.until(&format!("{VERDICT} === 'moved'"));
    assert_eq!(row(&window), ["林*梅"]);
    let tubes = visit.station("sampling").open_tubes().expect("it has a book");
    let taken: Vec<_> = tubes.iter().map(|tube| (tube.barcode.as_str(), tube.taken)).collect();
    assert_eq!(taken, [("SH-2026-0001", 1), ("SH-2026-0002", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn whether_an_id_card_is_of_somebody_in_the_tube_is_asked_before_anybody_is_registered() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    let taken =
        || visit.station("sampling").tube().expect("it has a book").expect("it is open").taken;
    window.goto(PAGE);
    types(&window, &code(&visit, "father"), "registered");
    let shows_the_card = || {
        types(&window, &FATHER.id_number(), "name-wanted");
        types(&window, FATHER.name, "maybe-twice");
        assert_eq!(taken(), 1);
    };
    shows_the_card();
    window.click_label("是同一人，不登记");
    window.until("document.querySelector('#twice') === null");
    assert_eq!(taken(), 1);
    // The same text at once would be the same scan.
    types(&window, &code(&visit, "father"), "already-in-tube");
    shows_the_card();
    window.click_label("不是同一人，登记");
    window.until(&format!("{VERDICT} === 'registered'"));
    assert_eq!(taken(), 2);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_shift_ends_with_what_was_registered_uploaded_and_what_is_at_odds_named() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    types(&window, &code(&visit, "father"), "registered");
    window.click_label("手工登记");
    window.fill("[name=name]", "王小宝");
    window.fill("[name=contact]", "13800000000");
    window.click_label("登记");
    window.until(&format!("{VERDICT} === 'registered'"));
    window.click("#to-seal");
    types_into(&window, "swabs");
    types(&window, "2", "sealed");
    window.click("#to-tube");
    types_into(&window, "barcode");
    types(&window, "SH-2026-0002", "tube-opened");
    window.until("document.activeElement?.id === 'scan'");
    types(&window, &code(&visit, "father"), "registered");
    assert!(window.texts("[data-caution=also-in-tube]").len() == 1, "he is told to be in two");

    // The next shift takes over, with the tube that is open.
    window.click_label("交接班");
    types_into(&window, "staff");
    types(&window, "S-08", "handed-over");
    window.until("document.querySelector('#staff')?.textContent === 'S-08'");

    window.click("#to-upload");
    window.click("#upload button");
    window.until("document.querySelector('#uploaded')?.dataset.conflicts === '1'");
    assert_eq!(window.evaluate("document.querySelector('#upload').dataset.waiting"), "0");
    window.click_label("1条需要处理");
    window.until("document.querySelector('[data-conflict=person-in-two-tubes]') !== null");

    // Another session begins only when no tube is open, and the refusal leads to the seal.
    window.goto(&format!("{PAGE}/session"));
    window.fill("[name=staff]", "S-09");
    window.key("Enter");
    window.until(&format!("{VERDICT} === 'tube-open'"));
    window.click_label("封管");
    types_into(&window, "swabs");
    types(&window, "1", "sealed");
    window.goto(&format!("{PAGE}/session"));
    window.fill("[name=staff]", "S-09");
    window.key("Enter");
    window.until(&format!("{VERDICT} === 'session-opened'"));
    let staff = visit
        .station("sampling")
        .session()
        .expect("it has a book")
        .expect("a session is open")
        .staff;
    assert_eq!(staff, "S-09");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_barcode_that_was_used_opens_no_tube_and_a_code_typed_there_neither() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    window.click("#to-tube");
    types_into(&window, "barcode");
    types(&window, "SH-2026-0001", "barcode-used");
    types_into(&window, "barcode");
    types(&window, &code(&visit, "mother"), "barcode-malformed");
    let tubes = visit.station("sampling").open_tubes().expect("it has a book");
    assert_eq!(tubes.len(), 1);
}
