//! Where events of the devices go.

use suima_device::{Event, Level, Log};

/// Writes what went other than wished to standard error, under the device's name.
#[derive(Debug)]
pub struct StderrLog {
    device: String,
}

impl StderrLog {
    /// The log of `device`.
    pub fn new(device: String) -> Self {
        Self { device }
    }
}

impl Log for StderrLog {
    fn record(&self, event: &Event) {
        if event.level >= Level::Warn {
            eprintln!("{}: {}: {}", self.device, event.name, event.detail);
        }
    }
}
