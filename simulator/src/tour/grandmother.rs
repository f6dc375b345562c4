//! The grandmother's chapters: no phone, a paper code from a terminal, its loss and the next one.

use std::sync::Arc;

use suima_client::wire::{AskedAct, Confirmed};
use suima_code::Place::{Gate, Sampling};
use suima_code::Reason;
use suima_issuer::{IdNumber, Progress, Wanted};
use suima_station::{Compared, DoorView, Finding, Registration, Signal};

use super::TourError;
use super::stage::Expected::{Accepted, Refused};
use super::stage::{Card, Stage};
use super::story::{show_live, show_nucleic_acid, sync};
use crate::people::{GRANDMOTHER, MOTHER};
use crate::phone::Phone;

/// Her ID card in the reader of a terminal: she lets her daughter hold her codes, and takes a paper code home.
pub async fn at_the_terminal(stage: &mut Stage) -> Result<Card, TourError> {
    let (mother, grandmother) = (Arc::clone(&stage.city.mother), stage.city.slot(GRANDMOTHER)?);
    let issuer = stage.city.issuer.clone();
    let desks = issuer.desks();
    let activation = issuer.terminal_activation("虹桥社区 Hongqiao Hall")?;
    let (terminal, kept) = desks.enrol_terminal(&activation)?;
    stage.done("enrol-terminal", "enrol", None, &terminal)?;

    let desk = desks.open_at_terminal(&kept)?;
    if !desks.card(&desk, &id_card()?)? {
        return Err(stage.unexpected("grandmother-card", "her card is taken", "it is not"));
    }
    stage.done("grandmother-card", "id-card", None, GRANDMOTHER.name)?;

    let asked = desks.ask(&desk, &Wanted::HoldRelative)?;
    confirm(stage, "mother-agrees-to-hold", &mother, &asked.text).await?;
    mother.wallet().refresh().await?;
    mother.wallet().hold(grandmother).await?;
    mother.wallet().refresh().await?;
    stage.done("mother-holds-grandmother", "hold", None, GRANDMOTHER.name)?;
    let live = show_live(stage, "mother-grandmother-live", &mother, grandmother)?;
    stage.check("scan-mother-grandmother-live", &live, Gate, Accepted)?;

    let asked = desks.preview(&desk, &Wanted::ApplyPaper { slot: grandmother })?;
    if !matches!(asked, AskedAct::ApplyPaper { voids: None, .. }) {
        return Err(stage.unexpected("paper-preview", "it voids nothing", &format!("{asked:?}")));
    }
    let done = desks.by_card(&desk, &asked)?;
    let paper = printed(stage, "grandmother-paper", &desk, &done)?;
    desks.close(&desk)?;
    Ok(paper)
}

/// The paper code, the ID card and the picture at sampling, at a gate and at a door, with a network and without.
pub async fn about_town(stage: &mut Stage, paper: &Card) -> Result<(), TourError> {
    let (north, number) = (Arc::clone(&stage.north), GRANDMOTHER.id_number());
    sync(stage, "north-before-town", &north).await?;
    stage.register("register-grandmother-paper", paper)?;
    let again = north.station().register_id_card(&number, GRANDMOTHER.name, false)?;
    if !matches!(again, Registration::MaybeTwice { .. }) {
        let actual = format!("{again:?}");
        return Err(stage.unexpected("id-card-of-who-is-in-the-tube", "asked", &actual));
    }
    stage.done("id-card-of-who-is-in-the-tube", "register", None, &again.said().en)?;

    let gate = north.station().gate(&paper.text)?;
    let refused = Reason::WrongPlace { place: Gate };
    match gate.finding {
        Finding::Refused { reason, .. } if reason == refused => {}
        other => {
            return Err(stage.unexpected("paper-at-gate", "refused", &format!("{other:?}")));
        }
    }
    stage.check("paper-at-gate", paper, Gate, Refused("wrong-place"))?;
    let view = north.station().gate_id_card(&number).await?;
    found(
        stage,
        "id-card-at-gate",
        "matches",
        &view,
        Signal::Admit,
        matches!(view.finding, Finding::Match { admitted: true, .. }),
    )?;

    let view = north.station().check_paper(&paper.text, &number, GRANDMOTHER.name).await?;
    found(
        stage,
        "paper-and-id-card-at-door",
        "matches",
        &view,
        Signal::Admit,
        matches!(view.finding, Finding::Match { admitted: true, .. }),
    )?;
    let other = MOTHER.id_number();
    let view = north.station().check_paper(&paper.text, &other, MOTHER.name).await?;
    found(
        stage,
        "paper-and-another-card-at-door",
        "does not match",
        &view,
        Signal::Refuse,
        view.finding == Finding::NoMatch,
    )?;

    north.device.line()?.cut().await?;
    let view = north.station().check_paper(&paper.text, &number, GRANDMOTHER.name).await?;
    let agrees = Compared { name_agrees: true, year_agrees: true };
    let unknown = Finding::StatusUnknown { compared: Some(agrees) };
    found(
        stage,
        "paper-and-id-card-offline",
        "status unknown",
        &view,
        Signal::Attention,
        view.finding == unknown,
    )?;
    north.device.line()?.restore().await?;
    Ok(())
}

/// The paper code is lost: her daughter reports it at the portal, each act confirmed on her phone, and applies again. The
/// grandmother's nucleic-acid code is none the wiser (R5).
pub async fn lost(stage: &mut Stage, paper: &Card) -> Result<(), TourError> {
    let (mother, grandmother) = (Arc::clone(&stage.city.mother), stage.city.slot(GRANDMOTHER)?);
    let north = Arc::clone(&stage.north);
    let code = show_nucleic_acid(stage, "grandmother-code-before-loss", &mother, grandmother)?;

    let issuer = stage.city.issuer.clone();
    let desks = issuer.desks();
    let desk = desks.open("Firefox")?;
    let asked = desks.log_in(&desk)?;
    confirm(stage, "portal-log-in", &mother, &asked.text).await?;

    let asked = desks.ask(&desk, &Wanted::ReportLost { slot: grandmother })?;
    confirm(stage, "report-paper-lost", &mother, &asked.text).await?;
    stage.leave_lists()?;
    sync(stage, "north-hears-of-loss", &north).await?;
    stage.check("lost-paper-at-sampling", paper, Sampling, Refused("reported-lost"))?;

    let asked = desks.ask(&desk, &Wanted::ApplyPaper { slot: grandmother })?;
    confirm(stage, "apply-again", &mother, &asked.text).await?;
    let new = printed(stage, "grandmother-new-paper", &desk, &desks.progress(&desk)?)?;
    let asked = desks.ask(&desk, &Wanted::PrintPaper { slot: grandmother })?;
    confirm(stage, "print-again", &mother, &asked.text).await?;
    let same = printed(stage, "grandmother-new-paper-again", &desk, &desks.progress(&desk)?)?;
    stage.same("grandmother-new-paper-again", &new.text, &same.text)?;
    desks.close(&desk)?;

    stage.leave_lists()?;
    sync(stage, "north-hears-of-new-paper", &north).await?;
    stage.check("new-paper-at-sampling", &new, Sampling, Accepted)?;
    stage.check("code-after-loss-of-paper", &code, Sampling, Accepted)?;
    let after = show_nucleic_acid(stage, "grandmother-code-after-loss", &mother, grandmother)?;
    stage.same("grandmother-code-after-loss", &code.text, &after.text)
}

fn id_card() -> Result<IdNumber, TourError> {
    IdNumber::parse(&GRANDMOTHER.id_number())
        .map_err(|error| crate::Error::Register(error.to_string()).into())
}

/// Scans a challenge, reads what is asked, and agrees.
async fn confirm(
    stage: &mut Stage,
    step: &str,
    phone: &Phone,
    shown: &str,
) -> Result<(), TourError> {
    let view = phone.wallet().challenge(shown).await?;
    let confirmed = phone.wallet().confirm(&view, true).await?;
    if confirmed.outcome != Confirmed::Done {
        return Err(stage.unexpected(step, "done", &format!("{:?}", confirmed.outcome)));
    }
    stage.done(step, "confirm", None, &view.question.en)
}

/// Prints the one code that a finished act gives a ticket for.
fn printed(
    stage: &mut Stage,
    step: &str,
    desk: &str,
    progress: &Progress,
) -> Result<Card, TourError> {
    let Progress::Done { ticket: Some(ticket), .. } = progress else {
        return Err(stage.unexpected(step, "something to print", &format!("{progress:?}")));
    };
    let sheet = stage.city.issuer.desks().sheet(desk, ticket)?.unwrap_or_default();
    let [card] = &sheet[..] else {
        return Err(stage.unexpected(step, "one code", &format!("{} codes", sheet.len())));
    };
    let detail = format!("{}, {}", card.masked_name, card.serial.as_deref().unwrap_or_default());
    stage.print(step, &card.text, &detail)
}

/// What a door found about an ID card, and what it does.
fn found(
    stage: &mut Stage,
    step: &str,
    expected: &str,
    view: &DoorView,
    signal: Signal,
    as_expected: bool,
) -> Result<(), TourError> {
    if !as_expected || view.signal != signal {
        return Err(stage.unexpected(step, expected, &format!("{:?}", view.finding)));
    }
    stage.done(step, "id-card", None, &view.said.en)
}
