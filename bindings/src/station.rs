//! The sampling station.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use suima_client::wire::Conflict;
use suima_station as core;

use crate::config::Config;
use crate::door::Signal;
use crate::error::CoreError;
use crate::ports::{Clock, Keystore, Log, ports};
use crate::runtime::{CancelHandle, run};
use crate::said::Said;
use crate::sampling::{RegistrationView, TubeView};
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
    /// When the code, or the credential in it, was issued; a colour is as of then.
    pub issued_at: SystemTime,
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
            issued_at: from_unix(shown.issued_at),
            until: from_unix(shown.until),
        }
    }
}

/// What must be said beside an acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum CautionKind {
    /// The revocation knowledge is old enough to be said.
    KnowledgeOld,
    /// Accepted without knowing whether it was voided, and recorded so.
    ValidityNotChecked,
    /// To be compared with the ID card, and the health status looked up.
    CompareIdCard,
    /// The same person stands in another tube of this station and this day.
    AlsoInTube,
    /// Somebody in this tube may be the same person, shown by something else. The upload decides.
    MaybeTheSame,
}

/// What must be said beside an acceptance, with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CautionView {
    /// What it is.
    pub kind: CautionKind,
    /// The same in words.
    pub said: Said,
}

impl From<core::Caution> for CautionView {
    fn from(caution: core::Caution) -> Self {
        use core::Caution as C;
        let kind = match caution {
            C::KnowledgeOld { .. } => CautionKind::KnowledgeOld,
            C::ValidityNotChecked => CautionKind::ValidityNotChecked,
            C::CompareIdCard => CautionKind::CompareIdCard,
            C::AlsoInTube { .. } => CautionKind::AlsoInTube,
            C::MaybeTheSame { .. } => CautionKind::MaybeTheSame,
        };
        Self { kind, said: caution.said().into() }
    }
}

/// The answer to a scan that only asks.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ScanView {
    /// Whether it is accepted.
    pub accepted: bool,
    /// What to do with light and sound.
    pub signal: Signal,
    /// Why not.
    pub reason: Option<ReasonView>,
    /// What must be said beside an acceptance.
    pub cautions: Vec<CautionView>,
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
            signal: scan.signal.into(),
            reason: reason.map(|reason| ReasonView::new(reason, presented)),
            cautions: cautions.into_iter().map(Into::into).collect(),
            shown: scan.shown.map(Into::into),
            as_of: scan.as_of.map(from_unix),
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
    /// Registrations by an ID card that is not in the register, for people to look into.
    pub not_in_register: Vec<NotInRegisterView>,
}

/// A registration by an ID card that is not in the register.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NotInRegisterView {
    /// The entry of this station.
    pub entry: String,
    /// When it was written.
    pub at: SystemTime,
    /// The barcode of its tube.
    pub barcode: Option<String>,
    /// The masked name of the person.
    pub name: Option<String>,
}

impl From<core::NotInRegister> for NotInRegisterView {
    fn from(found: core::NotInRegister) -> Self {
        Self {
            entry: found.entry,
            at: from_unix(found.at),
            barcode: found.barcode,
            name: found.name,
        }
    }
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

/// What an upload brought.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UploadView {
    /// Entries that the issuer acknowledged now.
    pub acknowledged: u32,
    /// Those of them that are at odds with others.
    pub conflicts: Vec<ConflictView>,
    /// Those of them whose ID card is not in the register.
    pub not_in_register: Vec<NotInRegisterView>,
    /// Entries that still wait.
    pub waiting: u32,
}

impl From<core::Uploaded> for UploadView {
    fn from(uploaded: core::Uploaded) -> Self {
        Self {
            acknowledged: uploaded.acknowledged,
            conflicts: uploaded.conflicts.into_iter().map(Into::into).collect(),
            not_in_register: uploaded.not_in_register.into_iter().map(Into::into).collect(),
            waiting: uploaded.waiting,
        }
    }
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
            not_in_register: status.not_in_register.into_iter().map(Into::into).collect(),
        }
    }
}

/// A sampling station: scans, decides and registers with no network.
#[derive(uniffi::Object)]
pub struct Station(pub(crate) Arc<core::Station>);

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
    #[uniffi::method(default(cancel = None))]
    pub async fn enrol(
        &self,
        activation_code: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), CoreError> {
        let station = Arc::clone(&self.0);
        run(cancel, async move { station.enrol(&activation_code).await }).await
    }

    /// Fetches keys, policy, lists and a head.
    #[uniffi::method(default(cancel = None))]
    pub async fn sync(&self, cancel: Option<Arc<CancelHandle>>) -> Result<SyncView, CoreError> {
        let station = Arc::clone(&self.0);
        run(cancel, async move { station.sync().await.map(Into::into) }).await
    }

    /// Uploads what waits.
    #[uniffi::method(default(cancel = None))]
    pub async fn upload(&self, cancel: Option<Arc<CancelHandle>>) -> Result<UploadView, CoreError> {
        let station = Arc::clone(&self.0);
        run(cancel, async move { station.upload().await.map(Into::into) }).await
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

    /// Binds whoever showed an ID card to the tube in hand, by the number and the full name on it. Where somebody in the
    /// tube may be the same person, nobody is bound until `confirmed`.
    pub fn register_id_card(
        &self,
        id_number: String,
        name: String,
        confirmed: bool,
    ) -> Result<RegistrationView, CoreError> {
        Ok(self.0.register_id_card(&id_number, &name, confirmed)?.into())
    }

    /// Binds somebody who is not in the register: a visitor, an infant.
    pub fn register_by_hand(
        &self,
        name: String,
        document: Option<String>,
        contact: String,
    ) -> Result<RegistrationView, CoreError> {
        Ok(self.0.register_by_hand(&name, document.as_deref(), &contact)?.into())
    }

    /// Opens a second tube beside the one that is open, and takes it in hand.
    pub fn open_tube_beside(&self, barcode: String, capacity: u8) -> Result<TubeView, CoreError> {
        Ok(self.0.open_tube_beside(&barcode, capacity)?.into())
    }

    /// Takes another open tube in hand.
    pub fn select_tube(&self, barcode: String) -> Result<TubeView, CoreError> {
        Ok(self.0.select_tube(&barcode)?.into())
    }

    /// The tubes that are open.
    pub fn open_tubes(&self) -> Result<Vec<TubeView>, CoreError> {
        Ok(self.0.open_tubes()?.into_iter().map(Into::into).collect())
    }

    /// Moves a registration from one open tube to another, for a reason.
    pub fn move_registration(
        &self,
        entry: String,
        barcode: String,
        reason: String,
    ) -> Result<TubeView, CoreError> {
        Ok(self.0.move_registration(&entry, &barcode, &reason)?.into())
    }

    /// Hands the session over to another staff member.
    pub fn hand_over(&self, staff: String) -> Result<SessionView, CoreError> {
        Ok(self.0.hand_over(&staff)?.into())
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
