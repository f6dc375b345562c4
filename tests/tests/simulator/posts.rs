//! Posts: what scanners do to them, and how far their verdicts are seen.

use std::fs;

use suima_issuer::{IdNumber, Progress, Wanted};
use suima_simulator::people::{CHILD, GRANDFATHER, MOTHER};
use suima_tests::chromium::Window;
use suima_tests::people::Resident;

use crate::visit::{PC, SMALL, Visit};

const PAGE: &str = "/station/sampling";
/// Seats of the tube that is open when a town is founded, and of those that follow it.
const SEATS: u16 = 10;

/// Types as a scanner does, whatever has the focus.
fn scan(window: &Window, text: &str) {
    window.type_keys(text);
    window.key("Enter");
}

/// Waits until so many people are in the tube that the page shows.
fn taken(window: &Window, people: u16) {
    window.until(&format!("document.querySelector('#tube').dataset.taken === '{people}'"));
}

/// So many people of 77 years with paper codes; the texts of those.
fn paper_codes(visit: &Visit, people: u16) -> Vec<String> {
    let people: Vec<_> = (1..=people).map(Resident::aged).collect();
    let lines: String = people.iter().map(Resident::line).collect();
    let issuer = &visit.town.city.issuer;
    let register = format!("id_number,name,birth_date\n{lines}");
    let report = issuer.import_register(register.as_bytes()).expect("it is a register");
    assert!(report.refused.is_empty(), "{:?}", report.refused);

    let desks = issuer.desks();
    let activation = issuer.terminal_activation("敬老院 Home").expect("a code for a terminal");
    let (_, terminal) = desks.enrol_terminal(&activation).expect("a terminal");
    let apply = |person: &Resident| {
        let card = IdNumber::parse(&person.id_number()).expect("an ID number");
        let slot = issuer.slot_of(&card).expect("a register").expect("in it");
        let desk = desks.open_at_terminal(&terminal).expect("it is free");
        assert!(desks.card(&desk, &card).expect("it has a reader"));
        let asked = desks.preview(&desk, &Wanted::ApplyPaper { slot }).expect("of age");
        let done = desks.by_card(&desk, &asked).expect("the card is there");
        let Progress::Done { ticket: Some(ticket), .. } = done else { panic!("{done:?}") };
        let mut sheet = desks.sheet(&desk, &ticket).expect("a printer").expect("a sheet");
        desks.close(&desk).expect("the card is taken out");
        sheet.remove(0).text
    };
    people.iter().map(apply).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_hundred_people_are_scanned_one_upon_the_other_without_the_mouse() {
    let visit = Visit::begin().await;
    let codes = paper_codes(&visit, 100);
    let window = visit.window("station");
    window.goto(PAGE);
    let station = visit.station("sampling");
    let mut barcode = station.tube().expect("a book").expect("a tube").barcode;
    let tubes: Vec<_> = codes.chunks(usize::from(SEATS)).collect();
    for (number, texts) in (2_u16..).zip(&tubes) {
        // Nobody waits for a verdict.
        for text in *texts {
            scan(&window, text);
        }
        taken(&window, SEATS);
        let tube = station.tube().expect("a book").expect("a tube");
        assert_eq!((tube.barcode.as_str(), tube.seats.len()), (barcode.as_str(), texts.len()));

        scan(&window, &barcode);
        window.at(&format!("{PAGE}/seal"));
        window.until("document.activeElement.name === 'swabs'");
        scan(&window, &SEATS.to_string());
        window.until("document.querySelector('#verdict')?.dataset.verdict === 'sealed'");
        window.at(PAGE);
        if usize::from(number) > tubes.len() {
            break;
        }
        barcode = format!("SH-2026-{number:04}");
        scan(&window, &barcode);
        window.at(&format!("{PAGE}/tube"));
        window.until(&format!("document.activeElement.value === '{SEATS}' || document.activeElement.value === {barcode:?}"));
        window.key("Enter");
        window.until("document.querySelector('#verdict')?.dataset.verdict === 'tube-opened'");
        // The page listens once it is whole.
        window.at(PAGE);
    }
    assert_eq!(station.open_tubes().expect("a book").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_scanner_is_understood_with_no_focus_no_enter_and_an_input_method_in_between() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    let texts = [
        visit.nucleic_acid_code("mother", MOTHER),
        visit.nucleic_acid_code("mother", CHILD),
        visit.nucleic_acid_code("grandfather", GRANDFATHER),
    ];
    // Nothing has the focus, and the trigger is pressed twice. Keys take as long as the machine is busy: the second time the text
    // comes at once.
    window.evaluate("document.activeElement.blur()");
    scan(&window, &texts[0]);
    window.insert(&texts[0]);
    window.key("Enter");
    taken(&window, 1);
    assert_eq!(window.evaluate("document.querySelector('#verdict').dataset.number"), "1");
    // The scanner types no Enter.
    window.type_keys(&texts[1]);
    taken(&window, 2);
    // An input method makes full-width forms, and gives the whole text at once.
    let wide = |character: char| match character {
        ' ' => '\u{3000}',
        other => char::from_u32(u32::from(other) + 0xfee0).expect("a full-width form"),
    };
    window.click("#scan");
    window.insert(&texts[2].chars().map(wide).collect::<String>());
    window.key("Enter");
    taken(&window, 3);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_picture_from_the_album_is_read_and_an_id_card_goes_on_with_the_name() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    let mother = visit.town.phone("mother").expect("there is her phone");
    let picture = visit.folder().join("picture.png");
    let saved = mother.picture("1").expect("she has saved one");
    fs::write(&picture, saved).expect("there is room");
    window.choose("#picture-file", &picture);
    taken(&window, 1);

    // A reader types the number and the name, with a Tab between.
    window.evaluate("document.activeElement.blur()");
    window.type_keys(&GRANDFATHER.id_number());
    window.key("Tab");
    scan(&window, GRANDFATHER.name);
    taken(&window, 2);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn verdicts_differ_in_word_sign_and_colour_and_are_read_at_two_metres() {
    // A letter is legible at 200 times its height; 96 px are an inch.
    const LEGIBLE: f64 = 2000.0 / 200.0 / 25.4 * 96.0;
    const LOOKS: &str = r##"(() => {
      const style = (what) => getComputedStyle(document.querySelector(what));
      const word = document.querySelector("#verdict .word");
      return {
        size: parseFloat(style("#verdict .word").fontSize),
        looks: [word.innerText, style("#verdict").backgroundColor, style("#verdict").borderTopStyle],
      };
    })()"##;
    let visit = Visit::begin().await;
    let window = visit.window("door");
    let paper = paper_codes(&visit, 1).remove(0);
    let mut seen: Vec<Vec<String>> = Vec::new();
    window.goto("/station/door/door");
    for (text, signal) in [
        (visit.live_code("mother", MOTHER), "admit"),
        (visit.nucleic_acid_code("mother", MOTHER), "refuse"),
        (paper, "attention"),
    ] {
        scan(&window, &text);
        window.until(&format!("document.querySelector('#verdict').dataset.signal === {signal:?}"));
        for size in [PC, SMALL] {
            window.resize(size);
            let height = window.evaluate(LOOKS)["size"].as_f64().expect("a size");
            assert!(height >= LEGIBLE, "{signal} at {} px: {height} px are too small", size.0);
        }
        window.resize(PC);
        let looks = &window.evaluate(LOOKS)["looks"];
        seen.push(serde_json::from_value(looks.clone()).expect("looks"));
    }
    for which in 0..3 {
        let mut one: Vec<_> = seen.iter().map(|looks| &looks[which]).collect();
        one.sort();
        one.dedup();
        assert_eq!(one.len(), 3, "{seen:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_post_that_is_cut_off_and_killed_has_its_tube_and_takes_the_next() {
    let visit = Visit::begin().await;
    let window = visit.window("station");
    window.goto(PAGE);
    scan(&window, &visit.nucleic_acid_code("mother", MOTHER));
    taken(&window, 1);
    window.flip("网络");
    window.see("无网络");
    window.press_button("关掉再开");
    taken(&window, 1);
    window.see("无网络");
    scan(&window, &visit.nucleic_acid_code("mother", CHILD));
    taken(&window, 2);
    // Who was there before the app was killed is known to be there.
    scan(&window, &visit.nucleic_acid_code("mother", MOTHER));
    window.until("document.querySelector('#verdict').dataset.verdict === 'already-in-tube'");
    taken(&window, 2);
}
