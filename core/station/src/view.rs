//! What the station tells its shell: plain records.

use suima_client::wire::{Conflict, Validity};
use suima_code::{Colour, Genuine, Place, Presented, Reason, Sequences, UnixTime};
use suima_device::ClockStatus;

use crate::Signal;

/// What was shown, as far as a person compares it by eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The row of R6.
    pub presented: Presented,
    /// The masked name.
    pub name: String,
    /// Four digits; only static codes say it.
    pub birth_year: Option<u16>,
    /// The health colour, of a live code at a gate or a manual check (R7); sampling does not ask for it.
    pub colour: Option<Colour>,
    /// When the code, or the credential in it, was issued; a colour is as of then.
    pub issued_at: UnixTime,
    /// From this second on it no longer counts.
    pub until: UnixTime,
}

impl Shown {
    pub(crate) fn of(genuine: &Genuine, place: Place) -> Self {
        let (presented, name) = (genuine.presented(), genuine.name().to_string());
        match genuine {
            Genuine::Static(code) => Self {
                presented,
                name,
                birth_year: Some(code.birth_year),
                colour: None,
                issued_at: code.iat,
                until: code.exp,
            },
            Genuine::Live(proof) => Self {
                presented,
                name,
                birth_year: None,
                colour: (place != Place::Sampling).then_some(proof.credential.colour),
                issued_at: proof.credential.iat,
                until: proof.credential.exp,
            },
        }
    }
}

/// What must be said beside an acceptance. [`Caution::said`] puts it in a person's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caution {
    /// The revocation knowledge is old enough to be said.
    KnowledgeOld {
        /// The time it is as of.
        as_of: UnixTime,
        /// How old that is.
        age_seconds: u32,
    },
    /// Accepted without knowing whether it was voided, and recorded so.
    ValidityNotChecked,
    /// To be compared with the ID card, and the health status looked up.
    CompareIdCard,
    /// The same person stands in another tube of this station and this day (in Shanghai).
    AlsoInTube {
        /// The barcode of that tube.
        barcode: String,
        /// When they were registered in it.
        at: UnixTime,
    },
    /// Somebody in this tube may be the same person, shown by something else: an ID card, or a code. The upload decides.
    MaybeTheSame {
        /// Their place, from 1.
        seat: u8,
    },
}

/// The answer to a scan that is meant to bind a person to the open tube. [`Registration::said`] puts it in a
/// person's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Done, and on the disk.
    Registered(Registered),
    /// The code is not accepted.
    Refused {
        /// Why; [`Reason::id`] is stable.
        reason: Reason,
        /// What was shown, where its signatures were good.
        shown: Option<Shown>,
    },
    /// An equal masked name, and birth year where both say one, stands in this tube: with no network an ID card has no
    /// slot to tell them apart. Nobody was bound; ask, and register again with `confirmed`.
    MaybeTwice {
        /// Their place, from 1.
        seat: u8,
    },
    /// The person is in this tube, whichever code they showed then.
    AlreadyInTube {
        /// Their place, from 1.
        seat: u8,
    },
    /// No tube is open.
    NoTube,
    /// The tube takes nobody more.
    TubeFull {
        /// For how many it is.
        capacity: u8,
    },
    /// No tube is open since the last one was sealed.
    TubeSealed {
        /// The barcode of the sealed one.
        barcode: String,
    },
}

/// A person who was bound to a tube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The journal's entry, with which it can be undone.
    pub entry: String,
    /// Who they are.
    pub person: Registrant,
    /// The code they showed, if it was one.
    pub shown: Option<Shown>,
    /// Their place in the tube, from 1: the lowest that was free.
    pub seat: u8,
    /// How many are in the tube now.
    pub taken: u8,
    /// For how many it is.
    pub capacity: u8,
    /// The barcode of the tube.
    pub barcode: String,
    /// Whether the code was known not to be void; `None` where no code was shown.
    pub validity: Option<Validity>,
    /// What must be said beside it.
    pub cautions: Vec<Caution>,
}

/// Who was bound to a tube, as far as the staff compare by eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrant {
    /// What was shown; `None` for those taken by hand.
    pub presented: Option<Presented>,
    /// The masked name.
    pub name: String,
    /// Four digits; only static codes and ID cards say it.
    pub birth_year: Option<u16>,
}

impl Registration {
    /// What a shell does with light and sound.
    pub fn signal(&self) -> Signal {
        match self {
            Self::Registered(done) if done.cautions.iter().any(Caution::asks) => Signal::Attention,
            Self::Registered(_) => Signal::Admit,
            Self::Refused { .. } => Signal::Refuse,
            Self::MaybeTwice { .. }
            | Self::AlreadyInTube { .. }
            | Self::NoTube
            | Self::TubeFull { .. }
            | Self::TubeSealed { .. } => Signal::Attention,
        }
    }
}

impl Caution {
    /// Whether the staff have to look at this very person, and not at the station.
    pub(crate) fn asks(&self) -> bool {
        match self {
            Self::KnowledgeOld { .. } | Self::ValidityNotChecked => false,
            Self::CompareIdCard | Self::AlsoInTube { .. } | Self::MaybeTheSame { .. } => true,
        }
    }
}

/// A session: a staff member at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// The journal's entry.
    pub id: String,
    /// The site.
    pub site: String,
    /// The staff member.
    pub staff: String,
    /// When it began.
    pub opened_at: UnixTime,
}

/// A tube and who is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TubeView {
    /// The journal's entry.
    pub id: String,
    /// The barcode on it.
    pub barcode: String,
    /// For 1, 5, 10 or 20 people.
    pub capacity: u8,
    /// How many are in it.
    pub taken: u8,
    /// When it was opened.
    pub opened_at: UnixTime,
    /// Who is in it, by place.
    pub seats: Vec<SeatView>,
    /// How it was sealed; `None` while it is open.
    pub sealed: Option<SealedView>,
}

/// A person in a tube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatView {
    /// The place, from 1.
    pub seat: u8,
    /// The journal's entry, with which it can be undone.
    pub entry: String,
    /// The masked name.
    pub name: String,
    /// Four digits; only static codes and ID cards say it.
    pub birth_year: Option<u16>,
    /// What was shown; `None` for those taken by hand.
    pub presented: Option<Presented>,
    /// When.
    pub at: UnixTime,
    /// Whether the code was known not to be void; `None` where no code was shown.
    pub validity: Option<Validity>,
}

/// How a tube was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedView {
    /// When.
    pub at: UnixTime,
    /// How many swabs were counted in it.
    pub swabs: u8,
    /// Why that is not the number of people, where it is not.
    pub explanation: Option<String>,
}

/// How the station is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whether it may talk to the issuer.
    pub enrolled: bool,
    /// Whether the issuer has ended its enrolment: enrol anew, and what waits is uploaded then.
    pub ended: bool,
    /// What people call it.
    pub name: Option<String>,
    /// The policy it goes by; 0 for none.
    pub policy_version: u32,
    /// The trust bundle it goes by; 0 for none.
    pub trust_version: u32,
    /// How far it knows the revocation lists.
    pub sequences: Sequences,
    /// The time its revocation knowledge is as of; `None` before the first sync.
    pub as_of: Option<UnixTime>,
    /// How old that is now.
    pub age_seconds: Option<u32>,
    /// The station's best knowledge of the time.
    pub now: UnixTime,
    /// How that stands to the device's own clock.
    pub clock: ClockStatus,
    /// Entries of the journal that the issuer has not acknowledged.
    pub waiting: u32,
    /// Entries that the issuer found at odds with others, for people to look into.
    pub conflicts: Vec<ConflictView>,
    /// Registrations by an ID card that is not in the register, for people to look into.
    pub not_in_register: Vec<NotInRegister>,
}

/// An entry of the journal that is at odds with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictView {
    /// The entry.
    pub entry: String,
    /// When it was written.
    pub at: UnixTime,
    /// The barcode of its tube, where it is about one.
    pub barcode: Option<String>,
    /// The masked name of its person, where it is about one.
    pub name: Option<String>,
    /// How it is at odds.
    pub conflict: Conflict,
    /// The other entry, maybe of another station.
    pub with: String,
}

/// A registration by an ID card that the issuer does not find in the register: a number misread that fits its check digit,
/// or a visitor. It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotInRegister {
    /// The entry.
    pub entry: String,
    /// When it was written.
    pub at: UnixTime,
    /// The barcode of the tube they were bound to.
    pub barcode: Option<String>,
    /// The masked name.
    pub name: Option<String>,
}

/// What a sync brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    /// Whether the station now knows all that the issuer's head names, so that its knowledge is as of now.
    pub current: bool,
    /// The time its knowledge is as of.
    pub as_of: Option<UnixTime>,
    /// Lists that were taken in.
    pub lists: u32,
    /// Lists whose signature or form was refused; they changed nothing.
    pub refused: u32,
}

/// What an upload did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Entries that the issuer acknowledged now.
    pub acknowledged: u32,
    /// Those of them that are at odds with others.
    pub conflicts: Vec<ConflictView>,
    /// Those of them whose ID card is not in the register.
    pub not_in_register: Vec<NotInRegister>,
    /// Entries that still wait.
    pub waiting: u32,
}
