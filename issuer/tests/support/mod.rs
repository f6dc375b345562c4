//! A small city: an issuer on a temporary database and an injected clock, reached over real HTTP.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use suima_client::http::{Auth, CallError, Client, Endpoint};
use suima_client::signature::{SoftwareKey, keyid_before_enrolment};
use suima_client::wire::{
    AnswerRequest, AnswerResponse, AskRequest, AskResponse, Bytes, ClaimRequest, ClaimResponse,
    DocumentsResponse, EndRequest, EndResponse, EnrolRequest, EnrolResponse, HeadRequest,
    HeadResponse, HoldRequest, HoldResponse, ListsRequest, ListsResponse, NucleicAcid, Person,
    ProblemId, RedeemRequest, RefreshRequest, RefreshResponse, RegenerateRequest,
    RegenerateResponse, StationEnrolRequest, StationEnrolResponse, WireKey, path,
};
use suima_code::{
    Head, HoldingNumber, Policy, RevocationList, Revocations, Roots, Slot, Trust, UnixTime,
};
use suima_issuer::{Clock, IdNumber, Issuer, Random, RandomError};

/// 2026-11-22 09:00 in Shanghai.
pub const MORNING: UnixTime = UnixTime::new(1_795_309_200);

/// A clock that stands where it was put.
pub struct HandClock(AtomicU32);

impl HandClock {
    pub fn set(&self, time: UnixTime) {
        self.0.store(time.get(), Ordering::SeqCst);
    }

    pub fn pass(&self, seconds: i64) {
        self.set(self.now().plus(seconds));
    }
}

impl Clock for HandClock {
    fn now(&self) -> UnixTime {
        UnixTime::new(self.0.load(Ordering::SeqCst))
    }
}

/// Numbers that never repeat and are the same in every run (splitmix64).
#[derive(Default)]
pub struct Counted(AtomicU64);

impl Counted {
    pub fn draw<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes).expect("never fails");
        bytes
    }

    pub fn hex(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.draw()))
    }
}

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for chunk in bytes.chunks_mut(8) {
            let step = 0x9e37_79b9_7f4a_7c15_u64;
            let mut z = self.0.fetch_add(step, Ordering::SeqCst).wrapping_add(step);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

pub struct City {
    pub issuer: Issuer,
    pub clock: Arc<HandClock>,
    pub random: Arc<Counted>,
    pub roots: Roots,
    pub client: Client,
    pub authority: String,
    folder: tempfile::TempDir,
}

async fn serve(issuer: &Issuer) -> (String, Client) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = listener.local_addr().unwrap().to_string();
    let router = issuer.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let endpoint = Endpoint { url: format!("http://{authority}"), pinned_certificates: Vec::new() };
    (authority, Client::new(&endpoint, Arc::new(|_| {})).unwrap())
}

/// The ID number of somebody born on `birth` (eight digits), the `n`th of that day.
pub fn id_number(birth: &str, n: u32) -> String {
    let digits = format!("310101{birth}{n:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(weights).map(|(d, w)| d.to_digit(10).unwrap() * w).sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    format!("{digits}{check}")
}

impl City {
    /// An empty city with keys, serving.
    pub async fn new() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap()).await
    }

    /// The same in memory, where the system has folders there: no disk makes one request slower than the next.
    pub async fn in_memory() -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self::in_folder(folder.unwrap()).await
    }

    async fn in_folder(folder: tempfile::TempDir) -> Self {
        let clock = Arc::new(HandClock(AtomicU32::new(MORNING.get())));
        let random = Arc::new(Counted::default());
        let path = folder.path().join("city.sqlite");
        let issuer = Issuer::open(&path, clock.clone(), random.clone()).unwrap();
        let roots = issuer.initialise().unwrap().roots;
        let (authority, client) = serve(&issuer).await;
        Self { issuer, clock, random, roots, client, authority, folder }
    }

    /// Where the database lies.
    pub fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("city.sqlite")
    }

    /// Where its journal lies.
    pub fn journal(&self) -> std::path::PathBuf {
        self.database().with_extension("journal")
    }

    /// A copy of the database as it is now.
    pub fn back_up(&self) -> std::path::PathBuf {
        let copy = self.folder.path().join(format!("{}.sqlite", self.random.hex()));
        let db = rusqlite::Connection::open(self.database()).unwrap();
        db.execute("VACUUM INTO ?", [copy.to_str().unwrap()]).unwrap();
        copy
    }

    /// The city on a database that was put back, with its journal.
    pub async fn restored(self, backup: &std::path::Path) -> Result<Self, suima_issuer::Error> {
        let (clock, random) = (self.clock.clone(), self.random.clone());
        let issuer = Issuer::open_with_journal(backup, &self.journal(), clock, random)?;
        let (authority, client) = serve(&issuer).await;
        Ok(Self { issuer, client, authority, ..self })
    }

    /// A client of another process of the same issuer: the same database through another connection.
    pub async fn second_process(&self) -> Client {
        let path = self.folder.path().join("city.sqlite");
        let issuer = Issuer::open(&path, self.clock.clone(), self.random.clone()).unwrap();
        serve(&issuer).await.1
    }

    /// Puts a person into the register.
    pub fn person(&self, birth: &str, n: u32, name: &str) -> Slot {
        let number = id_number(birth, n);
        let date = format!("{}-{}-{}", &birth[..4], &birth[4..6], &birth[6..]);
        let csv = format!("id_number,name,birth_date\n{number},{name},{date}\n");
        let report = self.issuer.import_register(csv.as_bytes()).unwrap();
        assert_eq!((report.added, report.refused), (1, vec![]));
        self.slot(&number)
    }

    pub fn slot(&self, id_number: &str) -> Slot {
        let id_number = IdNumber::parse(id_number).unwrap();
        self.issuer.slot_of(&id_number).unwrap().unwrap()
    }

    pub fn kin(&self, guardian: &str, child: &str) {
        let csv =
            format!("guardian_id_number,child_id_number,relation\n{guardian},{child},parent\n");
        let report = self.issuer.import_kinship(csv.as_bytes()).unwrap();
        assert_eq!((report.added, report.refused), (1, vec![]));
    }

    pub fn clock_now(&self) -> UnixTime {
        self.clock.now()
    }

    pub fn key(&self) -> SoftwareKey {
        SoftwareKey::from_seed(&self.random.draw())
    }

    /// Enrols a phone for a person.
    pub async fn phone(&self, slot: Slot) -> Phone<'_> {
        let code = self.issuer.activation_code(slot).unwrap();
        self.phone_with(&code, self.key(), &self.key()).await.unwrap()
    }

    pub async fn phone_with(
        &self,
        code: &str,
        key: SoftwareKey,
        holding_key: &SoftwareKey,
    ) -> Result<Phone<'_>, ProblemId> {
        let request = EnrolRequest {
            activation_code: code.to_owned(),
            device_key: WireKey::from(&key.public()),
            holding_key: WireKey::from(&holding_key.public()),
        };
        let keyid = keyid_before_enrolment(&key.public());
        let mut phone = Phone(Caller { city: self, key, keyid });
        let answer: EnrolResponse = phone.0.call(path::ENROL, &request).await?;
        phone.0.keyid = answer.device;
        Ok(phone)
    }

    pub async fn station(&self, name: &str) -> Station<'_> {
        let code = self.issuer.station_activation(name).unwrap();
        let key = self.key();
        let request =
            StationEnrolRequest { activation_code: code, device_key: WireKey::from(&key.public()) };
        let keyid = keyid_before_enrolment(&key.public());
        let mut caller = Caller { city: self, key, keyid };
        let answer: StationEnrolResponse =
            caller.call(path::STATION_ENROL, &request).await.unwrap();
        assert_eq!(answer.name, name);
        caller.keyid = answer.device;
        let (trust, policy) = self.documents(&answer.documents);
        Station { caller, trust, policy, known: Revocations::new() }
    }

    pub fn documents(&self, documents: &DocumentsResponse) -> (Trust, Policy) {
        let now = self.clock.now();
        let trust = documents.trust.as_ref().expect("a trust bundle was asked for");
        let trust = Trust::parse(&trust.0, &self.roots).unwrap();
        let policy = documents.policy.as_ref().expect("a policy was asked for");
        let policy = Policy::parse(&policy.0, &trust, now).unwrap();
        (trust, policy)
    }

    /// What a verifier has who fetched everything just now.
    pub fn newest(&self) -> (Trust, Policy) {
        let (trust, policy) = self.issuer.documents().unwrap();
        let trust = Trust::parse(&trust, &self.roots).unwrap();
        let policy = Policy::parse(&policy, &trust, self.clock.now()).unwrap();
        (trust, policy)
    }

    /// The policy with some of its numbers changed.
    pub fn limits(&self, change: impl FnOnce(&mut suima_code::Limits)) {
        let mut policy = self.issuer.policy().unwrap();
        change(&mut policy.limits);
        self.issuer.set_policy(policy).unwrap();
    }
}

/// A key and its name.
pub struct Caller<'a> {
    pub city: &'a City,
    pub key: SoftwareKey,
    pub keyid: String,
}

impl Caller<'_> {
    pub async fn call<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
    ) -> Result<A, ProblemId> {
        self.call_as(path, body, &self.city.random.hex()).await
    }

    pub async fn call_as<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
        idempotency_key: &str,
    ) -> Result<A, ProblemId> {
        let auth = Auth {
            keyid: &self.keyid,
            signer: &self.key,
            created: self.city.clock.now(),
            nonce: self.city.random.draw(),
            idempotency_key,
        };
        self.city.client.call(path, body, &auth).await.map_err(problem)
    }
}

pub fn problem(error: CallError) -> ProblemId {
    match error {
        CallError::Problem(problem) => problem.id,
        other => panic!("{other}"),
    }
}

pub struct Phone<'a>(pub Caller<'a>);

impl Phone<'_> {
    pub async fn refresh(&self, state: Option<String>) -> Result<RefreshResponse, ProblemId> {
        let request = RefreshRequest { trust_version: 0, policy_version: 0, state };
        self.0.call(path::REFRESH, &request).await
    }

    pub async fn claim(&self, slot: Slot) -> Result<NucleicAcid, ProblemId> {
        let answer: ClaimResponse = self.0.call(path::CLAIM, &ClaimRequest { slot }).await?;
        Ok(answer.nucleic_acid)
    }

    pub async fn hold(&self, slot: Slot, key: &SoftwareKey) -> Result<HoldResponse, ProblemId> {
        let request = HoldRequest { slot, holding_key: WireKey::from(&key.public()) };
        self.0.call(path::HOLD, &request).await
    }

    pub async fn ask(&self, document: &str, name: &str) -> Result<AskResponse, ProblemId> {
        let request = AskRequest { document: document.to_owned(), name: name.to_owned() };
        self.0.call(path::ASK, &request).await
    }

    pub async fn answer(&self, ask: &str, agree: bool) -> Result<AnswerResponse, ProblemId> {
        self.0.call(path::ANSWER, &AnswerRequest { ask: ask.to_owned(), agree }).await
    }

    pub async fn redeem(&self, code: &str, key: &SoftwareKey) -> Result<HoldResponse, ProblemId> {
        let request =
            RedeemRequest { code: code.to_owned(), holding_key: WireKey::from(&key.public()) };
        self.0.call(path::REDEEM, &request).await
    }

    pub async fn end(&self, slot: Slot, holding: HoldingNumber) -> Result<EndResponse, ProblemId> {
        self.0.call(path::END, &EndRequest { slot, holding }).await
    }

    /// Everybody whom the phone is told of.
    pub async fn people(&self) -> Vec<Person> {
        self.refresh(None).await.unwrap().people.unwrap()
    }

    /// What it is told of one person, if anything.
    pub async fn person(&self, slot: Slot) -> Option<Person> {
        self.people().await.into_iter().find(|person| person.slot == slot)
    }

    pub async fn regenerate(
        &self,
        wish: &str,
        slot: Slot,
        void: Option<UnixTime>,
        not_after: UnixTime,
    ) -> Result<RegenerateResponse, ProblemId> {
        let request = RegenerateRequest { slot, void, not_after };
        self.0.call_as(path::REGENERATE, &request, wish).await
    }
}

pub struct Station<'a> {
    pub caller: Caller<'a>,
    pub trust: Trust,
    pub policy: Policy,
    pub known: Revocations,
}

impl Station<'_> {
    /// Fetches the lists and a head; whether what is known reaches it.
    pub async fn sync(&mut self) -> bool {
        let now = self.caller.city.clock.now();
        let request = ListsRequest { sequences: self.known.sequences() };
        let lists: ListsResponse = self.caller.call(path::LISTS, &request).await.unwrap();
        for list in &lists.lists {
            self.known.apply(&RevocationList::parse(&list.0, &self.trust, now).unwrap());
        }
        let nonce = self.caller.city.random.draw();
        let request = HeadRequest { nonce: Bytes(nonce.to_vec()) };
        let head: HeadResponse = self.caller.call(path::HEAD, &request).await.unwrap();
        self.known.confirm(&Head::parse(&head.head.0, &nonce, &self.trust, now).unwrap())
    }
}
