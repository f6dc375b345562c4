//! What people do in the page: each act calls the core and passes on what it says.

use serde::{Deserialize, Serialize};
use suima_code::{Place, Slot, UnixTime};
use suima_wallet::{Confirmation, Regenerated};

use super::scan::{self, Input};
use super::{Town, view};
use crate::Error;
use crate::phone::Phone;
use crate::words::{Said, Tone, said};

/// The device that is the post.
const STATION: &str = "station";

/// An act, as the page sends it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Moves the city's time forward.
    Forward {
        /// By how much.
        seconds: u32,
    },
    /// Something with one device.
    #[serde(untagged)]
    Device {
        /// Which.
        device: String,
        /// What.
        #[serde(flatten)]
        doing: Doing,
    },
}

/// What is done with one device.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Doing {
    /// Closes its line.
    Cut,
    /// Opens it again.
    Restore,
    /// Loses the next answer on it.
    Lose,
    /// Closes its app and opens it again.
    Reopen,
    /// Sets a phone's clock wrong, or right again.
    Clock {
        /// Seconds ahead.
        error: i64,
    },
    /// Lets a phone ask for what is new.
    Refresh,
    /// Lets a phone hold a relative's code.
    Hold {
        /// Whose code.
        slot: Slot,
    },
    /// Asks what regenerating would void.
    Warning {
        /// Whose code.
        slot: Slot,
    },
    /// Regenerates, as confirmed.
    Regenerate {
        /// Whose code.
        slot: Slot,
        /// The `iat` of the code that the user saw and agreed to void.
        void: Option<UnixTime>,
    },
    /// Checks a saved picture on a phone.
    CheckSaved(Input),
    /// Scans a code at the post.
    Scan {
        /// Where the post stands.
        place: Place,
        /// What is scanned.
        #[serde(flatten)]
        input: Input,
    },
    /// Begins a session.
    OpenSession {
        /// Where.
        site: String,
        /// Who.
        staff: String,
    },
    /// Opens a tube.
    OpenTube {
        /// On the tube.
        barcode: String,
        /// For how many.
        capacity: u8,
    },
    /// Takes a registration back.
    Undo {
        /// Which.
        registration: String,
    },
    /// Seals the tube.
    Seal {
        /// How many swabs were counted.
        swabs: u8,
        /// Why they are not as many as the people.
        explain: Option<String>,
    },
    /// Lets the post ask for what is new.
    Sync,
    /// Lets the post send what it has registered.
    Upload,
}

/// What came of an act, with the state after it.
#[derive(Debug, Serialize)]
pub struct Answer {
    state: view::State,
    #[serde(flatten)]
    outcome: Outcome,
}

/// What came of an act.
#[derive(Debug, Default, Serialize)]
pub struct Outcome {
    /// What to tell whoever acted.
    pub said: Option<Told>,
    /// What regenerating would void.
    pub warning: Option<Warning>,
    /// The swabs are not as many as the people: an explanation is asked for.
    pub differs: bool,
}

/// A message, large.
#[derive(Debug, Serialize)]
pub struct Told {
    /// How it looks.
    pub tone: Tone,
    /// In a word.
    pub word: Said,
    /// In a sentence.
    #[serde(flatten)]
    pub said: Said,
    /// The person shown.
    pub who: Option<String>,
    /// The stable id of a refusal.
    pub reason: Option<&'static str>,
}

/// What the user has to agree to.
#[derive(Debug, Serialize)]
pub struct Warning {
    #[serde(flatten)]
    said: Said,
    void: Option<UnixTime>,
}

impl Outcome {
    /// Tells whoever acted.
    pub fn told(tone: Tone, word: Said, sentence: impl Into<Said>) -> Self {
        let told = Told { tone, word, said: sentence.into(), who: None, reason: None };
        Self { said: Some(told), ..Self::default() }
    }

    fn not_done(said: Said) -> Self {
        Self::told(Tone::Caution, self::said("未完成", "Not done"), said)
    }
}

/// Does it, and says what came of it.
pub async fn perform(town: &Town, act: Act) -> Result<Answer, Error> {
    let outcome = match act {
        Act::Forward { seconds } => {
            town.forward(seconds).await?;
            Outcome::default()
        }
        Act::Device { device, doing } if device == STATION => at_post(town, doing).await?,
        Act::Device { device, doing } => match town.city.phone(&device) {
            Some(phone) => on_phone(phone, doing).await?,
            None => Outcome::not_done(said("没有这台设备。", "There is no such device.")),
        },
    };
    Ok(Answer { state: view::state(town).await?, outcome })
}

async fn on_phone(phone: &Phone, doing: Doing) -> Result<Outcome, Error> {
    phone.seen();
    match doing {
        Doing::Cut => phone.device.line.cut().await?,
        Doing::Restore => phone.device.line.restore().await?,
        Doing::Lose => phone.device.line.lose_next_answer(),
        Doing::Clock { error } => phone.device.clock.set_error(error),
        Doing::Reopen => phone.reopen()?,
        doing => {
            return Ok(in_app(phone, doing).await.unwrap_or_else(|error| {
                phone.tell(Tone::Bad, error.sentence());
                Outcome::default()
            }));
        }
    }
    Ok(Outcome::default())
}

async fn in_app(phone: &Phone, doing: Doing) -> Result<Outcome, suima_wallet::Error> {
    let wallet = phone.wallet();
    match doing {
        Doing::Refresh => {
            phone.refresh().await?;
        }
        Doing::Hold { slot } => {
            wallet.hold(slot).await?;
            phone.refresh().await?;
        }
        Doing::Warning { slot } => {
            let warning = wallet.warning(slot)?;
            let said = said(warning.sentence_zh, warning.sentence_en);
            let warning = Some(Warning { said, void: warning.confirm.void });
            return Ok(Outcome { warning, ..Outcome::default() });
        }
        Doing::Regenerate { slot, void } => {
            match wallet.regenerate(Confirmation { slot, void }).await? {
                // The code itself says that it is in doubt, for as long as it is.
                Regenerated::Pending { .. } => {}
                done @ Regenerated::Made { .. } => phone.tell(Tone::Good, done.sentence()),
                done => phone.tell(Tone::Caution, done.sentence()),
            }
        }
        Doing::CheckSaved(input) => return scan::saved(&wallet, input),
        // The rest is for the post.
        _ => return Ok(Outcome::not_done(said("手机不做这件事。", "A phone does not do that."))),
    }
    Ok(Outcome::default())
}

async fn at_post(town: &Town, doing: Doing) -> Result<Outcome, Error> {
    let post = &town.post;
    match doing {
        Doing::Cut => post.device.line.cut().await?,
        Doing::Restore => post.device.line.restore().await?,
        Doing::Lose => post.device.line.lose_next_answer(),
        Doing::Reopen => post.reopen()?,
        doing => {
            return Ok(in_station(town, doing).await.unwrap_or_else(|error| {
                use suima_station::{Error, Refusal};
                let differs = matches!(error, Error::Refused(Refusal::CountMismatch { .. }));
                Outcome { differs, ..Outcome::not_done(error.said().into()) }
            }));
        }
    }
    Ok(Outcome::default())
}

async fn in_station(town: &Town, doing: Doing) -> Result<Outcome, suima_station::Error> {
    let station = town.post.station();
    let done = |word: Said, sentence: Said| Outcome::told(Tone::Good, word, sentence);
    Ok(match doing {
        Doing::Scan { place, input } => scan::scan(&station, place, input)?,
        Doing::OpenSession { site, staff } => {
            let session = station.open_session(&site, &staff)?;
            let who = format!("{} · {}", session.site, session.staff);
            done(said("已开始", "Session begun"), said(who.clone(), who))
        }
        Doing::OpenTube { barcode, capacity } => {
            let tube = station.open_tube(&barcode, capacity)?;
            let (barcode, capacity) = (tube.barcode, tube.capacity);
            done(
                said("已开管", "Tube open"),
                said(
                    format!("{barcode},{capacity}人。"),
                    format!("{barcode}, for {capacity} people."),
                ),
            )
        }
        Doing::Undo { registration } => {
            station.undo(&registration, "误扫 scanned by mistake")?;
            done(said("已撤销", "Undone"), said("座位空出,可以再扫。", "The place is free again."))
        }
        Doing::Seal { swabs, explain } => {
            let tube = station.seal(swabs, explain.as_deref())?;
            let (barcode, taken) = (tube.barcode, tube.taken);
            done(
                said("已封管", "Sealed"),
                said(
                    format!("{barcode}:{taken}人,拭子{swabs}支。"),
                    format!("{barcode}: {taken} people, {swabs} swabs."),
                ),
            )
        }
        Doing::Sync => {
            let synced = station.sync().await?;
            let lists = synced.lists;
            done(
                said("已同步", "Synced"),
                said(format!("收到{lists}份名单。"), format!("{lists} lists came.")),
            )
        }
        Doing::Upload => {
            let uploaded = station.upload().await?;
            let n = uploaded.acknowledged;
            done(
                said("已上传", "Uploaded"),
                said(format!("{n}条已收讫。"), format!("{n} entries were acknowledged.")),
            )
        }
        // The rest is for phones.
        _ => Outcome::not_done(said("采样点不做这件事。", "A station does not do that.")),
    })
}
