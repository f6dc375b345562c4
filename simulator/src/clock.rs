//! The city's clock: one time for the issuer, the phones and the stations, which can be moved forward.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use suima_code::UnixTime;
use suima_device::ClockReading;

/// Seconds to a day.
pub const DAY: u32 = 86_400;

/// The time in the whole city. Clones tell the same time.
#[derive(Clone, Debug)]
pub struct CityClock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    basis: Basis,
    /// Seconds by which it was moved, always forward: issued times must not come again.
    moved: AtomicU64,
}

#[derive(Debug)]
enum Basis {
    /// Goes with the machine's clock.
    Running { started: Instant },
    /// Stands until it is moved, so that a story comes out the same each time.
    Standing { at: UnixTime },
}

impl CityClock {
    /// A clock that goes with the machine's, `moved` seconds ahead of it.
    pub fn running(moved: u64) -> Self {
        let basis = Basis::Running { started: Instant::now() };
        Self(Arc::new(Inner { basis, moved: AtomicU64::new(moved) }))
    }

    /// A clock that stands at `at` until it is moved.
    pub fn standing(at: UnixTime) -> Self {
        Self(Arc::new(Inner { basis: Basis::Standing { at }, moved: AtomicU64::new(0) }))
    }

    /// The time.
    pub fn now(&self) -> UnixTime {
        let basis = match self.0.basis {
            Basis::Running { .. } => machine_time(),
            Basis::Standing { at } => at,
        };
        basis.plus(i64::try_from(self.moved()).unwrap_or(i64::MAX))
    }

    /// Moves it forward.
    pub fn forward(&self, seconds: u32) {
        self.0.moved.fetch_add(u64::from(seconds), Ordering::SeqCst);
    }

    /// By how many seconds it was moved in all.
    pub fn moved(&self) -> u64 {
        self.0.moved.load(Ordering::SeqCst)
    }

    /// Milliseconds since the city was started, as its time goes.
    fn since_start_ms(&self) -> u64 {
        let ran = match self.0.basis {
            Basis::Running { started } => started.elapsed().as_millis(),
            Basis::Standing { .. } => 0,
        };
        u64::try_from(ran).unwrap_or(u64::MAX).saturating_add(self.moved().saturating_mul(1000))
    }
}

/// The machine's own clock.
fn machine_time() -> UnixTime {
    let elapsed = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_secs());
    UnixTime::new(u32::try_from(elapsed).unwrap_or(u32::MAX))
}

impl suima_issuer::Clock for CityClock {
    fn now(&self) -> UnixTime {
        Self::now(self)
    }
}

/// The clock of one phone or station: the city's, with an error of its own.
#[derive(Debug)]
pub struct DeviceClock {
    city: CityClock,
    error_seconds: AtomicI64,
    /// Names this start of the device, as the port asks.
    boot: Mutex<String>,
}

impl DeviceClock {
    /// A clock that is right. `boot` names this start of the device and no other.
    pub fn new(city: CityClock, boot: String) -> Self {
        Self { city, error_seconds: AtomicI64::new(0), boot: Mutex::new(boot) }
    }

    /// The device was turned off and on: its uptime says nothing any more of the time before.
    pub fn reboot(&self, boot: String) {
        *self.boot.lock().unwrap_or_else(PoisonError::into_inner) = boot;
    }

    /// The time that is right.
    pub fn city(&self) -> &CityClock {
        &self.city
    }

    /// Sets the wall clock wrong by so many seconds; positive is ahead.
    pub fn set_error(&self, seconds: i64) {
        self.error_seconds.store(seconds, Ordering::SeqCst);
    }

    /// By how many seconds the wall clock is wrong.
    pub fn error(&self) -> i64 {
        self.error_seconds.load(Ordering::SeqCst)
    }
}

impl suima_device::Clock for DeviceClock {
    fn read(&self) -> ClockReading {
        ClockReading {
            wall: self.city.now().plus(self.error()),
            since_boot_ms: self.city.since_start_ms(),
            boot: self.boot.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use suima_device::Clock as _;

    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_it_is_moved() {
        let clock = CityClock::standing(UnixTime::new(1000));
        let device = DeviceClock::new(clock.clone(), "boot".to_owned());
        let before = device.read();
        clock.forward(60);
        let after = device.read();
        assert_eq!(clock.now(), UnixTime::new(1060));
        assert_eq!(after.since_boot_ms - before.since_boot_ms, 60_000);
        assert_eq!(after.wall.since(before.wall), 60);
    }

    #[test]
    fn an_error_touches_the_wall_clock_alone() {
        let device = DeviceClock::new(CityClock::standing(UnixTime::new(1000)), "boot".to_owned());
        device.set_error(-90);
        assert_eq!(device.read().wall, UnixTime::new(910));
        assert_eq!(device.read().since_boot_ms, 0);
    }
}
