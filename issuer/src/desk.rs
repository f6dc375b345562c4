//! Desks: a browser session at the PC portal, or one person's session at a self-service terminal (design section 8).
//!
//! A desk by itself may do nothing. Somebody logs in with their phone, and then sees, with masked names, for whom they may
//! ask; each act is confirmed on the phone by itself. At a terminal an ID card in the reader does instead of the phone; a
//! live code shown there only begins, and has its phone asked.
//!
//! What a browser keeps is random; the database has a hash of it.

mod acts;
mod entrance;
mod front;
mod holders;
mod people;
mod session;
mod sheet;
mod terminal;

use suima_client::wire::{AskedAct, AskingPlace, Eligibility, PaperCode, Relation};
use suima_code::{MaskedName, Slot, StaticKind, UnixTime};

pub(crate) use self::acts::{Performed, ask, by_card, cancel, perform, preview, progress};
pub(crate) use self::entrance::{card, live_code, log_in, logged_in};
pub use self::front::Desks;
pub(crate) use self::holders::{end_holding, holders};
pub(crate) use self::people::people;
pub(crate) use self::session::{by_id, close, find, open, touch};
pub(crate) use self::sheet::sheet;
pub(crate) use self::terminal::{enrol_terminal, terminal};

/// A browser session at the portal, or one person's at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Its name in the database and in the audit log; no secret.
    pub id: String,
    /// Which of the two it is.
    pub place: AskingPlace,
    /// The name of the terminal, or what is known of the browser.
    pub name: String,
    /// Who is logged in.
    pub user: Option<Slot>,
    /// By what.
    pub authority: Authority,
}

/// By what somebody is logged in at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Nobody is.
    None,
    /// They confirmed it on their phone. Each act is confirmed there too.
    Phone,
    /// Their ID card was read. It stands for their agreement to what the page shows.
    Card,
}

/// A self-service terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// What people call it.
    pub name: String,
}

/// What is shown for a phone to scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The id of the challenge.
    pub id: String,
    /// The text of the QR code.
    pub text: String,
    /// Two digits, which the phone shows too.
    pub check: String,
    /// From when on it cannot be confirmed any more.
    pub expires: UnixTime,
    /// What is to be confirmed.
    pub act: AskedAct,
}

/// Somebody for whom the user of a desk may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPerson {
    /// Who.
    pub slot: Slot,
    /// As codes show it.
    pub masked_name: MaskedName,
    /// What they are to the user.
    pub relation: Relation,
    /// Their paper code that counts. Whoever applied for it is masked too.
    pub paper: Option<PaperCode>,
    /// Whether one may be applied for today (R3).
    pub eligibility: Eligibility,
    /// Whether there is a nucleic-acid code to print.
    pub nucleic_acid: bool,
}

/// What the user of a desk wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A paper code, in place of the one that counts (R4).
    ApplyPaper {
        /// For whom.
        slot: Slot,
    },
    /// The paper code that counts, printed once more (R4).
    PrintPaper {
        /// Whose.
        slot: Slot,
    },
    /// The paper code that counts reported lost (R4).
    ReportLost {
        /// Whose.
        slot: Slot,
    },
    /// The nucleic-acid codes that count, printed.
    PrintNucleicAcid {
        /// Whose: one to four.
        slots: Vec<Slot>,
    },
    /// That a family member, who scans, may hold the codes of who stands here with their ID card.
    HoldRelative,
}

/// How far what a desk asked has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing was asked.
    Nothing,
    /// It waits for a phone.
    Waiting {
        /// What is shown.
        shown: Shown,
        /// Whether a phone has taken it up.
        taken_up: bool,
    },
    /// It was done.
    Done {
        /// What.
        act: AskedAct,
        /// By which the sheet is found, where there is something to print.
        ticket: Option<String>,
        /// Who may hold the codes from now on, where that was asked: whoever scanned first.
        holder: Option<MaskedName>,
    },
    /// The user declined on the phone. Nothing was done.
    Declined,
    /// Its time was over. Nothing was done.
    Over,
    /// What it would have done was not what was shown any more. Nothing was done.
    Changed,
    /// No paper code is given to this person today (R3). Nothing was done.
    NotEligible,
}

/// A code to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which of the two.
    pub kind: StaticKind,
    /// The text of the code.
    pub text: String,
    /// As the code shows it.
    pub masked_name: MaskedName,
    /// The end of its last day.
    pub exp: UnixTime,
    /// What is printed beside a paper code. Identifies, never authorises.
    pub serial: Option<String>,
}
