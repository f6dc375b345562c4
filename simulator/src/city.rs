//! A small city: an issuer with a register, two parents' phones, and other phones and posts as they are wanted, all on one clock.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use suima_code::Slot;
use suima_issuer::{IdNumber, Issuer, Refusal, SystemRandom};

use crate::Error;
use crate::clock::{CityClock, DAY};
use crate::device::Device;
use crate::people::{self, Resident};
use crate::phone::Phone;
use crate::post::Post;

/// The city. Everything it keeps lies in one folder.
#[derive(Debug)]
pub struct City {
    /// The time.
    pub clock: CityClock,
    /// The service.
    pub issuer: Issuer,
    /// The mother's phone.
    pub mother: Arc<Phone>,
    /// The father's phone.
    pub father: Arc<Phone>,
    folder: PathBuf,
}

impl City {
    /// Founds the city in `folder`, or opens the one that is there.
    pub async fn open(folder: &Path, clock: CityClock) -> Result<Self, Error> {
        fs::create_dir_all(folder)?;
        let issuer = Issuer::open(
            &folder.join("issuer.sqlite"),
            Arc::new(clock.clone()),
            Arc::new(SystemRandom),
        )?;
        // The seed of the cold root key would be put away offline. This city has no such day.
        issuer.initialise()?;
        import(&issuer)?;
        let phone = async |id| start(id, folder, &clock, &issuer).await;
        let (mother, father) = (phone("mother").await?, phone("father").await?);
        Ok(Self { mother, father, folder: folder.to_owned(), clock, issuer })
    }

    /// Another phone, not enrolled unless it was before.
    pub async fn start_phone(&self, id: &str) -> Result<Arc<Phone>, Error> {
        start(id, &self.folder, &self.clock, &self.issuer).await
    }

    /// A post for sampling, a gate or a door, not enrolled yet unless it was before.
    pub async fn post(&self, id: &str) -> Result<Post, Error> {
        Post::start(Device::new(id, &self.folder, &self.clock, &self.issuer).await?)
    }

    /// The folder of the issuer's journal.
    pub fn journal(&self) -> PathBuf {
        self.folder.join("issuer.journal")
    }

    /// Both parents' phones, the mother's first.
    pub fn phones(&self) -> [Arc<Phone>; 2] {
        [Arc::clone(&self.mother), Arc::clone(&self.father)]
    }

    /// The slot of somebody in the register.
    pub fn slot(&self, resident: Resident) -> Result<Slot, Error> {
        let number = IdNumber::parse(&resident.id_number())
            .map_err(|error| Error::Register(error.to_string()))?;
        self.issuer
            .slot_of(&number)?
            .ok_or_else(|| Error::Register("somebody is missing".to_owned()))
    }

    /// An activation code for somebody's phone, as they would get it at a counter.
    pub fn activation_code(&self, resident: Resident) -> Result<String, Error> {
        Ok(self.issuer.activation_code(self.slot(resident)?)?)
    }

    /// Moves the time forward, by a day at most at a time, and lets every one of the phones that has a network refresh on
    /// the way, as its app would have done. What keeps an app from it is told on its phone, and the time goes on.
    pub async fn forward(&self, seconds: u32, phones: &[Arc<Phone>]) -> Result<(), Error> {
        let mut left = seconds;
        while left > 0 {
            let step = left.min(DAY);
            self.clock.forward(step);
            left -= step;
            for phone in phones {
                refresh_if_possible(phone).await?;
            }
        }
        Ok(())
    }
}

/// Lets the app of a phone that is enrolled and has a network ask for what is new. What keeps it from that is told on it.
pub async fn refresh_if_possible(phone: &Phone) -> Result<(), Error> {
    if phone.wallet().status()?.enrolled
        && !phone.device.is_cut().await
        && let Err(error) = phone.refresh().await
    {
        phone.tell(&error);
    }
    Ok(())
}

async fn start(
    id: &str,
    folder: &Path,
    clock: &CityClock,
    issuer: &Issuer,
) -> Result<Arc<Phone>, Error> {
    Phone::start(Device::new(id, folder, clock, issuer).await?).map(Arc::new)
}

/// Imports the sample register, which must be taken whole. What is there already is left as it is.
fn import(issuer: &Issuer) -> Result<(), Error> {
    let register = issuer.import_register(people::register_csv().as_bytes())?;
    let kinship = issuer.import_kinship(people::kinship_csv().as_bytes())?;
    // What an operator decided no file takes back: in a kept city a parent may have been taken out of the register.
    let mut refused = register.refused.iter().chain(&kinship.refused);
    match refused.find(|line| line.why != Refusal::KinshipEnded) {
        Some(line) => Err(Error::Register(format!("{line:?}"))),
        None => Ok(()),
    }
}
