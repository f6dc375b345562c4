//! A town with its pages, and a browser to look at them with.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use suima_code::Slot;
use suima_simulator::people::Resident;
use suima_simulator::server::router;
use suima_simulator::town::Town;
use suima_station::Station;
use suima_wallet::Wallet;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::chromium::{Browser, Window};

/// The window of an ordinary PC.
pub const PC: (u32, u32) = (1440, 900);
/// The window of a small phone.
pub const SMALL: (u32, u32) = (360, 740);

/// A town, and windows on its pages.
#[derive(Debug)]
pub struct Visit {
    /// The town.
    pub town: Arc<Town>,
    /// The browser.
    pub browser: Browser,
    origin: String,
    folder: TempDir,
}

impl Visit {
    /// Founds a town that lives as the program's does.
    pub async fn begin() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a town");
        let town = Arc::new(Town::open(folder.path()).await.expect("the town is founded"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("it listens");
        tokio::spawn(axum::serve(listener, router(Arc::clone(&town))).into_future());
        let living = Arc::clone(&town);
        tokio::spawn(async move { living.live().await });
        let origin = format!("http://{address}");
        Self { town, browser: Browser::start(), origin, folder }
    }

    /// Where the town keeps what it keeps; gone at the end.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The slot of somebody in the register.
    pub fn slot(&self, resident: Resident) -> Slot {
        self.town.city.slot(resident).expect("in the register")
    }

    /// The app of a phone.
    pub fn wallet(&self, phone: &str) -> Arc<Wallet> {
        self.town.phone(phone).expect("there is this phone").wallet()
    }

    /// The app of a post.
    pub fn station(&self, post: &str) -> Arc<Station> {
        self.town.post(post).expect("there is this post").station()
    }

    /// Somebody's live code on a phone.
    pub fn live_code(&self, phone: &str, of: Resident) -> String {
        self.wallet(phone).show_live(self.slot(of)).expect("it has a live code").text
    }

    /// Somebody's nucleic-acid code on a phone.
    pub fn nucleic_acid_code(&self, phone: &str, of: Resident) -> String {
        self.wallet(phone).show_nucleic_acid(self.slot(of)).expect("it has a code").text
    }

    /// A window with cookies of its own.
    pub fn window(&self, name: &str) -> Window {
        self.browser.window(name, &self.origin, PC)
    }

    /// One as narrow as a small phone.
    pub fn small_window(&self, name: &str) -> Window {
        self.browser.window(name, &self.origin, SMALL)
    }

    /// One in which no script runs.
    pub fn plain_window(&self, name: &str) -> Window {
        self.browser.plain_window(name, &self.origin, PC)
    }
}
