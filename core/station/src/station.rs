//! The station itself: its life cycle, its lock, its status.

use std::fmt;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Transaction;
use suima_client::http::{Client, Endpoint};
use suima_code::{Roots, UnixTime};
use suima_device::{
    CorrectedTime, Event as LogEvent, Level, Ports, RandomError, Sealer, Store, TimeAnchor,
};

use crate::knowledge::write_anchor;
use crate::schema::SCHEMA;
use crate::state::State;
use crate::view::Status;
use crate::{Error, journal};

/// What a station is opened with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database file; its folder belongs to the app alone and is not in backups.
    pub path: PathBuf,
    /// Where the issuer is.
    pub endpoint: Endpoint,
    /// The root keys that the app pins.
    pub roots: Roots,
}

/// A station: a sampling phone, a gate, a phone at a door.
///
/// Life cycle: [`open`](Self::open), any number of [`pause`](Self::pause) and [`resume`](Self::resume), then
/// [`close`](Self::close) or drop. All methods may be called from any thread. Those that are not `async` do not
/// touch the network and return within milliseconds, unless a long list is being written. The `async` ones need a Tokio
/// runtime and may be dropped at any point: whatever was done until then stands.
pub struct Station {
    pub(crate) store: Store,
    pub(crate) ports: Ports,
    pub(crate) roots: Roots,
    pub(crate) client: Client,
    state: Mutex<State>,
    /// The issuer's time as it was heard last, for signing requests only: it may come from an answer that nobody
    /// signed. Codes are judged by the time of heads.
    heard: Mutex<Option<TimeAnchor>>,
}

impl Station {
    /// Opens the station, making its file when there is none, and reads what it knew and did before.
    pub fn open(config: Config, ports: Ports) -> Result<Self, Error> {
        let log = Arc::clone(&ports.log);
        let observer = Arc::new(move |name| {
            log.record(&LogEvent { level: Level::Debug, name, detail: "station".to_owned() });
        });
        let client = Client::new(&config.endpoint, observer)?;
        let store = Store::open(&config.path, &SCHEMA, &ports)?.store;
        let state =
            store.read(|connection, sealer| State::load(connection, sealer, &config.roots))?;
        Ok(Self {
            store,
            ports,
            roots: config.roots,
            client,
            state: Mutex::new(state),
            heard: Mutex::new(None),
        })
    }

    /// Gives up the file until [`resume`](Self::resume), before the system suspends the app.
    pub fn pause(&self) -> Result<(), Error> {
        Ok(self.store.pause()?)
    }

    /// Takes the file up again.
    pub fn resume(&self) -> Result<(), Error> {
        Ok(self.store.resume()?)
    }

    /// Closes the file; every later call that needs it answers [`Error::Closed`].
    pub fn close(&self) -> Result<(), Error> {
        Ok(self.store.close()?)
    }

    /// How the station is: what it knows, how old that is, and what waits for the network.
    pub fn status(&self) -> Result<Status, Error> {
        let mut state = self.state()?;
        self.keep_time(&mut state);
        let now = self.now(&state);
        let (waiting, found) = self.store.read(|connection, sealer| {
            let waiting = journal::count_waiting(connection)?;
            Ok::<_, Error>((waiting, journal::findings(connection, sealer)?))
        })?;
        let known = &state.knowledge;
        let as_of = known.revocations.as_of();
        let age = as_of.map(|as_of| u32::try_from(now.time.since(as_of)).unwrap_or(0));
        Ok(Status {
            enrolled: state.device.as_ref().is_some_and(|device| !device.ended),
            ended: state.device.as_ref().is_some_and(|device| device.ended),
            name: state.device.as_ref().map(|device| device.name.clone()),
            policy_version: known.policy.map_or(0, |policy| policy.version),
            trust_version: known.trust.as_ref().map_or(0, |trust| trust.version),
            sequences: known.revocations.sequences(),
            as_of,
            age_seconds: age,
            now: now.time,
            clock: now.status(),
            waiting,
            conflicts: found.conflicts,
            not_in_register: found.not_in_register,
        })
    }

    /// The copy in memory, read again from the store where the two might differ.
    pub(crate) fn state(&self) -> Result<MutexGuard<'_, State>, Error> {
        // A thread that died while it held the lock left `in_step` as it was: that says what the copy is worth.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.in_step {
            *state = self
                .store
                .read(|connection, sealer| State::load(connection, sealer, &self.roots))?;
        }
        Ok(state)
    }

    /// Writes in one transaction, then lets `adopt` do the same to the copy in memory.
    pub(crate) fn change<T>(
        &self,
        state: &mut State,
        name: &'static str,
        write: impl FnOnce(&Transaction<'_>, &Sealer) -> Result<(), Error>,
        adopt: impl FnOnce(&mut State) -> T,
    ) -> Result<T, Error> {
        state.in_step = false;
        self.store.write(name, write)?;
        let adopted = adopt(state);
        state.in_step = true;
        Ok(adopted)
    }

    /// The issuer's time as the station knows it by heads.
    pub(crate) fn now(&self, state: &State) -> CorrectedTime {
        CorrectedTime::at(state.knowledge.anchor.as_ref(), &self.ports.clock.read())
    }

    /// Anchors the time anew where the wall clock was set since it was anchored. What cannot be written now is left to
    /// the next time: until the device is started anew, the time is right all the same.
    fn keep_time(&self, state: &mut State) {
        let anchor = state.knowledge.anchor.as_ref();
        let Some(renewed) = anchor.and_then(|anchor| anchor.renewed(&self.ports.clock.read()))
        else {
            return;
        };
        let written = self.change(
            state,
            "station.clock.set",
            |transaction, sealer| write_anchor(transaction, sealer, &renewed),
            |state| state.knowledge.anchor = Some(renewed.clone()),
        );
        if written.is_err() {
            let detail = "left to the next time".to_owned();
            self.log(Level::Warn, "station.clock.set.failed", detail);
        }
    }

    /// The issuer's time by whatever was heard last.
    pub(crate) fn request_time(&self) -> Result<UnixTime, Error> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let anchor = match heard {
            Some(anchor) => Some(anchor),
            None => self.state()?.knowledge.anchor.clone(),
        };
        Ok(CorrectedTime::at(anchor.as_ref(), &self.ports.clock.read()).time)
    }

    /// Takes note of a time that the issuer said just now.
    pub(crate) fn hear(&self, issuer: UnixTime) -> Option<TimeAnchor> {
        let anchor = TimeAnchor::new(issuer, self.ports.clock.read())?;
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(anchor.clone());
        Some(anchor)
    }

    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], RandomError> {
        let mut bytes = [0; N];
        self.ports.random.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// 128 random bits as 32 lower-case hexadecimal digits.
    pub(crate) fn random_id(&self) -> Result<String, RandomError> {
        let mut id = String::with_capacity(32);
        for byte in self.random::<16>()? {
            write!(id, "{byte:02x}").expect("a string takes all that is written");
        }
        Ok(id)
    }

    pub(crate) fn log(&self, level: Level, name: &'static str, detail: String) {
        self.ports.log.record(&LogEvent { level, name, detail });
    }
}

impl fmt::Debug for Station {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Station").finish_non_exhaustive()
    }
}
