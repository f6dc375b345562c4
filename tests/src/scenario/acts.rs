//! What may be done in a step.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use suima_code::Place;

use super::format::yes;
use super::instant::{Instant, Span};

/// What is done in a step. The names in it are those of the scenario.
#[allow(
    missing_docs,
    reason = "`tests/scenarios/README.md` specifies every argument, for all languages"
)]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// Lets time pass for everybody.
    Wait {
        #[serde(rename = "for")]
        span: Option<Span>,
        until: Option<Instant>,
    },
    /// Cuts the network of devices.
    Cut { devices: Vec<String> },
    /// Mends it.
    Restore { devices: Vec<String> },
    /// Loses the next request of this kind, or the answer to it.
    Lose { device: String, what: Lost, of: Request },
    /// Closes the app and opens it again.
    Reopen { device: String },
    /// Sets the wall clock of a phone wrong and turns it off and on.
    SetClock { device: String, ahead: Option<Span>, behind: Option<Span> },
    /// Changes a kept code by one character.
    Alter { code: String },
    /// Gives a text that is no code of this city.
    Text { text: String },
    /// Sees that kept codes are one and the same.
    Same { codes: Vec<String> },

    /// The operator sets a health colour.
    Colour { person: String, colour: suima_code::Colour },
    /// The operator puts another policy in force.
    Policy {
        #[serde(default)]
        limits: Map<String, Value>,
        #[serde(default)]
        table: Vec<Cell>,
    },
    /// The operator rotates or recalls the key that signs now.
    Key { act: KeyAct, signs: Signs },
    /// How many nucleic-acid codes, and how many paper codes, count now, by everything that was ever issued.
    CountCodes { person: String },
    /// The operator records an adult's consent, or withdraws it, for a reason.
    Consent {
        asker: String,
        person: String,
        reason: String,
        #[serde(default)]
        withdraw: bool,
    },

    /// What is asked before a phone is enrolled (R9).
    WarnEnrol { device: String },
    /// Enrols a phone with a new activation code of its owner.
    Enrol { device: String },
    /// Fetches what has changed.
    Refresh { device: String },
    /// Holds the codes of a minor.
    Hold { device: String, person: String },
    /// Whose codes the phone holds or may hold.
    Family { device: String },
    /// Shows a live code, or a relative code.
    ShowLive { device: String, person: String },
    /// Shows a nucleic-acid code.
    ShowNucleicAcid { device: String, person: String },
    /// Saves the picture of a nucleic-acid code and reads it again.
    SavePicture { device: String, person: String },
    /// Checks a picture from the album.
    CheckPicture { device: String, code: String },
    /// Asks what regenerating would void.
    Warn { device: String, person: String },
    /// Regenerates: agrees to a kept warning, or to the one that is shown now.
    Regenerate { device: String, person: String, agreed: Option<String> },

    /// Asks an adult, by document and name, whether the user may hold their codes.
    Ask { device: String, person: String },
    /// Who asks for the user's consent.
    Asks { device: String },
    /// Agrees to what somebody asks, or declines.
    Answer { device: String, asker: String, agree: bool },
    /// Holds the code of the adult who agreed, by the one-time code.
    Redeem { device: String, code: String },
    /// Who holds somebody's live code besides them.
    Holders { device: String, person: String },
    /// Ends the holding of a person's live code that somebody else has, or one's own.
    EndHolding { device: String, person: String, holder: String },
    /// What there is of somebody's paper code.
    Paper { device: String, person: String },
    /// Scans the code that a portal or a terminal shows.
    ScanChallenge { device: String, code: String },
    /// Agrees to what a portal or a terminal asks, or declines.
    Confirm {
        device: String,
        challenge: String,
        #[serde(default = "yes")]
        agree: bool,
    },

    /// Shows a code for logging in.
    ShowLogIn { device: String },
    /// Logs in: shows a code, and lets the phone scan it and agree.
    LogIn { device: String, phone: String },
    /// Leaves the desk, so that the next in line finds nobody logged in.
    Leave { device: String },
    /// Puts an ID card into the reader of a terminal.
    ReadCard { device: String, person: String },
    /// Shows a live code to the scanner of a terminal.
    ShowLiveCodeAt { device: String, code: String },
    /// Asks for something at a desk and lets the phone agree or decline; without a phone the card in the reader agrees.
    Desk {
        device: String,
        act: DeskAct,
        #[serde(default)]
        people: Vec<String>,
        phone: Option<String>,
        #[serde(default = "yes")]
        agree: bool,
    },
    /// Looks at what ending somebody's holding does at a terminal, and ends it with the card in the reader.
    EndHoldingAt { device: String, holder: String },
    /// Opens a page and reads its words.
    DeskWords { device: String, page: String },

    /// Syncs a station, to the last line.
    Sync { device: String },
    /// Scans a code, and binds nobody.
    Scan { device: String, place: Place, code: String },
    /// Decides about a paper code with the ID card of somebody, at a manual check.
    PaperCheck { device: String, code: String, card: String },
    /// Reads somebody's ID card.
    IdCard { device: String, place: Place, person: String },
    /// Begins a session of a staff member at a site.
    OpenSession { device: String, site: String, staff: String },
    /// Opens a tube.
    OpenTube { device: String, barcode: String, capacity: u8 },
    /// Scans a code and binds the person to the open tube.
    Register { device: String, code: String },
    /// Uploads the journal.
    Upload { device: String },
    /// What the issuer has of who was bound to which tube.
    Registrations {},
}

/// A cell of the policy's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cell {
    /// The row.
    pub shown: suima_code::Presented,
    /// The column.
    pub place: Place,
    /// What stands there.
    pub acceptance: suima_code::Acceptance,
}

/// What may be wanted at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskAct {
    /// A paper code; another in place of the one that counts.
    ApplyPaper,
    /// The same paper code printed again.
    PrintPaper,
    /// The paper code reported lost.
    ReportLost,
    /// Nucleic-acid codes printed.
    PrintNucleicAcid,
    /// The codes of the person at the terminal held on a family member's phone.
    HoldRelative,
}

/// What gets lost on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lost {
    /// It never arrives.
    Request,
    /// It is executed, and the answer never comes back.
    Answer,
}

/// A request to the issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// To enrol.
    Enrol,
    /// To hold.
    Hold,
    /// To claim.
    Claim,
    /// To regenerate.
    Regenerate,
    /// To upload.
    Upload,
}

/// What is done to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAct {
    /// Another signs from now on.
    Rotate,
    /// What it signed counts no more.
    Recall,
}

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signs {
    /// Nucleic-acid and paper codes.
    StaticCodes,
    /// The credentials of live codes.
    Credentials,
}
