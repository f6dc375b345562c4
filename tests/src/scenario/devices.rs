//! The phones and stations of a scenario, and their networks.

use super::browser::Browser;
use super::desks::Desk;
use super::format::Device;
use super::run::{Trouble, World};
use crate::city::{Phone, Post};
use crate::line::Mishap;

/// A device.
#[derive(Debug)]
pub(super) enum Apparatus {
    Phone(Box<Phone>),
    Station(Box<Post>),
    Desk(Desk),
}

/// Sets a device up as the scenario says it is before the first step.
pub(super) async fn set_up(world: &mut World<'_>, device: &Device) -> Result<(), Trouble> {
    let (name, apparatus) = match device {
        Device::Phone { name, of, enrolled, holds } => {
            let owner = world.people.slot(of)?;
            let phone = world.city.new_phone(owner, world.city.clock.clone()).await;
            if *enrolled {
                let code = world.city.issuer.activation_code(owner).map_err(Trouble::of)?;
                phone.enrol(&code).await.map_err(Trouble::of)?;
            }
            for person in holds {
                phone.hold(world.people.slot(person)?).await.map_err(Trouble::of)?;
            }
            (name, Apparatus::Phone(Box::new(phone)))
        }
        Device::Station { name, synced } => {
            let post = world.city.post(name).await;
            if *synced {
                post.sync_fully().await;
            }
            (name, Apparatus::Station(Box::new(post)))
        }
        Device::Portal { name } => {
            let browser = Browser::new(world.city.address());
            (name, Apparatus::Desk(Desk { browser, base: "/portal" }))
        }
        Device::Terminal { name } => {
            let code = world.city.issuer.terminal_activation(name).map_err(Trouble::of)?;
            let mut browser = Browser::new(world.city.address());
            browser.send("/terminal/set-up", &[("code", &code)]).await?;
            (name, Apparatus::Desk(Desk { browser, base: "/terminal" }))
        }
    };
    if world.devices.insert(name.clone(), apparatus).is_some() {
        return Err(Trouble(format!("two devices are called {name}")));
    }
    Ok(())
}

impl World<'_> {
    pub fn apparatus(&mut self, name: &str) -> Result<&mut Apparatus, Trouble> {
        let known = self.devices.get_mut(name);
        known.ok_or_else(|| Trouble(format!("no device is called {name}")))
    }

    pub fn phone(&mut self, name: &str) -> Result<&mut Phone, Trouble> {
        match self.apparatus(name)? {
            Apparatus::Phone(phone) => Ok(phone),
            _ => Err(Trouble(format!("{name} is no phone"))),
        }
    }

    pub fn station(&mut self, name: &str) -> Result<&mut Post, Trouble> {
        match self.apparatus(name)? {
            Apparatus::Station(post) => Ok(post),
            _ => Err(Trouble(format!("{name} is no station"))),
        }
    }

    pub fn desk(&mut self, name: &str) -> Result<&mut Desk, Trouble> {
        match self.apparatus(name)? {
            Apparatus::Desk(desk) => Ok(desk),
            _ => Err(Trouble(format!("{name} is neither a portal nor a terminal"))),
        }
    }
}

impl Apparatus {
    /// Cuts the network.
    pub async fn cut(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Phone(phone) => phone.cut().await,
            Self::Station(post) => post.cut().await,
            Self::Desk(_) => return Err(no_device()),
        }
        Ok(())
    }

    /// Mends it.
    pub fn restore(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Phone(phone) => phone.restore(),
            Self::Station(post) => post.restore(),
            Self::Desk(_) => return Err(no_device()),
        }
        Ok(())
    }

    /// Closes the app and opens it again.
    pub fn reopen(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Phone(phone) => phone.reopen(),
            Self::Station(post) => post.reopen(),
            Self::Desk(_) => return Err(no_device()),
        }
        Ok(())
    }

    /// Lets something happen to the next request.
    pub fn plan(&self, path: &'static str, mishap: Mishap) -> Result<(), Trouble> {
        match self {
            Self::Phone(phone) => phone.line.plan(path, mishap),
            Self::Station(post) => post.line.plan(path, mishap),
            Self::Desk(_) => return Err(no_device()),
        }
        Ok(())
    }
}

fn no_device() -> Trouble {
    Trouble("a browser is nothing without its network".to_owned())
}
