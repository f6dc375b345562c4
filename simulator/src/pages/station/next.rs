//! What can be done next where something was not done: a button under what is said.

use maud::{Markup, html};

use super::super::layout::{both, button, link};
use super::Asked;

/// The next step after a verdict or an error with this stable word, where there is one beside scanning again.
pub(super) fn step(asked: &Asked, id: &str) -> Markup {
    let step = match id {
        "not-enrolled" | "device-ended" => {
            link(&asked.at("/enrol"), "", &both("开通工作设备", "Enrol this station"))
        }
        "no-documents" | "offline" | "no-answer" | "behind" => {
            button(&asked.at("/sync"), "", &both("同步名单", "Sync the lists"))
        }
        "no-session" => link(&asked.at("/session"), "", &both("开始班次", "Begin a session")),
        "no-tube" | "tube-sealed" => link(&asked.at("/tube"), "", &both("打开试管", "Open a tube")),
        "tube-open" | "tube-full" => seal(asked),
        _ => return html! {},
    };
    html! { div.next { (step) } }
}

/// The way to seal the tube in hand, by its name: another may be open beside it.
fn seal(asked: &Asked) -> Markup {
    let Ok(Some(tube)) = asked.post.station().tube() else { return html! {} };
    let barcode = &tube.barcode;
    link(&asked.at("/seal"), "", &both(&format!("封管 {barcode}"), &format!("Seal {barcode}")))
}
