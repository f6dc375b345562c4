//! The wallet: its life cycle, and everything it does without a network.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use suima_client::http::Endpoint;
use suima_code::{Roots, Slot};
use suima_device::{
    Clock, CorrectedTime, Event, Fresh, Level, Log, Ports, Random, SealError, Signer, Store,
    StoreError, TimeAnchor, WipeReason,
};

use crate::channel::Channel;
use crate::error::Error;
use crate::keys::{Handle, Key};
use crate::saved::SavedCheck;
use crate::snapshot::Snapshot;
use crate::storage;
use crate::views::{Lens, LiveView, NucleicAcidView, PersonView, RegenerationWarning, Status};

/// What a wallet needs to know of its surroundings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file of the store. Its folder exists, is the app's own, and is kept out of backups.
    pub path: PathBuf,
    /// Where the issuer is.
    pub endpoint: Endpoint,
    /// The root keys that the app pins.
    pub roots: Roots,
}

/// A wallet, just opened.
#[derive(Debug)]
pub struct Opened {
    /// The wallet, ready for use.
    pub wallet: Wallet,
    /// Why it is empty, if it had to be wiped: to be said, and enrolled again.
    pub wiped: Option<WipeReason>,
}

/// The citizen's wallet. Shared between threads as `Arc<Wallet>`.
///
/// What is shown comes from the store alone, so it works offline and from the first moment. Every answer of the issuer
/// is checked and then written in one transaction, or not at all. Asynchronous calls can be dropped at any point: what
/// they had written stays true, and [`refresh`](Wallet::refresh) takes up what they left open.
pub struct Wallet {
    store: Store,
    roots: Roots,
    channel: Channel,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    log: Arc<dyn Log>,
    signer: Option<Arc<dyn Signer>>,
}

impl Wallet {
    /// Opens the wallet, making an empty one where there is none. Never touches the network.
    ///
    /// A store whose key is gone for good (a restored backup) or that cannot be read is wiped, and [`Opened::wiped`] says
    /// so; likewise, until an enrolment is begun, where a key in hardware is gone. While the keystore is unavailable nothing
    /// is touched ([`Error::KeystoreUnavailable`]). A wallet that has keys in hardware opens with a signer only
    /// ([`Error::SignerMissing`]).
    pub fn open(config: Config, ports: Ports) -> Result<Opened, Error> {
        let opened = Store::open(&config.path, &storage::SCHEMA, &ports)?;
        let mut store = opened.store;
        let mut wiped = match opened.fresh {
            Fresh::Wiped { reason } => Some(reason),
            Fresh::Existing | Fresh::New => None,
        };
        let snapshot = match store.read(storage::load) {
            Ok(snapshot) => snapshot,
            Err(error) if is_unreadable(&error) => {
                store.close()?;
                Store::wipe(&config.path)?;
                store = Store::open(&config.path, &storage::SCHEMA, &ports)?.store;
                wiped = Some(WipeReason::Corrupt);
                Snapshot::default()
            }
            Err(error) => return Err(error.into()),
        };
        if ports.signer.is_none() && snapshot.handles().next().is_some() {
            return Err(Error::SignerMissing);
        }
        // An enrolment that was begun since has keys which must not be removed for that.
        if snapshot.knowledge.keys_gone && snapshot.enrolment.is_none() {
            wiped = Some(WipeReason::KeyGone);
        }
        let wallet = Self {
            store,
            roots: config.roots,
            channel: Channel::new(config.endpoint, Arc::clone(&ports.log)),
            clock: ports.clock,
            random: ports.random,
            log: ports.log,
            signer: ports.signer,
        };
        wallet.keep_time();
        if !snapshot.given_up.is_empty() {
            wallet.remove_given_up();
        }
        Ok(Opened { wallet, wiped })
    }

    /// Gives up the file, for the time in the background. Requests under way lose their answers, as from a bad network.
    pub fn pause(&self) -> Result<(), Error> {
        Ok(self.store.pause()?)
    }

    /// Takes the file up again, without asking the keystore.
    pub fn resume(&self) -> Result<(), Error> {
        self.store.resume()?;
        self.keep_time();
        Ok(())
    }

    /// Closes the file and forgets its key. Every later call answers [`Error::Closed`].
    pub fn close(&self) -> Result<(), Error> {
        Ok(self.store.close()?)
    }

    /// The state of the wallet.
    pub fn status(&self) -> Result<Status, Error> {
        self.keep_time();
        self.look(|lens| Ok(lens.status()))
    }

    /// The people whose codes the user holds or may hold, in the order of swiping, the user first.
    pub fn family(&self) -> Result<Vec<PersonView>, Error> {
        self.look(|lens| lens.family())
    }

    /// Draws a person's live code, by the corrected time. [`Error::LiveExpired`] when the credential has ended. Asks the signer
    /// where the key is in hardware, which takes its time ([`Error::SignerUnavailable`], [`Error::KeysGone`]).
    pub fn show_live(&self, slot: Slot) -> Result<LiveView, Error> {
        self.look(|lens| lens.live(slot, |key, message| self.sign(key, message)))
    }

    /// Draws the nucleic-acid code of a person that counts now; a successor from its first second on.
    /// [`Error::Expired`] when the last one has ended, [`Error::NoCode`] when there is none.
    pub fn show_nucleic_acid(&self, slot: Slot) -> Result<NucleicAcidView, Error> {
        self.look(|lens| lens.nucleic_acid(slot))
    }

    /// The nucleic-acid code that counts now as a PNG picture, to save or print. [`Error::InDoubt`] while it is not
    /// known whether a regeneration voided it.
    pub fn saved_picture(&self, slot: Slot) -> Result<Vec<u8>, Error> {
        self.look(|lens| lens.picture(slot))
    }

    /// What to ask before [`regenerate`](Wallet::regenerate): what it voids, by name (R9).
    pub fn warning(&self, slot: Slot) -> Result<RegenerationWarning, Error> {
        self.look(|lens| lens.warning(slot))
    }

    /// Says what the code in a saved picture is, as far as this phone knows. Asks nobody.
    pub fn check_saved(&self, text: &str) -> Result<SavedCheck, Error> {
        self.look(|lens| lens.check_saved(text))
    }

    pub(crate) fn look<T>(
        &self,
        at: impl FnOnce(Lens<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.look_at(&self.snapshot()?, at)
    }

    pub(crate) fn look_at<T>(
        &self,
        snapshot: &Snapshot,
        at: impl FnOnce(Lens<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let time = self.time_by(snapshot);
        at(Lens { snapshot, roots: &self.roots, time })
    }

    pub(crate) fn snapshot(&self) -> Result<Snapshot, Error> {
        Ok(self.store.read(storage::load)?)
    }

    pub(crate) fn time_by(&self, snapshot: &Snapshot) -> CorrectedTime {
        CorrectedTime::at(snapshot.anchor.as_ref(), &self.clock.read())
    }

    pub(crate) fn now(&self) -> Result<CorrectedTime, Error> {
        let anchor = self.store.read(storage::load_anchor)?;
        Ok(CorrectedTime::at(anchor.as_ref(), &self.clock.read()))
    }

    /// Anchors the time anew where the wall clock was set since it was anchored. What cannot be written now is left to
    /// the next time: until the phone is started anew, the time is right all the same.
    fn keep_time(&self) {
        let renew = |anchor: Option<&TimeAnchor>| anchor?.renewed(&self.clock.read());
        match self.store.read(storage::load_anchor) {
            Ok(anchor) if renew(anchor.as_ref()).is_some() => {}
            _ => return,
        }
        let written = self.change("clock.set", |snapshot| {
            snapshot.anchor = renew(snapshot.anchor.as_ref()).or(snapshot.anchor.take());
            Ok(())
        });
        if written.is_err() {
            let detail = "left to the next time".to_owned();
            self.log.record(&Event { level: Level::Warn, name: "clock.set.failed", detail });
        }
    }

    /// Replaces the snapshot by what `work` makes of it, in one transaction; if `work` fails, nothing is changed. Keys that
    /// are in use no more are then removed from the hardware.
    pub(crate) fn change<T>(
        &self,
        name: &'static str,
        work: impl FnOnce(&mut Snapshot) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.change_with(&[], name, work)
    }

    /// As [`Wallet::change`], with keys made for it: those that it does not take up are removed too.
    pub(crate) fn change_with<T>(
        &self,
        fresh: &[&Key],
        name: &'static str,
        work: impl FnOnce(&mut Snapshot) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let outcome = self.write(name, |snapshot| {
            let fresh = fresh.iter().filter_map(|key| key.handle());
            let handles: Vec<Handle> = snapshot.handles().chain(fresh).cloned().collect();
            let value = work(snapshot)?;
            Ok((value, snapshot.give_up(handles)))
        });
        match outcome {
            Ok((value, given_up)) => {
                if given_up {
                    self.remove_given_up();
                }
                Ok(value)
            }
            Err(error) => {
                self.remove_unused(fresh);
                Err(error)
            }
        }
    }

    pub(crate) fn write<T>(
        &self,
        name: &'static str,
        work: impl FnOnce(&mut Snapshot) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.store.write(name, |transaction, sealer| {
            let before = storage::load(transaction, sealer)?;
            let mut after = before.clone();
            let value = work(&mut after)?;
            storage::save(transaction, sealer, &before, &after)?;
            Ok(value)
        })
    }

    /// Returns once everything written is on the disk: before something leaves the phone that a power cut must not make
    /// it forget.
    pub(crate) fn sync(&self) -> Result<(), Error> {
        Ok(self.store.sync()?)
    }

    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }

    pub(crate) fn channel(&self) -> &Channel {
        &self.channel
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.random
    }

    pub(crate) fn signer(&self) -> Option<&dyn Signer> {
        self.signer.as_deref()
    }

    pub(crate) fn log(&self) -> &dyn Log {
        &*self.log
    }
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wallet").finish_non_exhaustive()
    }
}

/// Whether a cache with this fault can only be made anew.
fn is_unreadable(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Corrupt { .. } | StoreError::Seal(SealError::Refused | SealError::Shape)
    )
}
