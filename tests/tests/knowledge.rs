//! What a station knows never falls and never mixes, whatever comes in whatever order.

use suima_client::wire::{Bytes, DocumentsResponse, ListsResponse, path};
use suima_code::{Colour, LineKind, Place, Reason};
use suima_issuer::Published;
use suima_station::{Caution, Error, Station};
use suima_tests::city::{City, DAY, Phone, Post, decided};
use suima_tests::line::Mishap;
use suima_tests::people::{MOTHER, STRANGER};

/// A code regenerated three times: its four codes, and the lists that were published after each regeneration.
struct History {
    city: City,
    phone: Phone,
    codes: [String; 4],
    published: [Published; 3],
}

impl History {
    async fn new() -> Self {
        let city = City::new().await;
        let phone = city.phone(&MOTHER).await;
        let mut codes = vec![phone.code(phone.owner)];
        let mut published = Vec::new();
        for _ in 0..3 {
            city.clock.pass(60);
            phone.regenerated(phone.owner).await;
            codes.push(phone.code(phone.owner));
            published.push(newest(&city, LineKind::NucleicAcid));
        }
        let codes = codes.try_into().expect("four");
        let published = published.try_into().expect("three");
        Self { city, phone, codes, published }
    }

    /// How many of the codes the station refuses as replaced; the last one counts, and must never be. Asked from the
    /// oldest on, up to the first that is taken: what that one teaches is known already.
    fn refused(&self, station: &Station) -> usize {
        let reason =
            |text: &String| decided(station, text, Place::Sampling).map_err(|why| why.id());
        let refused = self.codes.iter().take_while(|code| reason(code) == Err("replaced")).count();
        assert!(refused < 4);
        refused
    }
}

fn newest(city: &City, kind: LineKind) -> Published {
    let published = city.issuer.publish_lists().unwrap();
    published.into_iter().find(|one| one.kind == kind).expect("every kind is published")
}

fn delta(published: &Published) -> &[u8] {
    published.delta.as_deref().expect("not the first")
}

fn answered(lists: &[&[u8]]) -> Mishap {
    let lists = lists.iter().map(|list| Bytes(list.to_vec())).collect();
    Mishap::Answered(serde_json::to_vec(&ListsResponse { lists }).unwrap())
}

/// Lets the station take in exactly these lists, and no head.
async fn feed(post: &Post, station: &Station, lists: &[&[u8]]) {
    post.line.plan(path::LISTS, answered(lists));
    // Where a list is missing, the station asks for all of them.
    post.line.plan(path::LISTS, answered(&[]));
    post.line.plan(path::HEAD, Mishap::RequestLost);
    let error = station.sync().await.unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error:?}");
    post.line.forget_plans();
}

#[tokio::test]
async fn what_is_old_or_comes_again_takes_nothing_back() {
    let history = History::new().await;
    let [first, second, third] = &history.published;
    let mut post = history.city.synced_post("3 号台").await;
    let known = post.status().unwrap();
    assert_eq!(known.sequences.of(LineKind::NucleicAcid), third.sequence);
    let answers: [&[&[u8]]; 6] = [
        &[&first.full],
        &[delta(first)],
        &[delta(third), &first.full],
        &[delta(second), delta(second), &second.full],
        &[&third.full, &third.full],
        &[],
    ];
    for lists in answers {
        history.city.clock.pass(60);
        post.line.plan(path::LISTS, answered(lists));
        let synced = post.sync().await.unwrap();
        assert!(synced.current && synced.refused == 0, "{synced:?}");
        assert_eq!(synced.lists as usize, lists.len());
        for _ in 0..2 {
            let status = post.status().unwrap();
            assert_eq!(status.sequences, known.sequences);
            assert_eq!(status.as_of, Some(history.city.clock.now()));
            assert_eq!(history.refused(&post), 3);
            assert_eq!(post.at_sampling(&history.codes[3]), Ok(vec![]));
            post.reopen();
        }
    }
}

#[tokio::test]
async fn lists_may_come_in_any_order_with_restarts_in_between() {
    let history = History::new().await;
    let [first, second, third] = &history.published;
    let lists: [&[u8]; 4] = [&first.full, delta(second), delta(third), &second.full];
    let post = history.city.post("3 号台").await;
    post.close().unwrap();
    for order in orders(lists.len()) {
        let copy = history.city.path();
        std::fs::copy(&post.path, &copy).unwrap();
        let (mut refused, mut sequence) = (0, 0);
        for list in &order {
            let station = post.open_at(&copy);
            feed(&post, &station, &[lists[*list]]).await;
            let knows = station.status().unwrap().sequences.of(LineKind::NucleicAcid);
            assert!(knows >= sequence, "{order:?}");
            sequence = knows;
            // Whatever a list says counts at once, also where lists before it are missing.
            let says = [1, 2, 3, 2][*list];
            assert!(history.refused(&station) >= refused.max(says), "{order:?}");
            refused = refused.max(says);
            station.close().unwrap();
        }
        let station = post.open_at(&copy);
        assert_eq!(history.refused(&station), 3);
        let status = station.status().unwrap();
        assert_eq!(status.as_of, None, "no head has said that this is all");
        let live = history.phone.live(history.phone.owner);
        assert_eq!(decided(&station, &live, Place::Gate), Err(Reason::NotReady));
        assert!(station.sync().await.unwrap().current);
        assert_eq!(decided(&station, &live, Place::Gate), Ok(vec![]));
        assert_eq!(history.refused(&station), 3);
    }
}

/// Every order of `count` things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![vec![]];
    }
    let shorter = orders(count - 1);
    let with_last_at = |order: &Vec<usize>, at: usize| {
        let mut order = order.clone();
        order.insert(at, count - 1);
        order
    };
    shorter.iter().flat_map(|order| (0..count).map(|at| with_last_at(order, at))).collect()
}

#[tokio::test]
async fn a_delta_beyond_what_is_known_counts_and_all_is_fetched_anew() {
    let history = History::new().await;
    let [_, _, third] = &history.published;
    let post = history.city.post("3 号台").await;
    post.line.plan(path::LISTS, answered(&[delta(third)]));
    post.sync_fully().await;
    assert_eq!(post.status().unwrap().sequences.of(LineKind::NucleicAcid), third.sequence);
    assert_eq!(history.refused(&post), 3);
}

#[tokio::test]
async fn a_station_that_was_given_less_than_the_head_names_does_not_claim_to_know() {
    let history = History::new().await;
    let post = history.city.post("3 号台").await;
    for _ in 0..2 {
        post.line.plan(path::LISTS, answered(&[]));
    }
    let synced = post.sync().await.unwrap();
    assert!(!synced.current);
    assert_eq!((synced.as_of, synced.lists), (None, 0));
    assert_eq!(post.at_sampling(&history.codes[0]), Ok(vec![Caution::ValidityNotChecked]));
    let live = history.phone.live(history.phone.owner);
    assert_eq!(post.at_gate(&live), Err(Reason::NotReady));
}

#[tokio::test]
async fn lists_of_one_kind_say_nothing_of_another() {
    let city = City::new().await;
    let (stranger, mother) = (city.phone(&STRANGER).await, city.phone(&MOTHER).await);
    let codes = [stranger.code(stranger.owner), mother.code(mother.owner)];
    city.clock.pass(60);
    // A line by the stranger's slot and one by a holding of the mother's, both later than their codes.
    city.issuer.set_colour(stranger.owner, Colour::Red).unwrap();
    let newer = city.phone(&MOTHER).await;
    let post = city.synced_post("3 号台").await;
    let sequences = post.status().unwrap().sequences;
    assert_eq!(sequences.of(LineKind::NucleicAcid), 0);
    assert!(sequences.of(LineKind::Person) > 0 && sequences.of(LineKind::Holding) > 0);
    for code in &codes {
        assert_eq!(post.at_sampling(code), Ok(vec![]), "R5");
    }
    for (phone, why) in [(&stranger, "status-changed"), (&mother, "device-replaced")] {
        assert_eq!(post.at_sampling(&phone.live(phone.owner)).unwrap_err().id(), why);
    }

    // And a line for nucleic-acid codes says nothing of live codes.
    city.clock.pass(60);
    newer.regenerated(newer.owner).await;
    post.sync_fully().await;
    assert_eq!(post.at_sampling(&codes[1]).unwrap_err().id(), "replaced");
    assert_eq!(post.at_sampling(&newer.live(newer.owner)), Ok(vec![]), "R5");
}

#[tokio::test]
async fn what_another_city_signed_changes_nothing() {
    let (history, other) = (History::new().await, History::new().await);
    let mut post = history.city.post("3 号台").await;
    feed(&post, &post, &[&history.published[0].full]).await;
    let known = post.status().unwrap();
    let foreign = &other.published[2].full;
    let mut altered = history.published[2].full.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    for forged in [&foreign[..], &altered, b"not a list", &[]] {
        feed(&post, &post, &[forged]).await;
        assert_eq!(post.status().unwrap(), known);
        assert_eq!(history.refused(&post), 1);
        post.reopen();
    }
    // What is refused keeps nothing from what is good.
    post.line.plan(path::LISTS, answered(&[foreign, &history.published[2].full]));
    let synced = post.sync().await.unwrap();
    assert_eq!((synced.current, synced.lists, synced.refused), (true, 1, 1));
    assert_eq!(history.refused(&post), 3);
}

#[tokio::test]
async fn a_head_for_another_question_is_refused() {
    let history = History::new().await;
    let post = history.city.synced_post("3 号台").await;
    let known = post.status().unwrap();
    // A genuine head, played back so that a station hears nothing new and thinks that nothing is.
    let recorded = post.line.recorded(path::HEAD).unwrap();
    history.city.clock.pass(60);
    history.phone.regenerated(history.phone.owner).await;
    post.line.plan(path::LISTS, answered(&[]));
    post.line.plan(path::HEAD, Mishap::Answered(recorded));
    let error = post.sync().await.unwrap_err();
    assert!(matches!(error, Error::Untrusted { what: "head", .. }), "{error:?}");
    assert_eq!(post.status().unwrap().as_of, known.as_of);
}

#[tokio::test]
async fn versions_of_documents_never_fall() {
    let city = City::new().await;
    let (trust, policy) = city.issuer.documents().unwrap();
    let phone = city.phone(&MOTHER).await;
    city.clock.pass(60);
    let lists = city.issuer.keys().unwrap()[2].trusted.clone();
    city.issuer.rotate_key(lists.purposes).unwrap();
    city.limits(|limits| limits.live_window_seconds = 30);
    let mut post = city.synced_post("3 号台").await;
    let known = post.status().unwrap();
    assert!(known.trust_version > 1 && known.policy_version > 1);

    let old = DocumentsResponse {
        time: city.clock.now(),
        trust: Some(Bytes(trust)),
        policy: Some(Bytes(policy)),
    };
    post.line.plan(path::DOCUMENTS, Mishap::Answered(serde_json::to_vec(&old).unwrap()));
    // Without a head the station cannot know that there is more to fetch.
    post.line.plan(path::HEAD, Mishap::RequestLost);
    post.sync().await.unwrap_err();
    for _ in 0..2 {
        let status = post.status().unwrap();
        assert_eq!(
            (status.trust_version, status.policy_version),
            (known.trust_version, known.policy_version)
        );
        let live = phone.live(phone.owner);
        city.clock.pass(31);
        assert_eq!(post.at_sampling(&live), Err(Reason::Stale { by: 31 }), "the newer policy");
        post.reopen();
    }
}

#[tokio::test]
async fn an_old_picture_is_refused_after_a_sync_and_unsynced_once_the_newer_one_was_seen() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let (synced, mut alone) = (city.synced_post("3 号台").await, city.synced_post("4 号台").await);
    let old = phone.code(phone.owner);
    city.clock.pass(60);
    let made = phone.regenerated(phone.owner).await;
    let new = phone.code(phone.owner);
    let replaced = Err(Reason::Replaced { at: made.iat });

    synced.sync_fully().await;
    assert_eq!(synced.at_sampling(&old), replaced);
    alone.cut().await;
    assert_eq!(alone.at_sampling(&old), Ok(vec![]), "it cannot know");
    assert_eq!(alone.at_gate(&new).unwrap_err().id(), "wrong-place", "also where it is refused");
    assert_eq!(alone.at_sampling(&old), replaced);
    alone.reopen();
    assert_eq!(alone.at_sampling(&old), replaced);
    assert_eq!(alone.at_sampling(&new), Ok(vec![]));
}

#[tokio::test]
async fn the_older_its_knowledge_the_less_a_station_says() {
    let city = City::new().await;
    let phone = city.phone(&MOTHER).await;
    let mut post = city.post("3 号台").await;
    let not_checked = Caution::ValidityNotChecked;
    let live = || phone.live(phone.owner);
    let code = phone.code(phone.owner);
    assert_eq!(post.at_gate(&live()), Err(Reason::NotReady));
    assert_eq!(post.at_sampling(&live()), Ok(vec![not_checked.clone()]));
    assert_eq!(post.at_sampling(&code), Ok(vec![not_checked.clone()]));

    post.sync_fully().await;
    let as_of = city.clock.now();
    post.cut().await;
    assert_eq!(post.at_gate(&live()), Ok(vec![]));
    city.clock.pass(2 * 3600 + 1);
    post.reopen();
    let old = |age_seconds| Caution::KnowledgeOld { as_of, age_seconds };
    assert_eq!(post.at_gate(&live()), Ok(vec![old(7201)]));
    assert_eq!(post.at_sampling(&code), Ok(vec![old(7201)]));

    city.clock.pass(DAY + 3600 - 7201);
    phone.refreshed().await;
    assert_eq!(post.at_gate(&live()), Err(Reason::KnowledgeTooOld { at: as_of }));
    assert_eq!(post.at_sampling(&live()), Ok(vec![not_checked.clone(), old(DAY + 3600)]));
    assert_eq!(post.at_sampling(&code), Ok(vec![not_checked, old(DAY + 3600)]));

    post.restore();
    post.sync_fully().await;
    assert_eq!(post.at_gate(&live()), Ok(vec![]));
}
