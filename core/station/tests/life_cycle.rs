//! What a shell sees of a station's life: the keystore, the file, the network that is not there.

use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use suima_code::{PublicKey, Roots, UnixTime};
use suima_device::{Clock, ClockReading, Event, Keystore, KeystoreError, Log, Ports, SystemRandom};
use suima_station::{ClockStatus, Config, Endpoint, Error, Station};
use zeroize::Zeroizing;

#[derive(Default)]
struct Moody(AtomicU8);

const WELL: u8 = 0;
const UNAVAILABLE: u8 = 1;
const GONE: u8 = 2;

impl Keystore for Moody {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError> {
        Ok(key.to_vec())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        match self.0.load(Ordering::SeqCst) {
            WELL => Ok(Zeroizing::new(sealed.try_into().map_err(|_| KeystoreError::Gone)?)),
            UNAVAILABLE => Err(KeystoreError::Unavailable { reason: "locked".to_owned() }),
            _ => Err(KeystoreError::Gone),
        }
    }
}

struct Standing;

impl Clock for Standing {
    fn read(&self) -> ClockReading {
        let wall = UnixTime::new(1_795_309_200);
        ClockReading { wall, since_boot_ms: 0, boot: "boot".to_owned() }
    }
}

#[derive(Default)]
struct Kept(Mutex<Vec<&'static str>>);

impl Log for Kept {
    fn record(&self, event: &Event) {
        self.0.lock().unwrap().push(event.name);
    }
}

struct Platform {
    keystore: Arc<Moody>,
    log: Arc<Kept>,
    ports: Ports,
}

impl Default for Platform {
    fn default() -> Self {
        let (keystore, log) = (Arc::new(Moody::default()), Arc::new(Kept::default()));
        let ports = Ports {
            keystore: keystore.clone(),
            clock: Arc::new(Standing),
            log: log.clone(),
            random: Arc::new(SystemRandom),
            signer: None,
        };
        Self { keystore, log, ports }
    }
}

impl Platform {
    fn open(&self, folder: &Path) -> Result<Station, Error> {
        // The curve's base point will do: nothing is signed here.
        let mut point = [0x66; 32];
        point[0] = 0x58;
        let root = PublicKey::ed25519(&point).unwrap();
        let config = Config {
            path: folder.join("station.db"),
            // The port is reserved, and nobody listens.
            endpoint: Endpoint { url: "http://127.0.0.1:1".into(), pinned_certificates: vec![] },
            roots: Roots { hot: root.clone(), cold: root },
        };
        Station::open(config, self.ports.clone())
    }
}

#[test]
fn a_journal_whose_key_is_gone_is_left_as_it_is() {
    let (platform, folder) = (Platform::default(), tempfile::tempdir().unwrap());
    let station = platform.open(folder.path()).unwrap();
    station.open_session("东安社区", "0815").unwrap();
    station.close().unwrap();
    let content = || std::fs::read(folder.path().join("station.db")).unwrap();
    let before = content();

    platform.keystore.0.store(UNAVAILABLE, Ordering::SeqCst);
    assert!(matches!(platform.open(folder.path()), Err(Error::KeystoreUnavailable { .. })));
    platform.keystore.0.store(GONE, Ordering::SeqCst);
    let lost = platform.open(folder.path()).unwrap_err();
    assert!(matches!(lost, Error::JournalLost), "{lost:?}");
    assert!(lost.to_string().contains("keep the file"), "{lost}");
    assert_eq!(content(), before);

    platform.keystore.0.store(WELL, Ordering::SeqCst);
    let station = platform.open(folder.path()).unwrap();
    assert_eq!(station.session().unwrap().unwrap().staff, "0815");
}

#[test]
fn a_new_station_says_that_it_knows_nothing() {
    let (platform, folder) = (Platform::default(), tempfile::tempdir().unwrap());
    let status = platform.open(folder.path()).unwrap().status().unwrap();
    assert!(!status.enrolled && !status.ended);
    assert_eq!((status.name, status.as_of, status.age_seconds), (None, None, None));
    assert_eq!((status.policy_version, status.trust_version, status.waiting), (0, 0, 0));
    assert_eq!(status.clock, ClockStatus::Unchecked);
}

#[test]
fn paused_and_closed_are_told_apart() {
    let (platform, folder) = (Platform::default(), tempfile::tempdir().unwrap());
    let station = platform.open(folder.path()).unwrap();
    station.pause().unwrap();
    station.pause().unwrap();
    assert!(matches!(station.open_session("A", "B"), Err(Error::Paused)));
    station.resume().unwrap();
    station.open_session("A", "B").unwrap();
    station.close().unwrap();
    station.close().unwrap();
    assert!(matches!(station.open_session("A", "B"), Err(Error::Closed)));
    assert!(matches!(station.resume(), Err(Error::Closed)));
}

#[tokio::test]
async fn without_a_network_the_station_says_so_and_goes_on() {
    fn is_send<T: Send>(future: T) -> T {
        future
    }

    let (platform, folder) = (Platform::default(), tempfile::tempdir().unwrap());
    let station = platform.open(folder.path()).unwrap();
    assert!(matches!(is_send(station.sync()).await, Err(Error::NotEnrolled)));
    let enrolled = is_send(station.enrol("ABCD-EFGH")).await;
    assert!(matches!(enrolled, Err(Error::Offline { .. })), "{enrolled:?}");
    station.open_session("A", "B").unwrap();
    assert!(matches!(is_send(station.upload()).await, Err(Error::NotEnrolled)));
    assert_eq!(station.status().unwrap().waiting, 1);

    // The wish is on the disk before the request leaves.
    let events = platform.log.0.lock().unwrap().clone();
    let at = |name| events.iter().position(|event| *event == name).unwrap();
    assert!(at(suima_device::store::WRITE_DONE) < at("http.send"), "{events:?}");
}
