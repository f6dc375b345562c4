//! What portals and terminals ask to be confirmed on the phone.

use std::sync::Arc;
use std::time::SystemTime;

use suima_code::Slot;
use suima_wallet as core;

use crate::error::CoreError;
use crate::runtime::{CancelHandle, run};
use crate::said::Said;
use crate::time::{from_unix, to_unix};
use crate::wallet::Wallet;

/// Where something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum AskingPlace {
    /// The PC portal, in somebody's browser.
    Portal,
    /// A self-service terminal.
    Terminal,
}

/// A person by number and full name.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NamedSlot {
    /// The number.
    pub slot: u32,
    /// The full name.
    pub name: String,
}

/// What agreeing to a challenge does.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum AskedAct {
    /// Lets the browser session ask in the user's name.
    LogIn,
    /// Makes a paper code, and voids the one that counts.
    ApplyPaper {
        /// For whom.
        person: NamedSlot,
        /// When the one that it voids was made.
        voids: Option<SystemTime>,
    },
    /// Prints the paper code that counts once more.
    PrintPaper {
        /// Whose.
        person: NamedSlot,
        /// When it was made.
        iat: SystemTime,
    },
    /// Reports the paper code lost: voids it, and makes none.
    ReportLost {
        /// Whose.
        person: NamedSlot,
        /// When the one that it voids was made.
        iat: SystemTime,
    },
    /// Prints the nucleic-acid codes that count.
    PrintNucleicAcid {
        /// Whose.
        people: Vec<NamedSlot>,
    },
    /// Lets the user hold the codes of an adult who stands at the terminal and agrees.
    HoldRelative {
        /// Whose.
        person: NamedSlot,
    },
}

/// What a portal or terminal asks. Goes to `confirm` unchanged.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ChallengeView {
    /// Its id.
    pub id: String,
    /// What kind of place asks.
    pub place: AskingPlace,
    /// The name of the terminal, or what is known of the browser.
    pub place_name: String,
    /// Two digits that the screen there must show too.
    pub check: String,
    /// When it began.
    pub began: SystemTime,
    /// Until when it can be confirmed.
    pub expires: SystemTime,
    /// What agreeing does.
    pub act: AskedAct,
    /// When what it voids was made; none where it voids nothing.
    pub voids: Option<SystemTime>,
    /// What to ask: the place, the person, and what is voided.
    pub question: Said,
    /// What to compare first: the digits.
    pub compare: Said,
}

/// What came of an answer to a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ConfirmOutcome {
    /// It was done.
    Done,
    /// The user declined; nothing was done.
    Declined,
    /// Its time was over, or it had been answered; nothing was done.
    Over,
    /// It would do something else by now; nothing was done.
    Changed,
    /// No paper code is given to this person on this day; nothing was done.
    NotEligible,
}

/// What came of an answer to a challenge, and what to say.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ConfirmedView {
    /// The challenge's id.
    pub id: String,
    /// What came of it.
    pub outcome: ConfirmOutcome,
    /// What to say of it.
    pub said: Said,
    /// What is asked now, where that has changed.
    pub now: Option<ChallengeView>,
}

impl From<core::NamedSlot> for NamedSlot {
    fn from(person: core::NamedSlot) -> Self {
        Self { slot: person.slot.0, name: person.name }
    }
}

impl From<NamedSlot> for core::NamedSlot {
    fn from(person: NamedSlot) -> Self {
        Self { slot: Slot(person.slot), name: person.name }
    }
}

impl From<core::AskedAct> for AskedAct {
    fn from(act: core::AskedAct) -> Self {
        use core::AskedAct as A;
        let person = |slot: Slot, name| NamedSlot { slot: slot.0, name };
        match act {
            A::LogIn => Self::LogIn,
            A::ApplyPaper { slot, name, voids } => {
                Self::ApplyPaper { person: person(slot, name), voids: voids.map(from_unix) }
            }
            A::PrintPaper { slot, name, iat } => {
                Self::PrintPaper { person: person(slot, name), iat: from_unix(iat) }
            }
            A::ReportLost { slot, name, iat } => {
                Self::ReportLost { person: person(slot, name), iat: from_unix(iat) }
            }
            A::PrintNucleicAcid { people } => {
                Self::PrintNucleicAcid { people: people.into_iter().map(Into::into).collect() }
            }
            A::HoldRelative { slot, name } => Self::HoldRelative { person: person(slot, name) },
        }
    }
}

impl From<AskedAct> for core::AskedAct {
    fn from(act: AskedAct) -> Self {
        match act {
            AskedAct::LogIn => Self::LogIn,
            AskedAct::ApplyPaper { person: NamedSlot { slot, name }, voids } => {
                Self::ApplyPaper { slot: Slot(slot), name, voids: voids.map(to_unix) }
            }
            AskedAct::PrintPaper { person: NamedSlot { slot, name }, iat } => {
                Self::PrintPaper { slot: Slot(slot), name, iat: to_unix(iat) }
            }
            AskedAct::ReportLost { person: NamedSlot { slot, name }, iat } => {
                Self::ReportLost { slot: Slot(slot), name, iat: to_unix(iat) }
            }
            AskedAct::PrintNucleicAcid { people } => {
                Self::PrintNucleicAcid { people: people.into_iter().map(Into::into).collect() }
            }
            AskedAct::HoldRelative { person: NamedSlot { slot, name } } => {
                Self::HoldRelative { slot: Slot(slot), name }
            }
        }
    }
}

impl From<core::ChallengeView> for ChallengeView {
    fn from(view: core::ChallengeView) -> Self {
        let core::Challenge { id, place, place_name, check, began, expires, act } = view.challenge;
        Self {
            id,
            place: match place {
                core::AskingPlace::Portal => AskingPlace::Portal,
                core::AskingPlace::Terminal => AskingPlace::Terminal,
            },
            place_name,
            check,
            began: from_unix(began),
            expires: from_unix(expires),
            act: act.into(),
            voids: view.voids.map(from_unix),
            question: view.question.into(),
            compare: view.compare.into(),
        }
    }
}

impl From<ChallengeView> for core::ChallengeView {
    fn from(view: ChallengeView) -> Self {
        Self {
            challenge: core::Challenge {
                id: view.id,
                place: match view.place {
                    AskingPlace::Portal => core::AskingPlace::Portal,
                    AskingPlace::Terminal => core::AskingPlace::Terminal,
                },
                place_name: view.place_name,
                check: view.check,
                began: to_unix(view.began),
                expires: to_unix(view.expires),
                act: view.act.into(),
            },
            voids: view.voids.map(to_unix),
            question: view.question.into(),
            compare: view.compare.into(),
        }
    }
}

impl From<core::ConfirmedView> for ConfirmedView {
    fn from(view: core::ConfirmedView) -> Self {
        Self {
            id: view.challenge.id,
            outcome: match view.outcome {
                core::Confirmed::Done => ConfirmOutcome::Done,
                core::Confirmed::Declined => ConfirmOutcome::Declined,
                core::Confirmed::Over => ConfirmOutcome::Over,
                core::Confirmed::Changed => ConfirmOutcome::Changed,
                core::Confirmed::NotEligible => ConfirmOutcome::NotEligible,
            },
            said: view.sentence.into(),
            now: view.now.map(|now| (*now).into()),
        }
    }
}

#[uniffi::export]
impl Wallet {
    /// What portals and terminals ask the user to confirm, as of the last refresh; the oldest first.
    pub fn challenges(&self) -> Result<Vec<ChallengeView>, CoreError> {
        Ok(self.wallet.challenges()?.into_iter().map(Into::into).collect())
    }

    /// Asks what a scanned challenge is about. By that it is taken up: no other phone can answer it.
    #[uniffi::method(default(cancel = None))]
    pub async fn challenge(
        &self,
        scanned: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<ChallengeView, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        run(cancel, async move { wallet.challenge(&scanned).await.map(Into::into) }).await
    }

    /// Agrees to exactly what was shown, or declines.
    #[uniffi::method(default(cancel = None))]
    pub async fn confirm(
        &self,
        view: ChallengeView,
        agree: bool,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<ConfirmedView, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        let view = view.into();
        let untold = run(cancel, async move { wallet.confirm_untold(&view, agree).await }).await?;
        // Told out here: had the shell dropped this call, the next refresh would say it.
        Ok(self.wallet.tell_confirmed(untold).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confirmed_is_what_was_asked() {
        let at = suima_code::UnixTime::new(1_795_309_200);
        let (slot, name) = (Slot(7), "王小明".to_owned());
        let people = vec![core::NamedSlot { slot, name: name.clone() }];
        for act in [
            core::AskedAct::LogIn,
            core::AskedAct::ApplyPaper { slot, name: name.clone(), voids: None },
            core::AskedAct::ApplyPaper { slot, name: name.clone(), voids: Some(at) },
            core::AskedAct::PrintPaper { slot, name: name.clone(), iat: at },
            core::AskedAct::ReportLost { slot, name: name.clone(), iat: at },
            core::AskedAct::PrintNucleicAcid { people },
            core::AskedAct::HoldRelative { slot, name },
        ] {
            assert_eq!(core::AskedAct::from(AskedAct::from(act.clone())), act);
        }
    }
}
