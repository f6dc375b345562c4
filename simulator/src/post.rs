//! A post of the city: the real station on a device whose line can be cut.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use suima_code::Place;
use suima_station::input::{Debounce, Wedge};
use suima_station::{Config, DoorView, Registration, ScanView, Station};

use crate::Error;
use crate::device::Device;
use crate::words::{Sentence, Tone};

/// A post with the station's app.
pub struct Post {
    /// What it is without the app.
    pub device: Device,
    station: Mutex<Arc<Station>>,
    shown: Mutex<Shown>,
    /// What its scanner is typing.
    wedge: Mutex<Wedge>,
    /// What its camera saw last.
    camera: Mutex<Debounce>,
    at_hand: Mutex<AtHand>,
}

/// What stands on its screen until something else happens.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// What came of what was last done.
    pub outcome: Option<Outcome>,
    /// How often something was done: a verdict that is given again is a new one.
    pub number: u64,
}

/// What came of something that was done at a post.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A code was decided on, and nobody was registered.
    Scan(Box<ScanView>),
    /// A gate or a door was asked.
    Door(Place, Box<DoorView>),
    /// Somebody was to be registered.
    Registration(Box<Registration>),
    /// Something is to be said; the word is stable: the id of an error, or what was done.
    Said(Tone, &'static str, Sentence),
}

/// What was shown and needs something else beside it: a paper code its ID card, an ID card its name.
#[derive(Clone, Default)]
pub struct AtHand {
    /// The text of a paper code that is to be compared with an ID card.
    pub paper: Option<String>,
    /// The ID card that was read last.
    pub card: Option<Card>,
    /// Who was to be registered by hand and was not: what was typed stands there to be mended.
    pub person: Option<Person>,
}

/// Somebody who is not in the register, as typed.
#[derive(Clone, Deserialize)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// The number of a document, where there is one.
    pub document: Option<String>,
    /// Where they can be reached.
    pub contact: String,
}

/// An ID card, as far as it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// Its number, as it was read.
    pub number: String,
    /// The full name on it, once it was typed.
    pub name: Option<String>,
}

/// What is typed, scanned and shown stays out of it: there are numbers and names in it.
impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post").field("device", &self.device).finish_non_exhaustive()
    }
}

impl From<&suima_station::Error> for Outcome {
    fn from(error: &suima_station::Error) -> Self {
        let tone = match error {
            suima_station::Error::Refused(_) => Tone::Caution,
            _ => Tone::Bad,
        };
        Self::Said(tone, error.id(), error.said())
    }
}

impl Post {
    /// Starts the app.
    pub fn start(device: Device) -> Result<Self, Error> {
        let station = Mutex::new(Arc::new(open(&device)?));
        Ok(Self {
            device,
            station,
            shown: Mutex::default(),
            wedge: Mutex::default(),
            camera: Mutex::default(),
            at_hand: Mutex::default(),
        })
    }

    /// The app as it runs now.
    pub fn station(&self) -> Arc<Station> {
        Arc::clone(&locked(&self.station))
    }

    /// Kills the app and starts it again: whatever it knows then, it has read from its store.
    pub fn reopen(&self) -> Result<(), Error> {
        let mut station = locked(&self.station);
        station.close()?;
        *station = Arc::new(open(&self.device)?);
        *locked(&self.wedge) = Wedge::default();
        *locked(&self.camera) = Debounce::default();
        self.clear();
        Ok(())
    }

    /// Syncs, where it is enrolled and has a network.
    pub async fn sync_if_possible(&self) -> Result<(), Error> {
        let station = self.station();
        if station.status()?.enrolled && !self.device.is_cut().await {
            // What keeps it from that is in its status: how old its knowledge is.
            let _ = station.sync().await;
        }
        Ok(())
    }

    /// What stands on its screen.
    pub fn shown(&self) -> Shown {
        locked(&self.shown).clone()
    }

    /// Shows what came of something.
    pub fn show(&self, outcome: Outcome) {
        let mut shown = locked(&self.shown);
        *shown = Shown { outcome: Some(outcome), number: shown.number + 1 };
    }

    /// Takes away what stands on its screen, and what waited for something else.
    pub fn clear(&self) {
        let mut shown = locked(&self.shown);
        *shown = Shown { outcome: None, number: shown.number + 1 };
        *locked(&self.at_hand) = AtHand::default();
    }

    /// What its scanner is typing.
    pub fn wedge(&self) -> MutexGuard<'_, Wedge> {
        locked(&self.wedge)
    }

    /// What its camera saw last.
    pub fn camera(&self) -> MutexGuard<'_, Debounce> {
        locked(&self.camera)
    }

    /// What was shown and needs something else beside it.
    pub fn at_hand(&self) -> MutexGuard<'_, AtHand> {
        locked(&self.at_hand)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(device: &Device) -> Result<Station, Error> {
    let config =
        Config { path: device.database(), endpoint: device.endpoint(), roots: device.roots() };
    Ok(Station::open(config, device.ports())?)
}
