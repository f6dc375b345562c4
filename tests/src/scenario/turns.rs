//! Turns: what the conductor asks of whoever plays the phones and stations, and what comes back.
//! `tests/scenarios/README.md` specifies them for every language, under "Players".

use serde::{Deserialize, Serialize};
use serde_json::Value;
use suima_code::{Place, Slot, UnixTime};
use suima_device::ClockReading;

use super::run::Trouble;
use crate::hex::unhex;

/// What the conductor says to a player.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who is in the register; with the first turn alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<Persona>>,
    /// What is next.
    #[serde(flatten)]
    pub next: Next,
}

/// What is next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Next {
    /// A turn.
    Play(Turn),
    /// Nothing: the trial is over.
    End {
        /// Why it did not go as it says, if it did not.
        trouble: Option<String>,
    },
}

/// Somebody in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Persona {
    /// As scenarios call them.
    pub name: String,
    /// As their ID card does.
    pub full_name: String,
    /// The number that stands for them.
    pub slot: Slot,
    /// The number of their ID card.
    pub document: String,
}

/// Something that one device does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Counted from 1 in each trial.
    pub turn: u32,
    /// Which device.
    pub device: String,
    /// What its clocks read while it does it.
    pub clock: Reading,
    /// What it does.
    #[serde(flatten)]
    pub task: Task,
}

/// A device's clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// What the device believes the time to be.
    pub wall: UnixTime,
    /// Since it was started.
    pub since_boot_ms: u64,
    /// Names the start.
    pub boot: String,
}

impl From<&Reading> for ClockReading {
    fn from(reading: &Reading) -> Self {
        let Reading { wall, since_boot_ms, boot } = reading.clone();
        Self { wall, since_boot_ms, boot }
    }
}

/// What kind of device is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// A phone with the wallet.
    Phone,
    /// A station.
    Station,
}

/// What a device is opened with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    /// What it is.
    pub kind: DeviceKind,
    /// Where its requests go, whether its network is cut or not.
    pub issuer: String,
    /// Certificates (DER, in hex) trusted beside the public ones.
    pub pinned: Vec<String>,
    /// What it pins.
    pub roots: PinnedRoots,
    /// To enrol it with, where it is enrolled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<String>,
}

/// The root keys, in hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedRoots {
    /// The one in daily use.
    pub hot: String,
    /// The one kept offline.
    pub cold: String,
}

/// What a device does. Names are resolved.
#[allow(
    missing_docs,
    reason = "`tests/scenarios/README.md` specifies every argument, for all languages"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Task {
    SetUp(SetUp),
    Reopen,

    WarnEnrol,
    Enrol { activation: String },
    Refresh,
    Hold { slot: Slot },
    Family,
    ShowLive { slot: Slot },
    ShowNucleicAcid { slot: Slot },
    SavePicture { slot: Slot },
    CheckPicture { code: String },
    Warn { slot: Slot },
    Regenerate { slot: Slot, agreed: Option<Value> },
    Ask { document: String, full_name: String },
    Asks,
    Answer { asker: String, agree: bool },
    Redeem { code: String },
    Holders { slot: Slot },
    EndHolding { slot: Slot, holder: String },
    Paper { slot: Slot },
    ScanChallenge { code: String },
    Confirm { challenge: Value, agree: bool },

    Sync,
    Scan { place: Place, code: String },
    PaperCheck { code: String, document: String, full_name: String },
    IdCard { place: Place, document: String, full_name: String },
    OpenSession { site: String, staff: String },
    OpenTube { barcode: String, capacity: u8 },
    Register { code: String },
    Upload,
}

impl Task {
    /// Which kind of device does it; `None` for both.
    pub fn kind(&self) -> Option<DeviceKind> {
        match self {
            Self::SetUp(_) | Self::Reopen => None,
            Self::Sync
            | Self::Scan { .. }
            | Self::PaperCheck { .. }
            | Self::IdCard { .. }
            | Self::OpenSession { .. }
            | Self::OpenTube { .. }
            | Self::Register { .. }
            | Self::Upload => Some(DeviceKind::Station),
            _ => Some(DeviceKind::Phone),
        }
    }
}

/// What came of a turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Which turn.
    pub turn: u32,
    /// The result of the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// The text of the code that it gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What only the player understands, to be handed back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Value>,
    /// A picture (PNG, in hex).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// Why the player could not do it at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// The bytes of hexadecimal digits that a player or a turn gives.
pub(super) fn bytes(digits: &str) -> Result<Vec<u8>, Trouble> {
    unhex(digits).ok_or_else(|| Trouble("not hexadecimal digits".to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use suima_code::Slot;

    use super::{Message, Next, Task};

    #[test]
    fn a_turn_is_written_as_the_specification_shows_it() {
        let written = json!({
            "people": [{ "name": "mother", "full-name": "沈若兰", "slot": 3, "document": "310" }],
            "play": {
                "turn": 1,
                "device": "mother-phone",
                "clock": { "wall": 1_795_309_200, "since_boot_ms": 5, "boot": "boot 0" },
                "do": "regenerate",
                "slot": 3,
                "agreed": { "anything": [1, 2] },
            },
        });
        let read: Message = serde_json::from_value(written.clone()).unwrap();
        let Next::Play(turn) = &read.next else { panic!("{read:?}") };
        let agreed = Some(json!({ "anything": [1, 2] }));
        assert_eq!(turn.task, Task::Regenerate { slot: Slot(3), agreed });
        assert_eq!(serde_json::to_value(&read).unwrap(), written);
    }

    #[test]
    fn the_end_is_written_as_the_specification_shows_it() {
        let end = Message { people: None, next: Next::End { trouble: None } };
        assert_eq!(serde_json::to_value(end).unwrap(), json!({ "end": { "trouble": null } }));
    }
}
