//! Challenges: what a desk asks to be confirmed on a phone (design section 8).
//!
//! A challenge lives for a minute, belongs to one desk, and can be taken up by one phone only: by the one it is addressed
//! to, or, for logging in and for holding a relative's codes, by the first that scans it. The phone is told the place, the
//! person and what is voided, and echoes it when it agrees: nothing but that is done.

use rusqlite::{Row, named_params};
use sha2::{Digest as _, Sha256};
use suima_client::wire::{
    AskedAct, CHALLENGE_PREFIX, Challenge, ChallengeRequest, ConfirmRequest, ConfirmResponse,
    Confirmed, ProblemId,
};
use suima_code::{MaskedName, Slot, UnixTime};

use crate::act::{Act, time};
use crate::desk::{self, Authority, Desk, Performed, Progress, Shown};
use crate::devices::{self, Device};
use crate::error::Failure;
use crate::paper::Author;
use crate::{Error, activation, people, wishes};

/// How long a challenge lives, in seconds.
const LIVES: i64 = 60;

/// Characters of an id: 130 random bits.
const ID: usize = 26;

/// How far a challenge has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Done,
    Declined,
    Changed,
    NotEligible,
}

const STATES: [(State, &str); 5] = [
    (State::Open, "open"),
    (State::Done, "done"),
    (State::Declined, "declined"),
    (State::Changed, "changed"),
    (State::NotEligible, "not-eligible"),
];

fn word(state: State) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).expect("all five are listed").1
}

struct Asked {
    id: String,
    desk: String,
    digits: String,
    began: UnixTime,
    expires: UnixTime,
    act: AskedAct,
    addressee: Option<Slot>,
    device: Option<String>,
    state: State,
    ticket: Option<String>,
}

impl Asked {
    fn read(row: &Row<'_>) -> Result<Self, Error> {
        let (state, act): (String, String) = (row.get("state")?, row.get("act")?);
        let state = STATES.iter().find(|(_, known)| *known == state);
        let addressee: Option<u32> = row.get("addressee")?;
        Ok(Self {
            id: row.get("id")?,
            desk: row.get("desk")?,
            digits: row.get("digits")?,
            began: time(row, "began")?,
            expires: time(row, "expires")?,
            act: serde_json::from_str(&act).map_err(|_| Error::Corrupt("challenge"))?,
            addressee: addressee.map(Slot),
            device: row.get("device")?,
            state: state.ok_or(Error::Corrupt("challenge"))?.0,
            ticket: row.get("ticket")?,
        })
    }

    fn is_open(&self, act: &Act<'_>) -> bool {
        // Nor when the clock has gone back further than a challenge lives.
        let age = act.now.since(self.began);
        self.state == State::Open && (-LIVES..LIVES).contains(&age)
    }

    /// Whether `device` may answer: it is the user's, or it scanned before any other did.
    fn is_for(&self, device: &Device) -> bool {
        match self.addressee {
            Some(slot) => slot == device.slot,
            None => self.device.as_ref() == Some(&device.keyid),
        }
    }

    fn shown(self) -> Shown {
        Shown {
            text: format!("{CHALLENGE_PREFIX}{}", self.id),
            id: self.id,
            check: self.digits,
            expires: self.expires,
            act: self.act,
        }
    }

    fn told(self, act: &Act<'_>) -> Result<Challenge, Error> {
        let desk = desk::by_id(act, &self.desk)?;
        Ok(Challenge {
            id: self.id,
            place: desk.place,
            place_name: desk.name,
            check: self.digits,
            began: self.began,
            expires: self.expires,
            act: self.act,
        })
    }
}

fn find(act: &Act<'_>, id: &str) -> Result<Option<Asked>, Error> {
    let mut statement = act.db.prepare_cached("SELECT * FROM challenge WHERE id = ?")?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(Asked::read).transpose()
}

fn of(act: &Act<'_>, desk: &Desk) -> Result<Option<Asked>, Error> {
    let mut statement = act.db.prepare_cached("SELECT * FROM challenge WHERE desk = ?")?;
    let mut rows = statement.query([&desk.id])?;
    rows.next()?.map(Asked::read).transpose()
}

/// Two digits, all equally likely.
fn digits(act: &Act<'_>) -> Result<String, Error> {
    loop {
        let [drawn] = act.random::<1>()?;
        if drawn < 200 {
            return Ok(format!("{:02}", drawn % 100));
        }
    }
}

/// Shows a challenge at a desk, for the phone of `addressee`, or for whichever phone scans it first. An earlier one of this
/// desk is void.
pub(crate) fn show(
    act: &Act<'_>,
    desk: &Desk,
    asked: &AskedAct,
    addressee: Option<Slot>,
) -> Result<Shown, Failure> {
    desk::touch(act, &desk.id)?;
    put(act, desk, asked, State::Open, addressee, None)?;
    let asked = of(act, desk)?.ok_or(Error::Corrupt("challenge"))?;
    Ok(asked.shown())
}

/// Records what came of an act that no phone was asked about.
pub(crate) fn record(
    act: &Act<'_>,
    desk: &Desk,
    asked: &AskedAct,
    state: State,
    ticket: Option<&str>,
) -> Result<(), Error> {
    put(act, desk, asked, state, None, ticket)
}

fn put(
    act: &Act<'_>,
    desk: &Desk,
    asked: &AskedAct,
    state: State,
    addressee: Option<Slot>,
    ticket: Option<&str>,
) -> Result<(), Error> {
    let text = serde_json::to_string(asked).map_err(|_| Error::Corrupt("challenge"))?;
    forget(act, desk)?;
    act.db
        .prepare_cached(
            "INSERT INTO challenge (id, desk, digits, began, expires, act, addressee, state, ticket)
             VALUES (:id, :desk, :digits, :began, :expires, :act, :addressee, :state, :ticket)",
        )?
        .execute(named_params! {
            ":id": activation::characters(&act.random::<ID>()?),
            ":desk": desk.id,
            ":digits": digits(act)?,
            ":began": act.now.get(),
            ":expires": act.now.plus(LIVES).get(),
            ":act": text,
            ":addressee": addressee.map(|slot| slot.0),
            ":state": word(state),
            ":ticket": ticket,
        })?;
    Ok(())
}

/// Voids what a desk has asked.
pub(crate) fn forget(act: &Act<'_>, desk: &Desk) -> Result<(), Error> {
    act.db.prepare_cached("DELETE FROM challenge WHERE desk = ?")?.execute([&desk.id])?;
    Ok(())
}

/// Voids what a desk has asked, unless it was answered. Whether nothing came of it.
pub(crate) fn cancel(act: &Act<'_>, desk: &Desk) -> Result<bool, Error> {
    let answered = of(act, desk)?.is_some_and(|asked| asked.state != State::Open);
    if !answered {
        forget(act, desk)?;
    }
    Ok(!answered)
}

/// How far what a desk asked last has come.
pub(crate) fn progress(act: &Act<'_>, desk: &Desk) -> Result<Progress, Error> {
    let Some(asked) = of(act, desk)? else { return Ok(Progress::Nothing) };
    Ok(match asked.state {
        State::Open if asked.is_open(act) => {
            let taken_up = asked.device.is_some();
            Progress::Waiting { shown: asked.shown(), taken_up }
        }
        State::Open => Progress::Over,
        State::Done => {
            let holder = match (&asked.act, &asked.device) {
                (AskedAct::HoldRelative { .. }, Some(keyid)) => Some(owner_of(act, keyid)?),
                _ => None,
            };
            Progress::Done { act: asked.act, ticket: asked.ticket, holder }
        }
        State::Declined => Progress::Declined,
        State::Changed => Progress::Changed,
        State::NotEligible => Progress::NotEligible,
    })
}

/// Whose phone it is.
fn owner_of(act: &Act<'_>, keyid: &str) -> Result<MaskedName, Error> {
    let found = devices::find(act, keyid)?.ok_or(Error::Corrupt("challenge"))?;
    Ok(people::named(act, found.device.slot)?.masked_name)
}

/// What a phone's user is asked to confirm, oldest first.
pub(crate) fn waiting(act: &Act<'_>, device: &Device) -> Result<Vec<Challenge>, Error> {
    let mut statement = act.db.prepare_cached(
        "SELECT * FROM challenge WHERE addressee = ? AND state = 'open' AND expires > ?
         ORDER BY began, id",
    )?;
    let mut rows = statement.query((device.slot.0, act.now.get()))?;
    let mut waiting = Vec::new();
    while let Some(row) = rows.next()? {
        waiting.push(Asked::read(row)?.told(act)?);
    }
    Ok(waiting)
}

/// Tells the phone that scanned a challenge what is asked, and takes it up: no other phone is told any more. What is over,
/// what is another phone's and what never was get one and the same answer.
pub(crate) fn take_up(
    act: &Act<'_>,
    device: &Device,
    request: &ChallengeRequest,
) -> Result<Challenge, Failure> {
    let found = find(act, &request.id)?.filter(|asked| {
        asked.is_open(act)
            && asked.addressee.is_none_or(|slot| slot == device.slot)
            && asked.device.as_ref().is_none_or(|keyid| *keyid == device.keyid)
    });
    let asked = found.ok_or(ProblemId::NotAllowed)?;
    act.db
        .prepare_cached("UPDATE challenge SET device = ? WHERE id = ?")?
        .execute((&device.keyid, &asked.id))?;
    Ok(asked.told(act)?)
}

/// Does what the user agreed to on the phone; or says why not. The recorded outcome stands for all retries.
pub(crate) fn confirm(
    act: &Act<'_>,
    device: &Device,
    idempotency_key: &str,
    request: &ConfirmRequest,
) -> Result<ConfirmResponse, Failure> {
    let wish = serde_json::to_vec(request).map_err(|_| Error::Corrupt("request"))?;
    let digest = Sha256::new().chain_update("confirm ").chain_update(wish).finalize().into();
    let outcome =
        wishes::once(act, device, idempotency_key, digest, || decide(act, device, request))?;
    Ok(ConfirmResponse { time: act.now, outcome })
}

fn decide(act: &Act<'_>, device: &Device, request: &ConfirmRequest) -> Result<Confirmed, Failure> {
    let found = find(act, &request.id)?;
    let Some(asked) = found.filter(|asked| asked.is_open(act) && asked.is_for(device)) else {
        return Ok(Confirmed::Over);
    };
    let desk = desk::by_id(act, &asked.desk)?;
    desk::touch(act, &desk.id)?;
    let (state, outcome, ticket) = if !request.agree {
        (State::Declined, Confirmed::Declined, None)
    } else if request.act != asked.act {
        (State::Changed, Confirmed::Changed, None)
    } else if request.act == AskedAct::LogIn {
        desk::logged_in(act, &desk, device.slot, Authority::Phone)?;
        (State::Done, Confirmed::Done, None)
    } else {
        let author = Author { slot: device.slot, device: Some(&device.keyid), place: &desk.name };
        match desk::perform(act, &desk, &request.act, &author)? {
            Performed::Done(ticket) => (State::Done, Confirmed::Done, ticket),
            Performed::Changed => (State::Changed, Confirmed::Changed, None),
            Performed::NotEligible => (State::NotEligible, Confirmed::NotEligible, None),
        }
    };
    act.db
        .prepare_cached("UPDATE challenge SET state = ?, device = ?, ticket = ? WHERE id = ?")?
        .execute((word(state), &device.keyid, ticket, &asked.id))?;
    Ok(outcome)
}
