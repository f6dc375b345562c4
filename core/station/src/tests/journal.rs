//! The journal in its file.

use suima_client::wire::{Conflict, Receipt, ReceiptOutcome};
use suima_device::{Schema, SealError, Store};

use super::support::{MORNING, Scene, config, path, ports};
use crate::schema::SCHEMA;
use crate::{ConflictView, Error, Signal, Station, journal};

/// The tables of the file, as released. A change to this text is a change to a released migration: append one
/// instead.
const FROZEN: &str = include_str!("schema.sql");

#[test]
fn the_schema_is_the_released_one() {
    let scene = Scene::bare();
    let sql = scene.station.store.schema_sql().unwrap();
    assert_eq!(sql.trim(), FROZEN.trim());
}

#[test]
fn a_file_of_the_first_release_is_taken_up_with_all_that_is_in_it() {
    let scene = Scene::with_tube(5);
    let before = scene.register(7);
    let (folder, city) = (scene.folder.path(), &scene.city);
    scene.station.close().unwrap();
    // As the first release left it: without what came later.
    let first = Schema { migrations: &SCHEMA.migrations[..2], ..SCHEMA };
    let connection = rusqlite::Connection::open(path(folder)).unwrap();
    connection.execute_batch("DROP TABLE shown_proof; PRAGMA user_version = 2;").unwrap();
    drop(connection);
    let ports = ports(scene.clock.clone(), scene.log.clone());
    let old = Store::open(&path(folder), &first, &ports).unwrap().store;
    let waiting = old.read(|connection, _| journal::count_waiting(connection)).unwrap();
    old.close().unwrap();
    assert_eq!(waiting, 3);

    let station = Station::open(config(folder, city), ports).unwrap();
    assert_eq!(station.status().unwrap().waiting, 3);
    assert_eq!(station.tube().unwrap().unwrap().seats[0].entry, before.entry);
    assert_eq!(station.gate(&city.live(8, MORNING)).unwrap().signal, Signal::Admit);
}

#[test]
fn an_entry_is_neither_changed_nor_removed() {
    let scene = Scene::with_tube(5);
    for sql in ["DELETE FROM entry", "UPDATE entry SET content = x''", "UPDATE entry SET id = '1'"]
    {
        let result: Result<(), Error> = scene
            .station
            .store
            .write("test", |transaction, _| Ok(transaction.execute(sql, []).map(drop)?));
        assert!(result.unwrap_err().to_string().contains("only appended to"), "{sql}");
    }
    assert_eq!(scene.station.status().unwrap().waiting, 2);
}

#[test]
fn an_entry_opens_in_its_own_place_only() {
    let scene = Scene::with_tube(5);
    let moved = scene.station.store.write("test", |transaction, _| {
        transaction.execute_batch(
            "INSERT INTO entry (id, content) \
             SELECT 'ffffffffffffffffffffffffffffffff', content FROM entry LIMIT 1",
        )?;
        Ok::<_, Error>(())
    });
    moved.unwrap();
    let read =
        scene.station.store.read(|connection, sealer| journal::replay(connection, sealer, |_| ()));
    match read {
        Err(Error::Store(suima_device::StoreError::Seal(SealError::Refused))) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_of_a_person_lies_in_the_clear() {
    let scene = Scene::with_tube(5);
    scene.register(7);
    scene.station.decide("not a code", suima_code::Place::Gate).unwrap();
    let mut content = Vec::new();
    for file in ["station.db", "station.db-wal"] {
        content.extend(std::fs::read(scene.folder.path().join(file)).unwrap());
    }
    assert!(path(scene.folder.path()).exists());
    for word in ["王*7", "TUBE-1", "东安社区", "0815"] {
        let found = content.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found, "{word} is in the file");
        assert!(!scene.logged().contains(word), "{word} is in the log");
    }
    // The table's name is: the search works.
    assert!(content.windows(7).any(|window| window == b"receipt"));
}

#[test]
fn receipts_are_kept_beside_entries_and_the_first_one_stays() {
    let scene = Scene::with_tube(5);
    let registered = scene.register(7);
    let waiting = |most| {
        let read = |connection: &_, sealer: &_| journal::waiting(connection, sealer, most);
        scene.station.store.read(read).unwrap()
    };
    let ids = |most| waiting(most).into_iter().map(|entry| entry.id).collect::<Vec<_>>();
    let all = ids(500);
    assert_eq!(all.len(), 3);
    assert_eq!(all[2], registered.entry);
    assert_eq!(ids(2), all[..2]);

    let acknowledge = |id: &str, outcome| {
        let receipt = Receipt { id: id.to_owned(), outcome };
        scene
            .station
            .store
            .write("test", |transaction, sealer| {
                journal::acknowledge(transaction, sealer, &receipt)
            })
            .unwrap()
    };
    let conflict = ReceiptOutcome::Conflict {
        conflict: Conflict::PersonInTwoTubes,
        with: "another".to_owned(),
    };
    assert!(acknowledge(&all[0], ReceiptOutcome::Stored));
    assert!(acknowledge(&registered.entry, conflict));
    assert!(!acknowledge(&registered.entry, ReceiptOutcome::Already));
    assert!(!acknowledge("of no entry", ReceiptOutcome::Stored));
    assert_eq!(ids(500), all[1..2]);

    let scene = scene.restarted();
    let status = scene.station.status().unwrap();
    assert_eq!(status.waiting, 1);
    let expected = ConflictView {
        entry: registered.entry,
        at: MORNING,
        barcode: Some("TUBE-1".to_owned()),
        name: Some("王*7".to_owned()),
        conflict: Conflict::PersonInTwoTubes,
        with: "another".to_owned(),
    };
    assert_eq!(status.conflicts, [expected]);
    assert_eq!(scene.station.tube().unwrap().unwrap().taken, 1);
}

#[test]
fn a_write_that_fails_leaves_no_trace_in_memory() {
    let scene = Scene::with_tube(5);
    scene.station.pause().unwrap();
    let code = scene.city.nucleic_acid(7, MORNING);
    assert!(matches!(scene.station.register(&code), Err(Error::Paused)));
    assert!(matches!(scene.station.register(&code), Err(Error::Paused)));
    scene.station.resume().unwrap();
    assert_eq!(scene.station.tube().unwrap().unwrap().taken, 0);
    assert_eq!(scene.register(7).seat, 1);
    scene.station.close().unwrap();
    assert!(matches!(scene.station.status(), Err(Error::Closed)));
}
