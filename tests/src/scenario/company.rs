//! Who plays the phones and stations of a trial: the player in Rust, or somebody at the other end of a connection.

use std::time::Duration;

use tokio::sync::mpsc::{Receiver, UnboundedSender};
use tokio::time::timeout;

use super::pages::PagesPlayer;
use super::player::RustPlayer;
use super::run::Trouble;
use super::turns::{Answer, Message, Next, Persona, Task, Turn};
use crate::chromium::Browser;

/// Who is to play.
#[derive(Debug)]
pub(super) enum Booking {
    /// The player in Rust, here.
    Here,
    /// The player in Rust that does everything on the simulator's pages, in this browser.
    Pages(Browser),
    /// Whoever is at the other end.
    Away(Link),
}

/// A connection to a player, as a trial has it.
#[derive(Debug)]
pub(super) struct Link {
    /// Takes what is said to the player.
    pub messages: UnboundedSender<Message>,
    /// Gives what the player says, as it says it.
    pub answers: Receiver<String>,
    /// How long the player may think about a turn.
    pub patience: Duration,
}

/// Who plays.
#[derive(Debug)]
pub(super) enum Company {
    /// The player in Rust, here.
    Here(Box<RustPlayer>),
    /// The one that does everything on pages.
    Pages(Box<PagesPlayer>),
    /// Whoever is at the other end, and who is to be introduced with the first turn.
    Away(Link, Option<Vec<Persona>>),
}

impl Company {
    /// Whoever is booked, in a city of these people.
    pub async fn arrive(booking: Booking, people: Vec<Persona>) -> Result<Self, Trouble> {
        Ok(match booking {
            Booking::Here => Self::Here(Box::new(RustPlayer::new(people)?)),
            Booking::Pages(browser) => {
                Self::Pages(Box::new(PagesPlayer::start(browser, people).await?))
            }
            Booking::Away(link) => Self::Away(link, Some(people)),
        })
    }

    /// What of the result of a task nobody can tell who plays so.
    pub fn hidden(&self, task: &Task) -> &'static [&'static str] {
        match self {
            Self::Pages(_) => super::pages::hidden(task),
            Self::Here(_) | Self::Away(..) => &[],
        }
    }

    /// Whether what follows is done on pages, by whoever does things so; what is only got ready is not.
    pub fn on_pages(&mut self, on: bool) {
        if let Self::Pages(player) = self {
            player.on_pages = on;
        }
    }

    /// Plays a turn.
    pub async fn play(&mut self, turn: Turn) -> Result<Answer, Trouble> {
        match self {
            Self::Here(player) => Ok(player.play(&turn).await),
            Self::Pages(player) => Ok(player.play(&turn).await),
            Self::Away(link, people) => {
                let people = people.take();
                link.ask(Message { people, next: Next::Play(turn) }).await
            }
        }
    }
}

impl Link {
    async fn ask(&mut self, message: Message) -> Result<Answer, Trouble> {
        let gone = || Trouble("the player has gone away".to_owned());
        self.messages.send(message).map_err(|_| gone())?;
        let patience = self.patience;
        let said = timeout(patience, self.answers.recv()).await;
        let said =
            said.map_err(|_| Trouble(format!("the player said nothing for {patience:?}")))?;
        serde_json::from_str(&said.ok_or_else(gone)?)
            .map_err(|error| Trouble(format!("the player's answer cannot be read: {error}")))
    }
}
