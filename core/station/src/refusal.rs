//! What the rules of sampling do not allow.

use suima_code::{IdNumberError, UnixTime};

/// Why something cannot be done at this station now. [`Refusal::said`] puts it in a person's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No session has been opened.
    #[error("no session is open")]
    NoSession,
    /// No tube is open, and none was sealed last.
    #[error("no tube is open")]
    NoTube,
    /// A tube must be sealed before the next is opened, unless that is to stand beside it, and before the next session.
    #[error("a tube is still open")]
    TubeOpen {
        /// The barcode of that tube.
        barcode: String,
    },
    /// The tube takes nobody more.
    #[error("the tube has its {capacity} people")]
    TubeFull {
        /// For how many it is.
        capacity: u8,
    },
    /// A sealed tube is frozen.
    #[error("the tube is sealed")]
    TubeSealed {
        /// The barcode of that tube.
        barcode: String,
    },
    /// The person is in this tube, whichever code they showed then.
    #[error("the person is in this tube already, in place {seat}")]
    AlreadyInTube {
        /// Their place, from 1.
        seat: u8,
    },
    /// Not 4 to 32 ASCII letters, digits and hyphens.
    #[error("not a tube's barcode")]
    BarcodeMalformed,
    /// A tube with this barcode, in capitals or not, was opened at this station before.
    #[error("a tube with this barcode was opened before")]
    BarcodeUsed {
        /// Its barcode, as it was then.
        barcode: String,
        /// When it was opened.
        opened_at: UnixTime,
        /// How many people are in it.
        people: u8,
        /// When it was sealed, if it was.
        sealed_at: Option<UnixTime>,
    },
    /// Tubes are for 1, 5, 10 or 20 people.
    #[error("there is no tube for {given} people")]
    Capacity {
        /// The number that was given.
        given: u8,
    },
    /// No tube of this session has this barcode.
    #[error("no such tube in this session")]
    NoSuchTube,
    /// What was typed or read is no ID number.
    #[error(transparent)]
    IdNumber(#[from] IdNumberError),
    /// No registration at this station has this id.
    #[error("there is no such registration")]
    NoSuchRegistration,
    /// The registration was taken back before.
    #[error("the registration was taken back before")]
    AlreadyUndone,
    /// The swabs counted are not as many as the people registered, and nobody says why.
    #[error("{registered} people registered, {swabs} swabs counted")]
    CountMismatch {
        /// People in the tube.
        registered: u8,
        /// Swabs counted.
        swabs: u8,
    },
    /// A text is missing, longer than 200 characters, has control characters in it, or is a code.
    #[error("a text is missing, too long or a code: {field:?}")]
    Text {
        /// Which.
        field: Field,
    },
}

impl Refusal {
    /// A stable word for it, for a log or for a shell that knows more to do.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NoSession => "no-session",
            Self::NoTube => "no-tube",
            Self::TubeOpen { .. } => "tube-open",
            Self::TubeFull { .. } => "tube-full",
            Self::TubeSealed { .. } => "tube-sealed",
            Self::AlreadyInTube { .. } => "already-in-tube",
            Self::BarcodeMalformed => "barcode-malformed",
            Self::BarcodeUsed { .. } => "barcode-used",
            Self::Capacity { .. } => "capacity",
            Self::NoSuchTube => "no-such-tube",
            Self::IdNumber(_) => "id-number",
            Self::NoSuchRegistration => "no-such-registration",
            Self::AlreadyUndone => "already-undone",
            Self::CountMismatch { .. } => "count-mismatch",
            Self::Text { .. } => "text",
        }
    }
}

/// A text that the staff enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The site of a session.
    Site,
    /// The staff member of a session.
    Staff,
    /// The reason of an undo or a move.
    Reason,
    /// The full name of a person.
    Name,
    /// The number of a document that is no ID card.
    Document,
    /// How a person who is not in the register is reached.
    Contact,
    /// The explanation of a count that does not match.
    Explanation,
}
