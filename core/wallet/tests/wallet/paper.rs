//! Paper codes as the phone sees them, and what others did to them.

use suima_client::wire::{
    AskedAct, AskingPlace, Challenge, ConfirmResponse, Confirmed, Eligibility, LossReport, Paper,
    PaperCode, Person, path,
};
use suima_code::UnixTime;
use suima_wallet::{Error, Novelty};

use crate::support::{CHILD, MOTHER, NOW, Phone, answer, everything};

fn code(iat: UnixTime) -> PaperCode {
    PaperCode {
        iat,
        exp: iat.plus(180 * 86_400),
        serial: "0123-4567-89AB".to_owned(),
        by: "王强".to_owned(),
        place: "市民中心3号机".to_owned(),
    }
}

fn lost_at(at: UnixTime) -> LossReport {
    LossReport { at, by: "王强".to_owned(), place: "PC端".to_owned() }
}

fn paper(current: Option<PaperCode>, reported_lost: Option<LossReport>) -> Paper {
    Paper { current, eligibility: Eligibility::Minor, reported_lost }
}

fn people(phone: &Phone, paper: Paper) -> Vec<Person> {
    let mut people = phone.both();
    people[1].paper = Some(paper);
    people
}

#[test]
fn what_there_is_and_where_to_get_one_is_said_without_a_network() {
    let none = Eligibility::NotEligible { from: UnixTime::new(2_903_184_000) };
    let said = [
        (paper(Some(code(NOW)), None), "王小明的离线码有效至2027-05-21，编号0123-4567-89AB。"),
        (
            paper(None, Some(lost_at(NOW))),
            "离线码已于2026-11-22 09:00由王强在PC端挂失。可在PC端或终端再次申领。",
        ),
        (paper(None, None), "王小明没有离线码。可在一网通办PC端或自助终端申领。"),
        (
            paper(Some(code(NOW.plus(-181 * 86_400))), None),
            "王小明的离线码有效期至2026-11-21，已到期。可在PC端或终端再次申领。",
        ),
        (
            Paper { eligibility: none, ..paper(None, None) },
            "王小明不在离线码申领范围内，2061-12-31起可按年龄申领。请先出示随申码。",
        ),
    ];
    for (paper, sentence) in said {
        let phone = Phone::new();
        let wallet = phone.enrol_family();
        let counts = paper.current.as_ref().is_some_and(|code| code.iat == NOW);
        phone.next_refresh(people(&phone, paper), |_| ());
        phone.run(wallet.refresh()).unwrap();
        wallet.close().unwrap();
        let wallet = phone.open_offline();
        let view = wallet.paper(CHILD).unwrap();
        assert_eq!((view.sentence.zh.as_str(), view.current.is_some()), (sentence, counts));
        assert!(matches!(wallet.paper(MOTHER), Err(Error::NoCode { .. })), "nothing was told");
    }
}

#[test]
fn what_others_did_to_a_paper_code_is_told_with_who_and_where() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    let refreshed = |paper| {
        phone.next_refresh(people(&phone, paper), |_| ());
        let news = phone.run(wallet.refresh()).unwrap().news;
        news.into_iter().map(|news| (news.sentence().zh, news.what)).collect::<Vec<_>>()
    };
    assert_eq!(refreshed(paper(None, None)), [], "the first word of it is no news");
    let made = |code: &PaperCode, voided| Novelty::PaperMade { code: code.clone(), voided };
    let (first, second) = (code(NOW), code(NOW.plus(60)));
    let [(said, what)] = &refreshed(paper(Some(first.clone()), None))[..] else { panic!() };
    assert_eq!(*what, made(&first, false));
    assert_eq!(said, "王强于2026-11-22 09:00在市民中心3号机为王小明申领了离线码。");
    let [(said, what)] = &refreshed(paper(Some(second.clone()), None))[..] else { panic!() };
    assert_eq!(*what, made(&second, true));
    assert!(said.contains("再次申领了离线码，之前的已作废"), "{said}");
    let report = lost_at(NOW.plus(120));
    let [(said, what)] = &refreshed(paper(None, Some(report.clone())))[..] else { panic!() };
    assert_eq!(*what, Novelty::PaperLost(report.clone()));
    assert_eq!(said, "王强于2026-11-22 09:02在PC端挂失了王小明的离线码，已打印的作废。");
    assert_eq!(refreshed(paper(None, Some(report))), [], "told once");
}

#[test]
fn what_was_confirmed_on_this_phone_is_no_news() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.next_refresh(people(&phone, paper(Some(code(NOW)), None)), |_| ());
    phone.run(wallet.refresh()).unwrap();
    let challenge = Challenge {
        id: "0123456789ABCDEFGHJKMNPQRS".to_owned(),
        place: AskingPlace::Portal,
        place_name: "Chromium".to_owned(),
        check: "42".to_owned(),
        began: NOW,
        expires: NOW.plus(60),
        act: AskedAct::ApplyPaper { slot: CHILD, name: "王小明".to_owned(), voids: Some(NOW) },
    };
    phone.post.next(path::CHALLENGE, answer(&challenge));
    let view = phone.run(wallet.challenge("SMC1:0123456789ABCDEFGHJKMNPQRS")).unwrap();
    assert!(view.question.zh.contains("PC端（Chromium）"), "{}", view.question.zh);
    let done = ConfirmResponse { time: NOW.plus(30), outcome: Confirmed::Done };
    phone.post.next(path::CONFIRM, answer(&done));
    let new = code(NOW.plus(30));
    let people = people(&phone, paper(Some(new.clone()), None));
    phone.post.next(path::REFRESH, answer(&everything(NOW.plus(30), people.clone())));
    phone.run(wallet.confirm(&view, true)).unwrap();
    assert_eq!(wallet.paper(CHILD).unwrap().current, Some(new));
    phone.post.next(path::REFRESH, answer(&everything(NOW.plus(31), people)));
    assert_eq!(phone.run(wallet.refresh()).unwrap().news, []);
}
