//! What a device does in a process of its own, so that it can be killed in the middle of it.
//!
//! The processes are `phone` and `post` of this package. An [`Errand`] goes in as their one argument; what the device has
//! acknowledged comes out on stdout, a line each.

use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use suima_client::wire::WireKey;
use suima_code::{HoldingNumber, Roots, Slot, UnixTime};
use suima_station::{Error, Registration, Station};

use crate::platform::{HandClock, KillingLog};

/// What a device is to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Errand<T> {
    /// Its database.
    pub database: PathBuf,
    /// Where it finds the issuer.
    pub url: String,
    /// The hot root key that it pins.
    pub hot: WireKey,
    /// The cold one.
    pub cold: WireKey,
    /// The time, which stands still.
    pub now: UnixTime,
    /// How many writes and requests it survives.
    pub survives: usize,
    /// What to do.
    pub task: T,
}

/// What a phone is to do.
#[derive(Debug, Serialize, Deserialize)]
pub enum PhoneTask {
    /// Regenerate what is on its screen.
    Regenerate(Slot),
    /// Refresh.
    Refresh,
    /// Agree to the question with this id.
    Agree(String),
    /// Hold the codes of whoever agreed, by their one-time code.
    Redeem(String),
    /// End this holding of somebody's code.
    End(Slot, HoldingNumber),
}

/// What a station is to do.
#[derive(Debug, Serialize, Deserialize)]
pub enum PostTask {
    /// Work a [`Shift`].
    Work(Shift),
    /// Sync.
    Sync,
}

/// One tube's worth of work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shift {
    /// The barcode of the tube, for five people.
    pub barcode: String,
    /// The codes that five people show. The first one's swab is dropped, and they are taken once more.
    pub texts: Vec<String>,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// At which event it was killed, if it was.
    pub killed_at: Option<String>,
    /// What it had acknowledged.
    pub said: Vec<String>,
}

impl<T> Errand<T> {
    /// The clock of the device.
    pub fn clock(&self) -> HandClock {
        HandClock::new(self.now)
    }

    /// The log that kills.
    pub fn log(&self) -> Arc<KillingLog> {
        Arc::new(KillingLog::after(self.survives))
    }

    /// The roots that the device pins.
    pub fn roots(&self) -> Roots {
        let key = |wire| suima_code::PublicKey::try_from(wire).expect("a sound key");
        Roots { hot: key(&self.hot), cold: key(&self.cold) }
    }
}

impl<T: DeserializeOwned> Errand<T> {
    /// The errand that this process was started for.
    pub fn from_arguments() -> Self {
        let argument = std::env::args().nth(1).expect("an errand");
        serde_json::from_str(&argument).expect("an errand in JSON")
    }
}

impl<T: Serialize> Errand<T> {
    /// Runs this errand in a process of `program`, to its end or its death.
    pub async fn run(&self, program: &'static str) -> Ended {
        let argument = serde_json::to_string(self).expect("an errand has a form in JSON");
        // Other tasks serve the process meanwhile, so the thread must not wait for it.
        let process =
            tokio::task::spawn_blocking(move || Command::new(program).arg(argument).output());
        let output = process.await.expect("it does not panic").expect("the process starts");
        let last_words = String::from_utf8_lossy(&output.stderr).into_owned();
        let killed_at = match output.status.signal() {
            Some(_) => last_words.lines().last().map(str::to_owned),
            None if output.status.success() => None,
            None => panic!("{last_words}"),
        };
        let said = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
        Ended { killed_at, said }
    }
}

impl Shift {
    /// Does what of the shift is not done yet, up to the sealed tube, and says what was acknowledged.
    pub fn work(&self, station: &Station, mut say: impl FnMut(&str, &str)) -> Result<(), Error> {
        if station.session()?.is_none() {
            station.open_session("人民广场", "0417")?;
        }
        if station.tube()?.is_none() {
            say("tube", &station.open_tube(&self.barcode, 5)?.barcode);
        }
        let mut register = |text: &str| -> Result<(), Error> {
            match station.register(text)? {
                Registration::Registered(registered) => say("registered", &registered.entry),
                Registration::AlreadyInTube { .. } | Registration::TubeSealed { .. } => {}
                other => panic!("{other:?}"),
            }
            Ok(())
        };
        for text in &self.texts {
            register(text)?;
        }
        let tube = station.tube()?.expect("it was opened");
        if tube.sealed.is_none() {
            station.undo(&tube.seats[0].entry, "棉签掉落")?;
            say("undone", &tube.seats[0].entry);
            match station.register(&self.texts[0])? {
                Registration::Registered(registered) => say("registered", &registered.entry),
                other => panic!("{other:?}"),
            }
            say("sealed", &station.seal(5, None)?.barcode);
        }
        Ok(())
    }
}
