//! The player in Rust: the phones and stations of a trial, doing what turns say.

mod family;
pub(super) mod phone;
pub(super) mod station;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use suima_client::http::Endpoint;
use suima_code::{PublicKey, Roots, Slot};
use suima_device::{Clock, ClockReading, Ports, SystemRandom};
use suima_station::Station;
use suima_wallet::{ChallengeView, Confirmation, Wallet};
use tempfile::TempDir;

use super::run::Trouble;
use super::turns::{Answer, DeviceKind, Persona, SetUp, Task, Turn, bytes};
use crate::hex::hex;
use crate::platform::{MaskKeystore, SilentLog};

/// The phones and stations of a trial.
#[derive(Debug)]
pub struct RustPlayer {
    names: Names,
    folder: TempDir,
    devices: BTreeMap<String, Device>,
    seen: Vec<Seen>,
}

/// What somebody saw and may agree to. The conductor hands back its place in the list.
#[derive(Clone, Debug)]
pub(super) enum Seen {
    Warning(Confirmation),
    Challenge(Box<ChallengeView>),
}

/// What came of a turn, and what somebody saw by it and may agree to.
pub(super) struct Done<S = Seen> {
    pub result: Value,
    pub code: Option<String>,
    pub seen: Option<S>,
    pub picture: Option<Vec<u8>>,
}

impl<S> From<Value> for Done<S> {
    fn from(result: Value) -> Self {
        Self { result, code: None, seen: None, picture: None }
    }
}

/// The answer to a turn. What was seen is kept in a list; the conductor hands back its place there.
pub(super) fn answer<S>(turn: u32, came: Result<Done<S>, Trouble>, all: &mut Vec<S>) -> Answer {
    match came {
        Ok(Done { result, code, seen, picture }) => {
            let kept = seen.map(|seen| {
                all.push(seen);
                json!(all.len() - 1)
            });
            let picture = picture.map(|bytes| hex(&bytes));
            Answer { turn, result: Some(result), code, kept, picture, trouble: None }
        }
        Err(Trouble(why)) => Answer { turn, trouble: Some(why), ..Answer::default() },
    }
}

/// What stands at a place in the list.
pub(super) fn seen_at<'a, S>(all: &'a [S], place: &Value) -> Option<&'a S> {
    all.get(usize::try_from(place.as_u64()?).ok()?)
}

#[derive(Debug)]
struct Device {
    set_up: SetUp,
    path: PathBuf,
    clock: GivenClock,
    app: App,
}

#[derive(Debug)]
enum App {
    Phone(Box<Wallet>),
    Station(Box<Station>),
}

/// Shows what it was set to, and does not run on.
#[derive(Clone, Debug)]
struct GivenClock(Arc<Mutex<ClockReading>>);

impl GivenClock {
    fn set(&self, reading: ClockReading) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = reading;
    }
}

impl Clock for GivenClock {
    fn read(&self) -> ClockReading {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Who is who.
#[derive(Debug)]
pub(super) struct Names(Vec<Persona>);

impl Names {
    pub fn new(people: Vec<Persona>) -> Self {
        Self(people)
    }

    /// As scenarios call whom a number stands for.
    pub fn of(&self, slot: Slot) -> &str {
        let found = self.0.iter().find(|person| person.slot == slot);
        found.map_or("nobody", |person| &person.name)
    }

    /// As scenarios call who is called so in full.
    pub fn named<'a>(&'a self, full_name: &'a str) -> &'a str {
        let found = self.0.iter().find(|person| person.full_name == full_name);
        found.map_or(full_name, |person| &person.name)
    }
}

impl RustPlayer {
    /// With no device yet, in a city of these people.
    pub fn new(people: Vec<Persona>) -> Result<Self, Trouble> {
        let folder = tempfile::tempdir().map_err(Trouble::of)?;
        Ok(Self { names: Names::new(people), folder, devices: BTreeMap::new(), seen: Vec::new() })
    }

    /// Does what a turn says.
    pub async fn play(&mut self, turn: &Turn) -> Answer {
        let came = self.perform(turn).await;
        answer(turn.turn, came, &mut self.seen)
    }

    async fn perform(&mut self, turn: &Turn) -> Result<Done, Trouble> {
        if let Task::SetUp(set_up) = &turn.task {
            let path = self.folder.path().join(format!("device-{}.sqlite", self.devices.len()));
            let clock = GivenClock(Arc::new(Mutex::new((&turn.clock).into())));
            let app = open(set_up, &path, &clock)?;
            let device = Device { set_up: set_up.clone(), path, clock, app };
            if let Some(code) = &set_up.activation {
                device.enrol(code).await?;
            }
            self.devices.insert(turn.device.clone(), device);
            return Ok(json!({}).into());
        }
        let device = self.devices.get_mut(&turn.device);
        let device = device.ok_or_else(|| Trouble(format!("{} is not set up", turn.device)))?;
        device.clock.set((&turn.clock).into());
        if turn.task == Task::Reopen {
            device.reopen()?;
            return Ok(json!({}).into());
        }
        let (names, seen) = (&self.names, &self.seen);
        match &device.app {
            App::Phone(wallet) => phone::perform(wallet, names, seen, &turn.task).await,
            App::Station(station) => station::perform(station, &turn.task).await,
        }
    }
}

impl Device {
    async fn enrol(&self, code: &str) -> Result<(), Trouble> {
        match &self.app {
            App::Phone(wallet) => wallet.enrol(code).await.map_err(Trouble::of),
            App::Station(station) => station.enrol(code).await.map_err(Trouble::of),
        }
    }

    fn reopen(&mut self) -> Result<(), Trouble> {
        match &self.app {
            App::Phone(wallet) => wallet.close().map_err(Trouble::of)?,
            App::Station(station) => station.close().map_err(Trouble::of)?,
        }
        self.app = open(&self.set_up, &self.path, &self.clock)?;
        Ok(())
    }
}

fn open(set_up: &SetUp, path: &Path, clock: &GivenClock) -> Result<App, Trouble> {
    let pinned: Result<Vec<_>, _> = set_up.pinned.iter().map(|one| bytes(one)).collect();
    let endpoint = Endpoint { url: set_up.issuer.clone(), pinned_certificates: pinned? };
    let roots = Roots { hot: root(&set_up.roots.hot)?, cold: root(&set_up.roots.cold)? };
    let (path, ports) = (path.to_owned(), ports(clock));
    match set_up.kind {
        DeviceKind::Phone => {
            let config = suima_wallet::Config { path, endpoint, roots };
            let opened = Wallet::open(config, ports).map_err(Trouble::of)?;
            if let Some(reason) = opened.wiped {
                return Err(Trouble(format!("the wallet was wiped: {reason:?}")));
            }
            Ok(App::Phone(Box::new(opened.wallet)))
        }
        DeviceKind::Station => {
            let config = suima_station::Config { path, endpoint, roots };
            let station = Station::open(config, ports).map_err(Trouble::of)?;
            Ok(App::Station(Box::new(station)))
        }
    }
}

fn ports(clock: &GivenClock) -> Ports {
    Ports {
        keystore: Arc::new(MaskKeystore),
        clock: Arc::new(clock.clone()),
        log: Arc::new(SilentLog),
        random: Arc::new(SystemRandom),
        signer: None,
    }
}

pub(super) fn root(digits: &str) -> Result<PublicKey, Trouble> {
    let bytes: [u8; 32] =
        bytes(digits)?.try_into().map_err(|_| Trouble("a root has 32 bytes".to_owned()))?;
    PublicKey::ed25519(&bytes).map_err(Trouble::of)
}
