//! A phone of the city: the real wallet on a device whose line can be cut.

use std::sync::{Arc, Mutex, PoisonError};

use suima_wallet::{Config, Wallet};

use crate::Error;
use crate::device::Device;

/// A phone with the app.
#[derive(Debug)]
pub struct Phone {
    /// What it is without the app.
    pub device: Device,
    wallet: Mutex<Arc<Wallet>>,
}

impl Phone {
    /// Starts the app.
    pub fn start(device: Device) -> Result<Self, Error> {
        let wallet = Mutex::new(Arc::new(open(&device)?));
        Ok(Self { device, wallet })
    }

    /// The app as it runs now.
    pub fn wallet(&self) -> Arc<Wallet> {
        Arc::clone(&self.wallet.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Closes the app and starts it again: whatever it knows then, it has read from its store.
    pub fn reopen(&self) -> Result<(), Error> {
        let mut wallet = self.wallet.lock().unwrap_or_else(PoisonError::into_inner);
        wallet.close()?;
        *wallet = Arc::new(open(&self.device)?);
        Ok(())
    }
}

fn open(device: &Device) -> Result<Wallet, Error> {
    let config =
        Config { path: device.database(), endpoint: device.endpoint(), roots: device.roots() };
    Ok(Wallet::open(config, device.ports())?.wallet)
}
