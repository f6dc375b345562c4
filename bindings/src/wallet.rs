//! The citizen's wallet.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use suima_code::Slot;
use suima_device::Ports;
use suima_wallet as core;

use crate::config::Config;
use crate::error::CoreError;
use crate::ports::{self, Clock, Keystore, Log, Signer, ports};
use crate::regeneration::{
    Confirmation, RefreshView, RegeneratedView, SavedView, UnreadNews, WarningView,
};
use crate::runtime::{CancelHandle, run};
use crate::said::Said;
use crate::time::from_unix;
use crate::verifier::Colour;

/// What a person is to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Relation {
    /// The user.
    Oneself,
    /// Their child.
    Child,
    /// Somebody whose guardian they are.
    Ward,
    /// An adult who consented.
    Relative,
}

impl From<core::Relation> for Relation {
    fn from(relation: core::Relation) -> Self {
        match relation {
            core::Relation::Oneself => Self::Oneself,
            core::Relation::Child => Self::Child,
            core::Relation::Ward => Self::Ward,
            core::Relation::Relative => Self::Relative,
        }
    }
}

/// How far the phone's clock can be trusted. Live codes carry the issuer's time whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ClockState {
    /// It agrees with the issuer's time.
    Right,
    /// It is wrong: to be told.
    Wrong {
        /// Seconds ahead; negative for behind.
        by_seconds: i64,
    },
    /// Not compared with the issuer's time since the phone was started.
    Unchecked,
}

impl From<core::ClockStatus> for ClockState {
    fn from(clock: core::ClockStatus) -> Self {
        match clock {
            core::ClockStatus::Right => Self::Right,
            core::ClockStatus::Wrong { by_seconds } => Self::Wrong { by_seconds },
            core::ClockStatus::Unchecked => Self::Unchecked,
        }
    }
}

/// The making of a code.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct MadeView {
    /// When.
    pub at: SystemTime,
    /// The full name of the user who had it made.
    pub by: String,
    /// Whether that was this device.
    pub by_this_device: bool,
    /// Whether it voided a code that still counted.
    pub voided: bool,
}

impl From<core::Made> for MadeView {
    fn from(made: core::Made) -> Self {
        Self {
            at: from_unix(made.iat),
            by: made.by,
            by_this_device: made.by_this_device,
            voided: made.voided,
        }
    }
}

/// A person whose codes the user holds or may hold.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PersonView {
    /// The number that stands for them.
    pub slot: u32,
    /// What they are to the user.
    pub relation: Relation,
    /// The full name.
    pub name: String,
    /// Four digits.
    pub birth_year: u16,
    /// Whether their codes are held here.
    pub held: bool,
    /// The holding on this phone, by which the user can give it up.
    pub holding: Option<u32>,
    /// The colour of the live code that can be shown.
    pub colour: Option<Colour>,
    /// Until when there is a nucleic-acid code.
    pub nucleic_acid_until: Option<SystemTime>,
    /// Whether a regeneration is in doubt: the code that is shown may be void.
    pub in_doubt: bool,
}

impl From<core::PersonView> for PersonView {
    fn from(person: core::PersonView) -> Self {
        Self {
            slot: person.slot.0,
            relation: person.relation.into(),
            name: person.name,
            birth_year: person.birth_year,
            held: person.held,
            holding: person.holding.map(|holding| holding.0),
            colour: person.live.map(|live| live.colour.into()),
            nucleic_acid_until: match person.nucleic_acid {
                core::NucleicAcidSummary::Valid { until } => Some(from_unix(until)),
                core::NucleicAcidSummary::None | core::NucleicAcidSummary::Expired { .. } => None,
            },
            in_doubt: person.doubt.is_some(),
        }
    }
}

/// A live code, drawn for now.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LiveView {
    /// Whose.
    pub slot: u32,
    /// What they are to the user.
    pub relation: Relation,
    /// The full name.
    pub name: String,
    /// As the code shows it.
    pub masked_name: String,
    /// What the QR code says.
    pub text: String,
    /// The QR code.
    pub svg: String,
    /// The colour.
    pub colour: Colour,
    /// The time it is as of.
    pub colour_as_of: SystemTime,
    /// Until when gates take it.
    pub colour_counts_until: SystemTime,
    /// Whether gates take it no more, for all that the code is good for sampling: then it must not look as if they did.
    pub colour_is_old: bool,
    /// When it was drawn, by the corrected time, which need not be the phone's.
    pub drawn_at: SystemTime,
    /// When it is to be drawn anew, by the corrected time.
    pub redraw_at: SystemTime,
    /// Until when live codes can be drawn with no network.
    pub counts_until: SystemTime,
    /// The time of the last refresh.
    pub as_of: SystemTime,
    /// The phone's clock.
    pub clock: ClockState,
    /// What must be said beside it.
    pub notices: Vec<Said>,
}

impl From<core::LiveView> for LiveView {
    fn from(live: core::LiveView) -> Self {
        Self {
            colour_is_old: live.colour_is_old(),
            slot: live.slot.0,
            relation: live.relation.into(),
            name: live.name,
            masked_name: live.masked_name,
            text: live.text,
            svg: live.svg,
            colour: live.colour.into(),
            colour_as_of: from_unix(live.colour_as_of),
            colour_counts_until: from_unix(live.colour_counts_until),
            drawn_at: from_unix(live.drawn_at),
            redraw_at: from_unix(live.redraw_at),
            counts_until: from_unix(live.counts_until),
            as_of: from_unix(live.as_of),
            clock: live.clock.into(),
            notices: live.notices.into_iter().map(Into::into).collect(),
        }
    }
}

/// A nucleic-acid code.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NucleicAcidView {
    /// Whose.
    pub slot: u32,
    /// What they are to the user.
    pub relation: Relation,
    /// The full name.
    pub name: String,
    /// What the QR code says.
    pub text: String,
    /// The QR code.
    pub svg: String,
    /// From this second on it no longer counts.
    pub valid_until: SystemTime,
    /// The last day on which it counts, `2026-12-21`.
    pub last_day: String,
    /// When and by whom it was made.
    pub made: MadeView,
    /// The time of the last refresh.
    pub as_of: SystemTime,
    /// Since when a regeneration is in doubt, if one is: the code may be void.
    pub in_doubt_since: Option<SystemTime>,
    /// The phone's clock.
    pub clock: ClockState,
    /// What must be said beside it.
    pub notices: Vec<Said>,
}

impl From<core::NucleicAcidView> for NucleicAcidView {
    fn from(code: core::NucleicAcidView) -> Self {
        Self {
            slot: code.slot.0,
            relation: code.relation.into(),
            name: code.name,
            text: code.text,
            svg: code.svg,
            valid_until: from_unix(code.valid_until),
            last_day: code.last_day,
            made: code.made.into(),
            as_of: from_unix(code.as_of),
            in_doubt_since: code.doubt.map(since),
            clock: code.clock.into(),
            notices: code.notices.into_iter().map(Into::into).collect(),
        }
    }
}

/// Since when something is in doubt.
pub(crate) fn since(core::Doubt::RegenerationPending { since }: core::Doubt) -> SystemTime {
    from_unix(since)
}

/// How a wallet is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct WalletStatus {
    /// Whether it is enrolled.
    pub enrolled: bool,
    /// When another phone took its place, if one did.
    pub ended: Option<SystemTime>,
    /// The time of the last refresh.
    pub as_of: Option<SystemTime>,
    /// The phone's clock.
    pub clock: ClockState,
    /// Regenerations in doubt, by slot.
    pub in_doubt: Vec<u32>,
    /// What must be said.
    pub notices: Vec<Said>,
}

impl From<core::Status> for WalletStatus {
    fn from(status: core::Status) -> Self {
        Self {
            enrolled: status.enrolled,
            ended: status.ended.map(from_unix),
            as_of: status.as_of.map(from_unix),
            clock: status.clock.into(),
            in_doubt: status.pending.iter().map(|pending| pending.slot.0).collect(),
            notices: status.notices.into_iter().map(Into::into).collect(),
        }
    }
}

/// The citizen's wallet: shows codes with no network, from the first moment.
#[derive(uniffi::Object)]
pub struct Wallet {
    pub(crate) wallet: Arc<core::Wallet>,
    wiped: bool,
}

#[uniffi::export]
impl Wallet {
    /// Opens the wallet; never touches the network. With a `signer` the keys that it makes from now on are in the phone's
    /// hardware; a wallet that has such keys is always opened with one.
    #[uniffi::constructor(default(signer = None))]
    pub fn open(
        config: Config,
        keystore: Arc<dyn Keystore>,
        clock: Arc<dyn Clock>,
        log: Arc<dyn Log>,
        signer: Option<Arc<dyn Signer>>,
    ) -> Result<Arc<Self>, CoreError> {
        let endpoint = config.endpoint();
        let roots = config.roots.try_into()?;
        let ports = Ports { signer: signer.map(ports::signer), ..ports(keystore, clock, log) };
        let config = core::Config { path: PathBuf::from(config.path), endpoint, roots };
        let opened = core::Wallet::open(config, ports)?;
        let wiped = opened.wiped.is_some();
        Ok(Arc::new(Self { wallet: Arc::new(opened.wallet), wiped }))
    }

    /// Whether the wallet had to be emptied when it was opened, as after a restored backup: say so, and enrol again.
    pub fn was_wiped(&self) -> Result<bool, CoreError> {
        Ok(self.wiped)
    }

    /// What to ask before `enrol`: what it ends.
    pub fn enrol_warning(&self) -> Result<Said, CoreError> {
        Ok(self.wallet.enrol_warning()?.into())
    }

    /// Enrols this phone with an activation code; an earlier phone of the same user ends by that.
    #[uniffi::method(default(cancel = None))]
    pub async fn enrol(
        &self,
        activation_code: String,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), CoreError> {
        let wallet = Arc::clone(&self.wallet);
        run(cancel, async move { wallet.enrol(&activation_code).await }).await
    }

    /// Fetches what has changed, makes codes ahead, and resolves what was in doubt.
    #[uniffi::method(default(cancel = None))]
    pub async fn refresh(
        &self,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<RefreshView, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        let untold = run(cancel, async move { wallet.refresh_untold().await }).await?;
        // Told out here: had the shell dropped this call, the news would wait for the next one.
        Ok(self.wallet.tell(untold)?.into())
    }

    /// The news that refreshes told, also those of an app that was killed since, and that nobody has read yet. With no network.
    pub fn unread_news(&self) -> Result<UnreadNews, CoreError> {
        Ok(self.wallet.unread_news()?.into())
    }

    /// The user has read the news up to this mark.
    pub fn news_read(&self, mark: u64) -> Result<(), CoreError> {
        Ok(self.wallet.news_read(mark)?)
    }

    /// Holds the codes of a relative whom the register knows as the user's.
    #[uniffi::method(default(cancel = None))]
    pub async fn hold(
        &self,
        slot: u32,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<(), CoreError> {
        let wallet = Arc::clone(&self.wallet);
        run(cancel, async move { wallet.hold(Slot(slot)).await }).await
    }

    /// How the wallet is.
    pub fn status(&self) -> Result<WalletStatus, CoreError> {
        Ok(self.wallet.status()?.into())
    }

    /// The user first, then relatives: the order in which to swipe.
    pub fn family(&self) -> Result<Vec<PersonView>, CoreError> {
        Ok(self.wallet.family()?.into_iter().map(Into::into).collect())
    }

    /// A live code for now.
    pub fn show_live(&self, slot: u32) -> Result<LiveView, CoreError> {
        Ok(self.wallet.show_live(Slot(slot))?.into())
    }

    /// The nucleic-acid code that counts now.
    pub fn show_nucleic_acid(&self, slot: u32) -> Result<NucleicAcidView, CoreError> {
        Ok(self.wallet.show_nucleic_acid(Slot(slot))?.into())
    }

    /// The nucleic-acid code as a PNG picture, to save or to print.
    pub fn saved_picture(&self, slot: u32) -> Result<Vec<u8>, CoreError> {
        Ok(self.wallet.saved_picture(Slot(slot))?)
    }

    /// What regenerating would void; to be shown before asking.
    pub fn warning(&self, slot: u32) -> Result<WarningView, CoreError> {
        Ok(self.wallet.warning(Slot(slot))?.into())
    }

    /// Regenerates, as the user confirmed.
    #[uniffi::method(default(cancel = None))]
    pub async fn regenerate(
        &self,
        confirm: Confirmation,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<RegeneratedView, CoreError> {
        let wallet = Arc::clone(&self.wallet);
        let untold =
            run(cancel, async move { wallet.regenerate_untold(confirm.into()).await }).await?;
        Ok(self.wallet.tell_outcome(untold).into())
    }

    /// Says what a saved picture is; `text` is what its QR code says.
    pub fn check_saved(&self, text: String) -> Result<SavedView, CoreError> {
        Ok(self.wallet.check_saved(&text)?.into())
    }

    /// Gives up the file, before the system suspends the app.
    pub fn pause(&self) -> Result<(), CoreError> {
        Ok(self.wallet.pause()?)
    }

    /// Takes the file up again.
    pub fn resume(&self) -> Result<(), CoreError> {
        Ok(self.wallet.resume()?)
    }

    /// Closes the file for good. (Not `close`: Kotlin's generated class has one of its own.)
    pub fn shut_down(&self) -> Result<(), CoreError> {
        Ok(self.wallet.close()?)
    }
}
