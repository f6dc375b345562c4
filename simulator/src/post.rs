//! A sampling post of the city: the real station on a device whose line can be cut.

use std::sync::{Arc, Mutex, PoisonError};

use suima_station::{Config, Station};

use crate::Error;
use crate::device::Device;

/// A post with the station's app.
#[derive(Debug)]
pub struct Post {
    /// What it is without the app.
    pub device: Device,
    station: Mutex<Arc<Station>>,
}

impl Post {
    /// Starts the app.
    pub fn start(device: Device) -> Result<Self, Error> {
        let station = Mutex::new(Arc::new(open(&device)?));
        Ok(Self { device, station })
    }

    /// The app as it runs now.
    pub fn station(&self) -> Arc<Station> {
        Arc::clone(&self.station.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Closes the app and starts it again: whatever it knows then, it has read from its store.
    pub fn reopen(&self) -> Result<(), Error> {
        let mut station = self.station.lock().unwrap_or_else(PoisonError::into_inner);
        station.close()?;
        *station = Arc::new(open(&self.device)?);
        Ok(())
    }
}

fn open(device: &Device) -> Result<Station, Error> {
    let config =
        Config { path: device.database(), endpoint: device.endpoint(), roots: device.roots() };
    Ok(Station::open(config, device.ports())?)
}
