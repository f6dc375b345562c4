//! What a door makes of the issuer's answers about a paper code and an ID card.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{JoinHandle, spawn};

use suima_client::wire::{PaperCheckRequest, PersonStatus, StatusResponse};
use suima_code::{Colour, StaticKind, UnixTime};

use super::support::{DAY, MORNING, Scene};
use crate::{Compared, DoorView, Error, Finding, Signal};

/// Born in 1980, as everybody in the city of these tests is by their codes.
const CARD: &str = "310199198001010013";

/// An issuer that answers this, to one request after the other, and tells what it was asked.
fn issuer(answers: Vec<(u16, String)>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = spawn(move || {
        let mut asked = Vec::new();
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut bytes = Vec::new();
            let mut byte = [0];
            while !bytes.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte).unwrap();
                bytes.push(byte[0]);
            }
            let head = String::from_utf8(bytes).unwrap().to_ascii_lowercase();
            let (_, length) = head.split_once("content-length: ").unwrap();
            let length = length.lines().next().unwrap().parse().unwrap();
            let mut request = vec![0; length];
            stream.read_exact(&mut request).unwrap();
            asked.push(String::from_utf8(request).unwrap());
            let kind = if status == 200 { "json" } else { "problem+json" };
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status} OK\r\ncontent-type: application/{kind}\r\n\
                 content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
            .unwrap();
        }
        asked
    });
    (url, serving)
}

fn status(time: UnixTime, status: PersonStatus) -> (u16, String) {
    (200, serde_json::to_string(&StatusResponse { time, status }).unwrap())
}

fn problem(status: u16, id: &str) -> (u16, String) {
    let body = serde_json::json!({
        "type": format!("urn:suima:problem:{id}"), "id": id, "title": "It is so.",
        "title_zh": "如此。", "status": status, "time": MORNING,
    });
    (status, body.to_string())
}

/// Asks once at a door about a person in slot 7 whose ID card says this name, and gives what was sent besides.
async fn door(answer: (u16, String), name: &str) -> (Result<DoorView, Error>, String) {
    let (url, serving) = issuer(vec![answer]);
    let scene = Scene::ready().enrolled().asking(&url);
    scene.station.open_session("东安社区", "0815").unwrap();
    let paper = scene.city.code(StaticKind::Paper, 7, MORNING.plus(-DAY), None);
    let view = scene.station.check_paper(&paper, CARD, name).await;
    let mut asked = serving.join().unwrap();
    let sent: PaperCheckRequest = serde_json::from_str(&asked[0]).unwrap();
    assert_eq!((sent.code.as_str(), sent.id_number.as_str()), (paper.as_str(), CARD));
    assert_eq!(sent.staff, "0815");
    (view, asked.remove(0))
}

const GREEN: PersonStatus = PersonStatus::Match { colour: Colour::Green };

#[tokio::test]
async fn a_match_admits_by_the_colour() {
    let (view, sent) = door(status(MORNING, GREEN), "王小7").await;
    let view = view.unwrap();
    let green = Finding::Match { colour: Colour::Green, as_of: MORNING, admitted: true };
    assert_eq!((view.finding, view.signal), (green, Signal::Admit));
    assert!(view.said.zh.contains("绿码") && view.said.zh.contains("09:00"), "{:?}", view.said);
    assert!(!sent.contains("王小7"), "the name stays here: {sent}");

    let red = PersonStatus::Match { colour: Colour::Red };
    let view = door(status(MORNING, red), "王小7").await.0.unwrap();
    assert_eq!((view.signal, view.colour), (Signal::Refuse, Some(Colour::Red)));
}

#[tokio::test]
async fn a_card_that_is_not_of_the_codes_person_is_no_match_whoever_says_what() {
    for (answer, name) in [(PersonStatus::NoMatch, "王小7"), (GREEN, "李小7")] {
        let view = door(status(MORNING, answer), name).await.0.unwrap();
        assert_eq!((view.finding, view.signal), (Finding::NoMatch, Signal::Refuse));
        assert_eq!(view.colour, None, "nobody is told a status by mistake");
        assert!(view.said.zh.contains("不是同一人"), "{:?}", view.said);
    }
}

#[tokio::test]
async fn an_answer_must_be_of_now() {
    let unknown = Finding::StatusUnknown {
        compared: Some(Compared { name_agrees: true, year_agrees: true }),
    };
    for (astray, is_of_now) in [(-61, false), (-60, true), (60, true), (61, false)] {
        let view = door(status(MORNING.plus(astray), GREEN), "王小7").await.0.unwrap();
        assert_eq!(view.finding != unknown, is_of_now, "{astray}: {view:?}");
        let signal = if is_of_now { Signal::Admit } else { Signal::Attention };
        assert_eq!(view.signal, signal, "{astray}");
    }
}

#[tokio::test]
async fn an_issuer_that_fails_or_says_nothing_readable_admits_nobody() {
    for answer in [problem(500, "internal"), (200, "{}".to_owned()), (200, String::new())] {
        let view = door(answer, "王小7").await.0.unwrap();
        assert!(matches!(view.finding, Finding::StatusUnknown { .. }), "{view:?}");
        assert_eq!(view.signal, Signal::Attention);
    }
    let refused = door(problem(429, "too-often"), "王小7").await.0;
    let Err(error @ Error::Problem(_)) = refused else { panic!("{refused:?}") };
    assert_eq!(error.said().zh, "如此。");
}

#[tokio::test]
async fn a_station_whose_enrolment_was_ended_takes_note() {
    let (url, serving) = issuer(vec![problem(403, "device-ended")]);
    let scene = Scene::ready().enrolled().asking(&url);
    let asked = scene.station.gate_id_card(CARD).await;
    assert!(matches!(asked, Err(Error::Problem(_))), "{asked:?}");
    serving.join().unwrap();
    assert!(scene.station.status().unwrap().ended);
}
