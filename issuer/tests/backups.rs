//! Backing up and restoring with the operator's commands, as processes.

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use suima_client::http::{Auth, Client, Endpoint};
use suima_client::signature::{SoftwareKey, keyid_before_enrolment};
use suima_client::wire::{
    IdCardRequest, StationEnrolRequest, StationEnrolResponse, StatusResponse, WireKey, path,
};
use suima_code::{IdNumber, Place, UnixTime};
use suima_issuer::{AuditVerdict, Clock as _, Issuer, Random as _, SystemClock, SystemRandom};
use support::id_number;

fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suima-issuer"));
    command.arg("--data").arg(data).args(arguments).output().unwrap()
}

/// What a command prints and what it warns of.
fn ok(data: &Path, arguments: &[&str]) -> (String, String) {
    let output = run(data, arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {error}");
    (String::from_utf8(output.stdout).unwrap(), error)
}

fn put_back(data: &Path, backup: &Path) {
    for ending in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        let _ = fs::remove_file(data.join(format!("issuer.{ending}")));
    }
    fs::copy(backup, data.join("issuer.sqlite")).unwrap();
}

#[test]
fn an_operator_backs_up_and_restores_with_the_journal_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let (data, journal) = (folder.path().join("city"), folder.path().join("other-disk"));
    let elsewhere = ["--journal", journal.to_str().unwrap()];
    let with = |arguments: &[&str]| ok(&data, &[&elsewhere[..], arguments].concat());
    with(&["init"]);
    let register = folder.path().join("register.csv");
    let person = id_number("19800203", 1);
    fs::write(&register, format!("id_number,name,birth_date\n{person},王小明,1980-02-03\n"))
        .unwrap();
    with(&["import", register.to_str().unwrap()]);
    for file in fs::read_dir(&journal).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "the journal holds the keys");
    }
    assert!(!data.join("issuer.journal").exists(), "it lies where it was told to");

    let backup = folder.path().join("backup.sqlite");
    with(&["backup", backup.to_str().unwrap()]);
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    let again = run(&data, &[&elsewhere[..], &["backup", backup.to_str().unwrap()]].concat());
    assert!(!again.status.success(), "no backup is overwritten");
    let (said, _) = with(&["restored"]);
    assert!(said.contains("一致"), "{said}");

    with(&["colour", &person, "red"]);
    with(&["policy", "set", "nucleic_acid_days=31"]);
    let (policy, _) = with(&["policy", "show"]);
    put_back(&data, &backup);
    // Without the journal that it has, no command does anything.
    let refused = run(&data, &["policy", "show"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("--without-journal"), "{said}");
    let (shown, warned) = with(&["policy", "show"]);
    assert_eq!(shown, policy);
    assert!(warned.contains("补回 2 项"), "{warned}");
    let (_, warned) = with(&["policy", "show"]);
    assert_eq!(warned, "", "said once");

    put_back(&data, &backup);
    fs::remove_dir_all(&journal).unwrap();
    let refused = run(&data, &[&elsewhere[..], &["restored"]].concat());
    assert!(!refused.status.success());
    let (said, _) = with(&["restored", "--without-journal"]);
    assert!(said.contains("1 人") && said.contains("again"), "{said}");
    with(&["activation", &person]);
    let (shown, warned) = with(&["policy", "show"]);
    assert!(shown != policy && warned.is_empty(), "{warned}");
}

#[test]
fn an_operator_ends_a_station_and_reads_and_checks_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ok(data, &["init"]);
    let nobody = run(data, &["station-end", "3 号台", "--reason", "遗失"]);
    assert!(!nobody.status.success(), "there is no such station");
    assert!(!run(data, &["station-end", "3 号台"]).status.success(), "a reason is asked for");
    assert_eq!(ok(data, &["audit", "show"]).0, "");
    assert_eq!(ok(data, &["audit", "show", "--since", "2026-11-22"]).0, "");
    assert!(!run(data, &["audit", "show", "--since", "yesterday"]).status.success());
    assert!(ok(data, &["audit", "verify"]).0.contains("0 条"));
    let db = rusqlite::Connection::open(data.join("issuer.sqlite")).unwrap();
    db.execute_batch(
        "INSERT INTO audit VALUES
             (1, 1795309200, 'station', 'a', 'gate', '0042', 'id-card', 7, 'match', x'00', x'00')",
    )
    .unwrap();
    let shown = ok(data, &["audit", "show", "--since", "2026-11-22"]).0;
    assert_eq!(shown.lines().count(), 1);
    assert!(shown.contains("gate\t0042\tid-card\t7\tmatch"), "{shown}");
    assert_eq!(ok(data, &["audit", "show", "--since", "2026-11-23"]).0, "");
    let broken = run(data, &["audit", "verify"]);
    let said = String::from_utf8(broken.stderr).unwrap();
    assert!(!broken.status.success() && said.contains("第 1 条"), "{said}");
}

/// A station of a service that is a process.
struct Service {
    client: Client,
    key: SoftwareKey,
    keyid: String,
}

impl Service {
    async fn start(data: &Path) -> (Child, Self) {
        let mut process = Command::new(env!("CARGO_BIN_EXE_suima-issuer"))
            .arg("--data")
            .arg(data)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let url = said.trim().strip_prefix("listening on ").unwrap().to_owned();
        let endpoint = Endpoint { url, pinned_certificates: Vec::new() };
        let client = Client::new(&endpoint, Arc::new(|_| {})).unwrap();
        let mut seed = [0; 32];
        SystemRandom.fill(&mut seed).unwrap();
        let key = SoftwareKey::from_seed(&seed);
        let keyid = keyid_before_enrolment(&key.public());
        let mut service = Self { client, key, keyid };
        let request = StationEnrolRequest {
            activation_code: ok(data, &["station", "东门"]).0.trim().to_owned(),
            device_key: WireKey::from(&service.key.public()),
        };
        let enrolled: StationEnrolResponse =
            service.call(path::STATION_ENROL, &request).await.unwrap();
        service.keyid = enrolled.device;
        (process, service)
    }

    async fn call<Q: serde::Serialize, A: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
    ) -> Option<A> {
        let mut nonce = [0; 16];
        SystemRandom.fill(&mut nonce).unwrap();
        let auth = Auth {
            keyid: &self.keyid,
            signer: &self.key,
            created: SystemClock.now(),
            nonce,
            idempotency_key: "0123456789abcdef0123456789abcdef",
        };
        self.client.call(path, body, &auth).await.ok()
    }

    /// Asks about the holder of a card until no answer comes any more; counts the answers.
    async fn ask(&self, answered: &AtomicUsize) {
        let id_number = IdNumber::parse(&id_number("19800203", 1)).unwrap();
        let card = IdCardRequest { id_number, place: Place::Gate, staff: "0042".to_owned() };
        while self.call::<_, StatusResponse>(path::ID_CARD, &card).await.is_some() {
            answered.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// The service is killed in the middle of its work, again and again; then its disk is lost, and a backup put back that was
/// made while it worked. Whatever was answered is there.
#[tokio::test]
async fn what_was_answered_survives_a_kill_and_the_loss_of_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ok(data, &["init"]);
    let register = data.join("register.csv");
    let person = id_number("19800203", 1);
    fs::write(&register, format!("id_number,name,birth_date\n{person},王小明,1980-02-03\n"))
        .unwrap();
    ok(data, &["import", register.to_str().unwrap()]);
    let answered = AtomicUsize::new(0);
    let backup = data.join("backup.sqlite");
    let open =
        || Issuer::open(&data.join("issuer.sqlite"), Arc::new(SystemClock), Arc::new(SystemRandom));
    for round in 0..5 {
        let (mut process, service) = Service::start(data).await;
        let enough = answered.load(Ordering::SeqCst) + 20 + 7 * round;
        let kill = async {
            while answered.load(Ordering::SeqCst) < enough {
                tokio::task::yield_now().await;
                if round == 2 && !backup.exists() {
                    ok(data, &["backup", backup.to_str().unwrap()]);
                }
            }
            process.kill().unwrap();
            process.wait().unwrap();
        };
        tokio::join!(service.ask(&answered), service.ask(&answered), service.ask(&answered), kill);
        let rows = open().unwrap().audit_log(UnixTime::new(0)).unwrap().len();
        let told = answered.load(Ordering::SeqCst);
        // Three may have been in hand each time.
        assert!(told <= rows && rows <= told + 3 * (round + 1), "{told} answered, {rows} kept");
    }
    let whole = open().unwrap().audit_log(UnixTime::new(0)).unwrap();
    put_back(data, &backup);
    let restored = open().unwrap();
    assert!(restored.replayed().unwrap().acts > 20);
    assert_eq!(restored.audit_log(UnixTime::new(0)).unwrap(), whole);
    assert!(matches!(restored.verify_audit().unwrap(), AuditVerdict::Sound { .. }));
}
