//! What the tests give a wallet: a platform to stand on, a city that signs, and a post that answers as it is told.
//!
//! The post is not an issuer: it has no rules and remembers nothing. Every answer is written by the test.

mod city;
mod platform;
mod post;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use suima_client::wire::{EnrolResponse, HoldResponse, NucleicAcid, Person, RefreshResponse, path};
use suima_code::{PublicKey, Slot, UnixTime};
use suima_wallet::{Config, Endpoint, Opened, Wallet};
use tempfile::TempDir;

pub use city::{
    CHILD, CHILDS_HOLDING, City, GRANDMOTHER, MOTHER, MOTHERS_HOLDING, NOW, THIRTY_DAYS, child,
    family, grandmother, made, masked, wire_key,
};
pub use platform::{Mood, Platform, bent};
pub use post::{Post, Received, Reply, answer, answer_with, lost, problem};

/// A phone with a wallet, a city and the post between them.
pub struct Phone {
    pub city: City,
    pub platform: Platform,
    pub post: Post,
    pub folder: TempDir,
    keys: Arc<Mutex<BTreeMap<Slot, PublicKey>>>,
    runtime: tokio::runtime::Runtime,
}

impl Phone {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self {
            city: City::default(),
            platform: Platform::default(),
            post: Post::start(),
            folder: tempfile::tempdir().unwrap(),
            keys: Arc::default(),
            runtime,
        }
    }

    pub fn try_open(&self, url: &str) -> Result<Opened, suima_wallet::Error> {
        let config = Config {
            path: self.folder.path().join("wallet.db"),
            endpoint: Endpoint { url: url.to_owned(), pinned_certificates: Vec::new() },
            roots: self.city.roots(),
        };
        Wallet::open(config, self.platform.ports.clone())
    }

    pub fn open(&self) -> Arc<Wallet> {
        Arc::new(self.try_open(&self.post.url()).unwrap().wallet)
    }

    /// The same wallet where nobody answers.
    pub fn open_offline(&self) -> Arc<Wallet> {
        Arc::new(self.try_open(&Post::nowhere()).unwrap().wallet)
    }

    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Enrols the mother, whose codes are these.
    pub fn enrol(&self, codes: NucleicAcid) -> Arc<Wallet> {
        let wallet = self.open();
        self.post.next(path::ENROL, self.enrolment(codes));
        self.run(wallet.enrol("ABCD-1234")).unwrap();
        self.post.all_used();
        wallet
    }

    /// Enrols the mother with a code made now, and lets her hold the child with one too.
    pub fn enrol_family(&self) -> Arc<Wallet> {
        let wallet = self.enrol(self.city.one_code(MOTHER, NOW));
        self.post.next(path::HOLD, self.held_child(self.city.one_code(CHILD, NOW)));
        self.run(wallet.hold(CHILD)).unwrap();
        self.next_refresh(self.both(), |_| ());
        self.run(wallet.refresh()).unwrap();
        self.post.all_used();
        wallet
    }

    /// The key of a holding, as the wallet last sent it.
    pub fn key(&self, slot: Slot) -> PublicKey {
        self.keys.lock().unwrap()[&slot].clone()
    }

    /// The answer to an enrolment.
    pub fn enrolment(&self, codes: NucleicAcid) -> Reply {
        self.enrolment_ending(None, codes)
    }

    /// The answer to an enrolment that ended an earlier phone.
    pub fn enrolment_ending(&self, ended_device: Option<UnixTime>, codes: NucleicAcid) -> Reply {
        let (city, keys) = (self.city.clone(), Arc::clone(&self.keys));
        answer_with(move |received: &Received| {
            let key = wire_key(&received.body["holding_key"]);
            let people = family(&city, Some((&key, codes)), None);
            keys.lock().unwrap().insert(MOTHER, key);
            EnrolResponse {
                device: "device-1".to_owned(),
                ended_device,
                refresh: first_refresh(&city, people),
            }
        })
    }

    /// The answer to a request to hold the child.
    pub fn held_child(&self, codes: NucleicAcid) -> Reply {
        let (city, keys) = (self.city.clone(), Arc::clone(&self.keys));
        answer_with(move |received: &Received| {
            let key = wire_key(&received.body["holding_key"]);
            let person = child(&city, Some((&key, codes)));
            keys.lock().unwrap().insert(CHILD, key);
            HoldResponse { time: NOW, person }
        })
    }

    /// The answer to a one-time code: the grandmother, held.
    pub fn redeemed(&self) -> Reply {
        let (city, keys) = (self.city.clone(), Arc::clone(&self.keys));
        answer_with(move |received: &Received| {
            let key = wire_key(&received.body["holding_key"]);
            let person = grandmother(&city, Some((&key, city.one_code(GRANDMOTHER, NOW))));
            keys.lock().unwrap().insert(GRANDMOTHER, key);
            HoldResponse { time: NOW, person }
        })
    }

    /// The next refresh tells everything anew, with these people and what `change` makes of it.
    pub fn next_refresh(&self, people: Vec<Person>, change: impl FnOnce(&mut RefreshResponse)) {
        let mut body = everything(NOW, people);
        change(&mut body);
        self.post.next(path::REFRESH, answer(&body));
    }

    /// The mother and the child, both held, each with one code.
    pub fn both(&self) -> Vec<Person> {
        self.both_with(self.city.one_code(MOTHER, NOW), self.city.one_code(CHILD, NOW))
    }

    /// The mother with these codes, and the child whom she may hold.
    pub fn mother_with(&self, codes: NucleicAcid) -> Vec<Person> {
        family(&self.city, Some((&self.key(MOTHER), codes)), None)
    }

    /// Both with these codes.
    pub fn both_with(&self, mother: NucleicAcid, child: NucleicAcid) -> Vec<Person> {
        let (mothers, childs) = (self.key(MOTHER), self.key(CHILD));
        family(&self.city, Some((&mothers, mother)), Some((&childs, child)))
    }
}

/// What a phone is told first.
pub fn first_refresh(city: &City, people: Vec<Person>) -> RefreshResponse {
    RefreshResponse {
        time: NOW,
        trust: Some(city.trust(1)),
        policy: Some(city.policy(1)),
        state: "s1".to_owned(),
        people: Some(people),
        asks: Vec::new(),
        challenges: Vec::new(),
    }
}

/// An answer to a refresh that tells everything anew.
pub fn everything(time: UnixTime, people: Vec<Person>) -> RefreshResponse {
    RefreshResponse {
        time,
        trust: None,
        policy: None,
        state: "s2".to_owned(),
        people: Some(people),
        asks: Vec::new(),
        challenges: Vec::new(),
    }
}

/// An answer to a refresh that says that nothing has changed.
pub fn unchanged(time: UnixTime) -> Reply {
    answer(&RefreshResponse {
        time,
        trust: None,
        policy: None,
        state: "s1".to_owned(),
        people: None,
        asks: Vec::new(),
        challenges: Vec::new(),
    })
}
