//! What phones and stations have in common: a folder, a clock, a keystore and a line to the issuer.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use suima_client::http::Endpoint;
use suima_code::Roots;
use suima_device::{Ports, SystemRandom};
use suima_issuer::Issuer;

use crate::clock::{CityClock, DeviceClock};
use crate::keystore::FileKeystore;
use crate::log::StderrLog;
use crate::network::Line;

/// A device without its software.
#[derive(Debug)]
pub struct Device {
    /// What it is called in addresses and in the log.
    pub id: String,
    /// Its clock.
    pub clock: Arc<DeviceClock>,
    line: Option<Line>,
    /// Where it looks for the issuer.
    url: String,
    folder: PathBuf,
    roots: Roots,
}

impl Device {
    /// A device of the city, with a line of its own to the issuer; it keeps what it keeps in a folder of its own below `city`.
    pub async fn new(
        id: &str,
        city: &Path,
        clock: &CityClock,
        issuer: &Issuer,
    ) -> Result<Self, crate::Error> {
        let line = Line::open(issuer.router()).await?;
        let url = line.url();
        let device = Self::elsewhere(id, city, clock, url, issuer.roots()?)?;
        Ok(Self { line: Some(line), ..device })
    }

    /// A device that reaches its issuer at `url`, over a network that is not this program's to cut.
    pub fn elsewhere(
        id: &str,
        city: &Path,
        clock: &CityClock,
        url: String,
        roots: Roots,
    ) -> Result<Self, crate::Error> {
        let folder = city.join(id);
        fs::create_dir_all(&folder)?;
        let clock = Arc::new(DeviceClock::new(clock.clone(), boot()?));
        Ok(Self { id: id.to_owned(), clock, line: None, url, folder, roots })
    }

    /// Its line to the issuer, where it is this program's to cut.
    pub fn line(&self) -> Result<&Line, crate::Error> {
        self.line.as_ref().ok_or(crate::Error::NoLine)
    }

    /// Whether it is known to have no network.
    pub async fn is_cut(&self) -> bool {
        match &self.line {
            Some(line) => !line.is_up().await,
            None => false,
        }
    }

    /// A folder of its own below its folder, made where there is none.
    pub fn folder(&self, name: &str) -> io::Result<PathBuf> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Turns it off and on: its uptime begins anew.
    pub fn reboot(&self) -> io::Result<()> {
        self.clock.reboot(boot()?);
        Ok(())
    }

    /// Where its database lies.
    pub fn database(&self) -> PathBuf {
        self.folder.join("data.sqlite")
    }

    /// Where it looks for the issuer.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint { url: self.url.clone(), pinned_certificates: Vec::new() }
    }

    /// The keys that its app pins.
    pub fn roots(&self) -> Roots {
        self.roots.clone()
    }

    /// What it lends the core.
    pub fn ports(&self) -> Ports {
        Ports {
            keystore: Arc::new(FileKeystore::new(self.folder.join("keystore"))),
            clock: self.clock.clone(),
            log: Arc::new(StderrLog::new(self.id.clone())),
            random: Arc::new(SystemRandom),
            signer: None,
        }
    }
}

/// A name for this start of a device that no other has.
fn boot() -> io::Result<String> {
    Ok(getrandom::u64().map(|random| format!("{random:016x}"))?)
}
