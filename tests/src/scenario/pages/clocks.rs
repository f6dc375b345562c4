//! The city's clock and those of the devices, set to what each turn says.

use std::collections::BTreeMap;
use std::sync::Arc;

use suima_code::UnixTime;
use suima_simulator::clock::{CityClock, DeviceClock};

use super::super::run::Trouble;
use super::super::turns::Reading;

/// All clocks of a trial.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    city: Option<CityClock>,
    devices: BTreeMap<String, (Arc<DeviceClock>, String)>,
}

impl Clocks {
    /// The city's clock, which the first turn sets.
    pub fn city(&mut self, reading: &Reading) -> CityClock {
        self.city.get_or_insert_with(|| CityClock::standing(time(reading))).clone()
    }

    /// A device comes.
    pub fn enter(&mut self, device: &str, reading: &Reading, clock: Arc<DeviceClock>) {
        self.devices.insert(device.to_owned(), (clock, reading.boot.clone()));
    }

    /// Sets the city's clock and a device's. Time passes for everybody, and never back.
    pub fn set(&mut self, device: &str, reading: &Reading) -> Result<(), Trouble> {
        let (now, city) = (time(reading), self.city(reading));
        let passed = u32::try_from(now.since(city.now())).map_err(Trouble::of)?;
        city.forward(passed);
        let known = self.devices.get_mut(device);
        let (clock, boot) = known.ok_or_else(|| Trouble(format!("{device} has no clock")))?;
        clock.set_error(reading.wall.since(now));
        if *boot != reading.boot {
            boot.clone_from(&reading.boot);
            clock.reboot(boot.clone());
        }
        Ok(())
    }
}

/// The time that is right: uptimes are counted from 1970 in a trial, whatever the wall clock says.
fn time(reading: &Reading) -> UnixTime {
    UnixTime::new(u32::try_from(reading.since_boot_ms / 1000).unwrap_or(u32::MAX))
}
