//! The story, chapter by chapter.

use std::sync::Arc;

use suima_code::Place::{Gate, Sampling};
use suima_code::Slot;
use suima_sentences::minute;
use suima_wallet::{Regenerated, SavedCheck};

use super::TourError;
use super::stage::Expected::{Accepted, Refused};
use super::stage::{Card, Stage};
use crate::clock::DAY;
use crate::people::{CHILD, FATHER, GRANDMOTHER, MOTHER};
use crate::phone::Phone;
use crate::post::Post;

/// How many people the story registers.
const PEOPLE: u8 = 4;

/// Everybody gets an app: both parents, and two posts, the northern of which begins its day.
pub async fn enrol(stage: &mut Stage) -> Result<(), TourError> {
    let (mother, father) = (Arc::clone(&stage.city.mother), Arc::clone(&stage.city.father));
    for (phone, resident, step) in
        [(mother, MOTHER, "enrol-mother"), (father, FATHER, "enrol-father")]
    {
        phone.wallet().enrol(&stage.city.activation_code(resident)?).await?;
        phone.wallet().refresh().await?;
        stage.done(step, "enrol", None, resident.name)?;
    }
    let (north, south) = (Arc::clone(&stage.north), Arc::clone(&stage.south));
    for (post, name, step) in
        [(north, "北站 North", "enrol-north"), (south, "南站 South", "enrol-south")]
    {
        post.station().enrol(&stage.city.issuer.station_activation(name)?).await?;
        sync(stage, step, &post).await?;
        stage.done(step, "enrol", None, name)?;
    }
    stage.north.station().open_session("人民广场 People's Square", "S-07")?;
    let tube = stage.north.station().open_tube("SH-2026-0001", 10)?;
    stage.done("open-tube", "session", None, &tube.barcode)
}

/// The mother shows her live code and is registered; her nucleic-acid code is taken as a picture too.
pub fn show_and_scan(stage: &mut Stage) -> Result<(), TourError> {
    let phone = Arc::clone(&stage.city.mother);
    let mother = stage.city.slot(MOTHER)?;
    let live = show_live(stage, "mother-live", &phone, mother)?;
    stage.register("register-mother-live", &live)?;
    stage.check("scan-mother-live-at-gate", &live, Gate, Accepted)?;
    stage.already_registered("register-mother-twice", &live)?;
    show_nucleic_acid(stage, "mother-nucleic-acid", &phone, mother)?;
    let saved = save_picture(stage, "mother-picture", &phone, mother)?;
    stage.check("scan-mother-picture", &saved, Sampling, Accepted)
}

/// Both parents hold the child; both of the child's codes are on both phones.
pub async fn hold_the_child(stage: &mut Stage) -> Result<(), TourError> {
    let child = stage.city.slot(CHILD)?;
    for (phone, whose) in stage.phones() {
        phone.wallet().hold(child).await?;
        phone.wallet().refresh().await?;
        stage.done(&format!("{whose}-holds-child"), "hold", None, CHILD.name)?;
    }
    for (phone, whose) in stage.phones() {
        let live = show_live(stage, &format!("{whose}-child-live"), &phone, child)?;
        stage.check(&format!("scan-{whose}-child-live"), &live, Gate, Accepted)?;
        show_nucleic_acid(stage, &format!("{whose}-child-nucleic-acid"), &phone, child)?;
    }
    Ok(())
}

/// The listeners are closed, and everything is shown and scanned from apps that were closed and opened again.
pub async fn without_network(stage: &mut Stage) -> Result<(), TourError> {
    let (child, father) = (stage.city.slot(CHILD)?, stage.city.slot(FATHER)?);
    for (phone, whose) in stage.phones() {
        phone.device.line()?.cut().await?;
        phone.reopen()?;
        let step = format!("{whose}-cut");
        match phone.wallet().refresh().await {
            Err(suima_wallet::Error::Offline { .. }) => {}
            other => return Err(stage.unexpected(&step, "offline", &format!("{other:?}"))),
        }
        stage.done(
            &step,
            "network",
            None,
            "the listener is closed; the wallet was opened again",
        )?;
    }
    for (post, whose) in stage.posts() {
        post.device.line()?.cut().await?;
        post.reopen()?;
        let step = format!("{whose}-cut");
        match post.station().sync().await {
            Err(suima_station::Error::Offline { .. }) => {}
            other => return Err(stage.unexpected(&step, "offline", &format!("{other:?}"))),
        }
        stage.done(
            &step,
            "network",
            None,
            "the listener is closed; the station was opened again",
        )?;
    }
    for (phone, whose) in stage.phones() {
        for person in phone.wallet().family()?.into_iter().filter(|person| person.held) {
            let who = if person.slot == child { "child" } else { "self" };
            let live =
                show_live(stage, &format!("offline-{whose}-{who}-live"), &phone, person.slot)?;
            let is_first_of_child = person.slot == child && whose == "mother";
            if is_first_of_child {
                stage.register("offline-register-child-live", &live)?;
            } else {
                stage.check(
                    &format!("offline-scan-{whose}-{who}-live"),
                    &live,
                    Sampling,
                    Accepted,
                )?;
            }
            let name = format!("offline-{whose}-{who}-nucleic-acid");
            let code = show_nucleic_acid(stage, &name, &phone, person.slot)?;
            if person.slot == father {
                stage.register("offline-register-father-nucleic-acid", &code)?;
            } else {
                let step = format!("offline-scan-{whose}-{who}-nucleic-acid");
                stage.check(&step, &code, Sampling, Accepted)?;
            }
        }
    }
    Ok(())
}

/// The network is back. The mother regenerates the child's code: the old picture is refused wherever that is known, and the
/// father learns who did it.
pub async fn regenerate(stage: &mut Stage) -> Result<(), TourError> {
    let (mother, father) = (Arc::clone(&stage.city.mother), Arc::clone(&stage.city.father));
    let child = stage.city.slot(CHILD)?;
    for phone in [&mother, &father] {
        phone.device.line()?.restore().await?;
        phone.wallet().refresh().await?;
    }
    stage.north.device.line()?.restore().await?;
    sync(stage, "restore", &Arc::clone(&stage.north)).await?;
    stage.done("restore", "network", None, "phones and the northern post listen again")?;

    let old = save_picture(stage, "child-old-picture", &father, child)?;
    let warning = mother.wallet().warning(child)?;
    stage.done("regenerate-warning", "warning", None, &warning.sentence_en)?;
    let made = match mother.wallet().regenerate(warning.confirm).await? {
        Regenerated::Made { view } => view.made,
        other => return Err(stage.unexpected("regenerate-child", "made", &format!("{other:?}"))),
    };
    stage.done("regenerate-child", "regenerate", None, &format!("made by {}", made.by))?;
    let new = show_nucleic_acid(stage, "child-new-nucleic-acid", &mother, child)?;

    let news = father.wallet().refresh().await?.news;
    let learned: Vec<_> = news.iter().filter(|news| news.slot == child).collect();
    let [news] = learned[..] else {
        return Err(stage.unexpected("father-learns", "one piece of news", &format!("{news:?}")));
    };
    let by = news.made().map_or("", |made| &made.by);
    stage.same("father-learns", MOTHER.name, by)?;
    stage.done("father-learns", "refresh", None, &news.sentence().en)?;
    let same = show_nucleic_acid(stage, "father-child-new-nucleic-acid", &father, child)?;
    stage.same("father-child-new-nucleic-acid", &new.text, &same.text)?;
    match father.wallet().check_saved(&old.text)? {
        SavedCheck::Replaced { by: Some(by), .. } => {
            stage.same("check-old-picture", MOTHER.name, &by)?;
        }
        other => {
            return Err(stage.unexpected("check-old-picture", "replaced", &format!("{other:?}")));
        }
    }
    stage.done("check-old-picture", "check-saved", Some(&old), "replaced, and by whom")?;

    stage.leave_lists()?;
    sync(stage, "north-synced", &Arc::clone(&stage.north)).await?;
    stage.done("north-synced", "sync", None, "the list tells what is void")?;
    stage.check("old-picture-at-synced-post", &old, Sampling, Refused("replaced"))?;
    stage.check("new-code-at-synced-post", &new, Sampling, Accepted)?;
    // The southern post still has no network: all it knows is what it sees.
    stage.check_in_the_south("new-code-at-post-offline", &new, Sampling, Accepted)?;
    stage.check_in_the_south(
        "old-picture-at-post-that-saw-new",
        &old,
        Sampling,
        Refused("replaced"),
    )
}

/// What must not pass: a replay, a code for another place, an altered one.
pub fn refuse(stage: &mut Stage) -> Result<(), TourError> {
    let phone = Arc::clone(&stage.city.mother);
    let mother = stage.city.slot(MOTHER)?;
    let live = show_live(stage, "mother-live-to-be-replayed", &phone, mother)?;
    stage.check("live-shown-now", &live, Gate, Accepted)?;
    stage.city.clock.forward(120);
    stage.check("live-replayed-at-gate", &live, Gate, Refused("stale"))?;
    stage.check("live-replayed-at-sampling", &live, Sampling, Refused("stale"))?;

    let code = show_nucleic_acid(stage, "mother-nucleic-acid-at-gate", &phone, mother)?;
    stage.check("nucleic-acid-at-gate", &code, Gate, Refused("wrong-place"))?;
    let altered =
        stage.show("altered-nucleic-acid", &altered(&code.text), "one character changed")?;
    stage.check("altered-at-sampling", &altered, Sampling, Refused("altered"))?;
    stage.check("unaltered-at-sampling", &code, Sampling, Accepted)
}

/// The child's code comes to its end: its successor takes over in that very second.
pub async fn thirty_days(stage: &mut Stage) -> Result<(), TourError> {
    let (mother, father) = (Arc::clone(&stage.city.mother), Arc::clone(&stage.city.father));
    let north = Arc::clone(&stage.north);
    let child = stage.city.slot(CHILD)?;
    let end = mother.wallet().show_nucleic_acid(child)?.valid_until;
    let just_before = end.plus(-20);
    while let Some(left) =
        u32::try_from(just_before.since(stage.now())).ok().filter(|&left| left > 0)
    {
        stage.city.forward(left.min(DAY), &stage.city.phones()).await?;
    }
    sync(stage, "thirty-days-pass", &north).await?;
    stage.done(
        "thirty-days-pass",
        "time",
        None,
        "phones were online on the way, a day at a time",
    )?;
    let old = show_nucleic_acid(stage, "child-last-seconds", &mother, child)?;
    stage.check("old-code-just-before-its-end", &old, Sampling, Accepted)?;

    // From here on the phones know nothing new: what takes over was there before.
    for phone in [&mother, &father] {
        phone.device.line()?.cut().await?;
        phone.reopen()?;
    }
    stage.forward_to(end);
    stage.let_time_pass(false);
    stage.check("old-code-at-its-end", &old, Sampling, Refused("expired"))?;
    for (phone, whose) in stage.phones() {
        let new = show_nucleic_acid(stage, &format!("{whose}-child-successor"), &phone, child)?;
        stage.check(&format!("scan-{whose}-child-successor"), &new, Sampling, Accepted)?;
    }
    stage.let_time_pass(true);
    for phone in [&mother, &father] {
        phone.device.line()?.restore().await?;
    }
    Ok(())
}

/// The tube is sealed and everything uploaded, more than once; the issuer has each person once.
pub async fn seal_and_upload(stage: &mut Stage) -> Result<(), TourError> {
    let north = Arc::clone(&stage.north);
    let tube = north.station().seal(PEOPLE, None)?;
    stage.same("seal", &PEOPLE.to_string(), &tube.taken.to_string())?;
    stage.done(
        "seal",
        "seal",
        None,
        &format!("{}: {PEOPLE} people, {PEOPLE} swabs", tube.barcode),
    )?;

    north.device.line()?.lose_next_answer();
    match north.station().upload().await {
        Err(suima_station::Error::NoAnswer { .. }) => {}
        other => {
            return Err(stage.unexpected("upload-answer-lost", "no answer", &format!("{other:?}")));
        }
    }
    stage.done(
        "upload-answer-lost",
        "upload",
        None,
        "the issuer took it in; its answer was lost",
    )?;
    let uploaded = north.station().upload().await?;
    stage.same("upload-again", "0", &uploaded.waiting.to_string())?;
    stage.same("upload-again", "0", &uploaded.conflicts.len().to_string())?;
    let detail = format!("{} entries acknowledged", uploaded.acknowledged);
    stage.done("upload-again", "upload", None, &detail)?;

    let registrations = stage.city.issuer.registrations()?;
    stage.same("registered-once", &PEOPLE.to_string(), &registrations.len().to_string())?;
    for resident in [MOTHER, FATHER, CHILD, GRANDMOTHER] {
        let slot = stage.city.slot(resident)?;
        let times =
            registrations.iter().filter(|registration| registration.slot == Some(slot)).count();
        stage.same(&format!("registered-once: {}", resident.name), "1", &times.to_string())?;
    }
    stage.done("registered-once", "count", None, "each person exactly once at the issuer")
}

pub async fn sync(stage: &Stage, step: &str, post: &Post) -> Result<(), TourError> {
    let synced = post.station().sync().await?;
    if synced.current {
        Ok(())
    } else {
        Err(stage.unexpected(step, "all lists", &format!("{synced:?}")))
    }
}

pub fn show_live(
    stage: &mut Stage,
    step: &str,
    phone: &Phone,
    slot: Slot,
) -> Result<Card, TourError> {
    let view = phone.wallet().show_live(slot)?;
    let (name, colour, until) = (view.name, view.colour, minute(view.counts_until));
    let detail = format!("{name}, {colour:?}, offline until {until}");
    stage.show(step, &view.text, &detail)
}

pub fn show_nucleic_acid(
    stage: &mut Stage,
    step: &str,
    phone: &Phone,
    slot: Slot,
) -> Result<Card, TourError> {
    let view = phone.wallet().show_nucleic_acid(slot)?;
    let detail = format!("{}, until the end of {}", view.name, view.last_day);
    stage.show(step, &view.text, &detail)
}

fn save_picture(
    stage: &mut Stage,
    step: &str,
    phone: &Phone,
    slot: Slot,
) -> Result<Card, TourError> {
    let text = phone.wallet().show_nucleic_acid(slot)?.text;
    let picture = phone.wallet().saved_picture(slot)?;
    stage.picture(step, "save", &text, &picture, "saved, and read back from the picture")
}

/// The same code with its last character but one changed: a part of the signature.
fn altered(text: &str) -> String {
    let place = text.len() - 2;
    let other = if &text[place..=place] == "0" { "1" } else { "0" };
    format!("{}{other}{}", &text[..place], &text[place + 1..])
}
