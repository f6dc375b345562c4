//! The sampling station.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use suima_client::wire::{Conflict, Validity};
use suima_station as core;

use crate::config::Config;
use crate::error::CoreError;
use crate::ports::{Clock, Keystore, Log, ports};
use crate::runtime::to_its_end;
use crate::said::Said;
use crate::time::from_unix;
use crate::verifier::{Colour, Place, Presented, ReasonView};
use crate::wallet::ClockState;

/// Who was shown, for comparing by eye.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ShownView {
    /// Which kind of code.
    pub presented: Presented,
    /// Masked.
    pub name: String,
    /// Of a static code.
    pub birth_year: Option<u16>,
    /// Of a live code, where the place asks for it.
    pub colour: Option<Colour>,
    /// Until when the code counts.
    pub until: SystemTime,
}

impl From<core::Shown> for ShownView {
    fn from(shown: core::Shown) -> Self {
        Self {
            presented: shown.presented.into(),
            name: shown.name,
            birth_year: shown.birth_year,
            colour: shown.colour.map(Into::into),
            until: from_unix(shown.until),
        }
    }
}

/// The answer to a scan that only asks.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ScanView {
    /// Whether it is accepted.
    pub accepted: bool,
    /// Why not.
    pub reason: Option<ReasonView>,
    /// What must be said beside an acceptance.
    pub cautions: Vec<Said>,
    /// Who was shown.
    pub shown: Option<ShownView>,
    /// The time the knowledge is as of.
    pub as_of: Option<SystemTime>,
}

impl From<core::ScanView> for ScanView {
    fn from(scan: core::ScanView) -> Self {
        let presented = scan.shown.as_ref().map(|shown| shown.presented);
        let (reason, cautions) = match scan.decision {
            core::Decision::Accepted { cautions } => (None, cautions),
            core::Decision::Refused { reason, .. } => (Some(reason), Vec::new()),
        };
        Self {
            accepted: reason.is_none(),
            reason: reason.map(|reason| ReasonView::new(reason, presented)),
            cautions: cautions.iter().map(|caution| caution.said().into()).collect(),
            shown: scan.shown.map(Into::into),
            as_of: scan.as_of.map(from_unix),
        }
    }
}

/// The answer to a scan that binds a person to the open tube.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RegistrationView {
    /// What became of it.
    pub outcome: RegistrationOutcome,
    /// The same in words.
    pub said: Said,
    /// What must be said beside it.
    pub cautions: Vec<Said>,
    /// Why the code is refused.
    pub reason: Option<ReasonView>,
    /// Who was shown.
    pub shown: Option<ShownView>,
    /// The journal's entry, with which it can be undone.
    pub entry: Option<String>,
    /// The place in the tube, from 1.
    pub seat: Option<u8>,
}

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RegistrationOutcome {
    /// Done, and on the disk.
    Registered,
    /// The code is not accepted.
    Refused,
    /// Somebody in this tube may be the same person: ask, and register again.
    MaybeTwice,
    /// The person is in this tube already.
    AlreadyInTube,
    /// No tube is open.
    NoTube,
    /// The tube takes nobody more.
    TubeFull,
    /// The last tube was sealed and no other is open.
    TubeSealed,
}

impl From<core::Registration> for RegistrationView {
    fn from(registration: core::Registration) -> Self {
        let empty = Self {
            outcome: RegistrationOutcome::NoTube,
            said: registration.said().into(),
            cautions: Vec::new(),
            reason: None,
            shown: None,
            entry: None,
            seat: None,
        };
        match registration {
            core::Registration::Registered(done) => Self {
                outcome: RegistrationOutcome::Registered,
                cautions: done.cautions.iter().map(|caution| caution.said().into()).collect(),
                shown: done.shown.map(Into::into),
                entry: Some(done.entry),
                seat: Some(done.seat),
                ..empty
            },
            core::Registration::Refused { reason, shown } => {
                let presented = shown.as_ref().map(|shown| shown.presented);
                Self {
                    outcome: RegistrationOutcome::Refused,
                    reason: Some(ReasonView::new(reason, presented)),
                    shown: shown.map(Into::into),
                    ..empty
                }
            }
            core::Registration::MaybeTwice { seat } => {
                Self { outcome: RegistrationOutcome::MaybeTwice, seat: Some(seat), ..empty }
            }
            core::Registration::AlreadyInTube { seat } => {
                Self { outcome: RegistrationOutcome::AlreadyInTube, seat: Some(seat), ..empty }
            }
            core::Registration::NoTube => empty,
            core::Registration::TubeFull { .. } => {
                Self { outcome: RegistrationOutcome::TubeFull, ..empty }
            }
            core::Registration::TubeSealed { .. } => {
                Self { outcome: RegistrationOutcome::TubeSealed, ..empty }
            }
        }
    }
}

/// A tube and who is in it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TubeView {
    /// On the tube.
    pub barcode: String,
    /// For how many.
    pub capacity: u8,
    /// The people in it, by place.
    pub seats: Vec<SeatView>,
    /// Whether it is closed for good.
    pub sealed: bool,
}

/// A person in a tube.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SeatView {
    /// The place, from 1.
    pub seat: u8,
    /// The journal's entry.
    pub entry: String,
    /// Masked.
    pub name: String,
    /// Where a static code was shown.
    pub birth_year: Option<u16>,
    /// What was shown; none for those taken by hand.
    pub presented: Option<Presented>,
    /// When.
    pub at: SystemTime,
    /// Whether it was known not to be revoked.
    pub validity_checked: bool,
}

impl From<core::TubeView> for TubeView {
    fn from(tube: core::TubeView) -> Self {
        let seat = |seat: core::SeatView| SeatView {
            seat: seat.seat,
            entry: seat.entry,
            name: seat.name,
            birth_year: seat.birth_year,
            presented: seat.presented.map(Into::into),
            at: from_unix(seat.at),
            validity_checked: matches!(seat.validity, Some(Validity::Checked { .. })),
        };
        Self {
            barcode: tube.barcode,
            capacity: tube.capacity,
            seats: tube.seats.into_iter().map(seat).collect(),
            sealed: tube.sealed.is_some(),
        }
    }
}

/// How a station is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct StationStatus {
    /// Whether it is enrolled.
    pub enrolled: bool,
    /// Whether its enrolment was ended.
    pub ended: bool,
    /// What people call it.
    pub name: Option<String>,
    /// The policy it decides by.
    pub policy_version: u32,
    /// The time its knowledge is as of; none before the first sync.
    pub as_of: Option<SystemTime>,
    /// The age of that knowledge in seconds.
    pub age_seconds: Option<u32>,
    /// The device's clock.
    pub clock: ClockState,
    /// Entries that wait for upload.
    pub waiting: u32,
    /// Entries that are at odds with others, for people to look into.
    pub conflicts: Vec<ConflictView>,
}

/// How an entry of the journal is at odds with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ConflictKind {
    /// The same id with other content.
    SameIdOtherContent,
    /// One barcode was opened by two stations.
    TubeOnTwoStations,
    /// One person stands in two tubes on one day.
    PersonInTwoTubes,
    /// One person stands twice in one tube: by a code and by an ID card.
    PersonTwiceInTube,
}

/// An entry that is at odds with another.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ConflictView {
    /// How.
    pub kind: ConflictKind,
    /// The entry of this station.
    pub entry: String,
    /// When it was written.
    pub at: SystemTime,
    /// The barcode of its tube.
    pub barcode: Option<String>,
    /// The masked name of the person.
    pub name: Option<String>,
    /// The other entry.
    pub with: String,
}

impl From<core::ConflictView> for ConflictView {
    fn from(conflict: core::ConflictView) -> Self {
        Self {
            kind: match conflict.conflict {
                Conflict::SameIdOtherContent => ConflictKind::SameIdOtherContent,
                Conflict::TubeOnTwoStations => ConflictKind::TubeOnTwoStations,
                Conflict::PersonInTwoTubes => ConflictKind::PersonInTwoTubes,
                Conflict::PersonTwiceInTube => ConflictKind::PersonTwiceInTube,
            },
            entry: conflict.entry,
            at: from_unix(conflict.at),
            barcode: conflict.barcode,
            name: conflict.name,
            with: conflict.with,
        }
    }
}

/// What a sync brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SyncView {
    /// Whether everything the issuer has is now known.
    pub current: bool,
    /// The time the knowledge is as of.
    pub as_of: Option<SystemTime>,
    /// Lists that were refused; nothing of them was taken in.
    pub refused_lists: u32,
}

impl From<core::Synced> for SyncView {
    fn from(synced: core::Synced) -> Self {
        Self {
            current: synced.current,
            as_of: synced.as_of.map(from_unix),
            refused_lists: synced.refused,
        }
    }
}

/// A staff member at a site.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SessionView {
    /// The site.
    pub site: String,
    /// The staff member.
    pub staff: String,
    /// Since when.
    pub opened_at: SystemTime,
}

impl From<core::SessionView> for SessionView {
    fn from(session: core::SessionView) -> Self {
        Self { site: session.site, staff: session.staff, opened_at: from_unix(session.opened_at) }
    }
}

impl From<core::Status> for StationStatus {
    fn from(status: core::Status) -> Self {
        Self {
            enrolled: status.enrolled,
            ended: status.ended,
            name: status.name,
            policy_version: status.policy_version,
            as_of: status.as_of.map(from_unix),
            age_seconds: status.age_seconds,
            clock: match status.clock {
                core::ClockStatus::Right => ClockState::Right,
                core::ClockStatus::Wrong { by_seconds } => ClockState::Wrong { by_seconds },
                core::ClockStatus::Unchecked => ClockState::Unchecked,
            },
            waiting: status.waiting,
            conflicts: status.conflicts.into_iter().map(Into::into).collect(),
        }
    }
}

/// A sampling station: scans, decides and registers with no network.
#[derive(uniffi::Object)]
pub struct Station(Arc<core::Station>);

#[uniffi::export]
impl Station {
    /// Opens the station and what it knew and did before.
    #[uniffi::constructor]
    pub fn open(
        config: Config,
        keystore: Arc<dyn Keystore>,
        clock: Arc<dyn Clock>,
        log: Arc<dyn Log>,
    ) -> Result<Arc<Self>, CoreError> {
        let endpoint = config.endpoint();
        let roots = config.roots.try_into()?;
        let config = core::Config { path: PathBuf::from(config.path), endpoint, roots };
        let station = core::Station::open(config, ports(keystore, clock, log))?;
        Ok(Arc::new(Self(Arc::new(station))))
    }

    /// Enrols with an activation code.
    pub async fn enrol(&self, activation_code: String) -> Result<(), CoreError> {
        let station = Arc::clone(&self.0);
        to_its_end(async move { station.enrol(&activation_code).await }).await
    }

    /// Fetches keys, policy, lists and a head.
    pub async fn sync(&self) -> Result<SyncView, CoreError> {
        let station = Arc::clone(&self.0);
        to_its_end(async move { station.sync().await.map(Into::into) }).await
    }

    /// Uploads what waits; how many entries still do.
    pub async fn upload(&self) -> Result<u32, CoreError> {
        let station = Arc::clone(&self.0);
        to_its_end(async move { station.upload().await.map(|uploaded| uploaded.waiting) }).await
    }

    /// How the station is.
    pub fn status(&self) -> Result<StationStatus, CoreError> {
        Ok(self.0.status()?.into())
    }

    /// Begins a session of a staff member at a site.
    pub fn open_session(&self, site: String, staff: String) -> Result<SessionView, CoreError> {
        Ok(self.0.open_session(&site, &staff)?.into())
    }

    /// The session under way.
    pub fn session(&self) -> Result<Option<SessionView>, CoreError> {
        Ok(self.0.session()?.map(Into::into))
    }

    /// Opens a tube for 1, 5, 10 or 20 people.
    pub fn open_tube(&self, barcode: String, capacity: u8) -> Result<TubeView, CoreError> {
        Ok(self.0.open_tube(&barcode, capacity)?.into())
    }

    /// The tube in use, or the last one.
    pub fn tube(&self) -> Result<Option<TubeView>, CoreError> {
        Ok(self.0.tube()?.map(Into::into))
    }

    /// Decides about a scanned code, and registers nobody.
    pub fn check(&self, text: String, place: Place) -> Result<ScanView, CoreError> {
        Ok(self.0.decide(&text, place.into())?.into())
    }

    /// Decides about a scanned code and, where it is accepted, binds the person to the open tube; on the disk when this
    /// returns.
    pub fn register(&self, text: String) -> Result<RegistrationView, CoreError> {
        Ok(self.0.register(&text)?.into())
    }

    /// Takes a registration back, for a reason.
    pub fn undo(&self, entry: String, reason: String) -> Result<TubeView, CoreError> {
        Ok(self.0.undo(&entry, &reason)?.into())
    }

    /// Closes the tube for good; a count that differs needs an explanation.
    pub fn seal(&self, swabs: u8, explanation: Option<String>) -> Result<TubeView, CoreError> {
        Ok(self.0.seal(swabs, explanation.as_deref())?.into())
    }

    /// Gives up the file, before the system suspends the app.
    pub fn pause(&self) -> Result<(), CoreError> {
        Ok(self.0.pause()?)
    }

    /// Takes the file up again.
    pub fn resume(&self) -> Result<(), CoreError> {
        Ok(self.0.resume()?)
    }

    /// Closes the file for good. (Not `close`: Kotlin's generated class has one of its own.)
    pub fn shut_down(&self) -> Result<(), CoreError> {
        Ok(self.0.close()?)
    }
}
