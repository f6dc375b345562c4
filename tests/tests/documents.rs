//! People whom the register knows by a passport or a travel permit, and a child without any document: at every place.

use suima_client::wire::{Confirmed, Conflict, Relation};
use suima_code::Slot;
use suima_issuer::{Progress, Shown, Wanted};
use suima_station::{Finding, Registered, Registration, Signal};
use suima_tests::city::{City, Phone, Post};

const COLUMNS: &str =
    "id_number,name,birth_date,document,country,number,replaces,guardian,relation\n";

fn import(city: &City, lines: &str) {
    let report = city.issuer.import_register(format!("{COLUMNS}{lines}").as_bytes()).unwrap();
    assert!(report.refused.is_empty(), "{report}");
}

/// Anna with a British passport, and her child, three weeks old, who has no number yet.
fn anna_and_her_child(city: &City) -> Slot {
    import(
        city,
        ",Anna Maria Smith,1985-06-07,passport,GBR,537482901,,,\n\
         ,Tom Smith,2026-11-01,,,,,537482901,parent\n",
    );
    city.issuer.with_document("537482901").unwrap()[0]
}

async fn phone(city: &City, owner: Slot) -> Phone {
    let phone = city.new_phone(owner, city.clock.clone()).await;
    phone.enrol(&city.issuer.activation_code(owner).unwrap()).await.unwrap();
    phone
}

async fn at_work(city: &City, name: &str) -> Post {
    let post = city.synced_post(name).await;
    post.open_session("人民广场", "0417").unwrap();
    post
}

fn child_of(phone: &Phone) -> Slot {
    let family = phone.family().unwrap();
    family.iter().find(|one| one.relation == Relation::Child).expect("a child").slot
}

fn by_hand(post: &Post, name: &str, document: &str) -> Registered {
    match post.register_by_hand(name, Some(document), "13800000000").unwrap() {
        Registration::Registered(registered) => registered,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whoever_has_a_passport_or_no_document_shows_codes_like_anybody_else() {
    let city = City::empty().await;
    let anna = phone(&city, anna_and_her_child(&city)).await;
    let child = child_of(&anna);
    anna.hold(child).await.unwrap();
    let (mut tent, gate, door) = (
        at_work(&city, "3 号台").await,
        city.synced_post("东门").await,
        at_work(&city, "图书馆").await,
    );
    for slot in [anna.owner, child] {
        let live = anna.live(slot);
        for view in [gate.gate(&live).unwrap(), door.check(&live).unwrap()] {
            assert_eq!((view.finding, view.signal), (Finding::Accepted, Signal::Admit));
        }
        let view = gate.gate(&anna.code(slot)).unwrap();
        assert_eq!(view.signal, Signal::Refuse, "a sampling code");
    }
    tent.cut().await;
    tent.open_tube("SH-0001", 10).unwrap();
    tent.registered(&anna.code(anna.owner));
    tent.registered(&anna.live(child));
    tent.restore();
    assert_eq!(tent.upload().await.unwrap().conflicts, []);
    let bound = city.issuer.registrations().unwrap();
    let slots: Vec<_> = bound.iter().map(|one| one.slot).collect();
    assert_eq!(slots, [Some(anna.owner), Some(child)]);
}

#[tokio::test]
async fn a_passport_that_is_written_down_by_hand_is_found_at_the_upload_also_a_renewed_one() {
    let city = City::empty().await;
    let slot = anna_and_her_child(&city);
    let anna = phone(&city, slot).await;
    let renewed = ",Anna Maria Smith,1985-06-07,passport,GBR,622222222,537482901,,\n";
    import(&city, renewed);
    let mut tent = at_work(&city, "3 号台").await;
    tent.cut().await;
    tent.open_tube("SH-0001", 10).unwrap();
    let code = tent.registered(&anna.code(slot));
    let passport = by_hand(&tent, "ANNA MARIA SMITH", "6222 22222");
    // The number alone finds nobody, and neither does the one that was replaced: names are compared too.
    let namesake = by_hand(&tent, "Eve Jones", "622222222");
    let replaced = by_hand(&tent, "Anna Maria Smith", "537482901");
    tent.restore();
    let uploaded = tent.upload().await.unwrap();
    let told: Vec<_> =
        uploaded.conflicts.iter().map(|one| (one.conflict, &*one.entry, &*one.with)).collect();
    assert_eq!(told, [(Conflict::PersonTwiceInTube, &*passport.entry, &*code.entry)]);
    let bound = city.issuer.registrations().unwrap();
    let who = |entry: &str| {
        let one = bound.iter().find(|one| one.id == entry).expect("nothing is dropped");
        assert!(matches!(one.shown, Shown::ByHand { .. }));
        one.slot
    };
    assert_eq!(who(&passport.entry), Some(slot));
    assert_eq!((who(&namesake.entry), who(&replaced.entry)), (None, None));
}

#[tokio::test]
async fn a_parent_with_a_passport_has_a_paper_code_printed_for_a_child_without_a_number() {
    let city = City::empty().await;
    let anna = phone(&city, anna_and_her_child(&city)).await;
    let (child, desks) = (child_of(&anna), city.issuer.desks());
    let desk = desks.open("Firefox").unwrap();
    let shown = desks.log_in(&desk).unwrap();
    let view = anna.challenge(&shown.text).await.unwrap();
    assert_eq!(anna.confirm(&view, true).await.unwrap().outcome, Confirmed::Done);
    let shown = desks.ask(&desk, &Wanted::ApplyPaper { slot: child }).unwrap();
    let view = anna.challenge(&shown.text).await.unwrap();
    assert!(view.question.zh.contains("Tom Smith"), "{:?}", view.question);
    assert_eq!(anna.confirm(&view, true).await.unwrap().outcome, Confirmed::Done);
    let Progress::Done { ticket: Some(ticket), .. } = desks.progress(&desk).unwrap() else {
        panic!("a sheet")
    };
    let [card] = &desks.sheet(&desk, &ticket).unwrap().unwrap()[..] else { panic!("one card") };

    let tent = at_work(&city, "3 号台").await;
    tent.open_tube("SH-0001", 10).unwrap();
    let registered = tent.registered(&card.text);
    assert_eq!(registered.person.birth_year, Some(2026));
    assert_eq!(registered.person.name, card.masked_name.as_str());
    assert_eq!(tent.gate(&card.text).unwrap().signal, Signal::Refuse);
    // There is no ID card to compare it with: at a door the child passes by the parent's phone.
    assert_eq!(tent.check(&card.text).unwrap().finding, Finding::NeedsIdCard);
    anna.hold(child).await.unwrap();
    assert_eq!(tent.check(&anna.live(child)).unwrap().signal, Signal::Admit);
}
