//! A phone of the city: the real wallet on a device whose line can be cut, and the album beside it.

use std::fmt;
use std::fs;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use suima_code::qr::{Drawing, Medium};
use suima_code::{Slot, UnixTime};
use suima_sentences::minute;
use suima_wallet::{
    Action, ChallengeView, Config, EndedHolding, Error as WalletError, News, Novelty, Refreshed,
    Settled, Wallet, WipeReason,
};

use crate::Error;
use crate::device::Device;
use crate::words::{Sentence, Tone, said};

/// Pixels to a module in a screenshot.
const SCREENSHOT_SCALE: u32 = 8;

/// A phone with the app.
pub struct Phone {
    /// What it is without the app.
    pub device: Device,
    wallet: Mutex<Arc<Wallet>>,
    messages: Mutex<Vec<Message>>,
    /// What was told since the app was opened, the newest last.
    told: Mutex<Vec<Told>>,
    undecided: Mutex<Undecided>,
}

/// What stands on the screen until the user has decided, and is kept nowhere else.
#[derive(Default)]
pub struct Undecided {
    /// What a portal or a terminal asks, as it was last shown: it is found here once it waits no more.
    pub challenge: Option<ChallengeView>,
    /// A holding that was ended, with the codes that the other may have kept.
    pub ended: Option<EndedHolding>,
    /// What was typed about a relative and came to nothing: it stands there to be mended.
    pub typed: Typed,
    /// What was typed in place of a screen's code and was none: likewise.
    pub scanned: String,
}

/// What the user typed to add a relative.
#[derive(Clone, Default)]
pub struct Typed {
    /// A one-time code.
    pub code: String,
    /// An adult's document number.
    pub document: String,
    /// Their full name.
    pub name: String,
}

/// Neither codes nor names nor numbers are for logs.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phone").field("device", &self.device).finish_non_exhaustive()
    }
}

/// Something that the app has to tell, until the user has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How it looks.
    pub tone: Tone,
    /// What it says.
    pub said: Sentence,
    /// What it is, in a stable word: the id of an error, `news`, `resolved`, an outcome.
    pub id: &'static str,
    /// What the user can do about it.
    pub action: Option<Action>,
    /// The page of the phone that leads on.
    pub next: Option<Step>,
    /// Whether it stays until the user has seen it, and not only until something else is done.
    pub lasting: bool,
    /// The page that says it, where that is one alone.
    pub page: Option<String>,
    /// Of news, what happened and to whose code.
    pub about: Option<About>,
}

/// What happened, and to whose code, in stable words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// As `tests/scenarios/README.md` calls it.
    pub what: &'static str,
    /// Whose code.
    pub slot: Slot,
}

/// A way to another page of the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Below the phone's own address: `/family`.
    pub path: String,
    /// What stands on the button.
    pub label: Sentence,
}

/// News that was told, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// By the corrected time.
    pub at: UnixTime,
    /// What was said.
    pub said: Sentence,
}

/// A picture in the album.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// By which it is found: a number.
    pub name: String,
    /// Whose code was saved, when.
    pub caption: String,
}

impl Message {
    /// Says something.
    pub fn new(tone: Tone, id: &'static str, said: Sentence) -> Self {
        let (action, next, page, about) = (None, None, None, None);
        Self { tone, said, id, action, next, lasting: false, page, about }
    }

    /// With a way to the page that leads on.
    #[must_use]
    pub fn leading_to(self, path: impl Into<String>, label: Sentence) -> Self {
        Self { next: Some(Step { path: path.into(), label }), ..self }
    }
}

impl From<&News> for Message {
    fn from(news: &News) -> Self {
        let about = Some(About { what: word(&news.what), slot: news.slot });
        let message = Self::new(Tone::Caution, "news", news.sentence());
        let message = match news.what {
            Novelty::HeldBy(_) => message.leading_to(
                format!("/family/{}/holders", news.slot),
                said("谁持有此码", "Who holds this code"),
            ),
            _ => message,
        };
        Self { lasting: true, about, ..message }
    }
}

impl From<&WalletError> for Message {
    fn from(error: &WalletError) -> Self {
        let action = Some(error.action());
        Self { action, ..Self::new(Tone::Bad, error.id(), error.sentence()) }
    }
}

impl Phone {
    /// Starts the app.
    pub fn start(device: Device) -> Result<Self, Error> {
        let (wallet, wiped) = open(&device)?;
        let wallet = Mutex::new(Arc::new(wallet));
        let (messages, told, undecided) = (Mutex::default(), Mutex::default(), Mutex::default());
        let phone = Self { device, wallet, messages, told, undecided };
        if wiped.is_some() {
            phone.tell_wiped();
        }
        // What an earlier run of the program told and nobody read.
        let wallet = phone.wallet();
        if let Some(as_of) = wallet.status()?.as_of {
            for news in &wallet.unread_news()?.news {
                phone.notify(as_of, Message::from(news));
            }
        }
        Ok(phone)
    }

    /// What the sample city calls it, where it is one of its phones.
    pub fn name(&self) -> Option<Sentence> {
        Some(match self.device.id.as_str() {
            "mother" => said("妈妈的手机", "Mother's phone"),
            "father" => said("爸爸的手机", "Father's phone"),
            "grandfather" => said("外公的手机", "Grandfather's phone"),
            "new" => said("新手机", "A new phone"),
            _ => return None,
        })
    }

    /// The app as it runs now.
    pub fn wallet(&self) -> Arc<Wallet> {
        Arc::clone(&locked(&self.wallet))
    }

    /// Kills the app and starts it again: whatever it knows then, it has read from its store.
    pub fn reopen(&self) -> Result<(), Error> {
        let mut wallet = locked(&self.wallet);
        wallet.close()?;
        let (opened, wiped) = open(&self.device)?;
        *wallet = Arc::new(opened);
        *self.undecided() = Undecided::default();
        // What was notified stays among a phone's notifications: those outlive the app.
        self.begin();
        if wiped.is_some() {
            self.tell_wiped();
        }
        Ok(())
    }

    /// What was kept is gone, because it could not be read.
    fn tell_wiped(&self) {
        let lost = said(
            "本机保存的码读不出来了。请重新开通。",
            "What this phone kept cannot be read any more. Enrol it again.",
        );
        self.tell(Message { lasting: true, ..Message::new(Tone::Bad, "wiped", lost) });
    }

    /// Lets the app ask for what is new, and keeps what it has to tell until the user has seen it.
    pub async fn refresh(&self) -> Result<Refreshed, WalletError> {
        let refreshed = self.wallet().refresh().await?;
        let resolved = refreshed.resolved.iter().map(|resolved| {
            let (tone, what) = settled(&resolved.outcome);
            let about = Some(About { what, slot: resolved.slot });
            let message = Message::new(tone, "resolved", resolved.sentence());
            Message { lasting: true, about, ..message }
        });
        // What was in doubt is not any more, and what wanted a network has had one.
        locked(&self.messages).retain(|message| {
            let settled = message.id == "pending" && !refreshed.resolved.is_empty();
            // And what came of the last thing may not be so any more.
            let overtaken =
                !message.lasting && message.id != "pending" && !refreshed.news.is_empty();
            !settled
                && !overtaken
                && !matches!(message.action, Some(Action::GoOnline | Action::TryAgain))
        });
        for message in refreshed.news.iter().map(Message::from).chain(resolved) {
            self.notify(refreshed.as_of, message);
        }
        Ok(refreshed)
    }

    /// Puts what stays until it was read on the screen, and among what was told.
    fn notify(&self, at: UnixTime, message: Message) {
        locked(&self.told).push(Told { at, said: message.said.clone() });
        self.tell(message);
    }

    /// What others did and what ended, as it was told since the app was opened or had not been read then, the newest first.
    pub fn told(&self) -> Vec<Told> {
        locked(&self.told).iter().rev().cloned().collect()
    }

    /// Puts a message on the screen, unless it is there: what happens every day is said once.
    pub fn tell(&self, message: impl Into<Message>) {
        let message = message.into();
        let mut messages = locked(&self.messages);
        if !messages.contains(&message) {
            messages.push(message);
        }
    }

    /// Something new is done: what came of the last thing needs not be said any longer. News stays.
    pub fn begin(&self) {
        locked(&self.messages).retain(|message| message.lasting);
    }

    /// What came of the last thing is said on this page, and on no other.
    pub fn say_on(&self, page: &str) {
        for message in locked(&self.messages).iter_mut().filter(|message| !message.lasting) {
            message.page.get_or_insert_with(|| page.to_owned());
        }
    }

    /// The messages on the screen.
    pub fn messages(&self) -> Vec<Message> {
        locked(&self.messages).clone()
    }

    /// The user has seen the messages. Where that cannot be written, the app says the news once more when it is opened anew.
    pub fn seen(&self) {
        locked(&self.messages).clear();
        let wallet = self.wallet();
        let _ = wallet.unread_news().and_then(|unread| wallet.news_read(unread.mark));
    }

    /// What waits for the user's decision.
    pub fn undecided(&self) -> MutexGuard<'_, Undecided> {
        locked(&self.undecided)
    }

    /// Saves the picture of the nucleic-acid code that counts now in the album.
    pub fn save_picture(&self, slot: Slot, now: UnixTime) -> Result<(), Error> {
        let wallet = self.wallet();
        let png = wallet.saved_picture(slot)?;
        let view = wallet.show_nucleic_acid(slot)?;
        Ok(self.put_into_album(&png, &format!("{} {}", view.name, minute(now)))?)
    }

    /// Puts a picture of a code that stands on the screen into the album, as its user can whatever the app thinks of it.
    pub fn screenshot(&self, text: &str, name: &str, now: UnixTime) -> Result<(), Error> {
        let drawing = Drawing::new(text, Medium::Screen).map_err(io::Error::other)?;
        let caption = format!("截屏 Screenshot {name} {}", minute(now));
        Ok(self.put_into_album(&drawing.png(SCREENSHOT_SCALE), &caption)?)
    }

    fn put_into_album(&self, png: &[u8], caption: &str) -> io::Result<()> {
        let album = self.device.folder("album")?;
        let number = self.album()?.len() + 1;
        fs::write(album.join(format!("{number}.png")), png)?;
        fs::write(album.join(format!("{number}.txt")), caption)
    }

    /// The pictures in the album, the oldest first.
    pub fn album(&self) -> io::Result<Vec<Picture>> {
        let album = self.device.folder("album")?;
        let mut pictures = Vec::new();
        for number in 1.. {
            let name = format!("{number}");
            let Ok(caption) = fs::read_to_string(album.join(format!("{name}.txt"))) else { break };
            pictures.push(Picture { name, caption });
        }
        Ok(pictures)
    }

    /// A picture of the album.
    pub fn picture(&self, name: &str) -> Result<Vec<u8>, Error> {
        let known = self.album()?.into_iter().any(|picture| picture.name == name);
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let path = known.then(|| self.device.folder("album")).ok_or_else(missing)??;
        Ok(fs::read(path.join(format!("{name}.png")))?)
    }
}

/// What others did or what ended.
fn word(what: &Novelty) -> &'static str {
    match what {
        Novelty::Regenerated(_) => "regenerated",
        Novelty::PaperMade { .. } => "paper-made",
        Novelty::PaperLost(_) => "paper-lost",
        Novelty::CameOfAge => "came-of-age",
        Novelty::ConsentWithdrawn => "consent-withdrawn",
        Novelty::HoldingEnded => "holding-ended",
        Novelty::NoLongerListed => "no-longer-listed",
        Novelty::EarlierPhoneEnded { .. } => "earlier-phone-ended",
        Novelty::HeldBy(_) => "held-by",
        Novelty::NotHeldBy(_) => "not-held-by",
    }
}

/// What became of a regeneration that was in doubt, and how that looks.
fn settled(outcome: &Settled) -> (Tone, &'static str) {
    match outcome {
        Settled::Made { .. } => (Tone::Good, "made"),
        Settled::Overtaken { .. } => (Tone::Caution, "overtaken"),
        Settled::Behind { .. } => (Tone::Caution, "behind"),
        Settled::TooLate => (Tone::Caution, "too-late"),
        Settled::UsedUp => (Tone::Caution, "used-up"),
        Settled::Unknown { .. } => (Tone::Caution, "unknown"),
    }
}

/// Nothing here is left half done by a panic, so a poisoned lock is as good as any.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(device: &Device) -> Result<(Wallet, Option<WipeReason>), Error> {
    let config =
        Config { path: device.database(), endpoint: device.endpoint(), roots: device.roots() };
    let opened = Wallet::open(config, device.ports())?;
    Ok((opened.wallet, opened.wiped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::city::City;
    use crate::clock::CityClock;
    use crate::words::said;

    /// The words of the messages on the screen.
    fn on_screen(phone: &Phone) -> Vec<&'static str> {
        phone.messages().iter().map(|message| message.id).collect()
    }

    #[tokio::test]
    async fn news_stays_until_it_was_seen_and_an_outcome_until_something_else_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = CityClock::standing(UnixTime::new(1_795_309_200));
        let city = City::open(folder.path(), clock).await.expect("a city");
        let phone = &city.mother;
        let outcome = || Message::new(Tone::Good, "saved", said("已存。", "Saved."));
        let news = Message::new(Tone::Caution, "news", said("消息。", "News."));
        phone.tell(Message { lasting: true, ..news });
        phone.tell(outcome());
        phone.tell(outcome());
        assert_eq!(on_screen(phone), ["news", "saved"], "what is there is said once");

        phone.say_on("/phone/mother/nucleic-acid/1");
        phone.say_on("/phone/mother/more");
        let pages: Vec<_> = phone.messages().into_iter().map(|message| message.page).collect();
        assert_eq!(pages, [None, Some("/phone/mother/nucleic-acid/1".to_owned())]);

        phone.begin();
        assert_eq!(on_screen(phone), ["news"]);
        phone.seen();
        assert_eq!(on_screen(phone), [""; 0]);
    }
}
