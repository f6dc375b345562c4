//! Somebody at the portal or a terminal, with their phone in the hand.

use std::fs;

use suima_client::wire::{AskedAct, Confirmed};
use suima_tests::city::{City, Phone};
use suima_tests::people::Resident;
use suima_wallet::ChallengeView;

use suima_tests::chromium::{Browser, Window, target};
use suima_tests::visit::PC;

/// Old enough for a paper code, with a phone.
pub const UNCLE: Resident = Resident::new("沈建国", "19580402", 11);
/// Old enough for a paper code, without a phone.
pub const GRANDMOTHER: Resident = Resident::new("周桂英", "19490910", 12);

/// A city, and windows on its pages.
pub struct Visit {
    pub city: City,
    pub browser: Browser,
    origin: String,
}

impl Visit {
    pub async fn begin() -> Self {
        let city = City::new().await;
        city.enter(&[UNCLE, GRANDMOTHER]);
        let origin = city.endpoint().url;
        Self { city, browser: Browser::start(), origin }
    }

    pub fn window(&self, name: &str) -> Window {
        self.browser.window(name, &self.origin, PC)
    }

    /// A window in which no script runs.
    pub fn plain_window(&self, name: &str) -> Window {
        self.browser.plain_window(name, &self.origin, PC)
    }

    /// A window in which the owner of this phone has logged in.
    pub async fn logged_in(&self, name: &str, phone: &Phone) -> Window {
        let window = self.window(name);
        window.goto("/portal");
        window.press_button("用手机登录");
        agree(&window, phone).await;
        window.at("/portal/people");
        window
    }
}

/// What the phone says of the code on the screen; the digits on both have to be the same.
pub async fn look(window: &Window, phone: &Phone) -> ChallengeView {
    window.see("核对数字");
    let view = phone.challenge(&window.scan(".qr", 0)).await.expect("the phone may look");
    assert_eq!(window.texts(".digits output"), [view.challenge.check.as_str()]);
    view
}

/// Scans the code on the screen and agrees; what was agreed to.
pub async fn agree(window: &Window, phone: &Phone) -> AskedAct {
    let view = look(window, phone).await;
    let confirmed = phone.confirm(&view, true).await.expect("the phone confirms");
    assert_eq!(confirmed.outcome, Confirmed::Done);
    view.challenge.act
}

/// Prints the sheet in the window, and leaves it beside the texts that are on it, for readers that are not ours.
pub fn print(window: &Window, name: &str) -> Vec<String> {
    let cards = window.texts(".code-card .name").len();
    let mut texts: Vec<String> = (0..cards).map(|nth| window.scan(".picture", nth)).collect();
    window.count_prints();
    window.press_button("打印");
    assert_eq!(window.prints(), 1);
    let folder = target().join("pages/sheets");
    fs::create_dir_all(&folder).expect("the folder of sheets is made");
    window.pdf(&folder.join(format!("{name}.pdf")));
    fs::write(folder.join(format!("{name}.txt")), texts.join("\n") + "\n").expect("it is written");
    texts.sort();
    texts
}
