//! What a station does.

use serde_json::{Value, json};
use suima_client::wire::Validity;
use suima_code::{Place, Reason};
use suima_station::{
    Caution, Decision, DoorView, Error, Finding, Registration, ScanView, Sentence, Shown, Signal,
    Station,
};

use super::Done;
use crate::scenario::instant::written;
use crate::scenario::run::Trouble;
use crate::scenario::turns::Task;

/// Does it.
pub(in super::super) async fn perform(station: &Station, task: &Task) -> Result<Done, Trouble> {
    let came = match task {
        Task::Sync => match station.sync().await {
            Ok(synced) => {
                json!({ "current": synced.current, "as-of": synced.as_of.map(written) })
            }
            Err(error) => failed(&error),
        },
        Task::Scan { place: Place::Sampling, code } => {
            let decided = station.decide(code, Place::Sampling);
            decided.map_or_else(|error| failed(&error), |view| scanned(&view))
        }
        Task::Scan { place: Place::Gate, code } => door(station.gate(code)),
        Task::Scan { place: Place::ManualCheck, code } => door(station.check(code)),
        Task::PaperCheck { code, document, full_name } => {
            door(station.check_paper(code, document, full_name).await)
        }
        Task::IdCard { place: Place::Sampling, document, full_name } => {
            bound(station.register_id_card(document, full_name, false))
        }
        Task::IdCard { place: Place::Gate, document, .. } => {
            door(station.gate_id_card(document).await)
        }
        Task::IdCard { place: Place::ManualCheck, document, .. } => {
            door(station.check_id_card(document).await)
        }
        Task::OpenSession { site, staff } => {
            let opened = station.open_session(site, staff);
            opened.map_or_else(|error| failed(&error), |_| json!({}))
        }
        Task::OpenTube { barcode, capacity } => {
            let opened = station.open_tube(barcode, *capacity);
            opened.map_or_else(|error| failed(&error), |_| json!({}))
        }
        Task::Register { code } => bound(station.register(code)),
        Task::Upload => match station.upload().await {
            Ok(uploaded) => json!({
                "acknowledged": uploaded.acknowledged,
                "conflicts": uploaded.conflicts.len(),
                "waiting": uploaded.waiting,
            }),
            Err(error) => failed(&error),
        },
        other => return Err(Trouble(format!("no station does {other:?}"))),
    };
    Ok(came.into())
}

fn failed(error: &Error) -> Value {
    let said = error.said();
    json!({ "error": error.id(), "zh": said.zh, "en": said.en })
}

fn door(found: Result<DoorView, Error>) -> Value {
    found.map_or_else(|error| failed(&error), |view| at_a_door(&view))
}

fn bound(bound: Result<Registration, Error>) -> Value {
    bound.map_or_else(|error| failed(&error), |registration| registered(&registration))
}

fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::Admit => "admit",
        Signal::Refuse => "refuse",
        Signal::Attention => "attention",
    }
}

fn cautions(cautions: &[Caution]) -> Vec<&'static str> {
    let words = cautions.iter().map(|caution| match caution {
        Caution::KnowledgeOld { .. } => "knowledge-old",
        Caution::ValidityNotChecked => "validity-not-checked",
        Caution::CompareIdCard => "compare-id-card",
        Caution::AlsoInTube { .. } => "also-in-tube",
        Caution::MaybeTheSame { .. } => "maybe-the-same",
    });
    words.collect()
}

fn shown(shown: Option<&Shown>) -> Value {
    shown.map_or(Value::Null, |shown| {
        json!({
            "presented": shown.presented,
            "masked-name": shown.name,
            "birth-year": shown.birth_year,
            "colour": shown.colour,
            "issued-at": written(shown.issued_at),
            "until": written(shown.until),
        })
    })
}

/// A reason by its id, with what varies in it, and in a person's words.
fn refused(reason: Reason, said: &Sentence) -> Value {
    let mut result = serde_json::to_value(reason).expect("a reason has a name and numbers");
    let parts = result.as_object_mut().expect("a reason has a name and numbers");
    let id = parts.remove("id").expect("a reason has a name");
    for name in ["at", "from", "trust"] {
        if let Some(seconds) = parts.get_mut(name) {
            let time: suima_code::UnixTime =
                serde_json::from_value(seconds.clone()).expect("it is a time");
            *seconds = written(time).into();
        }
    }
    parts.insert("reason".to_owned(), id);
    parts.insert("verdict".to_owned(), "refused".into());
    parts.insert("zh".to_owned(), said.zh.clone().into());
    parts.insert("en".to_owned(), said.en.clone().into());
    result
}

fn scanned(view: &ScanView) -> Value {
    let mut result = match &view.decision {
        Decision::Accepted { cautions: beside } => {
            json!({ "verdict": "accepted", "cautions": cautions(beside) })
        }
        Decision::Refused { reason, said } => refused(*reason, said),
    };
    result["signal"] = signal(view.signal).into();
    result["shown"] = shown(view.shown.as_ref());
    result
}

fn at_a_door(view: &DoorView) -> Value {
    let mut result = match view.finding {
        Finding::Accepted => json!({ "verdict": "accepted" }),
        Finding::Refused { reason, .. } => refused(reason, &view.said),
        Finding::NeedsIdCard => json!({ "verdict": "needs-id-card" }),
        Finding::Match { as_of, .. } => json!({ "verdict": "match", "as-of": written(as_of) }),
        Finding::NoMatch => json!({ "verdict": "no-match" }),
        Finding::StatusUnknown { compared } => json!({
            "verdict": "status-unknown",
            "name-agrees": compared.map(|compared| compared.name_agrees),
            "year-agrees": compared.map(|compared| compared.year_agrees),
        }),
    };
    result["signal"] = signal(view.signal).into();
    result["colour"] = serde_json::to_value(view.colour).expect("a colour is a word");
    result["zh"] = view.said.zh.clone().into();
    result["en"] = view.said.en.clone().into();
    result["cautions"] = cautions(&view.cautions).into();
    result["shown"] = shown(view.shown.as_ref());
    result
}

fn registered(registration: &Registration) -> Value {
    let said = registration.said();
    let mut result = match registration {
        Registration::Registered(done) => json!({
            "verdict": "registered",
            "presented": done.person.presented,
            "masked-name": done.person.name,
            "birth-year": done.person.birth_year,
            "colour": done.shown.as_ref().and_then(|shown| shown.colour),
            "seat": done.seat,
            "taken": done.taken,
            "checked": done.validity.map(Validity::is_checked),
            "cautions": cautions(&done.cautions),
        }),
        Registration::Refused { reason, .. } => refused(*reason, &said),
        Registration::MaybeTwice { seat } => json!({ "verdict": "maybe-twice", "seat": seat }),
        Registration::AlreadyInTube { seat } => {
            json!({ "verdict": "already-in-tube", "seat": seat })
        }
        Registration::NoTube => json!({ "verdict": "no-tube" }),
        Registration::TubeFull { .. } => json!({ "verdict": "tube-full" }),
        Registration::TubeSealed { .. } => json!({ "verdict": "tube-sealed" }),
    };
    result["signal"] = signal(registration.signal()).into();
    result["zh"] = said.zh.into();
    result["en"] = said.en.into();
    result
}
