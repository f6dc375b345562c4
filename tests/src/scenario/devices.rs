//! The phones and stations of a scenario as the conductor has them, with their networks and their clocks, and its desks.

use serde_json::Value;
use suima_code::{Slot, UnixTime};

use super::browser::Browser;
use super::desks::Desk;
use super::format::Device;
use super::run::{Trouble, World};
use super::turns::{DeviceKind, PinnedRoots, Reading, SetUp, Task};
use crate::city::City;
use crate::hex::hex;
use crate::line::{Line, Mishap};

/// A device.
#[derive(Debug)]
pub(super) enum Apparatus {
    /// Played by somebody.
    Played(Box<Played>),
    /// A browser at the portal or at a terminal.
    Desk(Desk),
}

/// What the conductor has of a phone or a station that somebody plays.
#[derive(Debug)]
pub(super) struct Played {
    kind: DeviceKind,
    /// Whose phone it is.
    owner: Option<Slot>,
    line: Line,
    /// Seconds by which its wall clock is wrong.
    error: i64,
    /// How often it was turned off and on.
    boots: u32,
}

impl Played {
    async fn new(city: &City, kind: DeviceKind, owner: Option<Slot>) -> Self {
        Self { kind, owner, line: city.line().await, error: 0, boots: 0 }
    }

    fn set_up(&self, city: &City, activation: Option<String>) -> Task {
        let roots = PinnedRoots {
            hot: hex(&city.roots.hot.to_bytes()),
            cold: hex(&city.roots.cold.to_bytes()),
        };
        let (kind, issuer, pinned) = (self.kind, self.line.url(), Vec::new());
        Task::SetUp(SetUp { kind, issuer, pinned, roots, activation })
    }

    /// What its clocks read.
    pub fn reading(&self, now: UnixTime) -> Reading {
        Reading {
            wall: now.plus(self.error),
            since_boot_ms: u64::from(now.get()) * 1000,
            boot: format!("boot {}", self.boots),
        }
    }

    /// Whether it is of the kind that does this.
    pub fn does(&self, task: &Task) -> bool {
        task.kind().is_none_or(|kind| kind == self.kind)
    }
}

/// Sets a device up as the scenario says it is before the first step.
pub(super) async fn set_up(world: &mut World<'_>, device: &Device) -> Result<(), Trouble> {
    match device {
        Device::Phone { name, of, enrolled, holds } => {
            let owner = world.people.slot(of)?;
            let phone = Played::new(&world.city, DeviceKind::Phone, Some(owner)).await;
            let activation = if *enrolled {
                Some(world.city.issuer.activation_code(owner).map_err(Trouble::of)?)
            } else {
                None
            };
            let task = phone.set_up(&world.city, activation);
            enter(world, name, Apparatus::Played(Box::new(phone)))?;
            done(world, name, task).await?;
            for person in holds {
                let slot = world.people.slot(person)?;
                done(world, name, Task::Hold { slot }).await?;
            }
        }
        Device::Station { name, synced } => {
            let code = world.city.issuer.station_activation(name).map_err(Trouble::of)?;
            let station = Played::new(&world.city, DeviceKind::Station, None).await;
            let task = station.set_up(&world.city, Some(code));
            enter(world, name, Apparatus::Played(Box::new(station)))?;
            done(world, name, task).await?;
            if *synced {
                let synced = done(world, name, Task::Sync).await?;
                if synced["current"] != true {
                    return Err(Trouble(format!("{name} is not synced: {synced}")));
                }
            }
        }
        Device::Portal { name } => {
            let browser = Browser::new(world.city.address());
            enter(world, name, Apparatus::Desk(Desk { browser, base: "/portal" }))?;
        }
        Device::Terminal { name } => {
            let code = world.city.issuer.terminal_activation(name).map_err(Trouble::of)?;
            let mut browser = Browser::new(world.city.address());
            browser.send("/terminal/set-up", &[("code", &code)]).await?;
            enter(world, name, Apparatus::Desk(Desk { browser, base: "/terminal" }))?;
        }
    }
    Ok(())
}

fn enter(world: &mut World<'_>, name: &str, apparatus: Apparatus) -> Result<(), Trouble> {
    match world.devices.insert(name.to_owned(), apparatus) {
        None => Ok(()),
        Some(_) => Err(Trouble(format!("two devices are called {name}"))),
    }
}

/// Lets a device do what no scenario expects to fail.
async fn done(world: &mut World<'_>, device: &str, task: Task) -> Result<Value, Trouble> {
    let result = world.turn(device, task).await?.result;
    if result["error"].is_null() { Ok(result) } else { Err(Trouble(format!("{device}: {result}"))) }
}

impl World<'_> {
    pub fn apparatus(&mut self, name: &str) -> Result<&mut Apparatus, Trouble> {
        let known = self.devices.get_mut(name);
        known.ok_or_else(|| Trouble(format!("no device is called {name}")))
    }

    pub fn played(&mut self, name: &str) -> Result<&mut Played, Trouble> {
        match self.apparatus(name)? {
            Apparatus::Played(device) => Ok(device),
            Apparatus::Desk(_) => Err(Trouble(format!("{name} is neither a phone nor a station"))),
        }
    }

    pub fn desk(&mut self, name: &str) -> Result<&mut Desk, Trouble> {
        match self.apparatus(name)? {
            Apparatus::Desk(desk) => Ok(desk),
            Apparatus::Played(_) => {
                Err(Trouble(format!("{name} is neither a portal nor a terminal")))
            }
        }
    }

    /// Whose phone it is.
    pub fn owner(&mut self, phone: &str) -> Result<Slot, Trouble> {
        let owner = self.played(phone)?.owner;
        owner.ok_or_else(|| Trouble(format!("{phone} is no phone")))
    }

    /// Cuts the network of a device.
    pub async fn cut(&mut self, device: &str) -> Result<(), Trouble> {
        self.played(device)?.line.cut().await.map_err(Trouble::of)
    }

    /// Mends it.
    pub fn restore(&mut self, device: &str) -> Result<(), Trouble> {
        self.played(device)?.line.restore().map_err(Trouble::of)
    }

    /// Lets something happen to its next request to `path`.
    pub fn plan(
        &mut self,
        device: &str,
        path: &'static str,
        mishap: Mishap,
    ) -> Result<(), Trouble> {
        self.played(device)?.line.plan(path, mishap);
        Ok(())
    }

    /// Closes its app and opens it again.
    pub async fn reopen(&mut self, device: &str) -> Result<(), Trouble> {
        done(self, device, Task::Reopen).await.map(|_| ())
    }

    /// Sets the wall clock of a phone wrong, by this many seconds, and turns it off and on.
    pub async fn set_clock(&mut self, device: &str, by: i64) -> Result<(), Trouble> {
        self.owner(device)?;
        let phone = self.played(device)?;
        phone.error = by;
        phone.boots += 1;
        self.reopen(device).await
    }
}
