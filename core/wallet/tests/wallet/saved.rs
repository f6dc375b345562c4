//! A picture from the album is what this phone knows of it, and nobody is asked.

use suima_client::wire::{NucleicAcid, RegenerateResponse, Regeneration, path};
use suima_code::{Reason, Slot, StaticCode, StaticKind, end_of_last_day, qr};
use suima_wallet::{Action, Error, SavedCheck};

use crate::support::{
    CHILD, MOTHER, NOW, Phone, THIRTY_DAYS, answer, lost, made, masked, unchanged,
};

#[test]
fn of_two_that_followed_a_picture_the_first_replaced_it() {
    let phone = Phone::new();
    let city = &phone.city;
    let first = city.one_code(MOTHER, NOW.plus(-500));
    let second = city.regenerated(MOTHER, &first, made(NOW.plus(-200), "李梅", false, true));
    let third = city.regenerated(MOTHER, &second, made(NOW.plus(-100), "王强", false, true));
    let wallet = phone.enrol(third);
    for (old, at, by) in [(first, -200, "李梅"), (second, -100, "王强")] {
        let check = wallet.check_saved(&old.current.unwrap().text).unwrap();
        let by = Some(by.to_owned());
        assert_eq!(check, SavedCheck::Replaced { slot: MOTHER, at: NOW.plus(at), by });
    }
}

#[test]
fn each_picture_is_told_for_what_it_is() {
    let phone = Phone::new();
    let city = &phone.city;
    let first = city.one_code(MOTHER, NOW.plus(-500));
    let by_father = made(NOW.plus(-100), "王强", false, true);
    let mut codes = city.regenerated(MOTHER, &first, by_father);
    let next = made(NOW, "李梅", true, false);
    codes.successor = Some(city.code(MOTHER, next, Some(THIRTY_DAYS)));
    let wallet = phone.enrol(codes.clone());
    wallet.close().unwrap();
    let wallet = phone.open_offline();
    let check = |text: &str| wallet.check_saved(text).unwrap();
    let text = |code: Option<suima_client::wire::IssuedCode>| code.unwrap().text;

    let current = text(codes.current);
    let name = "李梅".to_owned();
    let expected = SavedCheck::Current {
        slot: MOTHER,
        name: name.clone(),
        until: THIRTY_DAYS,
        doubt: None,
        as_of: NOW,
        old: false,
    };
    assert_eq!(check(&current), expected);
    assert!(expected.sentence().zh.contains("有效至2026-12-21"));

    let successor = text(codes.successor);
    let until = end_of_last_day(THIRTY_DAYS, 30);
    let expected = SavedCheck::Successor {
        slot: MOTHER,
        name,
        from: THIRTY_DAYS,
        until,
        doubt: None,
        as_of: NOW,
        old: false,
    };
    assert_eq!(check(&successor), expected);

    let old = text(first.current);
    let by = Some("王强".to_owned());
    let expected = SavedCheck::Replaced { slot: MOTHER, at: NOW.plus(-100), by };
    assert_eq!(check(&old), expected);
    assert!(expected.sentence().zh.contains("被王强生成的新码替换"));

    let newer = city.code(MOTHER, made(NOW.plus(50), "王强", false, true), None).text;
    assert_eq!(check(&newer), SavedCheck::NotKnown { slot: MOTHER });

    let childs = text(city.one_code(CHILD, NOW).current);
    assert_eq!(check(&childs), SavedCheck::NotYours, "the child is listed and not held");
    let strangers = StaticCode {
        kind: StaticKind::NucleicAcid,
        slot: Slot(33),
        name: masked(CHILD),
        birth_year: 2000,
        iat: NOW,
        nbf: None,
        exp: THIRTY_DAYS,
    };
    assert_eq!(check(&city.static_code(&strangers)), SavedCheck::NotYours);
    let paper = StaticCode { kind: StaticKind::Paper, slot: MOTHER, ..strangers };
    assert_eq!(check(&city.static_code(&paper)), SavedCheck::NotSaved);
    assert_eq!(check(&wallet.show_live(MOTHER).unwrap().text), SavedCheck::NotSaved);

    let refused = |reason| SavedCheck::Refused { reason };
    assert_eq!(check("https://example.org"), refused(Reason::NotACode));
    assert_eq!(check("SM2:00"), refused(Reason::NewerFormat));
    let altered =
        current.replacen(&current[60..61], if &current[60..61] == "0" { "1" } else { "0" }, 1);
    assert_eq!(check(&altered), refused(Reason::Altered));

    phone.platform.pass_until(THIRTY_DAYS);
    assert_eq!(check(&current), SavedCheck::Expired { slot: MOTHER, at: THIRTY_DAYS });
    assert!(matches!(check(&successor), SavedCheck::Current { .. }));
}

#[test]
fn old_knowledge_is_said_with_its_date() {
    let phone = Phone::new();
    let mut codes = phone.city.one_code(MOTHER, NOW);
    codes.successor =
        Some(phone.city.code(MOTHER, made(NOW, "李梅", true, false), Some(THIRTY_DAYS)));
    let wallet = phone.enrol(codes.clone());
    let said = |code: &Option<suima_client::wire::IssuedCode>| {
        wallet.check_saved(&code.as_ref().unwrap().text).unwrap().sentence()
    };

    // The city's policy has knowledge said once it is older than two hours.
    phone.platform.pass_until(NOW.plus(7200));
    for code in [&codes.current, &codes.successor] {
        assert!(said(code).zh.starts_with("这是李梅"), "{}", said(code).zh);
    }
    phone.platform.pass_until(NOW.plus(7201));
    for code in [&codes.current, &codes.successor] {
        assert!(said(code).zh.starts_with("截至2026-11-22 "), "{}", said(code).zh);
        assert!(said(code).en.starts_with("As known on 2026-11-22 "), "{}", said(code).en);
    }
}

#[test]
fn a_code_in_doubt_is_not_called_the_current_one() {
    let phone = Phone::new();
    let mut codes: NucleicAcid = phone.city.one_code(MOTHER, NOW);
    codes.successor =
        Some(phone.city.code(MOTHER, made(NOW.plus(1), "李梅", true, false), Some(THIRTY_DAYS)));
    let wallet = phone.enrol(codes.clone());
    let confirm = wallet.warning(MOTHER).unwrap().confirm;
    phone.post.next(path::REGENERATE, lost());
    phone.run(wallet.regenerate(confirm)).unwrap();
    let checked = wallet.check_saved(&codes.current.unwrap().text).unwrap();
    assert!(matches!(checked, SavedCheck::Current { doubt: Some(_), .. }), "{checked:?}");
    assert!(checked.sentence().zh.contains("可能已作废"));
    let checked = wallet.check_saved(&codes.successor.unwrap().text).unwrap();
    assert!(matches!(checked, SavedCheck::Successor { doubt: Some(_), .. }), "{checked:?}");
    assert!(checked.sentence().zh.contains("可能已作废"));
}

#[test]
fn a_code_in_doubt_is_shown_and_not_saved() {
    let phone = Phone::new();
    let codes = phone.city.one_code(MOTHER, NOW);
    let wallet = phone.enrol(codes.clone());
    let confirm = wallet.warning(MOTHER).unwrap().confirm;
    phone.post.next(path::REGENERATE, lost());
    phone.run(wallet.regenerate(confirm)).unwrap();
    assert!(wallet.show_nucleic_acid(MOTHER).unwrap().doubt.is_some());
    let error = wallet.saved_picture(MOTHER).unwrap_err();
    assert!(matches!(error, Error::InDoubt { since: NOW }), "{error}");
    assert_eq!(error.action(), Action::GoOnline);
    assert!(error.sentence().zh.contains("暂不能保存"));

    let outcome = Regeneration::TooLate;
    let settled = RegenerateResponse { time: NOW, outcome, nucleic_acid: codes };
    phone.post.next(path::REGENERATE, answer(&settled));
    phone.post.next(path::REFRESH, unchanged(NOW));
    phone.run(wallet.refresh()).unwrap();
    assert!(wallet.saved_picture(MOTHER).is_ok());
}

#[test]
fn the_saved_picture_shows_the_code() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let text = wallet.show_nucleic_acid(MOTHER).unwrap().text;
    let drawn = qr::Drawing::new(&text, qr::Medium::Screen).unwrap();
    assert!(drawn.version() <= 7);
    let picture = wallet.saved_picture(MOTHER).unwrap();
    // Width and height stand at the bytes 16 to 24 of a PNG file.
    let side = u32::from_be_bytes(picture[16..20].try_into().unwrap());
    assert_eq!(side as usize, (drawn.width() + 8) * 12);
    assert_eq!(qr::read_picture(&picture).unwrap(), text);
}
