//! A process that really dies, at every event and at every draw of randomness, in the middle of a merge or a
//! registration.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use suima_code::{Cause, Line, LineKind, LineNumber, RevocationList, UnixTime};
use suima_device::{Event, Log, Ports, Random, RandomError, SystemRandom};

use super::support::{City, Hand, MORNING, Scene, config, ports, registered};
use crate::{Signal, Station};

const FOLDER: &str = "SUIMA_TEST_FOLDER";
const FUSE: &str = "SUIMA_TEST_FUSE";

/// Burns at every event and every draw; the process dies when it is burnt down.
struct Fuse(AtomicI64);

impl Fuse {
    fn burn(&self) {
        if self.0.fetch_sub(1, Ordering::SeqCst) == 0 {
            std::process::abort();
        }
    }
}

impl Log for Fuse {
    fn record(&self, _: &Event) {
        self.burn();
    }
}

/// Draws like the system's, and burns the fuse. Within a transaction it is drawn from after lines were written
/// and before the commit.
struct Burning(Arc<Fuse>);

impl Random for Burning {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        self.0.burn();
        SystemRandom.fill(bytes)
    }
}

/// The station in `folder`, with a fuse of this length lit after it was opened.
fn station_on_a_fuse(folder: &Path, length: i64) -> Station {
    let fuse = Arc::new(Fuse(AtomicI64::new(i64::MAX)));
    let plain = ports(Arc::new(Hand::default()), fuse.clone());
    let ports = Ports { random: Arc::new(Burning(fuse.clone())), ..plain };
    let station = Station::open(config(folder, &City::default()), ports).unwrap();
    fuse.0.store(length, Ordering::SeqCst);
    station
}

/// Runs `test` of this module again in a process of its own; whether it lived to its end.
fn lives(test: &str, folder: &Path, length: i64) -> bool {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("tests::killed::{test}"), "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(FUSE, length.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("running 1 test"), "the child did not run: {said}");
    output.status.success()
}

/// What the parent told this process, if it is a child.
fn told() -> Option<(std::path::PathBuf, i64)> {
    let folder = std::env::var_os(FOLDER)?;
    let length = std::env::var(FUSE).ok()?.parse().ok()?;
    Some((folder.into(), length))
}

fn many_lines() -> RevocationList {
    let line = Line { before: UnixTime::new(5000), cause: Cause::Replaced };
    RevocationList {
        kind: LineKind::NucleicAcid,
        sequence: 2,
        base: Some(1),
        iat: MORNING,
        lines: (0..200).map(|number| (LineNumber(number), line)).collect(),
    }
}

fn first_lines() -> RevocationList {
    let line = Line { before: UnixTime::new(4000), cause: Cause::ReportedLost };
    RevocationList {
        sequence: 1,
        base: None,
        lines: (0..100).map(|number| (LineNumber(number), line)).collect(),
        ..many_lines()
    }
}

#[test]
#[ignore = "run by the test below in a process of its own"]
fn child_merges() {
    let Some((folder, length)) = told() else { return };
    let station = station_on_a_fuse(&folder, length);
    let signed = City::default().lists.revocations(&many_lines());
    station.take_list(&signed, MORNING).unwrap();
}

#[test]
fn a_station_killed_in_mid_merge_knows_all_of_a_list_or_none() {
    let mut seen = Vec::new();
    for length in 0.. {
        let scene = Scene::ready();
        let first = scene.city.lists.revocations(&first_lines());
        scene.station.take_list(&first, MORNING).unwrap();
        let before = scene.station.state().unwrap().knowledge.clone();
        scene.station.close().unwrap();

        let lived = lives("child_merges", scene.folder.path(), length);

        let scene = scene.restarted();
        let known = scene.station.state().unwrap().knowledge.clone();
        let mut after = before.clone();
        after.revocations.apply(&many_lines());
        let sequence = known.revocations.sequences().of(LineKind::NucleicAcid);
        match sequence {
            1 => assert!(known == before, "mixed after {length}"),
            2 => assert!(known == after, "mixed after {length}"),
            other => panic!("sequence {other} after {length}"),
        }
        seen.push(sequence);
        if lived {
            break;
        }
    }
    // Before the write, in the middle of it, after the commit, and to the end.
    assert_eq!(seen, [1, 1, 2, 2]);
}

#[test]
#[ignore = "run by the test below in a process of its own"]
fn child_registers() {
    let Some((folder, length)) = told() else { return };
    let station = station_on_a_fuse(&folder, length);
    let code = City::default().nucleic_acid(7, MORNING);
    let done = registered(station.register(&code).unwrap());
    fs::write(folder.join("answered"), done.entry).unwrap();
}

#[test]
fn a_station_killed_while_registering_has_all_of_it_or_nothing() {
    let mut seen = Vec::new();
    for length in 0.. {
        let scene = Scene::with_tube(5);
        scene.station.close().unwrap();

        let lived = lives("child_registers", scene.folder.path(), length);

        let scene = scene.restarted();
        let tube = scene.station.tube().unwrap().unwrap();
        let older = scene.city.nucleic_acid(7, MORNING.plus(-60));
        let view = scene.station.decide(&older, suima_code::Place::Sampling).unwrap();
        let learned = matches!(view.decision, crate::Decision::Refused { .. });
        assert_eq!(learned, tube.taken == 1, "the lesson and the registration came apart");
        if let Ok(entry) = fs::read_to_string(scene.folder.path().join("answered")) {
            assert_eq!(tube.seats[0].entry, entry);
        }
        seen.push(tube.taken);
        if lived {
            break;
        }
    }
    assert_eq!(seen.first(), Some(&0));
    assert_eq!(seen.last(), Some(&1));
    assert!(seen.is_sorted(), "{seen:?}");
}

#[test]
#[ignore = "run by the test below in a process of its own"]
fn child_opens_a_gate() {
    let Some((folder, length)) = told() else { return };
    let station = station_on_a_fuse(&folder, length);
    let view = station.gate(&City::default().live(7, MORNING)).unwrap();
    assert_eq!(view.signal, Signal::Admit);
    fs::write(folder.join("opened"), "").unwrap();
}

#[test]
fn a_gate_killed_while_it_opens_never_opens_twice_for_one_proof() {
    let mut seen = Vec::new();
    for length in 0.. {
        let scene = Scene::ready();
        let live = scene.city.live(7, MORNING);
        scene.station.close().unwrap();

        let lived = lives("child_opens_a_gate", scene.folder.path(), length);

        let scene = scene.restarted();
        let opened = scene.folder.path().join("opened").exists();
        let again = scene.station.gate(&live).unwrap().signal;
        assert!(!opened || again == Signal::Refuse, "it opened twice after {length}");
        assert_eq!(scene.station.gate(&live).unwrap().signal, Signal::Refuse);
        seen.push(again);
        if lived {
            assert!(opened);
            break;
        }
    }
    // Before the commit nobody went through; after it, the person draws the next code.
    assert_eq!(seen.first(), Some(&Signal::Admit));
    assert_eq!(seen.last(), Some(&Signal::Refuse));
}

#[test]
fn a_thread_that_dies_after_its_write_leaves_memory_and_file_in_step() {
    /// Panics once, when a write has just been done.
    struct Once(AtomicI64);
    impl Log for Once {
        fn record(&self, event: &Event) {
            let done = event.name == suima_device::store::WRITE_DONE;
            assert!(!done || self.0.fetch_sub(1, Ordering::SeqCst) != 0, "as the test wants it");
        }
    }

    let scene = Scene::with_tube(5);
    scene.station.close().unwrap();
    let log = Arc::new(Once(AtomicI64::new(i64::MAX)));
    let ports = ports(scene.clock.clone(), log.clone());
    let station = Station::open(config(scene.folder.path(), &scene.city), ports).unwrap();
    log.0.store(0, Ordering::SeqCst);
    let code = scene.city.nucleic_acid(7, MORNING);
    let panicked =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| station.register(&code)));
    assert!(panicked.is_err());
    assert_eq!(station.tube().unwrap().unwrap().taken, 1);
    let again = station.register(&code).unwrap();
    assert_eq!(again, crate::Registration::AlreadyInTube { seat: 1 });
}
