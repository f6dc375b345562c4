//! Opening the wallet and drawing the live code, against opening SQLite, one signature and one QR code.

use std::sync::Arc;

use ed25519_dalek::{Signer as _, SigningKey};
use rusqlite::Connection;
use suima_benches::{Effort, compare, heading, report};
use suima_code::qr::{Drawing, Medium};
use suima_tests::city::{City, open_wallet};
use suima_tests::people::MOTHER;
use suima_tests::platform::SilentLog;

const EFFORT: Effort = Effort { rounds: 101, repetitions: 5 };

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (city, phone) = runtime.block_on(async {
        let city = City::new().await;
        let phone = city.phone(&MOTHER).await;
        phone.refreshed().await;
        (city, phone)
    });
    let (path, url, slot) = (phone.path.clone(), phone.line.url(), phone.owner);
    let text = phone.live(slot);
    phone.close().expect("the wallet closes");
    let open_and_draw = || {
        let wallet = open_wallet(&path, &url, &city.roots, &city.clock, Arc::new(SilentLog));
        let live = wallet.show_live(slot).expect("the live code is shown");
        wallet.close().expect("the wallet closes");
        live.svg
    };

    // The floor reads one row of a file of the same kind, in the same mode.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("floor.sqlite");
    let connect = || {
        let connection = Connection::open(&file).expect("SQLite opens");
        connection.pragma_update(None, "journal_mode", "wal").expect("a mode of SQLite");
        connection
    };
    connect()
        .execute_batch(
            "CREATE TABLE record (name TEXT PRIMARY KEY, value BLOB) STRICT;
                        INSERT INTO record VALUES ('device', zeroblob(400));",
        )
        .expect("a table is made");
    let key = SigningKey::from_bytes(&[7; 32]);
    let message = [0x5a; 240];
    let floor = || {
        let connection = connect();
        let value: Vec<u8> = connection
            .query_row("SELECT value FROM record WHERE name = 'device'", [], |row| row.get(0))
            .expect("the row is there");
        drop(connection);
        let drawing = Drawing::new(&text, Medium::Screen).expect("alphanumeric");
        (value, key.sign(&message), drawing)
    };

    heading();
    report(
        "open the wallet and draw the live code",
        "SQLite open + one signature + one QR",
        1.5,
        compare(EFFORT, open_and_draw, floor),
    );
}
