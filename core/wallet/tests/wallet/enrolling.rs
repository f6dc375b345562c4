//! What enrolling ends is asked for before and told after (R9).

use suima_client::wire::path;
use suima_wallet::Novelty;

use crate::support::{MOTHER, NOW, Phone, unchanged};

#[test]
fn before_enrolling_it_is_said_what_that_ends() {
    let phone = Phone::new();
    let warning = phone.open().enrol_warning().unwrap();
    assert!(warning.zh.contains("您的旧手机及其中的亲属码即停用"), "{}", warning.zh);
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let warning = wallet.enrol_warning().unwrap();
    assert!(warning.zh.contains("本机现有的随申码和亲属码即停用"), "{}", warning.zh);
}

#[test]
fn the_phone_that_an_enrolment_ended_is_told_of_once() {
    let phone = Phone::new();
    let wallet = phone.open();
    let earlier = Some(NOW.plus(-86_400));
    let codes = || phone.city.one_code(MOTHER, NOW);
    phone.post.next(path::ENROL, phone.enrolment_ending(earlier, codes()));
    phone.run(wallet.enrol("ABCD-1234")).unwrap();
    wallet.close().unwrap();

    let wallet = phone.open();
    phone.post.next(path::REFRESH, unchanged(NOW));
    let [news] = &phone.run(wallet.refresh()).unwrap().news[..] else { panic!() };
    assert_eq!(
        (news.slot, &news.what),
        (MOTHER, &Novelty::EarlierPhoneEnded { enrolled: NOW.plus(-86_400) },)
    );
    assert!(news.sentence().zh.starts_with("您2026-11-21 09:00开通的旧手机"));

    // This very phone, enrolled anew, is no other phone.
    phone.post.next(path::ENROL, phone.enrolment_ending(Some(NOW), codes()));
    phone.run(wallet.enrol("EFGH-5678")).unwrap();
    phone.post.next(path::REFRESH, unchanged(NOW));
    assert_eq!(phone.run(wallet.refresh()).unwrap().news, []);
}
