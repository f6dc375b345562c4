//! A phone and a station, really killed at every write and every request, and what is left of them.

use std::collections::BTreeSet;

use suima_client::wire::path;
use suima_code::{Colour, LineKind, Place, Purposes, Reason, Slot};
use suima_station::Station;
use suima_tests::city::{City, Phone, Post, decided};
use suima_tests::errand::{Ended, PhoneTask, PostTask, Shift};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, DAUGHTER, FATHER, MOTHER, STRANGER};
use suima_wallet::Settled;

const PHONE: &str = env!("CARGO_BIN_EXE_phone");
const POST: &str = env!("CARGO_BIN_EXE_post");

/// A city in which one code is regenerated many times on one day, a phone that holds the child, and somebody who knows
/// the truth.
async fn family() -> (City, Phone, Phone, Post, Slot) {
    let city = City::new().await;
    city.limits(|limits| limits.regenerations_per_day = 1000);
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    father.hold(child).await.unwrap();
    let post = city.synced_post("真相").await;
    (city, mother, father, post, child)
}

/// Where the processes of a loop were killed, until one was not.
#[derive(Default)]
struct Kills(Vec<String>);

impl Kills {
    /// Whether this process was killed.
    fn count(&mut self, ended: Ended) -> bool {
        let killed = ended.killed_at.is_some();
        self.0.extend(ended.killed_at);
        killed
    }

    fn cover_writes_and_requests(&self, least: usize) {
        assert!(self.0.len() >= least, "{:?}", self.0);
        for event in ["store.write.begin", "store.write.done", "http.send", "http.answered"] {
            assert!(self.0.iter().any(|at| at == event), "{event}: {:?}", self.0);
        }
    }
}

/// What must hold after a death, before the network was asked: a code that may be void is not shown as if it counted.
async fn nothing_void_is_shown_without_doubt(phone: &Phone, post: &Post, slot: Slot) {
    let view = phone.show_nucleic_acid(slot).unwrap();
    post.sync_fully().await;
    assert!(view.doubt.is_some() || post.at_sampling(&view.text).is_ok(), "{view:?}");
    assert_eq!(view.doubt.is_some(), !phone.status().unwrap().pending.is_empty());
}

#[tokio::test]
async fn a_phone_killed_anywhere_in_a_regeneration_ends_with_the_one_code_that_counts() {
    let (city, mut phone, _, post, child) = family().await;
    let mut kills = Kills::default();
    let mut untold = 0;
    for survives in 0.. {
        city.clock.pass(60);
        let before = phone.code(child);
        let ended = phone.leave(survives, PhoneTask::Regenerate(child)).run(PHONE).await;
        phone.open();
        nothing_void_is_shown_without_doubt(&phone, &post, child).await;

        let in_doubt = !phone.status().unwrap().pending.is_empty();
        let resolved = phone.refreshed().await.resolved;
        city.one_code_counts_and_is_shown(&phone, &post, child).await;
        let made = phone.made(child);
        if phone.code(child) == before {
            assert!(!in_doubt && ended.killed_at.is_some(), "the wish was never written");
        } else {
            assert!(made.by_this_device && made.iat == city.clock.now());
            let at = made.iat;
            let told: Vec<_> = resolved.into_iter().map(|one| one.outcome).collect();
            if ended.killed_at.is_none() {
                assert_eq!(told, [], "the phone said it itself");
            } else if in_doubt || !told.is_empty() {
                assert_eq!(told, [Settled::Made { made }]);
            } else {
                untold += 1;
            }
            assert_eq!(post.at_sampling(&before), Err(Reason::Replaced { at }));
        }
        if !kills.count(ended) {
            break;
        }
    }
    kills.cover_writes_and_requests(6);
    assert!(untold <= 1, "it can only have died between taking the outcome out and saying it");
}

#[tokio::test]
async fn a_phone_that_wakes_too_late_executes_nothing_any_more() {
    let (city, mut phone, _, post, child) = family().await;
    let mut outcomes = BTreeSet::new();
    for survives in 0.. {
        city.clock.pass(60);
        let before = phone.code(child);
        let asked_at = city.clock.now();
        let ended = phone.leave(survives, PhoneTask::Regenerate(child)).run(PHONE).await;
        phone.open();
        city.clock.pass(121);
        let resolved = phone.refreshed().await.resolved;
        city.one_code_counts_and_is_shown(&phone, &post, child).await;
        match resolved.into_iter().next().map(|one| one.outcome) {
            Some(Settled::Made { made }) => {
                assert_eq!(made.iat, asked_at, "it was executed before the phone died");
                outcomes.insert("made");
            }
            Some(Settled::TooLate) => {
                assert_eq!(phone.code(child), before);
                outcomes.insert("too late");
            }
            None => {}
            other => panic!("{other:?}"),
        }
        if ended.killed_at.is_none() {
            break;
        }
    }
    assert_eq!(outcomes, BTreeSet::from(["made", "too late"]));
}

#[tokio::test]
async fn a_phone_that_was_dead_while_another_regenerated_shows_the_other_ones_code() {
    let (city, mut phone, other, post, child) = family().await;
    let mut outcomes = BTreeSet::new();
    for survives in 0.. {
        city.clock.pass(60);
        let asked_at = city.clock.now();
        let ended = phone.leave(survives, PhoneTask::Regenerate(child)).run(PHONE).await;
        city.clock.pass(5);
        other.refreshed().await;
        let theirs = other.regenerated(child).await;
        phone.open();
        let in_doubt = !phone.status().unwrap().pending.is_empty();
        let refreshed = phone.refreshed().await;
        city.one_code_counts_and_is_shown(&phone, &post, child).await;
        let made = phone.made(child);
        assert_eq!((made.iat, made.by), (theirs.iat, theirs.by));
        assert!(!made.by_this_device);
        for resolved in refreshed.resolved {
            match resolved.outcome {
                Settled::Behind { current } | Settled::Overtaken { current } if in_doubt => {
                    assert_eq!(current, Some(phone.made(child)));
                    outcomes.insert("told");
                }
                // It died after it knew and before it had said so; what the other did comes after it, as news.
                Settled::Made { made } if !in_doubt => assert_eq!(made.iat, asked_at),
                other => panic!("{other:?}"),
            }
        }
        if !in_doubt {
            let news = refreshed.news.iter().map(|one| one.made());
            assert!(news.eq([Some(&phone.made(child))]));
            outcomes.insert("news");
        }
        if ended.killed_at.is_none() {
            break;
        }
    }
    assert_eq!(outcomes, BTreeSet::from(["news", "told"]));
}

#[tokio::test]
async fn a_phone_killed_again_while_it_recovers_still_ends_with_the_one_code() {
    let (city, mut phone, _, post, child) = family().await;
    let mut kills = Kills::default();
    // The answer is lost, so every recovery has a wish to resolve: one that was executed, and one that was not.
    for mishap in [Mishap::AnswerLost, Mishap::RequestLost] {
        for survives in 0.. {
            city.clock.pass(60);
            phone.plan(path::REGENERATE, mishap.clone());
            phone.regenerate(phone.agreed(child)).await.unwrap();
            assert_eq!(phone.status().unwrap().pending.len(), 1);
            let ended = phone.leave(survives, PhoneTask::Refresh).run(PHONE).await;
            phone.open();
            nothing_void_is_shown_without_doubt(&phone, &post, child).await;
            phone.refreshed().await;
            city.one_code_counts_and_is_shown(&phone, &post, child).await;
            assert_eq!(phone.made(child).iat, city.clock.now());
            if !kills.count(ended) {
                break;
            }
        }
    }
    kills.cover_writes_and_requests(12);
}

/// Five codes of five people: each kind that sampling takes.
async fn five_codes(city: &City) -> Vec<String> {
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let stranger = city.phone(&STRANGER).await;
    let (child, daughter) = (city.slot(&CHILD), city.slot(&DAUGHTER));
    mother.hold(child).await.unwrap();
    mother.hold(daughter).await.unwrap();
    vec![
        mother.code(mother.owner),
        father.live(father.owner),
        mother.live(child),
        mother.code(daughter),
        stranger.code(stranger.owner),
    ]
}

#[tokio::test]
async fn a_station_killed_anywhere_in_a_shift_forgets_nobody_and_registers_nobody_twice() {
    let city = City::new().await;
    let texts = five_codes(&city).await;
    let mut kills = Kills::default();
    for survives in 0.. {
        let mut post = city.synced_post("3 号台").await;
        let shift = Shift { barcode: format!("SH-{survives:04}"), texts: texts.clone() };
        let ended = post.leave(survives, PostTask::Work(shift.clone())).run(POST).await;
        post.open();
        whatever_was_said_is_there(&post, &ended.said);

        shift.work(&post, |_, _| ()).unwrap();
        let tube = post.tube().unwrap().unwrap();
        let names: BTreeSet<&str> = tube.seats.iter().map(|seat| seat.name.as_str()).collect();
        assert_eq!((tube.taken, names.len()), (5, 5));
        assert!(tube.sealed.is_some());
        assert_eq!(post.upload().await.unwrap().waiting, 0);
        let registrations = city.issuer.registrations().unwrap();
        let counted =
            registrations.iter().filter(|one| one.barcode == shift.barcode && !one.undone);
        let mut slots: Vec<Slot> = counted.filter_map(|one| one.slot).collect();
        slots.sort();
        let mut everybody = [MOTHER, FATHER, CHILD, DAUGHTER, STRANGER].map(|one| city.slot(&one));
        everybody.sort();
        assert_eq!(slots, everybody, "each of them once");
        if !kills.count(ended) {
            break;
        }
    }
    kills.cover_writes_and_requests(20);
}

fn whatever_was_said_is_there(station: &Station, said: &[String]) {
    let tube = station.tube().unwrap();
    let sits = |entry: &str| {
        tube.as_ref().is_some_and(|tube| tube.seats.iter().any(|seat| seat.entry == entry))
    };
    let said = || said.iter().filter_map(|line| line.split_once(' '));
    let registered = || said().filter(|(what, _)| *what == "registered").map(|(_, which)| which);
    for (what, which) in said() {
        match what {
            "tube" => assert_eq!(tube.as_ref().unwrap().barcode, which),
            "registered" => {
                let undone = said().any(|(what, other)| what == "undone" && other == which);
                // An undo can be on the disk and not acknowledged yet.
                let undoing = registered().count() == 5 && registered().next() == Some(which);
                assert!(sits(which) || undone || undoing, "{which}");
            }
            "undone" => assert!(!sits(which), "{which}"),
            "sealed" => assert!(tube.as_ref().unwrap().sealed.is_some()),
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn a_station_killed_in_the_middle_of_a_sync_knows_all_of_each_list_or_none_of_it() {
    let city = City::new().await;
    let (mother, father) = (city.phone(&MOTHER).await, city.phone(&FATHER).await);
    let stranger = city.phone(&STRANGER).await;
    let oldest = stranger.code(stranger.owner);
    city.clock.pass(60);
    stranger.regenerated(stranger.owner).await;
    let post = city.synced_post("3 号台").await;
    let before = post.status().unwrap();

    // One thing of every kind that a sync brings.
    city.clock.pass(60);
    let replaced = mother.code(mother.owner);
    mother.regenerated(mother.owner).await;
    city.issuer.set_colour(stranger.owner, Colour::Yellow).unwrap();
    let _newer = city.phone(&FATHER).await;
    city.issuer.rotate_key(Purposes::STATIC).unwrap();
    city.limits(|limits| limits.redraw_seconds = 9);
    let void = [
        (LineKind::NucleicAcid, replaced, "replaced"),
        (LineKind::Person, stranger.live(stranger.owner), "status-changed"),
        (LineKind::Holding, father.live(father.owner), "device-replaced"),
    ];

    let mut kills = Kills::default();
    let mut seen = BTreeSet::new();
    for survives in 0.. {
        let mut errand = post.leave(survives, PostTask::Sync);
        let copy = city.path();
        std::fs::copy(&post.path, &copy).unwrap();
        errand.database.clone_from(&copy);
        let ended = errand.run(POST).await;

        let station = post.open_at(&copy);
        let status = station.status().unwrap();
        seen.insert(status.sequences.0);
        assert!(status.sequences.reach(before.sequences));
        assert!(status.trust_version >= before.trust_version);
        assert!(status.policy_version >= before.policy_version);
        let confirmed = status.as_of == Some(city.clock.now());
        assert!(confirmed || status.as_of == before.as_of);
        let reason =
            |text: &str| decided(&station, text, Place::Sampling).map_err(|reason| reason.id());
        assert_eq!(reason(&oldest), Err("replaced"), "known before");
        for (kind, text, why) in &void {
            let reached = status.sequences.of(*kind) > before.sequences.of(*kind);
            assert_eq!(reason(text), if reached { Err(*why) } else { Ok(vec![]) });
            assert!(reached || !confirmed);
        }

        assert!(station.sync().await.unwrap().current);
        for (_, text, why) in &void {
            assert_eq!(reason(text), Err(*why));
        }
        if !kills.count(ended) {
            break;
        }
    }
    kills.cover_writes_and_requests(14);
    assert_eq!(seen.len(), 4, "one list after the other: {seen:?}");
}
