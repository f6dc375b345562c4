//! What a phone does.

use serde_json::{Value, json};
use suima_client::wire::{Made, Relation};
use suima_code::{Slot, UnixTime};
use suima_wallet::{
    ChallengeView, Confirmation, Confirmed, Doubt, Eligibility, Error, Novelty, Regenerated,
    SavedCheck, Settled, Wallet,
};

use super::{Done, Names, Seen};
use crate::scenario::instant::written;
use crate::scenario::run::Trouble;
use crate::scenario::turns::Task;

/// Does it.
pub(in super::super) async fn perform(
    wallet: &Wallet,
    names: &Names,
    seen: &[Seen],
    task: &Task,
) -> Result<Done, Trouble> {
    let came = match task {
        Task::WarnEnrol => match wallet.enrol_warning() {
            Ok(question) => json!({ "zh": question.zh, "en": question.en }).into(),
            Err(error) => failed(&error).into(),
        },
        Task::Enrol { activation } => done(wallet.enrol(activation).await).into(),
        Task::Refresh => refresh(wallet, names).await.into(),
        Task::Hold { slot } => done(wallet.hold(*slot).await).into(),
        Task::Family => family(wallet, names).into(),
        Task::ShowLive { slot } => show_live(wallet, *slot),
        Task::ShowNucleicAcid { slot } => show_nucleic_acid(wallet, names, *slot),
        Task::SavePicture { slot } => match wallet.saved_picture(*slot) {
            Ok(picture) => Done { picture: Some(picture), ..json!({}).into() },
            Err(error) => failed(&error).into(),
        },
        Task::CheckPicture { code } => {
            let checked = wallet.check_saved(code);
            checked.map_or_else(|error| failed(&error), |found| saved(names, &found)).into()
        }
        Task::Warn { slot } => warn(wallet, names, *slot),
        Task::Regenerate { slot, agreed } => {
            let agreed = agreed.as_ref().map(|kept| warning(seen, kept)).transpose()?;
            regenerate(wallet, names, *slot, agreed).await
        }
        Task::Paper { slot } => paper(wallet, names, *slot).into(),
        Task::ScanChallenge { code } => match wallet.challenge(code).await {
            Ok(view) => {
                let result = asked(names, &view);
                Done { seen: Some(Seen::Challenge(Box::new(view))), ..result.into() }
            }
            Err(error) => failed(&error).into(),
        },
        Task::Confirm { challenge: kept, agree } => {
            confirm(wallet, challenge(seen, kept)?, *agree).await.into()
        }
        task => return super::family::perform(wallet, names, task).await,
    };
    Ok(came)
}

fn warning(seen: &[Seen], place: &Value) -> Result<Confirmation, Trouble> {
    match super::seen_at(seen, place) {
        Some(Seen::Warning(agreed)) => Ok(*agreed),
        _ => Err(Trouble(format!("no warning was kept as {place}"))),
    }
}

fn challenge<'a>(seen: &'a [Seen], place: &Value) -> Result<&'a ChallengeView, Trouble> {
    match super::seen_at(seen, place) {
        Some(Seen::Challenge(view)) => Ok(view),
        _ => Err(Trouble(format!("nothing that is asked was kept as {place}"))),
    }
}

fn done(outcome: Result<(), Error>) -> Value {
    outcome.map_or_else(|error| failed(&error), |()| json!({}))
}

/// Why a wallet did not do it.
pub(super) fn failed(error: &Error) -> Value {
    let said = error.sentence();
    json!({ "error": error.id(), "at": error.at().map(written), "zh": said.zh, "en": said.en })
}

async fn refresh(wallet: &Wallet, names: &Names) -> Value {
    let refreshed = match wallet.refresh().await {
        Ok(refreshed) => refreshed,
        Err(error) => return failed(&error),
    };
    let news = refreshed.news.iter().map(|news| {
        let (what, at, by) = novelty(&news.what);
        let said = news.sentence();
        json!({
            "person": names.of(news.slot),
            "what": what,
            "at": at.map(written),
            "by": by.map(|by| names.named(by)),
            "zh": said.zh,
            "en": said.en,
        })
    });
    let resolved = refreshed.resolved.iter().map(|resolved| {
        let outcome = settled(&resolved.outcome);
        json!({ "person": names.of(resolved.slot), "outcome": outcome, "since": written(resolved.since) })
    });
    let (news, resolved): (Vec<_>, Vec<_>) = (news.collect(), resolved.collect());
    json!({ "as-of": written(refreshed.as_of), "news": news, "resolved": resolved })
}

/// What happened without this phone: a word, when, and by whom.
fn novelty(what: &Novelty) -> (&'static str, Option<UnixTime>, Option<&str>) {
    match what {
        Novelty::Regenerated(made) => ("regenerated", Some(made.iat), Some(&made.by)),
        Novelty::PaperMade { code, .. } => ("paper-made", Some(code.iat), Some(&code.by)),
        Novelty::PaperLost(report) => ("paper-lost", Some(report.at), Some(&report.by)),
        Novelty::EarlierPhoneEnded { .. } => ("earlier-phone-ended", None, None),
        Novelty::CameOfAge => ("came-of-age", None, None),
        Novelty::ConsentWithdrawn => ("consent-withdrawn", None, None),
        Novelty::HoldingEnded => ("holding-ended", None, None),
        Novelty::NoLongerListed => ("no-longer-listed", None, None),
        Novelty::HeldBy(holder) => ("held-by", Some(holder.since), Some(&holder.name)),
        Novelty::NotHeldBy(holder) => ("not-held-by", Some(holder.since), Some(&holder.name)),
    }
}

fn settled(outcome: &Settled) -> &'static str {
    match outcome {
        Settled::Made { .. } => "made",
        Settled::Overtaken { .. } => "overtaken",
        Settled::Behind { .. } => "behind",
        Settled::TooLate => "too-late",
        Settled::UsedUp => "used-up",
        Settled::Unknown { .. } => "unknown",
    }
}

fn made(names: &Names, made: &Made) -> Value {
    json!({ "at": written(made.iat), "by": names.named(&made.by), "voided": made.voided })
}

fn relation(relation: Relation) -> Value {
    serde_json::to_value(relation).expect("a relation is a word")
}

fn doubt(doubt: Option<Doubt>) -> Option<Value> {
    doubt.map(|Doubt::RegenerationPending { since }| {
        json!({ "is": "regeneration-pending", "since": written(since) })
    })
}

fn family(wallet: &Wallet, names: &Names) -> Value {
    let family = match wallet.family() {
        Ok(family) => family,
        Err(error) => return failed(&error),
    };
    let people = family.iter().map(|person| {
        json!({
            "person": names.of(person.slot),
            "relation": relation(person.relation),
            "held": person.held,
        })
    });
    json!({ "people": people.collect::<Vec<_>>() })
}

fn show_live(wallet: &Wallet, slot: Slot) -> Done {
    let view = match wallet.show_live(slot) {
        Ok(view) => view,
        Err(error) => return failed(&error).into(),
    };
    let result = json!({
        "relation": relation(view.relation),
        "name": view.name,
        "masked-name": view.masked_name,
        "text": view.text,
        "colour": view.colour,
        "colour-as-of": written(view.colour_as_of),
        "colour-counts-until": written(view.colour_counts_until),
        "counts-until": written(view.counts_until),
        "notices": view.notices.into_iter().map(|said| said.zh).collect::<Vec<_>>(),
    });
    Done { code: Some(view.text), ..result.into() }
}

fn show_nucleic_acid(wallet: &Wallet, names: &Names, slot: Slot) -> Done {
    let view = match wallet.show_nucleic_acid(slot) {
        Ok(view) => view,
        Err(error) => return failed(&error).into(),
    };
    let result = json!({
        "relation": relation(view.relation),
        "name": view.name,
        "text": view.text,
        "until": written(view.valid_until),
        "last-day": view.last_day,
        "made": made(names, &view.made),
        "doubt": doubt(view.doubt),
        "notices": view.notices.into_iter().map(|said| said.zh).collect::<Vec<_>>(),
    });
    Done { code: Some(view.text), ..result.into() }
}

fn saved(names: &Names, found: &SavedCheck) -> Value {
    let said = found.sentence();
    let of = |slot: Slot| names.of(slot);
    let moment = |at: UnixTime| written(at);
    let mut result = match found {
        SavedCheck::Current { slot, until, doubt: why, .. } => json!({
            "is": "current", "person": of(*slot), "until": moment(*until), "doubt": doubt(*why),
        }),
        SavedCheck::Successor { slot, from, until, .. } => json!({
            "is": "successor", "person": of(*slot), "from": moment(*from), "until": moment(*until),
        }),
        SavedCheck::Replaced { slot, at, by } => json!({
            "is": "replaced", "person": of(*slot), "at": moment(*at),
            "by": by.as_ref().map(|by| names.named(by)),
        }),
        SavedCheck::Expired { slot, at } => {
            json!({ "is": "expired", "person": of(*slot), "at": moment(*at) })
        }
        SavedCheck::NotKnown { slot } => json!({ "is": "not-known", "person": of(*slot) }),
        SavedCheck::NotYours => json!({ "is": "not-yours" }),
        SavedCheck::NotSaved => json!({ "is": "not-saved" }),
        SavedCheck::Refused { reason } => json!({ "is": "refused", "reason": reason.id() }),
    };
    result["zh"] = said.zh.into();
    result["en"] = said.en.into();
    result
}

fn paper(wallet: &Wallet, names: &Names, slot: Slot) -> Value {
    let view = match wallet.paper(slot) {
        Ok(view) => view,
        Err(error) => return failed(&error),
    };
    let current = view.current.as_ref().map(|code| {
        json!({
            "at": written(code.iat),
            "until": written(code.exp),
            "serial": code.serial,
            "by": names.named(&code.by),
            "place": code.place,
        })
    });
    let lost = view.reported_lost.as_ref().map(|report| {
        json!({ "at": written(report.at), "by": names.named(&report.by), "place": report.place })
    });
    let eligibility = match view.eligibility {
        Eligibility::Minor => "minor".to_owned(),
        Eligibility::Senior => "senior".to_owned(),
        Eligibility::Disability => "disability".to_owned(),
        Eligibility::Group { number } => format!("group {number}"),
        Eligibility::NotEligible { .. } => "not-eligible".to_owned(),
    };
    json!({
        "current": current,
        "ended": view.ended.map(written),
        "reported-lost": lost,
        "eligibility": eligibility,
        "zh": view.sentence.zh,
        "en": view.sentence.en,
    })
}

fn warn(wallet: &Wallet, names: &Names, slot: Slot) -> Done {
    let warning = match wallet.warning(slot) {
        Ok(warning) => warning,
        Err(error) => return failed(&error).into(),
    };
    let voids = warning.voids.as_ref().map(|voids| made(names, voids));
    let result = json!({ "voids": voids, "zh": warning.sentence_zh, "en": warning.sentence_en });
    Done { seen: Some(Seen::Warning(warning.confirm)), ..result.into() }
}

async fn regenerate(
    wallet: &Wallet,
    names: &Names,
    slot: Slot,
    agreed: Option<Confirmation>,
) -> Done {
    let confirm = match agreed.map_or_else(|| wallet.warning(slot).map(|shown| shown.confirm), Ok) {
        Ok(confirm) => confirm,
        Err(error) => return failed(&error).into(),
    };
    let outcome = match wallet.regenerate(confirm).await {
        Ok(outcome) => outcome,
        Err(error) => return failed(&error).into(),
    };
    let said = outcome.sentence();
    let (word, current, text) = match &outcome {
        Regenerated::Made { view } => ("made", Some(view.made.clone()), Some(view.text.clone())),
        Regenerated::Overtaken { current } => ("overtaken", current.clone(), None),
        Regenerated::Behind { current } => ("behind", current.clone(), None),
        Regenerated::TooLate => ("too-late", None, None),
        Regenerated::UsedUp => ("used-up", None, None),
        Regenerated::Pending { .. } => ("pending", None, None),
    };
    let result = json!({
        "outcome": word,
        "made": current.map(|current| made(names, &current)),
        "zh": said.zh,
        "en": said.en,
    });
    Done { code: text, ..result.into() }
}

fn asked(names: &Names, view: &ChallengeView) -> Value {
    let act = serde_json::to_value(&view.challenge.act).expect("an act has a name");
    let slot = act.get("slot").and_then(Value::as_u64).and_then(|slot| u32::try_from(slot).ok());
    json!({
        "act": act["act"],
        "person": slot.map(|slot| names.of(Slot(slot))),
        "place": view.challenge.place,
        "place-name": view.challenge.place_name,
        "check": view.challenge.check,
        "expires": written(view.challenge.expires),
        "voids": view.voids.map(written),
        "zh": view.question.zh,
        "en": view.question.en,
    })
}

async fn confirm(wallet: &Wallet, view: &ChallengeView, agree: bool) -> Value {
    let confirmed = match wallet.confirm(view, agree).await {
        Ok(confirmed) => confirmed,
        Err(error) => return failed(&error),
    };
    let outcome = match confirmed.outcome {
        Confirmed::Done => "done",
        Confirmed::Declined => "declined",
        Confirmed::Over => "over",
        Confirmed::Changed => "changed",
        Confirmed::NotEligible => "not-eligible",
    };
    json!({ "outcome": outcome, "zh": confirmed.sentence.zh, "en": confirmed.sentence.en })
}
