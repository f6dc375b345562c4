//! What a code teaches whoever sees it.

use suima_code::{Place, StaticKind};

use super::support::{DAY, HOUR, MORNING, Scene, registered};
use crate::{Decision, Registration};

fn refused_as(registration: &Registration) -> Option<&'static str> {
    match registration {
        Registration::Refused { reason, .. } => Some(reason.id()),
        _ => None,
    }
}

#[test]
fn a_newer_code_voids_the_older_one_also_after_a_restart() {
    let scene = Scene::with_tube(5);
    let old = scene.city.nucleic_acid(7, MORNING.plus(-2 * DAY));
    let new = scene.city.nucleic_acid(7, MORNING.plus(-HOUR));
    let first = registered(scene.station.register(&new).unwrap());
    scene.station.undo(&first.entry, "扫错人").unwrap();
    assert_eq!(refused_as(&scene.station.register(&old).unwrap()), Some("replaced"));
    let scene = scene.restarted();
    assert_eq!(refused_as(&scene.station.register(&old).unwrap()), Some("replaced"));
    registered(scene.station.register(&new).unwrap());
}

#[test]
fn a_code_teaches_where_it_is_not_accepted_too() {
    let scene = Scene::with_tube(5);
    let old = scene.city.nucleic_acid(7, MORNING.plus(-2 * DAY));
    let new = scene.city.nucleic_acid(7, MORNING.plus(-HOUR));
    let gate = scene.station.decide(&new, Place::Gate).unwrap();
    assert!(matches!(gate.decision, Decision::Refused { .. }));
    let scene = scene.restarted();
    assert_eq!(refused_as(&scene.station.register(&old).unwrap()), Some("replaced"));
}

#[test]
fn a_code_teaches_with_no_tube_open() {
    let scene = Scene::ready();
    let old = scene.city.nucleic_acid(7, MORNING.plus(-2 * DAY));
    let new = scene.city.nucleic_acid(7, MORNING.plus(-HOUR));
    assert_eq!(scene.station.register(&new).unwrap(), Registration::NoTube);
    let scene = scene.restarted();
    let view = scene.station.decide(&old, Place::Sampling).unwrap();
    assert!(matches!(view.decision, Decision::Refused { reason, .. } if reason.id() == "replaced"));
}

#[test]
fn a_code_teaches_nothing_of_other_kinds_and_people() {
    let scene = Scene::with_tube(5);
    let paper = scene.city.code(StaticKind::Paper, 7, MORNING.plus(-2 * DAY), None);
    let other = scene.city.nucleic_acid(8, MORNING.plus(-2 * DAY));
    let new = scene.city.nucleic_acid(7, MORNING.plus(-HOUR));
    scene.station.decide(&new, Place::Sampling).unwrap();
    registered(scene.station.register(&paper).unwrap());
    registered(scene.station.register(&other).unwrap());
}

#[test]
fn a_successor_voids_nothing_before_its_time() {
    let scene = Scene::with_tube(5);
    let current = scene.city.nucleic_acid(7, MORNING.plus(-2 * DAY));
    let begins = MORNING.plus(DAY);
    let successor = scene.city.code(StaticKind::NucleicAcid, 7, MORNING.plus(-HOUR), Some(begins));
    let early = scene.station.register(&successor).unwrap();
    assert_eq!(refused_as(&early), Some("not-yet-valid"));
    registered(scene.station.register(&current).unwrap());

    scene.clock.set(DAY);
    let seen = scene.station.decide(&successor, Place::Sampling).unwrap();
    assert!(matches!(seen.decision, Decision::Accepted { .. }));
    let late = scene.station.register(&current).unwrap();
    assert_eq!(refused_as(&late), Some("replaced"));
}
