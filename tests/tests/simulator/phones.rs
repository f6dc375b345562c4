//! Phones: the code first, and there whatever happens around it.

use suima_simulator::people::{CHILD, MOTHER};
use suima_station::{Finding, Signal};
use suima_tests::chromium::Window;

use crate::visit::Visit;

/// The code on the screen.
const CODE: &str = "#code .qr";
/// What stands for waiting: the code may never be one of these.
const WAITING: &str = "[aria-busy=true], [role=progressbar], progress, .spinner";

/// What the city's gate says of a code.
fn gate(visit: &Visit, text: &str) -> Finding {
    let gate = visit.station("gate");
    let view = gate.gate(text).expect("the gate decides");
    assert_eq!(view.signal == Signal::Admit, view.finding == Finding::Accepted);
    view.finding
}

/// What it says of the code on a screen.
fn shown_at_the_gate(visit: &Visit, window: &Window) -> Finding {
    gate(visit, &window.scan(CODE, 0))
}

/// A measure of the first element that a selector finds, in pixels.
fn measure(window: &Window, selector: &str, which: &str) -> f64 {
    let expression =
        format!("document.querySelector({selector:?}).getBoundingClientRect().{which}");
    window.evaluate(&expression).as_f64().expect("a number of pixels")
}

/// Counts from now on how often the page is drawn anew.
fn count_drawings(window: &Window) {
    window.evaluate("globalThis.drawn = 0, addEventListener('drawn', () => { drawn += 1; }), 0");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_the_screen_shows_is_read_by_a_camera_and_passes_the_gate() {
    let visit = Visit::begin().await;
    let window = visit.window("mother");
    assert_eq!(window.goto("/phone/mother"), 200);
    assert_eq!(shown_at_the_gate(&visit, &window), Finding::Accepted);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn the_code_comes_first_and_takes_seven_tenths_of_the_width() {
    let visit = Visit::begin().await;
    let window = visit.small_window("mother");
    let slot = visit.slot(MOTHER);
    let look = |sizes: &[(u32, u32)]| {
        for &size in sizes {
            window.resize(size);
            let (width, height) = (f64::from(size.0), f64::from(size.1));
            for path in ["/phone/mother".to_owned(), format!("/phone/mother/nucleic-acid/{slot}")] {
                window.goto(&path);
                let there = measure(&window, CODE, "width");
                assert!(there >= 0.7 * width, "{path}: {there} of {width} px");
                let bottom = measure(&window, CODE, "bottom");
                assert!(bottom <= height, "{path}: it ends at {bottom} of {height} px");
                // And nothing lies over it.
                assert!(window.scan_view().starts_with("SM1:"), "{path} at {width} px");
            }
        }
    };
    look(&[(360, 740), (412, 915), (320, 640)]);
    window.goto("/phone/mother/more");
    window.flip("长辈模式");
    window.until("document.documentElement.dataset.elder !== undefined");
    look(&[(360, 740), (412, 915)]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_phone_speaks_the_language_that_is_chosen_and_no_other() {
    const SEEN: &str = r#"["zh-Hans", "en"].map((lang) =>
      [...document.querySelectorAll(`main [lang=${lang}]`)].some((one) => one.checkVisibility() && !one.closest("[name=language]")))"#;
    let visit = Visit::begin().await;
    let window = visit.small_window("mother");
    for (label, word, seen) in [
        ("中文", "zh", [true, false]),
        ("English", "en", [false, true]),
        ("双语", "both", [true, true]),
    ] {
        window.goto("/phone/mother/more");
        window.click(&format!("button[name=language][value={word}]"));
        window.until(&format!("document.documentElement.dataset.language === {word:?}"));
        // Whoever chose wrongly finds the way back: each language is called what it calls itself.
        let names = window.texts("button[name=language]");
        assert!(names.iter().all(|name| !name.trim().is_empty()), "{label}: {names:?}");
        for path in ["/phone/mother", "/phone/mother/family", "/phone/mother/more"] {
            window.goto(path);
            assert_eq!(window.evaluate(SEEN), serde_json::json!(seen), "{label}: {path}");
        }
    }
    // Another phone is another person's.
    window.goto("/phone/father");
    assert_eq!(window.evaluate("document.documentElement.dataset.language"), "both");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_live_code_that_is_drawn_anew_moves_nothing() {
    let visit = Visit::begin().await;
    let window = visit.small_window("mother");
    window.stop_clock();
    window.goto("/phone/mother");
    count_drawings(&window);
    let mut shown = window.scan(CODE, 0);
    for times in 1..=5 {
        visit.town.city.clock.forward(10);
        window.pass(10);
        window.until(&format!("globalThis.drawn >= {times}"));
        let now = window.scan(CODE, 0);
        assert_ne!(now, shown, "it is another code");
        shown = now;
    }
    assert_eq!(gate(&visit, &shown), Finding::Accepted);
    assert_eq!(window.evaluate("globalThis.shifted"), 0);

    // And what moves is seen to move.
    window.evaluate("document.querySelector('#code').before(document.createElement('hr'))");
    window.until("globalThis.shifted > 0");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn with_no_network_a_killed_app_and_a_wrong_clock_the_code_is_there_and_counts() {
    let visit = Visit::begin().await;
    let window = visit.small_window("mother");
    window.goto("/phone/mother");
    // Started with a wrong clock it learns the time when it has a network, and keeps it when it has none.
    window.flip("时钟走快");
    window.press_button("联网刷新");
    let cut = || window.flip("网络");
    let kill = || window.press_button("关掉再开");
    let hands: [(&str, &dyn Fn()); 2] = [("cut", &cut), ("killed", &kill)];
    for (button, hand) in hands {
        // A gate takes no code twice.
        visit.town.city.clock.forward(10);
        hand();
        window.at("/phone/mother");
        assert_eq!(window.texts(WAITING), Vec::<String>::new(), "{button}");
        assert_eq!(shown_at_the_gate(&visit, &window), Finding::Accepted, "{button}");
    }
    window.see("无网络");

    // An hour later too, and asking for what is new says what is missing and takes nothing away.
    visit.town.forward(3600).await.expect("time goes on");
    window.goto("/phone/mother");
    assert_eq!(shown_at_the_gate(&visit, &window), Finding::Accepted);
    visit.town.city.clock.forward(10);
    window.press_button("联网刷新");
    window.until("document.querySelector('.messages .banner[data-id]') !== null");
    assert_eq!(window.texts(WAITING), Vec::<String>::new());
    assert_eq!(shown_at_the_gate(&visit, &window), Finding::Accepted);
    let slot = visit.slot(CHILD);
    window.goto(&format!("/phone/mother/nucleic-acid/{slot}"));
    assert!(window.scan(CODE, 0).starts_with("SM1:"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_new_phone_of_somebody_ends_the_old_one() {
    let visit = Visit::begin().await;
    let (old, new) = (visit.small_window("old"), visit.small_window("new"));
    old.goto("/phone/mother");
    let before = old.scan(CODE, 0);
    assert_eq!(gate(&visit, &before), Finding::Accepted);

    new.goto("/phone/new");
    new.at("/phone/new/enrol");
    let code = visit.town.city.activation_code(MOTHER).expect("she is given one");
    new.fill("input[name=code]", &code);
    new.press_button("开通本机");
    new.until("document.querySelector('#code .qr svg') !== null");
    assert_eq!(shown_at_the_gate(&visit, &new), Finding::Accepted);

    // The old phone says so by itself, shows no code any more, and leads to the next step.
    old.until("document.querySelector('#code .qr') === null");
    old.until("document.querySelector('.banner[data-id]') !== null");
    old.goto("/phone/mother");
    old.at("/phone/mother/enrol");
    // What it showed is void wherever it is known, which a post hears at once.
    visit.station("gate").sync().await.expect("there is a network");
    assert!(matches!(gate(&visit, &before), Finding::Refused { .. }));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn a_finger_and_the_arrow_keys_go_from_one_person_to_the_next() {
    let visit = Visit::begin().await;
    let window = visit.small_window("mother");
    let (own, child) = (visit.slot(MOTHER), visit.slot(CHILD));
    for kind in ["live", "nucleic-acid"] {
        let [of_own, of_child] = [own, child].map(|slot| format!("/phone/mother/{kind}/{slot}"));
        window.goto(&of_own);
        window.swipe("#code", -150);
        window.at(&of_child);
        window.swipe("#code", 150);
        window.at(&of_own);
        window.key("ArrowRight");
        window.at(&of_child);
        window.key("ArrowLeft");
        window.at(&of_own);
        // Beyond the first there is nobody, and a thumb that rolls goes nowhere.
        window.key("ArrowLeft");
        window.swipe("#code", 20);
        window.swipe("#code", 150);
        window.at(&of_own);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_one_phone_does_the_other_shows() {
    let visit = Visit::begin().await;
    let (mother, father) = (visit.window("mother"), visit.window("father"));
    let slot = visit.slot(CHILD);
    father.goto(&format!("/phone/father/nucleic-acid/{slot}"));
    let before = father.scan(CODE, 0);
    mother.goto(&format!("/phone/mother/nucleic-acid/{slot}"));
    assert_eq!(mother.scan(CODE, 0), before);
    mother.follow("重新生成");
    mother.at(&format!("/phone/mother/regenerate/{slot}"));
    mother.press_button("重新生成");
    mother.at(&format!("/phone/mother/nucleic-acid/{slot}"));
    let after = mother.scan(CODE, 0);
    assert_ne!(after, before);

    // Nobody touched the father's phone.
    father.until("document.querySelector('.messages [data-id=news]') !== null");
    assert_eq!(father.scan(CODE, 0), after);
}
