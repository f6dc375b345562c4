//! A city that signs, and a platform that obeys.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use suima_client::http::Endpoint;
use suima_client::signature::SoftwareKey;
use suima_client::wire::{Bytes, DocumentsResponse};
use suima_code::{
    Algorithm, Colour, Credential, Head, HoldingNumber, KeyId, LiveDraft, MaskedName, Policy,
    Purposes, Root, Roots, Sequences, Slot, StaticCode, StaticKind, Trust, TrustedKey, UnixTime,
    end_of_last_day,
};
use suima_device::{
    Clock, ClockReading, Event, Keystore, KeystoreError, Log, Ports, SystemRandom, TimeAnchor,
};
use suima_signing::{IssuerKey, RootKey};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::state::{Device, Seed};
use crate::{Config, Registered, Registration, Station};

/// 2026-11-22 09:00 in Shanghai.
pub const MORNING: UnixTime = UnixTime::new(1_795_309_200);

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;

/// Every key of a city.
pub struct City {
    pub hot: RootKey,
    pub cold: RootKey,
    pub codes: IssuerKey,
    pub credentials: IssuerKey,
    pub lists: IssuerKey,
    pub policy: IssuerKey,
}

/// The seed of the key that signs lists.
pub const LISTS_SEED: [u8; 32] = [13; 32];

impl Default for City {
    fn default() -> Self {
        let seed = |byte| Zeroizing::new([byte; 32]);
        Self {
            hot: RootKey::from_seed(Root::Hot, &seed(1)),
            cold: RootKey::from_seed(Root::Cold, &seed(2)),
            codes: IssuerKey::from_seed(KeyId(11), &seed(11)),
            credentials: IssuerKey::from_seed(KeyId(12), &seed(12)),
            lists: IssuerKey::from_seed(KeyId(13), &Zeroizing::new(LISTS_SEED)),
            policy: IssuerKey::from_seed(KeyId(14), &seed(14)),
        }
    }
}

impl City {
    pub fn roots(&self) -> Roots {
        Roots { hot: self.hot.public(), cold: self.cold.public() }
    }

    /// A trust bundle of this version, signed by the root whose version it is.
    pub fn trust(&self, version: u32) -> Bytes {
        let key = |key: &IssuerKey, purposes| TrustedKey {
            kid: key.kid(),
            purposes,
            sign_until: MORNING.plus(365 * DAY),
            accept_until: MORNING.plus(400 * DAY),
            recalled: None,
            key: key.public(),
        };
        let trust = Trust {
            version,
            iat: MORNING.plus(-DAY),
            exp: MORNING.plus(400 * DAY),
            keys: vec![
                key(&self.codes, Purposes::STATIC),
                key(&self.credentials, Purposes::CREDENTIAL),
                key(&self.lists, Purposes::LISTS),
                key(&self.policy, Purposes::POLICY),
            ],
        };
        let by_cold = Root::Cold.versions().contains(&version);
        Bytes(if by_cold { &self.cold } else { &self.hot }.trust(&trust))
    }

    pub fn policy(&self, version: u32) -> Bytes {
        Bytes(self.policy.policy(&Policy::standard(version, MORNING.plus(-DAY))))
    }

    /// The documents with another policy, signed.
    pub fn with_policy(&self, policy: &Policy) -> DocumentsResponse {
        DocumentsResponse {
            time: MORNING,
            trust: Some(self.trust(1)),
            policy: Some(Bytes(self.policy.policy(policy))),
        }
    }

    pub fn documents(&self, trust: u32, policy: u32) -> DocumentsResponse {
        DocumentsResponse {
            time: MORNING,
            trust: Some(self.trust(trust)),
            policy: Some(self.policy(policy)),
        }
    }

    /// The text of a person's static code.
    pub fn code(
        &self,
        kind: StaticKind,
        slot: u32,
        iat: UnixTime,
        nbf: Option<UnixTime>,
    ) -> String {
        self.codes.static_code(&StaticCode {
            kind,
            slot: Slot(slot),
            name: name(slot),
            birth_year: 1980,
            iat,
            nbf,
            exp: end_of_last_day(nbf.unwrap_or(iat), 30),
        })
    }

    pub fn nucleic_acid(&self, slot: u32, iat: UnixTime) -> String {
        self.code(StaticKind::NucleicAcid, slot, iat, None)
    }

    /// The text of a person's live code, as their phone draws it at `now`.
    pub fn live(&self, slot: u32, now: UnixTime) -> String {
        self.live_of(slot, now, Colour::Green)
    }

    pub fn live_of(&self, slot: u32, now: UnixTime, colour: Colour) -> String {
        let key = SoftwareKey::from_seed(&[99; 32]);
        let credential = self.credentials.credential(&Credential {
            relative: false,
            slot: Slot(slot),
            holding: HoldingNumber(slot + 1000),
            name: name(slot),
            colour,
            key: key.public(),
            iat: now.plus(-HOUR),
            exp: now.plus(13 * DAY),
        });
        let draft = LiveDraft::new(&credential, Algorithm::Ed25519, now);
        draft.with_signature(&key.sign(&draft.to_be_signed()))
    }
}

fn name(slot: u32) -> MaskedName {
    MaskedName::new(&format!("王*{slot}")).unwrap()
}

/// A keystore that hides nothing and forgets nothing.
struct Plain;

impl Keystore for Plain {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError> {
        Ok(key.to_vec())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        Ok(Zeroizing::new(sealed.try_into().map_err(|_| KeystoreError::Gone)?))
    }
}

/// A clock that a test sets.
#[derive(Default)]
pub struct Hand {
    /// Seconds since [`MORNING`].
    elapsed: AtomicU32,
    /// Seconds by which the wall clock is ahead.
    wall_ahead: AtomicU32,
    /// How often the device was started anew.
    reboots: AtomicU32,
}

impl Hand {
    pub fn set(&self, elapsed: i64) {
        self.elapsed.store(u32::try_from(elapsed).unwrap(), Ordering::SeqCst);
    }

    pub fn reboot(&self) {
        self.reboots.fetch_add(1, Ordering::SeqCst);
    }

    pub fn wall_ahead(&self, seconds: u32) {
        self.wall_ahead.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn read(&self) -> ClockReading {
        let elapsed = self.elapsed.load(Ordering::SeqCst);
        let ahead = self.wall_ahead.load(Ordering::SeqCst);
        ClockReading {
            wall: MORNING.plus(i64::from(elapsed) + i64::from(ahead)),
            since_boot_ms: u64::from(elapsed) * 1000,
            boot: format!("boot {}", self.reboots.load(Ordering::SeqCst)),
        }
    }
}

/// Keeps the names of events, and their details.
#[derive(Default)]
pub struct Kept(Mutex<Vec<String>>);

impl Log for Kept {
    fn record(&self, event: &Event) {
        self.0.lock().unwrap().push(format!("{} {}", event.name, event.detail));
    }
}

/// A station, the city it belongs to, and its platform.
pub struct Scene {
    pub city: City,
    pub clock: Arc<Hand>,
    pub log: Arc<Kept>,
    pub folder: TempDir,
    pub station: Station,
}

pub fn path(folder: &Path) -> PathBuf {
    folder.join("station.db")
}

pub fn ports(clock: Arc<Hand>, log: Arc<dyn Log>) -> Ports {
    Ports { keystore: Arc::new(Plain), clock, log, random: Arc::new(SystemRandom), signer: None }
}

pub fn config(folder: &Path, city: &City) -> Config {
    Config {
        path: path(folder),
        // The port is reserved and nobody listens: no test of this crate uses the network.
        endpoint: Endpoint { url: "http://127.0.0.1:1".to_owned(), pinned_certificates: vec![] },
        roots: city.roots(),
    }
}

impl Scene {
    /// A station that knows nothing.
    pub fn bare() -> Self {
        let (city, folder) = (City::default(), tempfile::tempdir().unwrap());
        let (clock, log) = (Arc::new(Hand::default()), Arc::new(Kept::default()));
        let ports = ports(clock.clone(), log.clone());
        let station = Station::open(config(folder.path(), &city), ports).unwrap();
        Self { city, clock, log, folder, station }
    }

    /// A station with documents, and knowledge as of [`MORNING`].
    pub fn ready() -> Self {
        let scene = Self::bare();
        scene.station.take_documents(&scene.city.documents(1, 1)).unwrap();
        scene.head(MORNING, Sequences::default());
        scene
    }

    /// A ready station with a session and an open tube.
    pub fn with_tube(capacity: u8) -> Self {
        let scene = Self::ready();
        scene.station.open_session("东安社区", "0815").unwrap();
        scene.station.open_tube("TUBE-1", capacity).unwrap();
        scene
    }

    /// The station believes that it is enrolled. Nobody listens where it would ask.
    pub fn enrolled(self) -> Self {
        let device = Device {
            keyid: "station-1".to_owned(),
            name: "3 号门".to_owned(),
            seed: Seed(Zeroizing::new([7; 32])),
            ended: false,
        };
        self.station.enrolled(&device, None).unwrap();
        self
    }

    /// Puts the standard policy in force, changed.
    pub fn policy(&self, change: impl FnOnce(Policy) -> Policy) {
        let version = self.station.status().unwrap().policy_version + 1;
        let policy = change(Policy::standard(version, MORNING.plus(-DAY)));
        self.station.take_documents(&self.city.with_policy(&policy)).unwrap();
        assert_eq!(self.station.status().unwrap().policy_version, version);
    }

    /// The same station, restarted with another address of the issuer.
    pub fn asking(self, url: &str) -> Self {
        let Self { city, clock, log, folder, station } = self;
        drop(station);
        let endpoint = Endpoint { url: url.to_owned(), pinned_certificates: vec![] };
        let config = Config { endpoint, ..config(folder.path(), &city) };
        let station = Station::open(config, ports(clock.clone(), log.clone())).unwrap();
        Self { city, clock, log, folder, station }
    }

    /// The same station after a restart of its process.
    #[must_use]
    pub fn restarted(self) -> Self {
        let Self { city, clock, log, folder, station } = self;
        drop(station);
        let ports = ports(clock.clone(), log.clone());
        let station = Station::open(config(folder.path(), &city), ports).unwrap();
        Self { city, clock, log, folder, station }
    }

    /// Takes in a head of this time.
    pub fn head(&self, iat: UnixTime, sequences: Sequences) {
        let head = Head { iat, nonce: [0; 16], policy_version: 1, trust_version: 1, sequences };
        let anchor = TimeAnchor::new(iat, self.clock.read());
        self.station.take_head(&head, anchor.as_ref()).unwrap();
    }

    /// Scans a person's nucleic-acid code, which must be accepted.
    pub fn register(&self, slot: u32) -> Registered {
        let text = self.city.nucleic_acid(slot, MORNING.plus(-DAY));
        registered(self.station.register(&text).unwrap())
    }

    /// Everything that was logged so far, in one text.
    pub fn logged(&self) -> String {
        self.log.0.lock().unwrap().join("\n")
    }
}

pub fn registered(registration: Registration) -> Registered {
    match registration {
        Registration::Registered(registered) => registered,
        other => panic!("not registered: {other:?}"),
    }
}
