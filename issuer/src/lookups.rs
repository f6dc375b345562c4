//! What stations ask about a person: match or not, the status and its time, and nothing else (R6; design section 6).
//!
//! Somebody else's code, somebody else's card and a card of nobody get one and the same answer. Every question is in the audit
//! log, also those beyond the bound.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{
    IdCardRequest, PaperCheckRequest, PersonStatus, ProblemId, StatusResponse,
};
use suima_code::{Acceptance, Day, LineKind, Place, Presented, Slot, UnixTime};

use crate::act::Act;
use crate::audit::{self, Note};
use crate::error::Failure;
use crate::stations::Station;
use crate::{Error, documents, people};

/// How many questions a station may ask on a day: a gate through which somebody passes with an ID card every four
/// seconds, day and night, asks about as many. More is somebody working through a list.
const ASKED_PER_DAY: u32 = 20_000;

/// How many of them may meet nobody. At a door that happens to a misread card and to visitors; to somebody who guesses,
/// nearly always.
const UNMATCHED_PER_DAY: u32 = 500;

/// The longest name or number of a staff member, in characters.
const STAFF: usize = 64;

/// What is asked, besides whom it is about.
struct Question<'a> {
    station: &'a Station,
    name: &'static str,
    place: Place,
    staff: &'a str,
}

/// The status of who showed an ID card, at a gate or a manual check.
pub(crate) fn id_card(
    act: &Act<'_>,
    station: &Station,
    request: &IdCardRequest,
) -> Result<StatusResponse, Failure> {
    let question =
        Question { station, name: "id-card", place: request.place, staff: &request.staff };
    // At sampling nobody's status matters (R6), so nobody is told it there.
    let acceptance = documents::policy(act)?.acceptance(Presented::IdCard, request.place);
    if request.place == Place::Sampling || acceptance == Acceptance::Refused {
        return Err(ProblemId::NotAllowed.into());
    }
    answer(act, &question, || {
        let slot = people::slot_of(act, &request.id_number)?;
        Ok((slot, slot))
    })
}

/// Whether a paper code and an ID card are of one person, and that person's status.
///
/// The station has verified the code. Here it must be the one that counts now, to the letter: a code has one spelling.
pub(crate) fn paper_check(
    act: &Act<'_>,
    station: &Station,
    request: &PaperCheckRequest,
) -> Result<StatusResponse, Failure> {
    let place = Place::ManualCheck;
    let question = Question { station, name: "paper-check", place, staff: &request.staff };
    if documents::policy(act)?.acceptance(Presented::Paper, place) == Acceptance::Refused {
        return Err(ProblemId::NotAllowed.into());
    }
    answer(act, &question, || {
        let about = people::slot_of(act, &request.id_number)?;
        // Looked up also where the card is of nobody, so that this takes as long as a wrong code.
        let code = paper_code(act, about.unwrap_or(Slot(0)))?;
        Ok((about, about.filter(|_| code.as_deref() == Some(&*request.code))))
    })
}

/// The text of the paper code that counts now.
fn paper_code(act: &Act<'_>, slot: Slot) -> Result<Option<String>, Error> {
    let text = act
        .db
        .prepare_cached(
            "SELECT text FROM issued JOIN signing_key ON signing_key.id = issued.key
             WHERE kind = ?1 AND slot = ?2 AND recalled IS NULL
             AND coalesce(nbf, iat) <= ?3 AND ?3 < exp
             AND iat >= coalesce((SELECT revoked_before FROM static_code
                                  WHERE kind = ?1 AND slot = ?2), 0)
             ORDER BY iat DESC LIMIT 1",
        )?
        .query_row((LineKind::Paper.number(), slot.0, act.now.get()), |row| row.get(0))
        .optional()?;
    Ok(text)
}

/// Answers whom a question is about and whom it matched; counts it and puts it into the audit log.
fn answer(
    act: &Act<'_>,
    question: &Question<'_>,
    find: impl FnOnce() -> Result<(Option<Slot>, Option<Slot>), Error>,
) -> Result<StatusResponse, Failure> {
    // Control characters would let one row of the log look like two.
    if question.staff.chars().count() > STAFF || question.staff.contains(char::is_control) {
        return Err(ProblemId::BadRequest.into());
    }
    let today = Day::of(act.now);
    if !may_ask(act, question.station, today)? {
        note(act, question, None, "too-often")?;
        return Err(ProblemId::TooOften.into());
    }
    let (about, matched) = find()?;
    let status = match matched {
        Some(slot) => PersonStatus::Match { colour: people::named(act, slot)?.colour },
        None => PersonStatus::NoMatch,
    };
    count(act, question.station, today, matched.is_none())?;
    note(act, question, about, if matched.is_some() { "match" } else { "no-match" })?;
    Ok(StatusResponse { time: act.now, status })
}

fn note(
    act: &Act<'_>,
    question: &Question<'_>,
    slot: Option<Slot>,
    outcome: &'static str,
) -> Result<(), Error> {
    let place = match question.place {
        Place::Sampling => "sampling",
        Place::Gate => "gate",
        Place::ManualCheck => "manual-check",
    };
    audit::note(
        act,
        &Note {
            by: "station",
            asker: &question.station.keyid,
            place,
            staff: question.staff,
            question: question.name,
            slot,
            outcome,
        },
    )
}

fn may_ask(act: &Act<'_>, station: &Station, today: Day) -> Result<bool, Error> {
    let counted: Option<(u32, u32)> = act
        .db
        .prepare_cached("SELECT asked, unmatched FROM lookup_count WHERE station = ? AND day = ?")?
        .query_row((&station.keyid, today.start().get()), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (asked, unmatched) = counted.unwrap_or_default();
    Ok(asked < ASKED_PER_DAY && unmatched < UNMATCHED_PER_DAY)
}

fn count(act: &Act<'_>, station: &Station, today: Day, unmatched: bool) -> Result<(), Error> {
    // Nobody asks for the counts of earlier days.
    let start: UnixTime = today.start();
    act.db.prepare_cached("DELETE FROM lookup_count WHERE day < ?")?.execute([start.get()])?;
    act.db
        .prepare_cached(
            "INSERT INTO lookup_count (station, day, asked, unmatched) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (station, day) DO UPDATE SET
                 asked = asked + 1, unmatched = unmatched + excluded.unmatched",
        )?
        .execute((&station.keyid, start.get(), unmatched))?;
    Ok(())
}
