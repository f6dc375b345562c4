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
    /// What it is called in the page and in the log.
    pub id: &'static str,
    /// Its line to the issuer.
    pub line: Line,
    /// Its clock.
    pub clock: Arc<DeviceClock>,
    folder: PathBuf,
    roots: Roots,
}

impl Device {
    /// A device that keeps what it keeps in a folder of its own below `city`.
    pub async fn new(
        id: &'static str,
        city: &Path,
        clock: &CityClock,
        issuer: &Issuer,
    ) -> Result<Self, crate::Error> {
        let folder = city.join(id);
        fs::create_dir_all(&folder)?;
        Ok(Self {
            id,
            line: Line::open(issuer.router()).await?,
            clock: Arc::new(DeviceClock::new(clock.clone(), boot()?)),
            folder,
            roots: issuer.roots()?,
        })
    }

    /// Where its database lies.
    pub fn database(&self) -> PathBuf {
        self.folder.join("data.sqlite")
    }

    /// Where it looks for the issuer.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint { url: self.line.url(), pinned_certificates: Vec::new() }
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
            log: Arc::new(StderrLog::new(self.id)),
            random: Arc::new(SystemRandom),
            signer: None,
        }
    }
}

/// A name for this start of a device that no other has.
fn boot() -> io::Result<String> {
    Ok(getrandom::u64().map(|random| format!("{random:016x}"))?)
}
