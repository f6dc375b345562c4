//! Who holds whose code, ending that, and learning that it was ended.

use suima_client::wire::{
    Eligibility, EndResponse, Holder, Paper, PaperCode, Person, ProblemId, path,
};
use suima_code::{HoldingNumber, Policy, StaticKind};
use suima_wallet::{Error, News, Novelty, Regenerated, Wallet};

use crate::support::{
    CHILD, CHILDS_HOLDING, GRANDMOTHER, MOTHER, MOTHERS_HOLDING, NOW, Phone, answer, everything,
    lost, made, problem, unchanged,
};

const FATHERS: HoldingNumber = HoldingNumber(900);

fn father() -> Holder {
    Holder { holding: FATHERS, name: "王强".to_owned(), since: NOW, this_device: false }
}

fn mother() -> Holder {
    Holder { holding: CHILDS_HOLDING, name: "李梅".to_owned(), since: NOW, this_device: true }
}

fn paper() -> Paper {
    let code = PaperCode {
        iat: NOW.plus(-86_400),
        exp: NOW.plus(179 * 86_400),
        serial: "0123-4567-89AB".to_owned(),
        by: "王强".to_owned(),
        place: "市民中心3号机".to_owned(),
    };
    Paper { current: Some(code), eligibility: Eligibility::Minor, reported_lost: None }
}

fn held_by(phone: &Phone, holders: Vec<Holder>) -> Vec<Person> {
    let mut people = phone.both();
    people[1].holders = holders;
    people[1].paper = Some(paper());
    people
}

fn known(phone: &Phone) -> std::sync::Arc<Wallet> {
    let wallet = phone.enrol_family();
    phone.next_refresh(held_by(phone, vec![father(), mother()]), |_| ());
    phone.run(wallet.refresh()).unwrap();
    phone.post.received();
    wallet
}

fn whats(news: &[News]) -> Vec<&Novelty> {
    news.iter().map(|news| &news.what).collect()
}

#[test]
fn holders_are_shown_without_a_network_to_whoever_is_told_of_them() {
    let phone = Phone::new();
    known(&phone).close().unwrap();
    let wallet = phone.open_offline();
    let holders = wallet.holders(CHILD).unwrap();
    let said: Vec<_> = holders.iter().map(|one| (&*one.name, one.this_device)).collect();
    assert_eq!(said, [("王强", false), ("李梅", true)]);
    assert_eq!(holders[0].sentence.zh, "王强自2026-11-22 09:00起持有此码。");
    assert_eq!(wallet.holders(MOTHER).unwrap(), []);
    assert!(matches!(wallet.holders(GRANDMOTHER), Err(Error::NotListed { .. })));
    assert_eq!(wallet.history(CHILD).unwrap(), [made(NOW, "李梅", true, false)]);
}

#[test]
fn ending_a_holding_offers_to_regenerate_what_the_other_may_have_kept() {
    let phone = Phone::new();
    let wallet = known(&phone);
    let asked = wallet.end_warning(CHILD, FATHERS).unwrap();
    assert!(asked.zh.starts_with("王强手机上王小明的随申码将停用"), "{}", asked.zh);
    let left = held_by(&phone, vec![mother()]).remove(1);
    phone.post.next(path::END, answer(&EndResponse { time: NOW, person: Some(left) }));
    let ended = phone.run(wallet.end_holding(CHILD, FATHERS)).unwrap();
    assert!(ended.sentence.zh.contains("王强"), "{}", ended.sentence.zh);
    let [picture, print] = &ended.offers[..] else { panic!("{ended:?}") };
    assert_eq!((picture.kind, picture.iat), (StaticKind::NucleicAcid, NOW));
    assert!(picture.sentence.zh.contains("王小明2026-11-22制的核酸码图片"), "{picture:?}");
    assert_eq!((print.kind, print.confirm), (StaticKind::Paper, None));
    assert!(print.sentence.zh.contains("2026-11-21制的离线码"), "{print:?}");
    let sent = &phone.post.received()[0].body;
    assert_eq!(sent, &serde_json::json!({"slot": CHILD, "holding": FATHERS}));
    assert_eq!(wallet.holders(CHILD).unwrap().len(), 1);

    // The offer is taken as it is.
    let codes = phone.city.one_code(CHILD, NOW);
    let new = made(NOW.plus(1), "李梅", true, true);
    let nucleic_acid = phone.city.regenerated(CHILD, &codes, new.clone());
    let outcome = suima_client::wire::Regeneration::Made { iat: new.iat };
    let made = suima_client::wire::RegenerateResponse { time: NOW, outcome, nucleic_acid };
    phone.post.next(path::REGENERATE, answer(&made));
    let regenerated = phone.run(wallet.regenerate(picture.confirm.unwrap())).unwrap();
    assert!(matches!(regenerated, Regenerated::Made { .. }), "{regenerated:?}");
    assert!(matches!(phone.run(wallet.end_holding(CHILD, FATHERS)), Err(Error::NoSuchHolding)));
}

#[test]
fn whoever_gives_up_a_relatives_code_is_rid_of_it_and_is_not_told_as_news() {
    let phone = Phone::new();
    let wallet = known(&phone);
    let number = wallet.family().unwrap()[1].holding.unwrap();
    assert_eq!(number, CHILDS_HOLDING);
    assert!(wallet.end_warning(CHILD, number).unwrap().zh.contains("从本机移除王小明"));
    let left = phone.mother_with(phone.city.one_code(MOTHER, NOW)).remove(1);
    phone.post.next(path::END, answer(&EndResponse { time: NOW, person: Some(left) }));
    let ended = phone.run(wallet.end_holding(CHILD, number)).unwrap();
    assert_eq!(ended.offers, []);
    assert!(matches!(wallet.show_live(CHILD), Err(Error::NotHeld { .. })));
    let people = phone.mother_with(phone.city.one_code(MOTHER, NOW));
    phone.next_refresh(people, |_| ());
    assert_eq!(phone.run(wallet.refresh()).unwrap().news, []);
}

#[test]
fn the_end_of_a_holding_outlives_a_lost_answer() {
    let phone = Phone::new();
    let wallet = known(&phone);
    phone.post.next(path::END, lost());
    assert!(matches!(
        phone.run(wallet.end_holding(CHILD, CHILDS_HOLDING)),
        Err(Error::NoAnswer { .. })
    ));
    wallet.close().unwrap();

    // It was executed; the issuer fails to say so, and then says what there is: that is no news to whoever wanted it.
    let wallet = phone.open();
    phone.post.next(path::END, problem(ProblemId::Internal, NOW));
    let mut people = phone.both();
    people.truncate(1);
    phone.post.next(path::REFRESH, answer(&everything(NOW, people)));
    assert_eq!(phone.run(wallet.refresh()).unwrap().news, []);
    let [first, second, _] = &phone.post.received()[..] else { panic!() };
    assert_eq!(first.idempotency_key, second.idempotency_key);
    assert_eq!(first.body, second.body);
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    phone.post.all_used();
}

#[test]
fn nobody_ends_their_own_code_on_their_own_phone() {
    let phone = Phone::new();
    let wallet = known(&phone);
    let ended = phone.run(wallet.end_holding(MOTHER, MOTHERS_HOLDING));
    assert!(matches!(ended, Err(Error::NoSuchHolding)));
    assert!(phone.post.received().is_empty());
}

#[test]
fn an_end_that_takes_oneself_away_is_a_bad_answer() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let mut people = phone.both();
    people[0].holders = vec![father()];
    phone.next_refresh(people, |_| ());
    phone.run(wallet.refresh()).unwrap();
    phone.post.next(path::END, answer(&EndResponse { time: NOW, person: None }));
    assert!(matches!(phone.run(wallet.end_holding(MOTHER, FATHERS)), Err(Error::BadAnswer(_))));
    assert!(wallet.show_live(MOTHER).is_ok());
    assert_eq!(wallet.holders(MOTHER).unwrap().len(), 1);
}

#[test]
fn who_began_and_ceased_to_hold_the_users_own_code_is_told() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let held_by = |holders| {
        let mut people = phone.both();
        people[0].holders = holders;
        people
    };
    phone.next_refresh(held_by(vec![father()]), |_| ());
    phone.run(wallet.refresh()).unwrap();
    let aunt = Holder {
        holding: HoldingNumber(901),
        name: "李兰".to_owned(),
        since: NOW,
        this_device: false,
    };
    phone.next_refresh(held_by(vec![aunt.clone()]), |_| ());
    let news = phone.run(wallet.refresh()).unwrap().news;
    assert_eq!(whats(&news), [&Novelty::HeldBy(aunt), &Novelty::NotHeldBy(father())]);
    assert!(news.iter().all(|news| news.slot == MOTHER && news.sentence().zh.contains("李梅")));
    phone.next_refresh(held_by(Vec::new()), |body| body.people = None);
    assert_eq!(phone.run(wallet.refresh()).unwrap().news, [], "told once");
}

#[test]
fn a_holding_that_others_ended_is_told_with_what_is_known_of_the_reason() {
    let with_grandmother = |phone: &Phone| {
        let wallet = phone.enrol_family();
        phone.post.next(path::REDEEM, phone.redeemed());
        phone.run(wallet.redeem("48151623")).unwrap();
        wallet
    };
    let alone = |phone: &Phone| {
        let mut people = phone.both();
        people.truncate(1);
        people
    };
    let phone = Phone::new();
    let wallet = with_grandmother(&phone);
    phone.next_refresh(alone(&phone), |_| ());
    let news = phone.run(wallet.refresh()).unwrap().news;
    assert_eq!(whats(&news), [&Novelty::NoLongerListed, &Novelty::ConsentWithdrawn]);
    assert_eq!(news[1].name, "王秀英");

    // Where one is of age at twelve, the child of 2014 has come of age in 2026.
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let mut policy = Policy::standard(2, NOW);
    policy.limits.adult_age = 12;
    phone.next_refresh(alone(&phone), |body| body.policy = Some(phone.city.sign_policy(&policy)));
    let news = phone.run(wallet.refresh()).unwrap().news;
    assert_eq!(whats(&news), [&Novelty::CameOfAge]);
    assert!(news[0].sentence().zh.starts_with("王小明已成年"));

    // Still a child, and may be held again.
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.next_refresh(phone.mother_with(phone.city.one_code(MOTHER, NOW)), |_| ());
    let news = phone.run(wallet.refresh()).unwrap().news;
    assert_eq!(whats(&news), [&Novelty::HoldingEnded]);
    assert!(wallet.family().unwrap().iter().any(|person| person.slot == CHILD && !person.held));
}
