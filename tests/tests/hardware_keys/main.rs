//! Keys in signing hardware, from the enrolment to the door (design, section 5).

mod enclave;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use suima_client::wire::path;
use suima_code::qr::{Drawing, Medium};
use suima_code::{Place, Slot};
use suima_station::{Finding, Signal};
use suima_tests::city::{City, Post, decided};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, DAUGHTER, FATHER, MOTHER};
use suima_wallet::{Action, Error, Regenerated, Wallet, WipeReason};
use tokio::runtime::Handle;

use enclave::{Act, Phone};

const PLACES: [Place; 3] = [Place::Sampling, Place::Gate, Place::ManualCheck];

async fn door(city: &City) -> Post {
    let post = city.synced_post("3 号楼").await;
    post.open_session("3 号楼大厅", "0417").unwrap();
    post
}

/// A live code passes everywhere, with nothing to be said about it, and fits on a screen.
#[track_caller]
fn passes_everywhere(post: &Post, text: &str) {
    for place in PLACES {
        assert_eq!(decided(post, text, place), Ok(vec![]), "{place:?}");
    }
    let view = post.check(text).unwrap();
    assert_eq!((view.finding, view.signal), (Finding::Accepted, Signal::Admit));
    assert!(Drawing::new(text, Medium::Screen).unwrap().version() <= 12);
}

fn unavailable<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    match outcome {
        Err(error @ Error::SignerUnavailable { .. }) => {
            assert_eq!(error.action(), Action::TryAgain);
        }
        other => panic!("{other:?}"),
    }
}

fn keys_gone<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    match outcome {
        Err(error @ Error::KeysGone) => assert_eq!(error.action(), Action::Enrol),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn codes_signed_in_hardware_are_taken_at_all_places_also_from_a_closed_process() {
    let city = City::new().await;
    let post = door(&city).await;
    let mut mother = Phone::new(&city, &MOTHER).await;
    let child = city.slot(&CHILD);
    assert_eq!(mother.enclave.keys(), 2, "the phone's and that of the mother's holding");
    mother.hold(child).await.unwrap();
    mother.hold(child).await.unwrap();
    assert_eq!(mother.enclave.keys(), 3);
    mother.refresh().await.unwrap();

    mother.enclave.signers();
    for _ in 0..2 {
        let (own, relative) = (mother.live(mother.owner), mother.live(child));
        assert_eq!(mother.enclave.signers(), 2, "a key per holding");
        city.clock.pass(10);
        for text in [own, relative] {
            passes_everywhere(&post, &text);
        }
        mother.line.cut().await.unwrap();
        assert_eq!(mother.reopen(), None);
    }
    mother.line.restore().unwrap();

    let agreed = mother.warning(child).unwrap().confirm;
    let Regenerated::Made { view } = mother.regenerate(agreed).await.unwrap() else { panic!() };
    assert_eq!(post.at_sampling(&view.text), Ok(vec![]));
    assert_eq!(mother.refresh().await.unwrap().unclaimed, []);
    assert_eq!(mother.enclave.keys(), 3);
}

#[tokio::test]
async fn while_the_signer_is_unavailable_nothing_changes() {
    let city = City::new().await;
    let post = door(&city).await;
    let mut mother = Phone::not_enrolled(&city, &MOTHER).await;
    let (code, child) = (mother.activation(&city), city.slot(&CHILD));
    mother.enclave.unavailable(&[Act::Create]);
    unavailable(mother.enrol(&code).await);
    mother.enclave.unavailable(&[Act::Sign]);
    unavailable(mother.enrol(&code).await);
    mother.reopen();
    unavailable(mother.enrol(&code).await);
    assert_eq!(mother.enclave.keys(), 2, "those of the first attempt");
    mother.enclave.unavailable(&[]);
    mother.enrol(&code).await.unwrap();
    assert_eq!(mother.enclave.keys(), 2);

    let before = mother.status().unwrap();
    mother.enclave.unavailable(&[Act::Sign]);
    unavailable(mother.show_live(mother.owner));
    unavailable(mother.refresh().await);
    unavailable(mother.hold(child).await);
    let agreed = mother.warning(mother.owner).unwrap().confirm;
    unavailable(mother.regenerate(agreed).await);
    mother.enclave.unavailable(&[Act::Create]);
    unavailable(mother.hold(city.slot(&DAUGHTER)).await);
    assert_eq!(mother.status().unwrap(), before, "no doubt, and still enrolled");
    assert_eq!(mother.reopen(), None);

    mother.enclave.unavailable(&[]);
    passes_everywhere(&post, &mother.live(mother.owner));
    mother.hold(child).await.unwrap();
    assert_eq!(mother.enclave.keys(), 3, "the child's is that of the first attempt");
    passes_everywhere(&post, &mother.live(child));
}

#[tokio::test]
async fn what_is_no_signature_of_the_key_leaves_the_phone_neither_in_a_request_nor_in_a_code() {
    let city = City::new().await;
    let mother = Phone::new(&city, &MOTHER).await;
    for garbage in [&[][..], &[0x30, 0x06, 2, 1, 1, 2, 1, 1], &[1; 64], &[0; 64]] {
        mother.enclave.gives(Some(garbage));
        unavailable(mother.show_live(mother.owner));
        unavailable(mother.refresh().await);
    }
    mother.enclave.gives(None);
    mother.refresh().await.unwrap();
}

#[tokio::test]
async fn keys_that_are_gone_for_good_empty_the_wallet_which_says_so_and_is_enrolled_anew() {
    let city = City::new().await;
    let post = door(&city).await;
    let mut mother = Phone::new(&city, &MOTHER).await;
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    // The child's is lost, and the phone's own survives.
    mother.enclave.lose(3);
    passes_everywhere(&post, &mother.live(mother.owner));
    keys_gone(mother.show_live(child));
    assert_eq!(mother.enclave.keys(), 0, "the others are of no more use");
    let emptied = |mother: &Phone| {
        keys_gone(mother.family());
        keys_gone(mother.show_nucleic_acid(mother.owner));
        let status = mother.status().unwrap();
        assert!(!status.enrolled && status.ended.is_none());
        assert!(status.notices.contains(&Error::KeysGone.sentence()), "{:?}", status.notices);
    };
    emptied(&mother);
    keys_gone(mother.refresh().await);
    for _ in 0..2 {
        assert_eq!(mother.reopen(), Some(WipeReason::KeyGone));
        emptied(&mother);
    }

    mother.enrol(&mother.activation(&city)).await.unwrap();
    assert_eq!(mother.reopen(), None);
    assert_eq!((mother.held(), mother.enclave.keys()), (vec![mother.owner], 2));
    mother.hold(child).await.unwrap();
    post.sync_fully().await;
    for slot in mother.held() {
        passes_everywhere(&post, &mother.live(slot));
    }

    mother.enclave.lose_everything();
    keys_gone(mother.refresh().await);
    emptied(&mother);
}

#[tokio::test]
async fn an_enrolment_whose_new_key_is_gone_costs_the_enrolled_phone_nothing() {
    let city = City::new().await;
    let post = door(&city).await;
    let mother = Phone::new(&city, &MOTHER).await;
    let code = mother.activation(&city);
    mother.line.plan(path::ENROL, Mishap::RequestLost);
    assert!(matches!(mother.enrol(&code).await, Err(Error::NoAnswer { .. })));
    assert_eq!(mother.enclave.keys(), 4);
    mother.enclave.lose(3);
    unavailable(mother.enrol(&code).await);
    passes_everywhere(&post, &mother.live(mother.owner));
    mother.enrol(&code).await.unwrap();
    assert_eq!(mother.enclave.keys(), 2, "the earlier ones are removed");
    post.sync_fully().await;
    passes_everywhere(&post, &mother.live(mother.owner));
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_key() {
    let city = City::new().await;
    let post = door(&city).await;
    let mut mother = Phone::not_enrolled(&city, &MOTHER).await;
    let father = city.phone(&FATHER).await;
    let (code, child) = (mother.activation(&city), city.slot(&CHILD));
    mother.line.plan(path::ENROL, Mishap::AnswerLost);
    assert!(matches!(mother.enrol(&code).await, Err(Error::NoAnswer { .. })));
    mother.reopen();
    mother.enrol(&code).await.unwrap();
    mother.line.plan(path::HOLD, Mishap::AnswerLost);
    assert!(matches!(mother.hold(child).await, Err(Error::NoAnswer { .. })));
    mother.reopen();
    mother.hold(child).await.unwrap();
    mother.ask(&FATHER.id_number(), &FATHER.name).await.unwrap();
    father.refreshed().await;
    let [ask] = &father.asks().unwrap()[..] else { panic!() };
    let agreed = father.answer(&ask.id, true).await.unwrap().unwrap();
    mother.line.plan(path::REDEEM, Mishap::AnswerLost);
    assert!(matches!(mother.redeem(agreed.digits()).await, Err(Error::NoAnswer { .. })));
    mother.reopen();
    assert_eq!(mother.redeem(agreed.digits()).await.unwrap(), father.owner);
    assert_eq!(mother.enclave.keys(), 4);
    for slot in [mother.owner, child, father.owner] {
        passes_everywhere(&post, &mother.live(slot));
    }
}

/// Gives up the child's code on this phone.
async fn give_up(wallet: &Wallet, child: Slot) {
    let family = wallet.family().unwrap();
    let holding = family.iter().find(|person| person.slot == child).unwrap().holding.unwrap();
    wallet.end_holding(child, holding).await.unwrap();
}

#[tokio::test]
async fn the_key_of_a_holding_that_ends_is_removed_at_once_or_as_soon_as_it_can_be() {
    let city = City::new().await;
    let mut mother = Phone::new(&city, &MOTHER).await;
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    give_up(&mother, child).await;
    assert_eq!(mother.enclave.keys(), 2);

    for by_refresh in [false, true] {
        mother.hold(child).await.unwrap();
        mother.enclave.unavailable(&[Act::Remove]);
        give_up(&mother, child).await;
        assert_eq!((mother.held(), mother.enclave.keys()), (vec![mother.owner], 3));
        mother.reopen();
        assert_eq!(mother.enclave.keys(), 3);
        mother.enclave.unavailable(&[]);
        if by_refresh {
            mother.refresh().await.unwrap();
        } else {
            mother.reopen();
        }
        assert_eq!(mother.enclave.keys(), 2);
    }

    // Another phone takes the place of this one.
    Phone::new(&city, &MOTHER).await;
    assert!(matches!(mother.refresh().await, Err(Error::DeviceEnded { .. })));
    assert_eq!(mother.enclave.keys(), 0);
}

#[tokio::test]
async fn a_wallet_with_keys_in_hardware_opens_with_its_signer_only_and_loses_nothing_otherwise() {
    let city = City::new().await;
    let post = door(&city).await;
    let mut mother = Phone::new(&city, &MOTHER).await;
    mother.close().unwrap();
    for _ in 0..2 {
        let error = mother.open(false).unwrap_err();
        assert!(matches!(error, Error::SignerMissing), "{error:?}");
        assert_eq!(error.action(), Action::Report);
    }
    assert_eq!(mother.reopen(), None);
    passes_everywhere(&post, &mother.live(mother.owner));
}

#[tokio::test]
async fn a_wallet_made_with_software_keys_goes_on_and_makes_new_ones_in_hardware() {
    let city = City::new().await;
    let post = door(&city).await;
    let mut mother = Phone::not_enrolled(&city, &MOTHER).await;
    let child = city.slot(&CHILD);
    mother.close().unwrap();
    let without = mother.open(false).unwrap().wallet;
    without.enrol(&mother.activation(&city)).await.unwrap();
    without.close().unwrap();

    assert_eq!(mother.reopen(), None);
    mother.refresh().await.unwrap();
    passes_everywhere(&post, &mother.live(mother.owner));
    assert_eq!((mother.enclave.keys(), mother.enclave.signers()), (0, 0));
    mother.hold(child).await.unwrap();
    passes_everywhere(&post, &mother.live(child));
    assert_eq!((mother.enclave.keys(), mother.enclave.signers()), (1, 1));
    mother.close().unwrap();
    assert!(matches!(mother.open(false), Err(Error::SignerMissing)));
    mother.reopen();
    give_up(&mother, child).await;
    mother.close().unwrap();
    passes_everywhere(
        &post,
        &mother.open(false).unwrap().wallet.show_live(mother.owner).unwrap().text,
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_another_call_gives_up_meanwhile_is_not_taken_for_a_lost_one() {
    let city = City::new().await;
    let post = door(&city).await;
    let mother = Phone::new(&city, &MOTHER).await;
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    let (wallet, runtime) = (Arc::clone(&mother.wallet), Handle::current());
    let begun = AtomicBool::new(false);
    mother.enclave.meanwhile(move || {
        if !begun.swap(true, Ordering::SeqCst) {
            let (wallet, runtime) = (Arc::clone(&wallet), runtime.clone());
            let other = thread::spawn(move || runtime.block_on(give_up(&wallet, child)));
            other.join().unwrap();
        }
    });
    let wallet = Arc::clone(&mother.wallet);
    let shown = tokio::task::spawn_blocking(move || wallet.show_live(child)).await.unwrap();
    assert!(matches!(shown, Err(Error::Busy)), "{shown:?}");
    assert!(matches!(mother.show_live(child), Err(Error::NotHeld { .. })));
    passes_everywhere(&post, &mother.live(mother.owner));
}

#[tokio::test]
async fn the_signer_is_asked_under_no_lock() {
    let city = City::new().await;
    let mother = Phone::new(&city, &MOTHER).await;
    let wallet = mother.wallet.clone();
    // Another thread writes and reads while the hardware takes its time.
    mother.enclave.meanwhile(move || {
        let (done, is_done) = mpsc::channel();
        let wallet = wallet.clone();
        thread::spawn(move || done.send(wallet.status().map(drop)));
        let answered = is_done.recv_timeout(Duration::from_secs(20));
        answered.expect("the store is not locked meanwhile").unwrap();
    });
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    mother.live(child);
    give_up(&mother, child).await;
    mother.refresh().await.unwrap();
    assert_eq!(mother.enclave.keys(), 2);
}
