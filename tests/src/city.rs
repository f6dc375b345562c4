//! A city for tests: a real issuer on a temporary database, served on a real loopback socket, and real devices.

mod restoring;

use std::net::SocketAddr;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use suima_client::http::Endpoint;
use suima_client::wire::{Made, WireKey};
use suima_code::{Limits, Place, Reason, Roots, Slot};
use suima_device::Log;
use suima_issuer::{IdNumber, Issuer, SystemRandom};
use suima_station::{Caution, Decision, Registered, Registration, Station};
use suima_wallet::{Confirmation, Refreshed, Regenerated, Wallet};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::errand::Errand;
use crate::line::{Line, Mishap};
use crate::people::{CHILD, DAUGHTER, FATHER, MOTHER, Resident, STRANGER};
use crate::platform::{HandClock, SilentLog, ports};

/// Seconds of a day.
pub const DAY: u32 = 86_400;

/// An issuer with a register, and one clock for everybody.
#[derive(Debug)]
pub struct City {
    /// The time, everywhere.
    pub clock: HandClock,
    /// The service.
    pub issuer: Issuer,
    /// What apps pin.
    pub roots: Roots,
    address: SocketAddr,
    folder: TempDir,
    /// Where the issuer keeps its database, for as long as the city stands.
    town_hall: TempDir,
    devices: AtomicUsize,
    serving: JoinHandle<std::io::Result<()>>,
}

impl City {
    /// A city with keys, with the family and the stranger of [`people`](crate::people) in its register, serving.
    pub async fn new() -> Self {
        let city = Self::empty().await;
        city.enter(&[MOTHER, FATHER, CHILD, DAUGHTER, STRANGER]);
        for parent in [MOTHER, FATHER] {
            city.relate(&parent, &CHILD, "parent");
            city.relate(&parent, &DAUGHTER, "parent");
        }
        city
    }

    /// A city with keys and with nobody in its register, serving.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let town_hall = in_memory().expect("a temporary folder");
        let clock = HandClock::new(HandClock::START);
        let database = town_hall.path().join("issuer.sqlite");
        let issuer = Issuer::open(&database, Arc::new(clock.clone()), Arc::new(SystemRandom))
            .expect("the issuer opens");
        let roots = issuer.initialise().expect("a new city").roots;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let serving = tokio::spawn(axum::serve(listener, issuer.router()).into_future());
        let devices = AtomicUsize::new(0);
        Self { clock, issuer, roots, address, folder, town_hall, devices, serving }
    }

    /// Puts people into the register.
    pub fn enter(&self, people: &[Resident]) {
        let lines: String = people.iter().map(Resident::line).collect();
        let csv = format!("id_number,name,birth_date\n{lines}");
        let report = self.issuer.import_register(csv.as_bytes()).expect("the register is taken in");
        assert_eq!((report.added, report.refused), (people.len(), vec![]));
    }

    /// Puts it into the register that `guardian` is the `parent` or `guardian` of `child`.
    pub fn relate(&self, guardian: &Resident, child: &Resident, relation: &str) {
        let (guardian, child) = (guardian.id_number(), child.id_number());
        let csv =
            format!("guardian_id_number,child_id_number,relation\n{guardian},{child},{relation}\n");
        let report = self.issuer.import_kinship(csv.as_bytes()).expect("the register is taken in");
        assert_eq!((report.added, report.refused), (1, vec![]));
    }

    /// The number that stands for somebody.
    pub fn slot(&self, resident: &Resident) -> Slot {
        let number = IdNumber::parse(&resident.id_number()).expect("a sound number");
        let slot = self.issuer.slot_of(&number).expect("the register answers");
        slot.expect("they are in the register")
    }

    /// A slot that stands for nobody.
    pub fn nobody(&self) -> Slot {
        let people = [MOTHER, FATHER, CHILD, DAUGHTER, STRANGER].map(|one| self.slot(&one));
        (1..=6).map(Slot).find(|slot| !people.contains(slot)).expect("five of six can be taken")
    }

    /// Puts another policy in force.
    pub fn limits(&self, change: impl FnOnce(&mut Limits)) {
        let mut policy = self.issuer.policy().expect("a policy is in force");
        change(&mut policy.limits);
        self.issuer.set_policy(policy).expect("the policy is signed");
    }

    /// How many nucleic-acid codes of this person count now, by everything that was ever issued.
    pub fn valid_codes(&self, slot: Slot) -> u32 {
        self.issuer.valid_codes(slot).expect("the issuer counts")
    }

    /// What must hold in the end, whatever went wrong on the way: one nucleic-acid code of this person counts, and the phone
    /// shows it and has no doubt.
    pub async fn one_code_counts_and_is_shown(&self, phone: &Phone, post: &Post, slot: Slot) {
        let view = phone.show_nucleic_acid(slot).expect("there is a code");
        assert_eq!(view.doubt, None);
        assert_eq!(phone.status().expect("the wallet is open").pending, []);
        assert_eq!(self.valid_codes(slot), 1);
        post.sync_fully().await;
        assert_eq!(post.at_sampling(&view.text), Ok(vec![]));
    }

    /// Where the issuer listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The way to the issuer itself, by no line.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint { url: format!("http://{}", self.address), pinned_certificates: Vec::new() }
    }

    /// A new line to the issuer.
    pub async fn line(&self) -> Line {
        Line::open(self.address).await.expect("a free port")
    }

    /// A place for the database of another device.
    pub fn path(&self) -> PathBuf {
        let number = self.devices.fetch_add(1, Ordering::Relaxed);
        self.folder.path().join(format!("device-{number}.sqlite"))
    }

    /// A new phone of somebody, enrolled.
    pub async fn phone(&self, owner: &Resident) -> Phone {
        self.phone_with_clock(owner, self.clock.clone()).await
    }

    /// A new phone of somebody, with a clock of its own, enrolled.
    pub async fn phone_with_clock(&self, owner: &Resident, clock: HandClock) -> Phone {
        let phone = self.new_phone(self.slot(owner), clock).await;
        let code = self.issuer.activation_code(phone.owner).expect("they are in the register");
        phone.enrol(&code).await.expect("the phone is enrolled");
        phone
    }

    /// A phone that is not enrolled.
    pub async fn new_phone(&self, owner: Slot, clock: HandClock) -> Phone {
        let (path, line, roots) = (self.path(), self.line().await, self.roots.clone());
        let wallet = open_wallet(&path, &line.url(), &roots, &clock, Arc::new(SilentLog));
        Phone { owner, line, path, wallet, clock, roots }
    }

    /// A new station, enrolled and not synced.
    pub async fn post(&self, name: &str) -> Post {
        let (path, line, roots) = (self.path(), self.line().await, self.roots.clone());
        let clock = self.clock.clone();
        let station = open_station(&path, &line.url(), &roots, &clock, Arc::new(SilentLog));
        let code = self.issuer.station_activation(name).expect("a code is made");
        station.enrol(&code).await.expect("the station is enrolled");
        Post { line, path, station, clock, roots }
    }

    /// A new station that knows everything.
    pub async fn synced_post(&self, name: &str) -> Post {
        let post = self.post(name).await;
        post.sync_fully().await;
        post
    }
}

/// A temporary folder in memory, where the system has such. What devices keep must survive them, and lies on a disk; the
/// issuer does not die here, and 200 phones need not wait for its disk one after the other.
fn in_memory() -> std::io::Result<TempDir> {
    let shared_memory = Path::new("/dev/shm");
    if shared_memory.is_dir() { tempfile::tempdir_in(shared_memory) } else { tempfile::tempdir() }
}

impl Drop for City {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Opens the wallet in the file at `path`.
pub fn open_wallet(
    path: &Path,
    url: &str,
    roots: &Roots,
    clock: &HandClock,
    log: Arc<dyn Log>,
) -> Wallet {
    let config = suima_wallet::Config {
        path: path.to_owned(),
        endpoint: Endpoint { url: url.to_owned(), pinned_certificates: Vec::new() },
        roots: roots.clone(),
    };
    let opened = Wallet::open(config, ports(clock, log)).expect("the wallet opens");
    assert_eq!(opened.wiped, None);
    opened.wallet
}

/// Opens the station in the file at `path`.
pub fn open_station(
    path: &Path,
    url: &str,
    roots: &Roots,
    clock: &HandClock,
    log: Arc<dyn Log>,
) -> Station {
    let config = suima_station::Config {
        path: path.to_owned(),
        endpoint: Endpoint { url: url.to_owned(), pinned_certificates: Vec::new() },
        roots: roots.clone(),
    };
    Station::open(config, ports(clock, log)).expect("the station opens")
}

fn errand<T>(
    path: &Path,
    line: &Line,
    roots: &Roots,
    clock: &HandClock,
    survives: usize,
    task: T,
) -> Errand<T> {
    Errand {
        database: path.to_owned(),
        url: line.url(),
        hot: WireKey::from(&roots.hot),
        cold: WireKey::from(&roots.cold),
        now: clock.now(),
        survives,
        task,
    }
}

/// A phone with the wallet.
#[derive(Debug)]
pub struct Phone {
    /// Whose it is.
    pub owner: Slot,
    /// Its way to the issuer.
    pub line: Line,
    /// Its database.
    pub path: PathBuf,
    wallet: Wallet,
    clock: HandClock,
    roots: Roots,
}

impl Deref for Phone {
    type Target = Wallet;

    fn deref(&self) -> &Wallet {
        &self.wallet
    }
}

impl Phone {
    /// Closes the app and starts it again: whatever it knows then, it has read from its store.
    pub fn reopen(&mut self) {
        self.wallet.close().expect("the wallet closes");
        self.open();
    }

    /// Closes the app, so that another process can run it.
    pub fn leave<T>(&self, survives: usize, task: T) -> Errand<T> {
        self.wallet.close().expect("the wallet closes");
        errand(&self.path, &self.line, &self.roots, &self.clock, survives, task)
    }

    /// Starts the app, where another process ran it last.
    pub fn open(&mut self) {
        let (url, log) = (self.line.url(), Arc::new(SilentLog));
        self.wallet = open_wallet(&self.path, &url, &self.roots, &self.clock, log);
    }

    /// Sets its wall clock wrong, by this many seconds.
    pub fn set_clock_wrong(&mut self, by_seconds: i64) {
        self.clock = self.clock.wrong_by(by_seconds);
    }

    /// Turns the phone off and on again.
    pub fn restart(&mut self) {
        self.clock = self.clock.restarted();
        self.reopen();
    }

    /// Cuts its network.
    pub async fn cut(&mut self) {
        self.line.cut().await.expect("the line is cut");
    }

    /// Mends its network.
    pub fn restore(&mut self) {
        self.line.restore().expect("the line is restored");
    }

    /// Lets something happen to the next request to `path`.
    pub fn plan(&self, path: &'static str, mishap: Mishap) {
        self.line.plan(path, mishap);
    }

    /// Refreshes.
    pub async fn refreshed(&self) -> Refreshed {
        self.refresh().await.expect("the phone refreshes")
    }

    /// The text of somebody's live code as it is drawn now.
    pub fn live(&self, slot: Slot) -> String {
        self.show_live(slot).expect("the live code is shown").text
    }

    /// The text of somebody's nucleic-acid code as it is shown now.
    pub fn code(&self, slot: Slot) -> String {
        self.show_nucleic_acid(slot).expect("the nucleic-acid code is shown").text
    }

    /// When and by whom the shown nucleic-acid code was made.
    pub fn made(&self, slot: Slot) -> Made {
        self.show_nucleic_acid(slot).expect("the nucleic-acid code is shown").made
    }

    /// What the person is asked, agreed to.
    pub fn agreed(&self, slot: Slot) -> Confirmation {
        self.warning(slot).expect("the warning is shown").confirm
    }

    /// Regenerates what is on the screen, with nothing in the way.
    pub async fn regenerated(&self, slot: Slot) -> Made {
        match self.regenerate(self.agreed(slot)).await {
            Ok(Regenerated::Made { view }) => view.made,
            other => panic!("{other:?}"),
        }
    }
}

/// A station.
#[derive(Debug)]
pub struct Post {
    /// Its way to the issuer.
    pub line: Line,
    /// Its database.
    pub path: PathBuf,
    station: Station,
    clock: HandClock,
    roots: Roots,
}

impl Deref for Post {
    type Target = Station;

    fn deref(&self) -> &Station {
        &self.station
    }
}

impl Post {
    /// Closes the app and starts it again.
    pub fn reopen(&mut self) {
        self.station.close().expect("the station closes");
        self.open();
    }

    /// Closes the app, so that another process can run it.
    pub fn leave<T>(&self, survives: usize, task: T) -> Errand<T> {
        self.station.close().expect("the station closes");
        errand(&self.path, &self.line, &self.roots, &self.clock, survives, task)
    }

    /// Starts the app, where another process ran it last.
    pub fn open(&mut self) {
        self.station = self.open_at(&self.path);
    }

    /// Another copy of this station, as it is in the file at `path`.
    pub fn open_at(&self, path: &Path) -> Station {
        open_station(path, &self.line.url(), &self.roots, &self.clock, Arc::new(SilentLog))
    }

    /// Cuts its network.
    pub async fn cut(&mut self) {
        self.line.cut().await.expect("the line is cut");
    }

    /// Mends its network.
    pub fn restore(&mut self) {
        self.line.restore().expect("the line is restored");
    }

    /// Syncs, to the last line.
    pub async fn sync_fully(&self) {
        let synced = self.sync().await.expect("the station syncs");
        assert!(synced.current, "{synced:?}");
        assert_eq!(synced.as_of, Some(self.clock.now()));
    }

    /// What the station says of a code at sampling.
    pub fn at_sampling(&self, text: &str) -> Result<Vec<Caution>, Reason> {
        decided(&self.station, text, Place::Sampling)
    }

    /// What the station says of a code at a gate.
    pub fn at_gate(&self, text: &str) -> Result<Vec<Caution>, Reason> {
        decided(&self.station, text, Place::Gate)
    }

    /// Binds somebody to the open tube, with nothing in the way.
    pub fn registered(&self, text: &str) -> Registered {
        match self.register(text) {
            Ok(Registration::Registered(registered)) => registered,
            other => panic!("{other:?}"),
        }
    }
}

/// What a station says of a code.
pub fn decided(station: &Station, text: &str, place: Place) -> Result<Vec<Caution>, Reason> {
    match station.decide(text, place).expect("the station decides").decision {
        Decision::Accepted { cautions } => Ok(cautions),
        Decision::Refused { reason, .. } => Err(reason),
    }
}
