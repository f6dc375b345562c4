//! From a scanned text to a durable registration, against a bare durable insert and one verification.

use std::sync::Arc;

use ed25519_dalek::{Signer as _, SigningKey};
use rusqlite::Connection;
use suima_benches::{compare_rounds, heading, report, stopwatch};
use suima_client::http::Endpoint;
use suima_code::{KeyId, MaskedName, Slot, StaticCode, StaticKind, end_of_last_day};
use suima_issuer::{Issuer, SystemRandom};
use suima_signing::IssuerKey;
use suima_station::{Config, Registration, Station};
use suima_tests::platform::{HandClock, SilentLog, ports};
use zeroize::Zeroizing;

const ROUNDS: usize = 401;
const CAPACITY: u8 = 20;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock = HandClock::new(HandClock::START);
    let database = folder.path().join("issuer.sqlite");
    let issuer = Issuer::open(&database, Arc::new(clock.clone()), Arc::new(SystemRandom))
        .expect("the issuer opens");
    let roots = issuer.initialise().expect("a new city").roots;
    let station = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound socket"));
        tokio::spawn(axum::serve(listener, issuer.router()).into_future());
        let endpoint = Endpoint { url, pinned_certificates: Vec::new() };
        let config = Config { path: folder.path().join("station.sqlite"), endpoint, roots };
        let station = Station::open(config, ports(&clock, Arc::new(SilentLog))).expect("it opens");
        let code = issuer.station_activation("bench").expect("a code is made");
        station.enrol(&code).await.expect("it is enrolled");
        station.sync().await.expect("it syncs");
        station
    });
    station.open_session("bench", "bench").expect("a session begins");

    // Codes of thousands of people, signed with the city's own key.
    let key = city_key(&database);
    let name = MaskedName::mask("王小明").expect("a name");
    let mut next = 0_u32;
    let mut register_one = || {
        if next.is_multiple_of(u32::from(CAPACITY)) {
            if next > 0 {
                station.seal(CAPACITY, None).expect("the tube is sealed");
            }
            station.open_tube(&format!("BENCH{next:07}"), CAPACITY).expect("a tube is opened");
        }
        next += 1;
        let text = key.static_code(&StaticCode {
            kind: StaticKind::NucleicAcid,
            slot: Slot(next),
            name,
            birth_year: 1985,
            iat: HandClock::START,
            nbf: None,
            exp: end_of_last_day(HandClock::START, 30),
        });
        let (time, registration) = stopwatch(|| station.register(&text));
        assert!(matches!(registration, Ok(Registration::Registered(_))), "{registration:?}");
        time
    };

    let floor = Connection::open(folder.path().join("floor.sqlite")).expect("SQLite opens");
    floor.pragma_update(None, "journal_mode", "wal").expect("a mode of SQLite");
    floor.pragma_update(None, "synchronous", "full").expect("a mode of SQLite");
    floor
        .execute_batch("CREATE TABLE entry (seq INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;")
        .expect("a table is made");
    let signing = SigningKey::from_bytes(&[7; 32]);
    let (verifying, message) = (signing.verifying_key(), [0x5a; 70]);
    let signature = signing.sign(&message);
    let value = [0x5a_u8; 400];
    let floor_one = || {
        let (time, ()) = stopwatch(|| {
            verifying.verify_strict(&message, &signature).expect("a good signature");
            floor
                .execute("INSERT INTO entry (value) VALUES (?)", [&value[..]])
                .expect("a row is written");
        });
        time
    };

    heading();
    report(
        "scan to durable registration",
        "a bare durable insert + one verification",
        1.3,
        compare_rounds(ROUNDS, &mut register_one, floor_one),
    );
}

fn city_key(database: &std::path::Path) -> IssuerKey {
    let connection = Connection::open(database).expect("SQLite opens");
    let (kid, seed): (u8, Vec<u8>) = connection
        .query_row("SELECT kid, seed FROM signing_key WHERE purposes = 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("the city has a key for static codes");
    let seed: [u8; 32] = seed.try_into().expect("a seed has 32 bytes");
    IssuerKey::from_seed(KeyId(kid), &Zeroizing::new(seed))
}
