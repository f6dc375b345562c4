//! The sample city with everything that the pages show of it: four phones, three posts, a terminal, and the life between.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use suima_code::UnixTime;
use suima_issuer::{IdNumber, Progress, Wanted};
use tokio::sync::Mutex;

use crate::Error;
use crate::city::{City, refresh_if_possible};
use crate::clock::CityClock;
use crate::devices::Devices;
use crate::network::Line;
use crate::people::{CHILD, FATHER, GRANDFATHER, GRANDMOTHER, MOTHER};
use crate::phone::Phone;
use crate::post::Post;
use crate::screens::{Print, Screens};
use crate::turns::Turns;

/// How often it is looked whether the issuer did something.
const HEARTBEAT: Duration = Duration::from_millis(200);

/// After how many seconds of the city's time apps ask for what is new, though the issuer did nothing.
const ROUTINE: i64 = 600;

/// What people call the terminal that a browser becomes.
const TERMINAL: &str = "市民中心 Citizens' hall";

/// The city as the pages show it.
#[derive(Debug)]
pub struct Town {
    /// The city.
    pub city: City,
    /// Its phones and posts.
    pub devices: Arc<Devices>,
    /// Where browsers find the issuer's own pages.
    pub issuer: Line,
    /// What those pages show.
    pub screens: Arc<Screens>,
    /// Who acts, on any page, and who listens.
    pub turns: Turns,
    /// Where the city's time is kept from one run to the next.
    moved: PathBuf,
    /// When everybody last heard of the issuer, and what it had written by then.
    heard: Mutex<(UnixTime, (u64, u64))>,
}

impl Town {
    /// Founds the town in `folder`: the parents' phones are enrolled and hold their son, the grandfather's is enrolled, a new one
    /// is empty; the grandmother, who has none, has a paper code; the posts are enrolled, and at sampling a tube is open. Or
    /// opens the one that is there, as it was left.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let moved = folder.join("moved");
        let seconds = match fs::read_to_string(&moved) {
            Ok(text) => text.trim().parse().map_err(io::Error::other)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error.into()),
        };
        let city = City::open(folder, CityClock::running(seconds)).await?;
        let devices = Arc::new(Devices::default());
        for phone in city.phones() {
            devices.add_phone(phone);
        }
        for id in ["grandfather", "new"] {
            devices.add_phone(city.start_phone(id).await?);
        }
        for id in ["sampling", "gate", "door"] {
            devices.add_post(Arc::new(city.post(id).await?));
        }
        let screens = Screens::new(Arc::clone(&devices), city.clock.clone());
        let turns = Turns::default();
        let issuer = Line::open(turns.over(screens.watch(city.issuer.router()))).await?;
        let heard = Mutex::new((city.clock.now(), (0, 0)));
        let town = Self { city, devices, issuer, screens, turns, moved, heard };
        town.found().await?;
        *town.heard.lock().await = (town.city.clock.now(), town.written()?);
        Ok(town)
    }

    async fn found(&self) -> Result<(), Error> {
        let mother = self.phone("mother")?;
        // Her picture comes last: a city that has it is founded, and its phones are found as they were left.
        if mother.album()?.is_empty() {
            let child = self.city.slot(CHILD)?;
            for (id, resident) in
                [("mother", MOTHER), ("father", FATHER), ("grandfather", GRANDFATHER)]
            {
                let phone = self.phone(id)?;
                let wallet = phone.wallet();
                if !wallet.status()?.enrolled {
                    wallet.enrol(&self.city.activation_code(resident)?).await?;
                }
                if wallet.family()?.iter().any(|person| person.slot == child && !person.held) {
                    wallet.hold(child).await?;
                }
                phone.refresh().await?;
                phone.seen();
            }
            mother.save_picture(child, self.city.clock.now())?;
        }
        let posts = [
            ("sampling", "人民广场 People's Square"),
            ("gate", "地铁站 Metro station"),
            ("door", "社区中心 Community centre"),
        ];
        for (id, name) in posts {
            let post = self.post(id)?;
            let station = post.station();
            let status = station.status()?;
            // One that the operator ended stays so.
            if !status.enrolled && !status.ended {
                station.enrol(&self.city.issuer.station_activation(name)?).await?;
            }
            post.sync_if_possible().await?;
            if station.session()?.is_none() && id != "gate" {
                station.open_session(name, "S-07")?;
                if id == "sampling" {
                    station.open_tube("SH-2026-0001", 10)?;
                }
            }
        }
        self.grandmothers_paper_code()
    }

    /// What she did at a terminal, her ID card in its reader: the print that came out is kept, whatever becomes of the code.
    fn grandmothers_paper_code(&self) -> Result<(), Error> {
        let print = self.moved.with_file_name("print");
        if !print.exists() {
            keep(&print, &self.printed_for_grandmother()?)?;
        }
        let text = fs::read_to_string(&print)?;
        let since = print.metadata()?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let since = UnixTime::new(u32::try_from(since.as_secs()).unwrap_or(u32::MAX));
        let label = format!("离线随申码 {}", GRANDMOTHER.name);
        self.screens.printed(Print { text, label, since });
        Ok(())
    }

    /// The text of the code on the sheet.
    fn printed_for_grandmother(&self) -> Result<String, Error> {
        let slot = self.city.slot(GRANDMOTHER)?;
        let card = IdNumber::parse(&GRANDMOTHER.id_number())
            .map_err(|error| Error::Register(error.to_string()))?;
        let desks = self.city.issuer.desks();
        let activation = self.city.issuer.terminal_activation("虹桥社区 Hongqiao Hall")?;
        let (_, kept) = desks.enrol_terminal(&activation)?;
        let desk = desks.open_at_terminal(&kept)?;
        desks.card(&desk, &card)?;
        let asked = desks.preview(&desk, &Wanted::ApplyPaper { slot })?;
        let sheet = match desks.by_card(&desk, &asked)? {
            Progress::Done { ticket: Some(ticket), .. } => desks.sheet(&desk, &ticket)?,
            _ => None,
        };
        desks.close(&desk)?;
        let text = sheet.and_then(|mut cards| cards.pop()).map(|card| card.text);
        text.ok_or_else(|| Error::Register("nothing was printed".to_owned()))
    }

    /// One of its phones.
    pub fn phone(&self, id: &str) -> Result<Arc<Phone>, Error> {
        self.devices.phone(id).ok_or_else(|| Error::Register(format!("no phone {id}")))
    }

    /// One of its posts.
    pub fn post(&self, id: &str) -> Result<Arc<Post>, Error> {
        self.devices.post(id).ok_or_else(|| Error::Register(format!("no post {id}")))
    }

    /// Moves the city's time, and remembers by how much. Apps do on the way what they would have done by themselves.
    pub async fn forward(&self, seconds: u32) -> Result<(), Error> {
        let moved = self.city.forward(seconds, &self.devices.phones()).await;
        keep(&self.moved, &self.city.clock.moved().to_string())?;
        for post in self.devices.posts() {
            post.sync_if_possible().await?;
        }
        self.devices.changed();
        moved
    }

    /// Sets a browser up as the city's terminal, for the next person who steps up to it. What the browser is to keep.
    pub fn set_up_terminal(&self) -> Result<String, Error> {
        let activation = self.city.issuer.terminal_activation(TERMINAL)?;
        let (_, secret) = self.city.issuer.desks().enrol_terminal(&activation)?;
        Ok(secret)
    }

    /// Lets every device that has a network hear of what the issuer did, as soon as it did it, and now and then in any case.
    pub async fn live(&self) -> ! {
        let mut beat = tokio::time::interval(HEARTBEAT);
        loop {
            beat.tick().await;
            if let Err(error) = self.hear().await {
                eprintln!("{error}");
            }
        }
    }

    /// Lets every device that has a network hear of what the issuer did since it was last asked.
    async fn hear(&self) -> Result<(), Error> {
        let mut heard = self.heard.lock().await;
        let (at, before) = *heard;
        let (written, shown) = self.written()?;
        if (written, shown) == before && self.city.clock.now().since(at) < ROUTINE {
            return Ok(());
        }
        let _listening = self.turns.listen().await;
        for phone in self.devices.phones() {
            refresh_if_possible(&phone).await?;
        }
        for post in self.devices.posts() {
            post.sync_if_possible().await?;
        }
        // What these asked is written too, and is nothing that anybody must hear of.
        *heard = (self.city.clock.now(), (self.written()?.0, shown));
        self.devices.changed();
        Ok(())
    }

    /// How much the issuer has written in its journal, and how often its screens have changed: what those ask of a phone
    /// stands in no journal.
    fn written(&self) -> io::Result<(u64, u64)> {
        let mut written = 0;
        for file in fs::read_dir(self.city.journal())? {
            written += file?.metadata()?.len();
        }
        Ok((written, self.screens.changes()))
    }
}

/// Writes beside it and renames: whenever the program ends, the file is whole.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)
}
