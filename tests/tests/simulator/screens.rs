//! Screens as a camera sees them, left for readers that are not ours: `tests/python/read_pictures.py` looks them through.

use std::fs;

use suima_simulator::people::{CHILD, MOTHER};
use suima_tests::chromium::target;

use crate::visit::{PC, SMALL, Visit};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn codes_are_read_from_whole_screens_by_day_and_by_night_small_and_large() {
    let visit = Visit::begin().await;
    let folder = target().join("pages/codes");
    fs::create_dir_all(&folder).expect("the folder is made");
    let window = visit.small_window("mother");
    let wallet = visit.town.city.mother.wallet();
    let live = format!("/phone/mother/live/{}", visit.slot(MOTHER));
    let relative = format!("/phone/mother/live/{}", visit.slot(CHILD));
    let code = format!("/phone/mother/nucleic-acid/{}", visit.slot(CHILD));
    // The page stays as it is while it is looked at.
    window.stop_clock();
    for elder in ["usual", "elder"] {
        window.goto("/phone/mother/more");
        if elder == "elder" {
            window.flip("长辈模式");
            window.until("document.documentElement.dataset.elder !== undefined");
        }
        for (name, path) in [("live", &live), ("relative", &relative), ("nucleic-acid", &code)] {
            for size in [SMALL, PC] {
                window.resize(size);
                for dark in [false, true] {
                    if dark {
                        window.prefer_dark();
                    } else {
                        window.prefer_light();
                    }
                    window.goto(path);
                    let shade = if dark { "dark" } else { "light" };
                    let name = format!("{name}-{elder}-{}-{shade}", size.0);
                    window.screenshot(&folder.join(format!("{name}.png")));
                    let text = window.scan("#code .qr", 0);
                    if path == &code {
                        let shown = wallet.show_nucleic_acid(visit.slot(CHILD));
                        assert_eq!(text, shown.expect("it has a code").text);
                    }
                    fs::write(folder.join(format!("{name}.txt")), text).expect("it is written");
                }
            }
        }
    }
}
