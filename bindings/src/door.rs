//! Gates and staff at doors.

use std::sync::Arc;
use std::time::SystemTime;

use suima_station as core;

use crate::error::CoreError;
use crate::runtime::{CancelHandle, run};
use crate::said::Said;
use crate::station::{CautionView, ShownView, Station};
use crate::time::from_unix;
use crate::verifier::{Colour, ReasonView};

/// What to do with light, sound and the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Signal {
    /// Yes: the door opens.
    Admit,
    /// No: the door stays shut.
    Refuse,
    /// Not yet: somebody has to look, to compare or to do something first. A door stays shut.
    Attention,
}

impl From<core::Signal> for Signal {
    fn from(signal: core::Signal) -> Self {
        match signal {
            core::Signal::Admit => Self::Admit,
            core::Signal::Refuse => Self::Refuse,
            core::Signal::Attention => Self::Attention,
        }
    }
}

/// What was found at a gate or at a door.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Finding {
    /// What was shown is accepted here.
    Accepted,
    /// What was shown is not accepted.
    Refused {
        /// Why.
        reason: ReasonView,
    },
    /// The code counts, and is accepted with the ID card only: compare it, and look the status up.
    NeedsIdCard,
    /// The issuer knows whose ID card it is; and where a code was shown too, both are of one person.
    Match {
        /// Their health colour.
        colour: Colour,
        /// The issuer's time, as of which it is.
        as_of: SystemTime,
        /// Whether the policy admits this colour.
        admitted: bool,
    },
    /// The ID card is of nobody in the register, or not of the person of the code.
    NoMatch,
    /// The issuer could not be asked: nothing is known of the status.
    StatusUnknown {
        /// Whether the name on the card, masked, is the one in the code, where there is a code.
        name_agrees: Option<bool>,
        /// Whether the birth year in the card's number is the one in the code, where there is a code.
        year_agrees: Option<bool>,
    },
}

impl From<core::Finding> for Finding {
    fn from(finding: core::Finding) -> Self {
        use core::Finding as F;
        match finding {
            F::Accepted => Self::Accepted,
            F::Refused { reason, presented } => {
                Self::Refused { reason: ReasonView::new(reason, presented) }
            }
            F::NeedsIdCard => Self::NeedsIdCard,
            F::Match { colour, as_of, admitted } => {
                Self::Match { colour: colour.into(), as_of: from_unix(as_of), admitted }
            }
            F::NoMatch => Self::NoMatch,
            F::StatusUnknown { compared } => Self::StatusUnknown {
                name_agrees: compared.map(|compared| compared.name_agrees),
                year_agrees: compared.map(|compared| compared.year_agrees),
            },
        }
    }
}

/// The answer at a gate or at a door.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DoorView {
    /// What was found.
    pub finding: Finding,
    /// What to do with light, sound and the door. `Admit`, and nothing else, opens it.
    pub signal: Signal,
    /// The health colour, where one was shown or looked up.
    pub colour: Option<Colour>,
    /// The finding in words.
    pub said: Said,
    /// What must be said beside it.
    pub cautions: Vec<CautionView>,
    /// What was shown, where it was a genuine code.
    pub shown: Option<ShownView>,
    /// When it was decided.
    pub at: SystemTime,
    /// The time the knowledge is as of.
    pub as_of: Option<SystemTime>,
}

impl From<core::DoorView> for DoorView {
    fn from(view: core::DoorView) -> Self {
        Self {
            finding: view.finding.into(),
            signal: view.signal.into(),
            colour: view.colour.map(Into::into),
            said: view.said.into(),
            cautions: view.cautions.into_iter().map(Into::into).collect(),
            shown: view.shown.map(Into::into),
            at: from_unix(view.at),
            as_of: view.as_of.map(from_unix),
        }
    }
}

#[uniffi::export]
impl Station {
    /// Decides about a code that is shown to a gate. A live proof opens it once.
    pub fn gate(&self, text: String) -> Result<DoorView, CoreError> {
        Ok(self.0.gate(&text)?.into())
    }

    /// Asks the issuer about an ID card that is shown to a gate.
    #[uniffi::method(default(cancel = None))]
    pub async fn gate_id_card(
        &self,
        id_number: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<DoorView, CoreError> {
        let station = Arc::clone(&self.0);
        run(cancel, async move { station.gate_id_card(&id_number).await.map(Into::into) }).await
    }

    /// Decides about a code at a manual check. A paper code that counts needs the ID card.
    pub fn check_at_door(&self, text: String) -> Result<DoorView, CoreError> {
        Ok(self.0.check(&text)?.into())
    }

    /// Decides about a paper code with the ID card, by the number and the full name on it, and asks the issuer.
    #[uniffi::method(default(cancel = None))]
    pub async fn check_paper(
        &self,
        text: String,
        id_number: String,
        name: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<DoorView, CoreError> {
        let station = Arc::clone(&self.0);
        run(
            cancel,
            async move { station.check_paper(&text, &id_number, &name).await.map(Into::into) },
        )
        .await
    }

    /// Asks the issuer about an ID card alone, at a manual check.
    #[uniffi::method(default(cancel = None))]
    pub async fn check_id_card(
        &self,
        id_number: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<DoorView, CoreError> {
        let station = Arc::clone(&self.0);
        run(cancel, async move { station.check_id_card(&id_number).await.map(Into::into) }).await
    }
}
