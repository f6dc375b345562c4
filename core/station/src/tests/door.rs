//! A staff member at a door: codes, paper codes with the ID card, and what is known with no network.

use suima_code::{Acceptance, Colour, Place, Presented, Reason, StaticKind};

use super::support::{DAY, HOUR, MORNING, Scene};
use super::tubes::refusal;
use crate::{Caution, Compared, Error, Field, Finding, Refusal, Signal};

/// Born in 1980, as everybody in the city of these tests is by their codes.
const CARD: &str = "310199198001010013";
const YOUNGER: &str = "310199199001010018";

/// An enrolled station with a staff member on duty, and no network.
fn on_duty() -> Scene {
    let scene = Scene::ready().enrolled();
    scene.station.open_session("东安社区", "0815").unwrap();
    scene
}

fn paper(scene: &Scene) -> String {
    scene.city.code(StaticKind::Paper, 7, MORNING.plus(-DAY), None)
}

#[test]
fn a_door_takes_live_codes_and_asks_for_the_card_of_a_paper_code() {
    let scene = Scene::ready();
    let check = |text: &str| scene.station.check(text).unwrap();
    let live = scene.city.live(7, MORNING);
    for _ in 0..2 {
        let view = check(&live);
        assert_eq!((view.finding, view.signal), (Finding::Accepted, Signal::Admit));
        assert_eq!(view.colour, Some(Colour::Green));
    }
    let view = check(&paper(&scene));
    assert_eq!((view.finding, view.signal), (Finding::NeedsIdCard, Signal::Attention));
    assert_eq!((view.colour, view.cautions.as_slice()), (None, [].as_slice()));
    assert!(view.said.zh.contains("身份证"), "{:?}", view.said);
    let shown = view.shown.unwrap();
    assert_eq!((shown.name.as_str(), shown.birth_year), ("王*7", Some(1980)));

    let view = check(&scene.city.nucleic_acid(7, MORNING.plus(-DAY)));
    let wrong = Reason::WrongPlace { place: Place::ManualCheck };
    let presented = Some(Presented::NucleicAcid);
    assert_eq!(view.finding, Finding::Refused { reason: wrong, presented });
    assert!(view.said.zh.contains("随申码"), "{:?}", view.said);

    let yellow = check(&scene.city.live_of(7, MORNING, Colour::Yellow));
    assert_eq!((yellow.signal, yellow.colour), (Signal::Refuse, Some(Colour::Yellow)));
}

#[test]
fn knowledge_that_ages_is_said_beside_what_is_found() {
    let scene = Scene::ready();
    scene.clock.set(3 * HOUR);
    let view = scene.station.check(&paper(&scene)).unwrap();
    let old = Caution::KnowledgeOld { as_of: MORNING, age_seconds: 3 * 3600 };
    assert_eq!((view.finding, view.cautions.as_slice()), (Finding::NeedsIdCard, [old].as_slice()));
    assert_eq!((view.as_of, view.at), (Some(MORNING), MORNING.plus(3 * HOUR)));
}

#[tokio::test]
async fn with_no_network_a_door_says_exactly_what_the_card_tells() {
    let scene = on_duty();
    let paper = paper(&scene);
    let cases = [
        (CARD, "王小7", true, true, "姓名相符，出生年份相符"),
        (CARD, "李小7", false, true, "姓名不符，出生年份相符"),
        (YOUNGER, "王小7", true, false, "姓名相符，出生年份不符"),
        (YOUNGER, "李小7", false, false, "姓名不符，出生年份不符"),
    ];
    for (card, name, name_agrees, year_agrees, words) in cases {
        let view = scene.station.check_paper(&paper, card, name).await.unwrap();
        let compared = Some(Compared { name_agrees, year_agrees });
        assert_eq!(view.finding, Finding::StatusUnknown { compared });
        assert_eq!((view.signal, view.colour), (Signal::Attention, None), "nobody is admitted");
        assert!(view.said.zh.contains(words) && view.said.zh.contains("未知"), "{:?}", view.said);
    }
    let view = scene.station.check_id_card(CARD).await.unwrap();
    assert_eq!(view.finding, Finding::StatusUnknown { compared: None });
    assert_eq!(view.signal, Signal::Attention);
    let logged = scene.logged();
    assert!(!logged.contains(CARD) && !logged.contains("王小7"), "{logged}");
}

#[tokio::test]
async fn a_paper_code_that_does_not_count_is_refused_before_anybody_is_asked() {
    let scene = on_duty();
    let newer = scene.city.code(StaticKind::Paper, 7, MORNING.plus(-HOUR), None);
    scene.station.check(&newer).unwrap();
    let view = scene.station.check_paper(&paper(&scene), CARD, "王小7").await.unwrap();
    let Finding::Refused { reason, .. } = view.finding else { panic!("{:?}", view.finding) };
    assert_eq!((reason.id(), view.signal), ("replaced", Signal::Refuse));
    assert!(!scene.logged().contains("http.send"), "{}", scene.logged());

    let live = scene.station.check_paper(&scene.city.live(8, MORNING), CARD, "王小7").await;
    assert_eq!(live.unwrap().finding, Finding::Accepted, "it needs no card");
    assert!(!scene.logged().contains("http.send"), "{}", scene.logged());
}

#[tokio::test]
async fn what_is_typed_wrongly_is_said_before_anything_else() {
    let scene = on_duty();
    let paper = paper(&scene);
    let misread = scene.station.check_paper(&paper, "310199198001010015", "王小7").await;
    assert!(matches!(refusal(misread), Refusal::IdNumber(_)));
    let nameless = scene.station.check_paper(&paper, CARD, " ").await;
    assert_eq!(refusal(nameless), Refusal::Text { field: Field::Name });
    let misread = scene.station.check_id_card("1").await;
    assert!(matches!(refusal(misread), Refusal::IdNumber(_)));

    let scene = Scene::ready().enrolled();
    assert_eq!(refusal(scene.station.check_id_card(CARD).await), Refusal::NoSession);
    let nobody = scene.station.check_paper(&paper, CARD, "王小7").await;
    assert_eq!(refusal(nobody), Refusal::NoSession, "the issuer is told who asks");
}

#[tokio::test]
async fn the_table_decides_what_a_door_takes() {
    let scene = on_duty();
    let (live, paper) = (scene.city.live(7, MORNING), paper(&scene));
    let refused = Acceptance::Refused;
    scene.policy(|policy| {
        policy
            .with(Presented::Live, Place::ManualCheck, refused)
            .with(Presented::Paper, Place::ManualCheck, refused)
            .with(Presented::IdCard, Place::ManualCheck, refused)
            .with(Presented::NucleicAcid, Place::ManualCheck, Acceptance::AskIssuer)
    });
    let wrong = Reason::WrongPlace { place: Place::ManualCheck };
    let is_refused =
        |finding| matches!(finding, Finding::Refused { reason, .. } if reason == wrong);
    assert!(is_refused(scene.station.check(&live).unwrap().finding));
    assert!(is_refused(scene.station.check_paper(&paper, CARD, "王小7").await.unwrap().finding));
    assert!(is_refused(scene.station.check_id_card(CARD).await.unwrap().finding));
    let picture = scene.city.nucleic_acid(7, MORNING.plus(-DAY));
    assert_eq!(scene.station.check(&picture).unwrap().finding, Finding::NeedsIdCard);

    scene.policy(|policy| policy.with(Presented::Paper, Place::ManualCheck, Acceptance::Accepted));
    assert_eq!(scene.station.check(&paper).unwrap().signal, Signal::Admit);
    assert_eq!(scene.station.check(&live).unwrap().signal, Signal::Admit);
}

#[tokio::test]
async fn a_station_that_was_never_enrolled_looks_nobody_up() {
    let scene = Scene::ready();
    scene.station.open_session("东安社区", "0815").unwrap();
    let asked = scene.station.check_id_card(CARD).await;
    assert!(matches!(asked, Err(Error::NotEnrolled)), "{asked:?}");
}
