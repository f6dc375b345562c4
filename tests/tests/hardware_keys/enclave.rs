//! Signing hardware, and a phone that has it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use suima_code::{Roots, Slot};
use suima_device::{Ports, Signer, SignerError, SignerKey};
use suima_tests::city::City;
use suima_tests::line::Line;
use suima_tests::people::Resident;
use suima_tests::platform::{HandClock, SilentLog, ports};
use suima_wallet::{Config, Endpoint, Error, Opened, Wallet, WipeReason};

/// What stands before a point of P-256 in a `SubjectPublicKeyInfo`.
const INFO: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// What may be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    Create,
    Sign,
    Remove,
}

#[derive(Default)]
struct Inside {
    keys: BTreeMap<Vec<u8>, SigningKey>,
    made: u8,
    /// Who signed, in order.
    signed: Vec<Vec<u8>>,
    unavailable: BTreeSet<Act>,
    /// Instead of a signature it gives this.
    garbage: Option<Vec<u8>>,
    /// What to do while it is asked.
    meanwhile: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// Signing hardware that survives the app. Its signatures are DER and have high `s`, as half of those of real hardware
/// have; its public keys are now a point, now a `SubjectPublicKeyInfo`.
#[derive(Default)]
pub struct Enclave(Mutex<Inside>);

impl Enclave {
    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.inside().keys.len()
    }

    /// With how many different keys something was signed since the last call.
    pub fn signers(&self) -> usize {
        std::mem::take(&mut self.inside().signed).into_iter().collect::<BTreeSet<_>>().len()
    }

    /// Answers `Unavailable` to these from now on, and to nothing else.
    pub fn unavailable(&self, acts: &[Act]) {
        self.inside().unavailable = acts.iter().copied().collect();
    }

    /// Loses all its keys, as when a backup is restored on another phone.
    pub fn lose_everything(&self) {
        self.inside().keys.clear();
    }

    /// Loses the key that it made as the `number`th.
    pub fn lose(&self, number: u8) {
        self.inside().keys.remove(&alias(number)).expect("it has that key");
    }

    /// Gives this for every signature, or signatures again.
    pub fn gives(&self, garbage: Option<&[u8]>) {
        self.inside().garbage = garbage.map(<[u8]>::to_vec);
    }

    /// Does this from now on whenever it is asked.
    pub fn meanwhile(&self, work: impl Fn() + Send + Sync + 'static) {
        self.inside().meanwhile = Some(Arc::new(work));
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap()
    }

    fn asked(&self, act: Act) -> Result<MutexGuard<'_, Inside>, SignerError> {
        let meanwhile = self.inside().meanwhile.clone();
        if let Some(work) = meanwhile {
            work();
        }
        let inside = self.inside();
        if inside.unavailable.contains(&act) {
            return Err(SignerError::Unavailable { reason: format!("no {act:?}") });
        }
        Ok(inside)
    }
}

fn alias(number: u8) -> Vec<u8> {
    format!("suima-{number}").into_bytes()
}

impl Signer for Enclave {
    fn create(&self) -> Result<SignerKey, SignerError> {
        let mut inside = self.asked(Act::Create)?;
        inside.made += 1;
        let number = inside.made;
        let key = SigningKey::from_slice(&[number; 32]).expect("a scalar below the order");
        let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        inside.keys.insert(alias(number), key);
        let public_key = if number % 2 == 0 { point } else { [&INFO[..], &point].concat() };
        Ok(SignerKey { handle: alias(number), public_key })
    }

    fn sign(&self, handle: &[u8], message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let mut inside = self.asked(Act::Sign)?;
        let key = inside.keys.get(handle).ok_or(SignerError::Gone)?;
        let signed: Signature = key.sign(message);
        let (r, low) = signed.normalize_s().split_scalars();
        let high = Signature::from_scalars(r, -*low).expect("neither is zero");
        inside.signed.push(handle.to_vec());
        Ok(inside.garbage.clone().unwrap_or_else(|| high.to_der().as_bytes().to_vec()))
    }

    fn remove(&self, handle: &[u8]) -> Result<(), SignerError> {
        self.asked(Act::Remove)?.keys.remove(handle);
        Ok(())
    }
}

/// A phone with signing hardware.
pub struct Phone {
    pub owner: Slot,
    pub line: Line,
    pub enclave: Arc<Enclave>,
    pub wallet: Arc<Wallet>,
    path: PathBuf,
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
    /// A new one of somebody, enrolled.
    pub async fn new(city: &City, owner: &Resident) -> Self {
        let phone = Self::not_enrolled(city, owner).await;
        phone.enrol(&phone.activation(city)).await.expect("the phone is enrolled");
        phone
    }

    /// A new one of somebody.
    pub async fn not_enrolled(city: &City, owner: &Resident) -> Self {
        let (line, path, enclave) = (city.line().await, city.path(), Arc::<Enclave>::default());
        let (clock, roots) = (city.clock.clone(), city.roots.clone());
        let owner = city.slot(owner);
        let opened = open(&path, &line, &clock, &roots, Some(&enclave)).expect("the wallet opens");
        let wallet = Arc::new(opened.wallet);
        Self { owner, line, enclave, wallet, path, clock, roots }
    }

    /// An activation code for its owner.
    pub fn activation(&self, city: &City) -> String {
        city.issuer.activation_code(self.owner).expect("they are in the register")
    }

    /// Closes the app and starts it again; says why it was wiped, if it was.
    pub fn reopen(&mut self) -> Option<WipeReason> {
        self.wallet.close().expect("the wallet closes");
        let opened = self.open(true).expect("the wallet opens");
        self.wallet = Arc::new(opened.wallet);
        opened.wiped
    }

    /// Opens the app in the same file, with its signer or without.
    pub fn open(&self, with_signer: bool) -> Result<Opened, Error> {
        let signer = with_signer.then_some(&self.enclave);
        open(&self.path, &self.line, &self.clock, &self.roots, signer)
    }

    /// The text of somebody's live code as it is drawn now.
    pub fn live(&self, slot: Slot) -> String {
        self.show_live(slot).expect("the live code is shown").text
    }

    /// Whose codes it holds.
    pub fn held(&self) -> Vec<Slot> {
        let family = self.family().expect("it is enrolled");
        family.iter().filter(|person| person.held).map(|person| person.slot).collect()
    }
}

fn open(
    path: &std::path::Path,
    line: &Line,
    clock: &HandClock,
    roots: &Roots,
    signer: Option<&Arc<Enclave>>,
) -> Result<Opened, Error> {
    let config = Config {
        path: path.to_owned(),
        endpoint: Endpoint { url: line.url(), pinned_certificates: Vec::new() },
        roots: roots.clone(),
    };
    let signer = signer.map(|enclave| Arc::clone(enclave) as Arc<dyn Signer>);
    Wallet::open(config, Ports { signer, ..ports(clock, Arc::new(SilentLog)) })
}
