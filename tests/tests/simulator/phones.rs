//! Phones.

use crate::visit::Visit;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn what_the_screen_shows_is_read_by_a_camera_and_passes_the_gate() {
    let visit = Visit::begin().await;
    let window = visit.window("mother");
    assert_eq!(window.goto("/phone/mother"), 200);
    let text = window.scan("#code .qr", 0);
    let gate = visit.town.post("gate").expect("there is a gate").station();
    let view = gate.gate(&text).expect("the gate decides");
    assert_eq!(view.signal, suima_station::Signal::Admit, "{}", view.said.zh);
}
