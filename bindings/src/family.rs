//! Consent of adults, who holds whose codes, and ending a holding.

use std::sync::Arc;
use std::time::SystemTime;

use suima_code::{HoldingNumber, Slot, StaticKind};
use suima_wallet as core;

use crate::error::CoreError;
use crate::regeneration::Confirmation;
use crate::runtime::{CancelHandle, run};
use crate::said::Said;
use crate::time::from_unix;
use crate::wallet::{MadeView, Wallet};

/// Somebody who asks whether they may hold the user's codes, or who was told yes and waits for the code.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct AskView {
    /// Its name, by which it is answered.
    pub id: String,
    /// The full name of who asks.
    pub by: String,
    /// When they asked.
    pub at: SystemTime,
    /// Until when it can be answered; or, once the user has agreed, until when the code counts.
    pub expires: SystemTime,
    /// The one-time code to tell them, where the user has agreed.
    pub code: Option<OneTimeCode>,
    /// What to ask the user; or, once they have agreed, what to do with the code.
    pub said: Said,
}

impl From<core::AskView> for AskView {
    fn from(ask: core::AskView) -> Self {
        Self {
            id: ask.id,
            by: ask.by,
            at: from_unix(ask.at),
            expires: from_unix(ask.expires),
            code: ask.code.map(Into::into),
            said: ask.sentence.into(),
        }
    }
}

/// A one-time code: eight digits for the asker, and for nobody else.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct OneTimeCode {
    /// To be shown on this screen alone.
    pub digits: String,
    /// Until when it counts.
    pub expires: SystemTime,
}

impl From<core::OneTimeCode> for OneTimeCode {
    fn from(code: core::OneTimeCode) -> Self {
        Self { digits: code.digits().to_owned(), expires: from_unix(code.expires) }
    }
}

/// Somebody who holds a person's live code.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HolderView {
    /// Whose code.
    pub slot: u32,
    /// The holding, by which it is ended.
    pub holding: u32,
    /// The full name of the user whose phone it is on.
    pub name: String,
    /// Since when.
    pub since: SystemTime,
    /// Whether that is this phone.
    pub this_device: bool,
    /// The same in words.
    pub said: Said,
}

impl From<core::HolderView> for HolderView {
    fn from(holder: core::HolderView) -> Self {
        Self {
            slot: holder.slot.0,
            holding: holder.holding.0,
            name: holder.name,
            since: from_unix(holder.since),
            this_device: holder.this_device,
            said: holder.sentence.into(),
        }
    }
}

/// A holding was ended: that phone is refused, and no other.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EndedHoldingView {
    /// Whose code.
    pub slot: u32,
    /// What to say of it.
    pub said: Said,
    /// The static codes that the other may have kept as a picture or a print, and which still count.
    pub offers: Vec<KeptCodeView>,
}

impl From<core::EndedHolding> for EndedHoldingView {
    fn from(ended: core::EndedHolding) -> Self {
        Self {
            slot: ended.slot.0,
            said: ended.sentence.into(),
            offers: ended.offers.into_iter().map(Into::into).collect(),
        }
    }
}

/// A static code that somebody may have kept.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct KeptCodeView {
    /// Which kind.
    pub kind: KeptKind,
    /// When it was made.
    pub iat: SystemTime,
    /// To be handed to `regenerate` if the person agrees; none for a paper code, which no phone makes.
    pub confirm: Option<Confirmation>,
    /// What to ask, or what can be done.
    pub said: Said,
}

/// A kind of code that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum KeptKind {
    /// A nucleic-acid code.
    NucleicAcid,
    /// A paper code.
    Paper,
}

impl From<core::KeptCode> for KeptCodeView {
    fn from(kept: core::KeptCode) -> Self {
        Self {
            kind: match kept.kind {
                StaticKind::NucleicAcid => KeptKind::NucleicAcid,
                StaticKind::Paper => KeptKind::Paper,
            },
            iat: from_unix(kept.iat),
            confirm: kept.confirm.map(Into::into),
            said: kept.sentence.into(),
        }
    }
}

#[uniffi::export]
impl Wallet {
    /// Asks an adult, by document and full name, whether the user may hold their codes. Says until when they can answer,
    /// and never whether there is such a person.
    #[uniffi::method(default(cancel = None))]
    pub async fn ask(
        &self,
        document: String,
        name: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<SystemTime, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        run(cancel, async move { wallet.ask(&document, &name).await.map(from_unix) }).await
    }

    /// Who asks for the user's consent, and who has it and waits for the code; the oldest first.
    pub fn asks(&self) -> Result<Vec<AskView>, CoreError> {
        Ok(self.wallet.asks()?.into_iter().map(Into::into).collect())
    }

    /// Agrees to an ask or declines it. Where the user agreed, the code is theirs to tell the asker.
    #[uniffi::method(default(cancel = None))]
    pub async fn answer(
        &self,
        ask: String,
        agree: bool,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Option<OneTimeCode>, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        let code = run(cancel, async move { wallet.answer(&ask, agree).await }).await?;
        Ok(code.map(Into::into))
    }

    /// Holds the codes of the adult who agreed and told the user this one-time code. Says who it is.
    #[uniffi::method(default(cancel = None))]
    pub async fn redeem(
        &self,
        code: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<u32, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        run(cancel, async move { wallet.redeem(&code).await.map(|slot| slot.0) }).await
    }

    /// Who holds a person's live code besides them, as far as that is told.
    pub fn holders(&self, slot: u32) -> Result<Vec<HolderView>, CoreError> {
        Ok(self.wallet.holders(Slot(slot))?.into_iter().map(Into::into).collect())
    }

    /// Who made which nucleic-acid code when, the newest first.
    pub fn history(&self, slot: u32) -> Result<Vec<MadeView>, CoreError> {
        Ok(self.wallet.history(Slot(slot))?.into_iter().map(Into::into).collect())
    }

    /// What to ask before `end_holding`: which phone will be refused.
    pub fn end_warning(&self, slot: u32, holding: u32) -> Result<Said, CoreError> {
        Ok(self.wallet.end_warning(Slot(slot), HoldingNumber(holding))?.into())
    }

    /// Ends a holding: one of the user's own code, one of a minor whose guardian the user is, or the one on this phone.
    #[uniffi::method(default(cancel = None))]
    pub async fn end_holding(
        &self,
        slot: u32,
        holding: u32,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<EndedHoldingView, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        let (slot, holding) = (Slot(slot), HoldingNumber(holding));
        run(cancel, async move { wallet.end_holding(slot, holding).await.map(Into::into) }).await
    }
}
