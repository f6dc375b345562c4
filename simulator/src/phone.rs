//! A phone of the city: the real wallet on a device whose line can be cut.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use suima_wallet::{Config, Refreshed, Wallet};

use crate::Error;
use crate::device::Device;
use crate::words::{Said, Tone};

/// A phone with the app.
#[derive(Debug)]
pub struct Phone {
    /// What it is without the app.
    pub device: Device,
    wallet: Mutex<Arc<Wallet>>,
    told: Mutex<Vec<(Tone, Said)>>,
}

impl Phone {
    /// Starts the app.
    pub fn start(device: Device) -> Result<Self, Error> {
        let wallet = Mutex::new(Arc::new(open(&device)?));
        Ok(Self { device, wallet, told: Mutex::default() })
    }

    /// The app as it runs now.
    pub fn wallet(&self) -> Arc<Wallet> {
        Arc::clone(&locked(&self.wallet))
    }

    /// Closes the app and starts it again: whatever it knows then, it has read from its store.
    pub fn reopen(&self) -> Result<(), Error> {
        let mut wallet = locked(&self.wallet);
        wallet.close()?;
        *wallet = Arc::new(open(&self.device)?);
        Ok(())
    }

    /// Lets the app ask for what is new, and keeps what it has to tell until the user has done something else.
    pub async fn refresh(&self) -> Result<Refreshed, suima_wallet::Error> {
        let refreshed = self.wallet().refresh().await?;
        for news in &refreshed.news {
            self.tell(Tone::Caution, news.sentence());
        }
        for resolved in &refreshed.resolved {
            self.tell(Tone::Good, resolved.sentence());
        }
        Ok(refreshed)
    }

    /// Puts a message on the screen.
    pub fn tell(&self, tone: Tone, message: impl Into<Said>) {
        locked(&self.told).push((tone, message.into()));
    }

    /// Puts a message on the screen, unless it is there: what happens every day is said once.
    pub fn tell_once(&self, tone: Tone, message: impl Into<Said>) {
        let message = (tone, message.into());
        let mut told = locked(&self.told);
        if !told.contains(&message) {
            told.push(message);
        }
    }

    /// The messages on the screen.
    pub fn told(&self) -> Vec<(Tone, Said)> {
        locked(&self.told).clone()
    }

    /// The user has seen the messages.
    pub fn seen(&self) {
        locked(&self.told).clear();
    }
}

/// Nothing here is left half done by a panic, so a poisoned lock is as good as any.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(device: &Device) -> Result<Wallet, Error> {
    let config =
        Config { path: device.database(), endpoint: device.endpoint(), roots: device.roots() };
    Ok(Wallet::open(config, device.ports())?.wallet)
}
