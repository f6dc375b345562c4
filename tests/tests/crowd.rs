//! Two hundred phones at once.

use std::sync::Arc;

use suima_client::wire::path;
use suima_tests::city::City;
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, Resident};
use suima_tests::platform::{HandClock, SilentLog, ports};
use suima_wallet::{Config, Made, Regenerated, Resolved, Settled, Wallet};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const CROWD: u16 = 200;

/// A wallet straight at the issuer, as all of them are to arrive at the same moment.
async fn holder(city: Arc<City>, guardian: Resident) -> Arc<Wallet> {
    let config = Config { path: city.path(), endpoint: city.endpoint(), roots: city.roots.clone() };
    let ports = ports(&HandClock::clone(&city.clock), Arc::new(SilentLog));
    let wallet = Wallet::open(config, ports).unwrap().wallet;
    let code = city.issuer.activation_code(city.slot(&guardian)).unwrap();
    wallet.enrol(&code).await.unwrap();
    wallet.hold(city.slot(&CHILD)).await.unwrap();
    Arc::new(wallet)
}

/// As many guardians of one child.
fn guardians(city: &City, count: u16) -> Vec<Resident> {
    city.limits(|limits| limits.holders_per_relative = count.into());
    let guardians: Vec<Resident> = (1..=count).map(Resident::numbered).collect();
    city.enter(&guardians);
    for guardian in &guardians {
        city.relate(guardian, &CHILD, "guardian");
    }
    guardians
}

// The phones wait for their disks most of the time: many threads let them wait together.
#[tokio::test(flavor = "multi_thread", worker_threads = 16)]
async fn of_two_hundred_who_regenerate_one_code_at_once_one_makes_it_and_all_others_learn_who() {
    let city = Arc::new(City::new().await);
    let guardians = guardians(&city, CROWD);
    let child = city.slot(&CHILD);
    let holders = guardians.iter().map(|one| tokio::spawn(holder(Arc::clone(&city), one.clone())));
    let mut wallets = Vec::new();
    for holder in holders.collect::<Vec<_>>() {
        wallets.push(holder.await.unwrap());
    }
    let first = wallets[0].show_nucleic_acid(child).unwrap();
    city.clock.pass(60);

    let barrier = Arc::new(Barrier::new(wallets.len()));
    let mut crowd = JoinSet::new();
    for (index, wallet) in wallets.iter().enumerate() {
        let (wallet, barrier) = (Arc::clone(wallet), Arc::clone(&barrier));
        crowd.spawn(async move {
            let agreed = wallet.warning(child).unwrap().confirm;
            barrier.wait().await;
            (index, wallet.regenerate(agreed).await.unwrap())
        });
    }
    let outcomes = crowd.join_all().await;

    assert_eq!(city.valid_codes(child), 1);
    let winners: Vec<usize> = outcomes
        .iter()
        .filter(|(_, outcome)| matches!(outcome, Regenerated::Made { .. }))
        .map(|(index, _)| *index)
        .collect();
    let [winner] = winners[..] else { panic!("{winners:?}") };
    let theirs = wallets[winner].show_nucleic_acid(child).unwrap();
    assert_ne!(theirs.text, first.text);
    assert_eq!(
        (theirs.made.iat, theirs.made.by.as_str()),
        (city.clock.now(), &*guardians[winner].name)
    );
    for (index, outcome) in outcomes {
        let view = wallets[index].show_nucleic_acid(child).unwrap();
        let told = match outcome {
            Regenerated::Made { view } => view.made,
            Regenerated::Behind { current } => current.unwrap(),
            other => panic!("{other:?}"),
        };
        let truth = Made { by_this_device: index == winner, ..theirs.made.clone() };
        assert_eq!((told, &view.made), (truth.clone(), &truth));
        assert_eq!((view.text.as_str(), view.doubt), (theirs.text.as_str(), None));
        assert_eq!(wallets[index].status().unwrap().pending, []);
    }

    let post = city.synced_post("3 号台").await;
    assert_eq!(post.at_sampling(&theirs.text), Ok(vec![]));
    assert_eq!(post.at_sampling(&first.text).unwrap_err().id(), "replaced");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_crowd_whose_answers_are_all_lost_each_learns_the_truth_by_refreshing() {
    let city = City::new().await;
    let child = city.slot(&CHILD);
    let mut phones = Vec::new();
    for guardian in guardians(&city, 20) {
        let phone = city.phone(&guardian).await;
        phone.hold(child).await.unwrap();
        phone.plan(path::REGENERATE, Mishap::AnswerLost);
        phones.push(phone);
    }
    city.clock.pass(60);
    let mut crowd = JoinSet::new();
    for phone in phones {
        crowd.spawn(async move {
            let regenerated = phone.regenerate(phone.agreed(child)).await.unwrap();
            assert!(matches!(regenerated, Regenerated::Pending { .. }), "{regenerated:?}");
            assert!(phone.show_nucleic_acid(child).unwrap().doubt.is_some());
            phone
        });
    }
    let phones = crowd.join_all().await;
    assert_eq!(city.valid_codes(child), 1);

    let (mut makers, mut behind) = (Vec::new(), Vec::new());
    for phone in &phones {
        let resolved = phone.refreshed().await.resolved;
        let [Resolved { outcome, .. }] = &resolved[..] else { panic!("{resolved:?}") };
        match outcome.clone() {
            Settled::Made { made } => makers.push(made),
            Settled::Behind { current } => behind.push(current.unwrap()),
            other => panic!("{other:?}"),
        }
        assert_eq!(phone.show_nucleic_acid(child).unwrap().doubt, None);
        assert_eq!(phone.code(child), phones[0].code(child));
    }
    let [made] = &makers[..] else { panic!("{makers:?}") };
    assert!(made.by_this_device);
    let by_other = Made { by_this_device: false, ..made.clone() };
    assert_eq!(behind, vec![by_other; 19]);
}
