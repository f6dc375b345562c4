//! What is done with a phone.

use serde_json::{Value, json};
use suima_client::wire::{Made, Relation};
use suima_code::{Slot, UnixTime, qr};
use suima_wallet::{Doubt, Eligibility, Error, Novelty, Regenerated, SavedCheck, Settled};

use super::acts::Act;
use super::cast::People;
use super::instant::written;
use super::run::{Came, Kept, Trouble, World};

/// Does it, if it is one of these.
pub(super) async fn act(world: &mut World<'_>, act: &Act) -> Result<Option<Came>, Trouble> {
    let came = match act {
        Act::WarnEnrol { device } => match world.phone(device)?.enrol_warning() {
            Ok(question) => json!({ "zh": question.zh, "en": question.en }).into(),
            Err(error) => failed(&error).into(),
        },
        Act::Enrol { device } => {
            let owner = world.phone(device)?.owner;
            let code = world.city.issuer.activation_code(owner).map_err(Trouble::of)?;
            done(world.phone(device)?.enrol(&code).await).into()
        }
        Act::Refresh { device } => refresh(world, device).await?.into(),
        Act::Hold { device, person } => {
            let slot = world.people.slot(person)?;
            done(world.phone(device)?.hold(slot).await).into()
        }
        Act::Family { device } => family(world, device)?.into(),
        Act::ShowLive { device, person } => show_live(world, device, person)?,
        Act::ShowNucleicAcid { device, person } => show_nucleic_acid(world, device, person)?,
        Act::SavePicture { device, person } => {
            let slot = world.people.slot(person)?;
            match world.phone(device)?.saved_picture(slot) {
                Ok(picture) => {
                    let text = qr::read_picture(&picture).map_err(Trouble::of)?;
                    Came { result: json!({ "text": text }), kept: Some(Kept::Code(text)) }
                }
                Err(error) => failed(&error).into(),
            }
        }
        Act::CheckPicture { device, code } => {
            let code = world.code(code)?;
            let checked = world.phone(device)?.check_saved(&code);
            checked.map_or_else(|error| failed(&error), |found| saved(&world.people, &found)).into()
        }
        Act::Warn { device, person } => warn(world, device, person)?,
        Act::Regenerate { device, person, agreed } => {
            regenerate(world, device, person, agreed.as_deref()).await?
        }
        Act::Paper { device, person } => paper(world, device, person)?.into(),
        _ => return super::family::act(world, act).await,
    };
    Ok(Some(came))
}

fn done(outcome: Result<(), Error>) -> Value {
    outcome.map_or_else(|error| failed(&error), |()| json!({}))
}

/// Why a wallet did not do it.
pub(super) fn failed(error: &Error) -> Value {
    let said = error.sentence();
    let (id, at) = match error {
        Error::NotEnrolled => ("not-enrolled".to_owned(), None),
        Error::DeviceEnded { at } => ("device-ended".to_owned(), Some(*at)),
        Error::NotListed { .. } => ("not-listed".to_owned(), None),
        Error::NotHeld { .. } => ("not-held".to_owned(), None),
        Error::NoCode { .. } => ("no-code".to_owned(), None),
        Error::Expired { at } => ("expired".to_owned(), Some(*at)),
        Error::InDoubt { since } => ("in-doubt".to_owned(), Some(*since)),
        Error::Offline { .. } => ("offline".to_owned(), None),
        Error::NoAnswer { .. } => ("no-answer".to_owned(), None),
        Error::Mistyped { .. } => ("mistyped".to_owned(), None),
        Error::NoSuchAsk => ("no-such-ask".to_owned(), None),
        Error::NoSuchHolding => ("no-such-holding".to_owned(), None),
        Error::NotAChallenge => ("not-a-challenge".to_owned(), None),
        Error::Problem(problem) => {
            let id = serde_json::to_value(problem.id).expect("an id is a word");
            (id.as_str().expect("an id is a word").to_owned(), None)
        }
        other => (other.to_string(), None),
    };
    json!({ "error": id, "at": at.map(written), "zh": said.zh, "en": said.en })
}

async fn refresh(world: &mut World<'_>, device: &str) -> Result<Value, Trouble> {
    let refreshed = match world.phone(device)?.refresh().await {
        Ok(refreshed) => refreshed,
        Err(error) => return Ok(failed(&error)),
    };
    let people = &world.people;
    let news = refreshed.news.iter().map(|news| {
        let (what, at, by) = novelty(&news.what);
        let said = news.sentence();
        json!({
            "person": people.name(news.slot),
            "what": what,
            "at": at.map(written),
            "by": by.map(|by| people.named(by)),
            "zh": said.zh,
            "en": said.en,
        })
    });
    let resolved = refreshed.resolved.iter().map(|resolved| {
        let outcome = settled(&resolved.outcome);
        json!({ "person": people.name(resolved.slot), "outcome": outcome, "since": written(resolved.since) })
    });
    let (news, resolved): (Vec<_>, Vec<_>) = (news.collect(), resolved.collect());
    Ok(json!({ "as-of": written(refreshed.as_of), "news": news, "resolved": resolved }))
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

fn made(people: &People<'_>, made: &Made) -> Value {
    json!({ "at": written(made.iat), "by": people.named(&made.by), "voided": made.voided })
}

pub(super) fn relation(relation: Relation) -> Value {
    serde_json::to_value(relation).expect("a relation is a word")
}

fn doubt(doubt: Option<Doubt>) -> Option<Value> {
    doubt.map(|Doubt::RegenerationPending { since }| {
        json!({ "is": "regeneration-pending", "since": written(since) })
    })
}

fn family(world: &mut World<'_>, device: &str) -> Result<Value, Trouble> {
    let family = match world.phone(device)?.family() {
        Ok(family) => family,
        Err(error) => return Ok(failed(&error)),
    };
    let people = family.iter().map(|person| {
        json!({
            "person": world.people.name(person.slot),
            "relation": relation(person.relation),
            "held": person.held,
        })
    });
    Ok(json!({ "people": people.collect::<Vec<_>>() }))
}

fn show_live(world: &mut World<'_>, device: &str, person: &str) -> Result<Came, Trouble> {
    let slot = world.people.slot(person)?;
    let view = match world.phone(device)?.show_live(slot) {
        Ok(view) => view,
        Err(error) => return Ok(failed(&error).into()),
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
    Ok(Came { result, kept: Some(Kept::Code(view.text)) })
}

fn show_nucleic_acid(world: &mut World<'_>, device: &str, person: &str) -> Result<Came, Trouble> {
    let slot = world.people.slot(person)?;
    let view = match world.phone(device)?.show_nucleic_acid(slot) {
        Ok(view) => view,
        Err(error) => return Ok(failed(&error).into()),
    };
    let result = json!({
        "relation": relation(view.relation),
        "name": view.name,
        "text": view.text,
        "until": written(view.valid_until),
        "last-day": view.last_day,
        "made": made(&world.people, &view.made),
        "doubt": doubt(view.doubt),
        "notices": view.notices.into_iter().map(|said| said.zh).collect::<Vec<_>>(),
    });
    Ok(Came { result, kept: Some(Kept::Code(view.text)) })
}

fn saved(people: &People<'_>, found: &SavedCheck) -> Value {
    let said = found.sentence();
    let of = |slot: Slot| people.name(slot);
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
            "by": by.as_ref().map(|by| people.named(by)),
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

fn paper(world: &mut World<'_>, device: &str, person: &str) -> Result<Value, Trouble> {
    let slot = world.people.slot(person)?;
    let view = match world.phone(device)?.paper(slot) {
        Ok(view) => view,
        Err(error) => return Ok(failed(&error)),
    };
    let current = view.current.as_ref().map(|code| {
        json!({
            "at": written(code.iat),
            "until": written(code.exp),
            "serial": code.serial,
            "by": world.people.named(&code.by),
            "place": code.place,
        })
    });
    let lost = view.reported_lost.as_ref().map(|report| {
        json!({ "at": written(report.at), "by": world.people.named(&report.by), "place": report.place })
    });
    let eligibility = match view.eligibility {
        Eligibility::Minor => "minor".to_owned(),
        Eligibility::Senior => "senior".to_owned(),
        Eligibility::Disability => "disability".to_owned(),
        Eligibility::Group { number } => format!("group {number}"),
        Eligibility::NotEligible { .. } => "not-eligible".to_owned(),
    };
    Ok(json!({
        "current": current,
        "ended": view.ended.map(written),
        "reported-lost": lost,
        "eligibility": eligibility,
        "zh": view.sentence.zh,
        "en": view.sentence.en,
    }))
}

fn warn(world: &mut World<'_>, device: &str, person: &str) -> Result<Came, Trouble> {
    let slot = world.people.slot(person)?;
    let warning = match world.phone(device)?.warning(slot) {
        Ok(warning) => warning,
        Err(error) => return Ok(failed(&error).into()),
    };
    let voids = warning.voids.as_ref().map(|voids| made(&world.people, voids));
    let result = json!({ "voids": voids, "zh": warning.sentence_zh, "en": warning.sentence_en });
    Ok(Came { result, kept: Some(Kept::Agreement(warning.confirm)) })
}

async fn regenerate(
    world: &mut World<'_>,
    device: &str,
    person: &str,
    agreed: Option<&str>,
) -> Result<Came, Trouble> {
    let slot = world.people.slot(person)?;
    let kept = agreed.map(|name| world.agreement(name)).transpose()?;
    let phone = world.phone(device)?;
    let confirm = match kept.map_or_else(|| phone.warning(slot).map(|shown| shown.confirm), Ok) {
        Ok(confirm) => confirm,
        Err(error) => return Ok(failed(&error).into()),
    };
    let outcome = match phone.regenerate(confirm).await {
        Ok(outcome) => outcome,
        Err(error) => return Ok(failed(&error).into()),
    };
    let said = outcome.sentence();
    let people = &world.people;
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
        "made": current.map(|current| made(people, &current)),
        "zh": said.zh,
        "en": said.en,
    });
    Ok(Came { result, kept: text.map(Kept::Code) })
}
