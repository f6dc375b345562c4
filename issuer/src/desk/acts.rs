//! What may be asked at a desk: what it would do, asking the phone, doing it.

use suima_client::wire::{AskedAct, AskingPlace, NamedSlot, ProblemId};
use suima_code::{Slot, StaticKind};

use super::{Authority, Desk, Progress, Shown, Wanted, people, sheet};
use crate::act::Act;
use crate::challenge::{self, State};
use crate::codes::row;
use crate::consent::{self, Source};
use crate::error::Failure;
use crate::paper::{self, Applied, Author};
use crate::{documents, people as register};

/// How many cards fit a page.
const CARDS: usize = 4;

/// What came of doing something.
pub(crate) enum Performed {
    /// It was done; with what there is to print, if anything.
    Done(Option<String>),
    /// What it would have done was not what was agreed to any more. Nothing was done.
    Changed,
    /// No paper code is given to this person today. Nothing was done.
    NotEligible,
}

/// What an act would do now, by name and with what it voids (R9). Refused where the user has no right to it, and where there
/// is nothing to do it to.
pub(crate) fn preview(act: &Act<'_>, desk: &Desk, wanted: &Wanted) -> Result<AskedAct, Failure> {
    let user = desk.user.ok_or(ProblemId::NotAllowed)?;
    let named = |slot: Slot| -> Result<String, Failure> {
        let kin = people::of(act, user)?;
        if kin.iter().any(|kin| kin.slot == slot) {
            Ok(register::named(act, slot)?.name)
        } else {
            Err(ProblemId::NotAllowed.into())
        }
    };
    let paper = |slot: Slot| -> Result<_, Failure> {
        let current = paper::current(act, slot)?;
        Ok(current.ok_or(ProblemId::NotAllowed)?)
    };
    Ok(match *wanted {
        Wanted::ApplyPaper { slot } => {
            AskedAct::ApplyPaper { slot, name: named(slot)?, voids: paper::current(act, slot)? }
        }
        Wanted::PrintPaper { slot } => {
            AskedAct::PrintPaper { slot, name: named(slot)?, iat: paper(slot)? }
        }
        Wanted::ReportLost { slot } => {
            AskedAct::ReportLost { slot, name: named(slot)?, iat: paper(slot)? }
        }
        Wanted::PrintNucleicAcid { ref slots } => prints(act, user, slots)?,
        Wanted::HoldRelative => {
            let limits = documents::policy(act)?.limits;
            let person = register::named(act, user)?;
            let in_person =
                desk.place == AskingPlace::Terminal && desk.authority == Authority::Card;
            if !in_person || register::is_minor(act, &limits, person.birth_date) {
                return Err(ProblemId::NotAllowed.into());
            }
            AskedAct::HoldRelative { slot: user, name: person.name }
        }
    })
}

fn prints(act: &Act<'_>, user: Slot, slots: &[Slot]) -> Result<AskedAct, Failure> {
    if !(1..=CARDS).contains(&slots.len()) {
        return Err(ProblemId::BadRequest.into());
    }
    let kin = people::of(act, user)?;
    let mut named: Vec<NamedSlot> = Vec::new();
    for &slot in slots {
        let held = kin.iter().any(|kin| kin.slot == slot && kin.held);
        let counts = row::load(act, StaticKind::NucleicAcid, slot)?.current().is_some();
        if !held || !counts || named.iter().any(|earlier| earlier.slot == slot) {
            return Err(ProblemId::NotAllowed.into());
        }
        named.push(NamedSlot { slot, name: register::named(act, slot)?.name });
    }
    Ok(AskedAct::PrintNucleicAcid { people: named })
}

/// What somebody wanted who was asked this; `None` for logging in.
fn wanted(asked: &AskedAct) -> Option<Wanted> {
    Some(match asked {
        AskedAct::LogIn => return None,
        AskedAct::ApplyPaper { slot, .. } => Wanted::ApplyPaper { slot: *slot },
        AskedAct::PrintPaper { slot, .. } => Wanted::PrintPaper { slot: *slot },
        AskedAct::ReportLost { slot, .. } => Wanted::ReportLost { slot: *slot },
        AskedAct::PrintNucleicAcid { people } => {
            Wanted::PrintNucleicAcid { slots: people.iter().map(|person| person.slot).collect() }
        }
        AskedAct::HoldRelative { .. } => Wanted::HoldRelative,
    })
}

/// Asks for an act: to be confirmed on the phone of the user, or, where the card of a relative began it, on the phone of
/// whoever is to hold their codes. An earlier question of this desk is void.
pub(crate) fn ask(act: &Act<'_>, desk: &Desk, wanted: &Wanted) -> Result<Shown, Failure> {
    let asked = preview(act, desk, wanted)?;
    let addressee = match asked {
        AskedAct::HoldRelative { .. } => None,
        _ => desk.user,
    };
    challenge::show(act, desk, &asked, addressee)
}

/// Does what the page showed, which the ID card in the reader agrees to. Nobody else's agreement is to be had so.
pub(crate) fn by_card(act: &Act<'_>, desk: &Desk, asked: &AskedAct) -> Result<Progress, Failure> {
    let user = desk.user.ok_or(ProblemId::NotAllowed)?;
    let others = matches!(asked, AskedAct::HoldRelative { .. });
    if desk.place != AskingPlace::Terminal || desk.authority != Authority::Card || others {
        return Err(ProblemId::NotAllowed.into());
    }
    let author = Author { slot: user, device: None, place: &desk.name };
    let (state, ticket) = match perform(act, desk, asked, &author)? {
        Performed::Done(ticket) => (State::Done, ticket),
        Performed::Changed => (State::Changed, None),
        Performed::NotEligible => (State::NotEligible, None),
    };
    challenge::record(act, desk, asked, state, ticket.as_deref())?;
    progress(act, desk)
}

/// Takes back what the desk asked, so that no phone can agree to it any more. Whether it was in time: what was answered stands.
pub(crate) fn cancel(act: &Act<'_>, desk: &Desk) -> Result<bool, Failure> {
    Ok(challenge::cancel(act, desk)?)
}

/// How far what the desk asked last has come.
pub(crate) fn progress(act: &Act<'_>, desk: &Desk) -> Result<Progress, Failure> {
    Ok(challenge::progress(act, desk)?)
}

/// Does exactly what was agreed to, if that is what it would do now.
pub(crate) fn perform(
    act: &Act<'_>,
    desk: &Desk,
    asked: &AskedAct,
    author: &Author<'_>,
) -> Result<Performed, Failure> {
    let Some(wanted) = wanted(asked) else { return Err(ProblemId::BadRequest.into()) };
    match preview(act, desk, &wanted) {
        Ok(now) if now == *asked => {}
        Ok(_) | Err(Failure::Refused(ProblemId::NotAllowed)) => return Ok(Performed::Changed),
        Err(other) => return Err(other),
    }
    let ticket = match asked {
        AskedAct::LogIn => None,
        AskedAct::ApplyPaper { slot, .. } => match paper::apply(act, *slot, author)? {
            Applied::Made(iat) => {
                Some(sheet::ticket(act, desk, &[(StaticKind::Paper, *slot, iat)])?)
            }
            Applied::NotEligible => return Ok(Performed::NotEligible),
        },
        AskedAct::PrintPaper { slot, iat, .. } => {
            Some(sheet::ticket(act, desk, &[(StaticKind::Paper, *slot, *iat)])?)
        }
        AskedAct::ReportLost { slot, .. } => {
            paper::report_lost(act, *slot, author)?;
            None
        }
        AskedAct::PrintNucleicAcid { people } => {
            let mut codes = Vec::new();
            for person in people {
                let kind = StaticKind::NucleicAcid;
                if let Some(code) = row::load(act, kind, person.slot)?.current() {
                    codes.push((kind, person.slot, code.iat));
                }
            }
            Some(sheet::ticket(act, desk, &codes)?)
        }
        AskedAct::HoldRelative { slot, .. } => {
            consent::record(act, author.slot, *slot, Source::Terminal { name: &desk.name })?;
            None
        }
    };
    Ok(Performed::Done(ticket))
}
