//! A player that does everything on the simulator's pages, in a real Chromium: each turn is done by opening, typing and
//! clicking, and its result is read from the page; a code is read from a picture of the screen. What is only got ready is done
//! by the core behind the pages.

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
use super::player::{self, Names, answer, root, seen_at};
use super::run::Trouble;
use super::turns::{Answer, DeviceKind, Persona, SetUp, Task, Turn};
use crate::chromium::Browser;

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
    /// Whether things are done on pages by now, and not by the core behind them.
    pub on_pages: bool,
    /// Windows that stay at what somebody saw and may agree to.
    kept: Vec<Hand>,
    serving: JoinHandle<std::io::Result<()>>,
    folder: TempDir,
}

/// A device, and where its pages are.
#[derive(Clone, Debug)]
struct Played {
    app: App,
    /// `/phone/phone-1`.
    base: String,
}

#[derive(Clone, Debug)]
enum App {
    Phone(Arc<Phone>),
    Station(Arc<Post>),
}

/// What came of a turn, with the window where something was seen.
type Done = player::Done<Hand>;

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
        Ok(Self {
            names,
            devices,
            played,
            clocks,
            browser,
            origin,
            hand,
            on_pages: false,
            kept,
            serving,
            folder,
        })
    }

    /// Does what a turn says.
    pub async fn play(&mut self, turn: &Turn) -> Answer {
        let came = self.perform(turn).await;
        answer(turn.turn, came, &mut self.kept)
    }

    async fn perform(&mut self, turn: &Turn) -> Result<Done, Trouble> {
        if let Task::SetUp(set_up) = &turn.task {
            return self.set_up(turn, set_up).await;
        }
        let device = self.played.get(&turn.device);
        let device = device.ok_or_else(|| Trouble(format!("{} is not set up", turn.device)))?;
        let Played { app, base } = device.clone();
        self.clocks.set(&turn.device, &turn.clock)?;
        if !self.on_pages {
            return self.behind(&app, &turn.task).await;
        }
        match (&turn.task, app) {
            (Task::Reopen, app) => {
                let path = match app {
                    App::Phone(_) => base,
                    App::Station(_) => format!("{base}/gate"),
                };
                self.hand.open_page(&path).await?;
                self.hand.send("form[action$='/reopen'] button").await?;
                Ok(json!({}).into())
            }
            (task, App::Phone(_)) => phone::perform(self, &base, task).await,
            (task, App::Station(_)) => station::perform(&self.hand, &base, task).await,
        }
    }

    /// Does it without the pages. Nothing is seen by it that could be agreed to.
    async fn behind(&self, app: &App, task: &Task) -> Result<Done, Trouble> {
        let came = match app {
            App::Phone(phone) => {
                player::phone::perform(&phone.wallet(), &self.names, &[], task).await?
            }
            App::Station(post) => player::station::perform(&post.station(), task).await?,
        };
        let player::Done { result, code, picture, .. } = came;
        Ok(Done { result, code, picture, seen: None })
    }

    async fn set_up(&mut self, turn: &Turn, set_up: &SetUp) -> Result<Done, Trouble> {
        let word = match set_up.kind {
            DeviceKind::Phone => "phone",
            DeviceKind::Station => "station",
        };
        let id = format!("{word}-{}", self.played.len());
        let roots = Roots { hot: root(&set_up.roots.hot)?, cold: root(&set_up.roots.cold)? };
        let city = self.clocks.city(&turn.clock);
        let (folder, issuer) = (self.folder.path(), set_up.issuer.clone());
        let device = Device::elsewhere(&id, folder, &city, issuer, roots).map_err(Trouble::of)?;
        self.clocks.enter(&turn.device, &turn.clock, Arc::clone(&device.clock));
        // The pages would ask for what is new besides, and a device may be one that never did.
        let code = set_up.activation.as_deref();
        let app = match set_up.kind {
            DeviceKind::Phone => {
                let phone = Arc::new(Phone::start(device).map_err(Trouble::of)?);
                if let Some(code) = code {
                    phone.wallet().enrol(code).await.map_err(Trouble::of)?;
                }
                self.devices.add_phone(Arc::clone(&phone));
                App::Phone(phone)
            }
            DeviceKind::Station => {
                let post = Arc::new(Post::start(device).map_err(Trouble::of)?);
                if let Some(code) = code {
                    post.station().enrol(code).await.map_err(Trouble::of)?;
                }
                self.devices.add_post(Arc::clone(&post));
                App::Station(post)
            }
        };
        self.played.insert(turn.device.clone(), Played { app, base: format!("/{word}/{id}") });
        Ok(json!({}).into())
    }

    /// Another window, to stay at what it shows.
    async fn another(&self) -> Result<Hand, Trouble> {
        Hand::open(&self.browser, &self.origin).await
    }

    /// The window that was kept under a number.
    fn kept(&self, number: &Value) -> Result<&Hand, Trouble> {
        let kept = seen_at(&self.kept, number);
        kept.ok_or_else(|| Trouble(format!("no window was kept as {number}")))
    }
}
