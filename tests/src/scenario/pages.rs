//! A player that does everything on the simulator's pages, in a real Chromium: each turn is done by opening, typing and
//! clicking, and its result is read from the page; a code is read from a picture of the screen.

mod challenges;
mod clocks;
mod family;
mod hand;
mod hidden;
mod look;
mod phone;
mod station;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::serve;
use serde_json::{Value, json};
use suima_code::Roots;
use suima_simulator::device::Device;
use suima_simulator::devices::Devices;
use suima_simulator::pages::{Pages, router};
use suima_simulator::phone::Phone;
use suima_simulator::post::Post;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use self::clocks::Clocks;
use self::hand::Hand;
pub(super) use self::hidden::hidden;
use super::player::{Names, root};
use super::run::Trouble;
use super::turns::{Answer, DeviceKind, Persona, SetUp, Task, Turn};
use crate::chromium::Browser;
use crate::hex::hex;

/// The phones and stations of a trial, behind their pages.
#[derive(Debug)]
pub(super) struct PagesPlayer {
    names: Names,
    devices: Arc<Devices>,
    played: BTreeMap<String, Played>,
    clocks: Clocks,
    browser: Browser,
    origin: String,
    /// The window that goes from device to device.
    hand: Hand,
    /// Windows that stay at what somebody saw and may agree to.
    kept: Vec<Hand>,
    serving: JoinHandle<std::io::Result<()>>,
    folder: TempDir,
}

/// Where the pages of a device are.
#[derive(Clone, Debug)]
struct Played {
    kind: DeviceKind,
    /// `/phone/phone-1`.
    base: String,
}

/// What came of a turn.
#[derive(Default)]
struct Done {
    result: Value,
    code: Option<String>,
    picture: Option<Vec<u8>>,
    /// The window where something was seen, to be handed back.
    kept: Option<Hand>,
}

impl From<Value> for Done {
    fn from(result: Value) -> Self {
        Self { result, ..Self::default() }
    }
}

impl Drop for PagesPlayer {
    fn drop(&mut self) {
        self.serving.abort();
        self.kept.iter().chain([&self.hand]).for_each(Hand::close);
    }
}

impl PagesPlayer {
    /// With no device yet, in a city of these people.
    pub async fn start(browser: Browser, people: Vec<Persona>) -> Result<Self, Trouble> {
        let devices = Arc::new(Devices::default());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(Trouble::of)?;
        let origin = format!("http://{}", listener.local_addr().map_err(Trouble::of)?);
        let pages = router(Pages::of_devices(Arc::clone(&devices)));
        let serving = tokio::spawn(serve(listener, pages).into_future());
        let hand = Hand::open(&browser, &origin).await?;
        let folder = tempfile::tempdir().map_err(Trouble::of)?;
        let (names, played) = (Names::new(people), BTreeMap::new());
        let (clocks, kept) = (Clocks::default(), Vec::new());
        Ok(Self { names, devices, played, clocks, browser, origin, hand, kept, serving, folder })
    }

    /// Does what a turn says.
    pub async fn play(&mut self, turn: &Turn) -> Answer {
        let number = turn.turn;
        match self.perform(turn).await {
            Ok(Done { result, code, picture, kept }) => {
                let kept = kept.map(|window| {
                    self.kept.push(window);
                    json!(self.kept.len() - 1)
                });
                let picture = picture.map(|bytes| hex(&bytes));
                Answer { turn: number, result: Some(result), code, kept, picture, trouble: None }
            }
            Err(Trouble(why)) => Answer { turn: number, trouble: Some(why), ..Answer::default() },
        }
    }

    async fn perform(&mut self, turn: &Turn) -> Result<Done, Trouble> {
        if let Task::SetUp(set_up) = &turn.task {
            return self.set_up(turn, set_up).await;
        }
        let device = self.played.get(&turn.device);
        let device = device.ok_or_else(|| Trouble(format!("{} is not set up", turn.device)))?;
        let device = device.clone();
        self.clocks.set(&turn.device, &turn.clock)?;
        match (&turn.task, device.kind) {
            (Task::Reopen, _) => {
                let path = match device.kind {
                    DeviceKind::Phone => device.base.clone(),
                    DeviceKind::Station => format!("{}/gate", device.base),
                };
                self.hand.open_page(&path).await?;
                self.hand.send("form[action$='/reopen'] button").await?;
                Ok(json!({}).into())
            }
            (task, DeviceKind::Phone) => phone::perform(self, &device.base, task).await,
            (task, DeviceKind::Station) => station::perform(&self.hand, &device.base, task).await,
        }
    }

    async fn set_up(&mut self, turn: &Turn, set_up: &SetUp) -> Result<Done, Trouble> {
        let (kind, word) = match set_up.kind {
            DeviceKind::Phone => (DeviceKind::Phone, "phone"),
            DeviceKind::Station => (DeviceKind::Station, "station"),
        };
        let id = format!("{word}-{}", self.played.len());
        let roots = Roots { hot: root(&set_up.roots.hot)?, cold: root(&set_up.roots.cold)? };
        let city = self.clocks.city(&turn.clock);
        let (folder, issuer) = (self.folder.path(), set_up.issuer.clone());
        let device = Device::elsewhere(&id, folder, &city, issuer, roots).map_err(Trouble::of)?;
        self.clocks.enter(&turn.device, &turn.clock, Arc::clone(&device.clock));
        match kind {
            DeviceKind::Phone => {
                self.devices.add_phone(Arc::new(Phone::start(device).map_err(Trouble::of)?));
            }
            DeviceKind::Station => {
                let post = Arc::new(Post::start(device).map_err(Trouble::of)?);
                // The page would sync it besides, and a station may be one that never was.
                if let Some(code) = &set_up.activation {
                    post.station().enrol(code).await.map_err(Trouble::of)?;
                }
                self.devices.add_post(post);
            }
        }
        let base = format!("/{word}/{id}");
        self.played.insert(turn.device.clone(), Played { kind, base: base.clone() });
        if let (DeviceKind::Phone, Some(code)) = (kind, &set_up.activation) {
            let enrolled = phone::enrol(&self.hand, &base, code).await?;
            if !enrolled["error"].is_null() {
                return Err(Trouble(format!("it was not enrolled: {enrolled}")));
            }
        }
        Ok(json!({}).into())
    }

    /// Another window, to stay at what it shows.
    async fn another(&self) -> Result<Hand, Trouble> {
        Hand::open(&self.browser, &self.origin).await
    }

    /// The window that was kept under a number.
    fn kept(&self, number: &Value) -> Result<&Hand, Trouble> {
        let kept = number.as_u64().and_then(|number| self.kept.get(usize::try_from(number).ok()?));
        kept.ok_or_else(|| Trouble(format!("no window was kept as {number}")))
    }
}
