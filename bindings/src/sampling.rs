//! Binding people to tubes, as records.

use std::time::SystemTime;

use suima_client::wire::Validity;
use suima_station as core;

use crate::door::Signal;
use crate::said::Said;
use crate::station::{CautionView, ShownView};
use crate::time::from_unix;
use crate::verifier::{Presented, ReasonView};

/// The answer to a scan that binds a person to the open tube.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RegistrationView {
    /// What became of it.
    pub outcome: RegistrationOutcome,
    /// The same in words.
    pub said: Said,
    /// What to do with light and sound.
    pub signal: Signal,
    /// What must be said beside it.
    pub cautions: Vec<CautionView>,
    /// Who was bound, for comparing by eye.
    pub person: Option<RegistrantView>,
    /// Why the code is refused.
    pub reason: Option<ReasonView>,
    /// Who was shown.
    pub shown: Option<ShownView>,
    /// The journal's entry, with which it can be undone.
    pub entry: Option<String>,
    /// The place in the tube, from 1.
    pub seat: Option<u8>,
    /// How many are in the tube now.
    pub taken: Option<u8>,
    /// Whether the code was known not to be void; none where no code was shown.
    pub validity_checked: Option<bool>,
}

/// Who was bound to a tube.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RegistrantView {
    /// What was shown; none for those taken by hand.
    pub presented: Option<Presented>,
    /// Masked.
    pub name: String,
    /// Where a static code or an ID card was shown.
    pub birth_year: Option<u16>,
}

impl From<core::Registrant> for RegistrantView {
    fn from(person: core::Registrant) -> Self {
        Self {
            presented: person.presented.map(Into::into),
            name: person.name,
            birth_year: person.birth_year,
        }
    }
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
            signal: registration.signal().into(),
            cautions: Vec::new(),
            person: None,
            reason: None,
            shown: None,
            entry: None,
            seat: None,
            taken: None,
            validity_checked: None,
        };
        match registration {
            core::Registration::Registered(done) => Self {
                outcome: RegistrationOutcome::Registered,
                cautions: done.cautions.into_iter().map(Into::into).collect(),
                person: Some(done.person.into()),
                shown: done.shown.map(Into::into),
                entry: Some(done.entry),
                seat: Some(done.seat),
                taken: Some(done.taken),
                validity_checked: done.validity.map(Validity::is_checked),
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
            validity_checked: seat.validity.is_some_and(Validity::is_checked),
        };
        Self {
            barcode: tube.barcode,
            capacity: tube.capacity,
            seats: tube.seats.into_iter().map(seat).collect(),
            sealed: tube.sealed.is_some(),
        }
    }
}
