//! A gate: live codes once, ID cards through the issuer, and everything else refused with its sentence.

use suima_client::wire::path;
use suima_code::{Acceptance, Colour, Place, Presented, Reason};
use suima_station::{DoorView, Error, Finding, Refusal, Signal};
use suima_tests::city::{City, DAY, Post};
use suima_tests::line::Mishap;
use suima_tests::people::{CHILD, MOTHER, Resident, STRANGER};

fn opens(view: &DoorView) -> bool {
    view.signal == Signal::Admit
}

/// Changes one cell of R6 for the whole city.
fn change(city: &City, presented: Presented, place: Place, acceptance: Acceptance) {
    let policy = city.issuer.policy().unwrap().with(presented, place, acceptance);
    city.issuer.set_policy(policy).unwrap();
}

async fn card(post: &Post, resident: &Resident) -> DoorView {
    post.gate_id_card(&resident.id_number()).await.unwrap()
}

#[tokio::test]
async fn a_live_code_opens_once_and_the_next_one_again_with_no_network() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let child = city.slot(&CHILD);
    mother.hold(child).await.unwrap();
    let mut gate = city.synced_post("东门").await;
    gate.cut().await;
    let shown_at = city.clock.now();
    let (own, relative) = (mother.live(mother.owner), mother.live(child));
    for (text, presented) in [(&own, Presented::Live), (&relative, Presented::Relative)] {
        let view = gate.gate(text).unwrap();
        assert!(opens(&view), "{view:?}");
        assert_eq!(view.colour, Some(Colour::Green));
        let shown = view.shown.unwrap();
        assert_eq!((shown.presented, shown.birth_year), (presented, None));
    }
    city.clock.pass(5);
    gate.reopen();
    for (text, presented) in [(&own, Presented::Live), (&relative, Presented::Relative)] {
        let view = gate.gate(text).unwrap();
        let reason = Reason::ShownBefore { at: shown_at };
        assert_eq!(view.finding, Finding::Refused { reason, presented: Some(presented) });
        assert_eq!(view.signal, Signal::Refuse);
    }
    city.clock.pass(5);
    assert!(opens(&gate.gate(&mother.live(mother.owner)).unwrap()));
    // Another gate knows nothing of it: it has its own eyes only.
    let other = city.synced_post("西门").await;
    assert!(opens(&other.gate(&own).unwrap()));
}

#[tokio::test]
async fn a_colour_that_fell_shuts_the_gate_at_the_next_sync() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let gate = city.synced_post("东门").await;
    assert!(opens(&gate.gate(&mother.live(mother.owner)).unwrap()));
    city.clock.pass(20);
    city.issuer.set_colour(mother.owner, Colour::Red).unwrap();
    gate.sync_fully().await;
    let view = gate.gate(&mother.live(mother.owner)).unwrap();
    let Finding::Refused { reason, .. } = view.finding else { panic!("{view:?}") };
    assert_eq!((reason.id(), view.signal), ("status-changed", Signal::Refuse));
    mother.refreshed().await;
    let view = gate.gate(&mother.live(mother.owner)).unwrap();
    let Finding::Refused { reason, .. } = view.finding else { panic!("{view:?}") };
    assert_eq!((reason, view.colour), (Reason::StatusNotAdmitted, Some(Colour::Red)));
}

#[tokio::test]
async fn an_id_card_opens_by_the_colours_that_the_policy_admits() {
    let city = City::new().await;
    let gate = city.synced_post("东门").await;
    let as_of = city.clock.now();
    let view = card(&gate, &STRANGER).await;
    let green = Finding::Match { colour: Colour::Green, as_of, admitted: true };
    assert_eq!((view.finding, view.signal), (green, Signal::Admit));
    assert_eq!((view.colour, view.shown, view.at), (Some(Colour::Green), None, as_of));

    city.issuer.set_colour(city.slot(&STRANGER), Colour::Yellow).unwrap();
    let view = card(&gate, &STRANGER).await;
    let yellow = |admitted| Finding::Match { colour: Colour::Yellow, as_of, admitted };
    assert_eq!((view.finding, view.signal), (yellow(false), Signal::Refuse));
    assert!(view.said.zh.contains("黄码") && view.said.zh.contains('请'), "{:?}", view.said);

    city.limits(|limits| limits.admitted_colours = 0b11);
    assert_eq!(card(&gate, &STRANGER).await.finding, yellow(false), "by the policy it holds");
    gate.sync_fully().await;
    assert_eq!(card(&gate, &STRANGER).await.finding, yellow(true), "by the one it synced");

    let nobody = Resident::new("无此人", "19700101", 9);
    let view = card(&gate, &nobody).await;
    assert_eq!((view.finding, view.signal), (Finding::NoMatch, Signal::Refuse));
    assert!(view.said.zh.contains("没有查到"), "{:?}", view.said);
}

#[tokio::test]
async fn every_question_of_a_gate_is_in_the_log_in_its_own_name() {
    let city = City::new().await;
    let gate = city.synced_post("东门").await;
    card(&gate, &STRANGER).await;
    let log = city.issuer.audit_log(city.clock.now()).unwrap();
    let asked: Vec<_> = log.iter().filter(|row| row.question == "id-card").collect();
    let [row] = asked.as_slice() else { panic!("{log:?}") };
    assert_eq!((&*row.place, &*row.staff, &*row.outcome), ("gate", "东门", "match"));
    assert_eq!(row.slot, Some(city.slot(&STRANGER)));
}

#[tokio::test]
async fn without_an_answer_of_now_a_gate_opens_for_no_card() {
    let city = City::new().await;
    let mut gate = city.synced_post("东门").await;
    assert!(opens(&card(&gate, &STRANGER).await));
    let recorded = gate.line.recorded(path::ID_CARD).unwrap();
    let unknown = Finding::StatusUnknown { compared: None };

    gate.line.plan(path::ID_CARD, Mishap::AnswerLost);
    assert_eq!(card(&gate, &STRANGER).await.finding, unknown);
    gate.line.plan(path::ID_CARD, Mishap::RequestLost);
    assert_eq!(card(&gate, &STRANGER).await.finding, unknown);

    // An answer of before: within the window it may be one that came slowly, and beyond it is not of now.
    city.clock.pass(60);
    gate.line.plan(path::ID_CARD, Mishap::Answered(recorded.clone()));
    assert!(opens(&card(&gate, &STRANGER).await));
    city.clock.pass(1);
    gate.line.plan(path::ID_CARD, Mishap::Answered(recorded));
    let view = card(&gate, &STRANGER).await;
    assert_eq!((view.finding, view.signal, view.colour), (unknown, Signal::Attention, None));
    assert!(view.said.zh.contains("出示随申码"), "{:?}", view.said);

    gate.cut().await;
    let view = card(&gate, &STRANGER).await;
    assert_eq!((view.finding, view.signal), (unknown, Signal::Attention));
    gate.restore();
    assert!(opens(&card(&gate, &STRANGER).await));
}

#[tokio::test]
async fn a_misread_card_asks_nobody() {
    let city = City::new().await;
    let gate = city.synced_post("东门").await;
    let mut number = STRANGER.id_number();
    let last = number.pop().unwrap();
    number.push(if last == '1' { '2' } else { '1' });
    match gate.gate_id_card(&number).await {
        Err(Error::Refused(refusal @ Refusal::IdNumber(_))) => {
            assert!(refusal.said().zh.contains("校验位"), "{:?}", refusal.said());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(gate.line.recorded(path::ID_CARD), None);
}

#[tokio::test]
async fn a_changed_table_changes_the_gate_at_the_next_sync_and_not_before() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let gate = city.synced_post("东门").await;
    let picture = mother.code(mother.owner);
    let before = gate.status().unwrap().policy_version;
    change(&city, Presented::NucleicAcid, Place::Gate, Acceptance::Accepted);
    change(&city, Presented::IdCard, Place::Gate, Acceptance::Refused);
    let refused = |view: &DoorView| matches!(view.finding, Finding::Refused { reason, .. } if reason.id() == "wrong-place");
    let view = gate.gate(&picture).unwrap();
    assert!(refused(&view), "{view:?}");
    assert!(view.said.zh.contains("随申码"), "{:?}", view.said);

    gate.sync_fully().await;
    assert_eq!(gate.status().unwrap().policy_version, before + 2);
    assert!(opens(&gate.gate(&picture).unwrap()));
    assert!(refused(&card(&gate, &STRANGER).await));
    assert_eq!(gate.line.recorded(path::ID_CARD), None, "and asks nobody");
}

#[tokio::test]
async fn an_older_and_a_forged_policy_change_nothing() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let gate = city.synced_post("东门").await;
    let fresh = city.post("西门").await;
    fresh.sync_fully().await;
    // What a gate that knew nothing was sent: the policy of then, signed by the city.
    let (trust, older) = city.issuer.documents().unwrap();
    change(&city, Presented::NucleicAcid, Place::Gate, Acceptance::Accepted);
    gate.sync_fully().await;
    let version = gate.status().unwrap().policy_version;

    let answer = |policy: &[u8]| {
        let body = suima_client::wire::DocumentsResponse {
            time: city.clock.now(),
            trust: Some(suima_client::wire::Bytes(trust.clone())),
            policy: Some(suima_client::wire::Bytes(policy.to_vec())),
        };
        Mishap::Answered(serde_json::to_vec(&body).unwrap())
    };
    gate.line.plan(path::DOCUMENTS, answer(&older));
    gate.sync().await.unwrap();
    assert_eq!(gate.status().unwrap().policy_version, version, "an older one");

    let (_, mut forged) = city.issuer.documents().unwrap();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    fresh.line.plan(path::DOCUMENTS, answer(&forged));
    let error = fresh.sync().await.unwrap_err();
    assert!(matches!(error, Error::Untrusted { what: "policy", .. }), "{error:?}");
    assert!(fresh.status().unwrap().policy_version < version, "a forged one");
    let picture = mother.code(mother.owner);
    assert!(opens(&gate.gate(&picture).unwrap()) && !opens(&fresh.gate(&picture).unwrap()));
}

#[tokio::test]
async fn a_gate_that_has_not_synced_for_a_day_opens_for_no_code_and_asks_about_cards_still() {
    let city = City::new().await;
    let mother = city.phone(&MOTHER).await;
    let gate = city.synced_post("东门").await;
    let as_of = city.clock.now();
    city.clock.pass(DAY + 1);
    mother.refreshed().await;
    let view = gate.gate(&mother.live(mother.owner)).unwrap();
    let reason = Reason::KnowledgeTooOld { at: as_of };
    let presented = Some(Presented::Live);
    assert_eq!(view.finding, Finding::Refused { reason, presented });
    assert!(opens(&card(&gate, &STRANGER).await), "what the issuer says is of now");
}
