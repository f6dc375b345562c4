//! Revocation lists, deltas and heads.

mod support;

use suima_client::wire::{ListsRequest, ListsResponse, path};
use suima_code::{
    Applied, Cause, LineKind, RevocationList, Revocations, Sequences, Slot, UnixTime,
};
use support::{City, Phone, Station};

async fn lists(station: &Station<'_>, known: [u32; 4]) -> Vec<RevocationList> {
    let request = ListsRequest { sequences: Sequences(known) };
    let answer: ListsResponse = station.caller.call(path::LISTS, &request).await.unwrap();
    let now = station.caller.city.clock_now();
    answer
        .lists
        .iter()
        .map(|list| RevocationList::parse(&list.0, &station.trust, now).unwrap())
        .collect()
}

async fn regenerate(phone: &Phone<'_>, slot: Slot) -> UnixTime {
    let city = phone.0.city;
    let void = phone.claim(slot).await.unwrap().current.unwrap().made.iat;
    let wish = city.random.hex();
    let answer =
        phone.regenerate(&wish, slot, Some(void), city.clock_now().plus(120)).await.unwrap();
    answer.nucleic_acid.current.unwrap().made.iat
}

#[tokio::test]
async fn a_delta_leads_from_any_sequence_and_a_full_list_where_that_is_no_longer() {
    let city = City::new().await;
    let slots = [city.person("19800203", 1, "王小明"), city.person("19800203", 2, "李雷")];
    let phones = [city.phone(slots[0]).await, city.phone(slots[1]).await];
    let mut station = city.station("3 号台").await;
    assert!(lists(&station, [0; 4]).await.is_empty(), "nothing was ever voided");
    assert!(station.sync().await);

    let first = regenerate(&phones[0], slots[0]).await;
    let full = lists(&station, [0; 4]).await;
    assert_eq!(full.len(), 1, "only the kind that moved");
    assert_eq!((full[0].kind, full[0].sequence, full[0].base), (LineKind::NucleicAcid, 1, None));
    assert_eq!(full[0].lines.len(), 1);
    assert!(lists(&station, [1, 0, 0, 0]).await.is_empty());

    let second = regenerate(&phones[1], slots[1]).await;
    let delta = lists(&station, [1, 0, 0, 0]).await;
    assert_eq!((delta[0].sequence, delta[0].base), (2, Some(1)));
    assert_eq!(delta[0].lines.len(), 1);
    assert_eq!(delta[0].lines[0].0, slots[1].into());
    assert_eq!(delta[0].lines[0].1.before, second);

    // The delta alone does not reach; the full list and the delta in either order do.
    for order in [[&full[0], &delta[0]], [&delta[0], &full[0]]] {
        let mut known = Revocations::new();
        for list in order {
            known.apply(list);
        }
        assert_eq!(known.line(LineKind::NucleicAcid, slots[0].into()).unwrap().before, first);
        assert_eq!(known.line(LineKind::NucleicAcid, slots[1].into()).unwrap().before, second);
    }
    assert_eq!(Revocations::new().apply(&delta[0]), Applied::Gap);
    assert!(station.sync().await);
    assert_eq!(station.known.sequences(), Sequences([2, 0, 0, 0]));

    // A station that claims to know more than there is gets everything.
    let restored = lists(&station, [9, 0, 0, 0]).await;
    assert_eq!((restored[0].sequence, restored[0].base, restored[0].lines.len()), (2, None, 2));
}

#[tokio::test]
async fn many_changes_between_two_syncs_are_one_sequence() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let mut station = city.station("3 号台").await;
    for _ in 0..3 {
        regenerate(&phone, slot).await;
    }
    assert!(station.sync().await);
    assert!(station.sync().await);
    assert_eq!(station.known.sequences(), Sequences([1, 0, 0, 0]));
}

#[tokio::test]
async fn lines_that_void_nothing_any_more_are_not_carried() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let station = city.station("3 号台").await;
    let old = phone.claim(slot).await.unwrap();
    regenerate(&phone, slot).await;
    let (trust, _) = city.newest();
    let old = old.current.unwrap().text;
    let suima_code::Genuine::Static(old) =
        suima_code::read(&old, &trust, city.clock_now()).unwrap()
    else {
        panic!("a live code")
    };
    city.clock.set(old.exp.plus(-1));
    assert_eq!(lists(&station, [0; 4]).await[0].lines.len(), 1);
    city.clock.set(old.exp);
    let after = lists(&station, [0; 4]).await;
    assert_eq!((after[0].sequence, after[0].lines.len()), (1, 0));
}

#[tokio::test]
async fn kinds_are_independent() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let mut station = city.station("3 号台").await;
    regenerate(&phone, slot).await;
    assert!(station.sync().await);
    city.phone(slot).await;
    assert!(station.sync().await);
    assert_eq!(station.known.sequences(), Sequences([1, 0, 0, 1]));
    assert_eq!(station.known.lines(LineKind::Paper).count(), 0);
    assert_eq!(station.known.lines(LineKind::Person).count(), 0);
    let holding = station.known.lines(LineKind::Holding).next().unwrap().1;
    assert_eq!(holding.cause, Cause::DeviceReplaced);
}

#[tokio::test]
async fn the_operator_publishes_what_stations_would_fetch() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    assert!(city.issuer.publish_lists().unwrap().iter().all(|list| list.sequence == 0));
    regenerate(&phone, slot).await;
    let published = city.issuer.publish_lists().unwrap();
    let (trust, _) = city.newest();
    let parse = |raw: &[u8]| RevocationList::parse(raw, &trust, city.clock_now()).unwrap();
    assert_eq!(published[0].kind, LineKind::NucleicAcid);
    assert_eq!(parse(&published[0].full).lines.len(), 1);
    assert_eq!(parse(published[0].delta.as_ref().unwrap()).base, Some(0));
    assert_eq!(published[3].delta, None);
    assert_eq!(
        city.issuer.publish_lists().unwrap()[0].sequence,
        1,
        "nothing new, nothing published"
    );
}
